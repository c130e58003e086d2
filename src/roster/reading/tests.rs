//! What reading a whole file is tested with: the truth of one office, layouts of others, rosters by chance, refusals.

pub(crate) mod builders;
mod chance;
mod headers;
mod layouts;
mod meant;
mod refused;
mod told;
pub(crate) mod truth;
mod unread;
mod words;
