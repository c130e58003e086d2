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
    },
    view::{
        form::{Beside, FormEnd, causes::Causes, required},
        household::{register::CategoryChoice, reply::day_missing},
        household_table::HouseholdTable,
    },
};
use domain::{
    check::WORDS_MAX,
    entry::{Act, Judge, Register},
    slot::{Slot, Value},
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
    view! {
        <p class="sub intro">{t!(desk.proposals_intro())}</p>
        <Rows reading=rows empty=t!(desk.no_proposals()) row />
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=close title>{form}</Sheet>
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
    let today = desk.today();
    let keeps = desk.may(Doing::Keep);
    let stored = StoredValue::new(row.clone());
    let name = name_of(&row);
    let lines = of_values(&row.propose.stated, today);
    let ProposalRow { household, author_name, propose, unit_name, similar, .. } = row;
    let day = propose.day;
    let found = move || words::desk().found_on(&figures::short_day(day, today), &author_name);
    let has_similar = !similar.is_empty();
    view! {
        <li class="card" data-proposal=household.to_string()>
            <p class="row"><b class="name">{name}</b><span class="sub">{unit_name}</span><span class="sub">{found}</span></p>
            <p>{propose.why}</p>
            <ul class="said">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            {has_similar.then(|| view! {
                <p class="wait">{t!(desk.similar_files())}</p>
                <HouseholdTable rows=similar today />
            })}
            {keeps.then(|| view! {
                <div class="buttons no-print">
                    <button type="button" class="button main" on:click=move |_| opened.set(Some((stored.get_value(), true)))>{t!(desk.approve())}</button>
                    <button type="button" class="button" on:click=move |_| opened.set(Some((stored.get_value(), false)))>{t!(desk.do_not_open())}</button>
                </div>
            })}
        </li>
    }
}

/// Opens the file under the id the household was proposed with: what the helper wrote counts from then on.
#[component]
fn Approve(row: ProposalRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let household = row.household;
    let unit = RwSignal::new(row.propose.unit);
    let category = RwSignal::new(None);
    let causes = RwSignal::new(Vec::new());
    let day = RwSignal::new(Some(row.propose.day));
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let (Some(unit), Some(day)) = (unit.get(), day.get()) else { return };
        let register = Register {
            day,
            unit,
            category: category.get(),
            causes: causes.get(),
            id_number: None,
            stated: domain::slot::Values::new(),
            rest: Map::new(),
        };
        sending.acts(vec![(household, Act::Register(register))], move || {
            desk.say(words::desk().file_opened());
            on_done.run(());
            desk.go(&Page::Household(household));
        });
    };
    let units = Signal::derive(move || desk.tree.with(|tree| tree.choices(&desk.tops(Doing::Keep))));
    let wrong = move || (tried.get() && unit.get().is_none()).then(|| words::desk().choose_unit().to_owned());
    view! {
        <form class="stack" on:submit=submit novalidate>
            <p><b>{name_of(&row)}</b></p>
            <Beside wrong=Signal::derive(wrong)>
                <Choice label=t!(desk.unit()) options=units value=unit on_pick=move |picked| unit.set(picked) />
            </Beside>
            <CategoryChoice category />
            <Causes causes />
            <DateField label=t!(desk.file_from()) value=day on_input=move |picked| day.set(picked) last=Signal::stored(Some(desk.today())) />
            <FormEnd sending label=t!(desk.approve()) missing=day_missing(tried, day) />
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
            <p><b>{name_of(&row)}</b></p>
            <TextField label=t!(desk.judge_why()) value=why on_input=move |text| why.set(text) lines=3
                longest=WORDS_MAX hint=t!(desk.refuse_hint()) wrong=required(tried, why) />
            <FormEnd sending label=t!(desk.do_not_open()) />
        </form>
    }
}
