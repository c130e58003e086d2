//! Loss is noticed: what a phone says it made against what arrived, over every device it ever was.

use domain::entry::Act;
use domain::id::DeviceId;
use protocol::deposit::{Deposit, DepositAnswer};
use protocol::office::{CoverageReport, PhoneRow};
use protocol::sign_in::{Role, SessionKind};

use crate::browser::Browser;
use crate::field::{Phone, household, visit};
use crate::world::{NORTH, SOUTH, World, today, unit};

/// What is shown: of each phone, of each device, made and arrived.
async fn check(desk: &mut Browser, open: u8, expected: &[&[(u64, u64)]]) {
    let path = format!("/api/phones?unit={}&open={open}", unit(NORTH));
    let rows: Vec<PhoneRow> = desk.get(&path).await.ok();
    let of_phone = |row: &PhoneRow| row.devices.iter().map(|one| (one.made, one.arrived)).collect::<Vec<_>>();
    assert_eq!(rows.iter().map(of_phone).collect::<Vec<_>>(), expected);
    if open == 1 {
        let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(NORTH))).await.ok();
        assert_eq!(report.todo.phones as usize, expected.len());
    }
}

/// Makes so many records and brings those of these numbers, as a phone that was these devices before.
async fn bring(phone: &mut Phone, earlier: &[DeviceId], made: u64, numbers: &[usize]) {
    let records: Vec<_> =
        (0..made).map(|_| phone.record(household(1), &Act::Visit(visit(today())))).collect();
    let records: Vec<_> = numbers.iter().map(|number| records[*number].clone()).collect();
    let devices = earlier.iter().copied().chain([phone.device]).collect();
    let deposit = Deposit { devices, ..phone.deposit_of(&records) };
    let answer: DepositAnswer = phone.browser.post("/api/deposit", &deposit).await.ok();
    assert_eq!(answer.receipts.len(), records.len());
}

#[tokio::test]
async fn what_did_not_arrive_is_shown_and_earlier_devices_are_one_phone() {
    let world = World::new("phones_loss").await;
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut first = Phone::of(&world, helper, 11).await;
    bring(&mut first, &[], 14, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13]).await;
    check(&mut desk, 1, &[&[(14, 12)]]).await;
    // Its storage is lost: it goes on as another device, and says which it was.
    let mut second = Phone::of(&world, helper, 7).await;
    world.set.pass(60_000);
    bring(&mut second, &[first.device], 3, &[0, 1, 2]).await;
    check(&mut desk, 1, &[&[(14, 12), (3, 3)]]).await;
    // Somebody knows: it waits no more, and what goes missing later is said anew.
    let south = world.person("主席丙", SOUTH, &[(Role::Chair, SOUTH)]).await;
    let mut far = world.signed_in(south, SessionKind::Desk).await;
    let rows: Vec<PhoneRow> = desk.get(&format!("/api/phones?unit={}", unit(NORTH))).await.ok();
    let noted = format!("/api/phones/{}/noted", rows[0].phone);
    far.post(&noted, &()).await.refused(404, "not_found");
    desk.post(&noted, &()).await.ok::<serde_json::Value>();
    check(&mut desk, 1, &[]).await;
    check(&mut desk, 0, &[&[(14, 12), (3, 3)]]).await;
    bring(&mut second, &[first.device], 2, &[0]).await;
    check(&mut desk, 1, &[&[(14, 12), (5, 4)]]).await;
    // Another person's phone is another phone.
    let other = world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
    bring(&mut Phone::of(&world, other, 12).await, &[], 1, &[]).await;
    check(&mut desk, 1, &[&[(1, 0)], &[(14, 12), (5, 4)]]).await;
}

#[tokio::test]
async fn what_arrives_after_all_hides_no_later_loss() {
    let world = World::new("phones_late").await;
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut phone = Phone::of(&world, helper, 11).await;
    let records: Vec<_> = (0..14).map(|_| phone.record(household(1), &Act::Visit(visit(today())))).collect();
    phone.deposit(&records[..12]).await;
    check(&mut desk, 1, &[&[(14, 12)]]).await;
    let rows: Vec<PhoneRow> = desk.get(&format!("/api/phones?unit={}", unit(NORTH))).await.ok();
    desk.post(&format!("/api/phones/{}/noted", rows[0].phone), &()).await.ok::<serde_json::Value>();
    phone.deposit(&records[12..]).await;
    check(&mut desk, 1, &[]).await;
    bring(&mut phone, &[], 2, &[]).await;
    check(&mut desk, 1, &[&[(16, 14)]]).await;
}

#[tokio::test]
async fn what_a_lost_phone_never_told_of_hides_no_loss() {
    let world = World::new("phones_file").await;
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut phone = Phone::of(&world, helper, 11).await;
    bring(&mut phone, &[], 2, &[1]).await;
    check(&mut desk, 1, &[&[(2, 1)]]).await;
    // It made a third, and was lost; another's phone took that one in out of a file.
    let third = [phone.record(household(1), &Act::Visit(visit(today())))];
    let other = world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut other = Phone::of(&world, other, 12).await;
    other.deposit(&third).await;
    check(&mut desk, 1, &[&[(2, 1)]]).await;
}
