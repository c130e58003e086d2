//! `cargo xtask check`: everything that must hold before a change is kept. Warnings are errors.

use crate::bundle;
use crate::say;
use crate::test;
use crate::tool;
use crate::trouble::Trouble;

/// What also runs in the browser and so is linted for it too.
const ON_WASM: [&str; 6] = ["domain", "protocol", "sync", "ui", "phone", "desk"];

/// Formatting, lints on both targets, documentation, then the tests (the house rules are among them).
pub fn check() -> Result<(), Trouble> {
    say::step("formatting");
    tool::run(&mut tool::cargo(["fmt", "--all", "--check"]), "cargo fmt --check").map_err(|_| {
        Trouble::Failed {
            what: "the formatting check".into(),
            hint: "Repair it with `cargo fmt --all`.".into(),
        }
    })?;
    // The server embeds the site, so it has to lie there before anything looks at the server.
    bundle::build(bundle::Settings { if_stale: true, ..Default::default() })?;
    say::step("lints on this machine");
    let mut lint =
        tool::cargo(["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    tool::run(&mut lint, "clippy")?;
    say::step("lints for the browser");
    let mut lint = tool::cargo(["clippy", "--locked", "--target", "wasm32-unknown-unknown"]);
    for package in ON_WASM {
        lint.args(["-p", package]);
    }
    tool::run(lint.args(["--", "-D", "warnings"]), "clippy for wasm32")?;
    say::step("documentation");
    let mut doc = tool::cargo(["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"]);
    tool::run(doc.env("RUSTDOCFLAGS", "-D warnings"), "cargo doc")?;
    test::test(&[])
}
