//! An invitation on paper: alone on one page, with everything somebody needs who cannot read a screen, and nothing that
//! can only be tapped. The picture and the page lie in `target/screens/`.

use crate::desk::Desk;
use crate::union::{INVITED, UNION};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;

/// A4 at 96 pixels to the inch, upright and lying.
const PAPERS: [(&str, u32, u32); 2] = [("upright", 794, 1123), ("lying", 1123, 794)];
/// Everything that would be printed: the words that are visible and in which box, and whether it lies on the paper.
const PRINTED: &str = "[...document.querySelectorAll('body *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const lies = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
        return (lies ? '' : 'OFF THE PAPER: ') + one.innerText;
    }).join('\\n')";

/// How many rules for paper rely on what the oldest browsers do not know.
const BY_HAS: &str = "[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.media?.mediaText === 'print' && rule.cssText.includes(':has(')).length";

#[test]
fn an_invitation_is_printed_alone() -> Outcome {
    let office = Office::start(&place::folder("office")?, &[])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    let (link, code) = desk.first_invited(&office)?;
    assert_eq!(code.len(), "1234 5678".len(), "{code}");
    let paper = desk.page.print("desk/invitation")?;
    let pages = paper.windows(11).filter(|bytes| *bytes == b"/Type /Page").count()
        - paper.windows(12).filter(|bytes| *bytes == b"/Type /Pages").count();
    assert_eq!(pages, 1, "sheets of paper");
    assert_eq!(desk.page.eval(BY_HAS)?, 0, "Firefox 115, which the floor names, knows no :has()");
    desk.page.set_paper(true)?;
    for (name, width, height) in PAPERS {
        desk.page.set_size(Size { width, height, ..Size::DESK })?;
        desk.page.drawn()?;
        desk.page.screenshot(&format!("desk/invitation-paper-{name}"))?;
        let printed = desk.page.eval(PRINTED)?.as_str().unwrap_or_default().to_owned();
        for needed in [UNION, INVITED.name, &code, &link, office.address(), "前有效"] {
            assert!(printed.contains(needed), "“{needed}” is not on the paper:\n{printed}");
        }
        for screen_only in ["打印", "复制", "OFF THE PAPER", "退出登录", "覆盖"] {
            assert!(!printed.contains(screen_only), "“{screen_only}” is on the paper:\n{printed}");
        }
        let code_px =
            desk.page.eval("document.querySelector('svg.qr, .qr svg, .qr').getBoundingClientRect().width")?;
        assert!(code_px.as_f64().is_some_and(|width| width > 150.0), "the picture to scan is {code_px} wide");
    }
    Ok(())
}
