//! What taking a file in would do: what each household's entry says, the units and people it brings, and what a person
//! must say first. Pure: the same file against the same office is the same plan, down to its ids.
//!
//! In six steps: [`apart`] says which rows are two households, whatever the sheet alone looks like; [`alike`] which a person
//! said to be one; [`recognise`] says which household of the office each row is; [`homed`] where those are that say it
//! themselves no more; the office looks up what stands of them; [`plan`] holds the rows against that. [`known`] is what the
//! office must load for it.

pub mod alike;

pub mod apart;

pub mod beside;

mod causes;

mod emptied;

pub mod homed;

pub mod identity;

pub mod kept;

pub mod known;

pub mod matching;

pub mod merging;

pub mod placing;

mod reached;

mod row;

pub(crate) mod same;

pub mod seating;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    day::Day,
    id::{ChildId, EventId, HouseholdId, ImportId, PersonId, UnitId},
    import::Import,
};

use crate::{
    finding::{Code, Finding},
    household::Household,
    reading::Reading,
};
use beside::Beside;
use kept::KeptChange;
use known::{HelperKey, Known, KnownUnit, Remembered, Stands};
use matching::{Match, Said};
use placing::Places;
use row::One;
use seating::{NewPerson, PersonQuestion, SamePerson, Seated, seated};

/// What a person said of a file before it goes in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// Which household a row is, by the row's place in [`Reading::households`].
    pub households: BTreeMap<usize, Said>,
    /// Which person a helper is.
    pub persons: BTreeMap<HelperKey, SamePerson>,
}

/// Makes ids: a time, and ten bytes that nobody had before.
pub struct Ids<'a> {
    /// Unix milliseconds.
    pub now_ms: i64,
    /// Ten bytes at each call.
    pub chance: &'a mut dyn FnMut() -> [u8; 10],
}

/// What a row of the file becomes.
#[derive(Clone, PartialEq, Debug)]
pub struct Planned {
    /// Its place in [`Reading::households`].
    pub at: usize,
    /// Which household: the office's, or a new one.
    pub household: HouseholdId,
    /// Whether it is new to the office.
    pub is_new: bool,
    /// What its entry says; none where the file says nothing anew.
    pub says: Option<Import>,
    /// The ids of its children, in the order of the row.
    pub children: Vec<ChildId>,
    /// The ids of its events, in the order of the row.
    pub events: Vec<EventId>,
    /// What stands beside what the row says, where they differ.
    pub beside: Vec<Beside>,
    /// What the office says beside the six, where the row says otherwise.
    pub otherwise: Option<Stands>,
    /// Columns that are not read, and in which the row writes otherwise than what stands.
    pub kept: Vec<KeptChange>,
    /// Whether it has a category afterwards, by the file or already.
    pub has_category: bool,
}

impl Planned {
    /// Whether taking the file in changes anything of it.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.says.is_some() || !self.kept.is_empty()
    }

    /// What the file said, for the next one.
    #[must_use]
    pub fn remembered(&self, reading: &Reading) -> Option<Remembered> {
        let household = reading.households.get(self.at)?.clone();
        Some(Remembered { household, children: self.children.clone(), events: self.events.clone() })
    }
}

/// What taking the file in would do.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// The rows that go in, in the order of the file.
    pub households: Vec<Planned>,
    /// Units to be made, each after the one above.
    pub units: Vec<KnownUnit>,
    /// What the file means by branch and group.
    pub units_said: BTreeMap<(String, String), UnitId>,
    /// Who the helpers are, and who is to be made.
    pub people: Seated,
    /// What the file's own findings do not say: rows held back for what the office knows, children that are missing.
    pub findings: Vec<Finding>,
    /// Rows for a person to say which household they are, by their place, with those that they may be: of the office, or of
    /// the file itself ([`alike::of_file`]).
    pub questions: Vec<(usize, Vec<HouseholdId>)>,
    /// Households of an earlier file that this one lacks: nothing happens to them.
    pub missing: Vec<HouseholdId>,
}

impl Plan {
    /// Persons that may be persons of the office.
    #[must_use]
    pub fn person_questions(&self) -> &[PersonQuestion] {
        &self.people.questions
    }

    /// Persons to be made.
    #[must_use]
    pub fn new_persons(&self) -> &[NewPerson] {
        &self.people.new
    }
}

/// Which household of the office each row is that goes in: by its place in [`Reading::households`].
#[must_use]
pub fn recognise(reading: &Reading, known: &Known<'_>, answers: &Answers) -> Vec<(usize, Match)> {
    let places = Places::of(known);
    let (at, rows): (Vec<usize>, Vec<&Household>) =
        reading.households.iter().enumerate().filter(|(_, row)| row.goes_in()).unzip();
    let said = at.iter().enumerate().filter_map(|(nth, at)| Some((nth, *answers.households.get(at)?)));
    let found = matching::matches(&rows, known, |row| places.branch(&row.branch), &said.collect());
    let mut recognised = at.into_iter().zip(found).collect::<Vec<_>>();
    alike::asked(reading, &mut recognised, answers);
    recognised
}

