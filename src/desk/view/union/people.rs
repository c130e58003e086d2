//! The people of the union: who they are, what they may do, how far they have come with signing in.
//! By name; nobody is ranked here.

use super::UnionPages;
use crate::{
    state::{
        desk::{Desk, use_desk},
        helping::is_found,
        place::Page,
        reading::Reading,
        rights::Doing,
    },
    view::showing::Shown,
};
use leptos::prelude::*;
use protocol::desk::{PersonRow, Standing};
use ui::{
    fields::{
        choice::CheckField,
        text::{TextField, TextKind},
    },
    figures,
    icon::{Icon, IconMark},
    notice::Empty,
    surface::{Pill, Tone},
    t, words,
};

/// How many are drawn at once; a search narrows the rest.
const DRAWN_MAX: usize = 200;

/// Reads everybody one may see.
pub fn everybody(desk: Desk) -> Reading<Vec<PersonRow>> {
    Reading::follow(desk, move || {
        let top = desk.tops(Doing::ReadPeople).first().copied()?;
        Some(format!("/api/persons?unit={top}"))
    })
}

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let desk = use_desk();
    let left = RwSignal::new(false);
    let people = Reading::<Vec<PersonRow>>::turn(desk, move || {
        let top = desk.tops(Doing::ReadPeople).first().copied()?;
        Some(format!("/api/persons?unit={top}&left={}", u8::from(left.get())))
    });
    let search = RwSignal::new(String::new());
    let staffs = desk.may(Doing::Staff);
    view! {
        <header class="page-header">
            <div class="grow"><h1>{t!(desk_forms.people())}</h1></div>
            {staffs.then(|| view! {
                <a class="button main" href=Page::NewPerson(desk.unit.get_untracked(), None).href()><IconMark icon=Icon::Plus />{t!(desk_forms.new_person())}</a>
            })}
        </header>
        <UnionPages />
        <div class="toolbar" role="search">
            <div class="search grow">
                <IconMark icon=Icon::Search />
                <TextField label=t!(desk_forms.search_people()) value=search on_input=move |text| search.set(text)
                    kind=TextKind::Search longest=40 placeholder=t!(desk_forms.search_people()) />
            </div>
            <CheckField label=t!(desk_forms.show_left()) value=left on_change=move |now| left.set(now) />
        </div>
        <Shown reading=people let:people><Table people search /></Shown>
    }
}

#[component]
fn Table(people: Vec<PersonRow>, search: RwSignal<String>) -> impl IntoView {
    let people = StoredValue::new(people);
    let found = move || {
        let wanted = search.get();
        let fits = |row: &&PersonRow| is_found(row, &wanted);
        people.with_value(|people| {
            let found = people.iter().filter(fits);
            (found.clone().count(), found.take(DRAWN_MAX).cloned().collect::<Vec<_>>())
        })
    };
    move || {
        let (count, found) = found();
        let cut = (count > DRAWN_MAX).then(
            || view! { <p class="sub" data-cut>{t!(desk_forms.first_of_people(DRAWN_MAX, count))}</p> },
        );
        if found.is_empty() {
            return view! { <Empty title=t!(desk.nothing_found()) /> }.into_any();
        }
        view! {
            <div class="table-place">
                <table class="table people" role="table">
                    <thead role="rowgroup"><tr role="row">
                        <th role="columnheader" scope="col">{t!(desk_forms.person_name())}</th>
                        <th role="columnheader" scope="col">{t!(desk_forms.roles())}</th>
                        <th role="columnheader" scope="col">{t!(desk.column_unit())}</th>
                        <th role="columnheader" scope="col">{t!(desk_forms.telephone())}</th>
                        <th role="columnheader" scope="col">{t!(desk_forms.signing_in())}</th>
                        <th role="columnheader" scope="col" class="end">{t!(desk_forms.last_contact())}</th>
                    </tr></thead>
                    <tbody role="rowgroup">{found.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
                </table>
            </div>
            {cut}
        }
        .into_any()
    }
}

#[component]
fn Row(row: PersonRow) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let offset = desk.utc_offset_minutes();
    let unit = desk.tree.with_untracked(|tree| tree.full_name(row.unit));
    let mut roles: Vec<_> = row.grants.iter().map(|grant| grant.role).collect();
    roles.dedup();
    let chips = move || {
        roles
            .iter()
            .map(|role| view! { <span class="chip">{words::shared().role(*role)}</span> })
            .collect_view()
    };
    let contact = row.last_contact_ms.map(|ms| figures::moment(ms, offset, today));
    let (standing, has_left) = (row.standing, row.left_ms.is_some());
    let tone = if has_left { Tone::Plain } else { tone_of(standing) };
    let said = move || {
        if has_left { words::desk_forms().left().to_owned() } else { standing_words(standing, today, offset) }
    };
    let signs_in_as = signs_in_as(&row);
    view! {
        <tr role="row" class="linked" data-person=row.id.to_string()>
            <td role="cell" class="title"><a href=Page::Person(row.id).href()>{row.name}</a>{signs_in_as}</td>
            <td role="cell"><span class="row">{chips}</span></td>
            <td role="cell" class="sub">{unit}</td>
            <td role="cell" class="keep">{row.telephone}</td>
            <td role="cell" class="keep"><Pill text=said tone=Signal::stored(tone) /></td>
            <td role="cell" class="sub keep end">{contact}</td>
        </tr>
    }
}

/// The name to sign in with, where it is not the person's own, and what else tells two of one name apart.
pub fn signs_in_as(row: &PersonRow) -> impl IntoView + use<> {
    let name = (row.sign_in_name != row.name).then(|| row.sign_in_name.clone());
    let name = name.map(|name| {
        view! { <small class="sub signs-in-as">{move || words::shared().signs_in_as(&name)}</small> }
    });
    let tail = row.tail().map(|tail| {
        view! { <small class="sub signs-in-as">{move || words::shared().telephone_ends(&tail)}</small> }
    });
    view! { {name}{tail} }
}

pub const fn tone_of(standing: Standing) -> Tone {
    match standing {
        Standing::Joined => Tone::Good,
        Standing::Invited { .. } => Tone::Wait,
        Standing::NotInvited => Tone::Plain,
        Standing::InvitationEnded => Tone::Bad,
    }
}

/// How far somebody has come with signing in.
pub fn standing_words(standing: Standing, today: domain::day::Day, utc_offset_minutes: i32) -> String {
    let words = words::desk_forms();
    match standing {
        Standing::NotInvited => words.not_invited().to_owned(),
        Standing::Invited { expires_ms } => {
            words.invited_until(&figures::moment(expires_ms, utc_offset_minutes, today))
        }
        Standing::InvitationEnded => words.invitation_ended().to_owned(),
        Standing::Joined => words.joined().to_owned(),
    }
}
