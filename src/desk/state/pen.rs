//! Writes the desk's entries. Pure: time, ids and randomness are handed in.
//!
//! A form has one pen. The same act written twice is the same entry, byte for byte, so that a repeat
//! after a lost answer is harmless; an act that was changed meanwhile is a new entry.

use domain::{
    entry::{Act, Entry, OFFICE, SCHEMA},
    id::{EntryId, HouseholdId, PersonId},
};

/// What an entry needs besides the act.
pub struct Stamp {
    /// Its identity.
    pub id: EntryId,
    /// 16 random bytes in hex.
    pub nonce: String,
    /// The desk's clock.
    pub wall_ms: i64,
}

/// A pen.
#[derive(Clone, Debug, Default)]
pub struct Pen {
    written: Vec<Entry>,
}

impl Pen {
    /// The entries of these acts.
    pub fn write(
        &mut self,
        author: PersonId,
        acts: &[(HouseholdId, Act)],
        mut stamp: impl FnMut() -> Stamp,
    ) -> Vec<Entry> {
        let mut entry = |(household, act): &(HouseholdId, Act)| {
            let payload = act.payload();
            let same = |entry: &&Entry| {
                entry.household == *household
                    && entry.author == author
                    && entry.kind == act.kind()
                    && entry.payload == payload
            };
            if let Some(written) = self.written.iter().find(same) {
                return written.clone();
            }
            let Stamp { id, nonce, wall_ms } = stamp();
            let entry = Entry {
                id,
                device: OFFICE,
                seq: 0,
                kind: act.kind().to_owned(),
                schema: SCHEMA,
                household: *household,
                author,
                wall_ms,
                clock_offset_ms: None,
                nonce,
                payload,
            };
            self.written.push(entry.clone());
            entry
        };
        acts.iter().map(&mut entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Pen, Stamp};
    use domain::{
        day::Day,
        entry::{Act, TakeUp},
        id::{EntryId, HouseholdId, PersonId},
    };

    #[test]
    fn the_same_act_is_the_same_entry() {
        let take_up = |words: &str| {
            let act = TakeUp {
                alert: EntryId::new(1, [1; 10]),
                day: Day::from_number(20_000),
                words: words.into(),
            };
            vec![(HouseholdId::new(1, [2; 10]), Act::TakeUp(act))]
        };
        let mut count = 0_u8;
        let mut stamp = || {
            count += 1;
            Stamp { id: EntryId::new(9, [count; 10]), nonce: "00".repeat(16), wall_ms: i64::from(count) }
        };
        let author = PersonId::new(1, [3; 10]);
        let mut pen = Pen::default();
        let first = pen.write(author, &take_up("去医院"), &mut stamp);
        let again = pen.write(author, &take_up("去医院"), &mut stamp);
        let other = pen.write(author, &take_up("去家里"), &mut stamp);
        assert_eq!(first, again);
        assert_ne!(first.first().map(|entry| entry.id), other.first().map(|entry| entry.id));
    }
}
