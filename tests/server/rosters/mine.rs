//! The roster of a mine, which is the room `roster`'s truth: through the office, and through the program's own `roster`.

use std::process::Command;

use domain::day::Day;
use protocol::desk::UnitRow;
use protocol::roster::{RosterAsked, RosterFormat, RosterOut, RosterTaken};
use serde_json::{Value as Json, json};

use super::desk::Desk;
use crate::world::{ROOT, unit};

/// Where the files lie, seen from this file.
macro_rules! mine {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../src/roster/reading/tests/mine/", $name)
    };
}

const FILES: [(&str, &[u8]); 2] = [
    (mine!("roster-mine.xlsx"), include_bytes!(mine!("roster-mine.xlsx"))),
    (mine!("roster-mine.gb18030.csv"), include_bytes!(mine!("roster-mine.gb18030.csv"))),
];

#[tokio::test]
async fn the_mines_roster_goes_in() {
    for (nth, (_, bytes)) in FILES.into_iter().enumerate() {
        let mut desk = Desk::of(&format!("rosters_mine_{nth}")).await;
        let asked = desk.asked(bytes.to_vec()).await;
        let plan = desk.plan(&asked).await;
        let counts = plan.counts;
        assert_eq!((counts.rows, counts.households, counts.repeats), (315, 312, 3));
        assert_eq!((counts.new, counts.held_back, counts.persons), (311, 4, 74));
        assert!(counts.sheet_rows > counts.rows, "children have rows of their own");
        let october = Day::new(2026, 10, 31).unwrap();
        assert_eq!((plan.day, plan.due > 200), (october, true));
        let seen = RosterAsked { seen: plan.stamp, ..asked };
        desk.browser.post("/api/roster/imports", &seen).await.ok::<RosterTaken>();
        let asked = desk.asked(bytes.to_vec()).await;
        let plan = desk.plan(&asked).await;
        assert_eq!((plan.counts.new, plan.counts.changed, plan.counts.unchanged), (0, 0, 311));
        let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
        let written = desk.browser.post("/api/roster/exports", &out).await;
        let again = desk.asked(written.text.into_bytes()).await;
        let again = desk.plan(&again).await;
        assert_eq!((again.counts.new, again.counts.changed, again.counts.unchanged), (0, 0, 311));
        assert_eq!((plan.counts.persons, plan.counts.units, plan.rows_asked.len()), (0, 0, 0));
    }
}

/// Cells of a line of a .csv; none of these has a line end in it.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for sign in line.chars() {
        match (sign, cells.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (',', _) if !is_quoted => cells.push(String::new()),
            (sign, Some(last)) => last.push(sign),
            (_, None) => {}
        }
    }
    cells
}

/// What a branch makes of its part: other headings, no branch, no telephone but the leader's; the numbers full-width.
fn of_branch(written: &str, branch: &str) -> String {
    let mut lines = written.trim_start_matches('\u{feff}').lines().map(cells);
    let header = lines.next().unwrap();
    let at = |name: &str| header.iter().position(|one| one.starts_with(name)).unwrap();
    let columns = [
        "姓名",
        "身份证号",
        "所属支会",
        "联系电话",
        "单位领导",
        "工会干部",
        "基层领导",
        "子女姓名",
        "出生年月",
    ]
    .map(at);
    let (of_branch, telephones) = (at("所属分会"), at("帮扶人电话"));
    let mut text = format!(
        "{branch}分会困难职工摸底表\n职工姓名,公民身份号码,支会,手机号码,帮扶领导,帮扶工会干部,基层责任人,孩子姓名,出生日期,领导电话\n"
    );
    let wide = |sign: char| match sign {
        '0'..='9' => char::from_u32(u32::from(sign) + 0xfee0).unwrap(),
        other => other,
    };
    let mut is_there = false;
    for row in lines {
        // Further children stand below.
        is_there = if row[columns[0]].is_empty() { is_there } else { row[of_branch] == branch };
        if is_there {
            let mut own = columns.map(|at| row[at].replace(',', "，"));
            own[1] = own[1].chars().map(wide).collect();
            let leader: String = row[telephones].chars().take_while(char::is_ascii_digit).collect();
            text.push_str(&format!("{},{leader}\n", own.join(",")));
        }
    }
    text
}

