//! An entry of Chromium's "simple" cache, in which the HTTP cache and Cache Storage lie: key, body, headers.
//! The body may be packed as it came over the network. Sparse entries (`_s`) are only looked at as they lie.
//!
//! Form (`net/disk_cache/simple/simple_entry_format.h`): header of 24 bytes, key, body, end mark of 24 bytes,
//! headers, perhaps a hash of the key of 32 bytes, end mark of 24 bytes.

use super::unpack::{self, Found, Piece};

const MARK: u64 = 0xfcfb_6d1b_a772_5c30;
const END_MARK: u64 = 0xf4fa_6f45_970d_41d8;
const HEADER: usize = 24;
const END: usize = 24;
const KEY_HASH: usize = 32;
const HAS_KEY_HASH: u32 = 2;

/// The body of an entry without its packing; nothing when the file is no entry or its body is not packed.
pub fn entry(bytes: &[u8]) -> Vec<Found> {
    if long(bytes, 0) != Some(MARK) {
        return Vec::new();
    }
    let Some((body, headers)) = parts(bytes) else {
        // One whose end was not written yet, or a file of side data; its marks are found as it lies.
        return Vec::new();
    };
    let coded = headers.to_ascii_lowercase().windows(16).any(|window| window == b"content-encoding");
    let unpacked = if coded { unpack::brotli(body) } else { None };
    let whole = Piece { kind: "cache entry", bytes: body.to_vec() };
    std::iter::once(whole).chain(unpacked).map(Ok).collect()
}

fn parts(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let key = usize::try_from(short(bytes, 12)?).ok()?;
    let last = bytes.len().checked_sub(END)?;
    if long(bytes, last)? != END_MARK {
        return None;
    }
    let hash = if short(bytes, last + 8)? & HAS_KEY_HASH == 0 { 0 } else { KEY_HASH };
    let length = usize::try_from(short(bytes, last + 16)?).ok()?;
    let headers_end = last.checked_sub(hash)?;
    let headers = headers_end.checked_sub(length)?;
    let body_end = headers.checked_sub(END)?;
    if long(bytes, body_end)? != END_MARK {
        return None;
    }
    Some((bytes.get(HEADER.checked_add(key)?..body_end)?, bytes.get(headers..headers_end)?))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk::<8>().map(|chunk| u64::from_le_bytes(*chunk))
}

fn short(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|chunk| u32::from_le_bytes(*chunk))
}
