//! Two files that turn out to be one household's become one: the other is looked for, both stand beside each other, and
//! a sentence says what comes of it. Undoing it is in `merged`.

use super::other_file::{OtherFile, Search};
use crate::{
    state::{
        desk::{Desk, use_desk},
        reading::Reading,
        sending::Sending,
    },
    view::{form::FormEnd, household_table::LastVisit, saying, showing::Shown},
};
use domain::{
    entry::{Act, Merge},
    id::HouseholdId,
    slot::Slot,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::HouseholdFile;
use ui::{icon::Icon, notice::Banner, surface::Tone, t, words};

/// The form: which, and then whether.
#[component]
pub fn MergeForm(file: HouseholdFile, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let search = Search::of(desk, &file.card);
    let picked = RwSignal::new(None::<HouseholdId>);
    let file = StoredValue::new(file);
    move || match picked.get() {
        None => view! { <OtherFile search on_pick=move |other| picked.set(Some(other)) /> }.into_any(),
        Some(other) => {
            let on_back = Callback::new(move |()| picked.set(None));
            view! { <Together file other on_back on_done /> }.into_any()
        }
    }
}

/// Both, beside each other.
#[component]
fn Together(
    file: StoredValue<HouseholdFile>,
    other: HouseholdId,
    on_back: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let reading = Reading::<HouseholdFile>::follow(desk, move || Some(format!("/api/households/{other}")));
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let act = reading.value.with_untracked(|other| file.with_value(|file| merge(file, other.as_ref()?)));
        let Some(act) = act else { return };
        let household = file.with_value(|file| file.card.household);
        sending.acts(vec![(household, act)], move || said(desk, on_done));
    };
    // A household that is only proposed has no file to be merged with.
    let is_file = move || reading.value.read().as_ref().map(|other| !other.card.proposed);
    view! {
        <form class="stack" on:submit=submit>
            {move || is_file().map(|is_file| if is_file {
                view! { <p>{t!(desk_forms.merge_note())}</p> }.into_any()
            } else {
                view! { <Banner text=t!(desk.is_proposed()) tone=Tone::Wait icon=Icon::Warning /> }.into_any()
            })}
            <Shown reading let:other><Compared one=file.get_value() other on_back /></Shown>
            {move || is_file().is_some_and(|is_file| is_file).then(|| view! { <FormEnd sending label=t!(desk_forms.merge()) /> })}
        </form>
    }
}

fn said(desk: Desk, on_done: Callback<()>) {
    desk.say(words::desk_forms().merged());
    on_done.run(());
}

/// The act that merges two files; none where the other is no file.
fn merge(file: &HouseholdFile, other: &HouseholdFile) -> Option<Act> {
    let words = format!("{} + {}", called(file), called(other));
    (!other.card.proposed).then_some(Act::Merge(Merge { other: other.card.household, words }))
}

/// A household by name and unit, as they are now.
fn called(file: &HouseholdFile) -> String {
    let name = saying::worker_name(&file.card.standings);
    let name = if name.is_empty() { words::desk().without_name().to_owned() } else { name };
    words::desk_forms().merge_called(&name, &file.card.unit_name)
}

/// What tells whether they are one.
#[component]
fn Compared(one: HouseholdFile, other: HouseholdFile, on_back: Callback<()>) -> impl IntoView {
    let files = StoredValue::new([one, other]);
    let row = move |label: fn() -> &'static str, tell: fn(&HouseholdFile) -> String| {
        let told = move || {
            files.with_value(|files| files.iter().map(|file| view! { <td>{tell(file)}</td> }).collect_view())
        };
        view! { <tr><th scope="row">{label}</th>{told}</tr> }
    };
    let visited = move || {
        let cell = |file: &HouseholdFile| {
            let (due_state, due, last_visit) = (file.due_state, file.due, file.card.last_visit);
            view! { <td><LastVisit due_state due last_visit today=file.today /></td> }
        };
        files.with_value(|files| files.iter().map(cell).collect_view())
    };
    view! {
        <table class="compared">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{t!(desk_forms.merge_this())}</th>
                    <th scope="col">
                        {t!(desk_forms.merge_other())}" "
                        <button type="button" class="button small" on:click=move |_| on_back.run(())>{t!(desk_forms.merge_another())}</button>
                    </th>
                </tr>
            </thead>
            <tbody>
                {row(|| words::domain().item(Slot::Name.item()), |file| stands(file, Slot::Name))}
                {row(|| words::desk().column_unit(), |file| file.card.unit_name.clone())}
                {row(|| words::domain().item(Slot::Address.item()), |file| stands(file, Slot::Address))}
                {row(|| words::domain().item(Slot::Telephone.item()), |file| stands(file, Slot::Telephone))}
                {row(|| words::desk().column_category(), category)}
                <tr><th scope="row">{t!(desk.column_last_visit())}</th>{visited}</tr>
                {row(|| words::desk().column_helpers(), helpers)}
            </tbody>
        </table>
    }
}

/// What stands in a slot; several values where they differ.
fn stands(file: &HouseholdFile, slot: Slot) -> String {
    let standings = &file.card.standings;
    let values = standings.get(&slot).map(|standing| standing.values.as_slice()).unwrap_or_default();
    let lines: Vec<String> =
        values.iter().map(|one| saying::value::line(&one.value, standings, file.today)).collect();
    if lines.is_empty() { words::desk().nobody_said().to_owned() } else { lines.join(" / ") }
}

fn category(file: &HouseholdFile) -> String {
    let name = file.category_name.clone();
    if name.is_empty() { words::desk().without_category().to_owned() } else { name }
}

fn helpers(file: &HouseholdFile) -> String {
    let names: Vec<&str> = file.card.seats.iter().map(|line| line.name.as_str()).collect();
    if names.is_empty() { words::desk().seat_empty().to_owned() } else { words::shared().list(&names) }
}
