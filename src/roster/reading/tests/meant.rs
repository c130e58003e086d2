//! Households as they are meant, by chance: what a random roster should be read back to.

use domain::{
    day::{Day, LooseDay},
    rules::Cause,
    value::{Marital, Sex, Stage},
};
use proptest::prelude::*;

/// A household as it is meant.
#[derive(Clone, Debug)]
pub struct Meant {
    pub name: String,
    pub sex: Sex,
    pub born: Day,
    pub month_only: bool,
    pub branch: usize,
    pub category: usize,
    pub cause: usize,
    pub telephone: u32,
    pub marital: usize,
    pub spouse: String,
    pub children: Vec<Child>,
    pub helpers: [usize; 3],
}

#[derive(Clone, Debug)]
pub struct Child {
    pub name: String,
    pub stage: usize,
    pub grade: u8,
}

pub const BRANCHES: [&str; 3] = ["采矿场", "运输部", "职工医院"];
pub const CATEGORIES: [(&str, &[&str]); 4] = [
    ("特困户", &["特困户", "特困", "特 困 户", "特困职工"]),
    ("困难边缘户", &["困难边缘户", "边缘户", "边缘"]),
    ("大病职工", &["大病职工", "大病"]),
    ("深度困难", &["深度困难", "深度困难职工"]),
];
pub const CAUSES: [(Cause, &[&str]); 3] = [
    (Cause::SevereIllness, &["患重特大疾病", "因病", "大病"]),
    (Cause::Accident, &["意外事故", "车祸"]),
    (Cause::Schooling, &["子女上学", "因学"]),
];
pub const MARITALS: [(Marital, &[&str]); 3] = [
    (Marital::Married, &["已婚", "在婚"]),
    (Marital::Divorced, &["离异", "离婚"]),
    (Marital::Widowed, &["丧偶"]),
];
pub const STAGES: [(Stage, &[&str]); 4] = [
    (Stage::Primary, &["小学"]),
    (Stage::SeniorHigh, &["高中", "普高"]),
    (Stage::Vocational, &["中职", "中专"]),
    (Stage::University, &["本科", "大学本科"]),
];
fn han() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(
        "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施孔曹严华金魏陶姜梅兰竹菊松柏"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(sign, 2..4).prop_map(|signs| signs.into_iter().collect())
}

prop_compose! {
    pub fn meant()(
        name in han(), male in any::<bool>(), born in (-7_000..12_000_i32).prop_map(Day::from_number),
        month_only in prop::bool::weighted(0.2), branch in 0..3_usize, category in 0..4_usize, cause in 0..3_usize,
        telephone in 0..900_000_000_u32, marital in 0..3_usize, spouse in han(),
        children in prop::collection::vec((han(), 0..4_usize, 1..4_u8), 0..4), helpers in [0..4_usize, 4..8, 8..12],
    ) -> Meant {
        let mut children: Vec<Child> =
            children.into_iter().map(|(name, stage, grade)| Child { name, stage, grade }).collect();
        children.sort_by(|one, other| one.name.cmp(&other.name));
        children.dedup_by(|one, other| one.name == other.name);
        let sex = if male { Sex::Male } else { Sex::Female };
        Meant { name, sex, born, month_only, branch, category, cause, telephone, marital, spouse, children, helpers }
    }
}

impl Meant {
    pub fn id(&self, nth: usize) -> String {
        let (year, month, day) = self.born.parts();
        let order = (nth % 400) * 2 + usize::from(self.sex == Sex::Male);
        let stem = format!("990000{year:04}{month:02}{day:02}{order:03}");
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 =
            stem.chars().zip(weights).map(|(sign, weight)| sign.to_digit(10).unwrap() * weight).sum();
        let last = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
        format!("{stem}{last}")
    }

    /// Unlike anybody else's, so that households differ.
    pub fn telephone(&self, nth: usize) -> String {
        format!("13{:09}", u64::from(self.telephone) / 1000 * 1000 + nth as u64)
    }

    pub fn born(&self) -> LooseDay {
        let (year, month, day) = self.born.parts();
        LooseDay::new(year, Some(month), (!self.month_only).then_some(day)).unwrap()
    }

    pub fn helper(&self, seat: usize) -> (String, String) {
        let of = self.helpers[seat];
        (format!("帮{}", "甲乙丙丁戊己庚辛壬癸子丑".chars().nth(of).unwrap()), format!("159{of:08}"))
    }

    /// The household in one line, as `builders::line` says it.
    pub fn line(&self, row: u32, nth: usize) -> String {
        let (marital, _) = MARITALS[self.marital];
        let spouse = if marital == Marital::Married {
            format!("Married {}", self.spouse)
        } else {
            format!("{marital:?}")
        };
        let mut parts = vec![
            format!("{row} {}", self.name),
            format!("{:?}", self.sex),
            self.born().to_string(),
            self.id(nth),
            format!("{}/", BRANCHES[self.branch]),
            CATEGORIES[self.category].0.to_owned(),
            format!("{:?}", CAUSES[self.cause].0),
            format!("Worker {}", self.telephone(nth)),
            spouse,
        ];
        parts.extend(
            self.children
                .iter()
                .map(|child| format!("[{}  {:?}{} ]", child.name, STAGES[child.stage].0, child.grade)),
        );
        for (seat, name) in ["Leader", "UnionOfficer", "LineManager"].iter().enumerate() {
            let (helper, telephone) = self.helper(seat);
            parts.push(format!("{name}={helper}{telephone}"));
        }
        parts.join(", ")
    }
}
