//! The helper's phone, screen by screen, as a helper uses it. Every Chinese label a test of the phone relies on is here.
//! It only taps and reads; what must be so is for the flows to say.

use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{Target, label, text};
use kit::place;
use kit::proxy::Proxy;

/// The six, as the page names them.
pub const SIX: [&str; 6] = ["name", "address", "telephone", "spouse", "schooling", "events"];

/// How many records wait in the queues of everybody on this phone.
pub const UNSENT: &str = "await (async () => {
    let count = 0;
    for (const { name } of await indexedDB.databases()) {
        if (!name.startsWith('lzd-work-')) continue;
        const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => done(event.target.result); });
        count += await new Promise((done) => {
            database.transaction('outbox').objectStore('outbox').count().onsuccess = (event) => done(event.target.result);
        });
        database.close();
    }
    return count;
})()";

/// The phone's app in one page of a browser.
pub struct Phone {
    /// The page.
    pub page: Page,
    site: String,
}

impl Phone {
    /// A phone at an office with the demonstration's union, its first helper signed in; what has to stay open meanwhile
    /// stands before it.
    pub fn in_demo() -> Outcome<(Office, Browser, Self)> {
        let office = Office::start(&place::folder("office")?, &["--demo"])?;
        let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
        let phone = Self::of(browser.page()?, office.address());
        phone.demo()?;
        Ok((office, browser, phone))
    }

    /// The same with a road between phone and office that can be made bad.
    pub fn in_demo_by_proxy() -> Outcome<(Office, Proxy, Browser, Self)> {
        let office = Office::start(&place::folder("office")?, &["--demo"])?;
        let proxy = Proxy::before(office.address())?;
        let browser = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
        let phone = Self::of(browser.page()?, proxy.address());
        phone.demo()?;
        Ok((office, proxy, browser, phone))
    }

    /// The app at this address.
    pub fn of(page: Page, site: &str) -> Self {
        Self { page, site: site.to_owned() }
    }

    /// Opens the app, as its icon on the home screen does.
    pub fn open(&self) -> Outcome {
        self.page.goto(&format!("{}/", self.site))
    }

    /// Follows an invitation's link and sets a password.
    pub fn join(&self, link: &str, password: &str) -> Outcome {
        self.page.goto(link)?;
        self.set_password(password)
    }

    /// Signs in as the first helper a demonstration offers, and waits until all is there.
    pub fn demo(&self) -> Outcome {
        self.demo_as(0)
    }

    /// Signs in as the helper at this place of those a demonstration offers, and waits until all is there.
    pub fn demo_as(&self, place: usize) -> Outcome {
        self.open()?;
        self.page.tap(Target::from(".demo-person").nth(place))?;
        self.at_list()?;
        self.fetched()
    }

    /// Opens the door for those who were invited, and types a name and eight digits.
    pub fn join_by_code(&self, name: &str, code: &str) -> Outcome {
        self.page.goto(&format!("{}/join", self.site))?;
        self.try_code(name, code)
    }

    /// Types a name and eight digits at the open door.
    pub fn try_code(&self, name: &str, code: &str) -> Outcome {
        self.page.type_into(label("姓名"), name)?;
        self.page.type_into(label("邀请码"), code)?;
        self.page.tap_text("下一步")
    }

    /// Sets a password, once it was said whose invitation it is.
    pub fn set_password(&self, password: &str) -> Outcome {
        self.page.type_into(label("设一个密码"), password)?;
        self.page.type_into(label("再输一次密码"), password)?;
        self.page.tap_text("设好密码，开始使用")?;
        self.at_list()
    }

    /// Signs out, and waits for the door.
    pub fn sign_out(&self) -> Outcome {
        self.tab("我的")?;
        self.page.tap_text("退出登录")?;
        self.page.tap(text("退出登录").within("dialog[open]"))?;
        self.page.wait_css("[data-page=sign-in]")
    }

    /// Begins a visit to the household at this place of the list, writes a note into it, and goes back to the list.
    pub fn begin_with_note(&self, place: usize, note: &str) -> Outcome {
        self.open_at(place)?;
        self.start_visit()?;
        self.met("没人在家")?;
        self.page.type_into(label("备注"), note)?;
        self.kept()?;
        self.page.tap(".page-header a.icon-button")?;
        self.page.wait_css(".knowledge")?;
        written(&self.page)?;
        self.open()?;
        self.at_list()
    }

