//! What becomes of records: content is never refused, each gets its receipt, none keeps another back.

use domain::entry::Act;
use domain::file::{Reason, Status};
use domain::id::{DeviceId, NeedId, PersonId};
use domain::seat::{Assign, Seat};
use protocol::deposit::RECORDS_MAX;
use protocol::office::{CoverageReport, NeedRow, PhoneRow, QuarantineRow};
use protocol::sign_in::{Me, Role, SessionKind};
use server::auth::deposit_cookie::DepositCookie;

use crate::browser::Browser;
use crate::field::{Phone, asking, assign, household, put_down, register, renaming, visit};
use crate::world::{ABROAD, NOON_MS, NORTH, World, today, unit};

/// A helper with a household, their phone, and the registrar's desk.
pub struct Visited {
    pub world: World,
    pub desk: Browser,
    pub phone: Phone,
}

impl Visited {
    pub async fn new(test: &str) -> Self {
        Self::of(World::new(test).await).await
    }

    pub async fn of(world: World) -> Self {
        let registrar = world.person("档案员甲", NORTH, &[(Role::Registrar, NORTH)]).await;
        let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
        let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
        let acts = [
            (household(1), register(NORTH, "覃秀英", today().plus(-100))),
            (household(1), assign(helper, today().plus(-100))),
        ];
        put_down(&world, &mut desk, registrar, &acts).await;
        let phone = Phone::of(&world, helper, 9).await;
        Self { world, desk, phone }
    }

    /// The phone of somebody the office does not know: it has nothing but its cookie.
    pub async fn phone_of(&self, stranger: PersonId) -> Phone {
        let cookie =
            DepositCookie { device: DeviceId::from_bytes([8; 16]), person: stranger, issued_ms: NOON_MS };
        let mut phone = Phone::of(&self.world, self.phone.person, 8).await;
        phone.person = stranger;
        phone.browser.lose("session");
        let name = format!("deposit-{}", cookie.device);
        phone.browser.keep(&name, &cookie.seal(self.world.office.keys().deposit_mac()), "/api/deposit");
        phone
    }
}

fn a_visit() -> Act {
    Act::Visit(visit(today()))
}

#[tokio::test]
async fn a_visit_arrives_and_a_repeat_is_harmless() {
    let mut visited = Visited::new("deposit_once").await;
    let record = visited.phone.record(household(1), &a_visit());
    let first = visited.phone.deposit(std::slice::from_ref(&record)).await;
    assert_eq!(first.receipts[0].status, Status::Projected);
    assert_eq!((first.receipts[0].id, first.receipts[0].entry_hash), (record.id, record.entry_hash));
    assert_eq!(first.held, 1);
    let again = visited.phone.deposit(&[record]).await;
    assert_eq!(again.receipts, first.receipts);
    assert_eq!(again.head, first.head, "nothing was written twice");
}

#[tokio::test]
async fn whatever_a_record_holds_it_gets_its_receipt_and_keeps_no_other_back() {
    let mut visited = Visited::new("deposit_any").await;
    let phone = &mut visited.phone;
    let entry = phone.entry(household(1), &a_visit());
    let garbage = phone.seal_bytes(&entry, b"{ not an entry");
    let entry = phone.entry(household(1), &a_visit());
    let mut to_another_key = phone.seal(&entry);
    to_another_key.sealed_to = "0123456789abcdef".to_owned();
    let mut newer = phone.entry(household(1), &a_visit());
    newer.kind = "songs".to_owned();
    let newer = phone.seal(&newer);
    let mut of_another = phone.entry(household(1), &a_visit());
    of_another.author = domain::id::PersonId::from_bytes([5; 16]);
    let of_another = phone.seal(&of_another);
    let elsewhere = phone.record(household(77), &a_visit());
    let good = phone.record(household(1), &a_visit());
    let records = [garbage, to_another_key, newer, of_another, elsewhere, good];
    let answer = phone.deposit(&records).await;
    let statuses: Vec<Status> = answer.receipts.iter().map(|receipt| receipt.status).collect();
    let expected = [
        Status::Quarantined(Reason::Malformed),
        Status::Held,
        Status::Quarantined(Reason::UnknownKind),
        Status::Quarantined(Reason::AuthorMismatch),
        Status::Quarantined(Reason::UnknownHousehold),
        Status::Projected,
    ];
    assert_eq!(statuses, expected);
    let rows: Vec<QuarantineRow> =
        visited.desk.get(&format!("/api/quarantine?unit={}", unit(NORTH))).await.ok();
    assert_eq!(rows.len(), 5, "all but the good one wait at the desk");
}

