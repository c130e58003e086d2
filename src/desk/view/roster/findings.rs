//! What was found: gathered by what it is, each group folded with its count, narrowed by what will happen; and all of it
//! as a file for Excel.

use super::{
    fold::{First, Fold},
    summary::{held_for_repair, part},
};
use crate::{
    platform,
    state::{
        desk::use_desk,
        roster::{
            Roster,
            findings::{Group, HELD_BACK, by_effect, groups},
            problem_list::problem_list,
        },
        sending::Sending,
    },
    view::saying,
};
use leptos::prelude::*;
use protocol::roster::{RosterFinding, RosterFormat};
use std::sync::Arc;
use ui::{
    surface::{Chip, Tone},
    t, words,
};

/// The section.
#[component]
pub fn Findings(roster: Roster) -> impl IntoView {
    let all = Memo::new(move |_| {
        roster.preview.with(|preview| {
            let plan = preview.as_ref().and_then(|preview| preview.plan.as_ref());
            Arc::new(plan.map(|plan| groups(&plan.findings)).unwrap_or_default())
        })
    });
    let count = Memo::new(move |_| all.read().iter().map(|group| group.all.len()).sum::<usize>());
    let held = part(roster, |plan| held_for_repair(&plan.counts));
    let changes = Memo::new(move |_| roster.plan().is_some_and(|plan| !plan.changes.is_empty()));
    let only = RwSignal::new(None::<String>);
    // An effect that is gone with a new look narrows nothing any more.
    let narrowed =
        Memo::new(move |_| only.get().filter(|only| all.read().iter().any(|group| group.effect == *only)));
    let shown = move || {
        let is_shown = |group: &&Group| narrowed.read().as_ref().is_none_or(|only| group.effect == *only);
        all.read().iter().filter(is_shown).map(key).collect::<Vec<_>>()
    };
    let group = move |(finding, effect): (String, String)| view! { <OneGroup all finding effect /> };
    let body = move || match count.get() {
        0 => view! {
            <div class="toolbar">
                <p class="sub grow">{t!(roster_desk.no_findings())}</p>
                {move || changes.get().then(|| view! { <SaveList roster /> })}
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="toolbar">
                <p class="sub grow">{t!(roster_desk.findings_why())}</p>
                <SaveList roster />
            </div>
            <Narrow all count held narrowed only />
            <div class="folds"><For each=shown key=|key| key.clone() children=group /></div>
        }
        .into_any(),
    };
    let any = Memo::new(move |_| count.get() > 0);
    let rows = part(roster, |plan| plan.counts.rows);
    // Of a sheet without a household it is said above.
    let is_there = Memo::new(move |_| any.get() || rows.get() > 0);
    let section = move || {
        view! {
            <section class="card" data-findings>
                <h2>{move || words::roster_desk().findings(count.get())}</h2>
                {move || { any.track(); untrack(body) }}
            </section>
        }
    };
    move || is_there.get().then(section)
}

fn key(group: &Group) -> (String, String) {
    (group.finding.clone(), group.effect.clone())
}

/// Which are shown: by what will happen.
#[component]
fn Narrow(
    all: Memo<Arc<Vec<Group>>>,
    count: Memo<usize>,
    held: Memo<u32>,
    narrowed: Memo<Option<String>>,
    only: RwSignal<Option<String>>,
) -> impl IntoView {
    let pill = move |(effect, count): (String, usize)| {
        let (own, said) = (effect.clone(), effect.clone());
        let pressed = move || (narrowed.read().as_ref() == Some(&own)).to_string();
        let words = move || {
            let (words, what) = (words::roster_desk(), words::roster().effect(&said));
            // Several things may be found of a row; the figure above counts the rows.
            match said == HELD_BACK {
                true => words.count_of_held(what, count, held.get()),
                false => words.count_of(what, count),
            }
        };
        view! { <button type="button" class="pill pressable" aria-pressed=pressed on:click=move |_| only.set(Some(effect.clone()))>{words}</button> }
    };
    let pills = move || by_effect(&all.read()).into_iter().map(pill).collect_view();
    let several = Memo::new(move |_| by_effect(&all.read()).len() > 1);
    move || {
        several.get().then(|| {
            view! {
                <div class="toolbar narrow" role="group">
                    <button type="button" class="pill pressable" aria-pressed=move || narrowed.read().is_none().to_string() on:click=move |_| only.set(None)>
                        {move || words::roster_desk().all_findings(count.get())}
                    </button>
                    {pills}
                </div>
            }
        })
    }
}