    /// What a phone does when its screen is switched on again.
    pub fn come_to_the_front(&self) -> Outcome {
        self.page.eval("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))").map(drop)
    }

    /// The `http://HOST:PORT` of the app.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Waits until the list is shown.
    pub fn at_list(&self) -> Outcome {
        self.page.wait_text("今天走访谁")
    }

    /// Waits until the households have come and the office has answered, with a worker ready for the next start.
    pub fn fetched(&self) -> Outcome {
        self.page.wait_css("[data-household]")?;
        self.page.wait_js("!document.querySelector('.fetching')")?;
        self.page.wait_css("[data-network=there]")?;
        self.page.wait_worker()?;
        self.page.wait_controlled()
    }

    /// Waits until the union's news is there, and has it shown where it came while the list was open.
    pub fn show_news(&self) -> Outcome {
        self.page.wait_css("[data-news], [data-news-waiting]")?;
        self.show_waiting_news()
    }

    /// Has shown whatever news came while the list was open.
    pub fn show_waiting_news(&self) -> Outcome {
        if self.page.list("[data-news-waiting]")?.is_empty() {
            return Ok(());
        }
        self.page.tap("[data-news-waiting]")
    }

    /// Goes to one of the three pages by its tab: 走访, 待发, 我的.
    pub fn tab(&self, name: &str) -> Outcome {
        self.page.tap(text(name).within("nav.tabs"))
    }

    /// Searches the list and waits until exactly this one household is left.
    pub fn find(&self, words: &str, name: &str) -> Outcome {
        self.page.type_into(label("查找"), words)?;
        self.page.wait_text("找到 1 户")?;
        self.page.wait_css(text(name))
    }

    /// Opens the household of that name from the list.
    pub fn open_household(&self, name: &str) -> Outcome {
        self.page.tap(text(name).within("[data-household]"))?;
        self.page.wait_text(&format!("{name}家"))
    }

    /// Starts a visit from a household's page.
    pub fn start_visit(&self) -> Outcome {
        self.page.tap_text("开始家访")?;
        self.page.wait_css("[data-part=met], dialog[open]")?;
        // A second one of the same day is asked about.
        if !self.page.list("dialog[open]")?.is_empty() {
            self.page.tap_text("再记一次")?;
        }
        self.page.wait_css("[data-part=met]")
    }

    /// Says who was met.
    pub fn met(&self, who: &str) -> Outcome {
        self.page.tap(text(who).within("[data-part=met]"))
    }

    /// Answers one of the six.
    pub fn answer(&self, item: &str, answer: &str) -> Outcome {
        self.page.tap(in_item(item, answer))
    }

    /// Answers each of the six as at a visit where nothing changed.
    pub fn nothing_changed(&self) -> Outcome {
        for item in SIX.into_iter().filter(|item| *item != "events") {
            self.answer(item, "无变化")?;
        }
        self.no_events()
    }

    /// Answers that nothing grave happened: since the last time, or at all where nobody ever asked.
    pub fn no_events(&self) -> Outcome {
        let options = self.page.list("#item-events .seg-option")?;
        let since = "上次以后没有新的大事";
        let known = options.iter().any(|option| option.contains(since));
        self.answer("events", if known { since } else { "没有大事" })
    }

    /// How an item is answered now: `unchanged`, `changed`, … or nothing.
    pub fn answered(&self, item: &str) -> Outcome<String> {
        let found = self.page.eval(&format!("document.querySelector('#item-{item}').dataset.answered"))?;
        Ok(found.as_str().unwrap_or_default().to_owned())
    }

    /// Adds a need.
    pub fn need(&self, kind: &str, words: &str) -> Outcome {
        self.page.tap_text("添加诉求")?;
        self.page.tap(text(kind).within("[data-need]"))?;
        self.page.type_into(label("怎么说的").within("[data-need]"), words)
    }

    /// Finishes the visit and waits until the phone says that it is kept.
    pub fn finish(&self, name: &str) -> Outcome {
        self.page.tap(".bottom-bar .finish")?;
        self.page.wait_text(&format!("{name}家：已保存到本机"))?;
        self.at_list()
    }

