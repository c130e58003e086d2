//! Alerts of a household: what was reported, and whether the union took it up: who, when, and what they said. Who raised
//! one may take it back.

use super::{
    said,
    ways::{Taking, WayWords, Ways},
};
use crate::state::{App, LineState, use_app};
use domain::{file::AlertLine, id::EntryId};
use leptos::prelude::*;
use protocol::changes::Card as HouseholdCard;
use ui::{figures, t, words};

/// All of a household's, the newest first.
#[component]
pub fn Alerts(
    /// The household.
    card: HouseholdCard,
    /// Where a withdrawal is asked about.
    taking: RwSignal<Option<Taking>>,
) -> impl IntoView {
    let lines: Vec<AlertLine> = card.alerts.iter().rev().cloned().collect();
    (!lines.is_empty()).then(|| {
        let line = |line| view! { <AlertShown line card=card.clone() taking /> };
        view! {
            <h2 class="section-title">{t!(domain.alert())}</h2>
            {lines.into_iter().map(line).collect_view()}
        }
    })
}

/// One of them.
#[component]
pub fn AlertShown(
    /// The alert.
    line: AlertLine,
    /// Its household.
    card: HouseholdCard,
    /// Where a withdrawal is asked about.
    taking: RwSignal<Option<Taking>>,
) -> impl IntoView {
    let app = use_app();
    let day = figures::day(line.alert.day, app.today.get());
    let (title, happened) = (words::domain().event_kind(line.alert.kind), line.alert.words.clone());
    let by = said::joined([day, said::person(&card, line.author)]);
    let (waits, answer) = answer(app, &card, &line);
    let is_mine = own_state(app, line.id).is_some();
    view! {
        <section class="card" data-alert=line.id.to_string()>
            <div class="question"><h3>{title}</h3><span>{by}</span></div>
            {(!happened.is_empty()).then(|| view! { <p class="lines">{happened}</p> })}
            <p class="lines" class:wait=waits>{answer}</p>
            {is_mine.then(|| view! { <Ways household=card.household entry=line.id amend=None withdraw=true words=way_words() taking /> })}
        </section>
    }
}

/// What became of it, and whether it still waits for somebody.
fn answer(app: App, card: &HouseholdCard, line: &AlertLine) -> (bool, String) {
    let words = words::phone();
    let Some(taken) = &line.taken_up else {
        let is_here = matches!(own_state(app, line.id), Some(LineState::OnPhone | LineState::SetAside(_)));
        let said = if is_here { words.alert_on_phone() } else { words.alert_waits() };
        return (true, said.to_owned());
    };
    let day = figures::day(taken.day, app.today.get());
    let who = line.taken_up_by.map(|by| said::person(card, by)).unwrap_or_default();
    (false, said::joined([words.alert_taken(&day, &who), taken.words.clone()]))
}

/// Where it is, if it is one's own and on this phone's list.
pub(super) fn own_state(app: App, id: EntryId) -> Option<LineState> {
    app.own.with(|own| own.iter().find(|own| own.entry.id == id).map(|own| own.state.clone()))
}

fn way_words() -> WayWords {
    let words = words::phone();
    WayWords {
        amend: "",
        withdraw: words.alert_withdraw(),
        title: words.alert_withdraw_title(),
        detail: words.alert_withdraw_detail(),
    }
}
