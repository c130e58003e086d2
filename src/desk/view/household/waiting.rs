//! What waits on a household's page: needs with their answers, alerts, entries that do not count.

use super::{acts::Opened, withdrawn::Withdrawn};
use crate::{
    state::desk::use_desk,
    view::{saying, todo::quarantine::Entry},
};
use domain::{
    day::Day,
    file::{AlertLine, NeedLine, ToldBefore},
    id::PersonId,
};
use leptos::prelude::*;
use protocol::office::{AlertRow, HouseholdFile, NeedRow};
use ui::{
    figures,
    surface::{Pill, Tone},
    t, words,
};

/// Needs, open ones first.
#[component]
pub fn Needs(
    file: StoredValue<HouseholdFile>,
    answers: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let mut needs = file.with_value(|file| file.needs.clone());
    needs.sort_by_key(|line| (line.reply.is_some(), std::cmp::Reverse(line.asked)));
    let count = needs.len();
    (count > 0).then(|| {
        let line = move |need: NeedLine| {
            let reply_to = StoredValue::new(file.with_value(|file| need_row(file, &need)));
            let is_open = need.reply.is_none();
            let id = need.need.id.to_string();
            view! {
                <li class="card" data-need=id>
                    <NeedShown need file />
                    {answers.then(|| view! {
                        <div class="buttons no-print">
                            <button type="button" class="button" class:main=is_open
                                on:click=move |_| opened.set(Some(Opened::Reply(reply_to.get_value())))>
                                {move || if is_open { words::desk().reply() } else { words::desk().reply_again() }}
                            </button>
                        </div>
                    })}
                </li>
            }
        };
        view! {
            <h2 class="section-title"><span>{t!(desk.needs())}</span><span>{count}</span></h2>
            <ul>{needs.into_iter().map(line).collect_view()}</ul>
        }
    })
}

#[component]
fn NeedShown(need: NeedLine, file: StoredValue<HouseholdFile>) -> impl IntoView {
    let today = file.with_value(|file| file.today);
    let author_name = file.with_value(|file| name_in(file, Some(need.author)));
    let row = file.with_value(|file| need_row(file, &need));
    view! {
        <NeedAsked line=need author_name today />
        <NeedAnswered row today />
    }
}

/// The reply, who gave it, and whether the family was told; and what they were told before another took its place.
#[component]
pub fn NeedAnswered(row: NeedRow, today: Day) -> impl IntoView {
    let NeedRow { replied_by_name: by, told_by_name: told_by, told_before_by_name, line, .. } = row;
    let (told, by_telephone) = (line.told, line.told_by_telephone);
    let before = line.told_before.map(|before| view! { <Before before by=told_before_by_name today /> });
    line.reply.map(move |reply| {
        let head = move || {
            let replied = words::desk().replied_on(&figures::short_day(reply.day, today), &by);
            match told {
                Some(day) if by_telephone => words::desk().answered_told_by_telephone(
                    &replied,
                    &figures::short_day(day, today),
                    &told_by,
                ),
                Some(day) => words::desk().answered_told(&replied, &figures::short_day(day, today), &told_by),
                None => words::desk().answered_untold(&replied),
            }
        };
        view! {
            {before}
            <div class="answer"><p class="sub" class:wait=told.is_none()>{head}</p><p>{reply.words}</p></div>
        }
    })
}

/// What the family was told and stands no more.
#[component]
fn Before(before: ToldBefore, by: String, today: Day) -> impl IntoView {
    let ToldBefore { words: told, day, by_telephone, .. } = before;
    let head = move || {
        let (words, day) = (words::desk(), figures::short_day(day, today));
        if by_telephone { words.was_told_by_telephone(&day, &by) } else { words.was_told(&day, &by) }
    };
    view! { <div class="answer before" data-told-before><p class="sub">{head}</p><p>{told}</p></div> }
}

fn name_in(file: &HouseholdFile, person: Option<PersonId>) -> String {
    person.and_then(|person| file.card.names.get(&person).cloned()).unwrap_or_default()
}

/// What was asked, by whom, when, and until when an answer was promised.
#[component]
pub fn NeedAsked(line: NeedLine, author_name: String, today: Day) -> impl IntoView {
    let (kind, asked, promised) = (line.need.kind, line.asked, line.need.promised_until);
    let asked = move || words::desk().asked_on(&figures::short_day(asked, today), &author_name);
    let is_open = line.reply.is_none();
    view! {
        <p class="row"><b>{move || words::domain().need_kind(kind)}</b><span class="sub">{asked}</span>
            {is_open.then(|| promised.map(|day| view! { <Promised day today /> }))}
        </p>
        <p>{line.need.words}</p>
    }
}

