//! 今天走访谁: due, this week, later; the search over everything on the phone.
//!
//! Rows are drawn a window at a time, so that 5,000 households scroll as well as 20. Nothing comes in above them while
//! the list is shown: what is new waits in a line that has its own room.

use super::shell::{Banners, Damaged, MainTabs, NetworkPill, Place};
use super::{news, said};
use crate::state::{Draft, editing::Kept, propose_form::ProposeForm};
use crate::state::{
    ListPlace,
    due::{self, Group, Row},
    page, search, use_app,
};
use domain::day::Day;
use leptos::prelude::*;
use std::collections::BTreeMap;
use ui::fields::text::{TextField, TextKind};
use ui::frame::PageHeader;
use ui::icon::{Icon, IconMark};
use ui::notice::Empty;
use ui::surface::{Card, Chip, Pill, Tone};
use ui::tiles::SixTiles;
use ui::{figures, t, words};

/// How many rows are drawn at once.
const WINDOW: usize = 30;

/// A line of the list.
#[derive(Clone)]
enum Line {
    Heading(Option<Group>, usize),
    /// Nothing is due; when the next is.
    NoneDue(Day),
    Row(Box<Row>),
}

impl Line {
    /// Equal exactly when it would be drawn equally.
    fn key(&self) -> String {
        match self {
            Self::Heading(group, count) => format!("{group:?} {count}"),
            Self::NoneDue(next) => format!("none due before {next}"),
            Self::Row(row) => {
                let Row {
                    household, name, category, address, due, promised, states, proposed, marks, ..
                } = row.as_ref();
                format!("{household}{name}{category}{address}{due}{promised:?}{states:?}{proposed}{marks:?}")
            }
        }
    }
}

/// The list; for somebody who is no helper, and of whom nothing is here, the way to the desk.
#[component]
pub fn List() -> impl IntoView {
    let app = use_app();
    let for_desk = Memo::new(move |_| {
        let no_helper = app.person.with(|person| person.as_ref().is_some_and(|person| !person.helper));
        let nothing =
            app.cards.with(BTreeMap::is_empty) && app.drafts.with(Vec::is_empty) && app.waiting() == 0;
        no_helper && nothing
    });
    move || if for_desk.get() { view! { <AtDesk /> }.into_any() } else { view! { <Households /> }.into_any() }
}

/// Nothing of theirs is done here.
#[component]
fn AtDesk() -> impl IntoView {
    view! {
        <div class="page">
            <PageHeader title=t!(phone.tab_visits()) />
            <main data-at-desk>
                <Empty title=t!(phone.not_helper())><a class="button main" href="/desk/" rel="external">{t!(phone.to_desk())}</a></Empty>
                <Banners />
            </main>
            <MainTabs place=Place::Visits />
        </div>
    }
}

