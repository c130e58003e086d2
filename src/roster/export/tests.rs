//! What went in comes out as it was; what changed since, and only that, is written anew.

use domain::item::Item;

use crate::{
    finding::Code,
    household::Household,
    plan::{
        Answers,
        tests::office::{Office, file},
    },
    reading::tests::{
        builders::{Encoding, encode, line, read_with, rows, table},
        truth,
    },
};

/// Households as they are read, a line each, without the rows on which they stand.
pub fn shown(households: &[Household]) -> Vec<String> {
    let of = |household: &Household| {
        let text = line(&Household { row: 0, ..household.clone() });
        let spouse =
            household.spouse.as_ref().map(|spouse| format!("{} {}", spouse.health, spouse.telephone));
        let events: Vec<&str> = household.events.iter().flatten().map(|event| event.what.as_str()).collect();
        format!("{text} {} {}", spouse.unwrap_or_default(), events.join("；"))
    };
    households.iter().filter(|one| one.goes_in()).map(of).collect()
}

/// Rosters in the layouts of other offices.
const ROSTERS: [&str; 5] = [
    // A row for each child.
    "序号|姓名|身份证号|出生日期|分会|支会|类别|联系电话|住址|子女姓名|子女年级|家庭重大情况|单位领导|单位领导电话|备注
     1|张山|990000198011025736||动力厂|供水段|特困户|13800000001|甲路1号|张小|二年级|2025年妻子手术|王海|13900000001|会木工
     ||||||||| 张大|高一||||
     2|李水||1975-03|动力厂|供水段|困难户|138-0000-0002|乙路2号|无||无|王海|13900000001|",
    // Columns for each child, marriage and causes, several telephones.
    "姓名|工号|分会|婚姻状况|配偶姓名|配偶工作|致困原因|电话1|电话2|住址|住房|孩子1姓名|孩子1学校|孩子2姓名|孩子2学校
     张山|A01|运输部|已婚|李花|无业|因病、因学|13800000001|0797-8123456|甲路1号|租房|张小|市一小|张大|市二中
     李水|A02|运输部|离异|||下岗||13800000002|乙路2号|自有||||",
    // A row for every member.
    "姓名|分会|类别|联系电话|家庭成员|与户主关系|成员出生年月|工作单位或学校|成员健康状况
     张山|动力厂|特困户|13800000001|李花|妻子|1980-05|无业|尿毒症
     ||||张小|儿子|2015-06|市一小|良好
     ||||张老|父亲|1950-01||
     李水|动力厂|困难户|13800000002|||||",
    // The branch once for a block, several children in a cell, all helpers in one.
    "分会|姓名|类别|联系电话|住址|子女姓名|就读学校|帮扶责任人|帮扶人电话
     动力厂|张山|特困户|13800000001|甲路1号|张小、张大|市一小、市二中|王海、赵江、孙天|13900000001、13900000002、13900000003
     |李水|困难户|13800000002|乙路2号|||王海、赵江|13900000001、13900000002
     |周田|困难户|13800000003|丙路3号|||王海|13900000001
     |郑云|困难户|13800000005|戊路5号|||王海|13900000001
     运输部|吴石|困难户|13800000004|丁路4号|||王海|13900000009",
    // What a spreadsheet would run, and commas.
    "姓名|分会|类别|联系电话|住址|备注|说明
     张山|动力厂|特困户|13800000001|甲路1号,二单元|=1+1|@某人
     李水|动力厂|困难户|13800000002|乙路2号|+加号|\"引号\"",
];

#[test]
fn what_went_in_comes_out_and_says_nothing_when_it_comes_back() {
    for roster in ROSTERS {
        let mut office = Office::new();
        office.take_in(roster, "2026-01-01");
        let (bytes, reading) = office.export("2026-02-01");
        assert!(reading.findings.iter().all(|finding| finding.code != Code::BranchMissing), "{roster}");
        assert_eq!(shown(&reading.households), shown(&file(roster).households), "{roster}");
        let plan = office.take_in_bytes(&bytes, "2026-03-01");
        let said: Vec<_> = plan.households.iter().filter_map(|one| one.says.as_ref()).collect();
        assert_eq!((said, plan.units.len(), plan.new_persons().len()), (vec![], 0, 0), "{roster}");
        assert_eq!(plan.households.len(), office.all().len(), "{roster}");
    }
}

