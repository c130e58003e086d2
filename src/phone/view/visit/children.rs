//! Children, one by one: added, corrected, ended.

use super::{Visiting, field::SlotField, question, removal::Removal};
use crate::state::{form::Form, use_app};
use crate::view::said;
use domain::{
    check,
    day::Day,
    id::ChildId,
    item::Item,
    observation::Stands,
    slot::{Slot, Value},
    value::{ChildValue, Stage},
};
use leptos::prelude::*;
use ui::fields::{choice::Choice, date::LooseDateField, number::MoneyField, text::TextField};
use ui::figures;
use ui::icon::{Icon, IconMark};
use ui::{t, words};

const STAGES: [Stage; 10] = [
    Stage::NotYet,
    Stage::Kindergarten,
    Stage::Primary,
    Stage::JuniorHigh,
    Stage::SeniorHigh,
    Stage::Vocational,
    Stage::College,
    Stage::University,
    Stage::Graduate,
    Stage::Left,
];

/// All children of the form.
#[component]
pub fn Children(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let children = Memo::new(move |_| editing.form.with(|form| form.items.schooling.child_slots()));
    let none_said = move || editing.form.with(says_none);
    let add = move |_| editing.change(|form| form.add_child(app.new_child()));
    view! {
        <For each=move || children.get() key=|id| *id children=move |id| view! { <OneChild editing id /> } />
        <Show when=none_said><p class="value">{t!(phone.no_children_said())}</p></Show>
        <div class="buttons">
            <Show when=move || children.with(|children| children.len() < check::LIST_MAX)>
                <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(phone.add_child())}</button>
            </Show>
            <Show when=move || children.with(Vec::is_empty) && !none_said()>
                <button type="button" class="button" on:click=move |_| editing.change(Form::no_children)>{t!(phone.no_children_said())}</button>
            </Show>
        </div>
    }
}

/// Children who should be in another class by now: one tap moves them up.
#[component]
pub fn ToAsk(editing: Visiting) -> impl IntoView {
    let app = use_app();
    let asks = Memo::new(move |_| editing.form.with(|form| to_ask(form, app.today.get())));
    let up = move |id, grade| {
        editing.change(|form| form.move_up(id, grade));
        if asks.with_untracked(Vec::is_empty) {
            question::go_on(editing, Item::Schooling);
        }
    };
    let ask = move |(id, sentence, grade): (ChildId, String, Option<u8>)| {
        match grade {
        None => view! { <p class="aside wait">{sentence}</p> }.into_any(),
        Some(grade) => view! {
            <button type="button" class="button wide move-up" on:click=move |_| up(id, grade)>{sentence}</button>
        }
        .into_any(),
    }
    };
    move || asks.get().into_iter().map(ask).collect_view()
}

/// What to ask of which child; nothing of one whose class was changed in this form.
pub fn to_ask(form: &Form, today: Day) -> Vec<(ChildId, String, Option<u8>)> {
    let known = form.card.standings.iter().filter_map(|(slot, standing)| Some((*slot, standing.one()?)));
    let said = |slot| form.items.schooling.fields()?.get(&slot);
    let child = |(slot, stands): (Slot, &Stands)| match (slot, &stands.value, said(slot)) {
        (Slot::Child(_), Value::Child(child), Some(Value::Child(now))) if now.grade != child.grade => None,
        (Slot::Child(_), _, Some(Value::Ended(_))) => None,
        (Slot::Child(id), Value::Child(child), _) => {
            let (sentence, grade) = said::class_to_ask(child, stands.day, today)?;
            Some((id, sentence, grade))
        }
        _ => None,
    };
    known.filter_map(child).collect()
}

/// Whether the list says: none.
fn says_none(form: &Form) -> bool {
    matches!(form.items.schooling.edit.get(&Slot::Schooling), Some(Value::Children(ids)) if ids.is_empty())
}

