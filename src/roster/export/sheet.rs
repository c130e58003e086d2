//! A table as a file: .xlsx with real dates and numbers, or .csv for whatever else reads tables.

use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use domain::day::Day;

use super::{OutColumn, Table};
use crate::{
    date,
    defused::{defused, is_formula},
    field::Field,
    sheet::Cell,
};

/// The narrowest and the widest column, in signs of Latin letters.
const WIDTHS: (usize, usize) = (6, 40);

/// What a cell is written as.
#[derive(Clone, PartialEq, Debug)]
enum Typed<'a> {
    Nothing,
    Text(&'a str),
    Number(f64),
    Date(Day),
}

/// A workbook of one sheet: header frozen and filtered, dates and numbers as such, texts never a formula.
///
/// # Errors
/// More rows than a sheet holds.
pub fn xlsx(name: &str, table: &Table, today: Day) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let header = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E8_EEF4))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    for (at, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, &column.header, &header)?;
        let texts = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
        let widest = texts.chain([&column.header]).map(|text| width(text)).max().unwrap_or(0);
        let (least, most) = WIDTHS;
        sheet.set_column_width(at, u32::try_from((widest + 2).clamp(least, most)).unwrap_or(12))?;
    }
    let formats = Formats::new();
    for (row, cells) in (1..).zip(&table.rows) {
        for (at, (text, column)) in (0..).zip(cells.iter().zip(&table.columns)) {
            formats.write(sheet, (row, at), &typed(text, column, today))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last), Some(last_column)) = (
        u32::try_from(table.rows.len()),
        u16::try_from(table.columns.len()).ok().and_then(|all| all.checked_sub(1)),
    ) {
        sheet.autofilter(0, 0, last, last_column)?;
    }
    workbook.save_to_buffer()
}

/// How cells look.
struct Formats {
    date: Format,
    text: Format,
    /// What would be a formula if it were typed in.
    quoted: Format,
}

impl Formats {
    fn new() -> Self {
        let text = Format::new().set_num_format("@");
        Self {
            date: Format::new().set_num_format("yyyy-mm-dd"),
            quoted: text.clone().set_quote_prefix(),
            text,
        }
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        (row, at): (u32, u16),
        typed: &Typed<'_>,
    ) -> Result<(), XlsxError> {
        match typed {
            Typed::Nothing => {}
            Typed::Text(text) => {
                let format = if is_formula(text) { &self.quoted } else { &self.text };
                sheet.write_string_with_format(row, at, *text, format)?;
            }
            Typed::Number(number) => drop(sheet.write_number(row, at, *number)?),
            Typed::Date(day) => {
                let (year, month, day) = day.parts();
                let moment = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), month, day)?;
                sheet.write_datetime_with_format(row, at, &moment, &self.date)?;
            }
        }
        Ok(())
    }
}

/// A text table in UTF-8 with a byte order mark, so that Excel and WPS read it as such. Every date is written in one way.
#[must_use]
pub fn csv(table: &Table, today: Day) -> Vec<u8> {
    let mut text = "\u{feff}".to_owned();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| quoted(&defused(&cell))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(&mut table.columns.iter().map(|column| column.header.clone()));
    for row in &table.rows {
        line(&mut row.iter().zip(&table.columns).map(|(cell, column)| in_one_way(cell, column, today)));
    }
    text.into_bytes()
}

/// A date as 1980-11-02, a month as 1980-11; what is no date for certain stays as it is written.
fn in_one_way(cell: &str, column: &OutColumn, today: Day) -> String {
    let is_date = matches!(column.field, Some(field) if is_of_days(field));
    let read =
        Some(cell).filter(|_| is_date).and_then(|cell| date::read(&Cell::Text(cell.to_owned()), today));
    match read {
        Some(read) if !read.may_be_october && read.day.parts().0 >= 1900 => read.day.to_string(),
        _ => cell.to_owned(),
    }
}

const fn is_of_days(field: Field) -> bool {
    matches!(field, Field::Born | Field::ChildBorn | Field::MemberBorn | Field::Registered)
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn typed<'a>(text: &'a str, column: &OutColumn, today: Day) -> Typed<'a> {
    if text.is_empty() {
        return Typed::Nothing;
    }
    match column.field {
        Some(field) if is_of_days(field) => whole_date(text, today).map_or(Typed::Text(text), Typed::Date),
        None | Some(Field::Kept | Field::Serial | Field::ChildGrade | Field::ChildCost) => {
            let number = number(text).map(Typed::Number);
            number.or_else(|| as_excel_says(text).map(Typed::Date)).unwrap_or(Typed::Text(text))
        }
        _ => Typed::Text(text),
    }
}

/// A date with its day; one that knows only its month, or is in doubt, stays as it is written.
fn whole_date(text: &str, today: Day) -> Option<Day> {
    let read = date::read(&Cell::Text(text.to_owned()), today)?;
    let (year, month, day) = read.day.parts();
    let whole = Day::new(year, month?, day?)?;
    (!read.may_be_october && year >= 1900 && whole <= today).then_some(whole)
}

/// A date as a cell that held a real one is remembered, of whatever it is: 合同到期 may be still to come.
fn as_excel_says(text: &str) -> Option<Day> {
    Day::parse(text).filter(|day| day.to_string() == text && day.parts().0 >= 1900)
}

