//! One of the six at the visit: what is known, large; the answers below; fields only when it changed.

use super::{
    Visiting,
    children::{Children, ToAsk, to_ask},
    events::Events,
    fields,
};
use crate::state::{
    App,
    due::Row,
    form::{Form, Pick, reopen::OwnWord},
    known::Known,
    page, use_app,
};
use crate::view::said;
use domain::{
    answer::{Answer, NotAskedReason},
    check::Finding,
    item::{Item, ItemState},
    observation::Stands,
    slot::{Slot, Values},
};
use leptos::prelude::*;
use ui::answers::{Seg, SegOption};
use ui::icon::{Icon, IconMark};
use ui::surface::Tone;
use ui::tiles::Tile;
use ui::{figures, t, words};

/// The element of an item's question.
pub fn id_of(item: Item) -> String {
    format!("item-{}", item.code())
}

/// One of the three answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tap {
    Holds,
    Differs,
    NotAsked,
}

/// 没问到's reasons, 不愿说 among them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Reason(NotAskedReason),
    Declined,
}

const REASONS: [NotAskedReason; 5] = [
    NotAskedReason::WorkerAbsent,
    NotAskedReason::Inconvenient,
    NotAskedReason::NoTime,
    NotAskedReason::NobodyKnew,
    NotAskedReason::Other,
];

/// The card of one item.
#[component]
pub fn Question(editing: Visiting, item: Item) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let known = StoredValue::new(form.with_untracked(|form| form.known(item)));
    let pick = Memo::new(move |_| form.with(|form| form.items.get(item).pick));
    let whole = form.with_untracked(|form| form.items.get(item).whole);
    // What is answered closes, so that the next question comes up; a tap opens it again.
    let reopened = RwSignal::new(false);
    let settled = Memo::new(move |_| form.with(|form| is_settled(form, item)));
    let closed = Memo::new(move |_| settled.get() && !reopened.get());
    let state = Memo::new(move |_| {
        // What was just learnt is known.
        let learnt = form.with(|form| form.items.get(item).answer().is_some_and(|answer| learns(&answer)));
        let household = form.with_untracked(Form::household);
        let row = move |rows: &Vec<Row>| {
            rows.iter().find(|row| row.household == household).map(|row| *row.states.get(item))
        };
        let nothing = known.with_value(|known| known.base.is_empty());
        let before = || if nothing { ItemState::Unknown } else { ItemState::Known };
        if learnt { ItemState::Known } else { app.rows.with(row).unwrap_or_else(before) }
    });
    let tap = Callback::new(move |tap: Tap| {
        editing.change(|form| answer(app, form, item, tap));
        reopened.set(false);
        if form.with_untracked(|form| is_settled(form, item)) {
            go_on(editing, item);
        } else if tap == Tap::NotAsked {
            page::when_drawn(move || page::bring_into_view(&id_of(item)));
        }
    });
    let asks = || form.with_untracked(|form| to_ask(form, app.today.get_untracked()));
    let finished = item == Item::Schooling && asks().iter().any(|(.., grade)| grade.is_none());
    let word = move || form.with(|form| said_of(form, item));
    // That it was not told is no success.
    let told = move || matches!(pick.get(), Some(Pick::Unchanged | Pick::Changed));
    view! {
        <section class="card" class:answered=closed id=id_of(item) data-item=item.code() data-answered=move || pick_word(pick.get())>
            <div class="question">
                <h2><Tile item state />{move || words::domain().item(item)}</h2>
                {move || match word() {
                    Some(word) if told() => view! { <span class="good"><IconMark icon=Icon::Tick />{word}</span> }.into_any(),
                    Some(word) => view! { <span>{word}</span> }.into_any(),
                    None => view! { <span>{last(app, form, item, known)}</span> }.into_any(),
                }}
            </div>
            <Held form item known />
            <Show when=move || item == Item::Schooling && !settled.get()><ToAsk editing /></Show>
            <Show when=move || closed.get()>
                <button type="button" class="icon-button reopen" on:click=move |_| reopened.set(true)
                    aria-label=move || format!("{} {}", words::shared().edit(), words::domain().item(item))>
                    <IconMark icon=Icon::Pencil />
                </button>
            </Show>
            <Show when=move || !closed.get()>
                <RivalChoice editing item known />
                <Seg label=move || words::domain().item(item) quiet=true options=options(item, whole, known.with_value(|known| known.base.is_empty() && known.rivals.is_empty()), finished)
                    value=Signal::derive(move || form.with(|form| tapped(form, item, pick.get()))) on_pick=tap />
                <Show when=move || matches!(pick.get(), Some(Pick::WhyNot | Pick::NotAsked(_) | Pick::Declined))>
                    <Reasons editing item pick reopened />
                </Show>
                <Show when=move || pick.get() == Some(Pick::Changed) && !form.with(|form| item == Item::Events && form.says_no_events())>
                    <Fields editing item />
                    <Wrong editing item finished />
                </Show>
            </Show>
        </section>
    }
}

