//! What becomes of households that the office knows already: each value that changes, from what to what and since when;
//! what the file says otherwise and does not change; and who is missing in it.

use super::{
    fold::{First, Fold},
    summary::part,
};
use crate::state::{
    desk::use_desk,
    place::Page,
    roster::{Roster, problem_list::ChangeTold},
};
use crate::view::saying::{self, value};
use domain::{
    day::Day,
    item::Item,
    observation::Standings,
    rules::Cause,
    slot::{Slot, Value},
};
use leptos::prelude::*;
use protocol::roster::{NamedHousehold, RowChange, TextChange, ValueChange};
use serde::de::DeserializeOwned;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use ui::{figures, t, words};

/// What changes.
#[component]
pub fn Changes(roster: Roster) -> impl IntoView {
    let changes = part(roster, |plan| Arc::new(plan.changes.clone()));
    let (today, day) = days(roster);
    let only = RwSignal::new(None::<String>);
    let sorts = Memo::new(move |_| changes.with(|all| sorts(all)));
    // A sort that is gone with a new look narrows nothing any more.
    let narrowed =
        Memo::new(move |_| only.get().filter(|only| sorts.read().iter().any(|(sort, _)| sort == only)));
    let shown = Memo::new(move |_| {
        let mut shown: Vec<RowChange> = changes.read().to_vec();
        if let Some(only) = narrowed.get() {
            shown.retain(|change| sorts_of(change).contains(&only));
        }
        shown.sort_by_key(is_kept_alone);
        Arc::new(shown)
    });
    let pill = move |(sort, count): (String, usize)| {
        let (own, said) = (sort.clone(), sort.clone());
        let pressed = move || (narrowed.read().as_ref() == Some(&own)).to_string();
        let words = move || format!("{} {count}", words_of(&said));
        view! { <button type="button" class="pill pressable" aria-pressed=pressed on:click=move |_| only.set(Some(sort.clone()))>{words}</button> }
    };
    let pills = move || {
        (sorts.read().len() > 1).then(|| {
            view! {
                <div class="toolbar narrow" role="group" data-changes-narrow>
                    <button type="button" class="pill pressable" aria-pressed=move || narrowed.read().is_none().to_string() on:click=move |_| only.set(None)>
                        {move || words::roster_desk().all_changes(changes.read().len())}
                    </button>
                    {sorts.get().into_iter().map(pill).collect_view()}
                </div>
            }
        })
    };
    view! {
        {pills}
        <First all=shown draw=move |all| lines(all, today, day.get(), true) />
    }
}

/// A slot before its own word, so that no column is taken for one.
const SLOT: &str = "slot:";

/// What changes of a household, each sort once.
fn sorts_of(change: &RowChange) -> BTreeSet<String> {
    let of_value = |one: &ValueChange| format!("{SLOT}{}", one.slot.item().code());
    let texts = change.texts.iter().filter(|one| !one.stays).map(|one| one.what.clone());
    change.values.iter().map(of_value).chain(texts).collect()
}

/// The sorts of changes, each with how many households it is of; what is of the fewest first: it is what is looked for.
fn sorts(all: &[RowChange]) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for sort in all.iter().flat_map(sorts_of) {
        *counted.entry(sort).or_default() += 1;
    }
    let mut counted: Vec<(String, usize)> = counted.into_iter().collect();
    counted.sort_by_key(|(_, count)| *count);
    counted
}

/// Whether nothing changes but columns that are not read: these stand last.
fn is_kept_alone(change: &RowChange) -> bool {
    sorts_of(change).iter().all(|sort| sort.starts_with("kept:"))
}

fn words_of(sort: &str) -> String {
    let item = sort.strip_prefix(SLOT).and_then(code_of::<Item>);
    item.map_or_else(|| title(sort), |item| words::domain().item(item).to_owned())
}

