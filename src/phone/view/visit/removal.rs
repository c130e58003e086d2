//! Taking a need, a child, an event or a number off the form again: what was typed into it is asked about first.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use ui::icon::{Icon, IconMark};
use ui::sure::Sure;
use ui::t;

/// The button, and its question where something would be lost.
#[component]
pub fn Removal(
    /// What the button says.
    #[prop(into)]
    label: TextProp,
    /// Whether anything was typed that goes with it.
    #[prop(into)]
    typed: Signal<bool>,
    /// Takes it off.
    #[prop(into)]
    on_remove: Callback<()>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let tap = move |_| if typed.get_untracked() { asking.set(true) } else { on_remove.run(()) };
    let said = label.clone();
    view! {
        <button type="button" class="button quiet wide" on:click=tap><IconMark icon=Icon::Cross />{move || label.get()}</button>
        <Sure open=asking title=t!(phone.remove_sure()) back=t!(shared.cancel()) deed=said on_deed=on_remove />
    }
}
