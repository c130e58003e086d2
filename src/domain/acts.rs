//! What entries carry: the payload of each kind that has no file of its own.

use crate::{
    day::Day,
    id::{CategoryId, EntryId, HouseholdId, NeedId, UnitId},
    rules::Cause,
    slot::{Slot, Value, Values},
    value::{EventKind, Rest},
    visit::Visit,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Replaces a visit's answers by a newer version of the visit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Amend {
    /// The visit that is amended (the first entry of it).
    pub visit: EntryId,
    /// The version this one replaces: the visit itself or an earlier amend.
    pub replaces: EntryId,
    /// The visit as it should have been.
    pub version: Visit,
}

/// Takes a visit's answers away, for good; or back what its author proposed, in every version; or that they told a
/// reply.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// The visit (the first entry of it), any version of the proposal, or the telling.
    pub visit: EntryId,
    /// Why, in a few words.
    #[serde(default)]
    pub why: String,
}

/// The companion confirms having been there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Confirm {
    /// The visit (the first entry of it).
    pub visit: EntryId,
}

/// 急报: something the chair must know at once.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Alert {
    /// What sort of event.
    pub kind: EventKind,
    /// What happened, up to 500 characters.
    pub words: String,
    /// The day it was learnt.
    pub day: Day,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A household found at the door, proposed for a file of its own. Its author corrects it by a newer one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Propose {
    /// The day it was found.
    pub day: Day,
    /// The unit it seems to belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What is known of it: at least the name.
    pub stated: Values,
    /// Why it should have a file.
    #[serde(default)]
    pub why: String,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A household's file is opened, or its category and causes are set anew.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Register {
    /// The day from which this holds (建档日期 at first).
    pub day: Day,
    /// Its unit.
    pub unit: UnitId,
    /// Its category; none where nobody knows it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// The main cause first, then up to three further.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
    /// 身份证号, where it is stated: 18 signs. It stays with the office; no card carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// What is known of the six on that day.
    #[serde(default)]
    pub stated: Values,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// The household goes to another unit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// From which day on.
    pub day: Day,
    /// Where to.
    pub unit: UnitId,
}

/// The desk decides between rivals.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Settle {
    /// Where.
    pub slot: Slot,
    /// What stands.
    pub value: Value,
    /// As of which day; not before the latest rival's.
    pub day: Day,
}

/// A person's verdict on an entry that the office could not project by itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Judge {
    /// The entry.
    pub entry: EntryId,
    /// Whether it counts.
    pub accept: bool,
    /// Why; shown to its author.
    #[serde(default)]
    pub why: String,
}

/// 答复: a need is answered.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The need.
    pub need: NeedId,
    /// When it was answered.
    pub day: Day,
    /// What the family may be told.
    pub words: String,
    /// The reply whose place it takes, where it corrects one. A desk of before says none: then the days decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EntryId>,
}

/// 电话转告: the family was told a reply by telephone. No visit: nobody was at the door.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Tell {
    /// The need.
    pub need: NeedId,
    /// The reply that they were told.
    pub reply: EntryId,
    /// When.
    pub day: Day,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Somebody takes an alert in hand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TakeUp {
    /// The alert's entry.
    pub alert: EntryId,
    /// When.
    pub day: Day,
    /// What is being done.
    #[serde(default)]
    pub words: String,
}

/// Two files are one household's: from now on both share the smaller id, with both histories.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Merge {
    /// The other file.
    pub other: HouseholdId,
    /// What was merged, in the names of that day; for whoever wants to undo it.
    #[serde(default)]
    pub words: String,
}

/// A merge is undone: each file has its own history again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Unmerge {
    /// The merge's entry.
    pub merge: EntryId,
}

/// 同一次: whether two records are of one visit, as somebody at the desk sees it, or who wrote one of them. Of two such
/// words of one person the greater id holds, so that each can be taken back; the desk's holds before the helpers'.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// One record (the first entry of it).
    pub visit: EntryId,
    /// The other.
    pub other: EntryId,
    /// They are of one visit; or of two.
    pub is_one: bool,
}

/// 删除: what was written is erased by rule, for good. That it was there, when it went and why stays.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Erase {
    /// What goes.
    pub what: Erased,
    /// By which rule.
    pub why: ErasedBecause,
}

/// What an [`Erase`] takes away, also where it arrives only later.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Erased {
    /// Everything ever written of the household.
    File,
    /// These entries, with whatever amends, answers or judges them.
    Entries(BTreeSet<EntryId>),
}

/// The rule by which something is erased (个人信息保护法 第四十七条).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasedBecause {
    /// 本人要求: the person asked for it, or no longer consents.
    Asked,
    /// 保存期满: it is kept no longer than needed.
    Expired,
    /// 记错了: it should never have been written.
    Mistaken,
}

impl ErasedBecause {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Expired, Self::Mistaken];
}