#[tokio::test]
async fn one_id_for_two_entries_keeps_both_and_counts_the_first() {
    let mut visited = Visited::new("deposit_id_taken").await;
    let entry = visited.phone.entry(household(1), &a_visit());
    let first = visited.phone.seal(&entry);
    let mut other = entry;
    other.wall_ms += 1;
    let second = visited.phone.seal(&other);
    visited.phone.deposit(&[first]).await;
    let answer = visited.phone.deposit(std::slice::from_ref(&second)).await;
    assert_eq!(answer.receipts[0].entry_hash, second.entry_hash);
    assert_eq!(answer.receipts[0].status, Status::Quarantined(Reason::IdTaken));
}

#[tokio::test]
async fn the_deposit_cookie_alone_may_add_and_nothing_else() {
    let mut visited = Visited::new("deposit_cookie").await;
    let record = visited.phone.record(household(1), &a_visit());
    // The first deposit under a session brings the cookie.
    visited.phone.deposit(&[]).await;
    visited.phone.browser.lose("session");
    assert!(visited.phone.browser.cookie("deposit").is_some());
    let answer = visited.phone.deposit(&[record]).await;
    assert_eq!(answer.receipts[0].status, Status::Projected);
    visited.phone.browser.get("/api/changes").await.refused(401, "sign_in_needed");
    visited.phone.browser.get("/api/me").await.refused(401, "sign_in_needed");
    let mut forged = visited.world.stranger();
    let cookie = visited.phone.browser.cookie("deposit").unwrap().replace("0909", "0808");
    forged.keep("deposit", &cookie, "/api/deposit");
    forged.post("/api/deposit", &visited.phone.deposit_of(&[])).await.refused(401, "sign_in_needed");
}

#[tokio::test]
async fn of_two_people_on_one_phone_each_sends_under_their_own_name() {
    let mut visited = Visited::new("deposit_two").await;
    let record = visited.phone.record(household(1), &a_visit());
    visited.phone.deposit(&[]).await;
    let second = visited.world.person("另一人", NORTH, &[(Role::Helper, NORTH)]).await;
    let second = Phone::of(&visited.world, second, 11).await;
    let session = second.browser.cookie("session").unwrap();
    visited.phone.browser.keep("session", session, "/api");
    let answer = visited.phone.deposit(&[record]).await;
    assert_eq!(answer.receipts[0].status, Status::Projected);
}

#[tokio::test]
async fn who_brings_what_another_made_does_not_become_its_bringer() {
    let mut visited = Visited::new("deposit_bringer").await;
    visited.phone.deposit(&[]).await;
    let own = visited.phone.browser.cookie("session").unwrap().to_owned();
    let record = visited.phone.record(household(1), &a_visit());
    let second = visited.world.person("另一人", NORTH, &[(Role::Helper, NORTH)]).await;
    let second = Phone::of(&visited.world, second, 11).await;
    visited.phone.browser.lose(&format!("deposit-{}", record.device));
    visited.phone.browser.keep("session", second.browser.cookie("session").unwrap(), "/api");
    let answer = visited.phone.deposit(&[record]).await;
    assert_eq!(answer.receipts[0].status, Status::Quarantined(Reason::AuthorMismatch));
    assert_eq!(visited.phone.browser.cookie("deposit"), None);
    // Back under the own name, the cookie comes anew.
    visited.phone.browser.keep("session", &own, "/api");
    visited.phone.deposit(&[]).await;
    assert!(visited.phone.browser.cookie("deposit").is_some());
}