/// A number that is nothing but one: no code with a leading zero, no number of a card.
fn number(text: &str) -> Option<f64> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let is_plain =
        plain.chars().all(|sign| sign.is_ascii_digit() || sign == '.') && (1..=10).contains(&digits);
    let leads_with_zero = plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    text.parse().ok().filter(|_| is_plain && !leads_with_zero)
}

/// How wide a text is: a Chinese sign counts two.
fn width(text: &str) -> usize {
    text.lines()
        .map(|line| line.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use calamine::{Reader, Xlsx};

    use super::*;

    #[test]
    fn a_cell_may_hold_commas_and_quotes() {
        for (cell, expected) in [("甲", "甲"), ("甲,乙", "\"甲,乙\""), ("甲\"乙", "\"甲\"\"乙\"")] {
            assert_eq!(quoted(cell), expected, "{cell}");
        }
    }

    #[test]
    fn dates_are_written_in_one_way() {
        let today = Day::new(2026, 11, 21).unwrap();
        for (text, field, expected) in [
            ("1980.11.2", Some(Field::Born), "1980-11-02"),
            ("19801102", Some(Field::Born), "1980-11-02"),
            ("1980年11月", Some(Field::ChildBorn), "1980-11"),
            ("2016年9月24日", Some(Field::Registered), "2016-09-24"),
            ("不详", Some(Field::Born), "不详"),
            ("1980.11.2", None, "1980.11.2"),
            ("", Some(Field::Born), ""),
        ] {
            let column = OutColumn { header: String::new(), field };
            assert_eq!(in_one_way(text, &column, today), expected, "{text} {field:?}");
        }
    }

    #[test]
    fn a_list_is_texts_alone() {
        let texts = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let columns = texts(["行", "身份证号", "出生"]);
        let rows = vec![texts(["12", "990000198011025736", "1980-11-02"])];
        let book = xlsx("清单", &Table::of_texts(columns, rows.clone()), Day::from_number(0)).unwrap();
        let mut read: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
        let range = read.worksheet_range("清单").unwrap();
        let found: Vec<String> =
            range.rows().nth(1).unwrap().iter().map(|cell| format!("{cell:?}")).collect();
        let expected: Vec<String> = rows[0].iter().map(|cell| format!("String({cell:?})")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn dates_and_numbers_are_real_where_they_are_certain() {
        let today = Day::new(2026, 11, 21).unwrap();
        let of = |text, field| match typed(text, &OutColumn { header: String::new(), field }, today) {
            Typed::Nothing => "nothing".to_owned(),
            Typed::Text(_) => "text".to_owned(),
            Typed::Number(number) => number.to_string(),
            Typed::Date(day) => day.to_string(),
        };
        for (text, field, expected) in [
            ("1980-11-02", Some(Field::Born), "1980-11-02"),
            ("1980.11.2", Some(Field::Born), "1980-11-02"),
            ("1980-11", Some(Field::Born), "text"),
            ("2099-01-01", Some(Field::Born), "text"),
            ("4", None, "4"),
            ("1200.5", None, "1200.5"),
            ("007", None, "text"),
            ("13800000001", None, "text"),
            ("13800000001", Some(Field::Telephone), "text"),
            ("8000", Some(Field::ChildCost), "8000"),
            ("二年级", Some(Field::ChildGrade), "text"),
            ("", None, "nothing"),
            ("2010-07-01", None, "2010-07-01"),
            ("2010-07-01", Some(Field::Kept), "2010-07-01"),
            ("2099-01-01", None, "2099-01-01"),
            ("1899-12-31", None, "text"),
            ("2010-7-1", None, "text"),
            ("2010-07", None, "text"),
            ("2010-07-01", Some(Field::Name), "text"),
        ] {
            assert_eq!(of(text, field), expected, "{text} {field:?}");
        }
    }

    #[test]
    fn a_workbook_has_real_dates_and_numbers_under_a_header_that_stays() {
        let column = |(header, field): (&str, Option<Field>)| OutColumn { header: header.to_owned(), field };
        let table = Table {
            columns: [
                ("姓名", Some(Field::Name)),
                ("出生日期", Some(Field::Born)),
                ("参加工作时间", None),
                ("家庭人口", Some(Field::Kept)),
                ("备注", Some(Field::Kept)),
            ]
            .map(column)
            .to_vec(),
            rows: vec![["张山", "1980.11.2", "2010-07-01", "4", "=1+1"].map(str::to_owned).to_vec()],
            first_rows: vec![0],
        };
        let bytes = xlsx("花名册", &table, Day::new(2026, 11, 21).unwrap()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        let cells = book.worksheet_range("花名册").unwrap();
        let told: Vec<String> = (0..5).map(|at| format!("{:?}", cells.get((1, at)).unwrap())).collect();
        assert!(told[1].contains("29527") && told[1].starts_with("DateTime"), "{told:?}");
        assert!(told[2].contains("40360") && told[2].starts_with("DateTime"), "{told:?}");
        assert_eq!([&told[0], &told[3], &told[4]], ["String(\"张山\")", "Float(4.0)", "String(\"=1+1\")"]);
        assert!(book.worksheet_formula("花名册").unwrap().is_empty());
        let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            parts.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let sheet = part("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("ySplit=\"1\"") && sheet.contains("state=\"frozen\""), "{sheet}");
        assert!(sheet.contains("<autoFilter ref=\"A1:E2\""), "{sheet}");
        let styles = part("xl/styles.xml");
        assert!(styles.contains("quotePrefix=\"1\"") && styles.contains("yyyy-mm-dd"), "{styles}");
    }
}
