//! A branch invited at once: who has come and who has not, whom to invite, and the sheet to hand out.

use super::{
    UnionPages,
    only_here::OnlyHere,
    people::{signs_in_as, standing_words, tone_of},
    sheet::InvitationsSheet,
};
use crate::{
    state::{
        desk::{Desk, use_desk},
        place::Page,
        reading::Reading,
        rights::Doing,
        sending::Sending,
        tree::Tree,
    },
    view::{form::DeedEnd, saying, showing::Shown},
};
use domain::id::{PersonId, UnitId};
use leptos::prelude::*;
use protocol::{
    desk::{INVITED_MAX, Invite, Invited, Level, PersonRow, Standing},
    sign_in::{Grant, Role},
};
use std::collections::BTreeSet;
use ui::{
    fields::choice::{CheckField, Choice},
    figures,
    icon::{Icon, IconMark},
    notice::{Banner, Empty},
    sheet::Sheet,
    surface::{Pill, Tone},
    t, words,
};

/// The page.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    let desk = use_desk();
    let unit = Memo::new(move |_| {
        let named = desk.page.with(Page::unit).or_else(|| desk.unit.get());
        let named = named.filter(|unit| desk.may_in(Doing::Staff, Some(*unit)));
        named.or_else(|| desk.tops(Doing::Staff).first().copied())
    });
    let people = Reading::<Vec<PersonRow>>::follow(desk, move || {
        unit.get().map(|unit| format!("/api/persons?unit={unit}"))
    });
    let made = desk.invited;
    // Who is ticked; none = nobody has been drawn yet. A branch is begun with everybody, a whole union with nobody.
    let chosen = RwSignal::<Chosen>::new(None);
    Effect::new(move |_| {
        unit.track();
        chosen.set(None);
    });
    let done = Callback::new(move |()| {
        made.set(None);
        // Somebody may have come in meanwhile.
        people.again();
    });
    let list = move || {
        view! {
            <header class="page-header"><div class="grow"><h1>{t!(desk_forms.invitations_title())}</h1></div></header>
            <UnionPages />
            <div class="fields one"><UnitChoice unit /></div>
            <Shown reading=people let:people><Everybody people chosen made whole=is_whole(desk, unit.get_untracked()) /></Shown>
        }
    };
    move || match made.get() {
        Some(people) => view! { <InvitationsSheet people on_done=done /> }.into_any(),
        None => list().into_any(),
    }
}

/// Whether a unit is made of branches: so many are not invited by one slip of the hand.
fn is_whole(desk: Desk, unit: Option<UnitId>) -> bool {
    let has_branches =
        |tree: &Tree| unit.is_some_and(|unit| tree.below(unit).any(|row| row.level <= Level::Branch));
    desk.tree.with_untracked(|tree| has_branches(tree))
}

/// Of which unit.
#[component]
fn UnitChoice(unit: Memo<Option<UnitId>>) -> impl IntoView {
    let desk = use_desk();
    let units = Signal::derive(move || desk.tree.with(|tree| tree.choices(&desk.tops(Doing::Staff))));
    let pick = move |picked: Option<UnitId>| {
        if picked.is_some() {
            desk.go(&Page::Invitations(picked));
        }
    };
    view! { <Choice label=t!(desk.unit()) options=units value=Signal::derive(move || unit.get()) on_pick=pick /> }
}

/// Who is ticked; none = not drawn yet.
type Chosen = Option<BTreeSet<PersonId>>;

fn is_chosen(chosen: &Chosen, person: PersonId) -> bool {
    chosen.as_ref().is_some_and(|chosen| chosen.contains(&person))
}

/// Ticks somebody, or no more.
fn choose(chosen: RwSignal<Chosen>, person: PersonId, now: bool) {
    chosen.update(|chosen| {
        let chosen = chosen.get_or_insert_default();
        if now {
            chosen.insert(person);
        } else {
            chosen.remove(&person);
        }
    });
}

/// How many of these are ticked, followed.
fn ticked<'a>(chosen: RwSignal<Chosen>, among: impl IntoIterator<Item = &'a PersonId>) -> usize {
    let chosen = chosen.read();
    among.into_iter().filter(|person| is_chosen(&chosen, **person)).count()
}

/// Who can sign in, who is invited, who is not.
#[derive(Clone, Copy, Default)]
struct Counts {
    came: usize,
    waiting: usize,
    not: usize,
}

impl Counts {
    fn of(people: &[PersonRow]) -> Self {
        let mut counts = Self::default();
        for row in people {
            match row.standing {
                Standing::Joined => counts.came += 1,
                Standing::Invited { .. } if row.last_contact_ms.is_some() => counts.came += 1,
                Standing::Invited { .. } => counts.waiting += 1,
                Standing::NotInvited | Standing::InvitationEnded => counts.not += 1,
            }
        }
        counts
    }
}

