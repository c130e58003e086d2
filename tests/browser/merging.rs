//! Two files that turn out to be one household's: merged, they show both histories under either address; undone, each
//! has its own again.

use crate::desk::Desk;
use crate::spoilt::unspoilt;
use kit::browser::Browser;
use kit::failure::Outcome;
use kit::office::Office;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use std::collections::BTreeSet;

/// A file as its page shows it.
struct File {
    id: String,
    name: String,
    visits: BTreeSet<String>,
}

#[test]
fn two_files_become_one_and_two_again() -> Outcome {
    let office = Office::start(&place::folder("office")?, &["--demo"])?;
    let browser = Browser::launch(&place::folder("desk")?, Size::DESK)?;
    let desk = Desk::of(browser.page()?, office.address());
    desk.demo("registrar")?;
    let [one, other] = two_visited(&desk)?;
    same_telephone(&desk, &one, &other)?;
    merge(&desk, &one, &other)?;

    let both: BTreeSet<String> = one.visits.union(&other.visits).cloned().collect();
    desk.page.wait_text_in("[data-merge]", &one.name)?;
    desk.page.wait_text_in("[data-merge]", &other.name)?;
    desk.page.screenshot_both("desk/merged", Size::DESK)?;
    for file in [&one, &other] {
        assert_eq!(visits_of(&desk, &file.id)?, both);
    }

    desk.page.tap(text("撤销合并").within("[data-merge]"))?;
    desk.page.wait_css("dialog[open] form")?;
    desk.page.screenshot_both("desk/sheet-unmerge", Size::DESK)?;
    desk.page.tap("dialog[open] button[type=submit]")?;
    desk.page.wait_no_css("dialog[open]")?;
    desk.page.wait_no_css("[data-merge]")?;
    for file in [&one, &other] {
        assert_eq!(visits_of(&desk, &file.id)?, file.visits);
        desk.page.wait_text_in(".page-header", &file.name)?;
    }
    unspoilt(&desk.page)
}

/// The first two households on time, each with its visits.
fn two_visited(desk: &Desk) -> Outcome<[File; 2]> {
    desk.open("/households?show=on_time")?;
    let listed = "[...document.querySelectorAll('tr[data-household]')].slice(0, 2)
        .map((row) => [row.dataset.household, row.querySelector('.title a').innerText])";
    desk.page.wait_css("tr[data-household]")?;
    let listed = desk.page.eval(listed)?;
    let file = |at: usize| -> Outcome<File> {
        let said = |part: usize| listed[at][part].as_str().unwrap_or_default().to_owned();
        let (id, name) = (said(0), said(1));
        let visits = visits_of(desk, &id)?;
        assert!(!visits.is_empty(), "{name} was never visited");
        Ok(File { id, name, visits })
    };
    Ok([file(0)?, file(1)?])
}

/// The visits that a household's page shows.
fn visits_of(desk: &Desk, id: &str) -> Outcome<BTreeSet<String>> {
    desk.open(&format!("/households/{id}"))?;
    desk.page.wait_css("[data-visit]")?;
    desk.page.eval("document.querySelector('.visits + button')?.click()")?;
    desk.page.wait_no_css(".visits + button")?;
    let shown = "[...document.querySelectorAll('[data-visit]')].map((visit) => visit.dataset.visit)";
    let shown = desk.page.eval(shown)?;
    Ok(shown.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect())
}

/// The other is reached under the number of the one.
fn same_telephone(desk: &Desk, one: &File, other: &File) -> Outcome {
    let page = &desk.page;
    desk.open(&format!("/households/{}", one.id))?;
    page.wait_css("[data-item=telephone] .value")?;
    let shown = page.list("[data-item=telephone] .value")?.concat();
    let number = shown.split_whitespace().next().unwrap_or_default();
    desk.open(&format!("/households/{}", other.id))?;
    page.tap("[data-item=telephone] .icon-button")?;
    page.type_into(label("电话号码").within("dialog[open]"), number)?;
    page.tap("dialog[open] button[type=submit]")?;
    page.wait_no_css("dialog[open]")?;
    page.wait_text_in("[data-item=telephone]", number)
}

/// On the page of the one: the other resembles it, and is found by its name; both are looked at, and merged.
fn merge(desk: &Desk, one: &File, other: &File) -> Outcome {
    let page = &desk.page;
    desk.open(&format!("/households/{}", one.id))?;
    page.tap(text("合并档案").within(".page-header"))?;
    let found = format!("dialog[open] button[data-household=\"{}\"]", other.id);
    page.wait_text_in(&found, "同一电话")?;
    page.screenshot_both("desk/sheet-merge", Size::DESK)?;
    page.type_into(label("找住户").within("dialog[open]"), &other.name)?;
    page.wait_gone("同一电话")?;
    page.wait_css(found.as_str())?;
    page.screenshot_both("desk/sheet-merge-found", Size::DESK)?;
    page.tap(found.as_str())?;
    page.wait_text_in(".compared", &other.name)?;
    page.wait_text_in(".compared", "致困原因")?;
    // The day decides what is overdue; and a family is known by its children.
    page.wait_text_in(".compared", "建档日期")?;
    page.wait_text_in(".compared", "子女上学")?;
    // No choice is promised that nobody is asked for afterwards.
    let promised =
        "[...document.querySelectorAll('.compared tr')].filter((row) => row.querySelector('.wait'))
        .map((row) => row.querySelector('th').textContent).join(' ')";
    let promised = page.eval(promised)?.to_string();
    assert!(!["帮扶人", "致困原因", "类别"].iter().any(|row| promised.contains(row)), "{promised}");
    page.screenshot_both("desk/sheet-merge-compared", Size::DESK)?;
    page.set_size(Size::PHONE)?;
    unspoilt(page)?;
    page.set_size(Size::DESK)?;
    page.tap(text("合并").within("dialog[open] .form-end"))?;
    page.wait_no_css("dialog[open]")
}
