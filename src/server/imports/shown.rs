//! A look in the words that the desk reads.

use std::collections::{BTreeMap, BTreeSet};

use domain::coverage::due_day;
use domain::day::Day;
use domain::entry::Register;
use domain::id::{HouseholdId, UnitId};
use domain::rules::{Category, rule_of};
use protocol::roster::{
    CategoryWord, HelperName, KnownHelper, NamedHousehold, PersonQuestion, RosterColumn, RosterCounts,
    RosterDated, RosterMapping, RosterPlan, RosterPreview, RowQuestion, ShownRow, WordRead, WordSort,
};
use roster::dated::{Dated, Place};
use roster::household::Household;
use roster::mapping::Mapping;
use roster::people::{Doubt, Helper, Question};
use roster::plan::alike::row_of;
use roster::plan::known::{HelperKey, KnownUnit};
use roster::read_as::Word;
use roster::{Proposal, Refusal};
use serde::Serialize;

use super::differing;
use super::look::{Columns, Look};
use super::rows::RowBook;
use super::side_by_side;
use crate::args;
use crate::books::categories;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

/// A file with what taking it in would do.
///
/// # Errors
/// What the database says.
pub fn preview(
    reader: &Reader<'_>,
    proposal: Option<&Proposal>,
    look: &Look,
    (columns, dated): (&Columns, Option<Dated>),
) -> Result<RosterPreview, StoreError> {
    Ok(RosterPreview {
        // What was read says more than a first look: columns that the file names no header for.
        mapping: mapping(&look.reading.mapping),
        as_in: columns.as_in(&look.reading.mapping),
        plan: Some(plan(reader, look, dated)?),
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
        as_in: String::new(),
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
    let category = |word: &roster::mapping::CategoryWord| CategoryWord {
        written: word.written.clone(),
        is: word.is.clone(),
    };
    RosterMapping {
        sheet: mapping.sheet.clone(),
        header_row: mapping.header_row,
        header_rows: mapping.header_rows,
        header_told: mapping.header_told,
        columns: mapping.columns.iter().map(column).collect(),
        categories: mapping.categories.iter().map(category).collect(),
    }
}

/// The word of a unit variant, as JSON has it.
pub(super) fn word(variant: &impl Serialize) -> String {
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
    let repeats = reading.households.iter().filter(|one| one.is_repeat()).count();
    RosterCounts {
        rows: count(reading.households.len()),
        repeats: count(repeats),
        sheet_rows: reading.households.iter().map(|one| one.last_row() - one.row + 1).sum(),
        households: count(reading.households.len() - repeats),
        new: count(plan.households.iter().filter(|one| one.is_new).count()),
        changed: count(known().filter(|one| one.changes()).count()),
        unchanged: count(known().filter(|one| !one.changes()).count()),
        held_back: count(reading.households.len() - plan.households.len()),
        children: count(plan.households.iter().map(|one| one.children.len()).sum()),
        helpers: count(reading.helpers.len()),
        units: count(plan.units.len()),
        persons: count(plan.new_persons().len()),
    }
}

fn plan(reader: &Reader<'_>, look: &Look, dated: Option<Dated>) -> Result<RosterPlan, StoreError> {
    let plan = &look.plan;
    let mut names = NameBook::new(reader);
    let book = RowBook::of(look);
    let all = categories::all(reader)?;
    let today = look.today;
    Ok(RosterPlan {
        stamp: look.stamp.clone(),
        day: look.day,
        dated: dated.map(of_itself),
        counts: counts(look),
        due: due(look, &all, today),
        rows: book.rows(),
        repeats: book.repeats(),
        words: words(reader, look, &mut names)?,
        categories: all.iter().filter(|row| !row.closed).map(|row| row.name.clone()).collect(),
        units: new_units(&plan.units, &mut names)?,
        persons: plan.new_persons().iter().map(|person| helper(&person.key)).collect(),
        findings: book.findings(),
        rows_asked: rows_asked(reader, look, &mut names)?,
        persons_asked: persons_asked(reader, look, &mut names)?,
        missing: plan.missing.iter().map(|id| named(reader, *id, &mut names)).collect::<Result<_, _>>()?,
        changes: differing::changes(reader, look, &all, &mut names)?,
        stays: differing::stays(look),
    })
}

fn of_itself(dated: Dated) -> RosterDated {
    let row = match dated.place {
        Place::Row(row) => Some(row),
        Place::SheetName | Place::FileName => None,
    };
    RosterDated { day: dated.day, row, in_file_name: dated.place == Place::FileName, text: dated.text }
}

fn word_read((written, word, cells): (&str, &Word, u32)) -> WordRead {
    let (sort, is, told) = match word {
        Word::Category { is, told } => (WordSort::Category, is.clone(), *told),
        Word::Cause(cause) => (WordSort::Cause, Some(self::word(cause)), false),
    };
    WordRead { sort, written: written.to_owned(), is, told, cells }
}

/// Words of the file that were taken for others, and helpers without a telephone.
fn words(
    reader: &Reader<'_>,
    look: &Look,
    names: &mut NameBook<'_, '_>,
) -> Result<Vec<WordRead>, StoreError> {
    let mut all: Vec<WordRead> = look.reading.read_as.most_first().into_iter().map(word_read).collect();
    for key in &look.plan.people.only_ones {
        let Some(person) = look.plan.people.persons.get(key) else { continue };
        let is = known_helper(reader, *person, names)?.map(|one| format!("{} {}", one.name, one.telephone));
        let is_it = |helper: &&Helper| helper_of(helper) == *key;
        let rows = look.reading.helpers.iter().find(is_it).map(|helper| helper.rows.len());
        all.push(WordRead {
            sort: WordSort::Helper,
            written: format!("{} {}", key.branch, key.name).trim().to_owned(),
            is,
            told: false,
            cells: u32::try_from(rows.unwrap_or_default()).unwrap_or(u32::MAX),
        });
    }
    Ok(all)
}

fn helper_of(helper: &Helper) -> HelperKey {
    HelperKey { branch: helper.branch.clone(), name: helper.name.clone(), telephone: helper.phone.clone() }
}

/// New households whose visit was due before today: by the day their file began, for nobody knows of a visit.
fn due(look: &Look, categories: &[Category], today: Day) -> u32 {
    let new = look.plan.households.iter().filter(|one| one.is_new);
    let begins = new.filter_map(|one| one.says.as_ref()?.register.as_ref());
    let is_due = |register: &&Register| {
        let rule = rule_of(categories, register.category, today);
        due_day(None, register.day, &rule) < today
    };
    u32::try_from(begins.filter(is_due).count()).unwrap_or(u32::MAX)
}

fn helper(key: &HelperKey) -> HelperName {
    HelperName { branch: key.branch.clone(), name: key.name.clone(), telephone: key.telephone.clone() }
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
        let candidate = |id: &HouseholdId| match row_of(*id).and_then(|at| look.reading.households.get(at)) {
            Some(earlier) => Ok(NamedHousehold { household: Some(*id), ..of_row(earlier) }),
            None => named(reader, *id, names),
        };
        let may_be = near.iter().map(candidate).collect::<Result<_, _>>()?;
        let at = u32::try_from(*at).unwrap_or(u32::MAX);
        let sheet = row.sheet.clone();
        asked.push(RowQuestion { at, sheet, row: row.row, says: of_row(row), may_be });
    }
    Ok(asked)
}

/// A row in one line.
pub(super) fn of_row(row: &Household) -> NamedHousehold {
    let numbers = row.telephone.iter().flat_map(|telephone| &telephone.numbers);
    NamedHousehold {
        household: None,
        name: row.name_text().to_owned(),
        unit: unit_of(row),
        address: row.address.as_ref().map(|address| address.text.clone()).unwrap_or_default(),
        telephones: numbers.map(|one| one.number.as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// The unit of a row, as the file names it.
pub(super) fn unit_of(row: &Household) -> String {
    format!("{} {}", row.of_branch(), row.group).trim().to_owned()
}

/// A household in one line.
pub(super) fn named(
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
            .map(|one| helper(&helper_of(one)))
            .collect(),
        persons: Vec::new(),
        side_by_side: Vec::new(),
    };
    // Those whom the office knows by an earlier file are not asked about again.
    let new = look.plan.new_persons().iter().map(|person| &person.key);
    let open: Vec<HelperName> = new.chain(look.plan.people.unclear.keys()).map(helper).collect();
    let mut asked: Vec<PersonQuestion> = reading.questions.iter().map(of_file).collect();
    asked.retain(|question| question.helpers.iter().any(|one| open.contains(one)));
    // Who has no telephone may be one of those who have.
    asked.iter_mut().for_each(|question| question.helpers.sort_by_key(|one| one.telephone.is_empty()));
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
                side_by_side: Vec::new(),
            }),
        }
    }
    asked.iter_mut().for_each(more_closely);
    let mut asked = once_each(asked, &open);
    asked.iter_mut().for_each(|question| question.side_by_side = side_by_side::rows(look, question));
    // What is one person most likely comes first.
    asked.sort_by_key(|question| question.doubt != "same_telephone");
    Ok(asked)
}

