//! An invitation, shown once: a QR, a link, and eight digits with the name to type. To be shown on
//! the screen, printed, or read out on the telephone.

use super::qr::Qr;
use crate::{platform, state::desk::use_desk};
use leptos::{prelude::*, task::spawn_local};
use protocol::desk::InvitationMade;
use ui::{
    figures,
    icon::{Icon, IconMark},
    sheet::Sheet,
    t, words,
};

/// The sheet.
#[component]
pub fn InvitationSheet(invitation: RwSignal<Option<InvitationMade>>) -> impl IntoView {
    let close = move |()| invitation.set(None);
    let open = Signal::derive(move || invitation.read().is_some());
    view! {
        <Sheet open on_close=close title=t!(desk_forms.invitation())>
            {move || invitation.get().map(|made| view! { <Invitation made /> })}
        </Sheet>
    }
}

#[component]
fn Invitation(made: InvitationMade) -> impl IntoView {
    let desk = use_desk();
    let union_name = desk.me_now().map(|me| me.union_name.clone()).unwrap_or_default();
    let link = format!("{}{}", platform::origin(), made.link_path);
    let until = figures::moment(made.expires_ms, desk.utc_offset_minutes(), desk.today());
    let until = move || words::desk_forms().valid_until(&until);
    let copied_link = link.clone();
    let copy = move |_| {
        let link = copied_link.clone();
        spawn_local(async move {
            let said = if platform::copy(&link).await {
                words::shared().copied()
            } else {
                words::desk_forms().copy_by_hand()
            };
            desk.say(said);
        });
    };
    let address = format!("{}{}", platform::origin(), made.address_path());
    view! {
        <div class="invitation" data-invitation>
            <p class="sub">{union_name}{words::DOT}{t!(shared.product())}</p>
            <Qr text=link.clone() />
            <p class="sub">{t!(desk_forms.scan_hint())}</p>
            <dl>
                <div><dt>{t!(desk_forms.by_link())}</dt><dd class="link-text" data-link>{link}</dd></div>
                <div><dt>{t!(desk_forms.by_code())}</dt><dd><span class="keep" data-name>{made.sign_in_name}</span>" "<b class="code keep" data-code>{spaced(&made.code)}</b></dd></div>
                <div><dt>{t!(desk_forms.address())}</dt><dd>{address}</dd></div>
            </dl>
            <p>{until}</p>
            <p class="sub">{t!(desk_forms.shown_once())}</p>
            <div class="buttons no-print">
                <button type="button" class="button main" on:click=move |_| platform::print()><IconMark icon=Icon::Printer />{t!(desk.print())}</button>
                <button type="button" class="button" on:click=copy>{t!(desk_forms.copy_link())}</button>
            </div>
        </div>
    }
}

/// Eight digits as people read them out: `1234 5678`.
pub fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}
