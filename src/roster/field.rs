//! What a column of a roster can hold.

use domain::seat::Seat;
use serde::{Deserialize, Serialize};

/// What a column holds. Columns that hold something else have no field; their cells are kept with the household.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 序号: only tells rows apart.
    Serial,
    /// 类别.
    Category,
    /// 姓名.
    Name,
    /// 性别.
    Sex,
    /// 身份证号.
    IdNumber,
    /// 出生日期.
    Born,
    /// 工号.
    WorkNumber,
    /// 分会.
    Branch,
    /// 支会.
    Group,
    /// 联系电话; may come several times.
    Telephone,
    /// 住址.
    Address,
    /// 住房类型.
    Dwelling,
    /// 婚姻状况.
    Marital,
    /// 配偶姓名.
    SpouseName,
    /// 配偶工作情况.
    SpouseWork,
    /// 配偶健康状况.
    SpouseHealth,
    /// 配偶电话.
    SpouseTelephone,
    /// 致困原因, the main one first; may come several times.
    Cause,
    /// 次要致困原因; may come several times.
    FurtherCause,
    /// 子女姓名; may come several times, as all of a child.
    ChildName,
    /// 子女出生年月.
    ChildBorn,
    /// 就读学校.
    ChildSchool,
    /// 学段.
    ChildStage,
    /// 年级.
    ChildGrade,
    /// 一年费用, in yuan.
    ChildCost,
    /// 家庭成员姓名: spouse or child, as the relation says.
    MemberName,
    /// 与户主关系.
    MemberRelation,
    /// 家庭成员出生年月.
    MemberBorn,
    /// 家庭成员工作单位或学校.
    MemberWork,
    /// 家庭成员健康状况.
    MemberHealth,
    /// 家庭重大情况.
    Events,
    /// 单位领导.
    Leader,
    /// 工会干部.
    UnionOfficer,
    /// 基层领导.
    LineManager,
    /// The leader's telephone.
    LeaderTelephone,
    /// The union officer's telephone.
    UnionOfficerTelephone,
    /// The line manager's telephone.
    LineManagerTelephone,
    /// 帮扶责任人: all of them in one cell, or 责任人1 and 责任人2 in one each, in the order of the seats.
    Helpers,
    /// 帮扶人电话: the telephones of all of them in one cell, or one for each of their columns, in the order of the seats.
    HelperTelephones,
    /// 建档日期.
    Registered,
    /// Known by its name, but nothing of the six: 备注, 家庭人口, 收入. Kept as it is, without a finding.
    Kept,
}

impl Field {
    /// The column of a seat's holder.
    #[must_use]
    pub const fn of_seat(seat: Seat) -> Self {
        match seat {
            Seat::Leader => Self::Leader,
            Seat::UnionOfficer => Self::UnionOfficer,
            Seat::LineManager => Self::LineManager,
        }
    }

    /// The column of a seat's telephone.
    #[must_use]
    pub const fn of_seats_telephone(seat: Seat) -> Self {
        match seat {
            Seat::Leader => Self::LeaderTelephone,
            Seat::UnionOfficer => Self::UnionOfficerTelephone,
            Seat::LineManager => Self::LineManagerTelephone,
        }
    }

    /// Whether it says who answers for the household, or how they are reached.
    #[must_use]
    pub const fn is_of_seat(self) -> bool {
        matches!(
            self,
            Self::Leader
                | Self::UnionOfficer
                | Self::LineManager
                | Self::LeaderTelephone
                | Self::UnionOfficerTelephone
                | Self::LineManagerTelephone
                | Self::Helpers
                | Self::HelperTelephones
        )
    }

    /// Whether a family's further rows may say more of it: children, members, telephones, causes.
    #[must_use]
    pub const fn is_of_many(self) -> bool {
        self.is_of_child()
            || self.is_of_member()
            || matches!(self, Self::Telephone | Self::Cause | Self::FurtherCause | Self::Events | Self::Kept)
    }

    /// Whether it holds an ID number or telephones.
    #[must_use]
    pub const fn is_of_digits(self) -> bool {
        matches!(
            self,
            Self::IdNumber
                | Self::Telephone
                | Self::SpouseTelephone
                | Self::LeaderTelephone
                | Self::UnionOfficerTelephone
                | Self::LineManagerTelephone
                | Self::HelperTelephones
        )
    }

    /// Whether it is said of one child.
    #[must_use]
    pub const fn is_of_child(self) -> bool {
        matches!(
            self,
            Self::ChildName
                | Self::ChildBorn
                | Self::ChildSchool
                | Self::ChildStage
                | Self::ChildGrade
                | Self::ChildCost
        )
    }

    /// Whether it is said of one member of the family.
    #[must_use]
    pub const fn is_of_member(self) -> bool {
        matches!(
            self,
            Self::MemberName
                | Self::MemberRelation
                | Self::MemberBorn
                | Self::MemberWork
                | Self::MemberHealth
        )
    }

    /// Whether two columns may hold it. Where not, a second one is kept beside the first.
    #[must_use]
    pub const fn may_repeat(self) -> bool {
        self.is_of_many() || matches!(self, Self::Helpers | Self::HelperTelephones)
    }
}
