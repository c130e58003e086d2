//! Something the page or the browser complained about. Whether it matters is for the test to say.

use crate::cdp::state::text;
use serde_json::Value;
use std::fmt;

/// Who complained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `console.error`, `console.warn` or a failed `console.assert`.
    Console,
    /// An exception nobody caught.
    Exception,
    /// A refusal by the content security policy, or another security rule.
    Security,
    /// A request that failed; expected while the network is cut.
    Network,
    /// Anything else the browser put into its log as an error.
    Browser,
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Who complained.
    pub source: Source,
    /// The words.
    pub text: String,
    /// The address it is about.
    pub url: String,
}

impl Problem {
    /// Reads a complaint out of an event; `None` when the event is none.
    pub fn read(method: &str, params: &Value) -> Option<Self> {
        match method {
            "Runtime.consoleAPICalled" => Self::console(params),
            "Runtime.exceptionThrown" => {
                let details = params.get("exceptionDetails")?;
                Some(Self { source: Source::Exception, text: thrown(details), url: text(details, "url") })
            }
            "Log.entryAdded" => Self::log(params.get("entry")?),
            "Inspector.targetCrashed" => {
                Some(Self { source: Source::Browser, text: "the page crashed".into(), url: String::new() })
            }
            _ => None,
        }
    }

    fn console(params: &Value) -> Option<Self> {
        let kind = text(params, "type");
        if !["error", "warning", "assert"].contains(&kind.as_str()) {
            return None;
        }
        let arguments = params.get("args")?.as_array()?;
        let words: Vec<String> = arguments.iter().map(shown).collect();
        Some(Self { source: Source::Console, text: words.join(" "), url: String::new() })
    }

    fn log(entry: &Value) -> Option<Self> {
        if text(entry, "level") != "error" {
            return None;
        }
        let source = match text(entry, "source").as_str() {
            "security" => Source::Security,
            "network" => Source::Network,
            // The browser files some refusals of the policy elsewhere.
            _ if text(entry, "text").contains("Content Security Policy") => Source::Security,
            _ => Source::Browser,
        };
        Some(Self { source, text: text(entry, "text"), url: text(entry, "url") })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {} {}", self.source, self.text, self.url)
    }
}

/// What a script threw, in one text.
pub fn thrown(details: &Value) -> String {
    let exception = details.get("exception").map(shown).unwrap_or_default();
    if exception.is_empty() { text(details, "text") } else { exception }
}

fn shown(object: &Value) -> String {
    let description = text(object, "description");
    if !description.is_empty() {
        return description;
    }
    match object.get("value") {
        Some(Value::String(words)) => words.clone(),
        Some(value) => value.to_string(),
        None => text(object, "type"),
    }
}
