//! Keeps the drafts of one person. A form is theirs until it is closed, even where they were signed out meanwhile in
//! another page: its last words go to their disk and to nobody else's.

use super::{Draft, Engine, Trouble, opening::Opened, saving};
use std::rc::Rc;

/// One person's drafts, to be kept.
#[derive(Clone)]
pub struct Keeper {
    engine: Engine,
    opened: Rc<Opened>,
}

impl Keeper {
    /// Keeps for whose databases these are.
    pub(super) const fn new(engine: Engine, opened: Rc<Opened>) -> Self {
        Self { engine, opened }
    }

    /// Keeps a draft as it is now; call on every change (while somebody types on, a few times a second).
    /// A draft whose entry has been saved is not brought back.
    pub async fn keep(&self, draft: &Draft) -> Result<(), Trouble> {
        let draft = Draft { saved_at_ms: self.engine.now_ms(), ..draft.clone() };
        // Where theirs were made anew, those.
        let here = self.engine.inner.opened().ok().filter(|here| here.person == self.opened.person);
        let Some(here) = here else { return saving::keep(&self.opened.work, &draft).await };
        match saving::keep(&here.work, &draft).await {
            Err(trouble) => saving::keep(&self.engine.after(trouble).await?.work, &draft).await,
            done => done,
        }
    }
}
