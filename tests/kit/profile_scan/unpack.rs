//! What is packed in a piece of bytes. Whole files are told by their form, everything else by the marks of its packing.
//! A mark that turns out to be chance is passed over; a file of a known form that cannot be read is an error.

use super::{leveldb, simple_cache, sqlite};
use aho_corasick::AhoCorasick;
use std::io::Read;
use std::path::Path;
use std::sync::OnceLock;

/// No packing is undone further than this.
const LARGEST: u64 = 256 << 20;
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Blink's mark before an IndexedDB value packed with snappy (`idb_value_wrapping.cc`).
const BLINK_SNAPPY: &[u8] = &[0xff, 0x11, 0x02];

/// Bytes that came out of something.
#[derive(Debug)]
pub struct Piece {
    /// What they were.
    pub kind: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A piece that was found, or why it could not be read.
pub type Found = Result<Piece, String>;

/// What is packed in this piece. Only a whole file has the form of a file.
pub fn inside(piece: &Piece, file: &Path, whole_file: bool) -> Vec<Found> {
    let mut found = Vec::new();
    if whole_file {
        found.extend(leveldb::table(&piece.bytes));
        if leveldb::is_log(file) {
            found.extend(leveldb::log(&piece.bytes));
        }
        found.extend(simple_cache::entry(&piece.bytes));
        found.extend(sqlite::values(file, &piece.bytes));
    }
    found.extend(marked(&piece.bytes).into_iter().map(Ok));
    if piece.kind == sqlite::VALUE {
        found.extend(snappy(&piece.bytes, "snappy").map(Ok));
    }
    found
}

/// A body in the coding that a `content-encoding` names without a mark of its own.
pub fn brotli(bytes: &[u8]) -> Option<Piece> {
    unpacked("brotli", brotli_decompressor::Decompressor::new(bytes, 4096))
}

/// One snappy block.
pub fn snappy(bytes: &[u8], kind: &'static str) -> Option<Piece> {
    let length = snap::raw::decompress_len(bytes).ok().and_then(|length| u64::try_from(length).ok())?;
    if length == 0 || length > LARGEST {
        return None;
    }
    let bytes = snap::raw::Decoder::new().decompress_vec(bytes).ok()?;
    Some(Piece { kind, bytes })
}

/// One zstd frame.
pub fn zstd(bytes: &[u8]) -> Option<Piece> {
    unpacked("zstd", ruzstd::decoding::StreamingDecoder::new(bytes).ok()?)
}

/// What begins at each mark of a packing.
fn marked(bytes: &[u8]) -> Vec<Piece> {
    static MARKS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let Some(marks) = MARKS.get_or_init(|| AhoCorasick::new([GZIP, ZSTD, BLINK_SNAPPY]).ok()) else {
        return Vec::new();
    };
    let begun = marks.find_iter(bytes).filter_map(|mark| {
        let (from, after) = (bytes.get(mark.start()..)?, bytes.get(mark.end()..)?);
        match mark.pattern().as_usize() {
            0 => unpacked("gzip", flate2::read::GzDecoder::new(from)),
            1 => zstd(from),
            _ => snappy(after, "IndexedDB value, snappy"),
        }
    });
    begun.collect()
}

/// What can be had of a stream: of one that is cut off or followed by something else, the part before.
fn unpacked(kind: &'static str, stream: impl Read) -> Option<Piece> {
    let mut bytes = Vec::new();
    // The error only says that the stream ended otherwise than it should; what came before it is looked at.
    let _ended = stream.take(LARGEST).read_to_end(&mut bytes);
    (!bytes.is_empty()).then_some(Piece { kind, bytes })
}