#[component]
fn Households() -> impl IntoView {
    let app = use_app();
    let place = app.place.get_value();
    let query = RwSignal::new(place.query.clone());
    let drawn = RwSignal::new(place.drawn.max(WINDOW));
    let found = Memo::new(move |_| query.with(|query| app.rows.with(|rows| search::find(rows, query))));
    let lines = move || {
        app.rows.with(|rows| {
            found.with(|found| lines(rows, found, query.with(|query| !query.trim().is_empty()), drawn.get()))
        })
    };
    let more = move || {
        if page::is_near_end() && drawn.get_untracked() < found.with_untracked(Vec::len) {
            drawn.update(|drawn| *drawn += WINDOW);
        }
    };
    let keep_place = move || {
        app.place.set_value(ListPlace {
            query: query.get_untracked(),
            drawn: drawn.get_untracked(),
            scroll_px: page::scroll_px(),
        });
    };
    page::on_scroll(move || {
        more();
        keep_place();
    });
    page::when_drawn(move || page::scroll_to(place.scroll_px));
    // What comes while somebody is about to tap waits to be asked for.
    let news_shown = RwSignal::new(untrack(|| news::keys(app)));
    let type_query = move |text: String| {
        query.set(text);
        drawn.set(WINDOW);
        keep_place();
    };
    view! {
        <div class="page">
            <PageHeader title=t!(phone.today_title())><NetworkPill /></PageHeader>
            <main>
                <div class="search-row">
                    <div class="search">
                        <IconMark icon=Icon::Search />
                        <TextField label=t!(shared.search()) value=query on_input=type_query kind=TextKind::Search
                            longest=40 placeholder=t!(phone.search_hint()) />
                    </div>
                    <a class="button" href="/propose"><IconMark icon=Icon::Plus />{t!(phone.kind_propose())}</a>
                </div>
                <news::Fresh shown=news_shown />
                <Show when=move || query.with(|query| query.trim().is_empty())>
                    <news::Strip shown=news_shown />
                    <Damaged />
                    <OpenDrafts />
                </Show>
                <For each=lines key=Line::key children=move |line| match line {
                    Line::Heading(group, count) => view! { <h2 class="section-title">{move || heading(group, count)}</h2> }.into_any(),
                    Line::NoneDue(next) => view! {
                        <p class="aside none-due">{move || words::phone().none_due(&figures::day(next, app.today.get()))}</p>
                    }.into_any(),
                    Line::Row(row) => view! { <HouseholdRow row=*row /> }.into_any(),
                } />
                <Show when=move || found.with(Vec::is_empty)><NobodyHere searching=Signal::derive(move || !query.with(String::is_empty)) /></Show>
                <a class="button wide propose-link" href="/propose"><IconMark icon=Icon::Plus />{t!(phone.propose())}</a>
                <Banners />
            </main>
            <MainTabs place=Place::Visits />
        </div>
    }
}

/// Headings and rows, as many as are drawn.
fn lines(rows: &[Row], found: &[usize], searching: bool, drawn: usize) -> Vec<Line> {
    let mut lines = Vec::with_capacity(drawn + 3);
    if searching && !found.is_empty() {
        lines.push(Line::Heading(None, found.len()));
    }
    if !searching && rows.first().is_some_and(|first| first.group != Group::Due) {
        lines.extend(rows.iter().map(|row| row.due).min().map(Line::NoneDue));
    }
    let mut group = None;
    for row in found.iter().take(drawn).filter_map(|index| rows.get(*index)) {
        if !searching && group != Some(row.group) {
            group = Some(row.group);
            lines.push(Line::Heading(group, due::count(rows, row.group)));
        }
        lines.push(Line::Row(Box::new(row.clone())));
    }
    lines
}

fn heading(group: Option<Group>, count: usize) -> String {
    let words = words::phone();
    match group {
        None => words.found_count(count),
        Some(Group::Due) => words.due_count(count),
        Some(Group::Soon) => words.soon(count),
        Some(Group::Later) => words.later_count(count),
    }
}

/// When it is due; of a household that is on file for years and was never visited not how many.
pub(super) fn due_words(due: Day, never_met: bool, today: Day) -> String {
    match never_met && today.days_since(due) >= figures::YEARS_FROM {
        true => words::phone().never_visited().to_owned(),
        false => figures::due(due, today),
    }
}

