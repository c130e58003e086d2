//! One household's file, folded from its log, with what each visit changed.

use std::collections::{BTreeMap, BTreeSet};

use domain::coverage::CoverageRow;
use domain::day::Day;
use domain::entry::Entry;
use domain::file::{Directory, File, Folded, Logged, VisitLine, fold};
use domain::id::{EntryId, HouseholdId, PersonId, UnitId};
use domain::observation::Manner;
use domain::rules::rule_of;
use domain::slot::{Slot, Value};
use protocol::changes::Card;
use protocol::office::{Change, HouseholdFile, VisitShown};
use sync::card::{Names, card};

use crate::args;
use crate::books::names::NameBook;
use crate::books::{SqlShelf, categories};
use crate::store::{Reader, StoreError};
use crate::union::{persons, seats};

use super::merged::MEMBERS;

/// The file; none where the household is not known. Whoever calls this writes an audit row.
///
/// # Errors
/// What the database says.
pub fn file(
    reader: &Reader<'_>,
    household: HouseholdId,
    today: Day,
) -> Result<Option<HouseholdFile>, StoreError> {
    let mut names = NameBook::new(reader);
    let Some(mut card) = SqlShelf::new(reader).card(household, today, &mut names)? else { return Ok(None) };
    for seat in &mut card.seats {
        seat.name = persons::told_apart(reader, seat.person, &seat.name)?;
    }
    let folded = folded(reader, &[household])?;
    Ok(Some(HouseholdFile {
        quarantine: super::quarantine::of_household(reader, household)?,
        merged: super::merged::of_household(reader, household)?,
        id_tail: id_tail(reader, household)?,
        seats: seats::of_household(reader, household, today)?,
        withdrawn: super::withdrawn::of_household(reader, household)?,
        written: super::written::of_household(reader, household)?,
        brought: super::brought::of_household(reader, household)?,
        ..told(reader, card, folded, &mut names, today)?
    }))
}

/// Two files as they would be if they were one: what stands then. Nothing is written.
///
/// # Errors
/// What the database says.
pub fn together(
    reader: &Reader<'_>,
    [one, other]: [HouseholdId; 2],
    today: Day,
) -> Result<Option<HouseholdFile>, StoreError> {
    let mut names = NameBook::new(reader);
    let folded = folded(reader, &[one, other])?;
    let Some(mut card) = card(one.min(other), 0, &folded.0.file, &Nameless, today) else { return Ok(None) };
    names.fill(&mut card)?;
    let number = folded.0.file.registered.as_ref().and_then(|registered| registered.id_number.clone());
    Ok(Some(HouseholdFile {
        id_tail: number.map(|number| tail(&number)).unwrap_or_default(),
        ..told(reader, card, folded, &mut names, today)?
    }))
}

/// A file without what lies beside its log.
fn told(
    reader: &Reader<'_>,
    mut card: Card,
    (Folded { file, .. }, written): (Folded, Written),
    names: &mut NameBook<'_, '_>,
    today: Day,
) -> Result<HouseholdFile, StoreError> {
    for person in mentioned(&file) {
        let name = names.person(person)?;
        card.names.insert(person, name);
    }
    let categories = categories::all(reader)?;
    let rule = rule_of(&categories, card.category, today);
    let coverage = CoverageRow::of(&card.standings, card.since, card.last_visit, &rule);
    let category = categories.iter().find(|category| Some(category.id) == card.category);
    Ok(HouseholdFile {
        category_name: category.map(|category| category.name.clone()).unwrap_or_default(),
        today,
        items: coverage.item_states(today),
        due_state: coverage.due_state(today),
        due: coverage.due,
        visits: shown(&file),
        pairs: file.pairs,
        needs: file.needs,
        alerts: file.alerts,
        quarantine: Vec::new(),
        merged: Vec::new(),
        id_tail: String::new(),
        seats: Vec::new(),
        withdrawn: Vec::new(),
        written: None,
        of_rosters: written.of_rosters,
        of_desk: written.of_desk,
        brought: BTreeMap::new(),
        card,
    })
}

