//! The site while it is put together: names with hashes, placeholders filled, written to `target/site` at the end.

use std::collections::BTreeMap;

use super::glue::Bound;
use super::precache::{self, Listed, Precache};
use super::twin::Twins;
use super::{stamp, twin};
use crate::tree;
use crate::trouble::Trouble;

/// What has placeholders.
const TEXT: [&str; 7] = ["html", "js", "css", "json", "webmanifest", "svg", "txt"];

/// Where the list goes in `sw.js`.
const LIST: &str = "/*{{precache}}*/[]";

/// The files of the site by path without a leading slash, and the names that placeholders may ask for.
#[derive(Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
    names: BTreeMap<String, String>,
    for_desk: Vec<String>,
    unpacked: bool,
}

impl Site {
    /// An empty one; unpacked, it has no twins: for a quick build.
    pub fn new(unpacked: bool) -> Self {
        Self { unpacked, ..Self::default() }
    }

    /// An app: its wasm, its glue and what the glue imports.
    pub fn add_app(&mut self, app: &str, bound: Bound, wasm: Vec<u8>) {
        self.add_hashed(&format!("{app}.wasm"), wasm);
        self.add_hashed(&format!("{app}.js"), bound.js);
        for (path, bytes) in bound.snippets {
            let path = format!("assets/{path}");
            if app == "desk" && !self.files.contains_key(&path) {
                self.for_desk.push(path.clone());
            }
            self.files.insert(path, bytes);
        }
    }

    /// A file whose name changes with its contents: `style.css` → `assets/style-HASH.css`.
    pub fn add_hashed(&mut self, name: &str, bytes: Vec<u8>) {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let path = format!("assets/{stem}-{}.{ending}", twin::digest(&bytes));
        if stem == "desk" {
            self.for_desk.push(path.clone());
        }
        self.names.insert(name.to_owned(), format!("/{path}"));
        self.files.insert(path, bytes);
    }

    /// Everything in `public/`, its placeholders filled.
    pub fn add_public(&mut self) -> Result<(), Trouble> {
        let public = tree::root().join("public");
        for path in tree::files(&public)? {
            let mut bytes = tree::read(&public.join(&path))?;
            let ending = path.rsplit('.').next().unwrap_or_default();
            if TEXT.contains(&ending)
                && let Ok(text) = std::str::from_utf8(&bytes)
            {
                let text = self.fill(&path, text)?;
                bytes = if ending == "js" { without_remarks(&text) } else { text }.into_bytes();
            }
            let served = match path.as_str() {
                "phone.html" => "index.html".to_owned(),
                "desk.html" => "desk/index.html".to_owned(),
                _ => path,
            };
            self.files.insert(served, bytes);
        }
        Ok(())
    }

    fn fill(&self, file: &str, text: &str) -> Result<String, Trouble> {
        fill(text, |name| match name {
            "precache" | "version" if file == "sw.js" => Some(format!("{{{{{name}}}}}")),
            _ => self.names.get(name).cloned(),
        })
        .map_err(|name| Trouble::Placeholder { file: format!("public/{file}"), name })
    }

    /// Writes the whole site with its twins, in place of the one before, and gives the phone's list.
    pub fn write(mut self) -> Result<Precache, Trouble> {
        stamp::forget()?;
        let precache = self.list()?;
        if let Some(worker) = self.files.get_mut("sw.js") {
            let text = String::from_utf8_lossy(worker);
            let text = text.replace(LIST, &precache.json()).replace("{{version}}", &precache.version);
            *worker = text.into_bytes();
        }
        let fresh = tree::bundle().join("site");
        tree::empty(&fresh)?;
        for (path, bytes) in &self.files {
            tree::write(&fresh.join(path), bytes)?;
            let twins = if self.unpacked { Twins::default() } else { twin::twins(path, bytes)? };
            for (ending, twin) in [("br", twins.br), ("gz", twins.gz)] {
                if let Some(twin) = twin {
                    tree::write(&fresh.join(format!("{path}.{ending}")), &twin)?;
                }
            }
        }
        // The same site stays where it is: a touched file would compile the server again.
        if !tree::same(&fresh, &tree::site())? {
            tree::replace(&fresh, &tree::site())?;
        }
        precache::keep(&precache)?;
        Ok(precache)
    }

