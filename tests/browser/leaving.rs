//! One phone, two helpers: who signs out with something unsent finds it again, the other sees none of it, and it still
//! reaches the union as its author's own.

use crate::desk::Desk;
use crate::longer::{counted, visits};
use crate::phone::{Phone, UNSENT};
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{Target, label, text};
use kit::place;
use kit::proxy::{Barrier, Proxy, Road};

const NOTE: &str = "灶台还是热的，人刚走";
/// Entries that the office has and does not count.
const NEEDS_LOOK: &str = "SELECT count(*), count(*) FROM entry WHERE status <> 'projected'";

#[test]
fn two_helpers_share_a_phone() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let proxy = Proxy::before(office.address())?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(browser.page()?, proxy.address());
    phone.demo_as(0)?;
    phone.begin_with_note(0, NOTE)?;
    proxy.set_road(Road::Cut);
    phone.attempt(1)?;
    leave_unsent(&phone)?;

    // On a road on which everything passes but deposits the other comes in while the first one's record still waits;
    // from then on the session is the other's.
    proxy.set_barrier(Some(Barrier { path: "/api/deposit".into(), after: 0, road: Road::BadGateway }));
    proxy.set_road(Road::Open);
    phone.open()?;
    phone.page.tap(Target::from(".demo-person").nth(1))?;
    phone.at_list()?;
    assert_eq!(phone.page.wait_js(UNSENT)?, 1);
    proxy.set_barrier(None);
    phone.come_to_the_front()?;
    phone.fetched()?;
    phone.page.wait_js(&format!("({UNSENT}) === 0"))?;
    phone.copied(0)?;
    sees_nothing(&phone)?;
    phone.attempt(0)?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")?;
    assert_eq!(phone.page.list("[data-record]")?.len(), 1);
    phone.sign_out()?;

    phone.demo_as(0)?;
    phone.page.wait_text("没做完的")?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-record]")?;
    assert_eq!(phone.page.list("[data-state=received]")?.len(), 1, "{}", phone.page.text()?);
    phone.open()?;
    phone.page.tap(text("接着做").within("main"))?;
    phone.page.wait_css("[data-part=met]")?;
    assert_eq!(phone.page.value(label("备注"))?, NOTE);
    Ok(())
}

#[test]
fn what_is_unsent_leaves_after_its_author() -> Outcome {
    let (_office, proxy, browser, phone) = Phone::in_demo_by_proxy()?;
    proxy.set_road(Road::Cut);
    phone.attempt(0)?;
    leave_unsent(&phone)?;
    // Opened again with a network, nobody signs in.
    phone.page.close()?;
    proxy.set_road(Road::Open);
    let phone = Phone::of(browser.new_page()?, proxy.address());
    phone.open()?;
    phone.page.wait_css("[data-page=sign-in]")?;
    phone.page.wait_js(&format!("({UNSENT}) === 0"))?;
    phone.copied(0)?;
    phone.demo()?;
    phone.tab("待发")?;
    phone.page.wait_css("[data-state=received]")
}

