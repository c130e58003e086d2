//! The screens: one file each. They show the state and call it; nothing here reaches further.

mod alert;
mod alerts;
mod browser;
mod day;
mod door;
mod household;
mod install_first;
mod join;
mod list;
mod me;
mod news;
mod outbox;
mod propose;
mod queue_file;
mod record;
mod said;
mod shell;
mod sign_in;
mod telling;
mod told;
mod visit;
mod visits;
mod ways;

use crate::state::{App, Phase, page, use_app};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_navigate},
    path,
};
use ui::notice::{Empty, Failed, Loading, Toast};
use ui::t;

/// How long the disk may be read before that is said; 219 households take half a second on a slow phone.
const SLOW_AFTER_MS: u64 = 10_000;

/// Everything that is shown.
#[component]
pub fn Root() -> impl IntoView {
    let app = use_app();
    let phase = Memo::new(move |_| app.phase.get());
    let inside = move || match phase.get() {
        Phase::Starting => view! { <Starting /> }.into_any(),
        Phase::Broken(sentence) => {
            // Anew from the first line: what this page still asks of the storage would stand in its own way.
            let again = Callback::new(|()| page::open_again());
            view! { <main class="door"><Failed detail=sentence on_retry=again /><ToRescue /></main> }
                .into_any()
        }
        Phase::SignedOut => view! { <door::Outside /> }.into_any(),
        Phase::Ready => view! { <Inside /> }.into_any(),
    };
    view! {
        <Router>
            <EnteredGoesHome />
            {inside}
        </Router>
        <Toast message=app.toast />
    }
}

/// The disk is being read. Where it does not answer, that is said, with the way to what waits in it.
#[component]
fn Starting() -> impl IntoView {
    let slow = RwSignal::new(false);
    page::after(SLOW_AFTER_MS, move || {
        slow.try_set(true);
    });
    view! {
        <main class="door">
            <Loading />
            <Show when=move || slow.get()>
                <p role="alert">{t!(rescue.starts_slowly())}</p>
                <ToRescue />
            </Show>
        </main>
    }
}

/// To the page that needs nothing of the app.
#[component]
fn ToRescue() -> impl IntoView {
    view! { <a class="button wide" rel="external" href="/rescue.html">{t!(rescue.open())}</a> }
}

/// Whoever just signed in begins at the list, or in the form from under which they were signed out.
#[component]
fn EnteredGoesHome() -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    Effect::new(move |before: Option<u32>| {
        let entered = app.entered.get();
        if before.is_some_and(|before| before != entered) {
            let begun = untrack(|| app.draft_to_open());
            let place = begun.map_or_else(|| "/".to_owned(), |draft| said::route_of(&draft));
            navigate(&place, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
        entered
    });
}

/// The app of somebody signed in.
#[component]
fn Inside() -> impl IntoView {
    let app = use_app();
    open_where_it_was(app);
    view! {
        <FlatRoutes fallback=NotHere>
            <Route path=path!("/") view=list::List />
            <Route path=path!("/household/:id") view=household::HouseholdPage />
            <Route path=path!("/visit/:draft") view=visit::VisitPage />
            <Route path=path!("/alert/:draft") view=alert::AlertPage />
            <Route path=path!("/record/:id") view=record::RecordPage />
            <Route path=path!("/queue") view=outbox::Outbox />
            <Route path=path!("/me") view=me::Me />
            <Route path=path!("/propose") view=propose::LookFirst />
            <Route path=path!("/propose/:draft") view=propose::ProposePage />
            <Route path=path!("/join") view=join::Join />
            <Route path=path!("/sign-in") view=sign_in::SignIn />
        </FlatRoutes>
    }
}

/// After a kill, a camera, a lock: the form that was on the screen is there again.
fn open_where_it_was(app: App) {
    let navigate = use_navigate();
    let path = use_location().pathname;
    Effect::new(move |_| {
        if !app.just_started.get_value() {
            return;
        }
        app.just_started.set_value(false);
        if path.get_untracked() == "/"
            && let Some(draft) = app.draft_to_open()
        {
            navigate(&said::route_of(&draft), NavigateOptions::default());
        }
    });
}

#[component]
fn NotHere() -> impl IntoView {
    view! {
        <main class="door">
            <Empty title=t!(shared.empty())><a class="button main" href="/">{t!(shared.back())}</a></Empty>
        </main>
    }
}
