//! Helpers who may be one person: side by side with branch and telephone. Unless somebody says so they are not, for it
//! decides who reads whose file.

use super::fold::{First, QUESTIONS};
use crate::{
    state::roster::{
        Roster,
        answers::{Answers, HelperIs},
    },
    view::form::DeedEnd,
};
use leptos::{prelude::*, text_prop::TextProp};
use protocol::roster::{HelperName, KnownHelper, PersonQuestion};
use std::sync::Arc;
use ui::{sheet::Sheet, t, words};

/// The section; nothing while nothing is asked.
#[component]
pub fn HelpersAsked(roster: Roster) -> impl IntoView {
    let asked = Memo::new(move |_| Arc::new(roster.answers.with(|answers| answers.persons().to_vec())));
    let draw = move |questions: Vec<PersonQuestion>| {
        let card = move |question: PersonQuestion| view! { <Card roster question /> };
        view! { <ul class="asked">{questions.into_iter().map(card).collect_view()}</ul> }
    };
    let any = Memo::new(move |_| !asked.read().is_empty());
    let open = Memo::new(move |_| roster.answers.with(Answers::open_persons));
    let waits = move || open.get() > 0;
    // So many wait; what was answered stays to be seen.
    let count = move || if waits() { format!(" ({})", open.get()) } else { String::new() };
    move || {
        any.get().then(|| {
            view! {
                <section class="card" class:wait=waits data-helpers-asked>
                    <h2 class="row">{move || waits().then(super::mark)}<span>{t!(roster_desk.persons_title())}{count}</span></h2>
                    <p>{t!(roster_desk.persons_why())}</p>
                    <First all=asked draw step=QUESTIONS />
                </section>
            }
        })
    }
}

#[component]
fn Card(roster: Roster, question: PersonQuestion) -> impl IntoView {
    let asked = question.clone();
    let open = Memo::new(move |_| roster.answers.with(|answers| answers.is_open(&asked)));
    let PersonQuestion { doubt, helpers, persons, side_by_side } = question;
    let doubted = !side_by_side.is_empty();
    let waits = doubt == "no_telephone";
    let unsaid = move || {
        let words = words::roster_desk();
        open.get().then(|| if waits { words.person_waits() } else { words.persons_are_two() })
    };
    let doubt = move || words::roster().doubt(&doubt);
    let body = match (helpers.as_slice(), persons.as_slice()) {
        ([one, other], []) => {
            let is = HelperIs::Helper(one.clone());
            view! {
                <div class="sides">
                    <Side of=t!(roster_desk.in_file_alone()) helper=one.clone() />
                    <Side of=t!(roster_desk.in_file_alone()) helper=other.clone() />
                </div>
                <Pair roster helper=other.clone() is doubted />
            }
            .into_any()
        }
        ([helper], [known]) => {
            let is = HelperIs::Person(known.person);
            view! {
                <div class="sides">
                    <Side of=t!(roster_desk.in_file_alone()) helper=helper.clone() />
                    <Side of=t!(roster_desk.helper_known()) helper=named(known) />
                </div>
                <Pair roster helper=helper.clone() is doubted />
            }
            .into_any()
        }
        ([helper], _) => {
            view! { <div class="sides">{of_office(roster, helper, &persons, doubted)}</div> }.into_any()
        }
        _ => view! { <div class="sides">{of_file(roster, &helpers, doubted)}</div> }.into_any(),
    };
    view! {
        <li class="question-of-helpers">
            <p class="sub">{doubt}" "<small class="wait" data-unsaid>{unsaid}</small></p>
            {doubted.then(|| view! { <p class="wait" data-side-by-side>{move || words::roster_desk().side_by_side(&rows_of(&side_by_side))}</p> })}
            <div class="of-helpers-row">{body}</div>
        </li>
    }
}

/// So many rows are named.
const ROWS_NAMED: usize = 5;

fn rows_of(rows: &[u32]) -> String {
    let named: Vec<String> = rows.iter().take(ROWS_NAMED).map(u32::to_string).collect();
    let more = if rows.len() > ROWS_NAMED { "…" } else { "" };
    format!("{}{more}", words::shared().list(&named))
}

/// Two side by side: the same, or not.
#[component]
fn Pair(roster: Roster, helper: HelperName, is: HelperIs, doubted: bool) -> impl IntoView {
    let own = helper.clone();
    view! {
        <div class="buttons">
            <Choose roster helper=own is=HelperIs::Own label=t!(roster_desk.not_same()) />
            <Choose roster helper is label=t!(roster_desk.same_person()) doubted />
        </div>
    }
}

fn named(known: &KnownHelper) -> HelperName {
    HelperName { branch: known.unit.clone(), name: known.name.clone(), telephone: known.telephone.clone() }
}

/// One helper of the file beside several people of the office.
fn of_office(
    roster: Roster,
    helper: &HelperName,
    persons: &[KnownHelper],
    doubted: bool,
) -> impl IntoView + use<> {
    let known = persons.iter().map(|person| {
        let (is, own) = (HelperIs::Person(person.person), helper.clone());
        view! {
            <Side of=t!(roster_desk.helper_known()) helper=named(person)>
                <Choose roster helper=own is label=t!(roster_desk.same_person()) doubted />
            </Side>
        }
    });
    let known = known.collect_view();
    let own = helper.clone();
    view! {
        <Side of=t!(roster_desk.in_file_alone()) helper=helper.clone()>
            <Choose roster helper=own is=HelperIs::Own label=t!(roster_desk.own_person()) />
        </Side>
        {known}
    }
}

