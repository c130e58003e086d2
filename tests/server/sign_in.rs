//! Signing in and out, the two cookies, how long they hold, and how guesses are slowed.

use protocol::desk::InvitationMade;
use protocol::sign_in::{Invitation, Join, Me, OfficeCard, Role, SessionKind, SignIn};

use crate::browser::{Answer, Browser};
use crate::world::{NOON_MS, NORTH, Set, World, folder};
use domain::id::DeviceId;
use server::auth::tries::Guess;
use server::settings::Data;
use server::store::{StoreError, Tx};

const PASSWORD: &str = "我家门前有棵大树";

fn sign_in(name: &str, password: &str, kind: SessionKind) -> SignIn {
    let device = (kind == SessionKind::Phone).then(|| DeviceId::from_bytes([7; 16]));
    SignIn { name: name.to_owned(), password: password.to_owned(), kind, device }
}

/// A helper who has set a password.
async fn joined(world: &World, name: &str) {
    let helper = world.person(name, NORTH, &[(Role::Helper, NORTH)]).await;
    let mut desk = world.desk(&format!("{name}的档案员"), Role::Registrar, NORTH).await;
    let made: InvitationMade = desk.post(&format!("/api/persons/{helper}/invite"), &()).await.ok();
    let token = made.link_path.trim_start_matches("/join#").to_owned();
    let join = Join {
        invitation: Invitation::Link { token },
        password: PASSWORD.to_owned(),
        kind: SessionKind::Desk,
        device: None,
    };
    world.stranger().post("/api/join", &join).await.ok::<Me>();
}

async fn try_in(browser: &mut Browser, name: &str, password: &str) -> Answer {
    browser.post("/api/sign-in", &sign_in(name, password, SessionKind::Phone)).await
}

#[tokio::test]
async fn who_signs_in_is_told_who_they_are() {
    let world = World::new("sign_in_me").await;
    joined(&world, "覃秀英").await;
    let mut phone = world.stranger();
    let me: Me = try_in(&mut phone, " 覃 秀英 ", PASSWORD).await.ok();
    assert_eq!((me.name.as_str(), me.kind, me.grants.len()), ("覃秀英", SessionKind::Phone, 1));
    assert!(me.is(Role::Helper));
    let again: Me = phone.get("/api/me").await.ok();
    assert_eq!(again.person, me.person);
    assert_eq!(again.key, world.office.keys().published());
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_look_the_same() {
    let world = World::new("sign_in_wrong").await;
    joined(&world, "覃秀英").await;
    let mut phone = world.stranger();
    let wrong = try_in(&mut phone, "覃秀英", "wrong password").await;
    let nobody = try_in(&mut phone, "没有此人", PASSWORD).await;
    wrong.refused(401, "wrong_name_or_password");
    assert_eq!(wrong.text, nobody.text);
    assert!(phone.cookie("session").is_none());
}

#[tokio::test]
async fn guesses_at_one_name_are_slowed_and_others_are_not() {
    let world = World::new("sign_in_guess").await;
    joined(&world, "覃秀英").await;
    joined(&world, "单田芳").await;
    let mut phone = world.stranger();
    // Another office on the same database, or the same one started again, counts on.
    let other = World::open(world.data.clone(), world.set.clone(), false).await;
    for router in [&world.router, &other.router, &other.router].repeat(2) {
        let mut browser = phone.at(router);
        try_in(&mut browser, "覃秀英", "wrong password").await.refused(401, "wrong_name_or_password");
    }
    let slowed = try_in(&mut phone, "覃秀英", PASSWORD).await;
    slowed.refused(429, "too_many_tries");
    assert_eq!(slowed.headers["retry-after"], "2");
    try_in(&mut phone, "单田芳", PASSWORD).await.ok::<Me>();
    world.set.pass(2_000);
    try_in(&mut phone, "覃秀英", PASSWORD).await.ok::<Me>();
}

#[tokio::test]
async fn trying_ten_thousand_names_frees_none_that_has_to_wait() {
    let world = World::empty("sign_in_many_names").await;
    let many = |tx: &Tx<'_>| {
        let sought = Guess::Password("覃秀英".to_owned());
        for _ in 0..6 {
            sought.admit(tx, NOON_MS)?.unwrap();
        }
        for nth in 0..10_000_i64 {
            let sql = "INSERT INTO guess (key, wrong, last_ms) VALUES (?1, 1, ?2)";
            tx.execute(sql, server::args![nth.to_be_bytes(), NOON_MS + 1])?;
        }
        Guess::Password("单田芳".to_owned()).admit(tx, NOON_MS + 1)?.unwrap();
        let kept = tx.count("SELECT count(*) FROM guess", &[])?;
        Ok::<_, StoreError>((kept, sought.admit(tx, NOON_MS + 1)?))
    };
    assert_eq!(world.office.db().write(many).await.unwrap(), (9_002, Err(1_999)));
}

