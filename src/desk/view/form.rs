//! What forms have in common: the button with what went wrong above it, and fields that must be
//! filled. Problems stand beside what they are about; what was typed stays.

use super::saying;
use crate::state::sending::{Problem, Sending};
use leptos::{prelude::*, text_prop::TextProp};
use ui::{t, words};
use wasm_bindgen::JsCast;

pub mod causes;
pub mod children;
pub mod events;
pub mod id_number;
pub mod later;
pub mod new_password;
pub mod of_draft;
pub mod six;
pub mod telephones;

/// The end of a form: what went wrong, and the button that sends it.
#[component]
pub fn FormEnd(
    /// The form on its way.
    sending: Sending,
    /// What the button says.
    #[prop(into)]
    label: TextProp,
    /// What keeps the form from being sent, in words; shown beside the button after a try.
    #[prop(into, optional)]
    missing: Signal<Option<String>>,
    /// What is said of a failure, where this form has words of its own for it.
    #[prop(default = saying::problem)]
    says: fn(&Problem) -> String,
) -> impl IntoView {
    let problem = move || sending.problem.get().map(|problem| says(&problem));
    let words = move || problem().or_else(|| missing.get());
    view! {
        <div class="form-end">
            <p class="form-problem" role="alert">{words}</p>
            <button type="submit" class="button main" disabled=move || sending.busy.get() aria-busy=move || sending.busy.get().to_string()>
                {move || if sending.busy.get() { t!(desk.sending())().into() } else { label.get() }}
            </button>
        </div>
    }
}

/// The end of a question: the way out, and the deed at the end, where every form has it too.
#[component]
pub fn DeedEnd(
    /// What the deed says.
    #[prop(into)]
    deed: TextProp,
    /// It is done.
    #[prop(into)]
    on_deed: Callback<()>,
    /// What the way out says; 取消 where nothing is given.
    #[prop(into, optional)]
    out: Option<TextProp>,
    /// It is not done.
    #[prop(into)]
    on_out: Callback<()>,
    /// It cannot be undone.
    #[prop(optional)]
    is_danger: bool,
    /// It cannot be done now.
    #[prop(into, optional)]
    off: Signal<bool>,
    /// What went wrong.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let out = out.unwrap_or_else(|| t!(shared.cancel()).into());
    view! {
        <div class="form-end" data-deed>
            <p class="form-problem" role="alert">{move || problem.get()}</p>
            <button type="button" class="button" on:click=move |_| on_out.run(())>{move || out.get()}</button>
            <button type="button" class="button" class:main=!is_danger class:danger=is_danger disabled=move || off.get()
                on:click=move |_| on_deed.run(())>{move || deed.get()}</button>
        </div>
    }
}

/// Whose household a form is about.
#[component]
pub fn Whose(
    /// The worker's name.
    name: String,
    /// The unit's full name.
    unit_name: String,
) -> impl IntoView {
    let shown = move || if name.is_empty() { words::desk().without_name().to_owned() } else { name.clone() };
    view! { <p class="row"><b class="name">{shown}</b><span class="sub">{unit_name}</span></p> }
}

/// After every try to send a form: the first field with something wrong is brought into view and
/// takes the keyboard.
pub fn show_what_is_wrong() {
    let tried = window_event_listener(leptos::ev::submit, |event| {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        request_animation_frame(move || {
            let wrong = form.query_selector(".wrong input, .wrong select, .wrong textarea").ok().flatten();
            if let Some(Ok(field)) = wrong.map(JsCast::dyn_into::<web_sys::HtmlElement>)
                && let Err(error) = field.focus()
            {
                leptos::logging::warn!("the wrong field does not take the keyboard: {error:?}");
            }
        });
    });
    on_cleanup(move || tried.remove());
}

/// What is wrong with a field that must be filled, once the form was tried.
pub fn required(tried: RwSignal<bool>, text: RwSignal<String>) -> Signal<Option<String>> {
    Signal::derive(move || {
        (tried.get() && text.with(|text| text.trim().is_empty())).then(|| t!(desk.fill_this())().to_owned())
    })
}

/// A field's problem, for fields that have no place of their own for it.
#[component]
pub fn Beside(
    /// What is wrong; nothing while it is right.
    #[prop(into)]
    wrong: Signal<Option<String>>,
    /// The field.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="beside" class:wrong=move || wrong.get().is_some()>
            {children()}
            <small class="form-problem" role="alert">{move || wrong.get()}</small>
        </div>
    }
}
