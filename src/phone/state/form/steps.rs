//! 撤销: what was done last in a form, and what stood there before.
//!
//! Pure; it looks at the form after each change and lies on no disk. An answer is taken back, but not what was typed for
//! it; the note becomes what it was. Whatever else is touched ends it: what was done before the last thing is never taken
//! back in its place.

use super::{Form, ItemForm, Pick};
use domain::item::Item;

/// How many steps can be taken back.
const STEPS_MAX: usize = 12;

/// What a step was about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Touched {
    /// An answer.
    Answer(Item),
    /// The note.
    Note,
}

/// A step, with what stood there before.
#[derive(Clone, PartialEq, Debug)]
enum Step {
    Answer(Item, ItemForm),
    Note(String),
}

/// The steps of a form that can be taken back, the latest last.
#[derive(Clone, Debug)]
pub struct Steps {
    seen: Form,
    made: Vec<Step>,
    /// The note was left: what is written next is a step of its own.
    note_left: bool,
}

impl Steps {
    /// None yet.
    pub const fn of(form: Form) -> Self {
        Self { seen: form, made: Vec::new(), note_left: false }
    }

    /// Looks what became of the form since the last look.
    pub fn look(&mut self, now: &Form) {
        let before = std::mem::replace(&mut self.seen, now.clone());
        if is_other(&before, now) {
            self.made.clear();
        }
        for (item, was) in before.items.iter() {
            self.look_at(item, was, now.items.get(item));
        }
        if before.note != now.note && (self.note_left || !matches!(self.made.last(), Some(Step::Note(_)))) {
            self.push(Step::Note(before.note));
            self.note_left = false;
        }
    }

    fn look_at(&mut self, item: Item, was: &ItemForm, now: &ItemForm) {
        if was == now {
            return;
        }
        // 没问到 and its reason are one answer.
        let is_why = matches!(now.pick, Some(Pick::NotAsked(_) | Pick::Declined));
        let goes_on = was.pick == Some(Pick::WhyNot) && is_why;
        if !goes_on && (was.pick, was.nothing) != (now.pick, now.nothing) {
            return self.push(Step::Answer(item, was.clone()));
        }
        // What is typed for an answer belongs to it.
        let of_item = |step: &Step| matches!(step, Step::Answer(one, _) if *one == item);
        match self.made.iter().rposition(of_item) {
            Some(at) => {
                let step = self.made.remove(at);
                self.made.push(step);
            }
            None => self.made.clear(),
        }
    }

    fn push(&mut self, step: Step) {
        self.made.push(step);
        if self.made.len() > STEPS_MAX {
            self.made.remove(0);
        }
    }

    /// A field was left.
    pub const fn rest(&mut self) {
        self.note_left = true;
    }

    /// What would be taken back.
    pub fn last(&self) -> Option<Touched> {
        self.made.last().map(|step| match step {
            Step::Answer(item, _) => Touched::Answer(*item),
            Step::Note(_) => Touched::Note,
        })
    }

    /// Whether words would be gone with it.
    pub fn drops_words(&self) -> bool {
        matches!(self.made.last(), Some(Step::Note(before)) if !before.contains(self.seen.note.trim()))
    }

    /// Takes the last step back; says what it was.
    pub fn undo(&mut self, form: &mut Form) -> Option<Touched> {
        let touched = self.last();
        match self.made.pop()? {
            Step::Answer(item, before) => {
                let now = form.items.get_mut(item);
                *now = ItemForm { edit: std::mem::take(&mut now.edit), ..before };
            }
            Step::Note(before) => form.note = before,
        }
        self.seen = form.clone();
        touched
    }
}

/// Whether something was touched that no step takes back.
fn is_other(before: &Form, now: &Form) -> bool {
    let rest = |form: &Form| (form.met, form.day, form.consent, form.consent_put_off, form.next);
    rest(before) != rest(now)
        || before.companion != now.companion
        || before.needs != now.needs
        || before.told_replies != now.told_replies
        || before.told != now.told
        || before.alert != now.alert
}

#[cfg(test)]
mod tests;
