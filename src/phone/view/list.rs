//! 今天走访谁: due, this week, later; the search over everything on the phone.
//!
//! Rows are drawn a window at a time, so that 5,000 households scroll as well as 20.

use super::shell::{Banners, MainTabs, NetworkPill, Place};
use super::{outbox, said};
use crate::state::Draft;
use crate::state::{
    ListPlace,
    due::{self, Group, Row},
    news::{News, What},
    page, search, use_app,
};
use leptos::prelude::*;
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
    Row(Box<Row>),
}

impl Line {
    /// Equal exactly when it would be drawn equally.
    fn key(&self) -> String {
        match self {
            Self::Heading(group, count) => format!("{group:?} {count}"),
            Self::Row(row) => {
                let Row { household, name, category, address, due, states, proposed, unsent, .. } =
                    row.as_ref();
                format!("{household}{name}{category}{address}{due}{states:?}{proposed}{unsent}")
            }
        }
    }
}

/// The list.
#[component]
pub fn List() -> impl IntoView {
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
    let type_query = move |text: String| {
        query.set(text);
        drawn.set(WINDOW);
        keep_place();
    };
    view! {
        <div class="page">
            <PageHeader title=t!(phone.today_title())><NetworkPill /></PageHeader>
            <main>
                <div class="search">
                    <IconMark icon=Icon::Search />
                    <TextField label=t!(shared.search()) value=query on_input=type_query kind=TextKind::Search
                        longest=40 placeholder=t!(phone.search_hint()) />
                </div>
                <Banners />
                <Fetching />
                <Show when=move || query.with(|query| query.trim().is_empty())><NewsStrip /></Show>
                <Show when=move || query.with(|query| query.trim().is_empty())><OpenDrafts /></Show>
                <For each=lines key=Line::key children=move |line| match line {
                    Line::Heading(group, count) => view! { <h2 class="section-title">{move || heading(group, count)}</h2> }.into_any(),
                    Line::Row(row) => view! { <HouseholdRow row=*row /> }.into_any(),
                } />
                <Show when=move || found.with(Vec::is_empty)><NobodyHere searching=Signal::derive(move || !query.with(String::is_empty)) /></Show>
                <a class="button wide propose-link" href="/propose"><IconMark icon=Icon::Plus />{t!(phone.propose())}</a>
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

#[component]
fn HouseholdRow(row: Row) -> impl IntoView {
    let app = use_app();
    let (due, overdue) = (row.due, row.group == Group::Due);
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
                    view! { <span class="due" class:wait=overdue class:sub=!overdue>{move || figures::due(due, app.today.get())}</span> }.into_any()
                }}
            </div>
            <div class="row sub address">
                <span class="grow">{row.address.clone()}</span>
                {row.unsent.then(|| view! { <span class="keep wait unsent">{t!(phone.unsent_here())}</span> })}
            </div>
            <SixTiles states=row.states />
        </Card>
    }
}

/// How many pieces of news are shown at once.
const NEWS_SHOWN: usize = 3;

/// What became of what one brought: read once, and gone. Following one, or 知道了, is having seen it.
#[component]
fn NewsStrip() -> impl IntoView {
    let app = use_app();
    let news = Memo::new(move |_| app.news());
    let line = move |one: News| {
        let name =
            outbox::known_name(app, one.household).unwrap_or_else(|| words::phone().unnamed().to_owned());
        let name = words::phone().household_of(&name);
        let (href, said, detail) = match &one.what {
            What::Replied(reply) => {
                (format!("/household/{}", one.household), words::phone().news_replied(&name), reply.clone())
            }
            What::Approved => {
                (format!("/household/{}", one.household), words::phone().news_approved(&name), String::new())
            }
            What::HeldBack(entry) => {
                (format!("/record/{entry}"), words::phone().news_held_back(&name), String::new())
            }
        };
        view! {
            <a class="list-row" href=href data-news=one.key.clone() on:click=move |_| app.see(std::slice::from_ref(&one))>
                <span class="grow">{said}<small class="sub lines">{detail}</small></span><IconMark icon=Icon::Onward />
            </a>
        }
    };
    let more = move || news.with(Vec::len).saturating_sub(NEWS_SHOWN);
    view! {
        <Show when=move || news.with(|news| !news.is_empty())>
            <section class="card news" role="status">
                {move || news.get().into_iter().take(NEWS_SHOWN).map(line).collect_view()}
                <div class="row">
                    <span class="grow sub">{move || (more() > 0).then(|| words::phone().news_more(more()))}</span>
                    <button type="button" class="button quiet" on:click=move |_| news.with_untracked(|news| app.see(news.get(..NEWS_SHOWN.min(news.len())).unwrap_or_default()))>
                        {t!(phone.news_seen())}
                    </button>
                </div>
            </section>
        </Show>
    }
}

/// Drafts that were left, to go on with.
#[component]
fn OpenDrafts() -> impl IntoView {
    let app = use_app();
    let row = move |draft: Draft| {
        let name =
            app.cards.with(|cards| cards.get(&draft.household).map(said::household)).unwrap_or_default();
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

/// A fetch under way, in true figures.
#[component]
fn Fetching() -> impl IntoView {
    let app = use_app();
    let shown = move || app.fetch.get();
    view! {
        {move || shown().map(|(done, total)| view! {
            <div class="card fetching" role="status" data-done=done.to_string() data-total=total.to_string()>
                <div class="row"><b class="grow">{t!(phone.first_title())}</b><span>{move || words::phone().first_progress(done, total)}</span></div>
                <progress class="progress" max=total.to_string() value=done.to_string()></progress>
                <p class="sub">{t!(phone.first_hint())}</p>
            </div>
        })}
    }
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
            ().into_any()
        } else {
            view! { <Empty title=t!(phone.list_empty()) detail=t!(phone.list_empty_detail()) /> }.into_any()
        }
    }
}