/// The list as a file, to repair the roster by.
#[component]
pub fn SaveList(roster: Roster) -> impl IntoView {
    let today = use_desk().today();
    let sending = Sending::new(use_desk());
    let save = move |format: RosterFormat| {
        let plan = roster.done.with_untracked(|done| done.as_ref().map(|done| done.plan.clone()));
        let Some(plan) = plan.or_else(|| untrack(|| roster.plan())) else { return };
        let changes = super::changes::told(&plan.changes, today);
        let list = problem_list(&plan.findings, changes, format, words::roster(), words::roster_desk());
        sending.post_for_file("/api/roster/lists", list, platform::save_file);
    };
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! {
        <button type="button" class="button" disabled=move || sending.busy.get() on:click=move |_| save(RosterFormat::Xlsx)>{t!(roster_desk.save_list())}</button>
        <button type="button" class="button quiet" disabled=move || sending.busy.get() on:click=move |_| save(RosterFormat::Csv)>{t!(roster_desk.save_list_csv())}</button>
        <p class="form-problem" role="alert">{problem}</p>
    }
}

#[component]
fn OneGroup(all: Memo<Arc<Vec<Group>>>, finding: String, effect: String) -> impl IntoView {
    let tone = match effect.as_str() {
        "held_back" => Tone::Bad,
        "without_cell" | "rosters_day" | "not_read" | "cut" => Tone::Wait,
        _ => Tone::Plain,
    };
    let own = (finding.clone(), effect.clone());
    let lines = Memo::new(move |_| {
        let group = all.read().iter().find(|group| key(group) == own).map(|group| group.all.clone());
        group.unwrap_or_default()
    });
    let (of_others, is_held) = (finding.clone(), effect == HELD_BACK);
    let stands_twice = Memo::new(move |_| {
        is_held && all.read().iter().filter(|group| group.finding == of_others).count() > 1
    });
    let title = move || {
        let words = words::roster_desk();
        let named = words.finding_group(&finding).map(str::to_owned);
        let named = named.unwrap_or_else(|| words::roster().finding(&finding, None, "", ""));
        if stands_twice.get() { words.in_rows_held(&named) } else { named }
    };
    let aside = move || words::roster_desk().places(lines.read().len());
    let effect = move || words::roster().effect(&effect);
    view! {
        <div class="group">
            <Fold title aside><First all=lines draw=table /></Fold>
            <span class=format!("pill {}", tone.class())>{effect}</span>
        </div>
    }
}

fn table(all: Vec<RosterFinding>) -> impl IntoView {
    let sheets = all.iter().any(|finding| !finding.sheet.is_empty());
    let line = move |finding: RosterFinding| {
        let RosterFinding { sheet, row, column, letters, finding, of, name, unit, cell, against, effect } =
            finding;
        let place = if letters.is_empty() { column } else { format!("{letters} {column}") };
        let shown = cell.clone();
        let what = move || words::roster().finding(&finding, of, &cell, &against);
        view! {
            <tr>
                {sheets.then(|| view! { <td class="full"><Chip text=sheet /></td> })}
                <td class="title keep">{t!(roster_desk.row_number(row))}</td>
                <td><b>{name}</b>" "<small class="sub">{unit}</small></td>
                <td>{place}</td>
                <td class="cell">{shown}</td>
                <td class="full">{what}</td>
                <td class="full sub">{move || words::roster().effect(&effect)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-place">
            <table class="table findings">
                <thead><tr>
                    {sheets.then(|| view! { <th scope="col">{t!(roster_desk.sheet())}</th> })}
                    <th scope="col">{t!(roster_desk.row())}</th>
                    <th scope="col">{t!(roster_desk.whose())}</th>
                    <th scope="col">{t!(roster_desk.column())}</th>
                    <th scope="col">{t!(roster_desk.cell())}</th>
                    <th scope="col">{t!(roster_desk.what())}</th>
                    <th scope="col">{t!(roster_desk.then())}</th>
                </tr></thead>
                <tbody>{all.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}
