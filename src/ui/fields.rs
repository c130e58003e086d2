//! Fields: the label small above the value, on the browser's own inputs.
//!
//! A field shows what its signal says and reports what was typed; what is kept is the caller's
//! matter. Where a text cannot be read (a number, a date), the field says so and reports nothing.

pub mod choice;
pub mod date;
pub mod number;
pub mod text;
