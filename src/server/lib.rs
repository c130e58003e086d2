//! The office: one server that a union runs itself, with the two built apps inside.
//!
//! Read in this order: [`access`] says who may do what and is what the router is built from; [`api`]
//! does it; [`auth`] says who somebody is; [`books`] is the log over SQL (`sync::ledger::Books`, the only
//! implementation) with what it projects, [`report`] reads that for the desk;
//! [`union`] and [`store`] keep the rest; [`site`] hands out the
//! apps; [`serve`] and the other commands are what the binary does. No decision about a visit is
//! made here: those are `sync::ledger`'s.

pub mod access;

pub mod api;

pub mod auth;

pub mod audit;

pub mod union;

pub mod books;

pub mod report;

pub mod imports;

pub mod demo;

pub mod site;

pub mod store;

pub mod office;

pub mod erased_list;

pub mod waking;

pub mod office_keys;

pub mod keys_backup;

pub mod keys_offer;

pub mod private_file;

pub mod surroundings;

pub mod error;

pub mod settings;

pub mod serve;

pub mod first_start;

pub mod tls;

pub mod certificate;

pub mod backup;

pub mod restore;

pub mod moving;

pub mod roster_command;

pub mod command;

use axum::Router;

use office::Office;

/// The whole office as one service: the API by the table of access, and the two apps.
pub fn router(office: Office) -> Router {
    access::router(&office).fallback(site::serve).with_state(office)
}
