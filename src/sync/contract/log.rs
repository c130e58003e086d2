//! Cases: what arrives is appended once and gets its receipt, whatever it is.

use super::{
    Ask, Done, Office,
    story::{
        self, arrival, desk, entry_id, handset, household, judge, opened, person, register, seat, unit,
        visited,
    },
};
use crate::ledger::{Arrival, Stored, open_held, refold};
use domain::{
    entry::OFFICE,
    file::{Reason, Status},
    verbatim::Verbatim,
};
use protocol::{
    deposit::{Receipt, Short},
    record::{EntryHash, Record, Sealed},
};
use sha2::{Digest, Sha256};

/// The statuses of receipts, which are for these arrivals in this order.
#[track_caller]
fn statuses(receipts: &[Receipt], arrivals: &[Arrival]) -> Vec<Status> {
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
    assert_eq!(stored, [Stored { receipt: later[0].clone(), taint: None }]);
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
    let receipts = office.take(phone.person, core::slice::from_ref(&sealed))?;
    assert_eq!(statuses(&receipts, &[sealed]), [Status::Held]);
    Ok(())
}

/// A file that was damaged came before the phone itself: what the phone brings is read, and told so, once.
pub(super) fn mended<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let whole = [20, 21].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let spoilt = |whole: &Arrival| {
        let bytes = Sealed(vec![0; 3]);
        Arrival::of(Record { bytes, ..whole.record().clone() }, None)
    };
    let file = [spoilt(&whole[0]), spoilt(&whole[0])];
    let before = office.take(person(3), &file)?;
    assert_eq!(statuses(&before, &file), [Status::Held; 2]);
    let all = [whole[0].clone(), whole[1].clone(), whole[0].clone()];
    let receipts = office.take(phone.person, &all)?;
    assert_eq!(statuses(&receipts, &all), [Status::Projected; 3]);
    assert_eq!(office.take(phone.person, &file)?[0], receipts[0], "the damaged one changes nothing any more");
    let page = office.page(phone.person, None)?;
    let told = page.statuses.iter().filter(|line| line.id == entry_id(20));
    assert_eq!(told.map(|line| line.status).collect::<Vec<_>>(), [Status::Projected]);
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(2));
    Ok(())
}

/// Two share a phone, and one of them took the file of both in; or its numbers came damaged: its author's own phone
/// brings it right, once, and hears of it from then on.
pub(super) fn brought_right<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let whole = [20, 21, 22].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let misnumbered = {
        let record = whole[1].record();
        Arrival::of(Record { seq: 77, device: other.device, ..record.clone() }, Some(record.bytes.0.clone()))
    };
    let of_another = {
        let bytes = whole[0].record().bytes.0.clone();
        Arrival::of(whole[2].record().clone(), Some(bytes))
    };
    let file = [whole[0].clone(), misnumbered, of_another];
    let first = office.take(other.person, &file)?;
    let expected = [Reason::AuthorMismatch, Reason::Malformed, Reason::Malformed].map(Status::Quarantined);
    assert_eq!(statuses(&first, &file), expected);
    assert_eq!(office.take(other.person, &whole[..1])?[0], first[0], "brought once more by another");
    assert!(office.page(phone.person, None)?.statuses.is_empty(), "it is another's to hear of");
    let receipts = office.take(phone.person, &whole)?;
    assert_eq!(statuses(&receipts, &whole), [Status::Projected; 3]);
    let again = office.take(other.person, &file)?;
    assert_eq!(again, receipts, "the file changes nothing any more");
    let page = office.page(phone.person, None)?;
    let mut told: Vec<_> = page.statuses.iter().map(|line| (line.id, line.status)).collect();
    told.sort_by_key(|(id, _)| *id);
    assert_eq!(told, [20, 21, 22].map(|n| (entry_id(n), Status::Projected)));
    assert!(office.page(other.person, None)?.statuses.is_empty());
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(3), "each counts once");
    assert_eq!(office.write(|books| books.log_of(household(1)))?.len(), 5);
    Ok(())
}

