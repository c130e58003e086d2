//! The pages of the desk as values, and how each is written in the address bar. Pure.
//!
//! A page is a value and not a route: so a link to it cannot be misspelt, and what a page needs
//! (a unit, a search) is typed.

use super::{id_number, query, question::Question};
use domain::id::{HouseholdId, PersonId, UnitId};
use protocol::office::HouseholdsQuery;

/// Where the desk lies on the server.
pub const BASE: &str = "/desk";

/// A list of things to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TodoKind {
    /// 急报 nobody has taken up.
    Alerts,
    /// 诉求 without an answer.
    Needs,
    /// 诉求 answered, of which the family was not told yet.
    Untold,
    /// Slots where values differ.
    Rivals,
    /// Records that look as if they were of one visit.
    Pairs,
    /// Entries that do not count.
    Quarantine,
    /// Households found at the door.
    Proposals,
    /// Phones that made more than arrived.
    Phones,
    /// Words about the app.
    Feedback,
}

impl TodoKind {
    /// All, the most pressing first.
    pub const ALL: [Self; 9] = [
        Self::Alerts,
        Self::Needs,
        Self::Untold,
        Self::Proposals,
        Self::Rivals,
        Self::Pairs,
        Self::Quarantine,
        Self::Phones,
        Self::Feedback,
    ];

    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Alerts => "alerts",
            Self::Needs => "needs",
            Self::Untold => "untold",
            Self::Rivals => "rivals",
            Self::Pairs => "pairs",
            Self::Quarantine => "quarantine",
            Self::Proposals => "proposals",
            Self::Phones => "phones",
            Self::Feedback => "feedback",
        }
    }
}

/// Which households a list page shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListAsked {
    /// The top of the subtree; none = the whole scope.
    pub unit: Option<UnitId>,
    /// See [`protocol::office::Show::parse`].
    pub show: String,
    /// Who answers for them; none = whoever does.
    pub helper: Option<PersonId>,
    /// Words to find.
    pub search: String,
    /// Which page of it, from 0.
    pub page: u32,
}

/// How many households stand on one page of a list.
pub const PAGE_SIZE: u32 = 50;

impl ListAsked {
    /// What is asked of the office, once the unit is known.
    pub fn question(&self, unit: UnitId) -> Question {
        let asked = HouseholdsQuery {
            unit: unit.to_string(),
            show: self.show.clone(),
            helper: self.helper_word(),
            search: self.search.clone(),
            skip: self.page * PAGE_SIZE,
            take: PAGE_SIZE,
        };
        if id_number::stands_in(&self.search) {
            return Question { path: "/api/households".to_owned(), sought: Some(asked) };
        }
        let pairs = [
            ("unit", asked.unit),
            ("show", asked.show),
            ("helper", asked.helper),
            ("search", asked.search),
            ("skip", asked.skip.to_string()),
            ("take", asked.take.to_string()),
        ];
        format!("/api/households{}", query::write(&pairs)).into()
    }

    fn helper_word(&self) -> String {
        self.helper.map_or_else(String::new, |helper| helper.to_string())
    }

    /// What is sought, as far as it may stand in the address bar and its history.
    fn shown_search(&self) -> String {
        if id_number::stands_in(&self.search) { String::new() } else { self.search.clone() }
    }
}

/// A page of the desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Page {
    /// 覆盖 of a unit.
    Coverage(Option<UnitId>),
    /// A list of households.
    Households(ListAsked),
    /// One household's file.
    Household(HouseholdId),
    /// The form for a new one.
    NewHousehold(Option<UnitId>),
    /// 待办: all that waits, in a unit.
    Todo(Option<UnitId>),
    /// One list of it.
    TodoList(TodoKind, Option<UnitId>),
    /// The tree of units.
    Units,
    /// The people of a unit.
    People(Option<UnitId>),
    /// One person, to change and to invite.
    Person(PersonId),
    /// The form for a new one; under the id that entries name, where somebody wrote them whom the office does not know.
    NewPerson(Option<UnitId>, Option<PersonId>),
    /// Who has not come yet, to be invited at once.
    Invitations(Option<UnitId>),
    /// Who answers for how many households.
    Helpers(Option<UnitId>),
    /// Rosters: taken in, and back.
    Roster,
    /// The union's name, its categories, the office's upkeep.
    Settings,
    /// Oneself: display, signing out.
    Me,
    /// Joining by an invitation.
    Join,
    /// No such page.
    Nowhere,
}

