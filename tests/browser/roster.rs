//! A roster with columns that nobody names so: a person says what they hold, it goes in, reaches the helper's phone, and
//! says nothing new the second time; then it is taken back.

use crate::desk::Desk;
use crate::phone::Phone;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, FAMILY, GROUP, HELPER, PASSWORD, UNION};
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{label, text};
use kit::place;
use serde_json::json;
use std::fs;
use std::path::Path;

/// Gives a file to the page, as choosing it in the browser's own window does.
pub fn choose(page: &Page, file: &Path) -> Outcome {
    page.wait_css("label.drop")?;
    let document = page.call("DOM.getDocument", json!({ "depth": 0 }))?;
    let root = document.pointer("/root/nodeId").cloned().unwrap_or_default();
    let found = page.call("DOM.querySelector", json!({ "nodeId": root, "selector": "input[type=file]" }))?;
    let input = found.get("nodeId").cloned().unwrap_or_default();
    page.call("DOM.setFileInputFiles", json!({ "files": [file], "nodeId": input })).map(drop)
}

/// Waits until a figure of the look is this.
pub fn counted(page: &Page, what: &str, count: u32) -> Outcome {
    page.wait_js(&format!("document.querySelector('[data-count={what}] b')?.innerText === '{count}'"))
        .map(drop)
}

/// The next file that the page hands to the person, once `tap` made it do so.
pub fn saved_bytes(page: &Page, tap: &str) -> Outcome<Vec<u8>> {
    page.eval(
        "(() => { const was = URL.createObjectURL; window.saved = new Promise((done) => {
            URL.createObjectURL = (file) => {
                URL.createObjectURL = was;
                file.arrayBuffer().then((bytes) => done([...new Uint8Array(bytes)]));
                return was.call(URL, file);
            };
        }); })()",
    )?;
    page.tap_text(tap)?;
    let bytes = page.eval("window.saved")?;
    let byte = |one: &serde_json::Value| one.as_u64().and_then(|one| u8::try_from(one).ok());
    Ok(bytes.as_array().into_iter().flatten().filter_map(byte).collect())
}

/// The same as a text; its mark of UTF-8 stays.
pub fn saved(page: &Page, tap: &str) -> Outcome<String> {
    Ok(String::from_utf8_lossy(&saved_bytes(page, tap)?).into_owned())
}

/// A family, and one whose row has no name.
fn odd_roster() -> String {
    format!(
        "{UNION}困难职工花名册,,,,,,,\n\
         序号,当家的,类别,分会,手机,住哪儿,单位领导,领导电话,拿手的\n\
         1,{name},困难户,{BRANCH},{phone},{address},{helper},13900000001,会木工\n\
         2,,困难户,{BRANCH},13900000009,石门坳六栋,{helper},13900000001,\n",
        name = FAMILY.name,
        phone = FAMILY.telephone,
        address = FAMILY.address,
        helper = HELPER.name,
    )
}

#[test]
fn a_roster_goes_in_by_hand_and_comes_back() -> Outcome {
    let (office, _desks, desk) = Desk::in_new_union()?;
    let file = place::folder("roster")?.join("花名册2026.csv");
    fs::write(&file, odd_roster()).map_err(Failure::disk(&file))?;

    mapped_by_hand(&desk, &file)?;
    desk.page.tap_text("导入 1 户")?;
    desk.page.wait_text("导入了 1 户")?;
    desk.page.wait_text("先没导入的 1 户")?;
    desk.page.screenshot_both("desk/roster-done", Size::DESK)?;
    unspoilt(&desk.page)?;
    desk.page.tap_text("看导入的住户")?;
    desk.page.wait_text_in("table.households", FAMILY.name)?;

    let mobile = Browser::launch(&place::folder("phone")?, Size::PHONE)?;
    let phone = Phone::of(mobile.page()?, office.address());
    phone.join(&desk.invite(&HELPER)?, PASSWORD)?;
    phone.fetched()?;
    phone.open_household(FAMILY.name)?;
    phone.page.wait_text(FAMILY.address)?;
    phone.page.wait_text_in("[data-item=address]", "花名册")?;
    phone.page.screenshot_whole("phone/household-of-roster")?;

    says_nothing_new(&desk, &file)?;
    taken_back(&desk)?;
    phone.open()?;
    phone.page.wait_gone(FAMILY.name)
}

