//! What is known of a fictional household: values for the six.

use domain::day::{Day, LooseDay};
use domain::id::{ChildId, EventId};
use domain::slot::{Slot, Value, Values};
use domain::value::{
    AddressValue, ChildValue, Dwelling, EventKind, EventValue, Marital, NameValue, Sex, SpouseValue, Stage,
    Telephone, TelephoneValue, Whose,
};

use super::{Chance, people};

const ESTATES: &[&str] =
    &["红旗小区", "铜矿新村", "矿山路", "老工房", "北山林场家属区", "青峰家园", "向阳街", "水库路"];
const LANDMARKS: &[&str] =
    &["", "", "", "供销社后面", "球场对面", "变电所旁", "不通车，走小路上去", "二楼，敲窗户"];
const WORK: &[&str] = &["退休", "无业", "打零工", "矿上后勤", "超市收银", "在家照顾老人", "外出务工"];
const HEALTH: &[&str] = &["", "", "高血压", "糖尿病", "腰椎术后", "尘肺病", "透析中"];

/// What stands when the file begins; some things nobody asked yet.
pub(super) fn at_first(chance: &mut Chance, name: &str, complete: bool, since: Day) -> Values {
    let mut values = Values::new();
    let sex = chance.percent(62);
    values.insert(
        Slot::Name,
        Value::Name(NameValue {
            text: name.to_owned(),
            sex: Some(if sex { Sex::Male } else { Sex::Female }),
            born: born(chance, 1962, 1992),
            work_number: format!("Q{:05}", chance.within(1000, 29_999)),
            ..NameValue::default()
        }),
    );
    values.insert(Slot::Address, address(chance));
    if complete || chance.percent(88) {
        values.insert(Slot::Telephone, telephone(chance));
    }
    if complete || chance.percent(85) {
        values.insert(Slot::Spouse, spouse(chance));
    }
    if complete || chance.percent(80) {
        children(chance, name, since, &mut values);
    }
    values
}

fn born(chance: &mut Chance, from: i32, until: i32) -> Option<LooseDay> {
    let (year, month, day) = (chance.within(from, until), chance.within(1, 12), chance.within(1, 28));
    LooseDay::new(year, u8::try_from(month).ok(), u8::try_from(day).ok())
}

/// An address.
pub(super) fn address(chance: &mut Chance) -> Value {
    let text = format!(
        "{} {} 栋 {} 单元 {}0{}",
        chance.one_of(ESTATES),
        chance.within(1, 58),
        chance.within(1, 4),
        chance.within(1, 6),
        chance.within(1, 4)
    );
    let dwelling = match chance.within(0, 3) {
        0 => Dwelling::Dormitory,
        1 => Dwelling::Rented,
        _ => Dwelling::Owned,
    };
    Value::Address(AddressValue {
        text,
        landmark: chance.one_of(LANDMARKS).to_owned(),
        dwelling: Some(dwelling),
        ..AddressValue::default()
    })
}

/// One telephone, the worker's.
pub(super) fn telephone(chance: &mut Chance) -> Value {
    let number = people::telephone(chance);
    let numbers = vec![Telephone { number, whose: Whose::Worker, rest: serde_json::Map::new() }];
    Value::Telephone(TelephoneValue { numbers, ..TelephoneValue::default() })
}

/// A spouse, or none.
pub(super) fn spouse(chance: &mut Chance) -> Value {
    let marital = match chance.within(1, 10) {
        1 => Marital::Single,
        2 => Marital::Divorced,
        3 => Marital::Widowed,
        _ => Marital::Married,
    };
    if marital != Marital::Married {
        return Value::Spouse(SpouseValue { marital, ..SpouseValue::default() });
    }
    Value::Spouse(SpouseValue {
        marital,
        name: people::name(chance),
        work: chance.one_of(WORK).to_owned(),
        health: chance.one_of(HEALTH).to_owned(),
        ..SpouseValue::default()
    })
}

