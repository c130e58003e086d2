//! From a recorded visit back to its form, to amend it.
//!
//! Pure. What the visit confirmed is what the form holds; what it stated is what the fields say, so
//! an untouched form gives the same visit again.

use super::{Amending, Form, ItemForm, Met, Pick};
use crate::state::known::Known;
use domain::{
    answer::Answer,
    item::{Item, Six},
    slot::Values,
    visit::Visit,
};
use protocol::changes::Card;

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
            needs: visit.needs.clone(),
            note: visit.note.clone(),
            alert: None,
            notice: visit.consent.as_ref().map(|consent| consent.notice),
            consent: visit.consent.as_ref().map(|consent| consent.given),
            next: visit.next,
            trail: Vec::new(),
            scroll_px: 0,
            rest: visit.rest.clone(),
            card,
        }
    }
}

fn reopened(card: &Card, visit: &Visit, item: Item) -> ItemForm {
    let fresh = ItemForm::over(&Known::of(&card.standings, item));
    match visit.answers.get(&item) {
        None => fresh,
        Some(Answer::Unchanged { confirmed }) => ItemForm {
            pick: Some(Pick::Unchanged),
            base: confirmed.clone(),
            whole: true,
            edit: Values::new(),
        },
        Some(Answer::Changed { stated, confirmed }) => {
            let mut edit = confirmed.clone();
            edit.extend(stated.clone());
            ItemForm { pick: Some(Pick::Changed), base: confirmed.clone(), whole: false, edit }
        }
        Some(Answer::NotAsked { reason }) => ItemForm { pick: Some(Pick::NotAsked(*reason)), ..fresh },
        Some(Answer::Declined) => ItemForm { pick: Some(Pick::Declined), ..fresh },
    }
}
