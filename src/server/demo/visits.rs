//! Fourteen months of visits: who went when, and what they heard.

use std::collections::BTreeMap;

use domain::answer::{Answer, NotAskedReason};
use domain::day::Day;
use domain::entry::{Act, Entry};
use domain::id::{DeviceId, NeedId, PersonId};
use domain::item::Item;
use domain::slot::{Slot, Value, Values};
use domain::value::{Marital, Stage, Whose};
use domain::visit::{Companion, Consent, Need, NeedKind, Visit};

use super::households::{Care, Home};
use super::{Chance, DemoUnion, entry, values};

/// Records all visits of a household.
pub(super) fn record(chance: &mut Chance, home: &Home, today: Day, union: &mut DemoUnion) {
    let mut family = Family { known: home.first.clone(), schooling_seen: home.since };
    let mut consented = false;
    for day in days(chance, home, today) {
        let Some((author, companion)) = pair(chance, home) else { continue };
        if chance.percent(6) {
            let missed = Visit {
                note: "家里没人，邻居说去镇上了".into(), ..visit(day.plus(-1), companion)
            };
            union.phones.push(entry(chance, author, home.id, day.plus(-1), &Act::Visit(missed)));
        }
        let mut held = visit(day, companion);
        let met = family.opens(chance);
        held.met = Some(met);
        held.answers = Item::ALL
            .into_iter()
            .map(|item| (item, answer(chance, home, item, &mut family, (day, met))))
            .collect();
        held.consent = (!consented).then_some(Consent { notice: 1, given: true });
        held.next = Some(day.plus(home.every));
        held.needs = needs(chance, &family, day);
        consented = true;
        union.phones.push(entry(chance, author, home.id, day, &Act::Visit(held)));
    }
}

/// What is known of a family so far.
struct Family {
    known: Values,
    /// When the children's schooling was last spoken of.
    schooling_seen: Day,
}

impl Family {
    /// Whether a spouse is known of.
    fn is_married(&self) -> bool {
        matches!(self.known.get(&Slot::Spouse), Some(Value::Spouse(spouse)) if spouse.marital == Marital::Married)
    }

    /// Whether a child has just begun at university.
    fn has_freshman(&self) -> bool {
        let begins = |value: &Value| matches!(value, Value::Child(child) if child.stage == Some(Stage::University) && child.grade == Some(1));
        self.known.values().any(begins)
    }

    /// Who is at home.
    fn opens(&self, chance: &mut Chance) -> Whose {
        match chance.percent(70) {
            true => Whose::Worker,
            false if self.is_married() => Whose::Spouse,
            false => Whose::Parent,
        }
    }
}

fn visit(day: Day, companion: Option<PersonId>) -> Visit {
    Visit { companion: companion.map(Companion::Person), ..Visit::attempt(day) }
}

/// The days of the visits, ascending: counted back from the last.
fn days(chance: &mut Chance, home: &Home, today: Day) -> Vec<Day> {
    let last = match home.care {
        Care::Never | Care::Fresh => return Vec::new(),
        Care::OnTime => today.plus(-chance.within(1, (home.every - 2).max(1))),
        Care::Overdue => today.plus(-home.every - chance.within(1, 75)),
    };
    let mut days = vec![last];
    let mut day = last;
    loop {
        let gap = home.every * chance.within(75, if home.unasked > 10 { 190 } else { 115 }) / 100;
        day = day.plus(-gap.max(7));
        if day <= home.since.plus(3) {
            break;
        }
        days.push(day);
    }
    days.reverse();
    days
}

/// Who goes, and who comes along.
fn pair(chance: &mut Chance, home: &Home) -> Option<(PersonId, Option<PersonId>)> {
    let first = usize::try_from(chance.within(0, 2)).ok()? % home.helpers.len().max(1);
    let (_, author) = home.helpers.get(first)?;
    let companion = home.helpers.get((first + 1) % home.helpers.len()).map(|(_, person)| *person);
    Some((*author, companion.filter(|companion| companion != author)))
}

