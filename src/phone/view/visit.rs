//! The visit: one page from who was met to 完成, kept on every change.
//!
//! The page only lays the parts out and says what is missing; each part is a file below.

pub mod asked;
mod attempt;
mod children;
mod events;
mod field;
pub mod fields;
mod opening;
mod question;
mod removal;
mod replies;
mod undo;

use super::said;
use crate::state::{
    clock::Doubt,
    editing::{Editing, Keeping},
    form::{Form, Met, answer::Dropped, steps::Steps},
    page, use_app,
};
use domain::{check::Finding, id::EntryId, item::Item};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use ui::frame::{BottomBar, PageHeader};
use ui::icon::Icon;
use ui::notice::{Banner, Empty};
use ui::surface::{Pill, Tone};
use ui::{figures, t, words};

/// The draft of a visit.
pub type Visiting = Editing<Form>;

/// The page of one draft.
#[component]
pub fn VisitPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("draft").and_then(|id| EntryId::parse(&id))));
    move || {
        let draft = id.get().and_then(|id| untrack(|| app.draft(id)));
        let is_here = draft.is_some();
        match draft.and_then(|draft| Editing::<Form>::open(app, draft)) {
            Some(editing) => view! { <Opened editing /> }.into_any(),
            None => view! { <Gone is_here /> }.into_any(),
        }
    }
}

/// A draft that is no longer there, or whose form this version of the app cannot read.
#[component]
pub fn Gone(
    /// It still lies on the phone.
    is_here: bool,
) -> impl IntoView {
    let title = move || if is_here { words::phone().draft_unread() } else { words::phone().draft_gone() };
    let detail = move || {
        if is_here { words::phone().draft_unread_detail() } else { words::phone().draft_gone_detail() }
    };
    view! {
        <div class="page">
            <PageHeader title=title back="/" />
            <main>
                <Empty title=title detail=detail>
                    <a class="button main" href="/">{t!(phone.tab_visits())}</a>
                </Empty>
            </main>
        </div>
    }
}

#[component]
fn Opened(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let attempt = Memo::new(move |_| form.with(|form| form.met == Some(Met::Nobody)));
    let missing = Memo::new(move |_| form.with(|form| findings(form, app)));
    let (household, amending) = form.with_untracked(|form| (form.household(), form.amending.is_some()));
    let name = form.with_untracked(|form| said::household(&form.card));
    let back = if amending { "/queue".to_owned() } else { format!("/household/{household}") };
    let title = title_of(name.clone(), amending);
    let navigate = use_navigate();
    let done = move |app: crate::state::App| {
        app.say(words::phone().saved_on_phone(&name));
        // Who was searched for has been visited; what was corrected is looked at once more.
        app.place.update_value(|place| place.query.clear());
        let place = if amending { format!("/household/{household}") } else { "/".to_owned() };
        navigate(&place, NavigateOptions { replace: true, ..NavigateOptions::default() });
    };
    let asked = RwSignal::new(false);
    let lacking = move || {
        let places =
            |missing: &Vec<Finding>| missing.iter().map(|finding| place_of(*finding)).collect::<Vec<_>>();
        asked.get().then(|| missing.with(places).join(" "))
    };
    let steps = StoredValue::new(Steps::of(form.get_untracked()));
    let dropping = RwSignal::new(false);
    let save = Callback::new(move |()| {
        dropping.set(false);
        editing.finish(acts(editing), done.clone());
    });
    let finish = move |()| match missing.with(|missing| missing.first().copied()) {
        Some(finding) => {
            asked.set(true);
            page::bring_into_view(&place_of(finding));
        }
        // What a field cannot read is in no form: it is not left behind.
        None if page::focus_unreadable() => {}
        None if form.with_untracked(Form::dropped) != Dropped::default() => dropping.set(true),
        None => save.run(()),
    };
    page::when_drawn(move || page::scroll_to(editing.scroll_px()));
    let left = move |event| {
        steps.update_value(Steps::rest);
        editing.left(&event);
    };
    let count = move || form.with(|form| words::phone().answered_of_six(form.answered()));
    let sub = move || form.with(|form| subtitle(editing, form));
    view! {
        <div class="page visit" on:focusout=left data-draft=editing.id().to_string() data-lacking=lacking>
            <PageHeader title=title sub=sub back=back>
                <Show when=move || !attempt.get()><Pill text=count /></Show>
            </PageHeader>
            <main>
                <Troubles editing />
                <opening::Opening editing />
                <Show when=move || !attempt.get()><replies::Replies editing /></Show>
                <Show when=move || !attempt.get() fallback=|| view! { <p class="door-note">{t!(phone.attempt_note())}</p> }>
                    {Item::ALL.map(|item| view! { <question::Question editing item /> }).collect_view()}
                </Show>
                <asked::Asked editing />
                <drop_draft::DropDraft editing />
                <attempt::Drops editing open=dropping on_save=save />
            </main>
            <BottomBar label=move || finish_label(&missing.get(), amending, attempt.get(), editing.busy.get())
                ready=Signal::derive(move || missing.with(Vec::is_empty)) on_tap=finish>
                <undo::UndoLast editing steps />
            </BottomBar>
        </div>
    }
}

