//! Pills, chips, cards and rows: what a piece of content lies on.

use crate::icon::{Icon, IconMark};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What a colour says; the words beside it say it too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing to see to.
    #[default]
    Plain,
    /// Known, arrived, done.
    Good,
    /// Waiting, going stale, no signal: a normal state.
    Wait,
    /// Look at this.
    Bad,
}

impl Tone {
    /// The class that colours a part.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Wait => "wait",
            Self::Bad => "bad",
        }
    }
}

/// A state in a few words.
#[component]
pub fn Pill(
    /// What it says.
    #[prop(into)]
    text: TextProp,
    /// What its colour says.
    #[prop(into, optional)]
    tone: Signal<Tone>,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<Icon>,
) -> impl IntoView {
    view! {
        <span class=move || format!("pill {}", tone.get().class())>
            {icon.map(|icon| view! { <IconMark icon /> })}
            {move || text.get()}
        </span>
    }
}

/// A name for a sort of thing, such as a category.
#[component]
pub fn Chip(
    /// What it says.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    view! { <span class="chip">{move || text.get()}</span> }
}

/// A card. With `href` the whole card is one link, as large as a thumb needs it.
#[component]
pub fn Card(
    /// Where a tap leads.
    #[prop(into, optional)]
    href: Option<String>,
    /// What its colour says.
    #[prop(into, optional)]
    tone: Signal<Tone>,
    /// What lies on it.
    children: Children,
) -> impl IntoView {
    let class = move || format!("card {}", tone.get().class());
    match href {
        Some(href) => view! { <a class=class href=href>{children()}</a> }.into_any(),
        None => view! { <div class=class>{children()}</div> }.into_any(),
    }
}

/// A row that leads somewhere: words left, something small right.
#[component]
pub fn LinkRow(
    /// Where a tap leads.
    #[prop(into)]
    href: String,
    /// What it is called.
    #[prop(into)]
    title: TextProp,
    /// A second line.
    #[prop(into, optional)]
    detail: Option<TextProp>,
    /// Before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// What stands at the right, before the arrow.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <a class="list-row" href=href>
            {icon.map(|icon| view! { <IconMark icon /> })}
            <span class="grow">
                {move || title.get()}
                {detail.map(|detail| view! { <small class="sub">{move || detail.get()}</small> })}
            </span>
            {children.map(|children| children())}
            <IconMark icon=Icon::Onward />
        </a>
    }
}
