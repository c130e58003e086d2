//! Cells that were filled in and are blank now.

use domain::{rules::Cause, slot::Slot};

use super::{
    super::Plan,
    findings, first,
    office::{Office, day},
    said, text_of,
};
use crate::{
    finding::{Code, Effect},
    words,
};

fn emptied(plan: &Plan) -> Vec<String> {
    let found = plan.findings.iter().filter(|finding| finding.code == Code::CellEmptied);
    found.map(|one| format!("{} {} {} {}", one.row, one.letters, one.column, one.against)).collect()
}

#[test]
fn a_cell_that_was_filled_in_and_is_blank_now_is_told_and_stays() {
    let mut office = Office::new();
    office.take_in(&first(), "2026-01-01");
    let later = first()
        .replace("13800000001", "")
        .replace("张小|二年级", "张小|")
        .replace("特困户", "")
        .replace("1975-03", "");
    let plan = office.take_in(&later, "2026-02-01");
    assert_eq!(
        emptied(&plan),
        ["2 F 类别 特困户", "2 G 联系电话 13800000001", "2 J 子女年级 二年级", "3 C 出生日期 1975-03"]
    );
    assert_eq!((said(&plan), findings(&plan)), (vec![], vec![]));
    assert!(plan.findings.iter().all(|finding| finding.effect == Effect::Stays));
    assert_eq!(text_of(&office.stands("张山", Slot::Telephone)), ["13800000001"]);
    // It is told once; and filled in again it is as it was.
    assert_eq!(emptied(&office.take_in(&later, "2026-03-01")), Vec::<String>::new());
    let again = office.take_in(&first(), "2026-04-01");
    assert_eq!((emptied(&again), said(&again)), (vec![], vec![]));
}

#[test]
fn what_nobody_understands_and_what_is_not_there_is_no_blank() {
    let mut office = Office::new();
    office.take_in(&first(), "2026-01-01");
    for later in [
        first().replace("二年级", "看不懂"),
        first().replace("特困户", "没有的类别"),
        first().replace("1975-03", "某年"),
        // The whole column is gone, and so is the child.
        first().replace("|联系电话|", "|备用|"),
        first().replace("|张小|二年级|", "|||"),
    ] {
        assert_eq!(emptied(&office.clone().take_in(&later, "2026-02-01")), Vec::<String>::new(), "{later}");
    }
}

/// The main cause and the further ones stand in two columns: where one is blank, what it said stands, whatever the other
/// says now.
#[test]
fn a_blank_column_of_causes_takes_none_away() {
    let of = |causes: &str| {
        format!(
            "姓名|分会|出生日期|主要致困原因|次要致困原因|单位领导|单位领导电话\n张山|动力厂|1975-03|{causes}|王海|13900000001"
        )
    };
    let both = "患病|子女上学、意外事故";
    for (was, is, stand, told) in [
        (both, "患病|", "患病 子女上学 意外事故", "E 次要致困原因 子女上学、意外事故"),
        (both, "下岗|", "下岗 子女上学 意外事故", "E 次要致困原因 子女上学、意外事故"),
        (both, "子女上学|", "子女上学 意外事故", "E 次要致困原因 子女上学、意外事故"),
        (both, "下岗、未参保|", "下岗 未参保 子女上学 意外事故", "E 次要致困原因 子女上学、意外事故"),
        ("患病、未参保|子女上学", "下岗|", "下岗 子女上学", "E 次要致困原因 子女上学"),
        ("患病、未参保|", "下岗|", "下岗", ""),
        (both, "下岗|看不懂", "下岗 子女上学 意外事故", ""),
        (both, "|子女上学", "患病 子女上学", "D 主要致困原因 患重特大疾病"),
        (
            both,
            "|",
            "患病 子女上学 意外事故",
            "D 主要致困原因 患重特大疾病, E 次要致困原因 子女上学、意外事故",
        ),
        (both, "患病|无", "患病", ""),
        (both, "患病|子女上学", "患病 子女上学", ""),
        (both, "|患病", "患病", ""),
        ("患病|", "下岗|", "下岗", ""),
        ("|患病", "|下岗", "下岗", ""),
    ] {
        let mut office = Office::new();
        office.take_in(&of(was), "2026-01-01");
        let plan = office.take_in(&of(is), "2026-02-01");
        let found: Vec<String> = emptied(&plan).iter().map(|one| one[2..].to_owned()).collect();
        assert_eq!(found.join(", "), told, "{was} {is}");
        let causes = |office: &Office| office.stands_of(office.household("张山"), day("2026-06-01")).causes;
        let expected: Vec<Cause> = words::causes(stand).into_iter().filter_map(|(_, cause)| cause).collect();
        assert_eq!(causes(&office), expected, "{was} {is}");
        // Told once, and what goes out says what stands.
        assert_eq!(emptied(&office.take_in(&of(is), "2026-03-01")), Vec::<String>::new(), "{was} {is}");
        let (bytes, _) = office.export("2026-04-01");
        let again = office.take_in_bytes(&bytes, "2026-05-01");
        assert_eq!((said(&again), causes(&office)), (vec![], expected), "{was} {is}");
    }
}