#[tokio::test]
async fn it_holds_for_400_days_from_its_last_use() {
    let mut visited = Visited::new("deposit_days").await;
    visited.phone.deposit(&[]).await;
    visited.phone.browser.lose("session");
    for _ in 0..2 {
        visited.world.set.pass(399 * 24 * 3_600_000);
        visited.phone.deposit(&[]).await;
    }
    visited.world.set.pass(401 * 24 * 3_600_000);
    let greeting = visited.phone.deposit_of(&[]);
    visited.phone.browser.post("/api/deposit", &greeting).await.refused(401, "sign_in_needed");
}

#[tokio::test]
async fn more_than_a_deposit_may_have_is_too_large_and_stores_nothing() {
    let mut visited = Visited::new("deposit_large").await;
    let records: Vec<_> = (0..=RECORDS_MAX).map(|_| visited.phone.record(household(1), &a_visit())).collect();
    let deposit = visited.phone.deposit_of(&records);
    visited.phone.browser.post("/api/deposit", &deposit).await.refused(413, "too_large");
    let body = Some("x".repeat(700 * 1024));
    visited.phone.browser.ask("POST", "/api/deposit", body, true).await.refused(413, "too_large");
    visited
        .phone
        .browser
        .ask("POST", "/api/deposit", Some("{".to_owned()), true)
        .await
        .refused(422, "not_understood");
    let half = visited.phone.deposit(&records[..RECORDS_MAX]).await;
    assert_eq!(half.receipts.len(), RECORDS_MAX);
}

#[tokio::test]
async fn a_visit_that_was_early_counts_once_its_household_comes() {
    let mut visited = Visited::new("deposit_early").await;
    let record = visited.phone.record(household(2), &a_visit());
    let early = visited.phone.deposit(std::slice::from_ref(&record)).await;
    assert_eq!(early.receipts[0].status, Status::Quarantined(Reason::UnknownHousehold));
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let acts = [
        (household(2), register(NORTH, "单田芳", today().plus(-1))),
        (household(2), assign(visited.phone.person, today().plus(-1))),
    ];
    put_down(&visited.world, &mut desk, registrar, &acts).await;
    let late = visited.phone.deposit(&[record]).await;
    assert_eq!(late.receipts[0].status, Status::Projected);
}

#[tokio::test]
async fn entries_of_somebody_unknown_are_judged_anew_once_they_are_known() {
    let mut visited = Visited::new("deposit_unknown").await;
    let stranger = PersonId::from_bytes([42; 16]);
    let mut phone = visited.phone_of(stranger).await;
    let record = phone.record(household(1), &a_visit());
    let before = phone.deposit(std::slice::from_ref(&record)).await;
    assert_eq!(before.receipts[0].status, Status::Quarantined(Reason::UnknownAuthor));
    let person = protocol::desk::NewPerson {
        id: stranger,
        name: "后来的人".to_owned(),
        sign_in_name: String::new(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: vec![],
    };
    visited.desk.post("/api/persons", &person).await.ok::<serde_json::Value>();
    let after = phone.deposit(&[record]).await;
    assert_eq!(
        after.receipts[0].status,
        Status::Quarantined(Reason::NoSeat),
        "known now, but never had a seat"
    );
    assert_ne!(unit(NORTH), unit(ABROAD));
}

#[tokio::test]
async fn two_households_that_say_one_need_id_have_a_need_each() {
    let mut visited = Visited::new("deposit_need").await;
    let helper = visited.phone.person;
    let registrar = visited.world.person("档案员乙", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = visited.world.signed_in(registrar, SessionKind::Desk).await;
    let acts = [
        (household(2), register(NORTH, "李水", today().plus(-100))),
        (household(2), assign(helper, today().plus(-100))),
    ];
    put_down(&visited.world, &mut desk, registrar, &acts).await;
    let need = NeedId::from_bytes([5; 16]);
    for home in [1, 2] {
        let record = visited.phone.record(household(home), &Act::Visit(asking(today(), need, None)));
        visited.phone.deposit(&[record]).await;
    }
    let needs: Vec<NeedRow> = desk.get(&format!("/api/needs?unit={}", unit(NORTH))).await.ok();
    let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(NORTH))).await.ok();
    assert_eq!((needs.len(), report.todo.needs), (2, 2));
}

