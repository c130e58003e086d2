//! 诉求: what families asked for, in three stages: nobody answered, answered and not told yet, done.

use super::list::{Parts, Rows, WhoseFile};
use crate::{
    state::{desk::use_desk, rights::Doing},
    view::household::{
        acts::{Opened, Sheets},
        waiting::{NeedAnswered, NeedAsked},
    },
};
use leptos::prelude::*;
use protocol::office::NeedRow;
use ui::{
    answers::{Seg, SegOption},
    t, words,
};

/// How far a need has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nobody answered; the promised day that is past first.
    Open,
    /// Answered, and the family was not told yet; the longest waiting first.
    Untold,
    /// Answered, and the family knows.
    Told,
}

impl Stage {
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "1",
            Self::Untold => "untold",
            Self::Told => "0",
        }
    }
}

/// The list, of the stage that it begins with.
#[component]
pub fn Needs(begins: Stage) -> impl IntoView {
    let desk = use_desk();
    let opened = RwSignal::new(None::<Opened>);
    let stage = RwSignal::new(begins);
    let rows = Parts::<NeedRow>::of(desk, move || {
        let unit = desk.unit_of(desk.unit.get())?;
        Some(format!("/api/needs?unit={unit}&open={}", stage.get().word()))
    });
    let row = move |row: NeedRow| view! { <Need row opened /> };
    let empty = move || {
        let words = words::desk();
        match stage.get() {
            Stage::Open => words.no_needs(),
            Stage::Untold => words.no_needs_untold(),
            Stage::Told => words.no_needs_done(),
        }
    };
    let options = vec![
        SegOption::new(Stage::Open, t!(desk.needs_unanswered())),
        SegOption::new(Stage::Untold, t!(desk.needs_answered())),
        SegOption::new(Stage::Told, t!(desk.already_done())),
    ];
    let why = move || {
        (stage.get() == Stage::Untold)
            .then(|| view! { <p class="sub intro">{t!(desk.needs_untold_intro())}</p> })
    };
    view! {
        <div class="toolbar open-or-done" data-stages>
            <Seg label=t!(desk.which()) options value=Signal::derive(move || Some(stage.get())) on_pick=move |picked| stage.set(picked) quiet=true />
        </div>
        {why}
        <Rows reading=rows empty row />
        <Sheets opened />
    }
}

#[component]
fn Need(row: NeedRow, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let answers = desk.may(Doing::Answer);
    let stored = StoredValue::new(row.clone());
    let answered = row.clone();
    let NeedRow { household, name, unit_name, author_name, line, .. } = row;
    let (id, is_open) = (line.need.id.to_string(), line.reply.is_none());
    view! {
        <li class="card" data-need=id>
            <WhoseFile household name unit_name />
            <NeedAsked line author_name today />
            <NeedAnswered row=answered today />
            {answers.then(|| view! {
                <div class="buttons no-print">
                    <button type="button" class="button" class:main=is_open
                        on:click=move |_| opened.set(Some(Opened::Reply(stored.get_value())))>
                        {move || if is_open { words::desk().reply() } else { words::desk().reply_again() }}
                    </button>
                </div>
            })}
        </li>
    }
}
