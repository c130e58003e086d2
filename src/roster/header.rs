//! Finds the row that names the columns, and says what each column holds.
//!
//! Titles stand above it; it may have two rows, with merged cells over groups of columns. What a column holds comes from
//! [`crate::synonyms`], or from a mapping that a person edited or the office remembers.

use std::collections::BTreeMap;

use crate::{
    field::Field,
    mapping::{Column, Mapping},
    refusal::Refusal,
    sheet::{Sheet, SheetRow, letters},
    synonyms::{COLUMNS, OWN, WHAT, WHOSE, What, Whose},
    text,
};

/// So many rows with something in them are looked at.
const LOOKED_AT: usize = 40;

/// A cell with more signs is no name of a column.
const HEADER_WORDS_MAX: usize = 24;

/// Signs that count columns of one kind.
const COUNTS: &str = "一二三四五六";

/// So few recognised columns are no header.
const RECOGNISED_MIN: usize = 3;

/// A header as it was found.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its last row.
    pub row: u32,
    /// What its columns hold.
    pub mapping: Mapping,
    /// How many columns were recognised.
    pub recognised: usize,
}

/// Finds the header of a sheet. One that a person pointed at is the header, whatever it looks like.
///
/// # Errors
/// There is none, or it names no column for the worker's name.
pub fn find(sheet: &Sheet, known: Option<&Mapping>) -> Result<Header, Refusal> {
    match told(sheet, known).or_else(|| best(sheet, known)) {
        Some(header) => named(header),
        None => Err(Refusal::NoHeader),
    }
}

/// The header that a person pointed at, or that was found in this file before.
#[must_use]
pub fn told(sheet: &Sheet, known: Option<&Mapping>) -> Option<Header> {
    let mapping = known?;
    let header = at(sheet, mapping.header_row?, mapping.header_rows, known)?;
    (mapping.header_told || header.mapping.has(Field::Name)).then_some(header)
}

/// The texts of the rows where a header may stand.
pub fn texts(sheet: &Sheet) -> impl Iterator<Item = String> {
    let cells = sheet.rows.iter().take(LOOKED_AT).flat_map(SheetRow::cells);
    cells.map(|(_, cell)| text::tidy(&cell.text()))
}

fn named(header: Header) -> Result<Header, Refusal> {
    if header.mapping.has(Field::Name) { Ok(header) } else { Err(Refusal::NoNameColumn) }
}

/// The row that looks most like a header, though it may name no column for the name.
#[must_use]
pub fn best(sheet: &Sheet, known: Option<&Mapping>) -> Option<Header> {
    let mut best: Option<Header> = None;
    for row in sheet.rows.iter().take(LOOKED_AT) {
        for rows in [1, 2] {
            let Some(header) = at(sheet, row.number, rows, known) else { continue };
            let named = |header: &Header| (header.mapping.has(Field::Name), header.recognised);
            if header.recognised >= RECOGNISED_MIN
                && best.as_ref().is_none_or(|best| named(&header) > named(best))
            {
                best = Some(header);
            }
        }
    }
    best
}

/// The header that ends in a row and has so many rows, if it can be one.
fn at(sheet: &Sheet, last: u32, rows: u32, known: Option<&Mapping>) -> Option<Header> {
    let below = sheet.row(last)?;
    let is_pointed_at = known.is_some_and(|known| known.header_told && known.header_row == Some(last));
    let above = if rows == 2 { Some(sheet.row(last.checked_sub(1)?)?) } else { None };
    let names = names(below, above, is_pointed_at)?;
    let mut columns = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_told = Vec::new();
    for (at, (over, name)) in names {
        let header = if over.is_empty() || over == name { name.clone() } else { format!("{over}·{name}") };
        let nth = seen.entry(header.clone()).or_default();
        let said = known.and_then(|mapping| mapping.said_of(&header, *nth));
        *nth += 1;
        let field = match said {
            Some(column) => column.field,
            // A cell that names no column is one all the same where a person said so.
            None if is_pointed_at => {
                recognise(&over, &name).flatten().filter(|field| is_free(*field, &header, &columns))
            }
            None => recognise(&over, &name)?.filter(|field| is_free(*field, &header, &columns)),
        };
        is_told.push(said.is_some());
        let exported = said.is_none_or(|column| column.exported);
        columns.push(Column { at, letters: letters(at), header, field, exported });
    }
    settle_telephones(&mut columns, &is_told);
    let recognised = columns.iter().filter(|column| column.field.is_some()).count();
    settle_members(&mut columns, &is_told);
    // A row of a household has cells that are no names of columns; what a person told of its columns is a header.
    if recognised * 2 < columns.len() && !is_pointed_at && !is_told.iter().all(|told| *told) {
        return None;
    }
    let sheet_name = (!sheet.name.is_empty()).then(|| sheet.name.clone());
    let mapping = Mapping {
        sheet: sheet_name,
        header_row: Some(last),
        header_rows: rows,
        header_told: is_pointed_at,
        columns,
        categories: known.map(|known| known.categories.clone()).unwrap_or_default(),
    };
    Some(Header { row: last, recognised, mapping })
}

