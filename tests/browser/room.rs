//! The phone's storage runs full in the middle of a visit, or is thrown away: the form stays and says what to do, and
//! a loss is noticed and told: to the helper, and at the desk.

use crate::desk::Desk;
use crate::longer::{numbers, visits};
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, label};
use kit::place;
use kit::proxy::Road;
use rusqlite::{Connection, OpenFlags};

const NOTE: &str = "手机满了也不能丢这一句";
const FULL: &str = "手机存满了";

#[test]
fn a_full_phone_loses_nothing() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let profile = place::folder("phone")?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.demo()?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    browser.close()?;
    // The engine looks how much room there is when it opens a database, and then not for half a minute.
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.page.set_quota(phone.site(), Some(1))?;
    phone.open()?;
    phone.page.wait_css("[data-part=met]")?;
    // Said as soon as the form is open, for it was to be kept.
    phone.page.wait_text_in("#trouble", FULL)?;
    phone.page.eval(NOTE_ENDS)?;
    refused(&phone)?;
    phone.page.screenshot("phone/storage-full")?;
    // This engine takes the record and refuses the transaction: nothing but its end says so.
    let ended = phone.page.eval("document.documentElement.dataset.ended")?;
    assert_eq!(ended, "taken, then abort QuotaExceededError");
    phone.page.set_quota(phone.site(), None)?;
    kept_after_all(&phone)
}

/// Other engines refuse the put itself.
#[test]
fn a_phone_that_is_full_at_the_put_loses_nothing() -> Outcome {
    let (_office, _browser, phone) = Phone::in_demo()?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    phone.page.eval(REFUSE_PUTS)?;
    refused(&phone)?;
    phone.page.eval("void (IDBObjectStore.prototype.put = window.whole)")?;
    kept_after_all(&phone)
}

/// From now on no put is taken.
const REFUSE_PUTS: &str = "(() => {
    window.whole = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function () {
        if (this.name === 'outbox') document.documentElement.dataset.ended = 'refused';
        throw new DOMException('refused by the test', 'QuotaExceededError');
    };
})()";

/// From now on the page notes whether a record was taken, and how its transaction ended.
const NOTE_ENDS: &str = "(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        const asked = put.apply(this, given);
        if (this.name === 'outbox') {
            const told = document.documentElement.dataset, transaction = this.transaction;
            let taken = 'refused';
            asked.addEventListener('success', () => { taken = 'taken'; });
            for (const end of ['complete', 'abort']) {
                transaction.addEventListener(end, () => { told.ended = `${taken}, then ${end} ${transaction.error?.name}`; });
            }
        }
        return asked;
    };
})()";

/// A note is typed and the visit finished on a full phone: it is said what to do, and nothing claims to be kept.
fn refused(phone: &Phone) -> Outcome {
    phone.page.type_into(label("备注"), NOTE)?;
    phone.page.wait_text_in(".page-header .sub", "没存上")?;
    phone.page.tap_text("记下未遇")?;
    // The draft was refused before it: what is said must be of the save.
    phone.page.wait_css("html[data-ended]")?;
    phone.page.wait_text_in("#trouble", FULL)?;
    // The form is as it was.
    assert_eq!(phone.page.value(label("备注"))?, NOTE);
    let head = phone.page.list(".page-header")?.concat();
    assert!(!head.contains("已存好"), "{head}");
    assert!(!phone.page.text()?.contains("已保存到本机"));
    let toasts = phone.page.list(".toast")?;
    assert!(toasts.is_empty(), "it stands above the form, and is not said twice: {toasts:?}");
    Ok(())
}

/// There is room again: the visit is finished, and reaches the union with its note.
fn kept_after_all(phone: &Phone) -> Outcome {
    phone.finish("")?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    assert!(!phone.page.text()?.contains(FULL), "the phone is full no more");
    phone.page.tap(Target::from("a.card:has([data-record])").nth(0))?;
    phone.page.wait_text(NOTE).map(drop)
}

