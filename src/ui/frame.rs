//! The frame of a page: header, the bar at the bottom, the tabs.

use crate::icon::{Icon, IconMark};
use crate::t;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The head of a page.
#[component]
pub fn PageHeader(
    /// What the page is.
    #[prop(into)]
    title: TextProp,
    /// A line below it.
    #[prop(into, optional)]
    sub: Option<TextProp>,
    /// Where ‹ leads; without it there is none.
    #[prop(into, optional)]
    back: Option<String>,
    /// What stands at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            {back.map(|href| view! {
                <a class="icon-button" href=href aria-label=t!(shared.back())><IconMark icon=Icon::Back /></a>
            })}
            <div class="grow">
                <h1>{move || title.get()}</h1>
                {sub.map(|sub| view! { <p class="sub">{move || sub.get()}</p> })}
            </div>
            {children.map(|children| children())}
        </header>
    }
}

/// The bar at the bottom with the one button that ends something. While something is missing, it is paler and leads there instead of ending.
#[component]
pub fn BottomBar(
    /// What the button says: 完成家访, or 完成家访（还差 2 项）.
    #[prop(into)]
    label: TextProp,
    /// What is missing first, in words; stands above the button, whose word stays.
    #[prop(into, optional)]
    lacking: Signal<Option<&'static str>>,
    /// Whether nothing is missing.
    #[prop(into)]
    ready: Signal<bool>,
    /// Called by a tap, ready or not: not ready, the page goes to what is missing.
    #[prop(into)]
    on_tap: Callback<()>,
    /// Beside the button, such as 撤销.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="bottom-bar">
            {move || lacking.get().map(|lacking| view! { <p class="aside wait" role="status">{lacking}</p> })}
            {children.map(|children| children())}
            <button type="button" class="finish" class:missing=move || !ready.get() on:click=move |_| on_tap.run(())>
                {move || label.get()}
            </button>
        </div>
    }
}

/// One of the tabs at the bottom.
#[component]
pub fn Tab(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What it is called.
    #[prop(into)]
    label: TextProp,
    /// Its icon.
    icon: Icon,
    /// Whether it is the page shown.
    #[prop(into)]
    current: Signal<bool>,
    /// How many things wait there; zero shows nothing.
    #[prop(into, optional)]
    badge: Signal<usize>,
    /// What its name begins with where there is room.
    #[prop(into, optional)]
    wide: Option<TextProp>,
) -> impl IntoView {
    let page = move || current.get().then_some("page");
    let badge_text = move || match badge.get() {
        0 => None,
        count if count > 99 => Some(view! { <b class="badge">"99+"</b> }.into_any()),
        count => Some(view! { <b class="badge">{count}</b> }.into_any()),
    };
    view! {
        <a href=href aria-current=page>
            <span class="tab-icon"><IconMark icon />{badge_text}</span>
            <span>{wide.map(|wide| view! { <span class="wide-only">{move || wide.get()}</span> })}{move || label.get()}</span>
        </a>
    }
}

/// The tabs at the bottom of a phone; at a desk they stand at the side.
#[component]
pub fn Tabs(
    /// [`Tab`]s.
    children: Children,
) -> impl IntoView {
    view! { <nav class="tabs">{children()}</nav> }
}
