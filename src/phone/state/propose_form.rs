//! The short form for a household found at the door.
//!
//! Pure.

use super::form::answer::tidy;
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
    /// Whose number it is.
    #[serde(default)]
    pub whose: Option<Whose>,
    /// The number that looks wrong, and that somebody said is right as it stands.
    #[serde(default)]
    pub sure: String,
    /// The unit it seems to belong to.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// Why it should have a file.
    #[serde(default)]
    pub why: String,
    /// What it corrects, with all that this form has no field for.
    #[serde(default)]
    pub corrects: Option<Propose>,
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
    /// The number has digits that no telephone has.
    NumberOdd,
    /// Whose number it is.
    Whose,
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
            whose: None,
            sure: String::new(),
            unit: None,
            why: String::new(),
            corrects: None,
        }
    }

    /// The form of what was proposed.
    pub fn reopen(propose: &Propose) -> Self {
        let stated = |slot| propose.stated.get(&slot);
        let telephone = match stated(Slot::Telephone) {
            Some(Value::Telephone(value)) => value.numbers.first(),
            _ => None,
        };
        let number = telephone.map(|one| one.number.clone()).unwrap_or_default();
        Self {
            day: propose.day,
            name: match stated(Slot::Name) {
                Some(Value::Name(name)) => name.clone(),
                _ => NameValue::default(),
            },
            address: match stated(Slot::Address) {
                Some(Value::Address(address)) => address.clone(),
                _ => AddressValue::default(),
            },
            whose: telephone.map(|one| one.whose),
            // Whoever wrote it was asked then.
            sure: number.clone(),
            telephone: number,
            unit: propose.unit,
            why: propose.why.clone(),
            corrects: Some(propose.clone()),
        }
    }

    /// What is missing first. With less, nobody at the union could find the family, or say yes or no.
    pub fn missing(&self) -> Option<Missing> {
        let (address, number) = (self.address.text.trim(), self.telephone.trim());
        if self.name.text.trim().is_empty() {
            Some(Missing::Name)
        } else if !number.is_empty() && !domain::check::is_number(number) {
            Some(Missing::Number)
        } else if domain::telephone::odd(number).is_some() && number != self.sure {
            Some(Missing::NumberOdd)
        } else if !number.is_empty() && self.whose.is_none() {
            Some(Missing::Whose)
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
        let before = self.corrects.as_ref();
        let mut stated = before.map_or_else(Values::new, |before| before.stated.clone());
        stated.insert(Slot::Name, tidy(&Value::Name(self.name.clone())));
        let address = (!self.address.text.trim().is_empty()).then(|| Value::Address(self.address.clone()));
        put(&mut stated, Slot::Address, address);
        let telephones = self.telephones(stated.get(&Slot::Telephone));
        put(&mut stated, Slot::Telephone, telephones);
        let rest = before.map_or_else(Rest::default, |before| before.rest.clone());
        Act::Propose(Propose {
            day: self.day,
            unit: self.unit,
            stated,
            why: self.why.trim().to_owned(),
            rest,
        })
    }

    /// The number in the place of the first; the others stay.
    fn telephones(&self, before: Option<&Value>) -> Option<Value> {
        let mut value = match before {
            Some(Value::Telephone(value)) => value.clone(),
            _ => TelephoneValue::default(),
        };
        let number = self.telephone.trim().to_owned();
        let whose = self.whose.unwrap_or(Whose::Other);
        match value.numbers.first_mut() {
            Some(first) if !number.is_empty() => (first.number, first.whose) = (number, whose),
            Some(_) => drop(value.numbers.remove(0)),
            None if !number.is_empty() => {
                value.numbers.push(Telephone { number, whose, rest: Rest::default() });
            }
            None => {}
        }
        (!value.numbers.is_empty()).then_some(Value::Telephone(value))
    }
}

fn put(stated: &mut Values, slot: Slot, value: Option<Value>) {
    match value {
        Some(value) => drop(stated.insert(slot, tidy(&value))),
        None => drop(stated.remove(&slot)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Missing, ProposeForm};
    use domain::{
        day::Day,
        entry::{Act, Propose},
        slot::{Slot, Value},
        value::Whose,
    };
    use serde_json::json;

    #[track_caller]
    fn check(name: &str, address: &str, telephone: &str, why: &str, missing: Option<Missing>) {
        let mut form = ProposeForm::new(Day::new(2026, 11, 21).unwrap(), name);
        (form.address.text, form.telephone, form.why) = (address.into(), telephone.into(), why.into());
        form.whose = Some(Whose::Spouse);
        assert_eq!(form.missing(), missing);
    }

    #[test]
    fn whose_number_it_is_is_asked_and_an_odd_one_kept_only_on_purpose() {
        let mut form = ProposeForm::new(Day::new(2026, 11, 21).unwrap(), "赵铁柱");
        (form.why, form.telephone) = ("独居".into(), "1381234567".into());
        assert_eq!(form.missing(), Some(Missing::NumberOdd));
        form.sure = form.telephone.clone();
        assert_eq!(form.missing(), Some(Missing::Whose));
        form.whose = Some(Whose::Neighbour);
        assert_eq!(form.missing(), None);
        let Act::Propose(propose) = form.act() else { panic!("not a proposal") };
        let Some(Value::Telephone(value)) = propose.stated.get(&Slot::Telephone) else { panic!("no number") };
        assert_eq!(value.numbers.first().map(|one| one.whose), Some(Whose::Neighbour));
        form.telephone = "138123456".into();
        assert_eq!(form.missing(), Some(Missing::NumberOdd));
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

    /// A proposal with more than this form has fields for.
    fn proposed() -> Propose {
        serde_json::from_value(json!({
            "day": "2026-11-21", "why": "独居", "later": 1,
            "stated": {
                "name": { "name": { "text": "赵铁柱", "work_number": "77", "later": 2 } },
                "address": { "address": { "text": "北坡" } },
                "telephone": { "telephone": { "numbers": [
                    { "number": "13800000000", "whose": "worker" }, { "number": "2260001", "whose": "child" }
                ] } },
                "spouse": { "spouse": { "marital": "widowed" } },
            },
        }))
        .unwrap()
    }

    #[track_caller]
    fn corrected(change: impl FnOnce(&mut ProposeForm), expected: impl FnOnce(&mut Propose)) {
        let (mut form, mut propose) = (ProposeForm::reopen(&proposed()), proposed());
        change(&mut form);
        expected(&mut propose);
        assert_eq!(form.act(), Act::Propose(propose));
    }

    #[test]
    fn a_correction_keeps_what_the_form_has_no_field_for() {
        corrected(|_| (), |_| ());
        corrected(|form| form.address.text.clear(), |propose| drop(propose.stated.remove(&Slot::Address)));
        corrected(
            |form| form.telephone.clear(),
            |propose| {
                if let Some(Value::Telephone(value)) = propose.stated.get_mut(&Slot::Telephone) {
                    value.numbers.remove(0);
                }
            },
        );
        corrected(|form| form.why = "漏雨".into(), |propose| propose.why = "漏雨".into());
    }
}
