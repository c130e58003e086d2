//! What a registrar is told before a roster goes in, row by row; what is said of it is remembered; and what hangs on it is
//! told before it is taken back.

use crate::desk::Desk;
use crate::roster::{choose, counted, saved};
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, FAMILY, HELPER};
use kit::failure::{Failure, Outcome};
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "姓名,身份证号,分会,类别,联系电话,住址,单位领导,单位领导电话,建档日期";
const ID: &str = "990000198011025736";

/// A title with its day; a household and its repeat; a category nobody knows; two of one name who may be one.
fn roster(telephone: &str) -> String {
    let (name, address, helper) = (FAMILY.name, FAMILY.address, HELPER.name);
    format!(
        "困难职工花名册,,,,,,,,\n填报日期：2026年1月31日,,,,,,,,\n{HEAD}\n\
         {name},{ID},{BRANCH},低保户,{telephone},{address},{helper},13900000001,2019-05-01\n\
         李水,,{BRANCH},困难,13900000003,石门坳六栋,{helper},13900000002,2019-05-01\n\
         {name},{ID},{BRANCH},低保户,13900000004,{address},{helper},13900000001,2019-05-01\n"
    )
}

fn written(folder: &Path, name: &str, text: &str) -> Outcome<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(Failure::disk(&path))?;
    Ok(path)
}

/// Drops a file on the page, as a hand does that drags it there.
pub fn drop_there(page: &Page, name: &str, text: &str) -> Outcome {
    page.wait_css("label.drop")?;
    let (name, text) = (serde_json::json!(name), serde_json::json!(text));
    page.eval(&format!(
        "(() => {{ const brought = new DataTransfer(); brought.items.add(new File([{text}], {name}));
            const drop = document.querySelector('label.drop');
            for (const kind of ['dragover', 'drop'])
                drop.dispatchEvent(new DragEvent(kind, {{ dataTransfer: brought, bubbles: true, cancelable: true }}));
        }})()"
    ))
    .map(drop)
}

#[test]
fn what_will_happen_is_told_before() -> Outcome {
    let (office, desks, desk) = Desk::in_new_union()?;
    desk.open("/roster")?;
    drop_there(&desk.page, "花名册.csv", &roster(FAMILY.telephone))?;
    looked_at(&desk.page)?;
    desk.page.tap_text("导入 2 户")?;
    desk.page.wait_text("导入了 2 户")?;
    assert!(!desk.page.text()?.contains("先没导入的"), "of a repeat nothing is to be repaired");

    let folder = place::folder("roster")?;
    overtaken(&desk, &folder, || Ok(Desk::of(desks.new_page()?, office.address())))?;
    desk.invite(&HELPER)?;
    found_by_number(&desk)?;
    taken_back(&desk)
}

fn looked_at(page: &Page) -> Outcome {
    counted(page, "new", 2)?;
    counted(page, "held-back", 1)?;
    assert_eq!(page.value(label("花名册是哪天的"))?.as_str(), Some("2026-01-31"));
    page.wait_text("表里第 2 行写着“填报日期：2026年1月31日”")?;
    page.wait_text("表里 2 户，占 3 行；都能导入；另有 1 处重复，不用再导")?;
    page.wait_text("新建的 2 户里，有 2 户按建档日期早该走访了")?;
    page.tap("[data-count=held-back]")?;
    page.wait_text_in("[data-counted=held-back]", "和第 4 行是同一户")?;
    page.wait_text_in("[data-repeats] .differs", "13900000004")?;
    // Nothing is presumed of two who may be one.
    assert!(page.list("[data-helpers-asked] [aria-pressed=true]")?.is_empty());
    page.wait_text_in(".take-in", "1 处帮扶人没认，先当不同的人")?;
    page.wait_text_in("[data-helpers-asked] [data-unsaid]", "还没认：当不同的人")?;
    leads_to_what_is_open(page)?;
    page.tap(text("是同一个人").within("[data-helpers-asked]"))?;
    page.wait_gone("1 处帮扶人没认，先当不同的人")?;
    page.wait_gone("还没认：当不同的人")?;
    page.wait_text("本工会没有这个类别")?;
    page.select(label("“低保户”算哪一类"), "困难户")?;
    page.wait_gone("本工会没有这个类别")?;
    page.wait_gone("1 种类别没认，先没有类别")?;
    page.tap("[data-read-as] summary")?;
    page.wait_text_in("[data-read-as]", "困难 读作 困难户")?;
    page.screenshot_both("desk/roster-told", Size::DESK)?;
    let list = saved(page, "问题清单 CSV")?;
    assert!(list.contains(&format!("\r\n6,{},{BRANCH},,", FAMILY.name)), "{list}");
    unspoilt(page)
}

/// The second press of a double one, beside the sheet.
const BESIDE_AGAIN: &str = "((sheet) => {
    sheet.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    sheet.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
})(document.querySelector('dialog[open]'))";

