//! The memory books keep the contract.

use super::*;
use crate::memory::books::MemoryBooks;
use core::convert::Infallible;
use domain::{
    entry::{Act, Erase, Erased, ErasedBecause, Judge, Merge, Pair, Register, Reply, Tell, Unmerge},
    file::{File, Status},
    id::{EntryId, HouseholdId, NeedId},
    slot::{Slot, Value, Values},
    value::{NameValue, Rest},
    visit::{Companion, Need, NeedKind, Visit},
};
use proptest::prelude::*;

impl Office for MemoryBooks {
    type Error = Infallible;

    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Books<Error = Infallible>) -> Result<T, Infallible>,
    ) -> Result<T, Infallible> {
        work(self)
    }

    fn read<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Shelf<Error = Infallible>) -> Result<T, Infallible>,
    ) -> Result<T, Infallible> {
        work(self)
    }

    fn add_person(&mut self, person: PersonId) -> Result<(), Infallible> {
        self.persons.insert(person);
        Ok(())
    }
}

#[test]
fn memory_keeps_the_contract_of_the_books() {
    for (name, case) in cases::<MemoryBooks>() {
        let mut office = MemoryBooks::new(story::epoch(1));
        office.persons.extend(story::PERSONS);
        println!("{name}");
        let Ok(()) = case(&mut office);
    }
}

/// A name with more or less beside it, as files that are one fill and clear it.
fn any_name() -> impl Strategy<Value = Values> {
    (0..3_u8, 0..3_u8).prop_map(|(name, beside)| {
        let text = ["王五", "王 五", "赵六"].get(usize::from(name)).copied().unwrap_or_default().to_owned();
        let work_number = if beside > 0 { beside.to_string() } else { String::new() };
        Values::from([(Slot::Name, Value::Name(NameValue { text, work_number, ..NameValue::default() }))])
    })
}

/// A visit that says a name, where the phone showed another; with a need, or somebody beside.
fn any_visit() -> impl Strategy<Value = Visit> {
    let shown = prop_oneof![Just(Values::new()), any_name()];
    (0..9_i32, any_name(), shown, 0..4_u8, 1..5_u8).prop_map(|(on, stated, before, need, with)| {
        let mut visit = story::visit(on, "");
        for answer in visit.answers.values_mut() {
            *answer = domain::answer::Answer::Changed { stated: stated.clone(), confirmed: Values::new() };
        }
        let asked = |n: u8| {
            let (id, words) = (NeedId::from_bytes([n; 16]), "学费".to_owned());
            Need { id, kind: NeedKind::Schooling, words, promised_until: None, rest: Rest::new() }
        };
        let needs = (need > 0).then(|| asked(need)).into_iter().collect();
        let companion = (with < 4).then(|| Companion::Person(story::person(with)));
        Visit { before, needs, companion, ..visit }
    })
}

/// What is answered, told and joined.
fn any_word(ids: u32) -> impl Strategy<Value = (u8, u16, Act)> {
    let home = || 1..4_u16;
    let target = move || (1..=ids).prop_map(story::entry_id);
    let need = || (1..4_u8).prop_map(|n| NeedId::from_bytes([n; 16]));
    let replaced = prop_oneof![Just(None), target().prop_map(Some)];
    prop_oneof![
        2 => (home(), need(), 0..9_i32, replaced).prop_map(|(home, need, on, replaces)| {
            (1, home, Act::Reply(Reply { need, day: story::day(on), words: "已批".to_owned(), replaces }))
        }),
        1 => (2..4_u8, home(), need(), target(), 0..9_i32).prop_map(|(by, home, need, reply, on)| {
            (by, home, Act::Tell(Tell { need, reply, day: story::day(on), rest: Rest::new() }))
        }),
        1 => (home(), target(), target(), any::<bool>()).prop_map(|(home, visit, other, is_one)| {
            (1, home, Act::Pair(Pair { visit, other, is_one }))
        }),
    ]
}

