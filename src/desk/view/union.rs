//! The union itself: its units, its people, its settings. Plain forms, so that a union can start
//! without a roster.

use crate::state::{place::Page, rights::Doing};
use leptos::prelude::*;
use ui::t;

mod categories;
mod category;
mod grants;
mod hanging;
mod invitation;
pub mod inviting;
mod leaving;
pub mod loads;
mod only_here;
pub mod people;
pub mod person;
mod qr;
mod seats;
mod seats_form;
pub mod settings;
pub mod sheet;
mod unit_form;
pub mod units;

/// The pages of the union, side by side.
#[component]
pub fn UnionPages() -> impl IntoView {
    let desk = crate::state::desk::use_desk();
    let current = move |is: fn(&Page) -> bool| move || desk.page.with(is).then_some("page");
    let (invites, reads) = (desk.may(Doing::Staff), desk.may(Doing::Read));
    view! {
        <nav class="toolbar sub-pages" aria-label=t!(desk.union_title())>
            <a class="pill" href=Page::People(None).href() aria-current=current(|page| matches!(page, Page::People(_)))>{t!(desk_forms.people())}</a>
            {invites.then(|| view! { <a class="pill" href=move || Page::Invitations(desk.unit.get()).href() aria-current=current(|page| matches!(page, Page::Invitations(_)))>{t!(desk_forms.invitations())}</a> })}
            {reads.then(|| view! { <a class="pill" href=move || Page::Helpers(desk.unit.get()).href() aria-current=current(|page| matches!(page, Page::Helpers(_)))>{t!(desk_forms.helpers())}</a> })}
            <a class="pill" href=Page::Units.href() aria-current=current(|page| *page == Page::Units)>{t!(desk.units())}</a>
            <a class="pill" href=Page::Settings.href() aria-current=current(|page| *page == Page::Settings)>{t!(desk_forms.settings())}</a>
        </nav>
    }
}
