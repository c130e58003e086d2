//! A database moved from its file into a PostgreSQL: the same figures, and phones notice nothing.

use domain::entry::Act;
use domain::file::Status;
use domain::id::UnitId;
use protocol::changes::ChangesPage;
use protocol::sign_in::{Grant, Role, SessionKind};
use server::demo;
use server::error::ApiError;
use server::moving;
use server::settings::{Data, Move};
use server::store::Url;

use crate::browser::Browser;
use crate::deposit::Visited;
use crate::field::{Phone, household, visit};
use crate::world::{NOON_MS, ON_POSTGRES, World, commanded, folder, stands_for, today};

/// What a chair sees, page by page.
async fn seen(desk: &mut Browser, top: UnitId) -> Vec<String> {
    let mut pages = Vec::new();
    for path in [
        "coverage",
        "households",
        "households?search=%E7%8E%8B",
        "households?search=wx",
        "households?show=overdue",
        "needs",
        "needs?open=0",
        "alerts",
        "rivals",
        "pairs",
        "quarantine",
        "proposals",
        "phones",
        "persons",
        "helpers",
    ] {
        let sign = if path.contains('?') { '&' } else { '?' };
        let answer = desk.get(&format!("/api/{path}{sign}unit={top}")).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.text);
        pages.push(answer.text);
    }
    pages
}

#[tokio::test]
async fn after_the_move_figures_are_the_same_and_phones_go_on() {
    if ON_POSTGRES {
        // It is a file that is moved: once, from the other program.
        return;
    }
    let mut visited = Visited::new("move_from").await;
    let union = demo::make(7, today());
    let top = union.units[0].id;
    let is_chair = |grant: &Grant| grant.role == Role::Chair && grant.unit == top;
    let chair = union.persons.iter().find(|person| person.grants.iter().any(is_chair)).unwrap().id;
    let fill = move |tx: &server::store::Tx<'_>| demo::write(tx, &union, today(), NOON_MS);
    visited.world.office.db().write::<_, ApiError, _>(fill).await.unwrap();
    let mut desk = visited.world.signed_in(chair, SessionKind::Desk).await;
    let sent = visited.phone.record(household(1), &Act::Visit(visit(today().plus(-1))));
    let before = visited.phone.deposit(std::slice::from_ref(&sent)).await;
    let page: ChangesPage = visited.phone.browser.get("/api/changes").await.ok();
    let queued = visited.phone.record(household(1), &Act::Visit(visit(today())));

    let address = kit::postgres::database(None).unwrap();
    let asked = Move { folder: visited.world.data.folder.clone(), url: Url::from(address.as_str()) };
    let said = commanded(|| moving::run(&asked, visited.world.set.as_ref())).unwrap();
    assert!(said.contains(&format!("up to rev {}", before.head.rev)), "{said}");
    let again = commanded(|| moving::run(&asked, visited.world.set.as_ref())).unwrap_err().to_string();
    assert!(again.contains("something in it already"), "{again}");

    let data = Data { folder: folder("move_to") };
    std::fs::create_dir_all(data.keys()).unwrap();
    std::fs::copy(visited.world.data.keys().join("office.json"), data.keys().join("office.json")).unwrap();
    stands_for(&data.folder, address);
    let moved = World::open(data, visited.world.set.clone(), false).await;
    for (one, other) in seen(&mut desk.at(&moved.router), top).await.iter().zip(seen(&mut desk, top).await) {
        assert_eq!(*one, other);
    }
    let mut phone = Phone { browser: visited.phone.browser.at(&moved.router), ..visited.phone };
    let cursor = page.cursor;
    let path = format!("/api/changes?epoch={}&rev={}&chain={}", cursor.epoch, cursor.rev, cursor.chain);
    let next: ChangesPage = phone.browser.get(&path).await.ok();
    assert!(next.cards.is_empty() && next.head == page.head, "the cursor holds: {:?}", next.cards);
    let answer = phone.deposit(&[sent, queued]).await;
    assert_eq!(answer.receipts[0], before.receipts[0]);
    assert_eq!(answer.receipts[1].status, Status::Projected);
    assert_eq!((answer.head.epoch, answer.receipts[1].rev > before.head.rev), (before.head.epoch, true));
}
