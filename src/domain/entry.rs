//! An entry (记录): one immutable thing somebody did, with the act it carries.
//!
//! Entries are never changed and never migrated; what this version cannot read is kept as it is.
//! The bytes of an entry, not this struct, are its identity: they are made once and repeated.

use crate::{
    id::{DeviceId, EntryId, HouseholdId, PersonId},
    import::Import,
    seat::Assign,
    slot::Values,
    verbatim::Verbatim,
    visit::Visit,
};
use serde::{Deserialize, Serialize};

pub use crate::acts::{
    Alert, Amend, Confirm, Erase, Erased, ErasedBecause, Judge, Merge, Move, Pair, Propose, Register, Reply,
    Settle, TakeUp, Tell, Unmerge, Withdraw,
};

/// The series of entries made at the desk: no phone has this device id.
pub const OFFICE: DeviceId = DeviceId::from_bytes([0; 16]);

/// The version of payloads that this code writes.
pub const SCHEMA: u16 = 1;

/// The most plain bytes one entry may have (DESIGN §4).
pub const ENTRY_BYTES_MAX: usize = 64 * 1024;

/// One immutable thing somebody did: with its payload as it was written, or as a [`Reading`] of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry<P = Verbatim> {
    /// Its identity.
    pub id: EntryId,
    /// The database it was made in; [`OFFICE`] for the desk.
    pub device: DeviceId,
    /// Counts the entries of a device from 1; 0 in the series office.
    pub seq: u64,
    /// What sort of act: `visit`, `amend`, `register`…
    pub kind: String,
    /// Version of the payload.
    pub schema: u16,
    /// The household it is about.
    pub household: HouseholdId,
    /// Who did it.
    pub author: PersonId,
    /// The clock of the phone or desk when it was made, Unix milliseconds. Decides nothing.
    pub wall_ms: i64,
    /// How far the office's clock was ahead at the last contact, where one was had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_offset_ms: Option<i64>,
    /// 16 random bytes in hex, so that a hash tells nothing of the words.
    pub nonce: String,
    /// The act, as `kind` and `schema` say.
    pub payload: P,
}

/// What an entry does, read from its kind, schema and payload.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// 家访 or 未遇.
    Visit(Visit),
    /// See [`Amend`].
    Amend(Amend),
    /// See [`Withdraw`].
    Withdraw(Withdraw),
    /// See [`Confirm`].
    Confirm(Confirm),
    /// See [`Alert`].
    Alert(Alert),
    /// See [`Propose`].
    Propose(Propose),
    /// See [`Tell`].
    Tell(Tell),
    /// See [`Import`].
    Import(Import),
    /// See [`Register`].
    Register(Register),
    /// See [`Assign`].
    Assign(Assign),
    /// See [`Move`].
    Move(Move),
    /// See [`Settle`].
    Settle(Settle),
    /// See [`Judge`].
    Judge(Judge),
    /// See [`Reply`].
    Reply(Reply),
    /// See [`TakeUp`].
    TakeUp(TakeUp),
    /// See [`Merge`].
    Merge(Merge),
    /// See [`Unmerge`].
    Unmerge(Unmerge),
    /// See [`Pair`].
    Pair(Pair),
    /// See [`Erase`].
    Erase(Erase),
}

/// Why an entry's act cannot be read here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// A newer app's kind.
    UnknownKind,
    /// A newer app's schema.
    UnknownSchema,
    /// The payload is not what kind and schema say.
    Malformed,
}

impl Act {
    /// The kind's word in entries, SQL and JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Visit(_) => "visit",
            Self::Amend(_) => "amend",
            Self::Withdraw(_) => "withdraw",
            Self::Confirm(_) => "confirm",
            Self::Alert(_) => "alert",
            Self::Propose(_) => "propose",
            Self::Tell(_) => "tell",
            Self::Import(_) => "import",
            Self::Register(_) => "register",
            Self::Assign(_) => "assign",
            Self::Move(_) => "move",
            Self::Settle(_) => "settle",
            Self::Judge(_) => "judge",
            Self::Reply(_) => "reply",
            Self::TakeUp(_) => "take_up",
            Self::Merge(_) => "merge",
            Self::Unmerge(_) => "unmerge",
            Self::Pair(_) => "pair",
            Self::Erase(_) => "erase",
        }
    }

    /// Whether this act is done at the desk, in the series [`OFFICE`].
    #[must_use]
    pub const fn is_of_desk(&self) -> bool {
        !matches!(
            self,
            Self::Visit(_)
                | Self::Amend(_)
                | Self::Withdraw(_)
                | Self::Confirm(_)
                | Self::Alert(_)
                | Self::Propose(_)
                | Self::Tell(_)
        )
    }

    /// Whether a phone may say this, too.
    #[must_use]
    pub const fn is_of_phone(&self) -> bool {
        matches!(self, Self::Pair(_)) || !self.is_of_desk()
    }

    /// The registration that this act makes, by itself or out of a roster.
    #[must_use]
    pub const fn register(&self) -> Option<&Register> {
        match self {
            Self::Register(register) => Some(register),
            Self::Import(import) => import.register.as_ref(),
            _ => None,
        }
    }

    /// The payload of an entry that does this.
    #[must_use]
    pub fn payload(&self) -> Verbatim {
        match self {
            Self::Visit(act) => Verbatim::of(act),
            Self::Amend(act) => Verbatim::of(act),
            Self::Withdraw(act) => Verbatim::of(act),
            Self::Confirm(act) => Verbatim::of(act),
            Self::Alert(act) => Verbatim::of(act),
            Self::Propose(act) => Verbatim::of(act),
            Self::Tell(act) => Verbatim::of(act),
            Self::Import(act) => Verbatim::of(act),
            Self::Register(act) => Verbatim::of(act),
            Self::Assign(act) => Verbatim::of(act),
            Self::Move(act) => Verbatim::of(act),
            Self::Settle(act) => Verbatim::of(act),
            Self::Judge(act) => Verbatim::of(act),
            Self::Reply(act) => Verbatim::of(act),
            Self::TakeUp(act) => Verbatim::of(act),
            Self::Merge(act) => Verbatim::of(act),
            Self::Unmerge(act) => Verbatim::of(act),
            Self::Pair(act) => Verbatim::of(act),
            Self::Erase(act) => Verbatim::of(act),
        }
    }
}

