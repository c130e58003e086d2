//! Slots where several values stand: somebody at the desk decides.

use super::list::{Rows, WhoseFile, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, rights::Doing},
    view::{
        household::acts::{Opened, Settling, Sheets},
        saying,
    },
};
use domain::observation::{Standings, Stands};
use leptos::prelude::*;
use protocol::office::RivalRow;
use ui::{figures, t, words};

/// The list.
#[component]
pub fn Rivals() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let rows = rows_of::<RivalRow>(desk, TodoKind::Rivals, None);
    let row = move |row: RivalRow| view! { <Rival row opened /> };
    view! {
        <p class="sub intro">{t!(desk.rivals_intro())}</p>
        <Rows reading=rows empty=t!(desk.no_rivals()) row />
        <Sheets opened />
    }
}

#[component]
fn Rival(row: RivalRow, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let decides = desk.may(Doing::Decide);
    let RivalRow { household, name, unit_name, slot, standing, names } = row;
    let settling =
        StoredValue::new(Settling { household, slot, standing: standing.clone(), names: names.clone() });
    let version = move |one: Stands| {
        let by = saying::observer(&names, one.by);
        let value = saying::value::line(&one.value, &Standings::new(), today);
        let said = move || words::domain().last_known_by(&figures::short_day(one.day, today), &by);
        view! { <div class="rival"><div class="grow"><p>{value}</p><p class="aside">{said}</p></div></div> }
    };
    view! {
        <li class="card" data-slot=slot.to_string()>
            <WhoseFile household name unit_name />
            <p class="sub">{move || saying::slot(slot)}</p>
            {standing.values.into_iter().map(version).collect_view()}
            {decides.then(|| view! {
                <div class="buttons no-print">
                    <button type="button" class="button main" on:click=move |_| opened.set(Some(Opened::Settle(settling.get_value())))>
                        {t!(desk.settle())}
                    </button>
                </div>
            })}
        </li>
    }
}
