//! What comes from nobody the office knows, for no household it knows, as after a restore: it waits at every root of the
//! tree, and is settled from there.

use domain::entry::{Act, Judge};
use domain::file::{Reason, Status};
use domain::id::PersonId;
use protocol::desk::NewPerson;
use protocol::office::{CoverageReport, DeskEntries, PhoneRow, QuarantineRow};
use protocol::sign_in::{Me, Role};

use crate::browser::Browser;
use crate::deposit::Visited;
use crate::field::{desk_entry, household, put_down, visit};
use crate::world::{ABROAD, NORTH, ROOT, today, unit};

/// What a desk sees of it: how many entries and phones wait in a unit, by the lists and by the counts.
async fn check(desk: &mut Browser, at: u8, expected: (usize, usize)) -> (Vec<QuarantineRow>, Vec<PhoneRow>) {
    let entries: Vec<QuarantineRow> = desk.get(&format!("/api/quarantine?unit={}", unit(at))).await.ok();
    let phones: Vec<PhoneRow> = desk.get(&format!("/api/phones?unit={}&open=1", unit(at))).await.ok();
    let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(at))).await.ok();
    assert_eq!((entries.len(), phones.len()), expected);
    assert_eq!((report.todo.quarantine as usize, report.todo.phones as usize), expected);
    (entries, phones)
}

fn refusal(row: &QuarantineRow) -> Act {
    Act::Judge(Judge { entry: row.entry, accept: false, why: "没有这一户".to_owned() })
}

#[tokio::test]
async fn what_nobody_known_brings_waits_at_every_root_and_is_settled_there() {
    let mut visited = Visited::new("nobody_settled").await;
    let stranger = PersonId::from_bytes([42; 16]);
    let mut phone = visited.phone_of(stranger).await;
    let lost = phone.record(household(77), &Act::Visit(visit(today())));
    let records = [phone.record(household(77), &Act::Visit(visit(today()))), lost.clone()];
    // One more is on its way.
    phone.made += 1;
    phone.deposit(&records).await;
    let mut root = visited.world.desk("档案员总", Role::Registrar, ROOT).await;
    let me = root.get("/api/me").await.ok::<Me>().person;
    let (rows, phones) = check(&mut root, ROOT, (2, 1)).await;
    assert_eq!((rows[0].author, rows[0].reason), (Some(stranger), Some(Reason::UnknownAuthor)));
    assert_eq!((phones[0].person, phones[0].name.as_str()), (stranger, ""));
    let mut abroad = visited.world.desk("档案员外", Role::Registrar, ABROAD).await;
    check(&mut abroad, ABROAD, (2, 1)).await;
    // A branch neither sees nor settles it.
    check(&mut visited.desk, NORTH, (0, 0)).await;
    let own = visited.desk.get("/api/me").await.ok::<Me>().person;
    let judged = |by, row: &QuarantineRow| DeskEntries {
        entries: vec![desk_entry(&visited.world, by, household(77), &refusal(row))],
    };
    visited.desk.post("/api/office", &judged(own, &rows[0])).await.refused(404, "not_found");
    let noted = format!("/api/phones/{}/noted", phones[0].phone);
    visited.desk.post(&noted, &()).await.refused(404, "not_found");
    // At a root both are.
    root.post(&noted, &()).await.ok::<serde_json::Value>();
    put_down(&visited.world, &mut root, me, &[(household(77), refusal(&rows[0]))]).await;
    check(&mut root, ROOT, (1, 0)).await;
    // Who is added under the same id is the one who wrote it.
    let person = NewPerson {
        id: stranger,
        name: "备份以后才加的人".to_owned(),
        sign_in_name: String::new(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: vec![],
    };
    root.post("/api/persons", &person).await.ok::<serde_json::Value>();
    let again = phone.deposit(&records).await;
    let stati: Vec<Status> = again.receipts.iter().map(|receipt| receipt.status).collect();
    let expected = [Reason::UnknownHousehold, Reason::Refused].map(Status::Quarantined);
    assert!(stati == expected || stati == [expected[1], expected[0]], "{stati:?}");
    let (rows, _) = check(&mut visited.desk, NORTH, (1, 0)).await;
    assert_eq!(rows[0].author_name, "备份以后才加的人");
    check(&mut abroad, ABROAD, (0, 0)).await;
}
