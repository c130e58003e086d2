//! The search over everything that is on the phone: name, pinyin initials, address, telephone.
//!
//! Pure. Readings of a name come with the card; there is no table of characters here.

use super::due::Row;
use domain::slot::{Slot, Value};
use protocol::changes::Card;

/// What a search looks at in one household, squeezed and in lower case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Haystack {
    names: Vec<String>,
    pinyin: Vec<String>,
    address: Vec<String>,
    telephones: Vec<String>,
}

impl Haystack {
    /// What there is to find of a card; rivals too.
    pub fn of(card: &Card) -> Self {
        let mut all =
            Self { pinyin: card.pinyin.iter().map(|text| squeezed(text)).collect(), ..Self::default() };
        for slot in [Slot::Name, Slot::Address, Slot::Telephone, Slot::Spouse] {
            let standing = card.standings.get(&slot);
            for stands in standing.iter().flat_map(|standing| &standing.values) {
                all.take(&stands.value);
            }
        }
        all
    }

    fn take(&mut self, value: &Value) {
        match value {
            Value::Name(name) => self.names.push(squeezed(&name.text)),
            Value::Address(address) => {
                self.address.push(squeezed(&format!("{}{}", address.text, address.landmark)));
            }
            Value::Telephone(telephone) => {
                self.telephones.extend(telephone.numbers.iter().map(|one| digits(&one.number)));
            }
            Value::Spouse(spouse) => {
                self.names.push(squeezed(&spouse.name));
                self.telephones.push(digits(&spouse.telephone));
            }
            _ => {}
        }
    }

    /// How well a squeezed query fits: 0 is best; `None` not at all.
    fn rank(&self, query: &str) -> Option<u8> {
        let begins = |texts: &[String]| texts.iter().any(|text| text.starts_with(query));
        let holds = |texts: &[String]| texts.iter().any(|text| text.contains(query));
        let number = !query.is_empty() && query.chars().all(|c| c.is_ascii_digit());
        Some(match () {
            () if begins(&self.names) || begins(&self.pinyin) => 0,
            () if holds(&self.names) || holds(&self.pinyin) => 1,
            () if holds(&self.address) => 2,
            () if number && query.len() >= 3 && holds(&self.telephones) => 3,
            () => return None,
        })
    }
}

/// The rows a query finds, best first and else in the list's order; all for an empty query.
pub fn find(rows: &[Row], query: &str) -> Vec<usize> {
    let query = squeezed(query);
    if query.is_empty() {
        return (0..rows.len()).collect();
    }
    let mut found: Vec<(u8, usize)> = rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((row.haystack.rank(&query)?, index)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, index)| index).collect()
}

/// Lower case, half-width, without blanks and marks between.
fn squeezed(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let kept = text.chars().map(half).filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests;
