//! What phone, desk and office say to each other. Types only, and the seal around a record.
//!
//! [`record`] is the frozen thing in a phone's queue; [`deposit`] brings records to the office,
//! [`changes`] brings the office's answer back; [`office`], [`desk`], [`seats`] and [`roster`] are the desk's;
//! [`sign_in`] is everybody's. Identity of an entry is its bytes: see [`record::EntryHash`].

pub mod record;

pub mod deposit;

pub mod changes;

pub mod office;

pub mod desk;

pub mod seats;

pub mod roster;

pub mod sign_in;
