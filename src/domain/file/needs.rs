//! What was asked for and what became of it: needs with their replies, alerts with their taking-up.

use super::{AlertLine, NeedLine, Set, ToldBefore, VisitLine, judging::Court, versions};
use crate::{
    day::Day,
    entry::{Act, Alert, Reply, TakeUp, Tell},
    id::{EntryId, NeedId, PersonId},
    visit::Visit,
};
use std::collections::BTreeMap;

/// The needs of the visits that count, each once, by day asked and id; not answered yet.
pub(super) fn asked(visits: &[VisitLine]) -> Vec<NeedLine> {
    let mut lines: BTreeMap<NeedId, NeedLine> = BTreeMap::new();
    for line in visits {
        for need in &line.visit.needs {
            lines.entry(need.id).or_insert_with(|| NeedLine {
                need: need.clone(),
                visit: line.id,
                author: line.author,
                asked: line.visit.day,
                reply: None,
                replied_by: None,
                reply_entry: None,
                told: None,
                told_by: None,
                told_by_telephone: false,
                told_before: None,
            });
        }
    }
    let mut lines: Vec<NeedLine> = lines.into_values().collect();
    lines.sort_by_key(|line| (line.asked, line.need.id));
    lines
}

/// Puts the reply that stands to each need, of those that count.
pub(super) fn answer(set: &Set<'_>, court: &Court<'_, '_>, needs: &mut [NeedLine]) {
    let mut given: BTreeMap<NeedId, Given<'_>> = BTreeMap::new();
    for (read, act) in set.acts() {
        if let Act::Reply(reply) = act
            && court.counts(read.entry.id)
        {
            given.entry(reply.need).or_default().insert(read.entry.id, (reply, read.entry.author));
        }
    }
    for line in needs {
        let Some(replies) = given.get(&line.need.id) else { continue };
        if let Some((entry, (reply, by))) = last_word(set, replies).and_then(|id| replies.get_key_value(&id))
        {
            line.reply = Some((*reply).clone());
            (line.replied_by, line.reply_entry) = (Some(*by), Some(*entry));
        }
    }
}

/// The replies to one need that count, each with who gave it.
type Given<'a> = BTreeMap<EntryId, (&'a Reply, PersonId)>;

/// The reply of which no other took the place. Where two took one's place, the one stands that has the latest word in
/// it, its own or that of who corrected it: so who corrects a reply never brings back one that had lost to it.
fn last_word(set: &Set<'_>, given: &Given<'_>) -> Option<EntryId> {
    let own = |id: EntryId| given.get(&id).map(|(reply, _)| (reply.day, id));
    let before: BTreeMap<EntryId, Option<EntryId>> =
        given.iter().map(|(id, (reply, _))| (*id, nearest_before(set, given, reply))).collect();
    let mut latest: BTreeMap<EntryId, (Day, EntryId)> = BTreeMap::new();
    for id in given.keys() {
        let mut at = Some(*id);
        // No more steps than there are replies: a ring ends too.
        for _ in given {
            let Some((within, word)) = at.zip(own(*id)) else { break };
            let kept = latest.entry(within).or_insert(word);
            *kept = word.max(*kept);
            at = before.get(&within).copied().flatten();
        }
    }
    let next = |at: Option<EntryId>| {
        let after = before.iter().filter(move |(_, before)| **before == at).map(|(id, _)| *id);
        after.max_by_key(|id| latest.get(id))
    };
    let mut stands = next(None);
    while let Some(later) = stands.and_then(|at| next(Some(at))) {
        stands = Some(later);
    }
    // In a ring nobody had the last word: then the days decide, as where nothing is replaced.
    stands.or_else(|| given.keys().copied().max_by_key(|id| own(*id)))
}

/// The reply that counts of which this one took the place, also by way of those that do not count.
fn nearest_before(set: &Set<'_>, given: &Given<'_>, reply: &Reply) -> Option<EntryId> {
    let mut before = reply.replaces?;
    for _ in 0..set.0.len() {
        if given.contains_key(&before) {
            return Some(before);
        }
        match set.act(before) {
            Some((_, Act::Reply(older))) if older.need == reply.need => before = older.replaces?,
            _ => return None,
        }
    }
    None
}

impl NeedLine {
    /// Whether the family was told the reply that stands at this visit. Where the visit does not name the replies
    /// told (an app of before), that is so from the day of the reply on.
    #[must_use]
    pub fn is_told_at(&self, visit: &Visit) -> bool {
        let Some(reply) = &self.reply else { return false };
        !visit.is_attempt()
            && match self.reply_entry {
                Some(entry) if !visit.told_replies.is_empty() => visit.told_replies.contains(&entry),
                _ => visit.told.contains(&self.need.id) && visit.day >= reply.day,
            }
    }
}

