//! Cases: the office set back (DESIGN §4), branch by branch.

use super::{
    Ask, Done, Office,
    story::{NOW_MS, epoch, handset, household, opened, visited},
};
use crate::ledger::{begin, meet};
use protocol::deposit::{Head, Short};

/// Three rows, and the head after each.
fn heads<O: Office>(office: &mut O) -> Result<Vec<Head>, O::Error> {
    let mut heads = vec![office.head()?];
    for entry in opened(1, household(1), 2) {
        office.desk(&[entry])?;
        heads.push(office.head()?);
    }
    office.take(handset(2).person, &[handset(2).says(20, household(1), &visited(3, "王五"))])?;
    heads.push(office.head()?);
    Ok(heads)
}

fn show<O: Office>(office: &mut O, shown: Option<Head>, fresh: Short) -> Result<Head, O::Error> {
    let told = office.write(|books| meet(books, shown, fresh, NOW_MS))?;
    assert_eq!(office.head()?, told, "what was told is where the office stands");
    Ok(told)
}

pub(super) fn recognised<O: Office>(office: &mut O) -> Done<O> {
    let heads = heads(office)?;
    let now = office.head()?;
    assert_eq!(show(office, None, epoch(7))?, now);
    for head in heads.into_iter().skip(1) {
        assert_eq!(show(office, Some(head), epoch(7))?, now);
    }
    Ok(())
}

pub(super) fn unrecognised<O: Office>(office: &mut O) -> Done<O> {
    let heads = heads(office)?;
    let now = office.head()?;
    let ahead = Head { rev: now.rev + 5, ..now };
    let begun = show(office, Some(ahead), epoch(2))?;
    assert_eq!(begun, Head { epoch: epoch(2), ..now }, "a new epoch, with rev and chain as they were");
    let other_past = Head { epoch: epoch(2), rev: 2, chain: Short::from_bytes([9; 8]) };
    assert_eq!(show(office, Some(other_past), epoch(3))?.epoch, epoch(3));
    let other_now = Head { epoch: epoch(3), chain: Short::from_bytes([9; 8]), ..now };
    assert_eq!(show(office, Some(other_now), epoch(4))?.epoch, epoch(4));
    // Going on, the chain goes on too.
    office.take(handset(2).person, &[handset(2).says(21, household(1), &visited(4, "赵六"))])?;
    let after = office.head()?;
    assert_eq!((after.epoch, after.rev), (epoch(4), now.rev + 1));
    for head in heads.into_iter().skip(1) {
        let in_this_epoch = Head { epoch: epoch(4), ..head };
        assert_eq!(show(office, Some(in_this_epoch), epoch(5))?, after, "revs before the epoch are its past");
    }
    Ok(())
}

pub(super) fn old_epoch<O: Office>(office: &mut O) -> Done<O> {
    let heads = heads(office)?;
    let now = office.head()?;
    let begun = show(office, Some(Head { rev: now.rev + 5, ..now }), epoch(2))?;
    for head in heads {
        assert_eq!(show(office, Some(head), epoch(3))?, begun);
    }
    // Even one that the current epoch could not recognise: its phone offers all again anyway.
    assert_eq!(show(office, Some(Head { rev: now.rev + 9, ..now }), epoch(3))?, begun);
    Ok(())
}

pub(super) fn never_heard_of<O: Office>(office: &mut O) -> Done<O> {
    heads(office)?;
    let elsewhere = Head { epoch: epoch(8), rev: 1, chain: Short::from_bytes([8; 8]) };
    let begun = show(office, Some(elsewhere), epoch(2))?;
    assert_eq!(begun.epoch, epoch(2));
    assert_eq!(show(office, Some(elsewhere), epoch(3))?, begun, "heard of by now");
    assert!(office.write(|books| books.knows_epoch(epoch(8)))?);
    assert!(!office.write(|books| books.knows_epoch(epoch(3)))?, "one that did not begin is not known");
    Ok(())
}

pub(super) fn begun_by_hand<O: Office>(office: &mut O) -> Done<O> {
    heads(office)?;
    let restore = |office: &mut O, fresh: Short| {
        office.write(|books| {
            let count = books.count()?;
            begin(books, count, fresh, NOW_MS)
        })
    };
    let first = office.head()?;
    let second = restore(office, epoch(2))?;
    assert_eq!(second, Head { epoch: epoch(2), ..first });
    assert_eq!(show(office, Some(first), epoch(9))?, second, "the epoch before is remembered");
    // The same backup restored once more, elsewhere: epoch 2 is not in it, epoch 3 is its own.
    let elsewhere = Head { epoch: epoch(3), ..first };
    let third = show(office, Some(elsewhere), epoch(4))?;
    assert_eq!(third.epoch, epoch(4));
    assert_eq!(show(office, Some(second), epoch(9))?, third);
    Ok(())
}