#[tokio::test]
async fn cookies_are_secure_exactly_when_the_office_is() {
    for tls in [false, true] {
        let test = if tls { "cookies_tls" } else { "cookies_plain" };
        let world = World::open(Data { folder: folder(test) }, Set::new(), tls).await;
        let office: OfficeCard = world.stranger().get("/api/office").await.ok();
        assert_eq!(office.demo, None);
        let greeting = server::first_start::greet(&world.office, "https://office").await.unwrap();
        let token = greeting[0].rsplit('#').next().unwrap().to_owned();
        let join = Join {
            invitation: Invitation::Link { token },
            password: PASSWORD.to_owned(),
            kind: SessionKind::Desk,
            device: None,
        };
        let me: Me = world.stranger().post("/api/join", &join).await.ok();
        let sign_in = SignIn {
            name: me.name,
            password: PASSWORD.to_owned(),
            kind: SessionKind::Phone,
            device: Some(DeviceId::from_bytes([7; 16])),
        };
        let answer = world.stranger().post("/api/sign-in", &sign_in).await;
        let session = answer.set_cookie("session").unwrap();
        let deposit = answer.set_cookie("deposit").unwrap();
        let secure = if tls { "; Secure" } else { "" };
        assert!(
            session.ends_with(&format!("; Path=/api; Max-Age=2592000; HttpOnly; SameSite=Strict{secure}")),
            "{session}"
        );
        assert!(
            deposit.ends_with(&format!(
                "; Path=/api/deposit; Max-Age=34560000; HttpOnly; SameSite=Strict{secure}"
            )),
            "{deposit}"
        );
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

const HOUR_MS: i64 = 3_600_000;

#[tokio::test]
async fn a_desk_is_signed_out_after_twelve_hours() {
    let world = World::new("sign_in_desk").await;
    let mut desk = world.desk("主席甲", Role::Chair, NORTH).await;
    world.set.pass(11 * HOUR_MS);
    assert!(desk.get("/api/me").await.set_cookie("session").is_none(), "a desk is not renewed");
    world.set.pass(HOUR_MS);
    desk.get("/api/me").await.refused(401, "sign_in_needed");
}

#[tokio::test]
async fn a_phone_is_renewed_at_each_contact() {
    let world = World::new("sign_in_phone").await;
    let helper = world.person("帮扶人甲", NORTH, &[(Role::Helper, NORTH)]).await;
    let mut phone = world.signed_in(helper, SessionKind::Phone).await;
    for _ in 0..3 {
        world.set.pass(29 * 24 * HOUR_MS);
        assert!(phone.get("/api/me").await.set_cookie("session").is_some());
    }
    assert!(phone.get("/api/me").await.set_cookie("session").is_none(), "not twice within minutes");
    world.set.pass(30 * 24 * HOUR_MS);
    phone.get("/api/me").await.refused(401, "sign_in_needed");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leaves_the_deposit() {
    let world = World::new("sign_in_out").await;
    joined(&world, "覃秀英").await;
    let mut phone = world.stranger();
    try_in(&mut phone, "覃秀英", PASSWORD).await.ok::<Me>();
    let before = phone.clone();
    phone.post("/api/sign-out", &()).await.ok::<serde_json::Value>();
    assert!(phone.cookie("session").is_none() && phone.cookie("deposit").is_some());
    let mut kept = before;
    kept.get("/api/me").await.refused(401, "sign_in_needed");
}

#[tokio::test]
async fn no_secret_is_kept_as_it_is() {
    let world = World::new("sign_in_secrets").await;
    joined(&world, "覃秀英").await;
    let mut phone = world.stranger();
    try_in(&mut phone, "覃秀英", PASSWORD).await.ok::<Me>();
    let token = phone.cookie("session").unwrap().to_owned();
    let bytes = world.all_that_is_kept();
    let holds = |secret: &str| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
    assert!(holds("覃秀英"), "the search finds what is there");
    assert!(!holds(PASSWORD) && !holds(&token));
}
