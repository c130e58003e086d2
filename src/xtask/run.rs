//! `cargo xtask run`: builds what is stale and becomes the demo office, in the foreground.
//!
//! The server itself prints its address and who can sign in.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use crate::bundle;
use crate::need;
use crate::say;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// Where the demo listens and keeps its database.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    listen: String,
    data: String,
}

impl Settings {
    /// From the words after `run`.
    pub fn from_words(words: &[String], usage: &'static str) -> Result<Self, Trouble> {
        let mut settings = Self { listen: "127.0.0.1:8080".into(), data: "data".into() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let place = match word.as_str() {
                "--listen" => &mut settings.listen,
                "--data" => &mut settings.data,
                other => return Err(Trouble::Usage { wrong: format!("`run` has no `{other}`"), usage }),
            };
            *place = words
                .next()
                .cloned()
                .ok_or_else(|| Trouble::Usage { wrong: format!("`{word}` wants a value after it"), usage })?;
        }
        Ok(settings)
    }
}

/// Builds, then starts the office. Comes back only when something is wrong.
pub fn run(settings: &Settings) -> Result<(), Trouble> {
    // Before minutes of compiling, and once more after them.
    free_to_listen(&settings.listen)?;
    need::c_compiler()?;
    bundle::build(bundle::Settings { if_stale: true, ..Default::default() })?;
    let office = build_office()?;
    free_to_listen(&settings.listen)?;
    say::step(&format!(
        "starting the demo on http://{} (Ctrl-C ends it)",
        settings.listen.replace("127.0.0.1", "localhost")
    ));
    let mut command = Command::new(&office);
    command.current_dir(tree::root()).args(["serve", "--demo"]);
    command.args(["--data", &settings.data, "--listen", &settings.listen]);
    // Takes our place, so that a signal reaches the office and nothing is left behind.
    let source = command.exec();
    Err(Trouble::file(&office, source))
}

/// Builds the server with the site in it and gives the path of the binary.
pub fn build_office() -> Result<PathBuf, Trouble> {
    say::step("compiling the server (the first time takes some minutes)");
    tool::run(&mut tool::cargo(["build", "--locked", "--release", "-p", "server"]), "compiling the server")?;
    Ok(tree::target().join("release/liuzhidao"))
}

fn free_to_listen(listen: &str) -> Result<(), Trouble> {
    match TcpListener::bind(listen) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            Err(Trouble::PortInUse { listen: listen.into() })
        }
        Err(source) => Err(Trouble::Listen { listen: listen.into(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], expected: Option<(&str, &str)>) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let expected = expected.map(|(listen, data)| Settings { listen: listen.into(), data: data.into() });
        assert_eq!(Settings::from_words(&words, "").ok(), expected, "{words:?}");
    }

    #[test]
    fn the_words_after_run() {
        check(&[], Some(("127.0.0.1:8080", "data")));
        check(&["--listen", "127.0.0.1:1"], Some(("127.0.0.1:1", "data")));
        check(&["--data", "/tmp/d", "--listen", "[::1]:2"], Some(("[::1]:2", "/tmp/d")));
        check(&["--listen"], None);
        check(&["--port", "1"], None);
    }

    #[test]
    fn a_taken_port_is_told_apart() {
        let holder = TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = holder.local_addr().unwrap().to_string();
        assert!(matches!(free_to_listen(&listen), Err(Trouble::PortInUse { .. })));
        assert!(matches!(free_to_listen("nowhere"), Err(Trouble::Listen { .. })));
    }
}
