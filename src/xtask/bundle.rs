//! Both apps into `target/site/`, ready to be embedded in the server and served as they are.
//!
//! For whoever writes `public/` and `style/`, this is what the build does with them:
//!
//! | from                  | to                             | in the phone's precache list |
//! |-----------------------|--------------------------------|------------------------------|
//! | `public/phone.html`   | `/index.html`, listed as `/`   | yes |
//! | `public/desk.html`    | `/desk/index.html`             | no  |
//! | `public/sw.js`        | `/sw.js`                       | no  |
//! | `public/desk/**`      | as it is                       | no  |
//! | `public/icons/*.png`  | as it is                       | no: fetched by the browser when it installs |
//! | the rest of `public/` | as it is                       | yes |
//! | `style/*.css` without `desk.css`: tokens, base, parts, then the others by name | `/assets/style-HASH.css` | yes |
//! | `style/desk.css`, if there is one                                              | `/assets/desk-HASH.css`  | no  |
//! | package `phone`       | `/assets/phone-HASH.{js,wasm}` | yes |
//! | package `desk`        | `/assets/desk-HASH.{js,wasm}`  | no  |
//!
//! In every text file of `public/` a placeholder becomes the absolute path of what it names: `{{phone.js}}`,
//! `{{phone.wasm}}`, `{{desk.js}}`, `{{desk.wasm}}`, `{{style.css}}`, `{{desk.css}}`; any other name is an error.
//! The glue is a module with a default export: `init({ module_or_path: "{{phone.wasm}}" })`.
//! In `sw.js` alone `/*{{precache}}*/[]` becomes the list, `[{"path":"/","hash":"…"}, …]`, and `{{version}}` its hash.
//! Beside each compressible file lie its twins `.br` and `.gz`, where they are smaller.
//!
//! Does not serve, does not know the server.

use std::path::PathBuf;

use crate::say::{self, Watch};
use crate::tool;
use crate::tree;
use crate::trouble::Trouble;

use glue::Bound;
use precache::Precache;
use shrink::Shrinker;
use site::Site;

pub mod glue;
pub mod precache;
pub mod shrink;
pub mod site;
mod stamp;
mod style;
pub mod twin;

/// The two apps, by package name. The first is the one that is precached.
const APPS: [&str; 2] = ["phone", "desk"];

/// A build needs about this much, from nothing, with the server and the tests.
const WANTED_KB: u64 = 4_000_000;

/// How to build.
#[derive(Clone, Copy, Default)]
pub struct Settings {
    /// Leave wasm-opt out: faster, the apps larger.
    pub no_opt: bool,
    /// For trying a change out: compiled in seconds, large, unpacked. Not for shipping, not for measuring.
    pub quick: bool,
    /// Do nothing after the compiler when nothing changed since the last build.
    pub if_stale: bool,
}

impl Settings {
    /// The profile of `Cargo.toml` that compiles the apps.
    fn profile(self) -> &'static str {
        if self.quick { "quick" } else { "web" }
    }

    /// From the words after `build`.
    pub fn from_words(words: &[String], usage: &'static str) -> Result<Self, Trouble> {
        let mut settings = Self::default();
        for word in words {
            match word.as_str() {
                "--no-opt" => settings.no_opt = true,
                "--quick" => settings.quick = true,
                "--if-stale" => settings.if_stale = true,
                other => return Err(Trouble::Usage { wrong: format!("`build` has no `{other}`"), usage }),
            }
        }
        Ok(settings)
    }
}

/// Builds both apps and gives the phone's precache list.
pub fn build(settings: Settings) -> Result<Precache, Trouble> {
    let watch = Watch::start();
    glue::check_versions()?;
    tool::wasm_target()?;
    warn_of_small_disk();
    compile(settings.profile())?;
    let shrinker = if settings.no_opt || settings.quick { None } else { Shrinker::find() };
    let stamp = stamp::of_inputs(&APPS.map(|app| compiled(app, settings.profile())), shrinker.as_ref())?;
    if settings.if_stale && stamp::is_current(&stamp) {
        say::step("the site is up to date");
        return Ok(Precache { is_shrunk: shrinker.is_some(), ..precache::load()? });
    }
    let precache = Precache { is_shrunk: shrinker.is_some(), ..assemble(settings, shrinker.as_ref())? };
    stamp::keep(&stamp)?;
    say::step(&format!("target/site is ready, {}", watch.words()));
    say::plain(&precache.table());
    Ok(precache)
}

fn warn_of_small_disk() {
    if let Some(free) = tool::free_kb(&tree::root())
        && free < WANTED_KB
    {
        say::note(&format!(
            "only {} MB are free on this disk; a build from nothing takes about {} MB",
            free / 1000,
            WANTED_KB / 1000
        ));
    }
}

fn compile(profile: &str) -> Result<(), Trouble> {
    say::step("compiling both apps for the browser (the first time takes some minutes)");
    let mut command =
        tool::cargo(["build", "--locked", "--profile", profile, "--target", "wasm32-unknown-unknown"]);
    for app in APPS {
        command.args(["-p", app]);
    }
    tool::run(&mut command, "compiling the apps")
}

/// What the compiler makes of an app.
fn compiled(app: &str, profile: &str) -> PathBuf {
    tree::target().join("wasm32-unknown-unknown").join(profile).join(format!("{app}.wasm"))
}

fn assemble(settings: Settings, shrinker: Option<&Shrinker>) -> Result<Precache, Trouble> {
    say::step("wasm-bindgen");
    twin::prune()?;
    let mut site = Site::new(settings.quick);
    for app in APPS {
        let bound = glue::bind(app, &compiled(app, settings.profile()))?;
        let wasm = shrink(app, &bound, shrinker);
        site.add_app(app, bound, wasm);
    }
    for (name, text) in style::sheets()? {
        site.add_hashed(&name, text.into_bytes());
    }
    site.add_public()?;
    if !settings.quick {
        say::step("brotli and gzip");
    }
    site.write()
}

fn shrink(app: &str, bound: &Bound, shrinker: Option<&Shrinker>) -> Vec<u8> {
    let raw = bound.wasm.clone();
    let Some(shrinker) = shrinker else { return raw };
    let watch = Watch::start();
    match shrinker.shrink(&raw) {
        Some(small) => {
            let (before, after) = (say::grouped(raw.len()), say::grouped(small.len()));
            say::note(&format!("wasm-opt: {app} {before} → {after} bytes, {}", watch.words()));
            small
        }
        None => {
            say::note(&format!(
                "wasm-opt ({}) failed on {app}; going on with its larger wasm",
                shrinker.name()
            ));
            raw
        }
    }
}
