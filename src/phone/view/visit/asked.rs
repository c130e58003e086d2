//! What comes after the six: needs, a note, an alert, the next visit.

use super::{Visiting, events::KINDS, removal::Removal};
use crate::state::{
    App,
    form::{AlertForm, Met, needs::NeedForm},
    use_app,
};
use domain::{check, day::Day, id::NeedId, rules, value::EventKind, visit::NeedKind};
use leptos::prelude::*;
use ui::answers::{Seg, SegOption};
use ui::fields::{
    choice::{CheckField, Choice},
    date::DateField,
    text::TextField,
};
use ui::icon::{Icon, IconMark};
use ui::{figures, t, words};

const NEEDS: [NeedKind; 8] = [
    NeedKind::Living,
    NeedKind::Medical,
    NeedKind::Schooling,
    NeedKind::Work,
    NeedKind::Housing,
    NeedKind::Legal,
    NeedKind::Policy,
    NeedKind::Other,
];

/// The last part of the page.
#[component]
pub fn Asked(editing: Visiting) -> impl IntoView {
    let form = editing.form;
    let note = Memo::new(move |_| form.with(|form| form.note.clone()));
    let attempt = Memo::new(move |_| form.with(|form| form.met == Some(Met::Nobody)));
    let amending = form.with_untracked(|form| form.amending.is_some());
    view! {
        <div id="asked">
            <Show when=move || !attempt.get()><Needs editing /></Show>
            <section class="card" id="note" data-part="note">
                <TextField label=t!(phone.note_title()) value=note lines=3 longest=check::NOTE_MAX whole=true placeholder=t!(phone.note_hint())
                    on_input=move |text: String| editing.change(|form| form.note = text) />
            </section>
            {(!amending).then(|| view! { <AlertPart editing /> })}
            <Next editing />
        </div>
    }
}

#[component]
fn Needs(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let ids = Memo::new(move |_| form.with(|form| form.needs.iter().map(|need| need.id).collect::<Vec<_>>()));
    let add = move |_| {
        editing.change(|form| {
            form.needs.push(NeedForm::new(app.new_need()));
        })
    };
    view! {
        <section class="card" id="needs" data-part="needs">
            <h2>{t!(phone.needs_title())}</h2>
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <OneNeed editing id /> } />
            <Show when=move || ids.with(|ids| ids.len() < check::LIST_MAX)>
                <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(phone.need_add())}</button>
            </Show>
        </section>
    }
}

#[component]
fn OneNeed(editing: Visiting, id: NeedId) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let need = Memo::new(move |_| form.with(|form| form.needs.iter().find(|need| need.id == id).cloned()));
    let change = move |change: &dyn Fn(&mut NeedForm)| {
        editing.change(|form| {
            if let Some(need) = form.needs.iter_mut().find(|need| need.id == id) {
                change(need);
            }
        })
    };
    let kinds = NEEDS.map(|kind| SegOption::new(kind, move || words::domain().need_kind(kind))).to_vec();
    let pick_kind = move |kind: NeedKind| change(&|need| need.kind = Some(kind));
    let pick_day = move |day: Option<Day>| change(&|need| need.promised_until = day);
    let said = Signal::derive(move || {
        need.with(|need| need.as_ref().map(|need| need.words.clone())).unwrap_or_default()
    });
    let still_empty =
        move || if said.with(|said| said.trim().is_empty()) { words::phone().need_words_empty() } else { "" };
    let kind = Signal::derive(move || need.with(|need| need.as_ref().and_then(|need| need.kind)));
    let until = Signal::derive(move || need.with(|need| need.as_ref().and_then(|need| need.promised_until)));
    view! {
        <fieldset class="member" data-need=id.to_string()>
            <Seg label=t!(phone.need_kind()) options=kinds value=kind on_pick=pick_kind />
            <Show when=move || kind.get().is_none()><p class="aside wait">{t!(phone.need_kind_missing())}</p></Show>
            <div class="fields">
                <div class="wide"><TextField label=t!(phone.need_words()) value=said lines=2 longest=check::WORDS_MAX
                    hint=still_empty
                    on_input=move |text: String| change(&|need| need.words.clone_from(&text)) /></div>
                <DateField label=t!(phone.need_promised()) value=until first=Signal::derive(move || Some(app.today.get()))
                    on_input=pick_day />
            </div>
            <Removal label=t!(phone.need_remove()) typed=Signal::derive(move || said.with(|said| !said.trim().is_empty()))
                on_remove=move |()| editing.change(|form| form.needs.retain(|need| need.id != id)) />
        </fieldset>
    }
}

