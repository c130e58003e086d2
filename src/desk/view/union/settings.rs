//! The union's name and time zone, its categories, and whether the office is backed up.

use super::{
    UnionPages,
    categories::{Categories, CategorySheet},
};
use crate::{
    state::{
        desk::{Desk, use_desk},
        reading::Reading,
        rights::Doing,
        sending::Sending,
    },
    view::{
        form::{FormEnd, required},
        showing::Shown,
    },
};
use domain::{id::UnitId, rules::Category};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    desk::{UnionSettings, UnitName, UnitRow, Upkeep},
    office::CoverageReport,
};
use ui::{
    fields::{choice::Choice, text::TextField},
    figures,
    notice::Banner,
    surface::Tone,
    t, words,
};

/// How old a backup may be before the desk says so.
const BACKUP_OLD_MS: i64 = 8 * 24 * 60 * 60 * 1000;

/// All of China keeps this time, in minutes ahead of UTC.
const CHINA: i32 = 480;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let desk = use_desk();
    let union = Reading::<UnionSettings>::follow(desk, || Some("/api/union".to_owned()));
    let categories = Reading::<Vec<Category>>::follow(desk, move || {
        (desk.may(Doing::Read) || desk.may(Doing::Settings)).then(|| "/api/categories".to_owned())
    });
    let upkeep = Reading::<Upkeep>::follow(desk, || Some("/api/upkeep".to_owned()));
    let reads = desk.may(Doing::Read) || desk.may(Doing::Settings);
    let sets = sets_all(desk);
    let opened = RwSignal::new(None::<Category>);
    let moved = RwSignal::new(None);
    // The page's: the form is drawn anew between its two steps.
    let sending = Sending::new(desk);
    let report = Reading::<CoverageReport>::follow(desk, move || {
        let unit = desk.unit_of(None).filter(|_| sets)?;
        Some(format!("/api/coverage?unit={unit}"))
    });
    // Who may not read coverage is not offered a whole set: the office would have to say that it is too late.
    let fresh = Signal::derive(move || {
        report.value.with(|report| {
            report.as_ref().is_some_and(|report| report.total.households + report.todo.proposals == 0)
        })
    });
    view! {
        <header class="page-header"><div class="grow"><h1>{t!(desk_forms.settings())}</h1></div></header>
        <UnionPages />
        <div class="columns">
            <div>
                <section class="card">
                    <h2>{t!(desk_forms.the_union())}</h2>
                    <Shown reading=union let:settings><UnionForm settings sending /></Shown>
                </section>
                {reads.then(|| view! {
                    <section class="card">
                        <h2>{t!(desk_forms.categories())}</h2>
                        <p class="sub">{t!(desk_forms.categories_note())}</p>
                        {(!sets).then(|| view! { <p class="sub">{t!(desk_forms.set_by_admin())}</p> })}
                        <Shown reading=categories let:rows><Categories rows sets fresh opened moved /></Shown>
                    </section>
                })}
            </div>
            <div>
                <section class="card">
                    <h2>{t!(desk_forms.upkeep())}</h2>
                    <Shown reading=upkeep let:upkeep><UpkeepShown upkeep /></Shown>
                </section>
            </div>
        </div>
        <CategorySheet opened />
    }
}

/// Whether the person may say what holds in all the union: only who administers it from the top.
fn sets_all(desk: Desk) -> bool {
    let tops = untrack(|| desk.tops(Doing::Settings));
    let is_root = |top: &UnitId| {
        desk.tree.with_untracked(|tree| tree.get(*top).is_some_and(|row| row.parent.is_none()))
    };
    tops.iter().any(is_root)
}

