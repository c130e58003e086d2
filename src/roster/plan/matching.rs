//! Which household of the office a row of a file is: for certain, perhaps, or none.
//!
//! The key is the ID number, else name and birth date with unit or telephone; a row that says of itself what it said in
//! the last file is the same row. Of several households with one key it is the one whose row it says, or whose telephone.
//! What is only near is asked, never added silently.

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

/// What a row is, before anybody was asked.
pub(super) enum Found {
    /// This, or nothing that the office has, or to be asked about.
    Plain(Match),
    /// One of these: each has its key, and none is likelier than the others.
    OneOf(Vec<HouseholdId>),
}

impl From<Found> for Match {
    fn from(found: Found) -> Self {
        match found {
            Found::Plain(found) => found,
            Found::OneOf(several) => Self::Ask(Code::PerhapsKnown, several),
        }
    }
}

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
            _ => index.find(known, (row, branch_of(row)), &taken).into(),
        };
        match found {
            Match::Is(id) if !taken.insert(id) => Match::Ask(Code::MatchedTwice, Vec::new()),
            other => other,
        }
    };
    rows.iter().enumerate().map(of_row).collect()
}

/// The households of the office, by what rows are recognised by.
pub(super) struct Index<'a> {
    by_id: HashMap<&'a str, Vec<&'a KnownHousehold>>,
    by_last_file: HashMap<String, Vec<&'a KnownHousehold>>,
    by_name: HashMap<String, Vec<&'a KnownHousehold>>,
    by_telephone: HashMap<&'a str, Vec<&'a KnownHousehold>>,
    in_reach: BTreeSet<HouseholdId>,
}

