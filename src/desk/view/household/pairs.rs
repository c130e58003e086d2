//! Two records that may be of one visit: told beside each other, joined by a tap, and two again by another.

use crate::{
    state::{desk::use_desk, sending::Sending},
    view::saying,
};
use domain::{
    day::Day,
    entry::{Act, Pair},
    file::PairLine,
    id::{EntryId, HouseholdId},
};
use leptos::prelude::*;
use protocol::office::HouseholdFile;
use ui::{figures, t, words};

/// Two records by day and author.
#[component]
pub fn Two(one: (Day, String), other: (Day, String), today: Day) -> impl IntoView {
    let told = move |(day, by): &(Day, String)| format!("{} {by}", figures::short_day(*day, today));
    move || words::joined(&[told(&one), told(&other)])
}

/// 同一次, 不是.
#[component]
pub fn IsOne(household: HouseholdId, ids: (EntryId, EntryId)) -> impl IntoView {
    let sending = Sending::new(use_desk());
    let busy = move || sending.busy.get();
    let say = move |is_one| say(sending, household, &[ids], is_one);
    view! {
        <div class="buttons no-print">
            <button type="button" class="button main" disabled=busy on:click=move |_| say(true)>{t!(domain.pair_is_one())}</button>
            <button type="button" class="button" disabled=busy on:click=move |_| say(false)>{t!(domain.pair_is_two())}</button>
        </div>
        <Problem sending />
    }
}

/// What a household's records look like: pairs not answered yet, and those said to be two, which can be joined after all.
#[component]
pub fn Pairs(file: StoredValue<HouseholdFile>, decides: bool) -> impl IntoView {
    let (pairs, household, today) =
        file.with_value(|file| (file.pairs.clone(), file.card.household, file.today));
    let line = move |pair: PairLine| {
        let (one, other) = file.with_value(|file| (told(file, pair.visit), told(file, pair.other)));
        let ids = (pair.visit, pair.other);
        let end = if pair.is_two {
            view! { <WasTwo household ids decides /> }.into_any()
        } else {
            decides.then(|| view! { <IsOne household ids /> }).into_any()
        };
        let said = move || {
            let words = words::desk();
            if pair.is_two { words.pair_was_two() } else { words.pair_looks_like_one() }
        };
        view! {
            <li class="card" class:sub=pair.is_two data-pair=pair.visit.to_string()>
                <p class="row"><b class:sub=pair.is_two>{said}</b><span class="sub"><Two one other today /></span></p>
                {end}
            </li>
        }
    };
    (!pairs.is_empty()).then(|| view! { <ul>{pairs.into_iter().map(line).collect_view()}</ul> })
}

/// The way back from 不是.
#[component]
fn WasTwo(household: HouseholdId, ids: (EntryId, EntryId), decides: bool) -> impl IntoView {
    let sending = Sending::new(use_desk());
    decides.then(|| {
        view! {
            <div class="buttons no-print">
                <button type="button" class="button quiet small" disabled=move || sending.busy.get()
                    on:click=move |_| say(sending, household, &[ids], true)>{t!(domain.pair_is_one())}</button>
            </div>
            <Problem sending />
        }
    })
}

/// That a record is a further one of a visit, and the way back: it is joined with none of the visit's others any more.
#[component]
pub fn Joined(
    file: StoredValue<HouseholdFile>,
    visit: EntryId,
    stands: EntryId,
    decides: bool,
) -> impl IntoView {
    let sending = Sending::new(use_desk());
    let (household, today, (day, by)) =
        file.with_value(|file| (file.card.household, file.today, told(file, stands)));
    let with = move || words::desk().pair_joined(&format!("{by} {}", figures::short_day(day, today)));
    let split = move |_| {
        let others = file.with_value(|file| {
            let of_it = |line: &domain::file::VisitLine| {
                line.id != visit && (line.id == stands || line.joined == Some(stands))
            };
            let lines = file.visits.iter().map(|shown| &shown.line).filter(|line| of_it(line));
            lines.map(|line| (visit, line.id)).collect::<Vec<_>>()
        });
        say(sending, household, &others, false);
    };
    view! {
        <p class="row" data-joined=stands.to_string()>
            <span class="grow sub">{with}</span>
            {decides.then(|| view! {
                <button type="button" class="button small no-print" disabled=move || sending.busy.get() on:click=split>
                    {t!(domain.pair_split())}
                </button>
            })}
        </p>
        <Problem sending />
    }
}

#[component]
fn Problem(sending: Sending) -> impl IntoView {
    let problem = move || sending.problem.get().map(|problem| saying::problem(&problem));
    view! { <p class="form-problem" role="alert">{problem}</p> }
}

/// When a record says it was, and whose it is.
fn told(file: &HouseholdFile, visit: EntryId) -> (Day, String) {
    let line = file.visits.iter().map(|shown| &shown.line).find(|line| line.id == visit);
    let name = |line: &domain::file::VisitLine| file.card.names.get(&line.author).cloned();
    line.map_or((file.today, String::new()), |line| (line.visit.day, name(line).unwrap_or_default()))
}

/// Writes a word on each two.
fn say(sending: Sending, household: HouseholdId, pairs: &[(EntryId, EntryId)], is_one: bool) {
    let act = |(visit, other): &(EntryId, EntryId)| {
        (household, Act::Pair(Pair { visit: *visit, other: *other, is_one }))
    };
    sending.acts(pairs.iter().map(act).collect(), || ());
}
