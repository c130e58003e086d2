//! 问题清单: the findings of a roster, to repair it by, and all that it changes; the office writes it as a file. Pure.

use protocol::roster::{RosterFinding, RosterFormat, RosterList};
use ui::words::{roster::RosterWords, roster_desk::RosterDeskWords};

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

/// The list: a line for each finding and each change, under a line that names the columns.
pub fn problem_list(
    findings: &[RosterFinding],
    changes: Vec<ChangeTold>,
    format: RosterFormat,
    roster: RosterWords,
    desk: RosterDeskWords,
) -> RosterList {
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
    let of_finding = |finding: &RosterFinding| {
        let what = roster.finding(&finding.finding, finding.of, &finding.cell, &finding.against);
        [
            finding.sheet.clone(),
            finding.row.to_string(),
            finding.name.clone(),
            finding.unit.clone(),
            finding.letters.clone(),
            finding.column.clone(),
            finding.cell.clone(),
            what,
            roster.effect(&finding.effect).to_owned(),
        ]
    };
    let of_change = |ChangeTold { row, name, what, was, says }: ChangeTold| {
        let (was, then, none) = (desk.change_of(&was), desk.change_goes_in().to_owned(), String::new);
        [none(), row.to_string(), name, none(), none(), what, says, was, then]
    };
    let rows = findings.iter().map(of_finding).chain(changes.into_iter().map(of_change));
    // Without sheets there is no column of them.
    let first = usize::from(findings.iter().all(|finding| finding.sheet.is_empty()));
    let cells = |line: [String; 9]| line.into_iter().skip(first).map(|cell| plain(&cell)).collect();
    RosterList {
        name: desk.list_name().to_owned(),
        format,
        columns: cells(head.map(str::to_owned)),
        rows: rows.map(cells).collect(),
    }
}

/// A text without the signs that keep a date on one line of a screen: a file's text is searched and copied.
fn plain(cell: &str) -> String {
    cell.replace('\u{2060}', "").replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::{ChangeTold, problem_list};
    use protocol::roster::{RosterFinding, RosterFormat};
    use ui::words::{Language, roster::RosterWords, roster_desk::RosterDeskWords};

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
            was: "甲路1号 11-\u{2060}02".into(),
            says: "乙路2号".into(),
        };
        let words = (RosterWords(language), RosterDeskWords(language));
        let list = problem_list(&[finding], vec![change], RosterFormat::Xlsx, words.0, words.1);
        assert_eq!(list.columns.join(","), "行,姓名,单位,列,列名,表里写的,问题,怎么处理");
        let rows: Vec<String> = list.rows.iter().map(|row| row.join(",")).collect();
        let expected = [
            "12,张山,北山林场 采伐队,G,手机,+86138,电话位数不对,照原样导入",
            "15,李水,,,住址,乙路2号,改动，原来：甲路1号 11-02,按表里的改",
        ];
        assert_eq!(rows, expected);
    }
}
