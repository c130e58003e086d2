//! Sheets written as offices write them: text tables and workbooks with merged cells.

use domain::day::Day;
use encoding_rs::GB18030;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::{How, Reading, Refusal, finding::Finding, household::Household, mapping::Mapping, read, words};

/// The day it is in these tests.
pub fn today() -> Day {
    Day::new(2026, 11, 21).unwrap()
}

/// Reads with the shipped categories.
pub fn read_with(bytes: &[u8], mapping: Option<&Mapping>) -> Result<Reading, Refusal> {
    let categories = words::shipped_categories();
    read(bytes, &How { today: today(), categories: &categories, mapping })
}

/// A cell to be written.
#[derive(Clone, PartialEq, Debug)]
pub enum Put {
    Blank,
    Text(String),
    Number(f64),
    Date(Day),
}

impl Put {
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
        }
    }
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

/// Rows from lines whose cells are parted by `|`.
pub fn rows(lines: &str) -> Vec<Vec<Put>> {
    let cells = |line: &str| line.trim().split('|').map(|cell| Put::from(cell.trim())).collect();
    lines.trim_matches('\n').lines().map(cells).collect()
}

/// A text table.
pub fn table(rows: &[Vec<Put>], separator: char) -> String {
    let cell = |put: &Put| {
        let text = put.text();
        let quoted = text.contains(['"', '\n', '\r', separator]);
        if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let line = |row: &Vec<Put>| row.iter().map(cell).collect::<Vec<_>>().join(&separator.to_string());
    rows.iter().map(|row| line(row) + "\r\n").collect()
}

/// How a text table is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16,
    Gb18030,
}

pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
        Encoding::Utf16 => {
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
        Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
    }
}

/// Cells made one: first row, last row, first column, last column, counted from 0.
pub type Merged = (u32, u32, u16, u16);

/// A sheet of a workbook: its name, its rows, what is merged.
pub type Tab<'a> = (&'a str, &'a [Vec<Put>], &'a [Merged]);

/// A workbook of one sheet.
pub fn book(rows: &[Vec<Put>], merged: &[Merged]) -> Vec<u8> {
    sheets(&[("花名册", rows, merged)])
}

/// A workbook.
pub fn sheets(sheets: &[Tab<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (name, rows, merged) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(rows.iter()) {
            for (column, put) in (0..).zip(cells) {
                match put {
                    Put::Blank => continue,
                    Put::Text(text) => sheet.write_string(row, column, text).unwrap(),
                    Put::Number(number) => sheet.write_number(row, column, *number).unwrap(),
                    Put::Date(day) => {
                        let (year, month, day) = day.parts();
                        let moment =
                            ExcelDateTime::from_ymd(u16::try_from(year).unwrap(), month, day).unwrap();
                        sheet.write_datetime_with_format(row, column, &moment, &date).unwrap()
                    }
                };
            }
        }
        for (top, bottom, left, right) in *merged {
            let at = rows.get(usize::try_from(*top).unwrap()).and_then(|row| row.get(usize::from(*left)));
            let text = at.map(Put::text).unwrap_or_default();
            sheet.merge_range(*top, *left, *bottom, *right, &text, &Format::new()).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A household in one line: what a person would check.
pub fn line(household: &Household) -> String {
    let name = household.name.clone().unwrap_or_default();
    let mut parts = vec![format!("{} {}", household.row, name.text)];
    parts.extend(name.sex.map(|sex| format!("{sex:?}")));
    parts.extend(name.born.map(|born| born.to_string()));
    parts.extend(household.id_number.clone());
    parts.push(format!("{}/{}", household.branch, household.group));
    parts.push(household.category.clone().unwrap_or_else(|| "-".to_owned()));
    parts.extend(household.causes.iter().map(|cause| format!("{cause:?}")));
    parts.extend(household.address.as_ref().map(|address| address.text.clone()));
    for telephone in household.telephone.iter().flat_map(|telephone| &telephone.numbers) {
        parts.push(format!("{:?} {}", telephone.whose, telephone.number));
    }
    if let Some(spouse) = &household.spouse {
        parts.push(format!("{:?} {} {}", spouse.marital, spouse.name, spouse.work).trim().to_owned());
    }
    for child in household.children.iter().flatten() {
        let stage = child.stage.map(|stage| format!("{stage:?}")).unwrap_or_default();
        let grade = child.grade.map(|grade| grade.to_string()).unwrap_or_default();
        let born = child.born.map(|born| born.to_string()).unwrap_or_default();
        parts.push(format!("[{} {born} {stage}{grade} {}]", child.name, child.school));
    }
    parts.extend(
        household.seats.iter().map(|holder| format!("{:?}={}{}", holder.seat, holder.name, holder.telephone)),
    );
    parts.join(", ")
}

/// A finding in one line.
pub fn found(finding: &Finding) -> String {
    let of = finding.of.map(|of| format!(" of {of}")).unwrap_or_default();
    format!("{}{} {}{of} {}", finding.row, finding.letters, finding.code.word(), finding.cell)
        .trim()
        .to_owned()
}

/// Compares a whole reading, line by line.
#[track_caller]
pub fn check(bytes: &[u8], households: &str, findings: &str) {
    let reading = read_with(bytes, None).unwrap();
    let lines = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let told: Vec<String> = reading.households.iter().map(line).collect();
    assert_eq!(told, lines(households), "{}", columns(&reading));
    assert_eq!(reading.findings.iter().map(found).collect::<Vec<_>>(), lines(findings));
}

/// What the columns were taken for, in one line.
pub fn columns(reading: &Reading) -> String {
    let column =
        |column: &crate::mapping::Column| format!("{} {}={:?}", column.letters, column.header, column.field);
    reading.mapping.columns.iter().map(column).collect::<Vec<_>>().join(", ")
}
