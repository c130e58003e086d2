//! The office set back: a restore on an empty machine, then a phone's old queue opens; a file copied
//! back without a word is noticed by the heads that phones show.

use std::path::{Path, PathBuf};

use domain::entry::Act;
use domain::file::Status;
use protocol::deposit::{Head, Short};
use protocol::record::Record;
use protocol::sign_in::{Role, SessionKind};
use server::settings::{Backup, Data, Database, Restore};
use server::{backup, restore};

use crate::deposit::Visited;
use crate::field::{Phone, household, visit};
use crate::world::{NORTH, ON_POSTGRES, Set, World, address, commanded, database, folder, stands_for, today};

fn passphrase(test: &str) -> PathBuf {
    let file = folder(&format!("{test}_words")).join("passphrase");
    std::fs::write(&file, "十二个字以上的口令才够长\n").unwrap();
    file
}

/// The keys in a file, under the passphrase of `words`.
fn keys_backup(world: &World, file: PathBuf, words: PathBuf) {
    let asked = Backup {
        data: world.data.clone(),
        database: database(&world.data.folder),
        file,
        keys: true,
        passphrase_file: Some(words),
    };
    commanded(|| backup::run(&asked, world.set.as_ref())).unwrap();
}

/// The database in a file: by our own command, or by pg_dump.
pub fn back_up(world: &World, file: &Path) {
    if let Some(address) = address(&world.data.folder) {
        return std::fs::write(file, kit::postgres::dump(&address).unwrap()).unwrap();
    }
    let asked = Backup {
        data: world.data.clone(),
        database: Database::default(),
        file: file.to_owned(),
        keys: false,
        passphrase_file: None,
    };
    let said = backup::run(&asked, world.set.as_ref()).unwrap();
    assert!(
        ["office keys", "certificates", "erased.txt"].iter().all(|left_out| said.contains(left_out)),
        "{said}"
    );
}

/// What puts that file back into a folder; by psql it is put back here.
pub fn restoring(data: &Data, file: &Path) -> Restore {
    if ON_POSTGRES {
        stands_for(&data.folder, kit::postgres::load(&std::fs::read(file).unwrap()).unwrap());
    }
    Restore {
        data: data.clone(),
        database: database(&data.folder),
        file: (!ON_POSTGRES).then(|| file.to_owned()),
        keys: None,
        without_keys: false,
        passphrase_file: None,
    }
}

pub fn restore(asked: &Restore, world: &World) -> Result<String, String> {
    commanded(|| restore::run(asked, world.set.as_ref())).map_err(|trouble| trouble.to_string())
}

#[tokio::test]
async fn after_a_restore_on_an_empty_machine_an_old_queue_opens() {
    let mut visited = Visited::new("restore_old").await;
    let first = visited.phone.record(household(1), &Act::Visit(visit(today().plus(-2))));
    visited.phone.deposit(std::slice::from_ref(&first)).await;
    let out = folder("restore_files");
    let words = passphrase("restore_old");
    back_up(&visited.world, &out.join("office.backup"));
    keys_backup(&visited.world, out.join("keys.backup"), words.clone());
    // After the backup one more arrives, and one is still in the queue.
    let second = visited.phone.record(household(1), &Act::Visit(visit(today().plus(-1))));
    let before = visited.phone.deposit(std::slice::from_ref(&second)).await;
    let third = visited.phone.record(household(1), &Act::Visit(visit(today())));

    let data = Data { folder: folder("restore_new") };
    let mut asked = restoring(&data, &out.join("office.backup"));
    let refused = restore(&asked, &visited.world).unwrap_err();
    assert!(refused.contains("--keys FILE") && refused.contains(&visited.phone.key.id), "{refused}");
    assert!(!data.database().exists(), "a refused restore leaves nothing");
    asked.keys = Some(out.join("keys.backup"));
    asked.passphrase_file = Some(words);
    restore(&asked, &visited.world).unwrap();
    if !ON_POSTGRES {
        let again = restore(&asked, &visited.world).unwrap_err();
        assert!(again.contains("not overwritten") && again.contains("mv "), "{again}");
    }

    let world = World::open(data, Set::new(), false).await;
    // The session of before the backup still holds; the deposit cookie would alone.
    let mut phone = Phone { browser: visited.phone.browser.at(&world.router), ..visited.phone };
    phone.browser.lose("session");
    let answer = phone.deposit(&[first, second, third]).await;
    assert_ne!(answer.head.epoch, before.head.epoch, "a restore begins a new epoch");
    assert!(
        answer.receipts.iter().all(|receipt| receipt.status == Status::Projected),
        "{:?}",
        answer.receipts
    );
    assert_eq!(answer.key, phone.key);
}