/// What does not change, and who is missing.
#[component]
pub fn StaysAndMissing(roster: Roster) -> impl IntoView {
    let stays = part(roster, |plan| Arc::new(plan.stays.clone()));
    let missing = part(roster, |plan| Arc::new(plan.missing.clone()));
    let (today, day) = days(roster);
    let staying = move || {
        (!stays.read().is_empty()).then(|| {
            view! {
                <Fold title=move || words::roster_desk().stays(stays.read().len())>
                    <p class="sub">{t!(roster_desk.stays_why())}</p>
                    <First all=stays draw=move |all| lines(all, today, day.get(), false) />
                </Fold>
            }
        })
    };
    let gone = move || {
        (!missing.read().is_empty()).then(|| {
            view! {
                <Fold title=move || words::roster_desk().missing(missing.read().len())>
                    <p class="sub">{t!(roster_desk.missing_why())}</p>
                    <First all=missing draw=named_lines />
                </Fold>
            }
        })
    };
    let any = Memo::new(move |_| !stays.read().is_empty() || !missing.read().is_empty());
    move || any.get().then(|| view! { <section class="card list folds" data-stays>{staying}{gone}</section> })
}

/// The union's day, and the roster's.
fn days(roster: Roster) -> (Day, Memo<Option<Day>>) {
    (use_desk().today(), Memo::new(move |_| roster.plan().map(|plan| plan.day)))
}

/// What changes, a line each, for the file that is saved.
pub fn told(changes: &[RowChange], today: Day) -> Vec<ChangeTold> {
    let none = Standings::new();
    let of_value = |one: &ValueChange| {
        let (subject, was, says) = match &one.was {
            Some(was) => {
                let value::Difference { subject, before, after } = value::difference(was, &one.says, &none);
                (subject, before, after)
            }
            None => {
                (String::new(), words::desk().not_said().to_owned(), value::line(&one.says, &none, today))
            }
        };
        (slot_title(one.slot, one.was.as_ref(), &one.says, &subject), was, says)
    };
    let of_text =
        |one: &TextChange| (title(&one.what), said(&one.what, &one.was), said(&one.what, &one.says));
    let of_row = |change: &RowChange| {
        let texts = change.texts.iter().filter(|one| !one.stays);
        let parts = change.values.iter().map(of_value).chain(texts.map(of_text));
        let (row, name) = (change.row, change.name.clone());
        parts
            .map(|(what, was, says)| ChangeTold { row, name: name.clone(), what, was, says })
            .collect::<Vec<_>>()
    };
    changes.iter().flat_map(of_row).collect()
}

fn lines(all: Vec<RowChange>, today: Day, day: Option<Day>, changes: bool) -> impl IntoView {
    let line = move |change: RowChange| {
        let value = move |one: ValueChange| view! { <Changed one today day changes /> };
        let text = |one: TextChange| view! { <Text one /> };
        view! {
            <li class="list-row change">
                <span class="grow">
                    <a class="link" href=Page::Household(change.household).href() target="_blank">{change.name}</a>
                    <dl class="old-new">
                        {change.values.into_iter().map(value).collect_view()}
                        {change.texts.into_iter().map(text).collect_view()}
                    </dl>
                </span>
                <span class="sub keep">{move || words::roster().row_alone(change.row)}</span>
            </li>
        }
    };
    view! { <ul class="plain-list">{all.into_iter().map(line).collect_view()}</ul> }
}

