//! A phone's queue as a file, on its way into the office: one deposit after the other, and what came of all of them.
//! A repeat is harmless, so that what broke off is simply brought again.

use super::desk::Desk;
use crate::{platform, trouble::Trouble};
use domain::file::Status;
use leptos::{prelude::*, task::spawn_local};
use protocol::deposit::{QueueFile, Receipt, Rescued};
use web_sys::File;

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bringing {
    /// A person's turn.
    Nothing,
    /// It is being brought.
    Under,
    /// It is no such file, or of a newer app.
    NotAQueue,
    /// So many records have a receipt; then something did not work.
    Broken(usize, Trouble),
    /// All of it is with the office.
    Done(Arrived),
}

/// What came of a file.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Arrived {
    /// Records that count.
    pub counts: usize,
    /// Records that are kept and wait for somebody.
    pub waits: usize,
}

impl Arrived {
    /// What the office said of all records.
    #[must_use]
    pub fn of(receipts: &[Receipt]) -> Self {
        let counts =
            receipts.iter().filter(|one| matches!(one.status, Status::Projected | Status::Erased)).count();
        Self { counts, waits: receipts.len() - counts }
    }
}

/// Brings a file in.
pub fn bring(desk: Desk, file: File, bringing: RwSignal<Bringing>) {
    if bringing.get_untracked() == Bringing::Under {
        return;
    }
    bringing.set(Bringing::Under);
    spawn_local(async move {
        let text = platform::text_of(&file).await;
        let outcome = match text.as_deref().and_then(QueueFile::read) {
            Some(queue) => hand_over(desk, queue).await,
            None => Bringing::NotAQueue,
        };
        desk.wrote();
        bringing.try_set(outcome);
    });
}

async fn hand_over(desk: Desk, queue: QueueFile) -> Bringing {
    let mut receipts: Vec<Receipt> = Vec::new();
    for deposit in &queue.deposits {
        match desk.post::<Rescued>("/api/rescued", deposit).await {
            Ok(rescued) => receipts.extend(rescued.receipts),
            Err(trouble) => return Bringing::Broken(receipts.len(), trouble),
        }
    }
    Bringing::Done(Arrived::of(&receipts))
}
