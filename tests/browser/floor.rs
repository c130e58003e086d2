//! Where the app must not begin: inside WeChat, and in a browser below the floor. Each time a sentence says what to do,
//! never a white page, and nothing is spent. The floor itself is `public/boot.js`; here it is taken at its word.

use crate::desk::Desk;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::place;
use std::collections::BTreeSet;
use std::fs;

const WECHAT: &str = "Mozilla/5.0 (Linux; Android 13; V2241A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
    Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260117 MicroMessenger/8.0.50.2701 WeChat/arm64 NetType/4G \
    Language/zh_CN";
const WECOM: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
    Mobile/15E148 wxwork/4.1.20 MicroMessenger/7.0.1 Language/zh";

/// How a feature is taken away.
enum Without {
    /// It is deleted.
    Name(&'static str),
    /// Modules with these bytes are no longer valid.
    Bytes(&'static str),
}

/// Every feature of the floor.
const FLOOR: [(&str, Without); 20] = [
    ("secure-context", Without::Name("isSecureContext")),
    ("promise", Without::Name("Promise")),
    ("fetch", Without::Name("fetch")),
    ("modules", Without::Name("HTMLScriptElement.prototype.noModule")),
    ("text-encoding", Without::Name("TextEncoder")),
    ("bigint", Without::Name("BigInt")),
    ("crypto", Without::Name("crypto.subtle")),
    ("indexeddb", Without::Name("indexedDB")),
    ("dialog", Without::Name("HTMLDialogElement.prototype.showModal")),
    ("css-grid", Without::Name("CSS.supports")),
    ("webassembly", Without::Name("WebAssembly")),
    ("wasm-mutable-globals", Without::Bytes("3,127,1")),
    ("wasm-sign-ext", Without::Bytes("192,26")),
    ("wasm-nontrapping-fptoint", Without::Bytes("252,0,26")),
    ("wasm-bulk-memory", Without::Bytes("252,11,0")),
    ("wasm-reference-types", Without::Bytes("208,111")),
    ("wasm-multivalue", Without::Bytes("0,2,127,127")),
    ("service-worker", Without::Name("navigator.serviceWorker")),
    ("cache-storage", Without::Name("caches")),
    ("web-locks", Without::Name("navigator.locks")),
];

impl Without {
    fn take_from(&self, page: &Page) -> Outcome {
        match self {
            Self::Name(name) => page.remove_feature(name),
            Self::Bytes(bytes) => page.before_load(&format!(
                "{{ const real = WebAssembly.validate.bind(WebAssembly); \
                 WebAssembly.validate = (bytes) => !`${{new Uint8Array(bytes)}},`.includes(',{bytes},') && real(bytes); }}"
            )),
        }
    }
}

/// The ids of the floor, as `boot.js` states them.
pub fn stated() -> Outcome<BTreeSet<String>> {
    let path = place::workspace().join("public/boot.js");
    let text = fs::read_to_string(&path).map_err(Failure::disk(&path))?;
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("[\"")?.split('"').next());
    Ok(lines.map(str::to_owned).collect())
}

#[test]
fn below_the_floor_a_sentence_says_so() -> Outcome {
    let known: BTreeSet<String> = FLOOR.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(known, stated()?, "this table and public/boot.js differ");
    let office = Office::start(&place::folder("office")?, &[])?;
    let browser = Browser::launch(&place::folder("floor")?, Size::PHONE)?;
    for (id, without) in &FLOOR {
        let page = browser.new_page()?;
        without.take_from(&page)?;
        page.goto(&office.at("/"))?;
        page.wait_css("[data-boot=floor]")?;
        let text = page.text()?;
        let sentence =
            if *id == "secure-context" { "请用 https:// 开头的地址" } else { "这个浏览器太旧" };
        assert!(text.contains(sentence), "{id}: {text}");
        let named =
            page.eval("[...document.querySelectorAll('[data-missing]')].map((one) => one.dataset.missing)")?;
        assert!(named.to_string().contains(id), "{id} is missing, but the page names {named}");
        assert_eq!(page.overflow()?, [] as [String; 0], "{id}");
        assert!(
            !page.requests().iter().any(|request| request.contains("/api/")),
            "{id}: {:?}",
            page.requests()
        );
        if *id == "wasm-bulk-memory" {
            page.screenshot_both("phone/below-the-floor", Size::PHONE)?;
        }
        page.close()?;
    }
    // The desk has the same floor without what only a phone needs.
    let page = browser.new_page()?;
    Without::Name("WebAssembly").take_from(&page)?;
    page.goto(&office.at("/desk/"))?;
    page.wait_text("这个浏览器太旧")
}

#[test]
fn inside_wechat_the_link_is_not_spent() -> Outcome {
    let office = Office::start(&place::folder("office")?, &[])?;
    let link = office.first_administrator()?;
    let browser = Browser::launch(&place::folder("wechat")?, Size::PHONE)?;
    for (name, engine) in [("wechat", WECHAT), ("wecom", WECOM)] {
        let page = browser.new_page()?;
        page.set_user_agent(engine)?;
        page.goto(&link)?;
        page.wait_text("请在浏览器里打开")?;
        page.wait_text(&link)?;
        page.tap_text("复制链接")?;
        assert!(!page.requests().iter().any(|request| request.contains("/api/")), "{:?}", page.requests());
        assert_eq!(page.eval("(await navigator.serviceWorker.getRegistrations()).length")?, 0);
        assert_eq!(page.overflow()?, [] as [String; 0]);
        page.screenshot_both(&format!("phone/{name}"), Size::PHONE)?;
        page.close()?;
    }
    let desk = Desk::of(browser.page()?, office.address());
    desk.join(&link, crate::union::PASSWORD)
}
