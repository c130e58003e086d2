//! Text tables: bytes to text, text to rows. UTF-8 with or without BOM, UTF-16 with BOM, GB18030; comma, semicolon or tab.
//!
//! Its own reader, for two reasons a crate does not serve: a row keeps the number it has in Excel, blank lines counted
//! and line ends inside quotes not; and the separator is found out.

use crate::{
    defused::restored,
    refusal::Refusal,
    sheet::{Cell, Sheet},
};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A cell between quotes is no longer.
const QUOTED_CHARS_MAX: usize = 8_000;

/// Reads a text table.
///
/// # Errors
/// It is no text, or it is more than a roster has.
pub fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
    let text = decode(bytes)?;
    let separator = separator(&text);
    let mut sheet = Sheet::of_text();
    let mut cells = Cells::new(&text, separator);
    let mut row = 1;
    let mut column = 0_u16;
    while let Some((cell, ends_row)) = cells.take() {
        sheet.put(row, column, Cell::Text(restored(cell)))?;
        (row, column) = if ends_row { (row + 1, 0) } else { (row, column.saturating_add(1)) };
    }
    Ok(sheet)
}

/// The text of the bytes.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        debug_assert!([UTF_8, UTF_16LE, UTF_16BE].contains(&encoding), "the only ones with a mark");
        let body = bytes.get(mark..).unwrap_or_default();
        let (text, _) = encoding.decode_without_bom_handling(body);
        return Ok(text.into_owned());
    }
    // A picture or a program: no text holds zero bytes or other control signs.
    let control = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31);
    if bytes.iter().filter(control).count() > bytes.len() / 1000 {
        return Err(Refusal::NotASpreadsheet);
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    let lost = text.chars().filter(|sign| *sign == '\u{fffd}').count();
    // A cut file may lose a sign at its end; another encoding loses many.
    if lost * 200 > text.chars().count() { Err(Refusal::UnknownEncoding) } else { Ok(text.into_owned()) }
}

/// The sign that most evenly parts the first lines.
fn separator(text: &str) -> char {
    let first: Vec<&str> = text.lines().take(200).collect();
    let count = |separator: char| -> usize {
        // The widest line may be a title with commas: what counts is what many lines have.
        let mut counts: Vec<usize> =
            first.iter().map(|line| line.matches(separator).count()).filter(|count| *count > 0).collect();
        counts.sort_unstable();
        counts.iter().rev().take(first.len() / 2 + 1).sum()
    };
    [',', '\t', ';'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

/// Cell after cell of a text.
struct Cells<'a> {
    left: core::iter::Peekable<core::str::Chars<'a>>,
    separator: char,
    at_end: bool,
}

impl<'a> Cells<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { left: text.chars().peekable(), separator, at_end: false }
    }

    /// The next cell, and whether its row ends with it.
    fn take(&mut self) -> Option<(String, bool)> {
        if self.at_end {
            return None;
        }
        let mut cell = String::new();
        if self.left.peek() == Some(&'"')
            && let Some((quoted, after)) = self.quoted()
        {
            (cell, self.left) = (quoted, after);
        }
        loop {
            match self.left.next() {
                None => {
                    self.at_end = true;
                    return Some((cell, true));
                }
                Some('\r') if self.left.peek() == Some(&'\n') => {}
                Some('\n' | '\r') => return Some((cell, true)),
                Some(sign) if sign == self.separator => return Some((cell, false)),
                Some(sign) => cell.push(sign),
            }
        }
    }

    /// What stands between quotes, two of which are one, and what follows. `None` where nothing closes them in time: then
    /// a quote is a sign like others (`"甲"级, 5" 管`), and the rows below are not swallowed.
    fn quoted(&self) -> Option<(String, core::iter::Peekable<core::str::Chars<'a>>)> {
        let mut cell = String::new();
        let mut after = self.left.clone();
        after.next();
        for _ in 0..QUOTED_CHARS_MAX {
            match after.next()? {
                '"' if after.peek() == Some(&'"') => {
                    after.next();
                    cell.push('"');
                }
                '"' => {
                    let closes = after
                        .peek()
                        .is_none_or(|next| *next == self.separator || matches!(next, '\r' | '\n'));
                    return closes.then_some((cell, after));
                }
                sign => cell.push(sign),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], expected: &[(u32, &[&str])]) {
        let sheet = read(input).unwrap();
        let rows: Vec<(u32, Vec<String>)> = sheet
            .rows
            .iter()
            .map(|row| (row.number, row.cells().map(|(_, cell)| cell.text()).collect()))
            .collect();
        let expected: Vec<(u32, Vec<String>)> = expected
            .iter()
            .map(|(row, cells)| (*row, cells.iter().map(|cell| (*cell).to_owned()).collect()))
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_keep_the_number_they_have_in_excel() {
        check("姓名,电话\r\n\r\n张三,1".as_bytes(), &[(1, &["姓名", "电话"]), (3, &["张三", "1"])]);
        check(b"a,\"b\nc\",d\n\"e\"\"f\",,\ng", &[(1, &["a", "b\nc", "d"]), (2, &["e\"f"]), (3, &["g"])]);
        check(
            "\"甲\"级,5\" 管,\"x\n张三,1".as_bytes(),
            &[(1, &["\"甲\"级", "5\" 管", "\"x"]), (2, &["张三", "1"])],
        );
        check(b"a\rb", &[(1, &["a"]), (2, &["b"])]);
    }

    #[test]
    fn separators_are_found_out() {
        check(
            "姓名;电话;住址\n张三;1,2;甲,乙\n".as_bytes(),
            &[(1, &["姓名", "电话", "住址"]), (2, &["张三", "1,2", "甲,乙"])],
        );
        check("姓名\t电话\n张三\t1\n".as_bytes(), &[(1, &["姓名", "电话"]), (2, &["张三", "1"])]);
    }

    #[test]
    fn encodings_are_found_out() {
        let text = "姓名,住址\n张三,矿山路";
        let expected: &[(u32, &[&str])] = &[(1, &["姓名", "住址"]), (2, &["张三", "矿山路"])];
        check(text.as_bytes(), expected);
        check(&["\u{feff}".as_bytes(), text.as_bytes()].concat(), expected);
        check(&GB18030.encode(text).0, expected);
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&wide, expected);
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        check(&wide, expected);
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap_err(), Refusal::NotASpreadsheet);
    }
}
