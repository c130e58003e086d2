//! The union itself as the database has it: its settings, its tree of units, its people, and
//! whom they answer for.
//!
//! Households are not here: they come from entries.

pub mod persons;

pub mod settings;

pub mod units;

mod numerals;

pub mod tree;

pub mod seats;

pub mod card;
