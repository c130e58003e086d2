//! That a household's page shows two files as one, who made them one and when; and the way back.

use super::acts::Opened;
use crate::{
    state::{desk::use_desk, sending::Sending},
    view::form::FormEnd,
};
use domain::{
    day::Day,
    entry::{Act, Unmerge},
    id::HouseholdId,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::{HouseholdFile, MergedLine};
use ui::{figures, t, words};

/// What was merged into the file, the latest first; nothing where nothing was.
#[component]
pub fn Merged(
    file: StoredValue<HouseholdFile>,
    keeps: bool,
    opened: RwSignal<Option<Opened>>,
) -> impl IntoView {
    let (lines, household, today) =
        file.with_value(|file| (file.merged.clone(), file.card.household, file.today));
    let offset = use_desk().utc_offset_minutes();
    let line = move |line: MergedLine| {
        let undo = StoredValue::new(line.clone());
        let day = Day::at(line.at_ms, offset);
        let MergedLine { words: files, by, .. } = line;
        let files = move || words::desk_forms().merged_of(&files);
        let by = move || words::desk_forms().merged_by(&by, &figures::short_day(day, today));
        view! {
            <li class="row" data-merge=undo.with_value(|line| line.merge.to_string())>
                <span class="grow">{files}" "<small class="sub keep">{by}</small></span>
                {keeps.then(|| view! {
                    <button type="button" class="button small no-print"
                        on:click=move |_| opened.set(Some(Opened::Unmerge(household, undo.get_value())))>
                        {t!(desk_forms.unmerge())}
                    </button>
                })}
            </li>
        }
    };
    (!lines.is_empty()).then(|| view! { <ul class="card">{lines.into_iter().map(line).collect_view()}</ul> })
}

/// Asks once, and undoes it.
#[component]
pub fn UnmergeForm(household: HouseholdId, line: MergedLine, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let merge = line.merge;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sending.acts(vec![(household, Act::Unmerge(Unmerge { merge }))], move || {
            desk.say(words::desk_forms().unmerged());
            on_done.run(());
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            <p><b>{line.words}</b></p>
            <p>{t!(desk_forms.unmerge_note())}</p>
            <FormEnd sending label=t!(desk_forms.unmerge()) />
        </form>
    }
}
