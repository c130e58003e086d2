//! Signing out. It means this browser: a form that is open in the phone's app is asked about first.

use super::{form::DeedEnd, saying};
use crate::state::{
    desk::{Desk, use_desk},
    place::BASE,
};
use leptos::{prelude::*, task::spawn_local};
use serde::de::IgnoredAny;
use ui::{sheet::Sheet, t};

/// The button, and its question.
#[component]
pub fn SignOut() -> impl IntoView {
    let desk = use_desk();
    let asking = RwSignal::new(false);
    let ask = move |_| {
        spawn_local(async move {
            if ui::signed_out::is_form_open().await {
                asking.try_set(true);
            } else {
                leave(desk).await;
            }
        });
    };
    let leave = move |()| {
        asking.set(false);
        spawn_local(leave(desk));
    };
    view! {
        <button type="button" class="button" on:click=ask>{t!(shared.sign_out())}</button>
        <Sheet open=asking on_close=move |()| asking.set(false) title=t!(desk.sign_out_form_open())>
            <p>{t!(desk.sign_out_form_kept())}</p>
            <DeedEnd deed=t!(shared.sign_out()) on_deed=leave on_out=move |()| asking.set(false) />
        </Sheet>
    }
}

/// Here at once and at the office.
async fn leave(desk: Desk) {
    match desk.post::<IgnoredAny>("/api/sign-out", &()).await {
        // The whole page anew: nothing of what was shown stays in memory.
        Ok(_) => {
            desk.leave();
            // The phone's app in this browser shows households, too.
            ui::signed_out::tell();
            crate::platform::go(&format!("{BASE}/"));
        }
        Err(trouble) => desk.say(&saying::trouble(&trouble)),
    }
}
