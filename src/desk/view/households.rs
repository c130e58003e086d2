//! A list of households: the list behind every count, searched and turned page by page.

use super::{household_table::HouseholdTable, showing::Shown, unit_pick::UnitPicker};
use crate::state::{
    desk::{Desk, use_desk},
    history,
    place::{ListAsked, PAGE_SIZE, Page},
    reading::Reading,
    rights::Doing,
};
use domain::item::{Item, ItemState};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use protocol::office::{HouseholdList, Show};
use std::time::Duration;
use ui::{
    fields::text::{TextField, TextKind},
    icon::{Icon, IconMark},
    notice::Empty,
    t, words,
};

/// How long typing has to rest before it is looked up.
const REST: Duration = Duration::from_millis(250);

/// The page.
#[component]
pub fn HouseholdsPage() -> impl IntoView {
    let desk = use_desk();
    let asked = Memo::new(move |_| desk.page.with(asked_of));
    let unit = Memo::new(move |_| desk.unit_of(asked.get().unit));
    let list =
        Reading::<HouseholdList>::turn(desk, move || unit.get().map(|unit| asked.get().question(unit)));
    let title = move || show_words(&asked.get().show);
    let total = move || list.value.read().as_ref().map(|list| words::desk().households(list.total));
    let of_helper = move || {
        let asked = asked.get();
        asked.helper?;
        let name = list.value.read().as_ref().map(|list| list.helper_name.clone()).unwrap_or_default();
        let everybodys = Page::Households(ListAsked { helper: None, page: 0, ..asked }).href();
        Some(view! { <OfHelper name everybodys /> })
    };
    let may_add = Memo::new(move |_| desk.may_in(Doing::Keep, unit.get()));
    let add = move || {
        may_add.get().then(|| {
            let href = Page::NewHousehold(asked.get().unit).href();
            view! { <a class="button main" href=href><IconMark icon=Icon::Plus />{t!(desk.new_household())}</a> }
        })
    };
    view! {
        <header class="page-header">
            <div class="grow"><h1>{title}</h1><p class="sub" data-total>{total}{of_helper}</p></div>
            <UnitPicker />
        </header>
        <Search>{add}</Search>
        <Shown reading=list let:list>
            <ListPage list asked=asked.get_untracked() />
        </Shown>
    }
}

/// Whose households these are, as far as the name is told, and the way to everybody's.
#[component]
fn OfHelper(name: String, everybodys: String) -> impl IntoView {
    let whose = move || {
        let words = words::desk_forms();
        if name.is_empty() { words.of_one_helper().to_owned() } else { words.of_helper(&name) }
    };
    view! {
        <span data-of-helper>{words::DOT}{whose}" "<a class="link keep" href=everybodys>{t!(desk_forms.of_everybody())}</a></span>
    }
}

fn asked_of(page: &Page) -> ListAsked {
    match page {
        Page::Households(asked) => asked.clone(),
        _ => ListAsked::default(),
    }
}

/// Goes on in the same list; what is typed leaves no trail of steps to go back through.
fn ask(desk: Desk, change: impl FnOnce(&mut ListAsked)) {
    let mut asked = desk.page.with_untracked(asked_of);
    asked.page = 0;
    change(&mut asked);
    history::replace(desk.page, &Page::Households(asked));
}

