//! 待发: where every record is, in plain words. Success is shown from receipts only.

use super::{
    said,
    shell::{Banners, Damaged, MainTabs, NetworkPill, Place},
};
use crate::state::{
    App, Network, due,
    laid::{self, Since},
    page, sending, use_app,
};
use crate::state::{LineState, Own, QueueLine, SetAside};
use domain::{
    answer::Answer,
    entry::{Act, Amend},
    file::Reason,
    id::{EntryId, HouseholdId},
    slot::Value,
    visit::Visit,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::frame::PageHeader;
use ui::notice::Empty;
use ui::surface::{Card, Pill, Tone};
use ui::{figures, t, words};

/// The page.
#[component]
pub fn Outbox() -> impl IntoView {
    let app = use_app();
    let lines = Memo::new(move |_| app.queue.with(|queue| app.own.with(|own| sending::lines(queue, own))));
    let of = move |done: bool| {
        lines.with(|lines| lines.iter().filter(|line| is_done(line) == done).cloned().collect::<Vec<_>>())
    };
    let nothing = Memo::new(move |_| app.queue.with(Vec::is_empty));
    let since = Memo::new(move |_| app.own.with(|own| laid::since(own)));
    let since = move |line: &QueueLine| since.with(|since| since.get(&line.id).copied());
    let calm = move || if app.waiting() > 0 { words::phone().outbox_calm() } else { "" };
    view! {
        <div class="page">
            <PageHeader title=t!(phone.outbox_title()) sub=calm><NetworkPill /></PageHeader>
            <main>
                <Damaged />
                <Waiting />
                {move || of(false).into_iter().map(|line| view! { <OpenLine since=since(&line) line /> }).collect_view()}
                <Show when=move || app.feedback_waiting.get() != 0>
                    <p class="aside">{move || words::phone().feedback_waiting(app.feedback_waiting.get())}</p>
                </Show>
                <Show when=move || nothing.get()><Empty title=t!(phone.outbox_empty()) detail=t!(phone.outbox_empty_detail()) /></Show>
                {move || {
                    let done = of(true);
                    (!done.is_empty()).then(|| view! {
                        <h2 class="section-title">{t!(phone.received_title())}</h2>
                        {done.into_iter().map(|line| view! { <DoneLine since=since(&line) line /> }).collect_view()}
                    })
                }}
                <Banners />
            </main>
            <MainTabs place=Place::Queue />
        </div>
    }
}

const fn is_done(line: &QueueLine) -> bool {
    matches!(line.state, LineState::Received { .. })
}

/// How many wait, since when, when it is tried again, and the button.
#[component]
fn Waiting() -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move |_| app.waiting());
    let detail = move || {
        let oldest = app.queue.with(|queue| sending::oldest_ms(queue));
        let days = oldest.map_or(0, |oldest| (app.now_ms() - oldest) / 86_400_000);
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        let oldest = if days > 0 { words::phone().outbox_oldest(days) } else { String::new() };
        said::joined([oldest, next_try(app)])
    };
    let label =
        move || if app.trying.get() { words::phone().outbox_trying() } else { words::phone().try_now() };
    view! {
        <Show when=move || { count.get() > 0 || app.feedback_waiting.get() > 0 }>
            <Card tone=Tone::Wait>
                <b data-waiting=move || count.get().to_string()>{move || words::phone().outbox_waiting(count.get())}</b>
                <div class="sub">{detail}</div>
                <button type="button" class="button main wide try-now" aria-busy=move || app.trying.get().to_string()
                    on:click=move |_| app.try_now()>{label}</button>
                <p class="aside wait" role="status" data-in-vain=move || app.in_vain.get().to_string()>
                    {move || app.in_vain.get().then(|| in_vain(app.network.get()))}
                </p>
                <Loose />
            </Card>
        </Show>
    }
}

/// What a try came to that somebody asked for, by what the last one told.
fn in_vain(network: Network) -> &'static str {
    match network {
        Network::None | Network::Unknown => words::phone().tried_in_vain(),
        Network::Elsewhere => words::phone().tried_elsewhere(),
        Network::There => words::phone().tried_put_off(),
    }
}

/// What waits lies on this phone alone: said where the system did not promise to keep it.
#[component]
fn Loose() -> impl IntoView {
    let kept = RwSignal::new(None::<bool>);
    spawn_local(async move {
        kept.try_set(page::is_storage_kept().await);
    });
    view! {
        <Show when=move || kept.get() == Some(false)>
            <p class="aside" data-storage="loose">{t!(me.storage_loose())}</p>
        </Show>
    }
}

