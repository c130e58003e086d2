//! The names of the domain's values: items, states, answers, reasons, kinds.
//!
//! One method per type; a new variant without words does not compile. What happened to an entry at
//! the office is said in `status.rs`.

use super::area::words;
use domain::{
    answer::NotAskedReason,
    entry::ErasedBecause,
    item::{Item, ItemState},
    rules::Cause,
    seat::Seat,
    value::{Dwelling, EventKind, Marital, Sex, Stage, Whose},
    visit::NeedKind,
};

words! {
    /// Names of the domain's values.
    DomainWords {
        six_knows: "六知道", "The six";
        visit: "家访", "Visit";
        attempt: "未遇", "Nobody met";
        promised(day: &str): "约好\u{a0}{day} 再来", "to come again\u{a0}{day}";
        household: "住户", "Household";
        need: "诉求", "Need";
        reply: "答复", "Reply";
        alert: "急报", "Alert";
        companion: "同行", "Companion";
        unconfirmed(who: &str): "{who}（待本人确认）", "{who} (to be confirmed by them)";
        // Two records of one visit
        pair_asked(who: &str, day: &str): "{who}也记了{day}的走访。和您记的是同一次吗？", "{who} noted a visit of {day}, too. Is it the same visit as yours?";
        pair_is_one: "同一次", "One visit";
        pair_is_two: "不是", "Two visits";
        pair_split: "不是同一次", "Not one visit";
        pair_with(who: &str): "和{who}记的是同一次走访，只算一次。", "One visit with the record of {who}: it counts once.";
        pair_said_one: "这两次记录是同一次走访", "The two records are of one visit";
        pair_said_two: "这两次记录不是同一次走访", "The two records are of two visits";
        confirm_said: "一起去了走访", "They were at the visit, too";
        tell_said: "打电话告诉了家里", "They told the family by telephone";
        pair_saved_one: "已保存到本机：是同一次走访", "Kept on this phone: one visit";
        pair_saved_two: "已保存到本机：是两次走访。别人说是同一次的，由工会定。", "Kept on this phone: two visits. Where somebody said one, the union decides.";
        kind_pair: "是不是同一次", "One visit or two";
        // A reply that was changed after the family was told another
        told_before(before: &str, now: &str): "上次转告的是：{before}\n现在改为：{now}", "They were told: {before}\nIt is now: {now}";
        consent: "告知同意", "Consent";
        answer_unchanged: "无变化", "Same";
        answer_changed: "有变化", "Changed";
        answer_not_asked: "没问到", "Not asked";
        answer_declined: "不愿说", "Declined";
        no_events: "没有大事", "No event";
        no_new_events: "上次以后没有新的大事", "Nothing new since";
        an_event: "有大事", "An event";
        met_nobody: "没人在家", "Nobody";
        last_known(day: &str): "上次 {day}", "last {day}";
        from_roster: "花名册", "the roster";
        last_known_by(day: &str, who: &str): "上次 {day} {who}", "last {day}, {who}";
    }
}