#[component]
fn OneChild(editing: Visiting, id: ChildId) -> impl IntoView {
    let slot = Slot::Child(id);
    let ended = Memo::new(move |_| {
        editing.form.with(|form| matches!(form.items.schooling.edit.get(&slot), Some(Value::Ended(_))))
    });
    move || {
        if ended.get() {
            view! { <Ended editing id /> }.into_any()
        } else {
            view! { <ChildFields editing id /> }.into_any()
        }
    }
}

#[component]
fn ChildFields(editing: Visiting, id: ChildId) -> impl IntoView {
    let app = use_app();
    fn read(value: &Value) -> Option<&ChildValue> {
        if let Value::Child(child) = value { Some(child) } else { None }
    }
    let child = SlotField::new(editing, Slot::Child(id), read, Value::Child, ChildValue::default);
    let known = editing.form.with_untracked(|form| form.items.schooling.base.contains_key(&Slot::Child(id)));
    let stages =
        Signal::derive(|| STAGES.map(|stage| (stage, words::domain().stage(stage).to_owned())).to_vec());
    let stage = child.part(|child| child.stage);
    let grade = child.part(|child| child.grade);
    let grades = Signal::derive(move || {
        let stage = stage.get();
        figures::grades_with(stage, grade.get())
            .into_iter()
            .map(|grade| (grade, figures::class(stage, grade)))
            .collect::<Vec<_>>()
    });
    let at_school = move || !matches!(stage.get(), Some(Stage::NotYet | Stage::Left));
    let pick_stage = move |picked| editing.change(|form| form.pick_stage(id, picked));
    let end = move |()| editing.change(|form| form.end_child(id, app.today.get_untracked()));
    view! {
        <fieldset class="member" data-child=id.to_string()>
            <legend>{move || said::joined([child.part(|child| child.name.clone()).get(), if known { String::new() } else { words::phone().new_mark().to_owned() }])}</legend>
            <div class="fields">
                <TextField label=t!(phone.field_child_name()) value=child.part(|child| child.name.clone())
                    on_input=child.put(|child, text| child.name = text) longest=check::NAME_MAX />
                <LooseDateField label=t!(phone.field_born()) value=child.part(|child| child.born) on_input=child.put(|child, born| child.born = born)
                    unread=child.unread("born") />
                <Choice label=t!(phone.field_stage()) options=stages value=stage on_pick=pick_stage />
                <Show when=move || grades.with(|grades| !grades.is_empty())>
                    <Choice label=t!(phone.field_grade()) options=grades value=grade
                        on_pick=child.put(|child, grade| child.grade = grade) />
                </Show>
                <Show when=at_school>
                    <div class="wide"><TextField label=t!(phone.field_school()) value=child.part(|child| child.school.clone())
                        on_input=child.put(|child, text| child.school = text) longest=check::LINE_MAX /></div>
                    <div class="wide"><MoneyField label=t!(phone.field_yearly_cost()) fen=child.part(|child| child.yearly_cost_fen)
                        on_input=child.put(|child, fen| child.yearly_cost_fen = fen) unread=child.unread("cost") /></div>
                </Show>
            </div>
            <Removal label=move || if known { words::phone().child_left() } else { words::phone().child_remove() }
                typed=Signal::derive(move || child.is_typed()) on_remove=end />
        </fieldset>
    }
}

#[component]
fn Ended(editing: Visiting, id: ChildId) -> impl IntoView {
    let app = use_app();
    let line = move || {
        editing.form.with_untracked(|form| {
            let before = form.items.schooling.base.get(&Slot::Child(id));
            before.map(|value| said::value_line(value, app.today.get())).unwrap_or_default()
        })
    };
    view! {
        <div class="member ended" data-child=id.to_string()>
            <span class="grow">{line}{words::DOT}{t!(phone.child_left())}</span>
            <button type="button" class="button" on:click=move |_| editing.change(|form| form.keep_child(id))>{t!(phone.child_back())}</button>
        </div>
    }
}
