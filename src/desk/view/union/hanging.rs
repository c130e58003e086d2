//! What hangs on a unit: its households, people and units below. Only a unit on which nothing does is offered to be
//! taken away; that nothing ever did, the office knows.

use crate::state::{desk::Desk, reading::Reading, rights::Doing};
use domain::id::UnitId;
use leptos::prelude::*;
use protocol::{desk::PersonRow, office::CoverageReport};
use ui::words;

/// What hangs on a unit, as far as it is read.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Hanging {
    /// None where they are not read.
    households: Option<u32>,
    /// They are nothing one may read: then the office alone knows.
    unseen: bool,
    /// None while they are not read yet.
    people: Option<usize>,
    below: usize,
}

/// Reads it.
pub fn hanging(desk: Desk, unit: UnitId) -> Memo<Hanging> {
    let report = Reading::<CoverageReport>::follow(desk, move || {
        desk.may(Doing::Read).then(|| format!("/api/coverage?unit={unit}"))
    });
    let people = Reading::<Vec<PersonRow>>::follow(desk, move || Some(format!("/api/persons?unit={unit}")));
    Memo::new(move |_| Hanging {
        households: report.value.with(|report| report.as_ref().map(|report| report.total.households)),
        unseen: !desk.may(Doing::Read),
        people: people.value.with(|people| people.as_ref().map(Vec::len)),
        below: desk.tree.with(|tree| tree.subtree(unit).len().saturating_sub(1)),
    })
}

impl Hanging {
    /// In words; nothing while nothing is read.
    pub fn said(&self) -> Option<String> {
        let words = words::desk_forms();
        let parts: Vec<String> = [
            self.households.map(|count| words::desk().households(count)),
            self.people.map(|count| words.people_count(count)),
            (self.below > 0).then(|| words.units_below_count(self.below)),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| words.hangs_on_it(&words::shared().list(&parts)))
    }

    /// Nothing hangs on it, as far as one may see.
    pub fn is_bare(&self) -> bool {
        (self.unseen || self.households == Some(0)) && self.people == Some(0) && self.below == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Hanging;

    #[test]
    fn only_a_bare_unit_may_go() {
        let bare = Hanging { households: Some(0), unseen: false, people: Some(0), below: 0 };
        for (hanging, expected) in [
            (bare, true),
            (Hanging { households: None, ..bare }, false),
            (Hanging { households: None, unseen: true, ..bare }, true),
            (Hanging { households: Some(12), ..bare }, false),
            (Hanging { people: Some(1), ..bare }, false),
            (Hanging { people: None, ..bare }, false),
            (Hanging { below: 1, ..bare }, false),
        ] {
            assert_eq!(hanging.is_bare(), expected);
        }
    }
}
