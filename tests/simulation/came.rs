//! What the office has in the end, each kind counted: a whole run in which one kind of act never counted, or never came
//! to what it is for, proves nothing of it.

use domain::file::{File, Status};
use std::collections::BTreeMap;
use sync::memory::books::MemoryBooks;

/// Every kind of act, and what some of them are for.
const ALL: [&str; 25] = [
    "visit",
    "amend",
    "withdraw",
    "confirm",
    "alert",
    "propose",
    "tell",
    "import",
    "register",
    "assign",
    "move",
    "settle",
    "judge",
    "reply",
    "take_up",
    "merge",
    "unmerge",
    "pair",
    "erase",
    "told by telephone",
    "a corrected reply",
    "a companion who was there",
    "two records joined",
    "two records kept apart",
    "rivals",
];

/// How often each kind came.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Came(BTreeMap<&'static str, u64>);

impl Came {
    /// What counts at an office.
    pub fn of(books: &MemoryBooks) -> Self {
        let mut came = Self::default();
        for (row, _) in books.rows().iter().filter(|(row, _)| row.status == Status::Projected) {
            let act = row.entry.as_ref().and_then(|entry| entry.payload.as_ref().ok());
            came.note(act.map_or("", |act| act.kind()), 1);
        }
        books.files().values().for_each(|(_, file)| came.note_file(file));
        came
    }

    fn note_file(&mut self, file: &File) {
        let corrected = |reply: &domain::entry::Reply| reply.replaces.is_some();
        let needs = file.needs.iter();
        self.note("told by telephone", needs.clone().filter(|line| line.told_by_telephone).count());
        self.note(
            "a corrected reply",
            needs.filter_map(|line| line.reply.as_ref()).filter(|one| corrected(one)).count(),
        );
        self.note("a companion who was there", file.visits.iter().filter(|line| line.confirmed).count());
        self.note("two records joined", file.visits.iter().filter(|line| line.joined.is_some()).count());
        self.note("two records kept apart", file.pairs.iter().filter(|pair| pair.is_two).count());
        self.note("rivals", file.standings.values().filter(|standing| standing.values.len() > 1).count());
    }

    fn note(&mut self, kind: &'static str, times: usize) {
        if times > 0 {
            *self.0.entry(kind).or_default() += u64::try_from(times).unwrap_or(0);
        }
    }

    pub fn add(&mut self, other: &Self) {
        for (kind, times) in &other.0 {
            *self.0.entry(kind).or_default() += times;
        }
    }

    /// Every kind, those that never came too.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        ALL.into_iter().map(|kind| (kind, self.0.get(kind).copied().unwrap_or(0)))
    }
}
