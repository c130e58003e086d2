//! A small office for tests: it takes files in as the real one does, and folds with the real fold.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    day::Day,
    entry::{Act, Entry, Judge, OFFICE, SCHEMA},
    file::{Directory, File, Logged, fold},
    id::{CategoryId, EntryId, HouseholdId, ImportId, PersonId, UnitId},
    item::Item,
    slot::{Slot, Value, Values},
    verbatim::Verbatim,
    visit::Visit,
};

use crate::{
    Reading,
    household::Household,
    mapping::Mapping,
    plan::{
        Answers, Ids, Plan,
        alike::alike,
        apart::apart,
        homed::homed,
        kept::{Kept, written},
        known::{HelperKey, Known, KnownHousehold, KnownPerson, KnownUnit, Remembered, Stands, Tier},
        plan, recognise,
    },
    reading::tests::builders::{Encoding, encode, read_with, rows, table},
    words,
};

#[derive(Clone)]
pub struct Office {
    log: BTreeMap<HouseholdId, Vec<Logged>>,
    pub(super) remembered: BTreeMap<HouseholdId, Vec<(ImportId, Remembered)>>,
    pub(super) units: Vec<KnownUnit>,
    units_said: BTreeMap<(String, String), UnitId>,
    pub(super) persons: Vec<KnownPerson>,
    persons_said: BTreeMap<HelperKey, PersonId>,
    imports: Vec<ImportId>,
    pub(super) mappings: BTreeMap<ImportId, Mapping>,
    former: Vec<(HouseholdId, Household)>,
    pub(super) made: u32,
}

struct Everybody;

impl Directory for Everybody {
    fn knows(&self, _person: PersonId) -> bool {
        true
    }
}

/// What a file says.
pub fn file(text: &str) -> Reading {
    read_with(&encode(&table(&rows(text), ','), Encoding::Utf8), None).unwrap()
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn bytes_of<const N: usize>(n: u32) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.iter_mut().rev().zip(n.to_be_bytes().iter().rev()).for_each(|(to, from)| *to = *from);
    bytes
}

impl Office {
    pub fn new() -> Self {
        let root = KnownUnit {
            id: UnitId::from_bytes([1; 16]),
            parent: None,
            tier: Tier::Union,
            name: "矿工会".to_owned(),
            closed: false,
        };
        Self {
            log: BTreeMap::new(),
            remembered: BTreeMap::new(),
            units: vec![root],
            units_said: BTreeMap::new(),
            persons: Vec::new(),
            persons_said: BTreeMap::new(),
            imports: Vec::new(),
            mappings: BTreeMap::new(),
            former: Vec::new(),
            made: 0,
        }
    }

    /// Takes a file in as of a day, with answers.
    pub fn take_in_with(&mut self, text: &str, on: &str, answers: &Answers) -> Plan {
        self.take_in_reading(&file(text), on, answers)
    }

    /// Takes in a file as its bytes, with the columns of the last one, if there was one.
    pub fn take_in_bytes(&mut self, bytes: &[u8], on: &str) -> Plan {
        let last = self.imports.last().map(|import| self.mappings[import].clone());
        let mapping = last.map(Mapping::for_another_file);
        self.take_in_reading(&read_with(bytes, mapping.as_ref()).unwrap(), on, &Answers::default())
    }

    /// Takes in what was read.
    pub fn take_in_reading(&mut self, reading: &Reading, on: &str, answers: &Answers) -> Plan {
        let import = ImportId::from_bytes(bytes_of(self.next()));
        let (plan, reading) = self.plan(reading, import, day(on), answers);
        let reading = &reading;
        self.imports.push(import);
        self.mappings.insert(import, reading.mapping.clone());
        for one in &plan.households {
            self.remembered
                .entry(one.household)
                .or_default()
                .push((import, one.remembered(reading).unwrap()));
            if let Some(says) = &one.says {
                self.desk(one.household, &Act::Import(says.clone()));
            }
        }
        self.units.extend(plan.units.iter().cloned());
        self.units_said.extend(plan.units_said.clone());
        for new in plan.new_persons() {
            let (id, branch, name, telephone) =
                (new.id, new.unit, new.key.name.clone(), new.key.telephone.clone());
            self.persons.push(KnownPerson { id, name, branch, telephone, has_left: false });
        }
        self.persons_said.extend(plan.people.persons.clone());
        for person in &mut self.persons {
            if let Some(telephone) = plan.people.telephones.get(&person.id) {
                person.telephone.clone_from(telephone);
            }
        }
        plan
    }

