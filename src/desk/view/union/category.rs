//! One category: its name, how often it is visited, for how long what is known holds, and from which
//! day. What held before stays as it was.

use crate::{
    state::{desk::use_desk, sending::Sending},
    view::form::{FormEnd, required},
};
use domain::{
    day::Day,
    id::CategoryId,
    item::{Item, Six},
    rules::{Category, Rule},
};
use leptos::{ev::SubmitEvent, prelude::*};
use protocol::desk::{CategoriesChange, Outlook, OutlookAsked};
use ui::{
    fields::{choice::CheckField, date::DateField, number::NumberField, text::TextField},
    figures,
    notice::Banner,
    surface::Tone,
    t, words,
};

/// The longest name of a category, in characters.
const NAME_MAX: usize = 20;

/// For how many days something may hold, or go unvisited.
const DAYS: std::ops::RangeInclusive<u16> = 1..=3_660;

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    closed: RwSignal<bool>,
    every: RwSignal<Option<i64>>,
    valid: Six<RwSignal<Option<i64>>>,
    from: RwSignal<Option<Day>>,
    tried: RwSignal<bool>,
}

impl Draft {
    fn of(row: &Category, today: Day) -> Self {
        let rule = row.rule_on(today);
        Self {
            name: RwSignal::new(row.name.clone()),
            closed: RwSignal::new(row.closed),
            every: RwSignal::new(Some(rule.visit_every_days.into())),
            valid: Six::from_fn(|item| RwSignal::new(Some(i64::from(*rule.valid_days.get(item))))),
            from: RwSignal::new(Some(today)),
            tried: RwSignal::new(false),
        }
    }

    /// The rule as typed, once it is one.
    fn rule(self) -> Option<Rule> {
        let days = |typed: Option<i64>| {
            typed.and_then(|days| u16::try_from(days).ok()).filter(|days| DAYS.contains(days))
        };
        let valid = Six::from_fn(|item| days(self.valid.get(item).get()));
        if Item::ALL.into_iter().any(|item| valid.get(item).is_none()) {
            return None;
        }
        Some(Rule {
            from: self.from.get()?,
            visit_every_days: days(self.every.get())?,
            valid_days: Six::from_fn(|item| valid.get(item).unwrap_or(1)),
        })
    }
}

/// The row with a rule that holds from a day on; the same rule as before adds no version.
fn with_rule(row: &Category, rule: Rule, is_new: bool) -> Vec<Rule> {
    if is_new {
        return vec![Rule { from: Rule::fallback().from, ..rule }];
    }
    let before = Category {
        rules: row.rules.iter().filter(|old| old.from != rule.from).cloned().collect(),
        ..row.clone()
    };
    let held = before.rule_on(rule.from);
    let mut rules = before.rules;
    if (held.visit_every_days, &held.valid_days) != (rule.visit_every_days, &rule.valid_days) {
        rules.push(rule);
    }
    rules
}

/// The form.
#[component]
pub fn CategoryForm(row: Category, on_done: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let today = desk.today();
    let is_new = row.name.is_empty();
    let draft = Draft::of(&row, today);
    let sending = Sending::new(desk);
    let rules = RwSignal::new(row.rules.clone());
    let send = move |row: Category| {
        sending.put("/api/categories", CategoriesChange { rows: vec![row] }, move || {
            desk.say(words::shared().saved());
            on_done.run(());
        });
    };
    let before = row.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.tried.set(true);
        let name = draft.name.get().trim().to_owned();
        let (Some(rule), false) = (draft.rule(), name.is_empty()) else { return };
        let before = Category { rules: rules.get(), ..before.clone() };
        let rules = with_rule(&before, rule, is_new);
        send(Category { name, closed: draft.closed.get(), rules, ..before });
    };
    let outlook = (!is_new).then(|| view! { <ItsOutlook draft id=row.id held=row.clone() /> });
    let missing = Signal::derive(move || {
        (draft.tried.get() && draft.rule().is_none()).then(|| words::desk_forms().days_wrong().to_owned())
    });
    let when = (!is_new).then(|| {
        view! {
            <DateField label=t!(desk_forms.holds_from()) value=draft.from on_input=move |day| draft.from.set(day)
                first=Signal::stored(Some(today)) hint=t!(desk_forms.holds_from_note()) />
            <CheckField label=t!(desk_forms.close_category()) value=draft.closed on_change=move |now| draft.closed.set(now) />
            <Versions rules today />
        }
    });
    view! {
        <form class="stack" on:submit=submit novalidate>
            <div class="fields">
                <TextField label=t!(desk_forms.category_name()) value=draft.name on_input=move |text| draft.name.set(text)
                    longest=NAME_MAX wrong=required(draft.tried, draft.name) />
                <NumberField label=t!(desk_forms.visit_every()) value=draft.every on_input=move |days| draft.every.set(days) unit=t!(desk_forms.days()) />
            </div>
            <ValidFor draft />
            {when}
            {outlook}
            <FormEnd sending label=t!(shared.save()) missing />
        </form>
    }
}

