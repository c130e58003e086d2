//! One record of one's own, opened: what it says, where it is, and the ways to correct or withdraw it.

use super::{
    alerts::AlertShown,
    outbox, said,
    told::{self, Told},
    visits::Joined,
    ways::{ProposalWays, Taking, TakingBack, WayWords, Ways},
};
use crate::state::{
    App,
    laid::{self, OwnVisit},
    proposals::OwnProposal,
    use_app,
};
use crate::state::{LineState, SetAside};
use domain::{
    entry::{Act, Alert, Amend, Entry, Pair, Reading, Tell, Withdraw},
    file::AlertLine,
    id::{EntryId, HouseholdId},
    item::Item,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use protocol::changes::Card;
use std::sync::Arc;
use ui::frame::PageHeader;
use ui::icon::Icon;
use ui::notice::{Banner, Empty};
use ui::surface::{Pill, Tone};
use ui::{t, words};

/// The page.
#[component]
pub fn RecordPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| EntryId::parse(&id))));
    let shown = Memo::new(move |_| {
        id.get().and_then(|id| {
            let own = app.own.with(|own| own.iter().find(|own| own.entry.id == id).cloned())?;
            Some((own.entry.household, own.entry.kind.clone(), own.state, id))
        })
    });
    let query = use_query_map();
    // Back to where it was opened.
    let back = move |household: HouseholdId| match query.with(|query| query.get("from")).as_deref() {
        Some("household") => format!("/household/{household}"),
        _ => "/queue".to_owned(),
    };
    // Only its sealed record is on this phone.
    let sealed = Memo::new(move |_| {
        app.queue.with(|queue| queue.iter().any(|line| Some(line.id) == id.get() && line.household.is_none()))
    });
    // Beside what is drawn anew whenever its state changes: what is being typed stays.
    let taking = RwSignal::new(None::<Taking>);
    let page = move || match shown.get() {
        Some((household, kind, state, id)) => {
            let explained = state.clone();
            let name = outbox::known_name(app, household).unwrap_or_default();
            view! {
                <div class="page">
                    <PageHeader title=move || if name.is_empty() { words::phone().record_title().to_owned() } else { words::phone().household_of(&name) } back=back(household)>
                        {outbox::line_state_pill(app, &state)}
                    </PageHeader>
                    <main>
                        <Explained state=explained />
                        <Content id household kind taking />
                    </main>
                </div>
            }
            .into_any()
        }
        None if sealed.get() => view! {
            <div class="page">
                <PageHeader title=t!(phone.record_title()) back="/queue" />
                <main><Empty title=t!(rescue.kind_sealed()) detail=t!(rescue.kind_sealed_detail()) /></main>
            </div>
        }
        .into_any(),
        None => view! {
            <div class="page">
                <PageHeader title=t!(phone.record_title()) back="/queue" />
                <main><Empty title=t!(phone.record_gone()) detail=t!(phone.record_gone_detail()) /></main>
            </div>
        }
        .into_any(),
    };
    view! {
        {page}
        <TakingBack taking />
    }
}

/// Why it should be looked at, and what to do.
#[component]
fn Explained(state: LineState) -> impl IntoView {
    let of = state.clone();
    let sentence = move || match &of {
        LineState::NeedsLook { reason, why } => {
            Some(said::joined([words::phone().reason(*reason).to_owned(), why.clone()]))
        }
        LineState::SetAside(SetAside::TooLarge) => Some(words::phone().too_large_detail().to_owned()),
        LineState::Held => Some(words::phone().held_detail().to_owned()),
        LineState::OnPhone | LineState::Received { .. } => None,
    };
    let aside = matches!(state, LineState::SetAside(_));
    view! {
        {move || sentence().map(|sentence| view! { <Banner text=sentence tone=Tone::Wait icon=Icon::Warning /> })}
        // What is left in the queue when all else has gone is this one.
        {aside.then(|| view! { <a class="button wide" rel="external" href="/rescue.html">{t!(rescue.take_out())}</a> })}
    }
}

