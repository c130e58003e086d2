//! What the years leave: things nobody asked about for too long, what a family did not want to say, and the word of
//! those who came along.
//!
//! Drawn last, so that the rest of the union stays what it was.

use domain::answer::{Answer, NotAskedReason};
use domain::day::Day;
use domain::entry::{Act, Confirm};
use domain::item::Item;
use domain::rules::Rule;
use domain::visit::Companion;

use super::households::{Care, Home};
use super::{Chance, DemoUnion, entry};

/// What goes stale in turn. Telephones and addresses are asked wherever somebody goes.
const FORGOTTEN: [Item; 3] = [Item::Schooling, Item::Spouse, Item::Events];

/// Every eighth family that is visited in time.
const EVERY: usize = 8;

/// Of these every fifth does not want to say.
const DECLINES_EVERY: usize = 5;

/// After so many days nearly all companions have said that they were there.
const CONFIRMED_AFTER_DAYS: i32 = 30;

/// In families that are visited in time one thing was not asked for longer than it is valid.
pub(super) fn forget(homes: &[Home], today: Day, union: &mut DemoUnion) {
    let valid = Rule::fallback().valid_days;
    let visited = homes.iter().filter(|home| home.care == Care::OnTime);
    for (at, (home, item)) in visited.step_by(EVERY).zip(FORGOTTEN.into_iter().cycle()).enumerate() {
        let since = today.plus(-i32::from(*valid.get(item)) - 1);
        for one in union.phones.iter_mut().filter(|entry| entry.household == home.id) {
            let Ok(Act::Visit(mut visit)) = one.act() else { continue };
            if visit.day < since || !visit.answers.contains_key(&item) {
                continue;
            }
            let answer = match at % DECLINES_EVERY {
                0 => Answer::Declined,
                _ => Answer::NotAsked { reason: NotAskedReason::NoTime },
            };
            visit.answers.insert(item, answer);
            one.payload = Act::Visit(visit).payload();
        }
    }
}

/// Most companions said a few days later that they were there.
pub(super) fn confirm(chance: &mut Chance, today: Day, union: &mut DemoUnion) {
    let mut confirmed = Vec::new();
    for of in &union.phones {
        let Ok(Act::Visit(visit)) = of.act() else { continue };
        let Some(Companion::Person(companion)) = visit.companion else { continue };
        let waited = today.days_since(visit.day);
        if chance.percent(if waited > CONFIRMED_AFTER_DAYS { 92 } else { 25 }) {
            let day = visit.day.plus(chance.within(0, 3)).min(today);
            let act = Act::Confirm(Confirm { visit: of.id });
            confirmed.push(entry(chance, companion, of.household, day, &act));
        }
    }
    union.phones.extend(confirmed);
}
