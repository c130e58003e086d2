//! One person: who they are, what they may do, and their invitation. The same fields make a new one.

use super::{
    grants::Grants,
    invitation::InvitationSheet,
    leaving::Leaving,
    only_here::OnlyHere,
    people::{signs_in_as, standing_words},
    seats::{HandingOver, Seats, seats_of},
    seats_form::SeatsSheet,
};
use crate::{
    platform,
    state::{desk::use_desk, history, place::Page, reading::Reading, rights::Doing, sending::Sending},
    view::{
        form::{Beside, DeedEnd, FormEnd, required},
        saying,
        showing::Shown,
    },
};
use domain::id::{PersonId, UnitId};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    desk::{InvitationMade, NewPerson, PersonChange, PersonRow, Standing},
    sign_in::{Grant, Role},
};
use serde::de::IgnoredAny;
use ui::{
    fields::{
        choice::Choice,
        text::{TextField, TextKind},
    },
    icon::{Icon, IconMark},
    notice::{Banner, Empty},
    sheet::Sheet,
    surface::Tone,
    t, words,
};

/// The longest name of a person, in characters.
const NAME_MAX: usize = 40;

/// What is typed about a person.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    sign_in_name: RwSignal<String>,
    telephone: RwSignal<String>,
    unit: RwSignal<Option<UnitId>>,
    grants: RwSignal<Vec<Grant>>,
    tried: RwSignal<bool>,
    is_new: bool,
}

impl Draft {
    fn of(row: &PersonRow) -> Self {
        // The name to sign in with is only shown where it differs.
        let sign_in_name =
            if row.sign_in_name == row.name { String::new() } else { row.sign_in_name.clone() };
        Self {
            name: RwSignal::new(row.name.clone()),
            sign_in_name: RwSignal::new(sign_in_name),
            telephone: RwSignal::new(row.telephone.clone()),
            unit: RwSignal::new(Some(row.unit)),
            grants: RwSignal::new(row.grants.clone()),
            tried: RwSignal::new(false),
            is_new: false,
        }
    }

    fn new(unit: Option<UnitId>) -> Self {
        let grants = unit.map(|unit| Grant { role: Role::Helper, unit }).into_iter().collect();
        Self {
            name: RwSignal::default(),
            sign_in_name: RwSignal::default(),
            telephone: RwSignal::default(),
            unit: RwSignal::new(unit),
            grants: RwSignal::new(grants),
            tried: RwSignal::new(false),
            is_new: true,
        }
    }

    /// Another unit: what somebody new was to do in the one before, they do there; in the first they help. Nobody's scope
    /// changes unasked.
    fn move_to(self, unit: Option<UnitId>) {
        let before = self.unit.get_untracked();
        self.unit.set(unit);
        match (before, unit) {
            (Some(before), Some(unit)) if self.is_new => self.grants.update(|grants| {
                grants.iter_mut().filter(|grant| grant.unit == before).for_each(|grant| grant.unit = unit);
            }),
            (None, Some(unit)) if self.is_new && self.grants.read_untracked().is_empty() => {
                self.grants.set(vec![Grant { role: Role::Helper, unit }]);
            }
            _ => {}
        }
    }

    /// What was typed, once it is enough.
    fn finished(self) -> Option<PersonChange> {
        self.tried.set(true);
        let name = self.name.get().trim().to_owned();
        (!name.is_empty()).then_some(())?;
        Some(PersonChange {
            name,
            sign_in_name: self.sign_in_name.get().trim().to_owned(),
            unit: self.unit.get()?,
            telephone: self.telephone.get().trim().to_owned(),
            grants: self.grants.get(),
        })
    }
}

#[component]
fn Fields(draft: Draft) -> impl IntoView {
    let desk = use_desk();
    let units = Signal::derive(move || desk.tree.with(|tree| tree.open_choices(&desk.tops(Doing::Staff))));
    let no_unit = move || {
        (draft.tried.get() && draft.unit.get().is_none()).then(|| words::desk().choose_unit().to_owned())
    };
    view! {
        <div class="fields">
            <TextField label=t!(desk_forms.person_name()) value=draft.name on_input=move |text| draft.name.set(text)
                longest=NAME_MAX wrong=required(draft.tried, draft.name) />
            <TextField label=t!(desk_forms.telephone()) value=draft.telephone on_input=move |text| draft.telephone.set(text)
                kind=TextKind::Telephone longest=30 doubt=Signal::derive(move || draft.telephone.with(|text| saying::telephone_doubt(text))) />
            <Beside wrong=Signal::derive(no_unit)>
                <Choice label=t!(desk.unit()) options=units value=draft.unit on_pick=move |picked| draft.move_to(picked) />
            </Beside>
            <TextField label=t!(desk_forms.sign_in_name()) value=draft.sign_in_name on_input=move |text| draft.sign_in_name.set(text)
                longest=NAME_MAX hint=t!(desk_forms.sign_in_name_hint()) />
        </div>
        <Grants grants=draft.grants unit=draft.unit />
    }
}

