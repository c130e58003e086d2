//! Phones that made more than arrived, with every device each of them was; and, on the other side,
//! the phones of which everything arrived.

use super::list::{Rows, rows_of};
use super::quarantine::AddPerson;
use super::queue_file::TakeInQueue;
use crate::{
    state::{
        desk::use_desk,
        place::{Page, TodoKind},
        rights::Doing,
        sending::Sending,
    },
    view::{form::Whose, saying},
};
use leptos::prelude::*;
use protocol::office::{DeviceRow, PhoneRow};
use serde::de::IgnoredAny;
use ui::{
    answers::{Seg, SegOption},
    figures, t, words,
};

/// The list.
#[component]
pub fn Phones() -> impl IntoView {
    let desk = use_desk();
    let missing = RwSignal::new(true);
    let rows = rows_of::<PhoneRow>(desk, TodoKind::Phones, Some(missing.into()));
    let options = vec![
        SegOption::new(true, t!(desk.phones_missing())),
        SegOption::new(false, t!(desk.phones_complete())),
    ];
    let row = move |row: PhoneRow| view! { <Phone row /> };
    let empty =
        move || if missing.get() { words::desk().no_phones_missing() } else { words::desk().no_phones() };
    view! {
        <p class="sub intro">{t!(desk.phones_intro())}</p>
        {desk.may(Doing::Keep).then(|| view! { <TakeInQueue /> })}
        <div class="toolbar open-or-done">
            <Seg label=t!(desk.which()) options value=Signal::derive(move || Some(missing.get()))
                on_pick=move |picked| missing.set(picked) quiet=true />
        </div>
        <Rows reading=rows empty row />
    }
}

#[component]
fn Phone(row: PhoneRow) -> impl IntoView {
    let desk = use_desk();
    let sending = Sending::new(desk);
    let is_missing = row.is_missing();
    let PhoneRow { phone, person, name, telephone, unit_name, devices } = row;
    let path = format!("/api/phones/{phone}/noted");
    let mark = move |_| sending.post(&path, (), |_: IgnoredAny| ());
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    let last = devices.len().saturating_sub(1);
    let lines = devices.into_iter().enumerate().rev();
    let line = move |(at, device)| view! { <li><Device device is_now=at == last /></li> };
    let href = Page::Person(person).href();
    let may_note = is_missing && desk.may(Doing::Answer);
    let is_known = !name.is_empty();
    let whose = if is_known {
        view! { <Whose name unit_name /> }.into_any()
    } else {
        view! { <p><b class="name">{t!(desk_forms.unknown_person())}</b></p> }.into_any()
    };
    view! {
        <li class="card" class:wait=is_missing data-phone=phone.to_string()>
            {whose}
            <p class="sub">{telephone}</p>
            <ul class="plain-list">{lines.map(line).collect_view()}</ul>
            <p class="form-problem" role="alert">{problem}</p>
            <div class="buttons no-print">
                {may_note.then(|| view! {
                    <button type="button" class="button" disabled=move || sending.busy.get() on:click=mark>{t!(desk.phone_noted())}</button>
                })}
                {(!is_known).then(|| view! { <AddPerson author=person /> })}
                {(is_known && desk.may(Doing::Staff)).then(|| view! { <a class="button" href=href>{t!(desk.person())}</a> })}
            </div>
        </li>
    }
}

/// What one device made and what arrived of it; one that was lost says what cannot come any more.
#[component]
fn Device(device: DeviceRow, is_now: bool) -> impl IntoView {
    let desk = use_desk();
    let seen = figures::moment(device.seen_ms, desk.utc_offset_minutes(), desk.today());
    let (made, arrived, missing) = (device.made.max(device.arrived), device.arrived, device.missing());
    let head = move || {
        let words = words::desk();
        if is_now { words.phone_seen(&seen) } else { words.phone_before(&seen) }
    };
    let said = (missing > 0).then(|| {
        let said = move || {
            let words = words::desk();
            if is_now { words.phone_not_arrived(missing) } else { words.phone_lost(missing) }
        };
        view! { <p class="bad">{said}</p> }
    });
    view! {
        <p class="row"><b>{move || words::desk().made_arrived(made, arrived)}</b><span class="sub">{head}</span></p>
        {said}
    }
}
