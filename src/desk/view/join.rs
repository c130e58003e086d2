//! Joining by an invitation: a link, or a name with eight digits; then a password. Looking spends
//! nothing, only setting the password does.

use super::{
    form::{
        FormEnd,
        new_password::{NewPassword, NewPasswordFields},
        required,
    },
    sign_in::entered,
};
use crate::{
    platform,
    state::{desk::use_desk, place::Page, sending::Sending},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::sign_in::{
    INVITE_CODE_DIGITS, Invitation, InvitationFor, Join, LookAtInvitation, Me, SessionKind,
};
use ui::{
    fields::text::{TextField, TextKind},
    t, words,
};

/// The page.
#[component]
pub fn JoinPage() -> impl IntoView {
    let desk = use_desk();
    let token = platform::fragment();
    let found = RwSignal::new(None::<(Invitation, InvitationFor)>);
    let looking = Sending::new(desk);
    let look = move |invitation: Invitation| {
        let kept = invitation.clone();
        looking.post("/api/join/look", LookAtInvitation { invitation }, move |answer: InvitationFor| {
            found.set(Some((kept, answer)));
        });
    };
    if !token.is_empty() {
        look(Invitation::Link { token });
    }
    let body = move || match found.get() {
        Some((_, who)) if !who.desk => view! { <AtPhone who /> }.into_any(),
        Some((invitation, who)) => view! { <Password invitation who /> }.into_any(),
        None => view! { <ByCode looking on_look=look /> }.into_any(),
    };
    view! {
        <main class="door">
            <h1 class="door-brand">{t!(shared.product())}</h1>
            <section class="card">{body}</section>
            <p class="sub"><a href=Page::Coverage(None).href()>{t!(shared.sign_in())}</a></p>
        </main>
    }
}

/// Name and eight digits.
#[component]
fn ByCode(looking: Sending, #[prop(into)] on_look: Callback<Invitation>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let digits = move || code.with(|code| code.chars().filter(char::is_ascii_digit).count());
    let wrong = Signal::derive(move || {
        (tried.get() && digits() != INVITE_CODE_DIGITS).then(|| t!(shared.join_code_hint())().to_owned())
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if name.with(|name| !name.trim().is_empty()) && digits() == INVITE_CODE_DIGITS {
            on_look.run(Invitation::Code { name: name.get(), code: code.get() });
        }
    };
    view! {
        <h2>{t!(shared.join_title())}</h2>
        <form class="stack" on:submit=submit novalidate>
            <TextField label=t!(shared.sign_in_name()) value=name on_input=move |text| name.set(text)
                kind=TextKind::SignInName longest=40 wrong=required(tried, name) />
            <TextField label=t!(shared.join_code()) value=code on_input=move |text| code.set(text)
                kind=TextKind::Digits longest=12 hint=t!(shared.join_code_hint()) wrong />
            <FormEnd sending=looking label=t!(shared.next()) />
        </form>
    }
}

/// The password, twice.
#[component]
fn Password(invitation: Invitation, who: InvitationFor) -> impl IntoView {
    let desk = use_desk();
    let password = NewPassword::default();
    let sending = Sending::new(desk);
    let invitation = StoredValue::new(invitation);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(password) = password.chosen() else { return };
        let body =
            Join { invitation: invitation.get_value(), password, kind: SessionKind::Desk, device: None };
        sending.post("/api/join", body, move |me: Me| entered(desk, me));
    };
    let name = StoredValue::new(who.name.clone());
    let signs_in_as = who.called.is_some();
    let welcome = move || {
        let called = who.called.as_ref().unwrap_or(&who.name);
        match who.union_name.as_str() {
            "" => words::desk().join_welcome_first(called),
            union_name => words::shared().join_welcome(called, union_name),
        }
    };
    view! {
        <h2>{t!(shared.join_title())}</h2>
        <p>{welcome}</p>
        {signs_in_as.then(|| view! { <p><b>{move || name.with_value(|name| words::shared().signs_in_next(name))}</b></p> })}
        <form class="stack" on:submit=submit novalidate>
            // A password store files the password under this name.
            <input type="text" hidden autocomplete="username" value=name.get_value() />
            <NewPasswordFields password label=t!(shared.password_new()) />
            <FormEnd sending label=t!(shared.join_finish()) />
        </form>
    }
}

/// The invitation is a helper's: nothing is spent here.
#[component]
fn AtPhone(who: InvitationFor) -> impl IntoView {
    let token = platform::fragment();
    let href = if token.is_empty() { "/join".to_owned() } else { format!("/join#{token}") };
    view! {
        <h2>{who.called.unwrap_or(who.name)}</h2>
        <p>{t!(desk.join_at_phone())}</p>
        <a class="button main" href=href rel="external">{t!(desk.to_phone())}</a>
    }
}