fn answer(
    chance: &mut Chance,
    home: &Home,
    item: Item,
    family: &mut Family,
    (day, met): (Day, Whose),
) -> Answer {
    if chance.percent(home.unasked) {
        return Answer::NotAsked { reason: why_not(item, met) };
    }
    if item == Item::Spouse && chance.percent(1) {
        return Answer::Declined;
    }
    let known = family.known.iter().filter(|(slot, _)| slot.item() == item);
    let of_item: Values = known.map(|(slot, value)| (*slot, value.clone())).collect();
    let stated = match of_item.is_empty() {
        true => learnt(chance, item, &family.known),
        false => changed(chance, item, &of_item, family, day),
    };
    if item == Item::Schooling {
        family.schooling_seen = day;
    }
    if stated.is_empty() {
        return Answer::Unchanged { confirmed: of_item };
    }
    family.known.extend(stated.clone());
    let confirmed = of_item.into_iter().filter(|(slot, _)| !stated.contains_key(slot)).collect();
    Answer::Changed { stated, confirmed }
}

/// Why something was not asked: nobody is away who was met.
const fn why_not(item: Item, met: Whose) -> NotAskedReason {
    match (met, item) {
        (Whose::Worker, _) => NotAskedReason::NoTime,
        (Whose::Spouse, Item::Name | Item::Telephone) => NotAskedReason::WorkerAbsent,
        (Whose::Spouse, _) => NotAskedReason::Inconvenient,
        (_, Item::Name | Item::Telephone) => NotAskedReason::WorkerAbsent,
        _ => NotAskedReason::NobodyKnew,
    }
}

/// What is said where nothing was known yet.
fn learnt(chance: &mut Chance, item: Item, known: &Values) -> Values {
    let value = match item {
        Item::Address => values::address(chance),
        Item::Telephone => values::telephone(chance),
        Item::Spouse => values::spouse(chance),
        Item::Schooling => Value::Children(Vec::new()),
        Item::Events => Value::EventList(Vec::new()),
        Item::Name => return known.clone(),
    };
    Values::from([(Slot::of_item(item), value)])
}

/// What changed since; mostly nothing.
fn changed(chance: &mut Chance, item: Item, of_item: &Values, family: &Family, day: Day) -> Values {
    let mut stated = Values::new();
    match item {
        Item::Telephone if chance.percent(3) => {
            stated.insert(Slot::Telephone, values::telephone(chance));
        }
        Item::Address if chance.percent(2) => {
            stated.insert(Slot::Address, values::address(chance));
        }
        Item::Schooling => stated = a_class_on(of_item, family.schooling_seen, day),
        Item::Events if chance.percent(5) => {
            let (id, event) = values::event(chance, day, family.is_married());
            let mut ids = match of_item.get(&Slot::Events) {
                Some(Value::EventList(ids)) => ids.clone(),
                _ => Vec::new(),
            };
            ids.push(id);
            ids.sort_unstable();
            stated.insert(Slot::Event(id), event);
            stated.insert(Slot::Events, Value::EventList(ids));
        }
        _ => {}
    }
    stated
}

/// The children who are in another class than when they were last spoken of.
fn a_class_on(of_item: &Values, seen: Day, day: Day) -> Values {
    let mut stated = Values::new();
    for (slot, value) in of_item {
        if let Value::Child(child) = value {
            let now = values::by_then(child, seen, day);
            if now != *child {
                stated.insert(*slot, Value::Child(now));
            }
        }
    }
    stated
}

fn needs(chance: &mut Chance, family: &Family, day: Day) -> Vec<Need> {
    if !chance.percent(4) {
        return Vec::new();
    }
    let (kind, words) = match chance.within(0, 4) {
        0 => (NeedKind::Medical, "想问大病救助还能不能再申请一次"),
        1 if family.has_freshman() => (NeedKind::Schooling, "孩子今年考上大学，学费有困难"),
        2 if family.is_married() => (NeedKind::Work, "爱人想找一份离家近的活"),
        3 => (NeedKind::Housing, "屋顶漏雨，请帮忙联系维修"),
        _ => (NeedKind::Living, "冬天取暖费想申请补助"),
    };
    vec![Need {
        id: chance.id(6, NeedId::new),
        kind,
        words: words.to_owned(),
        promised_until: Some(day.plus(15)),
        rest: serde_json::Map::new(),
    }]
}

/// Gives every helper a phone, and every entry its place on it.
pub(super) fn number(chance: &mut Chance, entries: &mut [Entry]) {
    entries.sort_by_key(|entry| (entry.author, entry.wall_ms, entry.id));
    let mut phones: BTreeMap<PersonId, (DeviceId, u64)> = BTreeMap::new();
    for entry in entries {
        let phone = phones.entry(entry.author).or_insert_with(|| (chance.id(7, DeviceId::new), 0));
        phone.1 += 1;
        (entry.device, entry.seq) = *phone;
    }
}
