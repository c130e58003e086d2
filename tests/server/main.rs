//! The whole API of the office, spoken to as phone and desk speak to it, over a database in a file.
//!
//! Nothing is mocked but clock and chance, which are arguments. No browser here: see `tests/browser`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a program of tests: what stops it is a failed test")]

mod world;

mod browser;

mod field;

mod access;

mod two_roles;

mod doors;

mod authority;

mod sign_in;

mod password;

mod phones;

mod parts;

mod nobody;

mod on_record;

mod similar;

mod invitation;

mod deposit;

mod erasing;

mod rescued;

mod changes;

mod desk;

mod tree;

mod people;

mod rules;

mod merging;

mod pairs;

mod rosters;

mod set_back;

mod backup;

mod store;

mod books;

mod figures;

mod site;

mod starting;

mod together;

mod paused;

mod moving;

mod killed;