/// Whether one may invite somebody: whoever could give them all they may do, as the office decides it.
fn is_in_hand(mine: &[Grant], row: &PersonRow, tree: &Tree) -> bool {
    let gives = |own: &Grant, role: Role| match own.role {
        Role::Admin => true,
        Role::Registrar => role == Role::Helper,
        Role::Chair | Role::Helper | Role::Supervisor => false,
    };
    let is_given =
        |grant: &Grant| mine.iter().any(|own| gives(own, grant.role) && tree.is_under(grant.unit, own.unit));
    row.grants.iter().all(is_given)
}

/// Whether somebody never signed in.
fn never_came(row: &PersonRow) -> bool {
    row.standing != Standing::Joined && row.last_contact_ms.is_none()
}

#[component]
fn Everybody(
    people: Vec<PersonRow>,
    chosen: RwSignal<Chosen>,
    made: RwSignal<Option<Vec<Invited>>>,
    whole: bool,
) -> impl IntoView {
    let counts = Counts::of(&people);
    let desk = use_desk();
    let (to_come, came): (Vec<PersonRow>, Vec<PersonRow>) = people.into_iter().partition(never_came);
    let mine = desk.me_now().map(|me| me.grants.clone()).unwrap_or_default();
    let (mut to_come, others): (Vec<_>, Vec<_>) =
        to_come.into_iter().partition(|row| desk.tree.with_untracked(|tree| is_in_hand(&mine, row, tree)));
    let others = others.len();
    let others = (others > 0)
        .then(|| view! { <p class="sub intro">{move || words::desk_forms().invited_by_admin(others)}</p> });
    // Handed out unit by unit.
    let place =
        |unit: UnitId| desk.tree.with_untracked(|tree| tree.rows().iter().position(|row| row.id == unit));
    to_come.sort_by_cached_key(|row| place(row.unit));
    let order: Vec<PersonId> = to_come.iter().map(|row| row.id).collect();
    let count = move || {
        view! {
            <p class="row come-so-far">
                <Pill text=move || words::desk_forms().came(counts.came) tone=Signal::stored(Tone::Good) />
                <Pill text=move || words::desk_forms().waiting(counts.waiting) tone=Signal::stored(Tone::Wait) />
                <Pill text=move || words::desk_forms().never_invited(counts.not) />
            </p>
        }
    };
    if to_come.is_empty() {
        let nobody = others.is_none().then(|| {
            view! { <Empty title=t!(desk_forms.everybody_came()) detail=t!(desk_forms.everybody_came_hint()) /> }
        });
        return view! { {count}{others}{nobody}<Came came /> }.into_any();
    }
    let invited: BTreeSet<PersonId> = to_come
        .iter()
        .filter(|row| matches!(row.standing, Standing::Invited { .. }))
        .map(|row| row.id)
        .collect();
    // All who hold no slip: whose slip is out is invited anew only one by one.
    let all: BTreeSet<PersonId> =
        to_come.iter().map(|row| row.id).filter(|person| !invited.contains(person)).collect();
    if chosen.with_untracked(Option::is_none) {
        chosen.set(Some(if whole { BTreeSet::new() } else { all.clone() }));
    }
    let choose_all = (!all.is_empty()).then(|| view! { <ChooseAll all chosen /> });
    let asked = RwSignal::new(None);
    let line = move |row: PersonRow| view! { <Line row chosen asked /> };
    view! {
        {count}
        <InviteThem order chosen invited made />
        {others}
        <div class="card list to-invite">
            {choose_all}
            <ul>{to_come.into_iter().map(line).collect_view()}</ul>
        </div>
        <OldOneEnds asked chosen />
        <Came came />
    }
    .into_any()
}

/// Ticks and unticks these.
#[component]
fn ChooseAll(all: BTreeSet<PersonId>, chosen: RwSignal<Chosen>) -> impl IntoView {
    let is_all = {
        let all = all.clone();
        Signal::derive(move || chosen.read().as_ref().is_some_and(|chosen| all.is_subset(chosen)))
    };
    let choose = move |every: bool| chosen.set(Some(if every { all.clone() } else { BTreeSet::new() }));
    view! {
        <div class="list-row"><CheckField label=t!(desk_forms.choose_all()) value=is_all on_change=choose /></div>
    }
}

