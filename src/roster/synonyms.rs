//! How offices name things, read from `synonyms.txt`: columns, causes, categories, relations. The words are data; here
//! stands only how they are looked up.
//!
//! A column is looked up whole in [`COLUMNS`]; if it is not there, its name is taken apart into *whose* it is
//! ([`WHOSE`]) and *what* it is ([`WHAT`]), so that 爱人工作单位 and 配偶所在单位 need no line each.

use std::sync::LazyLock;

use domain::rules::Cause;
use domain::value::{Dwelling, EventKind, Marital, Sex, Stage, Whose as Phone};
use serde::{Deserialize, de::DeserializeOwned};

use crate::field::Field;

const TEXT: &str = include_str!("synonyms.txt");

/// Whose something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The worker's.
    Worker,
    /// The spouse's.
    Spouse,
    /// A child's.
    Child,
    /// A member's of the family.
    Member,
    /// A helper's.
    Helper,
    /// The leader's.
    Leader,
    /// The union officer's.
    UnionOfficer,
    /// The line manager's.
    LineManager,
    /// Somebody else's, of whom no column is read.
    Another,
}

/// What is said of somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A name.
    Name,
    /// A telephone.
    Telephone,
    /// A birth date.
    Born,
    /// An ID number.
    IdNumber,
    /// Sex.
    Sex,
    /// Work.
    Work,
    /// Health.
    Health,
    /// A school.
    School,
    /// A stage of schooling.
    Stage,
    /// A grade.
    Grade,
    /// What it costs.
    Cost,
    /// How somebody is related.
    Relation,
    /// Something that is only kept.
    Kept,
}

/// How a member of the family is related, as far as it is told apart here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The worker: the household's own row.
    Worker,
    /// The spouse.
    Spouse,
    /// A child.
    Child,
    /// Somebody else: parents, brothers, grandchildren.
    Other,
}

/// Words by what they mean, in the order of the file.
#[derive(Clone, Debug)]
pub struct Words<T>(Vec<(T, Vec<&'static str>)>);

impl<T: Copy> Words<T> {
    /// What a whole word means.
    #[must_use]
    pub fn exactly(&self, word: &str) -> Option<T> {
        self.0.iter().find(|(_, words)| words.contains(&word)).map(|(value, _)| *value)
    }

    /// What the first word means that occurs in a text.
    #[must_use]
    pub fn inside(&self, text: &str) -> Option<T> {
        self.0.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(value, _)| *value)
    }

    /// What the longest word means that occurs in a text.
    #[must_use]
    pub fn longest_inside(&self, text: &str) -> Option<T> {
        let words = self.0.iter().flat_map(|(value, words)| words.iter().map(move |word| (*value, *word)));
        words
            .filter(|(_, word)| text.contains(word))
            .max_by_key(|(_, word)| word.len())
            .map(|(value, _)| value)
    }

    /// Every meaning with its words.
    pub fn lines(&self) -> impl Iterator<Item = (T, &[&'static str])> {
        self.0.iter().map(|(value, words)| (*value, words.as_slice()))
    }
}

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident $section:literal $kind:ty;)*) => {
        $($(#[$doc])* pub static $name: LazyLock<Words<$kind>> = LazyLock::new(|| section($section));)*

        #[cfg(test)]
        fn parsed() -> Vec<(&'static str, usize)> {
            vec![$(($section, $name.0.len()),)*]
        }
    };
}

sections! {
    /// Names of columns, whole.
    COLUMNS "columns" Field;
    /// Whose a column is.
    WHOSE "whose" Whose;
    /// What a column says of somebody.
    WHAT "what" What;
    /// The ten causes.
    CAUSES "causes" Cause;
    /// 性别.
    SEXES "sexes" Sex;
    /// 婚姻状况.
    MARITALS "maritals" Marital;
    /// 住房类型.
    DWELLINGS "dwellings" Dwelling;
    /// 学段.
    STAGES "stages" Stage;
    /// Whose telephone it is.
    TELEPHONES_OF "telephones_of" Phone;
    /// 与户主关系, read by [`relation`].
    RELATIONS "relations" Relation;
    /// Sorts of major events.
    EVENTS "events" EventKind;
}

/// How a member of the family is related: 户主之妻 is not the 户主, 户主本人 is.
#[must_use]
pub fn relation(text: &str) -> Option<Relation> {
    let own = text.split('(').next().filter(|own| !own.is_empty()).unwrap_or(text);
    let others = || RELATIONS.lines().filter(|(value, _)| *value != Relation::Worker);
    let of_other = || others().find(|(_, words)| words.iter().any(|word| own.contains(word)));
    RELATIONS.exactly(own).or_else(|| of_other().map(|(value, _)| value)).or_else(|| RELATIONS.inside(own))
}

/// Categories: every word of a line is the same category.
pub static CATEGORIES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let of_line = |(name, words): (&'static str, Vec<&'static str>)| [vec![name], words].concat();
    lines("categories").into_iter().map(of_line).collect()
});

