//! The frame round every page: where one can go, the tree of units, the page. Only what the
//! person's roles allow is there.

use super::{
    coverage, household, households, me, not_here, roster,
    showing::{Outline, Shown},
    sign_in, todo, union,
    unit_pick::UnitTree,
};
use crate::state::{
    desk::{Desk, use_desk},
    place::Page,
    reading::Reading,
    rights::{self, Doing},
    waiting,
};
use leptos::prelude::*;
use protocol::office::CoverageReport;
use ui::{
    frame::{Tab, Tabs},
    icon::Icon,
    t, words,
};

/// The frame.
#[component]
pub fn Shell() -> impl IntoView {
    let desk = use_desk();
    let units = desk.follow_units();
    let person = Memo::new(move |_| desk.me().map(|me| me.person));
    let has_units = Memo::new(move |_| units.value.read().is_some());
    // Another person at the same desk sees nothing of the one before; the same one, signed in again,
    // finds the page as it was.
    let page = move || match (has_units.get(), person.get()) {
        (true, _) => view! { <PageShown /> }.into_any(),
        (false, _) => {
            view! { <Shown reading=units outline=Outline::CardAndRows let:_rows>""</Shown> }.into_any()
        }
    };
    let has_side = Memo::new(move |_| has_units.get() && reads(desk));
    let side = move || has_side.get().then(|| view! { <UnitTree /> });
    view! {
        <div class="desk">
            <div class="left">
                <Places />
                <aside class="side">{side}</aside>
            </div>
            <main><union::sheet::SheetKept />{page}</main>
        </div>
        <sign_in::SignInAgain />
    }
}

/// The page of the address bar.
#[component]
fn PageShown() -> impl IntoView {
    let desk = use_desk();
    // A page that only changes its unit or its search stays what it is; another page is made anew.
    let kind = Memo::new(move |_| Kind::of(&desk.page.get()));
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", kind.get().name(), words::shared().product()))
    });
    move || {
        let kind = kind.get();
        if !kind.needs().is_none_or(|doing| desk.may(doing)) {
            return match (kind, landing(desk)) {
                (Kind::Coverage, Some(page)) => {
                    desk.go(&page);
                    ().into_any()
                }
                _ => not_here::NotYours().into_any(),
            };
        }
        match kind {
            Kind::Coverage => coverage::CoveragePage().into_any(),
            Kind::Households => households::HouseholdsPage().into_any(),
            Kind::Household => household::HouseholdPage().into_any(),
            Kind::NewHousehold => household::new::NewHouseholdPage().into_any(),
            Kind::Todo => todo::TodoPage().into_any(),
            Kind::TodoList => todo::list::TodoListPage().into_any(),
            Kind::Units => union::units::UnitsPage().into_any(),
            Kind::People => union::people::PeoplePage().into_any(),
            Kind::Person => union::person::PersonPage().into_any(),
            Kind::NewPerson => union::person::NewPersonPage().into_any(),
            Kind::Invitations => union::inviting::InvitationsPage().into_any(),
            Kind::Helpers => union::loads::HelpersPage().into_any(),
            Kind::Roster => roster::RosterPage().into_any(),
            Kind::Settings => union::settings::SettingsPage().into_any(),
            Kind::Me => me::MePage().into_any(),
            Kind::Nowhere => not_here::Nowhere().into_any(),
        }
    }
}

/// A page without what it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Coverage,
    Households,
    Household,
    NewHousehold,
    Todo,
    TodoList,
    Units,
    People,
    Person,
    NewPerson,
    Invitations,
    Helpers,
    Roster,
    Settings,
    Me,
    Nowhere,
}

impl Kind {
    const fn of(page: &Page) -> Self {
        match page {
            Page::Coverage(_) => Self::Coverage,
            Page::Households(_) => Self::Households,
            Page::Household(_) => Self::Household,
            Page::NewHousehold(_) => Self::NewHousehold,
            Page::Todo(_) => Self::Todo,
            Page::TodoList(..) => Self::TodoList,
            Page::Units => Self::Units,
            Page::People(_) => Self::People,
            Page::Person(_) => Self::Person,
            Page::NewPerson(..) => Self::NewPerson,
            Page::Invitations(_) => Self::Invitations,
            Page::Helpers(_) => Self::Helpers,
            Page::Roster => Self::Roster,
            Page::Settings => Self::Settings,
            Page::Me => Self::Me,
            Page::Join | Page::Nowhere => Self::Nowhere,
        }
    }

