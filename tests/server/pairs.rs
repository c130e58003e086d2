//! Two records of one visit: told to the desk, joined there by a word, and two again by another.

use domain::day::Day;
use domain::entry::{Act, Entry, Judge, Pair};
use domain::file::{PairLine, Status};
use domain::id::{EntryId, NeedId};
use domain::seat::{Assign, Seat};
use protocol::changes::ChangesPage;
use protocol::office::{CoverageReport, DeskEntries, HouseholdFile, PairRow, QuarantineRow};
use protocol::sign_in::{Role, SessionKind};

use crate::browser::Browser;
use crate::deposit::Visited;
use crate::field::{Phone, asking, desk_entry, household, put_down};
use crate::world::{NOON_MS, NORTH, SOUTH, today, unit};

/// Two helpers of one household, each with their record of the same visit, and a desk.
struct Both {
    visited: Visited,
    other: Phone,
    chair: domain::id::PersonId,
    desk: Browser,
    ids: [EntryId; 2],
    said: i64,
}

impl Both {
    async fn of(test: &str, days: [Day; 2]) -> Self {
        let mut visited = Visited::new(test).await;
        let chair = visited.world.person("主席", NORTH, &[(Role::Chair, NORTH)]).await;
        let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
        let second = visited.world.person("帮扶人乙", NORTH, &[(Role::Helper, NORTH)]).await;
        let seat =
            Assign { seat: Seat::LineManager, person: Some(second), from: today().plus(-9), until: None };
        put_down(&visited.world, &mut desk, chair, &[(household(1), Act::Assign(seat))]).await;
        let mut other = Phone::of(&visited.world, second, 11).await;
        let visit = |day: Day, need: u8| Act::Visit(asking(day, NeedId::from_bytes([need; 16]), None));
        let one = visited.phone.record(household(1), &visit(days[0], 1));
        let two = other.record(household(1), &visit(days[1], 2));
        visited.phone.deposit(std::slice::from_ref(&one)).await;
        other.deposit(std::slice::from_ref(&two)).await;
        Self { visited, other, chair, desk, ids: [one.id, two.id], said: 0 }
    }

    async fn says(&mut self, act: &Act) -> EntryId {
        self.said += 1;
        let written = desk_entry(&self.visited.world, self.chair, household(1), act);
        // What is said later has the greater id.
        let entry = Entry { id: EntryId::new(NOON_MS + self.said, [0; 10]), ..written };
        let (id, entries) = (entry.id, vec![entry]);
        self.desk.post("/api/office", &DeskEntries { entries }).await.ok::<serde_json::Value>();
        id
    }

    async fn asked(&mut self) -> (u32, Vec<PairRow>) {
        let report: CoverageReport = self.desk.get(&format!("/api/coverage?unit={}", unit(NORTH))).await.ok();
        (report.todo.pairs, self.desk.get(&format!("/api/pairs?unit={}", unit(NORTH))).await.ok())
    }

    async fn file(&mut self) -> HouseholdFile {
        self.desk.get(&format!("/api/households/{}", household(1))).await.ok()
    }

    fn pair(&self, is_one: bool) -> Act {
        Act::Pair(Pair { visit: self.ids[0], other: self.ids[1], is_one })
    }
}

/// How many visits a file counts.
fn counted(file: &HouseholdFile) -> usize {
    file.visits.iter().filter(|shown| shown.line.joined.is_none()).count()
}

#[tokio::test]
async fn two_records_are_one_visit_by_a_word_and_two_again() {
    let mut both = Both::of("pairs_one", [today().plus(-1), today()]).await;
    let (count, rows) = both.asked().await;
    let row = rows.first().unwrap();
    assert_eq!((count, rows.len()), (1, 1));
    assert_eq!([row.visit.visit, row.other.visit], both.ids);
    assert_eq!([row.visit.day, row.other.day], [today().plus(-1), today()]);
    assert_eq!([&row.visit.author_name, &row.other.author_name], ["帮扶人甲", "帮扶人乙"]);
    let one = both.pair(true);
    both.says(&one).await;
    assert_eq!(both.asked().await, (0, Vec::new()));
    let file = both.file().await;
    assert_eq!((file.visits.len(), counted(&file), file.needs.len()), (2, 1, 2), "nothing is lost");
    assert_eq!((file.card.last_visit, file.pairs.len()), (Some(today()), 0));
    let two = both.pair(false);
    both.says(&two).await;
    assert_eq!(both.asked().await, (0, Vec::new()), "it was answered");
    let file = both.file().await;
    assert_eq!((counted(&file), file.pairs.iter().map(|pair| pair.is_two).collect()), (2, vec![true]));
}