/// What an entry does, or why this version cannot tell.
pub type Reading = Result<Act, Unreadable>;

impl Entry {
    /// Reads the act; an upcaster per older schema goes here when there is a second one.
    ///
    /// # Errors
    /// [`Unreadable`] where this version cannot; the entry is kept all the same.
    pub fn act(&self) -> Reading {
        reading(&self.kind, self.schema, &self.payload)
    }

    /// The entry with its act read.
    #[must_use]
    pub fn read(self) -> Entry<Reading> {
        let act = self.act();
        self.with(act)
    }
}

impl Entry<Reading> {
    /// Reads an entry's bytes into its act.
    ///
    /// # Errors
    /// The bytes are no entry of any kind.
    pub fn from_slice(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes).map(Entry::read)
    }
}

impl<P> Entry<P> {
    fn with<Q>(self, payload: Q) -> Entry<Q> {
        let Self {
            id, device, seq, kind, schema, household, author, wall_ms, clock_offset_ms, nonce, ..
        } = self;
        Entry { id, device, seq, kind, schema, household, author, wall_ms, clock_offset_ms, nonce, payload }
    }
}

fn reading(kind: &str, schema: u16, payload: &Verbatim) -> Reading {
    let read = reader(kind).ok_or(Unreadable::UnknownKind)?;
    if schema != SCHEMA {
        return Err(Unreadable::UnknownSchema);
    }
    let act = read(payload).ok_or(Unreadable::Malformed)?;
    fits(&act).then_some(act).ok_or(Unreadable::Malformed)
}

/// What reads the payload of a kind; none where the kind is not known here.
fn reader(kind: &str) -> Option<fn(&Verbatim) -> Option<Act>> {
    Some(match kind {
        "visit" => |payload| payload.read().map(Act::Visit),
        "amend" => |payload| payload.read().map(Act::Amend),
        "withdraw" => |payload| payload.read().map(Act::Withdraw),
        "confirm" => |payload| payload.read().map(Act::Confirm),
        "alert" => |payload| payload.read().map(Act::Alert),
        "propose" => |payload| payload.read().map(Act::Propose),
        "tell" => |payload| payload.read().map(Act::Tell),
        "import" => |payload| payload.read().map(Act::Import),
        "register" => |payload| payload.read().map(Act::Register),
        "assign" => |payload| payload.read().map(Act::Assign),
        "move" => |payload| payload.read().map(Act::Move),
        "settle" => |payload| payload.read().map(Act::Settle),
        "judge" => |payload| payload.read().map(Act::Judge),
        "reply" => |payload| payload.read().map(Act::Reply),
        "take_up" => |payload| payload.read().map(Act::TakeUp),
        "merge" => |payload| payload.read().map(Act::Merge),
        "unmerge" => |payload| payload.read().map(Act::Unmerge),
        "pair" => |payload| payload.read().map(Act::Pair),
        "erase" => |payload| payload.read().map(Act::Erase),
        _ => return None,
    })
}

/// Whether every value of an act fits its slot.
fn fits(act: &Act) -> bool {
    let values_fit = |values: &Values| values.iter().all(|(slot, value)| value.fits(*slot));
    let visit_fits = |visit: &Visit| visit.answers.iter().all(|(item, answer)| answer.fits(*item));
    match act {
        Act::Visit(visit) => visit_fits(visit),
        Act::Amend(amend) => visit_fits(&amend.version),
        Act::Propose(propose) => values_fit(&propose.stated),
        Act::Import(import) => values_fit(&import.stated),
        Act::Register(register) => values_fit(&register.stated),
        Act::Settle(settle) => settle.value.fits(settle.slot),
        _ => true,
    }
}
