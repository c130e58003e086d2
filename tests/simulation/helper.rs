//! What helpers do in a run: they visit, correct, take back, confirm, report, find households, tell replies by
//! telephone, say which records are of one visit.

use crate::{chance::Chance, phone::Phone};
use domain::{
    answer::{Answer, NotAskedReason},
    day::Day,
    entry::{Act, Alert, Amend, Confirm, Pair, Propose, Tell, Withdraw},
    id::{EntryId, HouseholdId, PersonId},
    item::Item,
    slot::{Slot, Value, Values},
    value::{EventKind, NameValue, Rest, Whose},
    visit::{Companion, Consent, Need, NeedKind, Visit},
};
use protocol::changes::Card;
use std::collections::BTreeMap;

/// What a helper may know of the union.
pub struct Around<'a> {
    pub households: &'a [HouseholdId],
    pub persons: &'a [PersonId],
    /// Visits of others that name somebody as companion.
    pub visits: &'a [(EntryId, HouseholdId)],
    pub today: Day,
    pub now_ms: i64,
}

/// An act and the household it is about.
pub fn act(phone: &Phone, around: &Around<'_>, chance: &mut Chance) -> (HouseholdId, Act) {
    let household = household(phone, around, chance);
    match chance.below(20) {
        0 | 1 => amend(phone, around, chance),
        2 => withdraw(phone, chance),
        16 | 17 => tell(phone, around, chance),
        18 => pair(phone, chance),
        3 => Some((chance.household(around.now_ms), propose(around, chance))),
        4 => Some((household, alert(around, chance))),
        5 | 6 => chance.pick(around.visits).map(|(visit, at)| (*at, Act::Confirm(Confirm { visit: *visit }))),
        _ => None,
    }
    .unwrap_or_else(|| (household, Act::Visit(visit(phone, household, around, chance))))
}

fn household(phone: &Phone, around: &Around<'_>, chance: &mut Chance) -> HouseholdId {
    let held: Vec<HouseholdId> = phone.disk.cards.cards.keys().copied().collect();
    let known = if held.is_empty() || chance.one_in(5) { around.households } else { &held };
    let picked = chance.pick(known).copied();
    picked.unwrap_or_else(|| chance.household(around.now_ms))
}

fn amend(phone: &Phone, around: &Around<'_>, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let own = phone.own_acts();
    let visits: Vec<_> = own.iter().filter(|(.., act)| matches!(act, Act::Visit(_))).collect();
    let (id, household, _) = chance.pick(&visits)?;
    let versions: Vec<EntryId> = own
        .iter()
        .filter(|(.., act)| matches!(act, Act::Amend(amend) if amend.visit == *id))
        .map(|(id, ..)| *id)
        .collect();
    let replaces = versions.last().copied().filter(|_| !chance.one_in(4)).unwrap_or(*id);
    let version = visit(phone, *household, around, chance);
    Some((*household, Act::Amend(Amend { visit: *id, replaces, version })))
}

fn withdraw(phone: &Phone, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let own = phone.own_acts();
    let taken_back = |act: &Act| matches!(act, Act::Visit(_) | Act::Tell(_) | Act::Alert(_));
    let said: Vec<_> = own.iter().filter(|(.., act)| taken_back(act)).collect();
    let (id, household, _) = chance.pick(&said)?;
    Some((*household, Act::Withdraw(Withdraw { visit: *id, why: String::new() })))
}

/// A reply that a card shows is told by telephone.
fn tell(phone: &Phone, around: &Around<'_>, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let cards = phone.disk.cards.cards.values();
    let needs = cards.flat_map(|card| card.needs.iter().map(|line| (card.household, line)));
    let answered: Vec<_> =
        needs.filter_map(|(at, line)| Some((at, line.need.id, line.reply_entry?))).collect();
    let (household, need, reply) = chance.pick(&answered).copied()?;
    let (day, rest) = (around.today.plus(-day_count(chance)), Rest::new());
    Some((household, Act::Tell(Tell { need, reply, day, rest })))
}

/// Two records that a card shows, one's own and another's, are of one visit, or of two.
fn pair(phone: &Phone, chance: &mut Chance) -> Option<(HouseholdId, Act)> {
    let visits = |card: &Card| {
        let (own, others): (Vec<_>, Vec<_>) =
            card.visits.iter().partition(|line| line.author == phone.person);
        own.into_iter()
            .flat_map(|own| others.iter().map(|other| (own.id, other.id)).collect::<Vec<_>>())
            .map(|pair| (card.household, pair))
            .collect::<Vec<_>>()
    };
    let pairs: Vec<_> = phone.disk.cards.cards.values().flat_map(visits).collect();
    let (household, (visit, other)) = chance.pick(&pairs).copied()?;
    Some((household, Act::Pair(Pair { visit, other, is_one: !chance.one_in(3) })))
}

fn propose(around: &Around<'_>, chance: &mut Chance) -> Act {
    let (unit, stated, why, rest) = (None, named(chance), String::new(), Rest::new());
    Act::Propose(Propose { day: around.today, unit, stated, why, rest })
}

fn alert(around: &Around<'_>, chance: &mut Chance) -> Act {
    let day = around.today.plus(-day_count(chance));
    Act::Alert(Alert { kind: EventKind::Illness, words: "住院".to_owned(), day, rest: Rest::new() })
}

fn visit(phone: &Phone, household: HouseholdId, around: &Around<'_>, chance: &mut Chance) -> Visit {
    let shown = phone.disk.cards.cards.get(&household).and_then(|card| card.standings.get(&Slot::Name));
    let shown = shown.and_then(|standing| standing.one()).map(|stands| stands.value.clone());
    let answer = match (chance.below(5), shown) {
        (0, _) => Answer::Declined,
        (1, _) => Answer::NotAsked { reason: NotAskedReason::NoTime },
        (2 | 3, Some(value)) => Answer::Unchanged { confirmed: Values::from([(Slot::Name, value)]) },
        _ => Answer::Changed { stated: named(chance), confirmed: Values::new() },
    };
    let need = chance.one_in(4).then(|| Need {
        id: chance.need(around.now_ms),
        kind: NeedKind::Schooling,
        words: "学费".to_owned(),
        promised_until: None,
        rest: Rest::new(),
    });
    let companion = chance.one_in(2).then(|| chance.pick(around.persons).copied()).flatten();
    let day = around.today.plus(-day_count(chance));
    Visit {
        companion: companion.map(Companion::Person),
        met: (!chance.one_in(8)).then_some(Whose::Worker),
        answers: BTreeMap::from([(Item::Name, answer)]),
        needs: need.into_iter().collect(),
        consent: chance.one_in(6).then_some(Consent { notice: 1, given: true }),
        ..Visit::attempt(day)
    }
}

fn day_count(chance: &mut Chance) -> i32 {
    i32::try_from(chance.below(6)).unwrap_or(0)
}

/// A name among a few, so that helpers often say the same and often not.
pub fn named(chance: &mut Chance) -> Values {
    let text = ["张三", "李四", "王五"].get(chance.below(3)).copied().unwrap_or_default().to_owned();
    Values::from([(Slot::Name, Value::Name(NameValue { text, ..NameValue::default() }))])
}
