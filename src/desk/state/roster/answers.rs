//! What a person said of the rows and helpers of a roster, through every look at it. Pure.
//!
//! A row is told to the office by its place among the file's households, and that place moves when the columns are read
//! otherwise: then nothing is told of rows until the office has asked again, and the same row gets the same answer.
//! Helpers are told by their names, which stay.

use domain::id::{HouseholdId, PersonId};
use protocol::roster::{HelperName, PersonAnswer, PersonQuestion, RosterPlan, RowAnswer, RowQuestion};
use std::collections::BTreeMap;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowIs {
    /// This household.
    Household(HouseholdId),
    /// One that the office does not know.
    New,
}

/// Who a helper is said to be. Of whom nothing is said is somebody of their own too, but the question stays open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HelperIs {
    /// Somebody of their own.
    Own,
    /// A person of the office.
    Person(PersonId),
    /// Another of the file.
    Helper(HelperName),
}

/// A row that was asked about.
#[derive(Clone, PartialEq, Debug)]
pub struct AskedRow {
    /// What was asked.
    pub question: RowQuestion,
    /// What was said.
    pub said: Option<RowIs>,
}

/// What was asked and said.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answers {
    rows: Vec<AskedRow>,
    persons: Vec<PersonQuestion>,
    who: BTreeMap<HelperName, HelperIs>,
    lifted: bool,
}

impl Answers {
    /// The rows, answered or not, in the order of the file.
    pub fn rows(&self) -> &[AskedRow] {
        &self.rows
    }

    /// The helpers who may be one person, answered or not.
    pub fn persons(&self) -> &[PersonQuestion] {
        &self.persons
    }

    /// How many rows wait for an answer.
    pub fn open_rows(&self) -> usize {
        self.rows.iter().filter(|row| row.said.is_none()).count()
    }

    /// How many questions about helpers wait for an answer.
    pub fn open_persons(&self) -> usize {
        self.persons.iter().filter(|question| self.is_open(question)).count()
    }

    /// Whether a question about helpers waits for an answer.
    pub fn is_open(&self, question: &PersonQuestion) -> bool {
        // Of several in the file the first is compared with.
        let compared = if question.persons.is_empty() { 1 } else { 0 };
        question.helpers.iter().skip(compared).any(|helper| !self.who.contains_key(helper))
    }

    /// Who a helper is said to be; none = nothing was said.
    pub fn who(&self, helper: &HelperName) -> Option<&HelperIs> {
        self.who.get(helper)
    }

    /// What a row is said to be; none = not said.
    pub fn row_is(&self, at: u32) -> Option<RowIs> {
        self.rows.iter().find(|row| row.question.at == at)?.said
    }

    /// A row is this; the same again takes it back.
    pub fn say_row(&mut self, at: u32, is: RowIs) {
        for row in self.rows.iter_mut().filter(|row| row.question.at == at) {
            row.said = (row.said != Some(is)).then_some(is);
        }
    }

    /// A helper is this; the same again takes it back.
    pub fn say_helper(&mut self, helper: HelperName, is: HelperIs) {
        let is = Some(is).filter(|is| self.who.get(&helper) != Some(is));
        self.set_helper(helper, is);
    }

    /// A helper is this, or nothing is said of them.
    pub fn set_helper(&mut self, helper: HelperName, is: Option<HelperIs>) {
        match is {
            Some(is) => self.who.insert(helper, is),
            None => self.who.remove(&helper),
        };
    }

    /// The file is read otherwise from now on: nothing is told of rows until the office has asked again.
    pub fn lift(&mut self) {
        self.lifted = true;
    }

    /// What the office is told.
    pub fn told(&self) -> (Vec<RowAnswer>, Vec<PersonAnswer>) {
        let row = |row: &AskedRow| {
            let is = match row.said? {
                RowIs::Household(id) => Some(id),
                RowIs::New => None,
            };
            Some(RowAnswer { at: row.question.at, is })
        };
        let person = |(helper, is): (&HelperName, &HelperIs)| {
            let (person, same_as) = match is {
                HelperIs::Own => (None, None),
                HelperIs::Person(id) => (Some(*id), None),
                HelperIs::Helper(other) => (None, Some(other.clone())),
            };
            PersonAnswer { helper: helper.clone(), person, same_as }
        };
        let rows = if self.lifted { Vec::new() } else { self.rows.iter().filter_map(row).collect() };
        (rows, self.who.iter().map(person).collect())
    }

    /// Takes over what the office asks now. `true` when something was said before that it must be told again.
    pub fn meet(&mut self, plan: &RosterPlan) -> bool {
        let was_lifted = std::mem::take(&mut self.lifted);
        let before = std::mem::take(&mut self.rows);
        let same = |one: &RowQuestion, other: &RowQuestion| {
            (&one.sheet, one.row) == (&other.sheet, other.row) && one.says == other.says
        };
        let said_of = |question: &RowQuestion| {
            let said = before.iter().find(|row| same(&row.question, question))?.said?;
            let is_offered = match said {
                RowIs::Household(id) => question.may_be.iter().any(|one| one.household == Some(id)),
                RowIs::New => true,
            };
            is_offered.then_some(said)
        };
        self.rows = plan
            .rows_asked
            .iter()
            .map(|question| AskedRow { question: question.clone(), said: said_of(question) })
            .collect();
        self.meet_persons(&plan.persons_asked);
        if was_lifted {
            return self.rows.iter().any(|row| row.said.is_some());
        }
        // What was answered is not asked any more, but stays to be seen, and taken back.
        let is_asked = |row: &AskedRow| plan.rows_asked.iter().any(|question| same(question, &row.question));
        self.rows.extend(before.iter().filter(|row| row.said.is_some() && !is_asked(row)).cloned());
        self.rows.sort_by_key(|row| (row.question.row, row.question.at));
        false
    }

    fn meet_persons(&mut self, asked: &[PersonQuestion]) {
        let is_same = |one: &PersonQuestion, other: &PersonQuestion| {
            one.doubt == other.doubt
                && one.helpers == other.helpers
                && one.persons.is_empty() == other.persons.is_empty()
        };
        let who = &self.who;
        self.persons.retain(|one| {
            asked.iter().any(|other| is_same(one, other))
                || one.helpers.iter().any(|helper| who.contains_key(helper))
        });
        for question in asked {
            if !self.persons.iter().any(|one| is_same(one, question)) {
                self.persons.push(question.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests;
