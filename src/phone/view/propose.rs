//! A household that is not on the list: looked for first, then proposed in a short form.

use super::{
    said,
    visit::{Gone, fields::EVERYBODY},
};
use crate::state::{
    App,
    editing::{Editing, Keeping},
    page,
    propose_form::{Missing, ProposeForm},
    search, use_app,
};
use domain::{
    check,
    id::{EntryId, UnitId},
    value::Whose,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use ui::fields::{
    choice::Choice,
    text::{TextField, TextKind},
};
use ui::frame::{BottomBar, PageHeader};
use ui::icon::{Icon, IconMark};
use ui::notice::Banner;
use ui::surface::{Card, Tone};
use ui::{t, words};

/// How many found households are shown.
const SHOWN: usize = 8;

/// The form of one draft.
#[component]
pub fn ProposePage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("draft").and_then(|id| EntryId::parse(&id))));
    move || {
        let draft = id.get().and_then(|id| untrack(|| app.draft(id)));
        let is_here = draft.is_some();
        match draft.and_then(|draft| Editing::open(app, draft)) {
            Some(editing) => view! { <Short editing /> }.into_any(),
            None => view! { <Gone is_here /> }.into_any(),
        }
    }
}

/// The search that comes first; a proposal begun before goes on.
#[component]
pub fn LookFirst() -> impl IntoView {
    let app = use_app();
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |draft: EntryId| {
        navigate.with_value(|navigate| {
            navigate(
                &format!("/propose/{draft}"),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            )
        });
    };
    let begun = app.new_proposal();
    page::when_drawn(move || match begun {
        Some(begun) => go(begun),
        None => page::focus_field("look-first"),
    });
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        query.with(|query| {
            if query.trim().is_empty() {
                return Vec::new();
            }
            app.rows.with(|rows| {
                search::find(rows, query)
                    .into_iter()
                    .take(SHOWN)
                    .filter_map(|index| rows.get(index).cloned())
                    .collect::<Vec<_>>()
            })
        })
    });
    let told = move || match (query.with(|query| query.trim().is_empty()), found.with(Vec::len)) {
        (true, _) => words::phone().propose_look().to_owned(),
        (false, 0) => words::phone().propose_none().to_owned(),
        (false, count) => words::phone().propose_alike(count),
    };
    let ready = move || query.with(|query| !query.trim().is_empty());
    view! {
        <div class="page">
            <PageHeader title=t!(phone.propose_title()) back="/" />
            <main>
                <div class="search" id="look-first">
                    <IconMark icon=Icon::Search />
                    <TextField label=t!(shared.search()) value=query on_input=move |text| query.set(text) kind=TextKind::Search longest=40 placeholder=t!(phone.propose_search()) />
                </div>
                <p class="aside" aria-live="polite">{told}</p>
                {move || found.get().into_iter().map(|row| view! {
                    <Card href=format!("/household/{}", row.household)>
                        <div class="row"><span class="name">{row.name}</span></div>
                        <div class="sub">{row.address}</div>
                    </Card>
                }).collect_view()}
                <Show when=ready>
                    <button type="button" class="button wide" on:click=move |_| go(app.begin_propose(&name_of(&query.get_untracked())))>
                        <IconMark icon=Icon::Plus />{t!(phone.propose_not_there())}
                    </button>
                </Show>
            </main>
        </div>
    }
}

/// What was searched for, where it can be a name.
fn name_of(query: &str) -> String {
    if query.chars().any(|c| c.is_ascii_digit()) { String::new() } else { query.trim().to_owned() }
}

/// The units a proposal may name.
fn units_of(app: App) -> Vec<(UnitId, String)> {
    app.union.with(|union| {
        let units = union.as_ref().map(|union| union.units.as_slice()).unwrap_or_default();
        units.iter().map(|unit| (unit.id, unit.name.clone())).collect()
    })
}

/// What went wrong with saving or keeping, if anything.
fn sentence_of(editing: Editing<ProposeForm>) -> Option<String> {
    editing.failed.get().or_else(|| match editing.keeping.get() {
        Keeping::Failed(sentence) => Some(sentence),
        _ => None,
    })
}

/// What is wrong with the number, said beside it.
fn number_wrong(form: &ProposeForm) -> Option<String> {
    let number = form.telephone.trim();
    let wrong = !number.is_empty() && !check::is_number(number);
    wrong.then(|| words::phone().field_number_wrong().to_owned())
}

/// What may be wrong with the number, until somebody says that it is right.
fn number_doubt(form: &ProposeForm) -> Option<String> {
    said::telephone_doubt(&form.telephone).filter(|_| form.telephone.trim() != form.sure)
}

/// Where on the page something is missing.
const fn place_of(missing: Missing) -> &'static str {
    match missing {
        Missing::Name => "propose-name",
        Missing::Place => "propose-place",
        Missing::Number | Missing::NumberOdd => "propose-number",
        Missing::Whose => "propose-whose",
        Missing::Why => "propose-why",
    }
}

