//! What goes wrong in a run, each kind counted: a whole run in which one kind never happened proves
//! nothing of it.

use std::collections::BTreeMap;

/// A kind of fault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
    /// A request does not reach the office.
    RequestLost,
    /// The office committed, and its answer is lost.
    AnswerLost,
    /// A request reaches the office twice.
    Duplicated,
    /// A later request overtakes an earlier one.
    Reordered,
    /// A request is answered 401, 403 or by a captive portal.
    Refused,
    /// A proxy takes only small bodies: 413.
    TooLarge,
    /// The app dies before a transaction commits.
    CrashBeforeCommit,
    /// The app dies after a transaction committed, before anything is made of it.
    CrashAfterCommit,
    /// A commit gives an error: it may have happened or not.
    CommitUnknown,
    /// The app dies between the transaction of `work` and that of `cards`.
    CrashBetweenDatabases,
    /// The app is killed with a draft on the disk.
    KilledWithDraft,
    /// Finish is tapped twice.
    SecondTap,
    /// The office dies before it commits.
    OfficeCrash,
    /// The office goes on from an earlier copy, and nobody says so.
    SetBackSilently,
    /// The office is restored from a backup, which begins an epoch.
    Restored,
    /// One backup is restored twice.
    RestoredTwice,
    /// A phone's clock jumps.
    ClockJump,
    /// A phone is copied whole; both go on.
    Cloned,
    /// A phone goes on from an older copy of its profile.
    ProfileRestored,
    /// A person is not yet known to the office.
    UnknownPerson,
    /// A household is lost with the office's past, and a phone offers it again.
    HouseholdLost,
    /// A phone notices that it was set back or copied, and goes on as another device.
    DeviceReopened,
}

impl Fault {
    const ALL: [Self; 22] = [
        Self::RequestLost,
        Self::AnswerLost,
        Self::Duplicated,
        Self::Reordered,
        Self::Refused,
        Self::TooLarge,
        Self::CrashBeforeCommit,
        Self::CrashAfterCommit,
        Self::CommitUnknown,
        Self::CrashBetweenDatabases,
        Self::KilledWithDraft,
        Self::SecondTap,
        Self::OfficeCrash,
        Self::SetBackSilently,
        Self::Restored,
        Self::RestoredTwice,
        Self::ClockJump,
        Self::Cloned,
        Self::ProfileRestored,
        Self::UnknownPerson,
        Self::HouseholdLost,
        Self::DeviceReopened,
    ];
}

/// How often each kind happened.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Fired(BTreeMap<Fault, u64>);

impl Fired {
    pub fn note(&mut self, fault: Fault) {
        *self.0.entry(fault).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (fault, times) in &other.0 {
            *self.0.entry(*fault).or_default() += times;
        }
    }

    /// The kinds that never happened.
    pub fn missing(&self) -> Vec<Fault> {
        Fault::ALL.into_iter().filter(|fault| !self.0.contains_key(fault)).collect()
    }
}
