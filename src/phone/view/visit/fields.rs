//! The fields of name, address, telephones and spouse, filled with what is known.

use super::{Visiting, field::SlotField, removal::Removal};
use crate::view::said;
use domain::{
    check,
    slot::{Slot, Value},
    value::{AddressValue, Dwelling, Marital, NameValue, Sex, SpouseValue, Telephone, TelephoneValue, Whose},
};
use leptos::prelude::*;
use ui::answers::{Seg, SegOption};
use ui::fields::{
    choice::Choice,
    date::LooseDateField,
    text::{TextField, TextKind},
};
use ui::icon::{Icon, IconMark};
use ui::{t, words};

/// 姓名.
#[component]
pub fn Name(editing: Visiting) -> impl IntoView {
    fn read(value: &Value) -> Option<&NameValue> {
        if let Value::Name(name) = value { Some(name) } else { None }
    }
    let name = SlotField::new(editing, Slot::Name, read, Value::Name, NameValue::default);
    let sexes = vec![
        SegOption::new(Sex::Male, t!(domain.sex(Sex::Male))),
        SegOption::new(Sex::Female, t!(domain.sex(Sex::Female))),
    ];
    view! {
        <div class="fields">
            <div class="wide"><TextField label=t!(phone.field_name()) value=name.part(|name| name.text.clone())
                on_input=name.put(|name, text| name.text = text) longest=check::NAME_MAX /></div>
            <div class="wide"><Seg label=t!(phone.field_sex()) options=sexes value=name.part(|name| name.sex)
                on_pick=name.put(|name, sex| name.sex = Some(sex)) /></div>
            <LooseDateField label=t!(phone.field_born()) value=name.part(|name| name.born) on_input=name.put(|name, born| name.born = born)
                unread=name.unread("born") />
            <TextField label=t!(phone.field_work_number()) value=name.part(|name| name.work_number.clone())
                on_input=name.put(|name, text| name.work_number = text) longest=check::NAME_MAX />
        </div>
    }
}

const DWELLINGS: [Dwelling; 6] = [
    Dwelling::Owned,
    Dwelling::Rented,
    Dwelling::Public,
    Dwelling::Dormitory,
    Dwelling::WithRelatives,
    Dwelling::Other,
];

/// 住址.
#[component]
pub fn Address(editing: Visiting) -> impl IntoView {
    fn read(value: &Value) -> Option<&AddressValue> {
        if let Value::Address(address) = value { Some(address) } else { None }
    }
    let address = SlotField::new(editing, Slot::Address, read, Value::Address, AddressValue::default);
    let dwellings =
        Signal::derive(|| DWELLINGS.map(|one| (one, words::domain().dwelling(one).to_owned())).to_vec());
    view! {
        <div class="fields">
            <div class="wide"><TextField label=t!(phone.field_address()) value=address.part(|address| address.text.clone())
                on_input=address.put(|address, text| address.text = text) lines=2 longest=check::LINE_MAX /></div>
            <TextField label=t!(phone.field_landmark()) value=address.part(|address| address.landmark.clone())
                on_input=address.put(|address, text| address.landmark = text) lines=2 longest=check::LINE_MAX />
            <Choice label=t!(phone.field_dwelling()) options=dwellings value=address.part(|address| address.dwelling)
                on_pick=address.put(|address, dwelling| address.dwelling = dwelling) />
        </div>
    }
}

/// Whose a number can be.
pub const EVERYBODY: [Whose; 6] =
    [Whose::Worker, Whose::Spouse, Whose::Parent, Whose::Child, Whose::Neighbour, Whose::Other];

