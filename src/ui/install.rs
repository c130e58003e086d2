//! How to put the app on the home screen: two taps, drawn.
//!
//! On an iPhone a tab's storage is not the app's, so this comes before signing in. The drawings are
//! files under `/pictures/`, not in the wasm.

use crate::t;
use leptos::prelude::*;

/// Which phone the steps are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handset {
    /// iOS.
    Iphone,
    /// Android and HarmonyOS.
    Android,
}

impl Handset {
    /// The handset a browser's user agent speaks of; what is neither is treated as Android.
    #[must_use]
    pub fn of_user_agent(user_agent: &str) -> Self {
        let apple = ["iPhone", "iPad", "iPod"].iter().any(|mark| user_agent.contains(mark));
        if apple { Self::Iphone } else { Self::Android }
    }
}

/// The two taps for one kind of handset.
#[component]
pub fn InstallSteps(
    /// Which kind.
    handset: Handset,
) -> impl IntoView {
    match handset {
        Handset::Iphone => view! {
            <ol class="install-steps">
                <li><img src="/pictures/install-iphone-1.svg" alt="" width="280" height="180" /><p>{t!(shared.install_iphone_1())}</p></li>
                <li><img src="/pictures/install-iphone-2.svg" alt="" width="280" height="180" /><p>{t!(shared.install_iphone_2())}</p></li>
            </ol>
            <p class="sub">{t!(shared.install_iphone_then())}</p>
        }
        .into_any(),
        Handset::Android => view! {
            <ol class="install-steps">
                <li><img src="/pictures/install-android-1.svg" alt="" width="280" height="180" /><p>{t!(shared.install_android_1())}</p></li>
                <li><img src="/pictures/install-android-2.svg" alt="" width="280" height="180" /><p>{t!(shared.install_android_2())}</p></li>
            </ol>
            <p class="sub">{t!(shared.install_android_then())}</p>
        }
        .into_any(),
    }
}
