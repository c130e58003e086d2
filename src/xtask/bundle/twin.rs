//! The brotli and gzip twins of a file, as the server sends them, and names made from contents.

use std::fs;
use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::tree;
use crate::trouble::Trouble;

/// What compresses; pictures and fonts already are.
const COMPRESSIBLE: [&str; 8] = ["html", "js", "css", "wasm", "json", "webmanifest", "svg", "txt"];

/// A build remembers some forty files.
const MANY: usize = 1_000;

/// The two twins of a file; `None` where the twin would not be smaller.
#[derive(Default)]
pub struct Twins {
    /// Brotli, quality 11.
    pub br: Option<Vec<u8>>,
    /// Gzip, level 9.
    pub gz: Option<Vec<u8>>,
}

/// Makes the twins of a file, or fetches them from the cache: the quality costs seconds for a wasm.
pub fn twins(path: &str, bytes: &[u8]) -> Result<Twins, Trouble> {
    let ending = path.rsplit('.').next().unwrap_or_default();
    if !COMPRESSIBLE.contains(&ending) {
        return Ok(Twins::default());
    }
    let smaller = |twin: Vec<u8>| (twin.len() < bytes.len()).then_some(twin);
    Ok(Twins { br: smaller(brotli(bytes)?), gz: smaller(cached("gz", bytes, gzip)?) })
}

/// The bytes under brotli, quality 11.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    cached("br", bytes, |bytes| {
        let params =
            BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
        let mut out = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
        Ok(out)
    })
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn cached(
    kind: &str,
    bytes: &[u8],
    make: impl Fn(&[u8]) -> std::io::Result<Vec<u8>>,
) -> Result<Vec<u8>, Trouble> {
    let kept = tree::bundle().join("cache").join(format!("{}.{kind}", digest(bytes)));
    if let Ok(bytes) = fs::read(&kept) {
        return Ok(bytes);
    }
    let made = make(bytes).map_err(|source| Trouble::file(&kept, source))?;
    // Written beside and renamed: a build that was killed leaves no half twin under the final name.
    let half = kept.with_extension("half");
    tree::write(&half, &made)?;
    fs::rename(&half, &kept).map_err(|source| Trouble::file(&kept, source))?;
    Ok(made)
}

/// Forgets what was remembered once there is much of it: most belongs to builds long gone.
pub fn prune() -> Result<(), Trouble> {
    let cache = tree::bundle().join("cache");
    if tree::files(&cache)?.len() > MANY { tree::empty(&cache) } else { Ok(()) }
}

/// The sha256 of the bytes in hex, cut to 16 characters: names and versions, not secrets.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn a_digest_is_the_head_of_sha256() {
        assert_eq!(digest(b"abc"), "ba7816bf8f01cfea");
    }
}
