//! What a subtree's figures are counted from: each household in some hundred bytes beside its row.
//!
//! Coverage reads them by the hundred thousand from one index, and asks them about a day with the
//! functions of `domain::coverage`, the same that phones and tests use: no SQL decides how a
//! household stands. Nothing here is kept anywhere else than in the projection.

use domain::coverage::CoverageRow;
use domain::day::Day;
use domain::file::File;
use domain::item::{Item, Six};
use domain::observation::ItemStanding;
use domain::rules::Category;

use super::code;
use crate::store::StoreError;

/// How far back "比上月" looks.
pub(crate) const MONTH_DAYS: i32 = 30;

/// The number for a day that there is not.
const NEVER: i32 = i32::MIN;

/// The rule a household is counted by.
pub(super) struct Ruled {
    /// How often it is visited.
    pub every_days: u16,
    /// Where that was another before: from which day on how often, the earliest first.
    turns: Vec<i32>,
}

impl Ruled {
    /// As of a day, under the versions of its category.
    pub fn of(category: Option<&Category>, every_days: u16, today: Day) -> Self {
        let mut versions = category.map(|category| category.past(today.plus(1))).unwrap_or_default();
        versions.dedup_by_key(|rule| rule.visit_every_days);
        let turns = versions.iter().flat_map(|rule| [rule.from.number(), rule.visit_every_days.into()]);
        Self { every_days, turns: if versions.len() > 1 { turns.collect() } else { Vec::new() } }
    }
}

/// The bytes of a household: whole numbers, little-endian, each in four bytes. First how it stands,
/// then four lists, each after its length; the last is left out where it is empty.
pub(super) fn pack(coverage: &CoverageRow, ruled: &Ruled, file: &File) -> Vec<u8> {
    let mut numbers = standing(coverage, ruled);
    numbers.push(count(file.alerts.iter().filter(|line| line.taken_up.is_none())));
    numbers.push(count(file.standings.values().filter(|standing| standing.values.len() > 1)));
    let open = file.needs.iter().filter(|line| line.reply.is_none());
    let promised = open.map(|line| line.need.promised_until.map_or(i32::MAX, Day::number));
    for list in [met(file), seats_turn(file), promised.collect()] {
        numbers.push(count(list.iter()));
        numbers.extend(list);
    }
    numbers.extend(tail(ruled));
    numbers.into_iter().flat_map(i32::to_le_bytes).collect()
}

/// The same bytes where nothing is new but the rule; none where they cannot be read.
pub(super) fn repack(bytes: &[u8], coverage: &CoverageRow, ruled: &Ruled) -> Option<Vec<u8>> {
    let head = standing(coverage, ruled);
    let kept = bytes.get(head.len() * 4..)?;
    // Alerts and rivals, then the three lists.
    let mut rest = Numbers(kept);
    rest.next()?;
    rest.next()?;
    rest.list()?;
    rest.list()?;
    rest.list()?;
    let kept = kept.get(..kept.len() - rest.0.len())?;
    let mut all: Vec<u8> = head.into_iter().flat_map(i32::to_le_bytes).collect();
    all.extend_from_slice(kept);
    all.extend(tail(ruled).into_iter().flat_map(i32::to_le_bytes));
    Some(all)
}

fn standing(coverage: &CoverageRow, ruled: &Ruled) -> Vec<i32> {
    let last = coverage.last_visit.map_or(NEVER, Day::number);
    let mut numbers = vec![coverage.due.number(), last, ruled.every_days.into()];
    for item in Item::ALL {
        let (is, until) = code::standing_numbers(*coverage.items.get(item));
        numbers.extend([number(is), number(until)]);
    }
    numbers
}

fn tail(ruled: &Ruled) -> Vec<i32> {
    if ruled.turns.is_empty() {
        return Vec::new();
    }
    [count(ruled.turns.iter())].into_iter().chain(ruled.turns.iter().copied()).collect()
}

fn number(wide: i64) -> i32 {
    i32::try_from(wide).unwrap_or(i32::MAX)
}

fn count(counted: impl Iterator) -> i32 {
    i32::try_from(counted.count()).unwrap_or(i32::MAX)
}

/// The days on which somebody was met, the latest first, down to the first a month before the last:
/// what was known a month ago stands in them, however often it was visited since.
fn met(file: &File) -> Vec<i32> {
    let mut days: Vec<i32> = file.met().rev().map(|line| line.visit.day.number()).collect();
    days.dedup();
    let enough = days.first().map_or(0, |last| days.partition_point(|day| *day > last - MONTH_DAYS) + 1);
    days.truncate(enough);
    days
}

