//! After the office was set back: a card it has never heard of is offered as `propose`, under its own
//! household id. In a new epoch nothing is dropped from the phone.

use super::{
    Draft, Trouble,
    fetching::Fetched,
    opening::Opened,
    saving::{hex, save},
};
use domain::{
    entry::{Act, Propose},
    id::EntryId,
    slot::Values,
};
use protocol::{changes::Card, deposit::Head, record::EntryHash};

/// Offers the cards a fetch found unknown at the office; gives how many entries were made for them.
pub async fn offer(opened: &Opened, fetched: &Fetched) -> Result<usize, Trouble> {
    let Some(head) = fetched.head else { return Ok(0) };
    let mut made = 0;
    for card in &fetched.unknown {
        match save(opened, &draft(opened, card, head), &Act::Propose(propose(card))).await {
            Ok(_) => made += 1,
            // Offered before in this epoch, from a card that has changed since.
            Err(Trouble::SavedBefore(_)) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(made)
}

/// What the phone knows of the household, as of the day its file began: nothing is made younger than it is.
fn propose(card: &Card) -> Propose {
    let stated: Values =
        card.standings.iter().filter_map(|(slot, standing)| Some((*slot, standing.values.first()?.value.clone()))).collect();
    Propose { day: card.since, unit: card.unit, stated, why: String::new(), rest: serde_json::Map::new() }
}

/// The same draft each time in one epoch, so that the household is offered once by each helper.
fn draft(opened: &Opened, card: &Card, head: Head) -> Draft {
    let around = &opened.work.around;
    let (mut nonce, mut seal_random) = ([0; 16], [0; 32]);
    around.random(&mut nonce);
    around.random(&mut seal_random);
    Draft {
        id: id(&format!("{} {} {}", head.epoch, card.household, opened.person), card),
        household: card.household,
        kind: "propose".to_owned(),
        nonce: hex(&nonce),
        seal_random: hex(&seal_random),
        wall_ms: around.now_ms(),
        form: serde_json::Value::Null,
        saved_at_ms: around.now_ms(),
    }
}

fn id(what: &str, card: &Card) -> EntryId {
    let [a, b, c, d, e, f, ..] = *card.household.as_bytes();
    let made_ms = i64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    let mut random = [0; 10];
    random.iter_mut().zip(EntryHash::of(what.as_bytes()).as_bytes()).for_each(|(to, from)| *to = *from);
    EntryId::new(made_ms, random)
}
