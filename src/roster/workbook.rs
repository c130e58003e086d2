//! Workbooks (.xlsx): what the container is, whether it is safe to open, and its sheets cell by cell.
//!
//! A sheet is streamed: a million empty rows take time to pass over and no room. Formulas are not run; their last
//! result counts.

use std::io::{Cursor, Read, Write};

use crate::{
    refusal::{INFLATED_BYTES_MAX, Refusal, SHARED_BYTES_MAX},
    sheet::{Cell, Held, Merge, Sheet},
};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::day::Day;
use zip::ZipArchive;

/// The most sheets of a workbook: a sheet for each branch of a large union.
const SHEETS_MAX: usize = 300;

/// The shortest that a text can be written in their list.
const SHORTEST_TEXT: &str = "<si/>";

/// What a zip archive begins with.
pub const ZIP: &[u8] = b"PK\x03\x04";
/// What the container of .xls and of encrypted workbooks begins with.
pub const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What is in an OLE container: an old workbook, or a new one behind a password.
#[must_use]
pub fn in_ole(bytes: &[u8]) -> Refusal {
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if named("EncryptedPackage") {
        Refusal::Encrypted
    } else if named("Workbook") || named("Book") {
        Refusal::OldFormat
    } else {
        Refusal::OtherFormat
    }
}

/// Reads the sheets of a workbook, or the one that is named.
///
/// # Errors
/// It is no workbook, not safe to open, or more than a roster has.
pub fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<Sheet>, Refusal> {
    look_inside(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let metadata = workbook.sheets_metadata();
    let names: Vec<String> = metadata
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .filter(|sheet| match wanted {
            Some(wanted) => sheet.name == wanted,
            None => sheet.visible == SheetVisible::Visible,
        })
        .map(|sheet| sheet.name.clone())
        .collect();
    if names.is_empty() {
        return Err(if wanted.is_some() { Refusal::NoSuchSheet } else { Refusal::Empty });
    }
    if names.len() > SHEETS_MAX {
        return Err(Refusal::TooManyRows);
    }
    let mut sheets: Vec<Sheet> = Vec::with_capacity(names.len());
    for name in &names {
        sheets.push(one(&mut workbook, name)?);
        // What one sheet may hold is what all may hold together.
        if sheets.iter().fold(Held::default(), |held, sheet| held.and(sheet)).is_too_much() {
            return Err(Refusal::TooManyRows);
        }
    }
    Ok(sheets)
}

fn refusal(error: XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Encrypted,
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => Refusal::OtherFormat,
        _ => Refusal::Damaged,
    }
}

/// Inflates every part once without keeping it, so that nothing is opened that lies about its size.
fn look_inside(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut is_workbook = false;
    let mut in_all = 0_u64;
    let mut shared = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Refusal::Damaged)?;
        let name = part.name().map_err(|_| Refusal::Damaged)?.to_ascii_lowercase();
        is_workbook |= name.ends_with("xl/workbook.xml");
        // Sheets are streamed, pictures never opened: neither is held in memory.
        let is_held = !name.contains("/worksheets/") && !name.contains("/media/");
        let left = INFLATED_BYTES_MAX.saturating_sub(in_all);
        let left = if is_held { left.min(SHARED_BYTES_MAX.saturating_sub(shared)) } else { left };
        if part.size() > left {
            return Err(Refusal::InflatesTooMuch);
        }
        let inflated = if name.ends_with("sharedstrings.xml") {
            let mut texts = Vec::new();
            let inflated = inflate(part, left, &mut texts)?;
            promises_no_more_than_it_has(&texts)?;
            inflated
        } else {
            inflate(part, left, &mut std::io::sink())?
        };
        in_all += inflated;
        shared += if is_held { inflated } else { 0 };
    }
    if is_workbook { Ok(()) } else { Err(Refusal::OtherFormat) }
}

/// The reader makes room for as many texts as their list says it has: a list that promises more than its bytes could hold
/// would take all memory there is.
fn promises_no_more_than_it_has(texts: &[u8]) -> Result<(), Refusal> {
    const PROMISE: &[u8] = b"uniqueCount";
    let promised = texts.windows(PROMISE.len()).enumerate().filter(|(_, window)| *window == PROMISE);
    for (at, _) in promised {
        let behind = texts.get(at + PROMISE.len()..).unwrap_or_default();
        let digits = behind
            .iter()
            .skip_while(|sign| b"= \t\r\n\"'+0".contains(sign))
            .take_while(|sign| sign.is_ascii_digit());
        let promised = digits
            .fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        let room = u64::try_from(texts.len() / SHORTEST_TEXT.len()).unwrap_or(u64::MAX);
        if promised > room {
            return Err(Refusal::Damaged);
        }
    }
    Ok(())
}

/// How many bytes a part inflates to, read to its end.
fn inflate(part: impl Read, left: u64, into: &mut impl Write) -> Result<u64, Refusal> {
    let inflated =
        std::io::copy(&mut part.take(left.saturating_add(1)), into).map_err(|_| Refusal::Damaged)?;
    if inflated > left { Err(Refusal::InflatesTooMuch) } else { Ok(inflated) }
}

fn one(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::new(name);
    let mut cells = workbook.worksheet_cells_reader(name).map_err(refusal)?;
    while let Some(cell) = cells.next_cell().map_err(refusal)? {
        let (row, column) = cell.get_position();
        if let Some(content) = content(cell.get_value()) {
            sheet.put(row + 1, u16::try_from(column).unwrap_or(u16::MAX), content)?;
        }
    }
    drop(cells);
    let merges = workbook.merge_cells_by_sheet_name(name).map_err(refusal)?;
    let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
    sheet.merge(
        merges
            .iter()
            .map(|merge| Merge {
                top: merge.start.0 + 1,
                bottom: merge.end.0 + 1,
                left: column(merge.start.1),
                right: column(merge.end.1),
            })
            .collect(),
    );
    Ok(sheet)
}

fn content(value: &DataRef<'_>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        #[expect(clippy::cast_precision_loss, reason = "a workbook keeps every number as a float")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(yes) => Cell::Text(if *yes { "是" } else { "否" }.to_owned()),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Failed(error.to_string()),
    })
}

/// A number shown as a date. Some are no dates: a telephone in a column formatted so by mistake.
fn date(moment: &ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    if !moment.is_datetime() || !(1.0..110_000.0).contains(&serial) {
        return Cell::Number(serial);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Day::new(i32::from(year), month, day).map_or(Cell::Number(serial), Cell::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_lies_about_its_size_is_read_no_further_than_allowed() {
        let inflated = |part: &mut dyn Read| inflate(part, 1000, &mut std::io::sink());
        assert_eq!(inflated(&mut std::io::repeat(0).take(1000)), Ok(1000));
        assert_eq!(inflated(&mut std::io::repeat(0)), Err(Refusal::InflatesTooMuch));
    }

    #[test]
    fn a_list_of_texts_that_promises_more_than_it_has_is_damaged() {
        let of = |count: &str| format!(r#"<sst count="1" uniqueCount="{count}"><si><t>甲</t></si></sst>"#);
        for (count, expected) in [
            ("1", Ok(())),
            ("0", Ok(())),
            ("", Ok(())),
            ("18446744073709551615", Err(Refusal::Damaged)),
            ("0000999999999", Err(Refusal::Damaged)),
            ("99999999999999999999999999", Err(Refusal::Damaged)),
        ] {
            assert_eq!(promises_no_more_than_it_has(of(count).as_bytes()), expected, "{count}");
        }
    }
}
