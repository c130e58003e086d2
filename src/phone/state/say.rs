//! The one place where a trouble becomes a sentence that tells the helper what to do.

use crate::engine::Trouble;
use ui::words;

/// What to tell the helper.
pub fn trouble(trouble: &Trouble) -> String {
    let phone = words::phone();
    match trouble {
        Trouble::NoAnswer(_) => phone.trouble_no_answer(),
        Trouble::Refused(refusal) => words::shared().refusal(refusal.code),
        Trouble::StorageFull => phone.storage_full(),
        Trouble::StorageLost => phone.storage_lost(),
        Trouble::Storage(_) => phone.storage_closed(),
        Trouble::Vault(_) => phone.vault_closed(),
        Trouble::NobodySignedIn => phone.trouble_nobody(),
        Trouble::TooLong => phone.trouble_too_long(),
        Trouble::SavedBefore(_) => phone.trouble_saved_before(),
        Trouble::NoKey => phone.trouble_no_key(),
        Trouble::KeptElsewhere => phone.trouble_kept_elsewhere(),
        Trouble::DraftDamaged => phone.trouble_draft_damaged(),
    }
    .to_owned()
}

/// The same, with the cause once on the console for whoever looks into it.
/// A word of the office and a network that is not there are no faults.
pub fn trouble_logged(doing: &str, found: &Trouble) -> String {
    match found {
        Trouble::Refused(_) | Trouble::NoAnswer(_) => leptos::logging::log!("{doing}: {found}"),
        _ => leptos::logging::error!("{doing}: {found}"),
    }
    trouble(found)
}
