//! A household's visits, newest first, each once however many wrote it down. Whoever came along says so here, and
//! whoever wrote down what another wrote too says whether it is one visit.

use super::said;
use crate::state::{
    pairs::{self, OneVisit},
    use_app,
};
use domain::id::{EntryId, HouseholdId, PersonId};
use leptos::prelude::*;
use protocol::changes::{Card, CardVisit};
use ui::icon::{Icon, IconMark};
use ui::{figures, t, words};

/// The visits on a card.
#[component]
pub fn Visits(card: Card) -> impl IntoView {
    let app = use_app();
    let visits = move || {
        let visits = app.own.with(|own| pairs::visits(&card, own));
        if visits.is_empty() {
            return view! { <p class="aside">{t!(phone.visits_none())}</p> }.into_any();
        }
        let lines = visits.into_iter().map(|one| view! { <Line card=card.clone() one /> }).collect_view();
        view! { <div class="card list">{lines}</div> }.into_any()
    };
    view! {
        <h2 class="section-title">{t!(phone.visits_title())}</h2>
        {visits}
    }
}

/// One visit: the day, who wrote it down and who came along; a record of one's own opens.
#[component]
fn Line(card: Card, one: OneVisit) -> impl IntoView {
    let app = use_app();
    let me = app.person.with(|person| person.as_ref().map(|person| person.id));
    let is_own = |id: EntryId| app.own.with(|own| own.iter().any(|own| own.entry.id == id));
    let mine = one.records().map(|record| record.id).find(|id| is_own(*id));
    let asked = |mine| app.own.with(|own| pairs::asked(&card, own, me?, mine));
    let asked = mine.and_then(asked).map(|other| (other.id, said::person(&card, other.author), other.day));
    let confirm =
        mine.is_none().then(|| one.records().find(|record| app.may_confirm(record)).cloned()).flatten();
    // Of a visit that one wrote down oneself, it is asked whether it is the same.
    let confirm = confirm.filter(|record| !is_asked(&card, me, record));
    let body = told(&card, &one, app.today.get());
    let household = card.household;
    let row = match mine {
        Some(mine) => view! { <a class="list-row" href=format!("/record/{mine}?from=household")>{body}<IconMark icon=Icon::Onward /></a> }.into_any(),
        None => view! {
            <div class="list-row with-button">
                {body}
                {confirm.map(|record| view! { <WasThere household who=said::person(&card, record.author) visit=record.id /> })}
            </div>
        }
        .into_any(),
    };
    let question = mine.zip(asked).map(|(mine, (other, who, day))| {
        let day = figures::day(day, app.today.get());
        view! { <Asked household mine other sentence=words::domain().pair_asked(&who, &day) /> }
    });
    view! {
        {row}
        {question}
    }
}

/// Whether it is asked of a record of this person's own if it is one visit with this one.
fn is_asked(card: &Card, me: Option<PersonId>, record: &CardVisit) -> bool {
    let app = use_app();
    let asks = |own: &CardVisit| {
        app.own.with(|all| pairs::asked(card, all, me?, own.id)).is_some_and(|other| other.id == record.id)
    };
    card.visits.iter().any(asks)
}

fn told(card: &Card, one: &OneVisit, today: domain::day::Day) -> impl IntoView + use<> {
    let wrote: Vec<String> = one.records().map(|record| said::person(card, record.author)).collect();
    // Who wrote it down, too, was there.
    let came = Some(&one.stands).filter(|stands| !wrote.contains(&stands.companion));
    let came = came.map(said::companion_of).unwrap_or_default();
    let title = said::joined([figures::day(one.stands.day, today), words::shared().list(&wrote), came]);
    let met = one.stands.met.map_or_else(|| words::domain().attempt(), |met| words::domain().whose(met));
    let notes =
        one.records().filter(|record| !record.note.is_empty()).map(|record| match one.further.is_empty() {
            true => record.note.clone(),
            false => words::shared().labelled(&said::person(card, record.author), &record.note),
        });
    let detail = said::joined([met.to_owned(), notes.collect::<Vec<_>>().join("\n")]);
    view! { <span class="grow">{title}<small class="sub lines">{detail}</small></span> }
}

/// 我那天也去了.
#[component]
fn WasThere(household: HouseholdId, who: String, visit: EntryId) -> impl IntoView {
    let app = use_app();
    view! {
        <p class="wait">{words::phone().confirm_asked(&who)}</p>
        <button type="button" class="button" data-confirm=visit.to_string() on:click=move |_| app.confirm(household, visit)>{t!(phone.confirm_was_there())}</button>
    }
}

/// 同一次, 不是.
#[component]
fn Asked(household: HouseholdId, mine: EntryId, other: EntryId, sentence: String) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let say = move |is_one| app.pair(household, mine, &[other], is_one, busy);
    view! {
        <div class="list-row with-button" data-pair=other.to_string()>
            <p class="wait">{sentence}</p>
            <button type="button" class="button" on:click=move |_| say(true)>{t!(domain.pair_is_one())}</button>
            <button type="button" class="button" on:click=move |_| say(false)>{t!(domain.pair_is_two())}</button>
        </div>
    }
}

/// With whose records a record of one's own is one visit, and the way back.
#[component]
pub fn Joined(card: Card, mine: EntryId) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let household = card.household;
    let others = app.own.with(|own| pairs::others(&card, own, mine));
    let who: Vec<String> = others.iter().map(|other| said::person(&card, other.author)).collect();
    let ids: Vec<EntryId> = others.iter().map(|other| other.id).collect();
    (!ids.is_empty()).then(|| {
        view! {
            <section class="card" data-part="joined">
                <p>{words::domain().pair_with(&words::shared().list(&who))}</p>
                <button type="button" class="button" on:click=move |_| app.pair(household, mine, &ids, false, busy)>{t!(domain.pair_split())}</button>
            </section>
        }
    })
}
