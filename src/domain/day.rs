//! Days of the union's calendar, and dates that know only their month or year.
//!
//! A [`Day`] is a civil date in the union's time zone; which day it is now is always an argument.

use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use time::{Date, Month};

/// A civil date, written `2026-11-21`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Days from the common era's julian day 0 to 1970-01-01.
const UNIX_EPOCH_JULIAN: i32 = 2_440_588;

impl Day {
    /// The day with this year, month (1–12) and day of month; `None` when there is none.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        (1900..=2200).contains(&year).then_some(())?;
        Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// The day it is at a Unix time in milliseconds, where clocks are `utc_offset_minutes` ahead of UTC.
    ///
    /// A clock decades off gives the nearest day between 1900 and 2200, never a panic.
    #[must_use]
    pub fn at(unix_ms: i64, utc_offset_minutes: i32) -> Self {
        let local_ms = unix_ms.saturating_add(i64::from(utc_offset_minutes) * 60_000);
        Self::from_number(i32::try_from(local_ms.div_euclid(86_400_000)).unwrap_or(0))
    }

    /// The day that is `number` days after 1970-01-01, kept within 1900–2200.
    #[must_use]
    pub fn from_number(number: i32) -> Self {
        let number = number.clamp(-25_567, 84_370);
        Date::from_julian_day(number + UNIX_EPOCH_JULIAN).map_or(Self(Date::MIN), Self)
    }

    /// Days since 1970-01-01, as SQL keeps a day.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0.to_julian_day() - UNIX_EPOCH_JULIAN
    }

    /// The day `days` later (or earlier, when negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self::from_number(self.number().saturating_add(days))
    }

    /// How many days this day lies after `earlier`; negative when before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.number() - earlier.number()
    }

    /// Year, month (1–12) and day of month.
    #[must_use]
    pub fn parts(self) -> (i32, u8, u8) {
        (self.0.year(), self.0.month().into(), self.0.day())
    }

    /// Reads `2026-11-21`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Self::new(year, month, day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a day is written 2026-11-21"))
    }
}

/// A date that may know only its month or its year: `2015`, `2015-08`, `2015-08-12`.
///
/// A birth date given as a month stays a month; nothing is made up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LooseDay {
    year: i32,
    month: Option<u8>,
    day: Option<u8>,
}

impl LooseDay {
    /// The date with what is known of it; `None` when no such date exists.
    #[must_use]
    pub fn new(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        Day::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
        (month.is_some() || day.is_none()).then_some(Self { year, month, day })
    }

    /// Reads `2015`, `2015-08` or `2015-08-12`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse).transpose().ok()?;
        let day = parts.next().map(str::parse).transpose().ok()?;
        Self::new(year, month, day)
    }

    /// Year, and month and day of month where known.
    #[must_use]
    pub const fn parts(self) -> (i32, Option<u8>, Option<u8>) {
        (self.year, self.month, self.day)
    }

    /// Whole years of age on `today`, as far as the date tells (an unknown month counts as January).
    #[must_use]
    pub fn age_on(self, today: Day) -> i32 {
        let (year, month, day) = today.parts();
        let born = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        year - self.year - i32::from((month, day) < born)
    }
}

impl From<Day> for LooseDay {
    fn from(day: Day) -> Self {
        let (year, month, day) = day.parts();
        Self { year, month: Some(month), day: Some(day) }
    }
}

impl fmt::Display for LooseDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for LooseDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for LooseDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LooseDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a date is written 2015, 2015-08 or 2015-08-12"))
    }
}

#[cfg(test)]
mod tests;
