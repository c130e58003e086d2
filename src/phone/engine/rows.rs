//! One database with its vault: values in and out of sealed rows.

use super::{Around, Trouble, shelf};
use crate::{
    store::{Database, Found, Row, Write},
    vault::{NONCE_BYTES, Place, Vault, VaultError},
};
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;
use sync::replica::Counter;

/// One database with its vault.
#[derive(Clone)]
pub struct Rows {
    /// The database.
    pub database: Database,
    /// Opens and seals its rows.
    pub vault: Rc<Vault>,
    /// Gives the randomness.
    pub around: Rc<dyn Around>,
}

impl Rows {
    /// The write that puts a value under a key.
    ///
    /// # Errors
    /// [`Trouble::Vault`] only beyond the cipher's size limit.
    pub fn put<T: Serialize>(&self, store: &'static str, key: &str, value: &T) -> Result<Write, Trouble> {
        // Our rows are strings, numbers and maps with string keys: this cannot fail.
        self.put_bytes(store, key, &serde_json::to_vec(value).unwrap_or_default())
    }

    /// The write that puts plain bytes, sealed, under a key.
    ///
    /// # Errors
    /// As [`Rows::put`].
    pub fn put_bytes(&self, store: &'static str, key: &str, plain: &[u8]) -> Result<Write, Trouble> {
        let mut nonce = [0; NONCE_BYTES];
        self.around.random(&mut nonce);
        let place = Place { database: self.database.name(), store, key };
        let sealed = self.vault.seal(place, plain, nonce)?;
        Ok(Write::Put(store, key.to_owned(), Row::Bytes(sealed)))
    }

    /// The plain bytes of a row.
    ///
    /// # Errors
    /// [`VaultError`] where it does not open in its place.
    pub fn bytes(&self, store: &str, key: &str, row: &Row) -> Result<Vec<u8>, VaultError> {
        let sealed = row.bytes().ok_or(VaultError::NotUnderstood)?;
        self.vault.open(Place { database: self.database.name(), store, key }, sealed)
    }

    /// The value of a row.
    ///
    /// # Errors
    /// [`VaultError`] where it does not open in its place, or holds something else.
    pub fn value<T: DeserializeOwned>(&self, store: &str, key: &str, row: &Row) -> Result<T, VaultError> {
        let plain = self.bytes(store, key, row)?;
        serde_json::from_slice(&plain).map_err(|_| VaultError::NotUnderstood)
    }

    /// The value of the only row found, if there is one.
    ///
    /// # Errors
    /// As [`Rows::value`].
    pub fn only<T: DeserializeOwned>(
        &self,
        store: &str,
        found: Option<&Found>,
    ) -> Result<Option<T>, VaultError> {
        let row = found.and_then(|found| found.first());
        row.map(|(key, row)| self.value(store, key, row)).transpose()
    }

    /// The counter of these databases. Without one that opens they are not those that were opened here: the browser
    /// threw them away since, and perhaps another tab has made them anew.
    ///
    /// # Errors
    /// [`Trouble::StorageLost`].
    pub fn counter(&self, found: Option<&Found>) -> Result<Counter, Trouble> {
        self.only(shelf::META, found).ok().flatten().ok_or(Trouble::StorageLost)
    }

    /// The values that open, with their keys, and the keys of those that do not.
    pub fn values<T: DeserializeOwned>(&self, store: &str, found: &Found) -> (Vec<(String, T)>, Vec<String>) {
        let (mut opened, mut damaged) = (Vec::with_capacity(found.len()), Vec::new());
        for (key, row) in found {
            match self.value(store, key, row) {
                Ok(value) => opened.push((key.clone(), value)),
                Err(_) => damaged.push(key.clone()),
            }
        }
        (opened, damaged)
    }
}
