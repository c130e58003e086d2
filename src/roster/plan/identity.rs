//! What a row says of whose it is: a row that says what it said in an earlier file is the same row.

use domain::day::LooseDay;
use serde::Deserialize;

use crate::{household::Household, id_number, text};

/// What a row says of whose it is.
#[must_use]
pub fn identity(row: &Household) -> String {
    joined(row.name_text(), row.id_number.as_deref(), born(row), [&row.branch, &row.group], telephones(row))
}

/// The same of a row that is remembered as JSON, with nothing else of it read; nothing where it cannot be read.
#[must_use]
pub fn identity_remembered(said: &str) -> Option<String> {
    let Remembered { household: row } = serde_json::from_str(said).ok()?;
    let name = row.name.unwrap_or_default();
    let numbers = row.telephone.unwrap_or_default().numbers.into_iter().map(|one| one.number);
    let places = [&row.branch, &row.group];
    Some(joined(&name.text, row.id_number.as_deref(), name.born, places, sorted(numbers)))
}

#[derive(Deserialize)]
struct Remembered {
    household: Row,
}

#[derive(Deserialize)]
struct Row {
    name: Option<Name>,
    id_number: Option<String>,
    branch: String,
    group: String,
    telephone: Option<Telephones>,
}

#[derive(Default, Deserialize)]
struct Name {
    text: String,
    #[serde(default)]
    born: Option<LooseDay>,
}

#[derive(Default, Deserialize)]
struct Telephones {
    numbers: Vec<Number>,
}

#[derive(Deserialize)]
struct Number {
    number: String,
}

fn joined(
    name: &str,
    id_number: Option<&str>,
    born: Option<LooseDay>,
    [branch, group]: [&String; 2],
    telephones: Vec<String>,
) -> String {
    let id = id_number.map(id_number::key).unwrap_or_default();
    let born = born.map(|born| born.to_string()).unwrap_or_default();
    let mut parts = vec![text::squeeze(name), id, born, branch.clone(), group.clone()];
    parts.extend(telephones);
    parts.join("\u{1f}")
}

pub(super) fn born(row: &Household) -> Option<LooseDay> {
    row.name.as_ref().and_then(|name| name.born)
}

pub(super) fn telephones(row: &Household) -> Vec<String> {
    let numbers = row.telephone.iter().flat_map(|telephone| &telephone.numbers);
    sorted(numbers.map(|telephone| telephone.number.clone()))
}

fn sorted(numbers: impl Iterator<Item = String>) -> Vec<String> {
    let mut numbers: Vec<String> = numbers.collect();
    numbers.sort_unstable();
    numbers
}
