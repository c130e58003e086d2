//! Whose roster a file is: the unit that was looked at, until a person says another; the one that its title names is
//! proposed. And of many changes those that matter are found.

use crate::desk::Desk;
use crate::roster::counted;
use crate::roster_looked::drop_there;
use crate::spoilt::unspoilt;
use crate::union::{BRANCH, UNION};
use kit::failure::Outcome;
use kit::page::Page;
use kit::page::emulate::Size;
use kit::page::target::{label, text};

const OTHER: &str = "白石场";

/// Households: name, address, helper.
const OWN: [(&str, &str, &str); 3] =
    [("张山", "甲路1号", "王海"), ("李水", "甲路2号", "赵江"), ("王土", "甲路3号", "孙天")];

/// The union's roster: two branches, and in one of them three households.
fn of_union() -> String {
    let line = |branch: &str, (nth, (name, address, helper)): (usize, (&str, &str, &str))| {
        format!(
            "{name},197{nth}-03-01,{branch},采伐队,困难户,1380000000{nth},{address},{helper},1390000000{nth}\n"
        )
    };
    let own = OWN.into_iter().enumerate().map(|one| line(BRANCH, one));
    let lines: String = own.chain([line(OTHER, (9, ("赵木", "乙路1号", "周田")))]).collect();
    format!("姓名,出生日期,分会,支会,类别,联系电话,住址,单位领导,单位领导电话\n{lines}")
}

/// The branch's own: it names the branch in its title alone, and has a column that nobody knows.
fn of_branch() -> String {
    let line = |(nth, (name, address, helper)): (usize, (&str, &str, &str))| {
        format!("{name},197{nth}-03-01,采伐队,1380000000{nth},{address},{helper},{nth}000\n")
    };
    let lines: String = OWN.into_iter().enumerate().map(line).collect();
    let lines = lines.replace("甲路2号", "甲路9号");
    format!("{BRANCH}困难职工表,,,,,,\n姓名,出生日期,支会,联系电话,现住址,帮扶领导,食堂补助\n{lines}")
}

/// Which unit the page takes a file for, and which it would write out.
fn unit_is(page: &Page, unit: &str) -> Outcome {
    let picked = "[...document.querySelectorAll('.fields select')].map((one) => one.selectedOptions[0]?.innerText.trim())";
    page.wait_js(&format!("{picked}.includes('{unit}')"))?;
    page.wait_text_in("[data-out] h2", unit)
}

#[test]
fn a_roster_is_of_the_unit_that_is_looked_at_or_of_the_one_that_it_names() -> Outcome {
    let (_office, _desks, desk) = Desk::in_new_union()?;
    let page = &desk.page;
    desk.open("/roster")?;
    drop_there(page, "花名册.csv", &of_union())?;
    counted(page, "new", 4)?;
    page.tap_text("导入 4 户")?;
    page.wait_text("导入了 4 户")?;

    // Nobody said whose it is: its title does.
    desk.open("/roster")?;
    unit_is(page, UNION)?;
    drop_there(page, "表.csv", &of_branch())?;
    page.wait_text_in("[data-whose]", &format!("标题或文件名写着“{BRANCH}”"))?;
    counted(page, "changed", 3)?;
    page.screenshot_both("desk/roster-whose", Size::DESK)?;
    unspoilt(page)?;
    page.tap(text(&format!("是{BRANCH}的")).within("[data-whose]"))?;
    unit_is(page, BRANCH)?;
    page.wait_js("document.querySelector('[data-whose]') === null")?;
    counted(page, "changed", 3)?;
    counted(page, "new", 0)?;
    narrowed(page)?;

    // The branch was looked at: the page begins with it. A file of the whole union is said to be more.
    page.tap(text("住户").within("nav.tabs"))?;
    page.wait_css("table.households")?;
    page.tap(text("花名册").within("nav.tabs"))?;
    unit_is(page, BRANCH)?;
    drop_there(page, "花名册.csv", &of_union())?;
    page.wait_text_in("[data-whose]", &format!("表里有{BRANCH}以外的住户"))?;
    page.tap(text(&format!("是{UNION}的")).within("[data-whose]"))?;
    unit_is(page, UNION)?;
    counted(page, "unchanged", 4)?;
    page.select(label("哪个单位的花名册"), &format!("\u{3000}{OTHER}"))?;
    unit_is(page, OTHER)
}

/// A column that is new for everybody hides no household that moved.
fn narrowed(page: &Page) -> Outcome {
    let names = "[...document.querySelectorAll('[data-counted=changed] .change a')].map((one) => one.innerText).join()";
    page.tap("[data-count=changed]")?;
    page.wait_js(&format!("{names} === '李水,张山,王土'"))?;
    page.tap(text("住址 1").within("[data-changes-narrow]"))?;
    page.wait_js(&format!("{names} === '李水'"))?;
    page.tap(text("全部 3 户").within("[data-changes-narrow]"))?;
    page.wait_js(&format!("{names} === '李水,张山,王土'"))?;
    unspoilt(page)
}

/// Two rows of one file that may be one household are asked about; what a later file empties, and under which number a
/// helper is reached now, is told before it goes in.
#[test]
fn rows_alike_are_asked_and_what_stays_is_told() -> Outcome {
    let (_office, _desks, desk) = Desk::in_new_union()?;
    let page = &desk.page;
    let file = |address: &str, of_helper: &str| {
        let line = |telephone: &str, address: &str| {
            format!("李水,{BRANCH},{telephone},{address},王海,{of_helper}\n")
        };
        let (first, second) = (line("13800000001", "甲路1号"), line("13800000002", address));
        format!("姓名,分会,联系电话,住址,单位领导,单位领导电话\n{first}{second}")
    };
    desk.open("/roster")?;
    drop_there(page, "花名册.csv", &file("乙路2号", "13900000001"))?;
    counted(page, "new", 1)?;
    counted(page, "held-back", 1)?;
    page.wait_text_in("[data-rows-asked] .sides", "表里第 2 行")?;
    page.wait_text_in("[data-rows-asked] [data-unsaid]", "还没认：这一行先不导入")?;
    page.wait_no_css("[data-rows-asked] a")?;
    page.screenshot_both("desk/roster-alike", Size::DESK)?;
    unspoilt(page)?;
    page.tap(text("是这一户").within("[data-rows-asked]"))?;
    page.wait_text("另有 1 处重复，不用再导")?;
    assert_eq!(page.list("[data-rows-asked] [aria-pressed=true]")?, ["是这一户"]);
    page.tap(text("不是，是新的一户").within("[data-rows-asked]"))?;
    counted(page, "new", 2)?;
    page.tap_text("导入 2 户")?;
    page.wait_text("导入了 2 户")?;
    page.tap_text("再导一个文件")?;

    drop_there(page, "花名册.csv", &file("", "13900000009"))?;
    page.wait_text_in("[data-emptied]", "有 1 行把原来写着的格子清空了")?;
    page.tap(text("是同一个人").within("[data-helpers-asked]"))?;
    page.wait_text_in("[data-take-in]", "更新 1 个帮扶人的电话")?;
    page.screenshot_both("desk/roster-telephone", Size::DESK)?;
    unspoilt(page)?;
    page.tap("[data-take-in]")?;
    page.wait_text_in("[data-receipt] h2", "更新了 1 个帮扶人的电话")?;
    page.wait_text_in("[data-receipt]", "帮扶人电话 1 个")
}
