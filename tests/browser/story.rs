//! The main job from the first start of an office to a family that hears its answer, with every way in which a phone
//! and an office lose each other in between. Started without the demonstration, everything made by the forms.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, CHAIR, COMPANION, FAMILY, GROUP, HELPER, PASSWORD, REGISTRAR, THIRD, UNION};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use kit::profile_scan::scan;
use std::path::Path;

/// The union's first day: units, people, one household. Gives the links of the chair and the helper.
fn founded(desk: &Desk, office: &Office) -> Outcome<(String, String)> {
    desk.join(&office.first_administrator()?, PASSWORD)?;
    desk.page.screenshot_both("desk/first-steps", Size::DESK)?;
    desk.name_union(UNION)?;
    desk.add_unit(BRANCH, UNION)?;
    desk.add_unit(GROUP, BRANCH)?;
    for person in [&CHAIR, &REGISTRAR, &HELPER, &COMPANION, &THIRD] {
        desk.add_person(person)?;
    }
    desk.open_file(&FAMILY, "困难户", GROUP, [&THIRD, &COMPANION, &HELPER])?;
    desk.page.screenshot_both("desk/household-new-file", Size::DESK)?;
    let links = (desk.invite(&CHAIR)?, desk.invite(&HELPER)?);
    // Nobody is handed an address that leads their phone to itself: that is said before.
    desk.page.wait_text_in("[data-only-here]", "先别发邀请")?;
    desk.page.screenshot_both("desk/invitation", Size::DESK)?;
    unspoilt(&desk.page)?;
    Ok(links)
}

#[test]
fn a_visit_without_a_network_reaches_the_union() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &[])?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    let (chairs_link, helpers_link) = founded(&desk, &office)?;
    desk.join(&chairs_link, PASSWORD)?;
    assert!(desk.on_time()?.contains("0 / 应访 0 户"), "{}", desk.on_time()?);
    tiles_of_the_chair(&desk, ("100%", "0%"))?;

    let profile = place::folder("phone")?;
    let mobile = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join(&helpers_link, PASSWORD)?;
    phone.fetched()?;
    unspoilt(&phone.page)?;

    // Put away; the engine writes its cookies down when it closes, or half a minute after.
    mobile.close()?;

    office.stop()?;
    let mobile = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.page.set_offline(true)?;
    visited_offline(&phone)?;
    mobile.kill9();

    let mobile = Browser::launch(&profile, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.page.set_offline(true)?;
    still_there(&phone)?;

    office.start_again()?;
    phone.page.set_offline(false)?;
    phone.queued(FAMILY.name, "received")?;
    phone.page.screenshot("phone/queue-received")?;
    the_chair_sees_it(&desk)?;
    desk.reply(FAMILY.reply)?;

    phone.open()?;
    phone.fetched()?;
    phone.open_household(FAMILY.name)?;
    phone.page.wait_text(FAMILY.reply)?;
    office.stop()?;
    phone.page.set_offline(true)?;
    phone.page.reload()?;
    phone.page.wait_text(FAMILY.reply)?;
    phone.page.wait_text("答复，请告诉家里")?;
    phone.page.screenshot_whole("phone/household-with-reply")?;

    ten_taps(&phone)?;
    unspoilt(&phone.page)?;
    mobile.close()?;
    nothing_in_clear(&profile, &office)
}

/// Finds the household by its initials and records a visit in which the school has changed.
fn visited_offline(phone: &Phone) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.page.reload()?;
    phone.at_list()?;
    phone.find(FAMILY.initials, FAMILY.name)?;
    phone.page.screenshot("phone/list-found-by-initials")?;
    phone.open_household(FAMILY.name)?;
    assert_eq!((phone.state("schooling")?.as_str(), phone.state("events")?.as_str()), ("Known", "Unknown"));
    phone.page.screenshot_whole("phone/household")?;
    phone.start_visit()?;
    phone.page.screenshot("phone/visit-begun")?;
    phone.met("本人")?;
    phone.page.tap(text("同意").within("[data-part=consent]"))?;
    phone.page.tap(text(COMPANION.name).within("[data-part=companion]"))?;
    for item in ["name", "address", "telephone", "spouse"] {
        phone.answer(item, "无变化")?;
    }
    phone.answer("schooling", "有变化")?;
    phone.page.select(label("现在读"), "初中")?;
    phone.page.select(label("年级"), "初一")?;
    phone.page.type_into(label("学校"), FAMILY.new_school)?;
    phone.page.screenshot("phone/visit-schooling-changed")?;
    phone.no_events()?;
    phone.need("子女助学", FAMILY.need)?;
    phone.page.screenshot_whole("phone/visit-full")?;
    phone.finish(FAMILY.name)?;
    phone.page.screenshot("phone/list-visit-kept").map(drop)
}

/// After the battery died: it waits in the queue, and the household shows it.
fn still_there(phone: &Phone) -> Outcome {
    phone.open()?;
    phone.at_list()?;
    phone.page.wait_text("1 条在本机")?;
    phone.open_household(FAMILY.name)?;
    phone.page.wait_text(FAMILY.new_school)?;
    phone.page.wait_text(FAMILY.need)?;
    assert_eq!((phone.state("schooling")?.as_str(), phone.state("events")?.as_str()), ("Known", "Known"));
    phone.page.back()?;
    phone.at_list()?;
    phone.tab("待发")?;
    phone.queued(FAMILY.name, "on-phone")?;
    phone.page.wait_text("1 条还没到工会")?;
    phone.page.screenshot("phone/queue-waiting").map(drop)
}

