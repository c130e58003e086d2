//! 记下未遇 where something was filled in: what would not be kept is said before.

use super::{Visiting, finish_label};
use crate::state::{
    form::{Form, answer::Dropped},
    page,
};
use crate::view::said;
use leptos::prelude::*;
use ui::sure::Sure;
use ui::{t, words};

/// The question.
#[component]
pub fn Drops(
    editing: Visiting,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// Saves it all the same.
    on_save: Callback<()>,
) -> impl IntoView {
    let amending = editing.form.with_untracked(|form| form.amending.is_some());
    let said = move || words::visit().attempt_drops(&in_words(editing.form.with(Form::dropped)));
    let back = move |()| page::when_drawn(|| page::bring_into_view("met"));
    let deed = move || finish_label(&[], amending, true, false);
    view! {
        <Sure open title=t!(visit.attempt_sure()) what=said back=t!(visit.back_to_form()) on_back=back deed on_deed=on_save />
    }
}

fn in_words(dropped: Dropped) -> String {
    let some =
        |count: usize, say: &dyn Fn(usize) -> String| if count == 0 { String::new() } else { say(count) };
    said::joined([
        some(dropped.answers, &|count| words::visit().dropped_answers(count)),
        some(dropped.needs, &|count| words::phone().needs_count(count)),
        some(dropped.told, &|count| words::visit().dropped_told(count)),
        some(usize::from(dropped.consent), &|_| words::domain().consent().to_owned()),
    ])
}
