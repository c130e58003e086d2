//! What the law or the union's own rule says must go: one visit, or all of a household, for good. Asked with what goes
//! and by which rule; a whole file only goes by the worker's name.

use super::acts::Opened;
use crate::{
    state::{desk::use_desk, place::Page, sending::Sending},
    view::{form::FormEnd, saying},
};
use domain::{
    day::Day,
    entry::{Act, Erase, Erased, ErasedBecause},
    file::NeedLine,
    id::EntryId,
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::office::HouseholdFile;
use ui::{
    answers::{Seg, SegOption},
    fields::text::TextField,
    figures, t, words,
};

/// What goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// All of the household.
    File,
    /// One visit, of this day.
    Visit(EntryId, Day),
}

/// The way to it, at the foot of the page.
#[component]
pub fn EraseFile(file: StoredValue<HouseholdFile>, opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let is_merged = file.with_value(|file| !file.merged.is_empty());
    let ask = move |_| opened.set(Some(Opened::Erase(file.get_value(), Going::File)));
    view! {
        <div class="buttons no-print">
            <button type="button" class="button quiet" disabled=is_merged on:click=ask>{t!(desk_forms.erase_file())}</button>
        </div>
        {is_merged.then(|| view! { <p class="sub no-print">{t!(desk_forms.erase_merged())}</p> })}
    }
}

/// Asks, and does it.
#[component]
pub fn EraseForm(file: HouseholdFile, going: Going, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let (household, today) = (file.card.household, file.today);
    let name = saying::worker_name(&file.card.standings);
    let why = RwSignal::new(None::<ErasedBecause>);
    let (typed, tried) = (RwSignal::new(String::new()), RwSignal::new(false));
    let wanted = StoredValue::new(name.clone());
    // A file without a name is erased without one.
    let is_named = move || going != Going::File || wanted.with_value(|name| typed.read().trim() == name);
    let missing = Signal::derive(move || {
        let words = words::desk_forms();
        match (tried.get(), why.get(), is_named()) {
            (true, None, _) => Some(words.erase_say_why().to_owned()),
            (true, _, false) => Some(words.erase_type_name().to_owned()),
            _ => None,
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let Some(why) = why.get_untracked().filter(|_| is_named()) else { return };
        let what = match going {
            Going::File => Erased::File,
            Going::Visit(visit, _) => Erased::Entries([visit].into()),
        };
        sending.acts(vec![(household, Act::Erase(Erase { what, why }))], move || {
            desk.say(words::desk_forms().erased());
            on_done.run(());
            if going == Going::File {
                desk.go(&Page::Coverage(None));
            }
        });
    };
    let (visits, needs) = (file.visits.len(), file.needs.len());
    let untold = untold(&file.needs, going);
    let by = author(&file, going);
    let what_goes = move || match going {
        Going::File => words::desk_forms().erase_file_takes(visits, needs),
        Going::Visit(_, day) => words::desk_forms().erase_visit_takes(&figures::short_day(day, today), &by),
    };
    let options =
        ErasedBecause::ALL.map(|why| SegOption::new(why, move || words::domain().erased_because(why))).into();
    view! {
        <form class="stack" on:submit=submit>
            <p>{what_goes}</p>
            {(untold > 0).then(|| view! { <p class="wait" data-untold>{move || words::desk_forms().erase_untold(untold)}</p> })}
            <p class="sub">{t!(desk_forms.erase_for_good())}</p>
            <Seg label=t!(desk_forms.erase_why()) options value=why on_pick=move |picked| why.set(Some(picked)) />
            {(going == Going::File && !name.is_empty()).then(|| {
                let label = move || words::desk_forms().erase_by_name(&name);
                view! { <TextField label value=typed on_input=move |text| typed.set(text) /> }
            })}
            <FormEnd sending label=t!(desk_forms.erase()) missing />
        </form>
    }
}

/// How many answers go of which the family was not told yet.
fn untold(needs: &[NeedLine], going: Going) -> usize {
    let goes = |line: &&NeedLine| match going {
        Going::File => true,
        Going::Visit(visit, _) => line.visit == visit,
    };
    needs.iter().filter(goes).filter(|line| line.reply.is_some() && line.told.is_none()).count()
}

/// Who recorded the visit that goes.
fn author(file: &HouseholdFile, going: Going) -> String {
    let Going::Visit(visit, _) = going else { return String::new() };
    let line = file.visits.iter().find(|shown| shown.line.id == visit);
    line.and_then(|shown| file.card.names.get(&shown.line.author)).cloned().unwrap_or_default()
}