    /// What the browser's tab says.
    fn name(self) -> &'static str {
        let words = words::desk();
        match self {
            Self::Coverage => words.coverage_title(),
            Self::Households | Self::Household | Self::NewHousehold => words.households_title(),
            Self::Todo | Self::TodoList => words.todo_title(),
            Self::Units
            | Self::People
            | Self::Person
            | Self::NewPerson
            | Self::Invitations
            | Self::Helpers
            | Self::Settings => words.union_title(),
            Self::Roster => words::roster_desk().title(),
            Self::Me | Self::Nowhere => words.me_title(),
        }
    }

    /// What one must be allowed to see it.
    const fn needs(self) -> Option<Doing> {
        match self {
            Self::Coverage
            | Self::Households
            | Self::Household
            | Self::Todo
            | Self::TodoList
            | Self::Helpers => Some(Doing::Read),
            Self::NewHousehold | Self::Roster => Some(Doing::Keep),
            Self::Units | Self::People | Self::Person | Self::Settings => Some(Doing::ReadPeople),
            Self::NewPerson | Self::Invitations => Some(Doing::Staff),
            Self::Me | Self::Nowhere => None,
        }
    }
}

/// Whether the person, whoever it is by now, may read.
fn reads(desk: Desk) -> bool {
    desk.me().is_some_and(|me| rights::may(&me, Doing::Read))
}

/// Where somebody begins who may not see coverage.
fn landing(desk: Desk) -> Option<Page> {
    desk.may(Doing::ReadPeople).then_some(Page::People(None))
}

/// Where one can go: at the side of a desk, at the bottom of a phone.
#[component]
fn Places() -> impl IntoView {
    let desk = use_desk();
    let reads = Memo::new(move |_| reads(desk));
    let at = move |is: fn(&Page) -> bool| Signal::derive(move || desk.page.with(is));
    let report = Reading::<CoverageReport>::follow(desk, move || {
        desk.turned.track();
        let unit = desk.unit_of(desk.unit.get())?;
        reads.get().then(|| format!("/api/coverage?unit={unit}"))
    });
    let badge = Signal::derive(move || {
        let reads_feedback = desk.may(Doing::Feedback);
        report
            .value
            .with(|report| report.as_ref().map_or(0, |report| waiting::badge(&report.todo, reads_feedback)))
    });
    let for_readers = move || {
        let unit = desk.unit.get();
        view! {
            <Tab href=Page::Coverage(unit).href() label=t!(desk.coverage_title()) icon=Icon::Chart
                current=at(|page| matches!(page, Page::Coverage(_))) />
            <Tab href=Page::list(unit, "").href() label=t!(desk.households_title()) icon=Icon::House
                current=at(|page| matches!(page, Page::Households(_) | Page::Household(_) | Page::NewHousehold(_))) />
            <Tab href=Page::Todo(unit).href() label=t!(desk.todo_title()) icon=Icon::Bell badge
                current=at(|page| matches!(page, Page::Todo(_) | Page::TodoList(..))) />
        }
    };
    let is_union = |page: &Page| {
        matches!(
            page,
            Page::Units
                | Page::People(_)
                | Page::Person(_)
                | Page::NewPerson(..)
                | Page::Invitations(_)
                | Page::Helpers(_)
                | Page::Settings
        )
    };
    let keeps = Memo::new(move |_| desk.me().is_some_and(|me| rights::may(&me, Doing::Keep)));
    let for_keepers = move || {
        view! {
            <Tab href=Page::Roster.href() label=t!(roster_desk.title()) icon=Icon::Sheet current=at(|page| *page == Page::Roster) />
        }
    };
    view! {
        <Tabs>
            <a class="brand" href=Page::Coverage(None).href()>{t!(shared.product())}</a>
            {move || reads.get().then(for_readers)}
            {move || keeps.get().then(for_keepers)}
            <Tab href=Page::People(None).href() label=t!(desk_forms.people()) wide=t!(desk.units_and()) icon=Icon::People current=at(is_union) />
            <Tab href=Page::Me.href() label=t!(desk.me_title()) icon=Icon::Person current=at(|page| *page == Page::Me) />
        </Tabs>
    }
}
