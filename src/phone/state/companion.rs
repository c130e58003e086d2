//! Who is proposed as companion: whoever came along last.
//!
//! Pure.

use domain::{id::PersonId, visit::Companion};
use protocol::changes::Card;

/// The last companion of this helper in this household: who came with them, or whom they came with.
pub fn proposed(card: &Card, me: PersonId, my_name: &str) -> Option<Companion> {
    let name = card.visits.iter().find_map(|visit| {
        if visit.author == me {
            return (!visit.companion.is_empty()).then(|| visit.companion.clone());
        }
        let author = card.names.get(&visit.author)?;
        (visit.companion == my_name).then(|| author.clone())
    })?;
    Some(of_name(card, me, &name))
}

/// The seat-holder of that name, else the name.
pub fn of_name(card: &Card, me: PersonId, name: &str) -> Companion {
    let seat = card.seats.iter().find(|seat| seat.name == name && seat.person != me);
    seat.map_or_else(|| Companion::Named(name.to_owned()), |seat| Companion::Person(seat.person))
}

/// Whom the card offers: the other seats, each person once.
pub fn offered(card: &Card, me: PersonId) -> Vec<(PersonId, String)> {
    let mut offered: Vec<(PersonId, String)> = Vec::new();
    for seat in card.seats.iter().filter(|seat| seat.person != me) {
        if !offered.iter().any(|(person, _)| *person == seat.person) {
            offered.push((seat.person, seat.name.clone()));
        }
    }
    offered
}
