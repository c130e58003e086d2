//! Cases: what cannot count yet waits, and is judged again in the transaction that brings what it
//! lacks.

use super::{
    Ask, Done, Office,
    story::{
        NOW_MS, amend, day, desk, entry_id, handset, household, judge, named, opened, person, propose,
        register, seat, visit, visited, withdraw,
    },
};
use crate::ledger::{Arrival, refold, take_in};
use domain::{
    file::{Directory, Folded, Reason, Status, fold},
    id::{EntryId, PersonId},
    slot::Slot,
};
use protocol::changes::{ChangesPage, StatusLine};

fn line(page: &ChangesPage, n: u32) -> Option<&StatusLine> {
    page.statuses.iter().find(|line| line.id == entry_id(n))
}

pub(super) fn judged_again<O: Office>(office: &mut O) -> Done<O> {
    let phone = handset(2);
    office.take(phone.person, &[phone.says(21, household(1), &amend(20, 20, visit(4, "赵六")))])?;
    let mut seen = 0;
    let mut cursor = None;
    let steps: [(&str, Status, Status); 4] = [
        (
            "visit",
            Status::Quarantined(Reason::UnknownHousehold),
            Status::Quarantined(Reason::UnknownHousehold),
        ),
        (
            "propose",
            Status::Quarantined(Reason::AwaitingApproval),
            Status::Quarantined(Reason::AwaitingApproval),
        ),
        ("register", Status::Quarantined(Reason::NoSeat), Status::Quarantined(Reason::NoSeat)),
        ("seat", Status::Projected, Status::Projected),
    ];
    for (step, of_visit, of_amend) in steps {
        match step {
            "visit" => drop(office.take(phone.person, &[phone.says(20, household(1), &visited(3, "王五"))])?),
            "propose" => {
                drop(office.take(person(3), &[handset(3).says(30, household(1), &propose(2, "王"))])?)
            }
            "register" => drop(office.desk(&[desk(1, household(1), &register(0, 1))])?),
            _ => drop(office.desk(&[desk(2, household(1), &seat(2, 0))])?),
        }
        let page = office.page(phone.person, cursor)?;
        for (n, status) in [(20, of_visit), (21, of_amend)] {
            let told = line(&page, n);
            let changed = told.is_some_and(|line| line.rev > seen && line.rev <= page.head.rev);
            assert!(changed || (step == "visit" && n == 21), "after {step}: a new rev for {n}, {told:?}");
            assert!(told.is_none_or(|line| line.status == status), "after {step}: {told:?}");
        }
        let at_rest = office.page(phone.person, Some(page.cursor))?;
        assert_eq!((at_rest.statuses.len(), at_rest.cards.len()), (0, 0), "nothing is told twice");
        (seen, cursor) = (page.head.rev, Some(page.cursor));
    }
    let card = office.page(phone.person, None)?.cards;
    let stands =
        card.first().and_then(|card| card.standings.get(&Slot::Name)).map(|standing| standing.values.clone());
    let told: Vec<_> = stands.into_iter().flatten().map(|stands| (stands.value, stands.day)).collect();
    assert_eq!(told, [(named("赵六")[&Slot::Name].clone(), day(4))]);
    Ok(())
}

pub(super) fn known_later<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 9))?;
    let stranger = handset(9);
    let visits = [stranger.says(20, household(1), &visited(3, "王五"))];
    let told = office.take(stranger.person, &visits)?;
    assert_eq!(told.first().map(|one| one.status), Some(Status::Quarantined(Reason::UnknownAuthor)));
    let before = office.page(stranger.person, None)?;
    office.add_person(stranger.person)?;
    office.write(|books| refold(books, &[household(1)]))?;
    let after = office.page(stranger.person, Some(before.cursor))?;
    assert_eq!(line(&after, 20).map(|line| line.status), Some(Status::Projected));
    assert_eq!(after.cards.len(), 1, "the card changed with it");
    assert!(after.head.rev > before.head.rev);
    Ok(())
}

