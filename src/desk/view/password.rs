//! Another password by the one that holds. Whoever has forgotten theirs is invited anew instead.

use super::{
    form::{
        FormEnd,
        new_password::{NewPassword, NewPasswordFields},
        required,
    },
    saying,
};
use crate::{
    state::{
        desk::use_desk,
        sending::{Problem, Sending},
    },
    trouble::Trouble,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::sign_in::{ChangePassword, Me, PASSWORD_MAX_CHARS, RefusalCode};
use ui::{
    fields::text::{TextField, TextKind},
    t, words,
};

/// The form; empty again once the password was changed.
#[component]
pub fn PasswordForm() -> impl IntoView {
    let changed = RwSignal::new(());
    let form = move || {
        changed.track();
        view! { <Fields on_changed=move |()| changed.set(()) /> }
    };
    view! { <h2>{t!(desk.password_change())}</h2>{form} }
}

#[component]
fn Fields(#[prop(into)] on_changed: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let present = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let next = NewPassword::default();
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let Some(new_password) = next.chosen().filter(|_| present.with(|present| !present.is_empty())) else {
            return;
        };
        let body = ChangePassword { password: present.get(), new_password };
        sending.post("/api/password", body, move |_: Me| {
            on_changed.run(());
            desk.say(words::desk().password_changed());
        });
    };
    view! {
        <form class="stack" data-password on:submit=submit novalidate>
            <TextField label=t!(desk.password_present()) value=present on_input=move |text| present.set(text)
                kind=TextKind::Password longest=PASSWORD_MAX_CHARS wrong=required(tried, present) />
            <NewPasswordFields password=next label=t!(desk.password_next()) />
            <FormEnd sending label=t!(desk.password_change()) says />
        </form>
    }
}

/// Nobody typed a name here, and who has no password is told so.
fn says(problem: &Problem) -> String {
    let refused = match problem {
        Problem::Trouble(Trouble::Refused(refusal)) => Some(refusal.code),
        _ => None,
    };
    match refused {
        Some(RefusalCode::WrongNameOrPassword) => words::desk().password_present_wrong().to_owned(),
        Some(RefusalCode::NotAllowed) => words::desk().password_none().to_owned(),
        _ => saying::problem(problem),
    }
}
