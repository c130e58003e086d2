//! What is wrong with the phone's disk, as signals.

use leptos::prelude::RwSignal;

/// What is wrong with it; nothing as a rule.
#[derive(Clone, Copy)]
pub struct Disk {
    /// It is full.
    pub full: RwSignal<bool>,
    /// It does not answer.
    pub closed: RwSignal<bool>,
    /// So many rows of one's own work cannot be read.
    pub damaged: RwSignal<usize>,
}

impl Disk {
    /// Nothing is wrong.
    pub fn new() -> Self {
        Self { full: RwSignal::new(false), closed: RwSignal::new(false), damaged: RwSignal::new(0) }
    }
}
