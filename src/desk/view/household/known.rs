//! The six things on a household's page: what stands, since when, who said it; and where several
//! values stand, all of them.

use super::acts::{Opened, Settling};
use crate::view::saying;
use domain::{
    id::{EntryId, PersonId},
    item::Item,
    observation::{Standing, Stands, members},
    slot::{Slot, Value},
    value::TelephoneValue,
};
use leptos::prelude::*;
use protocol::office::HouseholdFile;
use ui::{
    figures,
    icon::{Icon, IconMark},
    t,
    tiles::Tile,
    words,
};

/// The six.
#[component]
pub fn Six(
    file: StoredValue<HouseholdFile>,
    keeps: bool,
    decides: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let card = move |item: Item| view! { <ItemCard file item keeps decides opened /> };
    view! { <section aria-label=t!(domain.six_knows())>{Item::ALL.map(card).collect_view()}</section> }
}

#[component]
fn ItemCard(
    file: StoredValue<HouseholdFile>,
    item: Item,
    keeps: bool,
    decides: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let state = file.with_value(|file| *file.items.get(item));
    let slots = file.with_value(|file| slots_of(file, item));
    let line = move |slot: Slot| view! { <SlotShown file place=slot decides opened /> };
    let empty = slots.is_empty();
    let odd = file.with_value(|file| {
        let standing = file.card.standings.get(&Slot::of_item(item));
        standing.and_then(Standing::one).is_some_and(Stands::is_odd)
    });
    let edit = move |_| opened.set(Some(Opened::Register(file.get_value(), Some(item))));
    let label = move || words::desk().edit_item(words::domain().item(item));
    view! {
        <article class="card item" data-item=item.code() data-state=ui::tiles::state_class(state)>
            <div class="question">
                <h2><Tile item state=Signal::stored(state) />{move || words::domain().item(item)}</h2>
                <span class:wait=odd>{move || if odd { words::desk().numbers_odd() } else { words::domain().item_state(state) }}</span>
                {keeps.then(|| view! {
                    <button type="button" class="icon-button no-print" aria-label=label title=label on:click=edit>
                        <IconMark icon=Icon::Pencil />
                    </button>
                })}
            </div>
            {empty.then(|| view! { <p class="value sub">{t!(desk.nobody_said())}</p> })}
            {slots.into_iter().map(line).collect_view()}
        </article>
    }
}

/// The slots of an item in which something stands; of a list that names somebody, only those named.
fn slots_of(file: &HouseholdFile, item: Item) -> Vec<Slot> {
    let standings = &file.card.standings;
    let whole = Slot::of_item(item);
    let Some(standing) = standings.get(&whole).filter(|standing| !standing.values.is_empty()) else {
        return Vec::new();
    };
    let named = standing.one().map(|one| members(&one.value)).unwrap_or_default();
    let described: Vec<Slot> = named.iter().copied().filter(|slot| standings.contains_key(slot)).collect();
    if described.is_empty() { vec![whole] } else { described }
}

#[component]
fn SlotShown(
    file: StoredValue<HouseholdFile>,
    place: Slot,
    decides: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let slot = place;
    let standing = file.with_value(|file| file.card.standings.get(&slot).cloned().unwrap_or_default());
    let telephones = match standing.one().map(|one| &one.value) {
        Some(Value::Telephone(telephones)) => Some(telephones.clone()),
        _ => None,
    };
    if let Some(one) = standing.one().cloned() {
        return view! { <div class="stands"><StandsShown file one /></div>{telephones.clone().map(doubts)}{telephones.map(calls)} }
            .into_any();
    }
    let settling = move || {
        file.with_value(|file| Settling {
            household: file.card.household,
            slot,
            standing: file.card.standings.get(&slot).cloned().unwrap_or_default(),
            names: file.card.names.clone(),
        })
    };
    let Standing { values, .. } = standing;
    view! {
        <p class="sub">{move || words::desk().versions(saying::slot(slot), values_len(file, slot))}</p>
        {values.into_iter().map(|one| view! { <div class="rival"><div class="grow"><StandsShown file one /></div></div> }).collect_view()}
        {decides.then(|| view! {
            <div class="buttons no-print">
                <button type="button" class="button" on:click=move |_| opened.set(Some(Opened::Settle(settling())))>{t!(desk.settle())}</button>
            </div>
        })}
    }
    .into_any()
}

fn values_len(file: StoredValue<HouseholdFile>, slot: Slot) -> usize {
    file.with_value(|file| file.card.standings.get(&slot).map_or(0, |standing| standing.values.len()))
}

/// A value, its day, who said it.
#[component]
fn StandsShown(file: StoredValue<HouseholdFile>, one: Stands) -> impl IntoView {
    let (day, by, entry) = (one.day, one.by, one.entry);
    let value =
        move || file.with_value(|file| saying::value::line(&one.value, &file.card.standings, file.today));
    let said = move || file.with_value(|file| said_by(file, day, by, entry));
    view! {
        <p class="value">{value}</p>
        <p class="aside">{said}</p>
    }
}

/// Who said it at the door and when; of what came with a roster, or was written into the file, that it did.
fn said_by(file: &HouseholdFile, day: domain::day::Day, by: PersonId, entry: EntryId) -> String {
    let day = figures::short_day(day, file.today);
    if file.of_rosters.contains(&entry) {
        return words::desk().roster_said(&day);
    }
    match file.card.names.get(&by) {
        Some(name) if file.of_desk.contains(&entry) => words::desk_forms().desk_said(&day, name),
        Some(name) => words::domain().last_known_by(&day, name),
        None => words::domain().last_known(&day),
    }
}

/// Which of the numbers can be none.
fn doubts(telephones: TelephoneValue) -> impl IntoView {
    let doubt = |telephone: domain::value::Telephone| {
        let doubt = saying::telephone_doubt(&telephone.number)?;
        let said = words::shared().labelled(&telephone.number, &doubt);
        Some(view! { <p class="sub wait" data-number-odd>{said}</p> })
    };
    telephones.numbers.into_iter().filter_map(doubt).collect_view()
}

/// A tap calls.
fn calls(telephones: TelephoneValue) -> impl IntoView {
    let call = |telephone: domain::value::Telephone| {
        let href = format!("tel:{}", telephone.number);
        view! { <a class="call" href=href>{telephone.number}</a> }
    };
    view! { <p class="no-print narrow-only">{telephones.numbers.into_iter().map(call).collect_view()}</p> }
}
