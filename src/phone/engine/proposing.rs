//! After the office was set back: a card it has never heard of is offered as `propose`, under its own
//! household id. In a new epoch nothing is dropped from the phone but what a person refused or erased there.

use super::{
    Draft, Trouble,
    fetching::{Fetched, drop_card},
    opening::Opened,
    saving::save,
    shelf,
};
use crate::store::Read;
use domain::file::Status;
use protocol::changes::StatusLine;
use sync::replica::{Lost, is_decided, propose_again};

/// Offers the cards a fetch found unknown at the office; gives how many entries were made for them.
pub async fn offer(opened: &Opened, fetched: &Fetched) -> Result<usize, Trouble> {
    let Some(head) = fetched.head.filter(|_| !fetched.unknown.is_empty()) else { return Ok(0) };
    let counter = vec![Read::One(shelf::META, shelf::COUNTER.to_owned())];
    let found = opened.work.database.read(shelf::WORK, counter).await?;
    let counter = opened.work.counter(found.first())?;
    let mut made = 0;
    for card in &fetched.unknown {
        let lost = propose_again(card, head.epoch, counter.device);
        if is_decided(told(opened, &lost).await?) {
            drop_card(opened, card.household).await?;
            continue;
        }
        match save(opened, &draft(opened, &lost), &lost.act).await {
            Ok(_) => made += 1,
            // Offered before in this epoch, from a card that has changed since.
            Err(Trouble::SavedBefore(_)) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(made)
}

/// What the office said of this very proposal.
async fn told(opened: &Opened, lost: &Lost) -> Result<Option<Status>, Trouble> {
    let reads = vec![Read::One(shelf::STATUSES, lost.id.to_string())];
    let found = opened.work.database.read(shelf::WORK, reads).await?;
    let line: Option<StatusLine> = opened.work.only(shelf::STATUSES, found.first())?;
    Ok(line.map(|line| line.status))
}

/// Its id is the same each time in one epoch: what was saved once is not made again.
fn draft(opened: &Opened, lost: &Lost) -> Draft {
    Draft::new(&*opened.work.around, lost.id, lost.household, lost.act.kind())
}
