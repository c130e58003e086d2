//! A branch invited at once, who answers for whom, and people who leave.

use domain::day::Day;
use domain::entry::Act;
use domain::id::PersonId;
use domain::seat::{Assign, Seat};
use protocol::desk::{InvitationMade, Invite, Invited, PersonChange, PersonRow, Standing};
use protocol::office::{CoverageReport, DeskEntries, HouseholdFile, HouseholdList};
use protocol::seats::{HelperLoad, PersonSeats};
use protocol::sign_in::{Grant, Invitation, Join, Me, Role, SessionKind};

use crate::field::{Phone, assign, desk_entry, household, put_down, register, visit};
use crate::world::{NORTH, ROOT, SOUTH, World, today, unit};

#[tokio::test]
async fn a_branch_is_invited_at_once_and_each_comes_in_by_their_own() {
    let world = World::new("people_invite").await;
    let one = world.person("覃秀英", NORTH, &[(Role::Helper, NORTH)]).await;
    let two = world.person("单玉琴", NORTH, &[(Role::Helper, NORTH)]).await;
    let far = world.person("韦南", SOUTH, &[(Role::Helper, SOUTH)]).await;
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    let all = Invite { persons: vec![one, two, far] };
    desk.post("/api/invitations", &all).await.refused(404, "not_found");
    assert_eq!(person(&mut desk, "覃秀英").await.standing, Standing::NotInvited, "all or none");
    let both = Invite { persons: vec![one, two] };
    let made: Vec<Invited> = desk.post("/api/invitations", &both).await.ok();
    let shown: Vec<_> = made.iter().map(|one| (one.name.as_str(), one.unit_name.as_str())).collect();
    assert_eq!(shown, [("覃秀英", "北山林场"), ("单玉琴", "北山林场")]);
    assert_ne!(made[0].invitation.code, made[1].invitation.code);
    let row = person(&mut desk, "覃秀英").await;
    assert!(matches!(row.standing, Standing::Invited { .. }) && row.invited_ms.is_some());
    for one in &made {
        let by = Invitation::Code { name: one.name.clone(), code: one.invitation.code.clone() };
        let join = Join {
            invitation: by,
            password: "矿灯照着回家的路".to_owned(),
            kind: SessionKind::Phone,
            device: None,
        };
        assert_eq!(world.stranger().post("/api/join", &join).await.ok::<Me>().person, one.person);
    }
    let noted = |reader: &server::store::Reader<'_>| {
        reader.count("SELECT count(*) FROM audit WHERE act = 'invite'", &[])
    };
    let noted: Result<i64, server::store::StoreError> = world.office.db().read(noted).await;
    assert_eq!(noted.unwrap(), 2);
    let too_many = Invite { persons: vec![one; 501] };
    desk.post("/api/invitations", &too_many).await.refused(413, "too_large");
}

#[tokio::test]
async fn who_answers_for_whom_is_counted_and_listed() {
    let world = World::new("people_seats").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let busy = world.person("覃国栋", NORTH, &[(Role::Helper, NORTH)]).await;
    let idle = world.person("韦桂芳", NORTH, &[(Role::Helper, NORTH)]).await;
    let second = Assign { seat: Seat::LineManager, person: Some(idle), from: today().plus(10), until: None };
    let acts = [
        (household(1), register(NORTH, "覃秀英", today())),
        (household(1), assign(busy, today())),
        (household(1), Act::Assign(second)),
        (household(2), register(SOUTH, "单玉琴", today())),
        (household(2), assign(busy, today().plus(-5))),
    ];
    put_down(&world, &mut desk, registrar, &acts).await;
    let loads = |at: u8| format!("/api/helpers?unit={}", unit(at));
    let all: Vec<HelperLoad> = desk.get(&loads(ROOT)).await.ok();
    let counted: Vec<_> = all.iter().map(|load| (load.name.as_str(), load.households, load.seats)).collect();
    assert_eq!(counted, [("覃国栋", 2, [2, 0, 0]), ("韦桂芳", 0, [0, 0, 0])], "later is not yet");
    let north: Vec<HelperLoad> = desk.get(&loads(NORTH)).await.ok();
    assert_eq!(north[0].households, 1);
    let seats: PersonSeats = desk.get(&format!("/api/persons/{busy}/seats")).await.ok();
    let named: Vec<_> =
        seats.seats.iter().map(|held| (held.name.as_str(), held.from, held.others.len())).collect();
    assert_eq!(named, [("覃秀英", today(), 1), ("单玉琴", today().plus(-5), 0)]);
    let mut branch = world.desk("档案员乙", Role::Registrar, NORTH).await;
    let part: PersonSeats = branch.get(&format!("/api/persons/{busy}/seats")).await.ok();
    assert_eq!((part.seats.len(), part.beyond), (1, 1));
    let mut far = world.desk("档案员丙", Role::Registrar, SOUTH).await;
    far.get(&format!("/api/persons/{idle}/seats")).await.refused(404, "not_found");
}