/// Of members of the family nothing is read where no column says what they are to the worker: they are kept as they are.
/// What a person said of a column holds.
fn settle_members(columns: &mut [Column], is_told: &[bool]) {
    if columns.iter().any(|column| column.field == Some(Field::MemberRelation)) {
        return;
    }
    let untold = columns.iter_mut().zip(is_told).filter(|(_, told)| !**told).map(|(column, _)| column);
    for column in untold.filter(|column| column.field.is_some_and(Field::is_of_member)) {
        column.field = None;
    }
}

fn is_free(field: Field, header: &str, columns: &[Column]) -> bool {
    let mut taken = columns.iter().filter(|column| column.field == Some(field));
    // 责任人1 and 责任人2 are several; 联系人 beside 帮扶责任人 is somebody else.
    let is_counted = |column: &Column| uncounted(&column.header) == uncounted(header);
    if field == Field::Helpers { taken.all(is_counted) } else { field.may_repeat() || taken.next().is_none() }
}

/// The name of a column without its count.
fn uncounted(header: &str) -> String {
    let is_count = |sign: char| sign.is_ascii_digit() || COUNTS.contains(sign);
    text::key(header).replace(is_count, "")
}

/// The names of every column: of the group above, and its own. `None` if a cell is too long for a name, unless a person
/// pointed at it.
fn names(
    below: &SheetRow,
    above: Option<&SheetRow>,
    is_pointed_at: bool,
) -> Option<Vec<(u16, (String, String))>> {
    let plain = |row: &SheetRow, column: u16| {
        row.get(column).map(|cell| text::tidy(&cell.text())).filter(|name| !name.is_empty())
    };
    let last = [Some(below), above]
        .into_iter()
        .flatten()
        .flat_map(SheetRow::cells)
        .map(|(column, _)| column)
        .max()?;
    let mut found = Vec::new();
    let mut group = String::new();
    for column in 0..=last {
        let own = plain(below, column);
        let over = above.and_then(|above| plain(above, column));
        if above.is_some() {
            match (&over, &own) {
                (Some(over), _) => group.clone_from(over),
                // The group goes on under its merged cells, or in a .csv under blank ones.
                (None, Some(_)) => {}
                (None, None) => group.clear(),
            }
        }
        let (over, own) = match (own, over) {
            (Some(own), _) => (group.clone(), own),
            (None, Some(over)) => (String::new(), over),
            (None, None) => continue,
        };
        let is_long = |name: &str| name.chars().count() > HEADER_WORDS_MAX;
        if !is_pointed_at && (is_long(&own) || is_long(&over)) {
            return None;
        }
        found.push((column, (over, own)));
    }
    // Two rows are a header only if the upper one names something of its own.
    let grouped = found.iter().any(|(_, (over, own))| !over.is_empty() && over != own);
    let is_pair = above.is_none() || (grouped && found.iter().any(|(_, (over, _))| over.is_empty()));
    (is_pointed_at || (is_pair && found.len() >= RECOGNISED_MIN)).then_some(found)
}

