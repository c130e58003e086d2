//! From a recorded visit back to its form, to amend it.
//!
//! Pure. What the visit confirmed is what the form holds; what it stated is what the fields say, so
//! an untouched form gives the same visit again.

use super::{Amending, Form, ItemForm, Met, Pick, needs::NeedForm, unsaid::Unsaid};
use crate::gather;
use crate::state::known::Known;
use domain::{
    answer::Answer,
    check,
    id::EntryId,
    item::{Item, Six},
    observation::members,
    slot::{Slot, Values},
    visit::Visit,
};
use protocol::changes::Card;
use std::collections::BTreeSet;

impl Form {
    /// The form of a recorded visit.
    pub fn reopen(card: Card, visit: &Visit, amending: Amending) -> Self {
        let items = Six::from_fn(|item| reopened(&card, visit, item));
        Self {
            amending: Some(amending),
            day: visit.day,
            companion: visit.companion.clone(),
            met: Some(visit.met.map_or(Met::Nobody, Met::Somebody)),
            items,
            needs: visit.needs.iter().map(NeedForm::of).collect(),
            told: visit.told.clone(),
            told_replies: told_replies(&card, visit),
            note: visit.note.clone(),
            alert: None,
            notice: visit.consent.as_ref().map(|consent| consent.notice),
            consent: visit.consent.as_ref().map(|consent| consent.given),
            consent_put_off: false,
            next: visit.next,
            // Whoever recorded them was asked then.
            sure: gather::set(check::odd_numbers(visit).into_iter().map(|(_, number)| number.to_owned())),
            unsaid: Unsaid::default(),
            scroll_px: 0,
            rest: visit.rest.clone(),
            card,
        }
    }

    /// What stands of an item, where the visit that is being corrected said it itself.
    pub fn own_word(&self, item: Item) -> Option<OwnWord> {
        let amending = self.amending?;
        let of_it = |entry: EntryId| entry == amending.visit || entry == amending.replaces;
        let standings = self.card.standings.iter().filter(|(slot, _)| slot.item() == item);
        let mut stands = standings.flat_map(|(_, standing)| &standing.values);
        stands.any(|one| of_it(one.entry)).then(|| {
            let shown = &self.items.get(item).base;
            let own = shown.is_empty() || *shown == self.known(item).base;
            if own { OwnWord::Shown } else { OwnWord::Replaced }
        })
    }
}

/// What a visit that is being corrected said of an item, and that stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OwnWord {
    /// It is what is shown as known.
    Shown,
    /// What stood before is shown.
    Replaced,
}

/// The replies told; those told with an app of before are found by their day, so that they stay told beside others.
fn told_replies(card: &Card, visit: &Visit) -> BTreeSet<EntryId> {
    let told = card.needs.iter().filter(|line| line.is_told_at(visit)).filter_map(|line| line.reply_entry);
    gather::set(visit.told_replies.iter().copied().chain(told))
}

fn reopened(card: &Card, visit: &Visit, item: Item) -> ItemForm {
    let fresh = ItemForm::over(&Known::of(&card.standings, item));
    match visit.answers.get(&item) {
        None => fresh,
        Some(Answer::Unchanged { confirmed }) => ItemForm {
            pick: Some(Pick::Unchanged),
            base: confirmed.clone(),
            whole: true,
            ..ItemForm::default()
        },
        Some(Answer::Changed { stated, confirmed }) => {
            let mut edit = confirmed.clone();
            edit.extend(stated.clone());
            // With what stood before it, 有变化 by mistake can go back to 无变化.
            let mut base = confirmed.clone();
            base.extend(
                visit.before.iter().filter(|(slot, _)| slot.item() == item).map(|(s, v)| (*s, v.clone())),
            );
            let whole = is_whole(&base, item);
            ItemForm { pick: Some(Pick::Changed), base, whole, edit, ..ItemForm::default() }
        }
        Some(Answer::NotAsked { reason }) => ItemForm { pick: Some(Pick::NotAsked(*reason)), ..fresh },
        Some(Answer::Declined) => ItemForm { pick: Some(Pick::Declined), ..fresh },
    }
}

/// Whether it can be confirmed as it is: the item itself and, of a list, everybody on it.
fn is_whole(base: &Values, item: Item) -> bool {
    let whole = base.get(&Slot::of_item(item));
    whole.is_some_and(|value| members(value).iter().all(|slot| base.contains_key(slot)))
}
