//! What must always hold, and what must hold once the faults have stopped.

use crate::{auditing::Audited, phone::Phone, scope::Scope, world::World};
use domain::{
    day::Day,
    file::{Reason, Status},
};
use protocol::{changes::Card, record::EntryHash};
use std::{collections::BTreeMap, convert::Infallible};
use sync::ledger::Shelf;

/// How long an outbox may take to drain after the last fault; an office set back is one until a phone shows it.
const DRAINED_WITHIN_S: u32 = 600;

/// How long until every phone shows what the office has.
const IN_STEP_WITHIN_S: u32 = 1_800;

/// After every step: nothing that was acknowledged is lost, and the office's books are in order.
pub fn always(world: &mut World) {
    world.office.check(&mut world.chance);
    for (id, hash) in &world.acknowledged {
        let kept =
            world.office.books.holds(*id, *hash) || world.phones.iter().any(|phone| phone.holds(*id, *hash));
        let excused = world.excused.contains(&(*id, *hash)) || world.office.erased_ids.contains(id);
        assert!(kept || excused, "{id} was acknowledged and is nowhere");
    }
}

/// Lets the faults stop, and checks what follows from that.
pub fn at_the_end(world: &mut World) {
    world.everybody_comes_back();
    let stopped_ms = world.now_ms;
    let (mut epoch, mut last_fault) = (world.office.head().epoch, 0);
    for second in 0..IN_STEP_WITHIN_S {
        world.quiet_second();
        if epoch != world.office.head().epoch {
            (epoch, last_fault) = (world.office.head().epoch, second);
        }
        let drained = world.phones.iter().all(|phone| phone.disk.work.outbox.is_empty());
        let late = second >= last_fault + DRAINED_WITHIN_S;
        assert!(drained || !late, "an outbox has not drained after {second} seconds");
        if drained && in_step(world, stopped_ms) {
            break;
        }
    }
    always(world);
    for (id, hash) in &world.acknowledged {
        let excused = world.excused.contains(&(*id, *hash)) || world.office.erased_ids.contains(id);
        let there = world.office.books.holds(*id, *hash);
        assert!(there || excused, "{id} never came back to the office");
        let whole = world
            .office
            .books
            .under(*id)
            .any(|(row, _)| EntryHash::of(&row.body) == *hash || row.status == Status::Erased);
        // An office without its key cannot tell which is whole: then that one is on its phone.
        let kept = world.office.was_without_key && world.phones.iter().any(|phone| phone.holds(*id, *hash));
        assert!(whole || kept || excused, "{id} came damaged, and was never mended");
    }
    world.office.audited = Audited::default();
    world.office.check(&mut world.chance);
    phones_show_the_office(world);
    losses_are_reported(world);
}

/// Whether every phone was in touch since the faults stopped, and has applied all there is.
fn in_step(world: &mut World, stopped_ms: i64) -> bool {
    let head = world.office.head();
    world.phones.iter().all(|phone| {
        let in_epoch = phone.disk.work.head.is_some_and(|shown| shown.epoch == head.epoch);
        let in_touch = in_epoch && phone.in_touch_ms > stopped_ms;
        let applied = !phone.signed_in || phone.disk.cards.cursor == Some(head);
        phone.doing.is_none() && in_touch && applied
    })
}

fn phones_show_the_office(world: &mut World) {
    let today = Day::at(world.now_ms, 480);
    for phone in world.phones.iter().filter(|phone| phone.signed_in) {
        let households: Vec<_> =
            Scope::of(&world.office.books, today).whole(phone.person).into_iter().collect();
        let Ok::<_, Infallible>(cards) = world.office.books.cards(&households, today);
        let expected: BTreeMap<_, Card> = cards.into_iter().map(|card| (card.household, card)).collect();
        let (shown, there) = (phone.disk.cards.cards.keys(), expected.keys());
        assert!(shown.eq(there), "a phone's households are not its scope");
        for (household, card) in &phone.disk.cards.cards {
            assert_eq!(Some(card), expected.get(household), "the card of {household}");
        }
        statuses_are_the_offices(world, phone);
    }
}

fn statuses_are_the_offices(world: &World, phone: &Phone) {
    for (id, sent) in &phone.disk.work.sent {
        let rows: Vec<_> = world.office.books.under(*id).collect();
        // Under a taken id the phone's one line cannot tell both.
        let [(row, _)] = rows.as_slice() else { continue };
        let author = row.entry.as_ref().map(|entry| entry.author);
        // What a phone took in of another's is told it until its author brings it.
        if row.brought_by == phone.person || author == Some(phone.person) {
            let shown = phone.disk.work.statuses.get(id).map(|line| line.status);
            assert_eq!(shown, Some(row.status), "the status of {id}");
        }
        let is_doubted = row.taint == Some(Reason::AuthorMismatch) && author == Some(phone.person);
        assert!(
            // What its own phone took in damaged out of a file brings nothing right.
            !is_doubted || world.office.was_without_key || world.damaged.contains(id),
            "{id} came by its author's own phone, and is another's still"
        );
        assert!(row.hash == sent.record.entry_hash || world.misread.contains(id), "{id} has another hash");
        assert!(row.status != Status::Held || world.spoilt.contains(id), "{id} is sealed to no lost key");
    }
}

/// What a wiped phone took with it can be seen at the office. Of a phone that lost its sentinel, too, only what it
/// had told of by then: not where two phones counted under one name, nor where the office was set back since.
fn losses_are_reported(world: &World) {
    for gone in &world.gone {
        for record in &gone.records {
            let told = record.seq <= gone.told
                && gone.set_back == world.office.counts.set_back
                && !world.doubled.contains(&record.device);
            // What was taken in with a damaged hash is there under its own.
            let is_there = world.office.books.holds(record.id, record.entry_hash)
                || (world.misread.contains(&record.id)
                    && world.office.books.under(record.id).next().is_some());
            if (gone.sentinel || told) && !is_there {
                assert!(world.office.reports(record), "{} was lost and nobody can see it", record.id);
            }
        }
    }
}
