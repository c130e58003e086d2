//! What is sealed opens in its place only.

use super::{NONCE_BYTES, Place, Vault, VaultError};

const PLACE: Place<'_> = Place { database: "lzd-work-a", store: "own", key: "1" };

fn check(open_at: Place<'_>, spoil: impl Fn(&mut Vec<u8>), expected: Result<Vec<u8>, VaultError>) {
    let vault = Vault::new([7; 32]);
    let mut sealed = vault.seal(PLACE, "王秀英".as_bytes(), [9; NONCE_BYTES]).unwrap();
    spoil(&mut sealed);
    assert_eq!(vault.open(open_at, &sealed), expected);
}

#[test]
fn opens_in_its_place_only() {
    let shut = || Err(VaultError::CannotOpen);
    check(PLACE, |_| (), Ok("王秀英".as_bytes().to_vec()));
    check(Place { key: "2", ..PLACE }, |_| (), shut());
    check(Place { store: "drafts", ..PLACE }, |_| (), shut());
    check(Place { database: "lzd-work-b", ..PLACE }, |_| (), shut());
    check(PLACE, |bytes| bytes.truncate(10), shut());
    check(PLACE, Vec::clear, shut());
    check(PLACE, |bytes| bytes[30] ^= 1, shut());
    check(PLACE, |bytes| bytes[0] = 2, shut());
}

#[test]
fn shows_nothing_of_the_words() {
    let sealed = Vault::new([7; 32]).seal(PLACE, "王秀英".as_bytes(), [9; NONCE_BYTES]).unwrap();
    assert!(!sealed.windows(9).any(|window| window == "王秀英".as_bytes()));
}

#[test]
fn another_key_opens_nothing() {
    let sealed = Vault::new([7; 32]).seal(PLACE, b"x", [9; NONCE_BYTES]).unwrap();
    assert_eq!(Vault::new([8; 32]).open(PLACE, &sealed), Err(VaultError::CannotOpen));
}
