//! Rosters by chance, in styles by chance, read back to what was meant.
//!
//! What is meant is made first; how it is written is chosen apart from it: order and names of columns, dates, telephones,
//! grades, how a family of several children stands, encoding, separator, titles, sums, merged cells.

use domain::{
    day::{Day, LooseDay},
    value::Sex,
};
use proptest::prelude::*;

use crate::{
    export::tests::shown,
    plan::{Answers, tests::office::Office},
};

use super::builders::{Encoding, Merged, Put, book, columns, encode, line, read_with, table};
use super::meant::{BRANCHES, CATEGORIES, CAUSES, Child, MARITALS, Meant, STAGES, meant};

const GRADES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// What a column holds, and how offices name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Col {
    Serial,
    Name,
    Sex,
    Id,
    Born,
    Branch,
    Category,
    Cause,
    Telephone,
    Marital,
    Spouse,
    Child,
    Stage,
    Grade,
    Leader,
    Officer,
    Manager,
    Phones,
    Mystery,
}

const COLUMNS: [(Col, &[&str]); 19] = [
    (Col::Serial, &["序号", "编号", "No."]),
    (Col::Name, &["姓名", "户主姓名", "职工姓名", "困难职工姓名", "*姓名"]),
    (Col::Sex, &["性别", "性 别"]),
    (Col::Id, &["身份证号", "身份证号码", "公民身份号码", "证件号码"]),
    (Col::Born, &["出生年月", "出生日期", "生日"]),
    (Col::Branch, &["所属分会", "分会", "单位", "所在单位", "二级单位"]),
    (Col::Category, &["困难类别", "类别", "困难程度", "困难类型"]),
    (Col::Cause, &["主要致困原因", "致困原因", "困难原因"]),
    (Col::Telephone, &["联系电话", "手机", "本人电话", "联系方式"]),
    (Col::Marital, &["婚姻状况", "婚姻", "婚否"]),
    (Col::Spouse, &["配偶姓名", "爱人姓名", "配偶"]),
    (Col::Child, &["子女姓名", "孩子姓名", "子女名字"]),
    (Col::Stage, &["学段", "子女学段", "在读阶段"]),
    (Col::Grade, &["年级", "子女年级", "就读年级"]),
    (Col::Leader, &["单位领导", "第一帮扶人", "单位领导(第一帮扶人)"]),
    (Col::Officer, &["工会干部", "工会主席"]),
    (Col::Manager, &["基层领导", "车间主任"]),
    (Col::Phones, &["帮扶人电话", "帮扶责任人联系电话"]),
    (Col::Mystery, &["食堂卡号"]),
];

/// Cells that a spreadsheet would run among others.
const MYSTERIES: [&str; 8] = ["0815", "-已退", "=2+2", "+1", "@x", "'-已退", "'=", "＝2"];

/// How a sheet is written.
#[derive(Clone, Debug)]
struct Style {
    order: Vec<usize>,
    names: Vec<usize>,
    title: bool,
    date: usize,
    telephone: usize,
    grade: usize,
    family: Family,
    separator: char,
    encoding: Encoding,
    sums: bool,
    word: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    /// A row for each child, the others blank.
    Rows,
    /// The same, the household's cells merged; only a workbook can.
    Merged,
    /// All children in one cell.
    OneCell,
}

prop_compose! {
    fn style()(
        order in Just((0..COLUMNS.len()).collect::<Vec<_>>()).prop_shuffle(), names in prop::collection::vec(0..10_usize, COLUMNS.len()),
        title in any::<bool>(), date in 0..7_usize, telephone in 0..5_usize, grade in 0..3_usize,
        family in prop::sample::select(vec![Family::Rows, Family::Merged, Family::OneCell]),
        separator in prop::sample::select(vec![',', ';', '\t']),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16, Encoding::Gb18030]),
        sums in any::<bool>(), word in 0..4_usize,
    ) -> Style {
        Style { order, names, title, date, telephone, grade, family, separator, encoding, sums, word }
    }
}

fn pick<'a>(words: &[&'a str], at: usize) -> &'a str {
    words[at % words.len()]
}

