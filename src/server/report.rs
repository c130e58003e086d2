//! What the desk reads: coverage, the lists behind each count, one household's file.
//!
//! Every figure here is proved against the pure functions of `domain` in `tests/server`. Scope is
//! not decided here: the caller hands in the path of a unit that lies in theirs.

mod brought;
mod columns;

pub mod coverage;

pub mod households;

pub mod household;

pub mod lists;

pub mod similar;

pub mod quarantine;

pub mod feedback;

pub mod merged;
pub mod pairs;

pub mod phones;

pub mod withdrawn;

pub mod written;
