//! What the union answered reaches the family: the list says so, the visit reminds, and once told it is said no more.
//! And the second of a pair says with one tap that they were there.

use crate::desk::Desk;
use crate::phone::{Phone, SIX, in_item};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::page::emulate::Size;
use kit::page::target::{Target, label, text};
use kit::place;
use kit::proxy::Road;

const NEED: &str = "冬天的煤不够烧到三月";
const REPLY: &str = "三吨煤月底送到家里";
const MORE: &str = "，另有一吨三月送";

#[test]
fn a_reply_is_told_at_the_next_visit() -> Outcome {
    let (office, _browser, phone) = Phone::in_demo()?;
    see_all_news(&phone)?;
    let name = phone.page.list("a.card .name")?.into_iter().next().ok_or_else(nobody)?;
    phone.open_household(&name)?;
    phone.start_visit()?;
    // What sort of need it is has no preset; without it the visit is not finished.
    phone.need("医疗救助", NEED)?;
    phone.page.wait_gone("请写一句")?;
    // What is missing is outlined, and the first of it comes into view.
    phone.page.tap(".bottom-bar .finish")?;
    phone.page.wait_css("[data-lacking~=met][data-lacking~=item-name]")?;
    phone.page.screenshot("phone/visit-lacking")?;
    answered_nothing(&phone)?;
    phone.finish(&name)?;
    phone.tab("待发")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;

    let desk_browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desk_browser.page()?, office.address());
    desk.demo("chair")?;
    let file = answers(&desk)?;

    comes_without_moving_the_list(&phone)?;
    phone.page.wait_text_in(".news", REPLY)?;
    phone.page.screenshot("phone/news-reply")?;
    // The household's own card says it until the family was told.
    assert!(to_tell(&phone)?.contains(&name), "{name}");
    phone.page.tap(text("知道了").within(".news"))?;
    phone.page.wait_no_css(".news")?;
    assert!(to_tell(&phone)?.contains(&name), "{name}");
    phone.page.type_into(label("查找"), &name)?;
    phone.open_household(&name)?;
    phone.page.wait_text("答复，请告诉家里")?;
    phone.page.tap_text("开始家访")?;
    phone.page.wait_text_in("dialog[open]", "今天已经有一次家访")?;
    phone.page.screenshot("phone/visited-today")?;
    phone.page.tap_text("再记一次")?;
    phone.page.wait_text_in("[data-part=replies]", REPLY)?;
    phone.page.screenshot("phone/visit-reply-to-tell")?;
    phone.page.tap(text("已经告诉他们").within("[data-part=replies]"))?;
    answered_nothing(&phone)?;
    phone.finish(&name)?;
    is_not_said_again(&phone, &name)?;
    is_told_again_once_changed(&desk, &file, &phone)?;
    is_told_by_telephone(&desk, &file, &phone, &name)
}

/// Answers the need at the desk, and gives the address of its household's page.
fn answers(desk: &Desk) -> Outcome<String> {
    desk.todo("needs")?;
    desk.page.wait_text_in("main", NEED)?;
    let cards = desk.page.list("[data-need]")?;
    let place = cards.iter().position(|card| card.contains(NEED)).ok_or_else(nobody)?;
    let file = desk
        .page
        .eval(&format!("document.querySelectorAll('[data-need]')[{place}].querySelector('a').href"))?;
    desk.page.tap(text("答复").within("[data-need]").nth(place))?;
    desk.page.type_into("dialog[open] textarea", REPLY)?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    Ok(file.as_str().unwrap_or_default().to_owned())
}

/// Once told, it is not said again; the household's page says that they know.
fn is_not_said_again(phone: &Phone, name: &str) -> Outcome {
    assert_eq!(phone.page.list(".news")?, [] as [String; 0]);
    let of_card = format!(
        "[...document.querySelectorAll('[data-mark=to-tell]')].some((mark) => mark.closest('a').textContent.includes('{name}'))"
    );
    phone.page.wait_js(&format!("!{of_card}"))?;
    phone.tab("待发")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    phone.open()?;
    phone.fetched()?;
    phone.page.type_into(label("查找"), name)?;
    phone.open_household(name)?;
    phone.page.wait_text("已经告诉家里的答复")?;
    phone.page.wait_text("今天 已告诉家里")?;
    assert!(!phone.page.text()?.contains("答复，请告诉家里"), "{}", phone.page.text()?);
    Ok(())
}

