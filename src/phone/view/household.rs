//! One household: what is known, when and by whom; visits; needs and replies; who answers for it.

use super::{
    alerts::{Alerts, own_state},
    list::due_words,
    said,
    shell::Banners,
    telling::ToldByTelephone,
    visits::Visits,
    ways::{ProposalWays, Taking, TakingBack},
};
use crate::state::{App, LineState, known::Known, laid::OwnVisit, use_app};
use domain::{
    file::NeedLine,
    id::HouseholdId,
    item::{Item, ItemState},
    slot::{Slot, Value},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use protocol::changes::Card as HouseholdCard;
use ui::frame::{BottomBar, PageHeader};
use ui::icon::{Icon, IconMark};
use ui::notice::Empty;
use ui::sheet::Sheet;
use ui::surface::{Card, Chip, Pill, Tone};
use ui::tiles::Tile;
use ui::{figures, t, words};

/// The page of one household.
#[component]
pub fn HouseholdPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| HouseholdId::parse(&id))));
    let card = Memo::new(move |_| id.get().and_then(|id| app.card(id)));
    // Beside what is drawn anew whenever the card changes: what is being typed stays.
    let taking = RwSignal::new(None::<Taking>);
    let page = move || match card.get() {
        Some(card) => view! { <Shown card taking /> }.into_any(),
        None => view! {
            <div class="page">
                <PageHeader title=t!(domain.household()) back="/" />
                <main>{move || id.get().map(|id| view! { <Gone id /> })}</main>
            </div>
        }
        .into_any(),
    };
    view! {
        {page}
        <TakingBack taking />
    }
}

/// A household that is not here, or no longer proposed.
#[component]
fn Gone(id: HouseholdId) -> impl IntoView {
    let app = use_app();
    if app.own_proposal(id).is_some_and(|own| own.withdrawn) {
        return view! { <Empty title=t!(phone.proposal_withdrawn()) detail=t!(phone.proposal_withdrawn_detail()) /> };
    }
    view! { <Empty title=t!(phone.household_gone()) detail=t!(phone.household_gone_detail()) /> }
}

#[component]
fn Shown(card: HouseholdCard, taking: RwSignal<Option<Taking>>) -> impl IntoView {
    let app = use_app();
    let household = card.household;
    let navigate = use_navigate();
    let go = navigate.clone();
    let begin = Callback::new(move |()| {
        if let Some(draft) = app.begin_visit(household) {
            go(&format!("/visit/{draft}"), NavigateOptions::default());
        }
    });
    let asking = RwSignal::new(None::<OwnVisit>);
    let alert =
        move |_| navigate(&format!("/alert/{}", app.begin_alert(household)), NavigateOptions::default());
    let begun = move || {
        app.drafts
            .with(|drafts| drafts.iter().any(|draft| draft.household == household && draft.kind == "visit"))
    };
    // A second visit of one day is seldom meant.
    let ask = move |()| match app.visit_today(household).filter(|_| !begun()) {
        Some(before) => asking.set(Some(before)),
        None => begin.run(()),
    };
    let label = move || if begun() { words::phone().go_on_visit() } else { words::phone().start_visit() };
    let [open, to_tell, told] = App::needs_of(&card);
    let name = said::household(&card);
    let shown_card = StoredValue::new(card.clone());
    let title = move || words::phone().household_of(&name);
    let sub = move || shown_card.with_value(|card| sentence(app, card));
    let question = move |item| {
        let card = shown_card.get_value();
        view! { <Knowledge card item /> }
    };
    view! {
        <div class="page">
            <PageHeader title=title sub=sub back="/">
                {card.proposed.then(|| view! { <Pill text=t!(phone.proposed()) tone=Tone::Wait /> })}
            </PageHeader>
            <main>
                <Head card=card.clone() />
                <Found household=card.household proposed=card.proposed taking />
                <Alerts card=card.clone() taking />
                <Replies household title=t!(phone.replies_to_tell()) needs=to_tell />
                <Replies household title=t!(phone.needs_open()) needs=open />
                <h2 class="section-title">{t!(phone.six_title())}</h2>
                {Item::ALL.map(question).collect_view()}
                <Visits card=card.clone() />
                <Replies household title=t!(phone.replies_told()) needs=told />
                <Helpers card />
                <Banners />
            </main>
            <BottomBar label=label ready=true on_tap=ask>
                <button type="button" class="button danger" on:click=alert><IconMark icon=Icon::Bell />{t!(domain.alert())}</button>
            </BottomBar>
            <Again asking begin />
        </div>
    }
}

