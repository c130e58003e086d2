//! From bytes to a [`Reading`]: which container, which sheet, which header, then household by household.

use std::collections::{BTreeSet, HashSet};

use domain::day::Day;
use serde::Serialize;

use crate::{
    dated::{self, Dated},
    family::{self, Families},
    field::Field,
    finding::{Code, Finding},
    header::{self, Header},
    household::Household,
    mapping::{Column, Mapping},
    people::{self, Branch, Helper, Question},
    read_as::ReadAs,
    reader::{Carried, Reader},
    refusal::{FILE_BYTES_MAX, Refusal},
    repeats, separated,
    sheet::{Sheet, letters},
    text, workbook,
};

/// What reading needs to be told.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// The day it is: a birth date after it is none.
    pub today: Day,
    /// The union's categories, by name.
    pub categories: &'a [String],
    /// What a person said of the columns, or the office remembers of the last file; `None` to have it proposed.
    pub mapping: Option<&'a Mapping>,
}

/// What a sheet says.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Reading {
    /// Which column holds what: proposed, or as it was told.
    pub mapping: Mapping,
    /// Every household of the sheet, those that are held back too.
    pub households: Vec<Household>,
    /// The units it names.
    pub units: Vec<Branch>,
    /// Who answers for the households.
    pub helpers: Vec<Helper>,
    /// Helpers who may be one person: a person must say.
    pub questions: Vec<Question>,
    /// What is not as it should be, by row.
    pub findings: Vec<Finding>,
    /// The same of rows that repeat others: it matters only where they turn out to be households of their own.
    #[serde(skip)]
    pub(crate) of_repeats: Vec<Finding>,
    /// Words that were taken for others.
    #[serde(skip)]
    pub read_as: ReadAs,
    /// The day that the sheet says of itself.
    pub dated: Option<Dated>,
}

impl Reading {
    /// Gathers units and helpers anew from the households that are no repeats.
    pub(crate) fn gather(&mut self) {
        self.units = people::units(&self.households);
        self.helpers = people::helpers(&self.households);
        self.questions = people::questions(&self.helpers);
    }
}

/// A file whose sheets lie in memory: it is looked into as often as one likes, and opened once.
#[derive(Clone, PartialEq, Debug)]
pub struct Opened {
    pub(crate) sheets: Vec<Sheet>,
}

/// Opens a file.
///
/// # Errors
/// It cannot be opened at all.
pub fn open(bytes: &[u8]) -> Result<Opened, Refusal> {
    Ok(Opened { sheets: sheets(bytes, None)? })
}

/// Reads a roster; of a workbook only the sheet that is wanted.
///
/// # Errors
/// The file is not read at all; each refusal has its sentence.
pub fn read(bytes: &[u8], how: &How<'_>) -> Result<Reading, Refusal> {
    let wanted = how.mapping.and_then(|mapping| mapping.sheet.as_deref());
    Opened { sheets: sheets(bytes, wanted)? }.read(how)
}

impl Opened {
    /// Reads a roster. The sheets are let go with it: their cells lie in the households.
    ///
    /// # Errors
    /// The file is not read at all; each refusal has its sentence.
    pub fn read(mut self, how: &How<'_>) -> Result<Reading, Refusal> {
        let wanted = how.mapping.and_then(|mapping| mapping.sheet.as_deref());
        if self.sheets.iter().any(|sheet| Some(sheet.name.as_str()) == wanted) {
            self.sheets.retain(|sheet| Some(sheet.name.as_str()) == wanted);
        }
        read_sheets(&self.sheets, how)
    }
}

