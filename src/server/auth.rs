//! Who somebody is: passwords, sessions, the two cookies, invitations, and slowing down guesses.
//!
//! Not here: what a person may do, which is the table in [`crate::access`].

pub mod back_off;

pub mod caller;

pub mod cookies;

pub mod deposit_cookie;

pub mod invitation;

pub mod password;

pub mod session;

pub mod tries;