#[tokio::test]
async fn where_visits_wait_is_counted_for_each_helper_and_listed() {
    let world = World::new("people_late").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let one = world.person("覃国栋", NORTH, &[(Role::Helper, NORTH)]).await;
    let other = world.person("韦桂芳", NORTH, &[(Role::Helper, NORTH)]).await;
    let ages_ago = today().plus(-400);
    let ended =
        Assign { seat: Seat::Leader, person: Some(one), from: ages_ago, until: Some(today().plus(-1)) };
    let twice = Assign { seat: Seat::LineManager, person: Some(one), from: ages_ago, until: None };
    let acts = [
        // Never visited; in two seats at once, and one household all the same.
        (household(1), register(NORTH, "覃秀英", ages_ago)),
        (household(1), assign(one, ages_ago)),
        (household(1), Act::Assign(twice)),
        // Visited, and due again.
        (household(2), register(SOUTH, "单玉琴", ages_ago)),
        (household(2), assign(one, ages_ago)),
        // Not due yet; and no more theirs.
        (household(3), register(NORTH, "蒙小荷", today())),
        (household(3), assign(one, today())),
        (household(4), register(NORTH, "韦南", ages_ago)),
        (household(4), Act::Assign(ended)),
    ];
    put_down(&world, &mut desk, registrar, &acts).await;
    let mut phone = Phone::of(&world, one, 9).await;
    let record = phone.record(household(2), &Act::Visit(visit(today().plus(-300))));
    phone.deposit(&[record]).await;
    let loads = |at: u8| format!("/api/helpers?unit={}", unit(at));
    let late = |loads: Vec<HelperLoad>| {
        loads.into_iter().map(|load| (load.name, load.households, load.late)).collect::<Vec<_>>()
    };
    let all = late(desk.get(&loads(ROOT)).await.ok());
    assert_eq!(all, [("覃国栋".to_owned(), 3, 2), ("韦桂芳".to_owned(), 0, 0)]);
    assert_eq!(late(desk.get(&loads(NORTH)).await.ok())[0], ("覃国栋".to_owned(), 2, 1));
    let list =
        |at: u8, helper: PersonId| format!("/api/households?unit={}&show=late&helper={helper}", unit(at));
    let listed: HouseholdList = desk.get(&list(ROOT, one)).await.ok();
    let names: Vec<_> = listed.households.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((names, listed.helper_name.as_str()), (vec!["覃秀英", "单玉琴"], "覃国栋"));
    assert_eq!(desk.get(&list(NORTH, one)).await.ok::<HouseholdList>().total, 1);
    assert_eq!(desk.get(&list(ROOT, other)).await.ok::<HouseholdList>().total, 0);
    // Who is out of scope has no name, until they answer for somebody who is in it.
    let mut branch = world.desk("档案员乙", Role::Registrar, SOUTH).await;
    assert_eq!(branch.get(&list(SOUTH, one)).await.ok::<HouseholdList>().helper_name, "覃国栋");
    assert_eq!(branch.get(&list(SOUTH, other)).await.ok::<HouseholdList>().helper_name, "");
    assert_eq!(desk.get(&list(SOUTH, other)).await.ok::<HouseholdList>().helper_name, "韦桂芳");
    desk.get(&format!("/api/households?unit={}&helper=nobody", unit(ROOT))).await.refused(404, "not_found");
}

