//! What was held because no key fitted it, once the key is back: from then on as if it had arrived so.

use super::{
    Arrival, Books, Count, LogRow,
    arriving::Offered,
    erasing::lies_in_erased,
    merging::{Changed, Logs, note_halves, project_all},
    projecting::People,
    row, touched,
};
use domain::{
    file::Reason,
    id::{EntryId, PersonId},
};
use protocol::deposit::Short;

/// Takes up held records that can be opened now, each with who brought it and when, office's clock.
///
/// # Errors
/// The store's own; nothing is written then.
pub fn open_held<B: Books + ?Sized>(
    books: &mut B,
    opened: &[(PersonId, i64, Arrival)],
) -> Result<(), B::Error> {
    let mut count = books.count()?;
    let ids: Vec<EntryId> = opened.iter().map(|(.., arrival)| arrival.record().id).collect();
    let known = books.stored(&ids)?;
    let mut rows = Vec::new();
    for (brought_by, received_ms, arrival) in opened {
        let mut one = Offered::of(arrival, *brought_by);
        // Its row lies under the hash that was said of it, and beside another one's where that had its id.
        one.hash = one.said;
        let its = known.iter().find(|row| (row.receipt.id, row.receipt.entry_hash) == (one.id, one.hash));
        if its.is_some_and(|row| row.taint == Some(Reason::IdTaken)) {
            one.taint = Some(Reason::IdTaken);
            if lies_in_erased(books, &one)? {
                one.wipe();
            }
        }
        let rev = count.next(&one.cause(*brought_by));
        let chain = Short::of(&count.chain);
        books.put_chain(rev, chain)?;
        rows.push(row(one, rev, chain, *brought_by, *received_ms));
    }
    put_open(books, &rows, &mut count)?;
    books.set_count(&count)
}

/// What comes whole is to take the place of what is in the books, or of what came in the same deposit.
pub(super) fn take_its_place<B: Books + ?Sized>(
    books: &mut B,
    whole: LogRow,
    rows: &mut Vec<LogRow>,
    mended: &mut Vec<LogRow>,
) -> Result<(), B::Error> {
    if let Some(at) = rows.iter().position(|half| (half.id, half.hash) == (whole.id, whole.hash)) {
        let half = rows.remove(at);
        books.put_chain(half.rev, half.chain)?;
        rows.push(whole);
    } else {
        books.put_chain(whole.rev, whole.chain)?;
        mended.push(whole);
    }
    Ok(())
}

/// Puts opened rows in the place of what was held under their ids and hashes, and projects them.
pub(super) fn put_open<B: Books + ?Sized>(
    books: &mut B,
    rows: &[LogRow],
    count: &mut Count,
) -> Result<Changed, B::Error> {
    books.open_rows(rows)?;
    note_halves(books, rows)?;
    let revs = touched(rows);
    let logs = Logs::read(books, revs.keys().copied())?;
    project_all(books, logs, revs, count, &mut People::default())
}