/// What is shown of an entry.
#[derive(Clone, PartialEq)]
enum Shown {
    Visit(OwnVisit),
    Proposal(OwnProposal),
    Telling(Arc<Entry<Reading>>, Tell),
    Alert(Box<Card>, AlertLine),
    /// It has no versions.
    Parts(Vec<Told>),
}

#[component]
fn Content(
    id: EntryId,
    household: HouseholdId,
    kind: String,
    taking: RwSignal<Option<Taking>>,
) -> impl IntoView {
    let app = use_app();
    let kind = StoredValue::new(kind);
    let shown = Memo::new(move |_| shown(app, id, household));
    move || match shown.get() {
        Some(Shown::Visit(own)) => view! { <VisitShown own taking /> }.into_any(),
        Some(Shown::Proposal(own)) => view! { <ProposalShown own taking /> }.into_any(),
        Some(Shown::Alert(card, line)) => view! { <AlertShown line card=*card taking /> }.into_any(),
        Some(Shown::Telling(entry, tell)) => view! { <TellingShown entry tell taking /> }.into_any(),
        parts => {
            let parts = if let Some(Shown::Parts(parts)) = parts { parts } else { Vec::new() };
            view! { <p class="record-head"><b>{kind.with_value(|kind| outbox::kind_word(kind, false))}</b></p>{parts_of(parts)} }.into_any()
        }
    }
}

fn shown(app: App, id: EntryId, household: HouseholdId) -> Option<Shown> {
    let visit = |id| app.own_visit(id).map(Shown::Visit);
    let proposal = || app.own_proposal(household).map(Shown::Proposal);
    match outbox::own_act(app, id)? {
        Act::Visit(_) => visit(id),
        Act::Amend(Amend { visit: of, .. }) => visit(of),
        Act::Withdraw(Withdraw { visit: of, .. }) => {
            visit(of).or_else(|| telling(app, of)).or_else(|| taken_back(app, of)).or_else(proposal)
        }
        Act::Tell(_) => telling(app, id),
        Act::Pair(Pair { visit: one, other, .. }) => visit(one).or_else(|| visit(other)),
        Act::Propose(_) => proposal(),
        Act::Alert(alert) => Some(raised(app, id, household, &alert)),
        _ => None,
    }
}

/// An alert as its household's card has it; what was taken back, in its own words.
fn raised(app: App, id: EntryId, household: HouseholdId, alert: &Alert) -> Shown {
    let card = app.card(household);
    let line = card.as_ref().and_then(|card| card.alerts.iter().find(|line| line.id == id).cloned());
    match card.zip(line) {
        Some((card, line)) => Shown::Alert(Box::new(card), line),
        None => Shown::Parts(told::alert(alert, app.today.get())),
    }
}

fn telling(app: App, id: EntryId) -> Option<Shown> {
    let entry = app.own.with(|own| own.iter().find(|own| own.entry.id == id).map(|own| own.entry.clone()))?;
    let Ok(Act::Tell(tell)) = entry.payload.clone() else { return None };
    Some(Shown::Telling(entry, tell))
}

/// What an alert said that was taken back.
fn taken_back(app: App, id: EntryId) -> Option<Shown> {
    let Some(Act::Alert(alert)) = outbox::own_act(app, id) else { return None };
    Some(Shown::Parts(told::alert(&alert, app.today.get())))
}

/// The parts of a record, one card each.
fn parts_of(parts: Vec<Told>) -> impl IntoView {
    let part = |Told { item, title, mark, lines }: Told| {
        view! {
            <section class="card answered" data-item=item.map(Item::code)>
                <div class="question"><h3>{title}</h3><span>{mark}</span></div>
                {lines.into_iter().map(|line| view! { <div class="value lines">{line}</div> }).collect_view()}
            </section>
        }
    };
    parts.into_iter().map(part).collect_view()
}

/// Corrected, withdrawn.
fn marks(corrected: bool, withdrawn: bool) -> impl IntoView {
    view! {
        {withdrawn.then(|| view! { " " <Pill text=t!(phone.withdrawn()) tone=Tone::Bad /> })}
        {(corrected && !withdrawn).then(|| view! { " " <Pill text=t!(phone.amended()) tone=Tone::Good /> })}
    }
}

