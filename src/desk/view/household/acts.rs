//! The sheets that open over a household's page, one at a time. They hold copies of what they are
//! about, so that reading the page anew beneath takes nothing from under a form.

use super::{
    assign::AssignForm,
    erase::{EraseForm, Going},
    judge::JudgeForm,
    merge::MergeForm,
    merged::UnmergeForm,
    move_unit::MoveForm,
    register::RegisterForm,
    reply::ReplyForm,
    settle::SettleForm,
    take_up::TakeUpForm,
};
use crate::state::unsaved;
use domain::{
    id::{HouseholdId, PersonId},
    item::Item,
    observation::Standing,
    seat::Seat,
    slot::Slot,
};
use leptos::prelude::*;
use protocol::office::{AlertRow, HouseholdFile, MergedLine, NeedRow, QuarantineRow};
use std::collections::BTreeMap;
use ui::{sheet::Sheet, words};

/// What a sheet is about.
#[derive(Clone)]
pub enum Opened {
    /// The file: category, causes, the six; or one of the six alone.
    Register(HouseholdFile, Option<Item>),
    /// Another unit.
    Move(HouseholdFile),
    /// Another file of the same household.
    Merge(HouseholdFile),
    /// What must go.
    Erase(HouseholdFile, Going),
    /// Two files again.
    Unmerge(HouseholdId, MergedLine),
    /// Who answers for it.
    Assign(HouseholdFile, Seat),
    /// Which of several values stands.
    Settle(Settling),
    /// An answer to a need.
    Reply(NeedRow),
    /// An alert in hand.
    TakeUp(AlertRow),
    /// Whether an entry counts.
    Judge(QuarantineRow, bool),
}

/// Values that differ, as a form needs them.
#[derive(Clone)]
pub struct Settling {
    /// Whose.
    pub household: HouseholdId,
    /// Where.
    pub slot: Slot,
    /// What differs.
    pub standing: Standing,
    /// Who said it.
    pub names: BTreeMap<PersonId, String>,
}

impl Opened {
    fn title(&self) -> &'static str {
        let words = words::desk();
        match self {
            Self::Register(_, Some(item)) => words::domain().item(*item),
            Self::Register(_, None) => words.edit_file(),
            Self::Move(_) => words.move_unit(),
            Self::Merge(_) => words::desk_forms().merge_files(),
            Self::Erase(_, Going::File) => words::desk_forms().erase_file(),
            Self::Erase(_, Going::Visit(..)) => words::desk_forms().erase_visit(),
            Self::Unmerge(..) => words::desk_forms().unmerge(),
            Self::Assign(_, seat) => words::domain().seat(*seat),
            Self::Settle(_) => words.settle(),
            Self::Reply(need) if need.line.reply.is_some() => words.reply_again(),
            Self::Reply(_) => words.reply(),
            Self::TakeUp(alert) if alert.line.taken_up.is_some() => words.take_up_again(),
            Self::TakeUp(_) => words.take_up(),
            Self::Judge(_, true) => words.judge_accept(),
            Self::Judge(_, false) => words.judge_refuse(),
        }
    }
}

/// The sheet, while one is open.
#[component]
pub fn Sheets(opened: RwSignal<Option<Opened>>) -> impl IntoView {
    let close = Callback::new(move |()| opened.set(None));
    let left = move |()| {
        if unsaved::may_leave() {
            opened.set(None);
        }
    };
    let title = move || opened.read().as_ref().map_or("", Opened::title);
    let form = move || match opened.get()? {
        Opened::Register(file, only) => Some(view! { <RegisterForm file only on_done=close /> }.into_any()),
        Opened::Move(file) => Some(view! { <MoveForm file on_done=close /> }.into_any()),
        Opened::Merge(file) => Some(view! { <MergeForm file on_done=close /> }.into_any()),
        Opened::Unmerge(household, line) => {
            Some(view! { <UnmergeForm household line on_done=close /> }.into_any())
        }
        Opened::Erase(file, going) => Some(view! { <EraseForm file going on_done=close /> }.into_any()),
        Opened::Assign(file, seat) => Some(view! { <AssignForm file seat on_done=close /> }.into_any()),
        Opened::Settle(settling) => Some(view! { <SettleForm settling on_done=close /> }.into_any()),
        Opened::Reply(need) => Some(view! { <ReplyForm need on_done=close /> }.into_any()),
        Opened::TakeUp(alert) => Some(view! { <TakeUpForm alert on_done=close /> }.into_any()),
        Opened::Judge(row, accept) => Some(view! { <JudgeForm row accept on_done=close /> }.into_any()),
    };
    view! { <Sheet open=Signal::derive(move || opened.read().is_some()) on_close=left title>{form}</Sheet> }
}
