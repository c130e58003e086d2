//! What is erased is gone from the office: from its answers, from its database file, after a restore too; and what
//! was held, or could not be read, is taken up when the office opens with what was missing.

use std::collections::BTreeSet;

use domain::entry::{Act, Erase, Erased, ErasedBecause, Merge, Tell, Withdraw};
use domain::file::{Reason, Status};
use domain::id::{EntryId, NeedId, PersonId};
use domain::value::Rest;
use protocol::changes::CardList;
use protocol::deposit::Receipt;
use protocol::office::{DeskEntries, DeskReceipts};
use protocol::sign_in::{Role, SessionKind};
use server::settings::Data;
use server::store::{Reader, StoreError, Tx};

use crate::deposit::Visited;
use crate::field::{Phone, asking, assign, desk_entry, household, put_down, register, renaming, visit};
use crate::set_back::{back_up, restore, restoring};
use crate::world::{NORTH, ON_POSTGRES, SOUTH, Set, World, folder, today};

const SECRET: &str = "覃不该留下的名字";

fn erase(what: Erased) -> Act {
    Act::Erase(Erase { what, why: ErasedBecause::Asked })
}

fn entry(id: EntryId) -> Act {
    erase(Erased::Entries(BTreeSet::from([id])))
}

fn stati(receipts: &[Receipt]) -> Vec<Status> {
    receipts.iter().map(|receipt| receipt.status).collect()
}

async fn registrar(world: &World) -> PersonId {
    let find = |reader: &Reader<'_>| {
        reader.first("SELECT id FROM person WHERE name = '档案员甲'", &[], |row| row.get::<PersonId>(0))
    };
    world.office.db().read(find).await.unwrap_or_else(|cause: StoreError| panic!("{cause}")).unwrap()
}

/// Whether the words lie anywhere in the folder, whatever file.
fn lies_in(data: &Data, words: &str) -> bool {
    let files = std::fs::read_dir(&data.folder).unwrap().map(|file| file.unwrap().path());
    let bytes = files.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap());
    bytes.into_iter().any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
}

#[tokio::test]
async fn nothing_of_an_erased_file_is_left_in_the_data_folder() {
    let mut visited = Visited::new("erase_file").await;
    let record = visited.phone.record(household(1), &Act::Visit(renaming(today(), SECRET)));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    let author = registrar(&visited.world).await;
    // The name stood, was corrected, and stood in the card: all of it has to go.
    let corrected = visited.phone.record(household(1), &Act::Visit(renaming(today(), "覃秀英")));
    visited.phone.deposit(&[corrected]).await;
    let data = visited.world.data.clone();
    put_down(&visited.world, &mut visited.desk, author, &[(household(1), erase(Erased::File))]).await;
    visited.desk.get(&format!("/api/households/{}", household(1))).await.refused(404, "not_found");
    let asked =
        DeskEntries { entries: vec![desk_entry(&visited.world, author, household(1), &erase(Erased::File))] };
    visited.desk.post("/api/office", &asked).await.ok::<DeskReceipts>();
    visited.desk.post("/api/office", &asked).await.ok::<DeskReceipts>();
    let late = visited.phone.record(household(1), &Act::Visit(renaming(today(), SECRET)));
    let answer = visited.phone.deposit(&[record, late]).await;
    assert_eq!(stati(&answer.receipts), [Status::Erased; 2]);
    let cards: CardList = visited
        .phone
        .browser
        .post("/api/cards", &serde_json::json!({ "households": [household(1)] }))
        .await
        .ok();
    assert!(cards.cards.is_empty() && cards.unknown.is_empty(), "no phone shall bring it back");
    if ON_POSTGRES {
        return; // What its files still hold until it cleans them up is PostgreSQL's own.
    }
    assert!(!lies_in(&data, SECRET), "it lies in the database or its journal still");
    assert!(lies_in(&data, "帮扶人甲"), "the search finds nothing");
    let again = World::open(data.clone(), Set::new(), false).await;
    let copy = Data { folder: folder("erase_file_out") };
    back_up(&again, &copy.folder.join("a.backup"));
    assert!(!lies_in(&copy, SECRET) && lies_in(&copy, "帮扶人甲"), "it lies in the backup still");
}

