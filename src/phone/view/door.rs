//! The door: what somebody sees who is not signed in.

use super::{install_first, join::Join, shell::Lost, sign_in::SignIn};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ui::t;

/// Install first, then join or sign in.
#[component]
pub fn Outside() -> impl IntoView {
    let path = use_location().pathname;
    let joining = Memo::new(move |_| path.get() == "/join");
    if install_first::is_due() {
        return view! { <install_first::InstallFirst /> }.into_any();
    }
    (move || if joining.get() { view! { <Join /> }.into_any() } else { view! { <SignIn /> }.into_any() })
        .into_any()
}

/// The sign above the door.
#[component]
pub fn Sign(
    /// The union's name, once known.
    #[prop(into)]
    union: Signal<String>,
) -> impl IntoView {
    view! {
        <Lost />
        <div class="door-sign">
            <img src="/icons/icon.svg" alt="" width="64" height="64" />
            <div>
                <h1>{t!(shared.product())}</h1>
                <p class="sub">{move || if union.with(String::is_empty) { t!(shared.product_line())().to_owned() } else { union.get() }}</p>
            </div>
        </div>
    }
}