/// How many signs of an ID number are shown.
const TAIL: usize = 4;

fn id_tail(reader: &Reader<'_>, household: HouseholdId) -> Result<String, StoreError> {
    let sql = "SELECT id_number FROM household WHERE id = ?1";
    let number = reader.first(sql, args![household], |row| row.get::<Option<String>>(0))?.flatten();
    Ok(number.map(|number| tail(&number)).unwrap_or_default())
}

fn tail(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    signs.iter().skip(signs.len().saturating_sub(TAIL)).collect()
}

/// Names are filled in afterwards.
struct Nameless;

impl Names for Nameless {
    fn person(&self, _person: PersonId) -> Option<String> {
        None
    }

    fn unit(&self, _unit: UnitId) -> String {
        String::new()
    }
}

fn mentioned(file: &File) -> Vec<PersonId> {
    let visits = file.visits.iter().flat_map(|line| {
        let companion = match &line.visit.companion {
            Some(domain::visit::Companion::Person(person)) => Some(*person),
            _ => None,
        };
        [Some(line.author), companion]
    });
    let needs = file.needs.iter().flat_map(|line| {
        let told_before = line.told_before.as_ref().map(|told| told.by);
        [Some(line.author), line.replied_by, line.told_by, told_before]
    });
    let alerts = file.alerts.iter().flat_map(|line| [Some(line.author), line.taken_up_by]);
    visits.chain(needs).chain(alerts).flatten().collect()
}

/// Entries that say what stands without anybody at the door.
#[derive(Default)]
struct Written {
    /// They came with a roster.
    of_rosters: BTreeSet<EntryId>,
    /// They were written into the file at the desk.
    of_desk: BTreeSet<EntryId>,
}

/// Folds households from their logs as one; beside it, which entries nobody learnt at the door.
fn folded(reader: &Reader<'_>, households: &[HouseholdId]) -> Result<(Folded, Written), StoreError> {
    let sql = format!(
        "SELECT body FROM entry WHERE household IN ({MEMBERS}) AND status = 'projected' ORDER BY rev"
    );
    let (mut logged, mut written) = (Vec::new(), Written::default());
    for household in households {
        reader.each(&sql, args![*household], |row| {
            let entry = Entry::from_slice(row.bytes(0)?).map_err(|_| StoreError::Unreadable { column: 0 })?;
            match entry.kind.as_str() {
                "import" => drop(written.of_rosters.insert(entry.id)),
                "register" => drop(written.of_desk.insert(entry.id)),
                _ => {}
            }
            logged.push(Logged { entry: entry.into(), taint: None });
            Ok::<_, StoreError>(())
        })?;
    }
    Ok((fold(&logged, &Everybody), written))
}

/// What is projected was judged before: its author was known then.
struct Everybody;

impl Directory for Everybody {
    fn knows(&self, _person: PersonId) -> bool {
        true
    }
}

/// Visits newest first; each with the values it stated that differ from what stood: as the phone showed it, else as the
/// visits and the registration before it say. What only a roster said is known by the phone's word alone.
fn shown(file: &File) -> Vec<VisitShown> {
    let mut last: BTreeMap<Slot, Value> =
        file.registered.iter().flat_map(|registered| registered.latest.stated.clone()).collect();
    let mut shown: Vec<VisitShown> = file.visits.iter().map(|line| show(line, &mut last)).collect();
    shown.reverse();
    shown
}

fn show(line: &VisitLine, last: &mut BTreeMap<Slot, Value>) -> VisitShown {
    let mut changes = Vec::new();
    for (slot, manner, value) in line.said() {
        let seen = last.insert(slot, value.clone());
        let before = line.visit.before.get(&slot).cloned().or(seen);
        let differs = before.as_ref().is_none_or(|before| before.normalised() != value.normalised());
        if manner == Manner::Stated && differs {
            changes.push(Change { slot, before, after: value });
        }
    }
    VisitShown { line: line.clone(), changes }
}
