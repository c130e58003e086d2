//! Which rows belong to one household, and which to none: titles, sums, signatures, notes, bands over a section.
//!
//! Tells rows apart; what their cells mean is read elsewhere.

use std::collections::BTreeSet;

use crate::{
    field::Field,
    header::Header,
    id_number,
    mapping::Mapping,
    names,
    sheet::{Sheet, SheetRow},
    synonyms::{self, NOTE, Relation, SIGNATURE, SUBTOTAL},
    text,
};

/// No family has more rows; what goes on longer is no family.
const ROWS_MAX: usize = 40;

/// The rows of one household.
#[derive(Clone, Debug)]
pub struct Family<'a> {
    /// Its rows; the first names the worker.
    pub rows: Vec<&'a SheetRow>,
    /// The band above it: a line of its own that names a unit or a category.
    pub band: String,
}

/// What the rows below the header are.
#[derive(Clone, Debug, Default)]
pub struct Families<'a> {
    /// The households.
    pub families: Vec<Family<'a>>,
    /// Rows that say how many households there are above them, and the number.
    pub totals: Vec<(u32, u32)>,
    /// Rows that are nothing known.
    pub not_understood: Vec<&'a SheetRow>,
}

enum Kind {
    Header,
    Subtotal,
    Aside,
    Band(String),
    First,
    Further,
    Unknown,
}

/// Parts the rows below a header.
#[must_use]
pub fn families<'a>(sheet: &'a Sheet, header: &Header) -> Families<'a> {
    let parting = Parting { sheet, mapping: &header.mapping };
    let mut found = Families::default();
    let mut band = String::new();
    for row in sheet.rows.iter().filter(|row| row.number > header.row) {
        match parting.kind(row, found.families.last()) {
            Kind::Header | Kind::Aside => {}
            Kind::Subtotal => found.totals.extend(total(row).map(|total| (row.number, total))),
            Kind::Band(text) => band = text,
            Kind::First => found.families.push(Family { rows: vec![row], band: band.clone() }),
            Kind::Further => match found.families.last_mut().filter(|family| family.rows.len() < ROWS_MAX) {
                Some(family) => family.rows.push(row),
                None => found.not_understood.push(row),
            },
            Kind::Unknown => found.not_understood.push(row),
        }
    }
    found
}

struct Parting<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
}

