//! One household's file: the six with who said it and when, who answers for it, what was asked, what
//! every visit changed. What may be done about it opens as a sheet over the page.

use super::{
    household_table::LastVisit,
    saying,
    showing::{Outline, Shown},
};
use crate::state::{
    desk::use_desk,
    place::{Page, TodoKind},
    reading::Reading,
    rights::Doing,
};
use domain::{day::Day, visit::Consent};
use leptos::prelude::*;
use protocol::office::HouseholdFile;
use ui::{
    figures,
    icon::{Icon, IconMark},
    notice::Banner,
    surface::Tone,
    t, words,
};

pub mod acts;
mod assign;
mod erase;
pub mod judge;
mod known;
mod merge;
mod merged;
mod move_unit;
pub mod new;
mod other_file;
pub mod pairs;
pub mod register;
pub mod reply;
pub mod seat_choices;
mod seats;
mod settle;
pub mod similar;
pub mod take_up;
mod visits;
pub mod waiting;
mod withdrawn;
mod written;

use acts::{Opened, Sheets};

/// The page.
#[component]
pub fn HouseholdPage() -> impl IntoView {
    let desk = use_desk();
    let id = Memo::new(move |_| match desk.page.get() {
        Page::Household(id) => Some(id),
        _ => None,
    });
    let file =
        Reading::<HouseholdFile>::follow(desk, move || id.get().map(|id| format!("/api/households/{id}")));
    let opened = RwSignal::new(None::<Opened>);
    view! {
        <Shown reading=file outline=Outline::CardAndRows let:file>
            <File file opened />
        </Shown>
        <Sheets opened />
    }
}

/// What stands above the six: what one came for, where one came from a list of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Six,
    Needs,
    Alerts,
}

impl First {
    const fn of(from: &Page) -> Self {
        match from {
            Page::TodoList(TodoKind::Needs | TodoKind::Untold, _) => Self::Needs,
            Page::TodoList(TodoKind::Alerts, _) => Self::Alerts,
            _ => Self::Six,
        }
    }
}

#[component]
fn File(file: HouseholdFile, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let unit = file.card.unit;
    let proposed = file.card.proposed;
    // A household that is only proposed is approved first, under To do.
    let keeps = !proposed && desk.may_in(Doing::Keep, unit);
    let decides = !proposed && desk.may_in(Doing::Decide, unit);
    let answers = desk.may_in(Doing::Answer, unit);
    let file = StoredValue::new(file);
    let first = First::of(&desk.back.get_untracked());
    let needs = move || view! { <waiting::Needs file answers opened /> };
    let alerts = move || view! { <waiting::Alerts file answers opened /> };
    view! {
        <Head file keeps opened />
        {proposed.then(|| view! { <Banner text=t!(desk.is_proposed()) tone=Tone::Wait icon=Icon::Warning /> })}
        <merged::Merged file keeps opened />
        <div class="columns file">
            <div>
                {(first == First::Needs).then(needs)}
                {(first == First::Alerts).then(alerts)}
                <known::Six file keeps decides opened />
                {(first != First::Needs).then(needs)}
                {(first != First::Alerts).then(alerts)}
            </div>
            <div>
                <seats::Seats file keeps opened />
                <written::Written file />
                <visits::Visits file keeps decides opened />
                <waiting::Waiting file decides opened />
                {keeps.then(|| view! { <erase::EraseFile file opened /> })}
            </div>
        </div>
    }
}

/// What the family said when the notice was read out to them, and when.
#[component]
fn Consented(consent: Option<(Day, Consent)>, visited: bool, today: Day) -> impl IntoView {
    let is_odd = consent.as_ref().map_or(visited, |(_, consent)| !consent.given);
    let said = move || {
        let words = words::desk_forms();
        match &consent {
            None => words.consent_unasked().to_owned(),
            Some((day, Consent { notice, given: true })) => {
                words.consent_given(&figures::short_day(*day, today), *notice)
            }
            Some((day, Consent { notice, given: false })) => {
                words.consent_refused(&figures::short_day(*day, today), *notice)
            }
        }
    };
    view! { <span class="keep" class:wait=is_odd data-consent>{said}</span> }
}

