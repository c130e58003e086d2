//! How a visit begins: who was met, who came along, which day; the notice, once.

use super::{Visiting, question};
use crate::state::{
    App,
    clock::Doubt,
    companion,
    form::{Form, Met},
    page, use_app,
};
use crate::view::{day::DayChoice, said};
use domain::{check, day::Day, value::Whose, visit::Companion};
use leptos::prelude::*;
use ui::answers::{Seg, SegOption};
use ui::fields::text::TextField;
use ui::notice::Banner;
use ui::surface::Tone;
use ui::{figures, t, words};

/// Who can be met.
const PEOPLE: [Whose; 5] = [Whose::Worker, Whose::Spouse, Whose::Parent, Whose::Child, Whose::Neighbour];

/// The first part of the page.
#[component]
pub fn Opening(editing: Visiting) -> impl IntoView {
    let day = Memo::new(move |_| editing.form.with(|form| form.day));
    view! {
        <ClockDoubt />
        <CompanionCard editing />
        <MetCard editing />
        <ConsentCard editing />
        <section class="card" id="day" data-part="day">
            <DayChoice title=t!(phone.day_title()) field=t!(phone.day_field()) day
                on_pick=move |day: Day| editing.change(|form| form.day = day) />
        </section>
    }
}

#[component]
fn MetCard(editing: Visiting) -> impl IntoView {
    let form = editing.form;
    let mut options: Vec<SegOption<Met>> = PEOPLE
        .into_iter()
        .map(|whose| SegOption::new(Met::Somebody(whose), move || words::domain().whose(whose)))
        .collect();
    options.push(SegOption::new(Met::Nobody, t!(domain.met_nobody())));
    let pick = move |met| {
        editing.change(|form| form.met = Some(met));
        if met == Met::Nobody {
            return;
        }
        let asked = form.with_untracked(Form::consent_unsaid);
        let open = form.with_untracked(|form| {
            domain::item::Item::ALL.into_iter().find(|item| form.items.get(*item).answer().is_none())
        });
        let id = if asked { Some("consent".to_owned()) } else { open.map(question::id_of) };
        page::when_drawn(move || {
            if let Some(id) = id {
                page::bring_into_view(&id);
            }
        });
    };
    view! {
        <section class="card met" id="met" data-part="met">
            <h2>{t!(phone.met_title())}</h2>
            <Seg label=t!(phone.met_title()) quiet=true options=options
                value=Signal::derive(move || form.with(|form| form.met)) on_pick=pick />
        </section>
    }
}

/// What they said to the notice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Consented {
    Given,
    Refused,
    NotAsked,
}

const fn consented(form: &Form) -> Option<Consented> {
    match form.consent {
        Some(true) => Some(Consented::Given),
        Some(false) => Some(Consented::Refused),
        None if form.consent_put_off => Some(Consented::NotAsked),
        None => None,
    }
}

/// Read out and noted once per household and version of the notice.
#[component]
fn ConsentCard(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let asked = Memo::new(move |_| form.with(|form| form.notice.is_some() && form.met != Some(Met::Nobody)));
    let notice = move || {
        app.union.with(|union| union.as_ref().map(|union| union.notice.words.clone())).unwrap_or_default()
    };
    let pick = move |said| {
        editing.change(|form| {
            form.say_consent(match said {
                Consented::Given => Some(true),
                Consented::Refused => Some(false),
                Consented::NotAsked => None,
            })
        });
        // What a refusal means stays in view.
        if said != Consented::Refused {
            question::go_on(editing, domain::item::Item::Events);
        }
    };
    let options = || {
        vec![
            SegOption::new(Consented::Given, t!(phone.consent_given())).tone(Tone::Good),
            SegOption::new(Consented::Refused, t!(phone.consent_refused())).tone(Tone::Wait),
            SegOption::new(Consented::NotAsked, t!(phone.consent_put_off())),
        ]
    };
    view! {
        <Show when=move || asked.get()>
            <section class="card" id="consent" data-part="consent">
                <h2>{t!(phone.consent_title())}</h2>
                <p class="notice-words">{notice}</p>
                <Seg label=t!(domain.consent()) quiet=true options=options()
                    value=Signal::derive(move || form.with(consented)) on_pick=pick />
                <Show when=move || form.with(|form| form.consent == Some(false))>
                    <p class="aside">{t!(phone.consent_refused_note())}</p>
                </Show>
            </section>
        </Show>
    }
}

