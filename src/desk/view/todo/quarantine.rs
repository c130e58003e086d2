//! Entries the office keeps and does not count: why, what they say, and a person's verdict.

use super::list::{Rows, WhoseFile, rows_of};
use crate::{
    state::{
        desk::use_desk,
        place::{Page, TodoKind},
        rights::Doing,
    },
    view::{
        form::Whose,
        household::acts::{Opened, Sheets},
        saying,
    },
};
use domain::{
    answer::Answer,
    day::Day,
    entry::{Act, Entry as DomainEntry, OFFICE, SCHEMA},
    file::Reason,
    id::PersonId,
    observation::Standings,
    seat::Assign,
    slot::Values,
    visit::Visit,
};
use leptos::prelude::*;
use protocol::office::QuarantineRow;
use ui::{figures, t, words};

/// The list.
#[component]
pub fn Quarantine() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let rows = rows_of::<QuarantineRow>(desk, TodoKind::Quarantine, None);
    let decides = desk.may(Doing::Decide);
    let judge = Callback::new(move |(row, accept)| opened.set(Some(Opened::Judge(row, accept))));
    let row = move |row: QuarantineRow| view! { <Entry row decides on_judge=judge today=desk.today() named=true /> };
    view! {
        <p class="sub intro">{t!(desk.quarantine_intro())}</p>
        <Rows reading=rows empty=t!(desk.no_quarantine()) row />
        <Sheets opened />
    }
}

/// Whether a person's word can make an entry count. The others wait for what they name, or cannot be read.
const fn may_accept(reason: Option<Reason>) -> bool {
    matches!(
        reason,
        Some(
            Reason::NoSeat
                | Reason::UnknownAuthor
                | Reason::AuthorMismatch
                | Reason::NotAllowed
                | Reason::Refused
        )
    )
}

/// One entry.
#[component]
pub fn Entry(
    /// The entry.
    row: QuarantineRow,
    /// Whether the person may judge.
    decides: bool,
    /// Called with the verdict asked for.
    on_judge: Callback<(QuarantineRow, bool)>,
    /// The day of today.
    today: Day,
    /// Whether to say whose it is.
    named: bool,
) -> impl IntoView {
    let desk = use_desk();
    let stored = StoredValue::new(row.clone());
    let reason = row.reason;
    // Who wrote it is added first where nobody is known: what counts in no file would be seen by nobody.
    let unknown = row.author.filter(|_| reason == Some(Reason::UnknownAuthor));
    let is_nobodys = unknown.is_some() && row.unit_name.is_empty();
    let accepts = decides && row.household.is_some() && may_accept(reason) && !is_nobodys;
    let refuses = decides && row.household.is_some() && reason.is_some() && reason != Some(Reason::Refused);
    let why =
        move || reason.map_or_else(|| words::desk().held_sealed(), |reason| words::desk().reason(reason));
    let arrived = figures::moment(row.received_ms, desk.utc_offset_minutes(), today);
    let author = row.author_name.clone();
    let arrived = move || words::desk().arrived(&arrived, &author);
    let kind = row.kind.clone();
    let kind = move || words::desk().entry_kind(&kind);
    let lines = said(&row, today);
    // Of a file that was taken back the name is known, and there is none to open.
    let was_taken_back = reason == Some(Reason::UnknownHousehold) && row.unit_name.is_empty();
    let has_file = !was_taken_back && (!row.name.is_empty() || !row.unit_name.is_empty());
    let whose = row.household.filter(|_| named && has_file);
    let nobodys = named && row.household.is_some() && !has_file;
    let judge = move |accept: bool| on_judge.run((stored.get_value(), accept));
    view! {
        <li class="card wait" data-entry=row.entry.to_string()>
            {nobodys.then(|| view! { <Whose name=row.name.clone() unit_name=String::new() /> })}
            {whose.map(|household| view! { <WhoseFile household name=row.name unit_name=row.unit_name /> })}
            <p class="row"><b>{kind}</b><span class="sub">{arrived}</span></p>
            <p>{why}</p>
            {(!lines.is_empty()).then(|| view! {
                <details><summary>{t!(desk.what_it_says())}</summary>
                    <ul class="said">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </details>
            })}
            <div class="buttons no-print">
                {unknown.map(|author| view! { <AddPerson author /> })}
                {accepts.then(|| view! { <button type="button" class="button main" on:click=move |_| judge(true)>{t!(desk.judge_accept())}</button> })}
                {refuses.then(|| view! { <button type="button" class="button" on:click=move |_| judge(false)>{t!(desk.judge_refuse())}</button> })}
            </div>
        </li>
    }
}

/// The way to add somebody under the id that their phone names: only so what they wrote is theirs.
#[component]
pub fn AddPerson(author: PersonId) -> impl IntoView {
    let desk = use_desk();
    let href = move || Page::NewPerson(desk.unit.get(), Some(author)).href();
    desk.may(Doing::Staff)
        .then(|| view! { <a class="button main" href=href data-add-person>{t!(desk_forms.add_person())}</a> })
}

