//! Every text a person reads, in Chinese and in English, from one place.
//!
//! **To add a word**: open the file of your area (`words/phone.rs`, `words/desk.rs`; what both apps
//! say is in `words/shared.rs`; names of the domain's values are in `words/domain.rs`) and add a line
//!
//! ```text
//! outbox_title: "待发", "To send";
//! still_missing(count: usize): "还差 {count} 项", "{count} still missing";
//! ```
//!
//! Chinese first, English second, the arguments inline in braces. A line that lacks one of the two
//! does not compile; a word nobody uses costs no byte of wasm. **To use one** in a view:
//! `{t!(phone.outbox_title())}` (a closure, so it follows the language), or in plain code
//! `ui::words::phone().outbox_title()`.
//!
//! A number stays with its unit and a date in one piece by itself ([`crate::figures::unbroken`]).
//! Plurals are avoided in English ("Visits: 3"). Why no library: the one judged, `leptos_i18n`,
//! brings ten ICU crates; two languages without plural rules need none of them.

use leptos::prelude::*;

mod area;

pub mod desk;
pub mod desk_forms;
pub mod domain;
pub mod me;
pub mod phone;
pub mod rescue;
pub mod roster;
pub mod roster_desk;
pub mod shared;
pub mod visit;

/// The languages of the apps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// 简体中文, what a new phone begins with.
    #[default]
    Chinese,
    /// English, complete.
    English,
}

impl Language {
    /// The tag for `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language of a tag; `None` for one the apps do not speak.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag {
            "zh-CN" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

thread_local! {
    // Beside the reactive tree, so that words are there in event handlers and async blocks too.
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(Language::default());
}

/// The language now; a view that reads it is drawn again when it changes.
#[must_use]
pub fn language() -> Language {
    LANGUAGE.with(ArcRwSignal::clone).get()
}

/// Changes the language of everything on the screen.
pub fn set_language(language: Language) {
    LANGUAGE.with(ArcRwSignal::clone).set(language);
}

/// Stands between the parts of a line; where the line ends, it stays with the part before it.
pub const DOT: &str = "\u{a0}· ";

/// Parts with [`DOT`] between them, empty ones left out.
#[must_use]
pub fn joined(parts: &[String]) -> String {
    let line = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(DOT);
    crate::figures::unbroken(line)
}

/// Words both apps say.
#[must_use]
pub fn shared() -> shared::SharedWords {
    shared::SharedWords(language())
}

/// Names of the domain's values: items, answers, reasons, kinds, statuses.
#[must_use]
pub fn domain() -> domain::DomainWords {
    domain::DomainWords(language())
}

/// Words of the phone.
#[must_use]
pub fn phone() -> phone::PhoneWords {
    phone::PhoneWords(language())
}

/// Words of the phone's page 我的.
#[must_use]
pub fn me() -> me::MeWords {
    me::MeWords(language())
}

/// Words of the visit's page about what would go.
#[must_use]
pub fn visit() -> visit::VisitWords {
    visit::VisitWords(language())
}

/// Words of the desk.
#[must_use]
pub fn desk() -> desk::DeskWords {
    desk::DeskWords(language())
}

/// Words of a rescued queue.
#[must_use]
pub fn rescue() -> rescue::RescueWords {
    rescue::RescueWords(language())
}

/// Words of the desk's forms: units, people, invitations, settings.
#[must_use]
pub fn desk_forms() -> desk_forms::DeskFormsWords {
    desk_forms::DeskFormsWords(language())
}

/// Words about rosters: refusals, findings, names of columns.
#[must_use]
pub fn roster() -> roster::RosterWords {
    roster::RosterWords(language())
}

/// Words of the desk's page of rosters.
#[must_use]
pub fn roster_desk() -> roster_desk::RosterDeskWords {
    roster_desk::RosterDeskWords(language())
}

/// A function that gives a text and follows the language: `t!(phone.outbox_title())`.
///
/// Fits wherever a view or a `TextProp` takes a text. A word without arguments becomes a plain
/// function pointer: all of them are one type, so the view code for it is in the wasm once, not some
/// hundred times. Arguments make a closure that captures them by value.
#[macro_export]
macro_rules! t {
    ($area:ident.$word:ident()) => {{
        const SAID: fn() -> &'static str = || $crate::words::$area().$word();
        SAID
    }};
    ($area:ident.$($word:tt)+) => {
        move || $crate::words::$area().$($word)+
    };
}

#[cfg(test)]
mod tests;
