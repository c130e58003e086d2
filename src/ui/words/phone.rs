//! Words only the phone says. The phone's engineer adds here.

use super::area::words;

words! {
    /// Words of the phone.
    PhoneWords {
        today_title: "今天走访谁", "Who to visit today";
        search_hint: "姓名、拼音首字母、门牌", "Name, pinyin initials, address";
        due: "已到期", "Due";
        this_week: "本周", "This week";
        later: "以后", "Later";
        tab_visits: "走访", "Visits";
        tab_outbox: "待发", "To send";
        tab_me: "我的", "Me";
        no_signal: "无信号", "No signal";
        on_this_phone(count: usize): "{count} 条在本机", "{count} on this phone";
        household_of(name: &str): "{name}家", "{name}’s household";
        with_companion(name: &str): "与{name}同行", "with {name}";
        start_visit: "开始家访", "Start the visit";
        finish_visit: "完成家访", "Finish the visit";
        finish_missing(count: usize): "完成家访（还差 {count} 项）", "Finish ({count} still missing)";
        outbox_title: "待发", "To send";
        outbox_calm: "没有信号也不要紧，都存在这台手机里。", "No signal is no problem: everything is kept on this phone.";
        outbox_waiting(count: usize): "{count} 条还没到工会", "{count} not yet at the union";
        outbox_oldest(days: i32): "最早一条存了\u{a0}{days}\u{a0}天", "the oldest has waited {days}\u{a0}d";
        outbox_next_try(time: &str): "下次自动试\u{a0}{time}", "next try at\u{a0}{time}";
        try_now: "现在就试", "Try now";
        received_title: "工会已收到", "Received by the union";
    }
}