/// What nobody answered is in reach of the button; pressed all the same, the button says first what will happen.
fn leads_to_what_is_open(page: &Page) -> Outcome {
    let is_there = "document.activeElement.closest('[data-helpers-asked]') !== null";
    page.tap_text("1 处帮扶人没认，先当不同的人")?;
    page.wait_js(is_there)?;
    page.eval("document.activeElement.blur()")?;
    page.tap("[data-take-in]")?;
    page.wait_text_in("dialog[open] [data-unanswered]", "您没认的，导入时当两个人，各看各的住户")?;
    page.wait_text_in("dialog[open] [data-unanswered]", "1 种类别没认，先没有类别")?;
    page.screenshot_both("desk/roster-unanswered", Size::DESK)?;
    // Whoever presses the button twice presses beside the sheet that the first press opened.
    page.eval(BESIDE_AGAIN)?;
    page.drawn()?;
    page.wait_text_in("dialog[open] [data-unanswered]", "各看各的住户")?;
    page.tap(text("先去认").within("dialog[open]"))?;
    page.wait_no_css("dialog[open]")?;
    page.wait_js(is_there).map(drop)
}

/// A whole ID number finds its household, and stands in no address that the browser keeps.
fn found_by_number(desk: &Desk) -> Outcome {
    let page = &desk.page;
    desk.open("/households")?;
    page.wait_text_in("[data-total]", "2")?;
    page.type_into(label("找住户"), ID)?;
    page.wait_text_in("[data-total]", "1")?;
    page.wait_text_in("table", FAMILY.name)?;
    let kept =
        page.eval("[location.href, ...performance.getEntriesByType('resource').map(one => one.name)]")?;
    assert!(!kept.to_string().contains(ID), "{kept}");
    page.tap_text(FAMILY.name)?;
    page.wait_url("/desk/households/")
}

/// Two look at once: what was shown goes in, or nothing; and only the last word is taken back.
fn overtaken(desk: &Desk, folder: &Path, another: impl FnOnce() -> Outcome<Desk>) -> Outcome {
    let page = &desk.page;
    page.tap_text("再导一个文件")?;
    choose(
        page,
        &written(
            folder,
            "花名册 2026-02-28.csv",
            &roster("13900000008").replace("2026年1月31日", "").replace("石门坳六栋", ""),
        )?,
    )?;
    counted(page, "changed", 1)?;
    page.wait_text("文件名“花名册 2026-02-28.csv”里有日期")?;
    page.wait_text("按上次的对应")?;
    page.tap("[data-count=changed]")?;
    let changed = page.list("[data-counted=changed] dd")?.join(" ");
    assert!(changed.contains(FAMILY.telephone) && changed.contains("13900000008"), "{changed}");
    // 李水 has no address in it any more.
    page.wait_text_in("[data-findings] summary", "原来写了，这次没有写")?;
    page.tap(text("原来写了，这次没有写").within("[data-findings] summary"))?;
    page.wait_text_in("table.findings", "原来写着“石门坳六栋”，这次没有写")?;
    page.wait_text_in("table.findings", "现有的保留")?;
    page.wait_text_in("[data-findings]", "这一行是重复的，不用再导 1 处")?;
    page.screenshot_both("desk/roster-changed", Size::DESK)?;

    let other = another()?;
    other.open("/roster")?;
    choose(
        &other.page,
        &written(folder, "新址.csv", &roster(FAMILY.telephone).replace(FAMILY.address, "新村5号"))?,
    )?;
    counted(&other.page, "changed", 1)?;
    other.page.tap_text("导入 1 户")?;
    other.page.wait_text("导入了 1 户")?;

    other.page.close()?;
    page.call("Page.bringToFront", serde_json::json!({}))?;
    page.tap_text("导入 1 户")?;
    page.wait_text("预览以后有变动，已经重新读过")?;
    page.tap_text("导入 1 户")?;
    page.wait_text("导入了 1 户")?;
    unspoilt(page)?;
    // The first of three files is not taken back from under the others.
    desk.open("/roster")?;
    page.tap(back("花名册.csv").as_str())?;
    page.wait_text_in("dialog[open]", "后来又导入过这些住户，先撤回后来的那一次。")?;
    page.wait_css("dialog[open] .form-end .danger:disabled")
}

/// The button that takes a file back.
fn back(file: &str) -> String {
    format!("[data-earlier] [data-file='{file}'] button")
}

/// The later files first; then what hangs on the first is told.
fn taken_back(desk: &Desk) -> Outcome {
    let page = &desk.page;
    desk.open("/roster")?;
    for name in ["花名册 2026-02-28.csv", "新址.csv"] {
        page.tap(back(name).as_str())?;
        page.wait_text_in("dialog[open]", "撤下住户 0 户")?;
        page.tap(text("撤回").within("dialog[open] .form-end"))?;
        page.wait_no_css("dialog[open]")?;
        page.wait_no_css(back(name).as_str())?;
    }
    page.tap(back("花名册.csv").as_str())?;
    page.wait_text_in("dialog[open]", "撤下住户 2 户")?;
    page.wait_text_in("dialog[open]", "留下的帮扶人（1 人）")?;
    page.wait_text_in("dialog[open] [data-withdrawal]", HELPER.name)?;
    page.screenshot_both("desk/roster-withdraw", Size::DESK)?;
    page.tap(text("撤回").within("dialog[open] .form-end"))?;
    page.wait_no_css("dialog[open]")?;
    desk.open("/people")?;
    page.wait_text_in("table.people", HELPER.name)
}
