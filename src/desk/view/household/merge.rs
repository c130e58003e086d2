//! Two files that turn out to be one household's become one: the other is looked for, both stand beside each other, and
//! a sentence says what comes of it. Undoing it is in `merged`.

use super::other_file::{OtherFile, Search};
use crate::{
    state::{
        comparing::Told,
        desk::{Desk, use_desk},
        reading::Reading,
        sending::Sending,
    },
    view::{form::FormEnd, saying, showing::Shown},
};
use domain::{
    entry::{Act, Merge},
    id::HouseholdId,
    slot::Slot,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{changes::SeatLine, office::HouseholdFile};
use ui::{figures, icon::Icon, notice::Banner, surface::Tone, t, words};

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

/// Both, beside each other, and what stands once they are one.
#[component]
fn Together(
    file: StoredValue<HouseholdFile>,
    other: HouseholdId,
    on_back: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let one = file.with_value(|file| file.card.household);
    let reading = Reading::<HouseholdFile>::follow(desk, move || Some(format!("/api/households/{other}")));
    let after =
        Reading::<HouseholdFile>::follow(desk, move || Some(format!("/api/households/{one}/with/{other}")));
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let act = reading.value.with_untracked(|other| file.with_value(|file| merge(file, other.as_ref()?)));
        let Some(act) = act else { return };
        sending.acts(vec![(one, act)], move || tell_them(desk, on_done));
    };
    // A household that is only proposed has no file to be merged with.
    let is_file = move || reading.value.read().as_ref().map(|other| !other.card.proposed);
    let two_numbers = move || {
        reading.value.with(|other| {
            let other = other.as_ref().map(|other| other.id_tail.clone()).unwrap_or_default();
            let one = file.with_value(|file| file.id_tail.clone());
            !one.is_empty() && !other.is_empty() && one != other
        })
    };
    view! {
        <form class="stack" on:submit=submit>
            {move || (is_file() == Some(false)).then(|| view! { <Banner text=t!(desk.is_proposed()) tone=Tone::Wait icon=Icon::Warning /> })}
            {move || two_numbers().then(|| view! { <Banner text=t!(desk_forms.merge_two_numbers()) tone=Tone::Bad icon=Icon::Warning /> })}
            <Shown reading let:other>
                <Shown reading=after let:after><Compared files=[file.get_value(), other.clone(), after] on_back /></Shown>
            </Shown>
            {move || is_file().is_some_and(|is_file| is_file).then(|| view! {
                <p class="sub">{t!(desk_forms.merge_note())}</p>
                <FormEnd sending label=t!(desk_forms.merge()) />
            })}
        </form>
    }
}

fn tell_them(desk: Desk, on_done: Callback<()>) {
    desk.say(words::desk_forms().merged());
    on_done.run(());
}

/// The act that merges two files; none where the other is no file.
fn merge(file: &HouseholdFile, other: &HouseholdFile) -> Option<Act> {
    let words = format!("{} + {}", called(file), called(other));
    (!other.card.proposed).then_some(Act::Merge(Merge { other: other.card.household, words }))
}

/// A household by name, unit, category and causes, as they are now: what stands no more once they are one is read there.
fn called(file: &HouseholdFile) -> String {
    let name = saying::worker_name(&file.card.standings);
    let name = if name.is_empty() { words::desk().without_name().to_owned() } else { name };
    let what = [vec![file.card.unit_name.clone(), file.category_name.clone()], causes(file)].concat();
    let what: Vec<String> = what.into_iter().filter(|part| !part.is_empty()).collect();
    words::desk_forms().merge_called(&name, &words::shared().list(&what))
}

