//! Opening the desk: what the office says of itself, and whether somebody is signed in still.

use super::desk::{Desk, Session};
use crate::{link, trouble::Trouble};
use leptos::{prelude::*, task::spawn_local};
use protocol::sign_in::{Me, OfficeCard, RefusalCode};

/// Asks the office who it is and who we are.
pub fn arrive(desk: Desk) {
    spawn_local(async move {
        match link::get::<OfficeCard>("/api/office").await {
            Ok(card) => desk.office.set(Some(card)),
            Err(trouble) => return desk.session.set(Session::Unreached(trouble)),
        }
        match link::get::<Me>("/api/me").await {
            Ok(me) => desk.enter(me),
            Err(Trouble::Refused(refusal)) if refusal.code == RefusalCode::SignInNeeded => {
                desk.session.set(Session::Out);
            }
            Err(trouble) => desk.session.set(Session::Unreached(trouble)),
        }
    });
}