/// The file names no column for the name, nor for the address: a person does.
fn mapped_by_hand(desk: &Desk, file: &Path) -> Outcome {
    let page = &desk.page;
    desk.open("/")?;
    page.tap_text("有 Excel 花名册，直接导入")?;
    choose(page, file)?;
    page.wait_css("[data-refused=no_name_column]")?;
    page.screenshot_both("desk/roster-refused", Size::DESK)?;
    page.select(label("B 列 当家的 是什么"), "姓名")?;
    counted(page, "held-back", 1)?;
    counted(page, "new", 1)?;
    page.select(label("F 列 住哪儿 是什么"), "家庭住址")?;
    page.tap(label("导出时带上 A 列 序号"))?;
    page.wait_text("1 列不认识")?;
    page.wait_text_in("[data-findings]", "没有姓名")?;
    page.tap(text("没有姓名").within("[data-findings] summary"))?;
    page.wait_text_in("table.findings", "第 4 行")?;
    page.screenshot_both("desk/roster-look", Size::DESK)?;
    let list = saved(page, "问题清单 CSV")?;
    assert!(list.starts_with("\u{feff}行,姓名,单位,列,列名,"), "{list}");
    assert!(list.contains(&format!("\r\n4,,{BRANCH},B,当家的,,没有姓名,这一户先不导入\r\n")), "{list}");
    // What is in it, the office's own tests read.
    let book = saved_bytes(page, "下载问题清单")?;
    assert!(book.starts_with(b"PK"), "{}", book.len());
    unspoilt(page)
}

/// The same file again: the columns are remembered, and nothing is left to do.
fn says_nothing_new(desk: &Desk, file: &Path) -> Outcome {
    desk.open("/people")?;
    desk.page.tap(text("花名册").within("nav.tabs"))?;
    choose(&desk.page, file)?;
    counted(&desk.page, "unchanged", 1)?;
    counted(&desk.page, "new", 0)?;
    counted(&desk.page, "changed", 0)?;
    desk.page.wait_css("[data-take-in]:disabled")?;
    desk.page.wait_text_in("[data-take-in]", "导入 0 户")?;
    desk.page.wait_text("没有要导入的")
}

/// The import is taken back, and the household with it.
fn taken_back(desk: &Desk) -> Outcome {
    let page = &desk.page;
    page.wait_text_in("[data-earlier]", "花名册2026.csv")?;
    let written = saved(page, "导出 CSV")?;
    assert!(written.contains(FAMILY.address) && written.contains("拿手的"), "{written}");
    assert!(!written.contains("序号"), "it was not to be written again: {written}");
    page.screenshot_both("desk/roster-again", Size::DESK)?;
    page.tap(text("撤回").within("[data-earlier]"))?;
    page.tap(text("撤回").within("dialog[open] .form-end"))?;
    page.wait_css("[data-earlier] [data-withdrawn=true]")?;
    unspoilt(page)?;
    desk.open("/households")?;
    page.wait_text("这里还没有住户")
}

/// One family on file, and a later roster in which it stands with another telephone in another branch.
#[test]
fn a_near_match_is_asked_and_the_answer_stays() -> Outcome {
    let (_office, _desks, desk) = Desk::in_new_union()?;
    let page = &desk.page;
    let folder = place::folder("roster")?;
    let roster = |file: &str, branch: &str, telephone: &str, of_helper: &str| {
        let path = folder.join(file);
        let text = format!(
            "姓名,出生日期,分会,手机,住址,单位领导,领导电话,拿手的\n{},1975-03,{branch},{telephone},{},{},{of_helper},缝补\n",
            FAMILY.name, FAMILY.address, HELPER.name
        );
        fs::write(&path, text).map_err(Failure::disk(&path)).map(|()| path)
    };
    desk.open("/roster")?;
    choose(page, &roster("去年.csv", BRANCH, FAMILY.telephone, "13900000001")?)?;
    page.tap_text("导入 1 户")?;
    page.tap_text("再导一个文件")?;

    choose(page, &roster("今年.csv", GROUP, "13900000009", "13900000002")?)?;
    counted(page, "held-back", 1)?;
    page.wait_css("[data-take-in]:disabled")?;
    page.wait_text("还有 1 行等您认")?;
    page.wait_text_in("[data-rows-asked] [data-unsaid]", "还没认：这一行先不导入")?;
    page.screenshot_both("desk/roster-asked", Size::DESK)?;
    page.tap_text("是这一户")?;
    page.wait_gone("还没认：这一行先不导入")?;
    counted(page, "changed", 1)?;
    // The helper of another branch and telephone takes no namesake's seat, and nobody is made, until somebody says so.
    page.wait_text_in("[data-helpers-asked]", "席位上已有同名的人，先不安排")?;
    assert!(!page.text()?.contains("同时新建 1 个帮扶人"), "nobody is made for a seat that stays");
    page.tap(text("是同一个人").within("[data-helpers-asked]"))?;
    page.wait_js("document.querySelector('[data-helpers-asked] [aria-pressed=true]') !== null")?;
    // Read otherwise, the row stays what it was said to be.
    page.select(label("H 列 拿手的 是什么"), "原样保留")?;
    page.wait_gone("不认识这一列")?;
    counted(page, "changed", 1)?;
    assert_eq!(page.list("[data-rows-asked] [aria-pressed=true]")?, ["是这一户"]);
    assert_eq!(page.list("[data-helpers-asked] [aria-pressed=true]")?, ["是同一个人"]);
    page.tap(text("不是，是新的一户").within("[data-rows-asked]"))?;
    counted(page, "new", 1)?;
    page.wait_css("[data-take-in]:enabled")?;
    // Without its day, or with one that no roster is of, it is not taken in.
    for day in ["", "1999-12-31"] {
        page.set_date(label("花名册是哪天的"), day)?;
        page.wait_css("[data-take-in]:disabled")?;
        page.set_date(label("花名册是哪天的"), &desk.day(-1)?)?;
        page.wait_css("[data-take-in]:enabled")?;
    }
    // Nothing said of the helper any more: what becomes of that is said before it goes in.
    page.tap(text("是同一个人").within("[data-helpers-asked]"))?;
    page.wait_text("同时新建 1 个帮扶人")?;
    page.tap_text("导入 1 户")?;
    page.tap(text("照样导入").within("dialog[open]"))?;
    page.wait_text("导入了 1 户")?;
    unspoilt(page)
}

