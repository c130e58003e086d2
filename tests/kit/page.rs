//! One page of the browser, as a test drives it: open, read, ask. What waits, taps, emulates or takes pictures
//! has its own file below this one.

use crate::cdp::Cdp;
use crate::cdp::state::text;
use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome, Seen};
use problem::{Problem, thrown};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

pub mod emulate;
pub mod problem;
pub mod screen;
pub mod tap;
pub mod target;
pub mod wait;

/// How long a wait takes before it gives up, unless the test says otherwise.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much longer the browser may take to say that a wait inside the page has ended.
const GRACE: Duration = Duration::from_secs(10);

/// One page (a tab). Clones are the same page.
#[derive(Clone)]
pub struct Page {
    cdp: Cdp,
    session: Arc<str>,
    taps: Arc<AtomicUsize>,
    patience_ms: Arc<AtomicU64>,
    touch: Arc<AtomicBool>,
}

/// In which of the two script contexts something runs.
#[derive(Clone, Copy, PartialEq)]
enum World {
    Page,
    Kit,
}

impl Page {
    pub(crate) fn new(cdp: Cdp, session: &str) -> Self {
        let patience_ms = u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
        Self {
            cdp,
            session: session.into(),
            taps: Arc::default(),
            patience_ms: Arc::new(AtomicU64::new(patience_ms)),
            touch: Arc::default(),
        }
    }

    /// Opens an address and waits until it has loaded.
    pub fn goto(&self, url: &str) -> Outcome {
        let answer = self.call("Page.navigate", json!({ "url": url }))?;
        let why = text(&answer, "errorText");
        if !why.is_empty() {
            return Err(Failure::Navigation { url: url.into(), why });
        }
        match text(&answer, "loaderId") {
            // Only the part after # changed.
            loader if loader.is_empty() => Ok(()),
            loader => self.loaded(&loader),
        }
    }

    /// Loads the page again and waits until it has loaded.
    pub fn reload(&self) -> Outcome {
        let before = self.look(|page| page.loader.clone());
        self.call("Page.reload", json!({}))?;
        let wanted = || "the page to be loaded again".to_owned();
        let loader = self.cdp.wait(self.deadline(), wanted, |state| {
            let page = state.pages.get(&*self.session)?;
            (Some(&page.loader) != before.as_ref()).then(|| page.loader.clone())
        })?;
        self.loaded(&loader)
    }

    /// Goes back, as the phone's own button does; what comes then is for the test to wait for.
    pub fn back(&self) -> Outcome {
        self.eval("history.back()").map(drop)
    }

    /// The address shown now.
    pub fn url(&self) -> String {
        self.look(|page| page.url.clone()).unwrap_or_default()
    }

    /// The visible text of the page.
    pub fn text(&self) -> Outcome<String> {
        let shown = self.ask(|_| "kit.page()".into(), self.deadline())?;
        Ok(shown.as_str().unwrap_or_default().to_owned())
    }

    /// Evaluates an expression (it may `await`) in the page's own world; its value comes back as JSON.
    pub fn eval(&self, expression: &str) -> Outcome<Value> {
        let deadline = self.deadline();
        let context = self.context(World::Page, deadline, None)?;
        self.run(&context, &format!("(async () => ({expression}))()"), deadline)
    }

    /// What the page, its workers and the browser complained about since it was opened.
    pub fn problems(&self) -> Vec<Problem> {
        self.look(|page| page.problems.clone()).unwrap_or_default()
    }

    /// Waits until somebody complained with these words, and returns the complaint.
    pub fn wait_problem(&self, words: &str) -> Outcome<Problem> {
        let wanted = || format!("a complaint with “{words}”");
        let found = self.cdp.wait(self.deadline(), wanted, |state| {
            let page = state.pages.get(&*self.session)?;
            page.problems.iter().find(|problem| problem.text.contains(words)).cloned()
        });
        found.map_err(|failure| self.explained(failure))
    }

    /// Forgets the complaints so far, before a part of the test that must not bring any.
    pub fn forget_problems(&self) {
        self.look(|page| page.problems.clear());
    }

    /// Every address the page or a worker asked for since it was opened.
    pub fn requests(&self) -> Vec<String> {
        self.look(|page| page.requests.clone()).unwrap_or_default()
    }

    /// The questions the page put to the person (alert, confirm, leave); the kit says yes to them.
    pub fn dialogs(&self) -> Vec<String> {
        self.look(|page| page.dialogs.clone()).unwrap_or_default()
    }

    /// From now on says no to the questions of every page of this browser, or yes again.
    pub fn refuse_dialogs(&self, refuse: bool) {
        self.cdp.with(|state| state.refuse_dialogs = refuse);
    }

