//! The small office writes its roster out, and remembers what it wrote.

use std::collections::BTreeMap;

use domain::{
    day::Day,
    id::{HouseholdId, ImportId, PersonId, UnitId},
    seat::Seat,
};

use super::office::{Office, bytes_of, day};
use crate::{
    How, Reading,
    export::{self, Beside, Layout, Line, Said, Table, csv, remembered, tests::shown, written_as, xlsx},
    household::{Household, SeatHolder},
    mapping::Mapping,
    plan::known::{Remembered, Tier},
    reading::tests::builders::read_with,
    words,
};

/// What files said of each household: the latest first, then those with columns that no later one has.
type SaidLast = BTreeMap<HouseholdId, Vec<(ImportId, Remembered)>>;

/// A roster that was written.
struct Written {
    bytes: Vec<u8>,
    reading: Reading,
    table: Table,
    mapping: Mapping,
    now: Vec<Remembered>,
}

impl Office {
    /// Writes the roster as it stands; what was written is remembered.
    pub fn export(&mut self, on: &str) -> (Vec<u8>, Reading) {
        let said = self.said_last();
        let Written { bytes, reading, table, mapping, now } = self.written(&said, on, |_| ());
        let of_book = read_with(&xlsx("花名册", &table, day(on)).unwrap(), Some(&mapping)).unwrap();
        assert_alike(&of_book, &reading);
        let remembered = remembered(reading.clone(), &table.first_rows, &now);
        self.made += 1;
        let export = ImportId::from_bytes(bytes_of(self.made));
        for (id, said) in self.in_order(&said).into_iter().zip(remembered) {
            let said = said.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&bytes)));
            self.remembered.entry(id).or_default().push((export, said));
        }
        (bytes, reading)
    }

    /// The roster written with something of every household changed: as text, what it says, and what was to be said.
    pub fn changed(
        &self,
        on: &str,
        change: impl Fn(&mut Household),
    ) -> (String, Vec<Household>, Vec<Household>) {
        let Written { bytes, reading, now, .. } = self.written(&self.said_last(), on, change);
        let now = now.into_iter().map(|one| one.household).collect();
        (String::from_utf8(bytes).unwrap(), reading.households, now)
    }

    fn said_last(&self) -> SaidLast {
        let of_files = |said: &Vec<(ImportId, Remembered)>| {
            let mut kept: Vec<(ImportId, Remembered)> = Vec::new();
            for (import, said) in said.iter().rev() {
                let Some(mapping) = self.mappings.get(import) else { continue };
                let there = kept.iter().filter_map(|(import, _)| self.mappings.get(import));
                if kept.is_empty() || mapping.adds_to(there) {
                    kept.push((*import, said.clone()));
                }
            }
            kept
        };
        let all = self.remembered.iter().map(|(id, said)| (*id, of_files(said)));
        all.filter(|(_, said)| !said.is_empty()).collect()
    }

    /// The households in the order of the files, and of each file's rows.
    fn in_order(&self, said: &SaidLast) -> Vec<HouseholdId> {
        let mut ids: Vec<HouseholdId> = self.all().into_iter().map(|(id, _)| id).collect();
        ids.sort_by_key(|id| {
            let files = said.get(id)?;
            let own = written_as(files.iter().map(|(import, _)| &self.mappings[import]))?;
            files.get(own).map(|(import, said)| (*import, said.household.row))
        });
        ids
    }

    fn written(&self, said: &SaidLast, on: &str, change: impl Fn(&mut Household)) -> Written {
        let of_file = |id: &HouseholdId| {
            let files = said.get(id).into_iter().flatten();
            files.map(|(import, said)| (said, &self.mappings[import])).collect()
        };
        let ids = self.in_order(said);
        let mut lines: Vec<Line<'_>> = ids.iter().map(|id| self.line(*id, of_file(id), day(on))).collect();
        lines.iter_mut().for_each(|line| change(&mut line.now.household));
        let layout = Layout::of(&lines);
        let categories = words::shipped_categories();
        let how = How { today: day("2026-11-21"), categories: &categories, mapping: Some(&layout.mapping) };
        let table = export::table(&layout, &lines, &how);
        let bytes = csv(&table, day(on));
        let reading = read_with(&bytes, Some(&layout.mapping)).unwrap();
        let book = xlsx("花名册", &table, day(on)).unwrap();
        let of_book = read_with(&book, Some(&layout.mapping)).unwrap();
        assert_alike(&of_book, &reading);
        let now = lines.into_iter().map(|line| line.now).collect();
        Written { bytes, reading, table, mapping: layout.mapping, now }
    }

    fn line<'a>(&self, id: HouseholdId, said: Vec<Said<'a>>, on: Day) -> Line<'a> {
        let (file, stands) = (self.file(id), self.stands_of(id, on));
        let unit = |id: Option<UnitId>| self.units.iter().find(|unit| Some(unit.id) == id);
        let (branch, group) = match unit(stands.unit) {
            Some(group) if group.tier == Tier::Group => {
                (unit(group.parent).map(|branch| branch.name.clone()).unwrap_or_default(), group.name.clone())
            }
            Some(branch) if branch.tier == Tier::Branch => (branch.name.clone(), String::new()),
            _ => (String::new(), String::new()),
        };
        let categories = words::shipped_categories();
        let category =
            stands.category.and_then(|id| categories.get(usize::from(id.as_bytes()[0]) - 1).cloned());
        let holder = |(seat, person): &(Seat, PersonId)| {
            let person = self.persons.iter().find(|one| one.id == *person).unwrap();
            SeatHolder { seat: *seat, name: person.name.clone(), telephone: person.telephone.clone() }
        };
        let beside = Beside {
            category,
            causes: stands.causes.clone(),
            branch,
            group,
            seats: stands.seats.iter().map(holder).collect(),
            since: file.registered.as_ref().map(|registered| registered.since),
            id_number: file.registered.as_ref().and_then(|registered| registered.id_number.clone()),
        };
        Line::of(said, &stands.standings, beside)
    }
}

/// A workbook says what a .csv says, in columns that are not read too.
fn assert_alike(of_book: &Reading, of_text: &Reading) {
    let kept = |reading: &Reading| {
        let of = |one: &Household| one.kept(&reading.mapping);
        reading.households.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(shown(&of_book.households), shown(&of_text.households));
    assert_eq!(kept(of_book), kept(of_text));
}
