//! A household's visits, newest first, each with what it changed: before → after.

use super::{acts::Opened, erase::Going, pairs, withdrawn::Withdrawn};
use crate::view::saying::{
    self,
    value::{self, Difference},
};
use domain::{answer::Answer, item::Item, observation::members, slot::Slot};
use leptos::prelude::*;
use protocol::office::{Change, HouseholdFile, VisitShown};
use std::collections::BTreeSet;
use ui::{
    figures,
    surface::{Pill, Tone},
    t, words,
};

/// How many are shown before one asks for more.
const FIRST: usize = 6;

/// The visits.
#[component]
pub fn Visits(
    file: StoredValue<HouseholdFile>,
    keeps: bool,
    decides: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let all = RwSignal::new(false);
    let records = file.with_value(|file| file.visits.len());
    // A visit that two recorded is one.
    let further =
        |file: &HouseholdFile| file.visits.iter().filter(|shown| shown.line.joined.is_some()).count();
    let count = records - file.with_value(further);
    let shown = move || if all.get() { records } else { FIRST.min(records) };
    let (withdrawn, today) = file.with_value(|file| (file.withdrawn.clone(), file.today));
    let visits = move || {
        let visits = file.with_value(|file| file.visits.iter().take(shown()).cloned().collect::<Vec<_>>());
        visits.into_iter().map(|visit| view! { <Visit file visit keeps decides opened /> }).collect_view()
    };
    view! {
        <h2 class="section-title"><span>{t!(desk.visits())}</span><span>{count}</span></h2>
        {(count == 0).then(|| view! { <p class="card sub">{t!(desk.no_visits())}</p> })}
        <pairs::Pairs file decides />
        <ol class="visits">{visits}</ol>
        {move || (shown() < records).then(|| view! {
            <button type="button" class="button wide no-print" on:click=move |_| all.set(true)>
                {move || words::desk().show_all_visits(count)}
            </button>
        })}
        <Withdrawn lines=withdrawn of_alerts=false today />
    }
}

#[component]
fn Visit(
    file: StoredValue<HouseholdFile>,
    visit: VisitShown,
    keeps: bool,
    decides: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let VisitShown { line, changes } = visit;
    let changes = told_once(changes);
    let today = file.with_value(|file| file.today);
    let author = file.with_value(|file| file.card.names.get(&line.author).cloned().unwrap_or_default());
    let companion = file.with_value(|file| saying::companion(&line, &file.card.names));
    let people = move || match &companion {
        Some(companion) => words::desk().with(&author, companion),
        None => author.clone(),
    };
    let brought = file.with_value(|file| file.brought.get(&line.id).cloned());
    let met = line.visit.met;
    let met = move || match met {
        Some(whose) => words::desk().met(words::domain().whose(whose)),
        None => words::domain().attempt().to_owned(),
    };
    let amended = line.version != line.id;
    let answers = line.visit.answers.clone();
    let not_learnt = move || {
        let line = |(item, answer): (&Item, &Answer)| match answer {
            Answer::NotAsked { reason } => Some(
                words::shared().labelled(words::domain().item(*item), words::domain().not_asked(*reason)),
            ),
            Answer::Declined => {
                Some(words::shared().labelled(words::domain().item(*item), words::domain().answer_declined()))
            }
            Answer::Unchanged { .. } | Answer::Changed { .. } => None,
        };
        words::shared().clauses(&answers.iter().filter_map(line).collect::<Vec<_>>())
    };
    let nothing_changed = changes.is_empty() && !line.visit.is_attempt();
    let day = line.visit.day;
    let erase = move |_| opened.set(Some(Opened::Erase(file.get_value(), Going::Visit(line.id, day))));
    view! {
        <li class="card visit" data-visit=line.id.to_string()>
            <p class="row">
                <b class="keep">{move || figures::short_day(day, today)}</b>
                <span class="grow">{people}</span>
                <span class="sub">{met}</span>
                {amended.then(|| view! { <Pill text=t!(desk.amended()) tone=Signal::stored(Tone::Wait) /> })}
            </p>
            {line.joined.map(|stands| view! { <pairs::Joined file visit=line.id stands decides /> })}
            {nothing_changed.then(|| view! { <p class="sub">{t!(desk.nothing_changed())}</p> })}
            <ul class="changes">{changes.into_iter().map(|change| view! { <ChangeShown file change /> }).collect_view()}</ul>
            <p class="sub">{not_learnt}</p>
            <p class="note">{line.visit.note}</p>
            {brought.map(|by| view! { <p class="sub" data-brought>{move || words::desk().visit_brought(&by)}</p> })}
            {keeps.then(|| view! {
                <div class="buttons no-print"><button type="button" class="button quiet small" on:click=erase>{t!(desk_forms.erase_visit())}</button></div>
            })}
        </li>
    }
}

/// A list that only grew by what is told beside it says nothing more.
fn told_once(changes: Vec<Change>) -> Vec<Change> {
    let slots: BTreeSet<Slot> = changes.iter().map(|change| change.slot).collect();
    let told = |change: &Change| {
        let after = members(&change.after);
        let before = change.before.as_ref().map(members).unwrap_or_default();
        !after.is_empty()
            && before.iter().all(|slot| after.contains(slot))
            && after.iter().all(|slot| before.contains(slot) || slots.contains(slot))
    };
    changes.into_iter().filter(|change| !told(change)).collect()
}

#[component]
fn ChangeShown(file: StoredValue<HouseholdFile>, change: Change) -> impl IntoView {
    let Change { slot, before, after } = change;
    let added = value::is_one_more(before.as_ref(), &after);
    let said = StoredValue::new((before, after));
    let difference = move || {
        file.with_value(|file| {
            said.with_value(|(before, after)| match before {
                Some(before) => value::difference(before, after, &file.card.standings),
                None => Difference {
                    subject: String::new(),
                    before: words::desk().was_unknown().to_owned(),
                    after: value::line(after, &file.card.standings, file.today),
                },
            })
        })
    };
    view! {
        <li>
            <span class="sub">{move || saying::slot(slot)}" "{move || difference().subject}</span>
            {if added {
                view! { <small data-added>{t!(desk.added())}" "</small> }.into_any()
            } else {
                view! { <del>{move || difference().before}</del><span aria-hidden="true">" → "</span> }.into_any()
            }}
            <ins>{move || difference().after}</ins>
        </li>
    }
}