fn read_sheets(sheets: &[Sheet], how: &How<'_>) -> Result<Reading, Refusal> {
    let Chosen { read, mut findings } = choose(sheets, how.mapping)?;
    let mut read_as = ReadAs::default();
    let mut dated = None;
    let is_one = read.len() == 1;
    let mut households: Vec<Household> = Vec::new();
    let mut mapping = Mapping::default();
    let mut totals = Vec::new();
    for (sheet, header) in read.into_iter().rev() {
        let title_ends = header.row;
        let OneSheet {
            households: mut of_sheet,
            findings: mut found,
            totals: said,
            mapping: of_columns,
            words,
        } = one_sheet(sheet, header, how, is_one);
        let last = of_sheet.last().map_or(title_ends, |household| household.last_row());
        dated = dated::of_sheet(sheet, (title_ends, last), how.today).or(dated);
        read_as.extend(words);
        if !is_one {
            of_sheet.iter_mut().for_each(|household| household.sheet.clone_from(&sheet.name));
            found.iter_mut().for_each(|finding| finding.sheet.clone_from(&sheet.name));
        }
        households.splice(0..0, of_sheet);
        findings.splice(0..0, found);
        mapping = of_columns;
        totals = said;
    }
    // Told back, it shall be read as it was: all of them.
    mapping.sheet = mapping.sheet.filter(|_| is_one);
    let repeats = repeats::mark(&mut households);
    // Of a repeat nothing matters but that it is one.
    let repeated: HashSet<(&str, u32)> =
        households.iter().filter(|one| one.is_repeat()).map(|one| (one.sheet.as_str(), one.row)).collect();
    let is_in_repeat = |finding: &Finding| repeated.contains(&(finding.sheet.as_str(), finding.row));
    let (of_repeats, mut findings): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(is_in_repeat);
    findings.extend(repeats);
    findings.extend(last_total(&totals, &households).filter(|_| is_one));
    let place = |name: &str| sheets.iter().position(|sheet| sheet.name == name);
    findings.sort_by(|one, other| {
        place(&one.sheet).cmp(&place(&other.sheet)).then_with(|| one.order().cmp(&other.order()))
    });
    let helpers = people::helpers(&households);
    Ok(Reading {
        units: people::units(&households),
        questions: people::questions(&helpers),
        helpers,
        mapping,
        households,
        findings,
        of_repeats,
        read_as,
        dated,
    })
}

/// What one sheet says.
struct OneSheet {
    households: Vec<Household>,
    findings: Vec<Finding>,
    totals: Vec<(u32, u32)>,
    mapping: Mapping,
    words: ReadAs,
}

/// The households of one sheet, and what was found in it.
fn one_sheet(sheet: &Sheet, mut header: Header, how: &How<'_>, is_one: bool) -> OneSheet {
    let Families { families, totals, not_understood } = family::families(sheet, &header);
    unnamed_columns(&mut header.mapping, &families);
    let header = header;
    let mut reader = Reader {
        sheet,
        mapping: &header.mapping,
        categories: how.categories,
        today: how.today,
        branch: if is_one { "" } else { &sheet.name },
        findings: Vec::new(),
        read_as: ReadAs::default(),
    };
    let mut carried = Carried::new(is_carried(&header.mapping, sheet, &families));
    let households: Vec<Household> =
        families.iter().filter_map(|family| reader.household(family, &mut carried)).collect();
    let (mut findings, words) = (reader.findings, reader.read_as);
    findings.extend(unknown_columns(&header));
    findings.extend(not_understood.into_iter().map(|row| {
        let mut finding = Finding::of_row(row.number, Code::RowNotUnderstood);
        let cells: Vec<String> = row.cells().map(|(_, cell)| text::tidy(&cell.text())).collect();
        finding.cell = cells.join(" ").chars().take(80).collect();
        finding
    }));
    OneSheet { households, findings, totals, mapping: header.mapping, words }
}

/// Columns that hold something of a household, but have no name: they are kept by their letters.
fn unnamed_columns(mapping: &mut Mapping, families: &[family::Family<'_>]) {
    let rows = families.iter().flat_map(|family| &family.rows);
    let used: BTreeSet<u16> = rows.flat_map(|row| row.cells().map(|(column, _)| column)).collect();
    for at in used {
        if mapping.at(at).is_none() {
            let letters = letters(at);
            mapping.columns.push(Column {
                at,
                header: letters.clone(),
                letters,
                field: None,
                exported: true,
            });
        }
    }
    mapping.columns.sort_by_key(|column| column.at);
}

/// The sheets of a file; the one that is wanted, if it is there.
///
/// # Errors
/// The file is not read at all.
pub(crate) fn sheets(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Sheet>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Refusal::TooLarge { bytes: bytes.len() });
    }
    if bytes.starts_with(workbook::OLE) {
        return Err(workbook::in_ole(bytes));
    }
    if bytes.starts_with(workbook::ZIP) {
        return match workbook::read(bytes, wanted) {
            // The sheet a mapping remembers may be named otherwise this year.
            Err(Refusal::NoSuchSheet) => workbook::read(bytes, None),
            read => read,
        };
    }
    Ok(vec![separated::read(bytes)?])
}

/// The sheets to be read, and findings for others that look like a roster too.
struct Chosen<'a> {
    read: Vec<(&'a Sheet, Header)>,
    findings: Vec<Finding>,
}

