//! What goes with what is erased.

use super::*;
use crate::{
    entry::ErasedBecause,
    file::{Reason, tests::story::*},
};

fn whole_file() -> Act {
    Act::Erase(Erase { what: Erased::File, why: ErasedBecause::Asked })
}

/// The numbers of the entries that go; `n` before the number of a need.
#[track_caller]
fn check(logged: &[Logged], remembered: &[Gone], expected: &str) {
    let remembered: BTreeSet<Gone> = remembered.iter().copied().collect();
    let found = gone(logged, &remembered);
    assert_eq!(gone(logged.iter().rev(), &remembered), found, "the order of arrival decided");
    let left: Vec<Logged> =
        logged.iter().filter(|one| !found.contains(&Gone::Entry(one.entry.id))).cloned().collect();
    assert_eq!(gone(&left, &found), found, "what went is forgotten again");
    let words = found.iter().map(|one| match one {
        Gone::File(_) => "file".to_owned(),
        Gone::Entry(id) => id.as_bytes()[0].to_string(),
        Gone::Need(need) => format!("n{}", need.as_bytes()[0]),
    });
    assert_eq!(words.collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn what_hangs_on_an_erased_visit_goes_with_it() {
    let all = [
        from_desk(101, &register(0, 1, "A")),
        from_phone(10, 1, &Act::Visit(visit(3, "B"))),
        from_phone(11, 1, &amend(10, 10, asking(visit(3, "C"), 7))),
        from_phone(12, 1, &withdraw(10)),
        from_phone(13, 2, &confirm(10)),
        from_desk(14, &judge(11, true)),
        from_desk(15, &reply(7, 5)),
        from_desk(16, &reply(8, 5)),
        from_phone(17, 1, &tell(7, 15, 6)),
        from_phone(18, 1, &withdraw(17)),
        from_phone(20, 1, &Act::Visit(asking(visit(4, "D"), 8))),
    ];
    check(&all, &[], "");
    let mut erased = all.to_vec();
    erased.push(from_desk(30, &erase([10])));
    check(&erased, &[], "10 11 12 13 14 15 17 18 n7");
    check(&all, &[Gone::Entry(id(10))], "10 11 12 13 14 15 17 18 n7");
    check(&all, &[Gone::Need(need_id(8))], "16 n8");
}

#[test]
fn a_word_on_two_records_goes_with_either() {
    let visits = [1, 2].map(|n| from_phone(n, n, &Act::Visit(visit(3, ""))));
    let mut all = visits.to_vec();
    all.extend([from_desk(11, &pair(1, 2, true)), from_desk(12, &pair(2, 3, true))]);
    check(&all, &[Gone::Entry(id(1))], "1 11");
    check(&all, &[Gone::Entry(id(2))], "2 11 12");
}

#[test]
fn an_alert_takes_its_taking_up_along() {
    let all = [from_phone(10, 1, &alert(3)), from_desk(11, &take_up(10, 4)), from_desk(30, &erase([10, 99]))];
    check(&all, &[], "10 11 99");
}

#[test]
fn of_a_file_only_the_order_stays() {
    let all = [
        from_desk(101, &register(0, 1, "A")),
        from_phone(10, 1, &Act::Visit(visit(3, "B"))),
        from_desk(30, &whole_file()),
        from_desk(31, &judge(30, false)),
    ];
    check(&all, &[], "file 10 31 101");
}

#[test]
fn only_the_desk_erases() {
    let visit = || from_phone(10, 1, &Act::Visit(visit(3, "B")));
    check(&[visit(), from_phone(30, 1, &erase([10]))], &[], "");
    check(&[visit(), tainted(from_desk(30, &erase([10])), Reason::AuthorMismatch)], &[], "");
}
