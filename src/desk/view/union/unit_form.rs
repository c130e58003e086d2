//! A unit made, renamed, put elsewhere, closed. What the tree would not take is not offered.

use super::hanging::hanging;
use crate::{
    platform,
    state::{desk::use_desk, rights::Doing, sending::Sending, tree::Tree},
    view::{
        form::{Beside, DeedEnd, FormEnd, required},
        saying,
    },
};
use domain::id::UnitId;
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::desk::{Level, NewUnit, UnitClose, UnitName, UnitPlace, UnitRow};
use serde::de::IgnoredAny;
use ui::{
    fields::{choice::Choice, text::TextField},
    t, words,
};

/// The longest name of a unit, in characters.
const NAME_MAX: usize = 60;

/// Where a unit is to stand, as far as it is chosen.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    parent: RwSignal<Option<UnitId>>,
    level: RwSignal<Option<Level>>,
    tried: RwSignal<bool>,
}

impl Draft {
    fn new(name: &str, parent: Option<UnitId>, level: Option<Level>) -> Self {
        Self {
            name: RwSignal::new(name.to_owned()),
            parent: RwSignal::new(parent),
            level: RwSignal::new(level),
            tried: RwSignal::new(false),
        }
    }

    /// The level usual below a parent, unless the one chosen fits there.
    fn put_below(self, parent: Option<UnitId>, tree: &Tree) {
        self.parent.set(parent);
        let above = parent.and_then(|parent| tree.get(parent)).map(|row| row.level);
        let fits = |level: Level| above.is_some_and(|above| level.fits_below(above));
        if !self.level.get_untracked().is_some_and(fits) {
            self.level.set(above.map(level_below));
        }
    }

    fn finished(self) -> Option<String> {
        self.tried.set(true);
        let name = self.name.get().trim().to_owned();
        (!name.is_empty() && self.level.get().is_some()).then_some(name)
    }
}

/// The level a unit below another usually has.
const fn level_below(level: Level) -> Level {
    match level {
        Level::Above => Level::Union,
        Level::Union => Level::Branch,
        Level::Branch | Level::Group => Level::Group,
    }
}

/// The levels that fit below a unit and above those that hang on the one that moves.
fn levels(tree: &Tree, parent: Option<UnitId>, moved: Option<UnitId>) -> Vec<(Level, String)> {
    let above = parent.and_then(|parent| tree.get(parent)).map(|row| row.level);
    let below: Vec<Level> =
        moved.map(|moved| tree.below(moved).map(|row| row.level).collect()).unwrap_or_default();
    let fits = |level: &Level| {
        above.is_none_or(|above| level.fits_below(above))
            && below.iter().all(|under| under.fits_below(*level))
    };
    let all = [Level::Above, Level::Union, Level::Branch, Level::Group].into_iter().filter(fits);
    all.map(|level| (level, saying::level(level).to_owned())).collect()
}

/// The units below which one may stand: open, of a level that has something below it, not below itself.
fn parents(tree: &Tree, tops: &[UnitId], moved: Option<UnitId>) -> Vec<(UnitId, String)> {
    let takes = |(unit, _): &(UnitId, String)| {
        let has_room = tree.get(*unit).is_some_and(|row| row.level != Level::Group);
        has_room && moved.is_none_or(|moved| !tree.is_under(*unit, moved))
    };
    tree.open_choices(tops).into_iter().filter(takes).collect()
}

#[component]
fn Fields(draft: Draft, moved: Option<UnitId>, has_parent: bool) -> impl IntoView {
    let desk = use_desk();
    let above = Signal::derive(move || desk.tree.with(|tree| parents(tree, &desk.tops(Doing::Staff), moved)));
    let levels = Signal::derive(move || desk.tree.with(|tree| levels(tree, draft.parent.get(), moved)));
    let no_parent = move || {
        (draft.tried.get() && draft.parent.get().is_none()).then(|| words::desk().choose_unit().to_owned())
    };
    let pick_level = move |picked: Option<Level>| draft.level.set(picked.or(draft.level.get_untracked()));
    let pick_parent = move |picked| desk.tree.with_untracked(|tree| draft.put_below(picked, tree));
    view! {
        <TextField label=t!(desk_forms.unit_name()) value=draft.name on_input=move |text| draft.name.set(text)
            longest=NAME_MAX wrong=required(draft.tried, draft.name) />
        <div class="fields">
            {has_parent.then(|| view! {
                <Beside wrong=Signal::derive(no_parent)>
                    <Choice label=t!(desk_forms.unit_above()) options=above value=draft.parent on_pick=pick_parent />
                </Beside>
            })}
            <Choice label=t!(desk_forms.level()) options=levels value=draft.level
                on_pick=pick_level />
        </div>
    }
}

/// A new one.
#[component]
pub fn MakeForm(parent: Option<UnitId>, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let draft = Draft::new("", None, None);
    let top = untrack(|| desk.tops(Doing::Staff)).first().copied();
    desk.tree.with_untracked(|tree| draft.put_below(parent.or(top), tree));
    let sending = Sending::new(desk);
    // Made once for this form, so that a repeat makes nothing twice.
    let id = platform::unit_id();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(name), Some(parent), Some(level)) =
            (draft.finished(), draft.parent.get(), draft.level.get())
        else {
            return;
        };
        let unit = NewUnit { id, parent: Some(parent), level, name };
        sending.post("/api/units", unit, move |_: IgnoredAny| {
            desk.say(words::shared().saved());
            on_done.run(());
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <Fields draft moved=None has_parent=true />
            <FormEnd sending label=t!(shared.save()) />
        </form>
    }
}

