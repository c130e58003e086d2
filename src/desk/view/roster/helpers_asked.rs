//! Helpers who may be one person: side by side with branch and telephone. Unless somebody says so they are not, for it
//! decides who reads whose file.

use super::fold::First;
use crate::state::roster::{Roster, answers::HelperIs};
use leptos::{prelude::*, text_prop::TextProp};
use protocol::roster::{HelperName, KnownHelper, PersonQuestion};
use std::sync::Arc;
use ui::{t, words};

/// The section; nothing while nothing is asked.
#[component]
pub fn HelpersAsked(roster: Roster) -> impl IntoView {
    let asked = Memo::new(move |_| Arc::new(roster.answers.with(|answers| answers.persons().to_vec())));
    let draw = move |questions: Vec<PersonQuestion>| {
        let card = move |question: PersonQuestion| view! { <Card roster question /> };
        view! { <ul class="asked">{questions.into_iter().map(card).collect_view()}</ul> }
    };
    let any = Memo::new(move |_| !asked.read().is_empty());
    move || {
        any.get().then(|| {
            view! {
                <section class="card wait" data-helpers-asked>
                    <h2 class="row">{super::mark()}<span>{t!(roster_desk.persons_title())}" ("{move || asked.read().len()}")"</span></h2>
                    <p>{t!(roster_desk.persons_why())}</p>
                    <First all=asked draw />
                </section>
            }
        })
    }
}

#[component]
fn Card(roster: Roster, question: PersonQuestion) -> impl IntoView {
    let PersonQuestion { doubt, helpers, persons } = question;
    let doubt = move || words::roster().doubt(&doubt);
    let sides = match (persons.is_empty(), helpers.as_slice()) {
        (false, [helper]) => of_office(roster, helper, persons).into_any(),
        _ => of_file(roster, &helpers).into_any(),
    };
    view! {
        <li class="question-of-helpers">
            <p class="sub">{doubt}</p>
            <div class="sides">{sides}</div>
        </li>
    }
}

/// One helper of the file beside people of the office.
fn of_office(roster: Roster, helper: &HelperName, persons: Vec<KnownHelper>) -> impl IntoView + use<> {
    let (helper, own) = (helper.clone(), helper.clone());
    let known = move |person: KnownHelper| {
        let (is, own) = (HelperIs::Person(person.person), own.clone());
        let named = HelperName { branch: person.unit, name: person.name, telephone: person.telephone };
        view! {
            <Side of=t!(roster_desk.helper_known()) helper=named>
                <Choose roster helper=own is=Some(is) label=t!(roster_desk.same_person()) />
            </Side>
        }
    };
    let known = persons.into_iter().map(known).collect_view();
    let in_file = helper.clone();
    view! {
        <Side of=t!(roster_desk.in_file_alone()) helper=in_file>
            <Choose roster helper is=None label=t!(roster_desk.not_same()) />
        </Side>
        {known}
    }
}

/// Helpers of the file beside one another: each may be one of those before.
fn of_file(roster: Roster, helpers: &[HelperName]) -> impl IntoView + use<> {
    let is_pair = helpers.len() == 2;
    let side = |(nth, helper): (usize, &HelperName)| {
        let before = helpers.iter().take(nth).enumerate();
        let same = before.map(|(other, named)| {
            let label = move || match is_pair {
                true => words::roster_desk().same_person().to_owned(),
                false => words::roster_desk().same_as(other + 1),
            };
            let is = Some(HelperIs::Helper(named.clone()));
            view! { <Choose roster helper=helper.clone() is label /> }
        });
        let own = move || match is_pair {
            true => words::roster_desk().not_same(),
            false => words::roster_desk().own_person(),
        };
        let own = (nth > 0).then(|| view! { <Choose roster helper=helper.clone() is=None label=own /> });
        let choices = view! { {same.collect_view()}{own} }.into_any();
        view! { <Side of=move || words::roster_desk().helper_in_file(nth + 1) helper=helper.clone()>{choices}</Side> }
    };
    helpers.iter().enumerate().map(side).collect_view()
}

#[component]
fn Side(#[prop(into)] of: TextProp, helper: HelperName, children: Children) -> impl IntoView {
    let phone = helper.telephone;
    let phone = move || if phone.is_empty() { words::roster_desk().no_telephone().to_owned() } else { phone.clone() };
    view! {
        <div class="side">
            <p class="sub">{move || of.get()}</p>
            <p><b class="name-long">{helper.name}</b></p>
            <p>{helper.branch}</p>
            <p>{phone}</p>
            <div class="buttons">{children()}</div>
        </div>
    }
}

/// One of the answers; the one that holds stays pressed.
#[component]
fn Choose(
    roster: Roster,
    helper: HelperName,
    is: Option<HelperIs>,
    #[prop(into)] label: TextProp,
) -> impl IntoView {
    let (own, wanted) = (helper.clone(), is.clone());
    let pressed = Memo::new(move |_| roster.answers.with(|answers| answers.who(&own) == wanted.as_ref()));
    let say = move |_| {
        let (helper, is) = (helper.clone(), is.clone());
        roster.answer(|answers| answers.say_helper(helper, is));
    };
    view! {
        <button type="button" class="button pressable" aria-pressed=move || pressed.get().to_string() on:click=say>{move || label.get()}</button>
    }
}
