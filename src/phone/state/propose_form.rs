//! The short form for a household found at the door.
//!
//! Pure.

use domain::{
    day::Day,
    entry::{Act, Propose},
    id::UnitId,
    slot::{Slot, Value, Values},
    value::{AddressValue, NameValue, Rest, Telephone, TelephoneValue, Whose},
};
use serde::{Deserialize, Serialize};

/// What is said of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProposeForm {
    /// The day it was found.
    pub day: Day,
    /// The worker.
    pub name: NameValue,
    /// Where they live.
    #[serde(default)]
    pub address: AddressValue,
    /// A telephone.
    #[serde(default)]
    pub telephone: String,
    /// The unit it seems to belong to.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// Why it should have a file.
    #[serde(default)]
    pub why: String,
}

impl ProposeForm {
    /// An empty form, with the name that was searched for.
    pub fn new(day: Day, name: &str) -> Self {
        let name = NameValue { text: name.trim().to_owned(), ..NameValue::default() };
        Self {
            day,
            name,
            address: AddressValue::default(),
            telephone: String::new(),
            unit: None,
            why: String::new(),
        }
    }

    /// Whether enough is said.
    pub fn is_ready(&self) -> bool {
        !self.name.text.trim().is_empty()
            && (self.telephone.trim().is_empty() || domain::check::is_number(self.telephone.trim()))
    }

    /// The act.
    pub fn act(&self) -> Act {
        let mut stated = Values::new();
        stated.insert(Slot::Name, super::form::answer::tidy(&Value::Name(self.name.clone())));
        if !self.address.text.trim().is_empty() {
            stated.insert(Slot::Address, super::form::answer::tidy(&Value::Address(self.address.clone())));
        }
        if !self.telephone.trim().is_empty() {
            let one = Telephone {
                number: self.telephone.trim().to_owned(),
                whose: Whose::Worker,
                rest: Rest::default(),
            };
            stated.insert(
                Slot::Telephone,
                Value::Telephone(TelephoneValue { numbers: vec![one], rest: Rest::default() }),
            );
        }
        Act::Propose(Propose {
            day: self.day,
            unit: self.unit,
            stated,
            why: self.why.trim().to_owned(),
            rest: Rest::default(),
        })
    }
}
