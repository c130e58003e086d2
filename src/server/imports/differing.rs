//! What a file says otherwise than the office: what changes, from what to what, and what does not.

use domain::rules::Category;
use domain::slot::Value;
use protocol::roster::{RowChange, TextChange, ValueChange};
use roster::plan::Planned;
use roster::plan::beside::{Becomes, Beside};

use super::look::Look;
use super::shown::{known_helper, unit_of, word};
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

/// So many households are shown one by one.
const SHOWN_MAX: usize = 200;

/// What changes.
///
/// # Errors
/// What the database says.
pub fn changes(
    reader: &Reader<'_>,
    look: &Look,
    categories: &[Category],
    names: &mut NameBook<'_, '_>,
) -> Result<Vec<RowChange>, StoreError> {
    let changed = look.plan.households.iter().filter(|one| !one.is_new && one.says.is_some());
    changed
        .take(SHOWN_MAX)
        .map(|one| {
            let values = one.beside.iter().filter(|beside| beside.becomes != Becomes::Stays);
            Ok(RowChange {
                what: what(one),
                texts: texts(reader, look, one, categories, names)?,
                ..change(look, one, values)
            })
        })
        .collect()
}

/// What the file says otherwise, and what stays as it stands: it was learned later, or the file only repeats itself.
#[must_use]
pub fn stays(look: &Look) -> Vec<RowChange> {
    let staying = |one: &&Planned| one.beside.iter().any(|beside| beside.becomes == Becomes::Stays);
    let known = look.plan.households.iter().filter(staying).take(SHOWN_MAX);
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
    let Some(says) = &one.says else { return Vec::new() };
    let mut what: Vec<String> = says.stated.keys().map(|slot| slot.item().code().to_owned()).collect();
    what.dedup();
    what.extend(says.register.is_some().then(|| "register".to_owned()));
    what.extend((!says.seats.is_empty()).then(|| "seats".to_owned()));
    what
}

/// Two of one name are told apart by their telephones.
fn whole(name: &str, telephone: &str) -> String {
    format!("{name} {telephone}").trim_end().to_owned()
}

/// What changes beside the six.
fn texts(
    reader: &Reader<'_>,
    look: &Look,
    one: &Planned,
    categories: &[Category],
    names: &mut NameBook<'_, '_>,
) -> Result<Vec<TextChange>, StoreError> {
    let (Some(says), Some(was), Some(row)) = (&one.says, &one.otherwise, look.reading.households.get(one.at))
    else {
        return Ok(Vec::new());
    };
    let mut texts = Vec::new();
    let mut text = |what: &str, was: Vec<String>, says: Vec<String>| {
        texts.push(TextChange { what: what.to_owned(), was, says });
    };
    if let Some(register) = &says.register {
        let category = |id| categories.iter().find(|row| Some(row.id) == id).map(|row| row.name.clone());
        if Some(register.unit) != was.unit {
            let unit = was.unit.map(|unit| names.unit(unit)).transpose()?;
            text("unit", unit.into_iter().collect(), vec![unit_of(row)]);
        }
        if register.category != was.category {
            let [before, after] = [was.category, register.category].map(category);
            text("category", before.into_iter().collect(), after.into_iter().collect());
        }
        if register.causes != was.causes {
            let [before, after] = [&was.causes, &register.causes].map(|all| all.iter().map(word).collect());
            text("causes", before, after);
        }
        if let Some(number) = &register.id_number {
            text("id_number", was.id_number.iter().cloned().collect(), vec![number.clone()]);
        }
    }
    for seat in &says.seats {
        let before = was.seats.iter().filter(|(held, _)| *held == seat.seat).map(|(_, who)| *who);
        let before = before.map(|who| known_helper(reader, who, names)).collect::<Result<Vec<_>, _>>()?;
        let before = before.into_iter().flatten().map(|one| whole(&one.name, &one.telephone)).collect();
        let after = row.seats.iter().filter(|holder| holder.seat == seat.seat);
        text(&word(&seat.seat), before, after.map(|one| whole(&one.name, &one.telephone)).collect());
    }
    Ok(texts)
}
