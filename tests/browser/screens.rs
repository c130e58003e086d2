//! Every screen of both apps as a picture: at the size of a phone and of a desk, light and dark, in Chinese and in English. Nothing sticks out of the window, nothing is too pale to read, nothing complains. The
//! pictures lie in `target/screens/` to be looked at; no machine judges them.

use crate::desk::Desk;
use crate::lines::broken_words;
use crate::phone::{Phone, written};
use crate::proposing;
use crate::spoilt::complaints;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{Target, text};
use kit::place;

const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
    Version/17.4 Mobile/15E148 Safari/604.1";

/// An iPad says that it is a Macintosh; only its fingers tell.
const IPAD: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
    Version/17.4 Safari/605.1.15";

/// What a person prefers, and the folder of its pictures.
struct Look {
    folder: &'static str,
    language: &'static str,
    theme: &'static str,
}

/// How the screens of an app are looked at.
struct App {
    /// Both sizes; the last one stays.
    sizes: [Size; 2],
    /// What must not be smaller for a finger, in CSS pixels.
    finger: u32,
}

/// What a helper's finger needs in a dark kitchen.
const OF_PHONE: App = App { sizes: [Size::DESK, Size::PHONE], finger: 44 };
/// What the desk must not fall below, names in a row of a table among it.
const OF_DESK: App = App { sizes: [Size::PHONE, Size::DESK], finger: 24 };

const LOOKS: [Look; 3] = [
    Look { folder: "zh-light", language: "zh-CN", theme: "light" },
    Look { folder: "zh-dark", language: "zh-CN", theme: "dark" },
    Look { folder: "en-light", language: "en", theme: "light" },
];

/// A screen: its name and its address.
pub type Screen = (String, String);

