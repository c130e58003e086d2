//! How something that is read from the office is shown: its outline while it comes, itself, or why
//! it did not come. What was there stays when reading it again fails.

use super::saying;
use crate::state::reading::Reading;
use leptos::prelude::*;
use ui::{
    icon::Icon,
    notice::{Banner, Failed},
    surface::Tone,
    t,
};

/// The outline of what is coming.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Outline {
    /// Rows below one another.
    #[default]
    Rows,
    /// One card above rows.
    CardAndRows,
}

/// Shows what is read.
#[component]
pub fn Shown<T, F, V>(
    /// What is read.
    reading: Reading<T>,
    /// Its outline while it comes.
    #[prop(optional)]
    outline: Outline,
    /// Draws it.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + serde::de::DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let value = Memo::new(move |_| reading.value.get());
    let again = move |()| reading.again();
    let failed = move |detail: String| {
        if value.read().is_some() {
            view! {
                <Banner text=detail tone=Tone::Wait icon=Icon::NoNetwork>
                    <button type="button" class="button small" on:click=move |_| again(())>{t!(shared.try_again())}</button>
                </Banner>
            }
            .into_any()
        } else {
            view! { <Failed detail on_retry=again /> }.into_any()
        }
    };
    let body = move || match value.get() {
        Some(value) => children(value).into_any(),
        None if reading.trouble.get().is_some() => ().into_any(),
        None => view! { <Skeleton outline /> }.into_any(),
    };
    view! {
        {move || reading.trouble.get().map(|trouble| failed(saying::trouble(&trouble)))}
        {body}
    }
}

/// The outline of what is coming, said once to a screen reader.
#[component]
pub fn Skeleton(
    /// Which.
    #[prop(optional)]
    outline: Outline,
) -> impl IntoView {
    let card = (outline == Outline::CardAndRows).then(|| view! { <i class="bone tall"></i> });
    view! {
        <div class="skeleton" role="status" aria-label=t!(shared.loading())>
            {card}
            {(0..6).map(|_| view! { <i class="bone"></i> }).collect_view()}
        </div>
    }
}

/// The outline of the whole desk, before anything is known.
#[component]
pub fn WholePage() -> impl IntoView {
    view! { <main class="door"><Skeleton outline=Outline::CardAndRows /></main> }
}