    /// How many taps there were since the last [`Self::forget_taps`].
    pub fn taps(&self) -> usize {
        self.taps.load(Ordering::Relaxed)
    }

    /// Counts taps from nought again.
    pub fn forget_taps(&self) {
        self.taps.store(0, Ordering::Relaxed);
    }

    /// Sets how long waits on this page take before they give up.
    pub fn set_patience(&self, patience: Duration) {
        let patience_ms = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        self.patience_ms.store(patience_ms, Ordering::Relaxed);
    }

    /// Sends any command of the DevTools protocol to this page.
    pub fn call(&self, method: &str, params: Value) -> Outcome<Value> {
        self.cdp.call(Some(&self.session), method, params, self.deadline().patience() + GRACE)
    }

    /// Closes the page, as a person closes a tab.
    pub fn close(self) -> Outcome {
        let target = self.look(|page| page.target.clone()).unwrap_or_default();
        self.cdp.call(None, "Target.closeTarget", json!({ "targetId": target }), GRACE)?;
        let wanted = || "the page to close".to_owned();
        let session = self.session;
        self.cdp.wait(Deadline::after(GRACE), wanted, |state| {
            (!state.pages.contains_key(&*session)).then_some(())
        })
    }

    fn loaded(&self, loader: &str) -> Outcome {
        let wanted = || format!("the load event of {}", self.url());
        let unreachable = self.cdp.wait(self.deadline(), wanted, |state| {
            let page = state.pages.get(&*self.session)?;
            page.loaded.contains(loader).then(|| page.unreachable.clone())
        });
        match unreachable {
            Ok(None) => Ok(()),
            Ok(Some(url)) => {
                Err(Failure::Navigation { url, why: "the browser shows its own error page".into() })
            }
            Err(failure) => Err(self.explained(failure)),
        }
    }

    /// Asks the kit's script. Its questions change nothing that could be changed twice, so when the document goes
    /// away under one, it is put to the next document with the time that is left.
    fn ask(&self, question: impl Fn(u128) -> String, deadline: Deadline) -> Outcome<Value> {
        let mut lost = None;
        loop {
            let context = self.context(World::Kit, deadline, lost.as_ref())?;
            match self.run(&context, &question(deadline.left().as_millis()), deadline) {
                Err(Failure::Command { why, .. }) if left_the_document(&why) && !deadline.passed() => {
                    lost = Some(context);
                }
                answer => return answer,
            }
        }
    }

    fn run(&self, context: &str, script: &str, deadline: Deadline) -> Outcome<Value> {
        let params = json!({
            "expression": script, "uniqueContextId": context, "awaitPromise": true, "returnByValue": true,
            "userGesture": true,
        });
        let answer =
            self.cdp.call(Some(&self.session), "Runtime.evaluate", params, deadline.left() + GRACE)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(Failure::Script { script: script.into(), why: thrown(details) }),
            None => Ok(answer.pointer("/result/value").cloned().unwrap_or(Value::Null)),
        }
    }

    fn context(&self, world: World, deadline: Deadline, lost: Option<&String>) -> Outcome<String> {
        let wanted = || "a document in which scripts run".to_owned();
        self.cdp.wait(deadline, wanted, |state| {
            let page = state.pages.get(&*self.session)?;
            let context = if world == World::Kit { &page.kit_world } else { &page.main_world };
            context.clone().filter(|context| Some(context) != lost)
        })
    }

    fn deadline(&self) -> Deadline {
        Deadline::after(Duration::from_millis(self.patience_ms.load(Ordering::Relaxed)))
    }

    fn look<T>(&self, look: impl FnOnce(&mut crate::cdp::state::PageState) -> T) -> Option<T> {
        self.cdp.with(|state| state.pages.get_mut(&*self.session).map(look))
    }

    fn unmet(&self, wanted: String, why: String, after: Duration) -> Failure {
        Failure::Unmet { wanted, why, after, seen: Box::new(self.seen()) }
    }

    fn explained(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Unmet { wanted, why, after, .. } => self.unmet(wanted, why, after),
            other => other,
        }
    }

    fn seen(&self) -> Seen {
        let text = match self.ask(|_| "kit.page()".into(), Deadline::after(Duration::from_secs(3))) {
            Ok(text) => text.as_str().unwrap_or_default().to_owned(),
            Err(failure) => format!("(its text could not be read: {failure})"),
        };
        let problems = self.problems().iter().map(ToString::to_string).collect();
        Seen { url: self.url(), text, picture: self.picture_of_failure(), problems }
    }
}

fn left_the_document(why: &str) -> bool {
    ["context", "Context", "navigated", "Promise was collected"].iter().any(|sign| why.contains(sign))
}