#[tokio::test]
async fn open_invitations_end_with_a_restore() {
    let world = World::new("restore_invite").await;
    let person = world.person("覃秀英", NORTH, &[(Role::Helper, NORTH)]).await;
    let registrar = world.person("档案员甲", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let made: protocol::desk::InvitationMade =
        desk.post(&format!("/api/persons/{person}/invite"), &()).await.ok();
    let out = folder("restore_invite_out");
    back_up(&world, &out.join("office.backup"));
    let data = Data { folder: folder("restore_invite_new") };
    let asked = Restore { without_keys: true, ..restoring(&data, &out.join("office.backup")) };
    restore(&asked, &world).unwrap();
    let restored = World::open(data, Set::new(), false).await;
    let token = made.link_path.trim_start_matches("/join#").to_owned();
    let invitation = protocol::sign_in::Invitation::Link { token };
    let look = protocol::sign_in::LookAtInvitation { invitation };
    restored.stranger().post("/api/join/look", &look).await.refused(422, "invitation_wrong");
}

#[tokio::test]
async fn without_the_keys_what_was_sealed_is_held() {
    let mut visited = Visited::new("restore_held").await;
    let out = folder("restore_held_out");
    back_up(&visited.world, &out.join("office.backup"));
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    let data = Data { folder: folder("restore_held_new") };
    let asked = Restore { without_keys: true, ..restoring(&data, &out.join("office.backup")) };
    restore(&asked, &visited.world).unwrap();
    let set = Set::new();
    // Another machine draws other keys.
    set.pass(1);
    let mut drawn = [0; 32];
    for _ in 0..1_000 {
        server::surroundings::Surroundings::fill(set.as_ref(), &mut drawn);
    }
    let world = World::open(data, set, false).await;
    assert_ne!(world.office.keys().published(), visited.phone.key);
    let mut phone = Phone { browser: visited.phone.browser.at(&world.router), ..visited.phone };
    let answer = phone.deposit(&[record]).await;
    assert_eq!(answer.receipts[0].status, Status::Held);
    assert_ne!(answer.key, phone.key, "the phone is told the key to seal to from now on");
}

#[tokio::test]
async fn a_head_that_is_not_recognised_begins_a_new_epoch() {
    let mut visited = Visited::new("set_back_head").await;
    let honest = visited.phone.deposit(&[]).await.head;
    assert_eq!(visited.phone.deposit(&[]).await.head, honest, "a head that is recognised changes nothing");
    visited.phone.shown = Some(Head { rev: honest.rev + 5, chain: Short::from_bytes([1; 8]), ..honest });
    let fresh = visited.phone.deposit(&[]).await.head;
    assert_ne!(fresh.epoch, honest.epoch);
    visited.phone.shown = Some(honest);
    assert_eq!(visited.phone.deposit(&[]).await.head, fresh, "an old epoch is told the current");
}

/// The office opened on another folder after that happened to it: everything is offered again, all counts, nothing is
/// there twice, and the epoch is a new one, which stays.
async fn goes_on(world: &World, phone: &mut Phone, records: &[Record], epochs: &mut Vec<Short>, what: &str) {
    phone.browser = phone.browser.at(&world.router);
    let answer = phone.deposit(records).await;
    assert!(
        answer.receipts.iter().all(|receipt| receipt.status == Status::Projected),
        "{what}: {:?}",
        answer.receipts
    );
    assert!(!epochs.contains(&answer.head.epoch), "{what}: an epoch comes back");
    epochs.push(answer.head.epoch);
    for _ in 0..3 {
        assert_eq!(phone.deposit(records).await.head, answer.head, "{what}: no epoch is begun for nothing");
    }
    let sql = "SELECT count(*) FROM entry WHERE kind = 'visit'";
    let visits = world.office.db().read(move |reader| reader.count(sql, &[])).await.unwrap();
    assert_eq!(visits, i64::try_from(records.len()).unwrap(), "{what}");
}

#[tokio::test]
async fn one_backup_restored_twice_and_a_file_copied_back_lose_nothing() {
    let Visited { world, mut phone, .. } = Visited::new("restore_twice").await;
    let records = [-2, -1, 0].map(|day| phone.record(household(1), &Act::Visit(visit(today().plus(day)))));
    phone.deposit(&records[..1]).await;
    let out = folder("restore_twice_files");
    let words = passphrase("restore_twice");
    let backup = out.join("office.backup");
    back_up(&world, &backup);
    keys_backup(&world, out.join("keys.backup"), words.clone());
    let before = phone.deposit(&records[1..2]).await;
    let mut epochs = vec![before.head.epoch];
    for name in ["restore_once", "restore_twice_again"] {
        let data = Data { folder: folder(name) };
        let mut asked = restoring(&data, &backup);
        (asked.keys, asked.passphrase_file) = (Some(out.join("keys.backup")), Some(words.clone()));
        restore(&asked, &world).unwrap();
        let restored = World::open(data, world.set.clone(), false).await;
        goes_on(&restored, &mut phone, &records, &mut epochs, name).await;
    }
    if ON_POSTGRES {
        return;
    }
    // Nobody said `restore`: a file of before lies where the database lay, beside the keys.
    let data = Data { folder: folder("restore_copied") };
    std::fs::create_dir_all(data.keys()).unwrap();
    for key in std::fs::read_dir(world.data.keys()).unwrap().map(Result::unwrap) {
        std::fs::copy(key.path(), data.keys().join(key.file_name())).unwrap();
    }
    std::fs::copy(&backup, data.database()).unwrap();
    let copied = World::open(data, world.set.clone(), false).await;
    goes_on(&copied, &mut phone, &records, &mut epochs, "copied back").await;
}
