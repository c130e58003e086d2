//! The desk itself: session, page, units, and what has just been said. One value, handed down as
//! context; every question to the office goes through it, so that a session that ended is noticed
//! in one place.

use super::{
    history,
    place::Page,
    question::Question,
    reading::Reading,
    rights::{self, Doing},
    tree::Tree,
};
use crate::{link, platform, trouble::Trouble};
use domain::{day::Day, id::UnitId};
use leptos::prelude::*;
use protocol::{
    desk::{Invited, UnitRow},
    sign_in::{Me, OfficeCard, RefusalCode},
};
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, sync::Arc, time::Duration};
use web_sys::{Blob, File};

/// How long a sentence at the bottom stays.
const TOAST_STAYS: Duration = Duration::from_secs(6);

/// Who sits at the desk.
#[derive(Clone, PartialEq, Debug)]
pub enum Session {
    /// Not known yet: the office has been asked.
    Unknown,
    /// The office could not be asked.
    Unreached(Trouble),
    /// Nobody.
    Out,
    /// This person. A session that has ended since is still this person's, see [`Desk::expired`].
    In(Arc<Me>),
}

/// The desk.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Who sits there.
    pub session: RwSignal<Session>,
    /// The session ended while a page was open: the page stays, and asks to sign in over it.
    pub expired: RwSignal<bool>,
    /// The page shown.
    pub page: RwSignal<Page>,
    /// The page, whatever is sought on it: turned to another, all figures beside it are asked for again.
    pub turned: Memo<Page>,
    /// The unit last looked at; none = the whole scope.
    pub unit: RwSignal<Option<UnitId>>,
    /// The page from which the household shown was opened.
    pub back: RwSignal<Page>,
    /// Counts what was written: whoever shows something reads it again.
    pub changed: RwSignal<u32>,
    /// A sentence at the bottom.
    pub toast: RwSignal<Option<String>>,
    /// What anybody may know of the office.
    pub office: RwSignal<Option<OfficeCard>>,
    /// Invitations that were just made: their codes are shown until somebody says that they are handed out.
    pub invited: RwSignal<Option<Vec<Invited>>>,
    /// The units in scope.
    pub tree: RwSignal<Arc<Tree>>,
    /// How far the office's clock is ahead.
    clock_ahead_ms: RwSignal<i64>,
}

impl Desk {
    /// A desk nobody sits at yet.
    pub fn new() -> Self {
        let page = history::follow();
        let desk = Self {
            session: RwSignal::new(Session::Unknown),
            expired: RwSignal::new(false),
            page,
            turned: Memo::new(move |_| page.with(without_search)),
            unit: RwSignal::new(page.with_untracked(Page::unit)),
            back: RwSignal::new(Page::list(None, "")),
            changed: RwSignal::new(0),
            toast: RwSignal::new(None),
            office: RwSignal::new(None),
            invited: RwSignal::new(None),
            tree: RwSignal::new(Arc::default()),
            clock_ahead_ms: RwSignal::new(0),
        };
        Effect::new(move |_| {
            let page = page.get();
            if !matches!(page, Page::Household(_) | Page::NewHousehold(_)) {
                desk.back.set(page.clone());
            }
            let about_units = matches!(
                page,
                Page::Coverage(_)
                    | Page::Households(_)
                    | Page::Todo(_)
                    | Page::TodoList(..)
                    | Page::Helpers(_)
            );
            if about_units {
                desk.unit.set(page.unit());
            }
        });
        desk
    }

    /// The person at the desk, followed.
    pub fn me(self) -> Option<Arc<Me>> {
        match self.session.get() {
            Session::In(me) => Some(me),
            Session::Unknown | Session::Unreached(_) | Session::Out => None,
        }
    }

    /// The person at the desk now. A page does not outlive its person: the frame makes it anew.
    pub fn me_now(self) -> Option<Arc<Me>> {
        untrack(|| self.me())
    }

    /// Somebody signed in.
    pub fn enter(self, me: Me) {
        self.clock_ahead_ms.set(me.server_time_ms.saturating_sub(platform::now_ms()));
        self.expired.set(false);
        if self.me_now().is_none_or(|before| before.person != me.person) {
            self.invited.set(None);
        }
        self.session.set(Session::In(Arc::new(me)));
        self.wrote();
    }

    /// Nobody is signed in any more; nothing of what was shown stays.
    pub fn leave(self) {
        self.session.set(Session::Out);
        self.tree.set(Arc::default());
        self.invited.set(None);
        self.unit.set(None);
        self.expired.set(false);
    }

