//! Whatever can be recorded is shown again: each record here has every field, and each of them is looked for.

use super::{Told, alert, head, proposal, visit};
use domain::{
    day::Day,
    entry::{Alert, Propose},
    visit::Visit,
};
use serde_json::{Value as Json, json};

fn today() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

/// The six with every field of each.
fn stated() -> Json {
    let child = "01900000-0000-7000-8000-000000000001";
    let event = "01900000-0000-7000-8000-000000000002";
    json!({
        "name": { "name": {
            "text": "王秀英", "sex": "female", "born": "1974-08-12", "work_number": "WN77" } },
        "address": { "address": { "text": "红旗小区", "landmark": "门口有井", "dwelling": "rented" } },
        "telephone": { "telephone": { "numbers": [
            { "number": "13800000001", "whose": "worker" }, { "number": "2260001", "whose": "neighbour" }] } },
        "spouse": { "spouse": { "marital": "married", "name": "张大山", "work": "打零工", "health": "尘肺",
            "telephone": "13800000002" } },
        "schooling": { "children": [child] },
        format!("child:{child}"): { "child": { "name": "张小燕", "born": "2015-09", "stage": "primary",
            "school": "矿区小学", "grade": 4, "yearly_cost_fen": 1234500 } },
        "events": { "event_list": [event] },
        format!("event:{event}"): { "event": { "kind": "illness", "day": "2026-03", "who": "公公",
            "what": "住院", "cost_fen": 6789000 } },
    })
}

const SAID: [&str; 27] = [
    "王秀英",
    "女",
    "52 岁",
    "1974-08-12",
    "WN77",
    "红旗小区",
    "门口有井",
    "租房",
    "13800000001",
    "本人",
    "2260001",
    "邻居",
    "已婚",
    "张大山",
    "打零工",
    "尘肺",
    "13800000002",
    "张小燕",
    "2015-09",
    "四年级",
    "矿区小学",
    "¥12,345",
    "重病",
    "2026-03",
    "公公",
    "住院",
    "¥67,890",
];

#[track_caller]
fn check(parts: &[Told], expected: &[&str]) {
    let text: String = parts
        .iter()
        .flat_map(|part| [part.title.clone(), part.mark.clone()].into_iter().chain(part.lines.clone()))
        .collect::<Vec<_>>()
        .join("\n")
        .replace('\u{2060}', "")
        .replace('\u{a0}', " ");
    for one in expected {
        assert!(text.contains(one), "{one} is not shown in:\n{text}");
    }
}

/// The answers that state all of it.
fn answers() -> Json {
    let Json::Object(slots) = stated() else { return Json::Null };
    let mut answers = serde_json::Map::new();
    for (slot, value) in slots {
        let item = match slot.split(':').next() {
            Some("child") => "schooling",
            Some("event") => "events",
            _ => slot.as_str(),
        };
        let answer = answers
            .entry(item)
            .or_insert_with(|| json!({ "answer": "changed", "stated": {}, "confirmed": {} }));
        answer["stated"][&slot] = value;
    }
    Json::Object(answers)
}

#[test]
fn a_visit_shows_all_that_was_said() {
    let need = "01900000-0000-7000-8000-000000000003";
    let full: Visit = serde_json::from_value(json!({
        "day": "2026-11-20", "met": "spouse", "companion": { "named": "李国庆" }, "answers": answers(),
        "needs": [{ "id": need, "kind": "housing", "words": "房顶漏雨", "promised_until": "2026-12-24" }],
        "told": [need], "note": "带个灯泡", "consent": { "notice": 3, "given": true }, "next": "2027-01-25",
    }))
    .unwrap();
    let named = |id: domain::id::NeedId| format!("told {id}");
    let parts = visit(&full, named, today());
    check(&parts, &SAID);
    let told = format!("told {need}");
    check(
        &parts,
        &["住房", "房顶漏雨", "12-24", &told, "带个灯泡", "同意", "第 3 版", "2027-01-25", "有变化"],
    );
    let head = head(&full, "李国庆", today()).replace('\u{2060}', "");
    for one in ["11-20", "配偶", "李国庆"] {
        assert!(head.contains(one), "{one} is not shown in {head}");
    }
}

#[test]
fn an_answer_that_learnt_nothing_shows_why() {
    let full: Visit = serde_json::from_value(json!({
        "day": "2026-11-20", "met": "child",
        "answers": {
            "name": { "answer": "not_asked", "reason": "no_time" },
            "address": { "answer": "declined" },
            "schooling": { "answer": "changed", "stated": {
                "schooling": { "children": [] },
                "child:01900000-0000-7000-8000-000000000001": { "ended": { "on": "2026-10-01", "why": "随母亲" } } } },
        },
        "consent": { "notice": 3, "given": false },
    }))
    .unwrap();
    let parts = visit(&full, |_| String::new(), today());
    check(&parts, &["没问到", "没来得及", "不愿说", "已结束", "10-01", "随母亲", "不同意"]);
}

#[test]
fn a_proposal_and_an_alert_show_all_that_was_said() {
    let full: Propose =
        serde_json::from_value(json!({ "day": "2026-11-19", "stated": stated(), "why": "房子漏雨" }))
            .unwrap();
    let parts = proposal(&full, "北山林场".into(), today());
    check(&parts, &SAID);
    check(&parts, &["11-19", "北山林场", "房子漏雨"]);
    let full: Alert =
        serde_json::from_value(json!({ "kind": "accident", "words": "井下受伤", "day": "2026-11-18" }))
            .unwrap();
    check(&alert(&full, today()), &["意外", "井下受伤", "11-18"]);
    check(&alert(&Alert { words: String::new(), ..full }, today()), &["意外", "11-18"]);
}