/// Changed on the day of the telling: the desk begins with the words that stand, and the phone is to tell the new ones.
fn is_told_again_once_changed(desk: &Desk, file: &str, phone: &Phone) -> Outcome {
    desk.page.goto(file)?;
    desk.page.wait_text("已转告家里")?;
    desk.page.tap_text("修改答复")?;
    desk.page.wait_text_in("dialog[open] .answer", REPLY)?;
    assert_eq!(desk.page.value("dialog[open] textarea")?, REPLY);
    desk.page.screenshot("desk/reply-changed")?;
    desk.page.type_into("dialog[open] textarea", &format!("{REPLY}{MORE}"))?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text("还没转告")?;
    // What the family holds stands beside what they are to be told.
    desk.page.wait_text_in("[data-told-before]", REPLY)?;
    desk.page.screenshot_both("desk/reply-told-before", Size::DESK)?;
    phone.open()?;
    phone.show_news()?;
    phone.page.wait_text_in(".news", &format!("上次转告的是：{REPLY}"))?;
    phone.page.screenshot("phone/news-reply-changed")?;
    phone.page.wait_text_in(".news", &format!("现在改为：{REPLY}{MORE}"))
}

/// The family was called: that is noted without a visit, and the union sees how they know.
fn is_told_by_telephone(desk: &Desk, file: &str, phone: &Phone, name: &str) -> Outcome {
    phone.page.type_into(label("查找"), name)?;
    phone.open_household(name)?;
    phone.page.screenshot("phone/reply-to-tell")?;
    let visits = "document.querySelectorAll('.card.list .list-row').length";
    let before = phone.page.eval(visits)?;
    phone.page.tap(text("电话里告诉了").within("[data-need]"))?;
    phone.page.wait_text_in("dialog[open]", &format!("现在改为：{REPLY}{MORE}"))?;
    phone.page.screenshot("phone/told-by-telephone")?;
    phone.page.tap(text("告诉了").within("dialog[open] .buttons"))?;
    phone.page.wait_text("今天 已电话告诉家里")?;
    phone.page.wait_gone("上次转告的是")?;
    phone.page.screenshot_whole("phone/household-told-by-telephone")?;
    assert_eq!(phone.page.eval(visits)?, before, "it is no visit");
    phone.open()?;
    phone.tab("待发")?;
    phone.queued("电话转告", "received")?;
    phone.page.tap(text("电话转告").within("main"))?;
    phone.page.wait_text("哪天打的电话")?;
    phone.page.screenshot("phone/record-told-by-telephone")?;
    desk.page.goto(file)?;
    desk.page.wait_text("已电话转告")?;
    desk.page.screenshot("desk/reply-told-by-telephone").map(drop)
}

/// The list is open when the answer comes: asked for by the button, it moves nothing until it is to be shown.
fn comes_without_moving_the_list(phone: &Phone) -> Outcome {
    phone.tab("走访")?;
    phone.at_list()?;
    let top = "document.querySelector('a.card:has([data-household])').getBoundingClientRect().top";
    let before = phone.page.eval(top)?;
    phone.page.tap_text("看有没有新的")?;
    phone.page.wait_css("[data-news-waiting]")?;
    assert_eq!(phone.page.eval(top)?, before);
    phone.page.screenshot("phone/news-waiting")?;
    phone.show_news()
}

/// Whose cards say that there is a reply to tell.
fn to_tell(phone: &Phone) -> Outcome<String> {
    let names = "[...document.querySelectorAll('[data-mark=to-tell]')].map((mark) => mark.closest('a').querySelector('.name').textContent).join('、')";
    Ok(phone.page.eval(names)?.as_str().unwrap_or_default().to_owned())
}

fn nobody() -> Failure {
    Failure::Command { method: "list".into(), why: "not there".into() }
}

/// Takes note of whatever news the demonstration brings.
fn see_all_news(phone: &Phone) -> Outcome {
    phone.show_waiting_news()?;
    while !phone.page.list(".news")?.is_empty() {
        phone.page.tap(text("知道了").within(".news"))?;
    }
    Ok(())
}

/// The worker was met, and nothing could be asked.
fn answered_nothing(phone: &Phone) -> Outcome {
    phone.met("本人")?;
    if !phone.page.list("[data-part=consent]")?.is_empty() {
        phone.page.tap(text("同意").within("[data-part=consent]"))?;
    }
    for item in SIX {
        phone.answer(item, "没问到")?;
        phone.page.tap(in_item(item, "没来得及"))?;
    }
    Ok(())
}

#[test]
fn the_second_of_a_pair_says_that_they_were_there() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    open_asked_to_confirm(&phone)?;
    let before = phone.page.list("[data-confirm]")?.len();
    phone.page.wait_text("记的这次有您同行")?;
    phone.page.screenshot_whole("phone/household-to-confirm")?;
    phone.page.tap(Target::from("[data-confirm]").nth(0))?;
    phone.page.wait_text("您那天也去了")?;
    phone.page.wait_js(&format!("document.querySelectorAll('[data-confirm]').length === {}", before - 1))?;
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.page.wait_text("确认同行").map(drop)
}

