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

/// What a proposal still needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// The worker's name.
    Name,
    /// Where they live, or a telephone.
    Place,
    /// The number is none.
    Number,
    /// Why the household needs a file.
    Why,
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

    /// What is missing first. With less, nobody at the union could find the family, or say yes or no.
    pub fn missing(&self) -> Option<Missing> {
        let (address, number) = (self.address.text.trim(), self.telephone.trim());
        if self.name.text.trim().is_empty() {
            Some(Missing::Name)
        } else if !number.is_empty() && !domain::check::is_number(number) {
            Some(Missing::Number)
        } else if address.is_empty() && number.is_empty() {
            Some(Missing::Place)
        } else if self.why.trim().is_empty() {
            Some(Missing::Why)
        } else {
            None
        }
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

#[cfg(test)]
mod tests {
    use super::{Missing, ProposeForm};
    use domain::day::Day;

    #[track_caller]
    fn check(name: &str, address: &str, telephone: &str, why: &str, missing: Option<Missing>) {
        let mut form = ProposeForm::new(Day::new(2026, 11, 21).unwrap(), name);
        (form.address.text, form.telephone, form.why) = (address.into(), telephone.into(), why.into());
        assert_eq!(form.missing(), missing);
    }

    #[test]
    fn a_family_can_be_found_and_judged() {
        check(" ", "北坡", "", "独居", Some(Missing::Name));
        check("赵铁柱", "", " ", "独居", Some(Missing::Place));
        check("赵铁柱", "北坡", "12", "独居", Some(Missing::Number));
        check("赵铁柱", "北坡", "", " ", Some(Missing::Why));
        check("赵铁柱", "北坡", "", "独居", None);
        check("赵铁柱", "", "13800000000", "独居", None);
    }
}
