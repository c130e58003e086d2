//! The six things to fill in. What nobody knows stays empty: nothing is stated of it.

use super::{
    children::Children,
    events::Events,
    id_number::IdNumberField,
    of_draft::{part, write},
    telephones::Telephones,
};
use crate::state::six_draft::{Known, SixDraft};
use domain::{
    check::{LINE_MAX, NAME_MAX},
    day::LooseDay,
    item::Item,
    value::{Dwelling, Marital, Sex, SpouseValue},
};
use leptos::{prelude::*, text_prop::TextProp};
use ui::{
    answers::{Seg, SegOption},
    fields::{
        choice::Choice,
        date::LooseDateField,
        text::{TextField, TextKind},
    },
    t, words,
};

/// Who it is, where, and how to call: what tells one household from another.
#[component]
pub fn WhoFields(
    draft: RwSignal<SixDraft>,
    id_number: RwSignal<String>,
    tried: RwSignal<bool>,
    /// The household has a file already.
    #[prop(optional)]
    has_file: bool,
) -> impl IntoView {
    let items = [Item::Name, Item::Address, Item::Telephone];
    items.map(|item| view! { <ItemFields item draft id_number tried has_file /> }).collect_view()
}

/// Spouse, children, events.
#[component]
pub fn FamilyFields(draft: RwSignal<SixDraft>, tried: RwSignal<bool>) -> impl IntoView {
    let id_number = RwSignal::new(String::new());
    let items = [Item::Spouse, Item::Schooling, Item::Events];
    items.map(|item| view! { <ItemFields item draft id_number tried /> }).collect_view()
}

/// One of the six; with the name goes the ID number.
#[component]
pub fn ItemFields(
    item: Item,
    draft: RwSignal<SixDraft>,
    id_number: RwSignal<String>,
    tried: RwSignal<bool>,
    /// The household has a file already.
    #[prop(optional)]
    has_file: bool,
) -> impl IntoView {
    let fields = match item {
        Item::Name => view! {
            <Name draft tried />
            <div class="fields"><div class="wide"><IdNumberField typed=id_number tried may_be_there=has_file /></div></div>
        }
        .into_any(),
        Item::Address => view! { <Address draft /> }.into_any(),
        Item::Telephone => view! { <Telephones draft tried /> }.into_any(),
        Item::Spouse => view! { <Spouse draft /> }.into_any(),
        Item::Schooling => view! { <Children draft tried /> }.into_any(),
        Item::Events => view! { <Events draft /> }.into_any(),
    };
    view! { <Group item>{fields}</Group> }
}

#[component]
fn Group(item: Item, children: leptos::prelude::Children) -> impl IntoView {
    view! {
        <fieldset class="card" data-item=item.code()>
            <legend class="hidden-visually">{move || words::domain().item(item)}</legend>
            <h2 class="group-head" aria-hidden="true">
                <i class="tile">{move || words::domain().item_sign(item)}</i>{move || words::domain().item(item)}
            </h2>
            {children()}
        </fieldset>
    }
}

#[component]
fn Name(draft: RwSignal<SixDraft>, tried: RwSignal<bool>) -> impl IntoView {
    let text = part(draft, |draft| draft.name.text.clone());
    let wrong =
        move || (tried.get() && text.get().trim().is_empty()).then(|| words::desk().fill_this().to_owned());
    let sexes = Signal::derive(|| {
        [Sex::Male, Sex::Female].map(|sex| (sex, words::domain().sex(sex).to_owned())).to_vec()
    });
    view! {
        <div class="fields">
            <TextField label=t!(desk.worker_name()) value=text on_input=write(draft, |draft, text| draft.name.text = text)
                longest=NAME_MAX wrong=Signal::derive(wrong) />
            <Choice label=t!(desk.sex()) options=sexes value=part(draft, |draft| draft.name.sex)
                on_pick=write(draft, |draft, sex| draft.name.sex = sex) />
            <LooseDateField label=t!(desk.born()) value=part(draft, |draft| draft.name.born)
                on_input=write(draft, |draft, born: Option<LooseDay>| draft.name.born = born) />
            <TextField label=t!(desk.work_number()) value=part(draft, |draft| draft.name.work_number.clone())
                on_input=write(draft, |draft, text| draft.name.work_number = text) longest=NAME_MAX />
        </div>
    }
}

