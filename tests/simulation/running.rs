//! Runs of seeds: one, so many, or as many as there is time for, on two threads.

use crate::{came::Came, checks, fault::Fired, world::World};
use std::{
    panic::catch_unwind,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How many threads share the seeds.
const THREADS: usize = 2;

/// After so many failures the others are not looked for.
const FAILURES_MAX: usize = 20;

/// What a run comes to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Story {
    pub fired: Fired,
    pub came: Came,
    pub entries: usize,
    pub trace: u64,
}

/// What all runs came to.
#[derive(Default)]
pub struct All {
    pub seeds: u64,
    pub sum: Story,
    pub failed: Vec<String>,
}

impl All {
    /// What never happened, or never counted: so nothing was proved of it.
    pub fn missing(&self) -> Vec<String> {
        let fired = self.sum.fired.all().map(|(fault, times)| (format!("{fault:?}"), times));
        let came = self.sum.came.all().map(|(kind, times)| (kind.to_owned(), times));
        fired.chain(came).filter(|(_, times)| *times == 0).map(|(kind, _)| kind).collect()
    }

    /// One line, for whoever keeps the figures: what never happened stands there with 0, so that sums tell it too.
    pub fn as_json(&self) -> String {
        let fired: serde_json::Map<_, _> =
            self.sum.fired.all().map(|(fault, times)| (format!("{fault:?}"), times.into())).collect();
        let came: serde_json::Map<_, _> =
            self.sum.came.all().map(|(kind, times)| (kind.to_owned(), times.into())).collect();
        let (seeds, entries, failed) = (self.seeds, self.sum.entries, &self.failed);
        serde_json::json!({ "seeds": seeds, "entries": entries, "failed": failed, "fired": fired, "came": came })
            .to_string()
    }

    fn add(&mut self, other: Self) {
        self.seeds += other.seeds;
        self.sum.fired.add(&other.sum.fired);
        self.sum.came.add(&other.sum.came);
        self.sum.entries += other.sum.entries;
        self.failed.extend(other.failed);
    }
}

pub fn run(seed: u64, aloud: bool) -> Story {
    let mut world = World::new(seed, seed.is_multiple_of(10));
    world.aloud = aloud;
    let steps = 60 + world.chance.below(120);
    for _ in 0..steps {
        world.step();
        checks::always(&mut world);
    }
    checks::at_the_end(&mut world);
    let came = Came::of(&world.office.books);
    Story { fired: world.fired, came, entries: world.acknowledged.len(), trace: world.trace }
}

/// Runs a seed, and says which it was where it fails.
pub fn told(seed: u64) -> Result<Story, String> {
    let story = catch_unwind(|| {
        let story = run(seed, false);
        assert!(!seed.is_multiple_of(50) || run(seed, false) == story, "the same seed told another story");
        story
    });
    story.map_err(|why| {
        let why = why.downcast_ref::<String>().map(String::as_str).or(why.downcast_ref::<&str>().copied());
        format!("SEED={seed} cargo test -p simulation: {}", why.unwrap_or_default())
    })
}

/// Runs so many seeds from the first on; with `minutes`, as many as there is time for.
pub fn run_all(first: u64, seeds: u64, minutes: Option<u64>) -> All {
    let end = minutes.map(|minutes| now() + Duration::from_secs(minutes * 60));
    let last = if minutes.is_some() { u64::MAX } else { first + seeds };
    let next = AtomicU64::new(first);
    let share = || {
        let mut all = All::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= last || end.is_some_and(|end| now() >= end) || all.failed.len() >= FAILURES_MAX {
                return all;
            }
            all.seeds += 1;
            match told(seed) {
                Ok(story) => {
                    all.sum.fired.add(&story.fired);
                    all.sum.came.add(&story.came);
                    all.sum.entries += story.entries;
                }
                Err(failure) => all.failed.push(failure),
            }
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(share)).collect();
        let mut all = All::default();
        for thread in threads {
            all.add(thread.join().expect("a thread of seeds ends"));
        }
        all
    })
}

/// A number from the environment.
pub fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a seed or a number of seeds is a number"))
}

#[expect(clippy::disallowed_methods, reason = "a test that runs for so many minutes; no run reads a clock")]
fn now() -> Instant {
    Instant::now()
}
