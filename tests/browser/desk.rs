//! The union's desk, screen by screen, as somebody there uses it. Every Chinese label a test of the desk relies on is
//! here. It only taps and reads; what must be so is for the flows to say.

use crate::union::{Household, INVITED, PASSWORD, Person, UNION};
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;

/// The desk in one page of a browser.
pub struct Desk {
    /// The page.
    pub page: Page,
    site: String,
}

impl Desk {
    /// A new office and its first administrator at the desk, the union named. Office and browser run as long as they are
    /// kept.
    pub fn in_new_union() -> Outcome<(Office, Browser, Self)> {
        let office = Office::start(&place::folder("office")?, &[])?;
        let desks = Browser::launch(&place::folder("desk")?, Size::DESK)?;
        let desk = Self::of(desks.page()?, office.address());
        desk.join(&office.first_administrator()?, PASSWORD)?;
        desk.name_union(UNION)?;
        Ok((office, desks, desk))
    }

    /// The desk at this address.
    pub fn of(page: Page, site: &str) -> Self {
        Self { page, site: site.to_owned() }
    }

    /// Opens a page of the desk by its address.
    pub fn open(&self, path: &str) -> Outcome {
        self.page.goto(&self.at(path))
    }

    /// The address of a page of the desk.
    pub fn at(&self, path: &str) -> String {
        format!("{}/desk{path}", self.site)
    }

    /// Follows an invitation's link and sets a password.
    pub fn join(&self, link: &str, password: &str) -> Outcome {
        self.page.goto(link)?;
        self.page.type_into(label("设一个密码"), password)?;
        self.page.type_into(label("再输一次密码"), password)?;
        self.page.tap_text("设好密码，开始使用")?;
        self.inside()
    }

    /// Signs in as one of a demonstration: `chair`, `registrar`, `supervisor`.
    pub fn demo(&self, role: &str) -> Outcome {
        self.open("/")?;
        self.page.tap(format!("[data-role={role}]").as_str())?;
        self.inside()
    }

    /// Signs in where that is asked for.
    pub fn sign_in(&self, person: &Person, password: &str) -> Outcome {
        self.page.type_into(label("姓名"), person.name)?;
        self.page.type_into(label("密码"), password)?;
        self.page.tap("form button[type=submit]")
    }

    /// Signs out.
    pub fn sign_out(&self) -> Outcome {
        self.open("/me")?;
        self.page.tap_text("退出登录")?;
        self.at_door()
    }

    /// Waits until the page before anything else is there.
    pub fn at_door(&self) -> Outcome {
        self.page.wait_css("main.door form")
    }

    /// Waits until the desk is shown to somebody.
    pub fn inside(&self) -> Outcome {
        self.page.wait_css("nav.tabs")
    }

    /// Gives the union its name.
    pub fn name_union(&self, name: &str) -> Outcome {
        self.open("/settings")?;
        self.page.type_into(label("工会名称"), name)?;
        self.saved("form")
    }

    /// Makes a unit below another.
    pub fn add_unit(&self, name: &str, below: &str) -> Outcome {
        self.open("/units")?;
        self.page.tap_text(&format!("在{below}下面新建"))?;
        self.page.type_into(label("单位名称").within("dialog"), name)?;
        self.saved("dialog")?;
        self.page.wait_text_in("li[data-unit]", name)
    }

    /// Makes a person with one role and its scope.
    pub fn add_person(&self, person: &Person) -> Outcome {
        let page = &self.page;
        self.open("/people/new")?;
        page.type_into(label("姓名").within("form"), person.name)?;
        page.select(label("单位").within("form > .fields"), person.unit)?;
        if page.list("form .line-of-fields")?.is_empty() {
            page.tap_text("再加一个角色")?;
        }
        page.select(label("角色").within(".line-of-fields"), person.role)?;
        page.select(label("管哪个单位").within(".line-of-fields"), person.unit)?;
        page.tap("form button[type=submit]")?;
        page.wait_text_in(".page-header", person.name)
    }

    /// Opens the page of somebody from the list.
    pub fn open_person(&self, person: &Person) -> Outcome {
        self.open("/people")?;
        self.page.tap(text(person.name).within("table.people"))?;
        self.page.wait_text_in(".page-header", person.name)
    }

    /// Invites somebody; gives the link.
    pub fn invite(&self, person: &Person) -> Outcome<String> {
        self.open_person(person)?;
        self.page.tap_text("发邀请")?;
        self.page.wait_css("[data-link]")?;
        self.shown("[data-link]")
    }

    /// A new union with nobody in it but its administrator, who invites the first helper; gives link and code.
    pub fn first_invited(&self, office: &Office) -> Outcome<(String, String)> {
        self.join(&office.first_administrator()?, PASSWORD)?;
        self.name_union(UNION)?;
        self.add_person(&INVITED)?;
        Ok((self.invite(&INVITED)?, self.code()?))
    }