/// What tells whether they are one, line by line: this file, the other, and what stands once they are one.
#[component]
fn Compared(files: [HouseholdFile; 3], on_back: Callback<()>) -> impl IntoView {
    let files = StoredValue::new(files);
    let line = move |label: fn() -> &'static str, tell: fn(&HouseholdFile) -> Vec<String>, settles: bool| {
        let told = files
            .with_value(|[one, other, after]| Told { files: [tell(one), tell(other)], after: tell(after) });
        view! { <Line label told settles /> }
    };
    // Of the six several may stand, and one is chosen afterwards; of the rest the latest word holds.
    let row = move |label, tell| line(label, tell, true);
    let other_row = move |label, tell| line(label, tell, false);
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
                    <th scope="col">{t!(desk_forms.merge_after())}</th>
                </tr>
            </thead>
            <tbody>
                {row(|| words::domain().item(Slot::Name.item()), |file| stands(file, Slot::Name))}
                {other_row(|| words::desk().id_number(), |file| said(ends_in(&file.id_tail)))}
                {row(|| words::domain().item(Slot::Address.item()), |file| stands(file, Slot::Address))}
                {row(|| words::domain().item(Slot::Telephone.item()), |file| stands(file, Slot::Telephone))}
                {row(|| words::domain().item(Slot::Spouse.item()), |file| stands(file, Slot::Spouse))}
                {row(|| words::domain().item(Slot::Schooling.item()), |file| stands(file, Slot::Schooling))}
                {other_row(|| words::desk().file_from(), |file| said(file.card.since.to_string()))}
                {other_row(|| words::desk().column_unit(), |file| said(file.card.unit_name.clone()))}
                {other_row(|| words::desk().column_category(), |file| said(file.category_name.clone()))}
                {other_row(|| words::roster_desk().cause(), causes)}
                {other_row(|| words::desk().column_helpers(), helpers)}
                <VisitsLine files=files.with_value(|files| files.each_ref().map(visits)) />
            </tbody>
        </table>
    }
}

/// One thing the files tell.
#[component]
fn Line(label: fn() -> &'static str, told: Told, settles: bool) -> impl IntoView {
    let cell = |at: usize| {
        let loses = told.loses(at);
        let lines = told.files.get(at).cloned().unwrap_or_default();
        let of = if at == 0 { words::desk_forms().merge_this() } else { words::desk_forms().merge_other() };
        view! {
            <td class:loses=loses data-label=of><div><span class="told">{or_none(&lines)}</span>
                {loses.then(|| view! { <small class="sub">{t!(desk_forms.merge_history())}</small> })}
            </div></td>
        }
    };
    let (one, other) = (cell(0), cell(1));
    let (differs, several) = (!told.is_one(), settles && told.after.len() > 1);
    view! {
        <tr class:differs=differs>
            <th scope="row">{label}</th>
            {one}{other}
            <td class="after" data-label=words::desk_forms().merge_after()><div>{or_none(&told.after)}
                {several.then(|| view! { <small class="wait">{t!(desk_forms.merge_settle())}</small> })}
            </div></td>
        </tr>
    }
}

/// Line by line what is told; a dash where nothing is.
fn or_none(lines: &[String]) -> impl IntoView + use<> {
    let lines = if lines.is_empty() { vec!["—".to_owned()] } else { lines.to_vec() };
    lines.into_iter().map(|line| view! { <span class="block">{line}</span> }).collect_view()
}

/// One thing, if anything is said.
fn said(text: String) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![text] }
}

/// The last signs of an ID number.
fn ends_in(tail: &str) -> String {
    if tail.is_empty() { String::new() } else { words::desk().id_ends_in(tail) }
}

/// How often somebody was there, and when last: visits of both are kept, so they only add up.
fn visits(file: &HouseholdFile) -> String {
    let met = file
        .visits
        .iter()
        .filter(|visit| !visit.line.visit.is_attempt() && visit.line.joined.is_none())
        .count();
    match file.card.last_visit {
        Some(day) => words::desk_forms().visited_times(met, &figures::short_day(day, file.today)),
        None => words::desk().never_was().to_owned(),
    }
}

/// The line of the visits.
#[component]
fn VisitsLine(files: [String; 3]) -> impl IntoView {
    let labels = [
        words::desk_forms().merge_this(),
        words::desk_forms().merge_other(),
        words::desk_forms().merge_after(),
    ];
    let cells = files
        .into_iter()
        .zip(labels)
        .map(|(text, label)| view! { <td data-label=label><div>{text}</div></td> });
    view! { <tr class="differs"><th scope="row">{t!(desk.visits())}</th>{cells.collect_view()}</tr> }
}

/// What stands in a slot; several values where they differ.
fn stands(file: &HouseholdFile, slot: Slot) -> Vec<String> {
    let standings = &file.card.standings;
    let values = standings.get(&slot).map(|standing| standing.values.as_slice()).unwrap_or_default();
    values.iter().map(|one| saying::value::line(&one.value, standings, file.today)).collect()
}

fn causes(file: &HouseholdFile) -> Vec<String> {
    file.card.causes.iter().map(|cause| words::domain().cause(*cause).to_owned()).collect()
}

/// Seat by seat, so that whom somebody else replaces is seen.
fn helpers(file: &HouseholdFile) -> Vec<String> {
    let line = |line: &SeatLine| words::shared().labelled(words::domain().seat(line.seat), &line.name);
    file.card.seats.iter().map(line).collect()
}