/// Opens a household where somebody notes that this helper came along.
fn open_asked_to_confirm(phone: &Phone) -> Outcome {
    let count = phone.page.list("main a.card:has([data-household])")?.len();
    let asked = |place: usize| -> Outcome<bool> {
        phone.open()?;
        phone.at_list()?;
        phone.page.wait_css("[data-household]")?;
        phone.page.tap(Target::from("main a.card:has([data-household])").nth(place))?;
        phone.page.wait_css(".knowledge")?;
        // A card carries the latest twelve visits: where it is full, another one shows in no count.
        let is_full = phone.page.list(ROWS)?.len() >= 12;
        Ok(!is_full && !phone.page.list("[data-confirm]")?.is_empty())
    };
    let mut places = 0..count;
    let found = places.try_fold(false, |found, place| if found { Ok(true) } else { asked(place) })?;
    assert!(found, "in the demonstration somebody visited with this helper");
    Ok(())
}

/// Both wrote it down: it is asked once whether that was one visit, shown as one, and parted again where the record is.
#[test]
fn two_records_of_one_visit_are_one_by_a_tap() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    open_asked_to_confirm(&phone)?;
    let records = phone.page.list(ROWS)?.len();
    let asked = phone.page.list("[data-confirm]")?.len();
    let household = phone.page.url();
    // Without a network: what was just said is shown at once.
    proxy.set_road(Road::Cut);
    writes_it_down_too(&phone)?;
    phone.page.goto(&household)?;
    phone.page.wait_text("和您记的是同一次吗？")?;
    phone.page.screenshot_whole("phone/household-one-visit-asked")?;
    assert_eq!(phone.page.list("[data-confirm]")?.len(), asked - 1, "one question of one visit");
    assert_eq!(phone.page.list(ROWS)?.len(), records + 1);
    phone.page.tap(text("同一次").within("[data-pair]"))?;
    phone.page.wait_text("是同一次走访")?;
    phone.page.wait_no_css("[data-pair]")?;
    assert_eq!(phone.page.list(ROWS)?.len(), records);
    proxy.set_road(Road::Open);
    phone.open()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    phone.queued("是不是同一次", "received")?;
    phone.page.goto(&household)?;
    phone.page.wait_js(&format!("document.querySelectorAll('{ROWS}').length === {records}"))?;
    phone.page.screenshot_whole("phone/household-one-visit")?;
    let own = phone.page.list("a.list-row[href*='/record/']")?.into_iter().next().unwrap_or_default();
    let wrote: Vec<&str> = own.split(" · ").nth(1).unwrap_or_default().split('、').collect();
    assert_eq!(wrote.len(), 2, "both are named: {own}");
    let waited_for = |name: &&&str| own.contains(&format!("{name}（待本人确认）"));
    assert_eq!(wrote.iter().find(waited_for), None, "who wrote it down is not waited for: {own}");
    // It was a slip of the finger.
    phone.page.tap(Target::from("a.list-row[href*='/record/']").nth(0))?;
    phone.page.wait_css("[data-part=joined]")?;
    phone.page.screenshot("phone/record-one-visit")?;
    phone.page.tap_text("不是同一次")?;
    phone.page.wait_no_css("[data-part=joined]")?;
    phone.page.goto(&household)?;
    phone.page.wait_js(&format!("document.querySelectorAll('{ROWS}').length === {}", records + 1))?;
    assert_eq!(phone.page.list("[data-pair]")?, [] as [String; 0], "nobody is asked twice");
    Ok(())
}

/// The rows of visits.
const ROWS: &str = ".card.list .list-row:not([data-pair])";

/// A record of one's own of the day on which the other's says that one came along.
fn writes_it_down_too(phone: &Phone) -> Outcome {
    let said = phone.page.list(".list-row:has([data-confirm])")?.into_iter().next().ok_or_else(nobody)?;
    let day = said.split(" · ").next().unwrap_or_default().trim().to_owned();
    phone.start_visit()?;
    match day.as_str() {
        "今天" => {}
        "昨天" => phone.page.tap(text("昨天").within("[data-part=day]"))?,
        day => {
            let year = phone.page.eval("String(new Date().getFullYear())")?;
            let year = year.as_str().unwrap_or_default();
            let day = if day.len() == 5 { format!("{year}-{day}") } else { day.to_owned() };
            phone.page.tap(text("选日期").within("[data-part=day]"))?;
            phone.page.set_date(label("家访日期"), &day)?;
        }
    }
    answered_nothing(phone)?;
    phone.finish("")
}