/// What taking the file in as of a day would do. `stands` has what the office knows of each household that was
/// recognised.
#[must_use]
pub fn plan(
    reading: &Reading,
    known: &Known<'_>,
    recognised: &[(usize, Match)],
    stands: &BTreeMap<HouseholdId, Stands>,
    answers: &Answers,
    (import, day): (ImportId, Day),
    ids: &mut Ids<'_>,
) -> Plan {
    let mut plan = Plan::default();
    let mut places = Places::of(known);
    let placed = place_all(reading, recognised, &mut places, ids, &mut plan);
    let helpers = crate::people::helpers(placed.iter().map(|(row, ..)| *row));
    let branch_of = |branch: &str| places.branch(branch).map(|unit| places.branch_above(unit));
    let mut unclear: BTreeSet<HelperKey> = BTreeSet::new();
    let people =
        seated(&helpers, known, branch_of, &answers.persons, || PersonId::new(ids.now_ms, (ids.chance)()));
    let (people, told) = reached::reached(people, known, &answers.persons, &placed);
    plan.findings.extend(told);
    let last: BTreeMap<HouseholdId, &[Remembered]> =
        known.households.iter().map(|one| (one.id, one.remembered.as_slice())).collect();
    let empty = Stands::default();
    // A household that was taken back comes again under its own id: its visits have waited for it.
    let mut former: BTreeMap<String, HouseholdId> =
        known.former.iter().map(|(id, row)| (identity::identity(row), *id)).collect();
    for (row, at, unit, found) in placed {
        let is_known = match found {
            Match::Is(id) => Some(*id),
            _ => None,
        };
        let fresh = HouseholdId::new(ids.now_ms, (ids.chance)());
        let household = is_known.or_else(|| former.remove(&identity::identity(row))).unwrap_or(fresh);
        let one = One {
            row,
            mapping: &reading.mapping,
            unit,
            day,
            before: is_known.and_then(|id| last.get(&id).copied()).unwrap_or_default(),
            stands: is_known.and_then(|id| stands.get(&id)).unwrap_or(&empty),
            known,
            people: &people,
        };
        let remembered = one.remembered(ids);
        plan.findings.extend(one.told(&remembered));
        for holder in one.helpers_unclear() {
            unclear.insert(HelperKey::of(row, holder));
            plan.findings.push(of_cell(row, Code::HelperUnclear, &holder.name));
        }
        let says = one.says(import, &remembered);
        plan.households.push(Planned {
            at,
            household,
            is_new: is_known.is_none(),
            beside: if is_known.is_some() { one.beside(says.as_ref(), &remembered) } else { Vec::new() },
            otherwise: is_known.and_then(|_| one.otherwise(says.as_ref())),
            kept: if is_known.is_some() { one.kept_changes(&reading.mapping) } else { Vec::new() },
            has_category: one.has_category(says.as_ref()),
            says,
            children: remembered.children,
            events: remembered.events,
        });
    }
    plan.missing = missing(known, recognised);
    plan.people = people;
    plan.people.make_only(&sitting(&plan.households), &unclear);
    plan.people.ask_only(&unclear);
    (plan.units, plan.units_said) = places.into_made();
    plan
}

/// Everybody who is given a seat.
fn sitting(households: &[Planned]) -> BTreeSet<PersonId> {
    let seats = households.iter().filter_map(|one| one.says.as_ref()).flat_map(|says| &says.seats);
    seats.filter_map(|seat| seat.person).collect()
}

/// Households of an earlier file that no row is, nor may be.
fn missing(known: &Known<'_>, recognised: &[(usize, Match)]) -> Vec<HouseholdId> {
    let there: BTreeSet<HouseholdId> = recognised
        .iter()
        .flat_map(|(_, found)| match found {
            Match::Is(id) => vec![*id],
            Match::Ask(_, near) => near.clone(),
            Match::New => Vec::new(),
        })
        .collect();
    let of_earlier = known.households.iter().filter(|one| one.in_reach && one.was_named);
    of_earlier.map(|one| one.id).filter(|id| !there.contains(id)).collect()
}

type PlacedRow<'a> = (&'a Household, usize, UnitId, &'a Match);

/// Finds the unit of every row that goes in, and notes those that are held back.
fn place_all<'a>(
    reading: &'a Reading,
    recognised: &'a [(usize, Match)],
    places: &mut Places<'_>,
    ids: &mut Ids<'_>,
    plan: &mut Plan,
) -> Vec<PlacedRow<'a>> {
    let mut placed = Vec::new();
    for (at, found) in recognised {
        let Some(row) = reading.households.get(*at) else { continue };
        if let Match::Ask(code, near) = found {
            // That a row is like an earlier one is found in the sheet already.
            if *code != Code::SimilarToRow {
                plan.findings.push(finding(row, *code));
            }
            if !near.is_empty() {
                plan.questions.push((*at, near.clone()));
            }
            continue;
        }
        let fresh = || UnitId::new(ids.now_ms, (ids.chance)());
        match places.of_row(row, *found == Match::New, fresh) {
            Some(unit) if places.is_closed(unit) && *found == Match::New => {
                plan.findings.push(finding(row, Code::UnitClosed));
            }
            Some(unit) => placed.push((row, *at, unit, found)),
            None => plan.findings.push(finding(row, Code::OtherBranch)),
        }
    }
    placed
}

fn finding(row: &Household, code: Code) -> Finding {
    let mut finding = Finding::of_row(row.row, code);
    finding.sheet.clone_from(&row.sheet);
    row.name_text().clone_into(&mut finding.cell);
    finding
}

fn of_cell(row: &Household, code: Code, cell: &str) -> Finding {
    Finding { cell: cell.to_owned(), ..finding(row, code) }
}

#[cfg(test)]
pub(crate) mod tests;
