//! How phone and office agree. Values in, values out; nothing here waits for anything.
//!
//! [`replica`] is the phone's half: it makes records, plans deposits, and turns the office's
//! answers into lists of writes. [`ledger`] is the office's half, and its real decision code: it
//! stores first and judges later, over a small [`ledger::Books`] trait that the SQL store and
//! [`memory`] both implement and both prove with [`contract`].
//!
//! The whole protocol, with what is promised and what is not, is in `README.md` beside this file. In short:
//! 1. A record leaves the outbox only when a receipt with its id and hash is written with it.
//! 2. An entry is appended once, however often it is offered; content never refuses it.
//! 3. What stands is `domain::file::fold` over the set of a household's entries.
//! 4. A phone that hears of another epoch offers again all it has sent within 90 days.
//!
//! What is not promised: an entry on a phone that is destroyed before it met a network.

pub mod replica;

pub mod ledger;

pub mod card;

pub mod memory;

pub mod contract;
