//! Signing in. The same form stands alone, and over a page whose session has ended.

use super::{
    form::{FormEnd, required},
    saying,
};
use crate::state::{
    desk::{Desk, Session, use_desk},
    place::Page,
    sending::Sending,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::sign_in::{DemoPerson, DemoSignIn, Me, Role, SessionKind, SignIn};
use ui::{
    fields::text::{TextField, TextKind},
    sheet::Sheet,
    t, words,
};

/// The page before anything else.
#[component]
pub fn SignInPage() -> impl IntoView {
    let desk = use_desk();
    let union_name = move || desk.office.get().map(|card| card.union_name).unwrap_or_default();
    let demo = move || desk.office.get().and_then(|card| card.demo);
    view! {
        <main class="door">
            <h1 class="door-brand">{t!(shared.product())}</h1>
            <p class="sub">{union_name}</p>
            <section class="card">
                <h2>{t!(desk.sign_in_title())}</h2>
                <SignInForm />
                <p class="sub"><a href=Page::Join.href()>{t!(shared.join_with_code())}</a></p>
                <p class="sub">{t!(desk.password_forgotten())}</p>
            </section>
            {move || demo().map(|people| view! { <DemoPeople people /> })}
        </main>
    }
}

/// Over a page whose session has ended: the page and what was typed stay.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let desk = use_desk();
    let close = move |()| desk.expired.set(false);
    let demo = move || desk.office.get().and_then(|card| card.demo);
    view! {
        <Sheet open=desk.expired on_close=close title=t!(desk.sign_in_again())>
            <p class="sub">{t!(desk.sign_in_again_note())}</p>
            <SignInForm />
            {move || demo().map(|people| view! { <DemoPeople people /> })}
        </Sheet>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let desk = use_desk();
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if name.with(|name| name.trim().is_empty()) || password.with(String::is_empty) {
            return;
        }
        let body =
            SignIn { name: name.get(), password: password.get(), kind: SessionKind::Desk, device: None };
        sending.post("/api/sign-in", body, move |me: Me| entered(desk, me));
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <TextField label=t!(shared.sign_in_name()) value=name on_input=move |text| name.set(text)
                kind=TextKind::SignInName longest=40 wrong=required(tried, name) />
            <TextField label=t!(shared.password()) value=password on_input=move |text| password.set(text)
                kind=TextKind::Password longest=128 wrong=required(tried, password) />
            <FormEnd sending label=t!(shared.sign_in()) />
        </form>
    }
}

/// The people a demonstration offers; helpers are sent to the phone app.
#[component]
fn DemoPeople(people: Vec<DemoPerson>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let person = move |DemoPerson { person, name, role, unit_name }: DemoPerson| {
        let enter = move |_| {
            let body = DemoSignIn { person, kind: SessionKind::Desk, device: None };
            sending.post("/api/demo/sign-in", body, move |me: Me| entered(desk, me));
        };
        view! {
            <li>
                <button type="button" class="list-row" data-role=role.word() on:click=enter>
                    <span class="grow"><b>{name}</b>" "<small class="sub">{unit_name}</small></span>
                    <span class="chip">{move || words::shared().role(role)}</span>
                </button>
            </li>
        }
    };
    let at_desk = people.into_iter().filter(|person| person.role != Role::Helper);
    view! {
        <section class="card demo">
            <h2>{t!(shared.demo_pick())}</h2>
            <p class="sub">{t!(shared.demo_note())}</p>
            <ul class="plain-list">{at_desk.map(person).collect_view()}</ul>
            <p class="sub"><a href="/" rel="external">{t!(desk.demo_helpers())}</a></p>
            {move || sending.problem.get().map(|problem| view! { <p class="form-problem" role="alert">{saying::problem(&problem)}</p> })}
        </section>
    }
}

/// Somebody signed in: to the page they asked for, or over the one that waits.
pub fn entered(desk: Desk, me: Me) {
    let somebody_else =
        matches!(desk.session.get_untracked(), Session::In(before) if before.person != me.person);
    desk.enter(me);
    if somebody_else || desk.page.with_untracked(|page| *page == Page::Join) {
        desk.go(&Page::Coverage(None));
    }
}
