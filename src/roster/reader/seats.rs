//! Who answers for a household: a column for each seat, or all in one; telephones beside each, or all in one.

use domain::seat::Seat;
use domain::value::Whose;

use super::{Placed, Reader};
use crate::{
    field::Field, finding::Code, header::telephone_beside, household::SeatHolder, names, sheet::SheetRow,
    telephone, text,
};

impl Reader<'_> {
    /// The holders of the three seats, as far as they are named.
    pub(super) fn seats(&mut self, row: &SheetRow) -> Vec<SeatHolder> {
        let named: Vec<Seat> =
            Seat::ALL.into_iter().filter(|seat| self.mapping.has(Field::of_seat(*seat))).collect();
        self.telephones_without_names(row);
        if named.is_empty() && !self.mapping.has(Field::Helpers) {
            return Vec::new();
        }
        let mut holders = self.by_columns(row);
        self.all_in_one_cell(row, &mut holders);
        self.telephones_of_all(row, &named, &mut holders);
        if holders.len() < Seat::ALL.len() {
            let column = named.iter().find(|seat| !holders.iter().any(|holder| holder.seat == **seat));
            let column = column.and_then(|seat| self.mapping.column_of(Field::of_seat(*seat)));
            let column = column.or_else(|| self.mapping.column_of(Field::Helpers));
            let names: Vec<&str> = holders.iter().map(|holder| holder.name.as_str()).collect();
            let names = names.join("、");
            self.note_at(row.number, column, Code::FewerThanThreeHelpers, names);
        }
        let twice = holders.iter().enumerate().find(|(at, holder)| {
            let same =
                |other: &SeatHolder| (&other.name, &other.telephone) == (&holder.name, &holder.telephone);
            holders.iter().take(*at).any(same)
        });
        if let Some((_, holder)) = twice {
            let column = self.mapping.column_of(Field::of_seat(holder.seat));
            let name = holder.name.clone();
            self.note_at(row.number, column, Code::HelperTwice, name);
        }
        holders
    }

    /// Says that helpers' telephones stand there, where no column names whose they are.
    fn telephones_without_names(&mut self, row: &SheetRow) {
        let fields: Vec<Field> = self.mapping.columns.iter().filter_map(|column| column.field).collect();
        let is_named = |telephone: Field| {
            let is_own = |field: &Field| telephone_beside(*field) == Some(telephone);
            let of_any = telephone == Field::HelperTelephones
                && Seat::ALL.into_iter().any(|seat| fields.contains(&Field::of_seat(seat)));
            of_any || fields.iter().any(is_own)
        };
        let telephones =
            Seat::ALL.map(Field::of_seats_telephone).into_iter().chain([Field::HelperTelephones]);
        for field in telephones.filter(|field| !is_named(*field)) {
            let said = self.first(row, field).filter(Placed::says);
            if let Some(said) = said.filter(|said| !text::says_none(&said.text())) {
                self.note(&said, Code::HelperPhonesUnmatched);
            }
        }
    }

    /// From a column for each seat.
    fn by_columns(&mut self, row: &SheetRow) -> Vec<SeatHolder> {
        let mut holders = Vec::new();
        for seat in Seat::ALL {
            let Some(placed) = self.first(row, Field::of_seat(seat)).filter(Placed::says) else { continue };
            if text::says_none(&placed.text()) {
                continue;
            }
            // A cell with two names: the first holds the seat, for a seat has one holder.
            let mut several = names::several(&placed.text()).into_iter();
            let Some((name, inline)) = several.next() else { continue };
            if several.next().is_some() {
                self.note(&placed, Code::SeatSeveral);
            } else if telephone::numbers(&placed.text()).len() > 1 {
                self.note(&placed, Code::HelperPhonesSeveral);
            }
            let beside = self.first(row, Field::of_seats_telephone(seat)).filter(Placed::says);
            let telephone = match &beside {
                Some(beside) => self.one_telephone(beside),
                None => inline.unwrap_or_default(),
            };
            holders.push(SeatHolder { seat, name, telephone });
        }
        holders
    }

    /// From one column that names them all, in the order of the seats that are still empty.
    fn all_in_one_cell(&mut self, row: &SheetRow, holders: &mut Vec<SeatHolder>) {
        for (column, beside) in self.columns_of_helpers() {
            let Some(placed) = self.at(row, column).filter(Placed::says) else { continue };
            if text::says_none(&placed.text()) {
                continue;
            }
            let beside = beside.and_then(|beside| self.at(row, beside)).filter(Placed::says);
            let mut beside = beside.map(|beside| self.one_telephone(&beside));
            let several = names::several(&placed.text());
            if telephone::numbers(&placed.text()).len() > several.len() {
                self.note(&placed, Code::HelperPhonesSeveral);
            }
            for (name, telephone) in several {
                let empty =
                    Seat::ALL.into_iter().find(|seat| !holders.iter().any(|holder| holder.seat == *seat));
                let Some(seat) = empty else { return };
                let telephone = telephone.or_else(|| beside.take()).unwrap_or_default();
                holders.push(SeatHolder { seat, name, telephone });
            }
        }
    }

    /// The columns that name helpers; of several each with its own telephone's, where there are as many.
    fn columns_of_helpers(&self) -> Vec<(u16, Option<u16>)> {
        let names = self.mapping.columns_of(Field::Helpers);
        let telephones: Vec<u16> = self.mapping.columns_of(Field::HelperTelephones).collect();
        let is_paired = self.has_telephone_beside_each();
        names.enumerate().map(|(nth, at)| (at, telephones.get(nth).copied().filter(|_| is_paired))).collect()
    }

    /// Whether 责任人1, 责任人2 each have a column of their own for the telephone.
    fn has_telephone_beside_each(&self) -> bool {
        let count = |field| self.mapping.columns_of(field).count();
        count(Field::Helpers) > 1 && count(Field::Helpers) == count(Field::HelperTelephones)
    }

    /// Telephones of all in one cell: one for each seat's column, or one for each name.
    fn telephones_of_all(&mut self, row: &SheetRow, named: &[Seat], holders: &mut [SeatHolder]) {
        if self.has_telephone_beside_each() {
            return;
        }
        let Some(placed) = self.first(row, Field::HelperTelephones).filter(Placed::says) else { return };
        let fits = |numbers: &Vec<String>| numbers.len() == named.len() || numbers.len() == holders.len();
        let numbers: Vec<String> =
            telephone::numbers(&placed.text()).into_iter().map(|(number, _)| number).collect();
        if numbers.is_empty() || holders.is_empty() {
            return;
        }
        // Who has none may have a place all the same.
        let numbers =
            Some(in_places(&placed.text())).filter(|_| !fits(&numbers)).filter(fits).unwrap_or(numbers);
        let found = telephone::read(&placed.cell, Whose::Other);
        for odd in &found.odd {
            self.note(&placed, Code::HelperPhoneLength).cell.clone_from(odd);
        }
        let by_seat = numbers.len() == named.len();
        if !by_seat && numbers.len() != holders.len() {
            self.note(&placed, Code::HelperPhonesUnmatched);
            return;
        }
        for (nth, holder) in holders.iter_mut().enumerate() {
            let at =
                if by_seat { named.iter().position(|seat| *seat == holder.seat).unwrap_or(nth) } else { nth };
            if let Some(number) = numbers.get(at).filter(|_| holder.telephone.is_empty()) {
                holder.telephone.clone_from(number);
            }
        }
    }

    fn one_telephone(&mut self, placed: &Placed) -> String {
        let found = telephone::read(&placed.cell, Whose::Other);
        for odd in &found.odd {
            self.note(placed, Code::HelperPhoneLength).cell.clone_from(odd);
        }
        if found.numbers.len() > 1 {
            self.note(placed, Code::HelperPhonesSeveral);
        }
        found.numbers.into_iter().next().map(|telephone| telephone.number).unwrap_or_default()
    }
}

/// The number in each part of a cell; an empty one where a part has none.
fn in_places(text: &str) -> Vec<String> {
    let of_part = |part: &str| telephone::numbers(part).into_iter().map(|(number, _)| number).next();
    text.split('、').map(|part| of_part(part).unwrap_or_default()).collect()
}
