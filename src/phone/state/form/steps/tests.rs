//! What 撤销 takes back, in which order, and what it never touches.

use super::{Form, Steps, Touched};
use crate::state::{
    builders::{card, child, day},
    form::{Met, Pick},
};
use domain::{
    answer::{Answer, NotAskedReason},
    id::EventId,
    item::Item,
    slot::{Slot, Value},
    value::{ChildValue, Whose},
};

/// A form under somebody's hands.
struct Hand {
    form: Form,
    steps: Steps,
}

impl Hand {
    fn over(form: Form) -> Self {
        Self { steps: Steps::of(form.clone()), form }
    }

    fn does(&mut self, change: impl FnOnce(&mut Form)) {
        change(&mut self.form);
        self.steps.look(&self.form);
    }

    fn picks(&mut self, item: Item, pick: Pick) {
        self.does(|form| form.pick(item, pick));
    }

    fn writes(&mut self, note: &str) {
        self.does(|form| note.clone_into(&mut form.note));
    }

    fn undoes(&mut self) -> Option<Touched> {
        let undone = self.steps.undo(&mut self.form);
        self.steps.look(&self.form);
        undone
    }

    fn answer(&self, item: Item) -> Option<Answer> {
        self.form.items.get(item).answer()
    }
}

fn hand() -> Hand {
    Hand::over(Form::new(card(), day(10), 1, None))
}

fn school(form: &Form) -> String {
    match form.items.schooling.edit.get(&Slot::Child(child())) {
        Some(Value::Child(child)) => child.school.clone(),
        _ => String::new(),
    }
}

fn type_school(form: &mut Form) {
    let typed =
        ChildValue { name: "张小燕".into(), school: "市第一中学".into(), ..Default::default() };
    form.items.schooling.set(Slot::Child(child()), Value::Child(typed));
}

#[test]
fn it_takes_back_one_answer_at_a_time() {
    let mut hand = hand();
    hand.picks(Item::Name, Pick::Unchanged);
    hand.picks(Item::Address, Pick::WhyNot);
    hand.picks(Item::Address, Pick::NotAsked(NotAskedReason::NoTime));
    assert_eq!((hand.undoes(), hand.form.answered()), (Some(Touched::Answer(Item::Address)), 1));
    assert_eq!((hand.undoes(), hand.form.answered()), (Some(Touched::Answer(Item::Name)), 0));
    assert_eq!(hand.undoes(), None);
}

#[test]
fn what_was_typed_stays_whatever_is_tapped_and_taken_back() {
    let mut hand = hand();
    hand.picks(Item::Schooling, Pick::Changed);
    hand.does(type_school);
    let stated = hand.answer(Item::Schooling);
    hand.undoes();
    assert_eq!((hand.answer(Item::Schooling), hand.form.items.schooling.fields()), (None, None));
    for stray in [Pick::Unchanged, Pick::WhyNot, Pick::Declined, Pick::Changed] {
        hand.picks(Item::Schooling, stray);
        assert_eq!(school(&hand.form), "市第一中学", "{stray:?}");
    }
    assert_eq!(hand.answer(Item::Schooling), stated);
    hand.undoes();
    let now = hand.answer(Item::Schooling);
    assert_eq!((school(&hand.form).as_str(), now), ("市第一中学", Some(Answer::Declined)));
}

#[test]
fn an_event_that_was_typed_outlives_no_event() {
    let mut card = card();
    card.standings.remove(&Slot::Events);
    let mut hand = Hand::over(Form::new(card, day(10), 1, None));
    hand.picks(Item::Events, Pick::Changed);
    hand.does(|form| form.add_event(EventId::new(1, [1; 10])));
    let typed = hand.answer(Item::Events);
    hand.does(Form::no_events);
    assert_ne!(hand.answer(Item::Events), typed);
    let disk = serde_json::to_string(&hand.form).unwrap();
    assert_eq!(serde_json::from_str::<Form>(&disk).unwrap(), hand.form);
    hand.picks(Item::Events, Pick::Changed);
    assert_eq!((hand.form.says_no_events(), hand.answer(Item::Events)), (false, typed.clone()));
    hand.undoes();
    assert!(hand.form.says_no_events());
    hand.undoes();
    assert_eq!(hand.answer(Item::Events), typed);
}

#[test]
fn the_note_becomes_what_it_was_before_the_last_writing() {
    let mut hand = hand();
    hand.picks(Item::Telephone, Pick::Unchanged);
    hand.writes("不");
    hand.writes("不通车");
    hand.steps.rest();
    hand.writes("不通车x");
    hand.writes("不通车xx");
    assert!(hand.steps.drops_words());
    assert_eq!((hand.undoes(), hand.form.note.as_str()), (Some(Touched::Note), "不通车"));
    hand.steps.rest();
    hand.writes("");
    assert!(!hand.steps.drops_words(), "they come back");
    assert_eq!((hand.undoes(), hand.form.note.as_str()), (Some(Touched::Note), "不通车"));
    assert_eq!((hand.undoes(), hand.form.note.as_str()), (Some(Touched::Note), ""));
    assert_eq!(hand.undoes(), Some(Touched::Answer(Item::Telephone)));
}

#[test]
fn what_was_typed_last_belongs_to_its_answer_and_not_to_the_one_after_it() {
    let mut hand = hand();
    hand.picks(Item::Schooling, Pick::Changed);
    hand.picks(Item::Telephone, Pick::Unchanged);
    hand.does(type_school);
    assert_eq!(hand.undoes(), Some(Touched::Answer(Item::Schooling)));
    assert_eq!(hand.undoes(), Some(Touched::Answer(Item::Telephone)));
}

#[test]
fn nothing_is_taken_back_in_place_of_what_cannot_be() {
    let touches: [fn(&mut Form); 3] = [
        |form| form.met = Some(Met::Somebody(Whose::Spouse)),
        |form| form.next = Some(day(20)),
        |form| form.say_consent(Some(true)),
    ];
    for touch in touches {
        let mut hand = hand();
        hand.picks(Item::Name, Pick::Unchanged);
        hand.does(touch);
        assert_eq!((hand.steps.last(), hand.undoes()), (None, None));
        assert_eq!(hand.form.answered(), 1);
        hand.picks(Item::Address, Pick::Unchanged);
        assert_eq!(hand.undoes(), Some(Touched::Answer(Item::Address)));
    }
}
