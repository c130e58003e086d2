//! Install first, sign in second: on an iPhone or iPad a tab's storage is not the app's.

use super::door::Sign;
use crate::state::page;
use leptos::prelude::*;
use ui::install::{Handset, InstallSteps};
use ui::surface::Card;
use ui::t;

/// Whether signing in must wait until the app stands on the home screen.
pub fn is_due() -> bool {
    page::handset() == Handset::Iphone && !page::is_installed()
}

/// The two taps, instead of a sign-in.
#[component]
pub fn InstallFirst() -> impl IntoView {
    view! {
        <main class="door" data-page="install-first">
            <Sign union=String::new() />
            <h2>{t!(shared.install_title())}</h2>
            <p>{t!(shared.install_why())}</p>
            <InstallSteps handset=Handset::Iphone />
            <p class="door-note">{t!(phone.door_iphone_then())}</p>
        </main>
    }
}

/// How to put it on the home screen, for whoever has not.
#[component]
pub fn InstallHint() -> impl IntoView {
    (!page::is_installed()).then(|| {
        view! {
            <Card>
                <details class="install-hint">
                    <summary>{t!(phone.me_install())}</summary>
                    <p class="sub">{t!(shared.install_why())}</p>
                    <InstallSteps handset=page::handset() />
                </details>
            </Card>
        }
    })
}
