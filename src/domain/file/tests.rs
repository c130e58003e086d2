//! What a household's entries come to, whoever sends them and in whatever order.

use super::*;
use crate::{id::DeviceId, slot::Value, verbatim::Verbatim};
use story::*;

mod any_set;
mod cleared;
mod frozen;
mod merged;
mod observed;
mod paired;
pub(crate) mod story;
mod telling;

/// Folds entries forwards, backwards and twice over, and tells: each visit that counts as
/// `visit 10 v11 on 3`, what stands as the name, needs and alerts, then every entry that does not count.
#[track_caller]
fn check(entries: &[Logged], expected: &str) {
    let folded = fold(entries, &Union);
    let backwards: Vec<Logged> = entries.iter().rev().chain(entries).cloned().collect();
    assert_eq!(fold(&backwards, &Union), folded, "the order of arrival decided");
    assert_eq!(shown(&folded), expected);
}

fn shown(folded: &Folded) -> String {
    let number = |id: EntryId| id.as_bytes()[0];
    let on = |day: Day| day.days_since(day_zero());
    let mut words: Vec<String> = Vec::new();
    for line in &folded.file.visits {
        let mark = if line.confirmed { " confirmed" } else { "" };
        words.push(format!(
            "visit {} v{} on {}{mark}",
            number(line.id),
            number(line.version),
            on(line.visit.day)
        ));
    }
    for stands in folded.file.standings.get(&Slot::Name).iter().flat_map(|standing| &standing.values) {
        if let Value::Name(name) = &stands.value {
            words.push(format!("{}{}", name.text, on(stands.day)));
        }
    }
    for line in &folded.file.needs {
        let reply = line
            .reply
            .as_ref()
            .map_or_else(|| "open".to_owned(), |reply| format!("answered on {}", on(reply.day)));
        let by = line.told_by.map_or(0, |by| by.as_bytes()[0]);
        let how = if line.told_by_telephone { " by telephone" } else { "" };
        let told = line.told.map_or_else(String::new, |day| format!(" told on {} by {by}{how}", on(day)));
        words.push(format!("need {} {reply}{told}", line.need.id.as_bytes()[0]));
    }
    for line in &folded.file.alerts {
        let taken_up = line.taken_up.as_ref().map_or("open", |_| "taken up");
        words.push(format!("alert {} {taken_up}", number(line.id)));
    }
    for (id, status) in &folded.statuses {
        if let Status::Quarantined(reason) = status {
            words.push(format!("{}: {reason:?}", number(*id)));
        }
    }
    words.join(", ")
}

fn day_zero() -> Day {
    day(0)
}

/// A file with person 1 in a seat since day 0, and further entries.
fn with_file(entries: impl IntoIterator<Item = Logged>) -> Vec<Logged> {
    let mut all = vec![from_desk(201, &register(0, 1, "")), from_desk(202, &assign(1, 0))];
    all.extend(entries);
    all
}

#[test]
fn an_amend_replaces_one_version() {
    let v = |day, text| Act::Visit(visit(day, text));
    check(&with_file([from_phone(10, 1, &v(3, "A"))]), "visit 10 v10 on 3, A3");
    let amended = [from_phone(10, 1, &v(3, "A")), from_phone(11, 1, &amend(10, 10, visit(2, "B")))];
    check(&with_file(amended), "visit 10 v11 on 2, B2");
    let chain = [
        from_phone(10, 1, &v(3, "A")),
        from_phone(12, 1, &amend(10, 10, visit(3, "B"))),
        from_phone(11, 1, &amend(10, 12, visit(3, "C"))),
    ];
    check(&with_file(chain), "visit 10 v11 on 3, C3");
    let two_for_one = [
        from_phone(10, 1, &v(3, "A")),
        from_phone(11, 1, &amend(10, 10, visit(3, "B"))),
        from_phone(12, 1, &amend(10, 10, visit(3, "C"))),
        from_phone(13, 1, &amend(10, 11, visit(3, "D"))),
    ];
    check(&with_file(two_for_one), "visit 10 v12 on 3, C3");
}

