//! The file itself: category, causes, and the six as of a day; or one of the six alone. Used for a household that has a file;
//! a new one adds its unit and its seats, see `new`.

use super::reply::day_missing;
use crate::{
    state::{desk::use_desk, reading::Reading, sending::Sending, six_draft::SixDraft},
    view::form::{
        Beside, FormEnd,
        causes::Causes,
        id_number,
        later::say_or_later,
        six::{FamilyFields, ItemFields, WhoFields},
    },
};
use domain::{
    entry::{Act, Register},
    id::CategoryId,
    item::Item,
    rules::{Category, Cause},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::HouseholdFile;
use serde_json::Map;
use ui::{
    fields::{choice::Choice, date::DateField},
    t, words,
};

/// The form.
#[component]
pub fn RegisterForm(file: HouseholdFile, only: Option<Item>, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let card = file.card;
    let (household, unit, since) = (card.household, card.unit, card.since);
    let category = RwSignal::new(Some(card.category));
    let causes = RwSignal::new(Some(card.causes));
    let draft = RwSignal::new(SixDraft::of(&card.standings));
    let day = RwSignal::new(Some(desk.today()));
    let id_typed = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let standings = StoredValue::new(card.standings);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let (Some(day), Some(unit), None) = (day.get(), unit, missing_of(&draft.get(), only)) else { return };
        let (Some(category), Some(causes)) = (category.get(), causes.get()) else { return };
        if id_number::problem(tried, id_typed).is_some() {
            return;
        }
        let register = Register {
            day,
            unit,
            category,
            causes,
            id_number: id_number::number(id_typed),
            stated: standings.with_value(|standings| draft.get().stated(standings)),
            rest: Map::new(),
        };
        sending.acts(vec![(household, Act::Register(register))], move || {
            desk.say(words::shared().saved());
            on_done.run(());
        });
    };
    let missing = Signal::derive(move || {
        let six = move || tried.get().then(|| missing_of(&draft.get(), only)).flatten();
        day_missing(tried, day)
            .get()
            .or_else(|| unsaid(tried, category, causes))
            .or_else(six)
            .or_else(|| id_number::problem(tried, id_typed))
    });
    view! {
        <form class="stack" on:submit=submit novalidate>
            {match only {
                Some(item) => view! { <ItemFields item draft id_number=id_typed tried has_file=true /> }.into_any(),
                None => view! {
                    <div class="fields"><CategoryChoice category tried /><Causes causes tried /></div>
                    <WhoFields draft id_number=id_typed tried has_file=true />
                    <FamilyFields draft tried />
                }
                .into_any(),
            }}
            <DateField label=t!(desk.as_of()) value=day on_input=move |picked| day.set(picked)
                first=Signal::stored(Some(since)) last=Signal::stored(Some(desk.today())) hint=t!(desk.as_of_hint()) />
            <FormEnd sending label=t!(shared.save()) missing />
        </form>
    }
}

/// Which items keep the form from being saved, in words.
pub fn six_missing(draft: &SixDraft) -> Option<String> {
    missing_of(draft, None)
}

/// The same of a form that shows one item alone.
fn missing_of(draft: &SixDraft, only: Option<Item>) -> Option<String> {
    let wrong = draft.wrong().into_iter().filter(|item| only.is_none_or(|only| only == *item));
    let names: Vec<&str> = wrong.map(|item| words::domain().item(item)).collect();
    (!names.is_empty()).then(|| words::desk().look_at(&words::shared().list(&names)))
}

/// Which of category and main cause nothing was said of, in words, once the form was tried.
pub fn unsaid(
    tried: RwSignal<bool>,
    category: RwSignal<Option<Option<CategoryId>>>,
    causes: RwSignal<Option<Vec<Cause>>>,
) -> Option<String> {
    let words = words::desk();
    let lacks =
        [(category.read().is_none(), words.column_category()), (causes.read().is_none(), words.main_cause())];
    let names: Vec<&str> = lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, name)| name).collect();
    (tried.get() && !names.is_empty()).then(|| words.look_at(&words::shared().list(&names)))
}

/// One of the union's categories, or said to be decided later. None = nothing was said.
#[component]
pub fn CategoryChoice(
    category: RwSignal<Option<Option<CategoryId>>>,
    tried: RwSignal<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let categories = Reading::<Vec<Category>>::follow(desk, || Some("/api/categories".to_owned()));
    let options = Signal::derive(move || {
        let mut rows = categories.value.get().unwrap_or_default();
        rows.retain(|row| !row.closed || category.get().flatten() == Some(row.id));
        rows.sort_by_key(|row| row.position);
        let named = rows.into_iter().map(|row| (Some(row.id), row.name));
        named.chain([(None, words::desk().decide_later().to_owned())]).collect::<Vec<_>>()
    });
    let failed = move || categories.trouble.get().map(|trouble| crate::view::saying::trouble(&trouble));
    view! {
        <Beside wrong=say_or_later(tried, Signal::derive(move || category.get()))>
            <Choice label=t!(desk.column_category()) options value=category on_pick=move |picked| category.set(picked) />
        </Beside>
        {move || failed().map(|words| view! { <p class="form-problem" role="alert">{words}</p> })}
    }
}
