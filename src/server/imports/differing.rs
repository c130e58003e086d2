//! What a file says otherwise than the office: what changes, from what to what, and what does not.

use std::collections::{BTreeMap, HashMap};

use domain::id::{HouseholdId, PersonId, UnitId};
use domain::rules::Category;
use domain::seat::Seat;
use domain::slot::Value;
use protocol::roster::{RowChange, TextChange, ValueChange};
use roster::household::Household;
use roster::plan::Planned;
use roster::plan::beside::{Becomes, Beside};
use roster::plan::kept::KeptChange;
use roster::plan::known::HelperKey;

use super::look::Look;
use super::shown::{unit_of, word};
use super::since::{Since, since};
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

/// What changes.
///
/// # Errors
/// What the database says.
pub fn changes<'r, 'c>(
    reader: &'r Reader<'c>,
    look: &Look,
    categories: &[Category],
    names: &mut NameBook<'r, 'c>,
) -> Result<Vec<RowChange>, StoreError> {
    let changed: Vec<&Planned> =
        look.plan.households.iter().filter(|one| !one.is_new && one.changes()).collect();
    let ids: Vec<HouseholdId> = changed.iter().map(|one| one.household).collect();
    let since = since(reader, &ids, look)?;
    let mut people = PeopleBook { reader, names, known: HashMap::new() };
    changed
        .into_iter()
        .map(|one| {
            let values = one.beside.iter().filter(|beside| beside.becomes != Becomes::Stays);
            Ok(RowChange {
                what: what(one),
                texts: {
                    let texts = texts(look, one, (categories, &since), &mut people)?;
                    texts.into_iter().chain(one.kept.iter().map(kept)).collect()
                },
                ..change(look, one, values)
            })
        })
        .collect()
}

/// What the file says otherwise, and what stays as it stands: it was learned later, or the file only repeats itself.
#[must_use]
pub fn stays(look: &Look) -> Vec<RowChange> {
    let staying = |one: &&Planned| one.beside.iter().any(|beside| beside.becomes == Becomes::Stays);
    let known = look.plan.households.iter().filter(staying);
    known
        .map(|one| change(look, one, one.beside.iter().filter(|beside| beside.becomes == Becomes::Stays)))
        .filter(|change| !change.values.is_empty())
        .collect()
}

fn change<'a>(look: &Look, one: &Planned, values: impl Iterator<Item = &'a Beside>) -> RowChange {
    let row = look.reading.households.get(one.at);
    // A list names its members by ids: what is said of each says more.
    let is_list = |value: &Value| match value {
        Value::Children(ids) => !ids.is_empty(),
        Value::EventList(ids) => !ids.is_empty(),
        _ => false,
    };
    let value = |beside: &Beside| ValueChange {
        slot: beside.slot,
        was: beside.stands.as_ref().map(|(value, _)| value.clone()),
        was_day: beside.stands.as_ref().map(|(_, day)| *day),
        says: beside.says.clone(),
        rivals: beside.becomes == Becomes::Rivals,
    };
    RowChange {
        row: row.map(|row| row.row).unwrap_or_default(),
        household: one.household,
        name: row.map(|row| row.name_text().to_owned()).unwrap_or_default(),
        what: Vec::new(),
        values: values.filter(|beside| !is_list(&beside.says)).map(value).collect(),
        texts: Vec::new(),
    }
}

fn what(one: &Planned) -> Vec<String> {
    let mut what = Vec::new();
    if let Some(says) = &one.says {
        what.extend(says.stated.keys().map(|slot| slot.item().code().to_owned()));
        what.dedup();
        what.extend(says.register.is_some().then(|| "register".to_owned()));
        what.extend((!says.seats.is_empty()).then(|| "seats".to_owned()));
    }
    what.extend((!one.kept.is_empty()).then(|| KEPT.to_owned()));
    what
}

/// A column that is not read; before its own name where the desk is told of it.
const KEPT: &str = "kept";

/// A column in which the row writes otherwise.
fn kept(change: &KeptChange) -> TextChange {
    let one = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty()).into_iter().collect();
    let what = format!("{KEPT}:{}", change.header);
    TextChange { what, was: one(&change.was), says: one(&change.says), stays: false }
}

/// Somebody in a seat, as the desk is told of them.
#[derive(Clone)]
struct Who {
    name: String,
    unit: String,
    telephone: String,
    sign_in_name: String,
}

/// Looks people in seats up, each once: a helper answers for many households of a file.
struct PeopleBook<'n, 'r, 'c> {
    reader: &'r Reader<'c>,
    names: &'n mut NameBook<'r, 'c>,
    known: HashMap<PersonId, Option<Who>>,
}