#[test]
fn an_old_visit_amended_changes_nothing_that_stands_later() {
    let v = |day, text| Act::Visit(visit(day, text));
    let later = || [from_phone(10, 1, &v(3, "A")), from_phone(20, 1, &v(6, "B"))];
    let before = "visit 10 v10 on 3, visit 20 v20 on 6, B6";
    check(&with_file(later()), before);
    for version in [visit(3, "C"), visit(5, "C")] {
        let day = if version.day == day(3) { 3 } else { 5 };
        let amended = later().into_iter().chain([from_phone(11, 1, &amend(10, 10, version))]);
        check(&with_file(amended), &before.replace("v10 on 3", &format!("v11 on {day}")));
    }
    let taken_back = later().into_iter().chain([from_phone(11, 1, &withdraw(10))]);
    check(&with_file(taken_back), "visit 20 v20 on 6, B6");
}

#[test]
fn amends_that_lead_nowhere_wait() {
    let first = || from_phone(10, 1, &Act::Visit(visit(3, "A")));
    let absent = [first(), from_phone(12, 1, &amend(10, 11, visit(3, "B")))];
    check(&with_file(absent), "visit 10 v10 on 3, A3, 12: AbsentTarget");
    let came = [
        first(),
        from_phone(12, 1, &amend(10, 11, visit(3, "B"))),
        from_phone(11, 1, &amend(10, 10, visit(3, "C"))),
    ];
    check(&with_file(came), "visit 10 v12 on 3, B3");
    let ring = [
        first(),
        from_phone(11, 1, &amend(10, 12, visit(3, "B"))),
        from_phone(12, 1, &amend(10, 11, visit(3, "C"))),
    ];
    check(&with_file(ring), "visit 10 v10 on 3, A3, 11: AbsentTarget, 12: AbsentTarget");
    let of_another =
        [first(), from_desk(203, &assign(2, 1)), from_phone(11, 2, &amend(10, 10, visit(3, "B")))];
    check(&with_file(of_another), "10: NoSeat, 11: AbsentTarget");
    let not_a_visit =
        [first(), from_phone(11, 1, &alert(3)), from_phone(12, 1, &amend(10, 11, visit(3, "B")))];
    check(&with_file(not_a_visit), "visit 10 v10 on 3, A3, alert 11 open, 12: AbsentTarget");
}

#[test]
fn an_amend_leads_back_through_its_authors_own_versions_of_that_visit() {
    let own =
        |n: u8, of: u8, replaces: u8, text: &str| from_phone(n, 1, &amend(of, replaces, visit(3, text)));
    let (first, other) =
        (|| from_phone(10, 1, &Act::Visit(visit(3, "A"))), || from_phone(20, 1, &Act::Visit(visit(2, "B"))));
    let line_manager = crate::seat::Assign {
        seat: crate::seat::Seat::LineManager,
        person: Some(person(2)),
        from: day(0),
        until: None,
    };
    // Another's version of it is no version: whoever replaces that replaces nothing.
    let of_another = [
        from_desk(203, &Act::Assign(line_manager)),
        first(),
        from_phone(11, 2, &amend(10, 10, visit(3, "C"))),
        own(12, 10, 11, "D"),
    ];
    check(&with_file(of_another), "visit 10 v10 on 3, A3, 11: AbsentTarget, 12: AbsentTarget");
    // Nor is a version of another visit of one's own.
    let visits = "visit 20 v20 on 2, visit 10 v10 on 3, A3";
    let of_another_visit = [first(), other(), own(21, 20, 10, "C"), own(12, 10, 21, "D")];
    check(&with_file(of_another_visit), &format!("{visits}, 12: AbsentTarget, 21: AbsentTarget"));
}

#[test]
fn an_amend_that_does_not_count_decides_nothing() {
    let v = || from_phone(10, 1, &Act::Visit(visit(3, "A")));
    let amend_1 = || from_phone(11, 1, &amend(10, 10, visit(-3, "B")));
    check(&with_file([v(), amend_1()]), "visit 10 v10 on 3, A3, 11: NoSeat");
    // The next version names it, and counts all the same.
    check(
        &with_file([v(), amend_1(), from_phone(12, 1, &amend(10, 11, visit(4, "C")))]),
        "visit 10 v12 on 4, C4, 11: NoSeat",
    );
    // A day put right makes a visit count that by itself does not.
    let early = from_phone(10, 1, &Act::Visit(visit(-3, "A")));
    check(
        &with_file([early, from_phone(11, 1, &amend(10, 10, visit(3, "B")))]),
        "visit 10 v11 on 3, B3, 10: NoSeat",
    );
}