impl Style {
    fn date(&self, born: LooseDay) -> Put {
        let (year, month, day) = born.parts();
        let month = month.unwrap();
        let text = match (day, self.date) {
            (None, 0 | 3) => format!("{year}年{month}月"),
            (None, 1) => format!("{year}{month:02}"),
            (None, _) => format!("{year}-{month:02}"),
            (Some(day), 0) => format!("{year}年{month}月{day}日"),
            (Some(day), 1) => format!("{year}{month:02}{day:02}"),
            (Some(day), 2) => format!("{year}.{month}.{day}"),
            (Some(day), 3) => format!("{year}/{month}/{day}"),
            (Some(day), 4) => format!("{year}-{month:02}-{day:02} 00:00:00"),
            (Some(day), 5) => return Put::Date(Day::new(year, month, day).unwrap()),
            (Some(day), _) => {
                let wide = |sign: char| char::from_u32(u32::from(sign) + 0xfee0).unwrap();
                format!("{year}-{month}-{day}")
                    .chars()
                    .map(|sign| if sign == '-' { sign } else { wide(sign) })
                    .collect()
            }
        };
        Put::Text(text)
    }

    fn telephone(&self, number: &str) -> Put {
        let (a, b, c) = (&number[..3], &number[3..7], &number[7..]);
        match self.telephone {
            0 => Put::Text(format!("{a}-{b}-{c}")),
            1 => Put::Text(format!("{a} {b} {c}")),
            2 => Put::Number(number.parse().unwrap()),
            3 => Put::Text(format!("手机：{number}（本人）")),
            _ => Put::Text(format!("{number} ")),
        }
    }

    fn grade(&self, grade: u8) -> Put {
        match self.grade {
            0 => Put::Number(f64::from(grade)),
            1 => Put::Text(format!("{grade}年级")),
            _ => Put::Text(format!("{}年级", GRADES[usize::from(grade) - 1])),
        }
    }

    fn cell(&self, col: Col, meant: &Meant, nth: usize) -> Put {
        let text = |text: &str| Put::from(text);
        match col {
            Col::Serial => Put::Number((nth + 1) as f64),
            Col::Name => {
                let spaced = meant.name.chars().map(String::from).collect::<Vec<_>>().join("　");
                text(if self.word.is_multiple_of(2) { &meant.name } else { &spaced })
            }
            Col::Sex => text(if meant.sex == Sex::Male { "男" } else { "女" }),
            Col::Id => text(&meant.id(nth)),
            Col::Born => self.date(meant.born()),
            Col::Branch => text(BRANCHES[meant.branch]),
            Col::Category => text(pick(CATEGORIES[meant.category].1, self.word)),
            Col::Cause => text(pick(CAUSES[meant.cause].1, self.word)),
            Col::Telephone => self.telephone(&meant.telephone(nth)),
            Col::Marital => text(pick(MARITALS[meant.marital].1, self.word)),
            Col::Spouse => text(if meant.marital == 0 { &meant.spouse } else { "" }),
            Col::Leader => text(&meant.helper(0).0),
            Col::Officer => text(&meant.helper(1).0),
            Col::Manager => text(&meant.helper(2).0),
            Col::Phones => {
                let numbers: Vec<String> = (0..3).map(|seat| meant.helper(seat).1).collect();
                text(&numbers.join(["、", "/", ";", "\n"][self.word]))
            }
            Col::Mystery => text(pick(&MYSTERIES, nth + self.word)),
            Col::Child | Col::Stage | Col::Grade => Put::Blank,
        }
    }

    fn of_child(&self, col: Col, children: &[Child]) -> Put {
        let join = |parts: Vec<String>| Put::from(parts.join("、").as_str());
        match (col, children) {
            (Col::Grade, [one]) => self.grade(one.grade),
            (Col::Child, all) => join(all.iter().map(|child| child.name.clone()).collect()),
            (Col::Stage, all) => {
                join(all.iter().map(|child| pick(STAGES[child.stage].1, self.word).to_owned()).collect())
            }
            (_, all) => join(all.iter().map(|child| self.grade(child.grade).text()).collect()),
        }
    }

    /// The rows of a household.
    fn rows(&self, meant: &Meant, nth: usize) -> Vec<Vec<Put>> {
        let groups: Vec<&[Child]> = match self.family {
            Family::OneCell => vec![&meant.children],
            _ if meant.children.is_empty() => vec![&[]],
            _ => meant.children.chunks(1).collect(),
        };
        let is_child = |col: Col| matches!(col, Col::Child | Col::Stage | Col::Grade);
        let row = |(at, group): (usize, &&[Child])| {
            let cell = |col: Col| match (is_child(col), at) {
                (true, _) => self.of_child(col, group),
                (false, 0) => self.cell(col, meant, nth),
                (false, _) => Put::Blank,
            };
            self.order.iter().map(|col| cell(COLUMNS[*col].0)).collect()
        };
        groups.iter().enumerate().map(row).collect()
    }

