//! What is on a card a year on, and that whoever it speaks of has a name there.

use super::*;
use domain::{
    entry::{Alert, Reply, TakeUp},
    file::{AlertLine, NeedLine, PairLine, Registered, VisitLine},
    id::{NeedId, UnitId},
    observation::{Standing, Stands},
    seat::{Assign, Seat},
    slot::Slot,
    value::{EventKind, Rest, Whose},
    visit::{Need, NeedKind, Visit},
};

use crate::contract::story::{day, entry_id, household, named, person, unit, visit};

/// Everybody has a name, but for person 99.
struct Numbered;

impl Names for Numbered {
    fn person(&self, person: PersonId) -> Option<String> {
        let number = person.as_bytes()[0];
        (number != 99).then(|| format!("第{number}"))
    }

    fn unit(&self, unit: UnitId) -> String {
        format!("支会{}", unit.as_bytes()[0])
    }
}

/// The day on which the card is made; nothing here depends on which.
const TODAY: i32 = 1_000;

fn card_of(file: &File) -> Card {
    card(household(1), 7, file, &Numbered, day(TODAY)).unwrap()
}

fn registered() -> File {
    let domain::entry::Act::Register(latest) = crate::contract::story::register(0, 1) else { unreachable!() };
    let registered = Registered { since: day(0), unit: unit(1), id_number: None, latest };
    File { registered: Some(registered), ..File::default() }
}

fn recorded(n: u32, by: u8, visit: Visit) -> VisitLine {
    let id = entry_id(n);
    VisitLine { id, version: id, author: person(by), confirmed: false, joined: None, visit }
}

/// A need asked by person 2 on day 1, answered by person 3.
fn need(n: u8, answered: Option<i32>) -> NeedLine {
    let id = NeedId::from_bytes([n; 16]);
    let words = || "学费".to_owned();
    let reply = answered.map(|on| Reply { need: id, day: day(on), words: words(), replaces: None });
    NeedLine {
        need: Need { id, kind: NeedKind::Schooling, words: words(), promised_until: None, rest: Rest::new() },
        visit: entry_id(20),
        author: person(2),
        asked: day(1),
        replied_by: reply.as_ref().map(|_| person(3)),
        reply_entry: reply.as_ref().map(|_| entry_id(30)),
        reply,
        told: None,
        told_by: None,
        told_by_telephone: false,
        told_before: None,
    }
}

/// An alert raised by person 2, taken up by person 4 today.
fn alert(n: u32, raised: i32, is_taken_up: bool) -> AlertLine {
    let words = || "住院".to_owned();
    let taken_up = is_taken_up.then(|| TakeUp { alert: entry_id(n), day: day(TODAY), words: String::new() });
    AlertLine {
        id: entry_id(n),
        author: person(2),
        alert: Alert { kind: EventKind::Illness, words: words(), day: day(raised), rest: Rest::new() },
        taken_up_by: taken_up.as_ref().map(|_| person(4)),
        taken_up,
    }
}

#[test]
fn a_need_is_there_until_a_year_after_its_answer() {
    let kept = |answered: Option<i32>| {
        let file = File { needs: vec![need(1, answered)], ..registered() };
        card_of(&file).needs.len() == 1
    };
    assert!(kept(None), "what was asked and not answered stays, however long ago");
    assert!(kept(Some(TODAY)));
    assert!(kept(Some(TODAY - ANSWERED_KEPT_DAYS)), "the last day");
    assert!(!kept(Some(TODAY - ANSWERED_KEPT_DAYS - 1)));
}

#[test]
fn an_alert_is_there_for_a_year_and_until_somebody_takes_it_up() {
    let kept = |raised: i32, is_taken_up: bool| {
        let file = File { alerts: vec![alert(40, raised, is_taken_up)], ..registered() };
        card_of(&file).alerts.len() == 1
    };
    assert!(kept(TODAY, false) && kept(TODAY, true));
    assert!(kept(0, false), "nobody took it up, however long ago it was");
    assert!(kept(TODAY - ANSWERED_KEPT_DAYS, true), "the last day");
    assert!(!kept(TODAY - ANSWERED_KEPT_DAYS - 1, true));
}

#[test]
fn two_records_are_asked_about_only_where_both_are_seen() {
    let visits: Vec<VisitLine> =
        (1..=14).map(|n| recorded(n, 2, visit(i32::try_from(n).unwrap(), "王五"))).collect();
    let pair = |one, other| PairLine { visit: entry_id(one), other: entry_id(other), is_two: false };
    let pairs = vec![pair(1, 2), pair(2, 3), pair(3, 4), pair(13, 14)];
    let card = card_of(&File { visits, pairs, ..registered() });
    let seen: Vec<EntryId> = card.visits.iter().map(|visit| visit.id).collect();
    assert_eq!(seen, (3..=14).rev().map(entry_id).collect::<Vec<_>>(), "the latest twelve, newest first");
    assert_eq!(card.pairs, [pair(3, 4), pair(13, 14)]);
}

#[test]
fn whoever_a_card_speaks_of_has_a_name_there() {
    let with = |companion| Visit { met: Some(Whose::Worker), companion, ..visit(3, "王五") };
    let stands =
        Stands {
            value: named("王五")[&Slot::Name].clone(), day: day(3), by: person(10), entry: entry_id(1)
        };
    let mut file = File {
        standings: [(Slot::Name, Standing { values: vec![stands], declined: None })].into(),
        visits: vec![
            recorded(1, 11, with(Some(Companion::Person(person(12))))),
            recorded(2, 13, with(Some(Companion::Named("老李".to_owned())))),
            recorded(3, 99, with(Some(Companion::Person(person(99))))),
        ],
        needs: vec![NeedLine { author: person(14), replied_by: Some(person(15)), ..need(1, Some(TODAY)) }],
        alerts: vec![AlertLine {
            author: person(16),
            taken_up_by: Some(person(17)),
            ..alert(40, TODAY, true)
        }],
        ..registered()
    };
    let sits = Assign { seat: Seat::Leader, person: Some(person(18)), from: day(0), until: None };
    file.seats.add(entry_id(50), sits);
    let card = card_of(&file);
    let everybody: BTreeMap<PersonId, String> = (10..=18).map(|n| (person(n), format!("第{n}"))).collect();
    assert_eq!(card.names, everybody, "but for whom nobody knows");
    assert_eq!(mentioned(&card), (10..=18).chain([99]).map(person).collect());
    let companions: Vec<(&str, Option<PersonId>)> =
        card.visits.iter().map(|visit| (visit.companion.as_str(), visit.companion_id)).collect();
    assert_eq!(companions, [("", Some(person(99))), ("老李", None), ("第12", Some(person(12)))]);
    assert_eq!(card.seats.iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(), ["第18"]);
    assert_eq!((card.unit, card.unit_name.as_str()), (Some(unit(1)), "支会1"));
}