/// One value: 原来 → 表里, each with its day.
#[component]
fn Changed(one: ValueChange, today: Day, day: Option<Day>, changes: bool) -> impl IntoView {
    let ValueChange { slot, was, was_day, says, rivals } = one;
    let none = Standings::new();
    let (subject, old, new) = match &was {
        Some(was) => {
            let value::Difference { subject, before, after } = value::difference(was, &says, &none);
            (subject, before, after)
        }
        None => (String::new(), words::desk().not_said().to_owned(), value::line(&says, &none, today)),
    };
    let observed = move |day: Option<Day>| day.map(|day| figures::short_day(day, today)).unwrap_or_default();
    let old = view! { <span class="cell">{old}" "<small class="sub keep">{observed(was_day)}</small></span> };
    let new = view! { <span class="cell">{new}" "<small class="sub keep">{observed(day)}</small></span> };
    let both = rivals.then(|| view! { <small class="wait">{t!(roster_desk.becomes_rivals())}</small> });
    // What stays stands last: the eye rests on what will be there.
    let sides = match changes {
        true => view! { <dd>{old}<span aria-hidden="true">"→"</span><b>{new}</b>{both}</dd> }.into_any(),
        false => view! { <dd><b>{old}</b><span class="sub">{t!(roster_desk.file_says())}</span>{new}</dd> }
            .into_any(),
    };
    let title = move || slot_title(slot, was.as_ref(), &says, &subject);
    view! { <dt>{title}</dt>{sides} }
}

/// What a change is of. Of a name of which only one thing beside the name itself is otherwise, it is that.
fn slot_title(slot: Slot, was: Option<&Value>, says: &Value, subject: &str) -> String {
    let field = match (was, says) {
        (Some(Value::Name(was)), Value::Name(says)) if was.text == says.text => {
            let differ = [
                ("born", was.born != says.born),
                ("sex", was.sex != says.sex),
                ("work_number", was.work_number != says.work_number),
            ];
            let mut differ = differ.into_iter().filter(|(_, differs)| *differs);
            differ.next().filter(|_| differ.next().is_none()).map(|(field, _)| field)
        }
        _ => None,
    };
    match field {
        Some(field) => words::roster().field(field).to_owned(),
        None => format!("{} {subject}", saying::slot(slot)).trim_end().to_owned(),
    }
}

/// Something beside the six.
#[component]
fn Text(one: TextChange) -> impl IntoView {
    let TextChange { what, was, says, stays } = one;
    let (old, new) = (said(&what, &was), said(&what, &says));
    if stays {
        return view! {
            <dt>{title(&what)}</dt>
            <dd><b class="cell">{old}</b><span class="sub">{t!(roster_desk.file_says())}</span><span class="cell">{new}</span>
                <small class="wait">{t!(roster_desk.said_since())}</small></dd>
        }
        .into_any();
    }
    let old = (what != "id_number")
        .then(|| view! { <span class="cell">{old}</span><span aria-hidden="true">"→"</span> });
    view! { <dt>{title(&what)}</dt><dd>{old}<b class="cell">{new}</b></dd> }.into_any()
}

fn said(what: &str, texts: &[String]) -> String {
    let text = |text: &String| if what == "causes" { cause(text) } else { text.clone() };
    let texts: Vec<String> = texts.iter().map(text).collect();
    if texts.is_empty() { words::desk().not_said().to_owned() } else { texts.join("、") }
}

fn title(what: &str) -> String {
    // A column that is not read goes by its own name.
    if let Some(header) = what.strip_prefix("kept:") {
        return header.to_owned();
    }
    let field = match what {
        "unit" => return words::roster_desk().unit().to_owned(),
        "causes" => return words::roster_desk().cause().to_owned(),
        other => other,
    };
    words::roster().field(field).to_owned()
}

fn cause(code: &str) -> String {
    code_of::<Cause>(code).map_or_else(|| code.to_owned(), |cause| words::domain().cause(cause).to_owned())
}

fn code_of<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(code.into()).ok()
}

/// Households, a line each.
pub fn named_lines(all: Vec<NamedHousehold>) -> impl IntoView {
    let line = |one: NamedHousehold| {
        let name = match one.household {
            Some(id) => {
                view! { <a class="link" href=Page::Household(id).href() target="_blank">{one.name}</a> }
                    .into_any()
            }
            None => view! { <span>{one.name}</span> }.into_any(),
        };
        view! { <li class="list-row"><span class="grow">{name}" "<span class="sub">{one.unit}" "{one.address}</span></span></li> }
    };
    view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }
}
