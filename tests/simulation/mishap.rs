//! What befalls a phone or the office as a whole: set back, copied, killed, its clock moved.

use crate::{fault::Fault, world::World};
use domain::id::EntryId;
use protocol::record::EntryHash;

impl World {
    pub fn set_back(&mut self) {
        let at = self.chance.below(self.office.backups.len());
        if at >= self.office.backups.len() {
            return;
        }
        let announced = self.chance.one_in(2);
        let again = self.office.set_back(at, announced, &mut self.chance, self.now_ms);
        self.fired.note(if announced { Fault::Restored } else { Fault::SetBackSilently });
        if again && announced {
            self.fired.note(Fault::RestoredTwice);
        }
    }

    pub fn phone_is_copied(&mut self) {
        let at = self.some_phone();
        let (now_ms, fate, few) = (self.now_ms, self.chance.below(4), self.phones.len() < 4);
        let Some(phone) = self.phones.get_mut(at) else { return };
        match fate {
            0 if few => {
                let mut clone = phone.clone();
                clone.restart(now_ms);
                self.phones.push(clone);
                self.fired.note(Fault::Cloned);
            }
            0 | 1 => {
                let Some(older) = phone.snapshots.pop() else { return };
                let lost = phone
                    .disk
                    .work
                    .outbox
                    .values()
                    .chain(phone.disk.work.sent.values().map(|sent| &sent.record));
                let lost: Vec<(EntryId, EntryHash)> =
                    lost.map(|record| (record.id, record.entry_hash)).collect();
                phone.disk = older;
                self.excused.extend(lost.into_iter().filter(|(id, hash)| !phone.holds(*id, *hash)));
                phone.restart(now_ms);
                self.fired.note(Fault::ProfileRestored);
            }
            _ => phone.snapshots.push(phone.disk.clone()),
        }
    }

    pub fn clock_jumps(&mut self) {
        let at = self.some_phone();
        let days = [-366, -40, -1, 1, 40, 400].get(self.chance.below(6)).copied().unwrap_or(0);
        if let Some(phone) = self.phones.get_mut(at) {
            phone.clock_shift_ms = days * 86_400_000;
            self.fired.note(Fault::ClockJump);
        }
    }

    pub fn app_is_killed(&mut self) {
        let at = self.some_phone();
        if let Some(phone) = self.phones.get_mut(at) {
            if !phone.disk.drafts.is_empty() {
                self.fired.note(Fault::KilledWithDraft);
            }
            phone.restart(self.now_ms);
        }
    }
}
