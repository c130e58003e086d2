//! What is new above the list. The line has its own room and never moves what is below it: news that comes while the
//! list is open waits in it until somebody asks for it. Also how far a fetch is, and the way to ask the union now.

use super::{outbox, said};
use crate::state::{
    App,
    news::{News, What},
    use_app,
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use ui::icon::{Icon, IconMark};
use ui::{figures, t, words};

/// How many pieces of news are shown at once.
const NEWS_SHOWN: usize = 3;

/// Which news is shown, by its keys.
pub type Shown = RwSignal<BTreeSet<String>>;

/// The keys of all news that has not been seen.
pub fn keys(app: App) -> BTreeSet<String> {
    app.news().into_iter().map(|news| news.key).collect()
}

/// How fresh the list is; what came meanwhile; the way to ask.
#[component]
pub fn Fresh(shown: Shown) -> impl IntoView {
    let app = use_app();
    // Drawn anew only where it says something else: a button replaced under a finger is not tapped.
    let state =
        Memo::new(move |_| (app.fetch.get(), shown.with(|shown| keys(app).difference(shown).count())));
    let body = move || {
        match state.get() {
        (Some((done, total)), _) => view! { <Fetching done total /> }.into_any(),
        (None, 0) => view! { <Ask /> }.into_any(),
        (None, count) => view! {
            <button type="button" class="button wide good" data-news-waiting=count.to_string() on:click=move |_| shown.set(keys(app))>
                {words::phone().news_waiting(count)}
            </button>
        }
        .into_any(),
    }
    };
    view! { <div class="fresh" role="status">{body}</div> }
}

/// A fetch under way, in true figures.
#[component]
fn Fetching(done: u32, total: u32) -> impl IntoView {
    view! {
        <div class="grow fetching" data-done=done.to_string() data-total=total.to_string()>
            <div class="row"><b class="grow">{t!(phone.first_title())}</b><span>{move || words::phone().first_progress(done, total)}</span></div>
            <progress class="progress" max=total.to_string() value=done.to_string()></progress>
        </div>
    }
}

/// When the union last answered, and the button that asks it again.
#[component]
fn Ask() -> impl IntoView {
    let app = use_app();
    let last = move || match app.news_ms.get() {
        _ if app.in_vain.get() => words::phone().not_reached().to_owned(),
        Some(at_ms) => words::phone().contact_at(&figures::moment(at_ms, app.zone(), app.today.get())),
        None => words::me().contact_never().to_owned(),
    };
    let label = move || if app.trying.get() { words::phone().asking() } else { words::phone().ask_now() };
    view! {
        <span class="grow sub">{last}</span>
        <button type="button" class="button quiet ask-now" aria-busy=move || app.trying.get().to_string() on:click=move |_| app.try_now()>{label}</button>
    }
}

/// What became of what one brought: read once, and gone. Following one, or 知道了, is having seen it.
#[component]
pub fn Strip(shown: Shown) -> impl IntoView {
    let app = use_app();
    let news = Memo::new(move |_| {
        let news = app.news().into_iter();
        shown.with(|shown| news.filter(|news| shown.contains(&news.key)).collect::<Vec<_>>())
    });
    let line = move |one: News| {
        let name =
            outbox::known_name(app, one.household).unwrap_or_else(|| words::phone().unnamed().to_owned());
        let (href, title, detail) = told(&one, &words::phone().household_of(&name));
        view! {
            <a class="list-row" href=href data-news=one.key.clone() on:click=move |_| app.see(std::slice::from_ref(&one))>
                <span class="grow">{title}<small class="sub lines">{detail}</small></span><IconMark icon=Icon::Onward />
            </a>
        }
    };
    let more = move || news.with(Vec::len).saturating_sub(NEWS_SHOWN);
    let see = move |_| {
        news.with_untracked(|news| app.see(news.get(..NEWS_SHOWN.min(news.len())).unwrap_or_default()))
    };
    view! {
        <Show when=move || news.with(|news| !news.is_empty())>
            <section class="card news" role="status">
                {move || news.get().into_iter().take(NEWS_SHOWN).map(line).collect_view()}
                <div class="row">
                    <span class="grow sub">{move || (more() > 0).then(|| words::phone().news_more(more()))}</span>
                    <button type="button" class="button quiet" on:click=see>{t!(phone.news_seen())}</button>
                </div>
            </section>
        </Show>
    }
}

/// Where a piece of news leads, what it says, and its words.
fn told(news: &News, name: &str) -> (String, String, String) {
    let (words, household) = (words::phone(), format!("/household/{}", news.household));
    match &news.what {
        What::Replied(line) if line.told_before.is_some() => {
            (household, words.news_replied_anew(name), said::reply(line))
        }
        What::Replied(line) => (household, words.news_replied(name), said::reply(line)),
        What::Approved => (household, words.news_approved(name), String::new()),
        What::HeldBack(entry) => (format!("/record/{entry}"), words.news_held_back(name), String::new()),
    }
}
