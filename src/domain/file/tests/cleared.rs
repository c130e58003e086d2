//! Files that are one, where somebody cleared a field in sight of both, or of two of three; and what is undone.

use super::{
    merged::{check_with, merge, merge_with, of_other, opened, stands, value},
    *,
};
use crate::{
    answer::Answer, entry::Unmerge, file::merging::groups, id::HouseholdId, item::Item, slot::Values,
    visit::Visit,
};

const WIFE: &str = r#"{"spouse": {"marital": "married", "name": "李梅", "work": "矿灯房"}}"#;
const BARE: &str = r#"{"spouse": {"marital": "married", "name": "李梅"}}"#;
const COOK: &str = r#"{"spouse": {"marital": "married", "name": "李梅", "work": "食堂"}}"#;

/// A visit that says a value, after it was shown another.
fn says(on: i32, json: &str, shown: Option<&str>) -> Act {
    let (slot, said) = value(json);
    let stated = Values::from([(slot, said)]);
    let answer = Answer::Changed { stated, confirmed: Values::new() };
    let before = shown.map(|json| Values::from([value(json)])).unwrap_or_default();
    Act::Visit(Visit { before, answers: [(Item::Spouse, answer)].into(), ..visit(on, "") })
}

fn confirms(on: i32, json: &str) -> Act {
    let confirmed = Values::from([value(json)]);
    Act::Visit(Visit {
        answers: [(Item::Spouse, Answer::Unchanged { confirmed })].into(),
        ..unchanged(on, "")
    })
}

