//! The real server, as its own program on this machine: start, stop, kill, start again at the same address.
//! It knows only how the program is called and the two lines it prints; what the office does is for the tests.

use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use crate::place;
use rustix::process::{Pid, Signal, kill_process};
use std::cell::RefCell;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The variable that names the program, where it is not in the build folder.
pub const PROGRAM: &str = "LIUZHIDAO_BIN";
/// What stands before the address in the line that says that the office is open.
pub const LISTENING: &str = "listening on ";
/// What stands before the one-time link that makes the first administrator.
pub const FIRST_ADMINISTRATOR: &str = "first administrator: ";

const PATIENCE: Duration = Duration::from_secs(60);
/// How much of an office's log a failed test shows.
const LINES_SHOWN: usize = 40;

/// A running office. Dropped, it is killed.
pub struct Office {
    program: PathBuf,
    data: PathBuf,
    arguments: Vec<String>,
    address: String,
    log: PathBuf,
    running: Option<Running>,
}

struct Running {
    child: Child,
    lines: Receiver<String>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Office {
    /// Starts the server on this data folder, at a port that the system chooses; further arguments go to `serve`.
    pub fn start(data: &Path, arguments: &[&str]) -> Outcome<Self> {
        let mut office = Self {
            program: program()?,
            data: data.to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            address: String::new(),
            log: data.with_extension("log"),
            running: None,
        };
        LOGS.with_borrow_mut(|logs| logs.push(office.log.clone()));
        office.open("127.0.0.1:0")?;
        Ok(office)
    }

    /// Starts it again, after [`Self::stop`] or [`Self::kill9`], at the same address.
    pub fn start_again(&mut self) -> Outcome {
        let listen = self.address.split("://").nth(1).unwrap_or_default().to_owned();
        self.open(&listen)
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The one-time link that makes the first administrator, which a new office prints when it starts.
    pub fn first_administrator(&self) -> Outcome<String> {
        let deadline = Deadline::after(PATIENCE);
        loop {
            if let Some(link) = self.said().iter().find_map(|line| after(line, FIRST_ADMINISTRATOR)) {
                return Ok(link);
            }
            // The line may come after the one that says that the office is open.
            let more = self.running.as_ref().map(|running| running.lines.recv_timeout(deadline.left()));
            if !matches!(more, Some(Ok(_))) {
                let why = format!(
                    "it printed no line with “{FIRST_ADMINISTRATOR}”; its log: {}",
                    self.log.display()
                );
                return Err(failed(&self.program, why));
            }
        }
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The file with all it ever printed.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// What it printed since it was last started.
    pub fn said(&self) -> Vec<String> {
        let said = self
            .running
            .as_ref()
            .map(|running| running.said.lock().unwrap_or_else(PoisonError::into_inner).clone());
        said.unwrap_or_default()
    }

    /// Asks it to stop, as a service manager does, and waits until it has; how it ended is the answer.
    pub fn stop(&mut self) -> Outcome<Option<ExitStatus>> {
        self.end(Signal::TERM)
    }

    /// Kills it at once, as a power cut does.
    pub fn kill9(&mut self) -> Outcome<Option<ExitStatus>> {
        self.end(Signal::KILL)
    }

    /// Runs another command of the same program to its end (`backup`, `restore`, `cert` …), and gives what it printed.
    pub fn run(arguments: &[&str]) -> Outcome<(ExitStatus, String)> {
        let program = program()?;
        let ran = Command::new(&program).args(arguments).stdin(Stdio::null()).output();
        let output = ran.map_err(|error| failed(&program, error.to_string()))?;
        let printed = [output.stdout, output.stderr].concat();
        Ok((output.status, String::from_utf8_lossy(&printed).into_owned()))
    }

    fn open(&mut self, listen: &str) -> Outcome {
        let mut child = Command::new(&self.program)
            .args(["serve", "--data"])
            .arg(&self.data)
            .args(["--listen", listen])
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| failed(&self.program, error.to_string()))?;
        let log =
            File::options().create(true).append(true).open(&self.log).map_err(Failure::disk(&self.log))?;
        let log = Arc::new(Mutex::new(log));
        let said = Arc::<Mutex<Vec<String>>>::default();
        let (told, lines) = channel();
        let outputs: [Option<Box<dyn Read + Send>>; 2] = [
            child.stdout.take().map(|out| Box::new(out) as _),
            child.stderr.take().map(|out| Box::new(out) as _),
        ];
        for output in outputs.into_iter().flatten() {
            let (told, log, said) = (told.clone(), Arc::clone(&log), Arc::clone(&said));
            thread::spawn(move || listen_to(output, &told, &log, &said));
        }
        drop(told);
        let ready = ready(&lines);
        self.running = Some(Running { child, lines, said });
        if let Some(address) = ready {
            self.address = address;
            return Ok(());
        }
        let printed = self.said().join("\n  ");
        self.kill9()?;
        Err(failed(&self.program, format!("it printed no line with “{LISTENING}”, but:\n  {printed}")))
    }

    fn end(&mut self, signal: Signal) -> Outcome<Option<ExitStatus>> {
        let Some(mut running) = self.running.take() else { return Ok(None) };
        let id = i32::try_from(running.child.id()).ok().and_then(Pid::from_raw);
        if let Some(Err(error)) = id.map(|id| kill_process(id, signal)) {
            return Err(failed(&self.program, format!("it could not be ended: {error}")));
        }
        let deadline = Deadline::after(PATIENCE);
        loop {
            match running.lines.recv_timeout(deadline.left()) {
                Ok(_line) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let killed = running.child.kill();
                    let why = format!(
                        "it still ran {} s after it was asked to stop, and was killed ({killed:?})",
                        PATIENCE.as_secs()
                    );
                    return Err(failed(&self.program, why));
                }
            }
        }
        let status = running.child.wait().map_err(|error| failed(&self.program, error.to_string()))?;
        Ok(Some(status))
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("{}", last_said());
        }
        if let Err(failure) = self.kill9() {
            eprintln!("{failure}");
        }
    }
}

