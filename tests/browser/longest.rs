//! The longest that may be written, everywhere at once: a name of forty signs, eight telephones, twelve children, a note
//! of two thousand. Nothing sticks out and nothing is cut off, on a phone with the browser's letters as they come and at
//! twice their size.

use crate::phone::{Phone, in_item};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;

const NAME: &str = "阿卜杜热西提麦麦提吐尔逊阿布都克里木艾合买提江穆罕默德依明卡德尔阿里木江吐尔地";
/// A field of one line is moved along by the finger in it; what is named in full below may be shortened above it.
const MAY_BE_CUT: [&str; 5] =
    ["<input", "<h1>", "<p.sub>", "<span.grow> “红旗林场家属区", "<small.sub.lines>"];
/// Which tiles on the screen say that something is not known.
const UNKNOWN: &str =
    "[...document.querySelectorAll('.six .tile.unknown')].map((tile) => tile.textContent).join('')";
const TELEPHONES: usize = 8;
const CHILDREN: usize = 12;

#[test]
fn the_longest_words_have_their_room() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    let page = &phone.page;
    phone.demo()?;
    proposed(&phone)?;
    phone.tab("待发")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    phone.tab("走访")?;
    page.type_into(label("查找"), &NAME[..9])?;
    phone.open_at(0)?;
    let household = page.url();
    phone.start_visit()?;
    let mut found = Vec::new();
    filled(&phone)?;
    looked_at(&phone, "visit", &mut found)?;
    phone.finish(NAME)?;
    phone.tab("待发")?;
    let record = page.eval("document.querySelector('a:has([data-record])').href")?;
    let record = record.as_str().unwrap_or_default().to_owned();
    phone.open()?;
    phone.at_list()?;
    phone.page.type_into(label("查找"), &NAME[..9])?;
    // What was learnt is known, though the union has not approved of the household yet.
    page.wait_js(&format!("{UNKNOWN} === '偶'"))?;
    looked_at(&phone, "list", &mut found)?;
    // It waits with the household: there is nothing to look at.
    page.goto(&office.at("/queue"))?;
    page.wait_text_in("a.card:has([data-state=needs-look])", "待批准")?;
    for (name, address) in [("household", household), ("queue", office.at("/queue")), ("record", record)] {
        page.goto(&address)?;
        page.wait_css(".page-header h1")?;
        looked_at(&phone, name, &mut found)?;
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    Ok(())
}

/// A household that is proposed in the longest words.
fn proposed(phone: &Phone) -> Outcome {
    let page = &phone.page;
    page.tap_text("登记新发现的困难家庭")?;
    page.type_into(label("查找"), NAME)?;
    page.tap_text("没有，登记新的")?;
    page.type_into(label("住址"), &"红旗林场家属区第十七栋".repeat(18))?;
    page.type_into(label("怎么找到门"), &"过了第二座木桥往左走到底".repeat(16))?;
    page.type_into(label("为什么需要帮扶"), &"多子女、大病、独居。".repeat(50))?;
    page.tap_text("保存登记")?;
    page.wait_text("已登记在本机，等工会批准").map(drop)
}

/// A visit with as much of everything as there may be.
fn filled(phone: &Phone) -> Outcome {
    let page = &phone.page;
    phone.met("本人")?;
    if !page.list("[data-part=consent]")?.is_empty() {
        page.tap(text("同意").within("[data-part=consent]"))?;
    }
    for item in ["name", "address"] {
        phone.answer(item, "无变化")?;
    }
    phone.answer("spouse", "没问到")?;
    page.tap(in_item("spouse", "没来得及"))?;
    phone.answer("telephone", "问到了")?;
    for place in 0..TELEPHONES {
        if place > 0 {
            page.tap(in_item("telephone", "再加一个电话"))?;
        }
        let number = label("电话号码").within("#item-telephone").nth(place);
        page.type_into(number, &format!("1380013800{place}"))?;
        page.select(label("谁的").within("#item-telephone").nth(place), "本人")?;
    }
    phone.answer("schooling", "问到了")?;
    for place in 0..CHILDREN {
        page.tap(in_item("schooling", "添加子女"))?;
        page.type_into(
            label("孩子姓名").within("#item-schooling").nth(place),
            &NAME[..NAME.len() - 3 * place],
        )?;
        page.type_into(
            label("学校").within("#item-schooling").nth(place),
            &"青峰矿区第一职业高级中学".repeat(16),
        )?;
    }
    phone.no_events()?;
    // More than may be: all of it is kept, and it is said how much too much it is.
    page.type_into(label("备注"), &"山".repeat(3_012))?;
    page.wait_text("多了 1012 字，请删短")?;
    page.wait_js("document.querySelector('#note textarea').value.length === 3012")?;
    page.wait_js("document.querySelector('.finish.missing') !== null")?;
    page.wait_js("document.querySelector('#note textarea').clientHeight <= innerHeight / 2 + 1")?;
    page.type_into(label("备注"), &"山路塌方，绕道走了三个钟头。\n".repeat(130))?;
    phone.kept()
}

/// Notes what does not fit, in letters as they come and at twice their size.
fn looked_at(phone: &Phone, name: &str, found: &mut Vec<String>) -> Outcome {
    let page = &phone.page;
    for px in [16, 32] {
        page.set_letters(px)?;
        page.eval("scrollTo(0, 0)")?;
        page.drawn()?;
        page.screenshot(&format!("phone/longest/{name}-{px}"))?;
        for (what, these) in [
            ("sticks out", page.overflow()?),
            ("is cut off", page.cut_off()?),
            ("lies under a bar", page.under_bars()?),
        ] {
            let these = these.into_iter().filter(|one| !MAY_BE_CUT.iter().any(|may| one.starts_with(may)));
            found.extend(these.map(|one| format!("{name} at {px} px: {what}: {one}")));
        }
    }
    page.set_letters(16)?;
    page.screenshot_whole(&format!("phone/longest/{name}-whole")).map(drop)
}
