//! The union's rules: categories with their visit interval and the validity of each item.
//!
//! Rules are versioned with the day from which they hold, so that past months keep theirs.

use crate::{day::Day, id::CategoryId, item::Six};
use serde::{Deserialize, Serialize};

/// How often to visit, and for how long an item counts as known, from a day on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// First day on which this rule holds.
    pub from: Day,
    /// A household is due this many days after its last visit.
    pub visit_every_days: u16,
    /// For how many days an observation of each item holds.
    pub valid_days: Six<u16>,
}

impl Rule {
    /// What holds where a union has set nothing: visit every 90 days, name and address valid for
    /// two years, the rest for one, events for half a year.
    #[must_use]
    pub fn fallback() -> Self {
        Self {
            from: Day::from_number(-25_567),
            visit_every_days: 90,
            valid_days: Six {
                name: 730,
                address: 730,
                telephone: 365,
                spouse: 365,
                schooling: 365,
                events: 180,
            },
        }
    }
}

/// A row of the union's categories (类别).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// As the union writes it: 特困户, 深度困难…
    pub name: String,
    /// Where it stands in lists.
    pub position: u16,
    /// Versions of its rule, any order.
    pub rules: Vec<Rule>,
    /// 停用: households keep it, none is given it any more.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub closed: bool,
}

impl Category {
    /// The rule that holds on a day: the latest that has begun, else the fallback.
    #[must_use]
    pub fn rule_on(&self, day: Day) -> Rule {
        let begun = self.rules.iter().filter(|rule| rule.from <= day);
        begun.max_by_key(|rule| rule.from).cloned().unwrap_or_else(Rule::fallback)
    }

    /// The versions that held before a day, by the day they began: nobody changes them any more.
    #[must_use]
    pub fn past(&self, day: Day) -> Vec<&Rule> {
        let mut past: Vec<&Rule> = self.rules.iter().filter(|rule| rule.from < day).collect();
        past.sort_by_key(|rule| rule.from);
        past
    }
}

/// The rule of a category among the union's categories; the fallback where there is none.
#[must_use]
pub fn rule_of(categories: &[Category], category: Option<CategoryId>, day: Day) -> Rule {
    let row = category.and_then(|id| categories.iter().find(|row| row.id == id));
    row.map_or_else(Rule::fallback, |row| row.rule_on(day))
}

/// The most causes of a household: the main one and three further.
pub const CAUSES_MAX: usize = 4;

/// The official ten causes of hardship (致困原因); source: the union file's field list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// 无劳动能力.
    UnableToWork,
    /// 有劳动能力未就业.
    Unemployed,
    /// 下岗失业.
    LaidOff,
    /// 未参保.
    Uninsured,
    /// 社保待遇落实不到位.
    BenefitsUnpaid,
    /// 患重特大疾病.
    SevereIllness,
    /// 自然灾害.
    Disaster,
    /// 意外事故.
    Accident,
    /// 子女上学.
    Schooling,
    /// 其他.
    Other,
}
