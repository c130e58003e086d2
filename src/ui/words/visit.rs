//! Words of the visit's page about what would go: what 未遇 does not keep, what 撤销 took back.

use super::area::words;

words! {
    /// Words of the visit's page.
    VisitWords {
        attempt_drops(what: &str): "填好的不会存：{what}。", "What was filled in is not kept: {what}.";
        attempt_sure: "记下未遇？", "Note that nobody was met?";
        back_to_form: "回去改", "Back to the form";
        day_long_ago: "这是一年多以前，年份对吗？", "More than a year ago: is the year right?";
        dropped_answers(count: usize): "{count} 项回答", "answers: {count}";
        dropped_told(count: usize): "{count} 条转告", "replies told: {count}";
        number_odd: "号码位数不对，请再看一遍", "The number looks wrong: look again";
        undone(what: &str): "已撤销：{what}", "Undone: {what}";
        undone_kept(what: &str): "已撤销：{what}。填过的还留着，再点“有变化”就回来", "Undone: {what}. What was typed is kept: tap Changed to see it";
        undo_note_sure: "刚写的备注不要了？", "Drop what was just written in the note?";
    }
}
