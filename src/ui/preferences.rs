//! Language, type size and theme: what a person likes, kept in the browser and put on `<html>`; and what they have seen.
//!
//! Only preferences and ids lie there, never a word about a household.

use crate::answers::{Seg, SegOption};
use crate::t;
use crate::words::{self, Language};
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Display;

/// How large the type is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Size {
    /// 17 px where the system says 16.
    #[default]
    Normal,
    /// A fifth larger.
    Large,
    /// Half as large again.
    Largest,
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Warm paper.
    Light,
    /// For a dark kitchen.
    Dark,
}

/// A preference that is written as one word in storage and on `<html>`.
trait Preference: Copy + Default + PartialEq + Send + Sync + 'static {
    const KEY: &'static str;
    const ATTRIBUTE: &'static str;
    const ALL: &'static [Self];
    fn word(self) -> &'static str;
}

impl Preference for Language {
    const KEY: &'static str = "lzd-language";
    const ATTRIBUTE: &'static str = "lang";
    const ALL: &'static [Self] = &[Self::Chinese, Self::English];
    fn word(self) -> &'static str {
        self.tag()
    }
}

impl Preference for Size {
    const KEY: &'static str = "lzd-size";
    const ATTRIBUTE: &'static str = "data-size";
    const ALL: &'static [Self] = &[Self::Normal, Self::Large, Self::Largest];
    fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }
}

impl Preference for Theme {
    const KEY: &'static str = "lzd-theme";
    const ATTRIBUTE: &'static str = "data-theme";
    const ALL: &'static [Self] = &[Self::System, Self::Light, Self::Dark];
    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Puts the kept preferences on `<html>`; called once before the app is mounted.
pub fn apply_kept() {
    words::set_language(kept());
    put_on_html(kept::<Language>());
    put_on_html(kept::<Size>());
    put_on_html(kept::<Theme>());
}

/// The three choices, as both apps show them under 我的.
#[component]
pub fn Preferences() -> impl IntoView {
    let size = RwSignal::new(kept::<Size>());
    let theme = RwSignal::new(kept::<Theme>());
    let languages = vec![
        SegOption::new(Language::Chinese, t!(shared.pref_chinese())),
        SegOption::new(Language::English, t!(shared.pref_english())),
    ];
    let sizes = vec![
        SegOption::new(Size::Normal, t!(shared.pref_size_normal())),
        SegOption::new(Size::Large, t!(shared.pref_size_large())),
        SegOption::new(Size::Largest, t!(shared.pref_size_largest())),
    ];
    let themes = vec![
        SegOption::new(Theme::System, t!(shared.pref_theme_system())),
        SegOption::new(Theme::Light, t!(shared.pref_theme_light())),
        SegOption::new(Theme::Dark, t!(shared.pref_theme_dark())),
    ];
    let pick_language = move |language| {
        choose(language);
        words::set_language(language);
    };
    let pick_size = move |picked| {
        choose(picked);
        size.set(picked);
    };
    let pick_theme = move |picked| {
        choose(picked);
        theme.set(picked);
    };
    view! {
        <div class="stack">
            <Seg label=t!(shared.pref_language()) options=languages
                value=Signal::derive(|| Some(words::language())) on_pick=pick_language />
            <Seg label=t!(shared.pref_size()) options=sizes
                value=Signal::derive(move || Some(size.get())) on_pick=pick_size />
            <Seg label=t!(shared.pref_theme()) options=themes
                value=Signal::derive(move || Some(theme.get())) on_pick=pick_theme />
        </div>
    }
}

/// Which news a person has seen in this browser: ids, in a shape of the app's own.
#[must_use]
pub fn seen<S: DeserializeOwned + Default>(person: impl Display) -> S {
    LocalStorage::get(seen_key(person)).unwrap_or_default()
}

/// Keeps which news this person has seen. A browser that keeps nothing shows it again.
pub fn keep_seen(person: impl Display, seen: &impl Serialize) {
    let key = seen_key(person);
    if let Err(error) = LocalStorage::set(&key, seen) {
        leptos::logging::warn!("{key} is not kept: {error}");
    }
}

/// Everybody of a browser has seen other news.
fn seen_key(person: impl Display) -> String {
    format!("lzd-seen-{person}")
}

/// What was kept, or the default where nothing was or storage is closed to us.
fn kept<P: Preference>() -> P {
    let word: String = LocalStorage::get(P::KEY).unwrap_or_default();
    P::ALL.iter().copied().find(|choice| choice.word() == word).unwrap_or_default()
}

/// Keeps a choice and shows it. A browser that keeps nothing still shows it until it is closed.
fn choose<P: Preference>(choice: P) {
    if let Err(error) = LocalStorage::set(P::KEY, choice.word()) {
        leptos::logging::warn!("{} is not kept: {error}", P::KEY);
    }
    put_on_html(choice);
}

fn put_on_html<P: Preference>(choice: P) {
    let Some(html) = document().document_element() else { return };
    if let Err(error) = html.set_attribute(P::ATTRIBUTE, choice.word()) {
        leptos::logging::warn!("{} is not shown: {error:?}", P::ATTRIBUTE);
    }
}
