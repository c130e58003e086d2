//! A union without households: what to do first, in order, each step a link.

use crate::state::{desk::use_desk, place::Page, rights::Doing};
use domain::id::UnitId;
use leptos::prelude::*;
use ui::{notice::Empty, surface::LinkRow, t};

/// The first steps, for whoever may take them.
#[component]
pub fn FirstSteps(unit: UnitId) -> impl IntoView {
    let desk = use_desk();
    let keeps = desk.may_in(Doing::Keep, Some(unit));
    let staffs = desk.may_in(Doing::Staff, Some(unit));
    if !keeps && !staffs {
        return view! { <Empty title=t!(desk.no_households()) detail=t!(desk.no_households_ask()) /> }
            .into_any();
    }
    let sets = desk.may(Doing::Settings);
    let unnamed = sets && desk.me_now().is_some_and(|me| me.union_name.is_empty());
    view! {
        <section class="card">
            <h2>{t!(desk.first_steps())}</h2>
            <ol class="first-steps">
                {unnamed.then(|| view! {
                    <li><LinkRow href=Page::Settings.href() title=t!(desk.step_name()) detail=t!(desk.step_name_why()) /></li>
                })}
                {sets.then(|| view! {
                    <li><LinkRow href=Page::Settings.href() title=t!(desk_forms.step_categories()) detail=t!(desk_forms.step_categories_why()) /></li>
                })}
                {keeps.then(|| view! {
                    <li><LinkRow href=Page::Roster.href() title=t!(roster_desk.first_step()) detail=t!(roster_desk.first_step_why()) /></li>
                })}
                <li><LinkRow href=Page::Units.href() title=t!(desk.step_units()) detail=t!(desk.step_units_why()) /></li>
                <li><LinkRow href=Page::NewPerson(Some(unit), None).href() title=t!(desk.step_people()) detail=t!(desk.step_people_why()) /></li>
                {keeps.then(|| view! {
                    <li><LinkRow href=Page::NewHousehold(Some(unit)).href() title=t!(desk.step_households()) detail=t!(desk.step_households_why()) /></li>
                })}
            </ol>
        </section>
    }
    .into_any()
}
