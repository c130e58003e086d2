//! Setting another password by the one that holds. Whoever has forgotten theirs is invited anew instead.

use axum::Json;
use axum::extract::State;
use protocol::sign_in::{ChangePassword, Me, RefusalCode};

use super::body::Body;
use super::sign_in::{About, note_refusal};
use crate::audit::{self, Act, Deed};
use crate::auth::caller::Caller;
use crate::auth::tries::Guess;
use crate::auth::{password, session};
use crate::error::ApiError;
use crate::office::Office;
use crate::union::persons;

/// `POST /api/password`: whatever else of theirs is signed in is so no longer; deposit cookies hold on.
///
/// # Errors
/// They have no password, as the people of a demonstration; the present one is wrong, or too often; the new one is
/// refused.
pub async fn change(
    State(office): State<Office>,
    caller: Caller,
    Body(asked): Body<ChangePassword>,
) -> Result<Json<Me>, ApiError> {
    let person = caller.person();
    let known = office.db().read(move |reader| persons::by_id(reader, person)).await?;
    let known = known.ok_or(RefusalCode::SignInNeeded)?;
    let held = known.password.ok_or(RefusalCode::NotAllowed)?;
    password::check(&asked.new_password, &[&known.name, &known.sign_in_name])?;
    let guess = Guess::Password(persons::sign_in_key(&known.sign_in_name));
    office.admit(&guess).await?;
    if !office.hasher().is_right(asked.password, Some(held.clone())).await? {
        note_refusal(&office, Some(person)).await?;
        return Err(RefusalCode::WrongNameOrPassword.into());
    }
    office.forgive(guess).await?;
    let hash = office.hasher().hash(asked.new_password, office.random()).await?;
    let (now_ms, about) = (office.now_ms(), About::of(&office));
    let me = office
        .db()
        .write(move |tx| {
            // Hashing took a while: by an invitation another may have been set meanwhile.
            let now_held = persons::by_id(tx, person)?.and_then(|known| known.password);
            if now_held != Some(held) {
                return Err(RefusalCode::WrongNameOrPassword.into());
            }
            persons::set_password(tx, person, &hash)?;
            session::end_others(tx, &caller.session)?;
            audit::note(tx, &Deed::plain(now_ms, person, Act::Password))?;
            about.me(tx, &caller.session, &caller.all_scopes)
        })
        .await?;
    Ok(Json(me))
}
