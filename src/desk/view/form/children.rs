//! 子女上学: these children and no more, each with its school.

use super::{
    of_draft::{part, write},
    six::KnownChoice,
};
use crate::{
    platform,
    state::six_draft::{Known, SixDraft},
};
use domain::{
    check::{LINE_MAX, LIST_MAX, NAME_MAX},
    day::LooseDay,
    id::ChildId,
    value::{ChildValue, Stage},
};
use leptos::prelude::*;
use ui::{
    fields::{choice::Choice, date::LooseDateField, number::MoneyField, text::TextField},
    figures,
    icon::{Icon, IconMark},
    t, words,
};

const ALL: [Stage; 10] = [
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

/// The children.
#[component]
pub fn Children(draft: RwSignal<SixDraft>, tried: RwSignal<bool>) -> impl IntoView {
    let known = part(draft, |draft| draft.children_known);
    let pick = write(draft, |draft, known| {
        draft.children_known = known;
        if known == Known::These && draft.children.is_empty() {
            draft.children.push((platform::child_id(), ChildValue::default()));
        }
    });
    let ids = Memo::new(move |_| match known.get() {
        Known::These => draft.with(|draft| draft.children.iter().map(|(id, _)| *id).collect()),
        Known::NotYet | Known::Nothing => Vec::new(),
    });
    let add =
        move |_| draft.update(|draft| draft.children.push((platform::child_id(), ChildValue::default())));
    let may_add = move || (1..LIST_MAX).contains(&ids.read().len());
    view! {
        <KnownChoice label=t!(desk.children()) none=t!(desk.no_children()) these=t!(desk.has_children()) value=known on_pick=pick />
        <For each=move || ids.get() key=|id| *id let:id><Child draft tried id /></For>
        {move || may_add().then(|| view! {
            <button type="button" class="button" on:click=add><IconMark icon=Icon::Plus />{t!(desk.another_child())}</button>
        })}
    }
}

/// What writes one child.
fn on<T: 'static>(
    draft: RwSignal<SixDraft>,
    id: ChildId,
    set: impl Fn(&mut ChildValue, T) + Send + Sync + 'static,
) -> Callback<T> {
    write(draft, move |draft, value| {
        if let Some((_, child)) = draft.children.iter_mut().find(|(own, _)| *own == id) {
            set(child, value);
        }
    })
}

/// What reads one child.
fn of<T: Default + Send + Sync + 'static>(
    draft: RwSignal<SixDraft>,
    id: ChildId,
    read: impl Fn(&ChildValue) -> T + Send + Sync + 'static,
) -> Signal<T> {
    part(draft, move |draft| {
        draft.children.iter().find(|(own, _)| *own == id).map(|(_, child)| read(child)).unwrap_or_default()
    })
}

#[component]
fn Child(draft: RwSignal<SixDraft>, tried: RwSignal<bool>, id: ChildId) -> impl IntoView {
    let name = of(draft, id, |child| child.name.clone());
    let wrong =
        move || (tried.get() && name.get().trim().is_empty()).then(|| words::desk().fill_this().to_owned());
    let stage = of(draft, id, |child| child.stage);
    let stages =
        Signal::derive(|| ALL.map(|stage| (stage, words::domain().stage(stage).to_owned())).to_vec());
    let grade = of(draft, id, |child| child.grade);
    let grades = Signal::derive(move || {
        let stage = stage.get();
        let grades = figures::grades_with(stage, grade.get());
        grades.into_iter().map(|grade| (grade, figures::class(stage, grade))).collect::<Vec<_>>()
    });
    let set_stage = on(draft, id, |child, stage: Option<Stage>| {
        child.stage = stage;
        let fits = |grade: &u8| stage.is_some_and(|stage| figures::grades(stage).contains(grade));
        child.grade = child.grade.filter(fits);
    });
    let remove = move |_| draft.update(|draft| draft.children.retain(|(own, _)| *own != id));
    view! {
        <div class="line-of-fields" data-child=id.to_string()>
            <div class="fields grow">
                <TextField label=t!(desk.child_name()) value=name on_input=on(draft, id, |child, text| child.name = text)
                    longest=NAME_MAX wrong=Signal::derive(wrong) />
                <LooseDateField label=t!(desk.born()) value=of(draft, id, |child| child.born)
                    on_input=on(draft, id, |child, born: Option<LooseDay>| child.born = born) />
                <Choice label=t!(desk.stage()) options=stages value=stage on_pick=set_stage />
                <Choice label=t!(desk.grade()) options=grades value=grade
                    on_pick=on(draft, id, |child, grade| child.grade = grade) />
                <TextField label=t!(desk.school()) value=of(draft, id, |child| child.school.clone())
                    on_input=on(draft, id, |child, text| child.school = text) longest=LINE_MAX />
                <MoneyField label=t!(desk.yearly_cost()) fen=of(draft, id, |child| child.yearly_cost_fen)
                    on_input=on(draft, id, |child, fen| child.yearly_cost_fen = fen) />
            </div>
            <button type="button" class="icon-button" aria-label=t!(desk.remove_child()) on:click=remove><IconMark icon=Icon::Cross /></button>
        </div>
    }
}