/// The clock is shown and asked about; it never blocks.
#[component]
fn ClockDoubt() -> impl IntoView {
    let app = use_app();
    let sentence = move || {
        app.clock_doubt().map(|doubt| match doubt {
            Doubt::Unknown => words::visit().clock_unknown().to_owned(),
            Doubt::Off(minutes) => words::visit().clock_off(&figures::span(minutes)),
            Doubt::Long(days) => words::visit().clock_long(days),
            Doubt::Back => words::visit().clock_back().to_owned(),
        })
    };
    move || {
        sentence()
            .map(|sentence| view! { <div data-part="clock"><Banner text=sentence tone=Tone::Wait /></div> })
    }
}

/// Who came along, as one of the choices.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nobody,
    Seat(domain::id::PersonId),
    Other,
}

/// Who came along. Whoever came the last time is proposed, as a question that stands first on the page.
#[component]
fn CompanionCard(editing: Visiting) -> impl IntoView {
    let proposal = RwSignal::new(proposed(use_app(), editing));
    let there = [
        SegOption::new(true, t!(phone.companion_there())),
        SegOption::new(false, t!(phone.companion_not_there())),
    ];
    let pick = move |is_there: bool| {
        if !is_there {
            editing.change(|form| form.companion = None);
        }
        proposal.set(None);
    };
    view! {
        <section class="card companion" id="companion" data-part="companion" class:proposed=move || proposal.with(Option::is_some)>
            {move || match proposal.get() {
                Some(name) => view! {
                    <Seg label=words::phone().companion_last(&name) options=there.to_vec() value=Signal::derive(|| Some(true)) on_pick=pick />
                }
                .into_any(),
                None => view! { <CompanionChoice editing /> }.into_any(),
            }}
        </section>
    }
}

/// The name of the companion who was proposed, and whom nobody has looked at yet.
fn proposed(app: App, editing: Visiting) -> Option<String> {
    let person = app.person.get_untracked()?;
    editing.form.with_untracked(|form| {
        let proposed = companion::proposed(&form.card, person.id, &person.name);
        let as_proposed = form.amending.is_none() && form.companion == proposed;
        proposed.filter(|_| as_proposed).map(|companion| said::companion(&form.card, &companion))
    })
}

#[component]
fn CompanionChoice(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let offered = offered(app, editing);
    let with = Signal::derive(move || {
        Some(match form.with(|form| form.companion.clone()) {
            Some(Companion::Person(person)) => Beside::Seat(person),
            Some(Companion::Named(_)) => Beside::Other,
            None => Beside::Nobody,
        })
    });
    let mut options: Vec<SegOption<Beside>> =
        offered.into_iter().map(|(person, name)| SegOption::new(Beside::Seat(person), name)).collect();
    options.push(SegOption::new(Beside::Other, t!(phone.companion_other())));
    options.push(SegOption::new(Beside::Nobody, t!(phone.companion_none())));
    let pick = move |with| {
        editing.change(|form| {
            form.companion = match with {
                Beside::Seat(person) => Some(Companion::Person(person)),
                Beside::Other => Some(Companion::Named(String::new())),
                Beside::Nobody => None,
            };
        });
    };
    let name = Memo::new(move |_| {
        form.with(|form| match &form.companion {
            Some(Companion::Named(name)) => name.clone(),
            _ => String::new(),
        })
    });
    let type_name = move |text: String| editing.change(|form| form.companion = Some(Companion::Named(text)));
    view! {
        <Seg label=t!(phone.companion_title()) options=options value=with on_pick=pick />
        <Show when=move || with.get() == Some(Beside::Other)>
            <div class="fields">
                <TextField label=t!(phone.companion_name()) value=name on_input=type_name longest=check::NAME_MAX />
            </div>
        </Show>
    }
}

/// The other seats; a companion of an older visit whose seat has gone is offered by name too.
fn offered(app: App, editing: Visiting) -> Vec<(domain::id::PersonId, String)> {
    let me = app.person.with_untracked(|person| person.as_ref().map(|person| person.id));
    let Some(me) = me else { return Vec::new() };
    editing.form.with_untracked(|form| {
        let mut offered = companion::offered(&form.card, me);
        if let Some(Companion::Person(person)) = form.companion
            && !offered.iter().any(|(one, _)| *one == person)
        {
            offered.push((person, said::person(&form.card, person)));
        }
        offered
    })
}