#[tokio::test]
async fn words_of_any_length_and_any_sign_are_taken_in() {
    let mut visited = Visited::new("deposit_words").await;
    let records = ["长".repeat(9_000), "覃\0秀英".to_owned(), "\u{fffe}\u{10ffff}".to_owned()]
        .map(|name| visited.phone.record(household(1), &Act::Visit(renaming(today(), &name))));
    let answer = visited.phone.deposit(&records).await;
    let stati: Vec<_> = answer.receipts.iter().map(|receipt| receipt.status).collect();
    assert_eq!(stati, [Status::Projected; 3]);
}

/// Whoever opens the phone is told to sign in, nothing of what came is kept, and the same record leaves after that.
#[tokio::test]
async fn what_a_refused_phone_holds_leaves_once_somebody_signs_in_anew() {
    let mut visited = Visited::new("deposit_refused").await;
    visited.phone.deposit(&[]).await;
    let record = visited.phone.record(household(1), &a_visit());
    let said = visited.phone.deposit_of(std::slice::from_ref(&record));
    let cookie = format!("deposit-{}", record.device);
    let held = visited.phone.browser.cookie(&cookie).unwrap().to_owned();
    let (device, person) = (record.device, visited.phone.person);
    let of_another = DepositCookie { device, person, issued_ms: NOON_MS }.seal(&[8; 32]);
    // The session ended; the cookie is another office's, is cut, is empty.
    visited.phone.browser.lose("session");
    for refused in [of_another, held[..held.len() / 2].to_owned(), String::new()] {
        visited.phone.browser.keep(&cookie, &refused, "/api/deposit");
        visited.phone.browser.post("/api/deposit", &said).await.refused(401, "sign_in_needed");
    }
    let missing: Vec<PhoneRow> =
        visited.desk.get(&format!("/api/phones?unit={}&open=1", unit(NORTH))).await.ok();
    assert!(missing.is_empty(), "nobody unknown says what a phone made: {missing:?}");
    let again = visited.world.signed_in(person, SessionKind::Phone).await;
    let session = again.cookie("session").unwrap().to_owned();
    visited.phone.browser.lose(&cookie);
    visited.phone.browser.keep("session", &session, "/api");
    let answer = visited.phone.deposit(std::slice::from_ref(&record)).await;
    let receipt = &answer.receipts[0];
    assert_eq!((receipt.entry_hash, receipt.status), (record.entry_hash, Status::Projected));
    assert_eq!(answer.held, 1, "it came once");
    visited.phone.browser.lose("session");
    assert_eq!(visited.phone.deposit(&[record]).await.receipts, answer.receipts, "the cookie came anew");
}

/// Whom the union lets in no more may add still: what they saw while they answered for the household counts.
#[tokio::test]
async fn what_somebody_saved_before_they_left_counts_when_it_comes() {
    let mut visited = Visited::new("deposit_left").await;
    visited.phone.deposit(&[]).await;
    // The day of the change is theirs, too.
    let [before, after] =
        [0, 1].map(|on| visited.phone.record(household(1), &Act::Visit(visit(today().plus(on)))));
    let nobody = Assign { seat: Seat::Leader, person: None, from: today(), until: None };
    let registrar = visited.desk.get("/api/me").await.ok::<Me>().person;
    put_down(&visited.world, &mut visited.desk, registrar, &[(household(1), Act::Assign(nobody))]).await;
    let leave = format!("/api/persons/{}/leave", visited.phone.person);
    visited.desk.post(&leave, &()).await.ok::<serde_json::Value>();
    visited.phone.browser.get("/api/changes").await.refused(403, "left");
    let answer = visited.phone.deposit(&[before, after]).await;
    let stati: Vec<Status> = answer.receipts.iter().map(|receipt| receipt.status).collect();
    assert_eq!(stati, [Status::Projected, Status::Quarantined(Reason::NoSeat)]);
}
