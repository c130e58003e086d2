//! The office set back: notices a past that it no longer has, and begins a new epoch (DESIGN §4).

use super::{Books, Count};
use protocol::deposit::{Head, Short};

/// Meets a head that a phone was once shown, and says where the office stands now.
///
/// A new epoch (`fresh`, 8 random bytes) begins where the current epoch's head is not recognised,
/// or an epoch was never heard of. Any other old epoch is simply told the current one.
///
/// # Errors
/// The store's own; nothing is written then.
pub fn meet<B: Books + ?Sized>(
    books: &mut B,
    shown: Option<Head>,
    fresh: Short,
    now_ms: i64,
) -> Result<Head, B::Error> {
    let count = books.count()?;
    let Some(shown) = shown else { return Ok(count.head()) };
    if shown.epoch == count.epoch {
        let recognised = shown.rev <= count.rev && chain_is(books, &count, shown)?;
        return if recognised { Ok(count.head()) } else { begin(books, count, fresh, now_ms) };
    }
    if books.knows_epoch(shown.epoch)? {
        return Ok(count.head());
    }
    books.add_epoch(shown.epoch, None)?;
    begin(books, count, fresh, now_ms)
}

fn chain_is<B: Books + ?Sized>(books: &mut B, count: &Count, shown: Head) -> Result<bool, B::Error> {
    if shown.rev == count.rev {
        return Ok(count.head().chain == shown.chain);
    }
    Ok(books.chain_at(shown.rev)? == Some(shown.chain))
}

/// Begins a new epoch; `restore` calls this too.
///
/// # Errors
/// The store's own.
pub fn begin<B: Books + ?Sized>(
    books: &mut B,
    mut count: Count,
    fresh: Short,
    now_ms: i64,
) -> Result<Head, B::Error> {
    books.add_epoch(fresh, Some(now_ms))?;
    count.epoch = fresh;
    books.set_count(&count)?;
    Ok(count.head())
}
