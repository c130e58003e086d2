//! What seeds once found in the simulation itself, told without chance.

use crate::{
    chance::Chance,
    desk::DESK,
    saving::make,
    wire::{Carried, Request},
    world::World,
};
use domain::{entry::Act, visit::Visit};
use protocol::deposit::Deposit;

/// A request hears its own answer, never one to the request before (seed 99,750).
#[test]
fn an_answer_to_a_request_that_was_given_up_is_not_heard() {
    let mut world = World::new(1, false);
    let greeting = |world: &mut World| {
        let now_ms = world.now_ms;
        let phone = world.phones.first_mut().expect("there is a phone");
        let request = phone.begin(now_ms);
        world.ask(0, request.clone());
        let wire = world.wires.pop().expect("it asked");
        let answer = world.office.serve(&wire, &request, &mut world.chance, now_ms);
        (wire, answer)
    };
    let (first, late) = greeting(&mut world);
    world.phones.first_mut().expect("there is a phone").fail(&mut Chance::new(1), 0);
    let (second, answer) = greeting(&mut world);
    let is_waiting = |world: &World| world.phones.first().is_some_and(|phone| phone.doing.is_some());
    world.answer_arrives(&first, late, false);
    assert!(is_waiting(&world) && world.wires.is_empty(), "it took the answer to another request");
    world.answer_arrives(&second, answer, false);
    let asks = world.wires.pop().map(|wire| wire.what);
    assert!(matches!(asks, Some(Carried::Request(Request::Changes(_)))), "it did not hear its own answer");
}

/// An office that was set back, where another then brought the very record that came at this rev before, has another
/// past (seed 22,095): else its author's phone would go on saying that it counts.
#[test]
fn the_same_record_brought_by_another_is_another_past() {
    let mut world = World::new(1, false);
    let household = *world.households.first().expect("there is a household");
    let act = Act::Visit(Visit::attempt(world.today()));
    let making = world.making(0, None, household, &act);
    let phone = world.phones.first_mut().expect("there is a phone");
    phone.disk.work.save(making.id, |counter| make(counter, &making, false)).expect("it is made");
    let (author, deposit) = (phone.person, phone.queue());
    let head_after = |brought_by| {
        let mut office = world.office.clone();
        office.deposit(brought_by, &deposit, &mut Chance::new(1), world.now_ms).head
    };
    let (own, anothers) = (head_after(author), head_after(DESK));
    assert_eq!((own.epoch, own.rev), (anothers.epoch, anothers.rev));
    assert_ne!(own.chain, anothers.chain);
}

/// An office that was set back, where another phone of the same person then brought half of the very record that came
/// at this rev before, has another past (seed 226,793): else the whole is never offered again, and nobody mends it.
#[test]
fn half_of_a_record_is_another_past_and_is_mended() {
    let mut world = World::new(1, false);
    let household = *world.households.first().expect("there is a household");
    let act = Act::Visit(Visit::attempt(world.today()));
    let making = world.making(0, None, household, &act);
    let now_ms = world.now_ms;
    let phone = world.phones.first_mut().expect("there is a phone");
    phone.disk.work.save(making.id, |counter| make(counter, &making, false)).expect("it is made");
    let (author, mut chance) = (phone.person, Chance::new(1));
    let (whole, mut half) = (phone.queue(), phone.queue());
    let record = half.records.first_mut().expect("it waits");
    record.bytes.0.truncate(record.bytes.0.len() / 2);
    world.office.back_up();
    let shown = Some(world.office.deposit(author, &whole, &mut chance, now_ms).head);
    world.office.set_back(0, false, &mut chance, now_ms);
    let head = world.office.deposit(author, &half, &mut chance, now_ms).head;
    assert_eq!(Some((head.epoch, head.rev)), shown.map(|shown| (shown.epoch, shown.rev)));
    let (greeting, again) =
        (Deposit { shown, records: Vec::new(), ..whole.clone() }, Deposit { shown: None, ..whole });
    let heard = world.office.deposit(author, &greeting, &mut chance, now_ms).head;
    assert_ne!(heard.epoch, head.epoch, "its phone is not told to offer it again");
    world.office.deposit(author, &again, &mut chance, now_ms);
    let rows: Vec<_> = world.office.books.under(making.id).collect();
    assert!(matches!(rows.as_slice(), [(row, _)] if row.entry.is_some() && row.taint.is_none()));
}