    /// The code of the invitation that is shown, as it is read out: two times four digits.
    pub fn code(&self) -> Outcome<String> {
        self.shown("[data-code]")
    }

    fn shown(&self, part: &str) -> Outcome<String> {
        Ok(self.page.list(part)?.first().cloned().unwrap_or_default())
    }

    /// Opens a household's file by the form, with its three seats, and returns when it is open. Of grave events it says
    /// nothing.
    pub fn open_file(&self, family: &Household, category: &str, unit: &str, seats: [&Person; 3]) -> Outcome {
        let page = &self.page;
        self.open("/households/new")?;
        page.select(label("单位").within("form"), unit)?;
        page.set_date(label("建档日期"), &self.day(-60)?)?;
        page.select(label("类别"), category)?;
        page.select(label("主要致困原因"), "以后再定")?;
        page.type_into(label("姓名").within("[data-item=name]"), family.name)?;
        page.select(label("性别").within("[data-item=name]"), "女")?;
        page.type_into(label("住址").within("[data-item=address]"), family.address)?;
        page.tap(text("有电话").within("[data-item=telephone]"))?;
        page.type_into(label("电话号码").within("[data-item=telephone]"), family.telephone)?;
        page.select(label("婚姻状况"), "已婚")?;
        page.type_into(label("配偶姓名"), family.spouse)?;
        page.tap(text("有子女").within("[data-item=schooling]"))?;
        page.type_into(label("子女姓名"), family.child)?;
        page.select(label("学段"), "小学")?;
        page.select(label("年级"), "六年级")?;
        page.type_into(label("学校"), family.school)?;
        for (seat, person) in ["单位领导", "工会干部", "基层领导"].into_iter().zip(seats) {
            self.seat(seat, person.name)?;
        }
        page.tap(text("建档").within(".form-end"))?;
        page.wait_text_in(".page-header", family.name)
    }

    /// Puts somebody into a seat of a household whose file is being opened.
    pub fn seat(&self, seat: &str, name: &str) -> Outcome {
        self.page.tap(text(&format!("{seat}：指定或换人")))?;
        self.page.tap(text(name).within(".helper-pick .pick-list"))?;
        self.page.wait_text_in(&format!("[data-seat={seat}]"), name)
    }

    /// How many households are visited on time, of how many, as the chair reads it.
    pub fn on_time(&self) -> Outcome<String> {
        self.open("/")?;
        self.page.wait_css("[data-figure=on-time]")?;
        let found = self.page.eval("document.querySelector('[data-figure=on-time] .lead .sub').innerText")?;
        // A figure stays with its unit.
        Ok(found.as_str().unwrap_or_default().replace('\u{a0}', " "))
    }

    /// Sends the form in this part of the page and waits until it is saved.
    fn saved(&self, part: &str) -> Outcome {
        self.page.tap(format!("{part} button[type=submit]").as_str())?;
        self.page.wait_text("已存好")
    }

    /// The day so many days from today, where the union is.
    pub fn day(&self, days: i64) -> Outcome<String> {
        let day = format!(
            "new Intl.DateTimeFormat('sv-SE', {{ timeZone: 'Asia/Shanghai' }}).format(Date.now() + {days} * 86400000)"
        );
        Ok(self.page.eval(&day)?.as_str().unwrap_or_default().to_owned())
    }

    /// Opens one of the lists of things to do.
    pub fn todo(&self, kind: &str) -> Outcome {
        self.open(&format!("/todo/{kind}"))
    }

    /// Answers the only open need.
    pub fn reply(&self, words: &str) -> Outcome {
        self.todo("needs")?;
        self.page.tap(text("答复").within("[data-need]"))?;
        self.page.type_into("dialog[open] textarea", words)?;
        self.page.tap("dialog[open] button[type=submit]")?;
        self.page.wait_no_css("dialog[open]")
    }

    /// Opens a file for a household that was found at the door.
    pub fn approve(&self, name: &str, unit: &str) -> Outcome {
        self.todo("proposals")?;
        self.page.wait_text(name)?;
        self.page.screenshot("desk/proposals")?;
        let place = format!(
            "[...document.querySelectorAll('main li.card')].findIndex((card) => card.innerText.includes('{name}'))"
        );
        let place =
            self.page.eval(&place)?.as_u64().and_then(|place| usize::try_from(place).ok()).unwrap_or(0);
        self.page.tap(text("批准建档").within("main li.card").nth(place))?;
        self.page.select(label("单位").within("dialog[open]"), unit)?;
        for field in ["类别", "主要致困原因"] {
            self.page.select(label(field).within("dialog[open]"), "以后再定")?;
        }
        self.page.tap("dialog[open] button[type=submit]")?;
        self.page.wait_text_in(".page-header", name)
    }
}
