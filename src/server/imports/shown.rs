//! A look in the words that the desk reads.

use std::collections::BTreeMap;

use domain::id::{HouseholdId, UnitId};
use domain::slot::Slot;
use protocol::roster::{
    HelperName, KnownHelper, NamedHousehold, PersonQuestion, RosterColumn, RosterCounts, RosterFinding,
    RosterMapping, RosterPlan, RosterPreview, RowChange, RowQuestion, ShownRow,
};
use roster::finding::Finding;
use roster::household::Household;
use roster::mapping::Mapping;
use roster::people::Question;
use roster::plan::Planned;
use roster::plan::known::{HelperKey, KnownUnit};
use roster::{Proposal, Refusal};
use serde::Serialize;

use super::look::Look;
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

/// So many changes are shown one by one.
const CHANGES_MAX: usize = 200;

/// A file with what taking it in would do.
///
/// # Errors
/// What the database says.
pub fn preview(
    reader: &Reader<'_>,
    proposal: Option<&Proposal>,
    look: &Look,
) -> Result<RosterPreview, StoreError> {
    Ok(RosterPreview {
        // What was read says more than a first look: columns that the file names no header for.
        mapping: mapping(&look.reading.mapping),
        plan: Some(plan(reader, look)?),
        ..first_look(proposal)
    })
}

/// A file that is not read.
#[must_use]
pub fn refused(proposal: Option<&Proposal>, refusal: Refusal) -> RosterPreview {
    RosterPreview { refused: Some(refusal.code().to_owned()), ..first_look(proposal) }
}

fn first_look(proposal: Option<&Proposal>) -> RosterPreview {
    let unknown = Mapping { header_rows: 1, ..Mapping::default() };
    let rows = proposal.iter().flat_map(|proposal| &proposal.rows);
    RosterPreview {
        sheets: proposal.map(|proposal| proposal.sheets.clone()).unwrap_or_default(),
        mapping: mapping(proposal.map_or(&unknown, |proposal| &proposal.mapping)),
        rows: rows.map(|row| ShownRow { row: row.row, cells: row.cells.clone() }).collect(),
        refused: None,
        plan: None,
    }
}

fn mapping(mapping: &Mapping) -> RosterMapping {
    let column = |column: &roster::mapping::Column| RosterColumn {
        at: column.at,
        letters: column.letters.clone(),
        header: column.header.clone(),
        field: column.field.as_ref().map(word),
        exported: column.exported,
    };
    RosterMapping {
        sheet: mapping.sheet.clone(),
        header_row: mapping.header_row,
        header_rows: mapping.header_rows,
        columns: mapping.columns.iter().map(column).collect(),
    }
}

