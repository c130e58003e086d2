//! What was taken back: that it was there, by whom, when and why. What it said is nobody's word any more.

use crate::state::desk::use_desk;
use domain::day::Day;
use leptos::prelude::*;
use protocol::office::WithdrawnLine;
use ui::{figures, words};

/// The alerts that were taken back, or the visits; nothing where there are none.
#[component]
pub fn Withdrawn(lines: Vec<WithdrawnLine>, of_alerts: bool, today: Day) -> impl IntoView {
    let offset = use_desk().utc_offset_minutes();
    let lines: Vec<_> = lines.into_iter().filter(|line| line.alert.is_some() == of_alerts).collect();
    let line = move |line: WithdrawnLine| {
        let WithdrawnLine { visit, day, alert, by, at_ms, why } = line;
        let said = move || {
            let (day, back) =
                (figures::short_day(day, today), figures::short_day(Day::at(at_ms, offset), today));
            let said = match alert {
                Some(kind) => {
                    words::desk().alert_withdrawn(words::domain().event_kind(kind), &day, &by, &back)
                }
                None => words::desk().visit_withdrawn(&day, &by, &back),
            };
            if why.is_empty() { said } else { words::shared().labelled(&said, &why) }
        };
        view! { <li data-withdrawn=visit.to_string()>{said}</li> }
    };
    (!lines.is_empty())
        .then(|| view! { <ul class="withdrawn sub">{lines.into_iter().map(line).collect_view()}</ul> })
}
