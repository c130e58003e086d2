//! Signing in with name and password; in a demonstration, one tap.

use super::{door::Sign, said};
use crate::state::{entering::Entering, use_app};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::sign_in::{DemoPerson, Role};
use ui::fields::text::{TextField, TextKind};
use ui::icon::Icon;
use ui::notice::Banner;
use ui::surface::Tone;
use ui::{t, words};

/// The page.
#[component]
pub fn SignIn() -> impl IntoView {
    let app = use_app();
    let entering = Entering::new(app);
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let ready =
        move || name.with(|name| !name.trim().is_empty()) && password.with(|password| !password.is_empty());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if ready() {
            entering.sign_in(name.get_untracked(), password.get_untracked());
        }
    };
    let union = Signal::derive(move || {
        entering
            .office
            .with(|office| office.as_ref().map(|office| office.union_name.clone()))
            .unwrap_or_default()
    });
    view! {
        <main class="door" data-page="sign-in">
            <Sign union=union />
            <Show when=move || app.signed_out_elsewhere.get()>
                <Banner text=t!(phone.door_signed_out_elsewhere()) tone=Tone::Wait icon=Icon::Key />
            </Show>
            <Unreachable entering />
            <Demo entering />
            <form on:submit=submit>
                <TextField label=t!(shared.sign_in_name()) value=name on_input=move |text| name.set(text) kind=TextKind::SignInName longest=40 />
                <TextField label=t!(shared.password()) value=password on_input=move |text| password.set(text) kind=TextKind::Password longest=128 wrong=entering.wrong />
                <button type="submit" class="button main wide" disabled=move || !ready() || entering.busy.get()>
                    {move || if entering.busy.get() { words::phone().door_wait() } else { words::shared().sign_in() }}
                </button>
            </form>
            <a class="button wide" href="/join">{t!(phone.door_have_invite())}</a>
            <Show when=move || entering.demo().is_empty()>
                <p class="aside"><a href="/desk/" rel="external">{t!(phone.to_desk())}</a></p>
            </Show>
            // Where the storage was thrown away it would not be true.
            <Show when=move || app.lost.get().is_none()><p class="aside">{t!(shared.password_forgotten())}</p></Show>
        </main>
    }
}

/// Without a network nobody can sign in.
#[component]
pub fn Unreachable(entering: Entering) -> impl IntoView {
    view! {
        <Show when=move || entering.no_office.get()>
            <Banner text=t!(me.no_office()) tone=Tone::Wait icon=Icon::NoNetwork>
                <button type="button" class="button" on:click=move |_| entering.ask_office()>{t!(shared.try_again())}</button>
            </Banner>
        </Show>
    }
}

#[component]
fn Demo(entering: Entering) -> impl IntoView {
    let one = move |person: DemoPerson| {
        let id = person.person;
        view! {
            <button type="button" class="button wide demo-person" data-role=person.role.word() disabled=move || entering.busy.get()
                on:click=move |_| entering.demo_sign_in(id)>
                <span class="grow">{person.name}</span><small class="sub">{move || said::joined([words::shared().role(person.role).to_owned(), person.unit_name.clone()])}</small>
            </button>
        }
    };
    let helpers =
        move || entering.demo().into_iter().filter(|person| person.role == Role::Helper).collect::<Vec<_>>();
    view! {
        <Show when=move || !helpers().is_empty()>
            <section class="demo">
                <h2>{t!(shared.demo_pick())}</h2>
                <p class="sub">{t!(shared.demo_note())}</p>
                {move || helpers().into_iter().map(one).collect_view()}
                <a class="button wide" href="/desk/" rel="external">{t!(shared.demo_desk())}</a>
            </section>
        </Show>
    }
}