/// The sheet that looks most like a roster; with it the others of a roster that has a sheet for each branch.
fn choose<'a>(sheets: &'a [Sheet], known: Option<&Mapping>) -> Result<Chosen<'a>, Refusal> {
    let mut rosters: Vec<(&Sheet, Header)> = Vec::new();
    let mut refusal = Refusal::Empty;
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        match header::find(sheet, known) {
            Ok(header) => rosters.push((sheet, header)),
            Err(Refusal::NoNameColumn) => refusal = Refusal::NoNameColumn,
            Err(other) if refusal == Refusal::Empty => refusal = other,
            Err(_) => {}
        }
    }
    let weight = |(sheet, header): &&(&Sheet, Header)| (header.recognised.min(6), sheet.rows.len());
    // Of two that look alike the first.
    let best = rosters.iter().rev().max_by_key(weight).ok_or(refusal)?;
    let (best_name, best_columns) = (best.0.name.clone(), best.1.mapping.columns.clone());
    let belongs = |sheet: &Sheet, header: &Header| {
        sheet.name == best_name
            || (header.mapping.columns == best_columns && is_unit(&sheet.name) && is_unit(&best_name))
    };
    let (read, others): (Vec<_>, Vec<_>) =
        rosters.into_iter().partition(|(sheet, header)| belongs(sheet, header));
    let with_rows = others
        .into_iter()
        .filter(|(sheet, header)| sheet.rows.last().is_some_and(|row| row.number > header.row));
    let findings = with_rows.map(|(sheet, header)| {
        let mut finding = Finding::of_row(header.row, Code::SheetNotRead);
        finding.cell.clone_from(&sheet.name);
        finding
    });
    Ok(Chosen { read, findings: findings.collect() })
}

/// Whether a sheet is named after a unit, not after a year, a version or a kind of list.
fn is_unit(name: &str) -> bool {
    let plain = text::squeeze(name);
    let is_other = [
        "年", "月", "表", "册", "旧", "备", "副本", "说明", "汇总", "名单", "台账", "模板", "样", "示例",
        "全部",
    ];
    plain.chars().filter(|sign| text::is_han(*sign)).count() >= 2
        && !plain.chars().any(|sign| sign.is_ascii_digit())
        && !is_other.iter().any(|word| plain.contains(word))
}

/// Whether the sheet names a branch only in the first row of a block, as merged cells do once they are a .csv.
fn is_carried(mapping: &Mapping, sheet: &Sheet, families: &[family::Family<'_>]) -> bool {
    let Some(column) = mapping.column_of(Field::Branch) else { return false };
    let named = families
        .iter()
        .filter_map(|family| family.rows.first())
        .filter(|row| sheet.seen(row, column).is_some_and(|cell| !text::says_nothing(&cell.text())))
        .count();
    let first_is_named = families
        .first()
        .and_then(|family| family.rows.first())
        .is_some_and(|row| sheet.seen(row, column).is_some());
    first_is_named && named * 2 < families.len()
}

fn unknown_columns(header: &Header) -> Vec<Finding> {
    let has_relation = header.mapping.has(Field::MemberRelation);
    let is_unread = |field: Field| field.is_of_member() && !has_relation;
    let unknown = header.mapping.columns.iter().filter(|column| column.field.is_none_or(is_unread));
    let finding = |column: &Column| {
        let code = if column.field.is_some() { Code::MembersUnread } else { Code::ColumnUnknown };
        let mut finding = Finding::of_row(header.row, code);
        finding.column.clone_from(&column.header);
        finding.letters.clone_from(&column.letters);
        finding
    };
    unknown.map(finding).collect()
}

/// The grand total at the end, where it says another number of households than there are.
fn last_total(totals: &[(u32, u32)], households: &[Household]) -> Option<Finding> {
    let (row, said) = *totals.last()?;
    let last = households.last()?.row;
    let counted = households.iter().filter(|household| !household.is_repeat()).count();
    let differs = usize::try_from(said).ok()? != counted && usize::try_from(said).ok()? != households.len();
    // A total of the last section is no total of all.
    if row < last || !differs || totals.len() > 1 && usize::try_from(said).ok()? < counted / 2 {
        return None;
    }
    let mut finding = Finding::of_row(row, Code::TotalDiffers);
    finding.cell = said.to_string();
    finding.against = counted.to_string();
    Some(finding)
}

#[cfg(test)]
pub(crate) mod tests;
