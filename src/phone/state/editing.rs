//! A draft under the helper's hands: kept on every change, finished once.
//!
//! What is tapped or typed is kept at once, and while somebody goes on typing, some times a second; leaving a field, hiding
//! the page or going Back keeps what is left. Where another page went on with the draft, nothing is written over. It does
//! not know what the form is about.

use super::{App, Phase, page, say};
use crate::engine::{Draft, Hand, Keeper, Trouble};
use domain::{entry::Act, id::EntryId, verbatim::Verbatim};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How long somebody may go on typing before it is kept again.
const KEEP_AFTER_MS: u64 = 150;

/// How long the page may be scrolled on before it is kept where.
const SCROLLED_AFTER_MS: u64 = 600;

/// How long a save may take before the screen says that it is under way.
const SAY_BUSY_AFTER_MS: u64 = 150;

/// What lies in a draft's `form`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Kept<F> {
    /// It was on the screen when it was kept: the app opens on it.
    pub open: bool,
    /// How far the page was scrolled.
    #[serde(default)]
    pub scroll_px: i32,
    /// Nothing was entered since it was begun: whoever leaves it leaves nothing behind.
    #[serde(default)]
    pub untouched: bool,
    /// The form.
    pub form: F,
}

/// Whether the disk has what the screen shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Keeping {
    /// It has.
    Kept,
    /// Not yet.
    Pending,
    /// It could not; the sentence says what to do.
    Failed(String),
}

/// A draft being edited. Copies are the same draft.
pub struct Editing<F: 'static> {
    app: App,
    page: u32,
    keeper: StoredValue<Keeper, LocalStorage>,
    draft: StoredValue<Draft>,
    /// The form.
    pub form: RwSignal<F>,
    /// Whether the disk has it.
    pub keeping: RwSignal<Keeping>,
    going: StoredValue<bool>,
    /// It is being finished, and that takes a while.
    pub busy: RwSignal<bool>,
    /// Why it could not be finished.
    pub failed: RwSignal<Option<String>>,
    /// When it was last kept, phone's clock.
    pub kept_ms: RwSignal<i64>,
    scroll_px: StoredValue<i32>,
    untouched: StoredValue<bool>,
    scrolled: StoredValue<bool>,
    timer: StoredValue<bool>,
    done: StoredValue<bool>,
}

impl<F> Clone for Editing<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for Editing<F> {}

