//! Words about the app itself: kept, listed, marked as read.

use domain::id::PersonId;
use protocol::office::{FeedbackRow, NewFeedback};

use crate::args;
use crate::store::{Reader, StoreError, Tx};

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

/// All words, unread first, newest first.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>) -> Result<Vec<FeedbackRow>, StoreError> {
    let sql = "SELECT f.id, p.name, f.received_ms, f.words, f.about, f.is_read FROM feedback f
               LEFT JOIN person p ON p.id = f.author ORDER BY f.is_read, f.received_ms DESC LIMIT 500";
    reader.all(sql, &[], |row| {
        Ok(FeedbackRow {
            id: row.get(0)?,
            author_name: row.get::<Option<String>>(1)?.unwrap_or_default(),
            received_ms: row.get(2)?,
            words: row.get(3)?,
            about: row.get(4)?,
            read: row.get(5)?,
        })
    })
}

/// How many are unread.
///
/// # Errors
/// What the database says.
pub fn unread(reader: &Reader<'_>) -> Result<u32, StoreError> {
    let count = reader.count("SELECT count(*) FROM feedback WHERE is_read = 0", &[])?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Marks words as read; `false` where there are none under that id.
///
/// # Errors
/// What the database says.
pub fn mark_read(tx: &Tx<'_>, id: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("UPDATE feedback SET is_read = 1 WHERE id = ?1", args![id])? > 0)
}
