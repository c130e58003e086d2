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
        Trouble::Storage(_) => phone.storage_closed(),
        Trouble::Vault(_) => phone.vault_closed(),
        Trouble::NobodySignedIn => phone.trouble_nobody(),
        Trouble::TooLong => phone.trouble_too_long(),
        Trouble::SavedBefore(_) => phone.trouble_saved_before(),
        Trouble::NoKey => phone.trouble_no_key(),
        Trouble::DraftDamaged => phone.trouble_draft_damaged(),
    }
    .to_owned()
}

/// The same, with the cause once on the console for whoever looks into it.
pub fn trouble_logged(doing: &str, found: &Trouble) -> String {
    leptos::logging::error!("{doing}: {found}");
    trouble(found)
}