#[component]
fn AlertPart(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let open = Memo::new(move |_| form.with(|form| form.alert.is_some()));
    // What was typed is there again when it is ticked again.
    let unticked = StoredValue::new(None);
    let toggle = move |on: bool| {
        editing.change(|form| {
            let fresh = || (app.alert_draft(form.household()), form.new_alert());
            let ticked = on.then(|| unticked.get_value().unwrap_or_else(fresh));
            unticked.set_value(std::mem::replace(&mut form.alert, ticked));
        })
    };
    let alert = Signal::derive(move || {
        form.with(|form| form.alert.as_ref().map(|(_, alert)| alert.clone())).unwrap_or_default()
    });
    let change = Callback::new(move |changed: AlertForm| {
        editing.change(|form| {
            if let Some((_, alert)) = &mut form.alert {
                *alert = changed;
            }
        })
    });
    view! {
        <section class="card" data-part="alert">
            <CheckField label=t!(phone.alert_in_visit()) value=open on_change=toggle />
            <Show when=move || open.get()><AlertFields alert on_change=change /></Show>
        </section>
    }
}

/// What sort of alert, and what happened.
#[component]
pub fn AlertFields(
    /// The alert now.
    #[prop(into)]
    alert: Signal<AlertForm>,
    /// Called with the alert as it was changed.
    on_change: Callback<AlertForm>,
) -> impl IntoView {
    let kinds =
        Signal::derive(|| KINDS.map(|kind| (kind, words::domain().event_kind(kind).to_owned())).to_vec());
    let put = move |change: &dyn Fn(&mut AlertForm)| {
        let mut changed = alert.get_untracked();
        change(&mut changed);
        on_change.run(changed);
    };
    let pick_kind = move |kind: Option<EventKind>| put(&|alert| alert.kind = kind);
    view! {
        <div class="fields">
            <div class="wide" id="alert-kind">
                <Choice label=t!(phone.field_event_kind()) options=kinds value=Signal::derive(move || alert.get().kind) on_pick=pick_kind />
                <Show when=move || alert.with(|alert| alert.kind.is_none())><p class="aside wait">{t!(phone.alert_unsaid())}</p></Show>
            </div>
            <div class="wide"><TextField label=t!(phone.alert_words()) value=Signal::derive(move || alert.get().words) lines=3
                longest=check::WORDS_MAX on_input=move |text: String| put(&|alert| alert.words.clone_from(&text)) /></div>
        </div>
        <p class="aside">{t!(phone.alert_calm())}</p>
    }
}

/// When to come again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    Rule,
    Month,
    Quarter,
    Other,
}

#[component]
fn Next(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let form = editing.form;
    let choosing = RwSignal::new(false);
    let base = Memo::new(move |_| form.with(|form| form.day));
    let rule = Memo::new(move |_| base.get().plus(interval(app, editing)));
    let day = Memo::new(move |_| form.with(|form| form.next));
    let value = Signal::derive(move || {
        let day = day.get();
        match day {
            _ if choosing.get() => Some(Again::Other),
            None => None,
            Some(day) if day == rule.get() => Some(Again::Rule),
            Some(day) if day == base.get().plus(30) => Some(Again::Month),
            Some(day) if day == base.get().plus(90) => Some(Again::Quarter),
            Some(_) => Some(Again::Other),
        }
    });
    let set = move |day| editing.change(|form| form.next = day);
    let pick = move |again| {
        choosing.set(again == Again::Other);
        match again {
            Again::Rule => set(Some(rule.get_untracked())),
            Again::Month => set(Some(base.get_untracked().plus(30))),
            Again::Quarter => set(Some(base.get_untracked().plus(90))),
            // It begins with a day, so that 其他 alone says something.
            Again::Other => set(day.get_untracked().or(Some(rule.get_untracked()))),
        }
    };
    let by_rule = SegOption::new(Again::Rule, move || {
        words::phone().next_rule(&figures::short_day(rule.get(), app.today.get()))
    });
    let options = [
        by_rule,
        SegOption::new(Again::Month, t!(phone.next_month())),
        SegOption::new(Again::Quarter, t!(phone.next_quarter())),
        SegOption::new(Again::Other, t!(phone.day_other())),
    ];
    // Where nobody was met, the rule still counts from the last visit: it says nothing new.
    let counts = Memo::new(move |_| form.with(|form| form.met != Some(Met::Nobody)));
    let choices = move || {
        let options = options.iter().skip(usize::from(!counts.get())).cloned().collect::<Vec<_>>();
        view! { <Seg label=t!(phone.next_title()) options=options value=value on_pick=pick /> }
    };
    view! {
        <section class="card" data-part="next">
            {choices}
            <Show when=move || value.get() == Some(Again::Other)>
                <div class="fields">
                    <DateField label=t!(phone.next_title()) value=day first=Signal::derive(move || Some(base.get())) on_input=set />
                </div>
            </Show>
        </section>
    }
}

/// How often the household's category is visited, in days.
fn interval(app: App, editing: Visiting) -> i32 {
    let category = editing.form.with_untracked(|form| form.card.category);
    let today = app.today.get();
    let rule = app.union.with(|union| {
        rules::rule_of(union.as_ref().map_or(&[][..], |union| &union.categories), category, today)
    });
    i32::from(rule.visit_every_days)
}
