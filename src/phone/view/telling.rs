//! 电话转告: a reply the family was told by telephone, noted without a visit. It asks once, for nobody sees who was called.

use super::{day::DayChoice, said};
use crate::state::use_app;
use domain::{file::NeedLine, id::HouseholdId};
use leptos::prelude::*;
use ui::icon::{Icon, IconMark};
use ui::sheet::Sheet;
use ui::t;

/// The button below a reply, and its question; nothing where the card does not say which reply it is.
#[component]
pub fn ToldByTelephone(
    /// Whose household.
    household: HouseholdId,
    /// The need with its reply.
    line: NeedLine,
) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let said = said::reply(&line);
    let need = line.need.id;
    let day = RwSignal::new(app.today.get_untracked());
    let first = line.reply.as_ref().map_or(line.asked, |reply| reply.day);
    line.reply_entry.map(|reply| {
        let tell = move |_| {
            asking.set(false);
            app.tell(household, need, reply, day.get_untracked());
        };
        let ask = move |_| {
            day.set(app.today.get_untracked());
            asking.set(true);
        };
        view! {
            <button type="button" class="button" data-tell=reply.to_string() on:click=ask>
                <IconMark icon=Icon::Telephone />{t!(phone.tell_by_telephone())}
            </button>
            <Sheet open=asking on_close=move |()| asking.set(false) title=t!(phone.tell_title())>
                <p class="reply lines">{said.clone()}</p>
                <p class="aside">{t!(phone.tell_detail())}</p>
                <Show when=move || first < app.today.get()>
                    <DayChoice title=t!(phone.tell_day()) field=t!(phone.tell_day()) day first on_pick=move |on| day.set(on) />
                </Show>
                <div class="buttons">
                    <button type="button" class="button main grow" on:click=tell>{t!(phone.tell_done())}</button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t!(shared.cancel())}</button>
                </div>
            </Sheet>
        }
    })
}
