//! Cases: what is erased leaves the office for good, whatever comes of it later; and a key that comes back.

use super::{
    Ask, Done, Office,
    story::{NOW_MS, amend, day, desk, entry_id, handset, household, opened, propose, visit, visited},
};
use crate::ledger::{Arrival, cards_asked, erase_again, open_held, scope_list};
use domain::{
    entry::{Act, Erase, Erased, ErasedBecause},
    file::{Reason, Status, erasing::Gone},
};
use protocol::{changes::ChangesPage, deposit::Receipt};

/// Erases an entry of that number.
fn erase_entry(n: u32) -> Act {
    let what = Erased::Entries([entry_id(n)].into());
    Act::Erase(Erase { what, why: ErasedBecause::Mistaken })
}

pub(super) fn erase_file() -> Act {
    Act::Erase(Erase { what: Erased::File, why: ErasedBecause::Asked })
}

fn stati(receipts: &[Receipt]) -> Vec<Status> {
    receipts.iter().map(|receipt| receipt.status).collect()
}

/// The days, from day 0, of the visits that a page's only card shows.
fn days(page: &ChangesPage) -> Vec<i32> {
    let visits = page.cards.first().map(|card| card.visits.iter());
    visits.into_iter().flatten().map(|line| line.day.days_since(day(0))).collect()
}

pub(super) fn a_visit<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let home = household(1);
    office.desk(&opened(1, home, 2))?;
    let first = [phone.says(20, home, &visited(3, "王五")), phone.says(21, home, &visited(5, "赵六"))];
    office.take(phone.person, &first)?;
    let before = office.page(phone.person, None)?;
    assert_eq!(days(&before).len(), 2);
    office.desk(&[desk(40, home, &erase_entry(20))])?;
    let after = office.page(phone.person, Some(before.cursor))?;
    assert_eq!(days(&after), [5]);
    let told: Vec<_> = after.statuses.iter().map(|line| (line.id, line.status)).collect();
    assert_eq!(told, [(entry_id(20), Status::Erased)], "its phone lets go of it");
    // Offered again, and amended by a phone that has not heard of it.
    let again = [first[0].clone(), phone.says(22, home, &amend(20, 20, visit(4, "钱七")))];
    assert_eq!(stati(&office.take(phone.person, &again)?), [Status::Erased; 2]);
    assert_eq!(days(&office.page(phone.person, None)?), [5]);
    Ok(())
}

pub(super) fn before_it_comes<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let home = household(1);
    office.desk(&opened(1, home, 2))?;
    office.desk(&[desk(40, home, &erase_entry(20)), desk(41, home, &erase_entry(21))])?;
    let sealed = Arrival::of(phone.says(21, home, &visited(5, "赵六")).record().clone(), None);
    let late = [phone.says(20, home, &visited(3, "王五")), sealed];
    assert_eq!(stati(&office.take(phone.person, &late)?), [Status::Erased; 2]);
    assert!(days(&office.page(phone.person, None)?).is_empty());
    Ok(())
}

pub(super) fn a_file<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let home = household(1);
    office.desk(&opened(1, home, 2))?;
    office.take(phone.person, &[phone.says(20, home, &visited(3, "王五"))])?;
    office.desk(&[desk(40, home, &erase_file())])?;
    let scope = office.read(|shelf| scope_list(shelf, phone.person, day(100)))?;
    assert!(scope.households.is_empty());
    // A phone that still has the card is not told to bring it back; if it does so all the same, in vain.
    let asked = office.read(|shelf| cards_asked(shelf, phone.person, &[home, household(9)], day(100)))?;
    assert!(asked.cards.is_empty());
    assert_eq!(asked.unknown, [household(9)]);
    let late = [phone.says(21, home, &propose(4, "王五")), phone.says(22, home, &visited(6, "王五"))];
    assert_eq!(stati(&office.take(phone.person, &late)?), [Status::Erased; 2]);
    let stored = office.desk(&[desk(40, home, &erase_file())])?;
    assert_eq!(stati(&stored), [Status::Projected], "that it was erased, and why, stays");
    Ok(())
}