/// Where one has no telephone, nothing is said of another; and two branches may have one person's telephone.
fn more_closely(question: &mut PersonQuestion) {
    let helpers = question.helpers.iter().map(|one| &one.telephone);
    let telephones: BTreeSet<&String> =
        helpers.chain(question.persons.iter().map(|one| &one.telephone)).collect();
    let has_none = telephones.iter().any(|telephone| telephone.is_empty());
    let doubt = match question.doubt.as_str() {
        doubt if doubt == word(&Doubt::OtherTelephone) && has_none => "no_telephone",
        doubt if doubt == word(&Doubt::OtherBranch) && !has_none && telephones.len() == 1 => "same_telephone",
        _ => return,
    };
    doubt.clone_into(&mut question.doubt);
}

/// Of several helpers of the file the office knows all but one: whether that one is another of them, and whether it is
/// that person of the office, is one question.
fn once_each(asked: Vec<PersonQuestion>, open: &[HelperName]) -> Vec<PersonQuestion> {
    let is_known = |unknown: &HelperName, other: &HelperName| {
        let of_unknown = asked.iter().filter(|one| one.helpers.as_slice() == std::slice::from_ref(unknown));
        let mut persons = of_unknown.flat_map(|one| &one.persons);
        persons.any(|person| person.name == other.name && person.telephone == other.telephone)
    };
    let is_again = |question: &PersonQuestion| {
        let (unknown, known): (Vec<&HelperName>, Vec<_>) =
            question.helpers.iter().partition(|one| open.contains(one));
        matches!(unknown.as_slice(), [one] if !known.is_empty() && known.iter().all(|other| is_known(one, other)))
    };
    let again: Vec<bool> = asked.iter().map(is_again).collect();
    asked.into_iter().zip(again).filter(|(_, again)| !again).map(|(question, _)| question).collect()
}

/// A person of the office in one line.
pub(super) fn known_helper(
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
