//! The columns that hold one thing of a household, each rewritten where it changed.

use domain::{
    day::LooseDay,
    seat::Seat,
    value::{Marital, SpouseValue},
};

use super::{Cells, Line, said};
use crate::{date, field::Field, household::Household, mapping::Mapping, reading::How, sheet::Cell, words};

/// What a household without a file said.
fn nothing() -> Household {
    Household {
        sheet: String::new(),
        row: 0,
        fate: crate::household::Fate::GoesIn,
        name: None,
        id_number: None,
        category: None,
        causes: Vec::new(),
        branch: String::new(),
        group: String::new(),
        home: String::new(),
        address: None,
        telephone: None,
        spouse: None,
        children: None,
        events: None,
        seats: Vec::new(),
        registered: None,
        cells: Vec::new(),
    }
}

/// What is said in several columns, which every file lays out in its own way.
const TOGETHER: [&[Field]; 3] = [
    &[Field::Branch, Field::Group],
    &[Field::Cause, Field::FurtherCause],
    &[
        Field::Leader,
        Field::UnionOfficer,
        Field::LineManager,
        Field::LeaderTelephone,
        Field::UnionOfficerTelephone,
        Field::LineManagerTelephone,
        Field::Helpers,
        Field::HelperTelephones,
    ],
];