/// Something that happens to one of three files: opened before, merged and unmerged in any order.
fn any_act(ids: u32) -> impl Strategy<Value = (u8, u16, Act)> {
    let home = || 1..4_u16;
    let target = move || (1..=ids).prop_map(story::entry_id);
    prop_oneof![
        5 => (2..4_u8, home(), any_visit()).prop_map(|(by, home, visit)| (by, home, Act::Visit(visit))),
        2 => (home(), 0..9_i32, any_name()).prop_map(|(home, on, stated)| {
            let Act::Register(register) = story::register(on, 1) else { unreachable!() };
            (1, home, Act::Register(Register { stated, ..register }))
        }),
        4 => any_word(ids),
        3 => (home(), home()).prop_map(|(home, other)| (1, home, merge(other))),
        2 => (home(), target()).prop_map(|(home, merge)| (1, home, Act::Unmerge(Unmerge { merge }))),
        2 => (home(), target(), any::<bool>()).prop_map(|(home, entry, accept)| {
            (1, home, Act::Judge(Judge { entry, accept, why: String::new() }))
        }),
        1 => (home(), 2..4_u8, 0..5_i32).prop_map(|(home, who, from)| (1, home, story::seat(who, from))),
        1 => (2..4_u8, home(), 1..=ids, 0..9_i32).prop_map(|(by, home, of, on)| {
            (by, home, story::amend(of, of, story::visit(on, "钱七")))
        }),
        1 => (home(), target(), 0..4_u8).prop_map(|(home, entry, what)| {
            let what = if what == 0 { Erased::File } else { Erased::Entries([entry].into()) };
            (1, home, Act::Erase(Erase { what, why: ErasedBecause::Asked }))
        }),
    ]
}

fn merge(other: u16) -> Act {
    Act::Merge(Merge { other: story::household(other), words: String::new() })
}

/// Every household and every entry.
type Said = (Vec<(HouseholdId, File)>, Vec<(EntryId, Status)>);

/// What the office says of them, whatever rev they have.
fn said(office: &MemoryBooks) -> Said {
    let files = office.files().iter().map(|(id, (_, file))| (*id, file.clone()));
    let mut statuses: Vec<_> = office.rows().iter().map(|(row, _)| (row.id, row.status)).collect();
    statuses.sort_unstable();
    (files.collect(), statuses)
}

/// Takes acts in, each under the id of its number, in an order, so many at a time.
fn office_of(acts: &[(u8, u16, Act)], order: &[usize], at_once: usize) -> MemoryBooks {
    let mut office = MemoryBooks::new(story::epoch(1));
    office.persons.extend(story::PERSONS);
    for home in 1..4_u16 {
        let Ok(_) = office.desk(&story::opened(1_000 + u32::from(home) * 2, story::household(home), 2));
    }
    for some in order.chunks(at_once) {
        let numbered = |at: &usize| Some((u32::try_from(*at).unwrap_or(0) + 1, acts.get(*at)?.clone()));
        let (desk, field): (Vec<_>, Vec<_>) =
            some.iter().filter_map(numbered).partition(|(_, (_, _, act))| act.is_of_desk());
        let entries: Vec<_> =
            desk.iter().map(|(n, (_, home, act))| story::desk(*n, story::household(*home), act)).collect();
        let Ok(_) = office.desk(&entries);
        for (n, (by, home, act)) in field {
            let phone = story::handset(by);
            let Ok(_) = office.take(phone.person, &[phone.says(n, story::household(home), &act)]);
        }
    }
    office
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_arrival_decides_what_merged_files_say(
        (acts, order) in prop::collection::vec(any_act(14), 14)
            .prop_flat_map(|acts| (Just(acts), Just((0..14).collect::<Vec<usize>>()).prop_shuffle())),
        at_once in 1..5_usize,
    ) {
        let straight: Vec<usize> = (0..acts.len()).collect();
        let (one, other) = (office_of(&acts, &straight, 14), office_of(&acts, &order, at_once));
        prop_assert_eq!(said(&one), said(&other));
    }
}
