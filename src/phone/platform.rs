//! The browser around the engine: clock, randomness, timers, locks, sentinels. (Being written.)
//!
//! The only file of the phone that reads a clock.

use crate::engine::Around;
use std::rc::Rc;

/// The browser.
pub fn browser() -> Rc<dyn Around> {
    todo!()
}
