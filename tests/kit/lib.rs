//! The test kit: a real Chromium against the real office, driven from plain Rust tests.
//!
//! It speaks the DevTools protocol itself; no driver, no Node. It never sleeps and never tries again: a wait is on an
//! event of the browser or on a condition that the page itself looks at, and it ends with what the page displayed.
//! It knows nothing of visits or households; the flows are in `tests/browser`.
//!
//! ```no_run
//! use kit::browser::Browser;
//! use kit::failure::Outcome;
//! use kit::office::Office;
//! use kit::page::emulate::Size;
//! use kit::page::target::{label, text};
//! use kit::{place, profile_scan};
//!
//! # fn main() -> Outcome {
//! // A flow returns `Outcome`: a step that fails reports itself, with the page's words and a picture of it.
//! let mut office = Office::start(&place::folder("office")?, &[])?;
//! let profile = place::folder("phone")?;
//! let browser = Browser::launch(&profile, Size::PHONE)?;
//! let page = browser.page()?;
//!
//! page.goto(&office.first_administrator()?)?;
//! page.type_into(label("密码"), "一句很长的话")?;
//! page.tap_text("完成")?;
//! page.wait_text("已登录")?;
//! page.wait_worker()?;
//!
//! // No network and no office.
//! office.kill9()?;
//! page.set_offline(true)?;
//! page.reload()?;
//! page.forget_taps();
//! page.tap(text("无变化").within("[data-item=schooling]"))?;
//! assert_eq!(page.taps(), 1);
//! page.screenshot("visit")?;
//!
//! // A dead battery; then the same profile again.
//! browser.kill9();
//! let scan = profile_scan::scan(&profile, &["王秀兰"])?;
//! assert!(scan.hits.is_empty(), "{scan}");
//! let browser = Browser::launch(&profile, Size::PHONE)?;
//! office.start_again()?;
//! # browser.close()
//! # }
//! ```
//!
//! Where to look:
//! - [`browser::Browser`]: `launch`, `launch_with`, `page`, `new_page`, `close`, `kill9`.
//! - [`page::Page`]: `goto`, `reload`, `text`, `eval`, `problems`, `requests`, `dialogs`, `taps`; beside it
//!   [`page::wait`] (`wait_text`, `wait_gone`, `wait_css`, `wait_js` …), [`page::tap`] (`tap`, `type_into`, `set_date`,
//!   `select`, `press`, `value`, `list`), [`page::emulate`] (`set_size`, `set_offline`, `set_user_agent`,
//!   `cpu_throttle`, `shift_clock`, `remove_feature`, `set_quota`), [`page::screen`] (`screenshot`, `overflow`).
//! - [`page::target`]: how a test names a thing: `"css"`, `text("完成")`, `label("姓名")`, `.within("css")`, `.nth(0)`.
//! - [`office::Office`]: `start`, `start_again`, `stop`, `kill9`, `run`, `first_administrator`.
//! - [`postgres::database`]: a PostgreSQL for the program, and a database in it.
//! - [`proxy::Proxy`]: a road to the office that can be cut, held up or spoilt.
//! - [`webdriver::Session`]: the same app in another engine, walked by scripts.
//! - [`profile_scan::scan`]: which words lie on the disk.
//!
//! `CHROMIUM` and `LIUZHIDAO_BIN` name other programs than the usual ones. Pictures lie in `target/screens/`
//! (of failures in `failed/`), profiles and data in `target/kit/`.

pub mod browser;
pub mod cdp;
pub mod deadline;
pub mod failure;
pub mod office;
pub mod page;
pub mod place;
pub mod postgres;
pub mod profile_scan;
pub mod proxy;
pub mod rows;
pub mod webdriver;
