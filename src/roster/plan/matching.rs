//! Which household of the office a row of a file is: for certain, perhaps, or none.
//!
//! The key is the ID number, else name and birth date with unit or telephone; a row that says of itself what it said in
//! the last file is the same row. What is only near is asked, never added silently.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    day::LooseDay,
    id::{HouseholdId, UnitId},
};

use super::identity::{born, identity, telephones};
use super::known::{Known, KnownHousehold};
use crate::{finding::Code, household::Household, id_number, text};

/// What a person said of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// It is a household that the office does not know.
    New,
    /// It is this one.
    Is(HouseholdId),
}

/// What a row is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Match {
    /// A household that the office does not know.
    New,
    /// This one.
    Is(HouseholdId),
    /// It is held back: for a person to say which of these it is, if any.
    Ask(Code, Vec<HouseholdId>),
}

/// So many candidates are shown.
const SHOWN_MAX: usize = 5;

/// Holds the rows that go in against what the office knows, in the order of the file. `branch_of` is the unit of a row's
/// branch, where the office has it; `said` is what a person said of rows, by their place.
#[must_use]
pub fn matches(
    rows: &[&Household],
    known: &Known<'_>,
    branch_of: impl Fn(&Household) -> Option<UnitId>,
    said: &BTreeMap<usize, Said>,
) -> Vec<Match> {
    let index = Index::of(known);
    let mut taken: BTreeSet<HouseholdId> = BTreeSet::new();
    let of_row = |(at, row): (usize, &&Household)| {
        let found = match said.get(&at) {
            Some(Said::New) => Match::New,
            Some(Said::Is(id)) if index.reaches(*id) => Match::Is(*id),
            _ => index.find(known, row, branch_of(row)),
        };
        match found {
            Match::Is(id) if !taken.insert(id) => Match::Ask(Code::MatchedTwice, Vec::new()),
            other => other,
        }
    };
    rows.iter().enumerate().map(of_row).collect()
}

/// The households of the office, by what rows are recognised by.
struct Index<'a> {
    by_id: HashMap<&'a str, &'a KnownHousehold>,
    by_last_file: HashMap<String, Vec<&'a KnownHousehold>>,
    by_name: HashMap<String, Vec<&'a KnownHousehold>>,
    by_telephone: HashMap<&'a str, Vec<&'a KnownHousehold>>,
    in_reach: BTreeSet<HouseholdId>,
}

impl<'a> Index<'a> {
    fn of(known: &'a Known<'_>) -> Self {
        let mut index = Self {
            by_id: HashMap::new(),
            by_last_file: HashMap::new(),
            by_name: HashMap::new(),
            by_telephone: HashMap::new(),
            in_reach: known.households.iter().filter(|one| one.in_reach).map(|one| one.id).collect(),
        };
        for one in &known.households {
            if let Some(id) = &one.id_hash {
                // Within reach before elsewhere: what is elsewhere only holds back.
                let kept = index.by_id.entry(id.as_str()).or_insert(one);
                if one.in_reach {
                    *kept = one;
                }
            }
            if !one.in_reach {
                continue;
            }
            index.by_name.entry(text::squeeze(&one.name)).or_default().push(one);
            for telephone in &one.telephones {
                index.by_telephone.entry(telephone).or_default().push(one);
            }
            let mut identities: Vec<String> =
                one.remembered.iter().map(|said| identity(&said.household)).collect();
            identities.sort_unstable();
            identities.dedup();
            for identity in identities {
                index.by_last_file.entry(identity).or_default().push(one);
            }
        }
        index
    }

    fn reaches(&self, id: HouseholdId) -> bool {
        self.in_reach.contains(&id)
    }

    fn find(&self, known: &Known<'_>, row: &Household, branch: Option<UnitId>) -> Match {
        let id_hash = row.id_number.as_ref().map(|id| (known.id_hash)(&id_number::key(id)));
        if let Some(one) = id_hash.as_deref().and_then(|hash| self.by_id.get(hash)) {
            return by_id_number(one, row);
        }
        if let Some([one]) = self.by_last_file.get(&identity(row)).map(Vec::as_slice) {
            return Match::Is(one.id);
        }
        let this = Seen { row, branch, telephones: telephones(row), born: born(row) };
        let mut near: Vec<HouseholdId> = Vec::new();
        for one in self.by_name.get(&text::squeeze(row.name_text())).into_iter().flatten() {
            let other_id = id_hash.is_some() && one.id_hash.is_some();
            match this.likeness(one) {
                Likeness::Same if !other_id => return Match::Is(one.id),
                // Two ID numbers that differ are two people, or one written wrong.
                Likeness::Same => near.push(one.id),
                Likeness::Near if !other_id => near.push(one.id),
                Likeness::Near | Likeness::None => {}
            }
        }
        // Another name behind the same telephone in the same branch: renamed, mistyped, or a neighbour.
        let behind =
            this.telephones.iter().filter_map(|number| self.by_telephone.get(number.as_str())).flatten();
        let renamed =
            behind.filter(|one| Some(one.branch) == branch && !(id_hash.is_some() && one.id_hash.is_some()));
        for one in renamed {
            if !near.contains(&one.id) {
                near.push(one.id);
            }
        }
        near.truncate(SHOWN_MAX);
        if near.is_empty() { Match::New } else { Match::Ask(Code::PerhapsKnown, near) }
    }
}

fn by_id_number(one: &KnownHousehold, row: &Household) -> Match {
    if !one.in_reach {
        return Match::Ask(Code::KnownElsewhere, Vec::new());
    }
    let (name, other) = (text::squeeze(row.name_text()), text::squeeze(&one.name));
    if name == other || other.is_empty() {
        return Match::Is(one.id);
    }
    // The office may have learnt another name since; the last file's row said this one.
    let as_before = one.remembered.iter().any(|last| text::squeeze(last.household.name_text()) == name);
    if as_before { Match::Is(one.id) } else { Match::Ask(Code::KnownUnderOtherName, vec![one.id]) }
}

/// A row beside a household of the same name.
struct Seen<'a> {
    row: &'a Household,
    branch: Option<UnitId>,
    telephones: Vec<String>,
    born: Option<LooseDay>,
}

/// How much two of one name are alike.
enum Likeness {
    Same,
    Near,
    None,
}

impl Seen<'_> {
    fn likeness(&self, one: &KnownHousehold) -> Likeness {
        let same_branch = !self.row.branch.is_empty() && self.branch == Some(one.branch);
        let same_telephone = self.telephones.iter().any(|number| one.telephones.contains(number));
        match (self.born, one.born) {
            (Some(born), Some(other)) if !agree(born, other) => {
                if same_telephone {
                    Likeness::Near
                } else {
                    Likeness::None
                }
            }
            (Some(_), Some(_)) if same_branch || same_telephone => Likeness::Same,
            (Some(_), Some(_)) => Likeness::Near,
            _ if same_branch && same_telephone => Likeness::Same,
            _ if same_branch || same_telephone => Likeness::Near,
            _ => Likeness::None,
        }
    }
}

/// Whether two dates may be one day: a month holds all its days.
fn agree(one: LooseDay, other: LooseDay) -> bool {
    let ((year, month, day), (other_year, other_month, other_day)) = (one.parts(), other.parts());
    let may_be = |one: Option<u8>, other: Option<u8>| one.is_none() || other.is_none() || one == other;
    year == other_year && may_be(month, other_month) && may_be(day, other_day)
}
