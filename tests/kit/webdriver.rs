//! Engines other than Chromium, through the WebDriver that each comes with: a page is opened, scripts run in it.
//!
//! Only what a flow needs that walks by scripts: no taps at places, no pictures. Those are Chromium's.

use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long the driver may take to listen, and a page to come to what is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// An engine and how it is driven.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    /// As people call it.
    pub name: &'static str,
    /// Its driver, on the path.
    driver: &'static str,
    /// How the port is told.
    port: &'static str,
    /// What a session asks for.
    capabilities: fn() -> Value,
    /// What else has to be on the path.
    beside: &'static str,
    /// It draws on a display only.
    needs_display: bool,
}

/// The engines that can be driven.
pub const ENGINES: [Engine; 2] = [
    Engine {
        name: "WebKitGTK",
        driver: "WebKitWebDriver",
        port: "--port=",
        capabilities: || {
            let found = MINI_BROWSERS.iter().find(|path| Path::new(path).exists()).unwrap_or(&"MiniBrowser");
            json!({ "webkitgtk:browserOptions": { "binary": found, "args": ["--automation"] } })
        },
        beside: "Xvfb",
        needs_display: true,
    },
    Engine {
        name: "Firefox",
        driver: "geckodriver",
        port: "--port=",
        capabilities: || json!({ "moz:firefoxOptions": { "args": ["-headless"] } }),
        beside: "firefox",
        needs_display: false,
    },
];

const MINI_BROWSERS: [&str; 2] = [
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser",
];

impl Engine {
    /// Whether what drives it is on this machine.
    pub fn is_here(&self) -> bool {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let there = |name: &str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
        there(self.driver) && there(self.beside)
    }
}

/// A running engine with one page. Dropped, it ends.
pub struct Session {
    driver: Child,
    display: Option<Child>,
    address: String,
    id: String,
}

impl Session {
    /// Starts the engine.
    pub fn start(engine: &Engine) -> Outcome<Self> {
        let launch = |why: String| Failure::Launch { program: engine.driver.to_owned(), why };
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let address = free.map_err(Failure::disk("127.0.0.1:0"))?;
        let display = if engine.needs_display { Some(display()?) } else { None };
        let mut command = Command::new(engine.driver);
        command.arg(format!("{}{}", engine.port, address.port())).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((_, number)) = &display {
            command.env("DISPLAY", number);
        }
        let driver = command.spawn().map_err(|source| launch(source.to_string()))?;
        let display = display.map(|(child, _)| child);
        let mut session = Self { driver, display, address: address.to_string(), id: String::new() };
        let deadline = Deadline::after(PATIENCE);
        while session.ask("GET", "/status", &Value::Null).is_err() {
            if deadline.passed() || !matches!(session.driver.try_wait(), Ok(None)) {
                return Err(launch("it does not listen".into()));
            }
            std::thread::yield_now();
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": (engine.capabilities)() } });
        let begun = session.ask("POST", "/session", &wanted)?;
        session.id = begun["sessionId"].as_str().unwrap_or_default().to_owned();
        session.tell("/timeouts", &json!({ "script": 90_000, "pageLoad": 90_000 }))?;
        Ok(session)
    }

    /// Opens an address.
    pub fn goto(&self, url: &str) -> Outcome {
        self.tell("/url", &json!({ "url": url })).map(drop)
    }

    /// What an expression is in the page.
    pub fn eval(&self, expression: &str) -> Outcome<Value> {
        self.tell("/execute/sync", &json!({ "script": format!("return ({expression})"), "args": [] }))
    }

    /// Waits until an expression is true in the page, and gives it.
    pub fn wait(&self, expression: &str) -> Outcome<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1], end = Date.now() + {};
             (function look() {{
                let found; try {{ found = ({expression}); }} catch (error) {{ found = false; }}
                if (found) done(found);
                else if (Date.now() > end) done({{ unmet: document.body.innerText.slice(0, 800) }});
                else setTimeout(look, 50);
             }})();",
            PATIENCE.as_millis()
        );
        let found = self.tell("/execute/async", &json!({ "script": script, "args": [] }))?;
        match found["unmet"].as_str() {
            None => Ok(found),
            Some(shown) => Err(Failure::Unmet {
                wanted: expression.to_owned(),
                why: format!("the page displayed: {shown}"),
                after: PATIENCE,
                seen: Box::default(),
            }),
        }
    }

    /// Waits for the first thing of this selector with these words in it, and clicks it.
    pub fn click(&self, css: &str, words: &str) -> Outcome {
        let found = format!(
            "[...document.querySelectorAll({})].find((one) => one.innerText.includes({}))",
            json!(css),
            json!(words)
        );
        self.wait(&format!("((one) => {{ if (one) one.click(); return !!one; }})({found})")).map(drop)
    }

    fn tell(&self, path: &str, what: &Value) -> Outcome<Value> {
        self.ask("POST", &format!("/session/{}{path}", self.id), what)
    }

    fn ask(&self, method: &str, path: &str, what: &Value) -> Outcome<Value> {
        let failed = |why: String| Failure::Command { method: format!("{method} {path}"), why };
        let body = if what.is_null() { String::new() } else { what.to_string() };
        let asked = TcpStream::connect(&self.address).and_then(|mut stream| {
            write!(
                stream,
                "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                self.address,
                body.len()
            )?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        });
        let answer = asked.map_err(|source| failed(source.to_string()))?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| failed("half an answer".into()))?;
        let value: Value = serde_json::from_str(body).map_err(|source| failed(source.to_string()))?;
        if head.split_whitespace().nth(1) == Some("200") {
            return Ok(value["value"].clone());
        }
        Err(failed(value["value"]["message"].as_str().unwrap_or(body).to_owned()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The engine ends with its session; where there is none, with its driver.
        drop(self.ask("DELETE", &format!("/session/{}", self.id), &Value::Null));
        for child in [Some(&mut self.driver), self.display.as_mut()].into_iter().flatten() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// A display that nobody looks at, with its name.
fn display() -> Outcome<(Child, String)> {
    let launch = |why: String| Failure::Launch { program: "Xvfb".into(), why };
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|source| launch(source.to_string()))?;
    let mut number = String::new();
    if let Some(stdout) = child.stdout.as_mut() {
        let line = std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut number);
        line.map_err(|source| launch(source.to_string()))?;
    }
    let number = number.trim();
    if number.is_empty() {
        Err(launch("it gave no display".into()))
    } else {
        Ok((child, format!(":{number}")))
    }
}