#[component]
fn HouseholdRow(row: Row) -> impl IntoView {
    let app = use_app();
    let (due, never_met) = (row.counts_to(), row.never_met);
    let late = move || due < app.today.get();
    let name = row.name.clone();
    let shown_name = move || if name.is_empty() { words::phone().unnamed().to_owned() } else { name.clone() };
    view! {
        <Card href=format!("/household/{}", row.household)>
            <div class="row" data-household=row.household.to_string()>
                <span class="name">{shown_name}</span>
                {(!row.category.is_empty()).then(|| view! { <Chip text=row.category.clone() /> })}
                {if row.proposed {
                    view! { <Pill text=t!(phone.proposed()) tone=Tone::Wait /> }.into_any()
                } else {
                    view! { <span class="due" class:wait=late class:sub=move || !late()>{move || due_words(due, never_met, app.today.get())}</span> }.into_any()
                }}
            </div>
            <div class="row sub address">
                <span class="grow">{row.address.clone()}</span>
                {row.marks.to_tell.then(|| view! { <span class="keep good" data-mark="to-tell">{t!(phone.mark_to_tell())}</span> })}
                {row.promised.map(|on| view! { <span class="keep wait" data-mark="promised">{move || words::domain().promised(&figures::short_day(on, app.today.get()))}</span> })}
                {row.marks.tried.map(|on| view! { <span class="keep wait" data-mark="tried">{move || words::phone().mark_tried(&figures::day(on, app.today.get()))}</span> })}
                {row.marks.approved.then(|| view! { <span class="keep good" data-mark="approved">{t!(phone.mark_approved())}</span> })}
                {row.marks.unsent.then(|| view! { <span class="keep wait unsent">{t!(phone.unsent_here())}</span> })}
            </div>
            <SixTiles states=row.states />
        </Card>
    }
}

/// Drafts that were left, to go on with.
#[component]
fn OpenDrafts() -> impl IntoView {
    let app = use_app();
    let row = move |draft: Draft| {
        let name = app.cards.with(|cards| cards.get(&draft.household).map(said::household));
        let name = name.or_else(|| proposed_name(&draft)).unwrap_or_default();
        let kind = match draft.kind.as_str() {
            "amend" => words::phone().draft_amend(),
            "alert" => words::phone().draft_alert(),
            "propose" => words::phone().draft_propose(),
            _ => words::phone().draft_visit(),
        };
        let when = figures::moment(draft.saved_at_ms, app.zone(), app.today.get());
        view! {
            <Card href=said::route_of(&draft) tone=Tone::Wait>
                <div class="row" data-draft=draft.kind.clone()>
                    <span class="name">{said::joined([name, kind.to_owned()])}</span>
                    <span class="due">{t!(phone.draft_go_on())}</span>
                </div>
                <div class="sub">{words::phone().draft_kept(&when)}</div>
            </Card>
        }
    };
    view! {
        <Show when=move || app.drafts.with(|drafts| !drafts.is_empty())>
            <h2 class="section-title">{t!(phone.drafts_open())}</h2>
            {move || app.drafts.get().into_iter().map(row).collect_view()}
        </Show>
    }
}

/// The name in a proposal that is being written.
fn proposed_name(draft: &Draft) -> Option<String> {
    let is_proposal = draft.kind == "propose";
    let form = is_proposal.then(|| draft.form.read::<Kept<ProposeForm>>()).flatten();
    form.map(|kept| kept.form.name.text)
}

#[component]
fn NobodyHere(#[prop(into)] searching: Signal<bool>) -> impl IntoView {
    let app = use_app();
    move || {
        if searching.get() {
            view! { <Empty title=t!(phone.found_none()) detail=t!(phone.found_none_detail()) /> }.into_any()
        } else if app.union.with(Option::is_none) {
            view! { <Empty title=t!(phone.first_waiting()) /> }.into_any()
        } else if app.fetch.with(Option::is_some) {
            view! { <Empty title=t!(phone.first_title()) detail=t!(phone.first_hint()) /> }.into_any()
        } else {
            view! { <Empty title=t!(phone.list_empty()) detail=t!(phone.list_empty_detail()) /> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::due_words;
    use domain::day::Day;
    use ui::words;

    #[test]
    fn a_file_of_long_ago_is_no_reproach() {
        let today = Day::from_number(20_000);
        let of = |over: i32, never_met| due_words(today.plus(-over), never_met, today);
        assert_eq!(of(3_700, true), words::phone().never_visited());
        assert_eq!(of(3_700, false), words::shared().years_over(10));
        assert_eq!(of(40, true), words::shared().days_over(40), "what became due here is counted");
    }
}
