//! Father and son of one name, whom a roster has in one household: the sheet itself says that they are two. They are made
//! one only by a second word, and two again by another tap.

use crate::desk::Desk;
use crate::roster::{choose, counted};
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, FAMILY, HELPER};
use kit::failure::{Failure, Outcome};
use kit::page::emulate::Size;
use kit::page::target::{css, text};
use kit::place;
use std::fs;

const SAME: &str = "是同一个人";

/// A roster is looked at in which so many of one name, each with a telephone of their own, answer for one household.
fn looked_at(desk: &Desk, namesakes: usize) -> Outcome {
    let file = place::folder("roster")?.join("同名.csv");
    let (mut head, mut row) = ("姓名,分会".to_owned(), format!("{},{BRANCH}", FAMILY.name));
    for (nth, seat) in ["单位领导", "工会干部", "基层领导"].iter().enumerate().take(namesakes) {
        head.push_str(&format!(",{seat},{seat}电话"));
        row.push_str(&format!(",{},1390000000{nth}", HELPER.name));
    }
    fs::write(&file, format!("{head}\n{row}\n")).map_err(Failure::disk(&file))?;
    desk.open("/roster")?;
    choose(&desk.page, &file)?;
    counted(&desk.page, "new", 1)?;
    desk.page.wait_text_in("[data-side-by-side]", "第 2 行把两个人写在同一户")
}

#[test]
fn two_of_one_name_in_one_household_are_made_one_only_by_a_second_word() -> Outcome {
    let (_office, _desks, desk) = Desk::in_new_union()?;
    looked_at(&desk, 2)?;
    let (page, helper) = (&desk.page, HELPER.name);
    page.screenshot_both("desk/roster-side-by-side", Size::DESK)?;
    unspoilt(page)?;
    page.tap(text(SAME).within(".of-helpers-row .buttons"))?;
    page.wait_text_in("dialog[open]", &format!("确定两个{helper}是同一个人"))?;
    page.screenshot_both("desk/roster-side-by-side-sure", Size::DESK)?;
    unspoilt(page)?;
    page.tap(text("取消").within("dialog[open]"))?;
    page.wait_no_css("dialog[open]")?;
    assert!(page.list("[data-helpers-asked] [aria-pressed=true]")?.is_empty(), "nothing was said");
    page.tap(text(SAME).within(".of-helpers-row .buttons"))?;
    page.tap(text(SAME).within("dialog[open] [data-deed]"))?;
    page.wait_no_css("dialog[open]")?;
    page.wait_css("[data-helpers-asked] [aria-pressed=true]")?;
    // And two again, by one tap.
    page.tap("[data-helpers-asked] [aria-pressed=true]")?;
    page.wait_no_css("[data-helpers-asked] [aria-pressed=true]")?;
    unspoilt(page)
}

/// Of three of one name it is chosen from a list; what is chosen there is asked about as well.
#[test]
fn of_three_of_one_name_in_one_household_two_are_made_one_only_by_a_second_word() -> Outcome {
    let (_office, _desks, desk) = Desk::in_new_union()?;
    looked_at(&desk, 3)?;
    let (page, helper) = (&desk.page, HELPER.name);
    let list = || css("[data-helpers-asked] select").nth(0);
    let said = || page.value(list());
    page.select(list(), "0")?;
    page.wait_text_in("dialog[open]", &format!("确定两个{helper}是同一个人"))?;
    page.tap(text("取消").within("dialog[open]"))?;
    page.wait_no_css("dialog[open]")?;
    assert_eq!(said()?, "", "nothing was said");
    page.select(list(), "0")?;
    page.tap(text(SAME).within("dialog[open] [data-deed]"))?;
    page.wait_no_css("dialog[open]")?;
    assert_eq!(said()?, "0");
    // Somebody of their own they are by one choice.
    page.select(list(), "own")?;
    assert_eq!(said()?, "own");
    assert!(page.list("dialog[open]")?.is_empty(), "it was not asked");
    unspoilt(page)
}
