//! The kit's own test of driving a browser: each thing a flow relies on, and that it fails when it should.
//! It needs a Chromium, and nothing of the product.

mod site;

use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::problem::Source;
use kit::page::target::{label, text};
use kit::place;
use serde_json::json;
use site::{File, Site};
use std::fs;
use std::path::Path;
use std::time::Duration;

const PAGE: &str = include_str!("driving/page.html");
const FAR: &str = include_str!("driving/far.html");
const WORKER: &str = include_str!("driving/worker.js");

fn site() -> Outcome<Site> {
    let strict = File {
        headers: "content-type: text/html\r\ncontent-security-policy: default-src 'self'\r\n",
        body: b"<script>document.title = 'ran'</script><p>strict".to_vec(),
    };
    let script = File { headers: "content-type: text/javascript\r\n", body: WORKER.into() };
    let files = vec![
        ("/", File::page(PAGE)),
        ("/worker.js", script),
        ("/other", File::page("<!doctype html><p>另一页")),
        ("/far", File::page(FAR)),
        ("/strict", strict),
    ];
    Site::serve(files).map_err(Failure::disk("127.0.0.1"))
}

fn phone(name: &str) -> Outcome<(Browser, Page, Site)> {
    let browser = Browser::launch(&place::folder(name)?, Size::PHONE)?;
    let page = browser.page()?;
    let site = site()?;
    page.goto(&site.at("/"))?;
    Ok((browser, page, site))
}

fn why(outcome: Outcome) -> String {
    match outcome {
        Ok(()) => "nothing: it succeeded".into(),
        Err(Failure::Unmet { why, .. }) => why,
        Err(other) => other.to_string(),
    }
}

#[test]
fn a_person_can_read_tap_type_and_choose() -> Outcome {
    let (browser, page, _site) = phone("tap")?;
    page.tap("#count")?;
    page.wait_text("点了 1 次")?;
    page.tap(text("无变化").within("#second"))?;
    page.wait_text("第二 1")?;
    assert_eq!(page.taps(), 2);
    page.type_into(label("姓名"), "王秀兰")?;
    page.type_into("#name", "李建国")?;
    assert_eq!(page.value(label("姓名"))?, json!("李建国"));
    page.type_into("#name", "")?;
    assert_eq!(page.value("#name")?, json!(""));
    page.set_date("#day", "2026-01-31")?;
    page.select("#who", "配偶")?;
    page.wait_text("日期 2026-01-31 见到 spouse")?;
    page.tap(label("同意"))?;
    assert_eq!(page.value(label("同意"))?, json!(true));
    assert_eq!(page.list("li")?, ["一", "二", "三"]);
    page.tap_text("远处")?;
    page.wait_text("到了远处")?;
    assert_eq!(page.eval("window.trusted")?, json!(true));
    assert_eq!(page.eval("[navigator.language, new Date(0).getHours()]")?, json!(["zh-CN", 8]));
    assert_eq!(page.eval("2 * await Promise.resolve(21)")?, json!(42));
    assert_eq!(browser.refused(), [] as [String; 0]);
    assert_eq!(page.problems(), []);
    Ok(())
}

#[test]
fn what_cannot_be_tapped_is_an_error_that_says_why() -> Outcome {
    let (_browser, page, _site) = phone("cannot")?;
    page.set_patience(Duration::from_millis(400));
    let check = |outcome: Outcome, expected: &str| {
        let why = why(outcome);
        assert!(why.contains(expected), "{why}");
    };
    check(page.tap_text("盖住"), "covered by <div#cover>");
    check(page.tap_text("不行"), "is disabled");
    check(page.tap_text("藏着"), "nothing on the page matches");
    check(page.tap("#hidden"), "not visible");
    check(page.tap("button"), "match:");
    check(page.tap_text("没有这个"), "nothing on the page matches");
    check(page.wait_text("没有这句"), "not displayed");
    check(page.wait_gone("六知道"), "still displayed");
    check(page.select("#who", "邻居"), "it offers only “本人”, “配偶”");
    assert_eq!(page.taps(), 0);
    Ok(())
}

