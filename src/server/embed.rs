//! Makes the folder that `site.rs` embeds, so that the office builds before the apps have been built.
//!
//! It builds nothing itself: the apps are built by `cargo xtask`.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let site = Path::new("../../target/site");
    std::fs::create_dir_all(site)?;
    println!("cargo::rerun-if-changed=../../target/site");
    println!("cargo::rerun-if-changed=embed.rs");
    Ok(())
}
