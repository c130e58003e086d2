//! What waits, line by line, as the page 待办 lists it; its badge is the sum of the same lines. Pure.

use super::place::TodoKind;
use protocol::office::Todo;

/// A line of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// A list of things to do.
    List(TodoKind),
    /// Households whose three seats are not all taken.
    SeatsEmpty,
    /// Households without a category.
    WithoutCategory,
    /// Households whose telephones have digits no telephone has.
    NumbersOdd,
}

impl Line {
    /// The word by which it is found.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List(kind) => kind.word(),
            Self::SeatsEmpty => "seats_empty",
            Self::WithoutCategory => "without_category",
            Self::NumbersOdd => "numbers_odd",
        }
    }
}

/// The lines with their counts, the most pressing first. Words about the app are only there for
/// who may read them.
pub fn lines(todo: &Todo, reads_feedback: bool) -> Vec<(Line, u32)> {
    let all = [
        (Line::List(TodoKind::Alerts), todo.alerts),
        (Line::List(TodoKind::Needs), todo.needs),
        (Line::List(TodoKind::Untold), todo.needs_untold),
        (Line::List(TodoKind::Proposals), todo.proposals),
        (Line::List(TodoKind::Rivals), todo.rivals),
        (Line::List(TodoKind::Pairs), todo.pairs),
        (Line::List(TodoKind::Quarantine), todo.quarantine),
        (Line::List(TodoKind::Phones), todo.phones),
        (Line::SeatsEmpty, todo.seats_empty),
        (Line::WithoutCategory, todo.without_category),
        (Line::NumbersOdd, todo.numbers_odd),
        (Line::List(TodoKind::Feedback), todo.feedback),
    ];
    let may_read = |(line, _): &(Line, u32)| reads_feedback || *line != Line::List(TodoKind::Feedback);
    all.into_iter().filter(may_read).collect()
}

/// The number on the badge: everything the page lists.
pub fn badge(todo: &Todo, reads_feedback: bool) -> usize {
    lines(todo, reads_feedback).into_iter().map(|(_, count)| count as usize).sum()
}

#[cfg(test)]
mod tests {
    use super::{Line, badge, lines};
    use crate::state::place::TodoKind;
    use protocol::office::Todo;

    fn todo() -> Todo {
        Todo {
            alerts: 1,
            needs: 10,
            needs_late: 7,
            rivals: 100,
            quarantine: 1_000,
            proposals: 10_000,
            feedback: 100_000,
            seats_empty: 1_000_000,
            without_category: 10_000_000,
            phones: 100_000_000,
            needs_untold: 1_000_000_000,
            numbers_odd: 500_000_000,
            pairs: 2_000_000_000,
        }
    }

    #[test]
    fn the_badge_counts_every_line_once() {
        assert_eq!(badge(&todo(), true), 3_611_111_111);
        assert_eq!(badge(&todo(), false), 3_611_011_111);
    }

    #[test]
    fn every_list_has_a_line() {
        let found = lines(&todo(), true);
        for kind in TodoKind::ALL {
            assert!(found.iter().any(|(line, _)| *line == Line::List(kind)), "{kind:?}");
        }
    }
}