    /// The union has another name now.
    pub fn renamed(self, union_name: &str) {
        if let Session::In(me) = self.session.get_untracked() {
            let me = Me { union_name: union_name.to_owned(), ..(*me).clone() };
            self.session.set(Session::In(Arc::new(me)));
        }
    }

    /// Something was written: what is shown is read again.
    pub fn wrote(self) {
        self.changed.update(|count| *count = count.wrapping_add(1));
    }

    /// The office's clock now.
    pub fn office_ms(self) -> i64 {
        platform::now_ms().saturating_add(self.clock_ahead_ms.get_untracked())
    }

    /// The union's time zone.
    pub fn utc_offset_minutes(self) -> i32 {
        self.me_now().map_or(480, |me| me.utc_offset_minutes)
    }

    /// The day it is for the union.
    pub fn today(self) -> Day {
        Day::at(self.office_ms(), self.utc_offset_minutes())
    }

    /// Whether the person may do this anywhere.
    pub fn may(self, doing: Doing) -> bool {
        self.me_now().is_some_and(|me| rights::may(&me, doing))
    }

    /// Whether the person may do this in a unit; without a unit, whether they may anywhere.
    pub fn may_in(self, doing: Doing, unit: Option<UnitId>) -> bool {
        let Some(me) = self.me_now() else { return false };
        match unit {
            Some(unit) => self.tree.with_untracked(|tree| rights::may_in(&me, doing, unit, tree)),
            None => rights::may(&me, doing),
        }
    }

    /// The tops of what the person may do this with, followed.
    pub fn tops(self, doing: Doing) -> Vec<UnitId> {
        self.me().map_or_else(Vec::new, |me| self.tree.with(|tree| rights::tops(&me, doing, tree)))
    }

    /// The unit a page is about: the one it names, else the first top of what one may read.
    pub fn unit_of(self, named: Option<UnitId>) -> Option<UnitId> {
        named.or_else(|| self.tops(Doing::Read).first().copied())
    }

    /// Says something at the bottom, for as long as it takes to read it.
    pub fn say(self, sentence: &str) {
        self.toast.set(Some(sentence.to_owned()));
        let said = sentence.to_owned();
        let take_away = move || {
            if self.toast.with_untracked(|toast| toast.as_ref() == Some(&said)) {
                self.toast.set(None);
            }
        };
        set_timeout(take_away, TOAST_STAYS);
    }

    /// Goes to a page.
    pub fn go(self, page: &Page) {
        history::go(self.page, page);
    }

    /// Asks the office, tracking nothing.
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Trouble> {
        self.watch(link::get(path)).await
    }

    /// The same, where something may travel beside the path.
    pub async fn ask<T: DeserializeOwned>(self, question: &Question) -> Result<T, Trouble> {
        match &question.sought {
            Some(sought) => self.post(&question.path, sought).await,
            None => self.get(&question.path).await,
        }
    }

    /// Sends to the office.
    pub async fn post<T: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<T, Trouble> {
        self.watch(link::post(path, body)).await
    }

    /// Replaces something at the office.
    pub async fn put<T: DeserializeOwned>(self, path: &str, body: &impl Serialize) -> Result<T, Trouble> {
        self.watch(link::put(path, body)).await
    }

    /// Sends a file to the office, and says as it goes how many per cent have left.
    pub async fn bring<T: DeserializeOwned>(
        self,
        path: &str,
        file: &File,
        sent: impl FnMut(u32) + 'static,
    ) -> Result<T, Trouble> {
        self.watch(link::bring(path, file, sent)).await
    }

    /// Asks the office for a file: its name, and what is in it.
    pub async fn post_for_file(self, path: &str, body: &impl Serialize) -> Result<(String, Blob), Trouble> {
        self.watch(link::post_for_file(path, body)).await
    }

    /// Notices that the session has ended.
    async fn watch<T>(self, asked: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
        let answer = asked.await;
        let ended = answer.as_ref().err().and_then(Trouble::code) == Some(RefusalCode::SignInNeeded);
        if ended && matches!(self.session.get_untracked(), Session::In(_)) {
            self.expired.set(true);
        }
        answer
    }

    /// Keeps the tree of units as the office has it, while somebody is signed in.
    pub fn follow_units(self) -> Reading<Vec<UnitRow>> {
        let reading = Reading::follow(self, || Some("/api/units".to_owned()));
        Effect::new(move |_| {
            if let Some(rows) = reading.value.get() {
                self.tree.set(Arc::new(Tree::new(rows, ui::words::desk_forms().unnamed())));
            }
        });
        reading
    }
}

fn without_search(page: &Page) -> Page {
    match page {
        Page::Households(asked) => Page::list(asked.unit, ""),
        other => other.clone(),
    }
}

/// The desk of this page.
pub fn use_desk() -> Desk {
    expect_context()
}