/// Asks whether a second visit of one day is meant, or the first is to be corrected.
#[component]
fn Again(asking: RwSignal<Option<OwnVisit>>, begin: Callback<()>) -> impl IntoView {
    let app = use_app();
    let navigate = StoredValue::new_local(use_navigate());
    let amend = move |_| {
        let draft = asking.get_untracked().and_then(|before| app.begin_amend(&before));
        if let Some(draft) = draft {
            navigate.with_value(|navigate| navigate(&format!("/visit/{draft}"), NavigateOptions::default()));
        }
    };
    let open = Signal::derive(move || asking.with(Option::is_some));
    view! {
        <Sheet open on_close=move |()| asking.set(None) title=t!(phone.visited_today())>
            <p>{t!(phone.visited_today_detail())}</p>
            <div class="buttons">
                <button type="button" class="button main grow" on:click=amend>{t!(phone.visited_today_amend())}</button>
                <button type="button" class="button grow" on:click=move |_| begin.run(())>{t!(phone.visited_today_again())}</button>
            </div>
        </Sheet>
    }
}

/// What one found oneself and the union has not decided on: why it was proposed, and the ways to correct that.
#[component]
fn Found(household: HouseholdId, proposed: bool, taking: RwSignal<Option<Taking>>) -> impl IntoView {
    let app = use_app();
    let own = app.own_proposal(household).filter(|own| proposed && !own.withdrawn);
    own.map(|own| {
        let why = own.propose.why.clone();
        view! {
            <section class="card" data-part="found">
                <div class="question"><h3>{t!(phone.propose_why())}</h3></div>
                <p class="lines">{why}</p>
                <ProposalWays own taking />
            </section>
        }
    })
}

/// Unit, last visit, due: one line below the name.
fn sentence(app: App, card: &HouseholdCard) -> String {
    let today = app.today.get();
    let visited = match card.last_visit {
        Some(day) => words::phone().last_visit_on(&figures::day(day, today)),
        None => words::phone().never_visited().to_owned(),
    };
    said::joined([card.unit_name.clone(), visited])
}

#[component]
fn Head(card: HouseholdCard) -> impl IntoView {
    let app = use_app();
    let household = card.household;
    let row =
        Memo::new(move |_| app.rows.with(|rows| rows.iter().find(|row| row.household == household).cloned()));
    let numbers = telephones(&card);
    let causes = card.causes.clone();
    view! {
        <div class="row head-chips">
            {move || row.get().filter(|row| !row.category.is_empty()).map(|row| view! { <Chip text=row.category /> })}
            {causes.into_iter().map(|cause| view! { <Chip text=move || words::domain().cause(cause) /> }).collect_view()}
            {move || row.get().filter(|row| !row.proposed).map(|row| {
                let (due, today) = (row.counts_to(), app.today.get());
                view! {
                    <span class="due" class:wait={due < today} class:sub={due >= today}>{due_words(due, row.never_met, today)}</span>
                    {row.promised.map(|on| view! { <span class="due wait" data-mark="promised">{words::domain().promised(&figures::short_day(on, app.today.get()))}</span> })}
                }
            })}
        </div>
        <div class="calls">
            {numbers.into_iter().map(|(number, whose)| {
                let (spoken, href) = (number.clone(), format!("tel:{number}"));
                view! {
                    <a class="button call-button" href=href aria-label=move || words::phone().call(&spoken)>
                        <IconMark icon=Icon::Telephone />
                        <span class="keep">{number}</span>
                        <small class="sub">{move || whose.clone()}</small>
                    </a>
                }
            }).collect_view()}
        </div>
    }
}

/// Every number that stands, with whose it is.
fn telephones(card: &HouseholdCard) -> Vec<(String, String)> {
    let mut numbers: Vec<(String, String)> = Vec::new();
    let mut push = |number: &str, whose: String| {
        if !number.trim().is_empty() && !numbers.iter().any(|(one, _)| one == number) {
            numbers.push((number.trim().to_owned(), whose));
        }
    };
    for slot in [Slot::Telephone, Slot::Spouse] {
        for stands in card.standings.get(&slot).iter().flat_map(|standing| &standing.values) {
            match &stands.value {
                Value::Telephone(value) => value
                    .numbers
                    .iter()
                    .for_each(|one| push(&one.number, words::domain().whose(one.whose).to_owned())),
                Value::Spouse(value) => {
                    push(&value.telephone, words::domain().whose(domain::value::Whose::Spouse).to_owned())
                }
                _ => {}
            }
        }
    }
    numbers
}

