//! What was held because no key fitted it, once the key is back: from then on as if it had arrived so.

use super::{
    Arrival, Books, Count, LogRow,
    arriving::Offered,
    merging::{Changed, Logs, note_halves, project_all},
    projecting::People,
    row, touched,
};
use domain::id::PersonId;
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
    let mut rows = Vec::new();
    for (brought_by, received_ms, arrival) in opened {
        let mut one = Offered::of(arrival, *brought_by);
        // Its row lies under the hash that was said of it.
        one.hash = one.said;
        let rev = count.next(&one.hash);
        let chain = Short::of(&count.chain);
        books.put_chain(rev, chain)?;
        rows.push(row(one, rev, chain, *brought_by, *received_ms));
    }
    put_open(books, &rows, &mut count)?;
    books.set_count(&count)
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
