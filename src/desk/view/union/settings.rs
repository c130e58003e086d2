//! The union's name and time zone, its categories, and whether the office is backed up.

use super::UnionPages;
use crate::{
    state::{desk::use_desk, reading::Reading, rights::Doing, sending::Sending},
    view::{form::{FormEnd, required}, showing::Shown},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    desk::{UnionSettings, Upkeep},
    office::CategoryName,
};
use ui::{
    fields::{number::NumberField, text::TextField},
    figures,
    notice::Banner,
    surface::Tone,
    t, words,
};

/// How old a backup may be before the desk says so.
const BACKUP_OLD_MS: i64 = 8 * 24 * 60 * 60 * 1000;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let desk = use_desk();
    let union = Reading::<UnionSettings>::follow(desk, || Some("/api/union".to_owned()));
    let categories = Reading::<Vec<CategoryName>>::follow(desk, move || {
        desk.may(Doing::Read).then(|| "/api/categories".to_owned())
    });
    let upkeep = Reading::<Upkeep>::follow(desk, || Some("/api/upkeep".to_owned()));
    let reads = desk.may(Doing::Read);
    view! {
        <header class="page-header"><div class="grow"><h1>{t!(desk_forms.settings())}</h1></div></header>
        <UnionPages />
        <div class="columns">
            <section class="card">
                <h2>{t!(desk_forms.the_union())}</h2>
                <Shown reading=union let:settings><UnionForm settings /></Shown>
            </section>
            <section class="card">
                <h2>{t!(desk_forms.upkeep())}</h2>
                <Shown reading=upkeep let:upkeep><UpkeepShown upkeep /></Shown>
            </section>
            {reads.then(|| view! {
                <section class="card">
                    <h2>{t!(desk_forms.categories())}</h2>
                    <p class="sub">{t!(desk_forms.categories_note())}</p>
                    <Shown reading=categories let:rows>
                        <ol class="plain-list" data-categories>
                            {rows.into_iter().map(|row| view! { <li class="list-row">{row.name}</li> }).collect_view()}
                        </ol>
                    </Shown>
                </section>
            })}
        </div>
    }
}

#[component]
fn UnionForm(settings: UnionSettings) -> impl IntoView {
    let desk = use_desk();
    if !desk.may(Doing::Settings) {
        return view! { <p class="value">{settings.name}</p> }.into_any();
    }
    let name = RwSignal::new(settings.name);
    let offset = RwSignal::new(Some(i64::from(settings.utc_offset_minutes)));
    let tried = RwSignal::new(false);
    let sending = Sending::new(desk);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let offset = offset.get().and_then(|offset| i32::try_from(offset).ok());
        let (Some(utc_offset_minutes), false) = (offset, name.with(|name| name.trim().is_empty())) else { return };
        let body = UnionSettings { name: name.get().trim().to_owned(), utc_offset_minutes };
        sending.put("/api/union", body, move || desk.toast.set(Some(words::shared().saved().to_owned())));
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <TextField label=t!(desk_forms.union_name()) value=name on_input=move |text| name.set(text) longest=60 wrong=required(tried, name) />
            <NumberField label=t!(desk_forms.time_zone()) value=offset on_input=move |minutes| offset.set(minutes)
                unit=t!(desk_forms.minutes()) hint=t!(desk_forms.time_zone_hint()) />
            <FormEnd sending label=t!(shared.save()) />
        </form>
    }
    .into_any()
}

#[component]
fn UpkeepShown(upkeep: Upkeep) -> impl IntoView {
    let desk = use_desk();
    let (today, offset, now_ms) = (desk.today(), desk.utc_offset_minutes(), desk.office_ms());
    let when = move |ms: Option<i64>| {
        ms.map_or_else(|| words::desk_forms().never().to_owned(), |ms| figures::moment(ms, offset, today))
    };
    let is_old = upkeep.last_backup_ms.is_none_or(|ms| now_ms.saturating_sub(ms) > BACKUP_OLD_MS);
    let no_keys = upkeep.last_keys_backup_ms.is_none();
    let (backup, keys) = (upkeep.last_backup_ms, upkeep.last_keys_backup_ms);
    view! {
        {is_old.then(|| view! { <Banner text=t!(desk_forms.backup_old()) tone=Tone::Wait /> })}
        {no_keys.then(|| view! { <Banner text=t!(desk_forms.keys_not_kept()) tone=Tone::Wait /> })}
        <dl class="facts">
            <div><dt>{t!(desk_forms.last_backup())}</dt><dd data-last-backup>{move || when(backup)}</dd></div>
            <div><dt>{t!(desk_forms.last_keys_backup())}</dt><dd>{move || when(keys)}</dd></div>
            <div><dt>{t!(desk_forms.entries())}</dt><dd>{figures::grouped(upkeep.entries)}</dd></div>
            <div><dt>{t!(desk_forms.version())}</dt><dd>{upkeep.version}</dd></div>
            <div><dt>{t!(desk_forms.epochs())}</dt><dd>{upkeep.epochs_begun_ms.into_iter().map(|ms| view! { <span class="keep">{move || when(Some(ms))}" "</span> }).collect_view()}</dd></div>
        </dl>
    }
}