/// A branch's own sheet, taken in as the union's or as the branch's: nobody is made, no seat changes, no second group; a new
/// household is in the branch. What is written out after it knows every telephone, and says nothing when it comes back.
#[tokio::test]
async fn a_branchs_own_sheet_takes_nobodys_households_away() {
    for (test, top) in [("rosters_mine_as_unions", "青峰矿工会"), ("rosters_mine_as_branchs", "动力厂")]
    {
        let mut desk = Desk::of(test).await;
        let asked = desk.asked(FILES[1].1.to_vec()).await;
        desk.take_in_asked(asked).await;
        let out = RosterOut { unit: unit(ROOT), format: RosterFormat::Csv };
        let written = desk.browser.post("/api/roster/exports", &out).await.text;
        let rows: Vec<UnitRow> = desk.browser.get("/api/units").await.ok();
        let top = rows.iter().find(|row| row.name == top).map(|row| row.id).unwrap();
        let (units, persons) = (desk.units().await, desk.persons().await.len());
        let text = of_branch(&written, "动力厂");
        let asked = RosterAsked { unit: top, ..desk.asked(text.clone().into_bytes()).await };
        let plan = desk.plan(&asked).await;
        assert_eq!((plan.counts.new, plan.counts.changed), (0, 0), "{:?}", plan.changes);
        assert_eq!((plan.counts.persons, plan.counts.units, plan.persons_asked.len()), (0, 0, 0));
        assert!(plan.counts.unchanged > 30);
        let new = "孙新来,990000198801015558,供水工段,13712345678,戴立胜,方杰,白伟霞,,,17466503020\n";
        let asked = RosterAsked { unit: top, ..desk.asked(format!("{text}{new}").into_bytes()).await };
        let (plan, _) = desk.take_in_asked(asked).await;
        assert_eq!((plan.counts.new, plan.counts.changed, plan.counts.persons), (1, 0, 0));
        assert_eq!((desk.units().await, desk.persons().await.len()), (units, persons));
        let written = desk.browser.post("/api/roster/exports", &out).await.text;
        let line = written.lines().find(|line| line.contains("孙新来")).unwrap();
        let known = ["动力厂,供水工段", "17466503020、13680469546、18262827379", "990000198801015558"];
        assert!(known.iter().all(|known| line.contains(known)), "{line}");
        assert!(!written.contains("９９００００"), "in half-width digits");
        let asked = desk.asked(written.into_bytes()).await;
        let plan = desk.plan(&asked).await;
        let codes = plan.findings.iter().map(|one| one.finding.as_str());
        let of_ours = ["helper_phones_unmatched", "branch_missing", "helper_unclear"];
        let own: Vec<&str> = codes.filter(|one| of_ours.contains(one)).collect();
        assert_eq!((plan.counts.new, plan.counts.changed, own), (0, 0, vec![]), "{:?}", plan.changes);
    }
}

#[test]
fn the_program_says_what_the_mines_roster_says() {
    let truth: Json = serde_json::from_slice(include_bytes!(mine!("roster-mine.expected.json"))).unwrap();
    for (path, _) in FILES {
        let said =
            Command::new(kit::office::program().unwrap()).args(["roster", path, "--json"]).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let said: Json = serde_json::from_slice(&said.stdout).unwrap();
        for whole in ["households", "children", "helpers", "held_back"] {
            assert_eq!(said[whole], truth[whole], "{path}: {whole}");
        }
        assert_eq!(said["units"].as_array().map(Vec::len), Some(8), "{path}");
        assert_eq!(said["mapping"]["header_row"], truth["header_row"], "{path}");
        let finding = |one: &Json| match &one["of"] {
            Json::Null => json!({ "row": one["row"], "finding": one["finding"] }),
            of => json!({ "row": one["row"], "finding": one["finding"], "of": of }),
        };
        let findings: Vec<Json> = said["findings"].as_array().unwrap().iter().map(finding).collect();
        assert_eq!(Json::from(findings), truth["findings"], "{path}");
    }
}

/// What a roster may weigh: 20 MB.
const FILE_BYTES_MAX: usize = 20 << 20;

/// One byte too many is the roster's own refusal; what no roster weighs is not taken in at all.
#[tokio::test]
async fn a_file_that_is_too_large_is_refused_by_a_word() {
    let mut desk = Desk::of("rosters_too_large").await;
    let asked = desk.asked(vec![b' '; FILE_BYTES_MAX + 1]).await;
    assert_eq!(desk.preview(&asked).await.refused.as_deref(), Some("too_large"));
    let path = "/api/roster/files?name=a.csv";
    desk.browser.bring(path, vec![b' '; 100 << 20]).await.refused(413, "too_large");
}
