//! What an office's sheet says: bytes in, rows, people and findings out.
//!
//! Pure: the bytes, the day, the union's categories and what is known of the columns are arguments. No database, no
//! clock, no files, and no sentence for people but the refusals'.
//!
//! **How the office's import uses it.**
//! 0. [`open`] opens a file once; [`Opened::propose`] shows the sheets, the first rows and the columns, so that a person can name them even where reading is
//!    refused for want of a header.
//! 1. [`Opened::read`] gives a [`Reading`] or a [`Refusal`]. Shown as a preview: [`Summary`], the [`mapping::Mapping`] (edited at
//!    the desk, given back in [`How::mapping`], read again) and the findings, whose sentences are `ui::words::roster`.
//! 2. For each [`household::Household`] that [`goes_in`](household::Household::goes_in): branch and group name its unit,
//!    `category` is the union's own name, `stated()` are the [`domain::slot::Values`] of a
//!    [`Register`](domain::entry::Register), `seats` are [`Assign`](domain::seat::Assign)s once [`Reading::helpers`] are
//!    persons; ids of children and events come from the caller, who knows the file's.
//! 3. `cells` are remembered: the next import observes only cells that differ from them. A household missing from a
//!    later file, and a household the office knows under another number, are the caller's to find.
//!
//! Read in this order: [`reading`] (the whole way), [`header`] and [`synonyms`] (which column is what), [`family`] (which
//! rows belong together), [`reader`] (cells to values), [`repeats`], [`people`].

pub mod text;

pub mod refusal;

pub mod sheet;

pub mod defused;

pub mod separated;

pub mod workbook;

pub mod field;

pub mod synonyms;

pub mod mapping;

pub mod header;

pub mod finding;

pub mod date;

pub mod telephone;

pub mod schooling;

pub mod id_number;

pub mod names;

pub mod words;

pub mod family;

pub mod household;

pub mod reader;

pub mod repeats;

pub mod people;

pub mod read_as;

pub mod dated;

pub mod edition;

pub mod reading;

pub mod proposal;

pub mod summary;

pub mod plan;

pub mod export;

pub use proposal::{Proposal, propose};
pub use reading::{How, Opened, Reading, open, read};
pub use refusal::Refusal;
pub use summary::Summary;