mod drop_draft {
    //! Throwing a draft away, after asking.
    use super::*;
    use ui::sure::Sure;

    /// The button and its question.
    #[component]
    pub fn DropDraft(editing: Visiting) -> impl IntoView {
        let asking = RwSignal::new(false);
        let navigate = StoredValue::new_local(use_navigate());
        let drop_it = move |()| {
            editing.drop_it();
            navigate.with_value(|navigate| {
                navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() })
            });
        };
        view! {
            <button type="button" class="button quiet wide" on:click=move |_| asking.set(true)>{t!(phone.draft_drop())}</button>
            <Sure open=asking title=t!(phone.draft_drop_title()) what=t!(phone.draft_drop_sure()) back=t!(shared.cancel())
                deed=t!(phone.draft_drop()) on_deed=drop_it />
        }
    }
}

fn title_of(name: String, amending: bool) -> impl Fn() -> String + Send + Sync {
    move || if amending { words::phone().amend_title(&name) } else { words::phone().household_of(&name) }
}

/// The acts of a finished form: the alert first, for a crash between the two must not lose it.
fn acts(editing: Visiting) -> Vec<(crate::state::Draft, domain::entry::Act)> {
    editing.form.with_untracked(|form| {
        let alert =
            form.alert.as_ref().and_then(|(draft, alert)| Some((draft.clone(), alert.act(form.day)?)));
        alert.into_iter().chain([(editing.draft(true), form.act())]).collect()
    })
}

/// What is missing.
fn findings(form: &Form, app: crate::state::App) -> Vec<Finding> {
    form.missing(app.last_day().unwrap_or(form.day))
}

/// Where on the page something is missing.
fn place_of(finding: Finding) -> String {
    match finding {
        Finding::MetMissing => "met".to_owned(),
        Finding::ConsentMissing => "consent".to_owned(),
        Finding::AnswerMissing(item)
        | Finding::FieldMissing(item)
        | Finding::TooLong(item)
        | Finding::NumberOdd(item) => question::id_of(item),
        Finding::DayInFuture => "day".to_owned(),
        Finding::NeedEmpty => "needs".to_owned(),
        Finding::AlertUnsaid => "alert-kind".to_owned(),
        Finding::CompanionUnnamed => "companion".to_owned(),
        Finding::NoteTooLong => "note".to_owned(),
    }
}

fn finish_label(missing: &[Finding], amending: bool, attempt: bool, busy: bool) -> String {
    let words = words::phone();
    match (busy, missing, amending) {
        (true, ..) => words.saving().to_owned(),
        (_, [], false) if attempt => words.finish_attempt().to_owned(),
        (_, [], false) => words.finish_visit().to_owned(),
        (_, [], true) => words.finish_amend().to_owned(),
        (_, missing, false) => words.finish_missing(missing.len()),
        (_, missing, true) => words.finish_amend_missing(missing.len()),
    }
}

/// `已存好 · 14:05 · 与李国庆同行`: where it is shortened, that it is kept stays. A clock that is wrong is not shown.
fn subtitle(editing: Visiting, form: &Form) -> String {
    let app = use_app();
    let companion = form
        .companion
        .as_ref()
        .map(|companion| said::companion(&form.card, companion))
        .filter(|name| !name.is_empty());
    let keeping = match editing.keeping.get() {
        Keeping::Kept => words::phone().kept(),
        Keeping::Pending => words::phone().keeping(),
        Keeping::Failed(_) => words::phone().not_kept(),
    };
    said::joined([
        keeping.to_owned(),
        match app.clock_doubt() {
            Some(Doubt::Off(_) | Doubt::Back) => String::new(),
            _ => figures::time_of_day(editing.kept_ms.get(), app.zone()),
        },
        companion.map_or_else(String::new, |name| words::phone().with_companion(&name)),
    ])
}

/// What keeps the form from the disk or from being finished.
#[component]
fn Troubles(editing: Visiting) -> impl IntoView {
    let not_kept = move || match editing.keeping.get() {
        Keeping::Failed(sentence) => Some(sentence),
        _ => None,
    };
    let sentence = move || editing.failed.get().or_else(not_kept);
    move || {
        sentence().map(|sentence| view! { <div id="trouble"><Banner text=sentence tone=Tone::Bad icon=Icon::Warning /></div> })
    }
}
