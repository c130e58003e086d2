//! Who answers for a household (帮扶责任人), from when to when.

use crate::{
    day::Day,
    id::{EntryId, PersonId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One of the three seats of a household.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// 单位领导 (第一帮扶人).
    Leader,
    /// 工会干部.
    UnionOfficer,
    /// 基层领导.
    LineManager,
}

impl Seat {
    /// The three, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Leader, Self::UnionOfficer, Self::LineManager];
}

/// A person set into a seat, or the seat emptied, from a day on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Assign {
    /// Which seat.
    pub seat: Seat,
    /// Who takes it; `None` leaves it empty.
    pub person: Option<PersonId>,
    /// First day.
    pub from: Day,
    /// Last day, where it is known to end; afterwards whoever held it before holds it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// All assignments of a household: a set, so that the order of arrival does not matter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seats {
    assigns: Vec<(Day, EntryId, Assign)>,
}

impl Seats {
    /// Takes in one assignment; the same entry twice is once. One entry may fill several seats.
    pub fn add(&mut self, entry: EntryId, assign: Assign) {
        let key = (assign.from, entry, assign.seat);
        if let Err(at) = self.assigns.binary_search_by_key(&key, |(from, id, one)| (*from, *id, one.seat)) {
            self.assigns.insert(at, (assign.from, entry, assign));
        }
    }

    /// Who holds a seat on a day: the latest assignment that covers it (on one day the greater id).
    #[must_use]
    pub fn holder(&self, seat: Seat, day: Day) -> Option<PersonId> {
        self.covering(seat, day).and_then(|assign| assign.person)
    }

    fn covering(&self, seat: Seat, day: Day) -> Option<&Assign> {
        self.place(seat, day).and_then(|place| self.at(place))
    }

    /// Where among all of them the assignment stands that covers a seat on a day.
    fn place(&self, seat: Seat, day: Day) -> Option<usize> {
        let covers = |a: &Assign| a.seat == seat && a.from <= day && a.until.is_none_or(|until| day <= until);
        self.assigns.iter().rposition(|(_, _, assign)| covers(assign))
    }

    fn at(&self, place: usize) -> Option<&Assign> {
        self.assigns.get(place).map(|(_, _, assign)| assign)
    }

    /// Whose seat it is while somebody sits in it for a while: whoever was set into it before them and holds it again
    /// afterwards. Nobody else's where they sit in their own right, whoever follows.
    #[must_use]
    pub fn own(&self, segment: &Segment) -> Option<PersonId> {
        let place = self.place(segment.seat, segment.from)?;
        let mut day = segment.until?.plus(1);
        loop {
            let next = self.place(segment.seat, day)?;
            let assign = self.at(next)?;
            // Set into it on the same day, too.
            if next < place {
                return assign.person.filter(|person| *person != segment.person);
            }
            day = assign.until?.plus(1);
        }
    }

    /// The holders of the three seats on a day.
    pub fn holders(&self, day: Day) -> impl Iterator<Item = (Seat, PersonId)> + '_ {
        Seat::ALL.into_iter().filter_map(move |seat| self.holder(seat, day).map(|person| (seat, person)))
    }

    /// Whether three people sit in the three seats on a day: nobody in two of them.
    #[must_use]
    pub fn are_three(&self, day: Day) -> bool {
        let holders: BTreeSet<PersonId> = self.holders(day).map(|(_, person)| person).collect();
        holders.len() == Seat::ALL.len()
    }

    /// Whether a person holds any seat on a day.
    #[must_use]
    pub fn holds_any(&self, person: PersonId, day: Day) -> bool {
        self.holders(day).any(|(_, holder)| holder == person)
    }

    /// Whether a person answers for the household at some hour of a day. On the day of a change whoever sat there until then
    /// does, too: what they recorded that morning is theirs.
    #[must_use]
    pub fn answers(&self, person: PersonId, day: Day) -> bool {
        let before = day.plus(-1);
        let goes_on = |assign: &&Assign| assign.person == Some(person) && assign.until != Some(before);
        let sat_until_then = |seat| self.covering(seat, before).filter(goes_on).is_some();
        let set_into_it = |assign: &Assign| assign.person == Some(person) && assign.from == day;
        self.holds_any(person, day)
            || self.iter().any(set_into_it)
            || Seat::ALL.into_iter().any(sat_until_then)
    }

    /// Who held which seat from when to when, without overlaps: one row each for SQL.
    #[must_use]
    pub fn segments(&self) -> Vec<Segment> {
        let mut edges: Vec<Day> = self.iter().map(|assign| assign.from).collect();
        edges.extend(self.iter().filter_map(|assign| assign.until).map(|until| until.plus(1)));
        edges.sort_unstable();
        edges.dedup();
        let mut segments: Vec<Segment> = Vec::new();
        for (at, from) in edges.iter().enumerate() {
            let until = edges.get(at + 1).map(|next| next.plus(-1));
            for (seat, person) in self.holders(*from) {
                let touching = segments.iter_mut().find(|last| {
                    last.seat == seat && last.person == person && last.until == Some(from.plus(-1))
                });
                match touching {
                    Some(last) => last.until = until,
                    None => segments.push(Segment { seat, person, from: *from, until }),
                }
            }
        }
        segments
    }

    /// All assignments, by first day and id.
    pub fn iter(&self) -> impl Iterator<Item = &Assign> {
        self.assigns.iter().map(|(_, _, assign)| assign)
    }
}

/// One person in one seat, from a day until a day (or until further notice).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Which seat.
    pub seat: Seat,
    /// Who.
    pub person: PersonId,
    /// First day.
    pub from: Day,
    /// Last day, if there is one.
    pub until: Option<Day>,
}

/// What gives the seats somebody holds in one household to somebody else, or to nobody, from a day on.
///
/// Each assignment lasts as long as what it takes the place of: who stands in for them meanwhile still
/// does, and who was to follow them still follows.
#[must_use]
pub fn hand_over(held: &[Segment], to: Option<PersonId>, from: Day) -> Vec<Assign> {
    let still = held.iter().filter(|segment| segment.until.is_none_or(|until| until >= from));
    still
        .map(|segment| Assign {
            seat: segment.seat,
            person: to,
            from: segment.from.max(from),
            until: segment.until,
        })
        .collect()
}

/// What lets somebody stand in for a segment's holder on these days; nothing where they do not meet it.
#[must_use]
pub fn stand_in(held: &Segment, by: PersonId, from: Day, until: Day) -> Option<Assign> {
    let from = held.from.max(from);
    let until = held.until.map_or(until, |end| end.min(until));
    (from <= until).then_some(Assign { seat: held.seat, person: Some(by), from, until: Some(until) })
}

#[cfg(test)]
mod tests;