/// Words that the worker's own columns are named with, beside what they say.
pub static OWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| row_words("own"));

/// Rows that sum up.
pub static SUBTOTAL: LazyLock<Vec<&'static str>> = LazyLock::new(|| row_words("subtotal"));

/// Rows below the table: who filled it in, who signs.
pub static SIGNATURE: LazyLock<Vec<&'static str>> = LazyLock::new(|| row_words("signature"));

/// Rows of explanation.
pub static NOTE: LazyLock<Vec<&'static str>> = LazyLock::new(|| row_words("note"));

fn row_words(section: &str) -> Vec<&'static str> {
    lines(section).into_iter().flat_map(|(_, words)| words).collect()
}

fn section<T: DeserializeOwned>(section: &str) -> Words<T> {
    let meaning = |name: &str| serde_json::from_value(serde_json::Value::from(name)).ok();
    // That every line means something is what the test below is for.
    Words(lines(section).into_iter().filter_map(|(name, words)| Some((meaning(name)?, words))).collect())
}

/// The lines of a section of the file: a name and its words.
fn lines(section: &str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut is_here = false;
    for line in TEXT.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            is_here = name == section;
        } else if let Some((name, words)) = line.split_once('=').filter(|_| is_here) {
            lines.push((name.trim(), words.split_whitespace().collect()));
        } else if let Some((_, words)) = lines.last_mut().filter(|_| is_here) {
            words.extend(line.split_whitespace());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_means_something() {
        for (section, parsed) in parsed() {
            assert!(parsed > 1, "[{section}] is empty");
            assert_eq!(parsed, lines(section).len(), "a line of [{section}] means nothing");
        }
        let here: Vec<&str> = parsed().into_iter().map(|(section, _)| section).collect();
        for name in TEXT.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')) {
            let known = here.contains(&name)
                || ["categories", "own", "subtotal", "signature", "note"].contains(&name);
            assert!(known, "nobody reads [{name}]");
        }
        assert!(CATEGORIES.len() >= 9 && SUBTOTAL.len() > 5 && SIGNATURE.len() > 5 && NOTE.len() > 2);
    }

    #[test]
    fn whose_relation_it_is_is_nobodys_own() {
        use Relation::{Child, Other, Spouse, Worker};
        for (text, expected) in [
            ("户主", Some(Worker)),
            ("户主本人", Some(Worker)),
            ("本人(户主)", Some(Worker)),
            ("户主之妻", Some(Spouse)),
            ("职工配偶", Some(Spouse)),
            ("妻(非户主)", Some(Spouse)),
            ("户主之子", Some(Child)),
            ("职工的父亲", Some(Other)),
            ("孙女", Some(Other)),
            ("妻子", Some(Spouse)),
            ("同事", None),
        ] {
            assert_eq!(relation(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_written_as_they_are_looked_up() {
        for (_, words) in COLUMNS.lines() {
            for word in words {
                assert_eq!(*word, crate::text::key(word));
            }
        }
        let mut all: Vec<&str> = COLUMNS.lines().flat_map(|(_, words)| words.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a name of a column stands in two lines");
    }
}