/// Every household moved: the desk draws so many lines as one reads, and the file that is saved has them all.
#[test]
fn of_many_changes_the_first_are_drawn_and_all_are_saved() -> Outcome {
    const ROWS: u32 = 300;
    let (_office, _desks, desk) = Desk::in_new_union()?;
    let page = &desk.page;
    let folder = place::folder("roster")?;
    let roster = |street: &str| {
        let path = folder.join(format!("{street}.csv"));
        let row = |nth: u32| {
            format!("户{nth:05},1975-03,{BRANCH},138{nth:08},{street}{nth}号,{},13900000001\n", HELPER.name)
        };
        let rows: String = (0..ROWS).map(row).collect();
        let text = format!("姓名,出生日期,分会,手机,住址,单位领导,领导电话\n{rows}");
        fs::write(&path, text).map_err(Failure::disk(&path)).map(|()| path)
    };
    desk.open("/roster")?;
    choose(page, &roster("甲路")?)?;
    page.tap_text(&format!("导入 {ROWS} 户"))?;
    page.tap_text("再导一个文件")?;
    choose(page, &roster("乙路")?)?;
    counted(page, "changed", ROWS)?;
    page.tap("[data-count=changed]")?;
    let lines = |count: u32| {
        page.wait_js(&format!(
            "document.querySelectorAll('[data-counted=changed] .change').length === {count}"
        ))
    };
    lines(100)?;
    page.tap_text("再显示 100 条")?;
    lines(200)?;
    let list = saved(page, "问题清单 CSV")?;
    assert_eq!(list.matches("改动，原来：甲路").count(), usize::try_from(ROWS).unwrap_or(0));
    unspoilt(page)
}

/// Two without a category, of whom one gets one: whatever the sheet still says, one is lacking.
#[test]
fn a_category_is_lacking_where_the_household_has_none() -> Outcome {
    let (_office, _desks, desk) = Desk::in_new_union()?;
    let page = &desk.page;
    let folder = place::folder("roster")?;
    let (name, helper) = (FAMILY.name, HELPER.name);
    let of = |file: &str, rows: &str| {
        let path = folder.join(file);
        let text = format!("姓名,出生日期,分会,类别,手机,单位领导,领导电话\n{rows}");
        fs::write(&path, text).map_err(Failure::disk(&path)).map(|()| path)
    };
    let row = |name: &str, category: &str, telephone: &str| {
        format!("{name},1975-03,{BRANCH},{category},{telephone},{helper},13900000001\n")
    };
    let both = |end: u8| {
        format!(
            "{}{}",
            row(name, "", &format!("1380000000{end}")),
            row("李水", "", &format!("1380000001{end}"))
        )
    };
    let lacking = |file: &str, rows: &str, goes_in: u32, lacking: u32| -> Outcome {
        choose(page, &of(file, rows)?)?;
        page.tap_text(&format!("导入 {goes_in} 户"))?;
        page.wait_text(&format!("没有类别的 {lacking} 户，补上类别"))
    };
    desk.open("/roster")?;
    lacking("一月.csv", &both(1), 2, 2)?;
    page.tap_text("再导一个文件")?;
    lacking("补.csv", &row("李水", "困难户", "138000000011"), 1, 1)?;
    page.tap_text("再导一个文件")?;
    lacking("二月.csv", &both(2), 2, 1)?;
    page.tap_text("没有类别的 1 户，补上类别")?;
    page.wait_text_in("[data-total]", "1")?;
    page.wait_text_in("table.households", name)?;
    unspoilt(page)
}
