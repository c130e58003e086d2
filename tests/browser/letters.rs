//! The phone for eyes of sixty: the app's largest letters, and the browser's own at twice their size, on a small phone.
//! Nothing is cut off or sticks out, no bar hides a field, and everything can still be hit. The pictures lie in
//! `target/screens/` to be looked at.

use crate::lines::broken_words;
use crate::phone::Phone;
use crate::screens::{leave, screens_of_phone};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{Target, text};
use kit::place;

/// The commonest small phone.
const SMALL: Size = Size { width: 360, height: 740, density: 2.0, touch: true };
const FINGER: u32 = 44;
/// Where the head of the page stands.
const HEADER_BOX: &str = "document.querySelector('.page-header')?.getBoundingClientRect()";

/// How large letters are asked for: the folder of the pictures, the browser's own size, the app's.
struct Letters {
    folder: &'static str,
    browser_px: u32,
    app: &'static str,
    language: &'static str,
}

const ALL: [Letters; 4] = [
    Letters { folder: "letters-app", browser_px: 16, app: "largest", language: "zh-CN" },
    Letters { folder: "letters-app-en", browser_px: 16, app: "largest", language: "en" },
    Letters { folder: "letters-browser", browser_px: 32, app: "normal", language: "zh-CN" },
    Letters { folder: "letters-browser-en", browser_px: 32, app: "normal", language: "en" },
];

/// What was found wrong.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn look_at(&mut self, page: &Page, letters: &Letters, screen: &str) -> Outcome {
        let name = &format!("phone/{}/{screen}", letters.folder);
        // A picture of a whole page gives the browser's letters their own size back.
        page.set_letters(letters.browser_px)?;
        page.drawn()?;
        page.screenshot(name)?;
        let mut note = |what: &str, found: Vec<String>| {
            self.0.extend(found.into_iter().map(|one| format!("{name}: {what}: {one}")));
        };
        note("sticks out", page.overflow()?);
        note("breaks a word", broken_words(page)?);
        // Above a form, where it stays in sight, what is named in full elsewhere is shortened.
        let shortened = |one: &String| one.starts_with("<h1>") || one.starts_with("<p.sub>");
        note("is cut off", page.cut_off()?.into_iter().filter(|one| !shortened(one)).collect());
        note("lies under a bar", page.under_bars()?);
        note("too small to hit", page.too_small(FINGER)?);
        page.screenshot_whole(&format!("{name}-whole")).map(drop)
    }
}

#[test]
fn every_screen_in_large_letters() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    let page = &phone.page;
    let mut findings = Findings::default();
    phone.demo()?;
    let screens = screens_of_phone(&phone, &office)?;
    page.set_size(SMALL)?;
    for letters in &ALL {
        large(page, letters)?;
        for (name, address) in &screens {
            page.goto(address)?;
            page.wait_css(".page-header h1")?;
            findings.look_at(page, letters, name)?;
        }
        everything_answered(&phone, letters, &mut findings)?;
        leave(page)?;
    }
    large(page, &ALL[2])?;
    phone.open()?;
    phone.tab("我的")?;
    page.tap_text("退出登录")?;
    page.wait_css("dialog[open]")?;
    findings.look_at(page, &ALL[2], "sign-out")?;
    page.tap(text("退出登录").within("dialog[open]"))?;
    page.wait_css("[data-page=sign-in]")?;
    for letters in &ALL {
        large(page, letters)?;
        for door in ["sign-in", "join"] {
            page.goto(&office.at(&format!("/{door}")))?;
            page.wait_css(format!("[data-page={door}]").as_str())?;
            findings.look_at(page, letters, door)?;
        }
    }
    assert!(findings.0.is_empty(), "{} findings:\n{}", findings.0.len(), findings.0.join("\n"));
    Ok(())
}

/// Asks for letters of this size, for the next page.
fn large(page: &Page, letters: &Letters) -> Outcome {
    let Letters { app, language, .. } = letters;
    page.eval(&format!(
        "localStorage.setItem('lzd-size', '\"{app}\"'), localStorage.setItem('lzd-language', '\"{language}\"')"
    ))
    .map(drop)
}

/// The open form with every field of it: each item changed, a need, an alert.
fn everything_answered(phone: &Phone, letters: &Letters, findings: &mut Findings) -> Outcome {
    let page = &phone.page;
    for item in ["address", "telephone", "schooling", "events"] {
        page.tap(Target::from(format!("#item-{item} .seg-option.wait").as_str()).nth(0))?;
    }
    page.eval("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")?;
    page.set_letters(letters.browser_px)?;
    page.drawn()?;
    // Whose form it is, and that it is kept.
    page.wait_js(&format!("{HEADER_BOX} && {HEADER_BOX}.top >= 0 && {HEADER_BOX}.height < innerHeight / 5"))?;
    page.screenshot(&format!("phone/{}/visit-end", letters.folder))?;
    findings.look_at(page, letters, "visit-open")
}
