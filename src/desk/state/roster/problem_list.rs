//! 问题清单: the findings of a roster as a .csv for Excel, to repair the roster by; and all that it changes. Pure.

use protocol::roster::RosterFinding;
use ui::words::{roster::RosterWords, roster_desk::RosterDeskWords};

/// Tells Excel that the file is UTF-8.
const MARK: &str = "\u{feff}";

/// One value that changes, in words.
pub struct ChangeTold {
    /// The row.
    pub row: u32,
    /// Whose.
    pub name: String,
    /// Which value.
    pub what: String,
    /// What it was.
    pub was: String,
    /// What the file says.
    pub says: String,
}

/// The file: a line for each finding and each change, under a line that names the columns.
pub fn written(
    findings: &[RosterFinding],
    changes: Vec<ChangeTold>,
    roster: RosterWords,
    desk: RosterDeskWords,
) -> String {
    let sheets = findings.iter().any(|finding| !finding.sheet.is_empty());
    let head = [
        desk.sheet(),
        desk.row(),
        desk.name(),
        desk.unit(),
        desk.column(),
        desk.header(),
        desk.cell(),
        desk.what(),
        desk.then(),
    ];
    let mut text = String::from(MARK);
    let skipped = usize::from(!sheets);
    line(&mut text, head.iter().skip(skipped).map(|name| (*name).to_owned()));
    for finding in findings {
        let what = roster.finding(&finding.finding, finding.of, &finding.cell, &finding.against);
        let cells = [
            finding.sheet.clone(),
            finding.row.to_string(),
            finding.name.clone(),
            finding.unit.clone(),
            finding.letters.clone(),
            finding.column.clone(),
            finding.cell.clone(),
            what,
            roster.effect(&finding.effect).to_owned(),
        ];
        line(&mut text, cells.into_iter().skip(skipped));
    }
    for ChangeTold { row, name, what, was, says } in changes {
        let (was, then, none) = (desk.change_of(&was), desk.change_goes_in().to_owned(), String::new);
        let cells = [none(), row.to_string(), name, none(), none(), what, says, was, then];
        line(&mut text, cells.into_iter().skip(skipped));
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (nth, cell) in cells.enumerate() {
        if nth > 0 {
            text.push(',');
        }
        text.push_str(&quoted(&cell));
    }
    text.push_str("\r\n");
}

/// A cell as a .csv has it. What a spreadsheet would take for a formula is made plain text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let plain = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if plain.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::{ChangeTold, quoted, written};
    use protocol::roster::RosterFinding;
    use ui::words::{Language, roster::RosterWords, roster_desk::RosterDeskWords};

    #[test]
    fn no_cell_is_a_formula() {
        let cases = [
            ("张山", "张山"),
            ("=1+1", "'=1+1"),
            ("-5", "'-5"),
            ("@x", "'@x"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("=a\nb", "\"'=a\nb\""),
        ];
        for (cell, expected) in cases {
            assert_eq!(quoted(cell), expected);
        }
    }

    #[test]
    fn each_finding_is_a_line() {
        let finding = RosterFinding {
            sheet: String::new(),
            row: 12,
            column: "手机".into(),
            letters: "G".into(),
            finding: "phone_length".into(),
            of: None,
            name: "张山".into(),
            unit: "北山林场 采伐队".into(),
            cell: "+86138".into(),
            against: String::new(),
            effect: "as_written".into(),
        };
        let language = Language::Chinese;
        let change = ChangeTold {
            row: 15,
            name: "李水".into(),
            what: "住址".into(),
            was: "甲路1号".into(),
            says: "乙路2号".into(),
        };
        let text = written(&[finding], vec![change], RosterWords(language), RosterDeskWords(language));
        let expected = "\u{feff}行,姓名,单位,列,列名,表里写的,问题,怎么处理\r\n12,张山,北山林场 采伐队,G,手机,'+86138,电话位数不对,照原样导入\r\n15,李水,,,住址,乙路2号,改动，原来：甲路1号,按表里的改\r\n";
        assert_eq!(text, expected);
    }
}
