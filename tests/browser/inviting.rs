//! A branch invited at once: the sheet is printed, no slip is parted between two sheets of paper, and one of its codes
//! lets its person in. The picture and the pages lie in `target/screens/`.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, CHAIR, COMPANION, HELPER, PASSWORD, REGISTRAR, THIRD, UNION};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, label, text};
use kit::place;

/// Upright A4 without the margins of the sheet, at 96 pixels to the inch.
const PAPER: Size = Size { width: 718, height: 1062, ..Size::DESK };
/// How many on the list hold a slip.
const HOLDING: &str = "[...document.querySelectorAll('li[data-person]')].filter((one) => one.textContent.includes('已邀请，')).length";
/// How many slips one sheet of paper holds.
const ON_ONE: usize = 6;

#[test]
fn a_sheet_of_invitations_is_printed_and_lets_in() -> Outcome {
    let (office, _desks, desk) = Desk::in_new_union()?;
    desk.add_unit(BRANCH, UNION)?;
    let people = [&CHAIR, &REGISTRAR, &HELPER, &COMPANION, &THIRD];
    for person in people {
        desk.add_person(person)?;
    }
    desk.open("/invitations")?;
    desk.page.wait_text("还没邀请或已过期 5 人")?;
    desk.page.screenshot_both("desk/invitations", Size::DESK)?;
    unspoilt(&desk.page)?;
    // So many are not invited by one slip of the hand.
    desk.page.wait_text("给 0 人发邀请")?;
    on_this_machine_only(&desk)?;
    desk.page.tap(label("全选"))?;
    desk.page.tap_text("给 5 人发邀请")?;
    desk.page.wait_css("[data-slip]")?;
    desk.page.screenshot_both("desk/invitations-sheet", Size::DESK)?;
    unspoilt(&desk.page)?;
    let code = desk.page.list(format!("[data-slip={}] [data-code]", HELPER.name).as_str())?.remove(0);
    on_paper(&desk, people.len())?;
    kept_until_handed_out(&desk, &code)?;

    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join_by_code(HELPER.name, &code)?;
    phone.set_password(PASSWORD)?;

    desk.page.tap_text("发完了，返回")?;
    desk.page.wait_text_in("dialog[open]", "还没有打印")?;
    desk.page.tap(text("不打印，返回").within("dialog[open]"))?;
    desk.page.wait_text("已能登录 2 人")?;
    desk.page.wait_text("已邀请 4 人")?;
    assert!(!desk.page.text()?.contains(&code), "the codes are shown once");
    only_asked_anew(&desk)?;
    desk.page.tap_text("已能登录的人")?;
    desk.page.wait_css(text(HELPER.name).within("details"))?;
    unspoilt(&desk.page)?;
    found_by_initials(&desk)?;
    an_odd_number_is_told(&desk)?;
    nobody_becomes_administrator_by_a_slip(&desk)
}

/// Nobody is handed an address that leads their phone to itself: that is said before a code is made.
fn on_this_machine_only(desk: &Desk) -> Outcome {
    desk.page.wait_text_in("[data-only-here]", "先别发邀请")?;
    assert_eq!(desk.page.list("[data-slip]")?, [] as [String; 0]);
    Ok(())
}

