//! 诉求: what families asked for, the promised day that is past first.

use super::list::{OpenOrDone, Rows, WhoseFile, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, rights::Doing},
    view::household::{
        acts::{Opened, Sheets},
        waiting::{NeedAnswered, NeedAsked},
    },
};
use leptos::prelude::*;
use protocol::office::NeedRow;
use ui::{t, words};

/// The list.
#[component]
pub fn Needs() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let open = RwSignal::new(true);
    let rows = rows_of::<NeedRow>(desk, TodoKind::Needs, Some(open.into()));
    let row = move |row: NeedRow| view! { <Need row opened /> };
    let empty = move || if open.get() { words::desk().no_needs() } else { words::desk().no_needs_done() };
    view! {
        <OpenOrDone open />
        <Rows reading=rows empty row />
        <Sheets opened />
    }
}

/// Those answered of which the family was not told yet, the longest waiting first.
#[component]
pub fn Untold() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let rows = rows_of::<NeedRow>(desk, TodoKind::Untold, None);
    let row = move |row: NeedRow| view! { <Need row opened /> };
    view! {
        <p class="sub intro">{t!(desk.needs_untold_intro())}</p>
        <Rows reading=rows empty=t!(desk.no_needs_untold()) row />
        <Sheets opened />
    }
}

#[component]
fn Need(row: NeedRow, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let answers = desk.may(Doing::Answer);
    let stored = StoredValue::new(row.clone());
    let NeedRow { household, name, unit_name, author_name, replied_by_name, told_by_name, line } = row;
    let (id, is_open) = (line.need.id.to_string(), line.reply.is_none());
    let shown = line.clone();
    view! {
        <li class="card" data-need=id>
            <WhoseFile household name unit_name />
            <NeedAsked line author_name today />
            <NeedAnswered line=shown by=replied_by_name told_by=told_by_name today />
            {answers.then(|| view! {
                <div class="buttons no-print">
                    <button type="button" class="button" class:main=is_open
                        on:click=move |_| opened.set(Some(Opened::Reply(stored.get_value())))>
                        {move || if is_open { words::desk().reply() } else { words::desk().reply_again() }}
                    </button>
                </div>
            })}
        </li>
    }
}
