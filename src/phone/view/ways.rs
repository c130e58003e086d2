//! The ways to correct or withdraw what one recorded: the buttons, and the question before a withdrawal.

use crate::state::{Draft, LineState, proposals::OwnProposal, use_app};
use domain::{
    file::NeedLine,
    id::{EntryId, HouseholdId},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use ui::fields::text::TextField;
use ui::sheet::Sheet;
use ui::{t, words};

/// What the ways are called.
#[derive(Clone, Copy)]
pub struct WayWords {
    /// The button that corrects.
    pub amend: &'static str,
    /// The button that withdraws.
    pub withdraw: &'static str,
    /// What is asked before it is withdrawn.
    pub title: &'static str,
    /// What withdrawing means.
    pub detail: &'static str,
}

/// Correct or withdraw.
#[component]
pub fn Ways(
    /// Whose household.
    household: HouseholdId,
    /// What is corrected or withdrawn.
    entry: EntryId,
    /// Opens the form, and says where it is.
    amend: Option<Callback<(), Option<String>>>,
    /// Whether it may be withdrawn.
    withdraw: bool,
    /// What they are called.
    words: WayWords,
    /// Where a withdrawal is asked about.
    taking: RwSignal<Option<Taking>>,
) -> impl IntoView {
    let app = use_app();
    let navigate = StoredValue::new_local(use_navigate());
    let open = move |amend: Callback<(), Option<String>>| {
        if let Some(place) = amend.run(()) {
            navigate.with_value(|navigate| navigate(&place, NavigateOptions::default()));
        }
    };
    let ask = move |_| taking.set(Some(Taking { entry, draft: app.withdrawal(household), words }));
    view! {
        <div class="buttons">
            {amend.map(|amend| view! { <button type="button" class="button grow" on:click=move |_| open(amend)>{words.amend}</button> })}
            {withdraw.then(|| view! { <button type="button" class="button danger grow" on:click=ask>{words.withdraw}</button> })}
        </div>
    }
}

/// Correct or withdraw a proposal: while it waits its author may do both; one that was not accepted may be proposed again
/// in better words.
#[component]
pub fn ProposalWays(
    /// The proposal.
    own: OwnProposal,
    /// Where a withdrawal is asked about.
    taking: RwSignal<Option<Taking>>,
) -> impl IntoView {
    let app = use_app();
    let (household, entry) = (own.entry.household, own.entry.id);
    let waits = app.cards.with(|cards| cards.get(&household).is_some_and(|card| card.proposed));
    let refused = matches!(own.state, LineState::NeedsLook { .. });
    let amend = (waits || refused)
        .then(|| Callback::new(move |()| Some(format!("/propose/{}", app.begin_propose_again(&own)))));
    let words = WayWords {
        amend: words::phone().proposal_amend(),
        withdraw: words::phone().proposal_withdraw(),
        title: words::phone().proposal_withdraw_title(),
        detail: words::phone().proposal_withdraw_detail(),
    };
    view! { <Ways household entry amend withdraw=waits words taking /> }
}

/// What is being withdrawn: its draft is one, however often the button is tapped.
#[derive(Clone)]
pub struct Taking {
    entry: EntryId,
    draft: Draft,
    words: WayWords,
}

/// Asks why it is withdrawn.
#[component]
pub fn TakingBack(
    /// What, while it is asked.
    taking: RwSignal<Option<Taking>>,
) -> impl IntoView {
    let app = use_app();
    let why = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let saving = RwSignal::new(false);
    let said = move |which: fn(&WayWords) -> &'static str| {
        taking.with(|taking| taking.as_ref().map(|taking| which(&taking.words)).unwrap_or_default())
    };
    // Answers to what that visit asked for, of which the family does not know yet.
    let untold = move || {
        taking.with(|taking| {
            let entry = taking.as_ref().map(|taking| taking.entry);
            let is_untold =
                |line: &&NeedLine| Some(line.visit) == entry && line.reply.is_some() && line.told.is_none();
            app.cards.with(|cards| cards.values().flat_map(|card| &card.needs).filter(is_untold).count())
        })
    };
    let take_back = move |_| {
        let Some(Taking { entry, draft, .. }) = taking.get_untracked() else { return };
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        app.withdraw(draft, entry, why.get_untracked().trim().to_owned(), move |result| match result {
            Ok(()) => {
                app.say(words::phone().withdraw_saved().to_owned());
                saving.try_set(false);
                why.try_set(String::new());
                taking.try_set(None);
            }
            Err(sentence) => {
                saving.try_set(false);
                wrong.try_set(Some(sentence));
            }
        })
    };
    let close = move || taking.set(None);
    view! {
        <Sheet open=Signal::derive(move || taking.with(Option::is_some)) on_close=move |()| close() title=move || said(|words| words.title)>
            <p>{move || said(|words| words.detail)}</p>
            {move || (untold() > 0).then(|| view! { <p class="wait" data-untold>{words::phone().withdraw_untold(untold())}</p> })}
            <div class="fields"><div class="wide">
                <TextField label=t!(phone.withdraw_why()) value=why on_input=move |text| why.set(text) lines=2 longest=200 wrong=wrong />
            </div></div>
            <div class="buttons">
                <button type="button" class="button danger" aria-busy=move || saving.get().to_string() on:click=take_back>{t!(phone.withdraw_do())}</button>
                <button type="button" class="button" on:click=move |_| close()>{t!(shared.cancel())}</button>
            </div>
        </Sheet>
    }
}
