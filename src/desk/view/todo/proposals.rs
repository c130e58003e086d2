//! Households found at the door: approve and open a file under the same id, or refuse with why.
//! Files that resemble one are shown before anybody decides.

use super::{
    list::{Rows, rows_of},
    quarantine::of_values,
};
use crate::{
    state::{
        desk::use_desk,
        place::{Page, TodoKind},
        rights::Doing,
        sending::Sending,
        unsaved,
    },
    view::{
        form::{
            Beside, FormEnd,
            causes::Causes,
            id_number::{self, IdNumberField},
            required,
        },
        household::{
            register::{CategoryChoice, unsaid},
            reply::day_missing,
            seat_choices::{Chosen, SeatChoices},
            similar::{Looking, SimilarShown, SimilarWhileTyping},
        },
    },
};
use domain::{
    check::WORDS_MAX,
    entry::{Act, Judge, Register},
    seat::Seat,
    slot::{Slot, Value, Values},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::ProposalRow;
use serde_json::Map;
use ui::{
    fields::{choice::Choice, date::DateField, text::TextField},
    figures,
    sheet::Sheet,
    t, words,
};

/// The list.
#[component]
pub fn Proposals() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<(ProposalRow, bool)>);
    let rows = rows_of::<ProposalRow>(desk, TodoKind::Proposals, None);
    let row = move |row: ProposalRow| view! { <Proposal row opened /> };
    let close = Callback::new(move |()| opened.set(None));
    let left = move |()| {
        if unsaved::may_leave() {
            opened.set(None);
        }
    };
    let title = move || match opened.read().as_ref() {
        Some((_, true)) => words::desk().approve(),
        _ => words::desk().do_not_open(),
    };
    let form = move || {
        opened.get().map(|(row, approve)| {
            if approve {
                view! { <Approve row on_done=close /> }.into_any()
            } else {
                view! { <Refuse row on_done=close /> }.into_any()
            }
        })
    };
    let approves = desk.may(Doing::Keep);
    let intro = move || {
        if approves { words::desk().proposals_intro() } else { words::desk().proposals_not_mine() }
    };
    view! {
        <p class="sub intro">{intro}</p>
        <Rows reading=rows empty=t!(desk.no_proposals()) row />
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=left title>{form}</Sheet>
    }
}

fn name_of(row: &ProposalRow) -> String {
    match row.propose.stated.get(&Slot::Name) {
        Some(Value::Name(name)) => name.text.clone(),
        _ => words::desk().without_name().to_owned(),
    }
}

#[component]
fn Proposal(row: ProposalRow, opened: RwSignal<Option<(ProposalRow, bool)>>) -> impl IntoView {
    let desk = use_desk();
    let keeps = desk.may(Doing::Keep);
    let today = desk.today();
    let stored = StoredValue::new(row.clone());
    let household = row.household;
    let open = move |approve: bool| opened.set(Some((stored.get_value(), approve)));
    view! {
        <li class="card" data-proposal=household.to_string()>
            <SimilarShown similar=row.similar.clone() today />
            <WhatWasFound row />
            {keeps.then(|| view! {
                <div class="buttons no-print">
                    <button type="button" class="button main" on:click=move |_| open(true)>{t!(desk.approve())}</button>
                    <button type="button" class="button" on:click=move |_| open(false)>{t!(desk.do_not_open())}</button>
                </div>
            })}
        </li>
    }
}

/// Who was found, by whom and when, and why they should have a file.
#[component]
fn WhatWasFound(row: ProposalRow) -> impl IntoView {
    let today = use_desk().today();
    let name = name_of(&row);
    let lines = of_values(&row.propose.stated, today);
    let ProposalRow { author_name, propose, unit_name, .. } = row;
    let day = propose.day;
    let found = move || words::desk().found_on(&figures::short_day(day, today), &author_name);
    view! {
        <p class="row"><b class="name">{name}</b><span class="sub">{unit_name}</span><span class="sub">{found}</span></p>
        <p>{propose.why}</p>
        <ul class="said">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
    }
}

/// Opens the file under the id the household was proposed with: what the helper wrote counts from then on.
#[component]
fn Approve(row: ProposalRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let household = row.household;
    let unit = RwSignal::new(row.propose.unit);
    let category = RwSignal::new(None);
    let causes = RwSignal::new(None);
    let day = RwSignal::new(Some(row.propose.day));
    let seats = Chosen::with(row.author_seat.unwrap_or(Seat::LineManager), row.author);
    let id_typed = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let stated = row.propose.stated.clone();
    let looking =
        Looking::follow(Some(household), move || stated.clone(), move || id_number::number(id_typed));
    let lacks = move || {
        day_missing(tried, day)
            .get()
            .or_else(|| unsaid(tried, category, causes))
            .or_else(|| id_number::problem(tried, id_typed))
            .or_else(|| unit.get().is_none().then(|| words::desk().choose_unit().to_owned()))
    };
    let approve = looking.once_answered(
        move || lacks().is_none(),
        move || {
            if looking.missing().is_some() || id_number::problem(tried, id_typed).is_some() {
                return;
            }
            let (Some(unit), Some(day)) = (unit.get(), day.get()) else { return };
            let (Some(category), Some(causes)) = (category.get(), causes.get()) else { return };
            let (id_number, stated, rest) = (id_number::number(id_typed), Values::new(), Map::new());
            let register = Register { day, unit, category, causes, id_number, stated, rest };
            let mut acts = vec![(household, Act::Register(register))];
            acts.extend(seats.acts(household, day));
            sending.acts(acts, move || {
                desk.say(words::desk().file_opened());
                on_done.run(());
                desk.go(&Page::Household(household));
            });
        },
    );
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        approve();
    };
    let units = Signal::derive(move || desk.tree.with(|tree| tree.open_choices(&desk.tops(Doing::Keep))));
    let wrong = move || (tried.get() && unit.get().is_none()).then(|| words::desk().choose_unit().to_owned());
    let missing = move || tried.get().then(|| lacks().or_else(|| looking.missing())).flatten();
    let finder = Some((row.author, row.author_name.clone()));
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote><WhatWasFound row /></blockquote>
            <SimilarWhileTyping looking today=desk.today() wrong=tried />
            <div class="fields">
                <Beside wrong=Signal::derive(wrong)>
                    <Choice label=t!(desk.unit()) options=units value=unit on_pick=move |picked| unit.set(picked) />
                </Beside>
                <DateField label=t!(desk.file_from()) value=day on_input=move |picked| day.set(picked) last=Signal::stored(Some(desk.today())) />
                <CategoryChoice category tried />
                <Causes causes tried />
                <div class="wide"><IdNumberField typed=id_typed tried /></div>
            </div>
            <SeatChoices chosen=seats near=Signal::derive(move || unit.get()) finder />
            <FormEnd sending label=t!(desk.approve()) missing=Signal::derive(missing) />
        </form>
    }
}

#[component]
fn Refuse(row: ProposalRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let why = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let (household, entry) = (row.household, row.entry);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if why.with(|why| why.trim().is_empty()) {
            return;
        }
        let act = Act::Judge(Judge { entry, accept: false, why: why.get().trim().to_owned() });
        sending.acts(vec![(household, act)], move || {
            desk.say(words::desk().refused());
            on_done.run(());
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <blockquote><WhatWasFound row /></blockquote>
            <TextField label=t!(desk.judge_why()) value=why on_input=move |text| why.set(text) lines=3
                longest=WORDS_MAX hint=t!(desk.refuse_hint()) wrong=required(tried, why) />
            <FormEnd sending label=t!(desk.do_not_open()) />
        </form>
    }
}
