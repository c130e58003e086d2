//! The spouse: marriage, name, work, health, telephone. What a sheet says of no spouse too.

use domain::{
    check::{LINE_MAX, NAME_MAX},
    value::{Marital, SpouseValue, Whose},
};

use super::{Placed, Reader, members::Member};
use crate::{
    field::Field, finding::Code, header, names, sheet::SheetRow, synonyms::Relation, telephone, text, words,
};

impl Reader<'_> {
    /// What the row, or the members of the family, say of the spouse.
    pub(super) fn spouse(&mut self, row: &SheetRow, members: &[Member]) -> Option<SpouseValue> {
        let marital = self.marital(row);
        let placed = self.first(row, Field::SpouseName).filter(Placed::says);
        let placed = placed.filter(|placed| !text::says_none(&placed.text()));
        let (name, along) = placed.as_ref().map(|placed| self.spouse_named(placed)).unwrap_or_default();
        let name = placed.as_ref().map(|placed| self.fit(placed, name, NAME_MAX)).unwrap_or_default();
        let work = Some(self.line(row, Field::SpouseWork, LINE_MAX)).filter(|work| !work.is_empty());
        let along = placed.as_ref().map(|placed| self.fit(placed, along, LINE_MAX));
        let work = work.or(along).unwrap_or_default();
        let health = self.line(row, Field::SpouseHealth, LINE_MAX);
        let telephone = self.spouse_telephone(row);
        let member = members.iter().find(|member| member.relation == Relation::Spouse);
        let or = |own: String, of_member: Option<&String>| match of_member {
            Some(of_member) if own.is_empty() => of_member.clone(),
            _ => own,
        };
        let name = or(name, member.map(|member| &member.name));
        let work = or(work, member.map(|member| &member.work));
        let health = or(health, member.map(|member| &member.health));
        let is_said = [&name, &work, &health, &telephone].iter().any(|text| !text.is_empty());
        let marital = marital.or(is_said.then_some(Marital::Married))?;
        if let Some(placed) = placed.filter(|_| marital != Marital::Married) {
            self.note(&placed, Code::SpouseNotMarried);
        }
        Some(SpouseValue { marital, name, work, health, telephone, ..SpouseValue::default() })
    }

    /// The name, and what the cell says of their work, where its column says that it does.
    fn spouse_named(&self, placed: &Placed) -> (String, String) {
        let names_work =
            self.mapping.at(placed.column).is_some_and(|column| header::names_work(&column.header));
        let written = text::tidy(&placed.text());
        let parts =
            written.split_once(['、', '，', ',', ';', '；', '/', '：', ':', ' ']).filter(|_| names_work);
        let (name, along) = parts.unwrap_or((&written, ""));
        let name = names::read(name);
        let along = if along.is_empty() && names_work { name.remark } else { along.trim().to_owned() };
        (name.text, along)
    }

    fn marital(&mut self, row: &SheetRow) -> Option<Marital> {
        let placed = self.first(row, Field::Marital).filter(Placed::says)?;
        let marital = words::marital(&placed.text());
        if marital.is_none() {
            self.note(&placed, Code::MaritalUnknown);
        }
        marital
    }

    fn spouse_telephone(&mut self, row: &SheetRow) -> String {
        let Some(placed) = self.first(row, Field::SpouseTelephone).filter(Placed::says) else {
            return String::new();
        };
        let found = telephone::read(&placed.cell, Whose::Spouse);
        for odd in &found.odd {
            self.note(&placed, Code::PhoneLength).cell.clone_from(odd);
        }
        if found.unreadable && found.odd.is_empty() {
            self.note(&placed, Code::PhoneUnreadable);
        }
        found.numbers.into_iter().next().map(|telephone| telephone.number).unwrap_or_default()
    }
}