/// What a column holds by its name and the name of its group. `Some(None)` is a name nobody knows; `None` is a cell
/// that names no column at all.
#[expect(clippy::option_option, reason = "a name nobody knows is not the same as no name")]
fn recognise(over: &str, name: &str) -> Option<Option<Field>> {
    if let Some(field) = along_with(over, name) {
        return Some(Some(field));
    }
    let (over, own) = (text::key(over), text::key(name));
    if own.is_empty() {
        return Some(None);
    }
    let own = without_number(&own);
    let of_group = WHOSE.inside(&over).filter(|whose| *whose != Whose::Worker);
    let of_own = WHOSE.inside(own).or_else(|| is_anothers_telephone(own).then_some(Whose::Another));
    let combined = |whose: Option<Whose>| {
        let what = WHAT.inside(own)?;
        combine(whose?, what)
    };
    if let Some(field) = of_helper(own).filter(|_| COLUMNS.exactly(own).is_none()) {
        return Some(Some(field));
    }
    if of_own.is_none()
        && let Some(field) = combined(of_group)
    {
        return Some(Some(field));
    }
    let field = COLUMNS
        .exactly(own)
        .or_else(|| COLUMNS.exactly(own.trim_end_matches(|sign| COUNTS.contains(sign))))
        .or_else(|| combined(of_own))
        .or_else(|| COLUMNS.exactly(without_number(&over)).filter(|_| of_group.is_some() && is_ordinal(own)))
        .or_else(|| combined(Some(Whose::Worker)).filter(|_| of_own != Some(Whose::Another)));
    Some(field)
}

/// Whose names a column holds along with their telephones or work: 帮扶责任人及联系电话, 配偶姓名及工作单位. The names count;
/// what stands beside them is read with them.
fn along_with(over: &str, name: &str) -> Option<Field> {
    let plain = text::squeeze(name);
    let (names, beside) = plain.rsplit_once(['、', ',', '/', '\\', '及', '和', '与', '+', '&'])?;
    let beside = text::key(beside);
    let named = recognise(over, names.trim_end_matches('以')).flatten()?;
    let is_along = match WHAT.inside(&beside)? {
        What::Telephone => is_named_with_telephones(named) && !is_anothers_telephone(&beside),
        What::Work => named == Field::SpouseName,
        _ => false,
    };
    is_along.then_some(named)
}

const fn is_named_with_telephones(field: Field) -> bool {
    matches!(field, Field::Helpers | Field::Leader | Field::UnionOfficer | Field::LineManager)
}

/// Whether the cells of a column of spouses' names say their work too.
#[must_use]
pub fn names_work(header: &str) -> bool {
    WHAT.inside(&text::key(header)) == Some(What::Work)
}

/// The name or the telephone of whoever has a column of their own: 领导电话, 车间主任手机号, 工会专干姓名.
fn of_helper(name: &str) -> Option<Field> {
    let what = WHAT.inside(name).filter(|what| matches!(what, What::Name | What::Telephone))?;
    let (rest, _) = words(what).find_map(|word| name.split_once(word))?;
    let telephone =
        telephone_beside(COLUMNS.exactly(rest.trim_end_matches("联系").trim_end_matches("姓名"))?);
    if what == What::Telephone { telephone } else { telephone.and(COLUMNS.exactly(rest)) }
}

fn words(what: What) -> impl Iterator<Item = &'static str> {
    WHAT.lines().filter(move |(one, _)| *one == what).flat_map(|(_, words)| words.iter().copied())
}

/// Whether it is the telephone of somebody whom no other word tells: what is left of its name is no word that one's own
/// is named with. Nobody else's is taken for the household's.
fn is_anothers_telephone(name: &str) -> bool {
    let Some(word) = words(What::Telephone).find(|word| name.contains(word)) else { return false };
    !OWN.iter().fold(name.replacen(word, "", 1), |rest, own| rest.replace(own, "")).is_empty()
}

/// The name without a count before or behind it: 子女1姓名 and 姓名2 are counted by their order.
fn without_number(name: &str) -> &str {
    let trimmed = name.trim_matches(|sign: char| sign.is_ascii_digit());
    if trimmed.is_empty() { name } else { trimmed }
}

fn is_ordinal(name: &str) -> bool {
    name.chars().all(|sign| sign.is_ascii_digit() || "一二三四五六第个人位".contains(sign))
}

