//! The main flow in the engines that are not Chromium: a whole visit made without a network outlives a new start of the
//! app, half written and finished, and reaches the union with its need.
//!
//! Only with `ENGINES=1`, as `cargo xtask prove engines` sets it, and only in the engines whose drivers are on this
//! machine; the figures name each. Without one it says that it did not run.

use crate::longer::{counted, number, tell, visits};
use crate::phone::SIX;
use kit::failure::Outcome;
use kit::office::Office;
use kit::place;
use kit::proxy::{Proxy, Road};
use kit::webdriver::{ENGINES, Engine, Session};

const NEED: &str = "孩子今年上初中，想问问助学";

/// Writes into the first field of this selector, as a person's typing is heard.
const WRITE: &str = "((css, words) => {
    const field = document.querySelector(css);
    if (!field) return false;
    field.focus();
    return document.execCommand('insertText', false, words) && field.value === words;
})";

/// What was begun to be written to the drafts is written: asked for behind it, once, and looked at until it is so.
const WRITTEN: &str = "(() => {
    const told = document.documentElement.dataset;
    if (!told.written) {
        told.written = 'asked';
        indexedDB.databases().then((all) => {
            const { name } = all.find(({ name }) => name.startsWith('lzd-work-'));
            const ask = indexedDB.open(name);
            ask.onsuccess = () => {
                const writing = ask.result.transaction('drafts', 'readwrite');
                writing.oncomplete = () => { ask.result.close(); told.written = 'yes'; };
            };
        });
    }
    return told.written === 'yes';
})()";

#[test]
fn in_another_engine_a_visit_reaches_the_union() -> Outcome {
    let (mut ran, mut absent) = (Vec::new(), Vec::new());
    for engine in &ENGINES {
        if number("ENGINES", 0) > 0 && engine.is_here() {
            main_flow(engine)?;
            ran.push(engine.name);
        } else {
            absent.push(engine.name);
        }
    }
    tell(&serde_json::json!({ "runs": ran.len(), "ran": ran, "not_run": absent }));
    Ok(())
}

fn main_flow(engine: &Engine) -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let page = Session::start(engine)?;
    page.goto(&proxy.at("/"))?;
    page.click(".demo-person", "")?;
    page.wait("document.querySelector('[data-household]') && !document.querySelector('.fetching')")?;
    page.wait("document.querySelector('[data-network=there]')")?;
    page.wait("navigator.serviceWorker.controller")?;
    let (before, _) = visits(&office)?;

    proxy.set_road(Road::Cut);
    whole_visit(&page, &proxy)?;

    page.goto(&proxy.at("/"))?;
    page.wait("document.querySelector('[data-household]')")?;
    page.click("nav.tabs a, nav.tabs button", "待发")?;
    page.wait("document.querySelectorAll('[data-state=on-phone]').length === 1")?;
    proxy.set_road(Road::Open);
    page.click("button", "现在就试")?;
    page.wait("document.querySelector('[data-state=received]')")?;
    assert_eq!(visits(&office)?, (before + 1, before + 1), "{}", engine.name);
    let needs = format!("SELECT count(*), count(DISTINCT id) FROM need WHERE line LIKE '%{NEED}%'");
    assert_eq!(counted(&office, &needs)?, (1, 1), "{}", engine.name);
    Ok(())
}

/// The worker is met, each of the six answered, a need written down; the app is opened anew before the last of the six.
fn whole_visit(page: &Session, proxy: &Proxy) -> Outcome {
    page.click("main a.card:has([data-household])", "")?;
    page.click("button, a", "开始家访")?;
    page.click("[data-part=met] label, [data-part=met] button", "本人")?;
    if page.eval("!!document.querySelector('[data-part=consent]')")? == true {
        page.click("[data-part=consent] label, [data-part=consent] button", "同意")?;
    }
    let (last, first) = SIX.split_last().unwrap_or((&"", &[]));
    first.iter().try_for_each(|item| answer(page, item))?;
    page.click("button", "添加诉求")?;
    page.click("[data-need] label, [data-need] button", "子女助学")?;
    page.wait(&format!("{WRITE}('[data-need] textarea, [data-need] input[type=text]', '{NEED}')"))?;
    let given = "[...document.querySelectorAll('[data-answered]')].map((one) => one.id + one.dataset.answered).join()";
    let before = page.eval(given)?;
    page.wait("document.querySelector('.page-header .sub').innerText.includes('已存好')")?;

    // Nothing may be begun as the page goes: WebKitGTK keeps a page that is left for an address, and with it what it had begun
    // to write, and every page opened after it finds the database taken. The app comes back with the form.
    page.wait(WRITTEN)?;
    page.goto(&proxy.at("/"))?;
    page.wait("document.querySelector('[data-part=met]')")?;
    page.wait(&format!("({given}) === {before}"))?;
    page.wait(&format!("[...document.querySelectorAll('[data-need] :is(textarea, input)')].some((one) => one.value === '{NEED}')"))?;
    answer(page, last)?;
    page.wait("document.querySelector('.bottom-bar').innerText.includes('完成')")?;
    page.click(".bottom-bar .finish", "")?;
    page.wait("document.body.innerText.includes('已保存到本机')").map(drop)
}

/// Answers one of the six: nothing changed or happened, where that can be said; else it could not be asked.
fn answer(page: &Session, item: &str) -> Outcome {
    let part = format!("#item-{item} :is(label, button)");
    page.wait(&format!("document.querySelector('{part}')"))?;
    for words in ["无变化", "没有新的大事", "没有大事"] {
        let offered = format!(
            "[...document.querySelectorAll('{part}')].some((one) => one.innerText.includes('{words}'))"
        );
        if page.eval(&offered)? == true {
            return page.click(&part, words);
        }
    }
    page.click(&part, "没问到")?;
    page.click(&part, "没来得及")
}
