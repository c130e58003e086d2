//! 诉求: what families asked for, the promised day that is past first.

use super::list::{OpenOrDone, Rows, WhoseFile, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, rights::Doing},
    view::household::{
        acts::{Opened, Sheets},
        waiting::Promised,
    },
};
use leptos::prelude::*;
use protocol::office::NeedRow;
use ui::{figures, t, words};

/// The list.
#[component]
pub fn Needs() -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let open = RwSignal::new(true);
    let rows = rows_of::<NeedRow>(desk, TodoKind::Needs, Some(open.into()));
    let row = move |row: NeedRow| view! { <Need row opened /> };
    view! {
        <OpenOrDone open />
        <Rows reading=rows empty=t!(desk.no_needs()) row />
        <Sheets opened />
    }
}

#[component]
fn Need(row: NeedRow, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let answers = desk.may(Doing::Answer);
    let NeedRow { household, name, unit_name, author_name, line } = row;
    let stored = StoredValue::new(line.clone());
    let (kind, asked, promised) = (line.need.kind, line.asked, line.need.promised_until);
    let asked = move || words::desk().asked_on(&figures::short_day(asked, today), &author_name);
    let is_open = line.reply.is_none();
    let reply = line.reply.map(|reply| {
        let day = reply.day;
        let head = move || words::desk().replied_on(&figures::short_day(day, today), "");
        view! { <div class="answer"><p class="sub">{head}</p><p>{reply.words}</p></div> }
    });
    view! {
        <li class="card" data-need=line.need.id.to_string()>
            <WhoseFile household name unit_name />
            <p class="row"><b>{move || words::domain().need_kind(kind)}</b><span class="sub">{asked}</span>
                {is_open.then(|| promised.map(|day| view! { <Promised day today /> }))}
            </p>
            <p>{line.need.words}</p>
            {reply}
            {answers.then(|| view! {
                <div class="buttons no-print">
                    <button type="button" class="button" class:main=is_open
                        on:click=move |_| opened.set(Some(Opened::Reply(household, stored.get_value())))>
                        {move || if is_open { words::desk().reply() } else { words::desk().reply_again() }}
                    </button>
                </div>
            })}
        </li>
    }
}