impl DomainWords {
    /// 姓名, 住址, ….
    #[must_use]
    pub const fn item(self, item: Item) -> &'static str {
        match item {
            Item::Name => self.0.pick("姓名", "Name"),
            Item::Address => self.0.pick("住址", "Address"),
            Item::Telephone => self.0.pick("电话", "Telephone"),
            Item::Spouse => self.0.pick("配偶情况", "Spouse"),
            Item::Schooling => self.0.pick("子女上学", "Schooling"),
            Item::Events => self.0.pick("家里有没有大事", "Family events"),
        }
    }

    /// The one sign on a tile: 名 址 话 偶 学 事; in English the two first letters.
    #[must_use]
    pub const fn item_sign(self, item: Item) -> &'static str {
        match item {
            Item::Name => self.0.pick("名", "Na"),
            Item::Address => self.0.pick("址", "Ad"),
            Item::Telephone => self.0.pick("话", "Te"),
            Item::Spouse => self.0.pick("偶", "Sp"),
            Item::Schooling => self.0.pick("学", "Sc"),
            Item::Events => self.0.pick("事", "Ev"),
        }
    }

    /// How an item stands.
    #[must_use]
    pub const fn item_state(self, state: ItemState) -> &'static str {
        match state {
            ItemState::Known => self.0.pick("知道", "known"),
            ItemState::Stale => self.0.pick("该再问了", "due to be asked again"),
            ItemState::Unknown => self.0.pick("不知道", "not known"),
            ItemState::Rivals => self.0.pick("有两种说法", "two versions"),
            ItemState::Declined => self.0.pick("不愿说", "declined"),
            ItemState::NotApplicable => self.0.pick("不适用", "does not apply"),
        }
    }

    /// Why something was not asked.
    #[must_use]
    pub const fn not_asked(self, reason: NotAskedReason) -> &'static str {
        match reason {
            NotAskedReason::WorkerAbsent => self.0.pick("本人不在", "The worker was away"),
            NotAskedReason::Inconvenient => self.0.pick("不方便问", "Not the moment to ask"),
            NotAskedReason::NoTime => self.0.pick("没来得及", "No time"),
            NotAskedReason::NobodyKnew => self.0.pick("对方也不清楚", "Nobody there knew"),
            NotAskedReason::Other => self.0.pick("其他原因", "Another reason"),
        }
    }

    /// Whose telephone it is, or who was met.
    #[must_use]
    pub const fn whose(self, whose: Whose) -> &'static str {
        match whose {
            Whose::Worker => self.0.pick("本人", "Worker"),
            Whose::Spouse => self.0.pick("配偶", "Spouse"),
            Whose::Parent => self.0.pick("父母", "Parent"),
            Whose::Child => self.0.pick("子女", "Child"),
            Whose::Neighbour => self.0.pick("邻居", "Neighbour"),
            Whose::Other => self.0.pick("其他人", "Somebody else"),
        }
    }

    /// 男, 女.
    #[must_use]
    pub const fn sex(self, sex: Sex) -> &'static str {
        match sex {
            Sex::Male => self.0.pick("男", "Male"),
            Sex::Female => self.0.pick("女", "Female"),
        }
    }

    /// 住房类型.
    #[must_use]
    pub const fn dwelling(self, dwelling: Dwelling) -> &'static str {
        match dwelling {
            Dwelling::Owned => self.0.pick("自有房", "Own home"),
            Dwelling::Rented => self.0.pick("租房", "Rented"),
            Dwelling::Public => self.0.pick("公房、廉租房", "Public housing"),
            Dwelling::Dormitory => self.0.pick("单位宿舍、工房", "Works dormitory"),
            Dwelling::WithRelatives => self.0.pick("借住亲友家", "With relatives"),
            Dwelling::Other => self.0.pick("其他", "Other"),
        }
    }

    /// 婚姻状况.
    #[must_use]
    pub const fn marital(self, marital: Marital) -> &'static str {
        match marital {
            Marital::Single => self.0.pick("未婚", "Single"),
            Marital::Married => self.0.pick("已婚", "Married"),
            Marital::Divorced => self.0.pick("离异", "Divorced"),
            Marital::Widowed => self.0.pick("丧偶", "Widowed"),
        }
    }

    /// 学段.
    #[must_use]
    pub const fn stage(self, stage: Stage) -> &'static str {
        match stage {
            Stage::NotYet => self.0.pick("未入学", "Not yet at school"),
            Stage::Kindergarten => self.0.pick("幼儿园", "Kindergarten"),
            Stage::Primary => self.0.pick("小学", "Primary school"),
            Stage::JuniorHigh => self.0.pick("初中", "Junior high"),
            Stage::SeniorHigh => self.0.pick("高中", "Senior high"),
            Stage::Vocational => self.0.pick("中职", "Vocational school"),
            Stage::College => self.0.pick("大专", "College"),
            Stage::University => self.0.pick("本科", "University"),
            Stage::Graduate => self.0.pick("研究生", "Graduate school"),
            Stage::Left => self.0.pick("不在读", "Not at school"),
        }
    }

    /// What sort of major event.
    #[must_use]
    pub const fn event_kind(self, kind: EventKind) -> &'static str {
        match kind {
            EventKind::Illness => self.0.pick("重病、住院", "Illness, hospital"),
            EventKind::Accident => self.0.pick("意外、工伤", "Accident, injury at work"),
            EventKind::Death => self.0.pick("亲人去世", "Death in the family"),
            EventKind::JobLoss => self.0.pick("失业、下岗", "Loss of work"),
            EventKind::Disaster => self.0.pick("火灾、水灾等", "Fire, flood"),
            EventKind::Marriage => self.0.pick("婚姻变故", "Marriage or separation"),
            EventKind::Birth => self.0.pick("生育", "Birth"),
            EventKind::SchoolEntry => self.0.pick("升学", "Entered a school"),
            EventKind::Other => self.0.pick("其他", "Other"),
        }
    }

    /// What sort of need.
    #[must_use]
    pub const fn need_kind(self, kind: NeedKind) -> &'static str {
        match kind {
            NeedKind::Living => self.0.pick("生活救助", "Living costs"),
            NeedKind::Medical => self.0.pick("医疗救助", "Medical aid"),
            NeedKind::Schooling => self.0.pick("子女助学", "Schooling aid"),
            NeedKind::Work => self.0.pick("就业", "Work"),
            NeedKind::Housing => self.0.pick("住房", "Housing"),
            NeedKind::Legal => self.0.pick("法律维权", "Legal help"),
            NeedKind::Policy => self.0.pick("政策咨询", "Advice on policy"),
            NeedKind::Other => self.0.pick("其他", "Other"),
        }
    }

    /// The seat of a person who answers for a household.
    #[must_use]
    pub const fn seat(self, seat: Seat) -> &'static str {
        match seat {
            Seat::Leader => self.0.pick("单位领导", "Unit leader"),
            Seat::UnionOfficer => self.0.pick("工会干部", "Union officer"),
            Seat::LineManager => self.0.pick("基层领导", "Line manager"),
        }
    }

    /// By which rule something is erased.
    #[must_use]
    pub const fn erased_because(self, why: ErasedBecause) -> &'static str {
        match why {
            ErasedBecause::Asked => self.0.pick("本人要求", "They asked for it"),
            ErasedBecause::Expired => self.0.pick("保存期满", "Kept long enough"),
            ErasedBecause::Mistaken => self.0.pick("记错了", "Noted by mistake"),
        }
    }

    /// 致困原因.
    #[must_use]
    pub const fn cause(self, cause: Cause) -> &'static str {
        match cause {
            Cause::UnableToWork => self.0.pick("无劳动能力", "Unable to work"),
            Cause::Unemployed => self.0.pick("有劳动能力未就业", "Able, without work"),
            Cause::LaidOff => self.0.pick("下岗失业", "Laid off"),
            Cause::Uninsured => self.0.pick("未参保", "Uninsured"),
            Cause::BenefitsUnpaid => self.0.pick("社保待遇落实不到位", "Benefits not paid"),
            Cause::SevereIllness => self.0.pick("患重特大疾病", "Severe illness"),
            Cause::Disaster => self.0.pick("自然灾害", "Natural disaster"),
            Cause::Accident => self.0.pick("意外事故", "Accident"),
            Cause::Schooling => self.0.pick("子女上学", "Children’s schooling"),
            Cause::Other => self.0.pick("其他", "Other"),
        }
    }
}
