//! One slot of the form as the fields see it: its value, and closures that change a part of it.

use super::Visiting;
use domain::slot::{Slot, Value};
use leptos::prelude::*;
use ui::fields::text::Unread;

/// One slot's fields. Copies are the same slot.
pub struct SlotField<V: 'static> {
    editing: Visiting,
    slot: Slot,
    read: fn(&Value) -> Option<&V>,
    write: fn(V) -> Value,
    blank: fn() -> V,
}

impl<V> Clone for SlotField<V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<V> Copy for SlotField<V> {}

impl<V: Clone + PartialEq + Send + Sync + 'static> SlotField<V> {
    /// The fields of a slot.
    pub fn new(
        editing: Visiting,
        slot: Slot,
        read: fn(&Value) -> Option<&V>,
        write: fn(V) -> Value,
        blank: fn() -> V,
    ) -> Self {
        Self { editing, slot, read, write, blank }
    }

    /// The value now; blank where nothing is said yet.
    fn now(self, form: &crate::state::form::Form) -> V {
        let value = form.items.get(self.slot.item()).edit.get(&self.slot);
        value.and_then(self.read).cloned().unwrap_or_else(self.blank)
    }

    /// Whether anything is said in this slot.
    pub fn is_said(self) -> bool {
        self.editing
            .form
            .with(|form| form.items.get(self.slot.item()).edit.get(&self.slot).and_then(self.read).is_some())
    }

    /// Whether it says more than what was known, or than nothing.
    pub fn is_typed(self) -> bool {
        self.editing.form.with(|form| {
            let (item, now) = (form.items.get(self.slot.item()), self.now(form));
            now != (self.blank)() && item.base.get(&self.slot).and_then(self.read) != Some(&now)
        })
    }

    /// A part of the value, as a signal.
    pub fn part<P: PartialEq + Clone + Send + Sync + 'static>(self, part: fn(&V) -> P) -> Signal<P> {
        Memo::new(move |_| self.editing.form.with(|form| part(&self.now(form)))).into()
    }

    /// Changes the value.
    pub fn change(self, change: impl FnOnce(&mut V)) {
        self.editing.change(|form| {
            let mut value = self.now(form);
            change(&mut value);
            form.items.get_mut(self.slot.item()).set(self.slot, (self.write)(value));
        });
    }

    /// What was typed for a part of the value and cannot be read: it stays in the draft, and the item lacks it.
    pub fn unread(self, part: &'static str) -> Unread {
        let Self { editing, slot, .. } = self;
        let text = Signal::derive(move || editing.form.with(|form| form.unread(slot, part)));
        let keep = Callback::new(move |text| editing.change(|form| form.keep_unread(slot, part, text)));
        Unread { text, keep }
    }

    /// What a field calls with what was put into it.
    pub fn put<P: 'static>(self, put: fn(&mut V, P)) -> Callback<P> {
        Callback::new(move |part| self.change(|value| put(value, part)))
    }
}
