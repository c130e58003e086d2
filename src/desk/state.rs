//! What the desk knows while it is open: who is signed in, which page, the tree of units, and the
//! ways to ask and to write. No markup here.

pub mod place;

pub mod query;

pub mod question;

pub mod helping;
pub mod history;

pub mod tree;

pub mod rights;

pub mod arrival;

pub mod comparing;
pub mod desk;

pub mod id_number;

pub mod reading;

pub mod pen;

pub mod sending;

pub mod roster;

pub mod queue_file;

pub mod six_draft;

pub mod handing_over;

pub mod seating;

pub mod unsaved;

pub mod waiting;
