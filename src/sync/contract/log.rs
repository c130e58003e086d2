//! Cases: what arrives is appended once and gets its receipt, whatever it is.

use super::{
    Ask, Done, Office,
    story::{
        self, arrival, desk, entry_id, handset, household, judge, opened, person, register, seat, unit,
        visited,
    },
};
use crate::ledger::{Arrival, Stored, refold};
use domain::{
    entry::{Act, ENTRY_BYTES_MAX, OFFICE},
    file::{Reason, Status},
    id::PersonId,
    verbatim::Verbatim,
    visit::Visit,
};
use protocol::{
    deposit::{Receipt, Short},
    record::{EntryHash, Record},
};
use sha2::{Digest, Sha256};

/// The statuses of receipts, which are for these arrivals in this order.
#[track_caller]
pub(super) fn statuses(receipts: &[Receipt], arrivals: &[Arrival]) -> Vec<Status> {
    let told: Vec<_> = receipts.iter().map(|receipt| (receipt.id, receipt.entry_hash)).collect();
    let offered: Vec<_> = arrivals.iter().map(|one| (one.record().id, one.record().entry_hash)).collect();
    assert_eq!(told, offered, "one receipt per record, in order, each with the record's own hash");
    receipts.iter().map(|receipt| receipt.status).collect()
}

pub(super) fn once<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let visit = [phone.says(20, household(1), &visited(3, "王五"))];
    let first = office.take(phone.person, &visit)?;
    assert_eq!(statuses(&first, &visit), [Status::Quarantined(Reason::UnknownHousehold)]);
    assert_eq!(office.take(phone.person, &visit)?, first, "the stored receipt");
    assert_eq!(office.head()?.rev, 1, "nothing was appended");
    office.desk(&opened(1, household(1), 2))?;
    let later = office.take(phone.person, &visit)?;
    assert_eq!(statuses(&later, &visit), [Status::Projected], "the receipt tells what became of it since");
    assert_eq!(office.head()?.rev, 3);
    let stored = office.write(|books| books.stored(&[entry_id(20)]))?;
    assert_eq!(stored, [Stored { receipt: later[0].clone(), taint: None, is_read: true }]);
    Ok(())
}

pub(super) fn twice_in_one_deposit<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let visit = phone.says(20, household(1), &visited(3, "王五"));
    let receipts = office.take(phone.person, &[visit.clone(), visit])?;
    assert_eq!(receipts.len(), 2);
    assert_eq!(receipts.first(), receipts.last());
    assert_eq!(office.head()?.rev, 3);
    Ok(())
}

pub(super) fn taken_id<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let first = [phone.says(20, household(1), &visited(3, "王五"))];
    let other = [phone.says(20, household(1), &visited(4, "赵六"))];
    assert_eq!(statuses(&office.take(phone.person, &first)?, &first), [Status::Projected]);
    let taken = Status::Quarantined(Reason::IdTaken);
    let told = office.take(phone.person, &other)?;
    assert_eq!(statuses(&told, &other), [taken]);
    assert_eq!(office.take(phone.person, &other)?, told, "the second is kept beside the first");
    assert_eq!(office.write(|books| books.stored(&[entry_id(20)]))?.len(), 2);
    // Neither a verdict nor another fold makes it count.
    office.desk(&[desk(30, household(1), &judge(20, false, ""))])?;
    let both = [first, other].concat();
    let refused = Status::Quarantined(Reason::Refused);
    assert_eq!(statuses(&office.take(phone.person, &both)?, &both), [refused, taken]);
    let together =
        [phone.says(40, household(1), &visited(3, "甲")), phone.says(40, household(1), &visited(3, "乙"))];
    assert_eq!(statuses(&office.take(phone.person, &together)?, &together), [Status::Projected, taken]);
    Ok(())
}

pub(super) fn taken_number<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let first = phone.entry(20, household(1), &visited(3, "王五"));
    let mut cloned = phone.entry(21, household(1), &visited(4, "赵六"));
    cloned.seq = first.seq;
    let both = [arrival(&first), arrival(&cloned)];
    assert_eq!(statuses(&office.take(phone.person, &both)?, &both), [Status::Projected; 2]);
    Ok(())
}

pub(super) fn malformed<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let says = |n: u32| phone.says(n, household(1), &visited(3, "王五"));
    let record = |n: u32| says(n).record().clone();
    let noise = Record { entry_hash: EntryHash::of(b"\xff{"), ..record(20) };
    let noise = Arrival::of(noise, Some(b"\xff{".to_vec()));
    let other_id = Arrival::of(Record { id: entry_id(25), ..record(21) }, Some(record(21).bytes.0));
    let other_bytes = Arrival::of(record(22), Some(record(99).bytes.0));
    let mut long = phone.entry(23, household(1), &visited(3, "王五"));
    long.payload = Verbatim::of(&"长".repeat(30_000));
    let too_large = arrival(&long);
    let mut odd = phone.entry(24, household(1), &visited(3, "王五"));
    odd.payload = Verbatim::of(&serde_json::json!({ "day": 3 }));
    let all = [noise, other_id, other_bytes, too_large, arrival(&odd)];
    let receipts = office.take(phone.person, &all)?;
    assert_eq!(statuses(&receipts, &all), [Status::Quarantined(Reason::Malformed); 5]);
    assert_eq!(office.take(phone.person, &all)?, receipts);
    let good = [says(30)];
    assert_eq!(
        statuses(&office.take(phone.person, &good)?, &good),
        [Status::Projected],
        "none blocks another"
    );
    Ok(())
}

