//! Last night's backup is put back: a helper and a household that were made today are gone from the office. The helper's
//! phone brings what it sent; the desk adds the helper under the id that those records name, and all of it counts again.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, COMPANION, FAMILY, GROUP, HELPER, PASSWORD, THIRD, UNION};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::label;
use kit::place;
use std::fs;
use std::path::Path;

#[test]
fn what_a_lost_helper_saw_in_a_lost_household_counts_again() -> Outcome {
    let (mut office, _desks, desk) = Desk::in_new_union()?;
    desk.add_unit(BRANCH, UNION)?;
    desk.add_unit(GROUP, BRANCH)?;
    for person in [&COMPANION, &THIRD] {
        desk.add_person(person)?;
    }
    let backup = place::folder("backup")?.join("office.db");
    command(&["backup", "--data", &shown(office.data()), &shown(&backup)])?;

    desk.add_person(&HELPER)?;
    desk.open_file(&FAMILY, "困难户", GROUP, [&THIRD, &COMPANION, &HELPER])?;
    let link = desk.invite(&HELPER)?;
    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join(&link, PASSWORD)?;
    phone.fetched()?;
    phone.visit(0)?;
    phone.tab("待发")?;
    phone.queued(FAMILY.name, "received")?;
    assert!(desk.on_time()?.contains("1 / 应访 1 户"), "{}", desk.on_time()?);

    office.stop()?;
    put_back(office.data(), &backup)?;
    office.start_again()?;
    phone.come_to_the_front()?;
    phone.queued(FAMILY.name, "needs-look")?;

    desk.todo("phones")?;
    desk.page.tap_text("都到了的")?;
    desk.page.wait_css("[data-add-person]")?;
    desk.page.wait_text("工会不认识的人")?;
    desk.page.screenshot_both("desk/phone-of-nobody", Size::DESK)?;
    desk.todo("quarantine")?;
    desk.page.wait_css("[data-entry]")?;
    desk.page.screenshot_both("desk/entries-of-nobody", Size::DESK)?;
    desk.page.tap("[data-add-person]")?;
    desk.page.wait_text("那些记录就归这个人")?;
    desk.page.type_into(label("姓名").within("form"), HELPER.name)?;
    desk.page.select(label("单位").within("form > .fields"), BRANCH)?;
    desk.page.screenshot_both("desk/person-of-entries", Size::DESK)?;
    desk.page.tap("form button[type=submit]")?;
    desk.page.wait_text_in(".page-header", HELPER.name)?;

    // Signed in anew, the phone offers the household that the office does not know.
    phone.join(&desk.invite(&HELPER)?, PASSWORD)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    desk.approve(FAMILY.name, GROUP)?;
    desk.page.wait_text_in("[data-consent]", "版：同意")?;
    desk.page.screenshot_both("desk/household-restored", Size::DESK)?;
    assert!(desk.on_time()?.contains("1 / 应访 1 户"), "{}", desk.on_time()?);
    desk.todo("quarantine")?;
    desk.page.wait_no_css("[data-entry]")?;
    unspoilt(&desk.page)?;
    phone.come_to_the_front()?;
    phone.page.wait_no_css("[data-state=needs-look]")
}

/// The backup instead of the database; the keys stay where they are.
fn put_back(data: &Path, backup: &Path) -> Outcome {
    for ending in ["", "-wal", "-shm"] {
        let file = data.join(format!("office.db{ending}"));
        if file.exists() {
            fs::remove_file(&file).map_err(Failure::disk(&file))?;
        }
    }
    command(&["restore", "--data", &shown(data), &shown(backup)])
}

fn command(arguments: &[&str]) -> Outcome {
    let (status, printed) = Office::run(arguments)?;
    assert!(status.success(), "{printed}");
    Ok(())
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