fn next_try(app: App) -> String {
    let at = app.next_try.get();
    at.map_or_else(String::new, |at| words::phone().outbox_next_try(&figures::time_of_day(at, app.zone())))
}

#[component]
fn OpenLine(line: QueueLine, since: Option<Since>) -> impl IntoView {
    let app = use_app();
    let own = StoredValue::new(own_act(app, line.id));
    let line_state = line_state_pill(app, &line.state);
    let (id, word, title) = (line.id, state_word(&line.state), title(app, &line, own));
    let detail = move || own.with_value(|own| detail(app, &line, own.as_ref(), since));
    view! {
        <Card href=format!("/record/{id}")>
            <div class="row" data-record=id.to_string() data-state=word>
                <span class="name">{title}</span>
                <span class="due">{line_state}</span>
            </div>
            <div class="sub">{detail}</div>
        </Card>
    }
}

#[component]
fn DoneLine(line: QueueLine, since: Option<Since>) -> impl IntoView {
    let app = use_app();
    let own = StoredValue::new(own_act(app, line.id));
    let pill = line_state_pill(app, &line.state);
    let summary =
        move || Some(own.with_value(|own| summary(own.as_ref(), since))).filter(|said| !said.is_empty());
    view! {
        <a class="card done-line" href=format!("/record/{}", line.id)>
            <div class="row" data-record=line.id.to_string() data-state="received">
                <span class="grow">{title(app, &line, own)}</span>
                {pill}
            </div>
            {move || summary().map(|summary| view! { <div class="sub">{summary}</div> })}
        </a>
    }
}

/// An own entry's act, while the phone has it.
pub fn own_act(app: App, id: EntryId) -> Option<Act> {
    app.own.with(|own| own.iter().find(|own| own.entry.id == id).and_then(|own| own.act().cloned()))
}

/// The pill of a state.
pub fn line_state_pill(app: App, state: &LineState) -> impl IntoView + use<> {
    let words = words::phone();
    match state {
        LineState::OnPhone => view! { <Pill text=words.state_on_phone() /> },
        LineState::SetAside(SetAside::TooLarge) => {
            view! { <Pill text=words.state_too_large() tone=Tone::Bad /> }
        }
        LineState::Received { at_ms } => {
            let when = moment(app, *at_ms);
            view! { <Pill text=words.state_received(&when) tone=Tone::Good /> }
        }
        // There is nothing to do about what only waits.
        LineState::NeedsLook { reason: Reason::AwaitingApproval, .. } => {
            view! { <Pill text=words.proposed() tone=Tone::Wait /> }
        }
        LineState::NeedsLook { reason: Reason::AbsentTarget, .. } => {
            view! { <Pill text=words.received_title() tone=Tone::Wait /> }
        }
        LineState::NeedsLook { .. } => view! { <Pill text=words.state_look() tone=Tone::Bad /> },
        LineState::Held => view! { <Pill text=words.state_held() tone=Tone::Wait /> },
    }
}

fn moment(app: App, at_ms: i64) -> String {
    figures::moment(at_ms, app.zone(), app.today.get())
}

const fn state_word(state: &LineState) -> &'static str {
    match state {
        LineState::OnPhone => "on-phone",
        LineState::SetAside(_) => "set-aside",
        LineState::Received { .. } => "received",
        LineState::NeedsLook { .. } => "needs-look",
        LineState::Held => "held",
    }
}

/// `王秀英家`, with what it is where it is no visit.
fn title(app: App, line: &QueueLine, own: StoredValue<Option<Act>>) -> String {
    let Some(household) = line.household else { return words::rescue().kind_sealed().to_owned() };
    let name = known_name(app, household)
        .or_else(|| own.with_value(|act| act.as_ref().and_then(name_in)))
        .unwrap_or_else(|| words::phone().unnamed().to_owned());
    let corrects = line.kind == "propose"
        && app.own_proposal(household).is_some_and(|own| own.corrected && own.entry.id == line.id);
    let kind = match corrects {
        true => words::phone().kind_propose_again(),
        false => kind_word(
            &line.kind,
            own.with_value(|act| matches!(act, Some(Act::Visit(visit)) if visit.is_attempt())),
        ),
    };
    let name = words::phone().household_of(&name);
    if line.kind == "visit"
        && !own.with_value(|act| matches!(act, Some(Act::Visit(visit)) if visit.is_attempt()))
    {
        name
    } else {
        said::joined([name, kind.to_owned()])
    }
}

