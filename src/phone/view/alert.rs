//! 急报 from a household's page: what happened, to the chair at once.

use super::{
    said,
    visit::{Gone, asked::AlertFields},
};
use crate::state::Draft;
use crate::state::{
    editing::{Editing, Keeping},
    form::AlertForm,
    page, use_app,
};
use domain::id::EntryId;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use ui::frame::{BottomBar, PageHeader};
use ui::icon::Icon;
use ui::notice::Banner;
use ui::surface::Tone;
use ui::{t, words};

/// What an alert cannot go without.
const KIND: &str = "alert-kind";

/// The page of one alert's draft.
#[component]
pub fn AlertPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("draft").and_then(|id| EntryId::parse(&id))));
    move || {
        let draft = id.get().and_then(|id| untrack(|| app.draft(id)));
        let is_here = draft.is_some();
        // Every field of this form may be absent: another kind's draft would be read, and kept, as an empty one.
        let alert = draft.filter(|draft| draft.kind == "alert");
        let opened = alert.and_then(|draft| Some((Editing::<AlertForm>::open(app, draft.clone())?, draft)));
        match opened {
            Some((editing, draft)) => view! { <Opened editing draft /> }.into_any(),
            None => view! { <Gone is_here /> }.into_any(),
        }
    }
}

#[component]
fn Opened(editing: Editing<AlertForm>, draft: Draft) -> impl IntoView {
    let app = use_app();
    let household = draft.household;
    let name = app.card(household).map(|card| said::household(&card)).unwrap_or_default();
    let form = editing.form;
    let ready = Signal::derive(move || form.with(|form| form.kind.is_some()));
    let asked = RwSignal::new(false);
    let lacking = move || (asked.get() && !ready.get()).then_some(KIND);
    let navigate = use_navigate();
    let send = move |()| {
        let day = app.today.get_untracked();
        let act = form.with_untracked(|form| form.act(day));
        let Some(act) = act else {
            asked.set(true);
            page::bring_into_view(KIND);
            return page::focus_field(KIND);
        };
        let navigate = navigate.clone();
        editing.finish(vec![(editing.draft(true), act)], move |app| {
            app.say(words::phone().alert_kept().to_owned());
            app.engine().try_now();
            navigate(
                &format!("/household/{household}"),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        });
    };
    let change = Callback::new(move |changed| editing.change(|form| *form = changed));
    let sentence = move || {
        editing.failed.get().or_else(|| match editing.keeping.get() {
            Keeping::Failed(sentence) => Some(sentence),
            _ => None,
        })
    };
    let drop_it = move |_| editing.drop_it();
    let label =
        move || if editing.busy.get() { words::phone().saving() } else { words::phone().alert_send() };
    view! {
        <div class="page" on:focusout=move |event| editing.left(&event) data-lacking=lacking>
            <PageHeader title=t!(phone.alert_title()) sub=move || words::phone().household_of(&name) back=format!("/household/{household}") />
            <main>
                {move || sentence().map(|sentence| view! { <div id="trouble"><Banner text=sentence tone=Tone::Bad icon=Icon::Warning /></div> })}
                <section class="card"><AlertFields alert=form on_change=change /></section>
                <a class="button quiet wide" href=format!("/household/{household}") on:click=drop_it>{t!(phone.alert_remove())}</a>
            </main>
            <BottomBar label=label ready=ready on_tap=send />
        </div>
    }
}
