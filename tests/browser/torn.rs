//! A phone dies while its browser writes to its own log. Chromium goes on behind what was torn, and at the second start
//! after it takes the log for damaged and throws all databases away, with what was strictly on the disk long before:
//! unless the log was written anew in between, which the app sees to. Where that did not come about, what had not left
//! is found again.

use crate::longer::{numbers, visits};
use crate::phone::Phone;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The head of a piece of LevelDB's log (a sum, a length of 1,000, the kind "whole") without the piece.
const TORN: [u8; 7] = [0x12, 0x34, 0x56, 0x78, 0xE8, 0x03, 0x01];

/// From the next document on nothing is deleted, so that the log is not written anew.
const NOT_MENDED: &str = "IDBFactory.prototype.deleteDatabase = function () {
    return {};
};";

#[test]
fn a_torn_log_takes_nothing_away() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let profile = place::folder("phone")?;
    let (before, _) = visits(&office)?;
    torn(&profile, &mut office, "")?;
    // Whoever was signed in still is, without a network, and all is there.
    at_work(&profile, &office, |phone| {
        phone.open()?;
        phone.at_list()?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=on-phone]")?;
        assert_eq!(phone.waiting()?, 3);
        Ok(())
    })?;
    office.start_again()?;
    at_work(&profile, &office, |phone| {
        phone.open()?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=received]")?;
        phone.page.wait_no_css("[data-state=on-phone]")
    })?;
    assert_eq!(visits(&office)?, (before + 3, before + 3));
    Ok(())
}

#[test]
fn where_the_browser_threw_all_away_nothing_saved_is_lost() -> Outcome {
    let mut office = Office::start(&place::folder("office")?, &["--demo"])?;
    let profile = place::folder("phone")?;
    let (before, _) = visits(&office)?;
    torn(&profile, &mut office, NOT_MENDED)?;
    // The databases are gone: it is said at the door, with what came back.
    at_work(&profile, &office, |phone| {
        phone.open()?;
        phone.page.wait_css("[data-page=sign-in]")?;
        phone.page.wait_text("没送出的 3 条记录还在")?;
        phone.page.screenshot("phone/storage-found-at-the-door").map(drop)
    })?;
    office.start_again()?;
    at_work(&profile, &office, |phone| {
        // It leaves although nobody has signed in; then only a form that was open is lost.
        phone.open()?;
        phone.page.wait_text("没送出的 3 条记录还在")?;
        phone.copied(0)?;
        assert_eq!(visits(&office)?, (before + 3, before + 3));
        phone.open()?;
        phone.page.wait_text("没填完的表没有了")?;
        assert!(!phone.page.text()?.contains("条记录还在"));
        phone.demo()?;
        phone.attempt(3)?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=received]").map(drop)
    })?;
    let (records, different) = numbers(&office)?;
    assert_eq!(records, different, "no number was taken twice");
    Ok(())
}

/// Two visits are saved without a network, the log is torn, and a start later, with this script in the page, a third is.
fn torn(profile: &Path, office: &mut Office, script: &str) -> Outcome {
    at_work(profile, office, Phone::demo)?;
    office.stop()?;
    at_work(profile, office, |phone| {
        phone.page.before_load(script)?;
        phone.open()?;
        (0..2).try_for_each(|place| phone.attempt(place))?;
        phone.copied(2)
    })?;
    tear(profile)?;
    // The first start after it reads all there is, and works.
    at_work(profile, office, |phone| {
        phone.page.before_load(script)?;
        phone.open()?;
        phone.attempt(2)?;
        phone.tab("待发")?;
        phone.page.wait_css("[data-state=on-phone]")?;
        assert_eq!(phone.waiting()?, 3);
        phone.copied(3)
    })
}

/// The browser is started on the profile, something is done, and it is closed as a person closes it.
fn at_work(profile: &Path, office: &Office, what: impl FnOnce(&Phone) -> Outcome) -> Outcome {
    let browser = Browser::launch(profile, Size::PHONE)?;
    what(&Phone::of(browser.page()?, office.address()))?;
    browser.close()
}

/// Appends what a write leaves that was cut off between its head and its words.
fn tear(profile: &Path) -> Outcome {
    let databases = profile.join("Default/IndexedDB");
    let files = |folder: &Path| -> Outcome<Vec<PathBuf>> {
        let read = fs::read_dir(folder).and_then(|list| list.map(|entry| Ok(entry?.path())).collect());
        read.map_err(Failure::disk(folder))
    };
    let mut logs = Vec::new();
    for folder in files(&databases)? {
        logs.extend(
            files(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "log")),
        );
    }
    assert_eq!(logs.len(), 1, "Chromium keeps one log of LevelDB for an origin: {logs:?}");
    for path in logs {
        let file = OpenOptions::new().append(true).open(&path);
        file.and_then(|mut file| file.write_all(&TORN)).map_err(Failure::disk(&path))?;
    }
    Ok(())
}
