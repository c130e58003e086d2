//! All the randomness of a run, from one seed: splitmix64. The same seed tells the same story.

use domain::id::{DeviceId, EntryId, HouseholdId, NeedId};
use protocol::deposit::Short;

/// A source of randomness.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Whether something happens that happens once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            chunk.iter_mut().zip(self.next().to_le_bytes()).for_each(|(to, from)| *to = from);
        }
        bytes
    }

    pub fn entry_id(&mut self, now_ms: i64) -> EntryId {
        EntryId::new(now_ms, self.bytes())
    }

    pub fn device(&mut self, now_ms: i64) -> DeviceId {
        DeviceId::new(now_ms, self.bytes())
    }

    pub fn household(&mut self, now_ms: i64) -> HouseholdId {
        HouseholdId::new(now_ms, self.bytes())
    }

    pub fn need(&mut self, now_ms: i64) -> NeedId {
        NeedId::new(now_ms, self.bytes())
    }

    pub fn epoch(&mut self) -> Short {
        Short::from_bytes(self.bytes())
    }
}
