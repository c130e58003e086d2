//! The exhaustive crash: one script (two phones visit one household, the first corrects what it said), run once for
//! every place where the app may die × every step of the office's transaction × every answer that may be lost.
//!
//! Chance has no part in it: each fault counts down to its place, and a run in which it finds none ends the counting.
//! Whatever happened, everything comes to stand as it does without any fault.

use crate::{
    checks,
    desk::{self, DESK},
    helper,
    office::{Commit, Office},
    phone::{Next, Stop},
    saving::make,
    wire::{Answer, Carried, Request},
    world::World,
};
use domain::{
    answer::Answer as Said,
    entry::{Act, Amend},
    file::{File, Status},
    id::{EntryId, HouseholdId},
    item::Item,
    seat::{Assign, Seat},
    slot::Values,
    value::Whose,
    visit::Visit,
};
use std::collections::BTreeMap;
use sync::replica::Making;

/// Where one fault happens: after so many places where it could have.
#[derive(Clone, Copy, Debug)]
struct Countdown {
    left: usize,
    fired: bool,
}

impl Countdown {
    const fn from(left: Option<usize>) -> Self {
        match left {
            Some(left) => Self { left, fired: false },
            None => Self { left: usize::MAX, fired: false },
        }
    }

    fn hits(&mut self) -> bool {
        if self.fired || self.left > 0 {
            self.left = self.left.saturating_sub(1);
            return false;
        }
        self.fired = true;
        true
    }
}

/// What a run came to: all files, and what became of each entry.
#[derive(PartialEq, Debug)]
struct Outcome {
    files: BTreeMap<HouseholdId, File>,
    statuses: BTreeMap<EntryId, Status>,
}

struct Script {
    world: World,
    drafts: Vec<(usize, Making)>,
    app: Countdown,
    office: Countdown,
    answer: Countdown,
}

impl Script {
    fn new(app: Option<usize>, office: Option<usize>, answer: Option<usize>) -> Self {
        let mut world = World::new(1, false);
        world.everybody_comes_back();
        world.phones.truncate(2);
        let [app, office, answer] = [app, office, answer].map(Countdown::from);
        let mut script = Self { world, drafts: Vec::new(), app, office, answer };
        script.write_the_drafts();
        script
    }

    /// Everything that is random is fixed before anything goes wrong.
    fn write_the_drafts(&mut self) {
        let world = &mut self.world;
        let today = world.today();
        let home = world.chance.household(world.now_ms);
        let seat = |seat, at: usize| {
            let person = world.persons.get(at).copied();
            Act::Assign(Assign { seat, person, from: today.plus(-9), until: None })
        };
        let seats = [seat(Seat::Leader, 0), seat(Seat::UnionOfficer, 1)];
        for act in [desk::register(today, &mut world.chance)].into_iter().chain(seats) {
            let entry = desk::make(home, &act, &mut world.chance, world.now_ms);
            world.office.desk(DESK, entry, world.now_ms);
        }
        let mut visit = || Visit {
            met: Some(Whose::Worker),
            answers: [(
                Item::Name,
                Said::Changed { stated: helper::named(&mut world.chance), confirmed: Values::new() },
            )]
            .into(),
            ..Visit::attempt(today)
        };
        let (first, second, version) = (visit(), visit(), visit());
        let first = world.making(0, None, home, &Act::Visit(first));
        let amend = Act::Amend(Amend { visit: first.id, replaces: first.id, version });
        let second = world.making(1, None, home, &Act::Visit(second));
        let amend = world.making(0, None, home, &amend);
        self.drafts = vec![(0, first), (1, second), (0, amend)];
    }

    /// The script: each saves and tries, then the first corrects, then both try again.
    fn play(&mut self) -> Outcome {
        for (save, round) in [(0, 0), (1, 1), (2, 0)] {
            self.save(save);
            self.round(round);
        }
        self.round(1);
        self.round(0);
        checks::always(&mut self.world);
        self.world.phones.iter_mut().for_each(|phone| phone.next_try_ms = 0);
        checks::at_the_end(&mut self.world);
        let books = &self.world.office.books;
        let files = books.files().iter().map(|(id, (_, file))| (*id, file.clone())).collect();
        let statuses = books.rows().iter().map(|(row, _)| (row.id, row.status)).collect();
        Outcome { files, statuses }
    }

