//! The binary `liuzhidao`: reads what was typed, hands in the real clock and randomness, and says
//! in a sentence what went wrong. Nothing else reads a clock.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use rand_core::{OsRng, RngCore};
use server::command::Trouble;
use server::settings::{Command, Settings};
use server::surroundings::Surroundings;
use server::{backup, certificate, moving, restore, roster_command, serve};
use tracing_subscriber::EnvFilter;

/// This machine.
struct Machine;

impl Surroundings for Machine {
    #[expect(clippy::disallowed_methods, reason = "the outermost file of the office: its clock")]
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn fill(&self, bytes: &mut [u8]) {
        OsRng.fill_bytes(bytes);
    }
}

fn main() -> ExitCode {
    let settings = Settings::parse();
    match run(&settings.command) {
        Ok(answer) => {
            if !answer.is_empty() {
                println!("{answer}");
            }
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<String, Trouble> {
    match command {
        Command::Serve(asked) => {
            log_to_stderr(&asked.log)?;
            let runtime = tokio::runtime::Runtime::new().map_err(|cause| {
                Trouble::from_cause("The threads of the office could not be started:", cause)
            })?;
            runtime.block_on(serve::run(asked, Arc::new(Machine)))?;
            Ok(String::new())
        }
        Command::Backup(asked) => backup::run(asked, &Machine),
        Command::Restore(asked) => restore::run(asked, &Machine),
        Command::Move(asked) => moving::run(asked, &Machine),
        Command::Cert(asked) => certificate::run(asked, &Machine),
        Command::Roster(asked) => roster_command::run(asked, &Machine),
    }
}

/// The log holds ids, never names or notes.
fn log_to_stderr(filter: &str) -> Result<(), Trouble> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|cause| Trouble::from_cause("--log is no filter; try `info` or `server=debug`:", cause))?;
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    Ok(())
}
