//! The DevTools protocol over one websocket: commands out, answers and events in.
//! One thread reads; what it learns lies in [`state::State`]. It knows nothing of taps or pages as a test sees them.

use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use serde_json::{Value, json};
use state::{Command, State};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tungstenite::protocol::{Role, WebSocket, WebSocketConfig};
use tungstenite::{Message, client};

pub mod state;

/// How long the browser may take to let the kit in, and to read what it is told.
const PATIENCE: Duration = Duration::from_secs(60);
/// No test drives one browser for longer; one that does hangs or crawls, and fails by its name.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// One connection to one browser; clones share it.
#[derive(Clone)]
pub struct Cdp {
    inner: Arc<Inner>,
}

struct Inner {
    writer: Mutex<WebSocket<TcpStream>>,
    last_id: AtomicU64,
    state: Mutex<State>,
    changed: Condvar,
    life: Deadline,
}

impl Cdp {
    /// Connects to the address the browser printed.
    pub fn connect(address: &str) -> Outcome<Self> {
        Self::connect_for(address, LIFE)
    }

    fn connect_for(address: &str, life: Duration) -> Outcome<Self> {
        let broken = |why: String| Failure::Closed { method: "connect".into(), why };
        let host = address.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).map_err(|e| broken(e.to_string()))?;
        stream.set_nodelay(true).map_err(|e| broken(e.to_string()))?;
        let patience = Some(PATIENCE.min(life));
        stream.set_write_timeout(patience).map_err(|e| broken(e.to_string()))?;
        stream.set_read_timeout(patience).map_err(|e| broken(e.to_string()))?;
        let for_writing = stream.try_clone().map_err(|e| broken(e.to_string()))?;
        // Pictures of a page are larger than the default frame.
        let config = WebSocketConfig::default().max_frame_size(None).max_message_size(None);
        let (reader, _) =
            client::client_with_config(address, stream, Some(config)).map_err(|e| broken(e.to_string()))?;
        // Both ends are one socket: from here on the browser may be silent for as long as it likes.
        for_writing.set_read_timeout(None).map_err(|e| broken(e.to_string()))?;
        let inner = Arc::new(Inner {
            writer: Mutex::new(WebSocket::from_raw_socket(for_writing, Role::Client, Some(config))),
            last_id: AtomicU64::new(0),
            state: Mutex::new(State::default()),
            changed: Condvar::new(),
            life: Deadline::after(life),
        });
        let reading = Arc::clone(&inner);
        thread::spawn(move || reading.read(reader));
        Ok(Self { inner })
    }

    /// Sends a command and waits for its answer.
    pub fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
        patience: Duration,
    ) -> Outcome<Value> {
        let id = self.inner.next_id();
        self.inner.state().awaited.insert(id);
        self.inner.send(id, session, method, &params)?;
        let wanted = || format!("the answer to {method}");
        let answer = self.wait(Deadline::after(patience), wanted, |state| state.answers.remove(&id))?;
        match answer.get("error") {
            None => Ok(answer.get("result").cloned().unwrap_or(Value::Null)),
            Some(error) => {
                Err(Failure::Command { method: method.into(), why: state::text(error, "message") })
            }
        }
    }

    /// Sends a command whose answer nobody waits for; a refusal is kept in the state.
    pub fn post(&self, session: Option<&str>, method: &str, params: &Value) -> Outcome {
        self.inner.post(session, method, params)
    }

    /// Waits until `ready` finds what it looks for in what the browser has told so far.
    pub fn wait<T>(
        &self,
        deadline: Deadline,
        wanted: impl Fn() -> String,
        mut ready: impl FnMut(&mut State) -> Option<T>,
    ) -> Outcome<T> {
        let mut state = self.inner.state();
        if self.inner.life.passed() {
            let why = format!(
                "it has been driven for {} s: the test hangs or crawls",
                self.inner.life.patience().as_secs()
            );
            return Err(Failure::Closed { method: wanted(), why });
        }
        loop {
            if let Some(found) = ready(&mut state) {
                return Ok(found);
            }
            if let Some(why) = &state.closed {
                return Err(Failure::Closed { method: wanted(), why: why.clone() });
            }
            if deadline.passed() {
                return Err(Failure::Unmet {
                    wanted: wanted(),
                    why: "the browser did not tell".into(),
                    after: deadline.patience(),
                    seen: Box::default(),
                });
            }
            let waited = self.inner.changed.wait_timeout(state, deadline.left());
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Reads or changes what is known now, without waiting.
    pub fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.inner.state())
    }
}

impl Inner {
    fn read(&self, mut reader: WebSocket<TcpStream>) {
        let why = loop {
            match reader.read() {
                Ok(Message::Text(text)) => {
                    if let Ok(message) = serde_json::from_str::<Value>(text.as_str()) {
                        self.take(message);
                    }
                }
                Ok(Message::Close(_)) => break "it closed the connection".to_owned(),
                Ok(_) => {}
                Err(error) => break error.to_string(),
            }
        };
        self.state().closed = Some(why);
        self.changed.notify_all();
    }

    fn take(&self, message: Value) {
        let commands = self.state().take(message);
        self.changed.notify_all();
        for Command { session, method, params } in commands {
            if let Err(failure) = self.post(Some(&session), method, &params) {
                self.state().refused.push(failure.to_string());
            }
        }
    }

    fn post(&self, session: Option<&str>, method: &str, params: &Value) -> Outcome {
        let id = self.next_id();
        self.state().posted.insert(id, method.to_owned());
        self.send(id, session, method, params)
    }

    fn send(&self, id: u64, session: Option<&str>, method: &str, params: &Value) -> Outcome {
        let mut command = json!({ "id": id, "method": method, "params": params });
        if let (Some(session), Some(fields)) = (session, command.as_object_mut()) {
            fields.insert("sessionId".into(), session.into());
        }
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = writer.send(Message::text(command.to_string()));
        sent.map_err(|error| Failure::Closed { method: method.into(), why: error.to_string() })
    }

    fn next_id(&self) -> u64 {
        self.last_id.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Cdp;
    use crate::failure::{Failure, Outcome};
    use serde_json::json;
    use std::net::TcpListener;
    use std::thread;
    use std::time::Duration;

    /// A browser that lets nobody in, or lets the kit in and then says nothing, to the end of a short life.
    fn silent(lets_in: bool) -> Outcome {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(Failure::disk("127.0.0.1"))?;
        let address = listener.local_addr().map_err(Failure::disk("127.0.0.1"))?;
        let browser = thread::spawn(move || {
            let (stream, _) = listener.accept().ok()?;
            Some(if lets_in { (tungstenite::accept(stream).ok(), None) } else { (None, Some(stream)) })
        });
        let life = Duration::from_millis(300);
        let cdp = Cdp::connect_for(&format!("ws://{address}/"), life)?;
        let ask = || cdp.call(None, "Browser.getVersion", json!({}), life);
        // The first is not answered, and by then the life is over.
        let unanswered = ask();
        assert!(matches!(&unanswered, Err(Failure::Unmet { .. })), "{unanswered:?}");
        let ended = ask();
        drop(browser.join());
        ended.map(drop)
    }

    #[test]
    fn a_browser_that_is_silent_is_waited_for_no_longer_than_its_life() {
        for (lets_in, why) in [(true, "hangs or crawls"), (false, "")] {
            let ended = silent(lets_in);
            assert!(
                matches!(&ended, Err(Failure::Closed { why: said, .. }) if said.contains(why)),
                "{ended:?}"
            );
        }
    }
}
