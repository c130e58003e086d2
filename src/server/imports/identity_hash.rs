//! The fingerprint by which a row of an earlier file is found that said the same of whose it is; and rows that were
//! remembered before there was one get theirs when the office opens.

use domain::id::{HouseholdId, ImportId};
use roster::plan::identity::{identity, identity_remembered};
use roster::plan::known::Remembered;
use sha2::{Digest, Sha256};

use crate::args;
use crate::store::{StoreError, Tx};

/// So many rows get theirs in one write.
const AT_ONCE: i64 = 500;

/// The fingerprint of an identity: half a hash is enough, for what is found by it is held against the row itself.
pub(super) fn identity_hash(identity: &str) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(Sha256::digest(identity)).for_each(|(to, from)| *to = from);
    half
}

/// The fingerprint of a row as it is remembered; what cannot be read is nobody's.
pub(super) fn row_hash(said: Option<&Remembered>) -> [u8; 16] {
    identity_hash(&said.map(|said| identity(&said.household)).unwrap_or_default())
}

/// Gives the next rows that have none theirs; false where all have one.
///
/// # Errors
/// What the database says.
pub fn fingerprint_rows(tx: &Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT roster, household, said FROM roster_row WHERE identity IS NULL LIMIT ?1";
    let rows = tx.all(sql, args![AT_ONCE], |row| {
        Ok::<_, StoreError>((row.get::<ImportId>(0)?, row.get::<HouseholdId>(1)?, row.get::<String>(2)?))
    })?;
    for (roster, household, said) in &rows {
        // What cannot be read is nobody's.
        let identity = identity_remembered(said).unwrap_or_default();
        tx.execute(
            "UPDATE roster_row SET identity = ?3 WHERE roster = ?1 AND household = ?2",
            args![roster, household, identity_hash(&identity)],
        )?;
    }
    Ok(!rows.is_empty())
}

#[cfg(test)]
mod tests {
    //! A row has one fingerprint, whenever it got it.

    use roster::plan::identity::identity_remembered;

    use super::{identity_hash, row_hash};

    #[test]
    fn a_row_that_cannot_be_read_has_at_once_what_it_would_get_later() {
        let later = identity_remembered("null").unwrap_or_default();
        assert_eq!(row_hash(None), identity_hash(&later));
    }
}
