//! The words and numbers under which statuses and item standings lie in SQL.

use domain::day::Day;
use domain::file::{Reason, Status};
use domain::observation::ItemStanding;
use serde::de::DeserializeOwned;

use crate::store::StoreError;

/// A status as its two columns: word, and reason where there is one.
pub(crate) fn status_words(status: Status) -> (&'static str, Option<String>) {
    match status {
        Status::Projected => ("projected", None),
        Status::Quarantined(reason) => ("quarantined", Some(reason_word(reason))),
        Status::Held => ("held", None),
        Status::Erased => ("erased", None),
    }
}

/// A reason's word: the same as in JSON.
pub(crate) fn reason_word(reason: Reason) -> String {
    match serde_json::to_value(reason) {
        Ok(serde_json::Value::String(word)) => word,
        // A reason without fields is always a word.
        _ => String::new(),
    }
}

/// Reads a reason's word.
pub(crate) fn reason(word: &str, column: usize) -> Result<Reason, StoreError> {
    read_word(word).ok_or(StoreError::Unreadable { column })
}

/// Reads the two columns of a status.
pub(crate) fn status(word: &str, reason_word: Option<&str>, column: usize) -> Result<Status, StoreError> {
    Ok(match word {
        "projected" => Status::Projected,
        "held" => Status::Held,
        "erased" => Status::Erased,
        "quarantined" => Status::Quarantined(reason(reason_word.unwrap_or_default(), column)?),
        _ => return Err(StoreError::Unreadable { column }),
    })
}

fn read_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// What stands for [`ItemStanding::NumbersOdd`].
pub(crate) const NUMBERS_ODD: i64 = 6;

/// An item's standing as its two columns: what it is, and until when.
pub(crate) fn standing_numbers(standing: ItemStanding) -> (i64, i64) {
    let number = |day: Day| i64::from(day.number());
    match standing {
        ItemStanding::Unknown => (0, 0),
        ItemStanding::Rivals => (1, 0),
        ItemStanding::Declined => (2, 0),
        ItemStanding::Known { until, declined_since: false } => (3, number(until)),
        ItemStanding::NotApplicable { until } => (4, number(until)),
        ItemStanding::Known { until, declined_since: true } => (5, number(until)),
        ItemStanding::NumbersOdd => (NUMBERS_ODD, 0),
    }
}

/// Reads the two columns of an item's standing.
pub(crate) fn standing(is: i64, until: i32, column: usize) -> Result<ItemStanding, StoreError> {
    let until = Day::from_number(until);
    Ok(match is {
        0 => ItemStanding::Unknown,
        1 => ItemStanding::Rivals,
        2 => ItemStanding::Declined,
        3 => ItemStanding::Known { until, declined_since: false },
        4 => ItemStanding::NotApplicable { until },
        5 => ItemStanding::Known { until, declined_since: true },
        NUMBERS_ODD => ItemStanding::NumbersOdd,
        _ => return Err(StoreError::Unreadable { column }),
    })
}
