//! A person into a seat, or the seat emptied, from a day on. Somebody who is not there yet can be
//! made on the spot.

use super::{reply::day_missing, seat_choices::DoubledNotice};
use crate::{
    platform,
    state::{desk::use_desk, reading::Reading, rights::Doing, seating::doubled, sending::Sending},
    view::{
        form::{FormEnd, required},
        helper_pick::HelperPick,
        saying,
    },
};
use domain::{
    day::Day,
    entry::Act,
    id::{PersonId, UnitId},
    seat::{Assign, Seat},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    desk::{NewPerson, PersonRow},
    office::HouseholdFile,
    sign_in::{Grant, Role},
};
use serde::de::IgnoredAny;
use ui::{
    answers::{Seg, SegOption},
    fields::{
        date::DateField,
        text::{TextField, TextKind},
    },
    t, words,
};

/// Who takes the seat.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Known,
    New,
    Nobody,
}

/// What is chosen or typed about who takes it.
#[derive(Clone, Copy)]
struct Taker {
    who: RwSignal<Option<Who>>,
    person: RwSignal<Option<PersonId>>,
    name: RwSignal<String>,
    telephone: RwSignal<String>,
    tried: RwSignal<bool>,
}

/// The form.
#[component]
pub fn AssignForm(file: HouseholdFile, seat: Seat, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let (household, unit) = (file.card.household, file.card.unit);
    let holder = file.card.seats.iter().find(|line| line.seat == seat).map(|line| line.person);
    let taker = Taker {
        who: RwSignal::new(Some(Who::Known)),
        person: RwSignal::new(None),
        name: RwSignal::default(),
        telephone: RwSignal::default(),
        tried: RwSignal::new(false),
    };
    let Taker { who, person, name, telephone, tried } = taker;
    let day = RwSignal::new(Some(desk.today()));
    let until = RwSignal::new(None::<Day>);
    let ends_before = move || until.get().is_some_and(|until| day.get().is_some_and(|from| until < from));
    let missing = Signal::derive(move || {
        let wrong = ends_before().then(|| words::desk_forms().until_before_from().to_owned());
        day_missing(tried, day).get().or(wrong.filter(|_| tried.get()))
    });
    let others = file.card.seats.iter().filter(|line| line.seat != seat);
    let beside: Vec<PersonId> = others.map(|line| line.person).collect();
    let sending = Sending::new(desk);
    // Made once for this form, so that a repeat makes nobody twice.
    let new_id = platform::person_id();
    let assign = move |person: Option<PersonId>| {
        let Some(from) = day.get_untracked() else { return };
        let act = Act::Assign(Assign { seat, person, from, until: until.get_untracked() });
        sending.acts(vec![(household, act)], move || {
            desk.say(words::desk().assigned());
            on_done.run(());
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if day.get().is_none() || ends_before() {
            return;
        }
        match who.get() {
            Some(Who::Known) if person.get().is_some() => assign(person.get()),
            Some(Who::Nobody) => assign(None),
            Some(Who::New) => {
                let (Some(unit), false) = (unit, name.with(|name| name.trim().is_empty())) else { return };
                let new = new_helper(new_id, &name.get(), &telephone.get(), unit);
                sending.post("/api/persons", new, move |_: IgnoredAny| {
                    // The next step of the same form.
                    assign(Some(new_id));
                });
            }
            _ => {}
        }
    };
    let choices = vec![
        SegOption::new(Who::Known, t!(desk.seat_known())),
        SegOption::new(Who::New, t!(desk.seat_new())),
        SegOption::new(Who::Nobody, t!(desk.seat_nobody())),
    ];
    view! {
        <form class="stack" on:submit=submit novalidate>
            <Seg label=t!(desk.who_takes()) options=choices value=who on_pick=move |picked| who.set(Some(picked)) />
            <TakerFields taker holder beside unit />
            <div class="fields">
                <DateField label=t!(desk.from_day()) value=day on_input=move |picked| day.set(picked) />
                <DateField label=t!(desk.until_day()) value=until on_input=move |picked| until.set(picked)
                    first=Signal::derive(move || day.get()) hint=t!(desk.until_day_hint()) />
            </div>
            <FormEnd sending label=t!(shared.save()) missing />
        </form>
    }
}

/// Somebody who is there, or somebody new. `beside` are those in the other two seats.
#[component]
fn TakerFields(
    taker: Taker,
    holder: Option<PersonId>,
    beside: Vec<PersonId>,
    unit: Option<UnitId>,
) -> impl IntoView {
    let Taker { who, person, name, telephone, tried } = taker;
    let people = helpers();
    let twice = Signal::derive(move || {
        let [one, other] = [beside.first(), beside.get(1)].map(Option::<&PersonId>::copied);
        doubled([person.get(), one, other])
    });
    let everybody = move || people.value.get().map(|rows| named(&rows)).unwrap_or_default();
    let known = move || {
        let wrong =
            move || (tried.get() && person.get().is_none()).then(|| words::desk().choose_person().to_owned());
        view! {
            <HelperPick label=t!(desk.person()) people but=holder near=Signal::stored(unit) value=person
                wrong=Signal::derive(wrong) />
            <DoubledNotice doubled=twice people=Signal::derive(everybody) />
        }
    };
    let fresh = move || {
        view! {
            <TextField label=t!(desk_forms.person_name()) value=name on_input=move |text| name.set(text) longest=40 wrong=required(tried, name) />
            <TextField label=t!(desk_forms.telephone()) value=telephone on_input=move |text| telephone.set(text)
                kind=TextKind::Telephone longest=30 hint=t!(shared.optional())
                doubt=Signal::derive(move || telephone.with(|text| saying::telephone_doubt(text))) />
            <p class="sub">{t!(desk.seat_new_note())}</p>
        }
    };
    move || match who.get() {
        Some(Who::Known) => known().into_any(),
        Some(Who::New) => fresh().into_any(),
        Some(Who::Nobody) | None => ().into_any(),
    }
}

/// The people of everything one keeps.
pub fn helpers() -> Reading<Vec<PersonRow>> {
    let desk = use_desk();
    Reading::follow(desk, move || {
        desk.tops(Doing::Keep).first().map(|top| format!("/api/persons?unit={top}"))
    })
}

/// Those with a helper's role, each told apart from others of the name.
pub fn named(rows: &[PersonRow]) -> Vec<(PersonId, String)> {
    let is_helper = |row: &&PersonRow| row.grants.iter().any(|grant| grant.role == Role::Helper);
    let named = |row: &PersonRow| match row.sign_in_name == row.name {
        true => row.name.clone(),
        false => words::shared().with_aside(&row.name, &row.sign_in_name),
    };
    rows.iter().filter(is_helper).map(|row| (row.id, named(row))).collect()
}

/// A helper of a unit, with the role and nothing more.
pub fn new_helper(id: PersonId, name: &str, telephone: &str, unit: UnitId) -> NewPerson {
    NewPerson {
        id,
        name: name.trim().to_owned(),
        sign_in_name: String::new(),
        unit,
        telephone: telephone.trim().to_owned(),
        grants: vec![Grant { role: Role::Helper, unit }],
    }
}