#[test]
fn lost_storage_is_noticed_and_told() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, office.address());
    phone.demo()?;
    let (before, _) = visits(&office)?;
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    office.stop()?;
    phone.open()?;
    phone.at_list()?;
    phone.attempt(1)?;
    phone.copied(1)?;
    phone.page.goto("about:blank")?;
    phone.page.drop_databases(phone.site())?;
    office.start_again()?;

    // Nobody is signed in any more; it is said at the door why. What had not left leaves all the same.
    phone.open()?;
    phone.page.wait_css("[data-page=sign-in]")?;
    phone.page.wait_text("没填完的表没有了。没送出的 1 条记录还在")?;
    phone.page.screenshot("phone/storage-kept-at-the-door")?;
    phone.copied(0)?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    phone.demo()?;
    // The office hears of both: the one that is lost, and the one that goes on.
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    let devices = devices(&office)?;
    assert_eq!(devices.len(), 2, "{devices:?}");
    // The new one counts for itself: a number taken twice would hide what was lost under it.
    let (records, different) = numbers(&office)?;
    assert_eq!(records, different);
    Ok(())
}

/// A device on the way takes one record and not the other, so that the office heard of both before one was lost.
#[test]
fn what_is_lost_with_its_second_copies_is_told() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    proxy.set_road(Road::Cut);
    phone.attempt_with_note(0, &"很长的备注。".repeat(300))?;
    phone.attempt(1)?;
    proxy.set_road(Road::TooLarge(4_000));
    phone.tab("待发")?;
    phone.page.tap(".try-now")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.page.wait_css("[data-state=set-aside]")?;
    phone.copied(1)?;
    phone.page.goto("about:blank")?;
    phone.page.drop_databases(phone.site())?;
    phone.page.drop_caches(phone.site())?;
    proxy.set_road(Road::Open);
    phone.open()?;
    phone.page.wait_text("没送出的记录没有了。请告诉工会")?;
    phone.page.screenshot("phone/storage-lost-at-the-door")?;

    // Who signs in again says with one visit which device the phone was before; the desk asks for what it lost.
    phone.demo()?;
    phone.attempt(2)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    desk.todo("phones")?;
    desk.page.wait_css("[data-phone]")?;
    desk.page.screenshot_both("desk/phone-lost", Size::DESK)?;
    let phones = desk.page.list("[data-phone]")?;
    let [said] = phones.as_slice() else { panic!("{phones:?}") };
    for words in ["至少记了 2 条，到了 1 条", "1 条没送到就清空了，请问本人补记", "至少记了 1 条，到了 1 条"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    Ok(())
}

#[test]
fn what_waited_under_the_open_app_is_found_again() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    phone.copied(1)?;
    phone.open_at(1)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    phone.page.drop_databases(phone.site())?;
    phone.finish("")?;
    phone.page.wait_text("条记录还在，会送到工会")?;
    phone.tab("待发")?;
    phone.page.wait_js("document.querySelectorAll('[data-state=on-phone]').length === 2")?;
    phone.copied(2)?;
    proxy.set_road(Road::Open);
    phone.page.tap_text("现在就试")?;
    phone.page.wait_no_css("[data-state=on-phone]")?;
    phone.copied(0)?;
    assert_eq!(visits(&office)?, (before + 2, before + 2));
    Ok(())
}

#[test]
fn storage_lost_under_the_open_app_is_noticed() -> Outcome {
    let (office, _browser, phone) = Phone::in_demo()?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.page.type_into(label("备注"), NOTE)?;
    phone.kept()?;
    phone.page.drop_databases(phone.site())?;
    // The visit on the screen is kept all the same, and reaches the union.
    phone.finish("")?;
    phone.page.wait_text("手机清掉了这里的存储，没填完的表没有了")?;
    phone.page.screenshot("phone/storage-lost-under-a-visit")?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    phone.open()?;
    phone.fetched()?;
    phone.tab("待发")?;
    phone.page.tap(Target::from("a.card:has([data-record])").nth(0))?;
    phone.page.wait_text(NOTE)?;
    assert_eq!(devices(&office)?.len(), 2);
    Ok(())
}

/// What the office knows of phones of people who brought something here: device and highest number made.
fn devices(office: &Office) -> Outcome<Vec<(Vec<u8>, i64)>> {
    let path = office.data().join("office.db");
    let failed = |source| Failure::Database { path: path.clone(), source };
    let database = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    let last = "SELECT id, made FROM device WHERE person = (SELECT person FROM device ORDER BY seen_ms DESC LIMIT 1)";
    let mut found = database.prepare(last).map_err(failed)?;
    let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
    rows.collect::<Result<_, _>>().map_err(failed)
}