/// Notes when the family was told the reply that stands: at a visit, or by telephone.
pub(super) fn tell(set: &Set<'_>, court: &Court<'_, '_>, visits: &[VisitLine], needs: &mut [NeedLine]) {
    let withdrawn = versions::withdrawn(set, court);
    let counts = |id: &EntryId| court.counts(*id) && !withdrawn.contains(id);
    for line in needs {
        let at_visits = visits.iter().filter(|one| line.is_told_at(&one.visit));
        let at_visits = at_visits.map(|one| (one.visit.day, one.id, one.author, false));
        let tells = |tell: &Tell| tell.need == line.need.id && Some(tell.reply) == line.reply_entry;
        let by_telephone = set.acts().filter_map(|(read, act)| match act {
            Act::Tell(tell) if tells(tell) && counts(&read.entry.id) => {
                Some((tell.day, read.entry.id, read.entry.author, true))
            }
            _ => None,
        });
        let Some((day, _, by, by_telephone)) = at_visits.chain(by_telephone).max() else {
            line.told_before = told_before((set, court), counts, visits, line);
            continue;
        };
        (line.told, line.told_by, line.told_by_telephone) = (Some(day), Some(by), by_telephone);
    }
}

/// The other reply to a need that the family was told last, by whatever names the reply; also one that was refused
/// since.
fn told_before(
    (set, court): (&Set<'_>, &Court<'_, '_>),
    counts: impl Fn(&EntryId) -> bool,
    visits: &[VisitLine],
    line: &NeedLine,
) -> Option<ToldBefore> {
    line.reply_entry?;
    let met = visits.iter().filter(|one| !one.visit.is_attempt());
    let at_visits = met.flat_map(|one| {
        let visit = &one.visit;
        let is_of_before = visit.told_replies.is_empty() && visit.told.contains(&line.need.id);
        let unnamed = is_of_before.then(|| heard_last(set, court, line.need.id, visit.day)).flatten();
        visit
            .told_replies
            .iter()
            .copied()
            .chain(unnamed)
            .map(|reply| (visit.day, one.id, one.author, false, reply))
    });
    let by_telephone = set.acts().filter_map(|(read, act)| match act {
        Act::Tell(tell) if counts(&read.entry.id) => {
            Some((tell.day, read.entry.id, read.entry.author, true, tell.reply))
        }
        _ => None,
    });
    let told = at_visits.chain(by_telephone).filter_map(|(day, id, by, by_telephone, reply)| {
        match set.act(reply)? {
            (_, Act::Reply(reply)) if reply.need == line.need.id => {
                Some((id, ToldBefore { words: reply.words.clone(), day, by, by_telephone }))
            }
            _ => None,
        }
    });
    told.max_by_key(|(id, told)| (told.day, *id)).map(|(_, told)| told)
}

/// The last reply to a need up to a day, also one that was refused since: what a visit told that names none.
fn heard_last(set: &Set<'_>, court: &Court<'_, '_>, need: NeedId, day: Day) -> Option<EntryId> {
    let heard = set.acts().filter_map(|(read, act)| match act {
        Act::Reply(reply) if reply.need == need && reply.day <= day && court.is_heard(read) => {
            Some((reply.day, read.entry.id))
        }
        _ => None,
    });
    heard.max().map(|(_, id)| id)
}

/// The alerts that count, each with the latest taking-up; not those that were taken back.
pub(super) fn alerts(set: &Set<'_>, court: &Court<'_, '_>) -> Vec<AlertLine> {
    let mut latest: BTreeMap<EntryId, Latest<'_, TakeUp>> = BTreeMap::new();
    let mut raised: Vec<(EntryId, PersonId, &Alert)> = Vec::new();
    for (read, act) in set.acts().filter(|(read, _)| court.counts(read.entry.id)) {
        let (id, by) = (read.entry.id, read.entry.author);
        match act {
            Act::Alert(alert) => raised.push((id, by, alert)),
            Act::TakeUp(act) => keep_latest(&mut latest, act.alert, (act.day, id, act, by)),
            _ => {}
        }
    }
    if raised.is_empty() {
        return Vec::new();
    }
    let withdrawn = versions::withdrawn(set, court);
    raised.retain(|(id, ..)| !withdrawn.contains(id));
    raised.sort_by_key(|(id, _, alert)| (alert.day, *id));
    let line = |(id, author, alert): (EntryId, PersonId, &Alert)| {
        let taken_up = latest.get(&id);
        AlertLine {
            id,
            author,
            alert: alert.clone(),
            taken_up: taken_up.map(|(_, _, act, _)| (*act).clone()),
            taken_up_by: taken_up.map(|(.., by)| *by),
        }
    };
    raised.into_iter().map(line).collect()
}

/// An answer with its day, its entry and who gave it.
type Latest<'a, T> = (Day, EntryId, &'a T, PersonId);

/// By day, on one day the greater id.
fn keep_latest<'a, K: Ord, T>(latest: &mut BTreeMap<K, Latest<'a, T>>, key: K, one: Latest<'a, T>) {
    let kept = latest.entry(key).or_insert(one);
    if (kept.0, kept.1) < (one.0, one.1) {
        *kept = one;
    }
}
