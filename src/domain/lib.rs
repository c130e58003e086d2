//! What a home visit is, in the field's own words.
//!
//! Pure: no clock, no randomness, no I/O, no async. Phone and office compile this same room, so
//! they apply the same checks and count the same coverage.
//!
//! Read in this order: [`id`], [`day`], [`item`], [`value`], [`slot`], [`answer`], [`visit`],
//! [`seat`], [`rules`] are nouns, [`schooling`] and [`telephone`] what is usual of two of them; [`entry`]
//! is one immutable thing somebody did; [`observation`] says what stands, [`mod@file`] folds a household's
//! entries, [`coverage`] counts.

pub mod id;

pub mod day;

pub mod item;

pub mod value;

pub mod schooling;

pub mod telephone;

pub mod verbatim;

pub mod slot;

pub mod answer;

pub mod visit;

pub mod seat;

pub mod rules;

pub mod check;

pub mod acts;

pub mod import;

pub mod entry;

pub mod observation;

pub mod file;

pub mod coverage;