    /// Finish is tapped until it says so: after a crash the form is there again.
    fn save(&mut self, draft: usize) {
        let Some((at, making)) = self.drafts.get(draft).cloned() else { return };
        let (before, after) = (self.app.hits(), self.app.hits());
        let now_ms = self.world.now_ms;
        let Some(phone) = self.world.phones.get_mut(at) else { return };
        if before {
            phone.restart(now_ms);
        }
        let times = if after { 2 } else { 1 };
        for _ in 0..times {
            let saved = phone.disk.work.save(making.id, |counter| make(counter, &making, false));
            assert!(saved.is_ok(), "a record could not be sealed");
            if after {
                phone.restart(now_ms);
            }
        }
        let record = phone.disk.work.outbox.get(&making.id).expect("it is on the disk");
        self.world.acknowledged.push((record.id, record.entry_hash));
    }

    /// One round of a phone: it asks and hears until it rests, or until something breaks off.
    fn round(&mut self, at: usize) {
        let now_ms = self.world.now_ms;
        let Some(phone) = self.world.phones.get_mut(at) else { return };
        let request = phone.begin(now_ms);
        self.world.ask(at, request);
        while let Some(wire) = self.world.wires.pop() {
            let Carried::Request(request) = &wire.what else { return };
            let Some(answer) = self.serve(&wire, request) else { break };
            if self.answer.hits() {
                break;
            }
            let stop = [Stop::BeforeCommit, Stop::AfterCommit, Stop::AfterAll];
            let stop = stop.into_iter().find(|_| self.app.hits());
            let Some(phone) = self.world.phones.get_mut(at) else { return };
            match phone.hear(answer, stop, &mut self.world.chance, now_ms) {
                Next::Ask(request) => self.world.ask(at, request),
                Next::Rest | Next::Stopped(_) => return,
                Next::Offer(lost) => assert!(lost.is_empty(), "nothing is lost here: {lost:?}"),
            }
        }
        if let Some(phone) = self.world.phones.get_mut(at) {
            phone.restart(now_ms);
        }
        checks::always(&mut self.world);
    }

    /// The office's answer; none where it died in its transaction.
    fn serve(&mut self, wire: &crate::wire::Wire, request: &Request) -> Option<Answer> {
        let (office, now_ms) = (&mut self.world.office, self.world.now_ms);
        if let Request::Deposit(deposit) = request
            && !self.office.fired
        {
            match Office::commit_up_to(office, wire.person, deposit, self.office.left, now_ms) {
                Commit::Died => {
                    self.office.fired = true;
                    return None;
                }
                Commit::Done { steps } => self.office.left -= steps,
            }
        }
        Some(office.serve(wire, request, &mut self.world.chance, now_ms))
    }
}

/// How many runs there were, how many of them with all three faults.
#[derive(Default, Debug)]
struct Runs {
    all: usize,
    with_all_three: usize,
}

/// Nothing, then the first place, the second…
fn places() -> impl Iterator<Item = Option<usize>> {
    std::iter::once(None).chain((0..).map(Some))
}

#[test]
fn whatever_dies_and_wherever_everything_comes_to_stand_the_same() {
    let expected = Script::new(None, None, None).play();
    assert!(expected.files.values().any(|file| file.visits.len() == 2), "{expected:#?}");
    let mut runs = Runs::default();
    for app in places() {
        let mut app_fired = app.is_none();
        for office in places() {
            let mut office_fired = office.is_none();
            for answer in places() {
                let mut script = Script::new(app, office, answer);
                let outcome = script.play();
                assert!(
                    outcome == expected,
                    "app {app:?}, office {office:?}, answer {answer:?}: {outcome:#?}"
                );
                runs.all += 1;
                app_fired |= script.app.fired;
                office_fired |= script.office.fired;
                if !script.answer.fired && answer.is_some() {
                    break;
                }
                runs.with_all_three +=
                    usize::from(script.app.fired && script.office.fired && script.answer.fired);
            }
            if !office_fired {
                break;
            }
        }
        if !app_fired {
            break;
        }
    }
    println!("{}", serde_json::json!({ "runs": runs.all, "with_all_three": runs.with_all_three }));
    assert!(runs.with_all_three > 1_000, "{runs:?}");
}
