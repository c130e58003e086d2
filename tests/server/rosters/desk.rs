//! The desk of a registrar who takes rosters in.

use domain::day::Day;
use domain::id::{CategoryId, HouseholdId, ImportId, PersonId};
use protocol::desk::{PersonRow, UnitRow};
use protocol::office::{CoverageReport, HouseholdFile, HouseholdList};
use protocol::roster::{RosterAsked, RosterFile, RosterPlan, RosterPreview, RosterTaken};
use protocol::sign_in::Role;
use server::books::categories;

use crate::browser::{Answer, Browser};
use crate::world::{ROOT, World, unit};

/// An office with the mines' categories and a desk of its registrar.
pub struct Desk {
    pub world: World,
    pub browser: Browser,
    made: u8,
}

impl Desk {
    pub async fn of(test: &str) -> Self {
        let world = World::new(test).await;
        let shipped = categories::shipped(categories::MINES_SIX, |at| {
            CategoryId::from_bytes([u8::try_from(at).unwrap_or(0) + 1; 16])
        });
        let put =
            move |tx: &server::store::Tx<'_>| shipped.iter().try_for_each(|row| categories::put(tx, row));
        world.office.db().write(put).await.unwrap();
        let browser = world.desk("档案员", Role::Registrar, ROOT).await;
        Self { world, browser, made: 0 }
    }

    /// What is asked of a file that was brought just now.
    pub async fn asked(&mut self, bytes: Vec<u8>) -> RosterAsked {
        self.asked_as("%E8%8A%B1%E5%90%8D%E5%86%8C.csv", bytes).await
    }

    /// The same, of a file of this name.
    pub async fn asked_as(&mut self, name: &str, bytes: Vec<u8>) -> RosterAsked {
        self.made += 1;
        let answer = self.browser.bring(&format!("/api/roster/files?name={name}"), bytes).await;
        asked_of(answer.ok::<RosterFile>().file, self.made, ROOT)
    }

    pub async fn preview(&mut self, asked: &RosterAsked) -> RosterPreview {
        self.browser.post("/api/roster/preview", asked).await.ok()
    }

    pub async fn plan(&mut self, asked: &RosterAsked) -> RosterPlan {
        let preview = self.preview(asked).await;
        preview.plan.unwrap_or_else(|| panic!("refused: {:?}", preview.refused))
    }

    /// Looks at a file and takes it in as it was shown.
    pub async fn take_in(&mut self, text: &str, day: Option<Day>) -> (RosterPlan, RosterTaken) {
        let asked = RosterAsked { day, ..self.asked(text.as_bytes().to_vec()).await };
        self.take_in_asked(asked).await
    }

    pub async fn take_in_asked(&mut self, asked: RosterAsked) -> (RosterPlan, RosterTaken) {
        let plan = self.plan(&asked).await;
        let asked = RosterAsked { seen: plan.stamp.clone(), ..asked };
        let taken = self.browser.post("/api/roster/imports", &asked).await.ok();
        (plan, taken)
    }

    pub async fn households(&mut self) -> Vec<(String, String)> {
        let page: HouseholdList =
            self.browser.get(&format!("/api/households?unit={}&take=200", unit(ROOT))).await.ok();
        let mut all: Vec<_> = page.households.into_iter().map(|row| (row.name, row.address)).collect();
        all.sort();
        all
    }

    pub async fn household(&mut self, name: &str) -> HouseholdId {
        let page: HouseholdList =
            self.browser.get(&format!("/api/households?unit={}&take=200", unit(ROOT))).await.ok();
        page.households.into_iter().find(|row| row.name == name).map(|row| row.id).unwrap()
    }

    pub async fn file(&mut self, name: &str) -> HouseholdFile {
        let household = self.household(name).await;
        self.browser.get(&format!("/api/households/{household}")).await.ok()
    }

    pub async fn units(&mut self) -> Vec<String> {
        let rows: Vec<UnitRow> = self.browser.get("/api/units").await.ok();
        rows.into_iter().map(|row| row.name).collect()
    }

    pub async fn persons(&mut self) -> Vec<PersonRow> {
        self.browser.get(&format!("/api/persons?unit={}", unit(ROOT))).await.ok()
    }

    pub async fn persons_of(&self, name: &'static str) -> PersonId {
        let find = move |reader: &server::store::Reader<'_>| {
            server::union::persons::by_sign_in_name(reader, name).map(|found| found.map(|known| known.id))
        };
        self.world.office.db().read(find).await.unwrap().unwrap()
    }

    /// How many households lack three helpers.
    pub async fn seats_empty(&mut self) -> u32 {
        let report: CoverageReport =
            self.browser.get(&format!("/api/coverage?unit={}", unit(ROOT))).await.ok();
        report.todo.seats_empty
    }

    pub async fn withdraw(&mut self, import: ImportId) -> Answer {
        self.browser.post(&format!("/api/roster/imports/{import}/withdraw"), &()).await
    }
}

pub fn asked_of(file: String, import: u8, top: u8) -> RosterAsked {
    RosterAsked {
        file,
        import: ImportId::from_bytes([import; 16]),
        unit: unit(top),
        day: None,
        mapping: None,
        households: Vec::new(),
        persons: Vec::new(),
        seen: String::new(),
    }
}
