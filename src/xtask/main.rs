//! The project's commands: `cargo xtask run | test | check | prove | bench | build`.
//!
//! Shells out to cargo and the tools around it and links none of our own crates, so that it builds while they do not.
//! Holds no rule of the product: the rules of the tree are tests, in `tests/house`.

use std::process::ExitCode;

use trouble::Trouble;

mod bench;
mod bundle;
mod check;
mod need;
mod prove;
mod run;
mod say;
mod test;
mod tool;
mod tree;
mod trouble;

const USAGE: &str = "\
cargo xtask run   [--listen ADDR] [--data DIR]   build what is stale, start the demo on http://localhost:8080
cargo xtask test  [ARGS OF cargo test]           install what is needed where it may, build, run every test
cargo xtask check                                fmt, clippy, docs (warnings are errors), then test
cargo xtask prove [PART] [--minutes N]           what takes too long for every change; prove --help
cargo xtask bench                                the figures of the project, as far as they exist
cargo xtask build [--no-opt] [--if-stale]        both apps into target/site; --quick: to try a change out";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            say::trouble(&trouble);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Result<(), Trouble> {
    let (command, rest) = match words.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => return Err(Trouble::Usage { wrong: "no command given".into(), usage: USAGE }),
    };
    match command {
        "run" => run::run(&run::Settings::from_words(rest, USAGE)?),
        "test" => test::test(rest),
        "check" => {
            nothing_more(rest)?;
            check::check()
        }
        "prove" => prove::prove(rest),
        "bench" => {
            nothing_more(rest)?;
            bench::bench()
        }
        "build" => bundle::build(bundle::Settings::from_words(rest, USAGE)?).map(drop),
        "help" | "--help" | "-h" => {
            say::plain(USAGE);
            Ok(())
        }
        other => Err(Trouble::Usage { wrong: format!("there is no command `{other}`"), usage: USAGE }),
    }
}

fn nothing_more(rest: &[String]) -> Result<(), Trouble> {
    match rest.first() {
        None => Ok(()),
        Some(word) => Err(Trouble::Usage { wrong: format!("`{word}` means nothing here"), usage: USAGE }),
    }
}