impl Page {
    /// Reads an address.
    pub fn read(path: &str, search: &str) -> Self {
        let pairs = query::read(search);
        let value = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let unit = value("unit").and_then(UnitId::parse);
        let below = path.strip_prefix(BASE).unwrap_or(path).trim_matches('/');
        let parts: Vec<&str> = below.split('/').collect();
        match parts.as_slice() {
            [""] => Self::Coverage(unit),
            ["households"] => Self::Households(ListAsked {
                unit,
                show: value("show").unwrap_or_default().to_owned(),
                helper: value("helper").and_then(PersonId::parse),
                search: value("search").unwrap_or_default().to_owned(),
                page: value("page").and_then(|page| page.parse().ok()).unwrap_or(0),
            }),
            ["households", "new"] => Self::NewHousehold(unit),
            ["households", id] => HouseholdId::parse(id).map_or(Self::Nowhere, Self::Household),
            ["todo"] => Self::Todo(unit),
            ["todo", word] => TodoKind::ALL
                .into_iter()
                .find(|kind| kind.word() == *word)
                .map_or(Self::Nowhere, |kind| Self::TodoList(kind, unit)),
            ["units"] => Self::Units,
            ["people"] => Self::People(unit),
            ["people", "new"] => Self::NewPerson(unit, value("person").and_then(PersonId::parse)),
            ["people", id] => PersonId::parse(id).map_or(Self::Nowhere, Self::Person),
            ["invitations"] => Self::Invitations(unit),
            ["helpers"] => Self::Helpers(unit),
            ["roster"] => Self::Roster,
            ["settings"] => Self::Settings,
            ["me"] => Self::Me,
            ["join"] => Self::Join,
            _ => Self::Nowhere,
        }
    }

    /// Writes the address.
    pub fn href(&self) -> String {
        let of_unit = |unit: &Option<UnitId>| {
            query::write(&[("unit", unit.map_or_else(String::new, |unit| unit.to_string()))])
        };
        match self {
            Self::Coverage(unit) => format!("{BASE}/{}", of_unit(unit)),
            Self::Households(asked) => {
                let pairs = [
                    ("unit", asked.unit.map_or_else(String::new, |unit| unit.to_string())),
                    ("show", asked.show.clone()),
                    ("helper", asked.helper_word()),
                    ("search", asked.shown_search()),
                    ("page", if asked.page == 0 { String::new() } else { asked.page.to_string() }),
                ];
                format!("{BASE}/households{}", query::write(&pairs))
            }
            Self::Household(id) => format!("{BASE}/households/{id}"),
            Self::NewHousehold(unit) => format!("{BASE}/households/new{}", of_unit(unit)),
            Self::Todo(unit) => format!("{BASE}/todo{}", of_unit(unit)),
            Self::TodoList(kind, unit) => format!("{BASE}/todo/{}{}", kind.word(), of_unit(unit)),
            Self::Units => format!("{BASE}/units"),
            Self::People(unit) => format!("{BASE}/people{}", of_unit(unit)),
            Self::Person(id) => format!("{BASE}/people/{id}"),
            Self::NewPerson(unit, person) => {
                let pairs = [
                    ("unit", unit.map_or_else(String::new, |unit| unit.to_string())),
                    ("person", person.map_or_else(String::new, |person| person.to_string())),
                ];
                format!("{BASE}/people/new{}", query::write(&pairs))
            }
            Self::Invitations(unit) => format!("{BASE}/invitations{}", of_unit(unit)),
            Self::Helpers(unit) => format!("{BASE}/helpers{}", of_unit(unit)),
            Self::Roster => format!("{BASE}/roster"),
            Self::Settings => format!("{BASE}/settings"),
            Self::Me => format!("{BASE}/me"),
            Self::Join => format!("{BASE}/join"),
            Self::Nowhere => format!("{BASE}/nowhere"),
        }
    }

    /// The list of households of a unit that stand so.
    pub fn list(unit: Option<UnitId>, show: &str) -> Self {
        Self::Households(ListAsked { unit, show: show.to_owned(), ..ListAsked::default() })
    }

    /// The unit a page is about, where it is about one.
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Coverage(unit)
            | Self::Todo(unit)
            | Self::TodoList(_, unit)
            | Self::People(unit)
            | Self::Invitations(unit)
            | Self::Helpers(unit) => *unit,
            Self::Households(asked) => asked.unit,
            _ => None,
        }
    }

    /// The same page about another unit; a page that is about none gives the unit's coverage.
    pub fn at_unit(&self, unit: UnitId) -> Self {
        match self {
            Self::Households(asked) => {
                Self::Households(ListAsked { unit: Some(unit), page: 0, ..asked.clone() })
            }
            Self::Todo(_) => Self::Todo(Some(unit)),
            Self::TodoList(kind, _) => Self::TodoList(*kind, Some(unit)),
            Self::People(_) => Self::People(Some(unit)),
            Self::Invitations(_) => Self::Invitations(Some(unit)),
            Self::Helpers(_) => Self::Helpers(Some(unit)),
            _ => Self::Coverage(Some(unit)),
        }
    }
}

#[cfg(test)]
mod tests;
