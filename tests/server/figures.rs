//! The SQL of coverage against `domain::coverage`, the pure function, over a whole fictional union
//! on several days: every figure, every list behind a figure.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, RandomState};

use domain::coverage::{Coverage, CoverageRow, DueState};
use domain::day::Day;
use domain::entry::Entry;
use domain::file::{Directory, File, Logged, fold};
use domain::id::{EntryId, HouseholdId, PersonId, UnitId};
use domain::item::{Item, ItemState};
use domain::rules::rule_of;
use protocol::office::Show;
use server::demo;
use server::error::ApiError;
use server::report::{coverage, households, pairs};
use server::store::db::Alone;
use server::store::{Reader, StoreError};
use server::union::settings::{self, MadeFor};
use server::union::units;

use crate::world::{NOON_MS, folder, place, today};

struct Everybody;

impl Directory for Everybody {
    fn knows(&self, _: PersonId) -> bool {
        true
    }
}

/// What the pure functions say of a union: each open household's unit, row and file.
fn oracle(union: &demo::DemoUnion, as_of: Day) -> BTreeMap<HouseholdId, (UnitId, CoverageRow, File)> {
    let mut logs: BTreeMap<HouseholdId, Vec<Logged>> = BTreeMap::new();
    for entry in union.desk.iter().chain(&union.phones) {
        let entry: Entry = entry.clone();
        logs.entry(entry.household).or_default().push(Logged { entry: entry.read().into(), taint: None });
    }
    let row = |(household, log): (HouseholdId, Vec<Logged>)| {
        let file = fold(&log, &Everybody).file;
        let registered = file.registered.clone()?;
        let rule = rule_of(&union.categories, registered.latest.category, as_of);
        let row = CoverageRow::of(&file.standings, registered.since, file.last_visit(), &rule);
        Some((household, (registered.unit, row, file)))
    };
    logs.into_iter().filter_map(row).collect()
}

fn filled(test: &str, seed: u64) -> (Alone, demo::DemoUnion) {
    let mut db = Alone::open(&place(&folder(test)), NOON_MS).unwrap();
    let union = demo::make(seed, today());
    db.write(|tx| {
        settings::begin(tx, MadeFor::Demo, [1; 8], NOON_MS)?;
        demo::write(tx, &union, today(), NOON_MS)
    })
    .map_err(|cause: ApiError| cause)
    .unwrap();
    (db, union)
}

/// What an older office did not keep is put in by the migration: the same as the pure function says.
#[test]
fn pairs_of_before_are_found_by_the_migration() {
    let (mut db, _) = filled("figures_pairs", 1);
    let (_, sql) =
        include_str!("../../src/server/store/migrations/0014_pair.sql").split_once("INSERT").unwrap();
    let pairs = |reader: &Reader<'_>| {
        reader.all("SELECT visit, other FROM pair ORDER BY visit, other", &[], |row| {
            Ok::<_, StoreError>((row.get::<EntryId>(0)?, row.get::<EntryId>(1)?))
        })
    };
    let before = db.read(pairs).unwrap();
    assert!(!before.is_empty());
    db.write(|tx| {
        tx.execute("DELETE FROM pair", &[])?;
        tx.execute(&format!("INSERT{sql}"), &[]).map(drop)
    })
    .map_err(|cause: StoreError| cause)
    .unwrap();
    assert_eq!(db.read(pairs).unwrap(), before);
}

#[test]
fn every_figure_is_what_the_pure_function_counts() {
    // One union that is the same every time, and one that nobody has seen: its seed is told when something differs.
    for (test, seed) in [("figures_same", 20_261_121), ("figures_new", RandomState::new().hash_one(()))] {
        eprintln!("the union of seed {seed}");
        let (mut db, union) = filled(test, seed);
        let oracle = oracle(&union, today());
        assert!(oracle.len() > 300, "{} households", oracle.len());
        for days in [-40, 0, 1, 45, 400] {
            let day = today().plus(days);
            db.read(|reader| compare(reader, &oracle, day)).unwrap();
        }
    }
}

