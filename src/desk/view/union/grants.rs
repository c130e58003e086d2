//! What a person may do, and where: one line per role with the unit under which it holds.

use crate::state::{desk::use_desk, rights::Doing};
use domain::id::UnitId;
use leptos::prelude::*;
use protocol::sign_in::{Grant, Role};
use ui::{
    fields::choice::Choice,
    icon::{Icon, IconMark},
    t, words,
};

/// The lines; a new one begins as a helper of `unit`.
#[component]
pub fn Grants(grants: RwSignal<Vec<Grant>>, unit: RwSignal<Option<UnitId>>) -> impl IntoView {
    let desk = use_desk();
    let count = Memo::new(move |_| grants.read().len());
    let lines = move || (0..count.get()).map(|at| view! { <Line grants at /> }).collect_view();
    let add = move |_| {
        let place = unit.get_untracked().or_else(|| untrack(|| desk.tops(Doing::Staff)).first().copied());
        if let Some(unit) = place {
            let held =
                grants.with_untracked(|grants| grants.iter().map(|grant| grant.role).collect::<Vec<_>>());
            let next = Role::ALL
                .into_iter()
                .rev()
                .filter(|role| *role != Role::Admin)
                .find(|role| !held.contains(role));
            let role = if held.contains(&Role::Helper) { next.unwrap_or(Role::Helper) } else { Role::Helper };
            grants.update(|grants| grants.push(Grant { role, unit }));
        }
    };
    let label = move || match grants.read().is_empty() {
        true => words::desk_forms().first_role(),
        false => words::desk_forms().another_role(),
    };
    view! {
        <fieldset class="card">
            <legend class="hidden-visually">{t!(desk_forms.roles())}</legend>
            <h2 aria-hidden="true">{t!(desk_forms.roles())}</h2>
            <p class="sub">{t!(desk_forms.roles_hint())}</p>
            {lines}
            <div class="buttons">
                <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{label}</button>
            </div>
        </fieldset>
    }
}

#[component]
fn Line(grants: RwSignal<Vec<Grant>>, at: usize) -> impl IntoView {
    let desk = use_desk();
    let roles =
        Signal::derive(|| Role::ALL.map(|role| (role, words::shared().role(role).to_owned())).to_vec());
    let units = Signal::derive(move || desk.tree.with(|tree| tree.open_choices(&desk.tops(Doing::Staff))));
    let role = Signal::derive(move || grants.read().get(at).map(|grant| grant.role));
    let unit = Signal::derive(move || grants.read().get(at).map(|grant| grant.unit));
    let change = move |change: &dyn Fn(&mut Grant)| {
        grants.update(|grants| grants.get_mut(at).into_iter().for_each(change))
    };
    let pick_role = move |picked: Option<Role>| change(&|grant| grant.role = picked.unwrap_or(grant.role));
    let pick_unit = move |picked: Option<UnitId>| change(&|grant| grant.unit = picked.unwrap_or(grant.unit));
    let remove = move |_| {
        grants.update(|grants| {
            if at < grants.len() {
                grants.remove(at);
            }
        });
    };
    view! {
        <div class="line-of-fields">
            <div class="fields grow">
                <Choice label=t!(desk_forms.role()) options=roles value=role on_pick=pick_role />
                <Choice label=t!(desk_forms.in_unit()) options=units value=unit on_pick=pick_unit />
            </div>
            <button type="button" class="icon-button" aria-label=t!(desk_forms.remove_role()) on:click=remove><IconMark icon=Icon::Cross /></button>
        </div>
    }
}
