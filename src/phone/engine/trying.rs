//! When to try again: pure.

/// The shortest wait after a failure, in milliseconds.
const SHORTEST_MS: u64 = 2_000;
/// The longest wait, in milliseconds.
pub const LONGEST_MS: u64 = 300_000;

/// How long until an open app looks for news by itself: five minutes and up to one more, so that the phones that were
/// opened together at eight do not ask together ever after.
pub fn look_ms(random: u32) -> u64 {
    LONGEST_MS + LONGEST_MS / 5 * u64::from(random) / u64::from(u32::MAX)
}

/// How long to wait after so many failures in a row: full jitter over a span that doubles from 2 s to
/// 5 min, so that all the phones of a mine do not come at once when the power is back.
pub fn wait_ms(failures: u32, random: u32) -> u64 {
    let span = SHORTEST_MS.saturating_mul(1 << failures.min(16)).min(LONGEST_MS);
    SHORTEST_MS + (span - SHORTEST_MS) * u64::from(random) / u64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{look_ms, wait_ms};

    fn check(failures: u32, expected: (u64, u64)) {
        assert_eq!((wait_ms(failures, 0), wait_ms(failures, u32::MAX)), expected, "{failures}");
    }

    #[test]
    fn an_open_app_looks_every_five_to_six_minutes() {
        assert_eq!((look_ms(0), look_ms(u32::MAX)), (300_000, 360_000));
    }

    #[test]
    fn waits_longer_up_to_five_minutes() {
        check(0, (2_000, 2_000));
        check(1, (2_000, 4_000));
        check(3, (2_000, 16_000));
        check(8, (2_000, 300_000));
        check(u32::MAX, (2_000, 300_000));
    }
}
