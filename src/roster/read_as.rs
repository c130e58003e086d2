//! Words of a sheet that were taken for others: 困难 read as 困难户, 大病 as 患重特大疾病. Nothing is taken silently: each is
//! listed with what it was taken for, and a person may say otherwise.

use std::collections::BTreeMap;

use domain::rules::Cause;
use serde::Serialize;

use crate::{export::cause_word, text};

/// A word and what it was taken for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub enum Word {
    /// A category by the union's own name; none = nobody knows it, or it is none.
    Category {
        /// What it was taken for.
        is: Option<String>,
        /// Whether a person said so.
        told: bool,
    },
    /// A cause.
    Cause(Cause),
}

/// Words that were taken for others, with how many cells say them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReadAs {
    words: BTreeMap<(String, Word), u32>,
}

impl ReadAs {
    /// A cell names a category.
    pub(crate) fn category(&mut self, written: &str, is: Option<&str>, told: bool) {
        if told || is.is_none_or(|is| text::squeeze(is) != text::squeeze(written)) {
            self.count(written, Word::Category { is: is.map(str::to_owned), told });
        }
    }

    /// A cell names a cause.
    pub(crate) fn cause(&mut self, written: &str, cause: Cause) {
        if text::squeeze(written) != cause_word(cause) {
            self.count(written, Word::Cause(cause));
        }
    }

    /// With those of another sheet.
    pub(crate) fn extend(&mut self, other: Self) {
        for (word, count) in other.words {
            *self.words.entry(word).or_default() += count;
        }
    }

    fn count(&mut self, written: &str, word: Word) {
        *self.words.entry((text::squeeze(written), word)).or_default() += 1;
    }

    /// Each word, what it was taken for, and how many cells say it; the most frequent first.
    #[must_use]
    pub fn most_first(&self) -> Vec<(&str, &Word, u32)> {
        let mut all: Vec<_> =
            self.words.iter().map(|((written, word), count)| (written.as_str(), word, *count)).collect();
        all.sort_by_key(|(written, word, count)| (u32::MAX - count, *word, *written));
        all
    }
}
