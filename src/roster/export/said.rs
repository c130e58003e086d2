//! Values as a sheet says them: in the words that reading takes for the same value.

use domain::{
    rules::Cause,
    value::{ChildValue, Dwelling, EventKind, EventValue, Marital, Sex, Stage, Telephone, Whose},
};

pub(super) const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
    }
}

pub(super) const fn marital(marital: Marital) -> &'static str {
    match marital {
        Marital::Single => "未婚",
        Marital::Married => "已婚",
        Marital::Divorced => "离异",
        Marital::Widowed => "丧偶",
    }
}

pub(super) const fn dwelling(dwelling: Dwelling) -> &'static str {
    match dwelling {
        Dwelling::Owned => "自有房",
        Dwelling::Rented => "租房",
        Dwelling::Public => "公房",
        Dwelling::Dormitory => "宿舍",
        Dwelling::WithRelatives => "借住",
        Dwelling::Other => "其他",
    }
}

pub(crate) const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::UnableToWork => "无劳动能力",
        Cause::Unemployed => "有劳动能力未就业",
        Cause::LaidOff => "下岗失业",
        Cause::Uninsured => "未参保",
        Cause::BenefitsUnpaid => "社保待遇落实不到位",
        Cause::SevereIllness => "患重特大疾病",
        Cause::Disaster => "自然灾害",
        Cause::Accident => "意外事故",
        Cause::Schooling => "子女上学",
        Cause::Other => "其他",
    }
}

pub(super) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::NotYet => "未入学",
        Stage::Kindergarten => "幼儿园",
        Stage::Primary => "小学",
        Stage::JuniorHigh => "初中",
        Stage::SeniorHigh => "高中",
        Stage::Vocational => "中职",
        Stage::College => "大专",
        Stage::University => "本科",
        Stage::Graduate => "研究生",
        Stage::Left => "不在读",
    }
}

/// 三年级, counted as a roster does: of 初中 and 高中 from one again.
pub(super) fn grade(stage: Option<Stage>, grade: u8) -> String {
    let grade = match (stage, grade) {
        (Some(Stage::JuniorHigh), 7..=9) => grade - 6,
        (Some(Stage::SeniorHigh), 10..=12) => grade - 9,
        _ => grade,
    };
    const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let numeral = usize::from(grade).checked_sub(1).and_then(|at| NUMERALS.get(at));
    numeral.map(|numeral| format!("{numeral}年级")).unwrap_or_default()
}

/// Fen as yuan: `8000`, `85.5`.
pub(super) fn yuan(fen: i64) -> String {
    match (fen / 100, fen % 100) {
        (yuan, 0) => yuan.to_string(),
        (yuan, rest) => format!("{yuan}.{rest:02}").trim_end_matches('0').to_owned(),
    }
}

/// A number, with whose it is where it is not the worker's.
pub(super) fn telephone(telephone: &Telephone) -> String {
    let whose = match telephone.whose {
        Whose::Worker => return telephone.number.clone(),
        Whose::Spouse => "配偶",
        Whose::Parent => "父母",
        Whose::Child => "子女",
        Whose::Neighbour => "邻居",
        Whose::Other => "其他",
    };
    format!("{}（{whose}）", telephone.number)
}

/// An event in one line; one that a sheet said is said as it was.
pub(super) fn event(event: &EventValue) -> String {
    const fn kind(kind: EventKind) -> &'static str {
        match kind {
            EventKind::Illness => "患病住院",
            EventKind::Accident => "意外事故",
            EventKind::Death => "亲人去世",
            EventKind::JobLoss => "失业",
            EventKind::Disaster => "受灾",
            EventKind::Marriage => "婚姻变故",
            EventKind::Birth => "生育",
            EventKind::SchoolEntry => "升学",
            EventKind::Other => "其他",
        }
    }
    let day = event.day.map(|day| day.to_string()).unwrap_or_default();
    let what = if event.what.is_empty() { kind(event.kind) } else { event.what.as_str() };
    let cost = event.cost_fen.map(|fen| format!("花费{}元", yuan(fen))).unwrap_or_default();
    let parts = [day.as_str(), event.who.as_str(), what, cost.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the columns of a child say: name, birth, school, stage, grade, cost.
pub(crate) fn child(child: &ChildValue) -> [String; 6] {
    [
        child.name.clone(),
        child.born.map(|born| born.to_string()).unwrap_or_default(),
        child.school.clone(),
        child.stage.map(stage).unwrap_or_default().to_owned(),
        child.grade.map(|of| grade(child.stage, of)).unwrap_or_default(),
        child.yearly_cost_fen.map(yuan).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{schooling, sheet::Cell, words};

    #[test]
    fn what_is_said_is_read_as_the_same() {
        for one in [Sex::Male, Sex::Female] {
            assert_eq!(words::sex(sex(one)), Some(one));
        }
        for one in [Marital::Single, Marital::Married, Marital::Divorced, Marital::Widowed] {
            assert_eq!(words::marital(marital(one)), Some(one));
        }
        use Dwelling::{Dormitory, Owned, Public, Rented, WithRelatives};
        for one in [Owned, Rented, Public, Dormitory, WithRelatives, Dwelling::Other] {
            assert_eq!(words::dwelling(dwelling(one)), Some(one));
        }
        for (one, _) in crate::synonyms::CAUSES.lines() {
            assert_eq!(words::causes(cause(one))[0].1, Some(one));
        }
        for (one, _) in crate::synonyms::STAGES.lines() {
            assert_eq!(schooling::stage(stage(one)).and_then(|found| found.stage), Some(one));
        }
        for number in 1..=12 {
            let found = schooling::grade(&Cell::Text(grade(None, number))).unwrap();
            assert_eq!(found.grade, Some(number));
        }
        // Chosen at the desk it counts from primary school; a sheet of 初中 begins again.
        for (stage, number, said) in [
            (Stage::JuniorHigh, 8, "二年级"),
            (Stage::JuniorHigh, 2, "二年级"),
            (Stage::SeniorHigh, 11, "二年级"),
            (Stage::University, 4, "四年级"),
        ] {
            assert_eq!(grade(Some(stage), number), said);
        }
    }
}