fn compare(
    reader: &Reader<'_>,
    oracle: &BTreeMap<HouseholdId, (UnitId, CoverageRow, File)>,
    day: Day,
) -> Result<(), StoreError> {
    let all = units::under(reader, "")?;
    for top in &all {
        let within: Vec<UnitId> =
            all.iter().filter(|unit| unit.path.starts_with(&top.path)).map(|unit| unit.row.id).collect();
        let mine = || oracle.values().filter(|(unit, ..)| within.contains(unit));
        let report = coverage::report(reader, top, day)?;
        let name = &top.row.name;
        assert_eq!(report.total, Coverage::count(mine().map(|(_, row, _)| row), day), "{name} on {day}");
        let total = report.total;
        assert_eq!(
            total.on_time + total.overdue + total.never_visited_due + total.not_yet_due,
            total.households
        );
        let needs = mine().flat_map(|(.., file)| &file.needs).filter(|line| line.reply.is_none());
        assert_eq!(report.todo.needs as usize, needs.clone().count(), "{name}");
        let late = needs.filter(|line| line.need.promised_until.is_some_and(|until| until < day)).count();
        assert_eq!(report.todo.needs_late as usize, late, "{name} on {day}");
        let alerts =
            mine().flat_map(|(.., file)| &file.alerts).filter(|line| line.taken_up.is_none()).count();
        assert_eq!(report.todo.alerts as usize, alerts, "{name}");
        let rivals = mine()
            .flat_map(|(.., file)| file.standings.values())
            .filter(|standing| standing.values.len() > 1);
        assert_eq!(report.todo.rivals as usize, rivals.count(), "{name}");
        let pairs = mine().flat_map(|(.., file)| &file.pairs).filter(|pair| !pair.is_two);
        let pairs: BTreeSet<_> = pairs.map(|pair| (pair.visit, pair.other)).collect();
        let listed = pairs::list(reader, &top.path, 0)?;
        assert_eq!(report.todo.pairs as usize, pairs.len(), "{name}");
        assert_eq!(
            listed.iter().map(|row| (row.visit.visit, row.other.visit)).collect::<BTreeSet<_>>(),
            pairs,
            "{name}"
        );
        let too_few = mine().filter(|(.., file)| !file.seats.are_three(day)).count();
        assert_eq!(report.todo.seats_empty as usize, too_few, "{name} on {day}");
        assert_eq!(length(reader, &top.path, Show::SeatsEmpty, day)? as usize, too_few, "{name} on {day}");
        let month_ago = report.on_time_month_ago.unwrap_or(0);
        assert_eq!(month_ago as usize, on_time_a_month_ago(mine(), day), "{name} on {day}");
        let without =
            mine().filter(|(.., file)| file.registered.as_ref().unwrap().latest.category.is_none()).count();
        assert_eq!(report.todo.without_category as usize, without, "{name}");
        if top.row.parent.is_none() {
            lists(reader, &top.path, &total, day)?;
            assert_eq!(length(reader, &top.path, Show::WithoutCategory, day)? as usize, without, "{name}");
            most_due_first(reader, &top.path, oracle, day)?;
        }
    }
    Ok(())
}

/// Whoever had a visit up to that day and was not due again, by what is known today.
fn on_time_a_month_ago<'a>(mine: impl Iterator<Item = &'a (UnitId, CoverageRow, File)>, day: Day) -> usize {
    let then = day.plus(-30);
    let was_on_time = |(_, row, file): &&(UnitId, CoverageRow, File)| {
        let met = file.met().map(|line| line.visit.day);
        let last = met.filter(|day| *day <= then).max();
        let every = row.due.days_since(row.last_visit.unwrap_or(file.registered.as_ref().unwrap().since));
        last.is_some_and(|last| then <= last.plus(every))
    };
    mine.filter(was_on_time).count()
}

fn length(reader: &Reader<'_>, top: &str, show: Show, day: Day) -> Result<u32, StoreError> {
    let asked = households::Asked { top, show, helper: None, search: "", id_hash: "", skip: 0, take: 1 };
    households::list(reader, &asked, day).map(|list| list.total)
}

/// One order, by one measure: the day on which a household is due.
fn most_due_first(
    reader: &Reader<'_>,
    top: &str,
    oracle: &BTreeMap<HouseholdId, (UnitId, CoverageRow, File)>,
    day: Day,
) -> Result<(), StoreError> {
    let mut expected: Vec<_> = oracle.iter().map(|(id, (_, row, _))| (row.due, *id)).collect();
    expected.sort();
    let asked =
        households::Asked { top, show: Show::All, helper: None, search: "", id_hash: "", skip: 0, take: 200 };
    let found: Vec<_> = households::list(reader, &asked, day)?.households.iter().map(|row| row.id).collect();
    let expected: Vec<_> = expected.into_iter().take(200).map(|(_, id)| id).collect();
    assert_eq!(found, expected, "on {day}");
    Ok(())
}

/// The list behind each figure is as long as the figure.
fn lists(reader: &Reader<'_>, top: &str, total: &Coverage, day: Day) -> Result<(), StoreError> {
    let length = |show: Show| length(reader, top, show, day);
    assert_eq!(length(Show::All)?, total.households);
    assert_eq!(length(Show::Due(DueState::OnTime))?, total.on_time);
    assert_eq!(length(Show::Due(DueState::Overdue))?, total.overdue);
    assert_eq!(length(Show::Due(DueState::NeverVisitedDue))?, total.never_visited_due);
    assert_eq!(length(Show::Due(DueState::NotYetDue))?, total.not_yet_due);
    assert_eq!(length(Show::Late)?, total.overdue + total.never_visited_due);
    for item in Item::ALL {
        let counts = total.items.get(item);
        assert_eq!(length(Show::Lacking(item))?, counts.lacking(), "{item:?} on {day}");
        let expected = [
            (ItemState::Known, counts.known),
            (ItemState::Stale, counts.stale),
            (ItemState::Unknown, counts.unknown),
            (ItemState::Rivals, counts.rivals),
            (ItemState::Declined, counts.declined),
            (ItemState::NotApplicable, counts.not_applicable),
        ];
        for (state, count) in expected {
            assert_eq!(length(Show::Item(item, state))?, count, "{item:?} {state:?} on {day}");
        }
    }
    Ok(())
}
