//! 建档日期 that is none, or lies after the roster's day: the file begins on the roster's day, and that is told.

use super::{Office, file};
use crate::{finding::Finding, plan::Plan};

fn told<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<String> {
    let line = |one: &Finding| {
        format!("{} {} {} {} {:?}", one.row, one.letters, one.code.word(), one.cell, one.effect)
    };
    findings.into_iter().filter(|one| one.letters == "C").map(line).collect()
}

fn of(registered: &str) -> String {
    format!("姓名|分会|建档日期\n张山|动力厂|{registered}")
}

/// On which day the file of 张山 began.
fn began(office: &Office) -> String {
    office.file(office.household("张山")).registered.unwrap().since.to_string()
}

#[test]
fn what_is_no_date_is_told_with_what_becomes_of_it() {
    for (written, in_sheet, in_plan, begins) in [
        ("2019-05-01", "", "", "2019-05-01"),
        ("2019年5月", "", "", "2019-05-01"),
        ("老户", "2 C date_unreadable 老户 RostersDay", "", "2026-02-01"),
        ("2126-05-01", "2 C date_in_future 2126-05-01 RostersDay", "", "2026-02-01"),
        ("2026-03-01", "", "2 C registered_after 2026-03-01 RostersDay", "2026-02-01"),
        ("", "", "", "2026-02-01"),
    ] {
        let mut office = Office::new();
        let plan: Plan = office.take_in(&of(written), "2026-02-01");
        assert_eq!(told(&file(&of(written)).findings).join(", "), in_sheet, "{written}");
        assert_eq!(
            (told(&plan.findings).join(", "), began(&office)),
            (in_plan.to_owned(), begins.to_owned()),
            "{written}"
        );
        // It counts once: of a household on file nothing is told.
        assert_eq!(
            told(&office.take_in(&of("2026-05-01"), "2026-04-01").findings),
            Vec::<String>::new(),
            "{written}"
        );
    }
}