#[test]
fn a_withdrawn_visit_never_was() {
    let told = asking(with_companion(visit(3, "A"), 1), 5);
    let all = [
        from_phone(10, 1, &Act::Visit(told)),
        from_phone(11, 1, &amend(10, 10, visit(4, "B"))),
        from_phone(12, 1, &withdraw(10)),
        from_phone(13, 1, &confirm(10)),
        from_desk(14, &reply(5, 6)),
        from_phone(15, 1, &Act::Visit(visit(1, "C"))),
    ];
    check(&with_file(all), "visit 15 v15 on 1, C1, 13: AbsentTarget, 14: AbsentTarget");
    let of_another = [
        from_desk(203, &assign(2, 0)),
        from_phone(10, 2, &Act::Visit(visit(3, "A"))),
        from_phone(12, 1, &withdraw(10)),
    ];
    check(&with_file(of_another), "visit 10 v10 on 3, A3, 12: AbsentTarget");
    // Before its visit is here it waits; the visit then comes withdrawn.
    check(&with_file([from_phone(12, 1, &withdraw(10))]), "12: AbsentTarget");
    check(&with_file([from_phone(12, 1, &withdraw(10)), from_phone(10, 1, &Act::Visit(visit(3, "A")))]), "");
}

#[test]
fn seats_count_as_of_the_visits_day() {
    let handed_over = |v: Logged| with_file([from_desk(203, &assign(2, 5)), v]);
    check(&handed_over(from_phone(10, 1, &Act::Visit(visit(4, "A")))), "visit 10 v10 on 4, A4");
    // Handed over at noon: the morning's visit is still theirs.
    check(&handed_over(from_phone(10, 1, &Act::Visit(visit(5, "A")))), "visit 10 v10 on 5, A5");
    check(&handed_over(from_phone(10, 1, &Act::Visit(visit(6, "A")))), "10: NoSeat");
    check(&handed_over(from_phone(10, 2, &Act::Visit(visit(5, "A")))), "visit 10 v10 on 5, A5");
    check(&handed_over(from_phone(10, 2, &Act::Visit(visit(4, "A")))), "10: NoSeat");
    check(&handed_over(from_phone(10, 2, &alert(4))), "10: NoSeat");
    check(&handed_over(from_phone(10, 2, &alert(5))), "alert 10 open");
}

#[test]
fn what_waits_is_judged_again() {
    let v = || from_phone(10, 1, &Act::Visit(visit(3, "A")));
    check(&[v()], "10: UnknownHousehold");
    check(&[v(), from_desk(11, &register(5, 1, ""))], "10: NoSeat");
    check(&[v(), from_desk(11, &register(5, 1, "")), from_desk(12, &assign(1, 0))], "visit 10 v10 on 3, A3");
    check(&[v(), from_desk(12, &assign(1, 0))], "10: UnknownHousehold, 12: UnknownHousehold");
    check(&[v(), from_phone(11, 1, &propose(2, "P"))], "P2, 10: AwaitingApproval");
    let approved = [v(), from_phone(11, 1, &propose(2, "P")), from_desk(12, &register(5, 1, ""))];
    check(&approved, "visit 10 v10 on 3, A3");
    check(&with_file([from_phone(10, 20, &Act::Visit(visit(3, "A")))]), "10: UnknownAuthor");
    check(
        &with_file([from_desk(10, &reply(5, 3)), from_desk(11, &take_up(12, 3))]),
        "10: AbsentTarget, 11: AbsentTarget",
    );
    let here = [
        from_desk(10, &reply(5, 3)),
        from_desk(11, &take_up(12, 3)),
        from_phone(12, 1, &alert(3)),
        from_phone(13, 1, &Act::Visit(asking(visit(2, "A"), 5))),
    ];
    check(&with_file(here), "visit 13 v13 on 2, A2, need 5 answered on 3, alert 12 taken up");
}

