//! School stage and grade, as people write them: `2`, `2年级`, `二年级`, 高二, 初中三年级, 大班.

use crate::{sheet::Cell, synonyms::STAGES, text};
use domain::value::Stage;

/// What a cell says of a child's schooling.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Schooling {
    /// The stage, where it is said.
    pub stage: Option<Stage>,
    /// The grade, 1–12.
    pub grade: Option<u8>,
}

/// Reads a cell of 学段. `None` where it is none.
#[must_use]
pub fn stage(written: &str) -> Option<Schooling> {
    let plain = text::squeeze(written);
    let stage = STAGES.inside(&plain)?;
    // 高二, 初中三年级: the grade may stand along.
    Some(Schooling { stage: Some(stage), grade: grade_in(&plain) })
}

/// Reads a cell of 年级. `None` where it says neither a grade nor a stage.
#[must_use]
pub fn grade(cell: &Cell) -> Option<Schooling> {
    if let Cell::Number(number) = cell {
        let grade = (1..=12).find(|grade| f64::from(*grade) == *number)?;
        return Some(Schooling { stage: None, grade: Some(grade) });
    }
    let plain = text::squeeze(&cell.text());
    let found = Schooling { stage: STAGES.inside(&plain), grade: grade_in(&plain) };
    (found.stage.is_some() || found.grade.is_some()).then_some(found)
}

/// The stage that a school's name says for certain.
#[must_use]
pub fn of_school(school: &str) -> Option<Stage> {
    let plain = text::squeeze(school);
    // 九年一贯 schools and 附小, 附中 tell nothing for certain.
    if plain.ends_with("小学") || plain.ends_with("中心校") {
        Some(Stage::Primary)
    } else if plain.ends_with("幼儿园") || plain.ends_with("幼稚园") {
        Some(Stage::Kindergarten)
    } else {
        None
    }
}

/// A grade: a number alone or before 年级 or 年, or at the end behind a word for the stage.
fn grade_in(plain: &str) -> Option<u8> {
    let plain = plain.split(['(', '[']).next().unwrap_or_default();
    let plain = plain.strip_suffix("在读").unwrap_or(plain);
    // 三年级2班, 三年二班: the class is not the grade. 2024年级 and 2024级 are years of entry.
    let (before, has_year) = match plain.split_once('年') {
        Some((before, _)) => (before, true),
        None => (without_class(plain), false),
    };
    let is_number = |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign);
    let lead = before.trim_end_matches(is_number);
    let number = before.get(lead.len()..)?;
    let value = if number.chars().all(|sign| sign.is_ascii_digit()) {
        number.parse().ok()
    } else {
        text::numeral(number)
    };
    let behind_stage =
        ["高", "初", "小", "大", "研", "博", "技", "职", "专", "中", "学", "科", "士", "-", "第", "读", "上"];
    let is_said = has_year || lead.is_empty() || behind_stage.iter().any(|word| lead.ends_with(word));
    // 市二中: the school's own number. 一中 before 年 is none either.
    let is_grade = is_said && (plain.ends_with(number) || has_year || plain.ends_with('班'));
    value.filter(|grade| is_grade && (1..=12).contains(grade))
}

/// Without the class at the end: 高三5班 and 高三十二班 are 高三. A number alone before 班 is a class.
fn without_class(plain: &str) -> &str {
    let Some(before) = plain.strip_suffix('班') else { return plain };
    let of_digits = before.trim_end_matches(|sign: char| sign.is_ascii_digit());
    if of_digits != before {
        return of_digits;
    }
    let lead = before.trim_end_matches(|sign| "一二三四五六七八九十".contains(sign));
    let mut numerals = before.chars().skip(lead.chars().count());
    // Of several numerals behind a stage the first is the grade.
    match (numerals.next(), numerals.next()) {
        (Some(grade), Some(_)) if !lead.is_empty() && grade != '十' => {
            before.get(..lead.len() + grade.len_utf8()).unwrap_or(lead)
        }
        _ => lead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::value::Stage::*;

    fn check(input: &str, stage: Option<Stage>, grade: Option<u8>) {
        let found = super::grade(&Cell::Text(input.into())).unwrap_or_default();
        assert_eq!((found.stage, found.grade), (stage, grade), "{input:?}");
    }

    #[test]
    fn grades_of_every_style() {
        for (input, stage, grade) in [
            ("2", None, Some(2)),
            ("２", None, Some(2)),
            ("2年级", None, Some(2)),
            ("二年级", None, Some(2)),
            ("二 年 级", None, Some(2)),
            ("二", None, Some(2)),
            ("十二", None, Some(12)),
            ("三年级2班", None, Some(3)),
            ("三年二班", None, Some(3)),
            ("大二", None, Some(2)),
            ("高二", Some(SeniorHigh), Some(2)),
            ("高中2年级", Some(SeniorHigh), Some(2)),
            ("高三（5）班", Some(SeniorHigh), Some(3)),
            ("初三", Some(JuniorHigh), Some(3)),
            ("八年级", Some(JuniorHigh), Some(8)),
            ("小学五年级", Some(Primary), Some(5)),
            ("研一", Some(Graduate), Some(1)),
            ("大三在读", None, Some(3)),
            ("本科三年级", Some(University), Some(3)),
            ("大班", Some(Kindergarten), None),
            ("学前班", Some(Kindergarten), None),
            ("已毕业", Some(Left), None),
            ("2024级", None, None),
            ("高三5班", Some(SeniorHigh), Some(3)),
            ("高三二班", Some(SeniorHigh), Some(3)),
            ("高三三班", Some(SeniorHigh), Some(3)),
            ("初二十二班", Some(JuniorHigh), Some(2)),
            ("高三班", Some(SeniorHigh), None),
            ("二班", None, None),
            ("十二班", None, None),
            ("3班", None, None),
            ("高三(5)班", Some(SeniorHigh), Some(3)),
            ("北山中学初三", Some(JuniorHigh), Some(3)),
            ("省林业大学大二", Some(University), Some(2)),
            ("矿区小学四年级", Some(Primary), Some(4)),
            ("市二中", None, None),
            ("市第一中学", None, None),
            ("13", None, None),
            ("", None, None),
            ("待定", None, None),
        ] {
            check(input, stage, grade);
        }
        assert_eq!(super::grade(&Cell::Number(3.0)).and_then(|found| found.grade), Some(3));
        assert_eq!(super::grade(&Cell::Number(2.5)), None);
    }

    #[test]
    fn stages_of_every_style() {
        for (input, expected) in [
            ("小学", Some(Primary)),
            ("初 中", Some(JuniorHigh)),
            ("高中", Some(SeniorHigh)),
            ("职业高中", Some(Vocational)),
            ("中专", Some(Vocational)),
            ("大学本科", Some(University)),
            ("大学专科", Some(College)),
            ("专科", Some(College)),
            ("硕士研究生", Some(Graduate)),
            ("幼儿园大班", Some(Kindergarten)),
            ("未上学", Some(NotYet)),
            ("毕业", Some(Left)),
            ("其他", None),
        ] {
            assert_eq!(stage(input).and_then(|found| found.stage), expected, "{input:?}");
        }
    }
}
