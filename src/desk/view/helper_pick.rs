//! One helper of many: searched, with how many households each answers for, those near by first.

use crate::state::{
    desk::use_desk,
    helping::{Helper, is_found, offered},
    reading::Reading,
    rights::Doing,
};
use domain::id::{PersonId, UnitId};
use leptos::{prelude::*, text_prop::TextProp};
use protocol::{desk::PersonRow, seats::HelperLoad};
use ui::{
    answers::fresh_id,
    fields::text::{TextField, TextKind},
    icon::{Icon, IconMark},
    t, words,
};

/// How many are drawn at once; a search narrows the rest.
const DRAWN_MAX: usize = 30;

/// More households than this are many for one helper; a hint, no rule.
pub const MANY: u32 = 10;

/// The list to pick from.
#[component]
pub fn HelperPick(
    /// What they are picked for.
    #[prop(into)]
    label: TextProp,
    /// Everybody there is.
    people: Reading<Vec<PersonRow>>,
    /// Who is not offered.
    but: Option<PersonId>,
    /// Whose helpers come first.
    #[prop(into)]
    near: Signal<Option<UnitId>>,
    /// Who is picked.
    value: RwSignal<Option<PersonId>>,
    /// What is wrong; nothing while it is right.
    #[prop(into)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let desk = use_desk();
    let loads = Reading::<Vec<HelperLoad>>::follow(desk, move || {
        desk.tops(Doing::Read).first().map(|top| format!("/api/helpers?unit={top}"))
    });
    let all = Memo::new(move |_| {
        let (people, loads) = (people.value.read(), loads.value.read());
        let (rows, loads) = (people.as_deref().unwrap_or_default(), loads.as_deref().unwrap_or_default());
        desk.tree.with(|tree| offered(rows, loads, but, near.get(), tree))
    });
    let search = RwSignal::new(String::new());
    let group = StoredValue::new(fresh_id("pick"));
    let list = move || {
        let wanted = search.get();
        let picked = value.get_untracked();
        let (found, others): (Vec<Helper>, Vec<Helper>) =
            all.read().iter().cloned().partition(|one| is_found(&one.row, &wanted));
        // Whoever is picked stays in sight, and is told from what was searched for.
        let picked = others.into_iter().find(|one| Some(one.row.id) == picked);
        let more = found.len().saturating_sub(DRAWN_MAX);
        let row = |one: Helper| view! { <Line one value group /> };
        view! {
            {found.is_empty().then(|| view! { <p class="sub">{t!(desk_forms.no_helper_found())}</p> })}
            {found.into_iter().take(DRAWN_MAX).map(row).collect_view()}
            {(more > 0).then(|| view! { <p class="sub">{move || words::desk_forms().more_people(more)}</p> })}
            {picked.map(|one| view! { <p class="sub">{t!(desk_forms.picked_now())}</p>{row(one)} })}
        }
    };
    let failed = move || people.trouble.get().map(|trouble| super::saying::trouble(&trouble));
    view! {
        <fieldset class="helper-pick" class:wrong=move || wrong.get().is_some()>
            <legend>{move || label.get()}</legend>
            <div class="search">
                <IconMark icon=Icon::Search />
                <TextField label=t!(desk_forms.search_people()) value=search on_input=move |text| search.set(text)
                    kind=TextKind::Search longest=40 placeholder=t!(desk_forms.search_people()) />
            </div>
            <div class="pick-list">{list}</div>
            <small class="form-problem" role="alert">{move || failed().or_else(|| wrong.get())}</small>
        </fieldset>
    }
}

#[component]
fn Line(one: Helper, value: RwSignal<Option<PersonId>>, group: StoredValue<String>) -> impl IntoView {
    let Helper { row, aside, households } = one;
    let id = row.id;
    let load = households.map(|count| {
        view! { <small class="keep" class:wait={count > MANY} class:sub={count <= MANY}>{move || words::desk().households(count)}</small> }
    });
    view! {
        <label class="list-row" data-helper=id.to_string()>
            <input type="radio" name=group.get_value() prop:checked=move || value.get() == Some(id)
                on:change=move |_| value.set(Some(id)) />
            <span class="grow"><b>{row.name}</b>" "<small class="sub">{aside}</small></span>
            {load}
        </label>
    }
}
