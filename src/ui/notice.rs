//! What the app says about itself: nothing here, reading, not worked, no network, done.

use crate::icon::{Icon, IconMark};
use crate::surface::Tone;
use crate::t;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A place with nothing in it, and what to do about that.
#[component]
pub fn Empty(
    /// What is not there.
    #[prop(into)]
    title: TextProp,
    /// What to do.
    #[prop(into, optional)]
    detail: Option<TextProp>,
    /// A button, perhaps.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <IconMark icon=Icon::House />
            <p class="state-title">{move || title.get()}</p>
            {detail.map(|detail| view! { <p class="sub">{move || detail.get()}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

/// Something that did not work, why, and the way on.
#[component]
pub fn Failed(
    /// What did not work, and what is safe.
    #[prop(into)]
    detail: TextProp,
    /// Called by 再试一次; without it there is no button.
    #[prop(into, optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="state bad" role="alert">
            <IconMark icon=Icon::Warning />
            <p class="state-title">{t!(shared.failed())}</p>
            <p class="sub">{move || detail.get()}</p>
            {on_retry.map(|retry| view! {
                <button type="button" class="button" on:click=move |_| retry.run(())>{t!(shared.try_again())}</button>
            })}
        </div>
    }
}

/// Reading from the disk or the office. Shown only after a moment, so that fast answers do not flicker.
#[component]
pub fn Loading(
    /// What is being read.
    #[prop(into, optional)]
    label: Option<TextProp>,
) -> impl IntoView {
    let text = move || label.as_ref().map_or_else(|| t!(shared.loading())().into(), TextProp::get);
    view! { <div class="state loading" role="status"><span class="dots" aria-hidden="true"></span><p>{text}</p></div> }
}

/// A banner inside a page: no network, a new version, something to look at.
#[component]
pub fn Banner(
    /// What it says.
    #[prop(into)]
    text: TextProp,
    /// What its colour says.
    #[prop(optional)]
    tone: Tone,
    /// Before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// A button, perhaps.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("banner {}", tone.class()) role="status">
            {icon.map(|icon| view! { <IconMark icon /> })}
            <p class="grow">{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A sentence that comes up over the page and is read out; empty while there is nothing to say. It goes with the next
/// thing a person does: what they reach for or scroll to is not covered.
#[component]
pub fn Toast(
    /// What to say; who sets it takes it away after a while.
    message: RwSignal<Option<String>>,
) -> impl IntoView {
    for done in ["pointerdown", "wheel", "touchmove", "keydown"] {
        let watch = window_event_listener_untyped(done, move |_| {
            if message.with_untracked(Option::is_some) {
                message.set(None);
            }
        });
        on_cleanup(move || watch.remove());
    }
    let body = move |text: String| view! { <div class="toast">{text}</div> };
    view! { <div class="toast-place" role="status" aria-live="polite">{move || message.get().map(body)}</div> }
}