#[test]
fn after_a_visit_just_what_it_changed_differs() {
    for (roster, item, stated, from, to) in [
        (0, Item::Address, r#"{"address":{"text":"新村5号"}}"#, "甲路1号", "新村5号"),
        (1, Item::Spouse, r#"{"spouse":{"marital":"married","name":"李花","work":"超市"}}"#, "无业", "超市"),
        (
            2,
            Item::Spouse,
            r#"{"spouse":{"marital":"married","name":"李花","work":"无业","health":"透析"}}"#,
            "尿毒症",
            "透析",
        ),
        (
            3,
            Item::Telephone,
            r#"{"telephone":{"numbers":[{"number":"13700000007","whose":"worker"}]}}"#,
            "13800000001",
            "13700000007",
        ),
        (4, Item::Name, r#"{"name":{"text":"张三山"}}"#, "张山", "张三山"),
    ] {
        let roster = ROSTERS[roster];
        let mut office = Office::new();
        office.take_in(&with_leader(roster), "2026-01-01");
        let visited = office.visit("张山", "2026-04-01", item, stated);
        let (bytes, reading) = office.export("2026-05-01");
        let expected: Vec<String> = shown(&file(&with_leader(roster)).households)
            .into_iter()
            .enumerate()
            .map(|(nth, line)| if nth == 0 { line.replace(from, to) } else { line })
            .collect();
        assert_eq!(shown(&reading.households), expected, "{roster} {visited}");
        let plan = office.take_in_bytes(&bytes, "2026-06-01");
        assert!(plan.households.iter().all(|one| one.says.is_none()), "{roster}");
        // Edited in the sheet, just that goes in.
        // Without birth date and ID number, another name or telephone would make it another row.
        let cell = if matches!(item, Item::Telephone | Item::Name) { "甲路1号" } else { to };
        let text = String::from_utf8(bytes).unwrap().replace(cell, "改了");
        let plan = office.take_in_bytes(text.as_bytes(), "2026-07-01");
        assert_eq!(plan.households.iter().filter(|one| one.says.is_some()).count(), 1, "{roster} {text}");
        // The file of January is recognised or asked about; nothing of it is added.
        let plan = office.take_in(&with_leader(roster), "2026-08-01");
        assert_eq!(plan.households.iter().filter(|one| one.is_new).count(), 0, "{roster}");
    }
}

/// What is known goes out as it is known: the ID number's date, the category that a person named. What nobody understood
/// goes out as it came.
#[test]
fn what_is_known_goes_out_in_its_proper_value() {
    let text = "姓名|身份证号|出生日期|分会|类别|婚姻状况\n\
         张山|990000198011025736|2062.6.10|动力厂|低保户|保密\n\
         李水||1975.3|动力厂|困难|已婚\n\
         王土||保密|动力厂|五保户|已婚\n";
    let mut first = file(text).mapping;
    let is = Some("特困户".to_owned());
    first.categories.push(crate::mapping::CategoryWord { written: "低保户".to_owned(), is });
    let bytes = encode(&table(&rows(text), ','), Encoding::Utf8);
    let mut office = Office::new();
    office.take_in_reading(&read_with(&bytes, Some(&first)).unwrap(), "2026-01-01", &Answers::default());
    let (written, _) = office.export("2026-02-01");
    let written = String::from_utf8(written).unwrap();
    let lines: Vec<&str> = written.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "张山,990000198011025736,1980-11-02,动力厂,特困户,保密",
            "李水,,1975-03,动力厂,困难,已婚",
            "王土,,保密,动力厂,五保户,已婚",
        ]
    );
    let plan = office.take_in_bytes(written.as_bytes(), "2026-03-01");
    assert!(plan.households.iter().all(|one| one.says.is_none()), "{plan:?}");
}

/// Somebody has to be able to visit: a leader's column for those that have none.
fn with_leader(roster: &str) -> String {
    if roster.contains("单位领导") || roster.contains("帮扶责任人") {
        return roster.to_owned();
    }
    let mut lines = roster.lines();
    let head = format!("{}|单位领导|单位领导电话\n", lines.next().unwrap_or_default());
    let of = |line: &str| {
        let is_first = !line.trim_start().starts_with('|');
        format!("{line}|{}\n", if is_first { "王海|13900000001" } else { "|" })
    };
    head + &lines.map(of).collect::<String>()
}

/// The mine's own roster, where it lies beside the project.
#[test]
fn the_mines_roster_comes_out_as_it_went_in() {
    for bytes in truth::FILES.into_iter().filter_map(truth::file) {
        let mut office = Office::new();
        office.take_in_bytes(&bytes, "2026-01-01");
        let original = read_with(&bytes, None).unwrap();
        let (written, reading) = office.export("2026-02-01");
        assert_eq!(shown(&reading.households), shown(&original.households));
        let name = original.households.iter().find(|one| one.goes_in()).unwrap().name_text().to_owned();
        let plan = office.take_in_bytes(&written, "2026-03-01");
        assert_eq!(plan.households.iter().filter(|one| one.says.is_some() || one.is_new).count(), 0);
        office.visit(&name, "2026-04-01", Item::Address, r#"{"address":{"text":"新村5号"}}"#);
        let (_, after) = office.export("2026-05-01");
        let (was, is) = (shown(&reading.households), shown(&after.households));
        let differ: Vec<_> = was.iter().zip(&is).filter(|(was, is)| was != is).collect();
        assert!(was.len() == is.len() && differ.len() == 1 && differ[0].1.contains("新村5号"), "{differ:?}");
    }
}
