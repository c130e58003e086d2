//! Words of the file that were taken for others: those that nobody knows, for a person to name; and all others in a list, so
//! that nothing is taken silently.

use super::{
    fold::{First, Fold},
    summary::part,
};
use crate::state::roster::{
    Roster,
    columns::{Named, categories_asked, categories_open, renamed},
};
use leptos::prelude::*;
use protocol::roster::{WordRead, WordSort};
use std::sync::Arc;
use ui::{t, words};

/// What the list to choose from says for none, and for nothing said; no category is named so.
const NONE: &str = "\u{1}";

/// Categories that nobody knows: which are they?
#[component]
pub fn CategoriesAsked(roster: Roster) -> impl IntoView {
    let all = part(roster, |plan| Arc::new(plan.words.clone()));
    let asked = Memo::new(move |_| all.with(|all| categories_asked(all)));
    let any = Memo::new(move |_| !asked.read().is_empty());
    let open = Memo::new(move |_| roster.mapping.with(|mapping| categories_open(mapping, &all.read()) > 0));
    let line = move |(written, cells): (String, u32)| view! { <Ask roster written cells /> };
    move || {
        any.get().then(|| {
            view! {
                <section class="card" class:wait=open data-categories-asked>
                    <h2 class="row">{move || open.get().then(super::mark)}<span>{t!(roster_desk.categories_title())}</span></h2>
                    <p>{t!(roster_desk.categories_why())}</p>
                    <ul class="plain-list"><For each=move || asked.get() key=|asked| asked.clone() children=line /></ul>
                </section>
            }
        })
    }
}

#[component]
fn Ask(roster: Roster, written: String, cells: u32) -> impl IntoView {
    let categories = part(roster, |plan| plan.categories.clone());
    let own = written.clone();
    let said = Memo::new(move |_| {
        roster.mapping.with(|mapping| {
            let word = mapping.categories.iter().find(|word| word.written == own)?;
            Some(word.is.clone().unwrap_or_else(|| NONE.to_owned()))
        })
    });
    let of_pick = written.clone();
    let pick = move |value: String| {
        let is = match value.as_str() {
            "" => Named::NotSaid,
            NONE => Named::No,
            _ => Named::Category(value),
        };
        roster.name_category(&of_pick, is);
    };
    let option = move |name: String| {
        let (own, value) = (name.clone(), name.clone());
        view! { <option value=value prop:selected=move || said.read().as_ref() == Some(&own)>{name}</option> }
    };
    let (of_label, shown) = (written.clone(), written);
    view! {
        <li class="list-row ask-word">
            <span class="grow"><b class="name-long">{shown}</b>" "<span class="sub">{move || words::roster_desk().places(cells as usize)}</span></span>
            <select class="unit-picker" aria-label=move || words::roster_desk().category_is(&of_label) on:change:target=move |event| pick(event.target().value())>
                <option value="" prop:selected=move || said.read().is_none()>{t!(roster_desk.category_not_said())}</option>
                <option value=NONE prop:selected=move || said.read().as_deref() == Some(NONE)>{t!(roster_desk.category_none())}</option>
                {move || categories.get().into_iter().map(option).collect_view()}
            </select>
        </li>
    }
}

/// A line of the list: what stands there, what it was taken for, how often.
#[derive(Clone, PartialEq)]
struct Taken {
    sort: &'static str,
    written: String,
    is: String,
    count: String,
}

/// Everything that was taken for something else.
#[component]
pub fn ReadAs(roster: Roster) -> impl IntoView {
    let words_read = part(roster, |plan| Arc::new(plan.words.clone()));
    let all = Memo::new(move |_| {
        let columns = roster.mapping.with(renamed).into_iter().map(|(written, field)| Taken {
            sort: words::roster_desk().column(),
            written,
            is: words::roster().field(&field).to_owned(),
            count: String::new(),
        });
        let of_words = words_read.with(|all| all.iter().filter_map(taken).collect::<Vec<_>>());
        Arc::new(of_words.into_iter().chain(columns).collect::<Vec<_>>())
    });
    let any = Memo::new(move |_| !all.read().is_empty());
    move || {
        any.get().then(|| {
            view! {
                <section class="card list folds" data-read-as>
                    <Fold title=move || words::roster_desk().read_as(all.read().len())>
                        <p class="sub">{t!(roster_desk.read_as_why())}</p>
                        <First all draw=lines />
                    </Fold>
                </section>
            }
        })
    }
}

fn taken(word: &WordRead) -> Option<Taken> {
    let is = word.is.clone()?;
    let (sort, is) = match word.sort {
        WordSort::Category => (words::roster().field("category"), is),
        WordSort::Cause => {
            let cause = serde_json::from_value(is.clone().into()).ok();
            let said = cause.map(|cause| words::domain().cause(cause).to_owned());
            (words::roster_desk().cause(), said.unwrap_or(is))
        }
        WordSort::Helper => (words::roster_desk().without_telephone(), is),
    };
    let count = words::roster_desk().places(word.cells as usize);
    Some(Taken { sort, written: word.written.clone(), is, count })
}

fn lines(all: Vec<Taken>) -> impl IntoView {
    let line = |one: Taken| {
        view! {
            <li><span class="sub">{one.sort}</span>" "<b class="name-long">{one.written}</b>" "<span class="sub">{t!(roster_desk.is_read_as())}</span>" "{one.is}" "<small class="sub">{one.count}</small></li>
        }
    };
    view! { <ul class="names">{all.into_iter().map(line).collect_view()}</ul> }
}
