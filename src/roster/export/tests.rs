//! What went in comes out as it was; what changed since, and only that, is written anew.

use domain::item::Item;

use crate::{
    Reading, date,
    field::Field,
    finding::Code,
    household::{CellText, Household},
    plan::{
        Answers,
        tests::office::{Office, file},
    },
    reading::tests::{
        builders::{Encoding, book, encode, line, read_with, rows, table, today},
        truth,
    },
    sheet::Cell,
    text,
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
const ROSTERS: [&str; 8] = [
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
     李水|动力厂|困难户|13800000002|乙路2号|+加号|\"引号\"
     周田|动力厂|困难户|13800000003|-丙路|-已退|=2+2
     郑云|动力厂|困难户|13800000005|@戊路|+1|@x",
    // A row for every person.
    "姓名|与户主关系|身份证号|出生日期|分会|类别|手机|家庭住址|工作单位或学校
     张山|户主|990000198011025736||动力厂|特困户|13800000001|甲路1号|
     李花|妻子|||||||无业
     张小|儿子||2015-06|||||市一小
     李水|户主|||动力厂|困难户|13800000002|乙路2号|",
    // Branches, or categories, in lines of their own.
    "职工姓名|手机号|家庭地址|食堂卡号
     一、动力厂
     张山|13800000001|甲路1号|007
     李水|13800000002|乙路2号|008
     二、运输部
     吴石|13800000004|丁路4号|009",
    "姓名|单位|电话|住址
     特困户（1户）
     张山|动力厂|13800000001|甲路1号
     困难户（2户）
     李水|动力厂|13800000002|乙路2号
     吴石|运输部|13800000004|丁路4号",
];

#[test]
fn what_went_in_comes_out_and_says_nothing_when_it_comes_back() {
    for roster in ROSTERS {
        let mut office = Office::new();
        office.take_in(roster, "2026-01-01");
        let (bytes, reading) = office.export("2026-02-01");
        assert!(reading.findings.iter().all(|finding| finding.code != Code::BranchMissing), "{roster}");
        assert_eq!(shown(&reading.households), shown(&file(roster).households), "{roster}");
        let fresh = read_with(&bytes, None).unwrap();
        assert_eq!(shown(&fresh.households), shown(&file(roster).households), "{roster}");
        let plan = office.take_in_bytes(&bytes, "2026-03-01");
        let said: Vec<_> = plan.households.iter().filter(|one| one.changes()).collect();
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

/// The same families under other names, numbers and telephones.
fn of_others(roster: &str) -> String {
    let numbers = [
        ("990000198011025736", "990000198011025752"),
        ("13800000", "13700000"),
        ("138-0000", "137-0000"),
        ("8123456", "8123457"),
    ];
    let names = [("张山", "冯山"), ("李水", "蒋水"), ("周田", "沈田"), ("郑云", "韩云"), ("吴石", "杨石")];
    numbers.iter().chain(&names).fold(roster.to_owned(), |text, (one, other)| text.replace(one, other))
}

#[test]
fn two_files_with_other_columns_come_out_together_and_lose_nothing() {
    for (nth, one) in ROSTERS.iter().enumerate() {
        for (other_nth, other) in ROSTERS.iter().enumerate() {
            let (one, other) = (with_leader(one), with_leader(&of_others(other)));
            let mut office = Office::new();
            office.take_in(&one, "2026-01-01");
            office.take_in(&other, "2026-01-02");
            let expected = [shown(&file(&one).households), shown(&file(&other).households)].concat();
            let (bytes, reading) = office.export("2026-02-01");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(shown(&reading.households), expected, "{nth} {other_nth}\n{text}");
            for kept in ["会木工", "A01", "市一小", "尿毒症", "张老", "二单元", "+加号", "007"]
            {
                assert_eq!(text.contains(kept), format!("{one}{other}").contains(kept), "{kept}\n{text}");
            }
            let plan = office.take_in_bytes(&bytes, "2026-03-01");
            let says = plan.households.iter().filter(|one| one.says.is_some() || one.is_new).count();
            assert_eq!((says, plan.units.len(), plan.new_persons().len()), (0, 0, 0), "{text}");
        }
    }
}

#[test]
fn of_two_files_with_other_columns_just_what_a_visit_changed_differs() {
    for (nth, one) in ROSTERS.iter().enumerate() {
        for (other_nth, other) in ROSTERS.iter().enumerate() {
            for who in ["张山", "冯山"] {
                let mut office = Office::new();
                office.take_in(&with_leader(one), "2026-01-01");
                office.take_in(&with_leader(&of_others(other)), "2026-01-02");
                let was = shown(&office.clone().export("2026-02-01").1.households);
                let (item, stated) =
                    (Item::Spouse, r#"{"spouse":{"marital":"married","name":"何花","work":"超市"}}"#);
                office.visit(who, "2026-04-01", item, stated);
                let (bytes, reading) = office.export("2026-05-01");
                let is = shown(&reading.households);
                let differ: Vec<_> = was.iter().zip(&is).filter(|(was, is)| was != is).collect();
                let says = |line: &str| line.contains(who) && line.contains("何花 超市");
                let text = String::from_utf8_lossy(&bytes);
                let has_room = is.iter().any(|line| says(line));
                assert!(differ.len() == usize::from(has_room), "{nth} {other_nth} {who} {differ:?}\n{text}");
            }
        }
    }
}

/// Whatever of a family changes: in columns that only another file had too.
#[test]
fn of_two_files_with_other_columns_whatever_changed_is_said_and_nothing_else() {
    let changes: [fn(&mut Household); 8] = [
        |one| one.seats.iter_mut().take(1).for_each(|seat| seat.name = "钱新".to_owned()),
        |one| one.seats.truncate(1),
        |one| one.causes.reverse(),
        |one| one.causes.truncate(1),
        |one| drop(one.children.as_mut().and_then(Vec::pop)),
        |one| one.children.iter_mut().flatten().take(1).for_each(|child| child.name = "张新".to_owned()),
        |one| {
            if let Some(spouse) = &mut one.spouse {
                spouse.name = spouse.name.replace("李花", "何花");
            }
        },
        |one| (one.branch, one.group) = ("新部".to_owned(), one.group.replace("供水", "检修")),
    ];
    for one in &ROSTERS {
        for other in &ROSTERS {
            let mut office = Office::new();
            office.take_in(&with_leader(one), "2026-01-01");
            office.take_in(&with_leader(&of_others(other)), "2026-01-02");
            for (nth, change) in changes.iter().enumerate() {
                let (text, says, meant) = office.changed("2026-02-01", change);
                assert_eq!(shown(&says), shown(&meant), "{nth}\n{text}");
            }
        }
    }
}

/// A file of a few columns, of one household or of all: what the wide ones said goes out as before, beside what is new.
#[test]
fn a_narrow_file_narrows_nothing() {
    for (nth, roster) in ROSTERS.iter().enumerate() {
        for narrow in [
            "姓名|联系电话|党员\n张山|13800000001|是\n",
            "姓名|联系电话|党员\n张山|13800000001|是\n李水|13800000002|否\n",
        ] {
            let mut office = Office::new();
            office.take_in(&with_leader(roster), "2026-01-01");
            let (_, was) = office.clone().export("2026-02-01");
            let narrow = narrow
                .replace("姓名", "姓名|分会")
                .replace("张山", "张山|动力厂")
                .replace("李水", "李水|动力厂");
            let branch = if nth == 1 || nth == 8 { "运输部" } else { "动力厂" };
            let both = if nth == 1 { "13800000001、0797-8123456" } else { "13800000001" };
            let narrow = narrow.replace("动力厂", branch).replace("13800000001", both);
            let plan = office.take_in_with(&narrow, "2026-03-01", &Answers::default());
            assert!(
                !plan.households.is_empty() && plan.households.iter().all(|one| !one.is_new),
                "{nth} {:?}",
                plan.findings
            );
            let (bytes, is) = office.export("2026-04-01");
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(shown(&is.households), shown(&was.households), "{nth}\n{text}");
            for kept in ["会木工", "A01", "市一小", "尿毒症", "张老", "二单元", "+加号", "007"]
            {
                assert_eq!(text.contains(kept), roster.contains(kept), "{kept}\n{text}");
            }
            assert!(text.lines().next().is_some_and(|header| header.contains(",党员")), "{text}");
            let plan = office.take_in_bytes(&bytes, "2026-05-01");
            let says = plan.households.iter().filter(|one| one.says.is_some() || one.is_new).count();
            assert_eq!(says, 0, "{text}");
        }
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

/// One cell beside several households, as workbooks have them: each of them comes out with what it said.
#[test]
fn what_is_merged_over_several_households_comes_out_with_each() {
    let text = "姓名|分会|联系电话|单位领导|备注\n张山|动力厂|13800000001|王海|同一楼\n李水||13800000002||\n\
         周田||13800000003|赵江|\n";
    let bytes = book(&rows(text), &[(1, 3, 1, 1), (1, 2, 3, 3), (1, 2, 4, 4)]);
    let mut office = Office::new();
    office.take_in_bytes(&bytes, "2026-01-01");
    let (written, reading) = office.export("2026-02-01");
    assert_eq!(shown(&reading.households), shown(&read_with(&bytes, None).unwrap().households));
    let lines = String::from_utf8(written).unwrap();
    assert!(lines.contains("李水,动力厂,13800000002,王海,同一楼"), "{lines}");
}

/// Somebody has to be able to visit: a leader's column for those that have none.
fn with_leader(roster: &str) -> String {
    if roster.contains("单位领导") || roster.contains("帮扶责任人") {
        return roster.to_owned();
    }
    let mut lines = roster.lines();
    let head = format!("{}|单位领导|单位领导电话\n", lines.next().unwrap_or_default());
    let of = |line: &str| {
        if !line.contains('|') {
            return format!("{line}\n");
        }
        let is_first = !line.trim_start().starts_with('|');
        format!("{line}|{}\n", if is_first { "王海|13900000001" } else { "|" })
    };
    head + &lines.map(of).collect::<String>()
}

/// A cell's text; dates as a .csv has them, numbers in half-width digits.
fn in_one_way(cell: &CellText, field: Option<Field>) -> String {
    if field.is_some_and(Field::is_of_digits) {
        return cell.text.chars().map(text::half_width_digit).collect();
    }
    let date = date::read(&Cell::Text(cell.text.clone()), today()).filter(|_| cell.text.len() > 4);
    date.map_or_else(|| cell.text.clone(), |date| date.day.to_string())
}

/// Every cell of a roster under its column's name, by household and by row of it.
fn cells(reading: &Reading) -> Vec<(String, u32, String, String)> {
    let header = |at: u16| reading.mapping.at(at).map(|column| column.header.clone()).unwrap_or_default();
    let of = |one: &Household| -> Vec<(String, u32, String, String)> {
        let cell = |cell: &CellText| {
            let field = reading.mapping.at(cell.column).and_then(|column| column.field);
            (one.name_text().to_owned(), cell.row - one.row, header(cell.column), in_one_way(cell, field))
        };
        // Those that count the rows count them anew.
        one.cells.iter().filter(|cell| header(cell.column) != "序号").map(cell).collect()
    };
    reading.households.iter().filter(|one| one.goes_in()).flat_map(of).collect()
}

/// The mine's own roster: every cell as it was, but for those that are written in one way; then just what a visit changed.
#[test]
fn the_mines_roster_comes_out_as_it_went_in() {
    for (_, bytes) in truth::FILES {
        let mut office = Office::new();
        office.take_in_bytes(bytes, "2026-01-01");
        let original = read_with(bytes, None).unwrap();
        let (written, reading) = office.export("2026-02-01");
        assert_eq!(shown(&reading.households), shown(&original.households));
        let (was, is) = (cells(&original), cells(&reading));
        assert_eq!(was.len(), is.len());
        let differ = was.iter().zip(&is).filter(|(was, is)| was != is);
        let differ: Vec<String> = differ.map(|(was, is)| format!("{} {} {}", was.2, was.3, is.3)).collect();
        assert_eq!(differ, ["出生年月 2062-06-10 1962-06-10"], "what the ID number corrects");
        let name = original.households.iter().find(|one| one.goes_in()).unwrap().name_text().to_owned();
        let plan = office.take_in_bytes(&written, "2026-03-01");
        assert_eq!(plan.households.iter().filter(|one| one.says.is_some() || one.is_new).count(), 0);
        office.visit(&name, "2026-04-01", Item::Address, r#"{"address":{"text":"新村5号"}}"#);
        let (_, after) = office.export("2026-05-01");
        let (was, is) = (cells(&reading), cells(&after));
        let differ: Vec<_> = was.iter().zip(&is).filter(|(was, is)| was != is).collect();
        let [(was_there, is_there)] = differ.as_slice() else { panic!("{differ:?}") };
        assert_eq!(
            (was.len(), was_there.0.as_str(), was_there.2.as_str()),
            (is.len(), name.as_str(), "家庭住址")
        );
        assert_eq!(is_there.3, "新村5号");
    }
}

/// An ID number and a telephone in full-width digits are written as everybody else writes them; other cells as they came.
#[test]
fn full_width_digits_of_numbers_come_out_half_width() {
    let mut office = Office::new();
    let wide = "姓名|身份证号|分会|联系电话|住址\n张山|９９００００１９８０１１０２５７３６|动力厂|１３８０００００００１|甲路１号";
    office.take_in(wide, "2026-01-01");
    let (bytes, _) = office.export("2026-02-01");
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains("990000198011025736") && text.contains("13800000001"), "{text}");
    assert!(text.contains("甲路１号"), "{text}");
    let plan = office.take_in_bytes(&bytes, "2026-03-01");
    assert!(plan.households.iter().all(|one| !one.changes()));
}

/// All telephones in one cell: whoever has none keeps their place in it.
#[test]
fn a_telephone_that_is_missing_keeps_its_place() {
    let with = |numbers: &str| {
        let head = "姓名|分会|联系电话|单位领导|工会干部|基层领导|帮扶人电话";
        format!("{head}\n张山|动力厂|13800000001|王海|赵江|孙天|{numbers}")
    };
    let [a, b, c] = ["13900000001", "13900000002", "13900000003"];
    for (numbers, expected) in [
        (format!("{a}、{b}、{c}"), [a, b, c]),
        (format!("{a}、无、{c}"), [a, "", c]),
        (format!("无、{b}、无"), ["", b, ""]),
        (format!("{a}、、"), [a, "", ""]),
    ] {
        let mut office = Office::new();
        let reading = file(&with(&numbers));
        assert_eq!(reading.findings, [], "{numbers}");
        let telephones: Vec<&str> =
            reading.households[0].seats.iter().map(|holder| holder.telephone.as_str()).collect();
        assert_eq!(telephones, expected, "{numbers}");
        office.take_in(&with(&numbers), "2026-01-01");
        // Written anew, it says so still.
        let (_, said, now) =
            office.changed("2026-02-01", |household| household.seats[0].telephone = c.into());
        assert_eq!(said[0].seats, now[0].seats, "{numbers}");
    }
}
