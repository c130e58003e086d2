//! A queue that a rescue page saved to a file is taken in elsewhere, now or later, once or often: at a desk that is over
//! its author or not, by another's phone or one of their own. On its way a record of it may be damaged.
//!
//! The file's own sum, which finds such damage, is not asked: files of the first days have none.

use crate::{desk::DESK, fault::Fault, phone::Phone, world::World};
use domain::id::PersonId;
use protocol::{
    deposit::Deposit,
    record::{EntryHash, Record},
};
use sync::replica::Counter;

/// A file, and whose queue it was.
#[derive(Clone, Debug)]
pub struct Rescue {
    author: PersonId,
    deposit: Deposit,
}

impl World {
    /// Somebody saves a queue to a file, or takes one in.
    pub fn a_queue_is_rescued(&mut self) {
        let at = self.some_phone();
        let file = match self.phones.get_mut(at) {
            Some(phone) if !phone.disk.work.outbox.is_empty() => {
                Some(Rescue { author: phone.person, deposit: phone.queue() })
            }
            _ => None,
        };
        self.files.extend(file);
        let Some(mut file) = self.chance.pick(&self.files).cloned() else { return };
        if self.chance.one_in(2) {
            return; // It lies in a pocket.
        }
        if self.chance.one_in(3) {
            self.damage(&mut file.deposit.records);
        }
        match self.chance.below(4) {
            0 => self.file_at_the_desk(&file, file.author, Fault::FileVouchedFor),
            1 => self.file_at_the_desk(&file, DESK, Fault::FileOfAnyone),
            _ => self.file_in_a_phone(&file),
        }
    }

    fn damage(&mut self, records: &mut [Record]) {
        let (at, what, bytes) = (self.chance.below(records.len()), self.chance.below(3), self.chance.bytes());
        let Some(record) = records.get_mut(at) else { return };
        self.damaged.insert(record.id);
        let fault = match what {
            0 => {
                record.bytes.0.truncate(record.bytes.0.len() / 2);
                self.spoilt.insert(record.id);
                Fault::BytesDamaged
            }
            1 => {
                record.seq += 1_000;
                Fault::NumberDamaged
            }
            _ => {
                record.entry_hash = EntryHash::from_bytes(bytes);
                self.misread.insert(record.id);
                Fault::HashDamaged
            }
        };
        self.fired.note(fault);
    }

    /// A desk deposits it: as the author's own where it may vouch for them.
    fn file_at_the_desk(&mut self, file: &Rescue, brought_by: PersonId, fault: Fault) {
        // A file shows no head that the office could have forgotten.
        let deposit = Deposit { shown: None, ..file.deposit.clone() };
        self.office.deposit(brought_by, &deposit, &mut self.chance, self.now_ms);
        self.office.check(&mut self.chance);
        self.fired.note(fault);
    }

    fn file_in_a_phone(&mut self, file: &Rescue) {
        let at = self.some_phone();
        let now_ms = self.now_ms;
        let Some(phone) = self.phones.get_mut(at) else { return };
        let is_own = phone.person == file.author;
        self.fired.note(match (phone.take_in(&file.deposit.records), is_own) {
            (false, _) => Fault::FileRefused,
            (true, true) => Fault::FileInOwnPhone,
            (true, false) => Fault::FileInAnothersPhone,
        });
        phone.next_try_ms = now_ms;
    }
}

impl Phone {
    /// What the rescue page saves: all that lies in the outbox, as it lies there.
    pub fn queue(&self) -> Deposit {
        let work = &self.disk.work;
        let records = work.outbox.values().cloned().collect();
        let Counter { device, devices, made } = work.counter.clone();
        Deposit { device, devices, made, shown: work.head, records }
    }

    /// A queue's file comes into the outbox, all of it or nothing; whether it did. Not where a record is here with
    /// another hash.
    pub fn take_in(&mut self, records: &[Record]) -> bool {
        let work = &mut self.disk.work;
        let here = |record: &Record| {
            let sent = work.sent.get(&record.id).map(|sent| &sent.record);
            work.outbox.get(&record.id).or(sent).map(|here| here.entry_hash)
        };
        if records.iter().any(|record| here(record).is_some_and(|hash| hash != record.entry_hash)) {
            return false;
        }
        let fresh: Vec<Record> = records.iter().filter(|record| here(record).is_none()).cloned().collect();
        for record in fresh {
            if record.device == work.counter.device {
                work.counter.made = work.counter.made.max(record.seq);
            }
            work.outbox.insert(record.id, record);
        }
        true
    }
}
