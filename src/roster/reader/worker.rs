//! The worker: ID number, name, birth date, sex; each held against the ID number.

use domain::{
    check::NAME_MAX,
    day::{Day, LooseDay},
    value::{NameValue, Sex},
};

use super::{Placed, Reader, is_after};
use crate::{
    date,
    field::Field,
    finding::{Code, Effect},
    id_number::{self, IdNumber, Wrong},
    names,
    sheet::SheetRow,
    words,
};

impl Reader<'_> {
    /// The ID number, with a finding where something is wrong with it.
    pub(super) fn id_number(&mut self, row: &SheetRow) -> Option<IdNumber> {
        let placed = self.first(row, Field::IdNumber)?;
        let id = id_number::read(&placed.cell, self.sheet.is_text)?;
        let code = match id.wrong {
            Some(Wrong::CheckDigit) => Code::IdCheckDigit,
            Some(Wrong::Length) => Code::IdLength,
            Some(Wrong::Date) => Code::IdDate,
            Some(Wrong::Precision) => Code::IdPrecisionLost,
            None => return Some(id),
        };
        self.note(&placed, code);
        Some(id)
    }

    /// The worker; nothing where the name is missing.
    pub(super) fn name(&mut self, row: &SheetRow, id: Option<&IdNumber>) -> Option<NameValue> {
        let born = self.born(row, id);
        let sex = self.sex(row, id);
        let work_number = self.line(row, Field::WorkNumber, NAME_MAX);
        let placed = self.first(row, Field::Name);
        let name = placed.as_ref().map(|placed| names::read(&placed.text())).unwrap_or_default();
        let Some(placed) = placed.filter(|_| !name.text.is_empty()) else {
            let column = self.mapping.column_of(Field::Name);
            self.note_at(row.number, column, Code::NameMissing, String::new());
            return None;
        };
        if name.is_odd {
            self.note(&placed, Code::NameOdd);
        }
        let text = self.fit(&placed, name.text, NAME_MAX);
        Some(NameValue { text, sex, born, work_number, ..NameValue::default() })
    }

    /// The birth date as it is written; the ID number's where none is written or it lies in the future.
    fn born(&mut self, row: &SheetRow, id: Option<&IdNumber>) -> Option<LooseDay> {
        let of_id = id.and_then(|id| id.born);
        let Some(placed) = self.first(row, Field::Born).filter(Placed::says) else {
            return of_id.map(LooseDay::from);
        };
        let Some(date) = date::read(&placed.cell, self.today) else {
            self.note(&placed, Code::DateUnreadable);
            return of_id.map(LooseDay::from);
        };
        let is_future = is_after(date.day, self.today);
        let differs = of_id.is_some_and(|of_id| !agrees(date.day, of_id));
        let october = of_id.filter(|of_id| date.may_be_october && of_id.parts().1 == 10);
        if let Some(of_id) = october.filter(|of_id| of_id.parts().0 == date.day.parts().0) {
            return LooseDay::new(of_id.parts().0, Some(10), None);
        }
        if !is_future && !differs {
            return Some(date.day);
        }
        let finding = self.note(&placed, Code::BirthInFutureOrDiffersFromId);
        finding.against = of_id.map(|day| day.to_string()).unwrap_or_default();
        if !is_future {
            return Some(date.day);
        }
        finding.effect = if of_id.is_some() { Effect::FromId } else { Effect::WithoutCell };
        of_id.map(LooseDay::from)
    }

    fn sex(&mut self, row: &SheetRow, id: Option<&IdNumber>) -> Option<Sex> {
        let of_id = id.and_then(|id| id.sex);
        let Some(placed) = self.first(row, Field::Sex).filter(Placed::says) else { return of_id };
        let Some(sex) = words::sex(&placed.text()) else {
            self.note(&placed, Code::SexUnknown);
            return of_id;
        };
        if of_id.is_some_and(|of_id| of_id != sex) {
            self.note(&placed, Code::SexDiffersFromId);
        }
        Some(sex)
    }
}

/// Whether a date that may lack its day or month is the other's.
fn agrees(date: LooseDay, with: Day) -> bool {
    let (year, month, day) = with.parts();
    let (own_year, own_month, own_day) = date.parts();
    own_year == year && own_month.is_none_or(|own| own == month) && own_day.is_none_or(|own| own == day)
}
