//! What the tests need on the machine: looked for, installed where that is allowed (Debian, as root or with sudo that
//! asks nothing), otherwise named with the exact command. Never skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bundle::shrink;
use crate::say;
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

/// One thing that is needed.
struct Need {
    what: &'static str,
    /// Debian's names for it; of some it depends on what this Debian has.
    packages: fn() -> &'static [&'static str],
    there: fn() -> bool,
    /// Without it there is no test; else only a larger wasm.
    required: bool,
}

const NEEDS: [Need; 5] = [
    Need {
        what: "a C compiler (SQLite and TLS are compiled from source)",
        packages: || &["build-essential"],
        there: has_c_compiler,
        required: true,
    },
    Need {
        what: "Chromium (the browser tests drive it themselves, no driver)",
        packages: || &["chromium"],
        there: || chromium().is_some(),
        required: true,
    },
    Need {
        what: "a Chinese font (the screenshots are looked at)",
        packages: || &["fonts-noto-cjk"],
        there: has_chinese_font,
        required: true,
    },
    Need {
        what: "PostgreSQL (the office's tests run over it too, each program with a cluster of its own)",
        packages: || &["postgresql"],
        there: has_postgres,
        required: true,
    },
    Need {
        what: "wasm-opt, or npm to fetch it (optional: a smaller app)",
        packages: for_wasm_opt,
        there: has_wasm_opt,
        required: false,
    },
];

/// What the builds and the tests write from nothing (5.2 measured), and beside builds that are there, in GB, with some
/// to spare.
const ROOM_GB: u64 = 8;
const ROOM_BESIDE_BUILDS_GB: u64 = 3;
const KB_PER_GB: u64 = 1_000_000;

/// Everything the tests need is there when this returns `Ok`; says what it found and what it did.
pub fn everything() -> Result<PathBuf, Trouble> {
    say::step("what the tests need");
    room()?;
    for need in &NEEDS {
        say::note(&format!("{} {}", if (need.there)() { "✓" } else { "✗" }, need.what));
    }
    if missing().next().is_some() {
        install()?;
    }
    let left: Vec<&'static str> = missing().filter(|need| need.required).map(|need| need.what).collect();
    match chromium() {
        Some(chromium) if left.is_empty() => Ok(chromium),
        _ => Err(Trouble::Needs { missing: left, command: by_hand(&packages()) }),
    }
}

/// A disk that fills up in the middle breaks whatever writes next, and says so nowhere plainly.
fn room() -> Result<(), Trouble> {
    let is_built = tree::target().join("debug/deps").is_dir();
    let needed_gb = if is_built { ROOM_BESIDE_BUILDS_GB } else { ROOM_GB };
    let Some(free_gb) = tool::free_kb(&tree::target()).map(|free| free / KB_PER_GB) else { return Ok(()) };
    if free_gb < needed_gb {
        return Err(Trouble::LittleRoom { path: tree::target(), free_gb, needed_gb });
    }
    say::note(&format!("✓ {free_gb} GB of free disk (it takes up to {needed_gb})"));
    Ok(())
}

fn missing() -> impl Iterator<Item = &'static Need> {
    NEEDS.iter().filter(|need| !(need.there)())
}

/// Debian's names for all that is missing.
fn packages() -> Vec<&'static str> {
    missing().flat_map(|need| (need.packages)()).copied().collect()
}

fn install() -> Result<(), Trouble> {
    let Some(prefix) = privilege().filter(|_| is_debian()) else {
        // What is required and missing is told by the caller, with this command.
        say::note(&format!("not installed from here; by hand: {}", by_hand(&packages())));
        return Ok(());
    };
    let apt = |words: &[&str]| {
        let mut line: Vec<&str> = prefix.to_vec();
        line.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
        line.extend(words);
        let (program, words) = line.split_first().unwrap_or((&"apt-get", &[]));
        tool::run(Command::new(program).args(words), "apt-get")
    };
    // An index that cannot be refreshed (a mirror down) may still be good enough; the install below decides.
    say::step("apt-get update");
    if let Err(trouble) = apt(&["update"]) {
        say::note(&trouble.to_string());
    }
    // Only now is it known what this Debian has.
    let packages = packages();
    say::step(&format!("apt-get install {}", packages.join(" ")));
    let words: Vec<&str> =
        ["install", "-y", "--no-install-recommends"].iter().chain(&packages).copied().collect();
    if let Err(trouble) = apt(&words) {
        say::note(&trouble.to_string());
    }
    Ok(())
}

