//! One person with two roles in two places: what each route shows and does is what either role may in its own place,
//! never what one role may in the other's place.

use protocol::changes::{CardsAsked, ScopeList};
use protocol::sign_in::{Role, SessionKind};
use server::access::{Door, Reach, Rule, TABLE};

use crate::access::{PLACES, Things, is_walked};
use crate::browser::Answer;
use crate::field::{assign, household, put_down};
use crate::world::{ABROAD, NORTH, ROOT, SOUTH, today, unit};

/// What they are in [`NORTH`], and what in [`SOUTH`]. Each role once in either place.
const PEOPLE: [(Role, Role); 5] = [
    (Role::Chair, Role::Helper),
    (Role::Registrar, Role::Supervisor),
    (Role::Helper, Role::Registrar),
    (Role::Supervisor, Role::Admin),
    (Role::Admin, Role::Chair),
];

/// A list that shows all there is in scope, and what it shows of a place.
type List = (&'static str, fn(u8) -> String);

const LISTS: [List; 2] =
    [("/api/feedback", |place| format!("意见{place}")), ("/api/units", |place| unit(place).to_string())];

/// The places where a row lets somebody in: those in which they hold a role that it names.
fn admitted(rule: &Rule, (north, south): (Role, Role)) -> Vec<u8> {
    let Door::Roles(roles) = rule.door else { return Vec::new() };
    let held = [(north, NORTH), (south, SOUTH)].into_iter();
    held.filter(|(role, _)| roles.contains(role)).map(|(_, place)| place).collect()
}

fn promised(rule: &Rule, admitted: &[u8], place: u8) -> u16 {
    match rule.door {
        Door::Roles(_) if admitted.is_empty() => 403,
        // Nobody here stands at the top of the tree.
        _ if rule.reach == Reach::Whole => 403,
        _ if rule.reach == Reach::Target && !admitted.contains(&place) => 404,
        _ => 200,
    }
}

/// What an answer shows of a place in which no role opens this row, or lacks of one in which some role does.
fn wrongly_shown(rule: &Rule, admitted: &[u8], answer: &Answer, place: u8) -> Vec<String> {
    let shut = PLACES.into_iter().filter(|other| !admitted.contains(other));
    // What was asked for by its id may be repeated.
    let shut = shut.filter(|other| rule.reach != Reach::Target || *other != place);
    // Names, not ids: the caller's own grants bear those of both units.
    let traces = shut.flat_map(|other| ["户主", "意见", "帮扶人"].map(|what| format!("{what}{other}")));
    let leaks = traces.filter(|trace| answer.text.contains(trace)).map(|trace| format!("shows {trace}"));
    let owed = LISTS.iter().filter(|(path, _)| (rule.method, rule.path) == ("GET", path));
    let owed = owed.flat_map(|(_, trace)| admitted.iter().map(|place| trace(*place)));
    let lacks = owed.filter(|trace| !answer.text.contains(trace)).map(|trace| format!("lacks {trace}"));
    leaks.chain(lacks).collect()
}

#[tokio::test]
async fn two_roles_open_what_each_opens_in_its_own_place() {
    let things = Things::put("two_roles_walk").await;
    let mut wrong = Vec::new();
    for (north, south) in PEOPLE {
        let who = format!("{north:?} of north, {south:?} of south");
        let caller = things.world.person(&who, NORTH, &[(north, NORTH), (south, SOUTH)]).await;
        let mut browser = things.world.signed_in(caller, SessionKind::Desk).await;
        for rule in TABLE.iter().filter(|rule| is_walked(rule)) {
            let admitted = admitted(rule, (north, south));
            for place in PLACES {
                let (path, body) = things.request(rule, caller, place).await;
                let answer = browser.ask(rule.method, &path, body, true).await;
                let asked = format!("{who}: {} {} in {place}", rule.method, rule.path);
                let promised = promised(rule, &admitted, place);
                if answer.status.as_u16() != promised {
                    let text: String = answer.text.chars().take(120).collect();
                    wrong.push(format!("{asked}: {} for {promised} {text}", answer.status));
                }
                let shown = wrongly_shown(rule, &admitted, &answer, place);
                wrong.extend(shown.into_iter().map(|what| format!("{asked} {what}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn two_branches_are_not_the_union_above_them() {
    let things = Things::put("two_roles_above").await;
    let both = [(Role::Chair, NORTH), (Role::Supervisor, SOUTH)];
    let caller = things.world.person("两边都管", NORTH, &both).await;
    let mut desk = things.world.signed_in(caller, SessionKind::Desk).await;
    for (at, status) in [(NORTH, 200), (SOUTH, 200), (ROOT, 404), (ABROAD, 404)] {
        for list in ["coverage", "households", "needs", "helpers", "persons"] {
            let answer = desk.get(&format!("/api/{list}?unit={}", unit(at))).await;
            assert_eq!(answer.status.as_u16(), status, "{list} of {at}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn a_chair_who_helps_elsewhere_has_the_cards_of_their_seats_alone() {
    let things = Things::put("two_roles_seat").await;
    let both = [(Role::Chair, NORTH), (Role::Helper, SOUTH)];
    let caller = things.world.person("主席兼帮扶", NORTH, &both).await;
    let registrar = things.world.person("档案员", SOUTH, &[(Role::Registrar, SOUTH)]).await;
    let mut desk = things.world.signed_in(registrar, SessionKind::Desk).await;
    let seat = [(household(SOUTH), assign(caller, today()))];
    put_down(&things.world, &mut desk, registrar, &seat).await;
    let mut browser = things.world.signed_in(caller, SessionKind::Phone).await;
    let scope: ScopeList = browser.get("/api/scope").await.ok();
    assert_eq!(scope.households, [household(SOUTH)]);
    let households = PLACES.map(household).to_vec();
    let cards = browser.post("/api/cards", &CardsAsked { households }).await;
    for (text, shown) in [("户主3", true), ("户主2", false), ("户主4", false)] {
        assert_eq!(cards.text.contains(text), shown, "{text}: {}", cards.text);
    }
    for (place, status) in [(NORTH, 200), (SOUTH, 404)] {
        let file = browser.get(&format!("/api/households/{}", household(place))).await;
        assert_eq!(file.status.as_u16(), status, "a seat opens a card, not the desk's file: {}", file.text);
    }
}
