//! Seats to somebody else: for good, until a day, or to nobody. One form for one household and for all
//! of somebody who leaves.

use super::seats::{HandingOver, households};
use crate::{
    state::{
        desk::use_desk,
        handing_over::{self, To, WrongDay},
        reading::Reading,
        sending::Sending,
    },
    view::{form::FormEnd, helper_pick::HelperPick, union::people::everybody},
};
use domain::{
    day::Day,
    entry::Act,
    id::{HouseholdId, PersonId},
    seat::Seat,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{desk::PersonRow, seats::SeatHeld};
use std::collections::BTreeSet;
use ui::{
    answers::{Seg, SegOption},
    fields::{choice::CheckField, date::DateField},
    notice::Banner,
    sheet::Sheet,
    surface::Tone,
    t, words,
};

/// The most entries the office takes at once.
const AT_ONCE: usize = 500;

/// For how long.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    ForGood,
    StandIn,
    Nobody,
}

/// What is chosen so far.
#[derive(Clone, Copy)]
struct Draft {
    how: RwSignal<Option<How>>,
    person: RwSignal<Option<PersonId>>,
    from: RwSignal<Option<Day>>,
    until: RwSignal<Option<Day>>,
    without: RwSignal<BTreeSet<Seat>>,
    tried: RwSignal<bool>,
    held: StoredValue<HandingOver>,
}

impl Draft {
    /// The seats that are ticked.
    fn seats(self) -> Vec<SeatHeld> {
        let without = self.without.get();
        self.held.with_value(|held| {
            held.seats.iter().filter(|held| !without.contains(&held.seat)).cloned().collect()
        })
    }

    /// To whom, once it is all there.
    fn to(self) -> Option<To> {
        match self.how.get()? {
            How::ForGood => self.person.get().map(To::Person),
            How::Nobody => Some(To::Nobody),
            How::StandIn => {
                let (from, until) = (self.from.get()?, self.until.get()?);
                self.person.get().filter(|_| from <= until).map(|person| To::Until(person, until))
            }
        }
    }

    fn from(self, today: Day) -> Option<Day> {
        self.from.get().filter(|from| *from >= today)
    }
}

/// The sheet; it stays while what lies below it is read anew.
#[component]
pub fn SeatsSheet(opened: RwSignal<Option<HandingOver>>) -> impl IntoView {
    let desk = use_desk();
    let close = Callback::new(move |()| opened.set(None));
    // The page's, so that several lots go on whatever becomes of the form.
    let sending = Sending::new(desk);
    let done = Callback::new(move |()| {
        desk.say(words::desk_forms().handed_over());
        close.run(());
    });
    let form = move || {
        let held = opened.get()?;
        sending.anew();
        Some(view! { <SeatsForm held sending done /> })
    };
    let title = move || match opened.read().as_ref() {
        Some(HandingOver { seats, one: true, .. }) => {
            words::desk_forms().seat_change_title(seats.first().map_or("", |held| held.name.as_str()))
        }
        Some(held) => words::desk_forms().hand_over_title(households(&held.seats)),
        None => String::new(),
    };
    view! {
        <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=close title>
            {form}
        </Sheet>
    }
}

#[component]
fn SeatsForm(held: HandingOver, sending: Sending, done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let holder = held.person;
    let draft = Draft {
        how: RwSignal::new(Some(How::ForGood)),
        person: RwSignal::new(None),
        from: RwSignal::new(Some(today)),
        until: RwSignal::new(None),
        without: RwSignal::default(),
        tried: RwSignal::new(false),
        held: StoredValue::new(held),
    };
    let people = everybody(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.tried.set(true);
        if let (Some(to), Some(from)) = (draft.to(), draft.from(today)) {
            send(sending, handing_over::acts(holder, &draft.seats(), to, from), done);
        }
    };
    let how = vec![
        SegOption::new(How::ForGood, t!(desk_forms.for_good())),
        SegOption::new(How::StandIn, t!(desk_forms.stand_in())),
        SegOption::new(How::Nobody, t!(desk_forms.to_nobody())),
    ];
    view! {
        <form class="stack handing-over" on:submit=submit novalidate>
            <Seg label=t!(desk_forms.how_long()) options=how value=draft.how on_pick=move |picked| draft.how.set(Some(picked)) />
            <Days draft today />
            <WhichSeats draft />
            {move || (draft.how.get() != Some(How::Nobody)).then(|| view! { <Whom draft people holder /> })}
            <Warning draft people />
            <FormEnd sending label=move || end_words(draft) missing=Signal::derive(move || missing(draft, today)) />
        </form>
    }
}

