//! One household's file, folded from its log, with what each visit changed.

use std::collections::BTreeMap;

use domain::coverage::CoverageRow;
use domain::day::Day;
use domain::entry::Entry;
use domain::file::{Directory, File, Folded, Logged, VisitLine, fold};
use domain::id::{HouseholdId, PersonId};
use domain::observation::Manner;
use domain::rules::rule_of;
use domain::slot::{Slot, Value};
use protocol::office::{Change, HouseholdFile, VisitShown};

use crate::args;
use crate::books::names::NameBook;
use crate::books::{SqlShelf, categories};
use crate::store::{Reader, StoreError};

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
    let Folded { file, .. } = folded(reader, household)?;
    for person in mentioned(&file) {
        let name = names.person(person)?;
        card.names.insert(person, name);
    }
    let categories = categories::all(reader)?;
    let rule = rule_of(&categories, card.category, today);
    let coverage = CoverageRow::of(&card.standings, card.since, card.last_visit, &rule);
    let category = categories.iter().find(|category| Some(category.id) == card.category);
    Ok(Some(HouseholdFile {
        category_name: category.map(|category| category.name.clone()).unwrap_or_default(),
        today,
        items: coverage.item_states(today),
        due_state: coverage.due_state(today),
        due: coverage.due,
        visits: shown(&file),
        needs: file.needs,
        alerts: file.alerts,
        quarantine: super::quarantine::of_household(reader, household)?,
        merged: super::merged::of_household(reader, household)?,
        card,
    }))
}

fn mentioned(file: &File) -> Vec<PersonId> {
    let visits = file.visits.iter().flat_map(|line| {
        let companion = match &line.visit.companion {
            Some(domain::visit::Companion::Person(person)) => Some(*person),
            _ => None,
        };
        [Some(line.author), companion]
    });
    let needs = file.needs.iter().flat_map(|line| [Some(line.author), line.replied_by, line.told_by]);
    let alerts = file.alerts.iter().flat_map(|line| [Some(line.author), line.taken_up_by]);
    visits.chain(needs).chain(alerts).flatten().collect()
}

/// Folds a household from its log.
fn folded(reader: &Reader<'_>, household: HouseholdId) -> Result<Folded, StoreError> {
    let sql = format!(
        "SELECT body FROM entry WHERE household IN ({MEMBERS}) AND status = 'projected' ORDER BY rev"
    );
    let logged = reader.all(&sql, args![household], |row| {
        let body: Vec<u8> = row.get(0)?;
        let entry = Entry::from_slice(&body).map_err(|_| StoreError::Unreadable { column: 0 })?;
        Ok::<_, StoreError>(Logged { entry: entry.into(), taint: None })
    })?;
    Ok(fold(&logged, &Everybody))
}

/// What is projected was judged before: its author was known then.
struct Everybody;

impl Directory for Everybody {
    fn knows(&self, _person: PersonId) -> bool {
        true
    }
}

/// Visits newest first; each with the values it stated that differ from the last observed before.
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
        let before = last.insert(slot, value.clone());
        let differs = before.as_ref().is_none_or(|before| before.normalised() != value.normalised());
        if manner == Manner::Stated && differs {
            changes.push(Change { slot, before, after: value });
        }
    }
    VisitShown { line: line.clone(), changes }
}
