//! Who the helpers of a file are: persons of the office, or new ones.
//!
//! Same name, same branch, same telephone is one person. Anything less is never merged without a person's word: it
//! decides who reads whose file. A file that gives no telephone names whom the office has, where there is only one; where
//! it may be one of several, or somebody of another branch, it is nobody until a person says who. Somebody new takes no
//! seat of whoever has their name unasked, nor of whoever in the branch has their telephone: a name that was put right is
//! nobody new.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{PersonId, UnitId};

use super::known::{HelperKey, Known, KnownPerson};
use crate::{
    people::{Doubt, Helper},
    text,
};

/// What a person said: this helper of the file is that one of the file, or that person of the office, or neither.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SamePerson {
    /// Somebody of their own.
    Own,
    /// Another of the file.
    Helper(HelperKey),
    /// A person of the office.
    Person(PersonId),
}

/// A helper of the file whom the office does not know, beside a person whom it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonQuestion {
    /// Why it is asked.
    pub doubt: Doubt,
    /// Who in the file.
    pub helper: HelperKey,
    /// Who at the office.
    pub person: PersonId,
}

/// A person to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPerson {
    /// The id.
    pub id: PersonId,
    /// How the file names them.
    pub key: HelperKey,
    /// Where they belong.
    pub unit: UnitId,
}

/// Everybody in the seats of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seated {
    /// Who each helper is.
    pub persons: BTreeMap<HelperKey, PersonId>,
    /// Those to be made.
    pub new: Vec<NewPerson>,
    /// Those who may be persons of the office.
    pub questions: Vec<PersonQuestion>,
    /// Those without a telephone, taken for the only one of that name in the branch.
    pub only_ones: Vec<HelperKey>,
    /// Those without a telephone of whom nobody said who they are: each with those who it may be.
    pub unclear: BTreeMap<HelperKey, BTreeSet<PersonId>>,
    /// Those to be made of whom nobody said that they are somebody else than these, who have their name or telephone.
    pub namesakes: BTreeMap<HelperKey, BTreeSet<PersonId>>,
    /// Telephones that people of the office have from now on.
    pub telephones: BTreeMap<PersonId, String>,
}

/// Finds everybody. `unit_of` is where a branch lies; `said` is what a person said.
#[must_use]
pub fn seated(
    helpers: &[Helper],
    known: &Known<'_>,
    unit_of: impl Fn(&str) -> Option<UnitId>,
    said: &BTreeMap<HelperKey, SamePerson>,
    mut fresh: impl FnMut() -> PersonId,
) -> Seated {
    let there: BTreeSet<PersonId> = known.persons.iter().map(|person| person.id).collect();
    let mut meant = Meant::of(known, &there, &unit_of);
    let mut seated = Seated::default();
    let (mut later, mut silent) = (Vec::new(), Vec::new());
    for key in helpers.iter().map(key_of) {
        let unit = unit_of(&key.branch);
        let told = match said.get(&key) {
            Some(SamePerson::Person(id)) if there.contains(id) => Some(*id),
            Some(SamePerson::Helper(other)) if *other != key => {
                later.push((key, other.clone()));
                continue;
            }
            _ => known.persons_said.get(&key).copied().filter(|id| there.contains(id)),
        };
        // A telephone that neither has makes nobody one.
        let exact = || {
            let mut all = known.persons.iter().filter(|_| !key.telephone.is_empty());
            all.find(|person| is_exactly(person, &key, unit)).map(|person| person.id)
        };
        match told.or_else(|| meant.said(&key, unit)).or_else(exact) {
            Some(id) => drop(seated.persons.insert(key, id)),
            None if key.telephone.is_empty() && said.get(&key) != Some(&SamePerson::Own) => silent.push(key),
            None => {
                let asked = questions(known, &key, unit);
                if !asked.is_empty() && said.get(&key) != Some(&SamePerson::Own) {
                    seated.namesakes.insert(key.clone(), persons_of(&asked));
                }
                seated.questions.extend(asked);
                let id = seated.make(&key, unit.unwrap_or(known.root), fresh());
                meant.add(&key, unit, id);
            }
        }
    }
    seated.follow(&later);
    for key in silent {
        let unit = unit_of(&key.branch);
        let may_be = meant.all(&key, unit);
        match (may_be.first(), may_be.len()) {
            (Some(id), 1) if there.contains(id) => {
                let is_exact = known.persons.iter().any(|one| one.id == *id && is_exactly(one, &key, unit));
                seated.persons.insert(key.clone(), *id);
                seated.only_ones.extend((!is_exact).then_some(key));
            }
            (None, _) if !is_elsewhere(helpers, known, &key) => {
                seated.make(&key, unit.unwrap_or(known.root), fresh());
            }
            _ => {
                let asked = questions(known, &key, unit);
                let may_be = may_be.into_iter().chain(persons_of(&asked)).collect();
                seated.questions.extend(asked);
                seated.unclear.insert(key, may_be);
            }
        }
    }
    seated.follow(&later);
    seated.of_nobody(&later, |key| (unit_of(&key.branch).unwrap_or(known.root), fresh()));
    seated
}

/// Whether somebody has the name in another branch, at the office or in the file.
fn is_elsewhere(helpers: &[Helper], known: &Known<'_>, key: &HelperKey) -> bool {
    helpers.iter().any(|helper| helper.name == key.name && helper.branch != key.branch)
        || known.persons.iter().any(|person| text::squeeze(&person.name) == key.name)
}

fn persons_of(questions: &[PersonQuestion]) -> BTreeSet<PersonId> {
    questions.iter().map(|question| question.person).collect()
}

