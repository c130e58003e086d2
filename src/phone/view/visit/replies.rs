//! What the union answered and the family has not heard: told at this visit, one tap each.

use super::Visiting;
use crate::view::said;
use domain::file::NeedLine;
use leptos::prelude::*;
use ui::fields::choice::CheckField;
use ui::{t, words};

/// The replies to bring; nothing where there are none.
#[component]
pub fn Replies(editing: Visiting) -> impl IntoView {
    let form = editing.form;
    // As they were when the page opened: one that is ticked stays, to be taken back.
    let lines = form.with_untracked(|form| form.replies_to_tell().cloned().collect::<Vec<_>>());
    let line = move |line: NeedLine| {
        let id = line.need.id;
        let kept = StoredValue::new(line.clone());
        let told = Signal::derive(move || form.with(|form| kept.with_value(|line| form.is_told(line))));
        let tell = move |told| editing.change(|form| kept.with_value(|line| form.tell(line, told)));
        let replied = said::reply(&line);
        view! {
            <div class="need" data-reply=id.to_string()>
                <p><b>{words::domain().need_kind(line.need.kind)}</b>" "{line.need.words}</p>
                <p class="reply lines">{replied}</p>
                <CheckField label=t!(phone.reply_told()) value=told on_change=tell />
            </div>
        }
    };
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card" data-part="replies">
                <h2>{t!(phone.replies_to_tell())}</h2>
                {lines.into_iter().map(line).collect_view()}
            </section>
        }
    })
}
