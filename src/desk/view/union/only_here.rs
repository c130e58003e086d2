//! That an invitation would lead to an address which no phone opens: the desk is looked at on the office's own machine. It
//! is said before one is made.

use crate::{platform, state::desk::use_desk};
use leptos::prelude::*;
use ui::{icon::Icon, notice::Banner, surface::Tone, words};

/// The warning; nothing where phones open the address.
#[component]
pub fn OnlyHere() -> impl IntoView {
    let desk = use_desk();
    // A demonstration is looked at where it runs.
    let is_demo =
        move || desk.office.with(|office| office.as_ref().is_some_and(|office| office.demo.is_some()));
    let here = platform::origin();
    move || {
        (is_only_here(&here) && !is_demo()).then(|| {
            let text = words::desk_forms().sheet_only_here(&here);
            view! { <div class="no-print" data-only-here><Banner text tone=Tone::Bad icon=Icon::Warning /></div> }
        })
    }
}

/// Whether an address leads every phone to itself instead of to this machine.
fn is_only_here(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let named =
        |name: &str| host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
    host.starts_with("127.") || named("localhost") || named("[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_only_here;

    #[test]
    fn an_address_of_this_machine_opens_on_no_phone() {
        for (origin, expected) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost", true),
            ("https://localhost:8443", true),
            ("http://[::1]:8080", true),
            ("http://192.168.1.20:8080", false),
            ("https://localhost.example.org", false),
            ("https://union.example", false),
        ] {
            assert_eq!(is_only_here(origin), expected, "{origin}");
        }
    }
}