/// The worker's name, as the card has it or as one proposed it oneself.
pub fn known_name(app: App, household: HouseholdId) -> Option<String> {
    let of_card = app.cards.with(|cards| cards.get(&household).map(due::name_of));
    let proposed = || app.own_proposal(household).and_then(|own| name_in(&Act::Propose(own.propose)));
    // Handed over, its card is gone; what one wrote there oneself bears its name.
    let written = || {
        let acts = |own: &Vec<Own>| {
            let of_it = own.iter().rev().filter(|one| one.entry.household == household);
            of_it.filter_map(Own::act).find_map(name_in)
        };
        app.own.with(acts)
    };
    of_card.or_else(proposed).or_else(written).filter(|name| !name.is_empty())
}

/// What sort of record, in one word.
pub fn kind_word(kind: &str, attempt: bool) -> &'static str {
    let words = words::phone();
    match kind {
        "visit" if attempt => words.kind_attempt(),
        "visit" => words.kind_visit(),
        "amend" => words.kind_amend(),
        "withdraw" => words.kind_withdraw(),
        "confirm" => words.kind_confirm(),
        "alert" => words.kind_alert(),
        "propose" => words.kind_propose(),
        "tell" => words.kind_tell(),
        "pair" => words::domain().kind_pair(),
        _ => words.record_title(),
    }
}

/// The worker's name as a record of one's own carries it, for a card that has left.
fn name_in(act: &Act) -> Option<String> {
    let of_values = |values: &domain::slot::Values| {
        values.values().find_map(|value| match value {
            Value::Name(name) => Some(name.text.clone()),
            _ => None,
        })
    };
    let of_visit = |visit: &Visit| {
        visit.answers.values().find_map(|answer| match answer {
            Answer::Unchanged { confirmed } => of_values(confirmed),
            Answer::Changed { stated, confirmed } => of_values(stated).or_else(|| of_values(confirmed)),
            Answer::NotAsked { .. } | Answer::Declined => None,
        })
    };
    match act {
        Act::Visit(visit) => of_visit(visit),
        Act::Amend(Amend { version, .. }) => of_visit(version),
        Act::Propose(propose) => of_values(&propose.stated),
        _ => None,
    }
}

/// `今天 14:21 · 六项知道五项 · 1 条诉求`, or why it should be looked at.
fn detail(app: App, line: &QueueLine, act: Option<&Act>, since: Option<Since>) -> String {
    let words = words::phone();
    match &line.state {
        LineState::NeedsLook { reason, why } => said::joined([words.reason(*reason).to_owned(), why.clone()]),
        LineState::SetAside(SetAside::TooLarge) => words.too_large_detail().to_owned(),
        LineState::Held => words.held_detail().to_owned(),
        LineState::OnPhone | LineState::Received { .. } => {
            said::joined([moment(app, line.saved_ms), summary(act, since)])
        }
    }
}

/// What a record says; of one that no longer stands, what became of it.
fn summary(act: Option<&Act>, since: Option<Since>) -> String {
    let words = words::phone();
    match act {
        _ if since == Some(Since::Amended) => words.amended().to_owned(),
        _ if since == Some(Since::Withdrawn) => words.withdrawn().to_owned(),
        Some(Act::Visit(visit) | Act::Amend(Amend { version: visit, .. })) if !visit.is_attempt() => {
            let known = visit
                .answers
                .values()
                .filter(|answer| matches!(answer, Answer::Unchanged { .. } | Answer::Changed { .. }));
            let known = match known.count() {
                6 => words.known_all().to_owned(),
                count => words.known_of_six(count),
            };
            let needs =
                if visit.needs.is_empty() { String::new() } else { words.needs_count(visit.needs.len()) };
            said::joined([known, needs])
        }
        Some(Act::Alert(alert)) => {
            said::joined([words::domain().event_kind(alert.kind).to_owned(), alert.words.clone()])
        }
        Some(Act::Pair(pair)) if pair.is_one => words::domain().pair_is_one().to_owned(),
        Some(Act::Pair(_)) => words::domain().pair_split().to_owned(),
        _ => String::new(),
    }
}
