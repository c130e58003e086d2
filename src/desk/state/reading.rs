//! Something read from the office and shown: not there yet, there, or not to be had.
//!
//! It is read again whenever the question changes and whenever something was written. While it is read
//! again the old stays on the screen; an answer that was overtaken by a newer question is dropped.

use super::{desk::Desk, question::Question};
use crate::trouble::Trouble;
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;

/// Something read from the office.
pub struct Reading<T: Send + Sync + 'static> {
    /// What came back, the newest of it.
    pub value: RwSignal<Option<T>>,
    /// Why the last question was not answered.
    pub trouble: RwSignal<Option<Trouble>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Reading<T> {}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> Reading<T> {
    /// Reads what is asked, and follows it; no question asks nothing. Another question is about another
    /// thing: the old is gone at once.
    pub fn follow<Q: Into<Question>>(desk: Desk, question: impl Fn() -> Option<Q> + 'static) -> Self {
        Self::start(desk, move || question().map(Q::into), false)
    }

    /// The same for pages of one list: the old page stays until the new one is here.
    pub fn turn<Q: Into<Question>>(desk: Desk, question: impl Fn() -> Option<Q> + 'static) -> Self {
        Self::start(desk, move || question().map(Q::into), true)
    }

    fn start(desk: Desk, question: impl Fn() -> Option<Question> + 'static, keeps: bool) -> Self {
        let reading =
            Self { value: RwSignal::new(None), trouble: RwSignal::new(None), again: RwSignal::new(0) };
        let asked = StoredValue::new(0_u32);
        Effect::new(move |before: Option<Option<Question>>| {
            desk.changed.track();
            reading.again.track();
            let question = question();
            let is_other = before.flatten() != question;
            if is_other && !keeps {
                reading.value.set(None);
            }
            reading.trouble.set(None);
            let mine = asked.get_value().wrapping_add(1);
            asked.set_value(mine);
            if let Some(question) = question.clone() {
                spawn_local(async move {
                    let answer = desk.ask(&question).await;
                    // Both are gone once the page is left.
                    if asked.try_get_value() == Some(mine) {
                        reading.take(answer, is_other);
                    }
                });
            }
            question
        });
        reading
    }

    fn take(self, answer: Result<T, Trouble>, is_other: bool) {
        match answer {
            Ok(value) => {
                self.value.set(Some(value));
                self.trouble.set(None);
            }
            Err(trouble) => {
                leptos::logging::warn!("{trouble}");
                if is_other {
                    self.value.set(None);
                }
                self.trouble.set(Some(trouble));
            }
        }
    }

    /// Asks again.
    pub fn again(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }
}