/// One that is there.
#[component]
pub fn ChangeForm(unit: UnitRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let draft = Draft::new(&unit.name, unit.parent, Some(unit.level));
    let next = desk.tree.with_untracked(|tree| next_sibling(tree, &unit));
    let before = RwSignal::new(next);
    let movable = unit.parent.is_some_and(|parent| desk.may_in(Doing::Staff, Some(parent)));
    let sending = Sending::new(desk);
    let path = format!("/api/units/{}", unit.id);
    let was = unit.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(name), Some(level)) = (draft.finished(), draft.level.get()) else { return };
        let place = UnitPlace { parent: draft.parent.get(), level, before: before.get() };
        let moved = place.parent != was.parent || level != was.level || place.before != next;
        let put = format!("{path}/place");
        let done = move || {
            desk.say(words::shared().saved());
            on_done.run(());
        };
        sending.put(&path, UnitName { name }, move || {
            if moved && movable {
                sending.post(&put, place, move |_: IgnoredAny| done());
            } else {
                done();
            }
        });
    };
    let id = unit.id;
    let siblings = Signal::derive(move || desk.tree.with(|tree| siblings(tree, draft.parent.get(), id)));
    let chosen = Signal::derive(move || Some(before.get()));
    let put_before = move |picked: Option<Option<UnitId>>| before.set(picked.flatten());
    let order = move || {
        (movable && siblings.read().len() > 1).then(|| {
            view! { <Choice label=t!(desk_forms.unit_before()) options=siblings value=chosen on_pick=put_before /> }
        })
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <Fields draft moved=Some(id) has_parent=movable />
            {order}
            {movable.then(|| view! { <CloseIt unit on_done /> })}
            <FormEnd sending label=t!(shared.save()) />
        </form>
    }
}

/// The sibling that stands after a unit.
fn next_sibling(tree: &Tree, unit: &UnitRow) -> Option<UnitId> {
    let all = tree.below(unit.parent?).map(|row| row.id);
    all.skip_while(|sibling| *sibling != unit.id).nth(1)
}

/// Before whom it may stand: the last place first.
fn siblings(tree: &Tree, parent: Option<UnitId>, but: UnitId) -> Vec<(Option<UnitId>, String)> {
    let last = (None, words::desk_forms().unit_last().to_owned());
    let below = parent.map(|parent| {
        tree.below(parent).filter(|row| row.id != but).map(|row| (Some(row.id), tree.name(row.id)))
    });
    [last].into_iter().chain(below.into_iter().flatten()).collect()
}

/// Closing, opening again, and taking away what was made by mistake.
#[component]
fn CloseIt(unit: UnitRow, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let hanging = hanging(desk, unit.id);
    let path = StoredValue::new(format!("/api/units/{}", unit.id));
    let name = StoredValue::new(unit.name.clone());
    let asked = RwSignal::new(false);
    let close = move |closed: bool| {
        let path = path.with_value(|path| format!("{path}/close"));
        sending.post(&path, UnitClose { closed }, move |_: IgnoredAny| {
            desk.say(if closed { words::desk_forms().unit_closed() } else { words::shared().saved() });
            on_done.run(());
        });
    };
    let remove = move |_| {
        let path = path.with_value(|path| format!("{path}/remove"));
        sending.post(&path, (), move |_: IgnoredAny| {
            desk.say(words::desk_forms().removed());
            on_done.run(());
        });
    };
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    let busy = move || sending.busy.get();
    let heading = move || match hanging.read().is_bare() {
        true => words::desk_forms().close_or_remove(),
        false => words::desk_forms().closing(),
    };
    let closing = move || {
        if asked.get() {
            view! {
                <p>{move || name.with_value(|name| words::desk_forms().close_unit_sure(name))}</p>
                <DeedEnd deed=t!(desk_forms.close_unit()) on_deed=move |()| close(true) on_out=move |()| asked.set(false) off=Signal::derive(busy) />
            }
            .into_any()
        } else {
            view! { <div class="row"><button type="button" class="button" on:click=move |_| asked.set(true)>{t!(desk_forms.close_unit())}</button></div> }.into_any()
        }
    };
    view! {
        <section class="card" data-part="close">
            <h2>{heading}</h2>
            <p data-hangs>{move || hanging.read().said()}</p>
            {if unit.closed {
                view! { <div class="row"><span class="grow">{t!(desk_forms.unit_closed())}</span><button type="button" class="button" disabled=busy on:click=move |_| close(false)>{t!(desk_forms.open_unit())}</button></div> }.into_any()
            } else {
                view! { <p class="sub">{t!(desk_forms.close_unit_note())}</p>{closing} }.into_any()
            }}
            {move || hanging.read().is_bare().then(|| view! {
                <p class="sub">{t!(desk_forms.remove_unit_note())}</p>
                <div class="row"><button type="button" class="button" disabled=busy on:click=remove>{t!(desk_forms.remove_unit())}</button></div>
            })}
            <p class="form-problem" role="alert">{problem}</p>
        </section>
    }
}
