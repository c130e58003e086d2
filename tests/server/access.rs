//! Walks the whole table of access over HTTP: every route × every role × (in scope, out of scope,
//! another root). A route that this walk does not know fails it.

use domain::entry::{Act, Reply};
use domain::id::{DeviceId, ImportId, NeedId, PersonId, UnitId};
use protocol::changes::CardsAsked;
use protocol::desk::{
    BeginWith, CategoriesChange, Invite, Level, NewPerson, NewUnit, PersonChange, ShippedSet, UnionSettings,
    UnitClose, UnitName, UnitPlace,
};
use protocol::office::{DeskEntries, NewFeedback, SimilarAsked};
use protocol::roster::{RosterAsked, RosterFormat, RosterOut, RosterPreview, RosterTaken};
use protocol::sign_in::{ChangePassword, Grant, Role, SessionKind};
use serde::Serialize;
use server::access::{Door, Reach, Rule, TABLE};
use server::error::ApiError;
use server::imports;
use server::union::units;

use crate::browser::{Answer, Browser};
use crate::field::{Phone, asking, assign, desk_entry, household, put_down, register, stated};
use crate::rosters::{a_list, asked_of};
use crate::world::{ABROAD, NOON_MS, NORTH, SOUTH, World, today, unit};

/// Where the thing asked for lies, seen by somebody whose scope is [`NORTH`].
pub const PLACES: [u8; 3] = [NORTH, SOUTH, ABROAD];

/// In each of the three places: a helper with a household, a need in it, and words about the app.
pub struct Things {
    pub world: World,
    helpers: Vec<(u8, PersonId)>,
    leavers: Vec<(u8, PersonId)>,
    /// A roster that was taken in.
    imports: Vec<(u8, ImportId)>,
}

impl Things {
    pub async fn put(test: &str) -> Self {
        let world = World::new(test).await;
        let (mut helpers, mut leavers, mut imports) = (Vec::new(), Vec::new(), Vec::new());
        for place in PLACES {
            let registrar = world.person(&format!("档案员{place}"), place, &[(Role::Registrar, place)]).await;
            let mut desk = world.signed_in(registrar, SessionKind::Desk).await;
            let helper = world.person(&format!("帮扶人{place}"), place, &[(Role::Helper, place)]).await;
            let acts = [
                (household(place), register(place, &format!("户主{place}"), today().plus(-30))),
                (household(place), assign(helper, today().plus(-30))),
            ];
            put_down(&world, &mut desk, registrar, &acts).await;
            let mut phone = Phone::of(&world, helper, place).await;
            let record = phone.record(household(place), &Act::Visit(asking(today(), need(place), None)));
            phone.deposit(&[record]).await;
            let words =
                NewFeedback { id: feedback(place), words: format!("意见{place}"), about: String::new() };
            phone.browser.post("/api/feedback", &words).await.ok::<serde_json::Value>();
            helpers.push((place, helper));
            let leaver = world.person(&format!("帮扶人{place}乙"), place, &[(Role::Helper, place)]).await;
            leavers.push((place, leaver));
            let asked = roster(&world, registrar, place, ImportId::from_bytes([place; 16])).await;
            let preview: RosterPreview = desk.post("/api/roster/preview", &asked).await.ok();
            let seen = preview.plan.map(|plan| plan.stamp).unwrap_or_default();
            let asked = RosterAsked { seen, ..asked };
            desk.post("/api/roster/imports", &asked).await.ok::<RosterTaken>();
            imports.push((place, asked.import));
        }
        Self { world, helpers, leavers, imports }
    }

    /// A person in a place who answers for nobody.
    fn leaver(&self, place: u8) -> PersonId {
        self.leavers.iter().find(|(at, _)| *at == place).map(|(_, leaver)| *leaver).unwrap()
    }

