//! Pages for those who came to the wrong door.

use super::sign_out::SignOut;
use crate::state::place::Page;
use leptos::prelude::*;
use ui::{notice::Empty, t};

/// A helper without a role at the desk: their work is on the phone.
#[component]
pub fn PhoneOnly() -> impl IntoView {
    view! {
        <main class="door">
            <h1 class="door-brand">{t!(shared.product())}</h1>
            <Empty title=t!(desk.phone_only_title()) detail=t!(desk.phone_only())>
                <a class="button main" href="/" rel="external">{t!(desk.to_phone())}</a>
                <SignOut />
            </Empty>
        </main>
    }
}

/// An address without a page.
#[component]
pub fn Nowhere() -> impl IntoView {
    view! {
        <Empty title=t!(desk.nowhere())>
            <a class="button" href=Page::Coverage(None).href()>{t!(desk.to_coverage())}</a>
        </Empty>
    }
}

/// A page that is not for this person.
#[component]
pub fn NotYours() -> impl IntoView {
    view! { <Empty title=t!(desk.not_yours_title()) detail=t!(desk.not_yours()) /> }
}
