//! Pictures of a page, and whether everything fits into its window. Nobody is asked to compare pictures by machine.

use super::Page;
use super::emulate::Size;
use crate::cdp::state::text;
use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use crate::place;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

static FAILURES: AtomicUsize = AtomicUsize::new(0);

impl Page {
    /// Takes a picture of the window into `target/screens/NAME.png`, and says where it is.
    pub fn screenshot(&self, name: &str) -> Outcome<PathBuf> {
        self.picture(name, false, self.deadline())
    }

    /// The same of the whole page, however long it is.
    pub fn screenshot_whole(&self, name: &str) -> Outcome<PathBuf> {
        self.picture(name, true, self.deadline())
    }

    /// Pictures at the size of a phone and of a desk: `NAME-390.png` and `NAME-1280.png`; the window is then `back`.
    pub fn screenshot_both(&self, name: &str, back: Size) -> Outcome {
        for size in [Size::PHONE, Size::DESK] {
            self.set_size(size)?;
            self.drawn()?;
            self.screenshot(&format!("{name}-{}", size.width))?;
        }
        self.set_size(back)
    }

    /// Prints the page into `target/screens/NAME.pdf` as the browser would on paper, and gives its bytes.
    pub fn print(&self, name: &str) -> Outcome<Vec<u8>> {
        let params = json!({ "printBackground": false, "preferCSSPageSize": true });
        let answer = self.call("Page.printToPDF", params)?;
        let bytes = decoded(&answer, "Page.printToPDF")?;
        let path = place::screens().join(format!("{name}.pdf"));
        written(&path, &bytes)?;
        Ok(bytes)
    }

    /// What sticks out of the window sideways; empty when everything fits.
    pub fn overflow(&self) -> Outcome<Vec<String>> {
        self.names("kit.overflow()")
    }

    /// What is smaller than so many CSS pixels in a direction, and so hard to hit with a finger.
    pub fn too_small(&self, px: u32) -> Outcome<Vec<String>> {
        self.names(&format!("kit.small({px})"))
    }

    /// Words that are cut off by their box, or wider than the field they stand in.
    pub fn cut_off(&self) -> Outcome<Vec<String>> {
        self.names("kit.cut()")
    }

    /// Fields and buttons that lie under a bar when a person comes to them by the keyboard.
    pub fn under_bars(&self) -> Outcome<Vec<String>> {
        self.names("kit.hidden()")
    }

    /// Text too pale to read (WCAG 2.2 AA: 4.5 to 1, large text 3 to 1). Text on pictures is not judged.
    pub fn too_pale(&self) -> Outcome<Vec<String>> {
        self.names("kit.pale()")
    }

    /// Why the browser would not install this page as an app; empty when it would.
    pub fn install_errors(&self) -> Outcome<Vec<String>> {
        let answer = self.call("Page.getInstallabilityErrors", json!({}))?;
        let errors =
            answer.get("installabilityErrors").and_then(Value::as_array).cloned().unwrap_or_default();
        Ok(errors.iter().map(|error| text(error, "errorId")).collect())
    }

    /// Waits until what was last changed has been drawn.
    pub fn drawn(&self) -> Outcome {
        self.wait_js("await new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))")
            .map(drop)
    }

    pub(super) fn names(&self, question: &str) -> Outcome<Vec<String>> {
        let found = self.ask(|_| question.to_owned(), self.deadline())?;
        let names = found.as_array().cloned().unwrap_or_default();
        Ok(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    pub(super) fn picture_of_failure(&self) -> Option<PathBuf> {
        let number = FAILURES.fetch_add(1, Ordering::Relaxed);
        let name = format!("failed/{}-{number}", std::process::id());
        self.picture(&name, false, Deadline::after(Duration::from_secs(5))).ok()
    }

    fn picture(&self, name: &str, whole: bool, deadline: Deadline) -> Outcome<PathBuf> {
        let params = json!({ "format": "png", "captureBeyondViewport": whole });
        let answer =
            self.cdp.call(Some(&self.session), "Page.captureScreenshot", params, deadline.patience())?;
        let bytes = decoded(&answer, "Page.captureScreenshot")?;
        let path = place::screens().join(format!("{name}.png"));
        written(&path, &bytes)?;
        Ok(path)
    }
}

/// The bytes that the browser answered with.
fn decoded(answer: &Value, method: &str) -> Outcome<Vec<u8>> {
    let data = answer.get("data").and_then(Value::as_str).unwrap_or_default();
    let refused =
        |error: base64::DecodeError| Failure::Command { method: method.into(), why: error.to_string() };
    STANDARD.decode(data).map_err(refused)
}

fn written(path: &Path, bytes: &[u8]) -> Outcome {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::disk(folder))?;
    }
    fs::write(path, bytes).map_err(Failure::disk(path))
}