fn by_hand(packages: &[&str]) -> String {
    if is_debian() || tool::find("brew").is_none() {
        format!("sudo apt-get update && sudo apt-get install -y {}", packages.join(" "))
    } else {
        "xcode-select --install; brew install binaryen postgresql; brew install --cask chromium font-noto-sans-cjk-sc"
            .to_owned()
    }
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").is_file() && tool::find("apt-get").is_some()
}

/// What to put before a command that changes the machine: nothing for root, sudo if it asks nothing.
fn privilege() -> Option<&'static [&'static str]> {
    if tool::output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(&[]);
    }
    tool::output(Command::new("sudo").args(["-n", "true"])).map(|_| ["sudo", "-n"].as_slice())
}

/// The Chromium to drive: the one `CHROMIUM` names, else the first found.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
    let app = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    named
        .into_iter()
        .chain(names.iter().filter_map(|name| tool::find(name)))
        .chain(app.iter().map(PathBuf::from))
        .find(|program| tool::output(Command::new(program).arg("--version")).is_some())
}

fn has_c_compiler() -> bool {
    std::env::var_os("CC").is_some() || ["cc", "gcc", "clang"].iter().any(|name| tool::find(name).is_some())
}

/// For commands that only build: the C compiler, or a sentence.
pub fn c_compiler() -> Result<(), Trouble> {
    if has_c_compiler() {
        return Ok(());
    }
    Err(Trouble::NoTool {
        program: "cc".into(),
        what_for: "to compile SQLite and TLS into the server",
        command: by_hand(&["build-essential"]),
    })
}

fn has_chinese_font() -> bool {
    if let Some(fonts) = tool::output(Command::new("fc-list").args([":lang=zh-cn", "family"])) {
        return !fonts.is_empty();
    }
    ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/System/Library/Fonts/PingFang.ttc"]
        .iter()
        .any(|font| Path::new(font).is_file())
}

/// Debian keeps its programs beside the path, by version.
fn has_postgres() -> bool {
    let of_debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut servers = of_debian.map(|version| version.path().join("bin/initdb"));
    tool::find("initdb").is_some() || servers.any(|program| program.is_file())
}

/// One that is too old is none.
fn has_wasm_opt() -> bool {
    tool::find("npm").is_some() || shrink::on_this_machine().is_some()
}

/// Debian's own wasm-opt where it is new enough, else npm, which fetches one.
pub fn for_wasm_opt() -> &'static [&'static str] {
    let asked = tool::output(Command::new("apt-cache").env("LC_ALL", "C").args(["policy", "binaryen"]));
    if asked.as_deref().and_then(candidate).is_some_and(|version| version >= shrink::OLDEST) {
        &["binaryen"]
    } else {
        &["nodejs", "npm"]
    }
}

/// `  Candidate: 108-1` → 108.
fn candidate(policy: &str) -> Option<u32> {
    let line = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    line.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::candidate;

    #[test]
    fn debian_says_which_version_it_would_install() {
        let policy = |candidate: &str| format!("binaryen:\n  Installed: (none)\n  Candidate: {candidate}\n");
        for (said, expected) in
            [("108-1", Some(108)), ("120-4", Some(120)), ("124", Some(124)), ("(none)", None)]
        {
            assert_eq!(candidate(&policy(said)), expected, "{said}");
        }
        assert_eq!(candidate(""), None);
    }
}
