//! Words about the app itself: kept, listed, marked as read.

use domain::id::PersonId;
use protocol::office::{FeedbackRow, NewFeedback};

use super::lists::PART;
use crate::args;
use crate::store::{Reader, StoreError, Tx};
use crate::union::units::prefix_range;

/// Keeps words; a repeat changes nothing.
///
/// # Errors
/// What the database says.
pub fn put(tx: &Tx<'_>, author: PersonId, words: &NewFeedback, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO feedback (id, author, received_ms, words, about, is_read) VALUES (?1, ?2, ?3, ?4, ?5, 0)
         ON CONFLICT (id) DO NOTHING",
        args![words.id, author, now_ms, words.words, words.about],
    )?;
    Ok(())
}

/// The words of people who belong to a subtree: unread first, newest first.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>, top: &str, skip: u32) -> Result<Vec<FeedbackRow>, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!(
        "SELECT f.id, p.name, f.received_ms, f.words, f.about, f.is_read FROM {WRITTEN_IN}
         ORDER BY f.is_read, f.received_ms DESC, f.id {PART}"
    );
    reader.all(&sql, args![from, to, skip], |row| {
        Ok(FeedbackRow {
            id: row.get(0)?,
            author_name: row.get(1)?,
            received_ms: row.get(2)?,
            words: row.get(3)?,
            about: row.get(4)?,
            read: row.get(5)?,
        })
    })
}

const WRITTEN_IN: &str = "feedback f JOIN person p ON p.id = f.author JOIN unit u ON u.id = p.unit
    WHERE u.path >= ?1 AND u.path < ?2";

/// How many of a subtree are unread.
///
/// # Errors
/// What the database says.
pub fn unread(reader: &Reader<'_>, top: &str) -> Result<u32, StoreError> {
    let (from, to) = prefix_range(top);
    let sql = format!("SELECT count(*) FROM {WRITTEN_IN} AND f.is_read = 0");
    Ok(u32::try_from(reader.count(&sql, args![from, to])?).unwrap_or(u32::MAX))
}

/// The path of the unit whose person wrote; none where there are no words under that id.
///
/// # Errors
/// What the database says.
pub fn path_of(reader: &Reader<'_>, id: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT u.path FROM feedback f JOIN person p ON p.id = f.author JOIN unit u ON u.id = p.unit
               WHERE f.id = ?1";
    reader.first(sql, args![id], |row| row.get(0))
}

/// Marks words as read.
///
/// # Errors
/// What the database says.
pub fn mark_read(tx: &Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE feedback SET is_read = 1 WHERE id = ?1", args![id])?;
    Ok(())
}
