//! The oracle stores: the office's books and the phone's disk in memory, for tests and simulation.

pub mod disk;

pub mod books;
