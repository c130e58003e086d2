//! What the signed-in person may see and do here. Pure. The office decides again at every request;
//! this only keeps from the screen what it would refuse.

use super::tree::Tree;
use domain::id::UnitId;
use protocol::sign_in::{Me, Role};

/// Something one may do at the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doing {
    /// Figures and households' files.
    Read,
    /// Households' files: registering, moving, seats.
    Keep,
    /// Which of two words holds, and what is to count.
    Decide,
    /// Answers to needs, alerts taken up.
    Answer,
    /// The list of people.
    ReadPeople,
    /// Units, people and invitations.
    Staff,
    /// The union's own settings.
    Settings,
    /// Words about the app.
    Feedback,
}

impl Doing {
    /// The roles that allow it.
    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Read => &[Role::Chair, Role::Registrar, Role::Supervisor],
            Self::Keep => &[Role::Registrar],
            Self::Decide | Self::Answer => &[Role::Chair, Role::Registrar],
            Self::ReadPeople => &[Role::Chair, Role::Registrar, Role::Supervisor, Role::Admin],
            Self::Staff => &[Role::Registrar, Role::Admin],
            Self::Settings => &[Role::Admin],
            Self::Feedback => &[Role::Chair, Role::Registrar, Role::Admin],
        }
    }
}

/// Whether the person may do this anywhere.
pub fn may(me: &Me, doing: Doing) -> bool {
    me.grants.iter().any(|grant| doing.roles().contains(&grant.role))
}

/// Whether the person may do this in a unit.
pub fn may_in(me: &Me, doing: Doing, unit: UnitId, tree: &Tree) -> bool {
    tops(me, doing, tree).iter().any(|top| tree.is_under(unit, *top))
}

/// The tops of the subtrees in which the person may do this; none inside another.
pub fn tops(me: &Me, doing: Doing, tree: &Tree) -> Vec<UnitId> {
    let allowed = me.grants.iter().filter(|grant| doing.roles().contains(&grant.role));
    let mut units: Vec<UnitId> = allowed.map(|grant| grant.unit).collect();
    units.sort_unstable();
    units.dedup();
    let inside = |unit: UnitId| units.iter().any(|top| *top != unit && tree.is_under(unit, *top));
    let order = |unit: &UnitId| tree.rows().iter().position(|row| row.id == *unit);
    let mut tops: Vec<UnitId> = units.iter().copied().filter(|unit| !inside(*unit)).collect();
    tops.sort_by_key(order);
    tops
}

/// Whether anything at all can be done at a desk.
pub fn works_at_desk(me: &Me) -> bool {
    me.grants.iter().any(|grant| grant.role != Role::Helper)
}
