//! One record of one's own, opened: what it says, where it is, and the ways to correct or withdraw it.

use super::{outbox, said};
use crate::state::{App, due, laid::OwnVisit, use_app};
use crate::state::{LineState, SetAside};
use domain::{
    entry::{Act, Amend, Withdraw},
    id::EntryId,
    item::Item,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use ui::fields::text::TextField;
use ui::frame::PageHeader;
use ui::icon::Icon;
use ui::notice::{Banner, Empty};
use ui::sheet::Sheet;
use ui::surface::{Card, Pill, Tone};
use ui::{figures, t, words};

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
    move || match shown.get() {
        Some((household, kind, state, id)) => {
            let explained = state.clone();
            let name = app.cards.with(|cards| cards.get(&household).map(due::name_of)).unwrap_or_default();
            view! {
                <div class="page">
                    <PageHeader title=move || if name.is_empty() { words::phone().record_title().to_owned() } else { words::phone().household_of(&name) } back="/queue">
                        {outbox::line_state_pill(app, &state)}
                    </PageHeader>
                    <main>
                        <Explained state=explained />
                        <Content id kind />
                    </main>
                </div>
            }
            .into_any()
        }
        None => view! {
            <div class="page">
                <PageHeader title=t!(phone.record_title()) back="/queue" />
                <main><Empty title=t!(phone.record_gone()) detail=t!(phone.record_gone_detail()) /></main>
            </div>
        }
        .into_any(),
    }
}

/// Why it should be looked at, and what to do.
#[component]
fn Explained(state: LineState) -> impl IntoView {
    let sentence = move || match &state {
        LineState::NeedsLook { reason, why } => {
            Some(said::joined([words::phone().reason(*reason).to_owned(), why.clone()]))
        }
        LineState::SetAside(SetAside::TooLarge) => Some(words::phone().too_large_detail().to_owned()),
        LineState::Held => Some(words::phone().held_detail().to_owned()),
        LineState::OnPhone | LineState::Received { .. } => None,
    };
    move || sentence().map(|sentence| view! { <Banner text=sentence tone=Tone::Wait icon=Icon::Warning /> })
}

#[component]
fn Content(id: EntryId, kind: String) -> impl IntoView {
    let app = use_app();
    let visit_of = move || match outbox::own_act(app, id)? {
        Act::Visit(_) => app.own_visit(id),
        Act::Amend(Amend { visit, .. }) | Act::Withdraw(Withdraw { visit, .. }) => app.own_visit(visit),
        _ => None,
    };
    let kind = StoredValue::new(kind);
    move || match visit_of() {
        Some(own) => view! { <VisitShown own /> }.into_any(),
        None => {
            let said = match outbox::own_act(app, id) {
                Some(Act::Alert(alert)) => {
                    said::joined([words::domain().event_kind(alert.kind).to_owned(), alert.words])
                }
                Some(Act::Propose(propose)) => {
                    let today = app.today.get();
                    propose
                        .stated
                        .values()
                        .map(|value| said::value_line(value, today))
                        .chain([propose.why.clone()])
                        .collect::<Vec<_>>()
                        .join("\n")
                }
                Some(Act::Withdraw(withdraw)) => withdraw.why,
                _ => String::new(),
            };
            view! { <Card><b>{kind.with_value(|kind| outbox::kind_word(kind, false))}</b><p class="lines">{said}</p></Card> }.into_any()
        }
    }
}