/// What is said of whom, as a column.
fn combine(whose: Whose, what: What) -> Option<Field> {
    Some(match (whose, what) {
        (_, What::Kept) => Field::Kept,
        (Whose::Another, _) => return None,
        (Whose::Worker, What::Name) => Field::Name,
        (Whose::Worker, What::Telephone) => Field::Telephone,
        (Whose::Worker, What::Born) => Field::Born,
        (Whose::Worker, What::IdNumber) => Field::IdNumber,
        (Whose::Worker, What::Sex) => Field::Sex,
        (Whose::Worker, What::Health) => Field::Kept,
        (Whose::Worker, What::Relation) => Field::MemberRelation,
        (Whose::Worker, _) => return None,
        (Whose::Spouse, What::Name) => Field::SpouseName,
        (Whose::Spouse, What::Telephone) => Field::SpouseTelephone,
        (Whose::Spouse, What::Work) => Field::SpouseWork,
        (Whose::Spouse, What::Health) => Field::SpouseHealth,
        (Whose::Child, What::Name) => Field::ChildName,
        (Whose::Child, What::Born) => Field::ChildBorn,
        (Whose::Child, What::School | What::Work) => Field::ChildSchool,
        (Whose::Child, What::Stage) => Field::ChildStage,
        (Whose::Child, What::Grade) => Field::ChildGrade,
        (Whose::Child, What::Cost) => Field::ChildCost,
        (Whose::Member, What::Name) => Field::MemberName,
        (Whose::Member, What::Born) => Field::MemberBorn,
        (Whose::Member, What::Work | What::School) => Field::MemberWork,
        (Whose::Member, What::Health) => Field::MemberHealth,
        (Whose::Member, What::Relation) => Field::MemberRelation,
        (Whose::Helper, What::Name) => Field::Helpers,
        (Whose::Helper, What::Telephone) => Field::HelperTelephones,
        (Whose::Leader, What::Name) => Field::Leader,
        (Whose::UnionOfficer, What::Name) => Field::UnionOfficer,
        (Whose::LineManager, What::Name) => Field::LineManager,
        (Whose::Leader, What::Telephone) => Field::LeaderTelephone,
        (Whose::UnionOfficer, What::Telephone) => Field::UnionOfficerTelephone,
        (Whose::LineManager, What::Telephone) => Field::LineManagerTelephone,
        (_, _) => Field::Kept,
    })
}

/// The telephone of whom a column names.
pub(crate) const fn telephone_beside(named: Field) -> Option<Field> {
    Some(match named {
        Field::Leader => Field::LeaderTelephone,
        Field::UnionOfficer => Field::UnionOfficerTelephone,
        Field::LineManager => Field::LineManagerTelephone,
        Field::Helpers => Field::HelperTelephones,
        Field::SpouseName | Field::SpouseWork => Field::SpouseTelephone,
        _ => return None,
    })
}

/// Whose the bare 电话 are that stand right of somebody's name: that person's, unless it is the only one of the sheet.
fn settle_telephones(columns: &mut [Column], is_told: &[bool]) {
    let is_bare = |column: &Column| {
        let own = column.header.rsplit('·').next().unwrap_or_default();
        matches!(
            without_number(&text::key(own)),
            "电话" | "联系电话" | "手机" | "手机号" | "手机号码" | "联系方式"
        )
    };
    let fields: Vec<Option<Field>> = columns.iter().map(|column| column.field).collect();
    let beside = |at: usize| {
        at.checked_sub(1).and_then(|before| telephone_beside(fields.get(before).copied().flatten()?))
    };
    let bare: Vec<(usize, Field)> = columns
        .iter()
        .enumerate()
        .filter(|(at, column)| is_bare(column) && !is_told.get(*at).copied().unwrap_or(false))
        .filter_map(|(at, column)| Some((at, column.field?)))
        .filter(|(_, field)| matches!(field, Field::Telephone | Field::HelperTelephones))
        .collect();
    let of_household = fields.iter().filter(|field| **field == Some(Field::Telephone)).count();
    // A column of its own for the helpers' telephones: theirs stand there.
    let in_one = fields.contains(&Some(Field::HelperTelephones))
        && !bare.iter().any(|(_, field)| *field == Field::HelperTelephones);
    let counts: Vec<bool> =
        columns.iter().map(|column| column.header.ends_with(|sign: char| sign.is_ascii_digit())).collect();
    let counted = |at: usize| counts.get(at).copied().unwrap_or(false);
    for (at, field) in bare {
        let Some(theirs) = beside(at) else { continue };
        let is_spouse = theirs == Field::SpouseTelephone;
        // 电话1 is the first of somebody's, but beside 责任人1 it is that one's.
        let [is_counted, is_one_of] = [Some(at), at.checked_sub(1)].map(|at| at.is_some_and(counted));
        if is_counted && !is_one_of {
            continue;
        }
        let settled = field == Field::HelperTelephones || (of_household > 1 && (is_spouse || !in_one));
        if let Some(column) = columns.get_mut(at).filter(|_| settled) {
            column.field = Some(theirs);
        }
    }
}