#[test]
fn what_a_helper_clears_in_sight_of_both_stays_clear() {
    let cleared = || from_phone(30, 1, &says(7, BARE, Some(WIFE)));
    check_with((3, BARE), WIFE, &[], "married 李梅 矿灯房 5");
    check_with((3, BARE), WIFE, &[cleared()], "married 李梅 7");
    // What is confirmed or said since is what it left, no rival to it.
    check_with((3, BARE), WIFE, &[cleared(), from_phone(31, 1, &confirms(9, BARE))], "married 李梅 9");
    let moved =
        says(9, r#"{"spouse": {"marital": "married", "name": "李梅", "telephone": "139"}}"#, Some(BARE));
    check_with((3, BARE), WIFE, &[cleared(), from_phone(31, 1, &moved)], "married 李梅 139 9");
    // Said of it again: it has it again.
    check_with(
        (3, BARE),
        WIFE,
        &[cleared(), from_phone(31, 1, &says(9, COOK, Some(BARE)))],
        "married 李梅 食堂 9",
    );
    // Not in sight of it, nothing was cleared.
    check_with((3, BARE), WIFE, &[from_phone(30, 1, &says(7, BARE, Some(BARE)))], "married 李梅 矿灯房 7");
    // The desk's too stays so when it is confirmed.
    let at_desk = from_desk(110, &opened(7, BARE));
    check_with((3, BARE), WIFE, &[at_desk, from_phone(31, 1, &confirms(9, BARE))], "married 李梅 9");
}

#[test]
fn a_visit_that_does_not_tell_what_it_was_shown_is_left_as_it_is() {
    check_with((3, BARE), WIFE, &[from_phone(30, 1, &says(7, BARE, None))], "married 李梅 7");
    // Where nothing was known before, nothing was shown.
    check_with((8, BARE), WIFE, &[from_phone(30, 1, &says(7, BARE, None))], "married 李梅 矿灯房 8");
}

#[test]
fn a_third_file_brings_back_nothing_that_was_cleared_in_sight_of_two() {
    let third = |json| of_file(3, from_desk(13, &opened(4, json)));
    let at_desk = || from_desk(110, &opened(7, BARE));
    let with_third = |json| [at_desk(), third(json), merge_with(120, 3)];
    check_with((3, BARE), WIFE, &with_third(BARE), "married 李梅 7");
    // What only the third knows was not in sight.
    let born = r#"{"spouse": {"marital": "married", "name": "李梅", "telephone": "139"}}"#;
    check_with((3, BARE), WIFE, &with_third(born), "married 李梅 139 7");
    // On that day the desk takes back what it said of the second.
    check_with(
        (3, BARE),
        WIFE,
        &[from_desk(110, &opened(5, COOK)), third(COOK), merge_with(120, 3)],
        "married 李梅 食堂 5",
    );
}

#[test]
fn a_merge_that_was_undone_or_refused_showed_nothing() {
    let again = |undo: Act| [from_desk(105, &undo), from_desk(110, &opened(7, BARE)), merge_with(120, 2)];
    let undo = Act::Unmerge(Unmerge { merge: id(100) });
    check_with((3, BARE), WIFE, &again(undo), "married 李梅 矿灯房 7");
    check_with((3, BARE), WIFE, &again(judge(100, false)), "married 李梅 矿灯房 7");
}

#[test]
fn a_phone_takes_back_across_files_what_it_was_shown() {
    let of_second = || of_other(from_phone(30, 1, &says(7, COOK, None)));
    let seat = || of_other(from_desk(14, &assign(1, 0)));
    let then = |json, shown| [of_second(), seat(), from_phone(31, 1, &says(7, json, shown))];
    check_with((3, BARE), WIFE, &then(WIFE, Some(COOK)), "married 李梅 矿灯房 7");
    // Where it was shown what the file itself said, it knew of no other.
    check_with((3, BARE), WIFE, &then(WIFE, Some(BARE)), "married 李梅 食堂 7 | married 李梅 矿灯房 7");
}

/// Pinned: a visit that confirmed what stood of both keeps it when they are two again; it saw it at the door.
#[test]
fn what_was_confirmed_of_both_stays_with_the_file_when_they_are_two_again() {
    // Person 1 sits in the first file, 2 in the second; the cards of both show the whole, under the first's id.
    let merged = [
        from_desk(10, &opened(3, BARE)),
        of_other(from_desk(11, &opened(5, WIFE))),
        from_desk(12, &assign(1, 0)),
        of_other(from_desk(13, &assign(2, 0))),
        merge(),
        from_phone(130, 1, &confirms(9, WIFE)),
        from_phone(131, 2, &confirms(8, WIFE)),
    ];
    let check = |more: &[Logged], expected: &[&str]| {
        let all = [merged.as_slice(), more].concat();
        assert_eq!(file_by_file(&all), expected);
    };
    check(&[], &["married 李梅 矿灯房 9, visits 131 130"]);
    // Who sat in the second alone has no seat in the first, where it lies: it waits for the desk. The second has what
    // its own people said.
    let apart =
        ["married 李梅 3 | married 李梅 矿灯房 9, visits 130, 131: NoSeat", "married 李梅 矿灯房 5, visits"];
    check(&[from_desk(140, &Act::Unmerge(Unmerge { merge: id(100) }))], &apart);
    check(
        &[from_desk(140, &judge(100, false))],
        &[&apart[0].replace("131:", "100: Refused, 131:"), apart[1]],
    );
    // What the desk accepts counts where it lies.
    let accepted = from_desk(141, &judge(131, true));
    let both = "married 李梅 3 | married 李梅 矿灯房 9, visits 131 130";
    check(&[from_desk(140, &Act::Unmerge(Unmerge { merge: id(100) })), accepted], &[both, apart[1]]);
    // Merged again, all is as it was.
    let again = [from_desk(140, &Act::Unmerge(Unmerge { merge: id(100) })), merge_with(150, 2)];
    check(&again, &["married 李梅 矿灯房 9, visits 131 130"]);
}

/// Each file as the office folds it, alone or with those it is one with: the spouse, the visits that count, and what
/// does not count.
fn file_by_file(all: &[Logged]) -> Vec<String> {
    let files = [1, 2].map(|file| HouseholdId::from_bytes([file; 16])).into();
    let groups = groups(&files, all);
    let told = groups.iter().map(|files| {
        let of_them: Vec<Logged> =
            all.iter().filter(|one| files.contains(&one.entry.household)).cloned().collect();
        let folded = fold(&of_them, &Union);
        let number = |id: &EntryId| id.as_bytes()[0].to_string();
        let visits = folded.file.visits.iter().map(|line| number(&line.id));
        let visits: Vec<String> = std::iter::once("visits".to_owned()).chain(visits).collect();
        let waiting = folded.statuses.iter().filter_map(|(id, status)| match status {
            Status::Quarantined(reason) => Some(format!("{}: {reason:?}", number(id))),
            _ => None,
        });
        let parts = [stands(&of_them, Slot::Spouse), visits.join(" ")].into_iter().chain(waiting);
        parts.collect::<Vec<_>>().join(", ")
    });
    told.collect()
}

#[test]
fn a_seat_given_before_a_third_file_came_takes_none_there() {
    let merged = [
        from_desk(10, &opened(3, BARE)),
        of_other(from_desk(11, &opened(5, WIFE))),
        of_file(3, from_desk(13, &assign(2, 0))),
        merge(),
        from_desk(110, &assign(1, 5)),
        merge_with(120, 3),
    ];
    let visits = of_file(3, from_phone(30, 2, &Act::Visit(visit(6, ""))));
    let counts = |more: &[Logged]| {
        let all = [merged.as_slice(), more, std::slice::from_ref(&visits)].concat();
        fold(&all, &Union).file.visits.len() == 1
    };
    assert!(counts(&[]));
    // Once the third is one of them, what the desk says is of it too.
    assert!(!counts(&[from_desk(130, &assign(1, 5))]));
}
