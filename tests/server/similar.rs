//! Before a file is opened: what resembles it, as far as whoever asks may see it.

use domain::entry::{Act, Propose, Register};
use domain::id::HouseholdId;
use domain::seat::Seat;
use domain::slot::{Slot, Value, Values};
use domain::value::NameValue;
use protocol::office::{HouseholdList, Likeness, ProposalRow, Similar, SimilarAsked};
use protocol::sign_in::{Role, SessionKind};

use crate::browser::Browser;
use crate::field::{Phone, assign, household, put_down, register};
use crate::world::{ABROAD, NORTH, ROOT, SOUTH, World, today, unit};

fn named(name: &str) -> Values {
    Values::from([(Slot::Name, Value::Name(NameValue { text: name.to_owned(), ..NameValue::default() }))])
}

/// A union with one household in each place, and a helper of the northern one.
async fn filled(test: &str) -> World {
    let world = World::new(test).await;
    for (place, name) in [(NORTH, "覃秀英"), (SOUTH, "单田芳"), (ABROAD, "曾玉霞")] {
        let registrar = world.person(&format!("档案员{place}"), place, &[(Role::Registrar, place)]).await;
        let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
        put_down(&world, &mut desk, registrar, &[(household(place), register(place, name, today()))]).await;
    }
    world
}

/// The households found, each with the first thing they are alike in, and whether one lies elsewhere.
type Found<'a> = (&'a [(u8, Likeness)], bool);

async fn check(desk: &mut Browser, itself: Option<HouseholdId>, name: &str, expected: Found<'_>) {
    let asked = SimilarAsked { household: itself, id_number: None, stated: named(name) };
    let found: Similar = desk.post("/api/similar", &asked).await.ok();
    let households: Vec<_> = found.households.iter().map(|one| (one.row.id, one.alike[0])).collect();
    let wanted: Vec<_> = expected.0.iter().map(|(place, alike)| (household(*place), *alike)).collect();
    assert_eq!((households, found.elsewhere), (wanted, expected.1), "{name}");
}

#[tokio::test]
async fn what_resembles_a_household_is_shown_in_scope_and_hinted_at_beyond() {
    let world = filled("similar_scope").await;
    let mut whole = world.desk("档案员甲", Role::Registrar, ROOT).await;
    let mut north = world.desk("档案员乙", Role::Registrar, NORTH).await;
    check(&mut whole, None, "覃秀英", (&[(NORTH, Likeness::Name)], false)).await;
    check(&mut whole, None, "秦秀瑛", (&[(NORTH, Likeness::Sound)], false)).await;
    check(&mut whole, None, "单 田芳", (&[(SOUTH, Likeness::Name)], false)).await;
    check(&mut north, None, "单田芳", (&[], true)).await;
    check(&mut north, None, "覃秀英", (&[(NORTH, Likeness::Name)], false)).await;
    check(&mut north, Some(household(NORTH)), "覃秀英", (&[], false)).await;
    // Another union in the same office is nobody's business.
    check(&mut whole, None, "曾玉霞", (&[], false)).await;
    check(&mut whole, None, "", (&[], false)).await;
}

#[tokio::test]
async fn a_name_is_found_by_any_of_the_many_ways_to_read_it() {
    let world = World::new("similar_ways").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    put_down(&world, &mut desk, registrar, &[(household(1), register(NORTH, "善增悦众", today()))]).await;
    check(&mut desk, None, "单曾乐重", (&[(1, Likeness::Sound)], false)).await;
}

#[tokio::test]
async fn one_id_number_is_found_under_another_name_but_never_shown() {
    let world = World::new("similar_id").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let Act::Register(file) = register(NORTH, "覃秀英", today()) else { panic!("another act") };
    let number = "990000198011025736";
    let file = Act::Register(Register { id_number: Some(number.to_owned()), ..file });
    put_down(&world, &mut desk, registrar, &[(household(1), file)]).await;
    // The same number as it was written before 1999.
    for (typed, expected) in [(number, 1), ("990000801102573", 1), ("99000019730904525X", 0)] {
        let asked =
            SimilarAsked { household: None, id_number: Some(typed.to_owned()), stated: named("李建国") };
        let answer = desk.post("/api/similar", &asked).await;
        assert!(!answer.text.contains("801102573"), "{}", answer.text);
        let found: Similar = answer.ok();
        assert_eq!(found.households.len(), expected, "{typed}");
        assert!(found.households.iter().all(|one| one.alike == [Likeness::IdNumber]));
    }
    // By its last four signs, as pages show them, and by no other part of it.
    for (sought, expected) in [("5736", 1), ("573X", 0), ("1980", 0), ("736", 0)] {
        assert_eq!(sought_names(&mut desk, sought).await.len(), expected, "{sought}");
    }
}

#[tokio::test]
async fn whose_initials_are_sought_comes_before_those_in_whose_they_stand() {
    let world = World::new("similar_initials").await;
    let registrar = world.person("档案员甲", ROOT, &[(Role::Registrar, ROOT)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let names = ["董军莲", "金兰英", "金兰", "夏兰"];
    let file = |(name, at): (&str, u8)| (household(at), register(NORTH, name, today()));
    let files: Vec<_> = names.into_iter().zip(1..).map(file).collect();
    put_down(&world, &mut desk, registrar, &files).await;
    // 夏 is read jiǎ too.
    assert_eq!(sought_names(&mut desk, "jl").await, ["金兰", "夏兰", "金兰英", "董军莲"]);
    assert_eq!(
        sought_names(&mut desk, "%E5%85%B0").await,
        ["金兰英", "金兰", "夏兰"],
        "by a sign in the name"
    );
}

async fn sought_names(desk: &mut Browser, sought: &str) -> Vec<String> {
    let list: HouseholdList =
        desk.get(&format!("/api/households?unit={}&search={sought}", unit(ROOT))).await.ok();
    list.households.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn a_proposal_comes_with_what_resembles_it_and_its_finders_seat() {
    let world = filled("similar_proposal").await;
    let registrar = world.person("档案员丙", SOUTH, &[(Role::Registrar, SOUTH)]).await;
    let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
    let helper = world.person("帮扶人甲", SOUTH, &[(Role::Helper, SOUTH)]).await;
    put_down(&world, &mut desk, registrar, &[(household(SOUTH), assign(helper, today()))]).await;
    let mut phone = Phone::of(&world, helper, 9).await;
    for (number, name) in [(20, "覃秀英"), (21, "单田芳")] {
        let propose = Act::Propose(Propose {
            day: today(),
            unit: Some(unit(SOUTH)),
            stated: named(name),
            why: "刚下岗".to_owned(),
            rest: serde_json::Map::new(),
        });
        let record = phone.record(household(number), &propose);
        phone.deposit(&[record]).await;
    }
    let rows: Vec<ProposalRow> = desk.get(&format!("/api/proposals?unit={}", unit(SOUTH))).await.ok();
    let [far, near] = rows.as_slice() else { panic!("{} proposals", rows.len()) };
    assert_eq!((far.similar.households.len(), far.similar.elsewhere), (0, true));
    assert_eq!((near.similar.households[0].row.id, near.similar.elsewhere), (household(SOUTH), false));
    assert_eq!(near.author_seat, Some(Seat::Leader));
    // A second proposal of the same family resembles the first.
    let asked = SimilarAsked { household: None, id_number: None, stated: named("覃秀英") };
    let found: Similar = desk.post("/api/similar", &asked).await.ok();
    assert_eq!(found.households.first().map(|one| one.row.id), Some(household(20)));
}
