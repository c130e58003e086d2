//! The day that a roster says of itself: 填报日期 above the header or below the last row, a date in the title, the sheet's
//! name or the file's. Proposed to a person, with where it was read; nothing is made of a year alone.

use domain::day::Day;
use serde::Serialize;

use crate::{
    date,
    sheet::{Cell, Sheet, SheetRow},
    text,
};

/// Words beside the date of a whole sheet.
const WORDS: [&str; 9] = ["填报", "填表", "制表", "上报", "统计", "截止", "截至", "日期", "时间"];

/// So many rows with something in them are looked at below the last household.
const BELOW: usize = 12;

/// The longest text in which a date is looked for.
const CHARS_MAX: usize = 120;

/// Where the day was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In a row above the header or below the last household.
    Row(u32),
    /// In the sheet's name.
    SheetName,
    /// In the file's name.
    FileName,
}

/// A day that a roster says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Dated {
    /// The day; of a month its first: what visits learned in that month stays.
    pub day: Day,
    /// Where it was read.
    pub place: Place,
    /// What stands there.
    pub text: String,
}

/// The day of a sheet, read around its households: rows before `first` and after `last`.
#[must_use]
pub fn of_sheet(sheet: &Sheet, (first, last): (u32, u32), today: Day) -> Option<Dated> {
    let above: Vec<&SheetRow> = sheet.rows.iter().filter(|row| row.number < first).collect();
    let below = sheet.rows.iter().filter(|row| row.number > last).take(BELOW);
    let named = above.iter().copied().chain(below).find_map(|row| beside_a_word(row, today));
    let in_title =
        || above.iter().find_map(|row| row.cells().find_map(|(_, cell)| of_cell(row, cell, today)));
    named.or_else(in_title).or_else(|| of_name(&sheet.name, Place::SheetName, today))
}

/// The day in a name of a sheet or a file.
#[must_use]
pub fn of_name(name: &str, place: Place, today: Day) -> Option<Dated> {
    Some(Dated { day: in_text(name, today)?, place, text: name.to_owned() })
}

/// 填报日期：2026年10月31日, in one cell or in two.
fn beside_a_word(row: &SheetRow, today: Day) -> Option<Dated> {
    let mut cells = row.cells().map(|(_, cell)| cell).peekable();
    while let Some(cell) = cells.next() {
        let written = text::tidy(&cell.text());
        if !WORDS.iter().any(|word| text::squeeze(&written).contains(word)) {
            continue;
        }
        let next = cells.peek();
        let found = of_cell(row, cell, today).or_else(|| {
            let next = next?;
            let read = date::read(next, today).and_then(|date| whole(date.day, today));
            let dated = of_cell(row, next, today).map(|dated| dated.day);
            let text = format!("{written} {}", text::tidy(&next.text()));
            Some(Dated { day: read.or(dated)?, place: Place::Row(row.number), text })
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

fn of_cell(row: &SheetRow, cell: &Cell, today: Day) -> Option<Dated> {
    let written = match cell {
        Cell::Date(_) | Cell::Text(_) => text::tidy(&cell.text()),
        Cell::Number(_) | Cell::Failed(_) => return None,
    };
    let day = in_text(&written, today)?;
    // 填报单位：矿工会 填报日期：…: what stands before says nothing of the day.
    let word = WORDS.iter().filter_map(|word| written.rfind(word)).min();
    let text = word.and_then(|at| written.get(at..)).filter(|rest| in_text(rest, today) == Some(day));
    Some(Dated { day, place: Place::Row(row.number), text: text.unwrap_or(&written).to_owned() })
}

/// The first date with its month in a text.
fn in_text(written: &str, today: Day) -> Option<Day> {
    let signs: Vec<char> = text::squeeze(written).chars().take(CHARS_MAX).collect();
    let is_of_date =
        |sign: char| sign.is_ascii_digit() || "年月日号./-_〇零一二三四五六七八九十".contains(sign);
    let begins = |at: usize| {
        let year: String = signs.iter().skip(at).take(4).collect();
        let is_year =
            year.len() == 4 && year.starts_with("20") && year.chars().all(|sign| sign.is_ascii_digit());
        let before = at.checked_sub(1).and_then(|before| signs.get(before));
        is_year && !before.is_some_and(char::is_ascii_digit)
            || year.starts_with("二〇")
            || year.starts_with("二零")
    };
    (0..signs.len()).filter(|at| begins(*at)).find_map(|at| {
        let run: String = signs.iter().skip(at).take_while(|sign| is_of_date(**sign)).collect();
        let plain = run.trim_end_matches(['年', '.', '-', '/', '_']);
        whole(date::read(&Cell::Text(plain.to_owned()), today)?.day, today)
    })
}

/// A day, of a month its first, not after today.
fn whole(day: domain::day::LooseDay, today: Day) -> Option<Day> {
    let (year, month, day) = day.parts();
    Day::new(year, month?, day.unwrap_or(1)).filter(|day| *day <= today && year >= 2000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 11, 22).unwrap()
    }

    #[test]
    fn dates_in_titles_and_names() {
        for (text, expected) in [
            ("填报日期:2026年10月31日", "2026-10-31"),
            ("青峰矿困难职工花名册（2026年3月）", "2026-03-01"),
            ("花名册 青峰矿工会 2026-11-21.xlsx", "2026-11-21"),
            ("花名册20260131.xlsx", "2026-01-31"),
            ("花名册_2026.3.5版", "2026-03-05"),
            ("二〇二六年十月三十一日", "2026-10-31"),
            ("统计时间 ２０２６／１０／３１", "2026-10-31"),
            ("花名册(2026年度)", "-"),
            ("花名册2026.xlsx", "-"),
            ("2027年1月1日", "-"),
            ("联系电话 13820261031", "-"),
            ("填报日期：", "-"),
        ] {
            let found = in_text(text, today()).map_or_else(|| "-".to_owned(), |day| day.to_string());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_word_beside_counts_before_a_title_and_a_title_before_the_name() {
        let sheet = |name: &str, rows: &[(u32, &[&str])]| {
            let mut sheet = Sheet::new(name);
            for (row, cells) in rows {
                for (column, cell) in (0..).zip(*cells) {
                    sheet.put(*row, column, Cell::Text((*cell).to_owned())).unwrap();
                }
            }
            sheet
        };
        let of = |sheet: &Sheet| {
            of_sheet(sheet, (3, 9), today()).map(|dated| (dated.day.to_string(), dated.place))
        };
        let both = sheet("", &[(2, &["填报单位:矿工会 填报日期:2026年3月5日"])]);
        assert_eq!(of_sheet(&both, (3, 9), today()).unwrap().text, "填报日期:2026年3月5日");
        let title: (u32, &[&str]) = (1, &["花名册（2026年1月）"]);
        let born: (u32, &[&str]) = (5, &["张山", "2020年1月1日"]);
        let foot: (u32, &[&str]) = (12, &["填表人：", "", "填表日期", "2026.2.3"]);
        let row = |day: &str, row| Some((day.to_owned(), Place::Row(row)));
        assert_eq!(of(&sheet("2026年4月", &[title, born, foot])), row("2026-02-03", 12));
        assert_eq!(of(&sheet("2026年4月", &[title, born])), row("2026-01-01", 1));
        assert_eq!(of(&sheet("2026年4月", &[born])), Some(("2026-04-01".to_owned(), Place::SheetName)));
        assert_eq!(of(&sheet("今年", &[born])), None);
    }
}
