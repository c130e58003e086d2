//! What may be decided later, but has to be said: choosing nothing is not a choice.

use leptos::prelude::*;
use ui::words;

/// What is wrong with a choice that was not made, once the form was tried.
pub fn say_or_later<T: Clone + Send + Sync + 'static>(
    tried: RwSignal<bool>,
    said: Signal<Option<T>>,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        (tried.get() && said.with(Option::is_none)).then(|| words::desk().say_or_later().to_owned())
    })
}
