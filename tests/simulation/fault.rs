//! What goes wrong in a run, each kind counted: a whole run in which one kind never happened proves
//! nothing of it.
//!
//! Not drawn: a move from SQLite into PostgreSQL. It copies tables, and books in memory have none; `tests/server/moving.rs`
//! shows that phones notice nothing. 403 and 409 are two kinds and one behaviour: to a phone both are no word of what it
//! deposited.

use std::collections::BTreeMap;

macro_rules! faults {
    ($($(#[$words:meta])* $name:ident,)*) => {
        /// A kind of fault.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Fault {
            $($(#[$words])* $name,)*
        }

        impl Fault {
            const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

faults! {
    /// A request does not reach the office.
    RequestLost,
    /// The office committed, and its answer is lost.
    AnswerLost,
    /// A request reaches the office twice.
    Duplicated,
    /// A later request overtakes an earlier one.
    Reordered,
    /// A request or an answer that was held up for days arrives.
    Delayed,
    /// Half of a request's body reaches the office: it is not understood.
    RequestCut,
    /// Half of an answer's body reaches the phone.
    AnswerCut,
    /// 401 where none was due.
    SignInAsked,
    /// 403.
    Forbidden,
    /// 409.
    Conflict,
    /// 413: a proxy takes only small bodies.
    TooLarge,
    /// 429, with a time to wait.
    TooMany,
    /// 426: this app is too old for whoever answers, and is told so until it is updated.
    UpgradeAsked,
    /// For a while a gateway answers everybody 502, with a time to wait.
    BadGateway,
    /// For a while a captive portal answers all of one phone's requests with 200 and its own page.
    Portal,
    /// A session ends: only deposits go on.
    SessionExpired,
    /// The app dies before a transaction commits.
    CrashBeforeCommit,
    /// The app dies after a transaction committed, before anything is made of it.
    CrashAfterCommit,
    /// A commit gives an error: it may have happened or not.
    CommitUnknown,
    /// The storage is full at a save: the transaction is aborted, the form is still there.
    QuotaAtSave,
    /// The storage is full when an answer is written down.
    QuotaAtAnswer,
    /// The connection to the storage is lost in the middle of a save: nothing of it is there, an answer is written down
    /// meanwhile, and the save is made once more.
    ConnectionLost,
    /// The app dies between the transaction of `work` and that of `cards`.
    CrashBetweenDatabases,
    /// The power goes: the last transactions of `cards` are lost, for those are relaxed.
    PowerLost,
    /// The browser throws a phone's storage away; its sentinel stays.
    Wiped,
    /// A phone is wiped whole, sentinel and all.
    Destroyed,
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
    /// A phone's time zone is another one.
    ZoneJump,
    /// A phone's clock is set on or back by an hour, as in spring and autumn.
    SummerTime,
    /// Days pass in which nobody does anything.
    DaysPassed,
    /// A phone is copied whole; both go on.
    Cloned,
    /// A phone goes on from an older copy of its profile.
    ProfileRestored,
    /// A person is not yet known to the office.
    UnknownPerson,
    /// A person is not to come in any more, and later is again.
    Revoked,
    /// Somebody has another role for a while: they may add, and are refused everything else.
    RoleChanged,
    /// An app newer than the office makes what the office cannot read.
    NewerApp,
    /// An older app goes on with what a newer one made and did not send.
    AppDowngraded,
    /// The office is upgraded, and reads what it could not read before.
    KindLearnt,
    /// Two phones have something unsent of one household.
    TwoOfOneHousehold,
    /// One person has something unsent on two phones.
    TwoOfOnePerson,
    /// The office lost a key for a while: what is sealed to it is held.
    KeyLost,
    /// Something is erased by rule.
    Erased,
    /// The office was set back to a past before something was erased.
    ErasedBefore,
    /// A household is lost with the office's past, and a phone offers it again.
    HouseholdLost,
    /// A queue's file is taken in by the desk of who is over its author.
    FileVouchedFor,
    /// A queue's file is taken in by somebody who cannot vouch for it.
    FileOfAnyone,
    /// A queue's file is taken in by a phone of the same person.
    FileInOwnPhone,
    /// A queue's file is taken in by another's phone.
    FileInAnothersPhone,
    /// A phone takes nothing of a file in, for another record is there under one of its ids.
    FileRefused,
    /// Half of a record's bytes are missing in a file.
    BytesDamaged,
    /// A record's number is another one in a file.
    NumberDamaged,
    /// A record's hash is another one in a file.
    HashDamaged,
    /// A phone notices that it was set back or copied, and goes on as another device.
    DeviceReopened,
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

    /// Every kind, those that never happened too.
    pub fn all(&self) -> impl Iterator<Item = (Fault, u64)> + '_ {
        Fault::ALL.iter().map(|fault| (*fault, self.0.get(fault).copied().unwrap_or(0)))
    }
}
