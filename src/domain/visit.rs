//! A home visit (家访), or an attempt where nobody was met (未遇), as the helper records it.

use crate::{
    answer::Answer,
    day::Day,
    id::{EntryId, NeedId, PersonId},
    item::Item,
    slot::Values,
    value::{Rest, Whose},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who came along (同行).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Companion {
    /// Somebody with a seat in this household; can confirm.
    Person(PersonId),
    /// A name only, noted.
    Named(String),
}

/// What sort of thing was asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// 生活救助.
    Living,
    /// 医疗救助.
    Medical,
    /// 子女助学.
    Schooling,
    /// 就业.
    Work,
    /// 住房.
    Housing,
    /// 法律维权.
    Legal,
    /// 政策咨询.
    Policy,
    /// 其他.
    Other,
}

/// Something the household asked for (诉求).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Need {
    /// Its own id, so that a reply can name it.
    pub id: NeedId,
    /// What sort.
    pub kind: NeedKind,
    /// In the family's words, up to 500 characters.
    pub words: String,
    /// By when an answer was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_until: Option<Day>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The family was told the purpose and agreed, or not (告知同意).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    /// Version of the notice that was read out.
    pub notice: u32,
    /// Whether they agreed.
    pub given: bool,
}

/// One visit, whole. Serialised into the payload of a `visit` or `amend` entry.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Visit {
    /// The day of the visit, seen and set by the helper.
    pub day: Day,
    /// Who came along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub companion: Option<Companion>,
    /// Who was met; `None` = nobody: an attempt (未遇), which never counts as a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<Whose>,
    /// One answer per item; empty for an attempt.
    #[serde(default)]
    pub answers: BTreeMap<Item, Answer>,
    /// What was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// The needs whose replies the family was told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<NeedId>,
    /// The replies that they were told, by entry; an app of before names none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub told_replies: BTreeSet<EntryId>,
    /// What stood where something changed: a correction can go back to it. It decides nothing.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub before: Values,
    /// Free words, up to 2,000 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Consent, where it was asked at this visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// When the next visit is proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Day>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Visit {
    /// A visit at which nobody was met: whatever was said is put over it.
    #[must_use]
    pub fn attempt(day: Day) -> Self {
        Self {
            day,
            companion: None,
            met: None,
            answers: BTreeMap::new(),
            needs: Vec::new(),
            told: Vec::new(),
            told_replies: BTreeSet::new(),
            before: Values::new(),
            note: String::new(),
            consent: None,
            next: None,
            rest: Rest::new(),
        }
    }

    /// Whether anybody was met; an attempt never counts.
    #[must_use]
    pub const fn is_attempt(&self) -> bool {
        self.met.is_none()
    }
}
