//! The browser threw the databases away: noticed at the start, or while the app is open. Then what is in memory is
//! enough to make them anew, so that the form on the screen can still be kept. What had not left comes back from its second
//! copies; what else lay in them is gone. That is said.

use super::{
    Engine, Event, Inner, Trouble,
    opening::{self, Opened, Opening},
    shelf,
    signing::Known,
};
use crate::store::{Care, Read, Task, Write};
use protocol::sign_in::OfficeKey;
use std::rc::Rc;

/// The sentinel of the handset's own database.
const HANDSET: &str = "phone";

impl Inner {
    /// Makes the databases anew for who is signed in here.
    pub async fn recover(self: &Rc<Self>) -> Result<Rc<Opened>, Trouble> {
        let (known, key) = self.whose.borrow().clone().ok_or(Trouble::StorageLost)?;
        self.phone.replace(None);
        let (inner, person) = (Rc::clone(self), known.person.id);
        let still_here =
            move || inner.whose.borrow().as_ref().is_some_and(|(whose, _)| whose.person.id == person);
        // Another page may have made them anew already: what was lost is said here, too.
        let opening = opening::person(&self.around, person, opening::fresh(&*self.around)).await?;
        let opening = Opening { lost: true, ..opening };
        // Who signed out meanwhile is not signed in again.
        let whose = self.inscribe(&opening, known, key, still_here.clone()).await?;
        if whose.is_none() || !still_here() {
            return Err(Trouble::NobodySignedIn);
        }
        self.whose.replace(whose);
        self.settle(opening);
        self.opened()
    }

    /// Writes down whose databases these are and that they are signed in, where they `still` are when the disk's turn
    /// comes; gives what memory keeps of it.
    pub async fn inscribe(
        &self,
        opening: &Opening,
        known: Known,
        key: OfficeKey,
        still: impl Fn() -> bool + 'static,
    ) -> Result<Option<(Known, OfficeKey)>, Trouble> {
        let known = Known { device: opening.counter.device, ..known };
        opening::sign(&opening.opened.work, &known.person, &key).await?;
        let phone = self.phone().await?;
        let writes = vec![
            phone.put(shelf::PEOPLE, &known.person.id.to_string(), &known)?,
            phone.put(shelf::META, shelf::CURRENT, &known.person.id)?,
            Write::Delete(shelf::META, shelf::SIGN_OUT_OWED.to_owned()),
        ];
        let task = Task { stores: shelf::PHONE, care: Care::Strict, reads: Vec::new() };
        let plan = move |_| {
            let still = still();
            Ok::<_, Trouble>((still, if still { writes.clone() } else { Vec::new() }))
        };
        let written = phone.database.run(task, plan).await?;
        self.around.set_sentinel(HANDSET.to_owned(), "kept".to_owned()).await;
        Ok(written.then_some((known, key)))
    }

    /// Keeps in memory whose databases were opened, for [`Inner::recover`].
    pub async fn keep_in_mind(&self, opened: &Opened, known: Known) -> Result<(), Trouble> {
        let reads = vec![Read::One(shelf::META, shelf::KEY.to_owned())];
        let found = opened.work.database.read(shelf::WORK, reads).await?;
        let key: Option<OfficeKey> = opened.work.only(shelf::META, found.first())?;
        self.whose.replace(key.map(|key| (known, key)));
        Ok(())
    }

    /// Says so where nobody is known here although somebody was: by the second copies of which so many `wait`, or by the
    /// sentinel alone.
    pub async fn notice_loss(&self, waiting: Option<usize>) {
        if waiting.is_some() || self.around.sentinel(HANDSET.to_owned()).await.is_some() {
            self.emit(Event::StorageLost { waiting });
        }
    }
}

impl Engine {
    /// The databases, made anew where this trouble says that they are gone.
    pub(super) async fn after(&self, trouble: Trouble) -> Result<Rc<Opened>, Trouble> {
        match trouble {
            Trouble::StorageLost => self.inner.recover().await,
            other => Err(other),
        }
    }
}
