//! 急报: what the chair must know at once, and who took it up.

use super::list::{OpenOrDone, Rows, WhoseFile, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, rights::Doing},
    view::household::{
        acts::{Opened, Sheets},
        waiting::AlertShown,
    },
};
use leptos::prelude::*;
use protocol::office::AlertRow;
use ui::t;

/// The list.
#[component]
pub fn Alerts() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let open = RwSignal::new(true);
    let rows = rows_of::<AlertRow>(desk, TodoKind::Alerts, Some(open.into()));
    let answers = desk.may(Doing::Answer);
    let row = move |row: AlertRow| {
        let stored = StoredValue::new(row.clone());
        let AlertRow { household, name, unit_name, author_name, line } = row;
        let is_open = line.taken_up.is_none();
        let id = line.id.to_string();
        view! {
            <li class="card" class:bad=is_open data-alert=id>
                <WhoseFile household name unit_name />
                <AlertShown alert=line author=author_name by=String::new() today=desk.today() />
                {(answers && is_open).then(|| view! {
                    <div class="buttons no-print">
                        <button type="button" class="button main"
                            on:click=move |_| opened.set(Some(Opened::TakeUp(stored.get_value())))>
                            {t!(desk.take_up())}
                        </button>
                    </div>
                })}
            </li>
        }
    };
    view! {
        <OpenOrDone open />
        <Rows reading=rows empty=t!(desk.no_alerts()) row />
        <Sheets opened />
    }
}
