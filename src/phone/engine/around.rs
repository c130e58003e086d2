//! What the engine asks of the world around it: a clock, randomness, timers, one lock, a sentinel.
//!
//! A trait, so that nothing in the engine reads a clock; [`crate::platform`] is the only one who
//! implements it in earnest.

use std::{future::Future, pin::Pin};

/// A piece of work of this thread.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// The world around the engine.
pub trait Around {
    /// The phone's clock, Unix milliseconds. It may be wrong; it decides nothing.
    fn now_ms(&self) -> i64;

    /// Fills with randomness fit for keys.
    fn random(&self, into: &mut [u8]);

    /// Starts a piece of work now.
    fn start(&self, work: Work);

    /// Does something once after a while; what was set before is forgotten. There is one timer.
    fn wake_in(&self, ms: i32, what: Box<dyn FnOnce()>);

    /// Does the work while holding the named lock among all tabs; gives `false` without doing it
    /// when another tab holds it.
    fn alone(&self, name: String, work: Work) -> Pin<Box<dyn Future<Output = bool>>>;

    /// Tells the other tabs that something of this person changed.
    fn tell_tabs(&self, person: &str);

    /// Calls whenever it may be worth trying: `online`, coming to the foreground.
    fn on_chance(&self, what: Box<dyn Fn()>);

    /// Whether nobody sees the page now.
    fn is_hidden(&self) -> bool;

    /// Calls when another tab told that something of this person changed.
    fn on_tab(&self, what: Box<dyn Fn(String)>);

    /// Whether somebody signed out in this browser since the app was last open, at the desk.
    fn signed_out_elsewhere(&self) -> bool;

    /// That was heard, or somebody signed in since.
    fn forget_signed_out(&self);

    /// Calls when somebody signs out in this browser, at the desk.
    fn on_signed_out(&self, what: Box<dyn Fn()>);

    /// Remembers a word outside the databases (an id, never a name), so that their loss is noticed.
    fn set_sentinel(&self, name: String, word: String) -> Work;

    /// The word remembered, from wherever it survived.
    fn sentinel(&self, name: String) -> Pin<Box<dyn Future<Output = Option<String>>>>;

    /// Leaves a line for whoever looks into the browser's log: ids and causes, never a household's words.
    fn note(&self, words: &str);

    /// Asks the browser to keep our storage for good; `true` when it does.
    fn persist(&self) -> Pin<Box<dyn Future<Output = bool>>>;
}

#[cfg(test)]
pub mod still;