/// The visit in the version that stands.
#[component]
fn VisitShown(own: OwnVisit) -> impl IntoView {
    let app = use_app();
    let today = app.today.get();
    let visit = own.visit.clone();
    let card = app.card(own.household);
    let companion =
        visit.companion.as_ref().zip(card.as_ref()).map(|(companion, card)| said::companion(card, companion));
    let met = visit.met.map_or_else(|| words::domain().attempt(), |met| words::domain().whose(met));
    let head = said::joined([
        figures::day(visit.day, today),
        met.to_owned(),
        companion
            .filter(|name| !name.is_empty())
            .map_or_else(String::new, |name| words::phone().with_companion(&name)),
    ]);
    let answer = |item: Item| {
        visit.answers.get(&item).map(|answer| {
        let lines = match answer {
            domain::answer::Answer::Unchanged { confirmed } => said::lines(item, confirmed, today),
            domain::answer::Answer::Changed { stated, confirmed } => {
                let mut all = confirmed.clone();
                all.extend(stated.clone());
                said::lines(item, &all, today)
            }
            _ => Vec::new(),
        };
        view! {
            <section class="card answered" data-item=item.code()>
                <div class="question"><h3>{words::domain().item(item)}</h3><span>{said::answer_word(answer)}</span></div>
                {lines.into_iter().map(|line| view! { <div class="value lines">{line}</div> }).collect_view()}
            </section>
        }
    })
    };
    view! {
        <p class="record-head"><b>{head}</b>{own.withdrawn.then(|| view! { " " <Pill text=t!(phone.withdrawn()) tone=Tone::Bad /> })}
            {(own.version != own.id && !own.withdrawn).then(|| view! { " " <Pill text=t!(phone.amended()) tone=Tone::Good /> })}</p>
        {Item::ALL.map(answer).into_iter().flatten().collect_view()}
        {visit.needs.clone().into_iter().map(|need| view! {
            <Card><b>{words::domain().need_kind(need.kind)}</b><p class="lines">{need.words}</p></Card>
        }).collect_view()}
        {(!visit.note.is_empty()).then(|| view! { <Card><b>{words::phone().note_title()}</b><p class="lines">{visit.note.clone()}</p></Card> })}
        {(!own.withdrawn).then(|| view! { <Ways own /> })}
    }
}

/// Correct or withdraw.
#[component]
fn Ways(own: OwnVisit) -> impl IntoView {
    let app = use_app();
    let own = StoredValue::new(own);
    let navigate = StoredValue::new_local(use_navigate());
    let asking = RwSignal::new(false);
    let why = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let amend = move |_| {
        if let Some(draft) = own.with_value(|own| app.begin_amend(own)) {
            navigate.with_value(|navigate| navigate(&format!("/visit/{draft}"), NavigateOptions::default()));
        }
    };
    let withdraw = move |_| {
        own.with_value(|own| {
            app.withdraw(own, why.get_untracked().trim().to_owned(), move |result| match result {
                Ok(()) => {
                    app.say(words::phone().withdraw_saved().to_owned());
                    navigate.try_with_value(|navigate| {
                        navigate("/queue", NavigateOptions { replace: true, ..NavigateOptions::default() })
                    });
                }
                Err(sentence) => {
                    wrong.try_set(Some(sentence));
                }
            })
        })
    };
    let can_amend = move || own.with_value(|own| can_amend(app, own));
    view! {
        <div class="buttons">
            <Show when=can_amend><button type="button" class="button grow" on:click=amend>{t!(phone.record_amend())}</button></Show>
            <button type="button" class="button danger grow" on:click=move |_| asking.set(true)>{t!(phone.record_withdraw())}</button>
        </div>
        <Sheet open=asking on_close=move |()| asking.set(false) title=t!(phone.withdraw_title())>
            <p>{t!(phone.withdraw_detail())}</p>
            <div class="fields"><div class="wide">
                <TextField label=t!(phone.withdraw_why()) value=why on_input=move |text| why.set(text) lines=2 longest=200 wrong=wrong />
            </div></div>
            <div class="buttons">
                <button type="button" class="button danger" on:click=withdraw>{t!(phone.withdraw_do())}</button>
                <button type="button" class="button" on:click=move |_| asking.set(false)>{t!(shared.cancel())}</button>
            </div>
        </Sheet>
    }
}

/// A visit is corrected over the household's card.
fn can_amend(app: App, own: &OwnVisit) -> bool {
    app.cards.with(|cards| cards.contains_key(&own.household))
}