#[component]
fn Search(children: Children) -> impl IntoView {
    let desk = use_desk();
    let asked = move || desk.page.with(asked_of);
    let typed_words = RwSignal::new(untrack(asked).search);
    let resting = StoredValue::new(None::<TimeoutHandle>);
    let typed = move |text: String| {
        typed_words.set(text);
        if let Some(earlier) = resting.get_value() {
            earlier.clear();
        }
        let look_up = move || {
            let search = typed_words.try_get_untracked().unwrap_or_default().trim().to_owned();
            if matches!(desk.page.get_untracked(), Page::Households(_)) {
                ask(desk, |asked| asked.search = search);
            }
        };
        resting.set_value(set_timeout_with_handle(look_up, REST).ok());
    };
    let line = move |(word, words): (String, String)| {
        let own = word.clone();
        let selected = move || asked().show == own;
        view! { <option value=word prop:selected=selected>{words}</option> }
    };
    let options = move || {
        let now = asked().show;
        let mut shows = offered();
        if !shows.contains(&now) {
            shows.push(now);
        }
        let named = shows.into_iter().map(|show| {
            let words = if show.is_empty() { words::desk().show_all().to_owned() } else { show_words(&show) };
            (show, words)
        });
        named.map(line).collect_view()
    };
    view! {
        <div class="toolbar" role="search">
            <div class="search grow">
                <IconMark icon=Icon::Search />
                <TextField label=t!(desk.search_label()) value=typed_words on_input=typed kind=TextKind::Search longest=60
                    placeholder=t!(desk.search_hint()) />
            </div>
            <select class="unit-picker show-picker" aria-label=t!(desk.which())
                on:change:target=move |event| ask(desk, |asked| asked.show = event.target().value())>
                {options}
            </select>
            {children()}
        </div>
    }
}

/// What a list can be narrowed to.
fn offered() -> Vec<String> {
    let by_visit = [
        "",
        "overdue",
        "never_visited_due",
        "late",
        "on_time",
        "not_yet_due",
        "needs",
        "seats_empty",
        "without_category",
        "numbers_odd",
    ];
    let by_item = Item::ALL.into_iter().flat_map(|item| {
        ["lacking", "unknown", "stale", "rivals"].map(|state| format!("{}.{state}", item.code()))
    });
    by_visit.into_iter().map(str::to_owned).chain(by_item).collect()
}

/// What a list shows, in words.
fn show_words(show: &str) -> String {
    use domain::coverage::DueState;
    let words = words::desk();
    match Show::parse(show) {
        Show::All => words.households_title().to_owned(),
        Show::Due(DueState::OnTime) => words.show_on_time().to_owned(),
        Show::Due(DueState::Overdue) => words.overdue().to_owned(),
        Show::Due(DueState::NeverVisitedDue) => words.never_visited().to_owned(),
        Show::Due(DueState::NotYetDue) => words.not_yet_due().to_owned(),
        Show::Late => words::desk_forms().show_late().to_owned(),
        Show::NumbersOdd => words.numbers_odd().to_owned(),
        Show::SeatsEmpty => words.seats_empty().to_owned(),
        Show::WithoutCategory => words.without_category().to_owned(),
        Show::Needs => words.needs_open().to_owned(),
        Show::Lacking(item) => words.item_is(words::domain().item(item), words.lacking()),
        Show::Item(item, state) => words.item_is(words::domain().item(item), item_state(state)),
    }
}

fn item_state(state: ItemState) -> &'static str {
    words::domain().item_state(state)
}

/// One page of the list, and the way to the others.
#[component]
fn ListPage(list: HouseholdList, asked: ListAsked) -> impl IntoView {
    let HouseholdList { total, today, households, .. } = list;
    if households.is_empty() {
        let searched = !asked.search.is_empty();
        let all = asked.show.is_empty();
        let title = move || match (searched, all) {
            (true, _) => words::desk().nothing_found(),
            (false, true) => words::desk().no_households(),
            (false, false) => words::desk().nobody_in_list(),
        };
        let detail = move || if searched { words::desk().nothing_found_hint() } else { "" };
        return view! { <Empty title detail /> }.into_any();
    }
    let first = asked.page * PAGE_SIZE + 1;
    let last = first + u32::try_from(households.len()).unwrap_or(PAGE_SIZE) - 1;
    let turned = |page: u32| Page::Households(ListAsked { page, ..asked.clone() }).href();
    let back = (asked.page > 0).then(|| turned(asked.page - 1));
    let on = (last < total).then(|| turned(asked.page + 1));
    view! {
        <HouseholdTable rows=households today why=asked.show == "seats_empty" />
        <nav class="pages" aria-label=t!(desk.pages())>
            {back.map(|href| view! { <a class="button" rel="prev" href=href>{t!(desk.page_back())}</a> })}
            <span class="sub">{move || words::desk().from_to_of(first, last, total)}</span>
            {on.map(|href| view! { <a class="button" rel="next" href=href>{t!(desk.page_on())}</a> })}
        </nav>
    }
    .into_any()
}