/// The word of a unit variant, as JSON has it.
fn word(variant: &impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// How much taking it in does.
pub(super) fn counts(look: &Look) -> RosterCounts {
    let (reading, plan) = (&look.reading, &look.plan);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let known = || plan.households.iter().filter(|one| !one.is_new);
    let children = plan.households.iter().filter_map(|one| one.remembered.household.children.as_ref());
    RosterCounts {
        households: count(reading.households.iter().filter(|one| !one.is_repeat()).count()),
        new: count(plan.households.iter().filter(|one| one.is_new).count()),
        changed: count(known().filter(|one| one.says.is_some()).count()),
        unchanged: count(known().filter(|one| one.says.is_none()).count()),
        held_back: count(reading.households.len() - plan.households.len()),
        children: count(children.map(Vec::len).sum()),
        helpers: count(reading.helpers.len()),
        units: count(plan.units.len()),
        persons: count(plan.new_persons().len()),
    }
}

fn plan(reader: &Reader<'_>, look: &Look) -> Result<RosterPlan, StoreError> {
    let plan = &look.plan;
    let mut findings: Vec<&Finding> = look.reading.findings.iter().chain(&plan.findings).collect();
    findings.sort_by_key(|finding| finding.row);
    let mut names = NameBook::new(reader);
    Ok(RosterPlan {
        stamp: look.stamp.clone(),
        day: look.day,
        counts: counts(look),
        units: new_units(&plan.units, &mut names)?,
        persons: plan.new_persons().iter().map(|person| helper(&person.key)).collect(),
        findings: findings.into_iter().map(finding).collect(),
        rows_asked: rows_asked(reader, look, &mut names)?,
        persons_asked: persons_asked(reader, look, &mut names)?,
        missing: plan.missing.iter().map(|id| named(reader, *id, &mut names)).collect::<Result<_, _>>()?,
        changes: plan.households.iter().filter_map(change).take(CHANGES_MAX).collect(),
    })
}

fn helper(key: &HelperKey) -> HelperName {
    HelperName { branch: key.branch.clone(), name: key.name.clone(), telephone: key.telephone.clone() }
}

fn finding(finding: &Finding) -> RosterFinding {
    RosterFinding {
        sheet: finding.sheet.clone(),
        row: finding.row,
        column: finding.column.clone(),
        letters: finding.letters.clone(),
        finding: finding.code.word().to_owned(),
        of: finding.of,
        cell: finding.cell.clone(),
        against: finding.against.clone(),
        effect: word(&finding.effect),
    }
}

/// New units with the names above them, those of the file's own included.
fn new_units(units: &[KnownUnit], names: &mut NameBook<'_, '_>) -> Result<Vec<String>, StoreError> {
    let mut full: BTreeMap<UnitId, String> = BTreeMap::new();
    let mut all = Vec::new();
    for unit in units {
        let above = match unit.parent {
            Some(parent) if full.contains_key(&parent) => full.get(&parent).cloned().unwrap_or_default(),
            // A group of a branch that is there; a branch stands alone.
            Some(parent) if unit.tier == roster::plan::known::Tier::Group => names.unit(parent)?,
            _ => String::new(),
        };
        let name = format!("{above} {}", unit.name).trim().to_owned();
        full.insert(unit.id, name.clone());
        all.push(name);
    }
    Ok(all)
}

fn rows_asked(
    reader: &Reader<'_>,
    look: &Look,
    names: &mut NameBook<'_, '_>,
) -> Result<Vec<RowQuestion>, StoreError> {
    let mut asked = Vec::new();
    for (at, near) in &look.plan.questions {
        let Some(row) = look.reading.households.get(*at) else { continue };
        let may_be = near.iter().map(|id| named(reader, *id, names)).collect::<Result<_, _>>()?;
        let at = u32::try_from(*at).unwrap_or(u32::MAX);
        asked.push(RowQuestion { at, row: row.row, says: of_row(row), may_be });
    }
    Ok(asked)
}

fn of_row(row: &Household) -> NamedHousehold {
    let numbers = row.telephone.iter().flat_map(|telephone| &telephone.numbers);
    NamedHousehold {
        household: None,
        name: row.name_text().to_owned(),
        unit: format!("{} {}", row.branch, row.group).trim().to_owned(),
        address: row.address.as_ref().map(|address| address.text.clone()).unwrap_or_default(),
        telephones: numbers.map(|one| one.number.as_str()).collect::<Vec<_>>().join(" "),
    }
}

fn named(
    reader: &Reader<'_>,
    id: HouseholdId,
    names: &mut NameBook<'_, '_>,
) -> Result<NamedHousehold, StoreError> {
    let sql = "SELECT name, address, telephones, unit FROM household WHERE id = ?1";
    let found = reader.first(sql, args![id], |row| {
        Ok::<_, StoreError>((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<Option<UnitId>>(3)?))
    })?;
    let (name, address, telephones, unit) = found.unwrap_or_default();
    let unit = unit.map(|unit| names.unit(unit)).transpose()?.unwrap_or_default();
    Ok(NamedHousehold { household: Some(id), name, unit, address, telephones })
}

/// Helpers of the file who may be one, then those who may be a person of the office.
fn persons_asked(
    reader: &Reader<'_>,
    look: &Look,
    names: &mut NameBook<'_, '_>,
) -> Result<Vec<PersonQuestion>, StoreError> {
    let reading = &look.reading;
    let of_file = |question: &Question| PersonQuestion {
        doubt: word(&question.doubt),
        helpers: question
            .helpers
            .iter()
            .filter_map(|at| reading.helpers.get(*at))
            .map(|helper| HelperName {
                branch: helper.branch.clone(),
                name: helper.name.clone(),
                telephone: helper.phone.clone(),
            })
            .collect(),
        persons: Vec::new(),
    };
    // Those whom the office knows by an earlier file are not asked about again.
    let new: Vec<HelperName> = look.plan.new_persons().iter().map(|person| helper(&person.key)).collect();
    let mut asked: Vec<PersonQuestion> = reading.questions.iter().map(of_file).collect();
    asked.retain(|question| question.helpers.iter().filter(|one| new.contains(one)).count() > 0);
    for question in look.plan.person_questions() {
        let name = helper(&question.helper);
        let person = known_helper(reader, question.person, names)?;
        let of_office = |one: &&mut PersonQuestion| one.helpers == [name.clone()] && !one.persons.is_empty();
        match asked.iter_mut().find(of_office) {
            Some(there) => there.persons.extend(person),
            None => asked.push(PersonQuestion {
                doubt: word(&question.doubt),
                helpers: vec![name],
                persons: person.into_iter().collect(),
            }),
        }
    }
    Ok(asked)
}

fn known_helper(
    reader: &Reader<'_>,
    person: domain::id::PersonId,
    names: &mut NameBook<'_, '_>,
) -> Result<Option<KnownHelper>, StoreError> {
    let sql = "SELECT name, unit, telephone FROM person WHERE id = ?1";
    let found = reader.first(sql, args![person], |row| {
        Ok::<_, StoreError>((row.get::<String>(0)?, row.get::<UnitId>(1)?, row.get::<String>(2)?))
    })?;
    let Some((name, unit, telephone)) = found else { return Ok(None) };
    Ok(Some(KnownHelper { person, name, unit: names.unit(unit)?, telephone }))
}

fn change(one: &Planned) -> Option<RowChange> {
    let says = one.says.as_ref().filter(|_| !one.is_new)?;
    let mut what: Vec<String> = says.stated.keys().map(|slot: &Slot| slot.item().code().to_owned()).collect();
    what.dedup();
    what.extend(says.register.is_some().then(|| "register".to_owned()));
    what.extend((!says.seats.is_empty()).then(|| "seats".to_owned()));
    let name = one.remembered.household.name_text().to_owned();
    Some(RowChange { row: says.row, household: one.household, name, what })
}
