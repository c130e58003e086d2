//! Which replies the family was told: each by its entry, so that a changed one is told again.

use super::*;
use domain::{entry::Reply, file::NeedLine};
use std::collections::BTreeSet;

fn id(n: u8) -> EntryId {
    EntryId::new(1, [n; 10])
}

fn need_id(n: u8) -> NeedId {
    NeedId::new(1, [n; 10])
}

/// A need; the entry of its reply, and the day on which the family was told.
fn need(n: u8, reply: Option<u8>, told: Option<u8>) -> NeedLine {
    NeedLine {
        need: NeedForm::new(need_id(n)).need(),
        visit: id(1),
        author: person(),
        asked: day(1),
        reply: reply.map(|_| Reply { need: need_id(n), day: day(5), words: "已批".into(), replaces: None }),
        replied_by: None,
        reply_entry: reply.map(id),
        told: told.map(day),
        told_by: None,
        told_by_telephone: false,
        told_before: None,
    }
}

fn over(needs: &[NeedLine]) -> Card {
    Card { needs: needs.to_vec(), ..card() }
}

fn begun(needs: &[NeedLine]) -> Form {
    Form { met: Some(Met::Somebody(Whose::Worker)), ..Form::new(over(needs), day(10), 1, None) }
}

fn again(needs: &[NeedLine], visit: &Visit) -> Form {
    Form::reopen(over(needs), visit, Amending { visit: id(1), replaces: id(1) })
}

fn shown(form: &Form) -> Vec<(NeedId, bool)> {
    form.replies_to_tell().map(|line| (line.need.id, form.is_told(line))).collect()
}

fn said(form: &Form) -> (Vec<NeedId>, BTreeSet<EntryId>) {
    let Visit { told, told_replies, .. } = form.visit();
    (told, told_replies)
}

#[test]
fn a_reply_is_told_once() {
    let mut needs = [need(1, Some(11), None), need(2, None, None), need(3, Some(13), Some(6))];
    let mut form = begun(&needs);
    assert_eq!(shown(&form), [(need_id(1), false)]);
    form.tell(&needs[0], true);
    form.tell(&needs[0], true);
    assert_eq!(shown(&form), [(need_id(1), true)]);
    assert_eq!(said(&form), (vec![need_id(1)], BTreeSet::from([id(11)])));
    // Corrected, it is still there to be taken back.
    needs[0].told = Some(day(10));
    let mut again = again(&needs, &form.visit());
    assert_eq!(shown(&again), [(need_id(1), true)]);
    again.tell(&needs[0], false);
    assert_eq!(said(&again), (vec![], BTreeSet::new()));
    form.met = Some(Met::Nobody);
    assert_eq!(said(&form), (vec![], BTreeSet::new()), "nobody was there to be told");
}

#[test]
fn a_changed_reply_is_still_to_be_told() {
    let first = need(1, Some(11), None);
    let mut form = begun(std::slice::from_ref(&first));
    form.tell(&first, true);
    let changed = need(1, Some(12), None);
    let mut again = again(std::slice::from_ref(&changed), &form.visit());
    assert_eq!(shown(&again), [(need_id(1), false)], "they were told other words");
    assert_eq!(again.visit(), form.visit(), "untouched it says the same");
    again.tell(&changed, true);
    assert_eq!(said(&again), (vec![need_id(1)], BTreeSet::from([id(11), id(12)])));
}

#[test]
fn what_an_app_of_before_told_stays_told_beside_another() {
    let needs = [need(1, Some(11), Some(10)), need(2, Some(12), None)];
    let visit = Visit { told: vec![need_id(1)], ..begun(&needs).visit() };
    let mut again = again(&needs, &visit);
    assert_eq!(shown(&again), [(need_id(1), true), (need_id(2), false)]);
    again.tell(&needs[1], true);
    assert_eq!(said(&again).1, BTreeSet::from([id(11), id(12)]));
}

#[test]
fn a_card_of_before_names_no_reply() {
    let line = NeedLine { reply_entry: None, ..need(1, Some(11), None) };
    let mut form = begun(std::slice::from_ref(&line));
    form.tell(&line, true);
    assert_eq!(shown(&form), [(need_id(1), true)]);
    assert_eq!(said(&form), (vec![need_id(1)], BTreeSet::new()));
}