/// What another interval comes to, said before it is saved.
#[component]
fn ItsOutlook(draft: Draft, id: CategoryId, held: Category) -> impl IntoView {
    let sending = Sending::new(use_desk());
    let found = RwSignal::new(None::<Outlook>);
    let asked = Memo::new(move |_| {
        let rule = draft.rule()?;
        let is_other = held.rule_on(rule.from).visit_every_days != rule.visit_every_days;
        is_other.then_some(OutlookAsked {
            category: id,
            visit_every_days: rule.visit_every_days,
            from: rule.from,
        })
    });
    Effect::new(move |_| {
        found.set(None);
        if let Some(asked) = asked.get() {
            sending.post("/api/categories/outlook", asked, move |answer: Outlook| found.set(Some(answer)));
        }
    });
    let said = move || {
        let Outlook { households, overdue_before, overdue_after } = found.get()?;
        let words = words::desk_forms();
        let change = i64::from(overdue_after) - i64::from(overdue_before);
        let (text, tone) = match change {
            0 => (words.outlook_same(households), Tone::Plain),
            1.. => (words.outlook_more(households, change), Tone::Wait),
            _ => (words.outlook_less(households, -change), Tone::Plain),
        };
        Some(view! { <Banner text tone /> })
    };
    view! { <div role="status" data-outlook>{said}</div> }
}

#[component]
fn ValidFor(draft: Draft) -> impl IntoView {
    let field = move |item: Item| {
        let days = *draft.valid.get(item);
        view! { <NumberField label=move || words::domain().item(item) value=days on_input=move |typed| days.set(typed) unit=t!(desk_forms.days()) /> }
    };
    view! {
        <fieldset>
            <legend>{t!(desk_forms.valid_for())}</legend>
            <div class="fields valid-days">{Item::ALL.map(field).collect_view()}</div>
        </fieldset>
    }
}

/// What held when; what is still to come can be taken back.
#[component]
fn Versions(rules: RwSignal<Vec<Rule>>, today: Day) -> impl IntoView {
    let line = move |rule: Rule| {
        let (from, to_come) = (rule.from, rule.from > today);
        let since = (from > Rule::fallback().from).then(|| figures::day(from, today));
        let since = since.unwrap_or_else(|| words::desk_forms().from_the_beginning().to_owned());
        let days = rule.visit_every_days;
        let take_back = move |_| rules.update(|rules| rules.retain(|rule| rule.from != from));
        view! {
            <li class="list-row">
                <span class="grow sub">{move || words::desk_forms().rule_from(&since, days)}</span>
                {to_come.then(|| view! { <button type="button" class="button small" on:click=take_back>{t!(desk_forms.take_back())}</button> })}
            </li>
        }
    };
    let lines = move || {
        let mut rules = rules.get();
        rules.sort_by_key(|rule| rule.from);
        rules.into_iter().map(line).collect_view()
    };
    view! {
        <details><summary>{t!(desk_forms.how_it_was())}</summary><ul class="plain-list">{lines}</ul></details>
    }
}

#[cfg(test)]
mod tests {
    use super::with_rule;
    use domain::{
        day::Day,
        id::CategoryId,
        rules::{Category, Rule},
    };

    fn rule(day: i32, every: u16) -> Rule {
        Rule { from: Day::from_number(day), visit_every_days: every, ..Rule::fallback() }
    }

    #[test]
    fn a_version_is_added_where_something_changes() {
        let row = |rules: &[Rule]| Category {
            id: CategoryId::new(1, [1; 10]),
            name: "特困户".into(),
            position: 0,
            rules: rules.to_vec(),
            closed: false,
        };
        let first = rule(100, 30);
        let one = row(std::slice::from_ref(&first));
        assert_eq!(with_rule(&one, rule(200, 30), false), std::slice::from_ref(&first), "nothing changed");
        let two = row(&with_rule(&one, rule(200, 10), false));
        assert_eq!(two.rules, [first.clone(), rule(200, 10)]);
        assert_eq!(with_rule(&two, rule(200, 20), false), [first.clone(), rule(200, 20)], "once a day");
        assert_eq!(with_rule(&two, rule(200, 30), false), [first], "back to what it was");
        assert_eq!(with_rule(&one, rule(200, 7), true), [rule(Rule::fallback().from.number(), 7)]);
    }
}
