//! Somebody's households go to somebody else, and both phones follow at their next contact; then to a stand-in, until a
//! day; then somebody leaves.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, COMPANION, FAMILY, HELPER, PASSWORD, Person, THIRD, UNION};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;

/// Who takes over.
const FRESH: Person = Person { name: "蓝春燕", role: "帮扶人", unit: BRANCH };
const NOBODYS: &str = "还没有分给您的住户";

#[test]
fn both_phones_follow_a_hand_over() -> Outcome {
    let (office, _desks, desk) = Desk::in_new_union()?;
    desk.add_unit(BRANCH, UNION)?;
    for person in [&HELPER, &COMPANION, &THIRD, &FRESH] {
        desk.add_person(person)?;
    }
    desk.open_file(&FAMILY, "困难户", BRANCH, [&THIRD, &COMPANION, &HELPER])?;
    let phones = [place::folder("leaver")?, place::folder("taker")?];
    let leavers = Browser::launch(&phones[0], Size::PHONE)?;
    let leaver = Phone::of(leavers.page()?, office.address());
    leaver.join(&desk.invite(&HELPER)?, PASSWORD)?;
    leaver.fetched()?;
    let takers = Browser::launch(&phones[1], Size::PHONE)?;
    let taker = Phone::of(takers.page()?, office.address());
    taker.join(&desk.invite(&FRESH)?, PASSWORD)?;
    taker.page.wait_text(NOBODYS)?;

    desk.open_person(&HELPER)?;
    desk.page.wait_text_in("[data-seats]", FAMILY.name)?;
    desk.page.screenshot_both("desk/person-with-seats", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap_text("全部移交")?;
    picked(&desk, &COMPANION)?;
    desk.page.wait_text("一个人占两个位置")?;
    desk.page.screenshot_both("desk/hand-over", Size::DESK)?;
    unspoilt(&desk.page)?;
    given(&desk, &FRESH, "移交 1 户")?;
    leaver.open()?;
    leaver.page.wait_text(NOBODYS)?;
    taker.open()?;
    taker.page.wait_text(FAMILY.name)?;

    // And back for three days only.
    desk.open_person(&FRESH)?;
    desk.page.tap(text("换人").within("[data-seats]"))?;
    desk.page.tap(text("临时代管").within("dialog[open]"))?;
    let today = desk.day(0)?;
    desk.page.set_date(label("代管到哪天").within("dialog[open]"), &desk.day(3)?)?;
    given(&desk, &HELPER, "代管 1 户")?;
    // Theirs again on the day after.
    let back = desk.day(4)?;
    desk.page.wait_text_in("[data-seats]", &format!("{}起", &back[5..]))?;
    desk.page.wait_text_in("[data-meanwhile]", HELPER.name)?;
    stands_in(&desk)?;
    leaver.open()?;
    leaver.page.wait_text(FAMILY.name)?;
    taker.open()?;
    taker.page.wait_text(NOBODYS)?;
    assert_eq!(desk.day(0)?, today, "midnight came in between: run it again");

    // Whoever leaves while their phone is out of reach keeps no household on it.
    let thirds = Browser::launch(&place::folder("third")?, Size::PHONE)?;
    let third = Phone::of(thirds.page()?, office.address());
    third.join(&desk.invite(&THIRD)?, PASSWORD)?;
    third.fetched()?;
    third.page.set_offline(true)?;
    somebody_leaves(&desk)?;
    third.page.set_offline(false)?;
    third.open()?;
    third.page.wait_text("您已离岗，住户资料已从本机清掉")?;
    third.page.wait_no_css("[data-household]")?;
    third.page.screenshot("phone/left").map(drop)
}

/// Picks somebody from the list, found by part of the name.
fn picked(desk: &Desk, to: &Person) -> Outcome {
    let part: String = to.name.chars().skip(1).collect();
    desk.page.type_into(label("找人").within("dialog[open]"), &part)?;
    desk.page.tap(text(to.name).within("dialog[open] .pick-list"))?;
    desk.page.wait_css("dialog[open] .pick-list :checked").map(drop)
}

/// Chooses who takes over in the open sheet, and sends it.
fn given(desk: &Desk, to: &Person, button: &str) -> Outcome {
    picked(desk, to)?;
    desk.page.tap(text(button).within("dialog[open]"))?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text("双方手机下次联网就会更新")
}

/// Whoever answers for households hands them over first, if only to nobody.
fn somebody_leaves(desk: &Desk) -> Outcome {
    desk.open_person(&THIRD)?;
    desk.page.wait_text("还负责 1 户，先移交")?;
    desk.page.tap_text("全部移交")?;
    desk.page.tap(text("先空着").within("dialog[open]"))?;
    desk.page.wait_text("1 户会少一个责任人")?;
    desk.page.tap(text("空出 1 户").within("dialog[open]"))?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text("现在没有负责的户")?;
    desk.page.tap_text("办理离岗")?;
    desk.page.tap(text("办理离岗").within("dialog[open]"))?;
    desk.page.wait_css("[data-left]")?;
    desk.page.screenshot_both("desk/person-left", Size::DESK)?;
    desk.open("/helpers")?;
    desk.page.wait_css("table.helpers")?;
    desk.page.screenshot_both("desk/helpers", Size::DESK)?;
    assert!(!desk.page.text()?.contains(THIRD.name), "who left is offered for nothing");
    unspoilt(&desk.page)?;
    desk.page.tap_text("帮扶责任人不齐的户")?;
    desk.page.wait_text(FAMILY.name)
}

/// On the household's page it stands until when, and who comes then.
fn stands_in(desk: &Desk) -> Outcome {
    let page = &desk.page;
    page.tap(text(FAMILY.name).within("[data-seats]"))?;
    page.wait_text_in("[data-turn]", &format!("起：{}", FRESH.name))?;
    page.screenshot_both("desk/household-stand-in", Size::DESK)?;
    unspoilt(page)?;
    desk.open("/units")?;
    page.wait_text_in("[data-counts]", "1 户")?;
    page.screenshot_both("desk/units-counted", Size::DESK)
}
