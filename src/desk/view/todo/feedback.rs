//! Words about the app, from whoever uses it. Read by the office, never answered here by a machine.

use super::list::{Rows, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, sending::Sending},
    view::saying,
};
use leptos::prelude::*;
use protocol::office::FeedbackRow;
use serde::de::IgnoredAny;
use ui::{figures, t, words};

/// The list.
#[component]
pub fn Feedback() -> impl IntoView {
    let desk = use_desk();
    let rows = rows_of::<FeedbackRow>(desk, TodoKind::Feedback, None);
    let row = move |row: FeedbackRow| view! { <One row /> };
    view! { <Rows reading=rows empty=t!(desk.no_feedback()) row /> }
}

#[component]
fn One(row: FeedbackRow) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let FeedbackRow { id, author_name, received_ms, words, about, read } = row;
    let moment = figures::moment(received_ms, desk.utc_offset_minutes(), desk.today());
    let path = format!("/api/feedback/{id}/read");
    let mark = move |_| sending.post(&path, (), |_: IgnoredAny| ());
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! {
        <li class="card" data-feedback=id>
            <p class="row"><b class="grow">{author_name}</b><span class="sub">{moment}</span></p>
            <p class="note">{words}</p>
            <p class="aside">{about}</p>
            <p class="form-problem" role="alert">{problem}</p>
            {(!read).then(|| view! {
                <div class="buttons"><button type="button" class="button" disabled=move || sending.busy.get() on:click=mark>{t!(desk.mark_read())}</button></div>
            })}
            {read.then(|| view! { <p class="sub">{move || words::desk().is_read()}</p> })}
        </li>
    }
}