/// What was found wrong with the screens.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    /// Takes the picture at this size and looks for what a machine can see.
    fn look_at(&mut self, page: &Page, name: &str, size: Size, finger: u32) -> Outcome {
        page.set_size(size)?;
        page.drawn()?;
        page.screenshot(name)?;
        let note = |what: &str, found: Vec<String>| -> Vec<String> {
            found.into_iter().map(|one| format!("{name}: {what}: {one}")).collect()
        };
        self.0.extend(note("sticks out", page.overflow()?));
        self.0.extend(note("breaks a word", broken_words(page)?));
        self.0.extend(note("too pale", page.too_pale()?));
        if size.touch {
            self.0.extend(note("too small to hit", page.too_small(finger)?));
        }
        self.0.extend(complaints(page).into_iter().map(|problem| format!("{name}: {problem}")));
        page.forget_problems();
        Ok(())
    }

    fn none(&self) {
        assert!(self.0.is_empty(), "{} findings:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Keeps a preference as the app does, for the next page.
fn prefer(page: &Page, look: &Look) -> Outcome {
    let Look { language, theme, .. } = look;
    page.eval(&format!(
        "localStorage.setItem('lzd-language', '\"{language}\"'), localStorage.setItem('lzd-theme', '\"{theme}\"')"
    ))
    .map(drop)
}

#[test]
fn every_screen_of_the_desk() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    let mut findings = Findings::default();
    desk.open("/")?;
    desk.page.wait_css("[data-role=chair]")?;
    both(&mut findings, &desk.page, "desk/zh-light/sign-in", &OF_DESK)?;
    desk.demo("chair")?;
    desk.todo("needs")?;
    desk.page.tap(Target::from("[data-need] button").nth(0))?;
    desk.page.wait_css("dialog[open] textarea")?;
    both(&mut findings, &desk.page, "desk/zh-light/sheet-reply", &OF_DESK)?;
    desk.sign_out()?;
    desk.demo("registrar")?;
    sheets(&desk, &mut findings)?;
    let screens = screens_of_desk(&desk)?;
    for look in &LOOKS {
        prefer(&desk.page, look)?;
        for (name, address) in &screens {
            desk.page.set_size(Size::DESK)?;
            desk.page.goto(address)?;
            desk.page.wait_css("main h1, main .state")?;
            desk.page.wait_no_css(".skeleton")?;
            both(&mut findings, &desk.page, &format!("desk/{}/{name}", look.folder), &OF_DESK)?;
        }
    }
    findings.none();
    Ok(())
}

/// The sheets of a registrar, as they stand when something is still missing.
fn sheets(desk: &Desk, findings: &mut Findings) -> Outcome {
    let page = &desk.page;
    let shown = |findings: &mut Findings, name: &str| {
        page.wait_css("dialog[open] form")?;
        page.wait_no_css("dialog[open] .skeleton")?;
        both(findings, page, &format!("desk/zh-light/sheet-{name}"), &OF_DESK)?;
        page.set_size(Size::DESK)
    };
    desk.todo("proposals")?;
    page.tap(text("批准建档").within("[data-proposal]").nth(0))?;
    page.tap("dialog[open] button[type=submit]")?;
    shown(findings, "approve")?;
    desk.open("/households")?;
    page.tap(Target::from("table.households td.title a").nth(0))?;
    page.wait_css("[data-item=address]")?;
    let file = page.url();
    page.tap("[data-item=address] .icon-button")?;
    shown(findings, "one-item")?;
    for (words, name) in [("修改档案", "file"), ("转单位", "move")] {
        page.goto(&file)?;
        page.tap(text(words).within(".page-header"))?;
        shown(findings, name)?;
    }
    Ok(())
}

fn both(findings: &mut Findings, page: &Page, name: &str, app: &App) -> Outcome {
    for size in app.sizes {
        findings.look_at(page, &format!("{name}-{}", size.width), size, app.finger)?;
    }
    Ok(())
}

fn screens_of_desk(desk: &Desk) -> Outcome<Vec<Screen>> {
    let paths = [
        ("coverage", "/"),
        ("households", "/households"),
        ("households-overdue", "/households?show=overdue"),
        ("household-new", "/households/new"),
        ("todo", "/todo"),
        ("alerts", "/todo/alerts"),
        ("needs", "/todo/needs"),
        ("proposals", "/todo/proposals"),
        ("rivals", "/todo/rivals"),
        ("pairs", "/todo/pairs"),
        ("quarantine", "/todo/quarantine"),
        ("phones", "/todo/phones"),
        ("households-lacking", "/households?show=events.lacking"),
        ("feedback", "/todo/feedback"),
        ("invitations", "/invitations"),
        ("helpers", "/helpers"),
        ("units", "/units"),
        ("people", "/people"),
        ("person-new", "/people/new"),
        ("settings", "/settings"),
        ("me", "/me"),
        ("nowhere", "/nowhere"),
    ];
    let mut screens: Vec<Screen> =
        paths.iter().map(|(name, path)| ((*name).to_owned(), desk.at(path))).collect();
    for (name, list, link) in [
        ("household", "/households", "table.households td.title a"),
        ("household-with-rivals", "/todo/rivals", "a.name.link"),
        ("household-with-pair", "/todo/pairs", "a.name.link"),
        ("household-with-need", "/todo/needs", "a.name.link"),
        ("person", "/people", "table.people td.title a"),
    ] {
        desk.open(list)?;
        desk.page.wait_css(link)?;
        let address = desk.page.eval(&format!("document.querySelector('{link}').href"))?;
        screens.push((name.to_owned(), address.as_str().unwrap_or_default().to_owned()));
    }
    Ok(screens)
}

#[test]
fn every_screen_of_the_phone() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let mut findings = Findings::default();
    let page = browser.new_page()?;
    page.set_user_agent(IPHONE)?;
    page.goto(&office.at("/"))?;
    page.wait_css("[data-page=install-first]")?;
    // Nobody signs in here: what a tab keeps is not the installed app's.
    page.wait_no_css("form, input")?;
    both(&mut findings, &page, "phone/zh-light/install-first", &OF_PHONE)?;
    page.set_user_agent(IPAD)?;
    page.reload()?;
    page.wait_css("[data-page=install-first]")?;
    page.close()?;
    let phone = Phone::of(browser.page()?, office.address());
    let page = &phone.page;
    for (name, path) in [("sign-in", "/sign-in"), ("join", "/join")] {
        page.goto(&office.at(path))?;
        page.wait_css(format!("[data-page={name}]").as_str())?;
        both(&mut findings, page, &format!("phone/zh-light/{name}"), &OF_PHONE)?;
    }
    phone.demo()?;
    let screens = screens_of_phone(&phone, &office)?;
    for look in &LOOKS {
        prefer(page, look)?;
        for (name, address) in &screens {
            page.goto(address)?;
            page.wait_css(".page-header h1")?;
            let name = format!("phone/{}/{name}", look.folder);
            both(&mut findings, page, &name, &OF_PHONE)?;
            page.screenshot_whole(&format!("{name}-whole"))?;
        }
        // The form is last and is left, or the app would open on it.
        leave(page)?;
    }
    prefer(page, &LOOKS[0])?;
    states_of_phone(&phone, &mut findings)?;
    findings.none();
    Ok(())
}