/// The page for a new person.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    let desk = use_desk();
    let (unit, person) = desk.page.with_untracked(|page| match page {
        Page::NewPerson(unit, person) => (*unit, *person),
        _ => (None, None),
    });
    let tops = untrack(|| desk.tops(Doing::Staff));
    let draft = Draft::new(desk.tree.with_untracked(|tree| tree.preset(unit, &tops)));
    let sending = Sending::new(desk);
    // Made once for this form, so that a repeat makes nobody twice.
    let id = person.unwrap_or_else(platform::person_id);
    let send = Callback::new(move |change: PersonChange| {
        let PersonChange { name, sign_in_name, unit, telephone, grants } = change;
        let person = NewPerson { id, name, sign_in_name, unit, telephone, grants };
        sending.post("/api/persons", person, move |_: IgnoredAny| {
            desk.say(words::shared().saved());
            // No step leads back to a form that would change them.
            history::replace(desk.page, &Page::Person(id));
        });
    });
    let asked = RwSignal::new(None::<PersonChange>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(change) = draft.finished() {
            ask_or_send(&[], change, asked, send);
        }
    };
    view! {
        <Back />
        <header class="page-header"><div class="grow"><h1>{t!(desk_forms.new_person())}</h1></div></header>
        {person.map(|_| view! { <Banner text=t!(desk_forms.person_of_entries()) tone=Tone::Wait icon=Icon::Warning /> })}
        <form class="stack form-page" on:submit=submit novalidate>
            <Fields draft />
            <FormEnd sending label=t!(shared.save()) />
        </form>
        <SureOfAdmin asked send />
    }
}

/// Sends the form; where it gives somebody all the union, it is asked first.
fn ask_or_send(
    before: &[Grant],
    change: PersonChange,
    asked: RwSignal<Option<PersonChange>>,
    send: Callback<PersonChange>,
) {
    let is_new_admin = |grant: &Grant| grant.role == Role::Admin && !before.contains(grant);
    if change.grants.iter().any(is_new_admin) {
        asked.set(Some(change));
    } else {
        send.run(change);
    }
}

/// Whether somebody is really to be an administrator.
#[component]
fn SureOfAdmin(asked: RwSignal<Option<PersonChange>>, send: Callback<PersonChange>) -> impl IntoView {
    let close = Callback::new(move |()| asked.set(None));
    let question = move || {
        asked.read().as_ref().map(|change| words::desk_forms().admin_sure(&change.name)).unwrap_or_default()
    };
    let give = move |()| {
        if let Some(change) = asked.get_untracked() {
            asked.set(None);
            send.run(change);
        }
    };
    view! {
        <Sheet open=Signal::derive(move || asked.read().is_some()) on_close=close title=move || words::shared().role(Role::Admin)>
            <p>{question}</p>
            <DeedEnd deed=t!(desk_forms.give_it()) on_deed=give on_out=close />
        </Sheet>
    }
}

#[component]
fn Back() -> impl IntoView {
    view! { <p class="back"><a class="link" href=Page::People(None).href()>"‹ "{t!(desk_forms.people())}</a></p> }
}

