//! Records that look as if they were of one visit, two by two: somebody at the desk says whether they are.

use super::list::{Rows, WhoseFile, rows_of};
use crate::{
    state::{desk::use_desk, place::TodoKind, rights::Doing},
    view::household::pairs::{IsOne, Two},
};
use leptos::prelude::*;
use protocol::office::PairRow;
use ui::t;

/// The list.
#[component]
pub fn Pairs() -> impl IntoView {
    let desk = use_desk();
    let (decides, today) = (desk.may(Doing::Decide), desk.today());
    let rows = rows_of::<PairRow>(desk, TodoKind::Pairs, None);
    let row = move |row: PairRow| {
        let PairRow { household, name, unit_name, visit, other } = row;
        let ids = (visit.visit, other.visit);
        view! {
            <li class="card" data-pair=ids.0.to_string()>
                <WhoseFile household name unit_name />
                <p><Two one=(visit.day, visit.author_name) other=(other.day, other.author_name) today /></p>
                {decides.then(|| view! { <IsOne household ids /> })}
            </li>
        }
    };
    view! {
        <p class="sub intro">{t!(desk.pairs_intro())}</p>
        <Rows reading=rows empty=t!(desk.no_pairs()) row />
    }
}
