//! Who is signed in on this phone: sign-in, joining, signing out, and what the handset remembers of it.

use super::{Engine, Event, Inner, Person, Trouble, opening, rounds, rows::Rows, sending::waiting, shelf};
use crate::{
    link,
    store::{Care, Read, Task, Write},
};
use domain::id::{DeviceId, PersonId};
use protocol::sign_in::{
    DemoSignIn, Invitation, InvitationFor, Join, LookAtInvitation, Me, OfficeCard, Role, SessionKind, SignIn,
};
use serde::{Deserialize, Serialize};
use std::{future::Future, rc::Rc};

/// Somebody who signed in on this phone at some time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Who.
    pub person: Person,
    /// The name they sign in with; empty where a demonstration signed them in.
    pub login: String,
    /// Their device here, as the office was last told.
    pub device: DeviceId,
}

/// What the handset remembers.
pub struct Remembered {
    /// Who is signed in.
    pub current: Option<PersonId>,
    /// Everybody who ever signed in here.
    pub known: Vec<Known>,
    /// The office has not heard of the last sign-out.
    pub sign_out_owed: bool,
}

/// Reads what the handset remembers.
pub async fn remembered(phone: &Rows) -> Result<Remembered, Trouble> {
    let meta = |key: &str| Read::One(shelf::META, key.to_owned());
    let reads = vec![meta(shelf::CURRENT), meta(shelf::SIGN_OUT_OWED), Read::All(shelf::PEOPLE)];
    let found = phone.database.read(shelf::PHONE, reads).await?;
    // Who was here once and cannot be read signs in anew; their databases carry their own names.
    let known = found.get(2).map(|found| phone.values(shelf::PEOPLE, found).0).unwrap_or_default();
    Ok(Remembered {
        current: phone.only(shelf::META, found.first())?,
        known: known.into_iter().map(|(_, known)| known).collect(),
        sign_out_owed: found.get(1).is_some_and(|found| !found.is_empty()),
    })
}

impl Engine {
    /// What anybody may know of the office: its name, and whom a demonstration offers. Needs a network.
    pub async fn office_card(&self) -> Result<OfficeCard, Trouble> {
        Ok(link::get("/api/office").await?)
    }

    /// Signs in with name and password, opens the person's databases, begins the first fetch.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Person, Trouble> {
        let device = self.inner.device_of(|known| known.login == name).await?;
        self.inner.let_leave().await;
        let asked = SignIn {
            name: name.to_owned(),
            password: password.to_owned(),
            kind: SessionKind::Phone,
            device: Some(device),
        };
        let me = link::post("/api/sign-in", &asked).await?;
        self.inner.enter(me, name, device).await
    }

    /// Whose invitation this is; spends nothing.
    pub async fn look_at_invitation(&self, invitation: Invitation) -> Result<InvitationFor, Trouble> {
        Ok(link::post("/api/join/look", &LookAtInvitation { invitation }).await?)
    }

    /// Spends an invitation by setting the password; then as [`Engine::sign_in`].
    pub async fn join(&self, invitation: Invitation, password: &str) -> Result<Person, Trouble> {
        let login = match &invitation {
            Invitation::Code { name, .. } => name.clone(),
            Invitation::Link { .. } => self.look_at_invitation(invitation.clone()).await?.name,
        };
        let device = self.inner.device_of(|known| known.login == login).await?;
        self.inner.let_leave().await;
        let password = password.to_owned();
        let asked = Join { invitation, password, kind: SessionKind::Phone, device: Some(device) };
        let me = link::post("/api/join", &asked).await?;
        self.inner.enter(me, &login, device).await
    }

    /// Signs in as one of the people a demonstration offers; then as [`Engine::sign_in`].
    pub async fn demo_sign_in(&self, person: PersonId) -> Result<Person, Trouble> {
        let device = self.inner.device_of(|known| known.person.id == person).await?;
        self.inner.let_leave().await;
        let asked = DemoSignIn { person, kind: SessionKind::Phone, device: Some(device) };
        let me = link::post("/api/demo/sign-in", &asked).await?;
        self.inner.enter(me, "", device).await
    }

    /// Signs out on this phone, also without a network. Drafts and unsent entries stay; what is unsent
    /// can still leave. Gives how many are unsent.
    pub async fn sign_out(&self) -> Result<usize, Trouble> {
        self.inner.leave().await
    }
}

impl Inner {
    /// The device to name at a sign-in: the one this person has here, else a new one.
    pub async fn device_of(&self, is: impl Fn(&Known) -> bool) -> Result<DeviceId, Trouble> {
        let remembered = remembered(&self.phone().await?).await?;
        let known = remembered.known.into_iter().find(is).map(|known| known.device);
        Ok(known.unwrap_or_else(|| opening::fresh(&*self.around)))
    }