pub(super) fn verdict<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 3))?;
    let phone = handset(2);
    office.take(phone.person, &[phone.says(20, household(1), &visited(3, "王五"))])?;
    office.desk(&[desk(30, household(1), &judge(20, false, "记错了户"))])?;
    let refused = office.page(phone.person, None)?;
    let told = line(&refused, 20).map(|line| (line.status, line.why.clone()));
    assert_eq!(told, Some((Status::Quarantined(Reason::Refused), "记错了户".to_owned())));
    office.desk(&[desk(31, household(1), &judge(20, true, "问清楚了"))])?;
    let accepted = office.page(phone.person, Some(refused.cursor))?;
    assert_eq!(line(&accepted, 20).map(|line| line.status), Some(Status::Projected));
    let card = office.page(person(3), None)?.cards;
    assert_eq!(card.first().map(|card| card.visits.len()), Some(1));
    Ok(())
}

/// Every person of the story.
struct Everybody;

impl Directory for Everybody {
    fn knows(&self, person: PersonId) -> bool {
        super::story::PERSONS.contains(&person)
    }
}

pub(super) fn statuses_are_the_folds<O: Office>(office: &mut O) -> Done<O> {
    let (phone, other) = (handset(2), handset(3));
    let at = household(1);
    let says = |n: u32, act: &domain::entry::Act| phone.says(n, at, act);
    let mixed: Vec<Arrival> = vec![
        says(22, &amend(21, 21, visit(5, "甲"))),
        says(20, &visited(3, "王五")),
        other.says(24, at, &visited(3, "乙")),
        says(23, &withdraw(20)),
        says(21, &visited(4, "丙")),
        says(25, &amend(21, 99, visit(4, "丁"))),
        Arrival::of(says(26, &visited(4, "戊")).record().clone(), None),
        other.says(24, at, &visited(3, "己")),
    ];
    let of = |person: PersonId, all: &[Arrival]| -> Vec<Arrival> {
        let own = all.iter().filter(|one| (one.record().device == other.device) == (person == other.person));
        own.cloned().collect()
    };
    for (n, part) in [&mixed[..3], &mixed[3..]].into_iter().enumerate() {
        office.write(|books| {
            let mut told = take_in(books, phone.person, &of(phone.person, part), NOW_MS)?;
            told.extend(take_in(books, other.person, &of(other.person, part), NOW_MS)?);
            Ok(told)
        })?;
        let first = u32::try_from(n).unwrap_or(0) * 2 + 1;
        if n == 0 {
            office.desk(&opened(first, at, 2))?;
        }
    }
    let lines = office.write(|books| books.log_of(at))?;
    let logged: Vec<_> = lines.iter().map(|line| line.logged.clone()).collect();
    let Folded { statuses, .. } = fold(&logged, &Everybody);
    assert_eq!(statuses.len(), 8, "all but what is held and what came under a taken id");
    let stored: Vec<(EntryId, Status)> =
        lines.iter().map(|line| (line.logged.entry.id, line.status)).collect();
    for (id, status) in &stored {
        assert_eq!(statuses.get(id), Some(status), "{id}");
    }
    let receipts = office.take(phone.person, &of(phone.person, &mixed))?;
    let told = receipts.iter().filter(|receipt| receipt.status != Status::Held);
    for receipt in told {
        assert_eq!(statuses.get(&receipt.id), Some(&receipt.status), "the receipt of {}", receipt.id);
    }
    Ok(())
}

pub(super) fn withdrawn<O: Office>(office: &mut O) -> Done<O> {
    office.desk(&opened(1, household(1), 2))?;
    let phone = handset(2);
    let before = office.page(phone.person, None)?.cards;
    office.take(phone.person, &[phone.says(20, household(1), &visited(3, "王五"))])?;
    let between = office.page(phone.person, None)?.cards;
    assert_eq!(between.first().and_then(|card| card.last_visit), Some(day(3)));
    office.take(phone.person, &[phone.says(21, household(1), &withdraw(20))])?;
    let after = office.page(phone.person, None)?.cards;
    let without_rev = |cards: Vec<protocol::changes::Card>| -> Vec<protocol::changes::Card> {
        cards.into_iter().map(|card| protocol::changes::Card { rev: 0, ..card }).collect()
    };
    assert_eq!(without_rev(after), without_rev(before));
    Ok(())
}