    pub fn take_in(&mut self, text: &str, on: &str) -> Plan {
        self.take_in_with(text, on, &Answers::default())
    }

    /// A unit is called otherwise from now on.
    pub fn rename(&mut self, name: &str, now: &str) {
        self.units.iter_mut().filter(|unit| unit.name == name).for_each(|unit| unit.name = now.to_owned());
    }

    /// Whoever has this name leaves.
    pub fn leaves(&mut self, name: &str) {
        self.persons
            .iter_mut()
            .filter(|person| person.name == name)
            .for_each(|person| person.has_left = true);
    }

    /// Takes the last file back.
    pub fn withdraw(&mut self) {
        let import = self.imports.pop().unwrap();
        for (household, remembered) in &mut self.remembered {
            let gone = remembered.iter().filter(|(of, _)| *of == import);
            self.former.extend(gone.map(|(_, said)| (*household, said.household.clone())));
            remembered.retain(|(of, _)| *of != import);
        }
        let of_import =
            |logged: &Logged| matches!(&logged.entry.payload, Ok(Act::Import(act)) if act.import == import);
        let entries: Vec<(HouseholdId, EntryId)> = self
            .log
            .iter()
            .flat_map(|(household, log)| {
                log.iter().filter(|one| of_import(one)).map(|one| (*household, one.entry.id))
            })
            .collect();
        for (household, entry) in entries {
            self.desk(household, &Act::Judge(Judge { entry, accept: false, why: String::new() }));
        }
    }

    /// Somebody's visit, at which a value was found to be another.
    pub fn visit(&mut self, name: &str, on: &str, item: Item, stated: &str) -> HouseholdId {
        let household = self.household(name);
        let value: Value = serde_json::from_str(stated).unwrap();
        let slot = Slot::of_item(item);
        let stated = Values::from([(slot, value)]);
        let answer = domain::answer::Answer::Changed { stated, confirmed: Values::new() };
        let visit: Visit = serde_json::from_value(serde_json::json!({
            "day": day(on), "met": "worker", "answers": { item.code(): answer },
        }))
        .unwrap();
        let by = self
            .file(household)
            .seats
            .holders(day(on))
            .next()
            .unwrap_or_else(|| panic!("nobody answers for {name}: {:?}", self.file(household).seats))
            .1;
        let n = self.next();
        self.log.entry(household).or_default().push(logged(n, household, by, &Act::Visit(visit)));
        household
    }

    fn desk(&mut self, household: HouseholdId, act: &Act) {
        let n = self.next();
        self.log.entry(household).or_default().push(logged(n, household, PersonId::from_bytes([7; 16]), act));
    }

    fn next(&mut self) -> u32 {
        self.made += 1;
        self.made
    }

    /// The household of a name, as any file called it.
    pub fn household(&self, name: &str) -> HouseholdId {
        let is_it = |remembered: &[(ImportId, Remembered)]| {
            remembered.iter().any(|(_, one)| one.household.name_text() == name)
        };
        let found = self.remembered.iter().find(|(_, remembered)| is_it(remembered));
        *found.unwrap_or_else(|| panic!("no {name} in {:?}", self.remembered)).0
    }

    pub fn file(&self, household: HouseholdId) -> File {
        fold(self.log.get(&household).map(Vec::as_slice).unwrap_or_default(), &Everybody).file
    }

    /// Everything that stands, for comparison.
    pub fn all(&self) -> Vec<(HouseholdId, File)> {
        let files = self.log.keys().map(|household| (*household, self.file(*household)));
        files.filter(|(_, file)| file.is_open()).collect()
    }

    /// What stands in a slot of a household, in normal form.
    pub fn stands(&self, name: &str, slot: Slot) -> Vec<Value> {
        let file = self.file(self.household(name));
        file.standings
            .get(&slot)
            .into_iter()
            .flat_map(|one| &one.values)
            .map(|one| one.value.clone())
            .collect()
    }

    fn plan(&mut self, reading: &Reading, import: ImportId, on: Day, answers: &Answers) -> (Plan, Reading) {
        let id_hash = |key: &str| format!("#{key}");
        let categories = words::shipped_categories();
        let categories = (1..).zip(categories).map(|(n, name)| (name, CategoryId::from_bytes([n; 16])));
        let known = Known {
            root: self.units[0].id,
            units: self.units.clone(),
            units_said: self.units_said.clone(),
            persons: self.persons.clone(),
            persons_said: self.persons_said.clone(),
            categories: categories.collect(),
            households: self.log.keys().map(|household| self.known(*household)).collect(),
            former: self.former.clone(),
            id_hash: &id_hash,
        };
        let reading = alike(apart(reading.clone(), &known), answers);
        let recognised = recognise(&reading, &known, answers);
        let reading = homed(reading, &known, &recognised);
        let stands = self.log.keys().map(|household| (*household, self.stands_of(*household, on))).collect();
        let mut made = self.made;
        let mut chance = || {
            made += 1;
            bytes_of(made)
        };
        let mut ids = Ids { now_ms: 1, chance: &mut chance };
        let plan = plan(&reading, &known, &recognised, &stands, answers, (import, on), &mut ids);
        self.made = made;
        (plan, reading)
    }