#[test]
fn a_failure_shows_the_page_and_its_picture() -> Outcome {
    let (_browser, page, _site) = phone("failure")?;
    page.set_patience(Duration::from_millis(300));
    match page.wait_text("没有这句") {
        Err(failure @ Failure::Unmet { .. }) => {
            let told = failure.to_string();
            assert!(told.contains("六知道") && told.contains("没有这句"), "{told}");
            let Failure::Unmet { seen, .. } = failure else { unreachable!() };
            let picture = seen.picture.expect("a picture of the failure");
            assert!(fs::metadata(&picture).map_err(Failure::disk(&picture))?.len() > 1000);
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[test]
fn waits_live_through_navigations_and_late_changes() -> Outcome {
    let (_browser, page, site) = phone("wait")?;
    page.tap_text("稍后")?;
    page.wait_text("终于")?;
    page.wait_gone("终于")?;
    page.tap_text("去另一页")?;
    page.wait_text("另一页")?;
    page.wait_url("/other")?;
    page.goto(&site.at("/"))?;
    page.wait_css("#name")?;
    page.tap_text("问一下")?;
    page.wait_text("答了 true")?;
    page.refuse_dialogs(true);
    page.tap_text("问一下")?;
    page.wait_text("答了 false")?;
    assert_eq!(page.dialogs(), ["真的吗", "真的吗"]);
    page.back()?;
    page.wait_text("另一页")?;
    assert!(matches!(page.goto("http://127.0.0.1:9/"), Err(Failure::Navigation { .. })));
    Ok(())
}

#[test]
fn what_is_too_far_away_to_be_drawn_is_there() -> Outcome {
    let (_browser, page, site) = phone("far")?;
    page.goto(&site.at("/far"))?;
    page.tap_text("到底")?;
    page.wait_js("!document.querySelector('.far').checkVisibility({ contentVisibilityAuto: true })")?;
    page.wait_text("远处")?;
    page.wait_text_in(".far", "远处")?;
    assert!(page.text()?.contains("远处"));
    page.set_patience(Duration::from_millis(300));
    assert_eq!(why(page.wait_gone("远处")), "the text is still displayed");
    Ok(())
}

#[test]
fn the_network_can_be_cut_for_page_and_worker() -> Outcome {
    let (browser, page, site) = phone("offline")?;
    page.eval("navigator.serviceWorker.register('/worker.js')")?;
    page.wait_controlled()?;
    assert_eq!(browser.workers(), [site.at("/worker.js")]);
    let foreign = |address: &String| !address.starts_with(&site.at("/")) && !address.starts_with("data:");
    assert!(page.requests().iter().filter(|address| **address == site.at("/")).count() > 1);
    assert!(!page.requests().iter().any(foreign), "{:?}", page.requests());
    let reach = "fetch('/other').then((r) => r.ok, () => false)";
    // The worker asks the network for this one itself.
    let through_worker = "fetch('/through?' + Math.random()).then((r) => r.text())";
    assert_eq!(page.eval(reach)?, json!(true));
    assert_eq!(page.eval(through_worker)?, json!("online"));
    page.set_offline(true)?;
    assert_eq!(page.eval(reach)?, json!(false));
    assert_eq!(page.eval(through_worker)?, json!("offline"));
    page.reload()?;
    page.wait_text("六知道")?;
    assert_eq!(page.eval("navigator.onLine")?, json!(false));
    // A worker that is stopped runs again when it is asked, and is as cut off as before.
    page.call("ServiceWorker.enable", json!({}))?;
    page.call("ServiceWorker.stopAllWorkers", json!({}))?;
    page.reload()?;
    page.wait_text("六知道")?;
    assert_eq!(page.eval(through_worker)?, json!("offline"));
    assert!(
        !page.problems().iter().any(|problem| problem.source == Source::Browser),
        "{:?}",
        page.problems()
    );
    page.set_offline(false)?;
    assert_eq!(page.eval(reach)?, json!(true));
    assert_eq!(page.eval(through_worker)?, json!("online"));
    Ok(())
}

#[test]
fn clock_engine_features_and_room_can_be_changed() -> Outcome {
    let (_browser, page, site) = phone("emulate")?;
    let before = page.eval("Date.now()")?.as_f64().unwrap_or_default();
    page.shift_clock(400)?;
    page.remove_feature("indexedDB")?;
    page.remove_feature("navigator.serviceWorker")?;
    page.remove_feature("CSS.supports")?;
    page.set_user_agent("Mozilla/5.0 MicroMessenger/8.0")?;
    page.goto(&site.at("/"))?;
    let days = (page.eval("Date.now()")?.as_f64().unwrap_or_default() - before) / 86_400_000.0;
    assert!((400.0..400.1).contains(&days), "{days}");
    assert_eq!(page.eval("new Date().getFullYear() - new Date(Date.now()).getFullYear()")?, json!(0));
    assert_eq!(
        page.eval("[new Date(0).getTime(), Date.UTC(1970, 0), new Date() instanceof Date]")?,
        json!([0, 0, true])
    );
    assert_eq!(
        page.eval("['indexedDB' in window, 'serviceWorker' in navigator, 'supports' in CSS]")?,
        json!([false, false, false])
    );
    assert_eq!(page.eval("navigator.userAgent")?, json!("Mozilla/5.0 MicroMessenger/8.0"));
    // What `estimate()` says is not the quota but a round figure against fingerprinting; a full disk is felt by writing.
    let write = "caches.open('room').then((c) => c.put('/x', new Response(new Uint8Array(1 << 20)))).then(() => 'written', (e) => e.name)";
    assert_eq!(page.eval(write)?, json!("written"));
    page.set_quota(&site.at("/"), Some(12_345))?;
    assert_eq!(page.eval(write)?, json!("QuotaExceededError"));
    page.set_quota(&site.at("/"), None)?;
    assert_eq!(page.eval(write)?, json!("written"));
    page.cpu_throttle(2.0)
}

#[test]
fn complaints_are_collected() -> Outcome {
    let (_browser, page, site) = phone("problems")?;
    assert_eq!(page.problems(), []);
    page.goto(&site.at("/strict"))?;
    page.eval("console.error('坏了', 7)")?;
    page.eval("setTimeout(() => { throw new Error('没人接') })")?;
    page.eval("fetch('/absent').then((r) => r.status)")?;
    let check = |words: &str, expected: Source| -> Outcome {
        assert_eq!(page.wait_problem(words)?.source, expected);
        Ok(())
    };
    check("坏了 7", Source::Console)?;
    check("没人接", Source::Exception)?;
    check("Content Security Policy", Source::Security)?;
    check("404", Source::Network)?;
    assert!(page.requests().contains(&site.at("/absent")));
    Ok(())
}

#[test]
fn pictures_have_the_size_of_the_screen() -> Outcome {
    let (_browser, page, _site) = phone("picture")?;
    let check = |name: &str, expected: (u32, u32)| -> Outcome {
        let path = place::screens().join(name);
        let bytes = fs::read(&path).map_err(Failure::disk(&path))?;
        let number = |at: usize| bytes[at..at + 4].iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        assert_eq!((number(16), number(20)), expected);
        Ok(())
    };
    page.screenshot_both("kit/page", Size::PHONE)?;
    check("kit/page-390.png", (780, 1688))?;
    check("kit/page-1280.png", (1280, 800))?;
    assert_eq!(
        page.eval("[innerWidth, innerHeight, devicePixelRatio, navigator.maxTouchPoints]")?,
        json!([390, 844, 2, 5])
    );
    assert_eq!(page.overflow()?, [] as [String; 0]);
    page.eval("document.body.insertAdjacentHTML('beforeend', '<p style=\"width:900px\">宽</p>')")?;
    assert!(page.overflow()?.concat().contains('宽'));
    let (width, height) = page.size_of(text("无变化").within("#second"))?;
    assert!(width >= 48.0 && height >= 48.0, "{width} × {height}");
    Ok(())
}

#[test]
fn what_is_hard_to_read_or_to_hit_is_named() -> Outcome {
    let (_browser, page, _site) = phone("look")?;
    let pale = page.too_pale()?;
    assert_eq!(pale, ["<p> “太淡” 2.3:1", "<p> “太透” 2.1:1"]);
    let small = page.too_small(48)?;
    assert!(small.len() == 1 && small[0].starts_with("<a> “去另一页”"), "{small:?}");
    assert_eq!(page.install_errors()?, ["no-manifest"]);
    Ok(())
}

#[test]
fn a_mouse_works_on_a_desk_and_pages_are_several() -> Outcome {
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let (first, site) = (browser.page()?, site()?);
    let second = browser.new_page()?;
    for page in [&first, &second] {
        page.goto(&site.at("/"))?;
        page.tap(text("无变化").nth(0))?;
        page.wait_text("点了 1 次")?;
    }
    assert_eq!((first.taps(), second.taps()), (1, 1));
    second.close()?;
    first.tap("#count")?;
    first.wait_text("点了 2 次")
}

#[test]
fn what_is_killed_is_gone_and_starts_again_with_what_was_saved() -> Outcome {
    let profile = place::folder("kill")?;
    let site = site()?;
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let page = browser.page()?;
    page.goto(&site.at("/"))?;
    page.tap_text("保存")?;
    page.wait_text("已保存到本机")?;
    browser.kill9();
    assert_eq!(running_on(&profile)?, 0);
    assert!(matches!(page.text(), Err(Failure::Closed { .. })));
    let browser = Browser::launch(&profile, Size::PHONE)?;
    let page = browser.page()?;
    page.goto(&site.at("/"))?;
    page.tap_text("取出")?;
    page.wait_text("取到 王秀兰")?;
    browser.close()?;
    assert_eq!(running_on(&profile)?, 0);
    Ok(())
}

/// How many processes were started on this profile and have not ended.
fn running_on(profile: &Path) -> Outcome<usize> {
    let sign = profile.display().to_string();
    let processes = fs::read_dir("/proc").map_err(Failure::disk("/proc"))?.filter_map(Result::ok);
    // A process that ends while it is looked at is one less.
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    Ok(lines.filter(|line| String::from_utf8_lossy(line).contains(&sign)).count())
}
