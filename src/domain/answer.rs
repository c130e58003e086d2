//! The answer to one item at a visit: 无变化, 有变化, 没问到, 不愿说.

use crate::{item::Item, slot::Values};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Why something was not asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAskedReason {
    /// 本人不在场.
    WorkerAbsent,
    /// 不方便问.
    Inconvenient,
    /// 没来得及.
    NoTime,
    /// 对方也不清楚.
    NobodyKnew,
    /// 其他.
    Other,
}

/// What was learnt about one item.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", try_from = "Written")]
pub enum Answer {
    /// 无变化: what was known still holds. Carries the values it confirmed, slot by slot.
    Unchanged {
        /// What was shown and confirmed.
        confirmed: Values,
    },
    /// 有变化: new values, beside those of the item that were seen and hold.
    Changed {
        /// What is new or different; a child that left is `ended` here.
        stated: Values,
        /// What of the item was shown and not touched.
        #[serde(default, skip_serializing_if = "Values::is_empty")]
        confirmed: Values,
    },
    /// 没问到: observes nothing.
    NotAsked {
        /// Why.
        reason: NotAskedReason,
    },
    /// 不愿说: counts only where nothing valid stands.
    Declined,
}

/// An answer as it is written. Answers are most of what the office reads: by its tag alone, serde would
/// first build a tree of each.
#[derive(Deserialize)]
struct Written {
    answer: Word,
    confirmed: Option<Values>,
    stated: Option<Values>,
    /// Read only where it says something here: a newer app may give its reasons elsewhere too.
    reason: Option<Json>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Unchanged,
    Changed,
    NotAsked,
    Declined,
}

impl TryFrom<Written> for Answer {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { answer, confirmed, stated, reason } = written;
        Ok(match answer {
            Word::Unchanged => Self::Unchanged { confirmed: confirmed.ok_or("nothing is confirmed")? },
            Word::Changed => Self::Changed {
                stated: stated.ok_or("nothing is stated")?,
                confirmed: confirmed.unwrap_or_default(),
            },
            Word::NotAsked => {
                let reason = reason.and_then(|reason| serde_json::from_value(reason).ok());
                Self::NotAsked { reason: reason.ok_or("no reason is given")? }
            }
            Word::Declined => Self::Declined,
        })
    }
}

impl Answer {
    /// Every slot this answer speaks of belongs to `item`, and every value fits its slot.
    #[must_use]
    pub fn fits(&self, item: Item) -> bool {
        let fits =
            |values: &Values| values.iter().all(|(slot, value)| slot.item() == item && value.fits(*slot));
        match self {
            Self::Unchanged { confirmed } => fits(confirmed),
            Self::Changed { stated, confirmed } => fits(stated) && fits(confirmed),
            Self::NotAsked { .. } | Self::Declined => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Option<Answer>) {
        assert_eq!(serde_json::from_str(written).ok(), expected, "{written}");
    }

    #[test]
    fn what_an_answer_does_not_need_is_not_read() {
        check(r#"{"answer":"declined","reason":"shy","since":3}"#, Some(Answer::Declined));
        check(r#"{"answer":"declined","reason":{"kind":"shy"}}"#, Some(Answer::Declined));
        let no_time = Answer::NotAsked { reason: NotAskedReason::NoTime };
        check(r#"{"answer":"not_asked","reason":"no_time","other":[]}"#, Some(no_time));
        check(r#"{"answer":"not_asked","reason":"a reason of tomorrow"}"#, None);
        check(r#"{"answer":"not_asked"}"#, None);
    }
}
