//! What the desk calls what the office says by a code.

use super::DeskWords;
use domain::file::Reason;
use protocol::office::Likeness;

impl DeskWords {
    /// Why an entry does not count, and what the desk does about it.
    #[must_use]
    pub const fn reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::UnknownHousehold => self.0.pick(
                "这一户还没有档案；建档后自动算数。",
                "The household has no file yet; it counts once it has.",
            ),
            Reason::AwaitingApproval => self.0.pick(
                "这一户等批准建档；批准后自动算数。",
                "The household waits for approval; it counts once approved.",
            ),
            Reason::NoSeat => self.0.pick(
                "那天记录的人不是这一户的帮扶责任人。补上责任人就自动算数，或者由您定。",
                "On that day its author held no seat here. Assign the seat as of that day, or decide.",
            ),
            Reason::UnknownAuthor => self.0.pick(
                "工会不认识记录的人，多半是备份以后才加的。加上这个人，再核实一遍。",
                "Its author is not known here: added after the last backup, perhaps. Add this person, and it is judged again.",
            ),
            Reason::AuthorMismatch => self.0.pick(
                "记录的人和送来的手机登录的人不是同一个。",
                "Its author is not the one whose phone sent it.",
            ),
            Reason::UnknownKind | Reason::UnknownSchema => self.0.pick(
                "手机的软件比工会的新；升级服务器后自动算数。",
                "The phone’s app is newer; it counts after the server’s upgrade.",
            ),
            Reason::Malformed => self.0.pick("内容看不懂，原样留着。", "It cannot be read; kept as it is."),
            Reason::AbsentTarget => self.0.pick(
                "它说的那条记录还没到；到了自动算数。",
                "What it speaks of has not arrived; it counts once it has.",
            ),
            Reason::IdTaken => self.0.pick(
                "和另一条记录编号相同，两条都留着。请告诉管理员。",
                "Another entry has the same id; both are kept. Tell the administrator.",
            ),
            Reason::NotAllowed => self.0.pick("手机上不能做这件事。", "A phone may not do this."),
            Reason::Refused => self.0.pick("工会定了：不算数。", "The union decided that it does not count."),
        }
    }

    /// In what two households are alike.
    #[must_use]
    pub const fn alike(self, alike: Likeness) -> &'static str {
        match alike {
            Likeness::IdNumber => self.0.pick("同一身份证号", "same ID number"),
            Likeness::Telephone => self.0.pick("同一电话", "same telephone"),
            Likeness::Name => self.0.pick("同名", "same name"),
            Likeness::Sound => self.0.pick("名字同音", "same sound"),
            Likeness::Address => self.0.pick("同一住址", "same address"),
        }
    }

    /// What sort of act an entry is, by its word.
    #[must_use]
    pub fn entry_kind(self, kind: &str) -> &'static str {
        match kind {
            "visit" => self.0.pick("家访", "Visit"),
            "amend" => self.0.pick("修改家访", "Amended visit"),
            "withdraw" => self.0.pick("撤回家访", "Withdrawn visit"),
            "confirm" => self.0.pick("同行确认", "Companion’s confirmation"),
            "alert" => self.0.pick("急报", "Alert"),
            "propose" => self.0.pick("上门发现", "Found at the door"),
            "pair" => self.0.pick("是否同一次走访", "Whether two records are one visit"),
            "tell" => self.0.pick("电话转告", "Told by telephone"),
            "register" => self.0.pick("建档", "A file opened"),
            "import" => self.0.pick("花名册导入", "From a roster"),
            "assign" => self.0.pick("安排帮扶责任人", "A seat given"),
            "move" => self.0.pick("换单位", "Moved to another unit"),
            "settle" => self.0.pick("定下哪种说法", "Settled which is right"),
            "judge" => self.0.pick("定一条记录算不算数", "A verdict on an entry"),
            "reply" => self.0.pick("答复", "Reply"),
            "take_up" => self.0.pick("接办急报", "Alert taken up"),
            "merge" => self.0.pick("合并档案", "Files merged"),
            "unmerge" => self.0.pick("撤销合并", "Files parted again"),
            "erase" => self.0.pick("删除", "Erased"),
            "" => self.0.pick("打不开的记录", "An entry that cannot be opened"),
            _ => self.0.pick("记录", "Entry"),
        }
    }
}
