//! What a roster brought is seen on the household's page: its other columns, where a value comes from, a category
//! nobody knows, and the number nobody shows.

use domain::slot::Slot;
use protocol::office::{HouseholdList, HouseholdsQuery, RosterCell};

use super::desk::Desk;
use super::{HEAD, ID, first};
use crate::world::{ROOT, today, unit};

async fn found(desk: &mut Desk, asked: &str) -> Vec<(String, String)> {
    let list: HouseholdList =
        desk.browser.get(&format!("/api/households?unit={}&{asked}", unit(ROOT))).await.ok();
    list.households.into_iter().map(|row| (row.name, row.category_written)).collect()
}

#[tokio::test]
async fn what_no_field_takes_stands_on_the_page_and_no_roster_was_at_the_door() {
    let mut desk = Desk::of("written_page").await;
    let day = today().plus(-30);
    desk.take_in(&first(), Some(day)).await;
    let file = desk.file("张山").await;
    let written = file.written.unwrap();
    let cell = |header: &str, text: &str| RosterCell { header: header.to_owned(), text: text.to_owned() };
    assert_eq!((written.day, written.file_name.as_str()), (day, "花名册.csv"));
    assert_eq!(written.cells, [cell("备注", "会木工")]);
    let name = &file.card.standings[&Slot::Name].values[0];
    assert!(file.of_rosters.contains(&name.entry), "{:?}", file.of_rosters);
    assert_eq!(name.by, domain::import::ROSTER, "whoever took it in was at nobody's door");
    assert!(desk.file("李水").await.written.unwrap().cells.is_empty());
}

#[tokio::test]
async fn a_category_nobody_knows_is_listed_as_it_was_written() {
    let mut desk = Desk::of("written_category").await;
    desk.take_in(&format!("{HEAD}张山,,,,,特特困,,甲路1号,,,,,\n"), Some(today())).await;
    let expected = ("张山".to_owned(), "特特困".to_owned());
    assert_eq!(found(&mut desk, "show=without_category").await, [expected]);
}

#[tokio::test]
async fn a_household_is_found_by_its_whole_id_number_or_its_tail_and_shows_the_tail_alone() {
    let mut desk = Desk::of("written_id").await;
    desk.take_in(&first(), Some(today())).await;
    let (head, tail) = ID.split_at(ID.len() - 4);
    for (words, count) in
        [(ID.to_owned(), 1), (format!("{head} {tail}"), 1), (head.to_owned(), 0), (tail.to_owned(), 1)]
    {
        let asked =
            HouseholdsQuery { unit: unit(ROOT).to_string(), search: words.clone(), ..Default::default() };
        let list: HouseholdList = desk.browser.post("/api/households", &asked).await.ok();
        assert_eq!(list.total, count, "{words}");
    }
    // Nobody is found by one in an address: there it would stay in histories and logs.
    assert_eq!(found(&mut desk, &format!("search={ID}")).await, []);
    let household = desk.household("张山").await;
    let body: serde_json::Value = desk.browser.get(&format!("/api/households/{household}")).await.ok();
    assert_eq!(body["id_tail"], tail);
    assert!(!body.to_string().contains(ID), "the whole number is nobody's to read here");
}
