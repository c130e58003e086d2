//! The tree of units and the people: a chair, a registrar, a supervisor and 74 helpers.

use std::collections::BTreeSet;

use domain::id::{PersonId, UnitId};
use domain::seat::Seat;
use protocol::desk::{Level, NewPerson, NewUnit};
use protocol::sign_in::{Grant, Role};

use super::{Chance, NAME};

/// A branch as it is to be: its groups, households, helpers, and how it works.
pub(super) struct Plan {
    pub name: &'static str,
    pub groups: &'static [&'static str],
    pub households: i32,
    pub helpers: i32,
    /// Visited on time, in percent.
    pub on_time: i32,
    /// Never visited though due, in percent.
    pub never: i32,
    /// Items left unasked, in percent.
    pub unasked: i32,
}

const fn plan(
    name: &'static str,
    groups: &'static [&'static str],
    households: i32,
    helpers: i32,
    habits: [i32; 3],
) -> Plan {
    let [on_time, never, unasked] = habits;
    Plan { name, groups, households, helpers, on_time, never, unasked }
}

/// The eight branches: some good, one neglected (林业站).
pub(super) const BRANCHES: [Plan; 8] = [
    plan("采矿场", &["一工区", "二工区", "三工区"], 61, 13, [95, 0, 2]),
    plan("大山选矿厂", &["磨浮工段", "碎矿工段", "脱水工段"], 57, 12, [78, 1, 8]),
    plan("泗洲选矿厂", &["磨浮工段", "尾矿工段", "机修工段"], 48, 11, [84, 0, 6]),
    plan("运输部", &["电机车段", "汽车队", "调度室"], 38, 9, [82, 0, 6]),
    plan("动力厂", &["供水工段", "供电工段"], 34, 8, [88, 0, 4]),
    plan("林业站", &["北山林场", "南沟林场", "苗圃"], 40, 10, [50, 11, 16]),
    plan("职工医院", &["门诊部", "住院部"], 20, 6, [90, 0, 3]),
    plan("机关", &["机关一支会"], 14, 5, [100, 0, 0]),
];

/// The branch whose first leader is offered first: households of every sort, overdue, soon due and fine.
const SHOWN_FIRST: &str = "运输部";

/// The units, and which groups belong to which branch.
pub(super) struct Tree {
    pub units: Vec<NewUnit>,
    pub root: UnitId,
    /// Per branch: its own id and its groups'.
    pub branches: Vec<(UnitId, Vec<UnitId>)>,
}

/// Makes the tree.
pub(super) fn tree(chance: &mut Chance) -> Tree {
    let mut units = Vec::new();
    let mut unit = |chance: &mut Chance, parent: Option<UnitId>, level: Level, name: &str| {
        let id = chance.id(1, UnitId::new);
        units.push(NewUnit { id, parent, level, name: name.to_owned() });
        id
    };
    let root = unit(chance, None, Level::Union, NAME);
    let mut branches = Vec::new();
    for plan in &BRANCHES {
        let branch = unit(chance, Some(root), Level::Branch, plan.name);
        let groups = plan.groups.iter().map(|name| unit(chance, Some(branch), Level::Group, name)).collect();
        branches.push((branch, groups));
    }
    Tree { units, root, branches }
}

/// Everybody, and who can take which seat where.
pub(super) struct Crowd {
    pub persons: Vec<NewPerson>,
    pub registrar: PersonId,
    pub chair: PersonId,
    /// Per branch: leaders, union officers, line managers.
    pub seats: Vec<[Vec<PersonId>; 3]>,
}

impl Crowd {
    /// Those of a branch who can take a seat.
    pub(super) fn of(&self, branch: usize, seat: Seat) -> &[PersonId] {
        let at = match seat {
            Seat::Leader => 0,
            Seat::UnionOfficer => 1,
            Seat::LineManager => 2,
        };
        self.seats.get(branch).and_then(|seats| seats.get(at)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Makes everybody.
pub(super) fn crowd(chance: &mut Chance, tree: &Tree) -> Crowd {
    let mut names = Names::default();
    let mut persons = Vec::new();
    let mut person = |chance: &mut Chance, names: &mut Names, unit: UnitId, roles: &[Role], rank: i64| {
        // People are offered in the order of their ids.
        let id = chance.id(rank, PersonId::new);
        persons.push(NewPerson {
            id,
            name: names.fresh(chance),
            sign_in_name: String::new(),
            unit,
            telephone: telephone(chance),
            grants: roles.iter().map(|role| Grant { role: *role, unit }).collect(),
        });
        id
    };
    let chair = person(chance, &mut names, tree.root, &[Role::Chair], 2);
    let registrar = person(chance, &mut names, tree.root, &[Role::Registrar, Role::Admin], 2);
    person(chance, &mut names, tree.root, &[Role::Supervisor], 2);
    let mut seats = Vec::new();
    for (plan, (branch, _)) in BRANCHES.iter().zip(&tree.branches) {
        let mut three = [Vec::new(), Vec::new(), Vec::new()];
        for at in 0..plan.helpers {
            // Two leaders and two union officers a branch; the others are line managers.
            let seat = if at < 2 {
                0
            } else if at < 4 {
                1
            } else {
                2
            };
            let rank = if plan.name == SHOWN_FIRST && at == 0 { 1 } else { 2 };
            let id = person(chance, &mut names, *branch, &[Role::Helper], rank);
            if let Some(of_seat) = three.get_mut(seat) {
                of_seat.push(id);
            }
        }
        seats.push(three);
    }
    Crowd { persons, registrar, chair, seats }
}

/// A telephone that nobody has.
pub(super) fn telephone(chance: &mut Chance) -> String {
    format!("1990000{:04}", chance.within(0, 9999))
}

/// Names nobody had before.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A name that was not given yet.
    pub(super) fn fresh(&mut self, chance: &mut Chance) -> String {
        loop {
            let name = name(chance);
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
    "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "覃",
    "单", "欧阳",
];
const FIRST: &[&str] = &[
    "建", "国", "德", "永", "志", "文", "秀", "玉", "桂", "春", "淑", "海", "福", "庆", "长", "小", "立",
    "金",
];
const SECOND: &[&str] = &[
    "英", "华", "芳", "强", "军", "顺", "梅", "兰", "珍", "平", "明", "生", "福", "贵", "琴", "霞", "伟",
    "杰", "龙", "凤", "荣", "敏",
];

/// A name.
pub(super) fn name(chance: &mut Chance) -> String {
    let middle = if chance.percent(80) { chance.one_of(FIRST) } else { "" };
    format!("{}{middle}{}", chance.one_of(SURNAMES), chance.one_of(SECOND))
}

/// A given name under a surname taken from somebody else's name.
pub(super) fn child_of(chance: &mut Chance, parent: &str) -> String {
    let surname: String =
        if parent.starts_with("欧阳") { "欧阳".into() } else { parent.chars().take(1).collect() };
    format!("{surname}{}{}", chance.one_of(FIRST), chance.one_of(SECOND))
}
