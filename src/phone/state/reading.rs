//! What lies on the disk, read into the signals: one's own work whenever it changed, the cards only when they did.
//!
//! One reading at a time; what changes meanwhile is read once more afterwards.

use super::{App, laid};
use crate::{
    engine::{Draft, Held, HeldCards, Trouble},
    gather,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What of the disk must be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// One's own work.
    Work,
    /// That and the cards.
    All,
}

/// Whether the disk is being read, and what must be read once more after that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// It is not.
    No,
    /// It is.
    Now,
    /// It is, and something changed meanwhile.
    NowAndAgain(Part),
}

impl App {
    /// Reads again; what changes while it is being read is read once more afterwards.
    pub(super) fn read_again(self, part: Part) {
        let part = part.max(self.owed.get_value());
        let next = match self.reading.get_value() {
            Reading::No => Reading::Now,
            Reading::Now => Reading::NowAndAgain(part),
            Reading::NowAndAgain(before) => Reading::NowAndAgain(before.max(part)),
        };
        self.reading.set_value(next);
        if next != Reading::Now {
            return;
        }
        spawn_local(async move {
            let mut part = part;
            loop {
                let began_ms = self.engine().now_ms();
                let read = self.read(part, began_ms).await;
                // What could not be read is read with the next chance.
                self.owed.set_value(if read.is_ok() { Part::Work } else { part });
                if let Err(trouble) = read {
                    leptos::logging::error!("load: {trouble}");
                    if trouble.is_closed_storage() {
                        self.disk.closed.set(true);
                    }
                }
                match self.reading.get_value() {
                    Reading::NowAndAgain(again) => part = again.max(self.owed.get_value()),
                    Reading::No | Reading::Now => return self.reading.set_value(Reading::No),
                }
                self.reading.set_value(Reading::Now);
            }
        });
    }

    /// Reads a part now; the cards, too, where the disk has others than are shown.
    pub(super) async fn read(self, part: Part, began_ms: i64) -> Result<(), Trouble> {
        let engine = self.engine();
        if part == Part::Work {
            let shown = self.cursor.get_value();
            let held = engine.load(shown).await?;
            if held.cursor == shown {
                self.take(None, held, began_ms);
                return Ok(());
            }
        }
        let cards = engine.load_cards().await?;
        let held = engine.load(cards.cursor).await?;
        self.take(Some(cards), held, began_ms);
        Ok(())
    }

    fn take(self, cards: Option<HeldCards>, held: Held, began_ms: i64) {
        let Held { person, drafts, queue, own, contact, news_ms, feedback_waiting, damaged, .. } = held;
        let me = self
            .person
            .with_untracked(|person| person.as_ref().map(|person| (person.id, person.name.clone())));
        let Some((me, name)) = me else { return };
        // Somebody else may have come in while it was read.
        if person != Some(me) || cards.as_ref().is_some_and(|cards| cards.person != Some(me)) {
            return;
        }
        self.now_ms.set(self.engine().now_ms());
        if let Some(HeldCards { cards, union, cursor, damaged, .. }) = cards {
            if damaged > 0 {
                leptos::logging::error!("{damaged} cards could not be read and are fetched anew");
            }
            self.cursor.set_value(cursor);
            self.union.set(union);
            self.sent_cards.set_value(cards);
        }
        self.disk.damaged.set(damaged);
        let cards =
            self.union.with_untracked(|union| laid::named(self.sent_cards.get_value(), union.as_ref()));
        self.cards.set(laid::lay(cards, &own, me, &name));
        self.queue.set(queue);
        self.own.set(own);
        self.drafts.update(|known| *known = newest(std::mem::take(known), drafts, began_ms));
        self.feedback_waiting.set(feedback_waiting);
        if contact.is_some() {
            self.contact.set(contact);
        }
        if news_ms.is_some() {
            self.news_ms.set(news_ms);
        }
    }
}

/// The drafts of the disk, and those changed here since it began to be read.
fn newest(known: Vec<Draft>, read: Vec<Draft>, began_ms: i64) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = known.into_iter().filter(|draft| draft.saved_at_ms >= began_ms).collect();
    let older: Vec<Draft> =
        read.into_iter().filter(|draft| !drafts.iter().any(|one| one.id == draft.id)).collect();
    drafts.extend(older);
    gather::falling(&mut drafts, |draft| draft.saved_at_ms);
    drafts
}