/// The hash outside of the seal came damaged: what lies under it is what it is, and nobody's place is taken.
pub(super) fn damaged_hash<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let whole = [20, 21, 22, 23].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    let spoilt = |at: usize| Record { entry_hash: EntryHash::of(&[9]), ..whole[at].record().clone() };
    let read = |at: usize| Arrival::of(spoilt(at), Some(spoilt(at).bytes.0));
    let first = [read(0)];
    let receipts = office.take(phone.person, &first)?;
    assert_eq!(statuses(&receipts, &first), [Status::Projected]);
    assert_eq!(office.take(phone.person, &first)?, receipts, "a repeat is harmless");
    // Brought by another it waits for its author's own phone.
    let file = [read(1)];
    let doubted = [Status::Quarantined(Reason::AuthorMismatch)];
    assert_eq!(statuses(&office.take(other.person, &file)?, &file), doubted);
    assert_eq!(statuses(&office.take(phone.person, &whole[..2])?, &whole[..2]), [Status::Projected; 2]);
    assert_eq!(statuses(&office.take(other.person, &file)?, &file), [Status::Projected]);
    // What no key fitted lies under the hash that was said of it, and is read there.
    let sealed = [Arrival::of(spoilt(2), None)];
    assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [Status::Held]);
    let again = [read(2)];
    assert_eq!(statuses(&office.take(phone.person, &again)?, &again), [Status::Projected]);
    assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [Status::Projected]);
    // So when the key is back.
    let sealed = [Arrival::of(spoilt(3), None)];
    assert_eq!(statuses(&office.take(phone.person, &sealed)?, &sealed), [Status::Held]);
    office.write(|books| open_held(books, &[(phone.person, story::NOW_MS, read(3))]))?;
    let opened = office.write(|books| books.stored(&[entry_id(23)]))?;
    assert_eq!(opened.first().map(|one| one.receipt.status), Some(Status::Projected));
    assert_eq!(statuses(&office.take(phone.person, &[read(3)])?, &sealed), [Status::Projected]);
    let rows = office.write(|books| books.stored(&[20, 21, 22, 23].map(entry_id)))?;
    assert_eq!(rows.len(), 4, "each is there once");
    let page = office.page(phone.person, None)?;
    assert_eq!(page.cards.first().map(|card| card.visits.len()), Some(4), "each counts once");
    Ok(())
}

/// What a person decided of a record that another brought is not taken back by its author's phone; that hears of it.
pub(super) fn decided_before_it_came_right<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let (phone, other) = (handset(2), handset(3));
    let both = [20, 21].map(|n| phone.says(n, household(1), &visited(3, "王五")));
    office.take(other.person, &both)?;
    office.desk(&[
        desk(30, household(1), &judge(20, true, "")),
        desk(31, household(1), &judge(21, false, "")),
    ])?;
    let decided = [Status::Projected, Status::Quarantined(Reason::Refused)];
    assert_eq!(statuses(&office.take(phone.person, &both)?, &both), decided);
    let head = office.head()?;
    assert_eq!(statuses(&office.take(phone.person, &both)?, &both), decided);
    assert_eq!(office.head()?, head, "once");
    // Taken back, the verdict leaves what the phone itself brought.
    office.desk(&[desk(32, household(1), &judge(21, true, ""))])?;
    let page = office.page(phone.person, None)?;
    assert_eq!(page.statuses.iter().map(|line| line.status).collect::<Vec<_>>(), [Status::Projected; 2]);
    assert!(office.page(other.person, None)?.statuses.is_empty());
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
    let mut causes: Vec<EntryHash> = Vec::new();
    causes.extend(office.desk(&opened(1, household(1), 2))?.iter().map(|receipt| receipt.entry_hash));
    let visits: Vec<Arrival> =
        (20..25).map(|n| phone.says(n, household(1), &visited(3, &format!("第{n}")))).collect();
    office.take(phone.person, &visits)?;
    causes.extend(visits.iter().map(|one| one.record().entry_hash));
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
