//! Invitations: what spends them, what does not, and how guessed digits are slowed.

use protocol::desk::{InvitationMade, PersonChange, PersonRow, Standing};
use protocol::sign_in::{Grant, Invitation, InvitationFor, Join, LookAtInvitation, Me, Role, SessionKind};

use crate::browser::{Answer, Browser};
use crate::field::{Phone, household, visit};
use crate::world::{NORTH, World, today, unit};
use domain::entry::Act;
use domain::id::{DeviceId, PersonId};

const PASSWORD: &str = "我家门前有棵大树";

struct Invited {
    world: World,
    desk: Browser,
    person: PersonId,
    made: InvitationMade,
}

impl Invited {
    async fn new(test: &str) -> Self {
        let world = World::new(test).await;
        let person = world.person("覃秀英", NORTH, &[(Role::Helper, NORTH)]).await;
        let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
        let made = desk.post(&format!("/api/persons/{person}/invite"), &()).await.ok();
        Self { world, desk, person, made }
    }

    fn link(&self) -> Invitation {
        Invitation::Link { token: self.made.link_path.trim_start_matches("/join#").to_owned() }
    }

    fn code(&self) -> Invitation {
        Invitation::Code { name: "覃秀英".to_owned(), code: self.made.code.clone() }
    }

    /// Digits that are not the right ones.
    fn wrong(&self) -> Invitation {
        let first = if self.made.code.starts_with('1') { '2' } else { '1' };
        Invitation::Code { name: "覃秀英".to_owned(), code: format!("{first}{}", &self.made.code[1..]) }
    }

    async fn look(&self, invitation: Invitation) -> Answer {
        self.world.stranger().post("/api/join/look", &LookAtInvitation { invitation }).await
    }

    async fn join(&self, invitation: Invitation, password: &str) -> Answer {
        let join = Join { invitation, password: password.to_owned(), kind: SessionKind::Phone, device: None };
        self.world.stranger().post("/api/join", &join).await
    }

    async fn standing(&mut self) -> Standing {
        let rows: Vec<PersonRow> = self.desk.get(&format!("/api/persons?unit={}", unit(NORTH))).await.ok();
        rows.into_iter().find(|row| row.id == self.person).unwrap().standing
    }
}

#[tokio::test]
async fn looking_spends_nothing_and_joining_spends_it() {
    let mut invited = Invited::new("invite_spend").await;
    assert_eq!(invited.made.code.len(), 8);
    for invitation in [invited.link(), invited.code(), invited.link()] {
        let shown: InvitationFor = invited.look(invitation).await.ok();
        assert_eq!((shown.name.as_str(), shown.helper, shown.desk), ("覃秀英", true, false));
    }
    assert!(matches!(invited.standing().await, Standing::Invited { .. }));
    invited.join(invited.link(), "12345678").await.refused(422, "password_too_common");
    invited.join(invited.link(), PASSWORD).await.ok::<Me>();
    assert_eq!(invited.standing().await, Standing::Joined);
    invited.look(invited.link()).await.refused(422, "invitation_spent");
    invited.join(invited.code(), PASSWORD).await.refused(422, "invitation_spent");
}

#[tokio::test]
async fn digits_may_be_typed_as_they_were_read_out() {
    let invited = Invited::new("invite_typed").await;
    let wide: String =
        invited.made.code.chars().map(|digit| char::from_u32(u32::from(digit) + 0xFEE0).unwrap()).collect();
    let (first, last) = invited.made.code.split_at(4);
    for code in [wide, format!("{first} {last}"), format!("{first}-{last}")] {
        let by = Invitation::Code { name: "覃 秀英".to_owned(), code };
        invited.look(by).await.ok::<InvitationFor>();
    }
}

#[tokio::test]
async fn it_ends_after_seven_days() {
    let mut invited = Invited::new("invite_days").await;
    invited.world.set.pass(7 * 24 * 3_600_000);
    invited.desk = invited.world.desk("档案员乙", Role::Registrar, NORTH).await;
    invited.look(invited.link()).await.ok::<InvitationFor>();
    invited.world.set.pass(1);
    invited.look(invited.link()).await.refused(422, "invitation_expired");
    invited.look(invited.code()).await.refused(422, "invitation_expired");
    assert_eq!(invited.standing().await, Standing::InvitationEnded);
}

