//! How xtask speaks: what it is doing now, how long it took, what went wrong. Everything goes to stderr, tables to stdout.
//!
//! Decides nothing.

use std::time::{Duration, Instant};

use crate::trouble::Trouble;

/// Announces a step that starts now.
pub fn step(what: &str) {
    eprintln!("==> {what}");
}

/// Says something about the step that is running.
pub fn note(what: &str) {
    eprintln!("    {what}");
}

/// Prints what was asked for: a table, a summary.
pub fn plain(text: &str) {
    println!("{text}");
}

/// Says what went wrong and what to do about it.
pub fn trouble(trouble: &Trouble) {
    eprintln!("\nxtask: {trouble}");
    let mut source = std::error::Error::source(trouble);
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}

/// A stopwatch, for messages only.
pub struct Watch(Instant);

impl Watch {
    /// Starts it.
    #[expect(
        clippy::disallowed_methods,
        reason = "xtask is an outermost file; it times its own steps for messages"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Whole seconds since.
    pub fn seconds(&self) -> u64 {
        self.0.elapsed().as_secs()
    }

    /// The time since, as a person says it.
    pub fn words(&self) -> String {
        duration(self.0.elapsed())
    }
}

fn duration(time: Duration) -> String {
    let secs = time.as_secs();
    if secs >= 60 {
        format!("{} min {:02} s", secs / 60, secs % 60)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// 1234567 → `1,234,567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn durations_are_said_in_minutes_from_one_minute_on() {
        assert_eq!(duration(Duration::from_millis(1500)), "1.5 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