#[tokio::test]
async fn people_stand_as_they_are_read_and_are_found_by_it() {
    let world = World::new("people_order").await;
    for name in ["赵江", "覃秀英", "安娜", "单玉琴", "钱一"] {
        world.person(name, NORTH, &[(Role::Helper, NORTH)]).await;
    }
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    let rows: Vec<PersonRow> = desk.get(&format!("/api/persons?unit={}", unit(NORTH))).await.ok();
    let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
    let read = ["安娜", "档案员甲", "钱一", "覃秀英", "单玉琴", "赵江"];
    assert_eq!(names, read);
    for sound in ["qxy", "txy", "qinxiuying", "tanxiuying"] {
        assert!(rows[3].pinyin.iter().any(|one| one == sound), "{sound}: {:?}", rows[3].pinyin);
    }
    let loads: Vec<HelperLoad> = desk.get(&format!("/api/helpers?unit={}", unit(NORTH))).await.ok();
    let names: Vec<_> = loads.iter().map(|load| load.name.as_str()).collect();
    assert_eq!(names, ["安娜", "钱一", "覃秀英", "单玉琴", "赵江"]);
}

#[tokio::test]
async fn three_seats_are_three_people_or_the_household_is_listed() {
    let world = World::new("people_three").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let mut helpers = Vec::new();
    for name in ["覃国栋", "韦桂芳", "单玉琴"] {
        helpers.push(world.person(name, NORTH, &[(Role::Helper, NORTH)]).await);
    }
    let sits = |seat, person| Act::Assign(Assign { seat, person: Some(person), from: today(), until: None });
    let mut acts = vec![(household(1), register(NORTH, "覃秀英", today()))];
    acts.extend(Seat::ALL.into_iter().zip(&helpers).map(|(seat, one)| (household(1), sits(seat, *one))));
    put_down(&world, &mut desk, registrar, &acts).await;
    assert_eq!(without_three(&mut desk).await, (0, Vec::<String>::new()));
    // Whoever leaves hands over to one of the other two.
    put_down(&world, &mut desk, registrar, &[(household(1), sits(Seat::LineManager, helpers[0]))]).await;
    assert_eq!(without_three(&mut desk).await, (1, vec!["覃秀英".to_owned()]));
}

#[tokio::test]
async fn what_an_older_office_counted_is_counted_anew_when_it_opens() {
    let world = World::new("people_fold").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let mut acts = vec![(household(1), register(NORTH, "覃秀英", today()))];
    for (seat, name) in Seat::ALL.into_iter().zip(["覃国栋", "韦桂芳", "单玉琴"]) {
        let person = world.person(name, NORTH, &[(Role::Helper, NORTH)]).await;
        acts.push((
            household(1),
            Act::Assign(Assign { seat, person: Some(person), from: today(), until: None }),
        ));
    }
    acts.push((household(2), register(NORTH, "韦南", today())));
    put_down(&world, &mut desk, registrar, &acts).await;
    assert_eq!(without_three(&mut desk).await.0, 1);
    let older = |tx: &server::store::Tx<'_>| {
        let args = [household(2), household(1)];
        let sql = "UPDATE household SET figures = (SELECT h.figures FROM household h WHERE h.id = ?1) WHERE id = ?2";
        tx.execute(sql, server::args![args[0], args[1]])?;
        tx.execute("UPDATE meta SET fold = 0", &[]).map(drop)
    };
    let wrong: Result<(), server::store::StoreError> = world.office.db().write(older).await;
    wrong.unwrap();
    assert_eq!(without_three(&mut desk).await.0, 2);
    let _upgraded = World::open(world.data.clone(), world.set.clone(), false).await;
    assert_eq!(without_three(&mut desk).await.0, 1);
}

