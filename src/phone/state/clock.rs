//! Which day it is for the union, and whether the helper should look at it twice.
//!
//! Pure: the phone's clock and the last contact come in. A doubt is shown and asked about; it never
//! blocks (DESIGN §4).

use super::App;
use crate::engine::Contact;
use domain::day::Day;
use leptos::prelude::Get;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A clock this far off is worth a word.
const OFF_MINUTES: i64 = 10;
/// After so long without a contact nobody vouches for the clock.
const LONG_DAYS: i64 = 30;

/// Why a day should be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// The clock was never compared with the office's.
    Unknown,
    /// It differs by so many minutes; the office's is used.
    Off(i64),
    /// It was last compared so many days ago.
    Long(i64),
    /// It is earlier than the last contact.
    Back,
}

impl App {
    /// What makes the clock doubtful, if anything.
    pub fn clock_doubt(self) -> Option<Doubt> {
        doubt(self.now_ms.get(), self.contact.get())
    }

    /// The last day something can have been on; none where nobody knows.
    pub fn last_day(self) -> Option<Day> {
        last_day(self.today.get(), self.clock_doubt())
    }
}

/// The union's day at a moment of the phone's clock. Never before the last contact's: a clock that says so went back.
pub fn today(now_ms: i64, contact: Option<Contact>, utc_offset_minutes: i32) -> Day {
    let heard_ms = contact.map_or(i64::MIN, |contact| contact.server_time_ms);
    Day::at(corrected(now_ms, contact).max(heard_ms), utc_offset_minutes)
}

/// The last day something can have been on: today. Where nobody vouches for the clock, the helper may know better.
pub fn last_day(today: Day, doubt: Option<Doubt>) -> Option<Day> {
    match doubt {
        None | Some(Doubt::Off(_)) => Some(today),
        Some(Doubt::Unknown | Doubt::Long(_) | Doubt::Back) => None,
    }
}

/// The office's clock, as far as it is known.
pub fn corrected(now_ms: i64, contact: Option<Contact>) -> i64 {
    now_ms.saturating_add(contact.map_or(0, |contact| contact.offset_ms))
}

/// What makes the clock doubtful, if anything.
pub fn doubt(now_ms: i64, contact: Option<Contact>) -> Option<Doubt> {
    let Some(contact) = contact else { return Some(Doubt::Unknown) };
    let since_ms = corrected(now_ms, Some(contact)).saturating_sub(contact.server_time_ms);
    let off_minutes = contact.offset_ms.saturating_abs() / MINUTE_MS;
    if since_ms < -OFF_MINUTES * MINUTE_MS {
        Some(Doubt::Back)
    } else if since_ms > LONG_DAYS * DAY_MS {
        Some(Doubt::Long(since_ms / DAY_MS))
    } else if off_minutes >= OFF_MINUTES {
        Some(Doubt::Off(off_minutes))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
