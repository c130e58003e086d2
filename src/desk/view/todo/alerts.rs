//! 急报: what the chair must know at once; and those that somebody took up, with who did and what they said of it.

use super::list::{Rows, WhoseFile, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, rights::Doing},
    view::household::{
        acts::{Opened, Sheets},
        waiting::{AlertShown, TakeUpButton},
    },
};
use leptos::prelude::*;
use protocol::office::AlertRow;
use ui::{
    answers::{Seg, SegOption},
    t, words,
};

/// The list.
#[component]
pub fn Alerts() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let open = RwSignal::new(true);
    let rows = rows_of::<AlertRow>(desk, TodoKind::Alerts, Some(open.into()));
    let answers = desk.may(Doing::Answer);
    let row = move |row: AlertRow| {
        let button = answers.then(|| view! { <TakeUpButton alert=row.clone() opened /> });
        let AlertRow { household, name, unit_name, author_name, taken_up_by_name, line } = row;
        let is_open = line.taken_up.is_none();
        let id = line.id.to_string();
        view! {
            <li class="card" class:bad=is_open data-alert=id>
                <WhoseFile household name unit_name />
                <AlertShown alert=line author=author_name by=taken_up_by_name today=desk.today() />
                {button}
            </li>
        }
    };
    let empty = move || if open.get() { words::desk().no_alerts() } else { words::desk().no_alerts_taken() };
    let options =
        vec![SegOption::new(true, t!(desk.alerts_waiting())), SegOption::new(false, t!(desk.alerts_taken()))];
    view! {
        <div class="toolbar open-or-done" data-stages>
            <Seg label=t!(desk.which()) options value=Signal::derive(move || Some(open.get())) on_pick=move |picked| open.set(picked) quiet=true />
        </div>
        <Rows reading=rows empty row />
        <Sheets opened />
    }
}
