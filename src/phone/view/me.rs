//! 我的: who I am here, how the app looks, what it keeps, a word about it, the way out.

use super::{
    install_first::InstallHint,
    queue_file::TakeInQueue,
    said,
    shell::{Banners, MainTabs, Place},
};
use crate::state::{page, use_app};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::fields::text::TextField;
use ui::frame::PageHeader;
use ui::preferences::Preferences;
use ui::sheet::Sheet;
use ui::surface::Card;
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
    let contact = move || {
        app.news_ms.get().map_or_else(
            || words::phone().me_contact_never().to_owned(),
            |at_ms| figures::moment(at_ms, app.zone(), app.today.get()),
        )
    };
    let households = move || words::phone().me_households(app.cards.with(std::collections::BTreeMap::len));
    view! {
        <div class="page">
            <PageHeader title=t!(phone.me_title()) />
            <main>
                <Card><div class="name">{name}</div><div class="sub">{union}</div></Card>
                <Card>
                    <div class="fact"><span class="sub">{t!(phone.me_contact())}</span><span>{contact}</span></div>
                    <div class="fact"><span class="sub">{t!(phone.tab_visits())}</span><span>{households}</span></div>
                    <Storage />
                    <div class="fact"><span class="sub">{t!(phone.me_version())}</span><span>{env!("CARGO_PKG_VERSION")}</span></div>
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
        })
    };
    view! {
        <div class="fact">
            <span class="sub">{t!(phone.me_storage())}</span>
            <span data-storage=move || kept.get().map_or("unknown", |kept| if kept { "kept" } else { "loose" })>
                {move || if kept.get() == Some(true) { words::phone().me_storage_kept() } else { words::phone().me_storage_loose() }}
            </span>
        </div>
        <Show when=move || kept.get() == Some(false)>
            <button type="button" class="button" on:click=ask>{t!(phone.me_storage_ask())}</button>
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
    let shown = about.clone();
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
                <TextField label=t!(phone.me_feedback_words()) value=said_words on_input=move |text| { wrong.set(None); said_words.set(text) }
                    lines=3 longest=FEEDBACK_MAX wrong=wrong />
            </div></div>
            <p class="aside">{t!(phone.me_feedback_about())}" "{shown}</p>
            <div class="buttons">
                <button type="button" class="button" disabled=move || said_words.with(|text| text.trim().is_empty()) on:click=send>{t!(phone.me_feedback_send())}</button>
            </div>
        </Card>
    }
}

/// The way out; says what stays.
#[component]
fn SignOut() -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let leave = move |_| {
        app.sign_out(move |result| {
            if let Err(sentence) = result {
                app.say(sentence);
            }
        })
    };
    let unsent = move || {
        let waiting = app.waiting();
        if waiting == 0 { String::new() } else { words::phone().me_sign_out_unsent(waiting) }
    };
    view! {
        <button type="button" class="button wide sign-out" on:click=move |_| asking.set(true)>{t!(shared.sign_out())}</button>
        <Sheet open=asking on_close=move |()| asking.set(false) title=t!(phone.me_sign_out_sure())>
            <p>{move || said::joined([unsent(), words::phone().me_sign_out_detail().to_owned()])}</p>
            <div class="buttons">
                <button type="button" class="button danger" on:click=leave>{t!(shared.sign_out())}</button>
                <button type="button" class="button" on:click=move |_| asking.set(false)>{t!(shared.cancel())}</button>
            </div>
        </Sheet>
    }
}