    /// The whole sheet, the row each household begins in, and what is merged; the first household is the nth of all.
    fn sheet(&self, all: &[Meant], first: usize) -> (Vec<Vec<Put>>, Vec<u32>, Vec<Merged>) {
        let mut rows: Vec<Vec<Put>> = Vec::new();
        let (mut begins, mut merged) = (Vec::new(), Vec::new());
        if self.title {
            rows.push(vec!["某矿困难职工花名册".into()]);
            rows.push(Vec::new());
        }
        rows.push(self.order.iter().map(|col| pick(COLUMNS[*col].1, self.names[*col]).into()).collect());
        for (nth, meant) in all.iter().enumerate() {
            let top = rows.len() as u32;
            begins.push(top + 1);
            rows.extend(self.rows(meant, first + nth));
            let bottom = rows.len() as u32 - 1;
            if self.family == Family::Merged && bottom > top {
                let single =
                    |col: &usize| matches!(COLUMNS[*col].0, Col::Name | Col::Id | Col::Branch | Col::Leader);
                let columns = self.order.iter().enumerate().filter(|(_, col)| single(col));
                merged.extend(columns.map(|(at, _)| (top, bottom, at as u16, at as u16)));
            }
            if self.sums && nth % 3 == 2 {
                rows.push(vec!["小计".into()]);
                rows.push(Vec::new());
            }
        }
        if self.sums {
            rows.push(vec!["合计".into(), format!("{}户", all.len()).as_str().into()]);
            rows.push(vec!["制表人：".into(), Put::Blank, "审核人：".into()]);
        }
        (rows, begins, merged)
    }
}

fn check(bytes: &[u8], expected: &[String]) -> Result<(), TestCaseError> {
    let reading = read_with(bytes, None).map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
    let told: Vec<String> = reading.households.iter().map(line).collect();
    prop_assert_eq!(told, expected, "{}", columns(&reading));
    let codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code.word()).collect();
    prop_assert_eq!(codes, vec!["column_unknown"]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_roster_is_read_back_as_it_was_meant(all in prop::collection::vec(meant(), 1..12), style in style()) {
        let (rows, begins, merged) = style.sheet(&all, 0);
        let expected: Vec<String> =
            all.iter().zip(&begins).enumerate().map(|(nth, (meant, row))| meant.line(*row, nth)).collect();
        check(&book(&rows, &merged), &expected)?;
        if style.family != Family::Merged {
            check(&encode(&table(&rows, style.separator), style.encoding), &expected)?;
        }
    }

    /// Whatever the bytes: an answer, never a panic.
    #[test]
    fn any_text_is_answered(text in "[姓名电话住址张李1-9,;\t\n\"（） 户计0-9./年月]{0,400}") {
        let _ = read_with(format!("姓名,电话,住址,身份证号,出生年月,子女姓名,年级\n{text}").as_bytes(), None);
        let _ = read_with(text.as_bytes(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_roster_comes_out_as_it_went_in(all in prop::collection::vec(meant(), 1..12), style in style()) {
        let (rows, _, merged) = style.sheet(&all, 0);
        let bytes = book(&rows, &merged);
        let mut office = Office::new();
        office.take_in_bytes(&bytes, "2026-01-01");
        let original = read_with(&bytes, None).map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
        let (written, reading) = office.export("2026-02-01");
        prop_assert_eq!(shown(&reading.households), shown(&original.households));
        let plan = office.take_in_bytes(&written, "2026-03-01");
        let news: Vec<_> = plan.households.iter().filter(|one| one.is_new || one.changes()).collect();
        prop_assert!(news.is_empty(), "{:?}\n{}", news, String::from_utf8_lossy(&written));
    }

    #[test]
    fn two_rosters_in_two_styles_come_out_together(
        all in prop::collection::vec(meant(), 2..12), one in style(), other in style(), first in 1..11_usize,
    ) {
        let (of_one, of_other) = all.split_at(first.min(all.len() - 1));
        let mut office = Office::new();
        let mut expected = Vec::new();
        for (nth, (of_style, style, first)) in [(of_one, one, 0), (of_other, other, of_one.len())].into_iter().enumerate() {
            let (rows, _, merged) = style.sheet(of_style, first);
            let bytes = book(&rows, &merged);
            let reading =
                read_with(&bytes, None).map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
            expected.extend(shown(&reading.households));
            office.take_in_reading(&reading, ["2026-01-01", "2026-01-02"][nth], &Answers::default());
        }
        let (written, reading) = office.export("2026-02-01");
        let text = String::from_utf8_lossy(&written);
        prop_assert_eq!(shown(&reading.households), expected, "{}", text);
    }
}