/// The page of somebody who is there, or was.
#[component]
pub fn PersonPage() -> impl IntoView {
    let desk = use_desk();
    let people = Reading::<Vec<PersonRow>>::follow(desk, move || {
        let top = desk.tops(Doing::ReadPeople).first().copied()?;
        Some(format!("/api/persons?unit={top}&left=1"))
    });
    let id = Memo::new(move |_| match desk.page.get() {
        Page::Person(id) => Some(id),
        _ => None,
    });
    let row = Memo::new(move |_| {
        people.value.with(|people| people.as_ref()?.iter().find(|row| Some(row.id) == id.get()).cloned())
    });
    let is_read = Memo::new(move |_| people.value.read().is_some());
    let who = Memo::new(move |_| row.read().as_ref().map(|row| row.id));
    // Both stay open while what lies below is read anew.
    let invitation = RwSignal::new(None::<InvitationMade>);
    let handing_over = RwSignal::new(None::<HandingOver>);
    // Another row, or this one read anew, leaves the form as it is.
    let body = move || match (is_read.get(), who.get()) {
        (_, Some(_)) => row
            .get_untracked()
            .map(|first| view! { <Person row first id invitation handing_over /> })
            .into_any(),
        (true, None) => view! { <Empty title=t!(desk.nowhere()) /> }.into_any(),
        (false, None) => ().into_any(),
    };
    view! {
        <Back />
        <Shown reading=people children=|_| () />
        {body}
        <InvitationSheet invitation />
        <SeatsSheet opened=handing_over />
    }
}

#[component]
fn Person(
    row: Memo<Option<PersonRow>>,
    first: PersonRow,
    id: Memo<Option<PersonId>>,
    invitation: RwSignal<Option<InvitationMade>>,
    handing_over: RwSignal<Option<HandingOver>>,
) -> impl IntoView {
    let desk = use_desk();
    let person = first.id;
    let now = Memo::new(move |_| row.get().unwrap_or_else(|| first.clone()));
    let staffs = Memo::new(move |_| desk.may_in(Doing::Staff, Some(now.read().unit)));
    let reads = desk.may(Doing::Read);
    let seats = seats_of(id);
    let unit = move || desk.tree.with(|tree| tree.full_name(now.read().unit));
    let changes = Memo::new(move |_| staffs.get() && now.read().left_ms.is_none());
    let standing = Memo::new(move |_| now.read().standing);
    view! {
        <header class="page-header"><div class="grow"><h1>{move || now.read().name.clone()}</h1><p class="sub">{unit}{move || now.with(signs_in_as)}</p></div></header>
        <div class="columns person">
            <div>
                {move || changes.get().then(|| view! { <Invite id=person standing=standing.get() invitation /> })}
                {reads.then(|| view! { <Seats person reading=seats opened=handing_over /> })}
            </div>
            <div>
                {move || changes.get().then(|| view! { <PersonForm row=now /> })}
                {move || (!staffs.get()).then(|| view! { <p class="sub">{now.read().telephone.clone()}</p> })}
                {move || staffs.get().then(|| view! { <Leaving row=now.get() seats /> })}
            </div>
        </div>
    }
}

/// What is written about them, to be changed.
#[component]
fn PersonForm(row: Memo<PersonRow>) -> impl IntoView {
    let desk = use_desk();
    let draft = row.with_untracked(Draft::of);
    let sending = Sending::new(desk);
    let path = format!("/api/persons/{}", row.with_untracked(|row| row.id));
    let send = Callback::new(move |change: PersonChange| {
        sending.put(&path, change, move || desk.say(words::shared().saved()));
    });
    let asked = RwSignal::new(None::<PersonChange>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(change) = draft.finished() {
            row.with_untracked(|row| ask_or_send(&row.grants, change, asked, send));
        }
    };
    view! {
        <form class="stack form-page" on:submit=submit novalidate>
            <Fields draft />
            <FormEnd sending label=t!(shared.save()) />
        </form>
        <SureOfAdmin asked send />
    }
}

/// How far they have come with signing in, and a new invitation.
#[component]
fn Invite(id: PersonId, standing: Standing, invitation: RwSignal<Option<InvitationMade>>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let path = format!("/api/persons/{id}/invite");
    let invite = move |_| sending.post(&path, (), move |made: InvitationMade| invitation.set(Some(made)));
    let said = move || standing_words(standing, desk.today(), desk.utc_offset_minutes());
    let label = move || match standing {
        Standing::NotInvited => words::desk_forms().invite(),
        Standing::Joined => words::desk_forms().invite_forgotten(),
        Standing::Invited { .. } | Standing::InvitationEnded => words::desk_forms().invite_again(),
    };
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! {
        <section class="card">
            <OnlyHere />
            <div class="row">
                <span class="grow">{said}</span>
                <button type="button" class="button" class:main=standing != Standing::Joined disabled=move || sending.busy.get() on:click=invite>
                    <IconMark icon=Icon::Key />{label}
                </button>
            </div>
            <p class="form-problem" role="alert">{problem}</p>
        </section>
    }
}
