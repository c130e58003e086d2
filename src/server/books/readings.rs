//! Entries read a short while ago: a phone's queue, or several helpers' of one household, come in bursts,
//! and each entry makes its household's whole log be folded again.
//!
//! Kept by the hash of their bytes. What has a hash never changes, so nothing here can be out of
//! date, whatever was undone since. The log in the database alone says what belongs to a household.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::entry::{Entry, Reading};
use protocol::record::EntryHash;

/// The most written bytes that are kept read. Read, a visit takes some four times as much; what is made to be large,
/// up to eight times.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// An entry with its act read.
type Read = Arc<Entry<Reading>>;

/// What was read last.
#[derive(Default)]
pub struct Readings(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_hash: HashMap<EntryHash, Read>,
    /// The oldest first, each with its written bytes.
    order: VecDeque<(EntryHash, usize)>,
    bytes: usize,
}

impl Readings {
    /// The entry of a hash, if it was read a short while ago.
    pub(super) fn get(&self, hash: &EntryHash) -> Option<Read> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_hash.get(hash).cloned()
    }

    /// Forgets an entry that was erased; its place in the order stays until its turn.
    pub(super) fn forget(&self, hash: &EntryHash) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_hash.remove(hash);
    }

    /// Keeps an entry under the hash of its bytes, of which there are so many; lets go of the oldest.
    pub(super) fn keep(&self, hash: EntryHash, entry: &Read, bytes: usize) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.by_hash.insert(hash, Arc::clone(entry)).is_some() {
            return;
        }
        kept.order.push_back((hash, bytes));
        kept.bytes += bytes;
        while kept.bytes > BYTES_MAX
            && let Some((oldest, bytes)) = kept.order.pop_front()
        {
            kept.by_hash.remove(&oldest);
            kept.bytes -= bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{DeviceId, EntryId, HouseholdId, PersonId};

    #[test]
    fn the_oldest_goes_when_there_is_no_room() {
        let entry = Entry {
            id: EntryId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([1; 16]),
            seq: 1,
            kind: "dance".to_owned(),
            schema: 1,
            household: HouseholdId::from_bytes([1; 16]),
            author: PersonId::from_bytes([1; 16]),
            wall_ms: 0,
            clock_offset_ms: None,
            nonce: String::new(),
            payload: domain::verbatim::Verbatim::default(),
        };
        let (readings, read) = (Readings::default(), Arc::new(entry.read()));
        let hash = |nth: u8| EntryHash::from_bytes([nth; 32]);
        for nth in [1, 2, 2, 3] {
            readings.keep(hash(nth), &read, BYTES_MAX / 2);
        }
        assert_eq!([1, 2, 3].map(|nth| readings.get(&hash(nth)).is_some()), [false, true, true]);
    }
}
