//! A roster that was written out and comes back late: from a colleague, after visits, after another edition.

use domain::day::Day;
use domain::entry::Act;
use domain::id::{HouseholdId, PersonId};
use domain::visit::Visit;
use protocol::roster::{RosterAsked, RosterFormat, RosterOut};
use protocol::sign_in::{Role, SessionKind};

use super::desk::Desk;
use super::first;
use crate::field::Phone;
use crate::world::{ROOT, World, today, unit};

const DAY_MS: i64 = 24 * 3_600_000;

/// A visit on a day learns another address.
async fn learns(world: &World, helper: PersonId, household: HouseholdId, (address, day): (&str, Day)) {
    let visit: Visit = serde_json::from_value(serde_json::json!({
        "day": day, "met": "worker",
        "answers": { "address": {
            "answer": "changed", "stated": { "address": { "address": { "text": address } } } } },
    }))
    .unwrap();
    let number = u8::try_from(day.days_since(today())).unwrap() + 20;
    let mut phone = Phone::of(world, helper, number).await;
    let record = phone.record(household, &Act::Visit(visit));
    let receipts = phone.deposit(&[record]).await;
    assert_eq!(format!("{receipts:?}").matches("Projected").count(), 1, "{receipts:?}");
}

/// A month goes by; the registrar signs in again.
async fn later(desk: &mut Desk, days: i64) {
    desk.world.set.pass(days * DAY_MS);
    let registrar = desk.persons_of("档案员").await;
    desk.browser = desk.world.signed_in(registrar, SessionKind::Desk).await;
}

/// The name under which an export of the first day is saved.
const NAME: &str =
    "%E8%8A%B1%E5%90%8D%E5%86%8C%20%E9%9D%92%E5%B3%B0%E7%9F%BF%E5%B7%A5%E4%BC%9A%202026-11-21%20(1).csv";

#[tokio::test]
async fn a_colleagues_older_export_overturns_nothing() {
    let mut desk = Desk::of("rosters_colleague").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let wang = desk.persons_of("王海").await;
    let household = desk.household("张山").await;
    learns(&desk.world, wang, household, ("新村5号", today())).await;
    let mut colleague = desk.world.desk("档案员乙", Role::Registrar, ROOT).await;
    let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
    let written = colleague.post("/api/roster/exports", &out).await.text;
    assert!(written.contains("新村5号"));
    later(&mut desk, 20).await;
    learns(&desk.world, wang, household, ("新村6号", today().plus(20))).await;
    // Before and after a further edition of the registrar's own sheet, on the export's own day and on today's.
    for edition in [None, Some(first().replace("13800000001", "13800000009"))] {
        if let Some(edition) = edition {
            let (plan, _) = desk.take_in(&edition, Some(today().plus(20))).await;
            assert_eq!(plan.counts.changed, 1);
        }
        for day in [None, Some(today().plus(20))] {
            let asked = desk.asked_as(NAME, written.clone().into_bytes()).await;
            let plan = desk.plan(&RosterAsked { day, ..asked }).await;
            assert_eq!((plan.counts.changed, plan.counts.unchanged), (0, 2), "{:?} {:?}", day, plan.changes);
            assert_eq!(plan.day, day.unwrap_or(today()), "its name says so");
        }
    }
    // What was edited in it is said, and nothing else.
    let edited = written.replace("乙路2号", "丁路7号");
    let asked = desk.asked_as(NAME, edited.into_bytes()).await;
    let (plan, _) = desk.take_in_asked(RosterAsked { day: Some(today().plus(20)), ..asked }).await;
    assert_eq!(plan.changes.iter().map(|change| change.what.clone()).collect::<Vec<_>>(), [["address"]]);
    let known = [("张山".to_owned(), "新村6号".to_owned()), ("李水".to_owned(), "丁路7号".to_owned())];
    assert_eq!(desk.households().await, known);
}

/// Rows that an older office remembered get their fingerprint when this one opens, and then are found by it.
#[tokio::test]
async fn rows_of_before_are_found_once_they_have_their_fingerprint() {
    let mut desk = Desk::of("rosters_fingerprints").await;
    desk.take_in(&first(), Some(today().plus(-30))).await;
    let (zhao, li) = (desk.persons_of("赵江").await, desk.household("李水").await);
    // Another name and another number: only what the file said of itself says that this is it.
    let visit: Visit = serde_json::from_value(serde_json::json!({
        "day": today(), "met": "worker",
        "answers": {
            "name": { "answer": "changed", "stated": { "name": { "name": { "text": "李小水" } } } },
            "telephone": { "answer": "changed", "stated": { "telephone": { "telephone": {
                "numbers": [{ "number": "13800000007", "whose": "worker" }] } } } } },
    }))
    .unwrap();
    let mut phone = Phone::of(&desk.world, zhao, 9).await;
    let record = phone.record(li, &Act::Visit(visit));
    phone.deposit(&[record]).await;
    let db = desk.world.office.db().clone();
    db.write(|tx| tx.execute("UPDATE roster_row SET identity = NULL", &[])).await.unwrap();
    let asked = desk.asked(first().into_bytes()).await;
    assert_eq!(desk.plan(&asked).await.counts.new, 1);
    while db.write(server::imports::fingerprint_rows).await.unwrap() {}
    let plan = desk.plan(&asked).await;
    assert_eq!((plan.counts.new, plan.counts.unchanged), (0, 2));
}
