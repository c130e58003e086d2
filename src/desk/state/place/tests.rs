//! Every page is read back from its own address.

use super::{ListAsked, Page, TodoKind};
use domain::id::{HouseholdId, PersonId, UnitId};

#[test]
fn every_page_is_read_from_its_address() {
    let unit = UnitId::new(1, [7; 10]);
    let asked = ListAsked {
        unit: Some(unit),
        show: "schooling.unknown".into(),
        helper: Some(PersonId::new(3, [9; 10])),
        search: "覃 斌".into(),
        page: 3,
    };
    let mut pages = vec![
        Page::Coverage(None),
        Page::Coverage(Some(unit)),
        Page::Households(asked),
        Page::list(None, "overdue"),
        Page::Household(HouseholdId::new(2, [8; 10])),
        Page::NewHousehold(Some(unit)),
        Page::Todo(None),
        Page::Units,
        Page::People(Some(unit)),
        Page::Person(PersonId::new(3, [9; 10])),
        Page::NewPerson(None, None),
        Page::NewPerson(Some(unit), Some(PersonId::new(3, [9; 10]))),
        Page::Invitations(Some(unit)),
        Page::Helpers(None),
        Page::Roster,
        Page::Settings,
        Page::Me,
        Page::Join,
    ];
    pages.extend(TodoKind::ALL.map(|kind| Page::TodoList(kind, Some(unit))));
    for page in pages {
        let href = page.href();
        let (path, search) = href.split_once('?').unwrap_or((&href, ""));
        assert_eq!(Page::read(path, search), page, "{href}");
    }
}

#[test]
fn an_unknown_address_is_nowhere() {
    for path in ["/desk/what", "/desk/households/1", "/desk/todo/none", "/desk/people/x/y"] {
        assert_eq!(Page::read(path, ""), Page::Nowhere, "{path}");
    }
}

#[test]
fn an_id_number_stands_in_no_address() {
    let unit = UnitId::new(1, [7; 10]);
    let sought = |search: &str| ListAsked { search: search.to_owned(), ..ListAsked::default() };
    for kept_out in [
        "990000198011025736",
        "990000 19801102 5736",
        "99000019801102573",
        "990000801102573",
        "９９００００１９６９０７０８７８０Ｘ",
        "覃斌 99000019730904525x",
    ] {
        let asked = sought(kept_out);
        let question = asked.question(unit);
        assert_eq!(Page::Households(asked).href(), "/desk/households", "{kept_out}");
        assert_eq!(question.path, "/api/households");
        assert_eq!(question.sought.map(|sought| sought.search).as_deref(), Some(kept_out));
    }
    for told in ["覃斌", "19900001234", "0773-2100000", "红旗小区48栋3单元302"] {
        let asked = sought(told);
        assert_eq!(asked.question(unit).sought, None);
        assert!(Page::Households(asked).href().contains("search="), "{told}");
    }
}
