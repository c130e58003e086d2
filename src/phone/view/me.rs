//! 我的: who I am here, how the app looks, what it keeps, a word about it, the way out.

use super::{
    browser,
    install_first::InstallHint,
    queue_file::TakeInQueue,
    shell::{Banners, MainTabs, Place},
};
use crate::state::{Network, page, use_app};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::fields::text::TextField;
use ui::frame::PageHeader;
use ui::icon::Icon;
use ui::notice::Banner;
use ui::preferences::Preferences;
use ui::sheet::Sheet;
use ui::sure::Answers;
use ui::surface::{Card, Tone};
use ui::{figures, t, words};

/// The longest word about the app.
const FEEDBACK_MAX: usize = 2_000;

/// The page.
#[component]
pub fn Me() -> impl IntoView {
    let app = use_app();
    let name = move || {
        app.person.with(|person| person.as_ref().map(|person| person.name.clone())).unwrap_or_default()
    };
    let union = move || {
        app.person.with(|person| person.as_ref().map(|person| person.union_name.clone())).unwrap_or_default()
    };
    // Told where it is not the name: two people of one name.
    let login = move || {
        let login =
            app.person.with(|person| person.as_ref().map(|one| (one.login.clone(), one.name.clone())))?;
        let (login, name) = login;
        (!login.is_empty() && login != name).then_some(login)
    };
    let contact = move || {
        app.news_ms.get().map_or_else(
            || words::me().contact_never().to_owned(),
            |at_ms| figures::moment(at_ms, app.zone(), app.today.get()),
        )
    };
    let households = move || words::me().households(app.cards.with(std::collections::BTreeMap::len));
    view! {
        <div class="page">
            <PageHeader title=t!(me.title()) />
            <main>
                <Card>
                    <div class="name">{name}</div>
                    <div class="sub">{union}</div>
                    {move || login().map(|login| view! { <div class="sub" data-login>{words::shared().signs_in_as(&login)}</div> })}
                </Card>
                <Card>
                    <div class="fact"><span class="sub">{t!(me.contact())}</span><span>{contact}</span></div>
                    <div class="fact"><span class="sub">{t!(phone.tab_visits())}</span><span>{households}</span></div>
                    <Storage />
                    <div class="fact"><span class="sub">{t!(me.version())}</span><span>{env!("CARGO_PKG_VERSION")}</span></div>
                    <div class="fact"><span class="sub">{t!(me.browser())}</span><span data-browser>{move || browser::in_words(&page::user_agent())}</span></div>
                </Card>
                <InstallHint />
                <h2 class="section-title">{t!(shared.preferences())}</h2>
                <Card><Preferences /></Card>
                <h2 class="section-title">{t!(shared.feedback())}</h2>
                <Feedback />
                <TakeInQueue />
                <SignOut />
                <Banners />
            </main>
            <MainTabs place=Place::Me />
        </div>
    }
}

/// Whether the system promised to keep the storage.
#[component]
fn Storage() -> impl IntoView {
    let app = use_app();
    let kept = RwSignal::new(None::<bool>);
    spawn_local(async move {
        kept.try_set(page::is_storage_kept().await);
    });
    let ask = move |_| {
        spawn_local(async move {
            let granted = app.engine().persist().await;
            kept.try_set(Some(granted));
            if !granted {
                app.say(words::me().storage_refused().to_owned());
            }
        })
    };
    view! {
        <div class="fact">
            <span class="sub">{t!(me.storage())}</span>
            <span data-storage=move || kept.get().map_or("unknown", |kept| if kept { "kept" } else { "loose" })>
                {move || if kept.get() == Some(true) { words::me().storage_kept() } else { words::me().storage_loose() }}
            </span>
        </div>
        <Show when=move || kept.get() == Some(false)>
            <button type="button" class="button" on:click=ask>{t!(me.storage_ask())}</button>
        </Show>
    }
}

/// A word about the app; works without a network.
#[component]
fn Feedback() -> impl IntoView {
    let app = use_app();
    let said_words = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let about = format!("{} · {}", env!("CARGO_PKG_VERSION"), page::user_agent());
    let send = move |_| {
        let text = said_words.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        app.feedback(text, about.clone(), move |result| match result {
            Ok(()) => {
                said_words.try_set(String::new());
                app.say(words::shared().feedback_thanks().to_owned());
            }
            Err(sentence) => {
                wrong.try_set(Some(sentence));
            }
        });
    };
    view! {
        <Card>
            <p class="sub">{t!(shared.feedback_hint())}</p>
            <div class="fields"><div class="wide">
                <TextField label=t!(me.feedback_words()) value=said_words on_input=move |text| { wrong.set(None); said_words.set(text) }
                    lines=3 longest=FEEDBACK_MAX wrong=wrong />
            </div></div>
            <p class="aside">{t!(me.feedback_about())}</p>
            <div class="buttons">
                <button type="button" class="button" disabled=move || said_words.with(|text| text.trim().is_empty()) on:click=send>{t!(me.feedback_send())}</button>
            </div>
        </Card>
    }
}

/// The way out; says what stays.
#[component]
fn SignOut() -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let leave = move |()| {
        app.sign_out(move |result| {
            if let Err(sentence) = result {
                app.say(sentence);
            }
        })
    };
    // Whether there is a network is looked at anew.
    let ask = move |_| {
        asking.set(true);
        app.engine().try_now();
    };
    let no_network = move || matches!(app.network.get(), Network::None | Network::Elsewhere);
    let waiting = Memo::new(move |_| app.waiting());
    view! {
        <button type="button" class="button wide sign-out" on:click=ask>{t!(shared.sign_out())}</button>
        <Sheet open=asking on_close=move |()| asking.set(false) title=t!(me.sign_out_sure())>
            <Show when=no_network fallback=|| view! { <p>{t!(me.sign_out_network())}</p> }>
                <Banner text=t!(me.sign_out_no_network()) tone=Tone::Wait icon=Icon::NoNetwork />
            </Show>
            <Show when=move || waiting.get() != 0><p>{move || words::me().sign_out_unsent(waiting.get())}</p></Show>
            <p>{t!(me.sign_out_detail())}</p>
            <Answers back=t!(me.sign_out_stay()) on_back=move |()| asking.set(false) deed=t!(shared.sign_out()) on_deed=leave />
        </Sheet>
    }
}
