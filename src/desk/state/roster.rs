//! A roster on its way into the office: a file is sent, looked at as often as a person changes their mind, and taken in
//! as it was last shown. While it is looked at again the old look stays.

use super::desk::Desk;
use crate::{platform, trouble::Trouble};
use answers::Answers;
use domain::{
    day::Day,
    id::{ImportId, UnitId},
};
use done::Done;
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    roster::{RosterAsked, RosterFile, RosterMapping, RosterPlan, RosterPreview, RosterTaken},
    sign_in::RefusalCode,
};
use std::sync::Arc;
use web_sys::File;

pub mod answers;

pub mod columns;

pub mod done;

pub mod findings;

pub mod problem_list;

pub mod whose;

/// What the office takes of one file; more is refused before it is sent.
const FILE_BYTES_MAX: f64 = 20.0 * 1024.0 * 1024.0;

/// The first day that a roster may be of.
pub fn first_day() -> Option<Day> {
    Day::new(2000, 1, 1)
}

/// What goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Going {
    /// Nothing: a person's turn.
    Nothing,
    /// The file is being sent, so many per cent of it.
    Sending(u32),
    /// The office looks at it.
    Reading,
    /// The office takes it in.
    TakingIn,
}

/// Why it does not go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stuck {
    /// The file is larger than the office takes.
    TooLarge,
    /// The file was not sent whole.
    NotSent(Trouble),
    /// It was not looked at.
    NotRead(Trouble),
    /// It may or may not have been taken in.
    NotTakenIn(Trouble),
}

/// The file in hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The office's word for it, once it is there.
    pub file: Option<String>,
}

/// The roster of a page.
#[derive(Clone, Copy)]
pub struct Roster {
    desk: Desk,
    /// The unit that a person said the file is of.
    unit: RwSignal<Option<UnitId>>,
    /// The day as of which it holds; none = a person has to say, and nothing is read.
    pub day: RwSignal<Option<Day>>,
    /// Whether a person said the day; until then it is the file's own.
    pub day_told: RwSignal<bool>,
    /// The file.
    pub named: RwSignal<Option<Named>>,
    /// What goes on.
    pub going: RwSignal<Going>,
    /// Why it does not.
    pub stuck: RwSignal<Option<Stuck>>,
    /// What the office saw when it last looked.
    pub preview: RwSignal<Option<Arc<RosterPreview>>>,
    /// Which column holds what, as it is shown.
    pub mapping: RwSignal<RosterMapping>,
    /// What a person said of rows and helpers.
    pub answers: RwSignal<Answers>,
    /// The look had to be made anew, for something changed at the office meanwhile.
    pub anew: RwSignal<bool>,
    /// What was taken in.
    pub done: RwSignal<Option<Done>>,
    told: RwSignal<bool>,
    import: StoredValue<ImportId>,
    round: StoredValue<u32>,
    bytes: StoredValue<Option<File>, LocalStorage>,
}

