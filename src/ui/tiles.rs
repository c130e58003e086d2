//! The six tiles 名 址 话 偶 学 事: the product's face, the same six everywhere.
//!
//! Each state has its own mark beside its colour (a dot, an outline, two lines, a stroke, a dash; drawn in
//! `style/parts.css`), and a screen reader hears all six in one sentence.

use crate::words;
use domain::item::{Item, ItemState, Six};
use leptos::prelude::*;

/// The six tiles of one household.
#[component]
pub fn SixTiles(
    /// How each item stands.
    #[prop(into)]
    states: Signal<Six<ItemState>>,
    /// The smaller kind, for a row of a table.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let spoken = move || sentence(&states.get());
    let tile = move |item: Item| {
        let class = move || format!("tile {}", state_class(*states.get().get(item)));
        view! { <i class=class>{move || words::domain().item_sign(item)}</i> }
    };
    view! {
        <span class="six" class:small=small role="img" aria-label=spoken title=spoken>
            {Item::ALL.map(tile).collect_view()}
        </span>
    }
}

/// The six with a share below each, for a unit: how many households know it, in per cent.
#[component]
pub fn SixShares(
    /// Per item, whole per cent.
    #[prop(into)]
    shares: Signal<Six<u32>>,
) -> impl IntoView {
    let column = move |item: Item| {
        let share = move || *shares.get().get(item);
        let class = move || format!("tile {}", share_class(share()));
        view! {
            <li>
                <i class=class aria-hidden="true">{move || words::domain().item_sign(item)}</i>
                <span class="hidden-visually">{move || words::domain().item(item)}</span>
                <b>{share}"%"</b>
            </li>
        }
    };
    view! { <ul class="six shares">{Item::ALL.map(column).collect_view()}</ul> }
}

/// One tile alone, before the name of its item.
#[component]
pub fn Tile(
    /// Which item.
    item: Item,
    /// How it stands.
    #[prop(into)]
    state: Signal<ItemState>,
) -> impl IntoView {
    let class = move || format!("tile {}", state_class(state.get()));
    view! {
        <i class=class role="img" aria-label=move || words::domain().item_state(state.get())>
            {move || words::domain().item_sign(item)}
        </i>
    }
}

/// The class that draws a state.
#[must_use]
pub const fn state_class(state: ItemState) -> &'static str {
    match state {
        ItemState::Known => "known",
        ItemState::Stale => "stale",
        ItemState::Unknown => "unknown",
        ItemState::Rivals => "rivals",
        ItemState::Declined => "declined",
        ItemState::NotApplicable => "not-applicable",
    }
}

/// From nine in ten a share is good; below two in three it is not.
const fn share_class(share: u32) -> &'static str {
    match share {
        90.. => "known",
        67..90 => "stale",
        _ => "unknown",
    }
}

/// All six in words, those that need something named first.
fn sentence(states: &Six<ItemState>) -> String {
    let words = words::domain();
    let known =
        states.iter().filter(|(_, state)| matches!(state, ItemState::Known | ItemState::NotApplicable));
    let mut text = format!("{} {}/6", words.six_knows(), known.count());
    for (item, state) in states.iter() {
        if !matches!(state, ItemState::Known | ItemState::NotApplicable) {
            text.push_str(&format!("; {} {}", words.item(item), words.item_state(*state)));
        }
    }
    text
}