    /// A unit of its own below a place, so that nothing else is lost with it.
    async fn spare_unit(&self, place: u8) -> UnitId {
        let id = UnitId::new(0, self.world.office.random());
        let make = move |tx: &server::store::Tx<'_>| {
            units::insert::<ApiError>(tx, id, Some(unit(place)), Level::Group, "备用支会", 0).map(drop)
        };
        self.world.office.db().write(make).await.unwrap();
        id
    }

    pub fn helper(&self, place: u8) -> PersonId {
        self.helpers.iter().find(|(at, _)| *at == place).map(|(_, helper)| *helper).unwrap()
    }

    /// The path and body with which a row is asked for what lies in a place.
    pub async fn request(&self, rule: &Rule, caller: PersonId, place: u8) -> (String, Option<String>) {
        let under = |path: &str| (format!("{path}?unit={}", unit(place)), None);
        let plain = (rule.path.to_owned(), None);
        match (rule.method, rule.path) {
            (
                "GET",
                "/api/me" | "/api/units" | "/api/union" | "/api/upkeep" | "/api/changes" | "/api/scope"
                | "/api/categories" | "/api/feedback",
            ) => plain,
            (
                "GET",
                path @ ("/api/persons" | "/api/coverage" | "/api/households" | "/api/needs" | "/api/alerts"
                | "/api/phones" | "/api/rivals" | "/api/pairs" | "/api/quarantine" | "/api/proposals"
                | "/api/helpers"),
            ) => under(path),
            ("POST", "/api/households") => told(rule.path, &serde_json::json!({ "unit": unit(place) })),
            ("GET", "/api/households/{household}") => (format!("/api/households/{}", household(place)), None),
            ("GET", "/api/households/{household}/with/{other}") => {
                (format!("/api/households/{0}/with/{0}", household(place)), None)
            }
            ("POST", "/api/phones/{phone}/noted") => {
                told(&format!("/api/phones/{}/noted", DeviceId::from_bytes([place; 16])), &())
            }
            ("POST", "/api/rescued") => {
                let device = DeviceId::from_bytes([place; 16]);
                let asked = serde_json::json!({ "device": device, "devices": [], "made": 0, "records": [] });
                told(rule.path, &asked)
            }
            ("POST", "/api/similar") => told(
                rule.path,
                &SimilarAsked { household: None, id_number: None, stated: stated(&format!("户主{place}")) },
            ),
            ("POST", "/api/cards") => told(rule.path, &CardsAsked { households: vec![household(place)] }),
            ("POST", "/api/office") => told(
                rule.path,
                &DeskEntries {
                    entries: vec![desk_entry(&self.world, caller, household(place), &reply(place))],
                },
            ),
            ("POST", "/api/password") => {
                let [password, new_password] = ["我家门前有棵大树", "后山的梨树开花了"].map(str::to_owned);
                self.world.give_password(caller, &password).await;
                told(rule.path, &ChangePassword { password, new_password })
            }
            ("POST", "/api/feedback") => told(
                rule.path,
                &NewFeedback { id: "a".repeat(32), words: "好用".to_owned(), about: String::new() },
            ),
            ("POST", "/api/feedback/{feedback}/read") => {
                told(&format!("/api/feedback/{}/read", feedback(place)), &())
            }
            (_, path) if path.starts_with("/api/roster/") => {
                self.request_of_roster(rule, caller, place).await
            }
            _ => self.request_of_union(rule, place).await,
        }
    }

    /// The same for rosters.
    async fn request_of_roster(&self, rule: &Rule, caller: PersonId, place: u8) -> (String, Option<String>) {
        let under = |path: &str| (format!("{path}?unit={}", unit(place)), None);
        match (rule.method, rule.path) {
            ("POST", "/api/roster/files") => {
                (format!("{}?name=a.csv", rule.path), Some("姓名\n甲".to_owned()))
            }
            ("GET", "/api/roster/imports") => under("/api/roster/imports"),
            ("POST", "/api/roster/preview") => told(rule.path, &self.roster(caller, place).await),
            ("POST", "/api/roster/imports") => {
                let asked = self.roster(caller, place).await;
                let mut browser = self.world.signed_in(caller, SessionKind::Desk).await;
                let shown = browser.post("/api/roster/preview", &asked).await;
                let preview: Option<RosterPreview> = serde_json::from_str(&shown.text).ok();
                let seen =
                    preview.and_then(|preview| preview.plan).map(|plan| plan.stamp).unwrap_or_default();
                told(rule.path, &RosterAsked { seen, ..asked })
            }
            ("POST", "/api/roster/exports") => {
                told(rule.path, &RosterOut { unit: unit(place), format: RosterFormat::Csv })
            }
            ("POST", "/api/roster/lists") => told(rule.path, &a_list(RosterFormat::Csv)),
            (method, path) if path.starts_with("/api/roster/imports/{import}/") => {
                let import =
                    self.imports.iter().find(|(at, _)| *at == place).map(|(_, import)| *import).unwrap();
                let path = path.replace("{import}", &import.to_string());
                if method == "GET" { (path, None) } else { told(&path, &()) }
            }
            other => panic!("this walk does not know how to ask for {other:?}"),
        }
    }

    /// The same for what the union itself is: units, people, rules.
    async fn request_of_union(&self, rule: &Rule, place: u8) -> (String, Option<String>) {
        match (rule.method, rule.path) {
            ("POST", "/api/units") => told(rule.path, &self.new_unit(place)),
            ("PUT", "/api/units/{unit}") => {
                told(&format!("/api/units/{}", unit(place)), &UnitName { name: "新名".to_owned() })
            }
            ("POST", "/api/persons") => told(rule.path, &self.new_person(place)),
            ("PUT", "/api/persons/{person}") => {
                told(&format!("/api/persons/{}", self.helper(place)), &self.change(place))
            }
            ("POST", "/api/persons/{person}/invite") => {
                told(&format!("/api/persons/{}/invite", self.helper(place)), &())
            }
            ("POST", "/api/invitations") => told(rule.path, &Invite { persons: vec![self.helper(place)] }),
            ("GET", "/api/persons/{person}/seats") => {
                (format!("/api/persons/{}/seats", self.helper(place)), None)
            }
            ("POST", path @ ("/api/persons/{person}/leave" | "/api/persons/{person}/return")) => {
                told(&path.replace("{person}", &self.leaver(place).to_string()), &())
            }
            ("POST", path @ "/api/units/{unit}/place") => {
                let spare = self.spare_unit(place).await;
                let to = UnitPlace { parent: Some(unit(place)), level: Level::Group, before: None };
                told(&path.replace("{unit}", &spare.to_string()), &to)
            }
            ("POST", path @ "/api/units/{unit}/close") => {
                let spare = self.spare_unit(place).await;
                told(&path.replace("{unit}", &spare.to_string()), &UnitClose { closed: true })
            }
            ("POST", path @ "/api/units/{unit}/remove") => {
                told(&path.replace("{unit}", &self.spare_unit(place).await.to_string()), &())
            }
            ("PUT", "/api/categories") => told(rule.path, &CategoriesChange { rows: Vec::new() }),
            ("POST", "/api/categories/outlook") => told(rule.path, &crate::rules::outlook(30)),
            ("POST", "/api/categories/begin") => {
                told(rule.path, &BeginWith { set: ShippedSet::NationalThree })
            }
            ("PUT", "/api/union") => {
                told(rule.path, &UnionSettings { name: "青峰矿工会".to_owned(), utc_offset_minutes: 480 })
            }
            other => {
                panic!("{other:?} is in the table of access, but this walk does not know how to ask for it")
            }
        }
    }

    /// A roster of a place, brought by the caller.
    async fn roster(&self, caller: PersonId, place: u8) -> RosterAsked {
        let drawn = self.world.office.random::<16>();
        roster(&self.world, caller, place, ImportId::from_bytes(drawn)).await
    }

    fn new_unit(&self, place: u8) -> NewUnit {
        let id = UnitId::new(0, self.world.office.random());
        NewUnit { id, parent: Some(unit(place)), level: Level::Group, name: "一组".to_owned() }
    }

    fn new_person(&self, place: u8) -> NewPerson {
        let id = PersonId::new(0, self.world.office.random());
        let PersonChange { unit, grants, telephone, .. } = self.change(place);
        NewPerson {
            id,
            name: format!("新人{id}").chars().take(40).collect(),
            sign_in_name: String::new(),
            unit,
            telephone,
            grants,
        }
    }

    fn change(&self, place: u8) -> PersonChange {
        PersonChange {
            name: format!("帮扶人{place}"),
            sign_in_name: String::new(),
            unit: unit(place),
            telephone: String::new(),
            grants: vec![Grant { role: Role::Helper, unit: unit(place) }],
        }
    }
}