#[component]
fn Address(draft: RwSignal<SixDraft>) -> impl IntoView {
    let all = [
        Dwelling::Owned,
        Dwelling::Rented,
        Dwelling::Public,
        Dwelling::Dormitory,
        Dwelling::WithRelatives,
        Dwelling::Other,
    ];
    let dwellings =
        Signal::derive(move || all.map(|one| (one, words::domain().dwelling(one).to_owned())).to_vec());
    view! {
        <div class="fields in-line">
            <div class="wide">
                <TextField label=t!(desk.address()) value=part(draft, |draft| draft.address.text.clone())
                    on_input=write(draft, |draft, text| draft.address.text = text) longest=LINE_MAX />
            </div>
            <TextField label=t!(desk.landmark()) value=part(draft, |draft| draft.address.landmark.clone())
                on_input=write(draft, |draft, text| draft.address.landmark = text) longest=LINE_MAX />
            <Choice label=t!(desk.dwelling()) options=dwellings value=part(draft, |draft| draft.address.dwelling)
                on_pick=write(draft, |draft, dwelling| draft.address.dwelling = dwelling) />
        </div>
    }
}

#[component]
fn Spouse(draft: RwSignal<SixDraft>) -> impl IntoView {
    let all = [Marital::Married, Marital::Single, Marital::Divorced, Marital::Widowed];
    let states =
        Signal::derive(move || all.map(|one| (one, words::domain().marital(one).to_owned())).to_vec());
    let marital = part(draft, |draft| draft.spouse.as_ref().map(|spouse| spouse.marital));
    let pick = write(draft, |draft, marital: Option<Marital>| match marital {
        Some(marital) => draft.spouse.get_or_insert_default().marital = marital,
        None => draft.spouse = None,
    });
    let field = move |label: TextProp,
                      kind,
                      read: fn(&SpouseValue) -> &String,
                      set: fn(&mut SpouseValue) -> &mut String| {
        let value = part(draft, move |draft| {
            draft.spouse.as_ref().map(|spouse| read(spouse).clone()).unwrap_or_default()
        });
        let on_input = write(draft, move |draft, text| {
            if let Some(spouse) = &mut draft.spouse {
                *set(spouse) = text;
            }
        });
        view! { <TextField label value on_input kind longest=LINE_MAX /> }
    };
    let is_married = Memo::new(move |_| marital.get() == Some(Marital::Married));
    let fields = move || {
        is_married.get().then(|| view! {
            {field(t!(desk.spouse_name()).into(), TextKind::Words, |spouse| &spouse.name, |spouse| &mut spouse.name)}
            {field(t!(desk.spouse_work()).into(), TextKind::Words, |spouse| &spouse.work, |spouse| &mut spouse.work)}
            {field(t!(desk.spouse_health()).into(), TextKind::Words, |spouse| &spouse.health, |spouse| &mut spouse.health)}
            {field(t!(desk.spouse_telephone()).into(), TextKind::Telephone, |spouse| &spouse.telephone, |spouse| &mut spouse.telephone)}
        })
    };
    view! {
        <div class="fields">
            <Choice label=t!(desk.marital()) options=states value=marital on_pick=pick />
            {fields}
        </div>
    }
}

/// What is known of a list: nobody has said, there are none, these.
#[component]
pub fn KnownChoice(
    /// What is asked.
    #[prop(into)]
    label: TextProp,
    /// The words for there being none.
    #[prop(into)]
    none: TextProp,
    /// The words for there being some.
    #[prop(into)]
    these: TextProp,
    /// What is chosen.
    value: Signal<Known>,
    /// Called with what was chosen.
    on_pick: Callback<Known>,
) -> impl IntoView {
    let options = vec![
        SegOption::new(Known::NotYet, t!(desk.not_known_yet())),
        SegOption::new(Known::Nothing, none),
        SegOption::new(Known::These, these),
    ];
    view! { <Seg label options value=Signal::derive(move || Some(value.get())) on_pick=on_pick quiet=true /> }
}
