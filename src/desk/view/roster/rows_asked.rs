//! Rows that may be a household on file, or that of an earlier row: the row and each candidate side by side, and a person
//! says.

use crate::state::{
    place::Page,
    roster::{
        Roster,
        answers::{AskedRow, RowIs},
    },
};
use leptos::prelude::*;
use protocol::roster::{NamedHousehold, RosterRepeat, RowQuestion};
use std::sync::Arc;
use ui::{t, words};

use super::fold::{First, QUESTIONS};

/// The section; nothing while nothing is asked.
#[component]
pub fn RowsAsked(roster: Roster) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let questions = |row: &AskedRow| row.question.clone();
        Arc::new(roster.answers.with(|answers| answers.rows().iter().map(questions).collect::<Vec<_>>()))
    });
    let draw = move |questions: Vec<RowQuestion>| {
        let card = move |question: RowQuestion| view! { <Card roster question /> };
        view! { <ul class="asked">{questions.into_iter().map(card).collect_view()}</ul> }
    };
    let any = Memo::new(move |_| !asked.read().is_empty());
    move || {
        any.get().then(|| {
            view! {
                <section class="card wait" data-rows-asked>
                    <h2 class="row">{super::mark()}<span>{t!(roster_desk.rows_title())}" ("{move || asked.read().len()}")"</span></h2>
                    <p>{t!(roster_desk.rows_why())}</p>
                    <First all=asked draw step=QUESTIONS />
                </section>
            }
        })
    }
}

#[component]
fn Card(roster: Roster, question: RowQuestion) -> impl IntoView {
    let RowQuestion { at, sheet, row, says, may_be } = question;
    let of_sheet = sheet.clone();
    let in_row = move || match sheet.as_str() {
        "" => words::roster_desk().in_row(row),
        sheet => words::roster_desk().sheet_row(sheet, row),
    };
    let said = Memo::new(move |_| roster.answers.with(|answers| answers.row_is(at)));
    let say = move |is: RowIs| roster.answer(|answers| answers.say_row(at, is));
    let is_one = may_be.len() == 1;
    let earlier = untrack(|| roster.plan()).and_then(|plan| earlier(&plan.repeats, (&of_sheet, row)));
    let candidate = move |one: NamedHousehold| {
        let id = one.household?;
        let is = RowIs::Household(id);
        let in_file =
            earlier.clone().filter(|(_, says)| *says == NamedHousehold { household: None, ..one.clone() });
        let is_on_file = in_file.is_none();
        let stands = move || match &in_file {
            Some(((sheet, row), _)) if !sheet.is_empty() => words::roster_desk().sheet_row(sheet, *row),
            Some(((_, row), _)) => words::roster_desk().in_row(*row),
            None => words::roster_desk().on_file().to_owned(),
        };
        Some(view! {
            <div class="candidate" class:said=move || said.get() == Some(is)>
                <p class="sub">{stands}</p>
                <Lines one />
                <div class="buttons">
                    <Say label=t!(roster_desk.is_this()) is said=said say />
                    {is_on_file.then(|| view! { <a class="button quiet" href=Page::Household(id).href() target="_blank">{t!(roster_desk.open_file())}</a> })}
                </div>
            </div>
        })
    };
    let is_new = move || match is_one {
        true => words::roster_desk().is_new(),
        false => words::roster_desk().is_new_of_many(),
    };
    view! {
        <li class="sides" data-row=row>
            <div class="candidate" class:said=move || said.get() == Some(RowIs::New)>
                <p class="sub">{in_row}</p>
                <Lines one=says />
                <div class="buttons"><Say label=is_new is=RowIs::New said=said say /></div>
                {move || said.get().is_none().then(|| view! { <p><small class="wait" data-unsaid>{t!(roster_desk.row_waits())}</small></p> })}
            </div>
            {may_be.into_iter().filter_map(candidate).collect_view()}
        </li>
    }
}

/// The earlier row of the file that a row may be: where it stands, and what it says of itself.
fn earlier(repeats: &[RosterRepeat], row: (&str, u32)) -> Option<((String, u32), NamedHousehold)> {
    let pair = repeats.iter().find(|pair| (pair.sheet.as_str(), pair.row) == row)?;
    let sheet = if pair.of_sheet.is_empty() { &pair.sheet } else { &pair.of_sheet };
    Some(((sheet.clone(), pair.of), pair.of_says.clone()))
}

/// A button that stays pressed; pressed again it takes its word back.
#[component]
fn Say<L, S>(label: L, is: RowIs, said: Memo<Option<RowIs>>, say: S) -> impl IntoView
where
    L: Fn() -> &'static str + Send + 'static,
    S: Fn(RowIs) + Send + 'static,
{
    let pressed = move || said.get() == Some(is);
    view! {
        <button type="button" class="button pressable" aria-pressed=move || pressed().to_string() on:click=move |_| say(is)>{label}</button>
    }
}

/// A household in a few lines.
#[component]
pub fn Lines(one: NamedHousehold) -> impl IntoView {
    view! {
        <p><b class="name-long">{one.name}</b></p>
        <p>{one.unit}</p>
        <p>{one.address}</p>
        <p>{one.telephones}</p>
    }
}