fn children(chance: &mut Chance, parent: &str, since: Day, values: &mut Values) {
    let mut ids = Vec::new();
    for _ in 0..chance.one_of(&[0, 0, 1, 1, 1, 2]) {
        let id = chance.id(3, ChildId::new);
        ids.push(id);
        values.insert(Slot::Child(id), child(chance, parent, since));
    }
    ids.sort_unstable();
    values.insert(Slot::Schooling, Value::Children(ids));
}

/// A child at school, as old as its class.
fn child(chance: &mut Chance, parent: &str, since: Day) -> Value {
    let (stage, school, grades, first_at, cost) = match chance.within(0, 4) {
        0 => (Stage::Primary, "青峰小学", 6, 6, 4_000),
        1 => (Stage::JuniorHigh, "青峰中学", 3, 12, 6_000),
        2 => (Stage::SeniorHigh, "市第一中学", 3, 15, 9_000),
        3 => (Stage::Vocational, "青峰职业学校", 3, 15, 8_000),
        _ => (Stage::University, "省理工大学", 4, 18, 18_000),
    };
    let grade = chance.within(1, grades);
    let year = school_year(since) - first_at - (grade - 1);
    let born = LooseDay::new(year, u8::try_from(chance.within(1, 8)).ok(), None);
    Value::Child(ChildValue {
        name: people::child_of(chance, parent),
        born,
        stage: Some(stage),
        school: school.to_owned(),
        grade: u8::try_from(grade).ok(),
        yearly_cost_fen: Some(i64::from(cost + chance.within(-10, 20) * 100) * 100),
        ..ChildValue::default()
    })
}

/// The year in which the school year of a day began.
fn school_year(day: Day) -> i32 {
    let (year, month, _) = day.parts();
    if month >= 9 { year } else { year - 1 }
}

/// A child as it is on a day, who was so on the day it was last spoken of: one class on for each first
/// of September between.
pub(super) fn by_then(child: &ChildValue, seen: Day, day: Day) -> ChildValue {
    (school_year(seen)..school_year(day)).fold(child.clone(), |child, _| a_year_on(child))
}

fn a_year_on(child: ChildValue) -> ChildValue {
    match (child.stage, child.grade) {
        (Some(Stage::Primary), Some(6)) => moved(child, Stage::JuniorHigh, "青峰中学"),
        (Some(Stage::JuniorHigh), Some(3)) => moved(child, Stage::SeniorHigh, "市第一中学"),
        (Some(Stage::SeniorHigh), Some(3)) => moved(child, Stage::University, "省理工大学"),
        (Some(Stage::Vocational), Some(3)) | (Some(Stage::University), Some(4)) => ChildValue {
            stage: Some(Stage::Left),
            school: String::new(),
            grade: None,
            yearly_cost_fen: None,
            ..child
        },
        (_, Some(grade)) => ChildValue { grade: Some(grade + 1), ..child },
        (_, None) => child,
    }
}

fn moved(mut child: ChildValue, stage: Stage, school: &str) -> ChildValue {
    (child.stage, child.grade) = (Some(stage), Some(1));
    child.school = school.to_owned();
    child
}

/// A major event that happened shortly before a day; of a spouse only where there is one.
pub(super) fn event(chance: &mut Chance, day: Day, is_married: bool) -> (EventId, Value) {
    let (kind, who, what, cost) = match chance.within(0, 3) {
        1 if is_married => (EventKind::Illness, "配偶", "查出慢性病，要长期吃药", 9_000),
        2 => (EventKind::Accident, "父亲", "摔伤骨折，需要人照顾", 12_000),
        3 if is_married => (EventKind::JobLoss, "配偶", "原单位裁员，现在没有收入", 0),
        _ => (EventKind::Illness, "本人", "住院做了手术，还在休养", 26_000),
    };
    let event = EventValue {
        kind,
        day: Some(day.plus(-chance.within(2, 25)).into()),
        who: who.to_owned(),
        what: what.to_owned(),
        cost_fen: (cost > 0).then_some(cost * 100),
        rest: serde_json::Map::new(),
    };
    (chance.id(4, EventId::new), Value::Event(event))
}