#[tokio::test]
async fn a_restore_does_not_bring_back_what_was_erased_since() {
    let mut visited = Visited::new("erase_restore").await;
    let (wrong, right) = (
        visited.phone.record(household(1), &Act::Visit(renaming(today().plus(-1), SECRET))),
        visited.phone.record(household(1), &Act::Visit(visit(today()))),
    );
    visited.phone.deposit(&[wrong.clone(), right.clone()]).await;
    let out = folder("erase_restore_out");
    let world = &visited.world;
    back_up(world, &out.join("office.backup"));
    let author = registrar(world).await;
    put_down(world, &mut visited.desk, author, &[(household(1), entry(wrong.id))]).await;

    // Another machine: the backup, the keys, and the list.
    let data = Data { folder: folder("erase_restore_new") };
    std::fs::create_dir_all(data.keys()).unwrap();
    std::fs::copy(world.data.keys().join("office.json"), data.keys().join("office.json")).unwrap();
    std::fs::copy(world.data.erased(), data.erased()).unwrap();
    restore(&restoring(&data, &out.join("office.backup")), world).unwrap();
    let restored = World::open(data, Set::new(), false).await;
    let mut phone = Phone { browser: visited.phone.browser.at(&restored.router), ..visited.phone };
    let answer = phone.deposit(&[wrong, right]).await;
    assert_eq!(stati(&answer.receipts), [Status::Erased, Status::Projected]);
}

/// A restore loses what made it fall. What fell is known by its own id then, and what falls only later by the need.
#[tokio::test]
async fn what_fell_with_it_stays_gone_after_a_restore() {
    let mut visited = Visited::new("erase_later").await;
    let need = NeedId::from_bytes([5; 16]);
    let out = folder("erase_later_out");
    back_up(&visited.world, &out.join("office.backup"));
    let record = visited.phone.record(household(1), &Act::Visit(asking(today(), need, None)));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    let world = &visited.world;
    let author = registrar(world).await;
    put_down(world, &mut visited.desk, author, &[(household(1), entry(record.id))]).await;
    let fallen =
        visited.phone.record(household(1), &Act::Withdraw(Withdraw { visit: record.id, why: String::new() }));
    let answer = visited.phone.deposit(std::slice::from_ref(&fallen)).await;
    assert_eq!(stati(&answer.receipts), [Status::Erased]);
    let listed = std::fs::read_to_string(world.data.erased()).unwrap();
    assert!(listed.contains(&format!("entry {}", fallen.id)), "{listed}");

    let data = Data { folder: folder("erase_later_new") };
    std::fs::create_dir_all(data.keys()).unwrap();
    std::fs::copy(world.data.keys().join("office.json"), data.keys().join("office.json")).unwrap();
    std::fs::copy(world.data.erased(), data.erased()).unwrap();
    restore(&restoring(&data, &out.join("office.backup")), world).unwrap();
    let restored = World::open(data, Set::new(), false).await;
    let mut phone = Phone { browser: visited.phone.browser.at(&restored.router), ..visited.phone };
    let tell = Tell { need, reply: EntryId::from_bytes([6; 16]), day: today(), rest: Rest::new() };
    let late = phone.record(household(1), &Act::Tell(tell));
    let answer = phone.deposit(&[fallen, late]).await;
    assert_eq!(stati(&answer.receipts), [Status::Erased; 2]);
}