/// The visit in the version that stands.
#[component]
fn VisitShown(own: OwnVisit, taking: RwSignal<Option<Taking>>) -> impl IntoView {
    let app = use_app();
    let today = app.today.get();
    let card = app.card(own.household);
    let companion = own.visit.companion.as_ref().zip(card.as_ref());
    let companion = companion.map(|(companion, card)| said::companion(card, companion)).unwrap_or_default();
    let need = |id| {
        let line = card.as_ref().and_then(|card| card.needs.iter().find(|line| line.need.id == id));
        line.map(|line| words::domain().need_kind(line.need.kind).to_owned()).unwrap_or_default()
    };
    let mut head = told::head(&own.visit, &companion, today);
    let line = card.as_ref().and_then(|card| card.visits.iter().find(|line| line.id == own.id));
    if line.is_some_and(said::is_unconfirmed) {
        head.push_str(&words::phone().awaited(&companion));
    }
    let parts = told::visit(&own.visit, need, today);
    let ways = {
        let own = own.clone();
        move || {
            // A visit is corrected over the household's card.
            let amend = app.cards.with(|cards| cards.contains_key(&own.household)).then(|| {
                let own = own.clone();
                Callback::new(move |()| app.begin_amend(&own).map(|draft| format!("/visit/{draft}")))
            });
            let words = WayWords {
                amend: words::phone().record_amend(),
                withdraw: words::phone().record_withdraw(),
                title: words::phone().withdraw_title(),
                detail: words::phone().withdraw_detail(),
            };
            view! { <Ways household=own.household entry=own.id amend withdraw=true words taking /> }
        }
    };
    view! {
        <p class="record-head"><b>{head}</b>{marks(own.version != own.id, own.withdrawn)}</p>
        {parts_of(parts)}
        {card.filter(|_| !own.withdrawn).map(|card| view! { <Joined card mine=own.id /> })}
        {(!own.withdrawn).then_some(ways)}
    }
}

/// The proposal in the version that stands.
#[component]
fn ProposalShown(own: OwnProposal, taking: RwSignal<Option<Taking>>) -> impl IntoView {
    let app = use_app();
    let unit = app.union.with(|union| {
        let units = union.as_ref().map(|union| union.units.as_slice()).unwrap_or_default();
        units.iter().find(|unit| Some(unit.id) == own.propose.unit).map(|unit| unit.name.clone())
    });
    let parts = told::proposal(&own.propose, unit.unwrap_or_default(), app.today.get());
    let (corrected, withdrawn) = (own.corrected, own.withdrawn);
    view! {
        <p class="record-head"><b>{t!(phone.kind_propose())}</b>{marks(corrected, withdrawn)}</p>
        {parts_of(parts)}
        {(!withdrawn).then(|| view! { <ProposalWays own taking /> })}
    }
}

/// A reply told by telephone.
#[component]
fn TellingShown(entry: Arc<Entry<Reading>>, tell: Tell, taking: RwSignal<Option<Taking>>) -> impl IntoView {
    let app = use_app();
    let (id, household) = (entry.id, entry.household);
    let card = app.card(household);
    let line =
        card.as_ref().and_then(|card| card.needs.iter().find(|line| line.reply_entry == Some(tell.reply)));
    let reply =
        line.and_then(|line| line.reply.as_ref()).map(|reply| reply.words.clone()).unwrap_or_default();
    let parts = told::telling(&tell, reply, app.today.get());
    let withdrawn = app.own.with(|own| laid::withdrawal(own, id).is_some());
    let words = WayWords {
        amend: "",
        withdraw: words::phone().tell_withdraw(),
        title: words::phone().tell_withdraw_title(),
        detail: words::phone().tell_withdraw_detail(),
    };
    view! {
        <p class="record-head"><b>{t!(phone.kind_tell())}</b>{marks(false, withdrawn)}</p>
        {parts_of(parts)}
        {(!withdrawn).then(|| view! { <Ways household entry=id amend=None withdraw=true words taking /> })}
    }
}
