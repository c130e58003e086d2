//! The desk in large letters: no table is wider than its place, where what lies outside would not be seen to be there.

use crate::desk::Desk;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;

/// The pages with a table of the demonstration in them, and what shows that it has come.
const PAGES: [(&str, &str); 4] = [
    ("/households", "table.households td"),
    ("/households?show=overdue", "table.households td"),
    ("/people", "table.people td"),
    ("/helpers", "table td"),
];

const TOO_WIDE: &str = "[...document.querySelectorAll('.table-place')].filter((place) => \
    place.scrollWidth > place.clientWidth + 1).map((place) => `${place.scrollWidth} in ${place.clientWidth}`)";

#[test]
fn no_table_is_wider_than_its_place() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    let page = &desk.page;
    desk.demo("registrar")?;
    let mut found = Vec::new();
    for (language, size) in [("zh-CN", "large"), ("zh-CN", "largest"), ("en", "large"), ("en", "largest")] {
        page.eval(&format!(
            "localStorage.setItem('lzd-size', '\"{size}\"'), localStorage.setItem('lzd-language', '\"{language}\"')"
        ))?;
        for (path, there) in PAGES {
            desk.open(path)?;
            page.wait_css(there)?;
            page.drawn()?;
            let name = path.trim_start_matches('/').replace(['?', '='], "-");
            page.screenshot(&format!("desk/letters-{language}-{size}/{name}"))?;
            let wide = page.eval(TOO_WIDE)?;
            if wide.as_array().is_none_or(|wide| !wide.is_empty()) {
                found.push(format!("{path} {language} {size}: {wide}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
