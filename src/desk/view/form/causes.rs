//! 致困原因: the main one, and up to three further; or said to be decided later.

use super::{Beside, later::say_or_later};
use domain::rules::{CAUSES_MAX, Cause};
use leptos::prelude::*;
use ui::{
    fields::choice::{CheckField, Choice},
    t, words,
};

/// The ten, in the official order.
const ALL: [Cause; 10] = [
    Cause::UnableToWork,
    Cause::Unemployed,
    Cause::LaidOff,
    Cause::Uninsured,
    Cause::BenefitsUnpaid,
    Cause::SevereIllness,
    Cause::Disaster,
    Cause::Accident,
    Cause::Schooling,
    Cause::Other,
];

/// The causes, the main one first. None = nothing was said; an empty list = to be decided later.
#[component]
pub fn Causes(causes: RwSignal<Option<Vec<Cause>>>, tried: RwSignal<bool>) -> impl IntoView {
    let options = Signal::derive(|| {
        let all = ALL.map(|cause| (Some(cause), words::domain().cause(cause).to_owned()));
        all.into_iter().chain([(None, words::desk().decide_later().to_owned())]).collect::<Vec<_>>()
    });
    let said = Signal::derive(move || causes.read().as_ref().map(|causes| causes.first().copied()));
    let pick = move |picked: Option<Option<Cause>>| {
        let further = causes.get_untracked().unwrap_or_default().into_iter().skip(1);
        causes.set(picked.map(|main| match main {
            Some(main) => std::iter::once(main).chain(further.filter(|cause| *cause != main)).collect(),
            None => Vec::new(),
        }));
    };
    view! {
        <div>
            <Beside wrong=say_or_later(tried, said)>
                <Choice label=t!(desk.main_cause()) options value=said on_pick=pick />
            </Beside>
            {move || said.get().flatten().map(|main| view! { <Further causes main /> })}
        </div>
    }
}

/// Those beside the main one.
#[component]
fn Further(causes: RwSignal<Option<Vec<Cause>>>, main: Cause) -> impl IntoView {
    let others =
        move |causes: &Option<Vec<Cause>>| causes.iter().flatten().skip(1).copied().collect::<Vec<_>>();
    let field = move |cause: Cause| {
        let value = Signal::derive(move || others(&causes.read()).contains(&cause));
        let change = move |ticked: bool| {
            causes.update(|causes| {
                let causes = causes.get_or_insert_default();
                causes.retain(|one| *one != cause);
                if ticked && causes.len() < CAUSES_MAX {
                    causes.push(cause);
                }
            });
        };
        view! { <CheckField label=move || words::domain().cause(cause) value on_change=change /> }
    };
    view! {
        <details class="further">
            <summary>{t!(desk.further_causes())}</summary>
            <div class="checks">{ALL.into_iter().filter(|cause| *cause != main).map(field).collect_view()}</div>
        </details>
    }
}
