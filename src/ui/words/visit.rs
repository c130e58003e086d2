//! Words of the visit's page about what would go, what 未遇 does not keep and what 撤销 took back, and about its day.

use super::area::words;

words! {
    /// Words of the visit's page.
    VisitWords {
        attempt_drops(what: &str): "填好的不会存：{what}。", "What was filled in is not kept: {what}.";
        attempt_sure: "记下未遇？", "Note that nobody was met?";
        back_to_form: "回去改", "Back to the form";
        clock_unknown: "这台手机的时间还没和工会核对过，请看一下日期对不对。", "This phone’s clock was never compared with the union’s: check the day.";
        clock_off(span: &str): "手机时间和工会差 {span}，日期按工会的算，请看一下对不对。", "The phone’s clock differs by {span}; the union’s is used: check the day.";
        clock_long(days: i64): "已经 {days} 天没联系工会，请看一下日期对不对。", "No contact with the union for {days} d: check the day.";
        clock_back: "手机的时间好像倒退了，请看一下日期对不对。", "The phone’s clock seems to have gone back: check the day.";
        day_long_ago: "这是一年多以前，年份对吗？", "More than a year ago: is the year right?";
        dropped_answers(count: usize): "{count} 项回答", "answers: {count}";
        dropped_told(count: usize): "{count} 条转告", "replies told: {count}";
        number_odd: "号码位数不对，请再看一遍", "The number looks wrong: look again";
        undone(what: &str): "已撤销：{what}", "Undone: {what}";
        undone_kept(what: &str): "已撤销：{what}。填过的还留着，再点“有变化”就回来", "Undone: {what}. What was typed is kept: tap Changed to see it";
        undo_note_sure: "刚写的备注不要了？", "Drop what was just written in the note?";
    }
}