/// The databases are gone, and with them who was here; another helper signs in. What the first one had not sent is found
/// again, at the door and at every later start, and reaches the union as their own.
#[test]
fn what_was_lost_leaves_whoever_signs_in() -> Outcome {
    let (office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let (before, _) = visits(&office)?;
    let need_look = counted(&office, NEEDS_LOOK)?;
    proxy.set_road(Road::Cut);
    phone.attempt(1)?;
    phone.copied(1)?;
    phone.page.goto("about:blank")?;
    phone.page.drop_databases(phone.site())?;
    proxy.set_barrier(Some(Barrier { path: "/api/deposit".into(), after: 0, road: Road::BadGateway }));
    proxy.set_road(Road::Open);
    phone.open()?;
    phone.page.wait_text("没送出的 1 条记录还在")?;
    phone.page.tap(Target::from(".demo-person").nth(1))?;
    phone.at_list()?;
    assert_eq!(phone.page.wait_js(UNSENT)?, 1);
    proxy.set_barrier(None);
    phone.open()?;
    phone.at_list()?;
    phone.page.wait_js(&format!("({UNSENT}) === 0"))?;
    phone.copied(0)?;
    assert_eq!(visits(&office)?, (before + 1, before + 1));
    assert_eq!(counted(&office, NEEDS_LOOK)?, need_look, "it counts, as its author's own");
    Ok(())
}

/// Signed out without a network: that is said before, and the door opens by itself once there is one.
#[test]
fn the_door_notices_the_network() -> Outcome {
    let (_office, proxy, _browser, phone) = Phone::in_demo_by_proxy()?;
    let page = &phone.page;
    phone.tab("我的")?;
    proxy.set_road(Road::Cut);
    page.tap_text("退出登录")?;
    // The network went a moment ago, and nothing was tried since.
    page.wait_text_in("dialog[open]", "退出了要等有网络才能再登录")?;
    page.screenshot("phone/sign-out-no-network")?;
    unspoilt(page)?;
    page.tap(text("先不退出").within("dialog[open]"))?;
    page.wait_no_css("dialog[open]")?;
    phone.sign_out()?;
    page.wait_text("现在联系不上工会，登录需要网络")?;
    page.type_into(label("姓名"), "李国庆")?;
    page.type_into(label("密码"), "123456")?;
    page.tap(text("登录").within("form"))?;
    page.wait_css("form [aria-invalid=true]")?;
    page.screenshot("phone/door-no-network")?;
    proxy.set_road(Road::Open);
    page.wait_css(".demo-person")?;
    page.wait_gone("现在联系不上工会")?;
    page.wait_no_css("form [aria-invalid=true]")?;
    page.screenshot("phone/door-network-back")?;
    unspoilt(page)
}

/// Signs out without a network; it is said what stays.
fn leave_unsent(phone: &Phone) -> Outcome {
    phone.tab("待发")?;
    phone.page.wait_css("[data-network=none]")?;
    phone.tab("我的")?;
    phone.page.tap_text("退出登录")?;
    phone.page.wait_text("还有 1 条没送到工会")?;
    phone.page.wait_text("都留在这台手机里")?;
    phone.page.tap(text("退出登录").within("dialog[open]"))?;
    phone.page.wait_css("[data-page=sign-in]")?;
    assert_eq!(phone.page.wait_js(UNSENT)?, 1);
    Ok(())
}

/// Neither the draft nor the queue of the other.
fn sees_nothing(phone: &Phone) -> Outcome {
    assert!(!phone.page.text()?.contains("没做完的"), "{}", phone.page.text()?);
    phone.tab("待发")?;
    phone.page.wait_css("[data-network]")?;
    assert_eq!(phone.page.list("[data-record]")?, [] as [String; 0]);
    phone.open()?;
    phone.at_list()
}

/// In one browser, the union's desk and a helper's phone: whoever signs out there means this browser.
#[test]
fn signing_out_at_the_desk_signs_out_here() -> Outcome {
    let (_office, proxy, browser, phone) = Phone::in_demo_by_proxy()?;
    let desk = Desk::of(browser.new_page()?, proxy.address());
    proxy.set_barrier(Some(Barrier { path: "/api/deposit".into(), after: 0, road: Road::BadGateway }));
    phone.attempt(0)?;
    // The phone's app is open in another tab: nothing of the list stays on its screen.
    leave_by_the_desk(&desk)?;
    signed_out(&phone)?;
    assert_eq!(phone.page.wait_js(UNSENT)?, 1);
    // What was unsent still leaves, under its author's own name.
    proxy.set_barrier(None);
    phone.come_to_the_front()?;
    phone.page.wait_js(&format!("({UNSENT}) === 0"))?;
    // It is not open while somebody signs out, and opened afterwards; without a network, too.
    phone.demo()?;
    phone.page.goto("about:blank")?;
    leave_by_the_desk(&desk)?;
    proxy.set_road(Road::Cut);
    phone.open()?;
    signed_out(&phone)?;
    // Signed in again, it stays so.
    proxy.set_road(Road::Open);
    phone.demo()?;
    phone.open()?;
    phone.at_list()?;
    // Another page of the app that heard nothing of it sees it when it comes to the front.
    let other = Phone::of(browser.new_page()?, proxy.address());
    other.open()?;
    other.at_list()?;
    other.sign_out()?;
    phone.come_to_the_front()?;
    signed_out(&phone)
}

/// A visit is open in the phone's app while somebody signs out at the desk: the desk asks first, and the words of the last
/// second are there when the helper comes back, in the visit where they were.
#[test]
fn a_visit_open_while_the_desk_signs_out_goes_on() -> Outcome {
    let (office, browser, phone) = Phone::in_demo()?;
    let desk = Desk::of(browser.new_page()?, office.address());
    desk.open("/")?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    desk.page.tap_text("退出登录")?;
    desk.page.wait_text_in("dialog[open]", "手机端正开着一张没做完的表")?;
    desk.page.screenshot_both("desk/sign-out-with-a-form-open", Size::DESK)?;
    phone.page.type_into(label("备注"), NOTE)?;
    desk.page.tap(text("退出登录").within("dialog[open]"))?;
    signed_out(&phone)?;
    phone.page.wait_text("刚才在工会端或别的页面退出了登录")?;
    phone.page.screenshot("phone/signed-out-at-the-desk")?;
    phone.page.tap(Target::from(".demo-person").nth(0))?;
    phone.page.wait_css("[data-part=met]")?;
    assert_eq!(phone.page.value(label("备注"))?, NOTE);
    unspoilt(&phone.page)?;
    // With the form closed the desk asks nothing.
    phone.finish("")?;
    leave_by_the_desk(&desk)?;
    signed_out(&phone)
}

/// The browser throws the storage away, and somebody signs out at the desk, before the phone's page noticed either: its
/// databases are made anew for the form on the screen, and nobody is signed in by that.
#[test]
fn storage_lost_while_somebody_signs_out_signs_nobody_in() -> Outcome {
    let (office, browser, phone) = Phone::in_demo()?;
    let desk = Desk::of(browser.new_page()?, office.address());
    desk.open("/")?;
    phone.open_at(0)?;
    phone.start_visit()?;
    phone.met("没人在家")?;
    phone.kept()?;
    desk.page.tap_text("退出登录")?;
    desk.page.wait_css("dialog[open]")?;
    phone.page.drop_databases(phone.site())?;
    phone.page.type_into(label("备注"), NOTE)?;
    desk.page.tap(text("退出登录").within("dialog[open]"))?;
    desk.at_door()?;
    phone.come_to_the_front()?;
    signed_out(&phone)?;
    phone.open()?;
    signed_out(&phone)
}

/// The desk knows the same session, and offers to end it.
fn leave_by_the_desk(desk: &Desk) -> Outcome {
    desk.open("/")?;
    desk.page.tap_text("退出登录")?;
    desk.at_door()
}

/// The door, and no household.
fn signed_out(phone: &Phone) -> Outcome {
    phone.page.wait_css("[data-page=sign-in]")?;
    assert_eq!(phone.page.list("[data-household]")?, [] as [String; 0]);
    Ok(())
}