/// How many households lack three people, and which.
async fn without_three(desk: &mut crate::browser::Browser) -> (u32, Vec<String>) {
    let report: CoverageReport = desk.get(&format!("/api/coverage?unit={}", unit(ROOT))).await.ok();
    let list = format!("/api/households?unit={}&show=seats_empty", unit(ROOT));
    let list: HouseholdList = desk.get(&list).await.ok();
    (report.todo.seats_empty, list.households.into_iter().map(|row| row.name).collect())
}

#[tokio::test]
async fn who_stands_in_is_told_with_the_day_and_with_whose_seat_it_is() {
    stands_in("people_stand_in", today().plus(-9)).await;
}

#[tokio::test]
async fn who_stands_in_from_the_day_on_which_the_seat_was_given_stands_in_all_the_same() {
    stands_in("people_stand_in_at_once", today()).await;
}

/// Somebody stands in from today for whose seat it is since a day.
async fn stands_in(test: &str, given: Day) {
    let world = World::new(test).await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let own = world.person("覃国栋", NORTH, &[(Role::Helper, NORTH)]).await;
    let other = world.person("韦桂芳", NORTH, &[(Role::Helper, NORTH)]).await;
    let until = today().plus(9);
    let stands_in = Assign { seat: Seat::Leader, person: Some(other), from: today(), until: Some(until) };
    let acts = [
        (household(1), register(NORTH, "覃秀英", today().plus(-9))),
        (household(1), assign(own, given)),
        (household(1), Act::Assign(stands_in)),
    ];
    put_down(&world, &mut desk, registrar, &acts).await;
    let file: HouseholdFile = desk.get(&format!("/api/households/{}", household(1))).await.ok();
    let told: Vec<_> =
        file.seats.iter().map(|span| (span.name.as_str(), span.until, span.stands_in_for.as_str())).collect();
    assert_eq!(told, [("韦桂芳", Some(until), "覃国栋"), ("覃国栋", None, "")]);
    assert_eq!(file.seats[1].from, until.plus(1));
    // Who goes now is counted, and that it is for a while.
    let loads: Vec<HelperLoad> = desk.get(&format!("/api/helpers?unit={}", unit(ROOT))).await.ok();
    let counted: Vec<_> =
        loads.iter().map(|load| (load.name.as_str(), load.households, load.standing_in)).collect();
    assert_eq!(counted, [("覃国栋", 0, 0), ("韦桂芳", 1, 1)]);
    for (person, for_whom, meanwhile) in [(own, "", "韦桂芳"), (other, "覃国栋", "")] {
        let seats: PersonSeats = desk.get(&format!("/api/persons/{person}/seats")).await.ok();
        let held = &seats.seats[0];
        assert_eq!((held.stands_in_for.as_str(), held.meanwhile.as_str()), (for_whom, meanwhile));
    }
}