/// A word of an erased family stays nowhere, though it comes under the id of something that stays.
pub(super) fn under_a_taken_id<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let (erased, stays) = (household(1), household(2));
    office.desk(&opened(1, erased, 2))?;
    office.desk(&opened(3, stays, 2))?;
    let first = [20, 21].map(|n| phone.says(n, stays, &visited(3, "王五")));
    office.take(phone.person, &first)?;
    let late = [20, 21].map(|n| phone.says(n, erased, &visited(4, "赵六")));
    // One of them came before the file went, while its key was lost.
    let sealed = [Arrival::of(late[1].record().clone(), None)];
    let taken = Status::Quarantined(Reason::IdTaken);
    assert_eq!(stati(&office.take(phone.person, &sealed)?), [taken]);
    office.desk(&[desk(40, erased, &erase_file())])?;
    assert_eq!(stati(&office.take(phone.person, &late[..1])?), [Status::Erased]);
    office.write(|books| open_held(books, &[(phone.person, NOW_MS, late[1].clone())]))?;
    for n in [20, 21] {
        let rows = office.write(|books| books.stored(&[entry_id(n)]))?;
        let mut found: Vec<_> =
            rows.iter().map(|row| (row.taint.is_some(), row.receipt.status, row.is_read)).collect();
        found.sort_unstable();
        assert_eq!(found, [(false, Status::Projected, true), (true, Status::Erased, false)], "entry {n}");
    }
    assert_eq!(stati(&office.take(phone.person, &late)?), [Status::Erased; 2], "a repeat is harmless");
    let page = office.page(phone.person, None)?;
    let cards: Vec<_> = page.cards.iter().map(|card| (card.household, card.visits.len())).collect();
    assert_eq!(cards, [(stays, 2)], "whose id it was, hears nothing of it");
    Ok(())
}

pub(super) fn forgotten<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let home = household(1);
    office.desk(&opened(1, home, 2))?;
    let visits = [
        phone.says(20, home, &visited(3, "王五")),
        phone.says(21, home, &visited(5, "赵六")),
        phone.says(22, home, &amend(20, 20, visit(4, "钱七"))),
    ];
    office.take(phone.person, &visits)?;
    let listed = [(home, vec![Gone::Entry(entry_id(20)), Gone::Entry(entry_id(23))])].into();
    office.write(|books| erase_again(books, &listed))?;
    assert_eq!(days(&office.page(phone.person, None)?), [5]);
    let again = [visits[0].clone(), visits[2].clone(), phone.says(23, home, &visited(9, "王五"))];
    assert_eq!(stati(&office.take(phone.person, &again)?), [Status::Erased; 3]);
    let head = office.head()?;
    office.write(|books| erase_again(books, &listed))?;
    assert_eq!(office.head()?, head, "what is known is not done again");
    Ok(())
}

pub(super) fn a_key_that_comes_back<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let home = household(1);
    office.desk(&opened(1, home, 2))?;
    let amended = phone.says(21, home, &amend(20, 20, visit(4, "钱七")));
    let arrivals = [phone.says(20, home, &visited(3, "王五")), phone.says(22, home, &visited(6, "赵六"))];
    let sealed: Vec<Arrival> =
        arrivals.iter().map(|one| Arrival::of(one.record().clone(), None)).chain([amended]).collect();
    let held = [Status::Held, Status::Held];
    assert_eq!(stati(&office.take(phone.person, &sealed)?).get(..2), Some(held.as_slice()));
    let before = office.page(phone.person, None)?;
    let opened: Vec<_> = arrivals.iter().map(|one| (phone.person, NOW_MS, one.clone())).collect();
    office.write(|books| open_held(books, &opened))?;
    let after = office.page(phone.person, Some(before.cursor))?;
    assert_eq!(days(&after), [6, 4], "the amend that waited counts as well");
    let told: Vec<_> = after.statuses.iter().map(|line| (line.id, line.status)).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().all(|(_, status)| *status == Status::Projected), "{told:?}");
    // A repeat is harmless, and so is opening once more.
    assert_eq!(stati(&office.take(phone.person, &sealed[..2])?), [Status::Projected; 2]);
    office.write(|books| open_held(books, &opened))?;
    assert_eq!(days(&office.page(phone.person, None)?), [6, 4]);
    Ok(())
}
