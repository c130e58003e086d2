//! The first time: an invitation by link or by name and code, then a password of one's own.

use super::{door::Sign, sign_in::Unreachable};
use crate::state::{entering::Entering, page, use_app};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::sign_in::{
    INVITE_CODE_DIGITS, Invitation, InvitationFor, PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS,
};
use ui::fields::text::{TextField, TextKind};
use ui::{t, words};

/// The page. A link is looked at as soon as it is opened; that spends nothing.
#[component]
pub fn Join() -> impl IntoView {
    let entering = Entering::new(use_app());
    let token = page::fragment();
    let invitation = StoredValue::new(None::<Invitation>);
    if !token.is_empty() {
        let link = Invitation::Link { token };
        invitation.set_value(Some(link.clone()));
        entering.look(link);
    }
    // A link put into the address of the open page changes only its end: it is opened as if it were new.
    page::on_other_fragment(page::open_again);
    // A link opened without a network is looked at again once there is one.
    Effect::new(move |unreachable: Option<bool>| {
        let now = entering.no_office.get();
        if let (Some(true), false, Some(link)) = (unreachable, now, invitation.get_value()) {
            entering.look(link);
        }
        now
    });
    let union = Signal::derive(move || {
        let of_invitation =
            entering.invited.with(|invited| invited.as_ref().map(|invited| invited.union_name.clone()));
        let of_office =
            || entering.office.with(|office| office.as_ref().map(|office| office.union_name.clone()));
        of_invitation.or_else(of_office).unwrap_or_default()
    });
    view! {
        <main class="door" data-page="join">
            <Sign union=union />
            <Unreachable entering />
            <Inside />
            {move || match entering.invited.get() {
                Some(invited) if invited.is_for_desk() => view! { <AtDesk /> }.into_any(),
                Some(invited) => view! { <SetPassword entering invited invitation /> }.into_any(),
                None => view! { <ByCode entering invitation /> }.into_any(),
            }}
            <a class="button quiet wide" href="/sign-in">{t!(phone.door_have_password())}</a>
        </main>
    }
}

/// Whose this phone is already: the way in, whatever becomes of the invitation.
#[component]
fn Inside() -> impl IntoView {
    let app = use_app();
    move || {
        app.person.get().map(|person| {
            view! {
                <p class="aside" data-inside>{move || words::me().inside(&person.name)}</p>
                <a class="button wide" href="/">{t!(me.to_list())}</a>
            }
        })
    }
}

#[component]
fn ByCode(entering: Entering, invitation: StoredValue<Option<Invitation>>) -> impl IntoView {
    let (name, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let digits = move || code.with(|code| code.chars().filter(char::is_ascii_digit).count());
    let ready = move || name.with(|name| !name.trim().is_empty()) && digits() == INVITE_CODE_DIGITS;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if ready() {
            let by_code =
                Invitation::Code { name: name.get_untracked().trim().to_owned(), code: code.get_untracked() };
            invitation.set_value(Some(by_code.clone()));
            entering.look(by_code);
        }
    };
    view! {
        <h2>{t!(shared.join_title())}</h2>
        <p class="sub">{t!(shared.join_with_code())}</p>
        <form on:submit=submit>
            <TextField label=t!(shared.sign_in_name()) value=name on_input=move |text| name.set(text) kind=TextKind::SignInName longest=40 />
            <TextField label=t!(shared.join_code()) value=code on_input=move |text| code.set(text) kind=TextKind::Digits longest=12
                hint=t!(shared.join_code_hint()) wrong=entering.wrong />
            <button type="submit" class="button main wide" disabled=move || !ready() || entering.busy.get()>
                {move || if entering.busy.get() { words::phone().door_wait() } else { words::shared().next() }}
            </button>
        </form>
    }
}

/// The invitation is no helper's: nothing is spent here.
#[component]
fn AtDesk() -> impl IntoView {
    view! {
        <p>{t!(phone.join_not_helper())}</p>
        <a class="button main wide" href=desk_link() rel="external">{t!(phone.to_desk())}</a>
    }
}

/// The same invitation at the desk.
fn desk_link() -> String {
    let token = page::fragment();
    if token.is_empty() { "/desk/join".to_owned() } else { format!("/desk/join#{token}") }
}

#[component]
fn SetPassword(
    entering: Entering,
    invited: InvitationFor,
    invitation: StoredValue<Option<Invitation>>,
) -> impl IntoView {
    let (password, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let long_enough = move || password.with(|password| password.chars().count() >= PASSWORD_MIN_CHARS);
    let same = move || password.get() == again.get();
    let differs = Signal::derive(move || {
        (again.with(|again| !again.is_empty()) && !same())
            .then(|| words::shared().password_differs().to_owned())
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let (true, true, Some(invitation)) = (long_enough(), same(), invitation.get_value()) {
            entering.join(invitation, password.get_untracked());
        }
    };
    let name = RwSignal::new(invited.name.clone());
    let signs_in_as = invited.called.is_some();
    let at_desk = invited.desk.then(|| {
        view! { <a class="button wide" href=desk_link() rel="external">{t!(phone.to_desk())}</a> }
    });
    view! {
        <h2>{move || words::shared().join_welcome(invited.called.as_ref().unwrap_or(&invited.name), &invited.union_name)}</h2>
        {signs_in_as.then(|| view! { <p><b>{move || words::shared().signs_in_next(&name.read())}</b></p> })}
        <form on:submit=submit>
            // For the browser's own store of passwords.
            <div hidden><TextField label=t!(shared.sign_in_name()) value=name on_input=move |_| () kind=TextKind::SignInName /></div>
            <TextField label=t!(shared.password_new()) value=password on_input=move |text| password.set(text) kind=TextKind::NewPassword
                longest=PASSWORD_MAX_CHARS hint=t!(shared.password_rule()) wrong=entering.wrong />
            <TextField label=t!(shared.password_again()) value=again on_input=move |text| again.set(text) kind=TextKind::NewPassword
                longest=PASSWORD_MAX_CHARS wrong=differs />
            <button type="submit" class="button main wide" disabled=move || !long_enough() || !same() || entering.busy.get()>
                {move || if entering.busy.get() { words::phone().door_wait() } else { words::shared().join_finish() }}
            </button>
        </form>
        {at_desk}
    }
}
