//! Time and chance, handed in: the only way this room learns what time it is or makes a secret.
//!
//! The binary hands in the real clock and the system's randomness, tests a clock they set.

/// What the office takes from the world it runs in.
pub trait Surroundings: Send + Sync + 'static {
    /// The time, Unix milliseconds.
    fn now_ms(&self) -> i64;

    /// Fills the bytes with randomness fit for keys.
    fn fill(&self, bytes: &mut [u8]);
}

/// Makes an array of random bytes.
pub fn random<const N: usize>(surroundings: &dyn Surroundings) -> [u8; N] {
    let mut bytes = [0; N];
    surroundings.fill(&mut bytes);
    bytes
}
