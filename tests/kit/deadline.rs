//! How long a wait may take. Nothing here waits: it only tells a wait how much is left.

use std::time::{Duration, Instant};

/// A moment after which a wait gives up.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    began: Instant,
    patience: Duration,
}

impl Deadline {
    /// A deadline that far from now.
    #[expect(clippy::disallowed_methods, reason = "a test that drives real programs needs a real deadline")]
    pub fn after(patience: Duration) -> Self {
        Self { began: Instant::now(), patience }
    }

    /// What is left of it; zero when it has passed.
    pub fn left(&self) -> Duration {
        self.patience.saturating_sub(self.began.elapsed())
    }

    /// Whether it has passed.
    pub fn passed(&self) -> bool {
        self.left().is_zero()
    }

    /// The whole of the time that was given.
    pub fn patience(&self) -> Duration {
        self.patience
    }
}