    /// The office let them in: opens their databases and remembers them.
    pub async fn enter(self: &Rc<Self>, me: Me, login: &str, device: DeviceId) -> Result<Person, Trouble> {
        let person = Person {
            id: me.person,
            name: me.name.clone(),
            login: login.trim().to_owned(),
            union_name: me.union_name.clone(),
            utc_offset_minutes: me.utc_offset_minutes,
            helper: me.is(Role::Helper),
        };
        let opening = opening::person(&self.around, me.person, device).await?;
        let known = Known { person: person.clone(), login: login.to_owned(), device };
        let whose = self.while_nobody(self.inscribe(&opening, known, me.key, || true)).await?;
        self.whose.replace(whose);
        self.around.forget_signed_out();
        self.settle(opening);
        Ok(person)
    }

    /// A person's databases are open: they are the ones from now on.
    pub fn settle(self: &Rc<Self>, opening: opening::Opening) {
        let (opened, lost) = (Rc::new(opening.opened), opening.lost);
        self.leaving.borrow_mut().retain(|leaving| leaving.person != opened.person);
        let before = self.here.replace(Some(Rc::clone(&opened)));
        if let Some(before) = before.filter(|before| before.person != opened.person) {
            self.leaving.borrow_mut().push(before);
        }
        self.received.borrow_mut().clear();
        self.listen();
        self.agree_soon(&opened, lost);
        rounds::chance(self);
    }

    /// Forgets who is signed in, first here, then at the office.
    pub async fn leave(self: &Rc<Self>) -> Result<usize, Trouble> {
        let opened = self.opened()?;
        let unsent = waiting(&opened).await?;
        let phone = self.phone().await?;
        let owed = phone.put(shelf::META, shelf::SIGN_OUT_OWED, &true)?;
        self.let_go(&phone, vec![owed]).await?;
        self.pay_sign_out().await;
        rounds::chance(self);
        Ok(unsent)
    }

    /// Whoever signed out at the desk, or in another page of this app, signed out here, too; the office knows already.
    /// The page that heeds the mark first takes it away: the others see it by who is signed in on the disk.
    pub async fn heed_sign_out(&self) -> Result<(), Trouble> {
        let phone = self.phone().await?;
        if self.around.signed_out_elsewhere() {
            // A disk that was thrown away does not remember who is here.
            let somebody = self.here.borrow().is_some() || remembered(&phone).await?.current.is_some();
            self.let_go(&phone, Vec::new()).await?;
            self.around.forget_signed_out();
            if somebody {
                self.emit(Event::SignedOut);
            }
            return Ok(());
        }
        let Some(whose) = self.whose() else { return Ok(()) };
        let remembered = remembered(&phone).await?;
        // A disk that remembers nothing of them was lost; nobody signed out.
        let is_known = remembered.known.iter().any(|known| known.person.id == whose);
        if is_known && remembered.current != Some(whose) && self.whose() == Some(whose) {
            self.whose.replace(None);
            self.leaving.borrow_mut().extend(self.here.replace(None));
            self.emit(Event::SignedOut);
        }
        Ok(())
    }

    /// Whom memory holds; nobody while that changes on the disk.
    fn whose(&self) -> Option<PersonId> {
        self.whose.borrow().as_ref().map(|(known, _)| known.person.id)
    }

    /// Nobody is signed in here from now on, on the disk and in memory.
    async fn let_go(&self, phone: &Rows, mut writes: Vec<Write>) -> Result<(), Trouble> {
        writes.push(Write::Delete(shelf::META, shelf::CURRENT.to_owned()));
        self.while_nobody(write(phone, writes)).await?;
        // Whatever was still being saved leaves, too; a round lets go of who has nothing left.
        self.leaving.borrow_mut().extend(self.here.replace(None));
        Ok(())
    }

    /// Changes on the disk who is signed in. Meanwhile memory knows nobody, so that a recovery under way does not write
    /// them down again; where the disk does not take it, all is as it was.
    async fn while_nobody<T>(&self, change: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
        let before = self.whose.replace(None);
        let done = change.await;
        if done.is_err() {
            self.whose.replace(before);
        }
        done
    }

    /// Tells the office of a sign-out; without a network it stays owed until the next start or chance.
    pub async fn pay_sign_out(&self) {
        let paid = match link::tell("/api/sign-out", &serde_json::json!({})).await {
            Ok(()) => true,
            Err(error) => error.is_sign_in_needed(),
        };
        if paid && let Ok(phone) = self.phone().await {
            let owed = Write::Delete(shelf::META, shelf::SIGN_OUT_OWED.to_owned());
            self.noted(write(&phone, vec![owed]).await);
        }
    }
}

/// Writes to the handset's own database.
pub async fn write(phone: &Rows, writes: Vec<Write>) -> Result<(), Trouble> {
    let task = Task { stores: shelf::PHONE, care: Care::Strict, reads: Vec::new() };
    phone.database.run(task, move |_| Ok(((), writes.clone()))).await
}