/// Whether an answer says how it is.
fn learns(answer: &Answer) -> bool {
    match answer {
        Answer::Unchanged { .. } => true,
        Answer::Changed { stated, .. } => !stated.is_empty(),
        Answer::NotAsked { .. } | Answer::Declined => false,
    }
}

/// Whether nothing more is to be said of it, so that its card may close.
fn is_settled(form: &Form, item: Item) -> bool {
    match form.items.get(item).pick {
        Some(Pick::Unchanged | Pick::NotAsked(_) | Pick::Declined) => true,
        Some(Pick::Changed) => item == Item::Events && form.says_no_events(),
        Some(Pick::WhyNot) | None => false,
    }
}

fn answer(app: App, form: &mut Form, item: Item, tap: Tap) {
    match (tap, item) {
        (Tap::Holds, Item::Events) => form.no_events(),
        (Tap::Holds, _) => form.pick(item, Pick::Unchanged),
        (Tap::Differs, Item::Events) => form.begin_event(app.new_event()),
        (Tap::Differs, _) => form.pick(item, Pick::Changed),
        (Tap::NotAsked, _) => form.pick(item, Pick::WhyNot),
    }
}

/// Brings the next open question into view.
pub fn go_on(editing: Visiting, item: Item) {
    let next = editing.form.with_untracked(|form| form.next_open(item));
    let id = next.map_or_else(|| "asked".to_owned(), id_of);
    page::when_drawn(move || page::bring_up(&id));
}

/// `finished` = it is asked whether a child has left school: nothing new means that it has not.
fn options(item: Item, whole: bool, nothing: bool, finished: bool) -> Vec<SegOption<Tap>> {
    let holds = SegOption::new(Tap::Holds, move || holds_word(item, whole, finished));
    let holds = if item == Item::Events && whole { holds.wide() } else { holds };
    let differs = SegOption::new(Tap::Differs, move || match (item, whole) {
        (Item::Events, _) => words::domain().an_event(),
        (_, true) => words::domain().answer_changed(),
        (_, false) => words::phone().answer_learnt(),
    });
    let not_asked = SegOption::new(Tap::NotAsked, t!(domain.answer_not_asked()));
    let mut options = Vec::with_capacity(3);
    // What nobody knows cannot be unchanged; that there was no event can always be said.
    if whole || (item == Item::Events && nothing) {
        options.push(holds.tone(Tone::Good));
    }
    options.push(differs.tone(Tone::Wait));
    options.push(not_asked);
    options
}

/// What says that all is as it was.
fn holds_word(item: Item, whole: bool, finished: bool) -> &'static str {
    match (item, whole) {
        (Item::Events, true) => words::domain().no_new_events(),
        (Item::Events, false) => words::domain().no_events(),
        _ if finished => words::phone().not_finished(),
        _ => words::domain().answer_unchanged(),
    }
}

fn tapped(form: &Form, item: Item, pick: Option<Pick>) -> Option<Tap> {
    Some(match pick? {
        Pick::Unchanged => Tap::Holds,
        Pick::Changed if item == Item::Events && form.says_no_events() => Tap::Holds,
        Pick::Changed => Tap::Differs,
        Pick::WhyNot | Pick::NotAsked(_) | Pick::Declined => Tap::NotAsked,
    })
}

fn pick_word(pick: Option<Pick>) -> &'static str {
    match pick {
        None => "",
        Some(Pick::Unchanged) => "unchanged",
        Some(Pick::Changed) => "changed",
        Some(Pick::WhyNot) => "why-not",
        Some(Pick::NotAsked(_)) => "not-asked",
        Some(Pick::Declined) => "declined",
    }
}

/// What was answered; that something changed is not said while something of it is lacking.
fn said_of(form: &Form, item: Item) -> Option<String> {
    let answer = form.items.get(item).answer()?;
    if matches!(&answer, Answer::Changed { .. }) && form.lacks(item).is_some() {
        return None;
    }
    if item == Item::Events && form.says_no_events() {
        let words = words::domain();
        let word = if form.items.events.whole { words.no_new_events() } else { words.no_events() };
        return Some(word.to_owned());
    }
    Some(said::answer_word(&answer))
}

fn last(app: App, form: RwSignal<Form>, item: Item, known: StoredValue<Known>) -> String {
    match form.with(|form| form.own_word(item)) {
        Some(OwnWord::Shown) => return words::phone().own_word().to_owned(),
        // When that was last said, its card no longer knows.
        Some(OwnWord::Replaced) => return String::new(),
        None => {}
    }
    let today = app.today.get();
    match known.with_value(|known| (known.last, known.declined)) {
        (Some((day, by)), _) => {
            let who = form.with_untracked(|form| said::person(&form.card, by));
            words::domain().last_known_by(&figures::short_day(day, today), &who)
        }
        (None, Some(day)) => words::phone().item_declined_before(&figures::short_day(day, today)),
        (None, None) => String::new(),
    }
}

