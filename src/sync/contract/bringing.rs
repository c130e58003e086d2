//! Cases: who brings a record, and how whole: damaged, sealed to a lost key, under a taken id, by another than its author.

use super::{
    Ask, Done, Office,
    erasing::erase_file,
    log::statuses,
    story::{self, desk, entry_id, handset, household, judge, opened, person, visited},
};
use crate::ledger::{Arrival, open_held};
use domain::{
    file::{Reason, Status},
    id::EntryId,
};
use protocol::{
    changes::ChangesPage,
    record::{EntryHash, Record, Sealed},
};

/// A file that was damaged came before the phone itself: what the phone brings is read, and told so, once.
pub(super) fn mended<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let whole = [20, 21].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let spoilt = |whole: &Arrival| {
        let bytes = Sealed(vec![0; 3]);
        Arrival::of(Record { bytes, ..whole.record().clone() }, None)
    };
    let file = [spoilt(&whole[0]), spoilt(&whole[0])];
    let before = office.take(person(3), &file)?;
    assert_eq!(statuses(&before, &file), [Status::Held; 2]);
    let all = [whole[0].clone(), whole[1].clone(), whole[0].clone()];
    let receipts = office.take(phone.person, &all)?;
    assert_eq!(statuses(&receipts, &all), [Status::Projected; 3]);
    assert_eq!(office.take(phone.person, &file)?[0], receipts[0], "the damaged one changes nothing any more");
    let page = office.page(phone.person, None)?;
    let told = page.statuses.iter().filter(|line| line.id == entry_id(20));
    assert_eq!(told.map(|line| line.status).collect::<Vec<_>>(), [Status::Projected]);
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(2));
    Ok(())
}

/// What came damaged gives way to whoever brings it whole, in whatever order, and never takes the whole one's place.
pub(super) fn mended_by_anyone<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let whole = [20, 21].map(|n| [phone.says(n, household(1), &visited(3, "王五"))]);
    let half = whole.clone().map(|[whole]| {
        let bytes = whole.record().bytes.0.iter().take(99).copied().collect();
        [Arrival::of(whole.record().clone(), Some(bytes))]
    });
    let of_another = Status::Quarantined(Reason::AuthorMismatch);
    let steps = [
        (phone.person, &half[0], Status::Quarantined(Reason::Malformed)),
        (other.person, &whole[0], of_another),
        (phone.person, &half[0], of_another),
        (phone.person, &whole[0], Status::Projected),
        (other.person, &half[0], Status::Projected),
        (other.person, &whole[0], Status::Projected),
    ];
    for (brought_by, arrivals, expected) in steps {
        assert_eq!(statuses(&office.take(brought_by, arrivals)?, arrivals), [expected]);
    }
    // Both in one deposit.
    let both = [half[1].clone(), whole[1].clone(), half[1].clone()].concat();
    let receipts = office.take(phone.person, &both)?;
    assert_eq!(statuses(&receipts, &both), [Status::Projected; 3]);
    assert_eq!(office.take(phone.person, &both)?, receipts, "a repeat is harmless");
    let page = office.page(phone.person, None)?;
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(2), "each counts once");
    let revs: Vec<u64> = (1..=office.head()?.rev).collect();
    for rev in revs {
        assert!(office.write(|books| books.chain_at(rev))?.is_some(), "rev {rev} has its chain");
    }
    Ok(())
}

/// So does half of what came under a taken id; the whole one stays beside the first, and leaves with an erased file.
pub(super) fn mended_under_a_taken_id<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let of = |n: u32| -> [[Arrival; 1]; 3] {
        let whole = phone.says(n, household(1), &visited(4, "赵六"));
        let bytes = whole.record().bytes.0.iter().take(99).copied().collect();
        let half = Arrival::of(whole.record().clone(), Some(bytes));
        [[phone.says(n, household(1), &visited(3, "王五"))], [half], [whole]]
    };
    let taken = Status::Quarantined(Reason::IdTaken);
    for (n, brought_by) in [(20, phone.person), (21, other.person), (22, phone.person)] {
        let [first, half, whole] = of(n);
        office.take(phone.person, &first)?;
        assert_eq!(statuses(&office.take(phone.person, &half)?, &half), [taken]);
        if n == 22 {
            office.desk(&[desk(40, household(1), &erase_file())])?;
        }
        let told = office.take(brought_by, &whole)?;
        assert_eq!(statuses(&told, &whole), [if n == 22 { Status::Erased } else { taken }]);
        let head = office.head()?;
        assert_eq!(office.take(phone.person, &half)?, told, "half of it changes nothing any more");
        assert_eq!(office.take(phone.person, &whole)?, told);
        assert_eq!(office.head()?, head, "once");
        let read = office.write(|books| books.stored(&[entry_id(n)]))?;
        let second = read.iter().find(|one| one.taint == Some(Reason::IdTaken));
        assert_eq!((read.len(), second.map(|one| one.is_read)), (2, Some(n != 22)));
        let visits = office.page(phone.person, None)?.cards.first().map(|card| card.visits.len());
        assert_eq!(
            visits,
            usize::try_from(n - 19).ok().filter(|_| n != 22),
            "the first counts, the second not"
        );
    }
    Ok(())
}

