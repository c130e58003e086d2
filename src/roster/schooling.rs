//! School stage and grade, as people write them: `2`, `2年级`, `二年级`, 高二, 初中三年级, 大班.

use crate::{
    sheet::Cell,
    synonyms::{STAGES, inside},
    text,
};
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
    let stage = inside(STAGES, &plain)?;
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
    let found = Schooling { stage: inside(STAGES, &plain), grade: grade_in(&plain) };
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

/// A grade: a number alone or before 年级 or 年, or behind 高, 初, 小, 大, 研, 中专, 博.
fn grade_in(plain: &str) -> Option<u8> {
    let plain = plain.split(['(', '[']).next().unwrap_or_default();
    let plain = plain.strip_suffix("在读").unwrap_or(plain);
    let before_class =
        plain.split_once('班').filter(|(_, rest)| rest.is_empty()).map_or(plain, |(before, _)| before);
    // 三年级2班, 三年二班: the class is not the grade.
    let word = match plain.split_once('年') {
        Some((before, _)) => before,
        None if before_class.len() < plain.len() => {
            let class = before_class.trim_end_matches(|sign: char| {
                sign.is_ascii_digit() || text::numeral(&sign.to_string()).is_some()
            });
            if class.is_empty() { return None } else { class }
        }
        None => plain,
    };
    let word = ["第", "上", "读"].iter().fold(word, |word, lead| word.trim_start_matches(lead));
    let behind = [
        "高中", "初中", "小学", "中专", "中职", "技校", "职高", "大专", "本科", "大学", "专科", "硕士",
        "博士", "高", "初", "小", "大", "研", "博", "职", "技", "专",
    ];
    let word = behind.iter().find_map(|lead| word.strip_prefix(lead)).unwrap_or(word);
    let word = word.trim_start_matches(['-', '第']);
    let value =
        if word.chars().all(|sign| sign.is_ascii_digit()) { word.parse().ok() } else { text::numeral(word) };
    value.filter(|grade| (1..=12).contains(grade))
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