impl Roster {
    /// None in hand yet.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            unit: RwSignal::new(None),
            day: RwSignal::new(Some(desk.today())),
            day_told: RwSignal::new(false),
            named: RwSignal::new(None),
            going: RwSignal::new(Going::Nothing),
            stuck: RwSignal::new(None),
            preview: RwSignal::new(None),
            mapping: RwSignal::new(RosterMapping::default()),
            answers: RwSignal::new(Answers::default()),
            anew: RwSignal::new(false),
            done: RwSignal::new(None),
            told: RwSignal::new(false),
            import: StoredValue::new(platform::import_id()),
            round: StoredValue::new(0),
            bytes: StoredValue::new_local(None),
        }
    }

    /// What taking it in would do, followed.
    pub fn plan(self) -> Option<Arc<RosterPlan>> {
        self.preview.with(|preview| preview.as_ref()?.plan.clone()).map(Arc::new)
    }

    /// Whether a person said something of the columns, followed: it is remembered even where no household changes.
    pub fn says_more(self) -> bool {
        self.told.get()
    }

    /// Whether it is being taken in, followed: nothing of it can be changed then.
    pub fn is_taking_in(self) -> bool {
        self.going.get() == Going::TakingIn
    }

    /// A file was chosen: all that was said of an earlier one is forgotten.
    pub fn choose(self, file: File) {
        if untrack(|| self.is_taking_in()) {
            return;
        }
        self.forget();
        self.named.set(Some(Named { name: file.name(), file: None }));
        if file.size() > FILE_BYTES_MAX {
            return self.stuck.set(Some(Stuck::TooLarge));
        }
        self.bytes.set_value(Some(file));
        self.send();
    }

    /// Nothing in hand, as at the beginning; the unit stays. Another file may be of another day.
    pub fn forget(self) {
        self.round.update_value(|round| *round = round.wrapping_add(1));
        self.going.set(Going::Nothing);
        self.stuck.set(None);
        self.preview.set(None);
        self.mapping.set(RosterMapping::default());
        self.answers.set(Answers::default());
        self.anew.set(false);
        self.done.set(None);
        self.named.set(None);
        self.told.set(false);
        self.day_told.set(false);
        self.day.set(Some(self.desk.today()));
        self.bytes.set_value(None);
    }

    /// Sends the file, or sends it again.
    pub fn send(self) {
        let (Some(file), Some(named)) = (self.bytes.get_value(), self.named.get_untracked()) else { return };
        let path = format!("/api/roster/files{}", super::query::write(&[("name", cut(&named.name))]));
        let round = self.begin(Going::Sending(0));
        let sent = move |per_cent| {
            if self.round.try_get_value() == Some(round) {
                self.going.set(Going::Sending(per_cent));
            }
        };
        spawn_local(async move {
            let answer = self.desk.bring::<RosterFile>(&path, &file, sent).await;
            if !self.ends(round) {
                return;
            }
            match answer {
                Ok(brought) => {
                    self.named.update(|named| {
                        if let Some(named) = named {
                            named.file = Some(brought.file);
                        }
                    });
                    self.read();
                }
                Err(trouble) => self.stuck.set(Some(Stuck::NotSent(trouble))),
            }
        });
    }

    /// Has the office look at it, or look again. What is taken in after it is another import.
    pub fn read(self) {
        self.import.set_value(platform::import_id());
        let Some(asked) = untrack(|| self.asked(String::new())) else { return };
        let round = self.begin(Going::Reading);
        spawn_local(async move {
            let answer = self.desk.post::<RosterPreview>("/api/roster/preview", &asked).await;
            if !self.ends(round) {
                return;
            }
            match answer {
                Ok(preview) => self.look(preview),
                Err(trouble) if self.is_gone(&trouble) => self.send(),
                Err(trouble) => {
                    leptos::logging::warn!("{trouble}");
                    self.stuck.set(Some(Stuck::NotRead(trouble)));
                }
            }
        });
    }

    fn look(self, preview: RosterPreview) {
        let again = preview
            .plan
            .as_ref()
            .is_some_and(|plan| self.answers.try_update(|answers| answers.meet(plan)).unwrap_or(false));
        if again {
            // The rows were told anew what they are; this look did not know it yet.
            return self.read();
        }
        if let Some(plan) = preview.plan.as_ref().filter(|_| !self.day_told.get_untracked()) {
            self.day.set(Some(plan.day));
        }
        // Where no header is found, what a person said of the columns is all there is.
        if !preview.mapping.columns.is_empty() || self.mapping.with_untracked(|told| told.columns.is_empty())
        {
            let read = self.mapping.with_untracked(|told| columns::with_ticks_of(&preview.mapping, told));
            self.mapping.set(read);
        }
        self.preview.set(Some(Arc::new(preview)));
    }

    /// Takes it in as it was last shown. Sent twice, it goes in once.
    pub fn take_in(self) {
        let Some(plan) = untrack(|| self.plan()) else { return };
        let Some(asked) = untrack(|| self.asked(plan.stamp.clone())) else { return };
        if self.going.get_untracked() != Going::Nothing {
            return;
        }
        let round = self.begin(Going::TakingIn);
        self.anew.set(false);
        spawn_local(async move {
            let answer = self.desk.post::<RosterTaken>("/api/roster/imports", &asked).await;
            let answer = match answer {
                Ok(taken) => {
                    self.desk.wrote();
                    Ok(Done::of(self.desk, taken, plan).await)
                }
                Err(trouble) => Err(trouble),
            };
            if !self.ends(round) {
                return;
            }
            match answer {
                Ok(done) => self.done.set(Some(done)),
                Err(trouble) if trouble.code() == Some(RefusalCode::RosterChanged) => {
                    self.anew.set(true);
                    self.read();
                }
                Err(trouble) if self.is_gone(&trouble) => {
                    self.anew.set(true);
                    self.send();
                }
                Err(trouble) => self.stuck.set(Some(Stuck::NotTakenIn(trouble))),
            }
        });
    }

    /// The file holds as of another day; one that no roster is of is none.
    pub fn set_day(self, day: Option<Day>) {
        let today = self.desk.today();
        self.change(|| {
            self.day_told.set(true);
            self.day.set(day.filter(|day| Some(*day) >= first_day() && *day <= today));
        });
    }

    /// A person changes something, and the office looks again; nothing is changed while it is taken in.
    fn change(self, change: impl FnOnce()) {
        if !untrack(|| self.is_taking_in()) {
            change();
            self.read();
        }
    }

    /// A person says something else of the columns: what was said of rows holds for the same rows only.
    pub fn map(self, change: impl FnOnce(&mut RosterMapping)) {
        self.change(|| {
            self.mapping.update(change);
            self.told.set(true);
            self.answers.update(Answers::lift);
        });
    }

    /// A text names this category, or none; nothing said any more where it is taken back.
    pub fn name_category(self, written: &str, is: columns::Named) {
        self.map(|mapping| columns::name_category(mapping, written, is));
    }

    /// Whether a column is written again when the roster is exported: nothing else changes by it.
    pub fn export(self, at: u16, exported: bool) {
        if untrack(|| self.is_taking_in()) {
            return;
        }
        self.told.set(true);
        self.mapping.update(|mapping| {
            mapping
                .columns
                .iter_mut()
                .filter(|column| column.at == at)
                .for_each(|one| one.exported = exported);
        });
        // It may have gone in without this: then it is another import.
        if self.stuck.with_untracked(|stuck| matches!(stuck, Some(Stuck::NotTakenIn(_)))) {
            self.read();
        }
    }

    /// A person says something of a row or a helper.
    pub fn answer(self, change: impl FnOnce(&mut Answers)) {
        self.change(|| self.answers.update(change));
    }

    fn asked(self, seen: String) -> Option<RosterAsked> {
        let file = self.named.get()?.file?;
        let (households, persons) = self.answers.with(Answers::told);
        Some(RosterAsked {
            file,
            import: self.import.get_value(),
            unit: self.unit()?,
            day: if self.day_told.get() { Some(self.day.get()?) } else { None },
            mapping: self.told.get().then(|| self.mapping.get()),
            households,
            persons,
            seen,
        })
    }

    /// The office let the file go, for another was brought or a day went by; it is still here to be sent.
    fn is_gone(self, trouble: &Trouble) -> bool {
        let is_here = self.bytes.try_with_value(Option::is_some).unwrap_or(false);
        is_here && trouble.code() == Some(RefusalCode::RosterFileGone)
    }

    fn begin(self, going: Going) -> u32 {
        self.going.set(going);
        self.stuck.set(None);
        let round = self.round.get_value().wrapping_add(1);
        self.round.set_value(round);
        round
    }

    /// Whether nothing newer was begun, nor the page left; then nothing goes on any more.
    fn ends(self, round: u32) -> bool {
        let is_last = self.round.try_get_value() == Some(round);
        if is_last {
            self.going.set(Going::Nothing);
        }
        is_last
    }
}

/// The office keeps so much of a file's name; its end says what it is.
fn cut(name: &str) -> String {
    let too_many = name.chars().count().saturating_sub(200);
    name.chars().skip(too_many).collect()
}
