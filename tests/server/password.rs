//! Who is signed in sets another password: what it ends, what goes on, and what is refused.

use domain::entry::Act;
use domain::id::{DeviceId, PersonId};
use protocol::sign_in::{ChangePassword, Me, Role, SessionKind, SignIn};
use server::store::{Reader, Row, StoreError};

use crate::browser::{Answer, Browser};
use crate::field::{Phone, household, visit};
use crate::world::{NORTH, World, today};

const OLD: &str = "我家门前有棵大树";
const NEW: &str = "后山的梨树开花了";

/// A helper with a password.
async fn helper(world: &World) -> PersonId {
    let person = world.person("覃秀英", NORTH, &[(Role::Helper, NORTH)]).await;
    world.give_password(person, OLD).await;
    person
}

async fn sign_in(browser: &mut Browser, password: &str, kind: SessionKind) -> Answer {
    let device = (kind == SessionKind::Phone).then(|| DeviceId::from_bytes([7; 16]));
    let asked = SignIn { name: "覃秀英".to_owned(), password: password.to_owned(), kind, device };
    browser.post("/api/sign-in", &asked).await
}

async fn change(browser: &mut Browser, password: &str, new_password: &str) -> Answer {
    let asked = ChangePassword { password: password.to_owned(), new_password: new_password.to_owned() };
    browser.post("/api/password", &asked).await
}

/// What is on record of passwords.
async fn on_record(world: &World) -> Vec<(Option<PersonId>, String)> {
    let rows = |reader: &Reader<'_>| {
        let sql =
            "SELECT person, act FROM audit WHERE act IN ('password', 'sign_in_refused') ORDER BY number";
        reader.all(sql, &[], |row: &Row<'_>| Ok::<_, StoreError>((row.get(0)?, row.get(1)?)))
    };
    world.office.db().read(rows).await.unwrap()
}

#[tokio::test]
async fn the_new_one_holds_and_whatever_else_is_signed_in_is_so_no_longer() {
    let world = World::new("password_changed").await;
    let person = helper(&world).await;
    let mut desk = world.stranger();
    sign_in(&mut desk, OLD, SessionKind::Desk).await.ok::<Me>();
    let mut phone = world.stranger();
    sign_in(&mut phone, OLD, SessionKind::Phone).await.ok::<Me>();
    let mut chair = world.desk("主席甲", Role::Chair, NORTH).await;
    let me: Me = change(&mut desk, OLD, NEW).await.ok();
    assert_eq!((me.person, me.kind), (person, SessionKind::Desk));
    assert_eq!(desk.get("/api/me").await.ok::<Me>().person, person);
    phone.get("/api/me").await.refused(401, "sign_in_needed");
    chair.get("/api/me").await.ok::<Me>();
    sign_in(&mut world.stranger(), OLD, SessionKind::Desk).await.refused(401, "wrong_name_or_password");
    sign_in(&mut phone, NEW, SessionKind::Phone).await.ok::<Me>();
    let person = Some(person);
    let record = [(person, "password".to_owned()), (person, "sign_in_refused".to_owned())];
    assert_eq!(on_record(&world).await, record);
}

#[tokio::test]
async fn a_phone_that_it_signed_out_still_brings_what_it_has() {
    let world = World::new("password_deposit").await;
    let person = helper(&world).await;
    let mut phone = Phone::of(&world, person, 7).await;
    phone.browser = world.stranger();
    sign_in(&mut phone.browser, OLD, SessionKind::Phone).await.ok::<Me>();
    let mut desk = world.signed_in(person, SessionKind::Desk).await;
    change(&mut desk, OLD, NEW).await.ok::<Me>();
    phone.browser.get("/api/me").await.refused(401, "sign_in_needed");
    let record = phone.record(household(1), &Act::Visit(visit(today())));
    phone.deposit(&[record]).await;
}

#[tokio::test]
async fn a_wrong_present_one_is_slowed_like_a_sign_in_and_changes_nothing() {
    let world = World::new("password_wrong").await;
    helper(&world).await;
    let mut desk = world.stranger();
    sign_in(&mut desk, OLD, SessionKind::Desk).await.ok::<Me>();
    for _ in 0..6 {
        change(&mut desk, "wrong password", NEW).await.refused(401, "wrong_name_or_password");
    }
    let slowed = change(&mut desk, OLD, NEW).await;
    slowed.refused(429, "too_many_tries");
    assert_eq!(slowed.headers["retry-after"], "2");
    sign_in(&mut world.stranger(), OLD, SessionKind::Desk).await.refused(429, "too_many_tries");
    world.set.pass(2_000);
    sign_in(&mut world.stranger(), OLD, SessionKind::Desk).await.ok::<Me>();
    change(&mut desk, OLD, NEW).await.ok::<Me>();
}

#[tokio::test]
async fn a_new_one_that_is_easy_to_guess_is_refused_before_it_costs_a_try() {
    let world = World::new("password_easy").await;
    let person = helper(&world).await;
    let mut desk = world.signed_in(person, SessionKind::Desk).await;
    for _ in 0..9 {
        change(&mut desk, OLD, "12345678").await.refused(422, "password_too_common");
    }
    change(&mut desk, OLD, "短").await.refused(422, "password_too_short");
    change(&mut desk, OLD, NEW).await.ok::<Me>();
}

#[tokio::test]
async fn who_has_none_as_in_a_demonstration_has_none_to_change() {
    let world = World::new("password_none").await;
    let mut desk = world.desk("主席甲", Role::Chair, NORTH).await;
    change(&mut desk, "", NEW).await.refused(403, "not_allowed");
    assert_eq!(on_record(&world).await, []);
}
