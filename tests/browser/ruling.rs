//! The union visits a category more often from today on: a household becomes overdue at the desk and on the phone that
//! carries it. And the tree of units, changed.

use crate::desk::Desk;
use crate::phone::{Phone, SIX, in_item};
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, COMPANION, FAMILY, GROUP, HELPER, PASSWORD, THIRD, UNION};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;

#[test]
fn a_shorter_interval_makes_a_household_overdue_at_the_desk_and_on_the_phone() -> Outcome {
    let (office, _desks, desk) = Desk::in_new_union()?;
    the_set_is_chosen(&desk)?;
    desk.add_unit(BRANCH, UNION)?;
    for person in [&HELPER, &COMPANION, &THIRD] {
        desk.add_person(person)?;
    }
    desk.open_file(&FAMILY, "困难户", BRANCH, [&THIRD, &COMPANION, &HELPER])?;
    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join(&desk.invite(&HELPER)?, PASSWORD)?;
    phone.fetched()?;
    // Visited forty days ago, and so every sixty days: on time.
    visited_on(&phone, &desk.day(-40)?)?;
    phone.open()?;
    phone.fetched()?;
    phone.page.wait_text("还有 20 天")?;
    let figures = desk.on_time()?;
    assert!(figures.contains("按期走访 1 /"), "{figures}");

    desk.open("/settings")?;
    desk.page.tap_text("改困难户")?;
    desk.page.type_into(label("多少天走访一次").within("dialog[open]"), "30")?;
    desk.page.screenshot_both("desk/category", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text_in("[data-categories]", "每 30 天走访一次")?;
    desk.page.screenshot_both("desk/settings-categories", Size::DESK)?;
    unspoilt(&desk.page)?;
    let figures = desk.on_time()?;
    assert!(figures.contains("按期走访 0 /"), "{figures}");
    phone.open()?;
    phone.page.wait_text("超 10 天")?;
    unspoilt(&phone.page)?;

    the_tree_is_changed(&desk)
}

/// A visit on an earlier day, in which nothing could be asked.
fn visited_on(phone: &Phone, day: &str) -> Outcome {
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.page.tap(text("选日期").within("[data-part=day]"))?;
    phone.page.set_date(label("家访日期"), day)?;
    phone.met("本人")?;
    phone.page.tap(text("同意").within("[data-part=consent]"))?;
    for item in SIX {
        phone.answer(item, "没问到")?;
        phone.page.tap(in_item(item, "没来得及"))?;
    }
    phone.finish("")
}

/// While there is no household, either shipped set can be taken.
fn the_set_is_chosen(desk: &Desk) -> Outcome {
    desk.open("/settings")?;
    desk.page.tap_text("国家三类")?;
    desk.page.wait_text_in("[data-categories]", "深度困难")?;
    desk.page.screenshot_both("desk/settings-first", Size::DESK)?;
    desk.page.tap_text("矿区六类")?;
    desk.page.wait_text_in("[data-categories]", "帮扶助学")
}

/// A group is made by the button, put below another branch, and closed.
fn the_tree_is_changed(desk: &Desk) -> Outcome {
    const OTHER: &str = "机修车间分会";
    desk.add_unit(OTHER, UNION)?;
    desk.page.tap_text("新建单位")?;
    desk.page.type_into(label("单位名称").within("dialog[open]"), GROUP)?;
    desk.page.select(label("上级单位").within("dialog[open]"), BRANCH)?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text_in("li[data-unit]", GROUP)?;
    desk.page.tap_text(&format!("改或撤销{GROUP}"))?;
    desk.page.select(label("上级单位").within("dialog[open]"), OTHER)?;
    desk.page.screenshot_both("desk/unit-change", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    let order = |desk: &Desk| -> Outcome<Vec<String>> {
        let names = desk.page.list("li[data-unit] > .grow")?;
        Ok(names.iter().filter_map(|name| name.split_whitespace().next()).map(str::to_owned).collect())
    };
    desk.page.wait_js(&format!(
        "[...document.querySelectorAll('li[data-unit]')].at(-1).innerText.includes('{GROUP}')"
    ))?;
    assert_eq!(order(desk)?.len(), 4);
    desk.page.tap_text(&format!("改或撤销{OTHER}"))?;
    desk.page.wait_text_in("[data-hangs]", "0 人、1 个下级单位")?;
    assert!(
        !desk.page.text()?.contains("只有建错的"),
        "what something hangs on is not offered to be removed"
    );
    desk.page.tap(text("撤销这个单位").within("dialog[open]"))?;
    desk.page.wait_css("dialog[open] [data-deed]")?;
    desk.page.screenshot_both("desk/unit-close-asked", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap(text("撤销这个单位").within("dialog[open] [data-deed]"))?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text_in("li[data-unit]", "已撤销")?;
    desk.page.screenshot_both("desk/units-closed", Size::DESK)?;
    unspoilt(&desk.page)?;
    // What is closed is offered for nothing new.
    desk.open("/people/new")?;
    desk.page.wait_css(label("单位").within("form > .fields"))?;
    assert!(!desk.page.text()?.contains(OTHER));
    Ok(())
}
