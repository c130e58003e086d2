//! Rosters at the office: a file is brought, looked at, taken in whole, taken back whole, and written out again.
//!
//! What a file says is the room `roster`'s; what it would do is `roster::plan`'s. Here is only loaded what the plan must
//! know, and written what it gives: units, people, one entry per household, and what the file said, for the next one.

mod exporting;

mod files;

mod identity_hash;

mod known;

mod look;

mod meant;

mod differing;

mod rows;

mod said;

mod shown;

mod side_by_side;

mod since;

mod taking;

mod taken;

mod withdrawal;

mod id_hash;

pub use exporting::{Out, export, keep, name_of};
pub use files::{body_of, bring, forget_old};
pub use id_hash::id_hash;
pub use identity_hash::fingerprint_rows;
pub use look::{Columns, Look, columns, dated, look};
pub use said::Brought;
pub use shown::{preview, refused};
pub use taken::{is_built_upon, list, one, places, seen, withdraw};
pub use taking::{By, take_in};
pub use withdrawal::withdrawal;