impl<'a> Index<'a> {
    pub(super) fn of(known: &'a Known<'_>) -> Self {
        let mut index = Self {
            by_id: HashMap::new(),
            by_last_file: HashMap::new(),
            by_name: HashMap::new(),
            by_telephone: HashMap::new(),
            in_reach: known.households.iter().filter(|one| one.in_reach).map(|one| one.id).collect(),
        };
        for one in &known.households {
            if let Some(id) = &one.id_hash {
                index.by_id.entry(id.as_str()).or_default().push(one);
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

    /// What a row of a branch is; `taken` is what other rows are.
    pub(super) fn find(
        &self,
        known: &Known<'_>,
        (row, branch): (&Household, Option<UnitId>),
        taken: &BTreeSet<HouseholdId>,
    ) -> Found {
        let id_hash = row.id_number.as_ref().map(|id| (known.id_hash)(&id_number::key(id)));
        if let Some(ones) = id_hash.as_deref().and_then(|hash| self.by_id.get(hash)) {
            // Within reach before elsewhere: what is elsewhere only holds back.
            let of_name = |one: &&&KnownHousehold| one.in_reach && is_named(one, row);
            let named: Vec<&KnownHousehold> = ones.iter().filter(of_name).copied().collect();
            let any = || ones.iter().rfind(|one| one.in_reach).or(ones.first()).copied();
            return if named.is_empty() {
                Found::Plain(any().map_or(Match::New, by_id_number))
            } else {
                likest(row, &named, taken)
            };
        }
        if let Some(ones) = self.by_last_file.get(&identity(row)) {
            return likest(row, ones, taken);
        }
        let this = Seen { row, branch, telephones: telephones(row), born: born(row) };
        // Two right ID numbers are two people; of two that differ, one may be written wrong.
        let is_right = row.id_number.as_deref().is_some_and(id_number::is_right);
        let are_two = |one: &KnownHousehold| is_right && one.id_is_right;
        let (mut same, mut near): (Vec<&KnownHousehold>, Vec<HouseholdId>) = Default::default();
        for one in self.by_name.get(&text::squeeze(row.name_text())).into_iter().flatten() {
            let other_id = id_hash.is_some() && one.id_hash.is_some();
            match this.likeness(one) {
                Likeness::Same if !other_id => same.push(one),
                Likeness::Same => near.push(one.id),
                Likeness::Near if !are_two(one) => near.push(one.id),
                Likeness::Near | Likeness::None => {}
            }
        }
        if !same.is_empty() {
            return this.behind_its_telephone(&same);
        }
        // Another name behind the same telephone in the same branch: renamed, mistyped, or a neighbour.
        let behind =
            this.telephones.iter().filter_map(|number| self.by_telephone.get(number.as_str())).flatten();
        let renamed = behind.filter(|one| Some(one.branch) == branch && !are_two(one));
        for one in renamed {
            if !near.contains(&one.id) {
                near.push(one.id);
            }
        }
        near.truncate(SHOWN_MAX);
        Found::Plain(if near.is_empty() { Match::New } else { Match::Ask(Code::PerhapsKnown, near) })
    }
}

/// Of households that each have the row's key the one whose row of before it says most of; of those whose row it says whole
/// the first that no other row is.
fn likest(row: &Household, ones: &[&KnownHousehold], taken: &BTreeSet<HouseholdId>) -> Found {
    let likeness = |one: &KnownHousehold| {
        one.remembered.iter().map(|said| likeness(row, &said.household)).max().unwrap_or_default()
    };
    let most = ones.iter().map(|one| likeness(one)).max().unwrap_or_default();
    let likest: Vec<HouseholdId> =
        ones.iter().filter(|one| likeness(one) == most).map(|one| one.id).collect();
    let free = || likest.iter().find(|id| !taken.contains(id)).or(likest.first()).copied();
    match likest.as_slice() {
        [one] => Found::Plain(Match::Is(*one)),
        _ if most.0 => Found::Plain(free().map_or(Match::New, Match::Is)),
        _ => Found::OneOf(likest),
    }
}

/// How much of what both rows say is alike; whether all is that either says stands before.
fn likeness(row: &Household, other: &Household) -> (bool, usize) {
    let alike = [
        alike(&row.address, &other.address),
        alike(&row.telephone, &other.telephone),
        alike(&row.spouse, &other.spouse),
        alike(&row.children, &other.children),
        alike(&row.events, &other.events),
        alike(&row.category, &other.category),
        alike(&row.causes, &other.causes),
        alike(&row.seats, &other.seats),
        alike(&row.registered, &other.registered),
    ];
    let is_whole = alike.iter().all(|(same, _)| *same);
    (is_whole, alike.into_iter().filter(|(same, said)| *same && *said).count())
}

/// Whether two say the same, and whether they say anything: two blanks are no likeness.
fn alike<T: PartialEq + Default>(one: &T, other: &T) -> (bool, bool) {
    (one == other, *one != T::default())
}

/// Whether a row of its ID number has its name: what it is called now, or what a row of before called it, for the office may
/// have learnt another since.
fn is_named(one: &KnownHousehold, row: &Household) -> bool {
    let (name, other) = (text::squeeze(row.name_text()), text::squeeze(&one.name));
    let as_before = || one.remembered.iter().any(|last| text::squeeze(last.household.name_text()) == name);
    name == other || other.is_empty() || as_before()
}

/// A row of this household's ID number under another name.
fn by_id_number(one: &KnownHousehold) -> Match {
    if one.in_reach {
        Match::Ask(Code::KnownUnderOtherName, vec![one.id])
    } else {
        Match::Ask(Code::KnownElsewhere, Vec::new())
    }
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
    /// Of households that each have the row's key the only one with its telephone.
    fn behind_its_telephone(&self, ones: &[&KnownHousehold]) -> Found {
        let shares = |one: &&&KnownHousehold| one.telephones.iter().any(|one| self.telephones.contains(one));
        let mut sharing = ones.iter().filter(shares);
        match (ones, sharing.next(), sharing.next()) {
            ([one], ..) | (_, Some(one), None) => Found::Plain(Match::Is(one.id)),
            _ => Found::OneOf(ones.iter().take(SHOWN_MAX).map(|one| one.id).collect()),
        }
    }

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