#[tokio::test]
async fn somebody_leaves_only_once_nobody_is_theirs_to_visit() {
    let world = World::new("people_leave").await;
    let registrar = world.person("档案员甲", NORTH, &[(Role::Registrar, NORTH)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let helper = world.person("覃国栋", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut phone = world.signed_in(helper, SessionKind::Phone).await;
    let acts = [(household(1), register(NORTH, "覃秀英", today())), (household(1), assign(helper, today()))];
    put_down(&world, &mut desk, registrar, &acts).await;
    let leave = format!("/api/persons/{helper}/leave");
    desk.post(&leave, &()).await.refused(409, "seats_held");
    let nobody = Assign { seat: Seat::Leader, person: None, from: today(), until: None };
    put_down(&world, &mut desk, registrar, &[(household(1), Act::Assign(nobody))]).await;
    phone.get("/api/me").await.ok::<Me>();
    assert!(desk.post(&leave, &()).await.ok::<PersonRow>().left_ms.is_some());
    // The phone is told, so that it drops its households; what it has not sent yet still comes in.
    phone.get("/api/me").await.refused(403, "left");
    phone.get("/api/changes").await.refused(403, "left");
    desk.post(&format!("/api/persons/{helper}/invite"), &()).await.refused(409, "person_left");
    let again = vec![desk_entry(&world, registrar, household(1), &assign(helper, today().plus(1)))];
    desk.post("/api/office", &DeskEntries { entries: again }).await.refused(409, "person_left");
    let list = format!("/api/persons?unit={}", unit(NORTH));
    let here: Vec<PersonRow> = desk.get(&list).await.ok();
    assert!(here.iter().all(|row| row.id != helper), "offered for nothing");
    let all: Vec<PersonRow> = desk.get(&format!("{list}&left=1")).await.ok();
    assert!(all.iter().any(|row| row.id == helper && row.grants.is_empty()));
    let back: PersonRow = desk.post(&format!("/api/persons/{helper}/return"), &()).await.ok();
    assert_eq!((back.left_ms, back.standing), (None, Standing::NotInvited));
    phone.get("/api/me").await.refused(401, "sign_in_needed");
    desk.post(&format!("/api/persons/{helper}/invite"), &()).await.ok::<InvitationMade>();
    let admin = world.desk("管理员乙", Role::Admin, ROOT).await.get("/api/me").await.ok::<Me>().person;
    desk.post(&format!("/api/persons/{admin}/leave"), &()).await.refused(404, "not_found");
}

async fn person(desk: &mut crate::browser::Browser, name: &str) -> PersonRow {
    let rows: Vec<PersonRow> = desk.get(&format!("/api/persons?unit={}", unit(NORTH))).await.ok();
    rows.into_iter().find(|row| row.name == name).unwrap()
}

#[tokio::test]
async fn two_of_one_name_are_told_apart_and_it_is_said_why_seats_lack_somebody() {
    let world = World::new("people_namesakes").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let one = world.person("覃国栋", NORTH, &[(Role::Helper, NORTH)]).await;
    let other = world.person("韦桂芳", NORTH, &[(Role::Helper, NORTH)]).await;
    let change = PersonChange {
        name: "覃国栋".to_owned(),
        sign_in_name: "覃国栋2".to_owned(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: vec![Grant { role: Role::Helper, unit: unit(NORTH) }],
    };
    let seat = |seat, person| Act::Assign(Assign { seat, person: Some(person), from: today(), until: None });
    let acts = [
        (household(1), register(NORTH, "覃秀英", today())),
        (household(1), assign(one, today())),
        (household(1), seat(Seat::UnionOfficer, other)),
        (household(1), seat(Seat::LineManager, other)),
    ];
    put_down(&world, &mut desk, registrar, &acts).await;
    let file = format!("/api/households/{}", household(1));
    let names = |file: HouseholdFile| file.card.seats.into_iter().map(|seat| seat.name).collect::<Vec<_>>();
    assert_eq!(names(desk.get(&file).await.ok()), ["覃国栋", "韦桂芳", "韦桂芳"]);
    desk.put(&format!("/api/persons/{other}"), &change).await.ok::<serde_json::Value>();
    assert_eq!(
        names(desk.get(&file).await.ok()),
        ["覃国栋（1234）", "覃国栋（覃国栋2）", "覃国栋（覃国栋2）"]
    );
    let rows: Vec<PersonRow> = desk.get(&format!("/api/persons?unit={}", unit(NORTH))).await.ok();
    let tails: Vec<_> = rows.iter().map(|row| (row.sign_in_name.as_str(), row.tail())).collect();
    assert!(
        tails.contains(&("覃国栋", Some("1234".to_owned()))) && tails.contains(&("覃国栋2", None)),
        "{tails:?}"
    );
    let made: Vec<Invited> = desk.post("/api/invitations", &Invite { persons: vec![one] }).await.ok();
    assert_eq!(made[0].tail.as_deref(), Some("1234"));
    let list: HouseholdList =
        desk.get(&format!("/api/households?unit={}&show=seats_empty", unit(ROOT))).await.ok();
    let [row] = list.households.as_slice() else { panic!("{list:?}") };
    assert_eq!((row.helpers.len(), row.people), (3, 2), "one sits in two seats");
}
