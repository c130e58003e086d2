//! The union itself: its units, its people, its settings. Plain forms, so that a union can start
//! without a roster.

use crate::state::place::Page;
use leptos::prelude::*;
use ui::t;

mod grants;
mod invitation;
pub mod people;
pub mod person;
mod qr;
pub mod settings;
pub mod units;

/// The pages of the union, side by side.
#[component]
pub fn UnionPages() -> impl IntoView {
    let desk = crate::state::desk::use_desk();
    let current = move |is: fn(&Page) -> bool| move || desk.page.with(is).then_some("page");
    view! {
        <nav class="toolbar sub-pages" aria-label=t!(desk.union_title())>
            <a class="pill" href=Page::People(None).href() aria-current=current(|page| matches!(page, Page::People(_)))>{t!(desk_forms.people())}</a>
            <a class="pill" href=Page::Units.href() aria-current=current(|page| *page == Page::Units)>{t!(desk.units())}</a>
            <a class="pill" href=Page::Settings.href() aria-current=current(|page| *page == Page::Settings)>{t!(desk_forms.settings())}</a>
        </nav>
    }
}
