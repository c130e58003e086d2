//! Coming in by eight digits and one's name: as they were read out on the telephone, and as they were misheard. Wrong
//! tries spend the invitation, guessing is slowed, and each time a sentence says what to do.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, COMPANION, FAMILY, HELPER, INVITED, PASSWORD, REGISTRAR, THIRD, UNION};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use kit::proxy::{Barrier, Proxy, Road};

const WRONG: &str = "邀请码或链接不对";
const SPENT: &str = "请档案员重新发一个";
const SLOWED: &str = "错的次数太多";
const NEW_PASSWORD: &str = "新换的口令比旧的还长";
/// How many wrong tries spend an invitation.
const TRIES: usize = 5;

#[test]
fn eight_digits_let_in_and_guessing_does_not() -> Outcome {
    let office = Office::start(&place::folder("office")?, &[])?;
    let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(desks.page()?, office.address());
    let (link, code) = desk.first_invited(&office)?;

    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join_by_code(INVITED.name, &misheard(&code))?;
    for _ in 1..TRIES {
        phone.page.wait_text(WRONG)?;
        // What was typed stays, so that one digit can be put right.
        assert_eq!(phone.page.value(label("姓名"))?, INVITED.name);
        phone.try_code(INVITED.name, &misheard(&code))?;
    }
    phone.page.wait_text(SPENT)?;
    phone.page.screenshot("phone/code-spent")?;
    phone.try_code(INVITED.name, &code)?;
    phone.page.wait_text(SPENT)?;
    phone.page.goto(&link)?;
    phone.page.wait_text(SPENT)?;
    unspoilt(&phone.page)?;

    let link = desk.invite(&INVITED)?;
    let code = desk.code()?;
    guessed(&phone)?;
    // Who has the link is not kept waiting, also where it is opened on the very page of the digits.
    phone.page.goto(&link)?;
    phone.page.wait_text(&format!("{}，您好", INVITED.name))?;
    let_in(&phone, &as_a_keyboard_writes_it(&code))?;
    phone.page.wait_text("还没有分给您的住户")?;
    unspoilt(&phone.page)?;
    // The spent link once more, on the phone that it let in: the way to the list stands there.
    phone.page.goto(&link)?;
    phone.page.wait_text_in("[data-inside]", INVITED.name)?;
    phone.page.screenshot("phone/join-inside")?;
    phone.page.tap_text("看走访名单")?;
    phone.at_list()?;
    phone.sign_out()?;
    phone.page.type_into(label("姓名"), INVITED.name)?;
    phone.page.type_into(label("密码"), PASSWORD)?;
    phone.page.tap("form button[type=submit]")?;
    phone.at_list()
}

/// The password is forgotten: the registrar makes a new link, and what was typed and not sent is on the phone as it was.
#[test]
fn a_forgotten_password_costs_neither_draft_nor_queue() -> Outcome {
    const NOTE: &str = "灶台还是热的，人刚走";
    let (office, _desks, desk) = Desk::in_new_union()?;
    let proxy = Proxy::before(office.address())?;
    desk.add_unit(BRANCH, UNION)?;
    for person in [&HELPER, &COMPANION, &THIRD] {
        desk.add_person(person)?;
    }
    desk.open_file(&FAMILY, "困难户", BRANCH, [&THIRD, &COMPANION, &HELPER])?;
    let invited = || Ok::<_, Failure>(desk.invite(&HELPER)?.replace(office.address(), proxy.address()));
    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, proxy.address());
    phone.join(&invited()?, PASSWORD)?;
    phone.fetched()?;
    proxy.set_barrier(Some(Barrier { path: "/api/deposit".into(), after: 0, road: Road::BadGateway }));
    phone.attempt(0)?;
    phone.begin_with_note(0, NOTE)?;
    phone.sign_out()?;

    phone.join(&invited()?, NEW_PASSWORD)?;
    phone.tab("待发")?;
    phone.queued(FAMILY.name, "on-phone")?;
    proxy.set_barrier(None);
    phone.page.tap_text("现在就试")?;
    phone.queued(FAMILY.name, "received")?;
    phone.tab("我的")?;
    phone.page.wait_css("[data-browser]")?;
    assert_eq!(phone.page.list("[data-login]")?, [] as [String; 0], "it is the name");
    phone.tab("走访")?;
    phone.page.tap(text("接着做").within("main"))?;
    phone.page.wait_css("[data-part=met]")?;
    assert_eq!(phone.page.value(label("备注"))?, NOTE);
    Ok(())
}