#[tokio::test]
async fn nobody_erases_what_lies_elsewhere() {
    let mut visited = Visited::new("erase_elsewhere").await;
    let author = registrar(&visited.world).await;
    let named = desk_entry(&visited.world, author, household(1), &entry(EntryId::from_bytes([9; 16])));
    let asked = DeskEntries { entries: vec![named] };
    visited.desk.post("/api/office", &asked).await.refused(404, "not_found");
    assert!(!visited.world.data.erased().exists(), "what is refused is not listed");
    let from_a_phone = visited.phone.record(household(1), &erase(Erased::File));
    let answer = visited.phone.deposit(&[from_a_phone]).await;
    assert!(matches!(answer.receipts[0].status, Status::Quarantined(_)), "{:?}", answer.receipts);
}

#[tokio::test]
async fn the_list_is_written_again_where_it_lacks_something() {
    let mut visited = Visited::new("erase_list").await;
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    let author = registrar(&visited.world).await;
    put_down(&visited.world, &mut visited.desk, author, &[(household(1), entry(record.id))]).await;
    let list = visited.world.data.erased();
    let whole = std::fs::read_to_string(&list).unwrap();
    assert!(whole.contains(&record.id.to_string()), "{whole}");
    std::fs::remove_file(&list).unwrap();
    World::open(visited.world.data.clone(), Set::new(), false).await;
    assert_eq!(std::fs::read_to_string(&list).unwrap(), whole);
    World::open(visited.world.data.clone(), Set::new(), false).await;
    assert_eq!(std::fs::read_to_string(&list).unwrap(), whole, "nothing is listed twice");
}

/// A record that cannot be read is recognised by its id alone when an older backup is put back.
#[tokio::test]
async fn every_record_of_an_erased_file_is_listed_at_once() {
    let mut visited = Visited::new("erase_all_listed").await;
    let seen = visited.phone.record(household(1), &Act::Visit(visit(today())));
    visited.phone.deposit(std::slice::from_ref(&seen)).await;
    let author = registrar(&visited.world).await;
    put_down(&visited.world, &mut visited.desk, author, &[(household(1), erase(Erased::File))]).await;
    let list = visited.world.data.erased();
    let listed = std::fs::read_to_string(&list).unwrap();
    assert!(listed.contains(&format!("{} entry {}", household(1), seen.id)), "{listed}");
    World::open(visited.world.data.clone(), Set::new(), false).await;
    assert_eq!(std::fs::read_to_string(&list).unwrap(), listed);
}

#[tokio::test]
async fn of_merged_files_what_is_erased_is_listed_where_it_lies() {
    let mut visited = Visited::new("erase_merged").await;
    let author = registrar(&visited.world).await;
    let acts = [
        (household(2), register(NORTH, "覃秀英", today().plus(-90))),
        (household(2), assign(visited.phone.person, today().plus(-90))),
    ];
    put_down(&visited.world, &mut visited.desk, author, &acts).await;
    let record = visited.phone.record(household(2), &Act::Visit(visit(today())));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    let merge = Act::Merge(Merge { other: household(2), words: String::new() });
    put_down(&visited.world, &mut visited.desk, author, &[(household(1), merge)]).await;
    for whole in [household(1), household(2)] {
        let named = desk_entry(&visited.world, author, whole, &erase(Erased::File));
        visited
            .desk
            .post("/api/office", &DeskEntries { entries: vec![named] })
            .await
            .refused(409, "file_merged");
    }
    put_down(&visited.world, &mut visited.desk, author, &[(household(1), entry(record.id))]).await;
    let listed = std::fs::read_to_string(visited.world.data.erased()).unwrap();
    assert!(listed.contains(&format!("{} entry {}", household(2), record.id)), "{listed}");
    assert_eq!(stati(&visited.phone.deposit(&[record]).await.receipts), [Status::Erased]);
}

#[tokio::test]
async fn what_never_became_a_file_is_erased_by_who_is_over_its_finder() {
    let mut visited = Visited::new("erase_waiting").await;
    let author = registrar(&visited.world).await;
    let record = visited.phone.record(household(77), &Act::Visit(visit(today())));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    let elsewhere = visited.world.person("档案员乙", SOUTH, &[(Role::Registrar, SOUTH)]).await;
    let mut desk = visited.world.signed_in(elsewhere, SessionKind::Desk).await;
    let named = desk_entry(&visited.world, elsewhere, household(77), &erase(Erased::File));
    desk.post("/api/office", &DeskEntries { entries: vec![named] }).await.refused(404, "not_found");
    put_down(&visited.world, &mut visited.desk, author, &[(household(77), erase(Erased::File))]).await;
    assert_eq!(stati(&visited.phone.deposit(&[record]).await.receipts), [Status::Erased]);
}