thread_local! {
    /// The logs of the offices that this test started: a test is a thread of its own.
    static LOGS: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
}

/// The last lines of what each office of this test printed, for whoever reads why it failed.
pub(crate) fn last_said() -> String {
    let tail = |log: &PathBuf| {
        let all = fs::read_to_string(log).unwrap_or_else(|error| error.to_string());
        let lines: Vec<&str> = all.lines().collect();
        let last = lines.get(lines.len().saturating_sub(LINES_SHOWN)..).unwrap_or_default();
        format!("  the office said last ({}):\n    │ {}\n", log.display(), last.join("\n    │ "))
    };
    LOGS.with_borrow(|logs| logs.iter().map(tail).collect())
}

/// The program to test: named by the environment, else built by this workspace, the release before the other.
pub fn program() -> Outcome<PathBuf> {
    if let Some(named) = env::var_os(PROGRAM).map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(failed(&named, format!("{PROGRAM} names it, but it is not there")))
        };
    }
    let built = ["release", "debug"].map(|kind| place::target().join(kind).join("liuzhidao"));
    built.iter().find(|path| path.is_file()).cloned().ok_or_else(|| {
        let tried = built.map(|path| path.display().to_string()).join(", ");
        failed(
            Path::new("liuzhidao"),
            format!("it is not built. Run: cargo xtask test (tried {tried}; {PROGRAM} names another)"),
        )
    })
}

fn failed(program: &Path, why: String) -> Failure {
    Failure::Launch { program: program.display().to_string(), why }
}

/// Keeps all that a program prints until it ends.
fn listen_to(output: impl Read, told: &Sender<String>, log: &Mutex<File>, said: &Mutex<Vec<String>>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        let line = plain(&line);
        if let Err(error) = writeln!(log.lock().unwrap_or_else(PoisonError::into_inner), "{line}") {
            eprintln!("the log of the office could not be written: {error}");
        }
        said.lock().unwrap_or_else(PoisonError::into_inner).push(line.clone());
        // Once the office is open only the end of this channel is waited for, or nobody is there.
        let _heard = told.send(line);
    }
}

fn ready(lines: &Receiver<String>) -> Option<String> {
    let deadline = Deadline::after(PATIENCE);
    loop {
        let line = lines.recv_timeout(deadline.left()).ok()?;
        if let Some(address) = after(&line, LISTENING) {
            return Some(address.trim_end_matches('/').to_owned());
        }
    }
}

/// The word that follows a mark in a line.
fn after(line: &str, mark: &str) -> Option<String> {
    let (_, rest) = line.split_once(mark)?;
    let word = rest.split_whitespace().next()?.trim_matches(['"', '`', ',']);
    word.starts_with("http").then(|| word.to_owned())
}

/// A line without the colours of a terminal.
fn plain(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |sum, part| sum + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::{LOGS, last_said};
    use crate::failure::{Failure, Outcome};
    use crate::place;
    use std::fs;

    #[test]
    fn a_failure_says_what_the_office_said_last() -> Outcome {
        let log = place::folder("said")?.with_extension("log");
        let lines: String = (1..=60).map(|number| format!("line {number};\n")).collect();
        fs::write(&log, lines).map_err(Failure::disk(&log))?;
        assert_eq!(last_said(), "");
        LOGS.with_borrow_mut(|logs| logs.push(log));
        let failure = Failure::Navigation { url: "/".to_owned(), why: "of a test".to_owned() };
        let said = format!("{failure:?}");
        assert!(
            said.contains("line 60;") && said.contains("line 21;") && !said.contains("line 20;"),
            "{said}"
        );
        Ok(())
    }
}
