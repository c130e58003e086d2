//! The fingerprint by which a household is found by its ID number.

use sha2::{Digest, Sha256};

use crate::office_keys::hex;

/// The fingerprint of the [`key`](roster::id_number::key) of an ID number. There are few enough ID numbers to try them
/// all: this keeps them out of lists and indexes, it does not keep a secret.
#[must_use]
pub fn id_hash(key: &str) -> String {
    hex(&Sha256::new().chain_update("liuzhidao id number ").chain_update(key).finalize())
}
