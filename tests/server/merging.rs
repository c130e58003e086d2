//! Two files of one household: merged at the desk, found under either id, two again.

use domain::entry::{Act, Judge, Merge, Register, Unmerge};
use domain::id::EntryId;
use domain::rules::Cause;
use domain::slot::{Slot, Value, Values};
use domain::value::{NameValue, Rest, Sex, Telephone, TelephoneValue, Whose};
use protocol::office::{CoverageReport, DeskEntries, HouseholdFile, QuarantineRow};
use protocol::sign_in::{Role, SessionKind};

use crate::browser::{Answer, Browser};
use crate::field::{Phone, assign, desk_entry, household, put_down, register, visit};
use crate::world::{NORTH, SOUTH, World, today, unit};

struct Two {
    world: World,
    desk: Browser,
    registrar: domain::id::PersonId,
}

impl Two {
    /// Two files of the north with a visit each, and one of the south.
    async fn of(test: &str) -> Self {
        let world = World::new(test).await;
        let registrar = world.person("档案员", NORTH, &[(Role::Registrar, NORTH)]).await;
        let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
        let helper = world.person("帮扶人", NORTH, &[(Role::Helper, NORTH)]).await;
        let south = world.person("南山档案员", SOUTH, &[(Role::Registrar, SOUTH)]).await;
        let mut southern = world.signed_in(south, SessionKind::Desk).await;
        for (n, name) in [(1, "张山"), (2, "张三山")] {
            let acts = [
                (household(n), register(NORTH, name, today().plus(-30))),
                (household(n), assign(helper, today().plus(-30))),
            ];
            put_down(&world, &mut desk, registrar, &acts).await;
        }
        put_down(&world, &mut southern, south, &[(household(3), register(SOUTH, "李水", today()))]).await;
        let mut phone = Phone::of(&world, helper, 9).await;
        for (n, ago) in [(1, -9), (2, -5)] {
            let record = phone.record(household(n), &Act::Visit(visit(today().plus(ago))));
            phone.deposit(&[record]).await;
        }
        Self { world, desk, registrar }
    }

    async fn says(&mut self, at: u8, act: &Act) -> (EntryId, Answer) {
        let entry = desk_entry(&self.world, self.registrar, household(at), act);
        let id = entry.id;
        (id, self.desk.post("/api/office", &DeskEntries { entries: vec![entry] }).await)
    }

    async fn file(&mut self, at: u8) -> HouseholdFile {
        self.desk.get(&format!("/api/households/{}", household(at))).await.ok()
    }

    async fn households(&mut self) -> u32 {
        let report: CoverageReport = self.desk.get(&format!("/api/coverage?unit={}", unit(NORTH))).await.ok();
        report.total.households
    }
}

fn merge(other: u8) -> Act {
    Act::Merge(Merge { other: household(other), words: "张山 + 张三山".to_owned() })
}

#[tokio::test]
async fn two_files_are_one_under_either_id_and_two_again() {
    let mut two = Two::of("merging").await;
    let (id, answer) = two.says(2, &merge(1)).await;
    answer.ok::<serde_json::Value>();
    for at in [1, 2] {
        let file = two.file(at).await;
        assert_eq!((file.card.household, file.visits.len()), (household(1), 2));
        let merged: Vec<_> = file.merged.iter().map(|line| (line.merge, line.words.as_str())).collect();
        assert_eq!(merged, [(id, "张山 + 张三山")]);
    }
    assert_eq!(two.households().await, 1);
    let (_, answer) = two.says(1, &Act::Unmerge(Unmerge { merge: id })).await;
    answer.ok::<serde_json::Value>();
    let (first, second) = (two.file(1).await, two.file(2).await);
    assert_eq!((first.card.household, first.visits.len(), first.merged.len()), (household(1), 1, 0));
    assert_eq!((second.card.household, second.visits.len(), second.merged.len()), (household(2), 1, 0));
    let waiting: Vec<QuarantineRow> =
        two.desk.get(&format!("/api/quarantine?unit={}", unit(NORTH))).await.ok();
    assert_eq!(waiting, [], "undoing under the id that both shared counts");
    assert_eq!(two.households().await, 2);
}

