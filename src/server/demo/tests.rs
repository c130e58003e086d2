//! The demonstration is what it promises: the same from one seed, and a pattern worth looking at.

use super::{make, write};
use crate::error::ApiError;
use crate::report::{coverage, lists, quarantine};
use crate::store::Db;
use crate::union::units;
use domain::day::Day;

fn today() -> Day {
    Day::parse("2026-11-21").unwrap()
}

#[test]
fn one_seed_makes_one_union() {
    let (one, same) = (make(1, today()), make(1, today()));
    assert_eq!(one.phones, same.phones);
    assert_eq!(one.desk, same.desk);
    assert_ne!(make(2, today()).phones, one.phones);
}

#[test]
fn it_is_as_large_as_it_says() {
    let union = make(20_261_121, today());
    let helpers =
        union.persons.iter().filter(|p| p.grants.iter().any(|g| g.role == protocol::sign_in::Role::Helper));
    assert_eq!(helpers.count(), 74);
    assert_eq!(union.units.iter().filter(|unit| unit.level == protocol::desk::Level::Branch).count(), 8);
    assert_eq!(union.desk.iter().filter(|entry| entry.kind == "register").count(), 312);
    assert!(union.phones.iter().all(|entry| entry.act().is_ok()));
}

#[tokio::test]
async fn the_pattern_is_there() {
    let folder = std::env::temp_dir().join(format!("liuzhidao-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let db = Db::open(&folder.join("demo.db").as_path().into(), 0).unwrap();
    let (report, todo) = db
        .write(|tx| {
            crate::union::settings::begin(tx, crate::union::settings::MadeFor::Demo, [1; 8], 0)?;
            let union = make(20_261_121, today());
            write(tx, &union, today(), 1_795_190_000_000)?;
            let top = units::find(tx, union.units[0].id)?.ok_or(protocol::sign_in::RefusalCode::NotFound)?;
            let report = coverage::report(tx, &top, today())?;
            let lists = (
                lists::needs(tx, &top.path, lists::NeedStage::Open, today(), 0)?.len(),
                lists::alerts(tx, &top.path, true, 0)?.len(),
                lists::rivals(tx, &top.path, 0)?.len(),
                lists::proposals(tx, &top.path, &[], today(), 0)?.len(),
                quarantine::list(tx, &top.path, 0)?.len(),
            );
            Ok::<_, ApiError>((report, lists))
        })
        .await
        .unwrap();
    drop(db);
    std::fs::remove_dir_all(&folder).unwrap();
    let total = report.total;
    assert_eq!(total.households, 312);
    assert_eq!(total.on_time + total.overdue + total.never_visited_due + total.not_yet_due, 312);
    assert!((235..=265).contains(&total.on_time), "{total:?}");
    assert!((20..=60).contains(&total.overdue), "{total:?}");
    assert!((3..=10).contains(&total.never_visited_due), "{total:?}");
    let (needs, alerts, rivals, proposals, waiting) = todo;
    assert!((4..=40).contains(&needs), "{needs} needs");
    assert_eq!((alerts, proposals, waiting), (2, 1, 1), "{:?}", report.todo);
    assert!((1..=12).contains(&rivals), "{rivals} rivals");
    assert_eq!(usize::try_from(report.todo.needs).unwrap(), needs);
    let items = total.items;
    for item in [items.schooling, items.spouse, items.events] {
        assert!(item.stale >= 3, "{total:?}");
    }
    assert!(items.events.unknown >= 3 && items.spouse.declined + items.schooling.declined >= 2, "{total:?}");
}

/// Most of those who came along have said so; of the last days not all.
#[test]
fn companions_confirm() {
    let union = make(20_261_121, today());
    let count = |fits: fn(&domain::entry::Act) -> bool| {
        union.phones.iter().filter_map(|entry| entry.act().ok()).filter(fits).count()
    };
    let paired = count(
        |act| matches!(act, domain::entry::Act::Visit(visit) if matches!(visit.companion, Some(domain::visit::Companion::Person(_)))),
    );
    let confirmed = count(|act| matches!(act, domain::entry::Act::Confirm(_)));
    assert!(paired > 1_000 && (50..=400).contains(&(paired - confirmed)), "{confirmed} of {paired}");
}

/// Whoever looks at the demonstration's phone first sees households of every sort.
#[test]
fn the_first_helper_has_something_of_everything() {
    let union = make(20_261_121, today());
    let helpers =
        union.persons.iter().filter(|p| p.grants.iter().any(|g| g.role == protocol::sign_in::Role::Helper));
    let first = helpers.map(|person| person.id).min().unwrap();
    let seated: std::collections::BTreeSet<_> = union
        .desk
        .iter()
        .filter(|entry| matches!(entry.act(), Ok(domain::entry::Act::Assign(assign)) if assign.person == Some(first)))
        .map(|entry| entry.household)
        .collect();
    let mut left: std::collections::BTreeMap<_, i32> = std::collections::BTreeMap::new();
    for entry in union.phones.iter().filter(|entry| seated.contains(&entry.household)) {
        if let Ok(domain::entry::Act::Visit(domain::visit::Visit {
            met: Some(_), next: Some(next), ..
        })) = entry.act()
        {
            let days = next.days_since(today());
            left.entry(entry.household).and_modify(|most| *most = (*most).max(days)).or_insert(days);
        }
    }
    let count = |fits: fn(i32) -> bool| left.values().filter(|days| fits(**days)).count();
    let (overdue, soon, later) =
        (count(|days| days < 0), count(|days| (0..=7).contains(&days)), count(|days| days > 7));
    assert!(overdue >= 2 && soon >= 1 && later >= 4, "{overdue} overdue, {soon} soon, {later} later");
}

/// A story one can believe: nobody is away who opened the door, and a child is moved up once a year.
#[test]
fn its_stories_are_true() {
    let union = make(20_261_121, today());
    let mut grown: std::collections::BTreeMap<_, std::collections::BTreeSet<_>> =
        std::collections::BTreeMap::new();
    let mut visits: Vec<_> = union.phones.iter().filter(|entry| entry.kind == "visit").collect();
    visits.sort_by_key(|entry| entry.wall_ms);
    for entry in visits {
        let Ok(domain::entry::Act::Visit(visit)) = entry.act() else { continue };
        assert_ne!(visit.companion, Some(domain::visit::Companion::Person(entry.author)), "on {}", visit.day);
        for (item, answer) in &visit.answers {
            match answer {
                domain::answer::Answer::NotAsked { reason } => assert!(
                    visit.met != Some(domain::value::Whose::Worker)
                        || *reason != domain::answer::NotAskedReason::WorkerAbsent,
                    "{item:?} on {}",
                    visit.day
                ),
                domain::answer::Answer::Changed { stated, .. } => {
                    let (year, month, _) = visit.day.parts();
                    let school_year = if month >= 9 { year } else { year - 1 };
                    for (slot, value) in stated {
                        if let domain::slot::Value::Child(child) = value {
                            let class = (child.stage, child.grade);
                            grown.entry((*slot, school_year)).or_default().insert(class);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    assert!(grown.len() > 20, "{} moved up", grown.len());
    let twice = grown.iter().find(|(_, classes)| classes.len() > 1);
    assert!(twice.is_none(), "{twice:?}");
}
