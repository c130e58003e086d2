//! Programs that only proofs need: from their crates, for this checkout alone.

use crate::say;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// The program is in `target/tools/bin` when this returns `Ok`.
pub fn program(name: &str) -> Result<(), Trouble> {
    if tree::tools().join("bin").join(name).is_file() {
        return Ok(());
    }
    say::note(&format!("{name} is not there: building it for this checkout"));
    let mut command = tool::cargo(["install", "--locked", name, "--root"]);
    tool::run(command.arg(tree::tools()), &format!("installing {name}"))
}