/// One's own password is changed where one is signed in, and wherever else one is, the new one is asked for.
#[test]
fn a_password_is_changed_by_the_one_that_holds() -> Outcome {
    let (office, _desks, desk) = Desk::in_new_union()?;
    desk.add_person(&REGISTRAR)?;
    let link = desk.invite(&REGISTRAR)?;
    desk.sign_out()?;
    desk.join(&link, PASSWORD)?;
    let elsewhere = Browser::launch(&place::folder("elsewhere")?, Size::DESK)?;
    let other = Desk::of(elsewhere.page()?, office.address());
    other.open("/")?;
    other.sign_in(&REGISTRAR, PASSWORD)?;
    other.inside()?;

    desk.open("/me")?;
    desk.page.wait_css("[data-password]")?;
    let present = || label("现在的密码").within("[data-password]");
    let kept = "[...document.querySelectorAll('[data-password] input')].map(one => one.autocomplete).join()";
    assert_eq!(desk.page.eval(kept)?, "current-password,new-password,new-password");
    desk.page.type_into(present(), NEW_PASSWORD)?;
    for field in ["新密码", "再输一次密码"] {
        desk.page.type_into(label(field).within("[data-password]"), NEW_PASSWORD)?;
    }
    desk.page.tap(text("换密码").within("[data-password]"))?;
    desk.page.wait_text_in("[data-password]", "现在的密码不对")?;
    desk.page.screenshot_both("desk/password", Size::DESK)?;
    assert!(desk.page.overflow()?.is_empty());
    desk.page.forget_problems();
    // What was typed stays.
    desk.page.type_into(present(), PASSWORD)?;
    desk.page.tap(text("换密码").within("[data-password]"))?;
    desk.page.wait_text("密码换好了")?;
    // What is said is a line at the lower edge, and no more than that.
    let is_a_line = "(({ height, bottom }) => height < 80 && innerHeight - bottom === 24)(document.querySelector('.toast').getBoundingClientRect())";
    assert_eq!(desk.page.eval(is_a_line)?, true);
    assert_eq!(desk.page.value(present())?, "");
    unspoilt(&desk.page)?;
    desk.open("/people")?;
    desk.inside()?;

    other.open("/people")?;
    other.sign_in(&REGISTRAR, PASSWORD)?;
    other.page.wait_text("姓名或密码不对")?;
    other.sign_in(&REGISTRAR, NEW_PASSWORD)?;
    other.inside()
}

/// Two of one name: 我的 says which of them one signs in as, and what it runs on in words.
#[test]
fn the_phone_says_who_one_is_and_what_it_runs_on() -> Outcome {
    const SIGNS_IN_AS: &str = "覃国栋2";
    let (office, _desks, desk) = Desk::in_new_union()?;
    desk.add_person(&INVITED)?;
    desk.open_person(&INVITED)?;
    desk.page.type_into(label("登录名").within("form"), SIGNS_IN_AS)?;
    desk.page.tap(text("保存").within("form"))?;
    desk.page.wait_text("已存好")?;
    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join(&desk.invite(&INVITED)?, PASSWORD)?;
    phone.tab("我的")?;
    phone.page.wait_text_in("[data-login]", SIGNS_IN_AS)?;
    // Also after a start without a word from the office.
    phone.page.reload()?;
    phone.page.wait_text_in("[data-login]", SIGNS_IN_AS)?;
    phone.page.wait_text_in("[data-browser]", "Chrome")?;
    assert!(!phone.page.text()?.contains("Mozilla"), "{}", phone.page.text()?);
    phone.page.screenshot("phone/me-signs-in-as")?;
    unspoilt(&phone.page)
}

/// The digits as they were misheard: the last is another.
fn misheard(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let (kept, last) = digits.split_at(digits.len().saturating_sub(1));
    format!("{kept}{}", if last == "7" { '4' } else { '7' })
}

/// Somebody who tries digits until the office slows everybody down.
fn guessed(phone: &Phone) -> Outcome {
    phone.join_by_code("路人", "00000000")?;
    let answered = format!(
        "document.body.innerText.includes('{WRONG}') || document.body.innerText.includes('{SLOWED}')"
    );
    loop {
        phone.page.wait_js(&answered)?;
        if phone.page.text()?.contains(SLOWED) {
            return phone.page.screenshot("phone/code-slowed").map(drop);
        }
        phone.try_code("路人", "00000000")?;
    }
}

/// Comes in by the right digits as a person does who is told to wait: tries again, until the office takes them.
fn let_in(phone: &Phone, code: &str) -> Outcome {
    phone.join_by_code(INVITED.name, code)?;
    while told_to_wait(phone, "您好")? {
        phone.try_code(INVITED.name, code)?;
    }
    phone.page.type_into(label("设一个密码"), PASSWORD)?;
    phone.page.type_into(label("再输一次密码"), PASSWORD)?;
    phone.page.tap_text("设好密码，开始使用")?;
    while told_to_wait(phone, "今天走访谁")? {
        phone.page.tap_text("设好密码，开始使用")?;
    }
    phone.at_list()
}

/// Digits as a Chinese keyboard writes them where somebody left it so.
fn as_a_keyboard_writes_it(code: &str) -> String {
    let wide = |digit: char| char::from_u32(u32::from('０') + digit.to_digit(10)?);
    code.chars().map(|digit| wide(digit).unwrap_or(digit)).collect()
}

/// Whether the office says to wait, instead of going on to what shows these words.
fn told_to_wait(phone: &Phone, further: &str) -> Outcome<bool> {
    let shows = |words: &str| format!("document.body.innerText.includes('{words}')");
    phone.page.wait_js(&format!("{} || {}", shows(SLOWED), shows(further)))?;
    Ok(!phone.page.text()?.contains(further))
}
