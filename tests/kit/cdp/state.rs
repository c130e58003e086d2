//! What the browser has told so far. A pure step takes one message and answers with the commands it calls for;
//! sending them is not its business.

use super::super::page::problem::Problem;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// The name of the isolated world in which the kit's own script runs, out of reach of the page's.
pub const WORLD: &str = "kit";
const IN_PAGE: &str = include_str!("../in_page.js");

/// Everything known about one browser.
#[derive(Debug, Default)]
pub struct State {
    /// Commands whose answers somebody waits for.
    pub awaited: HashSet<u64>,
    /// Commands whose answers nobody waits for.
    pub posted: HashMap<u64, String>,
    /// Answers not yet fetched.
    pub answers: HashMap<u64, Value>,
    /// Refusals of commands nobody waited for.
    pub refused: Vec<String>,
    /// The open pages by session.
    pub pages: HashMap<String, PageState>,
    /// The running workers by session: their address.
    pub workers: HashMap<String, String>,
    /// Whether the network is cut, for pages and workers that come later too.
    pub offline: bool,
    /// Whether questions of the page (alert, confirm, leave) are answered with no.
    pub refuse_dialogs: bool,
    /// Why the connection ended.
    pub closed: Option<String>,
}

/// Everything known about one page.
#[derive(Debug, Default)]
pub struct PageState {
    /// Its target, which is its main frame too.
    pub target: String,
    /// The address.
    pub url: String,
    /// The document it shows.
    pub loader: String,
    /// Documents whose load event came.
    pub loaded: HashSet<String>,
    /// The address that could not be reached, while the browser's error page is shown.
    pub unreachable: Option<String>,
    /// The page's own script context.
    pub main_world: Option<String>,
    /// The kit's script context.
    pub kit_world: Option<String>,
    /// What went wrong in it.
    pub problems: Vec<Problem>,
    /// What it and the workers asked for over the network.
    pub requests: Vec<String>,
    /// What it asked the person (alert, confirm, leave).
    pub dialogs: Vec<String>,
}

/// A command that a message calls for.
#[derive(Debug)]
pub struct Command {
    /// To whom.
    pub session: String,
    /// What.
    pub method: &'static str,
    /// With what.
    pub params: Value,
}

