//! How to put the app on the home screen: two taps, drawn.
//!
//! On an iPhone a tab's storage is not the app's, so this comes before signing in. The drawings are
//! files under `/pictures/`, not in the wasm.

use crate::t;
use leptos::prelude::*;

/// Which phone the steps are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handset {
    /// iOS, and iPadOS.
    Iphone,
    /// Android and HarmonyOS.
    Android,
}

impl Handset {
    /// The handset a browser speaks of; what is neither is treated as Android. An iPad calls itself a Macintosh, but no
    /// Macintosh is touched with more than one finger.
    #[must_use]
    pub fn of(user_agent: &str, touch_points: i32) -> Self {
        let says = |mark: &str| user_agent.contains(mark);
        let is_ipad = says("Macintosh") && touch_points > 1;
        if is_ipad || ["iPhone", "iPad", "iPod"].into_iter().any(says) { Self::Iphone } else { Self::Android }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipad_is_known_by_its_fingers() {
        const SAFARI: &str =
            "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15";
        for (user_agent, touch_points, handset) in [
            ("(iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15", 5, Handset::Iphone),
            ("(iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15", 5, Handset::Iphone),
            (SAFARI, 5, Handset::Iphone),
            (SAFARI, 0, Handset::Android),
            ("(Linux; Android 13; V2241A) AppleWebKit/537.36 Chrome/126.0 Mobile", 5, Handset::Android),
            ("(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0", 10, Handset::Android),
        ] {
            assert_eq!(Handset::of(user_agent, touch_points), handset, "{user_agent}, {touch_points}");
        }
    }
}
