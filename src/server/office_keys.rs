//! The office's secrets: the keys records are sealed to, and the key of the deposit cookie.
//!
//! They lie in `data/keys`, outside the database, readable by the office alone. Every key that was
//! ever published is kept, for a phone may come back after weeks with records sealed to it. Nothing
//! here can be printed: no type has `Debug`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::record::{key_id, public_of};
use protocol::sign_in::OfficeKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::private_file;
use crate::surroundings::{Surroundings, random};

/// The file in the folder of keys.
const FILE: &str = "office.json";

/// Why the keys could not be had.
#[derive(Debug)]
pub enum KeysError {
    /// The file could not be read or written.
    File(PathBuf, io::Error),
    /// The file holds something else.
    Unreadable(PathBuf),
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, _) => {
                write!(f, "the office keys in {} cannot be read or written", path.display())
            }
            Self::Unreadable(path) => write!(
                f,
                "{} does not hold office keys: put back the file from the backup of the keys",
                path.display()
            ),
        }
    }
}

impl std::error::Error for KeysError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(_, cause) => Some(cause),
            Self::Unreadable(_) => None,
        }
    }
}

/// The keys in memory. The last one is published.
pub struct OfficeKeys {
    first: Pair,
    later: Vec<Pair>,
    deposit_mac: Zeroizing<[u8; 32]>,
}

struct Pair {
    id: String,
    secret: Zeroizing<[u8; 32]>,
    made_ms: i64,
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
struct OnDisk {
    format: u8,
    deposit_mac: String,
    keys: Vec<KeyOnDisk>,
}

#[derive(Serialize, Deserialize)]
struct KeyOnDisk {
    id: String,
    secret: String,
    made_ms: i64,
}

/// Bytes as hex digits.
pub fn hex<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}

impl OfficeKeys {
    /// Makes the first keys of an office, in memory only.
    #[must_use]
    pub fn make(surroundings: &dyn Surroundings) -> Self {
        Self {
            first: Pair::make(surroundings),
            later: Vec::new(),
            deposit_mac: Zeroizing::new(random(surroundings)),
        }
    }

    /// Reads the keys in `folder`; `None` where there are none yet.
    ///
    /// # Errors
    /// The file cannot be read or holds something else.
    pub fn load(folder: &Path) -> Result<Option<Self>, KeysError> {
        let path = folder.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                Self::from_bytes(&bytes).map(Some).ok_or(KeysError::Unreadable(path))
            }
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(KeysError::File(path, cause)),
        }
    }

    /// Writes the keys into `folder`, readable by the owner alone.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, folder: &Path) -> Result<(), KeysError> {
        let path = folder.join(FILE);
        private_file::make_folder(folder)
            .and_then(|()| private_file::write(&path, &self.to_bytes()))
            .map_err(|cause| KeysError::File(path, cause))
    }

    /// Takes keys that nobody has seen away from `folder` again.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn withdraw(&self, folder: &Path) -> Result<(), KeysError> {
        let path = folder.join(FILE);
        std::fs::remove_file(&path).map_err(|cause| KeysError::File(path, cause))
    }

    /// Takes in every key of `other` that is not here, as older ones: the published key stays.
    pub fn take_in(&mut self, other: Self) {
        for pair in std::iter::once(other.first).chain(other.later) {
            if !self.ids().any(|known| known == pair.id) {
                let published_before = std::mem::replace(&mut self.first, pair);
                self.later.insert(0, published_before);
            }
        }
    }

    /// The key that is published.
    #[must_use]
    pub fn published(&self) -> OfficeKey {
        let pair = self.later.last().unwrap_or(&self.first);
        OfficeKey { id: pair.id.clone(), public: STANDARD.encode(public_of(*pair.secret)) }
    }

    /// The ids of all keys, the oldest first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.pairs().map(|pair| pair.id.as_str())
    }

    /// The secret key of an id, if the office has it.
    #[must_use]
    pub fn secret(&self, id: &str) -> Option<[u8; 32]> {
        self.pairs().find(|pair| pair.id == id).map(|pair| *pair.secret)
    }

    /// The key of the deposit cookie's MAC.
    #[must_use]
    pub fn deposit_mac(&self) -> &[u8; 32] {
        &self.deposit_mac
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let on_disk = OnDisk {
            format: 1,
            deposit_mac: STANDARD.encode(*self.deposit_mac),
            keys: self
                .pairs()
                .map(|pair| KeyOnDisk {
                    id: pair.id.clone(),
                    secret: STANDARD.encode(*pair.secret),
                    made_ms: pair.made_ms,
                })
                .collect(),
        };
        // Strings and numbers only: this cannot fail.
        Zeroizing::new(serde_json::to_vec_pretty(&on_disk).unwrap_or_default())
    }

    /// Reads the file's bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let on_disk: OnDisk = serde_json::from_slice(bytes).ok()?;
        if on_disk.format != 1 {
            return None;
        }
        let mut pairs = on_disk.keys.iter().map(Pair::read).collect::<Option<Vec<_>>>()?;
        if pairs.is_empty() {
            return None;
        }
        Some(Self {
            first: pairs.remove(0),
            later: pairs,
            deposit_mac: Zeroizing::new(STANDARD.decode(on_disk.deposit_mac).ok()?.try_into().ok()?),
        })
    }

    fn pairs(&self) -> impl Iterator<Item = &Pair> {
        std::iter::once(&self.first).chain(&self.later)
    }
}

impl Pair {
    fn make(surroundings: &dyn Surroundings) -> Self {
        let secret = Zeroizing::new(random(surroundings));
        Self { id: key_id(public_of(*secret)), secret, made_ms: surroundings.now_ms() }
    }

    fn read(on_disk: &KeyOnDisk) -> Option<Self> {
        let bytes: [u8; 32] = STANDARD.decode(&on_disk.secret).ok()?.try_into().ok()?;
        let secret = Zeroizing::new(bytes);
        (key_id(public_of(*secret)) == on_disk.id).then(|| Self {
            id: on_disk.id.clone(),
            secret,
            made_ms: on_disk.made_ms,
        })
    }
}