/// Asks before somebody is invited anew whose slip is out: it ends by it.
#[component]
fn OldOneEnds(asked: RwSignal<Option<(PersonId, String)>>, chosen: RwSignal<Chosen>) -> impl IntoView {
    let open = Signal::derive(move || asked.read().is_some());
    let title = move || {
        asked.with(|asked| {
            asked.as_ref().map_or_else(String::new, |(_, name)| words::desk_forms().sure_again(name))
        })
    };
    let leave = Callback::new(move |()| {
        if let Some((person, _)) = asked.get_untracked() {
            choose(chosen, person, false);
        }
        asked.set(None);
    });
    view! {
        <Sheet open on_close=leave title>
            <p>{t!(desk_forms.old_one_ends())}</p>
            <DeedEnd deed=t!(desk_forms.invite_again()) on_deed=move |()| asked.set(None) on_out=leave />
        </Sheet>
    }
}

/// Who can sign in, each with the way to a new invitation for a new phone.
#[component]
fn Came(came: Vec<PersonRow>) -> impl IntoView {
    let desk = use_desk();
    let (today, offset) = (desk.today(), desk.utc_offset_minutes());
    let line = move |row: PersonRow| {
        let unit = desk.tree.with_untracked(|tree| tree.full_name(row.unit));
        let contact = row.last_contact_ms.map(|ms| figures::moment(ms, offset, today));
        view! {
            <a class="list-row" href=Page::Person(row.id).href()>
                <span class="grow">{row.name.clone()}" "<small class="sub">{unit}</small>{signs_in_as(&row)}</span>
                <small class="sub keep">{t!(desk_forms.last_contact())}" "{contact}</small>
            </a>
        }
    };
    (!came.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t!(desk_forms.who_came())}</summary>
                <div class="card list">{came.into_iter().map(line).collect_view()}</div>
            </details>
        }
    })
}

#[component]
fn Line(
    row: PersonRow,
    chosen: RwSignal<Chosen>,
    asked: RwSignal<Option<(PersonId, String)>>,
) -> impl IntoView {
    let desk = use_desk();
    let (today, offset) = (desk.today(), desk.utc_offset_minutes());
    let id = row.id;
    let unit = desk.tree.with_untracked(|tree| tree.full_name(row.unit));
    let standing = row.standing;
    let name = row.name.clone();
    let tick = move |now: bool| {
        choose(chosen, id, now);
        if now && matches!(standing, Standing::Invited { .. }) {
            asked.set(Some((id, name.clone())));
        }
    };
    let on = row.invited_ms.map(|ms| figures::day(domain::day::Day::at(ms, offset), today));
    let on = move || on.as_ref().map(|day| words::desk_forms().invited_on(day));
    view! {
        <li class="list-row" data-person=id.to_string()>
            <CheckField label=row.name.clone() value=Signal::derive(move || is_chosen(&chosen.read(), id)) on_change=tick />
            <span class="sub grow">{unit}{signs_in_as(&row)}</span>
            <span class="sub keep">{on}</span>
            <Pill text=move || standing_words(standing, today, offset) tone=Signal::stored(tone_of(standing)) />
        </li>
    }
}

/// The button, and what it does to invitations that are out already.
#[component]
fn InviteThem(
    order: Vec<PersonId>,
    chosen: RwSignal<Chosen>,
    invited: BTreeSet<PersonId>,
    made: RwSignal<Option<Vec<Invited>>>,
) -> impl IntoView {
    let desk: Desk = use_desk();
    let sending = Sending::new(desk);
    let there = order.clone();
    let invite = move |_| {
        let ticked = chosen.get_untracked();
        let persons = there.iter().copied().filter(|person| is_chosen(&ticked, *person));
        let persons = persons.take(INVITED_MAX).collect();
        sending.post("/api/invitations", Invite { persons }, move |answer: Vec<Invited>| {
            answer.iter().for_each(|one| choose(chosen, one.person, false));
            made.set(Some(answer));
        });
    };
    let count = Memo::new(move |_| ticked(chosen, &order).min(INVITED_MAX));
    let ending = Memo::new(move |_| ticked(chosen, &invited));
    let note = move || {
        (ending.get() > 0).then(|| {
            view! { <Banner text=move || words::desk_forms().old_ones_end(ending.get()) tone=Tone::Wait /> }
        })
    };
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! {
        <OnlyHere />
        <div class="toolbar">
            <button type="button" class="button main" disabled=move || sending.busy.get() || count.get() == 0 on:click=invite>
                <IconMark icon=Icon::Printer />{move || words::desk_forms().invite_and_print(count.get())}
            </button>
            <p class="form-problem grow" role="alert">{problem}</p>
        </div>
        {note}
    }
}

#[cfg(test)]
mod tests;
