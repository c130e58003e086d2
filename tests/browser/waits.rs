//! Where visits wait is seen helper by helper, and leads to the households; a new one is thought to be of no whole union; every
//! question of the desk has its deed in one place.

use crate::desk::Desk;
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, label, text};
use kit::place;

/// For how many households, helper by helper as they stand on the page.
const LATE: &str = "[...document.querySelectorAll('[data-late]')].map((late) => Number(late.textContent))";

#[test]
fn where_visits_wait_is_seen_helper_by_helper() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("registrar")?;
    desk.open("/helpers")?;
    desk.page.wait_css("[data-late]")?;
    desk.page.tap("[data-sort=late]")?;
    desk.page.wait_css("th[aria-sort=descending] [data-sort=late]")?;
    let late: Vec<u64> = numbers(&desk)?;
    let mut sorted = late.clone();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(late, sorted);
    desk.page.screenshot_both("desk/helpers-late", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap(Target::from("[data-late]").nth(0))?;
    desk.page.wait_css("[data-of-helper]")?;
    desk.page.wait_text_in("[data-total]", &format!("{} 户", late[0]))?;
    desk.page.screenshot_both("desk/households-of-helper", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap("[data-of-helper] a")?;
    desk.page.wait_no_css("[data-of-helper]")?;
    new_household_is_of_nobodys_choosing(&desk)?;
    the_deed_stands_last(&desk)
}

fn numbers(desk: &Desk) -> Outcome<Vec<u64>> {
    let shown = desk.page.eval(LATE)?;
    Ok(shown.as_array().into_iter().flatten().filter_map(serde_json::Value::as_u64).collect())
}

/// From the list of all the union's households no unit is chosen; from a branch's list it is the branch.
fn new_household_is_of_nobodys_choosing(desk: &Desk) -> Outcome {
    desk.open("/households")?;
    desk.page.tap(text("新建住户").within("main"))?;
    desk.page.wait_css("form [data-item=name]")?;
    assert_eq!(desk.page.value(label("单位").within("form"))?, "");
    desk.page.screenshot_both("desk/household-new-no-unit", Size::DESK)?;
    desk.open("/households")?;
    desk.page.tap(text("林业站").within(".side"))?;
    desk.page.wait_js("location.search.includes('unit=')")?;
    desk.page.tap(text("新建住户").within("main"))?;
    desk.page.wait_css("form [data-item=name]")?;
    assert_ne!(desk.page.value(label("单位").within("form"))?, "");
    // Nor does somebody new help in all the union by having been made.
    desk.open("/people/new")?;
    desk.page.wait_css("form > .fields")?;
    assert_eq!(desk.page.value(label("单位").within("form > .fields"))?, "");
    assert_eq!(desk.page.list("form .line-of-fields")?, [] as [String; 0]);
    Ok(())
}

/// The way out, then the deed at the end: here of a question, elsewhere of every form.
fn the_deed_stands_last(desk: &Desk) -> Outcome {
    desk.open("/people")?;
    desk.page.tap(Target::from("table.people .title a").nth(0))?;
    desk.page.wait_css("[data-seats]")?;
    desk.page.select(label("角色").within(".line-of-fields"), "管理员")?;
    desk.page.tap(text("保存").within("form"))?;
    desk.page.wait_css("dialog[open] [data-deed]")?;
    let last =
        "document.querySelector('dialog[open] [data-deed] button:last-child').classList.contains('main')";
    assert_eq!(desk.page.eval(last)?, serde_json::Value::Bool(true));
    desk.page.screenshot_both("desk/question", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap(text("取消").within("dialog[open]"))?;
    desk.page.wait_no_css("dialog[open]")
}
