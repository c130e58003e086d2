//! Who is not signed in here and left something unsent: it leaves all the same.

use super::{
    Event, Inner, Trouble, opening, rounds,
    sending::{self, waiting},
    shelf,
    signing::Known,
    spare,
};
use crate::store::{Database, Found, Read};
use domain::id::{DeviceId, PersonId};
use std::{collections::BTreeMap, rc::Rc};

impl Inner {
    /// Opens the databases of everybody but who is here in which something waits: of those known here, and of those of
    /// whom only second copies are left. Gives how many records wait; nothing where nobody ever had a copy here.
    pub async fn find_leaving(self: &Rc<Self>, known: &[Known]) -> Option<usize> {
        let copied = spare::people().await;
        let copied = copied.inspect_err(|error| self.around.note(&format!("{error}"))).unwrap_or_default();
        let mut people: Vec<(PersonId, Option<DeviceId>)> =
            known.iter().map(|known| (known.person.id, Some(known.device))).collect();
        for person in &copied {
            if !people.iter().any(|(known, _)| known == person) {
                people.push((*person, None));
            }
        }
        let mut all = 0;
        for (person, device) in people {
            match self.left_by(person, device, copied.contains(&person)).await {
                Ok(waiting) => all += waiting,
                // One who cannot be opened keeps nobody else back.
                Err(trouble) => {
                    if trouble.is_closed_storage() {
                        self.emit(Event::StorageClosed);
                    }
                    self.noted(Err(trouble));
                }
            }
        }
        if !self.leaving.borrow().is_empty() {
            rounds::chance(self);
        }
        (!copied.is_empty()).then_some(all)
    }

    /// How many records somebody who is not here left; from now on they leave.
    async fn left_by(
        &self,
        person: PersonId,
        device: Option<DeviceId>,
        has_shelf: bool,
    ) -> Result<usize, Trouble> {
        let is_open = |opened: &Rc<opening::Opened>| opened.person == person;
        if self.here.borrow().as_ref().is_some_and(is_open) || self.leaving.borrow().iter().any(is_open) {
            return Ok(0);
        }
        let has_copies = has_shelf && !spare::is_empty(person).await?;
        if !has_copies && device.is_none() {
            return Ok(0); // Of them nothing is left here: no database is made for that.
        }
        let database = Database::new(shelf::work_name(person), shelf::WORK);
        let found = database.read(shelf::WORK, vec![Read::Keys(shelf::OUTBOX)]).await?;
        if !has_copies && found.first().is_none_or(Found::is_empty) {
            return Ok(0);
        }
        let device = device.unwrap_or_else(|| opening::fresh(&*self.around));
        let opened = opening::person(&self.around, person, device).await?.opened;
        self.noted(spare::agree(&opened).await.map(drop));
        let waiting = waiting(&opened).await?;
        // Somebody may have signed in meanwhile.
        let is_here = self.here.borrow().as_ref().is_some_and(is_open);
        if waiting > 0 && !is_here {
            self.leaving.borrow_mut().push(Rc::new(opened));
        }
        Ok(waiting)
    }

    /// Before somebody else's cookies come: what others left unsent goes under their own, if it can now.
    pub async fn let_leave(self: &Rc<Self>) {
        let leaving = self.leaving.borrow().clone();
        for opened in leaving {
            let sent = sending::send_all(&opened, &BTreeMap::new(), &|_, _| ()).await;
            self.noted(sent.map(drop));
            self.agree_soon(&opened, false);
        }
    }
}
