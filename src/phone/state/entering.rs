//! Signing in and joining: what the door's pages show and do.

use super::{App, page, say};
use crate::engine::{Person, Trouble};
use domain::id::PersonId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::sign_in::{DemoPerson, Invitation, InvitationFor, OfficeCard};
use std::future::Future;

/// How often an office that could not be reached is asked again.
const ASK_AGAIN_MS: u64 = 10_000;

/// A door being opened. Copies are the same.
#[derive(Clone, Copy)]
pub struct Entering {
    app: App,
    /// What anybody may know of the office, once it answered.
    pub office: RwSignal<Option<OfficeCard>>,
    /// Whose invitation it is, once looked at.
    pub invited: RwSignal<Option<InvitationFor>>,
    /// Something is being asked of the office.
    pub busy: RwSignal<bool>,
    /// What went wrong, in a sentence.
    pub wrong: RwSignal<Option<String>>,
    /// The office cannot be reached.
    pub no_office: RwSignal<bool>,
    asking: StoredValue<bool>,
}

impl Entering {
    /// A door; the office is asked for its card, and again until it can be reached.
    pub fn new(app: App) -> Self {
        let entering = Self {
            app,
            office: RwSignal::new(None),
            invited: RwSignal::new(None),
            busy: RwSignal::new(false),
            wrong: RwSignal::new(None),
            no_office: RwSignal::new(false),
            asking: StoredValue::new(false),
        };
        entering.ask_office();
        let again = move || {
            if entering.no_office.get_untracked() {
                entering.ask_office();
            }
        };
        page::every(ASK_AGAIN_MS, again);
        page::on_network(again);
        entering
    }

    /// Asks the office for its card; that it could not be reached is over then.
    pub fn ask_office(self) {
        if self.asking.get_value() {
            return;
        }
        self.asking.set_value(true);
        let engine = self.app.engine();
        spawn_local(async move {
            let asked = engine.office_card().await;
            self.asking.try_set_value(false);
            match asked {
                Ok(card) => {
                    self.office.try_set(Some(card));
                    if self.no_office.try_get_untracked() == Some(true) {
                        self.wrong.try_set(None);
                        self.no_office.try_set(false);
                    }
                }
                Err(trouble) => {
                    leptos::logging::log!("office card: {trouble}");
                    self.no_office.try_set(true);
                }
            }
        });
    }

    /// Helpers a demonstration offers.
    pub fn demo(self) -> Vec<DemoPerson> {
        self.office.with(|office| office.as_ref().and_then(|office| office.demo.clone())).unwrap_or_default()
    }

    /// Signs in.
    pub fn sign_in(self, name: String, password: String) {
        let engine = self.app.engine();
        self.enter(async move { engine.sign_in(name.trim(), &password).await });
    }

    /// Signs in as somebody of the demonstration.
    pub fn demo_sign_in(self, person: PersonId) {
        let engine = self.app.engine();
        self.enter(async move { engine.demo_sign_in(person).await });
    }

    /// Looks whose invitation it is; spends nothing.
    pub fn look(self, invitation: Invitation) {
        let engine = self.app.engine();
        self.begin();
        spawn_local(async move {
            match engine.look_at_invitation(invitation).await {
                Ok(invited) => {
                    self.invited.try_set(Some(invited));
                }
                Err(trouble) => {
                    self.wrong.try_set(Some(say::trouble_logged("look at an invitation", &trouble)));
                }
            }
            self.busy.try_set(false);
        });
    }

    /// Sets the password and signs in with it.
    pub fn join(self, invitation: Invitation, password: String) {
        let engine = self.app.engine();
        self.enter(async move {
            let person = engine.join(invitation, &password).await?;
            page::forget_fragment();
            Ok(person)
        });
    }

    fn begin(self) {
        self.busy.set(true);
        self.wrong.set(None);
    }

    fn enter(self, asking: impl Future<Output = Result<Person, Trouble>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.begin();
        let app = self.app;
        spawn_local(async move {
            match asking.await {
                Ok(person) => {
                    app.enter(person).await;
                    app.entered.update(|entered| *entered = entered.wrapping_add(1));
                }
                Err(trouble) => {
                    if matches!(trouble, Trouble::NoAnswer(_)) {
                        self.no_office.try_set(true);
                    }
                    self.wrong.try_set(Some(say::trouble_logged("sign in", &trouble)));
                }
            }
            self.busy.try_set(false);
        });
    }
}