/// A roster of one household of a place, brought by a person.
async fn roster(world: &World, by: PersonId, place: u8, import: ImportId) -> RosterAsked {
    let text = format!(
        "姓名,类别,联系电话,住址\n名册户,困难户,138{:08},甲路1号\n",
        u32::from(import.as_bytes()[9]) + u32::from(place)
    );
    let bring =
        move |tx: &server::store::Tx<'_>| imports::bring(tx, by, "花名册.csv", text.as_bytes(), NOON_MS);
    let file = world.office.db().write(bring).await.unwrap();
    RosterAsked { import, ..asked_of(file, 1, place) }
}

fn told(path: &str, body: &impl Serialize) -> (String, Option<String>) {
    (path.to_owned(), Some(serde_json::to_string(body).unwrap()))
}

pub fn need(place: u8) -> NeedId {
    NeedId::from_bytes([place; 16])
}

fn feedback(place: u8) -> String {
    format!("{place:032x}")
}

fn reply(place: u8) -> Act {
    Act::Reply(Reply { need: need(place), day: today(), words: "已经上报".to_owned(), replaces: None })
}

async fn ask(browser: &mut Browser, rule: &Rule, (path, body): (String, Option<String>)) -> Answer {
    browser.ask(rule.method, &path, body, true).await
}