    fn known(&self, household: HouseholdId) -> KnownHousehold {
        let file = self.file(household);
        let name = match file.standings.get(&Slot::Name).and_then(|standing| standing.values.last()) {
            Some(one) => match &one.value {
                Value::Name(name) => Some(name.clone()),
                _ => None,
            },
            None => None,
        };
        let telephones = match file.standings.get(&Slot::Telephone).and_then(|standing| standing.one()) {
            Some(one) => match &one.value {
                Value::Telephone(value) => value.numbers.iter().map(|one| one.number.clone()).collect(),
                _ => Vec::new(),
            },
            None => Vec::new(),
        };
        let unit = file.registered.as_ref().map_or(self.units[0].id, |registered| registered.unit);
        let above = |id: UnitId| self.units.iter().find(|unit| unit.id == id);
        let branch = match above(unit) {
            Some(KnownUnit { tier: Tier::Group, parent: Some(parent), .. }) => *parent,
            _ => unit,
        };
        let id_number = file.registered.as_ref().and_then(|registered| registered.id_number.clone());
        // The last file, and the last export after it.
        let all = self.remembered.get(&household).map(Vec::as_slice).unwrap_or_default();
        let last_file = all.iter().rposition(|(import, _)| self.mappings.contains_key(import));
        let remembered =
            all.iter().enumerate().filter(|(at, _)| Some(*at) == last_file || *at + 1 == all.len());
        KnownHousehold {
            id: household,
            born: name.as_ref().and_then(|name| name.born),
            name: name.map(|name| name.text).unwrap_or_default(),
            branch,
            telephones,
            id_is_right: id_number.as_deref().is_some_and(crate::id_number::is_right),
            id_hash: id_number.map(|id| format!("#{}", crate::id_number::key(&id))),
            in_reach: file.is_open(),
            was_named: last_file.is_some(),
            remembered: remembered.map(|(_, (_, remembered))| remembered.clone()).collect(),
        }
    }

    /// What its files wrote in columns that are not read: a file is as old as it came.
    fn kept_of(&self, household: HouseholdId) -> Kept {
        let mut kept = Kept::new();
        for (import, said) in self.remembered.get(&household).into_iter().flatten() {
            let Some(mapping) = self.mappings.get(import) else { continue };
            let written = written(mapping, &said.household.cells).into_iter();
            kept.extend(written.map(|(header, text)| (header.to_owned(), (text, day("2026-01-01")))));
        }
        kept
    }

    pub(super) fn stands_of(&self, household: HouseholdId, on: Day) -> Stands {
        let file = self.file(household);
        Stands {
            unit: file.registered.as_ref().map(|registered| registered.unit),
            category: file.registered.as_ref().and_then(|registered| registered.latest.category),
            causes: file
                .registered
                .as_ref()
                .map(|registered| registered.latest.causes.clone())
                .unwrap_or_default(),
            id_number: file.registered.as_ref().and_then(|registered| registered.id_number.clone()),
            seats: file.seats.holders(on).collect(),
            seats_since: file
                .seats
                .segments()
                .into_iter()
                .filter(|segment| segment.until.is_none_or(|until| until >= on))
                .map(|segment| (segment.seat, segment.person))
                .collect(),
            is_open: file.is_open(),
            kept: self.kept_of(household),
            standings: file.standings,
        }
    }
}

fn logged(n: u32, household: HouseholdId, author: PersonId, act: &Act) -> Logged {
    let of_phone = !act.is_of_desk();
    let entry = Entry::<Verbatim> {
        id: EntryId::from_bytes(bytes_of(n)),
        device: if of_phone { domain::id::DeviceId::from_bytes([3; 16]) } else { OFFICE },
        seq: if of_phone { n.into() } else { 0 },
        kind: act.kind().to_owned(),
        schema: SCHEMA,
        household,
        author,
        wall_ms: 0,
        clock_offset_ms: None,
        nonce: format!("{n:032x}"),
        payload: act.payload(),
    };
    Logged { entry: Arc::new(entry.read()), taint: None }
}
