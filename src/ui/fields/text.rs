//! A field for words, one line or several.

use crate::answers::fresh_id;
use crate::t;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What sort of words; it decides the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TextKind {
    /// Anything.
    #[default]
    Words,
    /// A telephone number.
    Telephone,
    /// Digits only, such as an invitation code.
    Digits,
    /// A search.
    Search,
    /// A password that is known.
    Password,
    /// A password being chosen.
    NewPassword,
    /// The name somebody signs in with.
    SignInName,
}

impl TextKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Words | Self::Digits | Self::SignInName => "text",
            Self::Telephone => "tel",
            Self::Search => "search",
            Self::Password | Self::NewPassword => "password",
        }
    }

    const fn input_mode(self) -> &'static str {
        match self {
            Self::Digits => "numeric",
            Self::Telephone => "tel",
            Self::Search => "search",
            _ => "text",
        }
    }

    /// What was typed, its digits half as wide: a Chinese keyboard writes ７ for 7.
    fn read(self, text: String) -> String {
        match self {
            Self::Digits | Self::Telephone => text.chars().map(narrow).collect(),
            _ => text,
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            Self::SignInName => "username",
            _ => "off",
        }
    }
}

fn narrow(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10).unwrap_or(sign),
        other => other,
    }
}

/// What was typed into a field for something else than words and cannot be read as it; whoever keeps the form keeps it.
#[derive(Clone, Copy)]
pub struct Unread {
    /// The text; empty where the field can be read.
    pub text: Signal<String>,
    /// Called with the text while it cannot be read, and once with nothing when it can.
    pub keep: Callback<String>,
}

impl Unread {
    /// What stands in the field at first: what could not be read, or else the value.
    pub(super) fn begin(of: Option<Self>, written: String) -> String {
        of.map(|unread| unread.text.get_untracked()).filter(|text| !text.is_empty()).unwrap_or(written)
    }

    /// Keeps what was typed where it cannot be read.
    pub(super) fn look(of: Option<Self>, text: &str, is_read: bool) {
        let Some(unread) = of else { return };
        let text = if is_read { "" } else { text };
        if unread.text.with_untracked(|kept| kept != text) {
            unread.keep.run(text.to_owned());
        }
    }
}

/// A field for words.
#[component]
pub fn TextField(
    /// What it is for.
    #[prop(into)]
    label: TextProp,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What sort of words.
    #[prop(optional)]
    kind: TextKind,
    /// With 2 or more it is an area of that many lines.
    #[prop(default = 1)]
    lines: u32,
    /// The longest text in characters; near it the field says how much is left.
    #[prop(default = 200)]
    longest: usize,
    /// What is too long is kept, and how much is said: whoever takes the text looks at its length.
    #[prop(optional)]
    whole: bool,
    /// A line below it.
    #[prop(into, optional)]
    hint: Option<TextProp>,
    /// What is wrong with it, in words; nothing while it is right.
    #[prop(into, optional)]
    wrong: Signal<Option<String>>,
    /// What may be wrong with it, in words; said once the field is left, and never in the way.
    #[prop(into, optional)]
    doubt: Signal<Option<String>>,
    /// Called by the button that says it is right all the same; without it there is none.
    #[prop(into, optional)]
    on_sure: Option<Callback<()>>,
    /// Shown while it is empty.
    #[prop(into, optional)]
    placeholder: TextProp,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    let most = (!whole).then(|| longest.to_string());
    let wrong = if whole { or_too_long(value, longest, wrong) } else { wrong };
    let invalid = move || wrong.get().map(|_| "true");
    let input = if lines > 1 {
        view! {
            // Without `off` the browser keeps what stands here, in clear, to restore the tab.
            <textarea id=id.clone() rows=lines autocomplete="off" placeholder=placeholder aria-invalid=invalid
                maxlength=most aria-describedby=below.clone() prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() type=kind.input_type() inputmode=kind.input_mode() autocomplete=kind.autocomplete()
                maxlength=most placeholder=placeholder aria-invalid=invalid aria-describedby=below.clone()
                autocapitalize="off" spellcheck="false" enterkeyhint=if kind == TextKind::Search { "search" } else { "next" }
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(kind.read(event.target().value())) />
        }
        .into_any()
    };
    view! {
        <div class="field" class:wide={lines > 1} class:wrong=move || wrong.get().is_some()>
            <label for=id>{move || label.get()}</label>
            {input}
            <Below id=below hint wrong left=room_left(value, longest) />
            {move || doubt.get().map(|doubt| view! { <Doubt doubt on_sure /> })}
        </div>
    }
}

/// What is too long is kept, to be shortened.
fn or_too_long(
    value: Signal<String>,
    longest: usize,
    wrong: Signal<Option<String>>,
) -> Signal<Option<String>> {
    Signal::derive(move || match value.get().chars().count().saturating_sub(longest) {
        0 => wrong.get(),
        over => Some(t!(shared.characters_over(over))()),
    })
}

fn room_left(value: Signal<String>, longest: usize) -> Signal<Option<String>> {
    Signal::derive(move || {
        let left = longest.saturating_sub(value.get().chars().count());
        (longest >= 40 && left <= longest / 5).then(|| t!(shared.characters_left(left))())
    })
}

/// What may be wrong with a field, and the button that says it is right all the same.
#[component]
fn Doubt(doubt: String, on_sure: Option<Callback<()>>) -> impl IntoView {
    let button = move |sure: Callback<()>| {
        view! { <button type="button" class="button" on:click=move |_| sure.run(())>{t!(shared.number_sure())}</button> }
    };
    view! { <div class="field-doubt"><small>{doubt}</small>{on_sure.map(button)}</div> }
}

/// What stands below a field: what is wrong, else how much is left, else the hint.
#[component]
pub(super) fn Below(
    id: String,
    hint: Option<TextProp>,
    #[prop(into, optional)] wrong: Signal<Option<String>>,
    #[prop(into, optional)] left: Signal<Option<String>>,
) -> impl IntoView {
    let text = move || {
        let hint = || hint.as_ref().map(|hint| hint.get().into_owned());
        wrong.get().or_else(|| left.get()).or_else(hint).unwrap_or_default()
    };
    view! { <small class="field-below" id=id aria-live="polite">{text}</small> }
}