/// What is known, large; what changed, once it is said and closed, is in the fields.
#[component]
fn Held(form: RwSignal<Form>, item: Item, known: StoredValue<Known>) -> impl IntoView {
    let app = use_app();
    let base = Memo::new(move |_| {
        form.with(|form| {
            let item = form.items.get(item);
            if item.base.is_empty() {
                known.with_value(|known| known.base.clone())
            } else {
                item.base.clone()
            }
        })
    });
    move || {
        let lines = base.with(|base: &Values| said::lines(item, base, app.today.get()));
        let nothing = lines.is_empty() && known.with_value(|known| known.rivals.is_empty());
        if nothing {
            return view! { <div class="value aside">{t!(phone.not_known())}</div> }.into_any();
        }
        lines
            .into_iter()
            .map(|line| view! { <div class="value lines">{line}</div> })
            .collect_view()
            .into_any()
    }
}

/// Versions that differ: the helper picks the right one, which is 有变化.
#[component]
fn RivalChoice(editing: Visiting, item: Item, known: StoredValue<Known>) -> impl IntoView {
    let app = use_app();
    let rivals = known.with_value(|known| known.rivals.clone());
    let choice = move |slot: Slot, stands: Stands| {
        let value = StoredValue::new(stands.value.clone());
        let picked = move || {
            editing.form.with(|form| {
                let now = form.items.get(item).fields().and_then(|fields| fields.get(&slot));
                value.with_value(|value| now.is_some_and(|now| now.normalised() == value.normalised()))
            })
        };
        let take = move |_| {
            editing.change(|form| {
                if form.items.get(item).pick != Some(Pick::Changed) {
                    form.pick(item, Pick::Changed);
                }
                form.take_rival(slot, value.get_value());
            })
        };
        let who = editing.form.with_untracked(|form| said::person(&form.card, stands.by));
        let day = stands.day;
        view! {
            <button type="button" class="button wide rival-choice" class:picked=picked aria-pressed=move || picked().to_string() on:click=take>
                <span class="grow lines">{move || value.with_value(|value| said::value_line(value, app.today.get()))}</span>
                <small class="sub">{move || words::phone().rival_by(&figures::short_day(day, app.today.get()), &who)}</small>
            </button>
        }
    };
    (!rivals.is_empty()).then(|| {
        view! {
            <div class="rivals">
                <p class="aside">{t!(phone.rivals_pick())}</p>
                {rivals.into_iter().flat_map(|(slot, values)| values.into_iter().map(move |one| (slot, one)))
                    .map(|(slot, stands)| choice(slot, stands)).collect_view()}
            </div>
        }
    })
}

#[component]
fn Reasons(
    editing: Visiting,
    item: Item,
    pick: Memo<Option<Pick>>,
    reopened: RwSignal<bool>,
) -> impl IntoView {
    let mut options: Vec<SegOption<Why>> = REASONS
        .into_iter()
        .map(|reason| SegOption::new(Why::Reason(reason), move || words::domain().not_asked(reason)))
        .collect();
    options.push(SegOption::new(Why::Declined, t!(domain.answer_declined())));
    let value = Signal::derive(move || match pick.get() {
        Some(Pick::NotAsked(reason)) => Some(Why::Reason(reason)),
        Some(Pick::Declined) => Some(Why::Declined),
        _ => None,
    });
    let take = move |why| {
        editing.change(|form| {
            form.pick(
                item,
                match why {
                    Why::Reason(reason) => Pick::NotAsked(reason),
                    Why::Declined => Pick::Declined,
                },
            )
        });
        reopened.set(false);
        go_on(editing, item);
    };
    view! { <div class="reasons"><Seg label=t!(phone.why_not()) options=options value=value on_pick=take /></div> }
}

#[component]
fn Fields(editing: Visiting, item: Item) -> impl IntoView {
    match item {
        Item::Name => view! { <fields::Name editing /> }.into_any(),
        Item::Address => view! { <fields::Address editing /> }.into_any(),
        Item::Telephone => view! { <fields::Telephones editing /> }.into_any(),
        Item::Spouse => view! { <fields::Spouse editing /> }.into_any(),
        Item::Schooling => view! { <Children editing /> }.into_any(),
        Item::Events => view! { <Events editing /> }.into_any(),
    }
}

/// What is wrong with the fields, in words.
#[component]
fn Wrong(editing: Visiting, item: Item, finished: bool) -> impl IntoView {
    let sentence = move || {
        let words = words::phone();
        editing.form.with(|form| {
            let lacking = form.lacks(item)?;
            let of_item = form.items.get(item);
            let nothing =
                matches!(of_item.answer(), Some(Answer::Changed { stated, .. }) if stated.is_empty());
            Some(match lacking {
                Finding::FieldMissing(_) if nothing && of_item.whole => {
                    words.changed_nothing(holds_word(item, true, finished))
                }
                Finding::FieldMissing(_) => words.changed_missing().to_owned(),
                Finding::TooLong(_) => words.changed_too_long().to_owned(),
                Finding::NumberOdd(_) => words::visit().number_odd().to_owned(),
                _ => return None,
            })
        })
    };
    move || sentence().map(|sentence| view! { <p class="aside wait" role="status">{sentence}</p> })
}