#[tokio::test]
async fn five_wrong_tries_spend_it() {
    let mut invited = Invited::new("invite_five").await;
    for _ in 0..4 {
        invited.look(invited.wrong()).await.refused(422, "invitation_wrong");
    }
    invited.look(invited.code()).await.ok::<InvitationFor>();
    invited.look(invited.wrong()).await.refused(422, "invitation_spent");
    invited.look(invited.code()).await.refused(422, "invitation_spent");
    invited.look(invited.link()).await.refused(422, "invitation_spent");
    assert_eq!(invited.standing().await, Standing::InvitationEnded);
    let made: InvitationMade =
        invited.desk.post(&format!("/api/persons/{}/invite", invited.person), &()).await.ok();
    invited.made = made;
    invited.join(invited.code(), PASSWORD).await.ok::<Me>();
}

#[tokio::test]
async fn wrong_digits_are_slowed_across_the_office() {
    let invited = Invited::new("invite_slow").await;
    let guess =
        |number: u32| Invitation::Code { name: format!("路人{number}"), code: "00000000".to_owned() };
    for number in 0..11 {
        invited.look(guess(number)).await.refused(422, "invitation_wrong");
    }
    let slowed = invited.look(guess(99)).await;
    slowed.refused(429, "too_many_tries");
    assert_eq!(slowed.headers["retry-after"], "1");
    invited.look(invited.code()).await.refused(429, "too_many_tries");
    // A link is not guessed, so it is not slowed.
    invited.look(invited.link()).await.ok::<InvitationFor>();
    invited.world.set.pass(1_000);
    invited.look(invited.code()).await.ok::<InvitationFor>();
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_old_sessions_end() {
    let mut invited = Invited::new("invite_again").await;
    let device = DeviceId::from_bytes([9; 16]);
    let join = Join {
        invitation: invited.link(),
        password: PASSWORD.to_owned(),
        kind: SessionKind::Phone,
        device: Some(device),
    };
    let mut phone = invited.world.stranger();
    phone.post("/api/join", &join).await.ok::<Me>();
    invited.made = invited.desk.post(&format!("/api/persons/{}/invite", invited.person), &()).await.ok();
    phone.get("/api/me").await.ok::<Me>();
    invited.join(invited.code(), "换一个好记的口令").await.ok::<Me>();
    phone.get("/api/me").await.refused(401, "sign_in_needed");
    // What the phone holds still leaves it: the deposit's own cookie knows of no password.
    let key = invited.world.office.keys().published();
    let mut phone = Phone { browser: phone, person: invited.person, device, made: 0, shown: None, key };
    let record = phone.record(household(1), &Act::Visit(visit(today())));
    let answer = phone.deposit(std::slice::from_ref(&record)).await;
    assert_eq!(answer.receipts.first().map(|receipt| receipt.entry_hash), Some(record.entry_hash));
}

#[tokio::test]
async fn the_first_administrator_comes_in_by_a_link_and_nobody_after() {
    let world = World::empty("invite_first").await;
    let first = server::first_start::greet(&world.office, "http://127.0.0.1:8080").await.unwrap();
    let second = server::first_start::greet(&world.office, "http://127.0.0.1:8080").await.unwrap();
    assert!(first[0].starts_with("first administrator: http://127.0.0.1:8080/desk/join#"), "{first:?}");
    let join = |line: &str| Join {
        invitation: Invitation::Link { token: line.rsplit('#').next().unwrap().to_owned() },
        password: PASSWORD.to_owned(),
        kind: SessionKind::Desk,
        device: None,
    };
    world.stranger().post("/api/join", &join(&first[0])).await.refused(422, "invitation_wrong");
    let mut admin = world.stranger();
    let me: Me = admin.post("/api/join", &join(&second[0])).await.ok();
    assert!(me.is(Role::Admin) && me.is(Role::Registrar));
    assert_eq!(server::first_start::greet(&world.office, "http://x").await.unwrap(), Vec::<String>::new());
    let categories: Vec<domain::rules::Category> = admin.get("/api/categories").await.ok();
    assert_eq!(categories.len(), 6, "the mines' six are shipped");
}

/// A person beside [`Invited`]'s one, of the same name and another name to sign in with.
async fn namesake(invited: &mut Invited, roles: &[Role]) -> (PersonId, InvitationMade) {
    let id = invited.world.person("覃秀英乙", NORTH, &[]).await;
    let change = PersonChange {
        name: "覃秀英".to_owned(),
        sign_in_name: "覃秀英1521".to_owned(),
        unit: unit(NORTH),
        telephone: String::new(),
        grants: roles.iter().map(|role| Grant { role: *role, unit: unit(NORTH) }).collect(),
    };
    let mut admin = invited.world.desk("管理员壬", Role::Admin, NORTH).await;
    admin.put(&format!("/api/persons/{id}"), &change).await.ok::<serde_json::Value>();
    (id, admin.post(&format!("/api/persons/{id}/invite"), &()).await.ok())
}

#[tokio::test]
async fn of_two_of_one_name_the_digits_say_which() {
    let mut invited = Invited::new("invite_namesakes").await;
    let (other, made) = namesake(&mut invited, &[Role::Helper]).await;
    let by = |name: &str, code: &str| Invitation::Code { name: name.to_owned(), code: code.to_owned() };
    for name in ["覃秀英", "覃 秀英", "覃秀英1521"] {
        let shown: InvitationFor = invited.look(by(name, &made.code)).await.ok();
        assert_eq!((shown.name.as_str(), shown.called.as_deref()), ("覃秀英1521", Some("覃秀英")), "{name}");
    }
    invited.look(by("覃秀英1521", &invited.made.code)).await.refused(422, "invitation_wrong");
    let joined: Me = invited.join(by("覃秀英", &made.code), PASSWORD).await.ok();
    assert_eq!(joined.person, other);
    // Hers is spent, the other's is not: his digits still come in, and wrong ones count for him alone.
    invited.look(by("覃秀英", &made.code)).await.refused(422, "invitation_wrong");
    let joined: Me = invited.join(invited.code(), PASSWORD).await.ok();
    assert_eq!(joined.person, invited.person);
}

#[tokio::test]
async fn no_code_of_two_of_one_name_takes_more_than_five_wrong_tries() {
    let mut invited = Invited::new("invite_namesakes_five").await;
    let (_, made) = namesake(&mut invited, &[Role::Helper]).await;
    let other = |code: &str| Invitation::Code { name: "覃秀英1521".to_owned(), code: code.to_owned() };
    // Whoever types what only one of them signs in with, tries at that one's digits only.
    for _ in 0..4 {
        invited.look(other(&invited.made.code)).await.refused(422, "invitation_wrong");
    }
    invited.look(invited.wrong()).await.refused(422, "invitation_wrong");
    invited.look(other(&made.code)).await.refused(422, "invitation_spent");
    for _ in 0..3 {
        invited.look(invited.wrong()).await.refused(422, "invitation_wrong");
    }
    invited.look(invited.code()).await.ok::<InvitationFor>();
    invited.look(invited.wrong()).await.refused(422, "invitation_spent");
}

#[tokio::test]
async fn a_phone_spends_no_invitation_that_is_for_the_desk() {
    let mut invited = Invited::new("invite_desk").await;
    let (person, made) = namesake(&mut invited, &[Role::Chair]).await;
    assert!(made.is_for_desk() && made.address_path() == "/desk/", "{}", made.link_path);
    let by = || Invitation::Code { name: "覃秀英1521".to_owned(), code: made.code.clone() };
    let shown: InvitationFor = invited.look(by()).await.ok();
    assert!(shown.is_for_desk());
    invited.join(by(), PASSWORD).await.refused(403, "not_allowed");
    let join =
        Join { invitation: by(), password: PASSWORD.to_owned(), kind: SessionKind::Desk, device: None };
    let me: Me = invited.world.stranger().post("/api/join", &join).await.ok();
    assert_eq!(me.person, person);
    let (_, both) = namesake_of_both(&mut invited).await;
    assert!(!both.is_for_desk() && both.address_path() == "/", "{}", both.link_path);
}

async fn namesake_of_both(invited: &mut Invited) -> (PersonId, InvitationMade) {
    let both = [(Role::Chair, NORTH), (Role::Helper, NORTH)];
    let id = invited.world.person("两样都是", NORTH, &both).await;
    let mut admin = invited.world.desk("管理员癸", Role::Admin, NORTH).await;
    (id, admin.post(&format!("/api/persons/{id}/invite"), &()).await.ok())
}