#[test]
fn a_proposer_answers_for_the_household() {
    let proposed =
        |v: Logged| vec![from_phone(8, 2, &propose(2, "P")), from_phone(9, 3, &propose(2, "Q")), v];
    let open = |v: Logged| [proposed(v), with_file([])].concat();
    check(&open(from_phone(10, 2, &Act::Visit(visit(3, "A")))), "visit 10 v10 on 3, A3");
    check(&open(from_phone(10, 3, &Act::Visit(visit(3, "A")))), "visit 10 v10 on 3, A3");
    check(&open(from_phone(10, 4, &Act::Visit(visit(3, "A")))), "P2, Q2, 10: NoSeat");
    // A proposal that a person refused opens no door.
    let refused = |v: Logged| [open(v), vec![from_desk(20, &judge(8, false))]].concat();
    check(&refused(from_phone(10, 2, &Act::Visit(visit(3, "A")))), "Q2, 8: Refused, 10: NoSeat");
    check(&[from_phone(8, 2, &propose(2, "P")), from_desk(20, &judge(8, false))], "8: Refused");
}

#[test]
fn a_persons_verdict_counts() {
    let v = || from_phone(10, 2, &Act::Visit(visit(3, "A")));
    check(&with_file([v()]), "10: NoSeat");
    check(&with_file([v(), from_desk(20, &judge(10, true))]), "visit 10 v10 on 3, A3");
    check(
        &with_file([v(), from_desk(20, &judge(10, true)), from_desk(21, &judge(10, false))]),
        "10: Refused",
    );
    check(
        &with_file([v(), from_desk(21, &judge(10, true)), from_desk(20, &judge(10, false))]),
        "visit 10 v10 on 3, A3",
    );
    check(&with_file([from_desk(20, &judge(10, true))]), "20: AbsentTarget");
    let mismatch = tainted(v(), Reason::AuthorMismatch);
    check(&with_file([mismatch.clone()]), "10: AuthorMismatch");
    check(&with_file([mismatch, from_desk(20, &judge(10, true))]), "visit 10 v10 on 3, A3");
    // A verdict on a verdict is none, and a phone gives none.
    check(
        &with_file([v(), from_desk(20, &judge(10, true)), from_desk(21, &judge(20, false))]),
        "visit 10 v10 on 3, A3, 21: NotAllowed",
    );
    check(&with_file([v(), from_phone(20, 1, &judge(10, true))]), "10: NoSeat, 20: NotAllowed");
    // What the desk did by mistake can be refused too.
    check(
        &with_file([from_phone(10, 1, &Act::Visit(visit(3, "A"))), from_desk(20, &judge(202, false))]),
        "10: NoSeat, 202: Refused",
    );
}

#[test]
fn a_phone_does_nothing_of_the_desk() {
    let acts = [
        register(0, 1, "X"),
        assign(1, 0),
        move_to(0, 2),
        settle(3, "X"),
        judge(10, true),
        reply(5, 3),
        take_up(10, 3),
    ];
    for act in acts {
        check(&with_file([from_phone(30, 1, &act)]), "30: NotAllowed");
        let accepted = [from_phone(30, 1, &act), from_desk(31, &judge(30, true))];
        let verdict = if matches!(act, Act::Judge(_)) { ", 31: NotAllowed" } else { "" };
        check(&with_file(accepted), &format!("30: NotAllowed{verdict}"));
        let as_office = tainted(from_desk(30, &act), Reason::NotAllowed);
        check(&with_file([as_office]), "30: NotAllowed");
    }
    check(&with_file([from_desk(30, &Act::Visit(visit(3, "A")))]), "30: NotAllowed");
}

#[test]
fn who_raised_an_alert_takes_it_back() {
    let with = |by: u8| {
        let (alert, back) = (from_phone(12, 1, &alert(3)), from_phone(14, by, &withdraw(12)));
        with_file([alert, from_desk(13, &take_up(12, 3)), back])
    };
    check(&with(1), "");
    check(&with(2), "alert 12 taken up, 14: AbsentTarget");
}

