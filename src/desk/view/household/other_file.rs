//! The other file of the same household: first those that resemble it, or found by name; one is picked.

use super::similar::Looking;
use crate::{
    state::{
        desk::{Desk, use_desk},
        place::ListAsked,
        reading::Reading,
        rights::Doing,
    },
    view::{household_table::LastVisit, showing::Shown},
};
use domain::{
    day::Day,
    id::HouseholdId,
    observation::Standings,
    slot::{Slot, Values},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use protocol::{
    changes::Card,
    office::{HouseholdList, HouseholdRow, Likeness, SimilarRow},
};
use std::time::Duration;
use ui::{
    fields::text::{TextField, TextKind},
    icon::{Icon, IconMark},
    notice::Banner,
    surface::Tone,
    t, words,
};

/// How long typing has to rest before it is looked up.
const REST: Duration = Duration::from_millis(250);
/// The most that are shown of those found by name.
const SHOWN: usize = 12;

/// What is looked for, and what was found; it outlives a household that is looked at and left again.
#[derive(Clone, Copy)]
pub struct Search {
    household: HouseholdId,
    looking: Looking,
    typed: RwSignal<String>,
    searched: RwSignal<String>,
    list: Reading<HouseholdList>,
}

impl Search {
    /// A search for another file of this household.
    pub fn of(desk: Desk, card: &Card) -> Self {
        let (household, told) = (card.household, telling(&card.standings));
        let searched = RwSignal::new(String::new());
        let list = Reading::turn(desk, move || {
            let asked = ListAsked { search: searched.get(), ..ListAsked::default() };
            let unit = desk.tops(Doing::Keep).first().copied()?;
            (!asked.search.is_empty()).then(|| asked.question(unit))
        });
        Self {
            household,
            looking: Looking::follow(Some(household), move || told.clone(), || None),
            typed: RwSignal::new(String::new()),
            searched,
            list,
        }
    }
}

/// What tells the household from others, as far as it stands.
fn telling(standings: &Standings) -> Values {
    let first = |slot: Slot| Some((slot, standings.get(&slot)?.values.first()?.value.clone()));
    [Slot::Name, Slot::Address, Slot::Telephone].into_iter().filter_map(first).collect()
}

/// The search, and what it found.
#[component]
pub fn OtherFile(search: Search, #[prop(into)] on_pick: Callback<HouseholdId>) -> impl IntoView {
    let Search { typed, searched, .. } = search;
    let resting = StoredValue::new(None::<TimeoutHandle>);
    let type_on = move |text: String| {
        typed.set(text);
        if let Some(earlier) = resting.get_value() {
            earlier.clear();
        }
        let look_up = move || {
            let words = typed.try_get_untracked().unwrap_or_default().trim().to_owned();
            searched.try_set(words);
        };
        resting.set_value(set_timeout_with_handle(look_up, REST).ok());
    };
    let found = move || {
        if searched.read().is_empty() {
            view! { <Alike search on_pick /> }.into_any()
        } else {
            view! { <Shown reading=search.list let:list><Named list but=search.household on_pick /></Shown> }
                .into_any()
        }
    };
    view! {
        <div class="stack" data-part="other-file">
            <p class="sub">{t!(desk_forms.merge_intro())}</p>
            <div class="search">
                <IconMark icon=Icon::Search />
                <TextField label=t!(desk.search_label()) value=typed on_input=type_on kind=TextKind::Search longest=60
                    placeholder=t!(desk.search_hint()) />
            </div>
            <div role="status">{found}</div>
        </div>
    }
}

/// Those that resemble it.
#[component]
fn Alike(search: Search, on_pick: Callback<HouseholdId>) -> impl IntoView {
    let looking = search.looking;
    let today = use_desk().today();
    let shown = move || {
        let similar = looking.found.get()?;
        let some = !similar.households.is_empty();
        let row = move |SimilarRow { row, alike }| view! { <Candidate row alike today on_pick /> };
        let title = move || if some { t!(desk_forms.merge_alike())() } else { t!(desk.similar_none())() };
        Some(view! {
            <p class="sub">{title}</p>
            {some.then(|| view! { <ul class="card list">{similar.households.into_iter().map(row).collect_view()}</ul> })}
            {similar.elsewhere.then(|| view! { <Banner text=t!(desk.similar_elsewhere()) tone=Tone::Wait icon=Icon::Warning /> })}
        })
    };
    let failed = move || looking.trouble.get().map(|trouble| crate::view::saying::trouble(&trouble));
    view! {
        {shown}
        {move || failed().map(|words| view! { <p class="form-problem">{words}</p> })}
    }
}

/// Those found by name.
#[component]
fn Named(list: HouseholdList, but: HouseholdId, on_pick: Callback<HouseholdId>) -> impl IntoView {
    let HouseholdList { mut households, today, .. } = list;
    households.retain(|row| row.id != but);
    let more = households.len() > SHOWN;
    households.truncate(SHOWN);
    if households.is_empty() {
        return view! { <p class="sub">{t!(desk.nothing_found())}</p> }.into_any();
    }
    let row = move |row| view! { <Candidate row alike=Vec::new() today on_pick /> };
    view! {
        <ul class="card list">{households.into_iter().map(row).collect_view()}</ul>
        {more.then(|| view! { <p class="sub">{t!(desk_forms.merge_more())}</p> })}
    }
    .into_any()
}

/// One of them, to be picked.
#[component]
fn Candidate(
    row: HouseholdRow,
    alike: Vec<Likeness>,
    today: Day,
    on_pick: Callback<HouseholdId>,
) -> impl IntoView {
    let HouseholdRow { id, name, address, unit_name, due_state, due, last_visit, .. } = row;
    let name = move || if name.is_empty() { words::desk().without_name().to_owned() } else { name.clone() };
    let alike =
        move || words::shared().list(&alike.iter().map(|one| words::desk().alike(*one)).collect::<Vec<_>>());
    let place = words::joined(&[unit_name, address]);
    view! {
        <li>
            <button type="button" class="list-row" data-household=id.to_string() on:click=move |_| on_pick.run(id)>
                <span class="grow">
                    <b>{name}</b>" "<small class="wait">{alike}</small>
                    <small class="sub">{place}</small>
                </span>
                <LastVisit due_state due last_visit today />
            </button>
        </li>
    }
}
