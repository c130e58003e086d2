//! How an office starts: what it refuses, what it offers whoever sits there, and where it says that it is found.

use std::time::Duration;

use clap::Parser;
use protocol::desk::Upkeep;
use protocol::sign_in::Role;
use server::command::Trouble;
use server::keys_offer::{self, Asked};
use server::settings::{Command, Data, Serve, Settings};
use server::{first_start, keys_backup, serve};
use zeroize::Zeroizing;

use crate::world::{NOON_MS, NORTH, Set, World, commanded, folder, place};

/// What is typed behind `liuzhidao serve`.
fn typed(words: &str) -> Serve {
    let words = ["liuzhidao", "serve"].into_iter().chain(words.split_whitespace());
    match Settings::try_parse_from(words).unwrap().command {
        Command::Serve(asked) => asked,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_demonstration_is_on_this_machine_alone() {
    for address in ["0.0.0.0:8080", "192.168.1.20:8080", "[::]:8080"] {
        let data = folder("starting_abroad");
        let asked = typed(&format!("--demo --listen {address} --data {}", data.join("new").display()));
        let running = tokio::time::timeout(Duration::from_secs(20), serve::run(&asked, Set::new()));
        let refused = running.await.unwrap().unwrap_err().to_string();
        assert!(refused.contains("this machine only"), "{refused}");
        assert!(!data.join("new").exists(), "nothing was made");
    }
}

/// Opens the office of a folder, with and without `--demo`.
async fn opened(data: &Data, demo: &str) -> Result<(), Trouble> {
    let asked = typed(&format!("{demo} --data {}", data.folder.display()));
    serve::open(&asked, &place(&data.folder), Set::new()).await.map(drop)
}

#[tokio::test]
async fn a_demonstration_and_a_union_do_not_touch_one_another() {
    let union = World::new("starting_union").await;
    let refused = opened(&union.data, "--demo").await.unwrap_err().to_string();
    assert!(refused.contains("real union"), "{refused}");
    opened(&union.data, "").await.unwrap();
    let demo = Data { folder: folder("starting_demo") };
    opened(&demo, "--demo").await.unwrap();
    let refused = opened(&demo, "").await.unwrap_err().to_string();
    assert!(refused.contains("fiction"), "{refused}");
    opened(&demo, "--demo").await.unwrap();
}

/// Somebody who types these one after the other; what they were told.
struct Types {
    answers: Vec<&'static str>,
    told: String,
}

impl Asked for Types {
    fn tell(&mut self, line: &str) {
        self.told.push_str(line);
    }

    fn ask(&mut self, _prompt: &str) -> Result<Zeroizing<String>, Trouble> {
        let gone = || Trouble::say("the terminal is gone");
        (!self.answers.is_empty()).then(|| Zeroizing::new(self.answers.remove(0).to_owned())).ok_or_else(gone)
    }
}

/// Whether keys were backed up, what was said, and whether the desk says that they were.
async fn check(test: &str, answers: &[&'static str], passphrase: Option<&str>, said: &str) {
    let world = World::new(test).await;
    let mut types = Types { answers: answers.to_vec(), told: String::new() };
    let at = place(&world.data.folder);
    commanded(|| keys_offer::offer(&mut types, &world.data, &at, world.set.as_ref()));
    assert!(types.told.contains(said), "{}", types.told);
    assert!(types.answers.is_empty(), "not asked any more: {:?}", types.answers);
    let sealed = std::fs::read(world.data.folder.join("office-keys.backup")).ok();
    let keys = sealed.map(|sealed| keys_backup::open(&sealed, passphrase.unwrap_or_default()).unwrap());
    let published = passphrase.map(|_| world.office.keys().published());
    assert_eq!(keys.map(|keys| keys.published()), published);
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    let upkeep: Upkeep = desk.get("/api/upkeep").await.ok();
    assert_eq!(upkeep.last_keys_backup_ms, passphrase.map(|_| NOON_MS));
}

#[tokio::test]
async fn the_keys_are_backed_up_at_the_first_start_under_what_was_typed_twice() {
    let words = "long enough to keep it";
    check("starting_twice", &[words, words], Some(words), "under your passphrase").await;
    check("starting_later", &[""], None, "Later, then").await;
    check("starting_slip", &["long enough to kepe it", words, words, words], Some(words), "differ").await;
    check("starting_short", &["short", words, words], Some(words), "12 characters").await;
    check("starting_given_up", &[words, "another passphrase", ""], None, "Later, then").await;
    check("starting_gone", &[words], None, "the terminal is gone").await;
}

#[test]
fn the_first_link_names_an_address_that_can_be_opened_or_says_what_to_put_in() {
    let check = |words: &str, listens: &str, expected: &str| {
        assert_eq!(first_start::site(&typed(words), listens.parse().unwrap()), expected, "{words}");
    };
    let tls = "--tls-cert a --tls-key b";
    check("", "127.0.0.1:8080", "http://127.0.0.1:8080");
    check(tls, "10.1.2.3:443", "https://10.1.2.3:443");
    check(tls, "0.0.0.0:443", "https://ADDRESS");
    check(tls, "[::]:8443", "https://ADDRESS:8443");
    check("", "0.0.0.0:80", "http://ADDRESS");
    check("--behind-proxy", "127.0.0.1:8080", "https://ADDRESS");
}

#[tokio::test]
async fn what_is_to_be_put_in_is_said_below_the_link() {
    let world = World::empty("starting_link").await;
    let lines = first_start::greet(&world.office, "https://ADDRESS").await.unwrap();
    assert!(lines[0].starts_with("first administrator: https://ADDRESS/desk/join#"), "{lines:?}");
    assert!(lines[1].starts_with("ADDRESS is the name"), "{lines:?}");
    let lines = first_start::greet(&world.office, "https://10.1.2.3").await.unwrap();
    assert_eq!(lines.len(), 1, "{lines:?}");
}
