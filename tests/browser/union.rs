//! The small union the flows make by the forms: its units, its people, its one household. All of it is invented.

/// Everybody's password.
pub const PASSWORD: &str = "矿灯照着回家的路";
/// The union.
pub const UNION: &str = "石门矿工会";
/// A branch of it.
pub const BRANCH: &str = "选矿车间分会";
/// A group of the branch.
pub const GROUP: &str = "浮选班支会";

/// Somebody who works for the union.
pub struct Person {
    /// Their name.
    pub name: &'static str,
    /// Their role, as the form names it.
    pub role: &'static str,
    /// The unit in which it holds.
    pub unit: &'static str,
}

/// The chair.
pub const CHAIR: Person = Person { name: "梁志远", role: "工会主席", unit: UNION };
/// The registrar.
pub const REGISTRAR: Person = Person { name: "钟晓岚", role: "档案员", unit: UNION };
/// The helper whose phone it is.
pub const HELPER: Person = Person { name: "覃国栋", role: "帮扶人", unit: BRANCH };
/// The same, in a union that has no branches yet.
pub const INVITED: Person = Person { unit: UNION, ..HELPER };
/// The helper who goes along.
pub const COMPANION: Person = Person { name: "韦桂芳", role: "帮扶人", unit: BRANCH };
/// The third.
pub const THIRD: Person = Person { name: "农建民", role: "帮扶人", unit: BRANCH };

/// The household.
pub struct Household {
    /// The worker.
    pub name: &'static str,
    /// What a helper types to find it.
    pub initials: &'static str,
    /// Where it lives.
    pub address: &'static str,
    /// The worker's telephone.
    pub telephone: &'static str,
    /// The spouse.
    pub spouse: &'static str,
    /// The child.
    pub child: &'static str,
    /// The child's school as it was.
    pub school: &'static str,
    /// The school as it is now.
    pub new_school: &'static str,
    /// What they ask for.
    pub need: &'static str,
    /// What they are answered.
    pub reply: &'static str,
}

/// 单 is read Shàn as a surname, Dān otherwise: both find it.
pub const FAMILY: Household = Household {
    name: "单玉琴",
    initials: "syq",
    address: "石门坳五栋二单元四零三",
    telephone: "13978610427",
    spouse: "蒙长生",
    child: "蒙小荷",
    school: "石门子弟小学",
    new_school: "环江县第三初级中学",
    need: "盼着给孩子解决住校伙食补助",
    reply: "补助已批下来，十二月起每月三百元",
};
