//! Members of the family by their relation: in columns of their own, or a row for every person.

use domain::{
    check::{LINE_MAX, NAME_MAX},
    day::LooseDay,
};

use super::{Placed, Reader};
use crate::{
    family::Family,
    field::Field,
    names,
    sheet::SheetRow,
    synonyms::{self, Relation},
    text,
};

/// A member of the family who is not the worker.
pub(super) struct Member {
    pub relation: Relation,
    pub name: String,
    pub born: Option<LooseDay>,
    pub work: String,
    pub health: String,
}

impl<'a> Reader<'a> {
    /// The members that the rows name.
    pub(super) fn members(&mut self, family: &Family<'a>) -> Vec<Member> {
        if !self.mapping.has(Field::MemberRelation) {
            return Vec::new();
        }
        let is_by_person = self.mapping.is_by_person();
        let rows = family.rows.iter().skip(usize::from(is_by_person));
        let fields =
            if is_by_person { [Field::Name, Field::Born] } else { [Field::MemberName, Field::MemberBorn] };
        rows.filter_map(|row| self.member(row, fields)).collect()
    }

    fn member(&mut self, row: &SheetRow, [name, born]: [Field; 2]) -> Option<Member> {
        let own = |placed: Option<Placed>| {
            placed.filter(|placed| placed.says() && !text::says_none(&placed.text()))
        };
        let placed = own(self.first(row, name))?;
        let relation = own(self.first(row, Field::MemberRelation))
            .and_then(|placed| synonyms::relation(&text::squeeze(&placed.text())))
            .unwrap_or(Relation::Other);
        let name = names::read(&placed.text()).text;
        let name = self.fit(&placed, name, NAME_MAX);
        // Of relatives who are not read, a wrong date matters to nobody.
        let is_read = matches!(relation, Relation::Spouse | Relation::Child);
        let born = is_read.then(|| self.day(row, born)).flatten();
        let work = self.line(row, Field::MemberWork, LINE_MAX);
        let health = self.line(row, Field::MemberHealth, LINE_MAX);
        (!name.is_empty()).then_some(Member { relation, name, born, work, health })
    }
}