#[tokio::test]
async fn a_file_is_merged_only_with_another_in_reach() {
    let mut two = Two::of("merging_reach").await;
    two.says(1, &merge(3)).await.1.refused(404, "not_found");
    two.says(3, &merge(1)).await.1.refused(404, "not_found");
    two.says(1, &merge(9)).await.1.refused(404, "not_found");
    two.says(1, &merge(1)).await.1.refused(422, "not_understood");
    let absent = EntryId::from_bytes([9; 16]);
    two.says(1, &Act::Unmerge(Unmerge { merge: absent })).await.1.refused(404, "not_found");
    let (id, answer) = two.says(1, &merge(2)).await;
    answer.ok::<serde_json::Value>();
    // A verdict against it undoes it too.
    let judge = Act::Judge(Judge { entry: id, accept: false, why: String::new() });
    two.says(1, &judge).await.1.ok::<serde_json::Value>();
    assert_eq!(two.households().await, 2);
}

#[tokio::test]
async fn what_two_files_come_to_is_told_before() {
    let mut two = Two::of("merging_told").await;
    let path = |other: u8| format!("/api/households/{}/with/{}", household(1), household(other));
    let told: HouseholdFile = two.desk.get(&path(2)).await.ok();
    two.desk.get(&path(3)).await.refused(404, "not_found");
    assert_eq!(two.households().await, 2, "nothing was written");
    two.says(1, &merge(2)).await.1.ok::<serde_json::Value>();
    let after = two.file(1).await;
    assert_eq!(told.card.standings, after.card.standings);
    assert_eq!(
        (&told.visits, told.card.unit, &told.card.seats),
        (&after.visits, after.card.unit, &after.card.seats)
    );
}

#[tokio::test]
async fn a_bare_file_opened_by_hand_takes_nothing_from_the_fuller_one() {
    let mut two = Two::of("merging_bare").await;
    let known = NameValue { sex: Some(Sex::Male), work_number: "071".to_owned(), ..named("张山") };
    for (n, name, ago) in [(4, known.clone(), 300), (5, named("张山"), 1)] {
        let Act::Register(register) = register(NORTH, "", today().plus(-ago)) else { unreachable!() };
        let stated = Values::from([(Slot::Name, Value::Name(name))]);
        two.says(n, &Act::Register(Register { stated, ..register })).await.1.ok::<serde_json::Value>();
    }
    two.says(5, &merge(4)).await.1.ok::<serde_json::Value>();
    for at in [4, 5] {
        let file = two.file(at).await;
        let stands = file.card.standings[&Slot::Name].one().unwrap().clone();
        assert_eq!((stands.value, stands.day), (Value::Name(known.clone()), today().plus(-1)));
    }
}

#[tokio::test]
async fn what_a_just_typed_card_says_hides_nothing_the_other_file_knows() {
    let mut two = Two::of("merging_typed").await;
    let number = Values::from([(Slot::Telephone, telephone("13800000001"))]);
    for (n, ago, causes) in [(4, 300, vec![Cause::SevereIllness]), (5, 1, vec![Cause::Schooling])] {
        let Act::Register(register) = register(NORTH, "", today().plus(-ago)) else { unreachable!() };
        let typed = Register { causes, stated: number.clone(), ..register };
        two.says(n, &Act::Register(typed)).await.1.ok::<serde_json::Value>();
    }
    let path = format!("/api/households/{}/with/{}", household(5), household(4));
    let before: HouseholdFile = two.desk.get(&path).await.ok();
    two.says(5, &merge(4)).await.1.ok::<serde_json::Value>();
    let after = two.file(5).await;
    for file in [before, after] {
        assert_eq!(file.card.causes, [Cause::Schooling, Cause::SevereIllness]);
        // Nobody was at the door: it was typed in at the desk.
        let stands = file.card.standings[&Slot::Telephone].one().unwrap();
        assert!(file.of_desk.contains(&stands.entry) && !file.of_rosters.contains(&stands.entry));
    }
}

fn telephone(number: &str) -> Value {
    let one = Telephone { number: number.to_owned(), whose: Whose::Worker, rest: Rest::new() };
    Value::Telephone(TelephoneValue { numbers: vec![one], rest: Rest::new() })
}

fn named(text: &str) -> NameValue {
    NameValue { text: text.to_owned(), ..NameValue::default() }
}