fn missing_word(missing: Missing) -> &'static str {
    let words = words::phone();
    match missing {
        Missing::Name => words.propose_needs_name(),
        Missing::Place => words.propose_needs_place(),
        Missing::Number => words.field_number_wrong(),
        Missing::NumberOdd => words::visit().number_odd(),
        Missing::Whose => words.propose_needs_whose(),
        Missing::Why => words.propose_needs_why(),
    }
}

/// The telephone, and whose it is.
#[component]
fn Number(editing: Editing<ProposeForm>) -> impl IntoView {
    let form = editing.form;
    let doubt = Signal::derive(move || form.with(number_doubt));
    let sure = move |()| editing.change(|form| form.sure = form.telephone.trim().to_owned());
    let everybody =
        Signal::derive(|| EVERYBODY.map(|one| (one, words::domain().whose(one).to_owned())).to_vec());
    let pick_whose = move |whose: Option<Whose>| editing.change(|form| form.whose = whose);
    let number_wrong = Signal::derive(move || form.with(number_wrong));
    let number = Signal::derive(move || form.with(|form| form.telephone.clone()));
    let put = move |text: String| editing.change(|form| form.telephone = text);
    view! {
        <div class="wide" id="propose-number"><TextField label=t!(phone.field_number()) value=number kind=TextKind::Telephone
            wrong=number_wrong doubt=doubt on_sure=sure on_input=put longest=20 /></div>
        <Show when=move || form.with(|form| !form.telephone.trim().is_empty())>
            <div class="wide" id="propose-whose"><Choice label=t!(phone.field_whose()) options=everybody
                value=Signal::derive(move || form.with(|form| form.whose)) on_pick=pick_whose /></div>
        </Show>
    }
}

#[component]
fn Short(editing: Editing<ProposeForm>) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let corrects = form.with_untracked(|form| form.corrects.is_some());
    let missing = Signal::derive(move || form.with(ProposeForm::missing));
    let ready = Signal::derive(move || missing.get().is_none());
    let navigate = StoredValue::new_local(use_navigate());
    let home = move || {
        navigate.try_with_value(|navigate| {
            navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() })
        });
    };
    let asked = RwSignal::new(false);
    let lacking = move || asked.get().then(|| missing.get().map(place_of)).flatten();
    let send = move |()| {
        if let Some(missing) = missing.get_untracked() {
            asked.set(true);
            return page::bring_into_view(place_of(missing));
        }
        let (act, name) = form.with_untracked(|form| (form.act(), form.name.text.trim().to_owned()));
        editing.finish(vec![(editing.draft(true), act)], move |app| {
            let words = words::phone();
            app.say(if corrects { words.proposal_amended(&name) } else { words.propose_kept(&name) });
            home();
        });
    };
    let text = move |get: fn(&ProposeForm) -> String| Signal::derive(move || form.with(get));
    let put = move |set: fn(&mut ProposeForm, String)| {
        Callback::new(move |text: String| editing.change(|form| set(form, text)))
    };
    let units = Signal::derive(move || units_of(app));
    let sentence = move || sentence_of(editing);
    let drop_it = move |_| {
        editing.drop_it();
        home();
    };
    let pick_unit = move |unit: Option<UnitId>| editing.change(|form| form.unit = unit);
    let label = move || match editing.busy.get() {
        true => words::phone().saving(),
        _ if corrects => words::phone().proposal_amend_save(),
        _ => words::phone().propose_send(),
    };
    let lacking_word = Signal::derive(move || missing.get().map(missing_word));
    view! {
        <div class="page" on:focusout=move |event| editing.left(&event) data-lacking=lacking>
            <PageHeader title=move || if corrects { words::phone().proposal_amend() } else { words::phone().propose_title() } back=if corrects { "/queue" } else { "/" } />
            <main>
                {move || sentence().map(|sentence| view! { <div id="trouble"><Banner text=sentence tone=Tone::Bad icon=Icon::Warning /></div> })}
                <Card>
                    <div class="fields">
                        <div class="wide" id="propose-name"><TextField label=t!(phone.field_name()) value=text(|form| form.name.text.clone())
                            on_input=put(|form, text| form.name.text = text) longest=check::NAME_MAX /></div>
                        <div class="wide" id="propose-place"><TextField label=t!(phone.field_address()) value=text(|form| form.address.text.clone())
                            on_input=put(|form, text| form.address.text = text) lines=2 longest=check::LINE_MAX /></div>
                        <div class="wide"><TextField label=t!(phone.field_landmark()) value=text(|form| form.address.landmark.clone())
                            on_input=put(|form, text| form.address.landmark = text) longest=check::LINE_MAX /></div>
                        <Number editing />
                        <div class="wide"><Choice label=t!(phone.propose_unit()) options=units value=Signal::derive(move || form.with(|form| form.unit))
                            on_pick=pick_unit /></div>
                        <div class="wide" id="propose-why"><TextField label=t!(phone.propose_why()) value=text(|form| form.why.clone()) lines=3
                            on_input=put(|form, text| form.why = text) longest=check::WORDS_MAX /></div>
                    </div>
                </Card>
                <button type="button" class="button quiet wide" on:click=drop_it>{t!(phone.draft_drop())}</button>
            </main>
            <BottomBar label=label lacking=lacking_word ready=ready on_tap=send />
        </div>
    }
}
