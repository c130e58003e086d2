//! What the routes do. Each file is one thing the apps ask for; who may ask is in [`crate::access`].

pub mod body;

pub mod health;

pub mod office_card;

pub mod roster;

pub mod sign_in;

pub mod join;

pub mod password;

pub mod deposit;
mod erasing;
pub mod rescued;

pub mod changes;

pub mod desk_entries;

pub mod reports;

pub mod feedback;

pub mod phones;

pub mod units;

pub mod categories;

pub mod persons;

pub mod invitations;

pub mod seats;

pub mod union_settings;

pub mod upkeep;