/// Writes every column of this kind.
pub(super) fn write(mapping: &Mapping, line: &Line<'_>, how: &How<'_>, cells: &mut Cells) {
    let nothing = nothing();
    let before = |field: Field| line.of_field(field).map_or(&nothing, |(said, _)| &said.household);
    let mut fields: Vec<Field> = mapping.columns.iter().filter_map(|column| column.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let is_otherwise = |field: &Field| {
        let texts = |household: &Household| texts(*field, household, mapping);
        let (Some(now), Some(said)) = (texts(&line.now.household), texts(before(*field))) else {
            return false;
        };
        let columns: Vec<u16> = mapping.columns_of(*field).collect();
        // 分会 is often named once for many rows: every household of its own says it.
        let is_band = matches!(field, Field::Branch | Field::Group | Field::Category);
        let is_blank = columns.iter().all(|column| cells.get(&(0, *column)).is_none_or(String::is_empty));
        now != said
            || (is_band && is_blank && !now.is_empty())
            || (!is_blank && is_misread(*field, line, &columns, how, cells))
    };
    let otherwise: Vec<Field> = fields.iter().copied().filter(is_otherwise).collect();
    for field in fields {
        let with = together(field, line, mapping);
        if !otherwise.contains(&field) && !with.iter().any(|one| otherwise.contains(one)) {
            continue;
        }
        if let Some(now) = texts(field, &line.now.household, mapping) {
            spread(&now, &mapping.columns_of(field).collect::<Vec<_>>(), field, cells);
        }
    }
}

/// What is written anew together with a field: where the household's file laid it out in other columns than these, one
/// cell alone would say half of it twice.
fn together(field: Field, line: &Line<'_>, mapping: &Mapping) -> &'static [Field] {
    let Some(all) = TOGETHER.into_iter().find(|all| all.contains(&field)) else { return &[] };
    let is_mixed =
        mapping.has(Field::Helpers) && Seat::ALL.iter().any(|seat| mapping.has(Field::of_seat(*seat)));
    let is_laid_otherwise =
        line.said.first().is_some_and(|(_, file)| all.iter().any(|one| file.has(*one) != mapping.has(*one)));
    if is_laid_otherwise || (is_mixed && all.contains(&Field::Helpers)) { all } else { &[] }
}

/// Whether a cell by itself does not say what is known: a birth date that the ID number corrected, a category that a
/// person named. Cells that nobody understood stay as they came.
fn is_misread(field: Field, line: &Line<'_>, columns: &[u16], how: &How<'_>, cells: &Cells) -> bool {
    let texts =
        || columns.iter().filter_map(|column| cells.get(&(0, *column))).filter(|text| !text.is_empty());
    let now = &line.now.household;
    match field {
        Field::Category => now
            .category
            .as_deref()
            .is_some_and(|known| texts().all(|text| words::category(text, how.categories) != Some(known))),
        Field::Born => now.name.as_ref().and_then(|name| name.born).is_some_and(|known| {
            let says = |text: &String| date::read(&Cell::Text(text.clone()), how.today).map(|date| date.day);
            texts().all(|text| says(text) != Some(known))
        }),
        _ => false,
    }
}

/// Puts texts into columns, one each, what is left into the last; cells of further rows are emptied.
fn spread(texts: &[String], columns: &[u16], field: Field, cells: &mut Cells) {
    cells.retain(|(_, column), _| !columns.contains(column));
    let Some((last, first)) = columns.split_last() else { return };
    let mut left = texts.iter();
    for column in first {
        cells.insert((0, *column), left.next().cloned().unwrap_or_default());
    }
    let separator = if field == Field::Events { "；" } else { "、" };
    let rest: Vec<&str> = left.map(String::as_str).collect();
    cells.insert((0, *last), rest.join(separator));
}

/// What the columns of a field say of a household; `None` where the field is not of this kind.
pub(crate) fn texts(field: Field, household: &Household, mapping: &Mapping) -> Option<Vec<String>> {
    let name = household.name.clone().unwrap_or_default();
    let address = household.address.clone().unwrap_or_default();
    let holder = |seat: Seat| household.seats.iter().find(move |holder| holder.seat == seat);
    let holder_name = |seat| one(holder(seat).map(|holder| holder.name.clone()));
    let holder_telephone = |seat| one(holder(seat).map(|holder| holder.telephone.clone()));
    let date = |day: Option<LooseDay>| one(day.map(|day| day.to_string()));
    let spouse = |of: fn(&SpouseValue) -> &String| {
        // Nobody is married to: nothing is said of them.
        let married = household.spouse.as_ref().filter(|spouse| spouse.marital == Marital::Married);
        one(married.map(|spouse| of(spouse).clone()))
    };
    Some(match field {
        Field::Category => one(household.category.clone()),
        Field::Name => one(Some(name.text)),
        Field::Sex => one(name.sex.map(|sex| said::sex(sex).to_owned())),
        Field::IdNumber => one(household.id_number.clone()),
        Field::Born => date(name.born),
        Field::WorkNumber => one(Some(name.work_number)),
        // 动力厂/供水工段 in one cell, where there is no column for the group.
        Field::Branch if !household.group.is_empty() && !mapping.has(Field::Group) => {
            one(Some(format!("{}/{}", household.branch, household.group)))
        }
        Field::Branch => one(Some(household.branch.clone())),
        Field::Group => one(Some(household.group.clone())),
        Field::Telephone => telephones(household),
        Field::Address => one(Some(address.text)),
        Field::Dwelling => one(address.dwelling.map(|dwelling| said::dwelling(dwelling).to_owned())),
        Field::Marital => {
            one(household.spouse.as_ref().map(|spouse| said::marital(spouse.marital).to_owned()))
        }
        Field::SpouseName => spouse(|spouse| &spouse.name),
        Field::SpouseWork => spouse(|spouse| &spouse.work),
        Field::SpouseHealth => spouse(|spouse| &spouse.health),
        Field::SpouseTelephone => spouse(|spouse| &spouse.telephone),
        Field::Cause if mapping.has(Field::FurtherCause) => causes(household).into_iter().take(1).collect(),
        Field::Cause => causes(household),
        Field::FurtherCause => causes(household).into_iter().skip(1).collect(),
        Field::Events => events(household),
        Field::Leader => holder_name(Seat::Leader),
        Field::UnionOfficer => holder_name(Seat::UnionOfficer),
        Field::LineManager => holder_name(Seat::LineManager),
        Field::LeaderTelephone => holder_telephone(Seat::Leader),
        Field::UnionOfficerTelephone => holder_telephone(Seat::UnionOfficer),
        Field::LineManagerTelephone => holder_telephone(Seat::LineManager),
        // Who has a column of their own is named there.
        Field::Helpers => {
            let others = household.seats.iter().filter(|holder| !mapping.has(Field::of_seat(holder.seat)));
            others.map(|holder| holder.name.clone()).collect()
        }
        Field::HelperTelephones if has_own_telephones(household, mapping) => Vec::new(),
        Field::HelperTelephones => telephones_of_helpers(household, mapping),
        Field::Registered => date(household.registered),
        _ => return None,
    })
}

/// One for each holder. Where somebody has none each stands in the place of its seat, so that it stays clear whose it is.
fn telephones_of_helpers(household: &Household, mapping: &Mapping) -> Vec<String> {
    let holders = || household.seats.iter();
    if holders().all(|holder| holder.telephone.is_empty()) {
        return Vec::new();
    }
    if holders().all(|holder| !holder.telephone.is_empty()) {
        return holders().map(|holder| holder.telephone.clone()).collect();
    }
    let or_none = |telephone: Option<&String>| match telephone.filter(|telephone| !telephone.is_empty()) {
        Some(telephone) => telephone.clone(),
        None => "无".to_owned(),
    };
    let named: Vec<Seat> = Seat::ALL.into_iter().filter(|seat| mapping.has(Field::of_seat(*seat))).collect();
    let of_seat =
        |seat: &Seat| or_none(holders().find(|holder| holder.seat == *seat).map(|holder| &holder.telephone));
    match holders().all(|holder| named.contains(&holder.seat)) {
        true => named.iter().map(of_seat).collect(),
        false => holders().map(|holder| or_none(Some(&holder.telephone))).collect(),
    }
}

fn has_own_telephones(household: &Household, mapping: &Mapping) -> bool {
    household.seats.iter().all(|holder| mapping.has(Field::of_seats_telephone(holder.seat)))
}

fn one(text: Option<String>) -> Vec<String> {
    text.into_iter().filter(|text| !text.is_empty()).collect()
}

fn telephones(household: &Household) -> Vec<String> {
    match &household.telephone {
        None => Vec::new(),
        Some(telephone) if telephone.numbers.is_empty() => vec!["无".to_owned()],
        Some(telephone) => telephone.numbers.iter().map(said::telephone).collect(),
    }
}

fn causes(household: &Household) -> Vec<String> {
    household.causes.iter().map(|cause| said::cause(*cause).to_owned()).collect()
}

fn events(household: &Household) -> Vec<String> {
    match &household.events {
        None => Vec::new(),
        Some(events) if events.is_empty() => vec!["无".to_owned()],
        Some(events) => events.iter().map(said::event).collect(),
    }
}