fn key_of(helper: &Helper) -> HelperKey {
    HelperKey { branch: helper.branch.clone(), name: helper.name.clone(), telephone: helper.phone.clone() }
}

impl Seated {
    fn make(&mut self, key: &HelperKey, unit: UnitId, id: PersonId) -> PersonId {
        self.new.push(NewPerson { id, key: key.clone(), unit });
        self.persons.insert(key.clone(), id);
        id
    }

    /// Somebody who is made and has no seat after all, for whoever has their name or telephone keeps it, is not made. `sits` are those
    /// who are given a seat.
    pub fn make_only(&mut self, sits: &BTreeSet<PersonId>, unclear: &BTreeSet<HelperKey>) {
        for (key, may_be) in std::mem::take(&mut self.namesakes) {
            let Some(id) = self.persons.get(&key).copied().filter(|id| !sits.contains(id)) else { continue };
            self.persons.retain(|_, person| *person != id);
            self.new.retain(|new| new.id != id);
            if unclear.contains(&key) {
                self.unclear.insert(key, may_be);
            } else {
                self.questions.retain(|question| question.helper != key);
            }
        }
    }

    /// Nobody is asked about whose seats stay as they are all the same.
    pub fn ask_only(&mut self, unclear: &BTreeSet<HelperKey>) {
        let is_clear = |key: &HelperKey| self.unclear.contains_key(key) && !unclear.contains(key);
        self.questions.retain(|question| !is_clear(&question.helper));
        self.unclear.retain(|key, _| unclear.contains(key));
    }

    /// Those said to be somebody who is not in the file, or of whom nobody knows who it is.
    fn of_nobody(
        &mut self,
        later: &[(HelperKey, HelperKey)],
        mut fresh: impl FnMut(&HelperKey) -> (UnitId, PersonId),
    ) {
        for (key, other) in later {
            if self.persons.contains_key(key) {
                continue;
            }
            let (unit, id) = fresh(key);
            self.make(key, unit, id);
            if self.unclear.remove(other).is_some() {
                self.persons.insert(other.clone(), id);
            }
        }
    }

    /// Those said to be another, who may be said to be a third.
    fn follow(&mut self, later: &[(HelperKey, HelperKey)]) {
        for _ in 0..later.len() {
            for (key, other) in later {
                if let Some(id) = self.persons.get(other).copied() {
                    self.persons.insert(key.clone(), id);
                }
            }
        }
    }
}

/// Whom names mean, by the unit of a branch and the name: however the file spells the branch.
struct Meant {
    /// By telephone, as earlier files said.
    said: BTreeMap<(UnitId, String), BTreeSet<(String, PersonId)>>,
    /// Everybody: those of the branch, and those whom earlier files meant there.
    all: BTreeMap<(UnitId, String), BTreeSet<PersonId>>,
}

impl Meant {
    fn of(known: &Known<'_>, there: &BTreeSet<PersonId>, unit_of: impl Fn(&str) -> Option<UnitId>) -> Self {
        let mut meant = Self { said: BTreeMap::new(), all: BTreeMap::new() };
        for person in &known.persons {
            let place = (person.branch, text::squeeze(&person.name));
            meant.all.entry(place).or_default().insert(person.id);
        }
        for (key, id) in known.persons_said.iter().filter(|(_, id)| there.contains(id)) {
            let Some(unit) = unit_of(&key.branch) else { continue };
            let place = (unit, key.name.clone());
            meant.said.entry(place.clone()).or_default().insert((key.telephone.clone(), *id));
            meant.all.entry(place).or_default().insert(*id);
        }
        meant
    }

    /// Whom an earlier file meant that spelt the branch otherwise.
    fn said(&self, key: &HelperKey, unit: Option<UnitId>) -> Option<PersonId> {
        let said = self.said.get(&(unit?, key.name.clone()))?;
        the_only(said.iter().filter(|(telephone, _)| *telephone == key.telephone).map(|(_, id)| *id))
    }

    /// Everybody of a name in a branch.
    fn all(&self, key: &HelperKey, unit: Option<UnitId>) -> BTreeSet<PersonId> {
        unit.and_then(|unit| self.all.get(&(unit, key.name.clone()))).cloned().unwrap_or_default()
    }

    /// Somebody whom the file brings.
    fn add(&mut self, key: &HelperKey, unit: Option<UnitId>, id: PersonId) {
        if let Some(unit) = unit {
            self.all.entry((unit, key.name.clone())).or_default().insert(id);
        }
    }
}

fn the_only(mut persons: impl Iterator<Item = PersonId>) -> Option<PersonId> {
    persons.next().filter(|_| persons.next().is_none())
}

fn is_exactly(person: &KnownPerson, key: &HelperKey, unit: Option<UnitId>) -> bool {
    Some(person.branch) == unit
        && text::squeeze(&person.name) == key.name
        && text::squeeze(&person.telephone) == key.telephone
}

fn questions(known: &Known<'_>, key: &HelperKey, unit: Option<UnitId>) -> Vec<PersonQuestion> {
    let doubt = |person: &KnownPerson| {
        let is_here = Some(person.branch) == unit;
        let is_reached_so = !key.telephone.is_empty() && text::squeeze(&person.telephone) == key.telephone;
        match (text::squeeze(&person.name) == key.name, is_here) {
            (true, true) => Some(Doubt::OtherTelephone),
            (true, false) => Some(Doubt::OtherBranch),
            (false, true) if is_reached_so => Some(Doubt::OtherName),
            (false, _) => None,
        }
    };
    let ask = |person: &KnownPerson| {
        doubt(person).map(|doubt| PersonQuestion { doubt, helper: key.clone(), person: person.id })
    };
    known.persons.iter().filter_map(ask).collect()
}