#[test]
fn what_cannot_be_read_is_kept_aside() {
    let with = |change: fn(&mut Entry)| {
        let mut entry = written(10, DeviceId::from_bytes([1; 16]), 1, &Act::Visit(visit(3, "A")));
        change(&mut entry);
        with_file([logged(entry)])
    };
    check(&with(|entry| entry.kind = "dance".to_owned()), "10: UnknownKind");
    check(&with(|entry| entry.schema = 2), "10: UnknownSchema");
    check(&with(|entry| entry.payload = Verbatim::of(&serde_json::json!({ "day": "32" }))), "10: Malformed");
}

#[test]
fn a_companion_confirms_what_stands() {
    let seats = || {
        from_desk(
            203,
            &Act::Assign(crate::seat::Assign {
                seat: crate::seat::Seat::LineManager,
                person: Some(person(2)),
                from: day(0),
                until: None,
            }),
        )
    };
    let v = || from_phone(10, 1, &Act::Visit(with_companion(visit(3, "A"), 2)));
    check(&with_file([seats(), v(), from_phone(11, 2, &confirm(10))]), "visit 10 v10 on 3 confirmed, A3");
    check(&with_file([v(), from_phone(11, 2, &confirm(10))]), "visit 10 v10 on 3, A3, 11: NoSeat");
    check(
        &with_file([seats(), v(), from_phone(11, 3, &confirm(10))]),
        "visit 10 v10 on 3, A3, 11: NotAllowed",
    );
    check(&with_file([seats(), from_phone(11, 2, &confirm(10))]), "11: AbsentTarget");
    let other_companion = from_phone(12, 1, &amend(10, 10, with_companion(visit(3, "A"), 3)));
    check(
        &with_file([seats(), v(), other_companion, from_phone(11, 2, &confirm(10))]),
        "visit 10 v12 on 3, A3, 11: NotAllowed",
    );
}

#[test]
fn an_attempt_observes_nothing_and_does_not_count() {
    let attempt = Visit { met: None, ..visit(5, "B") };
    let entries =
        with_file([from_phone(10, 1, &Act::Visit(visit(3, "A"))), from_phone(11, 1, &Act::Visit(attempt))]);
    check(&entries, "visit 10 v10 on 3, visit 11 v11 on 5, A3");
    assert_eq!(fold(&entries, &Union).file.last_visit(), Some(day(3)));
}

#[test]
fn the_latest_registration_move_consent_reply_and_taking_up_stand() {
    let entries = with_file([
        from_desk(210, &register(4, 2, "R")),
        from_desk(211, &move_to(6, 3)),
        from_phone(10, 1, &Act::Visit(consenting(asking(visit(1, ""), 5), 2))),
        from_phone(11, 1, &Act::Visit(consenting(visit(2, ""), 1))),
        from_desk(212, &reply(5, 9)),
        from_desk(213, &reply(5, 8)),
    ]);
    let file = fold(&entries, &Union).file;
    let registered = file.registered.unwrap();
    assert_eq!((registered.since, registered.unit, registered.latest.day), (day(0), unit_id(3), day(4)));
    assert_eq!(file.consent.unwrap(), (day(2), crate::visit::Consent { notice: 1, given: true }));
    assert_eq!(file.needs[0].reply.as_ref().unwrap().day, day(9));
    assert_eq!(file.standings[&Slot::Name].one().unwrap().day, day(4));
}

