//! 电话: all telephones of the household, each with whose it is.

use super::{
    of_draft::{part, write},
    six::KnownChoice,
};
use crate::{
    state::six_draft::{Known, SixDraft, new_telephone},
    view::saying,
};
use domain::{check::is_number, value::Whose};
use leptos::prelude::*;
use ui::{
    fields::{
        choice::Choice,
        text::{TextField, TextKind},
    },
    icon::{Icon, IconMark},
    t, words,
};

/// The most telephones of a household.
const TELEPHONES_MAX: usize = 8;

const ALL: [Whose; 6] =
    [Whose::Worker, Whose::Spouse, Whose::Parent, Whose::Child, Whose::Neighbour, Whose::Other];

/// The telephones.
#[component]
pub fn Telephones(draft: RwSignal<SixDraft>, tried: RwSignal<bool>) -> impl IntoView {
    let known = part(draft, |draft| draft.telephones_known);
    let pick = write(draft, |draft, known| {
        draft.telephones_known = known;
        if known == Known::These && draft.telephones.numbers.is_empty() {
            draft.telephones.numbers.push(new_telephone());
        }
    });
    let count = Memo::new(move |_| match known.get() {
        Known::These => draft.with(|draft| draft.telephones.numbers.len()),
        Known::NotYet | Known::Nothing => 0,
    });
    let rows = move || (0..count.get()).map(|at| view! { <Telephone draft tried at /> }).collect_view();
    let add = move |_| draft.update(|draft| draft.telephones.numbers.push(new_telephone()));
    let may_add = move || (1..TELEPHONES_MAX).contains(&count.get());
    view! {
        <KnownChoice label=t!(desk.telephones()) none=t!(desk.no_telephone()) these=t!(desk.has_telephone()) value=known on_pick=pick />
        {rows}
        {move || may_add().then(|| view! {
            <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(desk.another_telephone())}</button>
        })}
    }
}

#[component]
fn Telephone(draft: RwSignal<SixDraft>, tried: RwSignal<bool>, at: usize) -> impl IntoView {
    let number = part(draft, move |draft| {
        draft.telephones.numbers.get(at).map(|one| one.number.clone()).unwrap_or_default()
    });
    let set_number = write(draft, move |draft, text| {
        if let Some(one) = draft.telephones.numbers.get_mut(at) {
            one.number = text;
        }
    });
    let whose = part(draft, move |draft| draft.telephones.numbers.get(at).map(|one| one.whose));
    let set_whose = write(draft, move |draft, whose: Option<Whose>| {
        if let (Some(one), Some(whose)) = (draft.telephones.numbers.get_mut(at), whose) {
            one.whose = whose;
        }
    });
    let options =
        Signal::derive(|| ALL.map(|whose| (whose, words::domain().whose(whose).to_owned())).to_vec());
    let wrong = Signal::derive(move || {
        (tried.get() && !is_number(&number.get())).then(|| words::desk().telephone_wrong().to_owned())
    });
    let remove = move |_| {
        draft.update(|draft| {
            if at < draft.telephones.numbers.len() {
                draft.telephones.numbers.remove(at);
            }
        });
    };
    view! {
        <div class="line-of-fields">
            <div class="fields grow">
                <TextField label=t!(desk.telephone_number()) value=number on_input=set_number kind=TextKind::Telephone longest=24 wrong
                    doubt=Signal::derive(move || saying::telephone_doubt(&number.get())) />
                <Choice label=t!(desk.whose()) options value=whose on_pick=set_whose />
            </div>
            <button type="button" class="icon-button" aria-label=t!(desk.remove_telephone()) on:click=remove><IconMark icon=Icon::Cross /></button>
        </div>
    }
}