impl PeopleBook<'_, '_, '_> {
    fn of(&mut self, person: PersonId) -> Result<Option<Who>, StoreError> {
        if let Some(known) = self.known.get(&person) {
            return Ok(known.clone());
        }
        let sql = "SELECT name, unit, telephone, sign_in_name FROM person WHERE id = ?1";
        let found = self.reader.first(sql, args![person], |row| {
            Ok::<_, StoreError>((row.get(0)?, row.get::<UnitId>(1)?, row.get(2)?, row.get(3)?))
        })?;
        let found = match found {
            Some((name, unit, telephone, sign_in_name)) => {
                Some(Who { name, unit: self.names.unit(unit)?, telephone, sign_in_name })
            }
            None => None,
        };
        self.known.insert(person, found.clone());
        Ok(found)
    }
}

impl Who {
    /// By the name; beside another of the same name also by what tells the two apart.
    fn beside(&self, others: &[Self]) -> String {
        let Some(other) = others.iter().find(|other| other.name == self.name) else {
            return self.name.clone();
        };
        let tail: Vec<char> = self.telephone.chars().rev().take(4).collect();
        let tail: String = tail.into_iter().rev().collect();
        let tail = if tail.is_empty() { tail } else { format!("…{tail}") };
        let mut parts = vec![self.name.as_str(), &self.unit, &tail];
        if (&self.unit, &self.telephone) == (&other.unit, &other.telephone) {
            parts.push(&self.sign_in_name);
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }
}

/// Who the row's holders of a seat are.
fn holders(
    look: &Look,
    row: &Household,
    seat: Seat,
    people: &mut PeopleBook<'_, '_, '_>,
) -> Result<Vec<Who>, StoreError> {
    let mut all = Vec::new();
    for holder in row.seats.iter().filter(|holder| holder.seat == seat) {
        let person = look.plan.people.persons.get(&HelperKey::of(row, holder));
        let known = person.map(|person| people.of(*person)).transpose()?.flatten();
        all.push(known.unwrap_or_else(|| Who {
            name: holder.name.clone(),
            unit: row.of_branch().clone(),
            telephone: holder.telephone.clone(),
            sign_in_name: String::new(),
        }));
    }
    Ok(all)
}

/// What changes beside the six.
fn texts(
    look: &Look,
    one: &Planned,
    (categories, since): (&[Category], &BTreeMap<HouseholdId, Since>),
    people: &mut PeopleBook<'_, '_, '_>,
) -> Result<Vec<TextChange>, StoreError> {
    let (Some(says), Some(was), Some(row)) = (&one.says, &one.otherwise, look.reading.households.get(one.at))
    else {
        return Ok(Vec::new());
    };
    let mut texts = Vec::new();
    let nothing = Since::default();
    let since = since.get(&one.household).unwrap_or(&nothing);
    let mut text = |what: &str, was: Vec<String>, says: Vec<String>, stays: bool| {
        texts.push(TextChange { what: what.to_owned(), was, says, stays });
    };
    if let Some(register) = &says.register {
        let category = |id| categories.iter().find(|row| Some(row.id) == id).map(|row| row.name.clone());
        if Some(register.unit) != was.unit {
            let unit = was.unit.map(|unit| people.names.unit(unit)).transpose()?;
            text("unit", unit.into_iter().collect(), vec![unit_of(row)], since.placed);
        }
        if register.category != was.category {
            let [before, after] = [was.category, register.category].map(category);
            let [before, after] = [before, after].map(|name| name.into_iter().collect());
            text("category", before, after, since.registered);
        }
        if register.causes != was.causes {
            let [before, after] = [&was.causes, &register.causes].map(|all| all.iter().map(word).collect());
            text("causes", before, after, since.registered);
        }
        if let Some(number) = &register.id_number {
            let before = was.id_number.iter().cloned().collect();
            text("id_number", before, vec![number.clone()], since.numbered);
        }
    }
    for seat in &says.seats {
        let sits = |held: &&(Seat, PersonId)| held.0 == seat.seat;
        let later: Vec<PersonId> = since.seats.iter().filter(sits).map(|(_, who)| *who).collect();
        let before = was.seats.iter().filter(|held| sits(held) && later.is_empty()).map(|(_, who)| *who);
        let before = before.chain(later.iter().copied());
        let before = before.map(|who| people.of(who)).collect::<Result<Vec<_>, _>>()?;
        let before: Vec<Who> = before.into_iter().flatten().collect();
        let after = holders(look, row, seat.seat, people)?;
        let [was, says] = [(&before, &after), (&after, &before)]
            .map(|(own, others)| own.iter().map(|one| one.beside(others)).collect());
        text(&word(&seat.seat), was, says, !later.is_empty());
    }
    Ok(texts)
}