#[test]
fn a_proposal_is_corrected_by_a_newer_one() {
    let first = || from_phone(10, 1, &propose(2, "P"));
    let second = || from_phone(11, 1, &propose(2, "Q"));
    check(&[first(), second()], "Q2");
    // What the newer one leaves out is not there any more.
    check(&[first(), from_phone(11, 1, &propose(2, ""))], "");
    // By the phone's own count where it is one phone, whatever the ids say; else by the id.
    let made = |n: u8, device: u8, seq: u64, text: &str| {
        let entry = written(n, DeviceId::from_bytes([device; 16]), 1, &propose(2, text));
        logged(Entry { seq, ..entry })
    };
    check(&[made(11, 1, 1, "P"), made(10, 1, 2, "Q")], "Q2");
    check(&[made(11, 1, 1, "P"), made(10, 2, 2, "Q")], "P2");
    // Each author has their own word; who found it first is who proposes it.
    let of_another = || from_phone(12, 2, &propose(2, "R"));
    check(&[first(), second(), of_another()], "Q2, R2");
    let file = fold(&[first(), of_another(), from_phone(13, 1, &propose(2, "S"))], &Union).file;
    assert_eq!(file.proposed.map(|(id, by, _)| (id, by)), Some((id(13), person(1))));
    // What somebody else's phone sent under the name corrects nothing.
    check(&[first(), tainted(second(), Reason::AuthorMismatch)], "P2, 11: AuthorMismatch");
}

#[test]
fn a_refused_proposal_does_not_come_back_in_older_words() {
    let versions = || vec![from_phone(10, 1, &propose(2, "P")), from_phone(11, 1, &propose(2, "Q"))];
    let with = |more: Vec<Logged>| [versions(), more].concat();
    check(&with(vec![from_desk(20, &judge(11, false))]), "11: Refused");
    check(&with(vec![from_desk(20, &judge(10, false))]), "Q2, 10: Refused");
    let corrected = vec![from_desk(20, &judge(11, false)), from_phone(12, 1, &propose(2, "R"))];
    check(&with(corrected), "R2, 11: Refused");
}

#[test]
fn a_withdrawn_proposal_never_was() {
    let proposed = |more: Vec<Logged>| {
        let two = vec![from_phone(10, 1, &propose(2, "P")), from_phone(11, 1, &propose(2, "Q"))];
        [two, vec![from_phone(12, 1, &Act::Visit(visit(3, "A")))], more].concat()
    };
    check(&proposed(vec![]), "Q2, 12: AwaitingApproval");
    check(&proposed(vec![from_phone(13, 1, &withdraw(11))]), "12: UnknownHousehold");
    check(&proposed(vec![from_phone(13, 1, &withdraw(10))]), "12: UnknownHousehold");
    // Only their own word; and what another proposed stays.
    check(&proposed(vec![from_phone(13, 2, &withdraw(11))]), "Q2, 12: AwaitingApproval, 13: AbsentTarget");
    let of_another = vec![from_phone(9, 2, &propose(2, "R")), from_phone(13, 1, &withdraw(11))];
    check(&proposed(of_another), "R2, 12: AwaitingApproval");
    // What has become a file is taken back only with the desk's word.
    let approved = || vec![from_desk(201, &register(5, 1, "")), from_phone(13, 1, &withdraw(11))];
    check(&proposed(approved()), "visit 12 v12 on 3, A3, 13: NotAllowed");
    let agreed = [approved(), vec![from_desk(20, &judge(13, true))]].concat();
    check(&proposed(agreed), "12: NoSeat");
}

#[test]
fn what_was_confirmed_at_the_door_stands_by_itself() {
    let stated = || from_phone(10, 1, &Act::Visit(visit(2, "B")));
    let confirmed = || from_phone(11, 1, &Act::Visit(unchanged(4, "B")));
    let file = |more: Vec<Logged>| [vec![from_desk(203, &register(0, 1, "A"))], with_file(more)].concat();
    let visits = "visit 11 v11 on 4";
    check(&file(vec![stated(), confirmed()]), &format!("visit 10 v10 on 2, {visits}, B4"));
    // The phone had not heard that it was taken back: what was shown and confirmed is a rival.
    let withdrawn = vec![stated(), confirmed(), from_phone(12, 1, &withdraw(10))];
    check(&file(withdrawn), &format!("{visits}, A0, B4"));
    // Whoever's words are erased: of another erasure, of one of its own words, and of none, what stands is the same.
    check(&file(vec![confirmed(), from_desk(30, &erase([10]))]), &format!("{visits}, A0, B4"));
    check(&file(vec![confirmed(), from_desk(30, &erase([99]))]), &format!("{visits}, A0, B4"));
    check(&file(vec![confirmed()]), &format!("{visits}, A0, B4"));
}