/// What the table promises.
fn promised(rule: &Rule, role: Role, place: u8) -> u16 {
    match rule.door {
        Door::Roles(roles) if !roles.contains(&role) => 403,
        // Nobody here stands at the top of the tree.
        _ if rule.reach == Reach::Whole => 403,
        _ if rule.reach == Reach::Target && place != NORTH => 404,
        _ => 200,
    }
}

/// Whether a row is for people who are signed in.
pub fn is_walked(rule: &Rule) -> bool {
    matches!(rule.door, Door::SignedIn | Door::Roles(_))
}

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let things = Things::put("access_walk").await;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let caller = things.world.person(&format!("{role:?}"), NORTH, &[(role, NORTH)]).await;
        let mut browser = things.world.signed_in(caller, SessionKind::Desk).await;
        for rule in TABLE.iter().filter(|rule| is_walked(rule)) {
            for place in PLACES {
                let answer = ask(&mut browser, rule, things.request(rule, caller, place).await).await;
                let promised = promised(rule, role, place);
                if answer.status.as_u16() != promised {
                    let (status, text) = (answer.status, answer.text.chars().take(120).collect::<String>());
                    wrong.push(format!(
                        "{role:?} {} {} in {place}: {status} for {promised} {text}",
                        rule.method, rule.path
                    ));
                }
                wrong.extend(
                    leak(rule, &answer, place).map(|what| format!("{role:?} {} shows {what}", rule.path)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Nothing of a place out of scope may be in any answer, whatever its status.
pub fn leak(rule: &Rule, answer: &Answer, place: u8) -> Option<String> {
    // What was asked for by its id may be repeated; a list shows what nobody asked for.
    let beyond = [SOUTH, ABROAD].into_iter().filter(|other| rule.reach != Reach::Target || *other != place);
    let traces = beyond.flat_map(|other| {
        [
            household(other).to_string(),
            format!("户主{other}"),
            format!("意见{other}"),
            format!("帮扶人{other}"),
        ]
    });
    traces.into_iter().find(|trace| answer.text.contains(trace))
}

#[tokio::test]
async fn without_a_session_every_door_but_the_open_ones_is_shut() {
    let things = Things::put("access_shut").await;
    let caller = things.helper(NORTH);
    for rule in TABLE.iter().filter(|rule| is_walked(rule)) {
        let answer = ask(&mut things.world.stranger(), rule, things.request(rule, caller, NORTH).await).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (401, "sign_in_needed".to_owned()),
            "{}",
            rule.path
        );
    }
}

#[tokio::test]
async fn without_the_required_header_nothing_is_changed() {
    let things = Things::put("access_header").await;
    let caller = things.helper(NORTH);
    let mut browser = things.world.signed_in(caller, SessionKind::Phone).await;
    for rule in TABLE.iter().filter(|rule| rule.method != "GET") {
        let (path, body) = if is_walked(rule) {
            things.request(rule, caller, NORTH).await
        } else {
            (rule.path.to_owned(), Some(String::new()))
        };
        let answer = browser.ask(rule.method, &path, body, false).await;
        let shut = (answer.status.as_u16(), answer.code());
        assert_eq!(shut, (403, "header_missing".to_owned()), "{} {}", rule.method, rule.path);
    }
}

#[tokio::test]
async fn what_is_not_in_the_table_is_not_there() {
    let world = World::new("access_absent").await;
    let mut desk = world.desk("档案员甲", Role::Registrar, NORTH).await;
    desk.get("/api").await.refused(404, "not_found");
    desk.get("/api/nothing").await.refused(404, "not_found");
    desk.get("/api/units/00/more").await.refused(404, "not_found");
    assert_eq!(desk.ask("DELETE", "/api/units", None, true).await.status, 405);
    desk.post("/api/demo/sign-in", &()).await.refused(404, "not_found");
}
