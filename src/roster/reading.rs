//! From bytes to a [`Reading`]: which container, which sheet, which header, then household by household.

use domain::day::Day;
use serde::Serialize;

use crate::{
    family::{self, Families},
    field::Field,
    finding::{Code, Finding},
    header::{self, Header},
    household::Household,
    mapping::Mapping,
    people::{self, Branch, Helper, Question},
    reader::{Carried, Reader},
    refusal::{FILE_BYTES_MAX, Refusal},
    repeats, separated,
    sheet::Sheet,
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
}

/// Reads a roster.
///
/// # Errors
/// The file is not read at all; each refusal has its sentence.
pub fn read(bytes: &[u8], how: &How<'_>) -> Result<Reading, Refusal> {
    let sheets = sheets(bytes, how.mapping.and_then(|mapping| mapping.sheet.as_deref()))?;
    let (sheet, header, others) = choose(&sheets, how.mapping)?;
    let Families { families, totals, not_understood } = family::families(sheet, &header);
    let mut reader = Reader {
        sheet,
        mapping: &header.mapping,
        categories: how.categories,
        today: how.today,
        findings: others,
    };
    let mut carried = Carried::new(is_carried(&header.mapping, sheet, &families));
    let mut households: Vec<Household> =
        families.iter().filter_map(|family| reader.household(family, &mut carried)).collect();
    let mut findings = reader.findings;
    let repeats = repeats::mark(&mut households);
    // Of a repeat nothing matters but that it is one.
    let repeated: Vec<u32> = households.iter().filter(|one| one.is_repeat()).map(|one| one.row).collect();
    findings.retain(|finding| repeated.binary_search(&finding.row).is_err());
    findings.extend(repeats);
    findings.extend(unknown_columns(&header));
    findings.extend(not_understood.into_iter().map(|row| {
        let mut finding = Finding::of_row(row.number, Code::RowNotUnderstood);
        let cells: Vec<String> = row.cells().map(|(_, cell)| text::tidy(&cell.text())).collect();
        finding.cell = cells.join(" ").chars().take(80).collect();
        finding
    }));
    findings.extend(last_total(&totals, &households));
    findings.sort_by(|one, other| one.order().cmp(&other.order()));
    let helpers = people::helpers(&households);
    Ok(Reading {
        units: people::units(&households),
        questions: people::questions(&helpers),
        helpers,
        mapping: header.mapping,
        households,
        findings,
    })
}

fn sheets(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Sheet>, Refusal> {
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

/// The sheet that looks most like a roster, and findings for others that look like one too.
fn choose<'a>(
    sheets: &'a [Sheet],
    known: Option<&Mapping>,
) -> Result<(&'a Sheet, Header, Vec<Finding>), Refusal> {
    let mut best: Option<(&Sheet, Header)> = None;
    let mut others: Vec<(&Sheet, Header)> = Vec::new();
    let mut refusal = Refusal::Empty;
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        let header = match header::find(sheet, known) {
            Ok(header) => header,
            Err(Refusal::NoNameColumn) => {
                refusal = Refusal::NoNameColumn;
                continue;
            }
            Err(other) => {
                refusal = if refusal == Refusal::Empty { other } else { refusal };
                continue;
            }
        };
        let weight = |sheet: &Sheet, header: &Header| (header.recognised.min(6), sheet.rows.len());
        let this = weight(sheet, &header);
        match best.take() {
            Some((there, other)) if weight(there, &other) >= this => {
                best = Some((there, other));
                others.push((sheet, header));
            }
            before => {
                others.extend(before);
                best = Some((sheet, header));
            }
        }
    }
    let (sheet, header) = best.ok_or(refusal)?;
    let with_rows = others
        .into_iter()
        .filter(|(sheet, header)| sheet.rows.last().is_some_and(|row| row.number > header.row));
    let findings = with_rows.map(|(sheet, header)| {
        let mut finding = Finding::of_row(header.row, Code::SheetNotRead);
        finding.cell.clone_from(&sheet.name);
        finding
    });
    Ok((sheet, header, findings.collect()))
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
    let unknown = header.mapping.columns.iter().filter(|column| column.field.is_none());
    let finding = |column: &crate::mapping::Column| {
        let mut finding = Finding::of_row(header.row, Code::ColumnUnknown);
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
mod tests;