    /// A whole visit to the household at this place of the list, in which nothing could be asked.
    pub fn visit(&self, place: usize) -> Outcome {
        self.open_at(place)?;
        self.start_visit()?;
        self.not_asked()?;
        self.finish("")
    }

    /// In an open form: the worker was met, and nothing could be asked.
    pub fn not_asked(&self) -> Outcome {
        self.met("本人")?;
        if !self.page.list("[data-part=consent]")?.is_empty() {
            self.page.tap(text("同意").within("[data-part=consent]"))?;
        }
        for item in SIX {
            self.answer(item, "没问到")?;
            self.page.tap(in_item(item, "没来得及"))?;
        }
        Ok(())
    }

    /// Goes to the household at this place of the list, and meets nobody.
    pub fn attempt(&self, place: usize) -> Outcome {
        self.open_at(place)?;
        self.start_visit()?;
        self.met("没人在家")?;
        self.page.wait_text_in(".bottom-bar", "记下未遇")?;
        self.finish("")
    }

    /// Meets nobody there, and writes a note about it.
    pub fn attempt_with_note(&self, place: usize, note: &str) -> Outcome {
        self.open_at(place)?;
        self.start_visit()?;
        self.met("没人在家")?;
        self.page.type_into(label("备注"), note)?;
        self.finish("")
    }

    /// Waits until so many records have their second copy beside the databases.
    pub fn copied(&self, count: usize) -> Outcome {
        let copies = "await (async () => {
            const names = (await caches.keys()).filter((name) => name.startsWith('lzd-spare-'));
            const shelves = await Promise.all(names.map((name) => caches.open(name)));
            return (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat().length;
        })()";
        self.page.wait_js(&format!("({copies}) === {count}")).map(drop)
    }

    /// Opens the household at this place of the list.
    pub fn open_at(&self, place: usize) -> Outcome {
        self.page.tap(Target::from("main a.card:has([data-household])").nth(place))?;
        self.page.wait_css(".bottom-bar")
    }

    /// How many records have not been received, as the queue says.
    pub fn waiting(&self) -> Outcome<usize> {
        Ok(self.page.list("[data-state=on-phone]")?.len())
    }

    /// How many households the phone holds, as 我的 says.
    pub fn held(&self) -> Outcome<usize> {
        self.tab("我的")?;
        self.page.wait_text("户在本机")?;
        let text = self.page.text()?;
        let before = text.split("户在本机").next().unwrap_or_default().trim_end();
        let digits = before.rsplit(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
        Ok(digits.parse().unwrap_or(0))
    }

    /// Waits until what was changed is in the draft on the disk.
    pub fn kept(&self) -> Outcome {
        self.page.wait_text_in(".page-header .sub", "已存好")
    }

    /// Waits until the queue shows a record of this household in this state:
    /// `on-phone`, `received`, `needs-look`.
    pub fn queued(&self, name: &str, state: &str) -> Outcome {
        self.page.wait_text_in(&format!("a.card:has([data-state={state}])"), name)
    }

    /// How one of the six stands on a household's page.
    pub fn state(&self, item: &str) -> Outcome<String> {
        let found = self
            .page
            .eval(&format!("document.querySelector('.knowledge[data-item={item}]').dataset.state"))?;
        Ok(found.as_str().unwrap_or_default().to_owned())
    }
}

/// Waits until what the app has begun to write to its drafts is written: what is put after it in the same queue is done.
pub fn written(page: &Page) -> Outcome {
    page.wait_js(
        "await (async () => {
            for (const { name } of await indexedDB.databases()) {
                if (!name.startsWith('lzd-work-')) continue;
                const database = await new Promise((done) => {
                    indexedDB.open(name).onsuccess = (event) => done(event.target.result);
                });
                await new Promise((done) => { database.transaction('drafts', 'readwrite').oncomplete = done; });
                database.close();
            }
            return true;
        })()",
    )
    .map(drop)
}

/// Something that bears these words in an item's question.
pub fn in_item(item: &str, words: &str) -> Target {
    text(words).within(&format!("#item-{item}"))
}
