//! What the chair sees in ten seconds: one figure, one bar, four counts.
//!
//! The counting is the domain's; here numbers only become lengths.

use crate::figures::percent;
use crate::surface::Tone;
use crate::t;
use crate::words;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// How the households of a unit stand; the four sum up to all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BarFigures {
    /// Visited within their interval.
    pub on_time: u32,
    /// Visited, but too long ago.
    pub overdue: u32,
    /// Never visited and due.
    pub never: u32,
    /// New, and not yet due.
    pub not_yet: u32,
}

impl BarFigures {
    /// All households.
    #[must_use]
    pub const fn households(self) -> u32 {
        self.on_time + self.overdue + self.never + self.not_yet
    }

    /// Those that had to be visited by now: all but the new ones not yet due.
    #[must_use]
    pub const fn expected(self) -> u32 {
        self.on_time + self.overdue + self.never
    }
}

/// On time, overdue, never; the empty rest is not yet due.
#[component]
pub fn Bar(
    /// The four numbers.
    #[prop(into)]
    figures: Signal<BarFigures>,
    /// Says the four in words below.
    #[prop(optional)]
    legend: bool,
) -> impl IntoView {
    let width = move |part: fn(BarFigures) -> u32| {
        move || {
            let figures = figures.get();
            let share = f64::from(part(figures)) * 100.0 / f64::from(figures.households().max(1));
            format!("{share:.2}%")
        }
    };
    let spoken = move || {
        let BarFigures { on_time, overdue, never, not_yet } = figures.get();
        words::shared().bar_sentence(on_time, overdue, never, not_yet)
    };
    view! {
        <div class="bar" role="img" aria-label=spoken>
            <i class="on-time" style:width=width(|figures| figures.on_time)></i>
            <i class="overdue" style:width=width(|figures| figures.overdue)></i>
            <i class="never" style:width=width(|figures| figures.never)></i>
        </div>
        {legend.then(|| view! {
            <ul class="bar-legend" aria-hidden="true">
                <li class="on-time">{t!(shared.bar_on_time())}" "<b>{move || figures.get().on_time}</b></li>
                <li class="overdue">{t!(shared.bar_overdue())}" "<b>{move || figures.get().overdue}</b></li>
                <li class="never">{t!(shared.bar_never())}" "<b>{move || figures.get().never}</b></li>
                <li class="not-yet">{t!(shared.bar_not_yet())}" "<b>{move || figures.get().not_yet}</b></li>
            </ul>
        })}
    }
}

/// 按期率 in words: `88%`, or a dash where nothing is due.
#[must_use]
pub fn on_time_share(on_time: u32, expected: u32) -> String {
    if expected == 0 { "—".to_owned() } else { format!("{}%", percent(on_time, expected)) }
}

/// The one figure: how many of those that had to be visited were visited on time.
#[component]
pub fn CoverageFigure(
    /// The four numbers.
    #[prop(into)]
    figures: Signal<BarFigures>,
) -> impl IntoView {
    let share = move || on_time_share(figures.get().on_time, figures.get().expected());
    let number = move || share().trim_end_matches('%').to_owned();
    let sign = move || share().ends_with('%').then_some("%");
    view! { <span class="big">{number}<small>{sign}</small></span> }
}

/// A count that leads to the list behind it.
#[component]
pub fn CountTile(
    /// What is counted.
    #[prop(into)]
    label: TextProp,
    /// How many; nothing while it is not known.
    #[prop(into)]
    count: Signal<Option<u32>>,
    /// The colour while the count is not zero.
    #[prop(optional)]
    tone: Tone,
    /// The list behind it.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let class = move || match count.get() {
        Some(0) | None => "count-tile plain".to_owned(),
        Some(_) => format!("count-tile {}", tone.class()),
    };
    view! {
        <a class=class href=href>
            <span>{move || label.get()}</span>
            <b>{move || count.get().map_or_else(|| "–".to_owned(), |count| count.to_string())}</b>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::on_time_share;

    #[test]
    fn where_nothing_is_due_there_is_no_share() {
        for (on_time, expected, said) in [(0, 0, "—"), (0, 5, "0%"), (258, 295, "87%"), (14, 14, "100%")] {
            assert_eq!(on_time_share(on_time, expected), said, "{on_time} of {expected}");
        }
    }
}