/// What an entry says, line by line; what cannot be read as an act is shown as it is.
fn said(row: &QuarantineRow, today: Day) -> Vec<String> {
    let Some(payload) = row.payload.clone() else { return Vec::new() };
    let (Some(household), Some(author)) = (row.household, row.author) else {
        return vec![payload.to_string()];
    };
    let entry = DomainEntry {
        id: row.entry,
        device: OFFICE,
        seq: 0,
        kind: row.kind.clone(),
        schema: SCHEMA,
        household,
        author,
        wall_ms: 0,
        clock_offset_ms: None,
        nonce: String::new(),
        payload,
    };
    match entry.act() {
        Ok(Act::Visit(visit)) => of_visit(&visit, today),
        Ok(Act::Amend(amend)) => of_visit(&amend.version, today),
        Ok(Act::Alert(alert)) => {
            vec![words::joined(&[
                alert.day.to_string(),
                words::domain().event_kind(alert.kind).to_owned(),
                alert.words.clone(),
            ])]
        }
        Ok(Act::Propose(propose)) => of_values(&propose.stated, today),
        Ok(Act::Withdraw(withdraw)) => vec![withdraw.why],
        Ok(Act::Pair(pair)) => {
            let words = words::domain();
            let said = if pair.is_one { words.pair_said_one() } else { words.pair_said_two() };
            vec![with_days(said, &row.days, today)]
        }
        Ok(Act::Confirm(_)) => vec![with_days(words::domain().confirm_said(), &row.days, today)],
        Ok(Act::Tell(tell)) => vec![with_days(words::domain().tell_said(), &[tell.day], today)],
        Ok(act) => of_desk(act, today),
        Err(_) => vec![entry.payload.to_string()],
    }
}

/// What the desk wrote: the ids in it are nobody's words.
fn of_desk(act: Act, today: Day) -> Vec<String> {
    let mut lines = match act {
        Act::Register(register) => said_on(register.day, of_values(&register.stated, today)),
        Act::Import(import) => {
            let seats = import.seats.iter().map(of_seat);
            said_on(import.day, of_values(&import.stated, today).into_iter().chain(seats).collect())
        }
        Act::Assign(assign) => vec![of_seat(&assign)],
        Act::Move(moved) => said_on(moved.day, Vec::new()),
        Act::Settle(settle) => {
            said_on(settle.day, of_values(&Values::from([(settle.slot, settle.value)]), today))
        }
        Act::Judge(judge) => {
            let words = words::desk();
            let verdict = if judge.accept { words.judge_accept() } else { words.judge_refuse() };
            vec![verdict.to_owned(), judge.why]
        }
        Act::Reply(reply) => said_on(reply.day, vec![reply.words]),
        Act::TakeUp(taken) => said_on(taken.day, vec![taken.words]),
        Act::Merge(merge) => vec![merge.words],
        _ => Vec::new(),
    };
    lines.retain(|line| !line.is_empty());
    lines
}

fn said_on(day: Day, lines: Vec<String>) -> Vec<String> {
    [day.to_string()].into_iter().chain(lines).collect()
}

/// A seat, and from when until when it was somebody's.
fn of_seat(assign: &Assign) -> String {
    let (seat, from) = (words::domain().seat(assign.seat), assign.from.to_string());
    match assign.until {
        None => words::desk().seat_since(seat, &from),
        Some(until) => words::desk().seat_between(seat, &from, &until.to_string()),
    }
}

/// What was said, with the days of what it was said of, as far as they are known.
fn with_days(said: &str, days: &[Day], today: Day) -> String {
    if days.is_empty() {
        return said.to_owned();
    }
    let days: Vec<String> = days.iter().map(|day| figures::short_day(*day, today)).collect();
    let shared = words::shared();
    shared.labelled(said, &shared.list(&days))
}

fn of_visit(visit: &Visit, today: Day) -> Vec<String> {
    let met = visit.met.map_or_else(|| words::domain().attempt(), |whose| words::domain().whose(whose));
    let shared = words::shared();
    let mut lines = vec![words::joined(&[visit.day.to_string(), met.to_owned()])];
    let unchanged = visit.answers.iter().filter(|(_, answer)| matches!(answer, Answer::Unchanged { .. }));
    let unchanged: Vec<&str> = unchanged.map(|(item, _)| words::domain().item(*item)).collect();
    if !unchanged.is_empty() {
        lines.push(shared.labelled(words::domain().answer_unchanged(), &shared.list(&unchanged)));
    }
    for answer in visit.answers.values() {
        if let Answer::Changed { stated, .. } = answer {
            lines.extend(of_values(stated, today));
        }
    }
    lines.extend(
        visit.needs.iter().map(|need| shared.labelled(words::domain().need_kind(need.kind), &need.words)),
    );
    if !visit.note.is_empty() {
        lines.push(visit.note.clone());
    }
    lines
}

/// Values a person stated, one line per slot.
pub fn of_values(values: &Values, today: Day) -> Vec<String> {
    let line = |(slot, value)| {
        words::shared().labelled(saying::slot(slot), &saying::value::line(value, &Standings::new(), today))
    };
    let told = |(_, value): &(&domain::slot::Slot, &domain::slot::Value)| {
        !matches!(value, domain::slot::Value::Children(ids) if !ids.is_empty())
            && !matches!(value, domain::slot::Value::EventList(ids) if !ids.is_empty())
    };
    values.iter().filter(told).map(|(slot, value)| line((*slot, value))).collect()
}