/// The main screens of a phone with something on them; the form is last.
pub fn screens_of_phone(phone: &Phone, office: &Office) -> Outcome<Vec<Screen>> {
    phone.attempt(1)?;
    phone.visit(2)?;
    let mut screens: Vec<Screen> =
        [("list", "/"), ("queue", "/queue"), ("me", "/me"), ("propose", "/propose")]
            .map(|(name, path)| (name.to_owned(), office.at(path)))
            .to_vec();
    phone.tab("待发")?;
    let record = phone.page.eval("document.querySelector('a:has([data-record])').href")?;
    screens.push(("record".into(), record.as_str().unwrap_or_default().to_owned()));
    proposing::propose(phone, "蓝秋月")?;
    proposing::open_record(phone, "蓝秋月")?;
    screens.push(("record-proposal".into(), phone.page.url()));
    phone.open()?;
    phone.at_list()?;
    phone.open_at(0)?;
    screens.push(("household".into(), phone.page.url()));
    phone.start_visit()?;
    phone.met("本人")?;
    phone.answer("name", "无变化")?;
    phone.answer("spouse", "有变化")?;
    phone.kept()?;
    screens.push(("visit".into(), phone.page.url()));
    leave(&phone.page)?;
    Ok(screens)
}

/// Goes back to the household a form is about.
pub fn leave(page: &Page) -> Outcome {
    page.tap(".page-header a.icon-button")?;
    page.wait_css("[data-item=name].knowledge")?;
    written(page)
}

/// What is only seen in the middle of something.
fn states_of_phone(phone: &Phone, findings: &mut Findings) -> Outcome {
    let page = &phone.page;
    phone.open()?;
    phone.at_list()?;
    page.type_into(kit::page::target::label("查找"), "查无此人")?;
    page.wait_text("没有找到")?;
    both(findings, page, "phone/zh-light/list-nothing-found", &OF_PHONE)?;
    phone.open()?;
    phone.at_list()?;
    phone.open_at(3)?;
    page.tap(text("急报").within(".bottom-bar"))?;
    page.wait_text("出了什么事")?;
    both(findings, page, "phone/zh-light/alert", &OF_PHONE)?;
    leave(page)?;
    phone.open()?;
    phone.at_list()?;
    phone.tab("我的")?;
    page.tap(text("特大").within("main"))?;
    phone.tab("走访")?;
    both(findings, page, "phone/zh-light/list-largest-type", &OF_PHONE)?;
    phone.tab("我的")?;
    page.tap_text("退出登录")?;
    page.wait_css("dialog[open]")?;
    both(findings, page, "phone/zh-light/sign-out", &OF_PHONE)
}
