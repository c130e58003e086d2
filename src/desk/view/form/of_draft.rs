//! A part of a draft as a field takes it: its value as a signal, and a callback that writes it.

use leptos::prelude::*;

/// The value of a part.
pub fn part<D, T>(draft: RwSignal<D>, read: impl Fn(&D) -> T + Send + Sync + 'static) -> Signal<T>
where
    D: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    Signal::derive(move || draft.with(&read))
}

/// What writes a part.
pub fn write<D, T>(draft: RwSignal<D>, write: impl Fn(&mut D, T) + Send + Sync + 'static) -> Callback<T>
where
    D: Send + Sync + 'static,
    T: 'static,
{
    Callback::new(move |value| draft.update(|draft| write(draft, value)))
}