#[tokio::test]
async fn a_word_that_is_refused_was_not_said() {
    let mut both = Both::of("pairs_refused", [today(), today()]).await;
    let one = both.pair(true);
    let entry = both.says(&one).await;
    both.says(&Act::Judge(Judge { entry, accept: false, why: "两次".to_owned() })).await;
    assert_eq!(both.asked().await.0, 1);
}

/// What was said of two visits waits with their days; of one that is not here with none.
#[tokio::test]
async fn a_word_that_waits_names_the_days() {
    let mut both = Both::of("pairs_days", [today().plus(-1), today()]).await;
    let stranger = both.visited.world.person("帮扶人丙", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut phone = Phone::of(&both.visited.world, stranger, 12).await;
    let elsewhere = Act::Pair(Pair { visit: EntryId::from_bytes([9; 16]), other: both.ids[1], is_one: true });
    let records = [phone.record(household(1), &both.pair(true)), phone.record(household(1), &elsewhere)];
    phone.deposit(&records).await;
    let path = format!("/api/quarantine?unit={}", unit(NORTH));
    let rows: Vec<QuarantineRow> = both.desk.get(&path).await.ok();
    let days = |record: usize| rows.iter().find(|row| row.entry == records[record].id).map(|row| &row.days);
    assert_eq!(days(0), Some(&vec![today().plus(-1), today()]));
    assert_eq!(days(1), Some(&vec![today()]));
}

#[tokio::test]
async fn only_who_decides_there_says_it() {
    let both = Both::of("pairs_scope", [today(), today()]).await;
    let world = &both.visited.world;
    for (name, role, at, status, code) in [
        ("监督员", Role::Supervisor, NORTH, 403, "not_allowed"),
        ("南山档案员", Role::Registrar, SOUTH, 404, "not_found"),
    ] {
        let person = world.person(name, at, &[(role, at)]).await;
        let mut desk = world.signed_in(person, SessionKind::Desk).await;
        let entries = vec![desk_entry(world, person, household(1), &both.pair(true))];
        desk.post("/api/office", &DeskEntries { entries }).await.refused(status, code);
    }
}

#[tokio::test]
async fn whoever_wrote_one_of_the_two_says_it_on_their_phone() {
    let mut both = Both::of("pairs_phone", [today().plus(-1), today()]).await;
    let cards = |page: ChangesPage| page.cards.into_iter().next().unwrap();
    let card = cards(both.other.browser.get("/api/changes").await.ok());
    let [mine, theirs] = [both.ids[1], both.ids[0]];
    assert_eq!(card.pairs, [PairLine { visit: theirs, other: mine, is_two: false }]);
    let one = both.other.record(household(1), &both.pair(true));
    let answer = both.other.deposit(&[one]).await;
    assert_eq!(answer.receipts[0].status, Status::Projected);
    assert_eq!(both.asked().await, (0, Vec::new()));
    let card = cards(both.other.browser.get("/api/changes").await.ok());
    assert_eq!(
        card.visits.iter().map(|visit| (visit.id, visit.joined)).collect::<Vec<_>>(),
        [(mine, None), (theirs, Some(mine))]
    );
    assert_eq!(card.pairs, []);
    // The other of the two sees it otherwise: the desk is asked again, and its word holds.
    let two = both.visited.phone.record(household(1), &both.pair(false));
    both.visited.phone.deposit(&[two]).await;
    assert_eq!(both.asked().await.0, 1);
    let one = both.pair(true);
    both.says(&one).await;
    assert_eq!((both.asked().await.0, counted(&both.file().await)), (0, 1));
}
