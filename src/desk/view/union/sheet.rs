//! The invitations of many people on paper: one block for each, to be cut apart and handed out.
//! Shown once; the office keeps no code.

use super::{invitation::spaced, qr::Qr};
use crate::{
    platform,
    state::{desk::use_desk, place::Page},
    view::form::DeedEnd,
};
use leptos::{ev, prelude::*};
use protocol::desk::Invited;
use ui::{
    figures,
    icon::{Icon, IconMark},
    notice::Banner,
    sheet::Sheet,
    surface::Tone,
    t, words,
};

/// The page with the sheet on it.
#[component]
pub fn InvitationsSheet(
    /// Who is invited, with the codes.
    people: Vec<Invited>,
    /// Called once the sheet is no more needed.
    on_done: Callback<()>,
) -> impl IntoView {
    let count = people.len();
    let printed = RwSignal::new(false);
    let asked = RwSignal::new(false);
    let print = move || {
        asked.set(false);
        printed.set(true);
        platform::print();
    };
    let done = move |_| {
        if printed.get_untracked() { on_done.run(()) } else { asked.set(true) }
    };
    let close = Callback::new(move |()| asked.set(false));
    view! {
        <header class="page-header no-print">
            <div class="grow">
                <h1>{move || words::desk_forms().sheet_title(count)}</h1>
                <p class="sub">{t!(desk_forms.codes_shown_once())}</p>
            </div>
        </header>
        <div class="toolbar no-print">
            <button type="button" class="button main" on:click=move |_| print()><IconMark icon=Icon::Printer />{t!(desk_forms.print_sheet())}</button>
            <button type="button" class="button" on:click=done>{t!(desk_forms.sheet_done())}</button>
            <span class="sub">{t!(desk_forms.cut_here())}</span>
        </div>
        <ul class="slips">{people.into_iter().map(|one| view! { <Slip one /> }).collect_view()}</ul>
        <Sheet open=asked on_close=close title=t!(desk_forms.not_printed())>
            <p>{t!(desk_forms.codes_shown_once())}</p>
            <DeedEnd deed=t!(desk_forms.print_sheet()) on_deed=move |()| print() out=t!(desk_forms.sheet_left()) on_out=on_done />
        </Sheet>
    }
}

/// On every other page: the way back to a sheet that is not yet said to be handed out. Closing the desk with it asks first.
#[component]
pub fn SheetKept() -> impl IntoView {
    let desk = use_desk();
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if desk.invited.with_untracked(Option::is_some) {
            event.prevent_default();
            // Browsers before 2023 ask only where this is set.
            event.set_return_value("1");
        }
    });
    on_cleanup(move || closing.remove());
    let count = Memo::new(move |_| {
        let is_shown = desk.page.with(|page| matches!(page, Page::Invitations(_)));
        desk.invited.with(|people| people.as_ref().map(Vec::len)).filter(|_| !is_shown)
    });
    move || {
        count.get().map(|count| {
            view! {
                <div class="no-print" data-sheet-kept>
                    <Banner text=words::desk_forms().sheet_kept(count) tone=Tone::Wait icon=Icon::Printer>
                        <a class="button" href=Page::Invitations(None).href()>{t!(desk_forms.sheet_back())}</a>
                    </Banner>
                </div>
            }
        })
    }
}

/// What one person is handed.
#[component]
fn Slip(one: Invited) -> impl IntoView {
    let desk = use_desk();
    let Invited { name, unit_name, tail, invitation, .. } = one;
    let tail = tail.map(|tail| words::shared().telephone_ends(&tail));
    let tail = tail.map(|tail| view! { {words::DOT}<span class="keep">{tail}</span> });
    let union_name = desk.me_now().map(|me| me.union_name.clone()).unwrap_or_default();
    let link = format!("{}{}", platform::origin(), invitation.link_path);
    let at_desk = invitation.is_for_desk();
    let address = format!("{}{}", platform::origin(), invitation.address_path());
    let until = figures::moment(invitation.expires_ms, desk.utc_offset_minutes(), desk.today());
    // The name to type, where it is not the person's own.
    let signs_in_as = (invitation.sign_in_name != name).then(|| invitation.sign_in_name.clone());
    let said = words::desk_forms();
    let first = if at_desk { said.sheet_desk_open(&address) } else { said.sheet_install().to_owned() };
    let second = match &signs_in_as {
        None if at_desk => said.sheet_desk_sign_in().to_owned(),
        None => said.sheet_sign_in().to_owned(),
        Some(name) if at_desk => said.sheet_desk_sign_in_as(name),
        Some(name) => said.sheet_sign_in_as(name),
    };
    view! {
        <li class="slip" data-slip=invitation.sign_in_name>
            <Qr text=link />
            <div class="slip-words">
                <p class="slip-of">{words::desk_forms().sheet_for(&union_name)}</p>
                <p class="slip-name"><b>{name}</b>" "<span>{unit_name}{tail}</span></p>
                {signs_in_as.map(|name| view! { <p>{t!(desk_forms.sign_in_name())}" "<b>{name}</b></p> })}
                <p class="slip-code">{t!(desk_forms.sheet_code())}" "<b data-code>{spaced(&invitation.code)}</b></p>
            </div>
            <ol><li>{first}</li><li>{second}</li></ol>
            <p class="slip-until">{words::desk_forms().valid_until(&until)}" "{address}</p>
        </li>
    }
}