/// Three or more of the file: each may be one of those before.
fn of_file(roster: Roster, helpers: &[HelperName], doubted: bool) -> impl IntoView + use<> {
    let side = |(nth, helper): (usize, &HelperName)| {
        let before: Vec<HelperName> = helpers.iter().take(nth).cloned().collect();
        let of = move || words::roster_desk().helper_in_file(nth + 1);
        let own = helper.clone();
        let one_of = (nth > 0).then(|| view! { <OneOf roster helper=own before doubted /> });
        view! { <Side of helper=helper.clone()>{one_of}</Side> }
    };
    helpers.iter().enumerate().map(side).collect_view()
}

/// What the list to choose from says for somebody of their own.
const OWN: &str = "own";

/// Somebody else, or one of those before. What the sheet itself speaks against is asked about first.
#[component]
fn OneOf(roster: Roster, helper: HelperName, before: Vec<HelperName>, doubted: bool) -> impl IntoView {
    let (own, others, count) = (helper.clone(), before.clone(), before.len());
    let chosen = Memo::new(move |_| {
        roster.answers.with(|answers| match answers.who(&own) {
            Some(HelperIs::Helper(other)) => {
                others.iter().position(|one| one == other).map(|nth| nth.to_string()).unwrap_or_default()
            }
            Some(_) => OWN.to_owned(),
            None => String::new(),
        })
    });
    let name = StoredValue::new(helper.name.clone());
    let say = Callback::new(move |place: String| {
        let other = place.parse::<usize>().ok().and_then(|place| before.get(place).cloned());
        let is = match (place.as_str(), other) {
            (OWN, _) => Some(HelperIs::Own),
            (_, Some(other)) => Some(HelperIs::Helper(other)),
            _ => None,
        };
        let helper = helper.clone();
        roster.answer(|answers| answers.set_helper(helper, is));
    });
    let asked = RwSignal::new(None::<String>);
    let waits = move |place: &str| doubted && place.parse::<usize>().is_ok();
    let sure = Callback::new(move |()| {
        let place = asked.get_untracked();
        asked.set(None);
        if let Some(place) = place {
            say.run(place);
        }
    });
    let option = move |nth: usize| {
        view! { <option value=nth.to_string() prop:selected=move || *chosen.read() == nth.to_string()>{t!(roster_desk.same_as(nth + 1))}</option> }
    };
    view! {
        <select class="unit-picker" aria-label=t!(roster_desk.persons_title()) on:change:target=move |event| {
            let (list, place) = (event.target(), event.target().value());
            if waits(&place) {
                // Until they are sure, it says what it said.
                list.set_value(&chosen.get_untracked());
                asked.set(Some(place));
            } else {
                say.run(place);
            }
        }>
            <option value="" prop:selected=move || chosen.read().is_empty()>{t!(roster_desk.person_not_said())}</option>
            <option value=OWN prop:selected=move || chosen.read().as_str() == OWN>{t!(roster_desk.own_person())}</option>
            {(0..count).map(option).collect_view()}
        </select>
        {doubted.then(|| view! { <Sure asked name sure /> })}
    }
}

#[component]
fn Side(
    #[prop(into)] of: TextProp,
    helper: HelperName,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let phone = helper.telephone;
    let phone =
        move || if phone.is_empty() { words::roster_desk().no_telephone().to_owned() } else { phone.clone() };
    view! {
        <div class="candidate">
            <p class="sub">{move || of.get()}</p>
            <p><b class="name-long">{helper.name}</b>" "<span>{helper.branch}</span>" "<span class="keep">{phone}</span></p>
            {children.map(|children| view! { <div class="buttons">{children()}</div> })}
        </div>
    }
}

/// One of the answers; the one that holds stays pressed. One that the sheet itself speaks against is asked about first.
#[component]
fn Choose(
    roster: Roster,
    helper: HelperName,
    is: HelperIs,
    #[prop(into)] label: TextProp,
    #[prop(optional)] doubted: bool,
) -> impl IntoView {
    let (own, wanted) = (helper.clone(), is.clone());
    let pressed = Memo::new(move |_| roster.answers.with(|answers| answers.who(&own) == Some(&wanted)));
    let asked = RwSignal::new(None::<()>);
    let name = StoredValue::new(helper.name.clone());
    let said = StoredValue::new((helper, is));
    let say = move || {
        let (helper, is) = said.get_value();
        roster.answer(|answers| answers.say_helper(helper, is));
    };
    let tapped = move |_| {
        if doubted && !pressed.get_untracked() {
            asked.set(Some(()));
        } else {
            say();
        }
    };
    let sure = Callback::new(move |()| {
        asked.set(None);
        say();
    });
    view! {
        <button type="button" class="button pressable" aria-pressed=move || pressed.get().to_string() on:click=tapped>{move || label.get()}</button>
        {doubted.then(|| view! { <Sure asked name sure /> })}
    }
}

/// Whether two are one is asked a second time.
#[component]
fn Sure<T: Send + Sync + 'static>(
    /// What is asked about; open while it is something.
    asked: RwSignal<Option<T>>,
    /// Whose name it is.
    name: StoredValue<String>,
    /// They are.
    sure: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || asked.with(Option::is_some));
    let close = Callback::new(move |()| asked.set(None));
    let title = move || name.with_value(|name| words::roster_desk().same_person_sure(name));
    view! {
        <Sheet open on_close=close title>
            <p>{t!(roster_desk.same_person_follows())}</p>
            <DeedEnd deed=t!(roster_desk.same_person()) on_deed=sure on_out=close />
        </Sheet>
    }
}
