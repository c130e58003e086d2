//! Coming in by eight digits and one's name: as they were read out on the telephone, and as they were misheard. Wrong
//! tries spend the invitation, guessing is slowed, and each time a sentence says what to do.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{INVITED, PASSWORD};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::label;
use kit::place;

const WRONG: &str = "邀请码或链接不对";
const SPENT: &str = "请档案员重新发一个";
const SLOWED: &str = "错的次数太多";
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
    let_in(&phone, &code)?;
    phone.page.wait_text("还没有分给您的住户")?;
    unspoilt(&phone.page)?;
    phone.sign_out()?;
    phone.page.type_into(label("姓名"), INVITED.name)?;
    phone.page.type_into(label("密码"), PASSWORD)?;
    phone.page.tap("form button[type=submit]")?;
    phone.at_list()
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

/// Whether the office says to wait, instead of going on to what shows these words.
fn told_to_wait(phone: &Phone, further: &str) -> Outcome<bool> {
    let shows = |words: &str| format!("document.body.innerText.includes('{words}')");
    phone.page.wait_js(&format!("{} || {}", shows(SLOWED), shows(further)))?;
    Ok(!phone.page.text()?.contains(further))
}