/// A page in between takes no code away: every page leads back to the sheet, and closing the desk asks first.
fn kept_until_handed_out(desk: &Desk, code: &str) -> Outcome {
    desk.page.tap(text("我的").within(".tabs"))?;
    desk.page.wait_no_css("[data-slip]")?;
    desk.page.wait_text_in("[data-sheet-kept]", "还有一张邀请单没发完：5 人")?;
    desk.page.screenshot_both("desk/invitations-kept", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap(text("回到邀请单").within("[data-sheet-kept]"))?;
    desk.page.wait_text_in("[data-slip]", code)?;
    desk.page.back()?;
    desk.page.wait_css("[data-sheet-kept]")?;
    desk.page.refuse_dialogs(true);
    let asked = desk.page.dialogs().len();
    desk.page.eval("location.assign('/')")?;
    desk.page.wait_css("[data-sheet-kept]")?;
    desk.page.refuse_dialogs(false);
    assert_eq!(desk.page.dialogs().len(), asked + 1, "closing asks");
    desk.page.tap(text("回到邀请单").within("[data-sheet-kept]"))?;
    desk.page.wait_text_in("[data-slip]", code)
}

/// Whose slip is out is among no 全选, and is invited anew only by saying so: the old slip ends by it.
fn only_asked_anew(desk: &Desk) -> Outcome {
    desk.page.wait_text("给 0 人发邀请")?;
    desk.page.wait_no_css(label("全选"))?;
    desk.page.tap(label(THIRD.name))?;
    desk.page.wait_text_in("dialog[open]", &format!("给{}重新发邀请？", THIRD.name))?;
    desk.page.wait_text_in("dialog[open]", "他的旧邀请码会作废")?;
    desk.page.screenshot_both("desk/invitations-again", Size::DESK)?;
    desk.page.tap(text("取消").within("dialog[open]"))?;
    desk.page.wait_text("给 0 人发邀请")?;
    desk.page.tap(label(THIRD.name))?;
    desk.page.tap(text("重新发邀请").within("dialog[open]"))?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_text("其中 1 人已有邀请，旧的会作废")?;
    desk.page.wait_text("给 1 人发邀请")
}

/// 覃 is read Qín or Tán: both find him, and so does his telephone.
fn found_by_initials(desk: &Desk) -> Outcome {
    desk.open("/people")?;
    for words in ["qgd", "tgd", "qinguodong", "Tan guodong"] {
        desk.page.type_into(label("找人"), words)?;
        desk.page.wait_js("document.querySelectorAll('table.people tbody tr').length === 1")?;
        desk.page.wait_text_in("table.people", HELPER.name)?;
    }
    Ok(())
}

/// A mobile number that lacks a digit is told once the field is left, and keeps nobody.
fn an_odd_number_is_told(desk: &Desk) -> Outcome {
    desk.open_person(&THIRD)?;
    desk.page.type_into(label("电话").within("form"), "1380000000")?;
    desk.page.press("Tab")?;
    desk.page.wait_text("这个号码有 10 位，请再看一遍")?;
    desk.page.screenshot_both("desk/person-odd-number", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.type_into(label("电话").within("form"), "13800000001")?;
    desk.page.press("Tab")?;
    desk.page.wait_gone("这个号码有")?;
    desk.page.tap(text("保存").within("form"))?;
    desk.page.wait_text("已存好")
}

/// Giving somebody all the union is asked about first.
fn nobody_becomes_administrator_by_a_slip(desk: &Desk) -> Outcome {
    desk.open_person(&COMPANION)?;
    desk.page.select(label("角色").within(".line-of-fields"), "管理员")?;
    desk.page.tap(text("保存").within("form"))?;
    desk.page.wait_text(&format!("确定给{}？", COMPANION.name))?;
    desk.page.screenshot_both("desk/sure-of-admin", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap(text("取消").within("dialog[open]"))?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.open_person(&COMPANION)?;
    assert_eq!(desk.page.value(label("角色").within(".line-of-fields"))?, "2", "still a helper");
    Ok(())
}

#[test]
fn a_registrar_invites_all_the_helpers_of_a_mine_at_once() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    desk.demo("registrar")?;
    desk.open("/invitations")?;
    desk.page.wait_text("出打印单")?;
    let helpers = desk.page.list("li[data-person]")?.len();
    assert!(helpers > 50, "{helpers}");
    // Two of them first: who holds a slip is among no 全选.
    for place in 0..2 {
        desk.page.tap(Target::from("li[data-person] input").nth(place))?;
    }
    desk.page.tap_text("给 2 人发邀请")?;
    desk.page.wait_css("[data-slip]")?;
    desk.page.tap_text("发完了，返回")?;
    desk.page.tap(text("不打印，返回").within("dialog[open]"))?;
    desk.page.wait_js(&format!("{HOLDING} === 2"))?;
    desk.page.tap(label("全选"))?;
    desk.page.tap(text(&format!("给 {} 人发邀请", helpers - 2)).within("main"))?;
    desk.page.wait_css("[data-slip]")?;
    assert_eq!(desk.page.list("[data-slip]")?.len(), helpers - 2);
    assert!(desk.page.list("[data-only-here]")?.is_empty(), "a demonstration is looked at where it runs");
    on_paper(&desk, helpers - 2)
}

/// The sheets of paper: so many as there must be, every slip whole on one of them, the pictures large enough to scan.
fn on_paper(desk: &Desk, slips: usize) -> Outcome {
    let paper = desk.page.print("desk/invitations-sheet")?;
    let pages = paper.windows(11).filter(|bytes| *bytes == b"/Type /Page").count()
        - paper.windows(12).filter(|bytes| *bytes == b"/Type /Pages").count();
    assert_eq!(pages, slips.div_ceil(ON_ONE), "sheets of paper for {slips} slips");
    desk.page.set_paper(true)?;
    desk.page.set_size(PAPER)?;
    desk.page.drawn()?;
    desk.page.screenshot_whole("desk/invitations-sheet-paper")?;
    desk.page.eval(LONGEST)?;
    let measured = desk.page.eval(MEASURED)?.as_str().unwrap_or_default().to_owned();
    assert_eq!(measured, "", "slips that do not fit, or would be parted");
    desk.page.set_paper(false)?;
    desk.page.set_size(Size::DESK)
}

/// As much on each as there ever is: a name of its own to sign in with, told twice, a telephone's end, a long address.
const LONGEST: &str = "document.querySelectorAll('.slip').forEach((slip) => {
    const name = slip.querySelector('.slip-name');
    name.lastElementChild.append('第一采煤工程处 · 尾号 8304');
    name.insertAdjacentHTML('afterend', '<p>登录名 <b>欧阳建国8304</b></p>');
    slip.querySelector('ol').lastElementChild.append('姓名填“欧阳建国8304”。以后登录也填“欧阳建国8304”。');
    slip.querySelector('.slip-until').append(' https://liuzhidao.gonghui.qingfeng-kuangye.example:8443/');
})";

/// What is wrong with a slip: 3 cm are 113 pixels; six of them stand on one sheet, two in a row; nothing in it is cut off.
const MEASURED: &str = "[...document.querySelectorAll('.slip')].map((slip) => {
    const { height, left, right } = slip.getBoundingClientRect();
    const scanned = slip.querySelector('.qr').getBoundingClientRect();
    const parts = [...slip.children].map((part) => part.getBoundingClientRect());
    const below = slip.getBoundingClientRect().bottom + 1;
    const ink = getComputedStyle(slip).color;
    const whole = getComputedStyle(slip).breakInside === 'avoid' && height * 3 <= innerHeight + 1;
    const fits = parts.every((part) => part.bottom <= below && part.right <= right + 1) && left >= 0 && right <= innerWidth + 1;
    const wrong = { whole, fits, scanned: scanned.width >= 113, ink: ink === 'rgb(0, 0, 0)' };
    return Object.values(wrong).every(Boolean) ? '' : JSON.stringify([slip.dataset.slip, wrong, height, parts]);
}).join('')";