pub(super) fn held<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    let sealed = Arrival::of(phone.says(20, household(1), &visited(3, "王五")).record().clone(), None);
    let sealed = [sealed];
    let receipts = office.take(phone.person, &sealed)?;
    assert_eq!(statuses(&receipts, &sealed), [Status::Held]);
    let head = office.head()?;
    assert_eq!(office.take(phone.person, &sealed)?, receipts, "the stored receipt");
    assert_eq!(office.take(person(3), &sealed)?, receipts, "whoever brings it");
    assert_eq!(office.head()?, head, "nothing is written of what was held before");
    Ok(())
}

/// A phone sealed it to a key that the office lost since: of what was read already that takes nothing back.
pub(super) fn sealed_again<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let whole = [20, 21, 22].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let sealed = whole.clone().map(|whole| Arrival::of(whole.record().clone(), None));
    let half = {
        let bytes = whole[1].record().bytes.0.iter().take(99).copied().collect();
        Arrival::of(whole[1].record().clone(), Some(bytes))
    };
    let own = office.take(phone.person, &[whole[0].clone(), half])?;
    let brought = office.take(person(3), &whole[2..])?;
    let told = [own, brought].concat();
    let expected = [
        Status::Projected,
        Status::Quarantined(Reason::Malformed),
        Status::Quarantined(Reason::AuthorMismatch),
    ];
    assert_eq!(statuses(&told, &sealed), expected);
    let head = office.head()?;
    assert_eq!(office.take(phone.person, &sealed)?, told);
    assert_eq!(office.head()?, head, "nothing is written");
    Ok(())
}

/// The largest entry that may be is taken; one byte more is kept, and does not count.
pub(super) fn largest<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let noting = |n: u32, note: usize| {
        let note = "x".repeat(note);
        phone.entry(n, household(1), &Act::Visit(Visit { note, ..story::visit(3, "王五") }))
    };
    let of_bytes = |n: u32, bytes: usize| {
        let beside = arrival(&noting(n, 1)).record().bytes.0.len() - 1;
        let one = arrival(&noting(n, bytes - beside));
        assert_eq!(one.record().bytes.0.len(), bytes);
        one
    };
    let both = [of_bytes(20, ENTRY_BYTES_MAX), of_bytes(21, ENTRY_BYTES_MAX + 1)];
    let receipts = office.take(phone.person, &both)?;
    let expected = [Status::Projected, Status::Quarantined(Reason::Malformed)];
    assert_eq!(statuses(&receipts, &both), expected);
    let page = office.page(phone.person, None)?;
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(1));
    Ok(())
}

pub(super) fn not_the_phones<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let mut of_another = phone.entry(20, household(1), &visited(3, "王五"));
    of_another.author = person(3);
    let mut as_office = phone.entry(21, household(1), &register(0, 2));
    as_office.device = OFFICE;
    let mut dance = phone.entry(22, household(1), &visited(3, "王五"));
    dance.kind = "dance".to_owned();
    let mut newer = phone.entry(23, household(1), &visited(3, "王五"));
    newer.schema = 9;
    let of_the_desk = phone.entry(24, household(1), &seat(2, 0));
    let all: Vec<Arrival> = [of_another, as_office, dance, newer, of_the_desk].iter().map(arrival).collect();
    let expected = [
        Reason::AuthorMismatch,
        Reason::NotAllowed,
        Reason::UnknownKind,
        Reason::UnknownSchema,
        Reason::NotAllowed,
    ];
    assert_eq!(statuses(&office.take(phone.person, &all)?, &all), expected.map(Status::Quarantined));
    let mut in_anothers_name = desk(40, household(1), &register(0, 2));
    in_anothers_name.author = person(3);
    let told = office.desk(&[in_anothers_name])?;
    assert_eq!(told.first().map(|one| one.status), Some(Status::Quarantined(Reason::AuthorMismatch)));
    let card = office.page(phone.person, None)?.cards;
    assert_eq!(card.first().and_then(|card| card.unit), Some(unit(1)), "nothing of it counts");
    Ok(())
}

pub(super) fn chain<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    // A record, and who brought it.
    let cause = |hash: EntryHash, brought_by: PersonId| {
        EntryHash::of(&[hash.as_bytes().as_slice(), brought_by.as_bytes()].concat())
    };
    let mut causes: Vec<EntryHash> = Vec::new();
    let told = office.desk(&opened(1, household(1), 2))?;
    causes.extend(told.iter().map(|receipt| cause(receipt.entry_hash, story::DESK)));
    let visits: Vec<Arrival> =
        (20..25).map(|n| phone.says(n, household(1), &visited(3, &format!("第{n}")))).collect();
    office.take(phone.person, &visits)?;
    causes.extend(visits.iter().map(|one| cause(one.record().entry_hash, phone.person)));
    office.write(|books| refold(books, &[household(1)]))?;
    causes.push(EntryHash::of(household(1).as_bytes()));
    let mut whole = [0_u8; 32];
    for (rev, cause) in (1..).zip(&causes) {
        whole = Sha256::new().chain_update(whole).chain_update(cause.as_bytes()).finalize().into();
        let (noted, read) =
            (office.write(|books| books.chain_at(rev))?, office.read(|shelf| shelf.chain_of(rev))?);
        assert_eq!((noted, read), (Some(Short::of(&whole)), Some(Short::of(&whole))), "rev {rev}");
    }
    let head = office.head()?;
    assert_eq!((head.rev, head.chain), (8, Short::of(&whole)));
    assert_eq!(office.write(|books| books.count())?.chain, whole);
    assert_eq!(office.write(|books| books.chain_at(9))?, None);
    Ok(())
}