#[tokio::test]
async fn a_withdrawal_is_not_erased_for_it_would_bring_back_what_it_took() {
    let mut visited = Visited::new("erase_withdrawal").await;
    let author = registrar(&visited.world).await;
    let visited_record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    let back = Act::Withdraw(Withdraw { visit: visited_record.id, why: String::new() });
    let back = visited.phone.record(household(1), &back);
    visited.phone.deposit(&[visited_record, back.clone()]).await;
    let named = desk_entry(&visited.world, author, household(1), &entry(back.id));
    let asked = DeskEntries { entries: vec![named] };
    visited.desk.post("/api/office", &asked).await.refused(422, "not_understood");
}

/// How many records no key fitted.
async fn sealed(world: &World) -> i64 {
    let count = |reader: &Reader<'_>| {
        reader.count("SELECT count(*) FROM entry WHERE sealed_to IS NOT NULL AND household IS NULL", &[])
    };
    world.office.db().read(count).await.unwrap_or_else(|cause: StoreError| panic!("{cause}"))
}

#[tokio::test]
async fn what_was_held_is_opened_when_its_key_is_back() {
    let mut visited = Visited::new("erase_held").await;
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    let mut first = visited.phone.entry(household(1), &Act::Visit(visit(today())));
    visited.phone.deposit(&[visited.phone.seal(&first)]).await;
    first.wall_ms += 1;
    let second = visited.phone.seal(&first);
    let data = visited.world.data.clone();
    let kept = std::fs::read(data.keys().join("office.json")).unwrap();
    std::fs::remove_file(data.keys().join("office.json")).unwrap();
    let set = Set::new();
    set.pass(1);
    let mut drawn = [0; 32];
    for _ in 0..1_000 {
        server::surroundings::Surroundings::fill(set.as_ref(), &mut drawn);
    }
    // An office that has lost its keys, and made others. Its phone still seals to the old.
    let without = World::open(data.clone(), set, false).await;
    let mut phone = Phone { browser: visited.phone.browser.at(&without.router), ..visited.phone };
    let taken = Status::Quarantined(Reason::IdTaken);
    let both = [record, second];
    assert_eq!(stati(&phone.deposit(&both).await.receipts), [Status::Held, taken]);
    assert_eq!(sealed(&without).await, 2);
    std::fs::write(data.keys().join("office.json"), kept).unwrap();
    let with = World::open(data, Set::new(), false).await;
    phone.browser = phone.browser.at(&with.router);
    assert_eq!(sealed(&with).await, 0, "what came under a taken id is read, too");
    assert_eq!(stati(&phone.deposit(&both).await.receipts), [Status::Projected, taken]);
}

#[tokio::test]
async fn a_newer_office_reads_what_an_older_one_kept() {
    let mut visited = Visited::new("erase_newer").await;
    let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
    visited.phone.deposit(std::slice::from_ref(&record)).await;
    // As an office would have left it that did not know visits.
    let id = record.id;
    let forget = move |tx: &Tx<'_>| {
        let sql = "UPDATE entry SET status = 'quarantined', reason = 'unknown_kind' WHERE id = ?1";
        tx.execute(sql, server::args![id])
    };
    visited.world.office.db().write::<_, StoreError, _>(forget).await.unwrap();
    let newer = World::open(visited.world.data.clone(), Set::new(), false).await;
    visited.phone.browser = visited.phone.browser.at(&newer.router);
    assert_eq!(stati(&visited.phone.deposit(&[record]).await.receipts), [Status::Projected]);
}