fn the_chair_sees_it(desk: &Desk) -> Outcome {
    let figures = desk.on_time()?;
    assert!(figures.contains("1 / 应访 1 户"), "{figures}");
    tiles_of_the_chair(desk, ("100%", "100%"))?;
    desk.page.screenshot_both("desk/coverage-after-visit", Size::DESK)?;
    desk.page.tap(text(FAMILY.name).within("table.households"))?;
    desk.page.wait_text(FAMILY.new_school)?;
    desk.page.wait_text(FAMILY.need)?;
    desk.page.screenshot_both("desk/household-after-visit", Size::DESK)?;
    desk.todo("needs")?;
    desk.page.wait_text(FAMILY.need)?;
    desk.page.screenshot_both("desk/needs", Size::DESK)?;
    unspoilt(&desk.page)
}

/// How many households are known by their schooling, and how many by their grave events, on the chair's first page.
fn tiles_of_the_chair(desk: &Desk, shares: (&str, &str)) -> Outcome {
    let share = |item: &str| desk.page.list(format!(".six.shares [data-item={item}] b").as_str());
    desk.page.wait_css(".six.shares")?;
    assert_eq!(
        (share("schooling")?, share("events")?),
        (vec![shares.0.to_owned()], vec![shares.1.to_owned()])
    );
    Ok(())
}

/// From the list to a finished visit where nothing changed.
fn ten_taps(phone: &Phone) -> Outcome {
    // The day after: of a second visit on one day it is asked whether it is meant.
    phone.page.shift_clock(1)?;
    phone.open()?;
    phone.at_list()?;
    phone.page.wait_css("[data-household]")?;
    phone.page.forget_taps();
    phone.open_household(FAMILY.name)?;
    phone.start_visit()?;
    phone.page.wait_text_in(".page-header .sub", &format!("与{}同行", COMPANION.name))?;
    assert!(phone.page.list("[data-part=consent]")?.is_empty(), "consent was noted before");
    phone.met("本人")?;
    phone.nothing_changed()?;
    phone.finish(FAMILY.name)?;
    assert_eq!(phone.page.taps(), 10);
    assert_eq!(phone.page.dialogs(), [] as [String; 0]);
    Ok(())
}

/// What was typed and synced lies nowhere on the disk as it is; words put there in clear are found by the same scan.
fn nothing_in_clear(profile: &Path, office: &Office) -> Outcome {
    let secret = scan(profile, &secrets())?;
    // The engine notes the name somebody signed in with beside its own passwords, even where they never let it keep one.
    // It is the helper's own, and no household's.
    let of_engine = |word: &str, file: &Path| word == HELPER.name && file.ends_with("Login Data");
    let leaks = secret.hits.iter().filter(|hit| !of_engine(&hit.word, &hit.file)).count();
    assert_eq!(leaks, 0, "{secret}");
    assert!(secret.coverage.files > 20 && secret.coverage.unread.is_empty(), "{secret}");
    let browser = Browser::launch(profile, Size::PHONE)?;
    let page = browser.page()?;
    page.goto(&office.at("/"))?;
    page.eval(CONTROL)?;
    browser.close()?;
    let words = ["对照甲", "对照乙", "对照丙", "对照丁"];
    let found = scan(profile, &words)?;
    for (word, part) in
        words.iter().zip(["indexeddb.leveldb", "indexeddb.blob", "CacheStorage", "Local Storage"])
    {
        assert!(
            !found.found(word, part).is_empty(),
            "“{word}” was put into {part} in clear and is not found:\n{found}"
        );
    }
    Ok(())
}

/// Puts a word in clear into a small record, a large one, the Cache Storage and the local storage of the same origin.
const CONTROL: &str = "await (async () => {
    const database = await new Promise((done, failed) => {
        const request = indexedDB.open('control', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('words');
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    await new Promise((done, failed) => {
        const transaction = database.transaction('words', 'readwrite', { durability: 'strict' });
        transaction.objectStore('words').put('对照甲', 'small');
        // Too much even when packed to lie among the other records: it goes into a file of its own.
        let padding = '';
        while (padding.length < 100000) padding += Math.random().toString(36).slice(2);
        transaction.objectStore('words').put({ padding, word: '对照乙' }, 'large');
        transaction.oncomplete = done;
        transaction.onerror = () => failed(transaction.error);
    });
    database.close();
    await (await caches.open('control')).put('/control', new Response('对照丙'));
    localStorage.setItem('control', '对照丁');
})()";

/// Everything of the household that the phone knows.
fn secrets() -> Vec<&'static str> {
    vec![
        FAMILY.name,
        FAMILY.address,
        FAMILY.telephone,
        FAMILY.spouse,
        FAMILY.child,
        FAMILY.school,
        FAMILY.new_school,
        FAMILY.need,
        FAMILY.reply,
        HELPER.name,
        COMPANION.name,
        THIRD.name,
    ]
}
