//! Cases: pages of changes for one person.

use super::{
    Ask, Done, Office,
    story::{
        DESK, NOW_MS, day, desk, epoch, handset, household, judge, opened, person, propose, seat, visited,
    },
};
use crate::ledger::{begin, cards_asked, scope_list, take_in_desk};
use domain::id::HouseholdId;
use protocol::{
    changes::{CARDS_MAX, ChangesPage, Scope},
    deposit::{Head, Short},
};
use std::collections::BTreeSet;

/// Every page from a cursor on, to the last.
fn all_pages<O: Office>(office: &mut O, mut cursor: Option<Head>) -> Result<Vec<ChangesPage>, O::Error> {
    let mut pages = Vec::new();
    loop {
        let page = office.page(person(2), cursor)?;
        assert_eq!(page.scope.is_some(), page.left == 0, "the last page and no other tells the scope");
        assert!(page.left == 0 || Some(page.cursor) != cursor, "it moves on");
        cursor = Some(page.cursor);
        let last = page.left == 0;
        pages.push(page);
        if last {
            return Ok(pages);
        }
    }
}

fn cards_of(pages: &[ChangesPage]) -> Vec<HouseholdId> {
    pages.iter().flat_map(|page| &page.cards).map(|card| card.household).collect()
}

pub(super) fn many<O: Office>(office: &mut O) -> Done<O> {
    const COUNT: u16 = 205;
    let files: Vec<_> = (0..COUNT).flat_map(|n| opened(u32::from(n) * 2 + 1, household(n), 2)).collect();
    for part in files.chunks(100) {
        office.write(|books| take_in_desk(books, DESK, part, NOW_MS))?;
    }
    let pages = all_pages(office, None)?;
    let left: Vec<(usize, u32)> = pages.iter().map(|page| (page.cards.len(), page.left)).collect();
    assert_eq!(left, [(CARDS_MAX, 105), (CARDS_MAX, 5), (5, 0)]);
    let got = cards_of(&pages);
    let expected: BTreeSet<HouseholdId> = (0..COUNT).map(household).collect();
    assert_eq!((got.len(), got.iter().copied().collect::<BTreeSet<_>>()), (expected.len(), expected.clone()));
    let revs: Vec<u64> = pages.iter().flat_map(|page| &page.cards).map(|card| card.rev).collect();
    assert!(revs.is_sorted(), "ascending, so that a cursor tells what is still to come");
    let last = pages.last().and_then(|page| page.scope.clone());
    assert_eq!(last, Some(Scope::of(expected)));
    // While one reads, what was already given changes: it comes again, and nothing is missed.
    let first = office.page(person(2), None)?;
    office.take(person(2), &[handset(2).says(9_000, household(0), &visited(3, "王五"))])?;
    let rest = all_pages(office, Some(first.cursor))?;
    let rest_of: BTreeSet<HouseholdId> = cards_of(&rest).into_iter().collect();
    assert_eq!(rest_of.len(), 106);
    assert!(rest_of.contains(&household(0)));
    let end = rest.last().map(|page| page.cursor);
    assert_eq!(end, Some(office.head()?));
    let nothing = office.page(person(2), end)?;
    assert_eq!((nothing.cards.len(), nothing.statuses.len(), nothing.left), (0, 0, 0));
    assert_eq!(Some(nothing.cursor), end);
    Ok(())
}

pub(super) fn cursor_of_elsewhere<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let now = office.head()?;
    assert_eq!(office.page(person(2), Some(now))?.cards.len(), 0);
    let elsewhere = [
        Head { epoch: epoch(9), ..now },
        Head { chain: Short::from_bytes([9; 8]), ..now },
        Head { rev: now.rev + 3, ..now },
        Head { rev: 1, ..now },
    ];
    for cursor in elsewhere {
        let page = office.page(person(2), Some(cursor))?;
        assert_eq!((page.cards.len(), page.cursor), (1, now), "{cursor:?}");
    }
    office.write(|books| {
        let count = books.count()?;
        begin(books, count, epoch(2), NOW_MS)
    })?;
    assert_eq!(office.page(person(2), Some(now))?.cards.len(), 1, "a cursor of the epoch before is none");
    Ok(())
}

pub(super) fn scope<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    office.desk(&opened(3, household(2), 3))?;
    let scope_of = |page: &ChangesPage| page.scope.clone();
    let before = office.page(person(2), None)?;
    assert_eq!(cards_of(core::slice::from_ref(&before)), [household(1)]);
    assert_eq!(scope_of(&before), Some(Scope::of([household(1)])));
    office.desk(&[desk(5, household(1), &seat(3, 50))])?;
    let after = office.page(person(2), Some(before.cursor))?;
    assert_eq!((after.cards.len(), scope_of(&after)), (0, Some(Scope::of([]))));
    let taken_over = office.page(person(3), None)?;
    assert_eq!(scope_of(&taken_over), Some(Scope::of([household(2), household(1)])));
    // From a day that has not come yet: not in scope until it comes.
    office.desk(&[desk(6, household(1), &seat(4, 200))])?;
    assert_eq!(scope_of(&office.page(person(4), None)?), Some(Scope::of([])));
    let later = office.read(|shelf| scope_list(shelf, person(4), day(200)))?;
    assert_eq!(later.households, [household(1)]);
    Ok(())
}

pub(super) fn proposal<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    office.take(phone.person, &[phone.says(20, household(1), &propose(3, "王五"))])?;
    let page = office.page(phone.person, None)?;
    let told: Vec<(HouseholdId, bool)> =
        page.cards.iter().map(|card| (card.household, card.proposed)).collect();
    assert_eq!(told, [(household(1), true)]);
    assert_eq!(office.page(person(3), None)?.cards.len(), 0);
    office.desk(&[desk(30, household(1), &judge(20, false, "已有档案"))])?;
    let refused = office.page(phone.person, Some(page.cursor))?;
    assert_eq!((refused.cards.len(), refused.scope), (0, Some(Scope::of([]))));
    office.desk(&[desk(31, household(1), &judge(20, true, ""))])?;
    let [file, seats] = opened(40, household(1), 3);
    office.desk(&[file])?;
    let unseated = office.page(phone.person, Some(page.cursor))?;
    assert_eq!(unseated.cards.len(), 1, "the finder's, until somebody holds a seat");
    office.desk(&[seats])?;
    let approved = office.page(person(3), None)?;
    assert_eq!(approved.cards.iter().map(|card| card.proposed).collect::<Vec<_>>(), [false]);
    assert_eq!(office.page(phone.person, None)?.cards.len(), 0, "by its seats from now on");
    Ok(())
}

pub(super) fn asked<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    office.desk(&opened(3, household(2), 3))?;
    // An entry of an unknown household waits: it does not make the household known.
    office.take(person(2), &[handset(2).says(20, household(3), &visited(3, "王五"))])?;
    let all: Vec<HouseholdId> = (1..=4).map(household).collect();
    let list = office.read(|shelf| cards_asked(shelf, person(2), &all, day(100)))?;
    assert_eq!(list.cards.iter().map(|card| card.household).collect::<Vec<_>>(), [household(1)]);
    assert_eq!(list.unknown, [household(3), household(4)]);
    Ok(())
}