#[test]
fn one_column_of_causes_says_them_all() {
    let of = |causes: &str| format!("姓名|分会|出生日期|致困原因\n张山|动力厂|1975-03|{causes}");
    let mut office = Office::new();
    office.take_in(&of("患病、上学"), "2026-01-01");
    assert_eq!(emptied(&office.take_in(&of(""), "2026-02-01")), ["2 D 致困原因 患重特大疾病、子女上学"]);
    assert_eq!(said(&office.take_in(&of("上学"), "2026-03-01")), ["2: register"]);
    assert_eq!(office.stands_of(office.household("张山"), day("2026-06-01")).causes, [Cause::Schooling]);
}

/// A sheet with a column for the main cause alone says nothing of further ones: only what it said itself goes with it.
#[test]
fn the_main_cause_alone_takes_no_other_away() {
    let of = |columns: &str, causes: &str| {
        format!(
            "姓名|分会|出生日期|{columns}
张山|动力厂|1975-03|{causes}"
        )
    };
    let (main, all) = ("主要致困原因", "致困原因");
    for (header, is, stand) in [
        (main, "下岗", "下岗 子女上学 意外事故"),
        (main, "上学", "子女上学 意外事故"),
        (main, "", "患病 子女上学 意外事故"),
        (main, "无", "患病 子女上学 意外事故"),
        (all, "下岗", "下岗"),
    ] {
        let mut office = Office::new();
        office.take_in(&of("主要致困原因|次要致困原因", "患病|上学、意外事故"), "2026-01-01");
        office.take_in(&of(header, is), "2026-02-01");
        let causes = |office: &Office| office.stands_of(office.household("张山"), day("2026-06-01")).causes;
        let expected: Vec<Cause> = words::causes(stand).into_iter().filter_map(|(_, cause)| cause).collect();
        assert_eq!(causes(&office), expected, "{header} {is}");
        assert_eq!(said(&office.take_in(&of(header, is), "2026-03-01")), Vec::<String>::new());
        let (bytes, _) = office.export("2026-04-01");
        assert_eq!(said(&office.take_in_bytes(&bytes, "2026-05-01")), Vec::<String>::new(), "{header} {is}");
    }
    let mut office = Office::new();
    office.take_in(&of(main, "患病、上学"), "2026-01-01");
    office.take_in(&of(main, "上学"), "2026-02-01");
    assert_eq!(office.stands_of(office.household("张山"), day("2026-06-01")).causes, [Cause::Schooling]);
}

/// Nobody loses a seat, nor a telephone, by a sheet that says nothing of it any more, or that there is nobody.
#[test]
fn emptied_seats_and_telephones_are_told_and_stay() {
    for (is, told) in [
        ("|", "2 K 单位领导 王海, 2 L 单位领导电话 13900000001"),
        ("无|无", "2 K 单位领导 王海, 2 L 单位领导电话 13900000001"),
        ("王海|", "2 L 单位领导电话 13900000001"),
        ("王海|无", "2 L 单位领导电话 13900000001"),
    ] {
        let mut office = Office::new();
        office.take_in(&first(), "2026-01-01");
        let before = office.all();
        let later = first().replacen("王海|13900000001", is, 1);
        let plan = office.take_in(&later, "2026-02-01");
        assert_eq!(
            (emptied(&plan).join(", ").as_str(), said(&plan), findings(&plan)),
            (told, vec![], vec![]),
            "{is}"
        );
        assert_eq!(office.all(), before, "{is}");
    }
}
