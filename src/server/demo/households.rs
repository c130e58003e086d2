//! The 312 households: where they belong, who answers for them, how they are looked after.

use domain::day::Day;
use domain::entry::{Act, Entry, Register};
use domain::id::{HouseholdId, PersonId, UnitId};
use domain::rules::{Category, Cause};
use domain::seat::{Assign, Seat};
use domain::slot::Values;

use super::people::{BRANCHES, Crowd, Names, Plan, Tree};
use super::{Chance, entry, values};

/// How a household is looked after.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Visited, and not due.
    OnTime,
    /// Visited once, due since.
    Overdue,
    /// Never visited, due.
    Never,
    /// On file for a few days only.
    Fresh,
}

/// One household as it is to be.
pub(super) struct Home {
    pub id: HouseholdId,
    pub unit: UnitId,
    pub category: Category,
    pub since: Day,
    pub every: i32,
    pub care: Care,
    pub first: Values,
    pub causes: Vec<Cause>,
    pub helpers: Vec<(Seat, PersonId)>,
    /// Items left unasked, in percent.
    pub unasked: i32,
}

/// How long the records go back.
const BACK_DAYS: i32 = 425;

/// Makes all of them.
pub(super) fn all(
    chance: &mut Chance,
    tree: &Tree,
    crowd: &Crowd,
    categories: &[Category],
    today: Day,
) -> Vec<Home> {
    let mut names = Names::default();
    let mut homes = Vec::new();
    for (branch, (plan, (_, groups))) in BRANCHES.iter().zip(&tree.branches).enumerate() {
        for at in 0..plan.households {
            let Some(unit) = groups.get(usize::try_from(at).unwrap_or(0) % groups.len().max(1)) else {
                continue;
            };
            homes.extend(home(
                chance,
                &mut names,
                crowd,
                categories,
                today,
                Place { branch, plan, unit: *unit, at },
            ));
        }
    }
    homes
}

/// Where a household belongs.
struct Place<'a> {
    branch: usize,
    plan: &'a Plan,
    unit: UnitId,
    at: i32,
}

fn home(
    chance: &mut Chance,
    names: &mut Names,
    crowd: &Crowd,
    categories: &[Category],
    today: Day,
    place: Place<'_>,
) -> Option<Home> {
    let Place { branch, plan, unit, at } = place;
    let category =
        categories.get(usize::try_from(chance.one_of(&[0, 1, 1, 1, 2, 2, 3, 4, 4, 5])).ok()?)?.clone();
    let every = i32::from(category.rule_on(today).visit_every_days);
    let care = care(chance, plan, at);
    let since = match care {
        Care::Fresh => today.plus(-chance.within(1, every.min(20))),
        Care::Never => today.plus(-every - chance.within(8, 120)),
        Care::OnTime | Care::Overdue => today.plus(-BACK_DAYS + chance.within(0, 40)),
    };
    let name = names.fresh(chance);
    let mut helpers = Vec::new();
    for seat in Seat::ALL {
        let able = crowd.of(branch, seat);
        let turn = usize::try_from(at).unwrap_or(0) % able.len().max(1);
        // In the neglected branch some seats are empty.
        if !(plan.never > 0 && seat == Seat::Leader && chance.percent(12)) {
            helpers.extend(able.get(turn).map(|person| (seat, *person)));
        }
    }
    Some(Home {
        id: chance.id(5, HouseholdId::new),
        unit,
        category,
        since,
        every,
        care,
        first: values::at_first(chance, &name, plan.on_time > 85, since),
        causes: causes(chance),
        helpers,
        unasked: plan.unasked,
    })
}

fn care(chance: &mut Chance, plan: &Plan, at: i32) -> Care {
    let share = at * 100 / plan.households.max(1);
    if share < plan.on_time {
        Care::OnTime
    } else if share >= 100 - plan.never {
        Care::Never
    } else if chance.percent(30) {
        Care::Fresh
    } else {
        Care::Overdue
    }
}

fn causes(chance: &mut Chance) -> Vec<Cause> {
    let main = match chance.within(0, 9) {
        0..=3 => Cause::SevereIllness,
        4 | 5 => Cause::Schooling,
        6 => Cause::UnableToWork,
        7 => Cause::LaidOff,
        8 => Cause::Accident,
        _ => Cause::Other,
    };
    let further = chance.percent(30).then_some(Cause::Uninsured);
    std::iter::once(main).chain(further).collect()
}

/// Opens the file and sets the seats.
pub(super) fn register(chance: &mut Chance, home: &Home, crowd: &Crowd, desk: &mut Vec<Entry>) {
    let register = Act::Register(Register {
        day: home.since,
        unit: home.unit,
        category: Some(home.category.id),
        causes: home.causes.clone(),
        id_number: None,
        stated: home.first.clone(),
        rest: serde_json::Map::new(),
    });
    desk.push(entry(chance, crowd.registrar, home.id, home.since, &register));
    for (seat, person) in &home.helpers {
        let assign =
            Act::Assign(Assign { seat: *seat, person: Some(*person), from: home.since, until: None });
        desk.push(entry(chance, crowd.registrar, home.id, home.since, &assign));
    }
}