/// One item: its value, when and by whom it was confirmed, its rivals.
#[component]
fn Knowledge(card: HouseholdCard, item: Item) -> impl IntoView {
    let app = use_app();
    let household = card.household;
    let state = Memo::new(move |_| {
        app.rows.with(|rows| {
            rows.iter()
                .find(|row| row.household == household)
                .map_or(ItemState::Unknown, |row| *row.states.get(item))
        })
    });
    let known = StoredValue::new(Known::of(&card.standings, item));
    let card = StoredValue::new(card);
    let last = move || {
        let last = known.with_value(|known| known.last);
        last.map_or_else(
            || words::phone().never_confirmed().to_owned(),
            |(day, by)| {
                let who = card.with_value(|card| said::person(card, by));
                words::domain().last_known_by(&figures::short_day(day, app.today.get()), &who)
            },
        )
    };
    let values = move || {
        let today = app.today.get();
        let lines = known.with_value(|known| said::lines(item, &known.base, today));
        lines.into_iter().map(|line| view! { <div class="value lines">{line}</div> }).collect_view()
    };
    let nothing = move || known.with_value(|known| known.base.is_empty() && known.rivals.is_empty());
    view! {
        <section class="card knowledge" data-item=item.code() data-state=move || format!("{:?}", state.get())>
            <div class="question">
                <h3><Tile item state />{move || words::domain().item(item)}</h3>
                <span>{last}</span>
            </div>
            {values}
            <Rivals card known=known />
            <Show when=nothing><div class="value aside">{t!(phone.not_known())}</div></Show>
            <Show when=move || state.get() == ItemState::Stale>
                <div class="aside wait">{move || words::domain().item_state(ItemState::Stale)}</div>
            </Show>
        </section>
    }
}

/// Values that differ, each with who said it when.
#[component]
pub fn Rivals(card: StoredValue<HouseholdCard>, known: StoredValue<Known>) -> impl IntoView {
    let app = use_app();
    let line = move |stands: domain::observation::Stands| {
        let who = card.with_value(|card| said::person(card, stands.by));
        let day = figures::short_day(stands.day, app.today.get());
        view! {
            <div class="rival">
                <span class="grow lines">{said::value_line(&stands.value, app.today.get())}</span>
                <span class="sub">{words::phone().rival_by(&day, &who)}</span>
            </div>
        }
    };
    move || {
        known
            .with_value(|known| known.rivals.clone())
            .into_iter()
            .flat_map(|(_, values)| values)
            .map(line)
            .collect_view()
    }
}

#[component]
fn Replies(
    household: HouseholdId,
    #[prop(into)] title: leptos::text_prop::TextProp,
    needs: Vec<NeedLine>,
) -> impl IntoView {
    let app = use_app();
    let title = StoredValue::new(title);
    let needs = StoredValue::new(needs);
    let line = move |line: NeedLine| {
        let today = app.today.get();
        let kind = words::domain().need_kind(line.need.kind);
        let asked = words::phone().asked_on(&figures::day(line.asked, today));
        let promised = line.need.promised_until.map(|day| words::phone().promised(&figures::day(day, today)));
        let told = line.told.map(|day| {
            let said = if line.told_by_telephone {
                words::phone().told_by_telephone_on(&figures::day(day, today))
            } else {
                words::phone().told_on(&figures::day(day, today))
            };
            view! { <p class="sub">{said}</p> }
        });
        let tell = (line.reply.is_some() && line.told.is_none())
            .then(|| view! { <ToldByTelephone household line=line.clone() /> });
        let replied = line.reply.as_ref().map(|reply| (reply.day, said::reply(&line)));
        let is_here = own_state(app, line.visit).is_some_and(|state| state == LineState::OnPhone);
        let late = line.reply.is_none() && line.need.promised_until.is_some_and(|day| day < today);
        view! {
            <div class="card need" data-need=line.need.id.to_string()>
                <div class="question"><b>{kind}</b><span class:wait=late>{said::joined([asked, promised.unwrap_or_default()])}</span></div>
                {is_here.then(|| view! { <p><span class="keep wait unsent">{t!(phone.unsent_here())}</span></p> })}
                <p>{line.need.words}</p>
                {replied.map(|(day, words)| view! {
                    <p class="reply lines"><b>{words::phone().replied(&figures::day(day, today))}</b>" "{words}</p>
                })}
                {told}
                {tell}
            </div>
        }
    };
    view! {
        <Show when=move || needs.with_value(|needs| !needs.is_empty())>
            <h2 class="section-title">{move || title.with_value(leptos::text_prop::TextProp::get)}</h2>
            {move || needs.get_value().into_iter().map(line).collect_view()}
        </Show>
    }
}

#[component]
fn Helpers(card: HouseholdCard) -> impl IntoView {
    let seats = card.seats;
    (!seats.is_empty()).then(|| view! {
        <h2 class="section-title">{t!(phone.helpers_title())}</h2>
        <Card>
            {seats.into_iter().map(|seat| view! {
                <div class="row"><span class="grow">{seat.name}</span><span class="sub">{move || words::domain().seat(seat.seat)}</span></div>
            }).collect_view()}
        </Card>
    })
}