impl<F> Editing<F>
where
    F: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Takes a draft up; `None` when its form cannot be read.
    pub fn open(app: App, draft: Draft) -> Option<Self> {
        let kept: Kept<F> = draft.form.read()?;
        let (_, [a, b, c, d, ..]) = app.engine().fresh();
        let editing = Self {
            app,
            page: u32::from_le_bytes([a, b, c, d]),
            keeper: StoredValue::new_local(app.engine().keeper()?),
            form: RwSignal::new(kept.form),
            keeping: RwSignal::new(Keeping::Kept),
            going: StoredValue::new(false),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            kept_ms: RwSignal::new(draft.saved_at_ms),
            scroll_px: StoredValue::new(kept.scroll_px),
            untouched: StoredValue::new(kept.untouched),
            scrolled: StoredValue::new(false),
            timer: StoredValue::new(false),
            done: StoredValue::new(false),
            draft: StoredValue::new(Draft { seen: draft.hand, ..draft }),
        };
        app.form_open.set(true);
        page::hold_name(&format!("{}{}", ui::signed_out::FORM_OPEN, editing.id()));
        editing.write(true);
        on_cleanup(move || {
            app.form_open.set(false);
            if editing.done.get_value() {
                return;
            }
            // Whoever was signed out from elsewhere did not leave the form: it opens again when they come back.
            let left = app.phase.get_untracked() != Phase::SignedOut;
            if left && editing.untouched.get_value() {
                editing.drop_it();
            } else {
                editing.write(!left);
            }
        });
        // Only what is not kept yet: WebKit keeps a write that a page begins as it goes away waiting for ever, and with it
        // every page that is opened after.
        page::on_hiding(move || editing.keep_now());
        page::on_scroll(move || {
            editing.scroll_px.try_set_value(page::scroll_px());
            let is_first = editing.scrolled.try_get_value() == Some(false);
            if is_first && editing.scrolled.try_set_value(true).is_none() {
                page::after(SCROLLED_AFTER_MS, move || editing.keep_place());
            }
        });
        Some(editing)
    }

    /// Where the page was scrolled to when the draft was kept.
    pub fn scroll_px(self) -> i32 {
        self.scroll_px.get_value()
    }

    /// The draft's id.
    pub fn id(self) -> EntryId {
        self.draft.with_value(|draft| draft.id)
    }

    /// The draft as it would be kept now.
    pub fn draft(self, open: bool) -> Draft {
        let kept = Kept {
            open,
            scroll_px: self.scroll_px.get_value(),
            untouched: self.untouched.get_value(),
            form: self.form.get_untracked(),
        };
        let mut draft = self.draft.get_value();
        draft.form = Verbatim::of(&kept);
        draft.saved_at_ms = self.app.engine().now_ms();
        draft
    }

    /// Changes the form. The disk has it at once, but for what is typed on within a moment.
    pub fn change(self, change: impl FnOnce(&mut F)) {
        self.form.update(change);
        self.draft.update_value(|draft| {
            draft.hand = Hand { page: self.page, changes: draft.hand.changes.wrapping_add(1) };
        });
        self.untouched.set_value(false);
        self.failed.set(None);
        self.keeping.set(Keeping::Pending);
        if !self.timer.get_value() {
            self.write(true);
            self.timer.set_value(true);
            page::after(KEEP_AFTER_MS, move || {
                if self.timer.try_set_value(false).is_none() {
                    self.keep_now();
                }
            });
        }
    }

    /// Keeps at once what is not kept yet; what is finished, or about to be, is not brought back.
    pub fn keep_now(self) {
        let is_kept = || self.keeping.try_with_untracked(|keeping| *keeping == Keeping::Kept) != Some(false);
        if self.is_open() && !is_kept() {
            self.write(true);
        }
    }

    /// Neither finished nor about to be.
    fn is_open(self) -> bool {
        self.going.try_get_value() == Some(false) && self.done.try_get_value() == Some(false)
    }

    /// Keeps how far the page was scrolled.
    fn keep_place(self) {
        if self.scrolled.try_get_value() == Some(true) && self.is_open() {
            self.write(true);
        }
    }

    /// A field was left: keeps at once what is not kept yet, unless the next thing is to save it for good.
    pub fn left(self, event: &web_sys::FocusEvent) {
        if !page::goes_to_finish(event) {
            self.keep_now();
        }
    }

    fn write(self, open: bool) {
        let draft = self.draft(open);
        self.scrolled.set_value(false);
        self.app.remember_draft(&draft);
        let keeper = self.keeper.get_value();
        spawn_local(async move {
            let result = keeper.keep(&draft).await;
            match result {
                Ok(()) => {
                    // Only what was written is kept; what was typed meanwhile has its own turn.
                    let same = self.draft.try_update_value(|here| {
                        here.seen = draft.hand;
                        here.hand == draft.hand
                    });
                    self.kept_ms.try_set(draft.saved_at_ms);
                    if same == Some(true) {
                        self.keeping.try_set(Keeping::Kept);
                    }
                }
                // Nothing was changed here since: what the other page wrote is read and gone on with.
                Err(Trouble::KeptElsewhere) if draft.hand == draft.seen => page::reload(),
                Err(trouble) => {
                    let sentence = say::trouble_logged("keep a draft", &trouble);
                    // What stands above the form already needs no second telling.
                    if self.failed.try_with_untracked(|failed| failed.as_ref() == Some(&sentence))
                        != Some(true)
                    {
                        self.app.say(sentence.clone());
                    }
                    self.keeping.try_set(Keeping::Failed(sentence));
                }
            }
        });
    }

    /// Saves the acts in order, this draft's own last; `then` is called only when the disk has them all.
    pub fn finish(self, acts: Vec<(Draft, Act)>, then: impl FnOnce(App) + 'static) {
        if self.going.get_value() {
            return;
        }
        self.going.set_value(true);
        // A save is over before an eye could read that it is under way: nothing is drawn anew before it.
        page::after(SAY_BUSY_AFTER_MS, move || {
            if self.going.try_get_value() == Some(true) {
                self.busy.try_set(true);
            }
        });
        if self.failed.with_untracked(Option::is_some) {
            self.failed.set(None);
        }
        let (app, engine) = (self.app, self.app.engine());
        spawn_local(async move {
            for (draft, act) in acts {
                if let Err(trouble) = engine.save(&draft, &act).await {
                    self.failed.try_set(Some(say::trouble_logged("save", &trouble)));
                    self.going.try_set_value(false);
                    self.busy.try_set(false);
                    self.keep_now();
                    page::when_drawn(|| page::bring_into_view("trouble"));
                    return;
                }
            }
            self.done.try_set_value(true);
            self.going.try_set_value(false);
            app.forget_draft(self.draft.try_with_value(|draft| draft.id));
            then(app);
            // Worth asking once something is worth keeping.
            if !engine.persist().await {
                leptos::logging::log!("the browser does not promise to keep this storage");
            }
        });
    }

    /// Throws the draft away.
    pub fn drop_it(self) {
        self.done.set_value(true);
        self.app.drop_draft(self.id());
    }
}
