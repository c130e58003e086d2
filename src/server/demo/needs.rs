//! What was answered and what was not; alerts, rivals, a household found at the door, an entry to look at.

use domain::answer::Answer;
use domain::day::Day;
use domain::entry::{Act, Alert, Propose, Reply, TakeUp};
use domain::id::{EntryId, HouseholdId, NeedId};
use domain::item::Item;
use domain::slot::{Slot, Values};
use domain::value::EventKind;
use domain::visit::Companion;

use super::households::{Care, Home};
use super::people::Crowd;
use super::{Chance, DemoUnion, entry, people, values};

/// Does all of it.
pub(super) fn answer_and_raise(
    chance: &mut Chance,
    homes: &[Home],
    crowd: &Crowd,
    today: Day,
    union: &mut DemoUnion,
) {
    answer(chance, crowd, today, union);
    alerts(chance, homes, crowd, today, union);
    rivals(chance, homes, union);
    let visited: Vec<&Home> = homes.iter().filter(|home| home.care == Care::OnTime).collect();
    if let (Some(home), Some(other)) = (visited.first(), visited.last()) {
        proposal(chance, home, today, union);
        without_seat(chance, home, other, today, union);
    }
}

/// Needs older than three weeks were mostly answered.
fn answer(chance: &mut Chance, crowd: &Crowd, today: Day, union: &mut DemoUnion) {
    let mut replies = Vec::new();
    let mut told = Vec::new();
    for asked in &union.phones {
        let Ok(Act::Visit(visit)) = asked.act() else { continue };
        for need in &visit.needs {
            let waited = today.days_since(visit.day);
            if waited > 21 && chance.percent(97) {
                let day = visit.day.plus(chance.within(3, 20));
                let reply = Act::Reply(Reply {
                    need: need.id,
                    day,
                    words: "已办理，请家里人等电话通知。".into(),
                    replaces: None,
                });
                let reply = entry(chance, crowd.chair, asked.household, day, &reply);
                told.push((asked.household, need.id, reply.id, day));
                replies.push(reply);
            }
        }
    }
    for (household, need, reply, day) in told {
        tell(household, (need, reply), day, union);
    }
    // They name what phones brought; the ledger lets them wait until it is there.
    union.desk.extend(replies);
}

/// The family is told at the next visit.
fn tell(household: HouseholdId, (need, reply): (NeedId, EntryId), replied: Day, union: &mut DemoUnion) {
    let next = union.phones.iter_mut().filter(|entry| entry.household == household).find_map(|entry| {
        let Ok(Act::Visit(visit)) = entry.act() else { return None };
        (visit.day >= replied && !visit.is_attempt()).then_some((entry, visit))
    });
    if let Some((entry, mut visit)) = next {
        visit.told.push(need);
        visit.told_replies.insert(reply);
        entry.payload = Act::Visit(visit).payload();
    }
}

fn alerts(chance: &mut Chance, homes: &[Home], crowd: &Crowd, today: Day, union: &mut DemoUnion) {
    let raised = homes.iter().filter(|home| home.care == Care::OnTime).step_by(41).take(5);
    for (at, home) in raised.enumerate() {
        let Some((_, author)) = home.helpers.first() else { continue };
        let open = at < 2;
        let day = if open { today.plus(-1) } else { today.plus(-chance.within(20, 200)) };
        let alert = Act::Alert(Alert {
            kind: if at % 2 == 0 { EventKind::Illness } else { EventKind::Accident },
            words: if at % 2 == 0 {
                "昨晚突发脑梗，已送市医院，家里只有老人"
            } else {
                "下班路上被车撞，腿骨折，正在手术"
            }
            .into(),
            day,
            rest: serde_json::Map::new(),
        });
        let raised = entry(chance, *author, home.id, day, &alert);
        if !open {
            let act = Act::TakeUp(TakeUp {
                alert: raised.id,
                day: day.plus(1),
                words: "已到医院看望，正在办理临时救助。".into(),
            });
            let taken = entry(chance, crowd.chair, home.id, day.plus(1), &act);
            union.desk.push(taken);
        }
        union.phones.push(raised);
    }
}

/// On four days two helpers heard different telephones.
fn rivals(chance: &mut Chance, homes: &[Home], union: &mut DemoUnion) {
    for home in
        homes.iter().filter(|home| home.care == Care::OnTime && home.helpers.len() == 3).step_by(60).take(4)
    {
        let last = union
            .phones
            .iter()
            .rev()
            .find(|entry| entry.household == home.id && entry.kind == "visit")
            .cloned();
        let Some(last) = last else { continue };
        let Ok(Act::Visit(mut first)) = last.act() else { continue };
        if first.is_attempt() {
            continue;
        }
        let mut second = first.clone();
        for visit in [&mut first, &mut second] {
            let stated = Values::from([(Slot::Telephone, values::telephone(chance))]);
            visit.answers.insert(Item::Telephone, Answer::Changed { stated, confirmed: Values::new() });
        }
        second.needs.clear();
        let Some(other) =
            home.helpers.iter().map(|(_, person)| *person).find(|person| *person != last.author)
        else {
            continue;
        };
        second.companion = Some(Companion::Person(last.author));
        let day = first.day;
        if let Some(changed) = union.phones.iter_mut().find(|entry| entry.id == last.id) {
            changed.payload = Act::Visit(first).payload();
        }
        union.phones.push(entry(chance, other, home.id, day, &Act::Visit(second)));
    }
}

fn proposal(chance: &mut Chance, near: &Home, today: Day, union: &mut DemoUnion) {
    let Some((_, author)) = near.helpers.first() else { return };
    let name = people::name(chance);
    let mut stated = values::at_first(chance, &name, true, today);
    stated.retain(|slot, _| matches!(slot, Slot::Name | Slot::Address | Slot::Telephone));
    let propose = Act::Propose(Propose {
        day: today.plus(-2),
        unit: Some(near.unit),
        stated,
        why: "隔壁邻居说起：一个人带两个孩子，刚下岗".into(),
        rest: serde_json::Map::new(),
    });
    let household = chance.id(8, HouseholdId::new);
    union.phones.push(entry(chance, *author, household, today.plus(-2), &propose));
}

/// Somebody recorded a visit in a household that is not theirs.
fn without_seat(chance: &mut Chance, home: &Home, other: &Home, today: Day, union: &mut DemoUnion) {
    let Some((_, author)) = home.helpers.first() else { return };
    let last = union.phones.iter().rev().find(|entry| entry.household == other.id && entry.kind == "visit");
    let Some(Ok(Act::Visit(mut visit))) = last.map(domain::entry::Entry::act) else { return };
    visit.day = today.plus(-3);
    visit.companion = None;
    visit.needs.clear();
    union.phones.push(entry(chance, *author, other.id, today.plus(-3), &Act::Visit(visit)));
}