#[component]
fn UnionForm(settings: UnionSettings, sending: Sending) -> impl IntoView {
    let desk = use_desk();
    if !sets_all(desk) {
        return view! { <p class="value">{settings.name}</p><p class="sub">{t!(desk_forms.set_by_admin())}</p> }
            .into_any();
    }
    let before = settings.name.clone();
    let name = RwSignal::new(settings.name);
    let offset = RwSignal::new(Some(settings.utc_offset_minutes));
    let zones = zones(settings.utc_offset_minutes);
    let tried = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let (Some(utc_offset_minutes), false) = (offset.get(), name.with(|name| name.trim().is_empty()))
        else {
            return;
        };
        let body = UnionSettings { name: name.get().trim().to_owned(), utc_offset_minutes };
        let (new_name, root) = (body.name.clone(), root_called(desk, &before));
        sending.put("/api/union", body, move || {
            desk.renamed(&new_name);
            let saved = move || desk.say(words::shared().saved());
            match root {
                Some(root) => sending.put(&format!("/api/units/{root}"), UnitName { name: new_name }, saved),
                None => saved(),
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <TextField label=t!(desk_forms.union_name()) value=name on_input=move |text| name.set(text) longest=60 wrong=required(tried, name) />
            <Choice label=t!(desk_forms.time_zone()) options=Signal::derive(move || zones.iter().map(|zone| (*zone, zone_name(*zone))).collect())
                value=offset on_pick=move |zone| offset.set(zone) />
            <FormEnd sending label=t!(shared.save()) />
        </form>
    }
    .into_any()
}

/// The zones to choose from, in minutes ahead of UTC: China's first, then every whole hour, and the one that is set.
fn zones(set: i32) -> Vec<i32> {
    let mut others: Vec<i32> = (-12..=14).map(|hours| hours * 60).chain([set]).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|zone| *zone != CHINA);
    [CHINA].into_iter().chain(others).collect()
}

fn zone_name(zone: i32) -> String {
    let (hours, minutes) = (zone.abs() / 60, zone.abs() % 60);
    let sign = if zone < 0 { '−' } else { '+' };
    let utc =
        if minutes == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{minutes:02}") };
    if zone == CHINA { words::desk_forms().china_time(&utc) } else { utc }
}

/// The root of the tree, where it bears the union's name or none yet: it is renamed together with it.
fn root_called(desk: Desk, name: &str) -> Option<UnitId> {
    let is_it = |row: &&UnitRow| row.parent.is_none() && (row.name.trim().is_empty() || row.name == name);
    desk.tree.with_untracked(|tree| tree.rows().iter().find(is_it).map(|row| row.id))
}

/// Whether a week has passed since the last backup of the database, or since the office began without one.
fn is_backup_old(upkeep: &Upkeep, now_ms: i64) -> bool {
    now_ms.saturating_sub(upkeep.last_backup_ms.unwrap_or(upkeep.begun_ms)) > BACKUP_OLD_MS
}

#[component]
fn UpkeepShown(upkeep: Upkeep) -> impl IntoView {
    let desk = use_desk();
    let (today, offset, now_ms) = (desk.today(), desk.utc_offset_minutes(), desk.office_ms());
    let when = move |ms: Option<i64>| {
        ms.map_or_else(|| words::desk_forms().never().to_owned(), |ms| figures::moment(ms, offset, today))
    };
    let is_old = is_backup_old(&upkeep, now_ms);
    let no_keys = upkeep.last_keys_backup_ms.is_none();
    let begun = upkeep.epochs_begun_ms;
    let has_epochs = !begun.is_empty();
    let epochs = move || words::shared().list(&begun.iter().map(|ms| when(Some(*ms))).collect::<Vec<_>>());
    let (backup, keys) = (upkeep.last_backup_ms, upkeep.last_keys_backup_ms);
    view! {
        {is_old.then(|| view! { <Banner text=t!(desk_forms.backup_old()) tone=Tone::Wait /> })}
        {no_keys.then(|| view! { <Banner text=t!(desk_forms.keys_not_kept()) tone=Tone::Wait /> })}
        <dl class="facts">
            <div><dt>{t!(desk_forms.last_backup())}</dt><dd data-last-backup>{move || when(backup)}</dd></div>
            <div><dt>{t!(desk_forms.last_keys_backup())}</dt><dd>{move || when(keys)}</dd></div>
            <div><dt>{t!(desk_forms.entries())}</dt><dd>{figures::grouped(upkeep.entries)}</dd></div>
            <div><dt>{t!(desk_forms.version())}</dt><dd>{upkeep.version}</dd></div>
            {has_epochs.then(|| view! { <div><dt>{t!(desk_forms.epochs())}</dt><dd>{epochs}</dd></div> })}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::{BACKUP_OLD_MS, Upkeep, is_backup_old};

    #[test]
    fn an_office_has_a_week_for_its_first_backup() {
        for (last_backup_ms, passed_ms, expected) in [
            (None, 60_000, false),
            (None, BACKUP_OLD_MS, false),
            (None, BACKUP_OLD_MS + 1, true),
            (Some(9 + BACKUP_OLD_MS), BACKUP_OLD_MS + 60_000, false),
            (Some(9), BACKUP_OLD_MS + 60_000, true),
        ] {
            let upkeep = Upkeep {
                begun_ms: 9,
                last_backup_ms,
                last_keys_backup_ms: None,
                version: String::new(),
                entries: 0,
                epochs_begun_ms: Vec::new(),
            };
            assert_eq!(is_backup_old(&upkeep, 9 + passed_ms), expected, "{last_backup_ms:?} {passed_ms}");
        }
    }
}