impl Parting<'_> {
    fn kind(&self, row: &SheetRow, before: Option<&Family<'_>>) -> Kind {
        let id = self.text(row, Field::IdNumber);
        let has_id = id.chars().filter(char::is_ascii_digit).count() >= 15;
        if self.is_header(row) {
            return Kind::Header;
        }
        if !has_id && let Some(kind) = self.aside(row) {
            return kind;
        }
        let name = self.text(row, Field::Name);
        if self.is_inside_merge(row) || self.is_member(row) {
            return Kind::Further;
        }
        if !name.is_empty() || !id.is_empty() {
            return if before.is_some_and(|family| self.goes_on(family, row)) {
                Kind::Further
            } else {
                Kind::First
            };
        }
        if self.is_first_without_name(row, before) {
            return Kind::First;
        }
        if self.of_many(row) { Kind::Further } else { Kind::Unknown }
    }

    fn text(&self, row: &SheetRow, field: Field) -> String {
        let cells = self.mapping.columns_of(field).map(|column| text::squeeze(&row.text(column)));
        cells.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The header printed again on the next page.
    fn is_header(&self, row: &SheetRow) -> bool {
        let same = |(at, cell): (u16, &crate::sheet::Cell)| {
            self.mapping.at(at).is_some_and(|column| {
                let own = column.header.rsplit('·').next().unwrap_or_default();
                text::tidy(&cell.text()) == own
            })
        };
        row.len() >= 3 && row.cells().filter(|cell| same(*cell)).count() * 2 > row.len()
    }

    /// Sums, signatures, notes and bands.
    fn aside(&self, row: &SheetRow) -> Option<Kind> {
        let words: Vec<String> = row.cells().take(6).map(|(_, cell)| text::squeeze(&cell.text())).collect();
        let begins = |list: &[&str], word: &String| {
            list.iter().any(|one| {
                word.to_lowercase().starts_with(one) || word.trim_matches(['(', ')']).starts_with(one)
            })
        };
        let is_sum =
            |word: &String| begins(&SUBTOTAL, word) || word.ends_with("小计") || word.ends_with("合计");
        if words.iter().any(is_sum) {
            return Some(Kind::Subtotal);
        }
        let few = row.len() <= 8
            && self.text(row, Field::Telephone).chars().filter(char::is_ascii_digit).count() < 7;
        let signed = |word: &String| {
            SIGNATURE.iter().any(|one| word.starts_with(one) || word.ends_with(&format!("{one}:")))
        };
        if few && words.iter().any(signed) {
            return Some(Kind::Aside);
        }
        let [only] = words.as_slice() else { return None };
        let marked = |word: &&&str| {
            only.strip_prefix(**word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', '、', '1']))
        };
        if NOTE.iter().any(|word| marked(&word)) || only.starts_with('*') || only.chars().count() > 40 {
            return Some(Kind::Aside);
        }
        let (at, _) = row.cells().next()?;
        let field = self.mapping.at(at).and_then(|column| column.field);
        let is_wide = self.sheet.merge_at(row.number, at).is_some_and(|merge| merge.right > merge.left + 1);
        let is_page = only.starts_with('第') && only.contains('页');
        if is_page || (only.len() <= 4 && only.chars().all(|sign| sign.is_ascii_digit())) {
            return Some(Kind::Aside);
        }
        let may_be_band = match field {
            None | Some(Field::Serial | Field::Category | Field::Branch | Field::Group) => true,
            Some(Field::Name) => {
                only.chars().count() > 4 || only.ends_with(['厂', '部', '场', '站', '院', '矿', '队', '关'])
            }
            // A line of words where the table begins, over a column of numbers or whatever it is.
            Some(field) => {
                let is_leftmost = self.mapping.columns.first().is_some_and(|first| first.at == at);
                let words = only.chars().filter(|sign| text::is_han(*sign)).count();
                is_leftmost
                    && words >= 2
                    && !field.is_of_child()
                    && !field.is_of_member()
                    && only.chars().filter(char::is_ascii_digit).count() < 7
            }
        };
        (is_wide || may_be_band).then(|| Kind::Band(band(only)))
    }

    /// The name's cell is merged with the one above: the row goes on with that household.
    fn is_inside_merge(&self, row: &SheetRow) -> bool {
        let inside =
            |column| self.sheet.merge_at(row.number, column).is_some_and(|merge| merge.top < row.number);
        self.mapping.columns_of(Field::Name).chain(self.mapping.columns_of(Field::IdNumber)).any(inside)
    }

    /// A sheet with a row for every person: the relation says that this is not the worker.
    fn is_member(&self, row: &SheetRow) -> bool {
        self.mapping.is_by_person()
            && matches!(
                synonyms::relation(&self.text(row, Field::MemberRelation)),
                Some(Relation::Spouse | Relation::Child | Relation::Other)
            )
    }

    /// The same name and ID number again, with another child: a sheet that repeats the household on each child's row.
    fn goes_on(&self, family: &Family<'_>, row: &SheetRow) -> bool {
        let Some(first) = family.rows.first().filter(|_| family.rows.len() < ROWS_MAX) else { return false };
        let same = |field| {
            let here = self.text(row, field);
            !here.is_empty() && here == self.text(first, field)
        };
        let same_person = same(Field::Name)
            && match id_number::read(&crate::sheet::Cell::Text(self.text(row, Field::IdNumber)), true) {
                Some(_) => same(Field::IdNumber),
                None => same(Field::Telephone) || same(Field::Born) || same(Field::Address),
            };
        let further = [Field::ChildName, Field::MemberName].into_iter().any(|field| {
            let there: BTreeSet<String> =
                family.rows.iter().map(|row| names::read(&self.text(row, field)).text).collect();
            let here = names::read(&self.text(row, field)).text;
            !here.is_empty() && !there.contains(&here)
        });
        same_person && further
    }

    /// A household whose name was left out: it says more of its own than a further row of the family above would.
    fn is_first_without_name(&self, row: &SheetRow, before: Option<&Family<'_>>) -> bool {
        let first = before.and_then(|family| family.rows.first());
        let is_new = |field: &Field| {
            let here = self.text(row, *field);
            !here.is_empty() && first.is_none_or(|first| self.text(first, *field) != here)
        };
        let own = [
            Field::Category,
            Field::Branch,
            Field::Group,
            Field::Telephone,
            Field::Address,
            Field::Born,
            Field::Marital,
            Field::Sex,
            Field::SpouseName,
        ];
        let count = own.iter().filter(|field| is_new(field)).count();
        count >= 2 || (count == 1 && is_new(&Field::Serial))
    }

    /// Something that a family's further row can say.
    fn of_many(&self, row: &SheetRow) -> bool {
        let of_many = |column: u16| {
            self.mapping.at(column).is_some_and(|column| column.field.is_none_or(Field::is_of_many))
        };
        row.cells().any(|(column, _)| of_many(column))
    }
}

/// The words of a band without its number and its count: `一、动力厂（35户）` is 动力厂.
fn band(text: &str) -> String {
    let text = text
        .split('(')
        .find(|part| part.chars().filter(|sign| text::is_han(*sign)).count() > 1)
        .unwrap_or(text);
    let text = match text.split_once(['、', '.', ')']) {
        Some((count, rest)) if count.chars().count() <= 3 && !rest.is_empty() => rest,
        _ => text,
    };
    text.split([':', '：']).next().unwrap_or(text).trim_end_matches(')').to_owned()
}

/// How many households a sum says: `312户`.
fn total(row: &SheetRow) -> Option<u32> {
    row.cells().find_map(|(_, cell)| {
        let text = text::squeeze(&cell.text());
        let number = text.strip_suffix('户')?;
        let digits: String = number.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect::<String>().parse().ok()
    })
}