/// Two share a phone, and one of them took the file of both in; or its numbers came damaged: its author's own phone
/// brings it right, once, and hears of it from then on.
pub(super) fn brought_right<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let whole = [20, 21, 22].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let misnumbered = {
        let record = whole[1].record();
        Arrival::of(Record { seq: 77, device: other.device, ..record.clone() }, Some(record.bytes.0.clone()))
    };
    let of_another = {
        let bytes = whole[0].record().bytes.0.clone();
        Arrival::of(whole[2].record().clone(), Some(bytes))
    };
    let file = [whole[0].clone(), misnumbered, of_another];
    let first = office.take(other.person, &file)?;
    let expected = [Reason::AuthorMismatch, Reason::Malformed, Reason::Malformed].map(Status::Quarantined);
    assert_eq!(statuses(&first, &file), expected);
    assert_eq!(office.take(other.person, &whole[..1])?[0], first[0], "brought once more by another");
    let doubted = [(entry_id(20), expected[0])];
    assert_eq!(told(&office.page(phone.person, None)?), doubted, "what can be read, its author hears of");
    let receipts = office.take(phone.person, &whole)?;
    assert_eq!(statuses(&receipts, &whole), [Status::Projected; 3]);
    let again = office.take(other.person, &file)?;
    assert_eq!(again, receipts, "the file changes nothing any more");
    let page = office.page(phone.person, None)?;
    assert_eq!(told(&page), [20, 21, 22].map(|n| (entry_id(n), Status::Projected)));
    assert!(office.page(other.person, None)?.statuses.is_empty());
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(3), "each counts once");
    assert_eq!(office.write(|books| books.log_of(household(1)))?.len(), 5);
    Ok(())
}

/// What a page tells of records, by their ids.
fn told(page: &ChangesPage) -> Vec<(EntryId, Status)> {
    let mut told: Vec<_> = page.statuses.iter().map(|line| (line.id, line.status)).collect();
    told.sort_by_key(|(id, _)| *id);
    told
}

/// Its author's phone brought it damaged, before or after another brought it whole: whatever becomes of it then, the
/// author hears of it (seed 166,361).
pub(super) fn its_author_hears<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let whole = [20, 21].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let half = whole.clone().map(|whole| {
        let bytes = whole.record().bytes.0.iter().take(99).copied().collect();
        Arrival::of(whole.record().clone(), Some(bytes))
    });
    office.take(phone.person, &half[..1])?;
    let seen = office.page(phone.person, None)?;
    assert_eq!(told(&seen), [(entry_id(20), Status::Quarantined(Reason::Malformed))]);
    office.take(other.person, &whole)?;
    office.take(phone.person, &half[1..])?;
    let doubted = Status::Quarantined(Reason::AuthorMismatch);
    let then = office.page(phone.person, Some(seen.cursor))?;
    assert_eq!(told(&then), [20, 21].map(|n| (entry_id(n), doubted)));
    office.desk(&[20, 21].map(|n| desk(n + 10, household(1), &judge(n, true, ""))))?;
    let judged = [20, 21].map(|n| (entry_id(n), Status::Projected));
    assert_eq!(told(&office.page(phone.person, Some(then.cursor))?), judged);
    assert_eq!(told(&office.page(other.person, None)?), judged, "who brought it, too");
    Ok(())
}

