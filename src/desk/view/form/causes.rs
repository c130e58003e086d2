//! 致困原因: the main one, and up to three further.

use domain::rules::Cause;
use leptos::prelude::*;
use ui::{
    fields::choice::{CheckField, Choice},
    t, words,
};

/// The most causes: the main one and three further.
const CAUSES_MAX: usize = 4;

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

/// The causes, the main one first.
#[component]
pub fn Causes(causes: RwSignal<Vec<Cause>>) -> impl IntoView {
    let options =
        Signal::derive(|| ALL.map(|cause| (cause, words::domain().cause(cause).to_owned())).to_vec());
    let main = Signal::derive(move || causes.read().first().copied());
    let pick = move |picked: Option<Cause>| {
        causes.update(|causes| match picked {
            Some(main) => {
                let further = causes.iter().skip(1).copied().filter(|cause| *cause != main);
                *causes = std::iter::once(main).chain(further).collect();
            }
            None => causes.clear(),
        });
    };
    let further = move |cause: Cause| {
        let value = Signal::derive(move || causes.read().iter().skip(1).any(|one| *one == cause));
        let change = move |ticked: bool| {
            causes.update(|causes| {
                causes.retain(|one| *one != cause);
                if ticked && causes.len() < CAUSES_MAX {
                    causes.push(cause);
                }
            });
        };
        view! { <CheckField label=move || words::domain().cause(cause) value on_change=change /> }
    };
    let others = move || {
        let main = main.get()?;
        let boxes = ALL.into_iter().filter(|cause| *cause != main).map(further).collect_view();
        Some(view! {
            <details class="further">
                <summary>{t!(desk.further_causes())}</summary>
                <div class="checks">{boxes}</div>
            </details>
        })
    };
    view! {
        <div>
            <Choice label=t!(desk.main_cause()) options value=main on_pick=pick />
            {others}
        </div>
    }
}
