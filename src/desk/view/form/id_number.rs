//! The field for 身份证号. It may stay empty; what is no ID number is not sent.

use crate::state::id_number::{Typed, read};
use leptos::prelude::*;
use ui::{
    fields::text::{TextField, TextKind},
    t, words,
};

/// The most signs: blanks between them are no mistake.
const SIGNS_MAX: usize = 30;

/// The field.
#[component]
pub fn IdNumberField(
    typed: RwSignal<String>,
    tried: RwSignal<bool>,
    /// One may be there already, which is not shown.
    #[prop(optional)]
    may_be_there: bool,
) -> impl IntoView {
    let hint = move || {
        if may_be_there { words::desk().id_number_kept() } else { words::desk().id_number_hint() }
    };
    let wrong = Signal::derive(move || problem(tried, typed));
    view! {
        <TextField label=t!(desk.id_number()) value=typed on_input=move |text| typed.set(text)
            kind=TextKind::Words longest=SIGNS_MAX hint wrong />
    }
}

/// What is wrong with what was typed, once the form was tried.
pub fn problem(tried: RwSignal<bool>, typed: RwSignal<String>) -> Option<String> {
    let is_wrong = typed.with(|text| read(text)) == Typed::Wrong;
    (tried.get() && is_wrong).then(|| words::desk().id_number_wrong().to_owned())
}

/// The number; none where nothing, or no number, was typed.
pub fn number(typed: RwSignal<String>) -> Option<String> {
    match typed.with(|text| read(text)) {
        Typed::Number(number) => Some(number),
        Typed::Nothing | Typed::Wrong => None,
    }
}