/// The key was lost, and another content came under an id that is taken: when it is back, that one is read, too, and
/// still counts for nothing.
pub(super) fn held_under_a_taken_id<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let taken = Status::Quarantined(Reason::IdTaken);
    for n in [20, 21] {
        let first = [phone.says(n, household(1), &visited(3, "王五"))];
        let second = phone.says(n, household(1), &visited(4, "赵六"));
        let sealed = [Arrival::of(second.record().clone(), None)];
        office.take(phone.person, &first)?;
        assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [taken]);
        let erased = n == 21;
        if erased {
            office.desk(&[desk(40, household(1), &erase_file())])?;
        }
        office.write(|books| open_held(books, &[(phone.person, story::NOW_MS, second)]))?;
        let rows = office.write(|books| books.stored(&[entry_id(n)]))?;
        let found: Vec<_> = rows.iter().map(|row| (row.receipt.status, row.taint)).collect();
        let [one, two] = if erased { [Status::Erased; 2] } else { [Status::Projected, taken] };
        assert_eq!(found, [(one, None), (two, Some(Reason::IdTaken))]);
        assert_eq!(rows.last().map(|row| row.is_read), Some(!erased));
        let visits = office.page(phone.person, None)?.cards.first().map(|card| card.visits.len());
        assert_eq!(visits, (!erased).then_some(1), "the first counts alone");
    }
    Ok(())
}

/// The hash outside of the seal came damaged: what lies under it is what it is, and nobody's place is taken.
pub(super) fn damaged_hash<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let whole = [20, 21, 22, 23].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let spoilt = |at: usize| Record { entry_hash: EntryHash::of(&[9]), ..whole[at].record().clone() };
    let read = |at: usize| Arrival::of(spoilt(at), Some(spoilt(at).bytes.0));
    let first = [read(0)];
    let receipts = office.take(phone.person, &first)?;
    assert_eq!(statuses(&receipts, &first), [Status::Projected]);
    assert_eq!(office.take(phone.person, &first)?, receipts, "a repeat is harmless");
    // Brought by another it waits for its author's own phone.
    let file = [read(1)];
    let doubted = [Status::Quarantined(Reason::AuthorMismatch)];
    assert_eq!(statuses(&office.take(other.person, &file)?, &file), doubted);
    assert_eq!(statuses(&office.take(phone.person, &whole[..2])?, &whole[..2]), [Status::Projected; 2]);
    assert_eq!(statuses(&office.take(other.person, &file)?, &file), [Status::Projected]);
    // What no key fitted lies under the hash that was said of it, and is read there.
    let sealed = [Arrival::of(spoilt(2), None)];
    assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [Status::Held]);
    let again = [read(2)];
    assert_eq!(statuses(&office.take(phone.person, &again)?, &again), [Status::Projected]);
    assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [Status::Projected]);
    // So when the key is back.
    let sealed = [Arrival::of(spoilt(3), None)];
    assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [Status::Held]);
    office.write(|books| open_held(books, &[(phone.person, story::NOW_MS, read(3))]))?;
    let opened = office.write(|books| books.stored(&[entry_id(23)]))?;
    assert_eq!(opened.first().map(|one| one.receipt.status), Some(Status::Projected));
    assert_eq!(statuses(&office.take(phone.person, &[read(3)])?, &sealed), [Status::Projected]);
    let rows = office.write(|books| books.stored(&[20, 21, 22, 23].map(entry_id)))?;
    assert_eq!(rows.len(), 4, "each is there once");
    let page = office.page(phone.person, None)?;
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(4), "each counts once");
    Ok(())
}

/// What a person decided of a record that another brought is not taken back by its author's phone; that hears of it.
pub(super) fn decided_before_it_came_right<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let both = [20, 21].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    office.take(other.person, &both)?;
    office.desk(&[
        desk(30, household(1), &judge(20, true, "")),
        desk(31, household(1), &judge(21, false, "")),
    ])?;
    let decided = [Status::Projected, Status::Quarantined(Reason::Refused)];
    assert_eq!(statuses(&office.take(phone.person, &both)?, &both), decided);
    let head = office.head()?;
    assert_eq!(statuses(&office.take(phone.person, &both)?, &both), decided);
    assert_eq!(office.head()?, head, "once");
    // Taken back, the verdict leaves what the phone itself brought.
    office.desk(&[desk(32, household(1), &judge(21, true, ""))])?;
    let page = office.page(phone.person, None)?;
    assert_eq!(page.statuses.iter().map(|line| line.status).collect::<Vec<_>>(), [Status::Projected; 2]);
    assert!(office.page(other.person, None)?.statuses.is_empty());
    Ok(())
}
