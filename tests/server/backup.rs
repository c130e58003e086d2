//! Backups while the office serves, keys under a passphrase, and who may read the files.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use domain::entry::Act;
use protocol::desk::Upkeep;
use server::settings::{Backup, Cert, Data};
use server::{backup, certificate, tls};

use crate::deposit::Visited;
use crate::field::{household, visit};
use crate::world::{NOON_MS, ON_POSTGRES, Set, World, commanded, database, folder, today};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_backup_is_whole_while_phones_deposit() {
    let mut visited = Visited::new("backup_serving").await;
    let out = folder("backup_serving_out");
    let data = visited.world.data.clone();
    let set = visited.world.set.clone();
    let asked = Backup {
        database: database(&data.folder),
        data,
        file: out.join("office.backup"),
        keys: false,
        passphrase_file: None,
    };
    if ON_POSTGRES {
        let refused = commanded(|| backup::run(&asked, set.as_ref())).unwrap_err().to_string();
        assert!(refused.contains("pg_dump") && refused.contains("--keys"), "{refused}");
        return;
    }
    let again = asked.clone();
    let copying = tokio::task::spawn_blocking(move || backup::run(&asked, set.as_ref()));
    for _ in 0..20 {
        let record = visited.phone.record(household(1), &Act::Visit(visit(today())));
        visited.phone.deposit(&[record]).await;
    }
    copying.await.unwrap().unwrap();
    let file = out.join("office.backup");
    assert_eq!(mode(&file), 0o600);
    server::store::db::examine(&file).unwrap();
    let upkeep: Upkeep = visited.desk.get("/api/upkeep").await.ok();
    assert_eq!((upkeep.last_backup_ms, upkeep.last_keys_backup_ms), (Some(NOON_MS), None));
    assert_eq!(upkeep.begun_ms, NOON_MS);
    let again = backup::run(&again, visited.world.set.as_ref());
    assert!(again.unwrap_err().to_string().contains("never overwritten"));
}

#[tokio::test]
async fn keys_are_under_their_passphrase_and_only_there() {
    let world = World::new("backup_keys").await;
    let out = folder("backup_keys_out");
    let words = out.join("passphrase");
    let backup_with = |passphrase: &str, file: &str| {
        std::fs::write(&words, passphrase).unwrap();
        let asked = Backup {
            data: world.data.clone(),
            database: database(&world.data.folder),
            file: out.join(file),
            keys: true,
            passphrase_file: Some(words.clone()),
        };
        commanded(|| backup::run(&asked, world.set.as_ref()))
    };
    assert!(backup_with("too short", "a").unwrap_err().to_string().contains("12 characters"));
    backup_with("long enough to keep it\n", "b").unwrap();
    let sealed = std::fs::read(out.join("b")).unwrap();
    let opened = server::keys_backup::open(&sealed, "long enough to keep it").unwrap();
    assert_eq!(opened.published(), world.office.keys().published());
    assert!(server::keys_backup::open(&sealed, "another passphrase").is_err());
    let mut damaged = sealed.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert!(server::keys_backup::open(&damaged, "long enough to keep it").is_err());
    assert_eq!(mode(&out.join("b")), 0o600);
    assert_eq!(mode(&world.data.keys()), 0o700);
    assert_eq!(mode(&world.data.keys().join("office.json")), 0o600);
}

#[test]
fn a_certificate_is_made_under_one_authority() {
    let data = Data { folder: folder("backup_cert") };
    let set = Set::new();
    let cert = |names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        certificate::run(
            &Cert { data: data.clone(), names, ips: vec!["192.168.1.20".parse().unwrap()] },
            set.as_ref(),
        )
    };
    let said = cert(&["office.lan"]).unwrap();
    assert!(
        said.contains("office.lan, 192.168.1.20") && said.contains("iPhone") && said.contains("安卓"),
        "{said}"
    );
    let authority = std::fs::read(data.tls().join("ca.crt")).unwrap();
    tls::acceptor(&data.tls().join("server.crt"), &data.tls().join("server.key")).map(drop).unwrap();
    cert(&["office.lan", "liuzhidao.lan"]).unwrap();
    assert_eq!(
        std::fs::read(data.tls().join("ca.crt")).unwrap(),
        authority,
        "phones that trust it need nothing new"
    );
    tls::acceptor(&data.tls().join("server.crt"), &data.tls().join("server.key")).map(drop).unwrap();
    assert_eq!(mode(&data.tls().join("ca.key")), 0o600);
    // What phones are to be given is there again where somebody took it away.
    std::fs::remove_file(data.tls().join("ca.crt")).unwrap();
    cert(&["office.lan"]).unwrap();
    assert!(data.tls().join("ca.crt").is_file());
    let there = std::fs::read(data.tls().join("server.crt")).unwrap();
    for wrong in
        ["not a name", "", "矿.lan", "a..b", "-a.lan", "visits.mine:443", "https://visits.mine", "10.1.2.3"]
    {
        let refused = cert(&["office.lan", wrong]).unwrap_err().to_string();
        assert!(refused.contains(&format!("{wrong:?} is no name")), "{refused}");
    }
    assert_eq!(std::fs::read(data.tls().join("server.crt")).unwrap(), there, "nothing was written");
    cert(&["*.mine.example", "visits-2"]).unwrap();
}
