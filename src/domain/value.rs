//! What there is to know under each item: the typed fields of the six.
//!
//! Fields nobody here understands are kept in `rest` and passed on.

use crate::{
    day::{Day, LooseDay},
    telephone,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// Fields a newer app wrote; kept and passed on.
pub type Rest = Map<String, Json>;

/// Sex as on the ID card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// 姓名: the worker.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct NameValue {
    /// Full name, 1–40 characters.
    pub text: String,
    /// 性别.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 出生日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<LooseDay>,
    /// 工号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub work_number: String,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// 住房类型.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dwelling {
    /// 自有房.
    Owned,
    /// 租房.
    Rented,
    /// 公房、廉租房.
    Public,
    /// 单位宿舍、工房.
    Dormitory,
    /// 借住亲友家.
    WithRelatives,
    /// 其他.
    Other,
}

/// 住址.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct AddressValue {
    /// The address as people say it, 1–200 characters.
    pub text: String,
    /// How to find the door.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub landmark: String,
    /// 住房类型.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dwelling: Option<Dwelling>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Whose telephone it is, or who was met at the door.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// 本人.
    Worker,
    /// 配偶.
    Spouse,
    /// 父母.
    Parent,
    /// 子女.
    Child,
    /// 邻居.
    Neighbour,
    /// 其他.
    Other,
}

/// One telephone.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Telephone {
    /// Digits as dialled, 3–20 of `0-9+-`.
    pub number: String,
    /// Whose it is.
    pub whose: Whose,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// 电话: all telephones of the household, none being an answer too.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct TelephoneValue {
    /// At most 8.
    pub numbers: Vec<Telephone>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

impl TelephoneValue {
    /// Whether there are numbers, and none of them has as many digits as a telephone.
    #[must_use]
    pub fn are_odd(&self) -> bool {
        !self.numbers.is_empty() && self.numbers.iter().all(|one| telephone::odd(&one.number).is_some())
    }
}

/// 婚姻状况.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marital {
    /// 未婚.
    Single,
    /// 已婚.
    #[default]
    Married,
    /// 离异.
    Divorced,
    /// 丧偶.
    Widowed,
}

/// 配偶情况.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct SpouseValue {
    /// 婚姻状况; anything but married means there is no spouse to know.
    pub marital: Marital,
    /// 配偶姓名.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// 配偶工作情况.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub work: String,
    /// 健康状况.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub health: String,
    /// 配偶电话.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub telephone: String,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// 学段.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 未入学.
    NotYet,
    /// 幼儿园.
    Kindergarten,
    /// 小学.
    Primary,
    /// 初中.
    JuniorHigh,
    /// 高中.
    SeniorHigh,
    /// 中职.
    Vocational,
    /// 大专.
    College,
    /// 本科.
    University,
    /// 研究生.
    Graduate,
    /// 不在读.
    Left,
}

/// One child and its schooling.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ChildValue {
    /// 子女姓名.
    pub name: String,
    /// 出生年月.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<LooseDay>,
    /// 学段.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// 就读学校.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub school: String,
    /// 年级, 1–12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    /// 一年要花 (学费加生活费), in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yearly_cost_fen: Option<i64>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What sort of major event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// 重病、住院.
    Illness,
    /// 意外事故、工伤.
    Accident,
    /// 亲人去世.
    Death,
    /// 失业、下岗.
    JobLoss,
    /// 火灾、水灾等.
    Disaster,
    /// 婚姻变故.
    Marriage,
    /// 生育.
    Birth,
    /// 升学.
    SchoolEntry,
    /// 其他.
    Other,
}

/// One major event of the family.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EventValue {
    /// What sort.
    pub kind: EventKind,
    /// When, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<LooseDay>,
    /// Whom it happened to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// What happened, up to 500 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// What it cost the family, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_fen: Option<i64>,
    /// Fields of a newer app.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Something no longer belongs to the household: a child left it, an event is over.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Ended {
    /// Since when, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// Why, in a few words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}