    fn list(&self) -> Result<Precache, Trouble> {
        let mut listed = Vec::new();
        for (file, bytes) in &self.files {
            if file == "sw.js"
                || is_for_installing(file)
                || file.starts_with("desk/")
                || self.for_desk.contains(file)
            {
                continue;
            }
            let path = if file == "index.html" { "/".to_owned() } else { format!("/{file}") };
            let twins = if self.unpacked { Twins::default() } else { twin::twins(file, bytes)? };
            let brotli = twins.br.map_or(bytes.len(), |twin| twin.len());
            listed.push(Listed {
                path,
                hash: twin::digest(bytes),
                raw_bytes: bytes.len(),
                brotli_bytes: brotli,
            });
        }
        Ok(Precache::new(listed))
    }
}

/// A script without its remarks of whole lines: from `/*` at the beginning of a line to `*/` at the end of one.
fn without_remarks(script: &str) -> String {
    let lines: Vec<&str> = script.lines().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let begins = line.trim_start().starts_with("/*");
        let remark = || lines.iter().skip(at).position(|line| line.contains("*/"));
        let last = begins.then(remark).flatten().map(|length| at + length);
        // One that code follows on its line stays.
        match last.filter(|last| lines.get(*last).is_some_and(|line| line.trim_end().ends_with("*/"))) {
            Some(last) => at = last,
            None => kept.push(*line),
        }
        at += 1;
    }
    kept.join("\n")
}

/// The icon's bitmaps: the browser itself fetches them, when it installs the app; the app shows the drawing.
fn is_for_installing(file: &str) -> bool {
    file.starts_with("icons/") && file.ends_with(".png")
}

/// Fills `{{name}}` in a text; the error is a name nobody knows. Braces around anything but a name are left alone.
fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let name = after.split_once("}}").map(|(name, _)| name).filter(|name| is_name(name));
        rest = after;
        match name {
            Some(name) => {
                out.push_str(&value(name).ok_or_else(|| name.to_owned())?);
                rest = after.get(name.len() + 2..).unwrap_or_default();
            }
            None => out.push_str("{{"),
        }
    }
    out.push_str(rest);
    Ok(out)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::{fill, without_remarks};

    #[test]
    fn remarks_of_whole_lines_are_not_shipped() {
        for (script, expected) in [
            ("/* a */\nb();", "b();"),
            ("/* a\n   b. */\nc(); /* d */\n  /* e\n*/\nf();", "c(); /* d */\nf();"),
            ("/* a */ b();\nc = /*[]*/0;", "/* a */ b();\nc = /*[]*/0;"),
            ("/* a\n b */ c();", "/* a\n b */ c();"),
            ("/* never ends\na();", "/* never ends\na();"),
        ] {
            assert_eq!(without_remarks(script), expected);
        }
    }

    #[test]
    fn placeholders_are_filled_and_other_braces_left() {
        let value = |name: &str| (name == "a.js").then(|| "/assets/a-1.js".to_owned());
        let cases: [(&str, Result<&str, &str>); 5] = [
            ("no braces", Ok("no braces")),
            ("src={{a.js}};", Ok("src=/assets/a-1.js;")),
            ("{{a.js}}{{a.js}}", Ok("/assets/a-1.js/assets/a-1.js")),
            ("x({{ y: 1 }})", Ok("x({{ y: 1 }})")),
            ("{{b.js}}", Err("b.js")),
        ];
        for (text, expected) in cases {
            assert_eq!(fill(text, value).as_deref().map_err(String::as_str), expected, "{text}");
        }
    }
}