/// As the phone counts: to the day on which the family expects somebody, where that comes first.
fn expected(due: Day, promised: Option<Day>) -> Day {
    promised.map_or(due, |promised| promised.min(due))
}

/// Who it is and where it stands, and what may be done.
#[component]
fn Head(file: StoredValue<HouseholdFile>, keeps: bool, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let (name, category, unit_name) = file.with_value(|file| {
        let name = saying::worker_name(&file.card.standings);
        (name, file.category_name.clone(), file.card.unit_name.clone())
    });
    let id_tail = file.with_value(|file| file.id_tail.clone());
    let written = file.with_value(|file| file.written.as_ref().map(|written| written.category.clone()));
    let no_category = move || match written.as_deref() {
        None | Some("") => words::desk().without_category().to_owned(),
        Some(text) => words::desk().category_written(text),
    };
    let (due_state, due, last_visit, today) =
        file.with_value(|file| (file.due_state, file.due, file.card.last_visit, file.today));
    let (promised, consent) = file.with_value(|file| (file.card.promised(), file.card.consent.clone()));
    let due = expected(due, promised);
    let causes = move || {
        let name = |cause: &domain::rules::Cause| words::domain().cause(*cause);
        file.with_value(|file| file.card.causes.iter().map(name).collect::<Vec<_>>().join(words::DOT))
    };
    let since = move || file.with_value(|file| words::desk().file_since(&file.card.since.to_string()));
    let has_category = !category.is_empty();
    let title = move || if name.is_empty() { words::desk().without_name().to_owned() } else { name.clone() };
    view! {
        <header class="page-header">
            <a class="icon-button" href=move || desk.back.with(Page::href) aria-label=t!(shared.back())><IconMark icon=Icon::Back /></a>
            <div class="grow">
                <h1>{title}</h1>
                <p class="row sub">
                    {if has_category {
                        view! { <span class="chip">{category}</span> }.into_any()
                    } else {
                        view! { <span class="wait">{no_category}</span> }.into_any()
                    }}
                    <span>{unit_name}</span>
                    {(!id_tail.is_empty()).then(|| view! { <span class="keep" data-id-tail>{move || words::desk().id_number_ends_in(&id_tail)}</span> })}
                    <LastVisit due_state due last_visit today />
                    {promised.map(|on| view! {
                        <span class="keep wait" data-promised>{move || words::domain().promised(&figures::short_day(on, today))}</span>
                    })}
                    <span>{causes}</span>
                    <span class="keep">{since}</span>
                    <Consented consent visited=last_visit.is_some() today />
                </p>
            </div>
            {keeps.then(|| view! {
                <div class="row no-print">
                    <button type="button" class="button" on:click=move |_| opened.set(Some(Opened::Register(file.get_value(), None)))>
                        <IconMark icon=Icon::Pencil />{t!(desk.edit_file())}
                    </button>
                    <button type="button" class="button" on:click=move |_| opened.set(Some(Opened::Move(file.get_value())))>
                        {t!(desk.move_unit())}
                    </button>
                    <button type="button" class="button" on:click=move |_| opened.set(Some(Opened::Merge(file.get_value())))>
                        {t!(desk_forms.merge_files())}
                    </button>
                </div>
            })}
        </header>
    }
}

#[cfg(test)]
mod tests {
    use super::expected;
    use domain::day::Day;

    #[test]
    fn the_days_are_counted_to_what_comes_first() {
        let [soon, late] = [100, 130].map(Day::from_number);
        for (due, promised, day) in [(late, None, late), (late, Some(soon), soon), (soon, Some(late), soon)] {
            assert_eq!(expected(due, promised), day);
        }
    }
}
