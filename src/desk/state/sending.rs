//! A form on its way to the office: busy, refused, or arrived. What was typed is the form's and is
//! never touched here, so a failure loses nothing.

use super::{
    desk::Desk,
    pen::{Pen, Stamp},
    unsaved,
};
use crate::{platform, trouble::Trouble};
use domain::{
    entry::Act,
    file::{Reason, Status},
    id::HouseholdId,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::office::{DeskEntries, DeskReceipts};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use web_sys::Blob;

/// Why a form did not do what it should.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It did not arrive, or was refused.
    Trouble(Trouble),
    /// It arrived and is kept, but does not count.
    NotCounted(Option<Reason>),
}

/// A form on its way.
#[derive(Clone, Copy)]
pub struct Sending {
    desk: Desk,
    /// It is on its way now.
    pub busy: RwSignal<bool>,
    /// Why it did not work the last time.
    pub problem: RwSignal<Option<Problem>>,
    pen: StoredValue<Pen>,
}

impl Sending {
    /// One for a form that was just opened.
    pub fn new(desk: Desk) -> Self {
        let pen = StoredValue::new(Pen::default());
        Self { desk, busy: RwSignal::new(false), problem: RwSignal::new(None), pen }
    }

    /// For another form: what the one before wrote and met is forgotten.
    pub fn anew(self) {
        self.problem.set(None);
        self.pen.set_value(Pen::default());
    }

    /// Sends acts as entries of the series office, all or nothing, and calls `done` when all count.
    pub fn acts(self, acts: Vec<(HouseholdId, Act)>, done: impl FnOnce() + 'static) {
        let Some(me) = self.desk.me_now() else { return };
        let stamp = || Stamp {
            id: platform::entry_id(),
            nonce: platform::random_hex::<16>(),
            wall_ms: platform::now_ms(),
        };
        let entries = self.pen.try_update_value(|pen| pen.write(me.person, &acts, stamp)).unwrap_or_default();
        self.start(
            async move |desk| {
                let answer: DeskReceipts = desk.post("/api/office", &DeskEntries { entries }).await?;
                Ok(answer.receipts.iter().find_map(|receipt| not_counted(receipt.status)))
            },
            |not_counted: Option<Problem>| match not_counted {
                Some(problem) => Err(problem),
                None => {
                    done();
                    Ok(())
                }
            },
        );
    }

    /// Sends with `POST` and hands on the answer.
    pub fn post<T: DeserializeOwned + 'static>(
        self,
        path: &str,
        body: impl Serialize + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        let path = path.to_owned();
        self.start(
            async move |desk| desk.post(&path, &body).await,
            |answer| {
                done(answer);
                Ok(())
            },
        );
    }

    /// Asks with `POST` for a file, and hands on its name and what is in it.
    pub fn post_for_file(
        self,
        path: &str,
        body: impl Serialize + 'static,
        done: impl FnOnce(&str, &Blob) + 'static,
    ) {
        let path = path.to_owned();
        self.start(
            async move |desk| desk.post_for_file(&path, &body).await,
            |(name, contents)| {
                done(&name, &contents);
                Ok(())
            },
        );
    }

    /// Sends with `PUT`.
    pub fn put(self, path: &str, body: impl Serialize + 'static, done: impl FnOnce() + 'static) {
        let path = path.to_owned();
        self.start(
            async move |desk| desk.put(&path, &body).await,
            |_: IgnoredAny| {
                done();
                Ok(())
            },
        );
    }

    /// One at a time; what comes back too late for its form is dropped.
    fn start<T: 'static>(
        self,
        ask: impl AsyncFnOnce(Desk) -> Result<T, Trouble> + 'static,
        done: impl FnOnce(T) -> Result<(), Problem> + 'static,
    ) {
        // Gone with its form, or on its way already.
        if self.busy.try_get_untracked() != Some(false) {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = ask(self.desk).await;
            if answer.is_ok() {
                self.desk.wrote();
            }
            // Free again before `done`, which may send the next step of the same form.
            let is_gone = self.busy.try_set(false).is_some();
            if is_gone {
                return;
            }
            let result = answer.map_err(Problem::Trouble).and_then(done);
            match result {
                Ok(()) => unsaved::arrived(),
                Err(problem) => {
                    leptos::logging::warn!("{problem:?}");
                    self.problem.try_set(Some(problem));
                }
            }
        });
    }
}

fn not_counted(status: Status) -> Option<Problem> {
    match status {
        Status::Projected => None,
        Status::Quarantined(reason) => Some(Problem::NotCounted(Some(reason))),
        Status::Held | Status::Erased => Some(Problem::NotCounted(None)),
    }
}