impl State {
    /// Takes one message of the browser.
    pub fn take(&mut self, mut message: Value) -> Vec<Command> {
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            self.answer(id, message);
            return Vec::new();
        }
        let session = text(&message, "sessionId");
        let method = text(&message, "method");
        let params = message.get_mut("params").map(Value::take).unwrap_or_default();
        match method.as_str() {
            "Target.attachedToTarget" => self.attached(&params),
            "Target.detachedFromTarget" => {
                let gone = text(&params, "sessionId");
                self.pages.remove(&gone);
                self.workers.remove(&gone);
                Vec::new()
            }
            "Page.javascriptDialogOpening" => {
                if let Some(page) = self.pages.get_mut(&session) {
                    page.dialogs.push(text(&params, "message"));
                }
                let params = json!({ "accept": !self.refuse_dialogs });
                vec![Command { session, method: "Page.handleJavaScriptDialog", params }]
            }
            // A worker that was stopped and is wanted again waits, like a new one, until it is told to run.
            "Inspector.targetReloadedAfterCrash" => {
                vec![Command { session, method: "Runtime.runIfWaitingForDebugger", params: json!({}) }]
            }
            _ => {
                self.told(&session, &method, &params);
                Vec::new()
            }
        }
    }

    fn answer(&mut self, id: u64, message: Value) {
        if self.awaited.remove(&id) {
            self.answers.insert(id, message);
        } else if let (Some(method), Some(error)) = (self.posted.remove(&id), message.get("error")) {
            self.refused.push(format!("{method}: {}", text(error, "message")));
        }
    }

    fn attached(&mut self, params: &Value) -> Vec<Command> {
        let session = text(params, "sessionId");
        let info = params.get("targetInfo").cloned().unwrap_or_default();
        let command = |method, params| Command { session: session.clone(), method, params };
        let mut plan = vec![
            command("Network.enable", json!({})),
            command("Network.emulateNetworkConditions", network(self.offline)),
            command("Runtime.enable", json!({})),
            command("Log.enable", json!({})),
        ];
        if text(&info, "type") == "page" {
            let page = PageState {
                target: text(&info, "targetId"),
                url: text(&info, "url"),
                ..PageState::default()
            };
            self.pages.insert(session.clone(), page);
            let script = json!({ "source": IN_PAGE, "worldName": WORLD, "runImmediately": true });
            let nested = json!({
                "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true,
                "filter": [{ "type": "worker" }, { "type": "iframe" }, { "exclude": true }],
            });
            plan.push(command("Page.enable", json!({})));
            plan.push(command("Page.setLifecycleEventsEnabled", json!({ "enabled": true })));
            plan.push(command("Page.addScriptToEvaluateOnNewDocument", script));
            plan.push(command("Target.setAutoAttach", nested));
            plan.push(command("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })));
        } else {
            self.workers.insert(session.clone(), text(&info, "url"));
            // A worker has no log of its own.
            plan.retain(|command| command.method != "Log.enable");
        }
        plan.push(command("Runtime.runIfWaitingForDebugger", json!({})));
        plan
    }

    fn told(&mut self, session: &str, method: &str, params: &Value) {
        // The browser says the same of a page that crashed and of a worker it has stopped, as it does when all is well.
        let is_stopped = method == "Inspector.targetCrashed" && self.workers.contains_key(session);
        let problem = Problem::read(method, params).filter(|_| !is_stopped);
        let request = (method == "Network.requestWillBeSent").then(|| text(&params["request"], "url"));
        if let Some(page) = self.pages.get_mut(session) {
            page.told(method, params);
            page.problems.extend(problem);
            page.requests.extend(request);
            return;
        }
        // What a worker does is every page's concern: it serves all of the profile.
        for page in self.pages.values_mut() {
            page.problems.extend(problem.clone());
            page.requests.extend(request.clone());
        }
    }
}

impl PageState {
    fn told(&mut self, method: &str, params: &Value) {
        match method {
            "Page.frameNavigated" => self.navigated(params.get("frame").unwrap_or(&Value::Null)),
            "Page.navigatedWithinDocument" if text(params, "frameId") == self.target => {
                self.url = text(params, "url");
            }
            "Page.lifecycleEvent"
                if text(params, "frameId") == self.target && text(params, "name") == "load" =>
            {
                self.loaded.insert(text(params, "loaderId"));
            }
            "Runtime.executionContextCreated" => {
                self.world_made(params.get("context").unwrap_or(&Value::Null));
            }
            "Runtime.executionContextsCleared" => {
                self.main_world = None;
                self.kit_world = None;
            }
            "Runtime.executionContextDestroyed" => {
                let gone = Some(text(params, "executionContextUniqueId"));
                if self.main_world == gone {
                    self.main_world = None;
                }
                if self.kit_world == gone {
                    self.kit_world = None;
                }
            }
            _ => {}
        }
    }

    fn navigated(&mut self, frame: &Value) {
        if text(frame, "id") == self.target {
            self.url = text(frame, "url");
            self.loader = text(frame, "loaderId");
            self.unreachable = frame.get("unreachableUrl").and_then(Value::as_str).map(str::to_owned);
        }
    }

    fn world_made(&mut self, context: &Value) {
        let about = context.get("auxData").unwrap_or(&Value::Null);
        if text(about, "frameId") != self.target {
            return;
        }
        let id = Some(text(context, "uniqueId"));
        if about.get("isDefault").and_then(Value::as_bool) == Some(true) {
            self.main_world = id;
        } else if text(context, "name") == WORLD {
            self.kit_world = id;
        }
    }
}

/// The conditions of a network that is there, or is not.
pub fn network(offline: bool) -> Value {
    json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 })
}

/// A text field of a message; empty when it is not there.
pub fn text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}