/// 电话, one by one.
#[component]
pub fn Telephones(editing: Visiting) -> impl IntoView {
    fn read(value: &Value) -> Option<&TelephoneValue> {
        if let Value::Telephone(telephone) = value { Some(telephone) } else { None }
    }
    let all = SlotField::new(editing, Slot::Telephone, read, Value::Telephone, TelephoneValue::default);
    let count = all.part(|value| value.numbers.len());
    let one = move |index: usize| {
        let at = move |value: &TelephoneValue| value.numbers.get(index).cloned();
        let number = Memo::new(move |_| {
            editing.form.with(|form| current(form).and_then(at).map(|one| one.number).unwrap_or_default())
        });
        let whose = Memo::new(move |_| editing.form.with(|form| form.owner_of(index)));
        let change = move |change: &dyn Fn(&mut Telephone)| {
            all.change(|value| {
                if let Some(one) = value.numbers.get_mut(index) {
                    change(one);
                }
            })
        };
        let wrong = Signal::derive(move || {
            number.with(|number| {
                (!number.is_empty() && !check::is_number(number.trim()))
                    .then(|| words::phone().field_number_wrong().to_owned())
            })
        });
        let doubt = doubt_of(editing, number.into());
        let sure = Callback::new(move |()| editing.change(|form| form.keep_number(&number.get_untracked())));
        // A number that was known is in the file.
        let typed = Signal::derive(move || {
            let known = editing.form.with(|form| form.knows_number(&number.read()));
            number.with(|number| !number.trim().is_empty()) && !known
        });
        let pick_whose = move |whose: Option<Whose>| editing.change(|form| form.say_owner(index, whose));
        let everybody =
            Signal::derive(|| EVERYBODY.map(|one| (one, words::domain().whose(one).to_owned())).to_vec());
        view! {
            <div class="fields telephone">
                <TextField label=t!(phone.field_number()) value=number kind=TextKind::Telephone longest=20 wrong=wrong doubt=doubt on_sure=sure
                    on_input=move |text: String| change(&|one| one.number.clone_from(&text)) />
                <Choice label=t!(phone.field_whose()) options=everybody value=whose
                    on_pick=pick_whose />
                <Removal label=t!(phone.remove_telephone()) typed=typed on_remove=move |()| editing.change(|form| form.remove_telephone(index)) />
            </div>
        }
    };
    view! {
        {move || (0..count.get()).map(one).collect_view()}
        <Show when=move || count.get() == 0><p class="value">{t!(phone.telephone_none_said())}</p></Show>
        <Show when=move || count.get() < 8>
            <button type="button" class="button" on:click=move |_| editing.change(crate::state::form::Form::add_telephone)>
                <IconMark icon=Icon::Plus />{t!(phone.add_telephone())}
            </button>
        </Show>
    }
}

fn current(form: &crate::state::form::Form) -> Option<&TelephoneValue> {
    match form.items.telephone.edit.get(&Slot::Telephone) {
        Some(Value::Telephone(value)) => Some(value),
        _ => None,
    }
}

/// What may be wrong with a number, until somebody says that it is right.
fn doubt_of(editing: Visiting, number: Signal<String>) -> Signal<Option<String>> {
    let sure = move |number: &str| editing.form.with(|form| form.is_sure(number));
    Signal::derive(move || number.with(|number| said::telephone_doubt(number).filter(|_| !sure(number))))
}

/// 配偶情况.
#[component]
pub fn Spouse(editing: Visiting) -> impl IntoView {
    fn read(value: &Value) -> Option<&SpouseValue> {
        if let Value::Spouse(spouse) = value { Some(spouse) } else { None }
    }
    let spouse = SlotField::new(editing, Slot::Spouse, read, Value::Spouse, SpouseValue::default);
    let marital =
        Signal::derive(move || spouse.is_said().then(|| spouse.part(|spouse| spouse.marital).get()));
    let number = spouse.part(|spouse| spouse.telephone.clone());
    let doubt = doubt_of(editing, number);
    let sure = Callback::new(move |()| editing.change(|form| form.keep_number(&number.get_untracked())));
    let states = [Marital::Married, Marital::Single, Marital::Divorced, Marital::Widowed];
    let options = states.map(|one| SegOption::new(one, move || words::domain().marital(one))).to_vec();
    view! {
        <Seg label=t!(phone.field_marital()) options=options value=marital on_pick=spouse.put(|spouse, marital| spouse.marital = marital) />
        <Show when=move || marital.get() == Some(Marital::Married)>
            <div class="fields">
                <TextField label=t!(phone.field_spouse_name()) value=spouse.part(|spouse| spouse.name.clone())
                    on_input=spouse.put(|spouse, text| spouse.name = text) longest=check::NAME_MAX />
                <TextField label=t!(phone.field_spouse_telephone()) value=number
                    on_input=spouse.put(|spouse, text| spouse.telephone = text) kind=TextKind::Telephone longest=20 doubt=doubt on_sure=sure />
                <TextField label=t!(phone.field_spouse_work()) value=spouse.part(|spouse| spouse.work.clone())
                    on_input=spouse.put(|spouse, text| spouse.work = text) longest=check::LINE_MAX />
                <TextField label=t!(phone.field_spouse_health()) value=spouse.part(|spouse| spouse.health.clone())
                    on_input=spouse.put(|spouse, text| spouse.health = text) longest=check::LINE_MAX />
            </div>
        </Show>
    }
}
