//! What the table of access leaves to the routes themselves: the doors that are open to whoever comes, and every act of
//! the desk, by every role, in scope, out of scope, at another root.

use domain::entry::{Act, Judge, Move, Pair, Reply, Settle, TakeUp};
use domain::id::PersonId;
use domain::slot::{Slot, Value};
use domain::value::NameValue;
use protocol::office::DeskEntries;
use protocol::sign_in::{Invitation, Role, SessionKind};
use serde_json::json;
use server::access::{Door, Rule, TABLE};

use crate::access::{PLACES, Things, leak, need};
use crate::browser::{Answer, Browser};
use crate::field::{assign, desk_entry, entry_id, household, register};
use crate::world::{NORTH, today, unit};

/// What is asked at a door that needs no role: all of it understood, none of it let in by what it says.
async fn knock(browser: &mut Browser, rule: &Rule) -> Answer {
    let link = Invitation::Link { token: "0".repeat(64) };
    let body = match rule.path {
        "/api/health" | "/api/office" => None,
        "/api/sign-out" => Some(json!({})),
        "/api/sign-in" => Some(json!({ "name": "没有这个人", "password": "没有这个口令", "kind": "desk" })),
        "/api/demo/sign-in" => Some(json!({ "person": PersonId::from_bytes([7; 16]), "kind": "desk" })),
        "/api/join/look" => Some(json!({ "invitation": link })),
        "/api/join" => Some(json!({ "invitation": link, "password": "long enough to keep", "kind": "desk" })),
        "/api/deposit" => Some(json!({ "device": "0e".repeat(16), "devices": [], "made": 0, "records": [] })),
        other => panic!("{other} is open, but this walk does not know how to knock there"),
    };
    browser.ask(rule.method, rule.path, body.map(|body| body.to_string()), true).await
}

/// The statuses of a stranger and of everybody else at a door.
fn promised(rule: &Rule) -> (u16, u16) {
    match (rule.door, rule.path) {
        (Door::Deposit, _) => (401, 200),
        // Only a demonstration has it.
        (Door::Demo, _) => (404, 404),
        (_, "/api/sign-in") => (401, 401),
        (_, "/api/join/look" | "/api/join") => (422, 422),
        _ => (200, 200),
    }
}

#[tokio::test]
async fn doors_without_a_role_let_everybody_in_alike_and_show_nothing_of_anybody() {
    let things = Things::put("doors_open").await;
    let open: Vec<&Rule> =
        TABLE.iter().filter(|rule| !matches!(rule.door, Door::SignedIn | Door::Roles(_))).collect();
    assert_eq!(open.len(), 8);
    for rule in open {
        let (of_stranger, of_others) = promised(rule);
        let answer = knock(&mut things.world.stranger(), rule).await;
        assert_ne!(answer.code(), "not_understood", "{}", rule.path);
        assert_eq!(answer.status.as_u16(), of_stranger, "a stranger at {}: {}", rule.path, answer.text);
        for role in Role::ALL {
            let name = format!("{role:?} {}", rule.path);
            let mut browser = things.world.desk(&name, role, NORTH).await;
            let answer = knock(&mut browser, rule).await;
            assert_eq!(answer.status.as_u16(), of_others, "{name}: {}", answer.text);
            assert_eq!(leak(rule, &answer, NORTH), None, "{name}");
        }
    }
}

/// Every act of the desk upon what lies in a place, but merging and erasing: see `merging` and `erasing`.
fn acts(things: &Things, place: u8) -> Vec<Act> {
    let visit = entry_id(1 + (u128::from(place) << 32));
    let name = Value::Name(NameValue { text: "改了的名字".to_owned(), ..NameValue::default() });
    vec![
        register(place, "改了的名字", today()),
        Act::Move(Move { day: today(), unit: unit(place) }),
        assign(things.helper(place), today()),
        Act::Settle(Settle { slot: Slot::Name, value: name, day: today() }),
        Act::Judge(Judge { entry: visit, accept: false, why: "看过了".to_owned() }),
        Act::Reply(Reply {
            need: need(place), day: today(), words: "已经上报".to_owned(), replaces: None
        }),
        Act::TakeUp(TakeUp { alert: visit, day: today(), words: "已经去了".to_owned() }),
        Act::Pair(Pair { visit, other: visit, is_one: false }),
    ]
}

#[tokio::test]
async fn every_act_of_the_desk_needs_its_role_and_its_scope() {
    let things = Things::put("doors_acts").await;
    for role in Role::ALL {
        let caller = things.world.person(&format!("{role:?}"), NORTH, &[(role, NORTH)]).await;
        let mut desk = things.world.signed_in(caller, SessionKind::Desk).await;
        let files = matches!(role, Role::Chair | Role::Registrar);
        for place in PLACES {
            for act in acts(&things, place) {
                let entry = desk_entry(&things.world, caller, household(place), &act);
                let entries = vec![entry];
                let answer = desk.post("/api/office", &DeskEntries { entries }).await;
                let promised = match (files, place) {
                    (false, _) => 403,
                    (true, NORTH) => 200,
                    (true, _) => 404,
                };
                let what = format!("{role:?} {} in {place}: {}", act.kind(), answer.text);
                assert_eq!(answer.status.as_u16(), promised, "{what}");
            }
        }
    }
}
