//! Cases: two files that are one household's are one under the smaller id, and two again when that is undone.

use super::{
    Ask, Done, Office,
    story::{day, desk, entry_id, handset, household, opened, visited},
};
use crate::ledger::cards_asked;
use domain::{
    entry::{Act, Merge, Unmerge},
    file::Status,
    id::HouseholdId,
};
use protocol::changes::ChangesPage;

/// Merges the second file into the first.
fn merge(other: u16) -> Act {
    Act::Merge(Merge { other: household(other), words: String::new() })
}

/// What a helper carries: each household with the day of its last visit and how many there were.
fn carried(page: &ChangesPage) -> Vec<(HouseholdId, Option<i32>, usize)> {
    let since = |met: domain::day::Day| met.days_since(day(0));
    let mut cards: Vec<_> = page
        .cards
        .iter()
        .map(|card| (card.household, card.last_visit.map(since), card.visits.len()))
        .collect();
    cards.sort_unstable();
    cards
}

pub(super) fn one_and_two_again<O: Office>(office: &mut O) -> Done<O> {
    let (first, second) = (handset(2), handset(3));
    office.desk(&opened(1, household(1), 2))?;
    office.desk(&opened(3, household(2), 3))?;
    office.take(first.person, &[first.says(20, household(1), &visited(3, "王五"))])?;
    office.take(second.person, &[second.says(30, household(2), &visited(5, "赵六"))])?;
    let before = office.page(first.person, None)?;
    assert_eq!(carried(&before), [(household(1), Some(3), 1)]);
    // Whichever names the other, the smaller id is shared.
    office.desk(&[desk(10, household(2), &merge(1))])?;
    // The seat is one: who was set into it last carries both histories, under the id that both share.
    let seen = office.page(second.person, None)?;
    assert_eq!(carried(&seen), [(household(1), Some(5), 2)]);
    // Its phone still has the card under the old id: it drops that, and does not offer it as a household that was lost.
    let asked = office.read(|shelf| cards_asked(shelf, second.person, &[household(2)], day(100)))?;
    assert!(asked.cards.is_empty() && asked.unknown.is_empty(), "{asked:?}");
    let other = office.page(first.person, Some(before.cursor))?;
    assert_eq!(other.scope.map(|scope| scope.count), Some(0), "a phone learns that it carries it no more");
    // What was visited by right before stays visited.
    assert!(other.statuses.is_empty(), "{:?}", other.statuses);
    let told = office.take(second.person, &[second.says(31, household(2), &visited(7, "赵六"))])?;
    assert_eq!(
        told.first().map(|one| one.status),
        Some(Status::Projected),
        "a visit under the old id counts"
    );
    let undo = Act::Unmerge(Unmerge { merge: entry_id(10) });
    office.desk(&[desk(11, household(2), &undo)])?;
    assert_eq!(carried(&office.page(first.person, None)?), [(household(1), Some(3), 1)]);
    let after = office.page(second.person, None)?;
    assert_eq!(carried(&after), [(household(2), Some(7), 2)]);
    for file in [1, 2] {
        let shared = office.write(|books| books.shared(household(file)))?;
        assert_eq!(shared, None, "{file} stands alone again");
    }
    // Two again, they have nothing to do with each other: what is said of one changes nothing of the other's card.
    office.take(first.person, &[first.says(21, household(1), &visited(8, "王五"))])?;
    assert_eq!(carried(&office.page(first.person, None)?), [(household(1), Some(8), 2)]);
    let news = office.page(second.person, Some(after.cursor))?;
    assert_eq!((carried(&news), news.statuses.len()), (vec![], 0));
    assert_eq!(carried(&office.page(second.person, None)?), [(household(2), Some(7), 2)]);
    Ok(())
}

pub(super) fn three_in_a_chain<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    for (n, home) in [(1, 1), (3, 2), (5, 3)] {
        office.desk(&opened(n, household(home), 2))?;
    }
    for (n, home) in [(20, 1), (21, 2), (22, 3)] {
        let visit = visited(i32::try_from(n).unwrap_or(0) - 17, "王五");
        office.take(phone.person, &[phone.says(n, household(home), &visit)])?;
    }
    office.desk(&[desk(10, household(2), &merge(3)), desk(11, household(1), &merge(2))])?;
    assert_eq!(carried(&office.page(phone.person, None)?), [(household(1), Some(5), 3)]);
    let undo = Act::Unmerge(Unmerge { merge: entry_id(11) });
    office.desk(&[desk(12, household(1), &undo)])?;
    let both = [(household(1), Some(3), 1), (household(2), Some(5), 2)];
    assert_eq!(carried(&office.page(phone.person, None)?), both);
    Ok(())
}
