//! A real Chromium with a profile on the disk: start, pages, and the three ways it ends (closed, killed, dropped).
//! It downloads nothing and needs no driver: it speaks to the browser itself.

use crate::cdp::Cdp;
use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use crate::page::Page;
use crate::page::emulate::Size;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::json;
use std::env;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// The browser, unless the environment names another under `CHROMIUM`.
const CHROMIUM: &str = "/usr/bin/chromium";
const READY: &str = "DevTools listening on ";
const PATIENCE: Duration = Duration::from_secs(60);

/// No sandbox, for tests run as root in containers; nothing that speaks to anybody but the office;
/// no slowing of pages that are not in front.
const ARGUMENTS: [&str; 22] = [
    "--headless=new",
    "--no-sandbox",
    "--remote-debugging-port=0",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--metrics-recording-only",
    "--password-store=basic",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--accept-lang=zh-CN,zh",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-features=Translate,MediaRouter,OptimizationHints,HttpsUpgrades",
];

/// A running browser. Dropped, it is killed.
pub struct Browser {
    child: Child,
    ended: Receiver<()>,
    cdp: Cdp,
    size: Size,
}

impl Browser {
    /// Starts the browser on a profile folder, with a window of this size.
    pub fn launch(profile: &Path, size: Size) -> Outcome<Self> {
        Self::launch_with(profile, size, &[])
    }

    /// The same, with further arguments for the browser.
    pub fn launch_with(profile: &Path, size: Size, arguments: &[&str]) -> Outcome<Self> {
        let program = env::var("CHROMIUM").unwrap_or_else(|_| CHROMIUM.into());
        let failed = |why: String| Failure::Launch { program: program.clone(), why };
        let mut command = Command::new(&program);
        command
            .args(ARGUMENTS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--window-size={},{}", size.width, size.height))
            .args(arguments)
            .arg("about:blank")
            // A Chinese phone, wherever the test runs.
            .envs([("LANGUAGE", "zh_CN"), ("TZ", "Asia/Shanghai")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0);
        let mut child = command.spawn().map_err(|error| {
            failed(format!(
                "{error}. Install Chromium (Debian: apt-get install chromium) or set CHROMIUM to its path"
            ))
        })?;
        let (told, lines) = channel();
        let (ending, ended) = channel();
        match child.stderr.take() {
            Some(stderr) => drop(thread::spawn(move || listen(stderr, &told, ending))),
            None => return Err(failed("its error output is not there".into())),
        }
        let connected = address(&lines).map_err(&failed).and_then(|address| Cdp::connect(&address));
        match connected {
            Ok(cdp) => Self { child, ended, cdp, size }.attached(),
            Err(failure) => {
                end(&mut child, &ended);
                Err(failure)
            }
        }
    }

    /// The page that is open; of several, any.
    pub fn page(&self) -> Outcome<Page> {
        let wanted = || "a page".to_owned();
        let session =
            self.cdp.wait(Deadline::after(PATIENCE), wanted, |state| state.pages.keys().next().cloned())?;
        self.prepared(&session)
    }

    /// Opens one more page (a tab).
    pub fn new_page(&self) -> Outcome<Page> {
        let made = self.cdp.call(None, "Target.createTarget", json!({ "url": "about:blank" }), PATIENCE)?;
        let target = crate::cdp::state::text(&made, "targetId");
        let session = self.cdp.wait(
            Deadline::after(PATIENCE),
            || "the new page".to_owned(),
            |state| {
                state.pages.iter().find(|(_, page)| page.target == target).map(|(session, _)| session.clone())
            },
        )?;
        self.prepared(&session)
    }

    /// The addresses of the workers that run now.
    pub fn workers(&self) -> Vec<String> {
        self.cdp.with(|state| state.workers.values().cloned().collect())
    }

    /// What the browser refused of the kit's own preparations; a test of the kit asserts that it is empty.
    pub fn refused(&self) -> Vec<String> {
        self.cdp.with(|state| state.refused.clone())
    }

    /// The browser's own name and version.
    pub fn version(&self) -> Outcome<String> {
        let answer = self.cdp.call(None, "Browser.getVersion", json!({}), PATIENCE)?;
        Ok(crate::cdp::state::text(&answer, "product"))
    }

    /// Kills the browser and all its processes at once, as a dead battery does, and returns when none is left.
    pub fn kill9(self) {
        drop(self);
    }

    /// Closes the browser as a person does; it writes down what it has to. Returns when none of it is left.
    pub fn close(self) -> Outcome {
        // The connection may be gone before the answer: that is the purpose.
        self.cdp.post(None, "Browser.close", &json!({}))?;
        match self.ended.recv_timeout(PATIENCE) {
            Err(RecvTimeoutError::Timeout) => Err(Failure::Command {
                method: "Browser.close".into(),
                why: format!("it still ran after {} s and was killed", PATIENCE.as_secs()),
            }),
            _ => Ok(()),
        }
    }

    fn attached(self) -> Outcome<Self> {
        let everything = json!({
            "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true,
            "filter": [{ "type": "page" }, { "type": "service_worker" }, { "type": "shared_worker" }, { "exclude": true }],
        });
        self.cdp.call(None, "Target.setAutoAttach", everything, PATIENCE)?;
        Ok(self)
    }

    fn prepared(&self, session: &str) -> Outcome<Page> {
        let page = Page::new(self.cdp.clone(), session);
        page.set_size(self.size)?;
        page.spare_motion()?;
        Ok(page)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        end(&mut self.child, &self.ended);
    }
}

/// Kills the whole group and returns when its last process has let go of the shared error output.
fn end(child: &mut Child, ended: &Receiver<()>) {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let killed = group.map(|group| kill_process_group(group, Signal::KILL));
    if !matches!(killed, Some(Ok(()))) && !matches!(child.try_wait(), Ok(Some(_))) {
        eprintln!("the browser with process id {} could not be killed: {killed:?}", child.id());
        return;
    }
    // Nothing waits for ever: what a killed program does not let go of is left to the system.
    if matches!(ended.recv_timeout(PATIENCE), Err(RecvTimeoutError::Timeout)) {
        eprintln!("the browser with process id {} did not end within {} s", child.id(), PATIENCE.as_secs());
    } else if let Err(error) = child.wait() {
        eprintln!("the browser did not end: {error}");
    }
}

/// Hands on what the browser says until nobody holds its error output any more.
fn listen(stderr: ChildStderr, told: &Sender<String>, _ending: Sender<()>) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        // Nobody listens once the browser is ready; reading goes on, or it would block on a full pipe.
        let _heard = told.send(line);
    }
}

fn address(lines: &Receiver<String>) -> Result<String, String> {
    let deadline = Deadline::after(PATIENCE);
    let mut said = Vec::new();
    loop {
        match lines.recv_timeout(deadline.left()) {
            Ok(line) => match line.strip_prefix(READY) {
                Some(address) => return Ok(address.trim().to_owned()),
                None => said.push(line),
            },
            Err(_) => return Err(format!("it never said where it listens; it said:\n{}", said.join("\n"))),
        }
    }
}
