//! Chance from a seed (splitmix64): the same seed makes the same union.

/// A stream of numbers.
pub struct Chance {
    state: u64,
}

impl Chance {
    /// A stream from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from `low` up to and including `high`.
    pub fn within(&mut self, low: i32, high: i32) -> i32 {
        let span = u64::from(high.saturating_sub(low).max(0).unsigned_abs()) + 1;
        low + i32::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: i32) -> bool {
        self.within(1, 100) <= percent
    }

    /// One of several; the first where there is none to choose.
    pub fn one_of<T: Copy + Default>(&mut self, several: &[T]) -> T {
        let at = self.next() % u64::try_from(several.len().max(1)).unwrap_or(1);
        several.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or_default()
    }

    /// An id.
    pub fn id<T>(&mut self, unix_ms: i64, make: fn(i64, [u8; 10]) -> T) -> T {
        let mut random = [0; 10];
        for byte in &mut random {
            let [lowest, ..] = self.next().to_le_bytes();
            *byte = lowest;
        }
        make(unix_ms, random)
    }
}
