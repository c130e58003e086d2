//! How long the next try must wait after wrong ones: a pure value, time as an argument.
//!
//! A try is counted as wrong when it is let in and forgiven when it was right, so that a hundred
//! tries at once are counted like a hundred in a row.

/// How strict a [`BackOff`] is.
#[derive(Clone, Copy, Debug)]
pub struct Strictness {
    /// Wrong tries that cost nothing.
    pub free: u32,
    /// The wait after the first that costs; each further doubles it.
    pub first_wait_ms: i64,
    /// No wait is longer.
    pub longest_wait_ms: i64,
    /// After so long without a try, half of the wrong ones are forgotten; and so on.
    pub half_life_ms: i64,
}

/// Wrong codes of invitations, across the whole office.
pub const CODES: Strictness =
    Strictness { free: 10, first_wait_ms: 1_000, longest_wait_ms: 60_000, half_life_ms: 600_000 };

/// Wrong passwords for one name.
pub const PASSWORDS: Strictness =
    Strictness { free: 5, first_wait_ms: 2_000, longest_wait_ms: 300_000, half_life_ms: 900_000 };

/// The state of one limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackOff {
    /// Wrong tries that are remembered.
    pub wrong: u32,
    /// When the last was let in.
    pub last_ms: i64,
}

impl BackOff {
    /// Lets a try in and counts it, or says how many milliseconds to wait.
    ///
    /// # Errors
    /// The milliseconds to wait.
    pub fn admit(&mut self, strictness: &Strictness, now_ms: i64) -> Result<(), i64> {
        self.forget(strictness, now_ms);
        let wait = self.last_ms + self.wait_ms(strictness) - now_ms;
        if wait > 0 {
            return Err(wait);
        }
        self.wrong = self.wrong.saturating_add(1);
        self.last_ms = now_ms;
        Ok(())
    }

    /// The try that was let in was right: it does not count.
    pub fn forgive(&mut self) {
        self.wrong = self.wrong.saturating_sub(1);
    }

    fn wait_ms(&self, strictness: &Strictness) -> i64 {
        let costly = self.wrong.saturating_sub(strictness.free);
        if costly == 0 {
            return 0;
        }
        let doubled = strictness.first_wait_ms.saturating_mul(1 << (costly - 1).min(30));
        doubled.min(strictness.longest_wait_ms)
    }

    fn forget(&mut self, strictness: &Strictness, now_ms: i64) {
        // A clock set back must not lock the office: then the last try was just now.
        self.last_ms = self.last_ms.min(now_ms);
        let halvings = (now_ms - self.last_ms) / strictness.half_life_ms.max(1);
        if halvings > 0 {
            self.wrong = self.wrong.checked_shr(u32::try_from(halvings).unwrap_or(32)).unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(tries_at_ms: &[i64]) -> Vec<i64> {
        let mut limit = BackOff::default();
        let strictness =
            Strictness { free: 2, first_wait_ms: 100, longest_wait_ms: 300, half_life_ms: 10_000 };
        tries_at_ms.iter().map(|at| limit.admit(&strictness, *at).err().unwrap_or(0)).collect()
    }

    #[test]
    fn the_first_tries_are_free_and_the_next_wait_longer_each_time() {
        assert_eq!(waits(&[0, 0, 0, 0, 100, 150, 300, 600]), [0, 0, 0, 100, 0, 150, 0, 0]);
    }

    #[test]
    fn no_wait_is_longer_than_the_longest() {
        assert_eq!(waits(&[0, 0, 0, 100, 300, 600, 900, 901]), [0, 0, 0, 0, 0, 0, 0, 299]);
    }

    #[test]
    fn time_forgives() {
        assert_eq!(waits(&[0, 0, 0, 50, 10_000, 10_000, 10_000]), [0, 0, 0, 50, 0, 0, 100]);
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_for_longer_than_a_wait() {
        assert_eq!(waits(&[1_000_000, 1_000_000, 1_000_000, 0, 100]), [0, 0, 0, 100, 0]);
    }
}
