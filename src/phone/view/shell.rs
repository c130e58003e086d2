//! What the three main pages share: the tabs, the pill of the network, the banners.

use super::said;
use crate::state::{App, Network, SignInWhy, use_app};
use leptos::prelude::*;
use ui::frame::{Tab, Tabs};
use ui::icon::Icon;
use ui::notice::Banner;
use ui::surface::{Pill, Tone};
use ui::{t, words};

/// Which of the three pages is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// 走访.
    Visits,
    /// 待发.
    Queue,
    /// 我的.
    Me,
}

/// The tabs at the bottom.
#[component]
pub fn MainTabs(
    /// The page shown.
    place: Place,
) -> impl IntoView {
    let app = use_app();
    let waiting = Signal::derive(move || app.waiting());
    view! {
        <Tabs>
            <Tab href="/" label=t!(phone.tab_visits()) icon=Icon::House current=place == Place::Visits />
            <Tab href="/queue" label=t!(phone.tab_outbox()) icon=Icon::Envelope current=place == Place::Queue badge=waiting />
            <Tab href="/me" label=t!(phone.tab_me()) icon=Icon::Person current=place == Place::Me />
        </Tabs>
    }
}

/// The network and the queue in a few words: amber at most, never red.
#[component]
pub fn NetworkPill() -> impl IntoView {
    let app = use_app();
    let tone = Signal::derive(move || match (app.network.get(), app.waiting()) {
        (Network::There, 0) => Tone::Good,
        (Network::Unknown, 0) => Tone::Plain,
        _ => Tone::Wait,
    });
    view! { <a class="pill-link" href="/queue" data-network=move || network_word(app)><Pill text=move || network_text(app) tone /></a> }
}

fn network_word(app: App) -> &'static str {
    match app.network.get() {
        Network::Unknown => "unknown",
        Network::There => "there",
        Network::Elsewhere => "elsewhere",
        Network::None => "none",
    }
}

fn network_text(app: App) -> String {
    let words = words::phone();
    let waiting = app.waiting();
    match (app.network.get(), waiting) {
        (Network::None, 0) => words.offline_none().to_owned(),
        (Network::None, _) => said::joined([words.no_signal().to_owned(), words.on_this_phone(waiting)]),
        (Network::Elsewhere, 0) => words.offline_elsewhere().to_owned(),
        (Network::Elsewhere, _) => said::joined([words.no_office().to_owned(), words.on_this_phone(waiting)]),
        (Network::Unknown, 0) if app.trying.get() => words.trying().to_owned(),
        (Network::There | Network::Unknown, 0) => words.all_sent().to_owned(),
        _ => words.on_this_phone(waiting),
    }
}

/// What the phone threw away, and what came back.
#[component]
pub fn Lost() -> impl IntoView {
    let app = use_app();
    let text = move || match app.lost.get().flatten() {
        None => words::phone().storage_lost().to_owned(),
        Some(0) => words::phone().forms_lost().to_owned(),
        Some(waiting) => words::phone().storage_kept(waiting),
    };
    view! {
        <Show when=move || app.lost.get().is_some()>
            <Banner text=text tone=Tone::Bad icon=Icon::Warning />
        </Show>
    }
}

/// What of one's own work cannot be read: said where it would be looked for, and in no finger's way.
#[component]
pub fn Damaged() -> impl IntoView {
    let app = use_app();
    let text = move || words::phone().rows_damaged(app.disk.damaged.get());
    view! {
        <Show when=move || { app.disk.damaged.get() > 0 }>
            <div data-part="damaged"><Banner text tone=Tone::Bad icon=Icon::Warning /></div>
        </Show>
    }
}

/// What must be said on a main page: lost storage, a full phone, a session that ended, an update. At the end of the page and
/// always in sight, so that it moves nothing under a finger.
#[component]
pub fn Banners() -> impl IntoView {
    let app = use_app();
    let why = move || match app.sign_in_needed.get() {
        Some(SignInWhy::SomebodyElse) => words::phone().somebody_else(),
        Some(SignInWhy::Ended) | None => words::phone().sign_in_again(),
    };
    view! {
        <div class="notices">
        <Lost />
        <Show when=move || app.disk.full.get()>
            <Banner text=t!(phone.storage_full()) tone=Tone::Wait icon=Icon::Warning />
        </Show>
        <Show when=move || app.disk.closed.get()>
            <Banner text=t!(phone.storage_closed()) tone=Tone::Bad icon=Icon::Warning />
        </Show>
        <Show when=move || app.set_back.get()>
            <Banner text=t!(phone.set_back()) tone=Tone::Wait icon=Icon::Again />
        </Show>
        <Show when=move || app.left.get()>
            <Banner text=t!(phone.left()) tone=Tone::Wait icon=Icon::Key />
        </Show>
        <Show when=move || app.sign_in_needed.get().is_some()>
            <Banner text=why tone=Tone::Wait icon=Icon::Key>
                <a class="button" href="/sign-in">{t!(shared.sign_in())}</a>
            </Banner>
        </Show>
        <Show when=move || app.update.is_ready() && !app.form_open.get()>
            <Banner text=t!(shared.update_ready()) icon=Icon::Again>
                <button type="button" class="button" on:click=move |_| app.update.take_over()>{t!(shared.update_now())}</button>
            </Banner>
        </Show>
        </div>
    }
}
