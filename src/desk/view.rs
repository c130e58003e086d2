//! What the desk shows. Every page is a file here; what it knows comes from `state`.

use crate::state::{
    arrival,
    desk::{Desk, Session},
    place::Page,
    rights, unsaved,
};
use leptos::prelude::*;
use ui::{
    notice::{Failed, Toast},
    t,
};

mod coverage;
mod form;
pub mod helper_pick;
mod household;
mod household_table;
mod households;
mod join;
mod me;
mod not_here;
mod password;
mod roster;
mod saying;
mod shell;
mod showing;
mod sign_in;
mod sign_out;
mod todo;
mod union;
mod unit_pick;

/// Who sits there, as far as it decides what is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seated {
    Unknown,
    Unreached,
    Nobody,
    Joining,
    AtPhoneOnly,
    AtDesk,
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    arrival::arrive(desk);
    let seated = Memo::new(move |_| seated(desk));
    form::show_what_is_wrong();
    unsaved::follow();
    let screen = move || match seated.get() {
        Seated::Unknown => showing::WholePage().into_any(),
        Seated::Unreached => view! { <Unreached desk /> }.into_any(),
        Seated::Nobody => sign_in::SignInPage().into_any(),
        Seated::Joining => join::JoinPage().into_any(),
        Seated::AtPhoneOnly => not_here::PhoneOnly().into_any(),
        Seated::AtDesk => shell::Shell().into_any(),
    };
    view! {
        {screen}
        <Toast message=desk.toast />
    }
}

fn seated(desk: Desk) -> Seated {
    if desk.page.get() == Page::Join {
        return Seated::Joining;
    }
    match desk.session.get() {
        Session::Unknown => Seated::Unknown,
        Session::Unreached(_) => Seated::Unreached,
        Session::Out => Seated::Nobody,
        Session::In(me) if rights::works_at_desk(&me) => Seated::AtDesk,
        Session::In(_) => Seated::AtPhoneOnly,
    }
}

/// The office was not there when the desk was opened.
#[component]
fn Unreached(desk: Desk) -> impl IntoView {
    let detail = move || match desk.session.get() {
        Session::Unreached(trouble) => saying::trouble(&trouble),
        Session::Unknown | Session::Out | Session::In(_) => String::new(),
    };
    let again = move |()| {
        desk.session.set(Session::Unknown);
        arrival::arrive(desk);
    };
    view! {
        <main class="door">
            <h1 class="door-brand">{t!(shared.product())}</h1>
            <Failed detail on_retry=again />
        </main>
    }
}
