//! Cells that were filled in and are blank now.

use domain::slot::Slot;

use super::{super::Plan, findings, first, office::Office, said, text_of};
use crate::finding::{Code, Effect};

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
