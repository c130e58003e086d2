//! LevelDB's two kinds of files: logs (what was written last) and tables (what was put in order).
//! It reads keys and values out of both; what they mean, and which of them still hold, is not its business.
//!
//! A log is cut into blocks of 32 KiB, a record into as many fragments as it takes; a table is a list of blocks,
//! each perhaps packed, in which a key says only how it differs from the one before. So a word may lie in neither
//! as it is. Formats: `doc/log_format.md` and `doc/table_format.md` of LevelDB.

use super::unpack::{self, Found, Piece};
use std::path::Path;

const TABLE_MARK: u64 = 0xdb47_7524_8b80_fb57;
const FOOTER: usize = 48;
const LOG_BLOCK: usize = 32 << 10;
const LOG_HEADER: usize = 7;

/// Whether a file is a log by its name: `000003.log`, or the list of tables, `MANIFEST-000001`.
pub fn is_log(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let number = name.strip_suffix(".log").or_else(|| name.strip_prefix("MANIFEST-"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The records of a log, joined again, and each key and value in them.
pub fn log(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    for record in records(bytes) {
        found.extend(batch(&record).into_iter().map(|bytes| Ok(Piece { kind: "LevelDB log value", bytes })));
        found.push(Ok(Piece { kind: "LevelDB log record", bytes: record }));
    }
    found
}

/// The blocks of a table, unpacked, and each key and value in them; nothing when it is no table.
pub fn table(bytes: &[u8]) -> Vec<Found> {
    let Some(mut footer) = bytes.len().checked_sub(FOOTER).and_then(|start| bytes.get(start..)) else {
        return Vec::new();
    };
    if bytes.last_chunk::<8>().map(|mark| u64::from_le_bytes(*mark)) != Some(TABLE_MARK) {
        return Vec::new();
    }
    let mut handles = [handle(&mut footer), handle(&mut footer)].to_vec();
    let index = handles.get(1).copied().flatten().and_then(|at| block(bytes, at));
    let Some(index) = index else {
        return vec![Err("the index of the table cannot be read".into())];
    };
    handles.extend(entries(&index).into_iter().map(|(_, value)| handle(&mut value.as_slice())));
    let mut found = Vec::new();
    for at in handles {
        match at.and_then(|at| block(bytes, at)) {
            Some(block) => {
                for (key, value) in entries(&block) {
                    found.push(Ok(Piece { kind: "LevelDB table key", bytes: key }));
                    found.push(Ok(Piece { kind: "LevelDB table value", bytes: value }));
                }
                found.push(Ok(Piece { kind: "LevelDB table block", bytes: block }));
            }
            None => found.push(Err(format!("a block of the table cannot be read: {at:?}"))),
        }
    }
    found
}

/// The fragments of each record, joined. The last one may be cut off: what there is of it counts too.
fn records(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    let mut open = Vec::new();
    for block in bytes.chunks(LOG_BLOCK) {
        let mut rest = block;
        while let Some((header, after)) = rest.split_at_checked(LOG_HEADER) {
            let &[_, _, _, _, low, high, kind] = header else { break };
            let length = usize::from(u16::from_le_bytes([low, high]));
            let fragment = after.get(..length).unwrap_or(after);
            // Kind 0 is room made beforehand.
            if kind == 0 {
                break;
            }
            // 1 whole, 2 first: whatever was open was never finished.
            if matches!(kind, 1 | 2) && !open.is_empty() {
                records.push(std::mem::take(&mut open));
            }
            open.extend_from_slice(fragment);
            if matches!(kind, 1 | 4) {
                records.push(std::mem::take(&mut open));
            }
            rest = after.get(length..).unwrap_or_default();
        }
    }
    if !open.is_empty() {
        records.push(open);
    }
    records
}

/// The keys and values of a batch of writes: a number of 8 bytes, a count of 4, then each write.
fn batch(record: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = record.get(12..).unwrap_or_default();
    while let Some((kind, after)) = rest.split_first() {
        rest = after;
        let parts = match kind {
            0 => 1,
            1 => 2,
            // The list of tables, or a batch that is cut off: the record itself is looked at as a whole.
            _ => break,
        };
        for _ in 0..parts {
            let Some(part) = prefixed(&mut rest) else { return found };
            found.push(part.to_vec());
        }
    }
    found
}

fn block(bytes: &[u8], (offset, size): (usize, usize)) -> Option<Vec<u8>> {
    let end = offset.checked_add(size)?;
    let packed = bytes.get(offset..end)?;
    match bytes.get(end)? {
        0 => Some(packed.to_vec()),
        1 => unpack::snappy(packed, "").map(|piece| piece.bytes),
        2 => unpack::zstd(packed).map(|piece| piece.bytes),
        _ => None,
    }
}

/// Each key, whole, with its value. The places where keys start anew stand at the end of a block.
fn entries(block: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let restarts = block.last_chunk::<4>().map_or(0, |count| u32::from_le_bytes(*count));
    let tail = usize::try_from(restarts).unwrap_or(usize::MAX).saturating_mul(4).saturating_add(4);
    let mut rest = block.len().checked_sub(tail).and_then(|end| block.get(..end)).unwrap_or_default();
    let mut found = Vec::new();
    let mut key: Vec<u8> = Vec::new();
    while !rest.is_empty() {
        let Some((shared, added, value)) = entry(&mut rest) else { break };
        key.truncate(shared);
        key.extend_from_slice(added);
        found.push((key.clone(), value.to_vec()));
    }
    found
}

fn entry<'a>(rest: &mut &'a [u8]) -> Option<(usize, &'a [u8], &'a [u8])> {
    let (shared, added, length) = (number(rest)?, number(rest)?, number(rest)?);
    let (added, after) = rest.split_at_checked(added)?;
    let (value, after) = after.split_at_checked(length)?;
    *rest = after;
    Some((shared, added, value))
}

fn handle(bytes: &mut &[u8]) -> Option<(usize, usize)> {
    Some((number(bytes)?, number(bytes)?))
}

fn prefixed<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(bytes)?;
    let (part, after) = bytes.split_at_checked(length)?;
    *bytes = after;
    Some(part)
}

/// A number in groups of seven bits, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = bytes.split_first()?;
        *bytes = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(value).ok();
        }
    }
    None
}
