//! Who answers for how many households, by unit or by number, and for how many that are due. Nobody is ranked: it shows who
//! carries too much, who could take more, and where a visit waits.

use super::UnionPages;
use crate::{
    state::{
        desk::use_desk,
        place::{ListAsked, Page},
        reading::Reading,
        rights::Doing,
    },
    view::{helper_pick::MANY, showing::Shown, unit_pick::UnitPicker},
};
use domain::{id::UnitId, seat::Seat};
use leptos::prelude::*;
use protocol::seats::HelperLoad;
use ui::{
    notice::Empty,
    surface::{Pill, Tone},
    t, words,
};

/// What the list is sorted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sorted {
    ByUnit,
    MostFirst,
    FewestFirst,
    LateFirst,
}

/// The page.
#[component]
pub fn HelpersPage() -> impl IntoView {
    let desk = use_desk();
    let unit = Memo::new(move |_| desk.unit_of(desk.page.with(Page::unit)));
    let loads = Reading::<Vec<HelperLoad>>::turn(desk, move || {
        unit.get().map(|unit| format!("/api/helpers?unit={unit}"))
    });
    let empty = move || Page::list(unit.get(), "seats_empty").href();
    view! {
        <header class="page-header">
            <div class="grow"><h1>{t!(desk_forms.helpers())}</h1><p class="sub">{t!(desk_forms.helpers_intro())}</p></div>
            <UnitPicker />
        </header>
        <UnionPages />
        <p class="intro"><a class="link" href=empty>{t!(desk_forms.seats_empty_here())}" ›"</a></p>
        <Shown reading=loads let:loads><Loads loads unit=unit.get_untracked() /></Shown>
    }
}

#[component]
fn Loads(loads: Vec<HelperLoad>, unit: Option<UnitId>) -> impl IntoView {
    if loads.is_empty() {
        return view! { <Empty title=t!(desk_forms.no_helpers()) detail=t!(desk_forms.no_helpers_hint()) /> }
            .into_any();
    }
    let sorted = RwSignal::new(Sorted::ByUnit);
    let rows = move || {
        let mut loads = loads.clone();
        match sorted.get() {
            Sorted::ByUnit => {}
            Sorted::MostFirst => loads.sort_by_key(|load| std::cmp::Reverse(load.households)),
            Sorted::FewestFirst => loads.sort_by_key(|load| load.households),
            Sorted::LateFirst => loads.sort_by_key(|load| std::cmp::Reverse(load.late)),
        }
        loads.into_iter().map(|load| view! { <Row load unit /> }).collect_view()
    };
    let by = move |is: Sorted, word: &'static str| (sorted.get() == is).then_some(word);
    let by_number = move || {
        by(Sorted::MostFirst, "descending").or(by(Sorted::FewestFirst, "ascending")).unwrap_or("none")
    };
    let turn_number = move |_| {
        let most = sorted.get() == Sorted::MostFirst;
        sorted.set(if most { Sorted::FewestFirst } else { Sorted::MostFirst });
    };
    let seat = |seat: Seat| {
        view! { <th role="columnheader" scope="col" class="number">{move || words::domain().seat(seat)}</th> }
    };
    view! {
        <div class="table-place">
            <table class="table helpers" role="table">
                <thead role="rowgroup"><tr role="row">
                    <th role="columnheader" scope="col">{t!(desk_forms.person_name())}</th>
                    <th role="columnheader" scope="col" aria-sort=move || by(Sorted::ByUnit, "ascending").unwrap_or("none")>
                        <button type="button" on:click=move |_| sorted.set(Sorted::ByUnit)>{t!(desk.column_unit())}</button>
                    </th>
                    <th role="columnheader" scope="col" class="number" aria-sort=by_number>
                        <button type="button" data-sort="number" on:click=turn_number>{t!(desk_forms.households_held())}</button>
                    </th>
                    <th role="columnheader" scope="col" class="number" aria-sort=move || by(Sorted::LateFirst, "descending").unwrap_or("none")>
                        <button type="button" data-sort="late" on:click=move |_| sorted.set(Sorted::LateFirst)>{t!(desk_forms.show_late())}</button>
                    </th>
                    <th role="columnheader" scope="col">{t!(desk_forms.load_hint())}</th>
                    {Seat::ALL.map(seat).collect_view()}
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(load: HelperLoad, unit: Option<UnitId>) -> impl IntoView {
    let desk = use_desk();
    let in_scope = desk.tree.with_untracked(|tree| tree.get(load.unit).is_some());
    let reads = desk.may(Doing::ReadPeople) && in_scope;
    let hint = match load.households {
        0 => Some((words::desk_forms().no_household(), Tone::Plain)),
        many if many > MANY => Some((words::desk_forms().too_many(), Tone::Wait)),
        _ => None,
    };
    let for_a_while = (load.standing_in > 0)
        .then(|| view! { <small class="sub keep">{move || words::desk_forms().standing_in(load.standing_in)}</small> });
    let hint = hint.map(|(text, tone)| view! { <Pill text tone=Signal::stored(tone) /> });
    let name = load.name.clone();
    let signs_in_as = (load.sign_in_name != load.name && !load.sign_in_name.is_empty()).then(|| {
        let name = load.sign_in_name.clone();
        view! { <small class="sub signs-in-as">{move || words::shared().signs_in_as(&name)}</small> }
    });
    let title = if reads {
        view! { <a href=Page::Person(load.person).href()>{name}</a> }.into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    };
    let late = (load.late > 0).then(|| {
        let asked =
            ListAsked { unit, show: "late".to_owned(), helper: Some(load.person), ..ListAsked::default() };
        view! { <a class="link wait" data-late href=Page::Households(asked).href()>{load.late}</a> }
    });
    let seat = |(seat, count): (Seat, u32)| {
        let count = (count > 0).then_some(count);
        view! { <td role="cell" class="number sub" data-label=words::domain().seat(seat)>{count}</td> }
    };
    view! {
        <tr role="row" class:linked=reads data-helper=load.person.to_string()>
            <td role="cell" class="title">{title}{signs_in_as}</td>
            <td role="cell" class="sub">{load.unit_name}</td>
            <td role="cell" class="number keep" data-label=words::desk_forms().households_held()><b data-households>{load.households}</b></td>
            <td role="cell" class="number keep" data-label=words::desk_forms().show_late()>{late}</td>
            <td role="cell" class="keep">{hint}{for_a_while}</td>
            {Seat::ALL.into_iter().zip(load.seats).map(seat).collect_view()}
        </tr>
    }
}