/// The days on which three people answer for it for the first time, no longer, again, …
fn seats_turn(file: &File) -> Vec<i32> {
    let segments = file.seats.segments();
    let begins = segments.iter().map(|segment| segment.from);
    let ends = segments.iter().filter_map(|segment| segment.until).map(|until| until.plus(1));
    let mut edges: Vec<Day> = begins.chain(ends).collect();
    edges.sort_unstable();
    let (mut turns, mut taken) = (Vec::new(), false);
    for edge in edges {
        if file.seats.are_three(edge) != taken {
            turns.push(edge.number());
            taken = !taken;
        }
    }
    turns
}

/// A household's figures, as they lie in SQL.
pub(crate) struct Figures<'a> {
    /// How it stands.
    pub coverage: CoverageRow,
    /// Alerts nobody has taken up.
    pub alerts: u32,
    /// Slots where values differ.
    pub rivals: u32,
    every_days: i32,
    met: List<'a>,
    seats_turn: List<'a>,
    promised: List<'a>,
    every_turns: List<'a>,
}

/// Whether a household was on time on an earlier day.
pub(crate) enum Then {
    /// These bytes say it.
    Known(bool),
    /// The last visit by then lies too far back: ask for its day, and compare with [`Figures::was_on_time_from`].
    LongAgo,
}

impl<'a> Figures<'a> {
    /// Reads what [`pack`] wrote in this column.
    pub fn read(bytes: &'a [u8], column: usize) -> Result<Self, StoreError> {
        Self::read_numbers(&mut Numbers(bytes)).ok_or(StoreError::Unreadable { column })
    }

    fn read_numbers(numbers: &mut Numbers<'a>) -> Option<Self> {
        let (due, last, every_days) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let mut items = Six::from_fn(|_| ItemStanding::Unknown);
        for item in Item::ALL {
            let (is, until) = (numbers.next()?, numbers.next()?);
            *items.get_mut(item) = code::standing(is.into(), until, 0).ok()?;
        }
        let last_visit = (last != NEVER).then(|| Day::from_number(last));
        let coverage = CoverageRow { last_visit, due: Day::from_number(due), items };
        let (alerts, rivals) = (numbers.next()?.unsigned_abs(), numbers.next()?.unsigned_abs());
        let (met, seats_turn, promised) = (numbers.list()?, numbers.list()?, numbers.list()?);
        let every_turns = if numbers.0.is_empty() { List(&[]) } else { numbers.list()? };
        Some(Self { coverage, alerts, rivals, every_days, met, seats_turn, promised, every_turns })
    }

    /// How many needs are open.
    pub fn needs(&self) -> u32 {
        u32::try_from(self.promised.days().count()).unwrap_or(u32::MAX)
    }

    /// How many of them were promised an answer before that day.
    pub fn needs_late(&self, day: Day) -> u32 {
        let late = self.promised.days().filter(|promised| *promised < day.number());
        u32::try_from(late.count()).unwrap_or(u32::MAX)
    }

    /// Whether three people answer for it on a day.
    pub fn seats_are_taken(&self, day: Day) -> bool {
        self.seats_turn.days().take_while(|turn| *turn <= day.number()).count() % 2 == 1
    }

    /// Whether it was on time on an earlier day, by what is known now.
    pub fn was_on_time(&self, day: Day) -> Then {
        let by_then = self.met.days().find(|met| *met <= day.number());
        let (last, oldest) = (self.met.days().next(), self.met.days().last());
        match (by_then, last, oldest) {
            (Some(met), ..) => Then::Known(self.was_on_time_from(met, day)),
            (None, Some(last), Some(oldest)) if oldest <= last - MONTH_DAYS => Then::LongAgo,
            _ => Then::Known(false),
        }
    }

    /// Whether it was on time on a day, the last visit by then being on `met`.
    pub fn was_on_time_from(&self, met: i32, day: Day) -> bool {
        day.number() <= met.saturating_add(self.every_days_on(day))
    }

    /// How often it was to be visited on an earlier day: by the rule of that day.
    fn every_days_on(&self, day: Day) -> i32 {
        let mut turns = self.every_turns.days();
        let mut every = None;
        while let (Some(from), Some(days)) = (turns.next(), turns.next()) {
            // Before the first version its rule holds, too.
            if every.is_none() || from <= day.number() {
                every = Some(days);
            }
        }
        every.unwrap_or(self.every_days)
    }
}

/// Bytes read number by number.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn next(&mut self) -> Option<i32> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(i32::from_le_bytes(*first))
    }

    fn list(&mut self) -> Option<List<'a>> {
        let length = usize::try_from(self.next()?).ok()?;
        let (list, rest) = self.0.split_at_checked(length.checked_mul(4)?)?;
        self.0 = rest;
        Some(List(list))
    }
}

/// Days as numbers, one after the other.
#[derive(Clone, Copy)]
struct List<'a>(&'a [u8]);

impl List<'_> {
    fn days(&self) -> impl Iterator<Item = i32> {
        self.0.as_chunks().0.iter().map(|day| i32::from_le_bytes(*day))
    }
}