/// Until when an answer was promised, and for how long that is past.
#[component]
fn Promised(day: Day, today: Day) -> impl IntoView {
    let late = day < today;
    let tone = if late { Tone::Bad } else { Tone::Wait };
    let said = move || {
        let by = figures::short_day(day, today);
        if late {
            words::desk().promised_over(&by, &figures::due(day, today))
        } else {
            words::desk().promised_until(&by)
        }
    };
    view! { <Pill text=said tone=Signal::stored(tone) /> }
}

/// A need of this file as a list has it.
fn need_row(file: &HouseholdFile, line: &NeedLine) -> NeedRow {
    NeedRow {
        household: file.card.household,
        name: saying::worker_name(&file.card.standings),
        unit_name: file.card.unit_name.clone(),
        author_name: name_in(file, Some(line.author)),
        replied_by_name: name_in(file, line.replied_by),
        told_by_name: name_in(file, line.told_by),
        told_before_by_name: name_in(file, line.told_before.as_ref().map(|told| told.by)),
        line: line.clone(),
    }
}

/// An alert of this file as a list has it.
fn alert_row(file: &HouseholdFile, line: &AlertLine) -> AlertRow {
    AlertRow {
        household: file.card.household,
        name: saying::worker_name(&file.card.standings),
        unit_name: file.card.unit_name.clone(),
        author_name: name_in(file, Some(line.author)),
        taken_up_by_name: name_in(file, line.taken_up_by),
        line: line.clone(),
    }
}

/// Alerts, open ones first; and those that were taken back.
#[component]
pub fn Alerts(
    file: StoredValue<HouseholdFile>,
    answers: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let mut alerts = file.with_value(|file| file.alerts.clone());
    alerts.sort_by_key(|line| (line.taken_up.is_some(), std::cmp::Reverse(line.alert.day)));
    let count = alerts.len();
    let (today, withdrawn) = file.with_value(|file| (file.today, file.withdrawn.clone()));
    let taken_back = withdrawn.iter().any(|line| line.alert.is_some());
    (count > 0 || taken_back).then(|| {
        let line = move |alert: AlertLine| {
            let row = file.with_value(|file| alert_row(file, &alert));
            let is_open = alert.taken_up.is_none();
            let id = alert.id.to_string();
            let (author, by) = (row.author_name.clone(), row.taken_up_by_name.clone());
            view! {
                <li class="card" class:bad=is_open data-alert=id>
                    <AlertShown alert author by today />
                    {answers.then(|| view! { <TakeUpButton alert=row opened /> })}
                </li>
            }
        };
        view! {
            <h2 class="section-title"><span>{t!(desk.alerts())}</span><span>{count}</span></h2>
            <ul>{alerts.into_iter().map(line).collect_view()}</ul>
            <Withdrawn lines=withdrawn of_alerts=true today />
        }
    })
}

/// Taking it up, or saying more of one that is in hand.
#[component]
pub fn TakeUpButton(alert: AlertRow, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let is_open = alert.line.taken_up.is_none();
    view! {
        <div class="buttons no-print">
            <button type="button" class="button" class:main=is_open
                on:click=move |_| opened.set(Some(Opened::TakeUp(alert.clone())))>
                {move || if is_open { words::desk().take_up() } else { words::desk().take_up_again() }}
            </button>
        </div>
    }
}

/// An alert, and who took it up.
#[component]
pub fn AlertShown(alert: AlertLine, author: String, by: String, today: Day) -> impl IntoView {
    let (kind, day) = (alert.alert.kind, alert.alert.day);
    let raised = move || words::desk().asked_on(&figures::short_day(day, today), &author);
    let taken = alert.taken_up.map(move |take_up| {
        let day = take_up.day;
        let head = move || words::desk().taken_up_on(&figures::short_day(day, today), &by);
        view! { <div class="answer"><p class="sub">{head}</p><p>{take_up.words}</p></div> }
    });
    view! {
        <p class="row"><b>{move || words::domain().event_kind(kind)}</b><span class="sub">{raised}</span></p>
        <p>{alert.alert.words}</p>
        {taken}
    }
}

/// Entries that do not count.
#[component]
pub fn Waiting(
    file: StoredValue<HouseholdFile>,
    decides: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let desk = use_desk();
    let rows = file.with_value(|file| file.quarantine.clone());
    let count = rows.len();
    let judge = Callback::new(move |(row, accept)| opened.set(Some(Opened::Judge(row, accept))));
    (count > 0).then(|| {
        view! {
            <h2 class="section-title"><span>{move || saying::todo(crate::state::place::TodoKind::Quarantine)}</span><span>{count}</span></h2>
            <ul>{rows.into_iter().map(|row| view! { <Entry row decides on_judge=judge today=desk.today() named=false /> }).collect_view()}</ul>
        }
    })
}