/// Sends so many at a time as the office takes; each lot is all or nothing, and a repeat is harmless.
fn send(sending: Sending, mut acts: Vec<(HouseholdId, Act)>, done: Callback<()>) {
    let rest = acts.split_off(acts.len().min(AT_ONCE));
    sending.acts(acts, move || {
        if rest.is_empty() {
            done.run(());
        } else {
            send(sending, rest, done);
        }
    });
}

/// What the button says.
fn end_words(draft: Draft) -> String {
    let count = households(&draft.seats());
    match draft.how.get() {
        Some(How::StandIn) => words::desk_forms().stand_in_now(count),
        Some(How::Nobody) => words::desk_forms().empty_now(count),
        Some(How::ForGood) | None => words::desk_forms().hand_over_now(count),
    }
}

/// What keeps it from being sent, once it was tried.
fn missing(draft: Draft, today: Day) -> Option<String> {
    if !draft.tried.get() {
        return None;
    }
    let words = words::desk_forms();
    let how = draft.how.get()?;
    let until = (how == How::StandIn).then(|| draft.until.get());
    let wrong = match handing_over::wrong_day(draft.from.get(), until, today) {
        _ if draft.seats().is_empty() => words.nothing_to_hand_over(),
        Some(WrongDay::Missing) => words::desk().day_needed(),
        Some(WrongDay::BeforeToday) => words.not_before_today(),
        Some(WrongDay::EndsFirst) => words.until_before_from(),
        None if how != How::Nobody && draft.person.get().is_none() => words::desk().choose_person(),
        None => return None,
    };
    Some(wrong.to_owned())
}

/// Which seats, where there are several sorts.
#[component]
fn WhichSeats(draft: Draft) -> impl IntoView {
    let sorts = draft.held.with_value(|held| handing_over::by_seat(&held.seats));
    let tick = move |(seat, count): (Seat, usize)| {
        let label = move || words::desk_forms().seat_count(words::domain().seat(seat), count);
        let is_in = Signal::derive(move || !draft.without.read().contains(&seat));
        let change = move |now: bool| {
            draft.without.update(|without| {
                if now {
                    without.remove(&seat);
                } else {
                    without.insert(seat);
                }
            });
        };
        view! { <CheckField label value=is_in on_change=change /> }
    };
    (sorts.len() > 1).then(|| {
        view! {
            <fieldset class="checks">
                <legend>{t!(desk_forms.which_seats())}</legend>
                {sorts.into_iter().map(tick).collect_view()}
            </fieldset>
        }
    })
}

#[component]
fn Whom(draft: Draft, people: Reading<Vec<PersonRow>>, holder: PersonId) -> impl IntoView {
    let wrong = move || {
        (draft.tried.get() && draft.person.get().is_none()).then(|| words::desk().choose_person().to_owned())
    };
    let unit_of = move |rows: &Vec<PersonRow>| rows.iter().find(|row| row.id == holder).map(|row| row.unit);
    let near = Memo::new(move |_| people.value.with(|rows| rows.as_ref().and_then(unit_of)));
    view! {
        <HelperPick label=t!(desk_forms.hand_to()) people but=Some(holder) near value=draft.person
            wrong=Signal::derive(wrong) />
    }
}

#[component]
fn Days(draft: Draft, today: Day) -> impl IntoView {
    let until = move || {
        (draft.how.get() == Some(How::StandIn)).then(|| {
            view! {
                <DateField label=t!(desk_forms.until_day()) value=draft.until on_input=move |day| draft.until.set(day)
                    first=Signal::derive(move || draft.from.get()) hint=t!(desk_forms.until_note()) />
            }
        })
    };
    view! {
        <div class="fields">
            <DateField label=t!(desk.from_day()) value=draft.from on_input=move |day| draft.from.set(day)
                first=Signal::stored(Some(today)) hint=t!(desk_forms.not_before_today()) />
            {until}
        </div>
    }
}

/// What it leads to that one may not have thought of.
#[component]
fn Warning(draft: Draft, people: Reading<Vec<PersonRow>>) -> impl IntoView {
    let said = move || {
        let seats = draft.seats();
        if draft.how.get() == Some(How::Nobody) {
            return (!seats.is_empty()).then(|| words::desk_forms().stays_empty(households(&seats)));
        }
        let person = draft.person.get()?;
        let there = handing_over::already_there(&seats, person);
        let name = people.value.with(|rows| {
            let row = rows.iter().flatten().find(|row| row.id == person);
            row.map(|row| row.name.clone()).unwrap_or_default()
        });
        (!there.is_empty())
            .then(|| words::desk_forms().already_there(&name, there.len(), &words::shared().list(&there)))
    };
    move || said().map(|text| view! { <Banner text tone=Tone::Wait /> })
}
