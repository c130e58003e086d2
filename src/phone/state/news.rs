//! What became of what one brought, since one last looked: replies to tell, files opened, records held back.
//!
//! Pure. What has been seen is kept in the browser as ids, by [`Seen`].

use super::proposals::OwnProposal;
use crate::engine::{LineState, Own};
use domain::{
    day::Day,
    file::{NeedLine, Reason},
    id::{EntryId, HouseholdId},
};
use protocol::changes::Card;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// For how many days something is news.
const NEWS_DAYS: i32 = 30;

/// One piece of news.
#[derive(Clone, PartialEq, Debug)]
pub struct News {
    /// Unlike that of any other news.
    pub key: String,
    /// Whose household.
    pub household: HouseholdId,
    /// What it is.
    pub what: What,
}

/// What became of something.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A need was answered, and the family has not been told.
    Replied(Box<NeedLine>),
    /// What one proposed has become a file.
    Approved,
    /// The union holds a record back, or cannot take it.
    HeldBack(EntryId),
}

/// What has been seen.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(BTreeSet<String>);

impl Seen {
    /// These have been seen; what is no news any more is forgotten.
    pub fn see(&mut self, seen: impl IntoIterator<Item = String>, all: &[News]) {
        self.0.extend(seen);
        self.0.retain(|key| all.iter().any(|news| news.key == *key));
    }

    /// What has not been seen.
    pub fn unseen<'a>(&self, all: &'a [News]) -> Vec<&'a News> {
        all.iter().filter(|news| !self.0.contains(&news.key)).collect()
    }
}

/// All the news: what must be looked at first.
pub fn news(
    cards: &BTreeMap<HouseholdId, Card>,
    own: &[Own],
    proposals: &BTreeMap<HouseholdId, OwnProposal>,
    today: Day,
) -> Vec<News> {
    let held_back = own.iter().filter(|own| is_held_back(&own.state)).map(|own| {
        let (entry, household) = (own.entry.id, own.entry.household);
        News { key: format!("held {entry}"), household, what: What::HeldBack(entry) }
    });
    let replied = cards.values().flat_map(|card| {
        card.needs.iter().filter_map(move |line| {
            let reply = line.reply.as_ref().filter(|_| line.told.is_none())?;
            let fresh = today.days_since(reply.day) <= NEWS_DAYS;
            let key = match line.reply_entry {
                Some(entry) => format!("reply {entry}"),
                None => format!("reply {} {}", line.need.id, reply.day),
            };
            let what = What::Replied(Box::new(line.clone()));
            fresh.then_some(News { key, household: card.household, what })
        })
    });
    let approved = proposals.iter().filter(|(household, own)| {
        own.is_accepted() && cards.get(household).is_some_and(|card| !card.proposed)
    });
    let approved = approved.map(|(household, _)| {
        let key = format!("approved {household}");
        News { key, household: *household, what: What::Approved }
    });
    held_back.chain(approved).chain(replied).collect()
}

/// Whether the helper has something to do about it: what only waits for something else is no news.
const fn is_held_back(state: &LineState) -> bool {
    match state {
        LineState::NeedsLook { reason, .. } => {
            !matches!(reason, Reason::AwaitingApproval | Reason::AbsentTarget)
        }
        LineState::SetAside(_) => true,
        LineState::OnPhone | LineState::Received { .. } | LineState::Held => false,
    }
}

#[cfg(test)]
mod tests;
