//! What lies under each figure of a look: the rows themselves, with what happens to each and why.

use super::{
    changes::Changes,
    fold::First,
    repeats::{Repeats, place},
    summary::{held_for_repair, part},
};
use crate::state::{place::Page, roster::Roster};
use leptos::prelude::*;
use protocol::roster::{PlannedRow, RosterCounts};
use std::sync::Arc;
use ui::words;

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// New to the office.
    New,
    /// Known, and the file says something anew.
    Changed,
    /// Known, and it says nothing anew.
    Unchanged,
    /// It does not go in.
    HeldBack,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Unchanged, Self::HeldBack];

    /// What it is called.
    pub fn label(self) -> &'static str {
        let words = words::roster_desk();
        match self {
            Self::New => words.count_new(),
            Self::Changed => words.count_changed(),
            Self::Unchanged => words.count_unchanged(),
            Self::HeldBack => words.count_held_back(),
        }
    }

    /// How many.
    pub const fn count(self, counts: &RosterCounts) -> u32 {
        match self {
            Self::New => counts.new,
            Self::Changed => counts.changed,
            Self::Unchanged => counts.unchanged,
            Self::HeldBack => counts.held_back,
        }
    }

    /// The word on the tile, for tests.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::HeldBack => "held-back",
        }
    }

    /// The tile's colour.
    pub const fn tone(self, counts: &RosterCounts) -> &'static str {
        match self {
            Self::HeldBack if held_for_repair(counts) > 0 => "bad",
            _ => "",
        }
    }

    fn is(self, row: &PlannedRow) -> bool {
        match self {
            Self::HeldBack => row.is == "held_back",
            other => row.is == other.word(),
        }
    }
}

/// The rows of one figure.
#[component]
pub fn Counted(roster: Roster, sort: Sort) -> impl IntoView {
    let all = part(roster, |plan| Arc::new(plan.rows.clone()));
    let rows = Memo::new(move |_| {
        let own = all.with(|all| all.iter().filter(|row| sort.is(row)).cloned().collect::<Vec<_>>());
        Arc::new(own)
    });
    let body = match sort {
        Sort::Changed => view! { <Changes roster /> }.into_any(),
        Sort::HeldBack => view! { <First all=rows draw=lines /><Repeats roster /> }.into_any(),
        Sort::New | Sort::Unchanged => view! { <First all=rows draw=lines /> }.into_any(),
    };
    view! { <section class="card list" data-counted=sort.word()><h2 class="section-title">{move || sort.label()}</h2>{body}</section> }
}

fn lines(rows: Vec<PlannedRow>) -> impl IntoView {
    let line = |row: PlannedRow| {
        let name = match (row.household, row.name.is_empty()) {
            (Some(id), _) => {
                view! { <a class="link" href=Page::Household(id).href() target="_blank">{row.name}</a> }
                    .into_any()
            }
            (None, false) => view! { <b>{row.name}</b> }.into_any(),
            (None, true) => ().into_any(),
        };
        let (why, of) = (row.why, row.of);
        let why = (!why.is_empty()).then(|| {
            view! { <small class="sub">{move || words::roster().finding(&why, of, "", "")}</small> }
        });
        let at = place(row.sheet, row.row);
        view! {
            <li class="list-row"><span class="grow">{name}" "<span class="sub">{row.unit}</span>{why}</span><span class="sub keep">{at}</span></li>
        }
    };
    view! { <ul class="plain-list dense">{rows.into_iter().map(line).collect_view()}</ul> }
}
