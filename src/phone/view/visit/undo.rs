//! 撤销: takes back what was done last, goes there and says what it was.

use super::{Visiting, question};
use crate::state::{
    form::steps::{Steps, Touched},
    page, use_app,
};
use leptos::prelude::*;
use ui::icon::{Icon, IconMark};
use ui::sure::Sure;
use ui::{t, words};

/// The button; words that would go with it are asked about.
#[component]
pub fn UndoLast(editing: Visiting, steps: StoredValue<Steps>) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let last = Memo::new(move |_| {
        editing.form.with(|form| steps.try_update_value(|steps| steps.look(form)));
        steps.with_value(Steps::last)
    });
    let take_back = move || {
        let mut undone = None;
        editing.change(|form| undone = steps.try_update_value(|steps| steps.undo(form)).flatten());
        if let Some(touched) = undone {
            let name = name_of(touched);
            let typed = matches!(touched, Touched::Answer(item) if editing.form.with_untracked(|form| form.is_typed(item)));
            app.say(if typed { words::visit().undone_kept(name) } else { words::visit().undone(name) });
            let id = place_of(touched);
            page::when_drawn(move || page::bring_into_view(&id));
        }
    };
    let tap = move |_| if steps.with_value(Steps::drops_words) { asking.set(true) } else { take_back() };
    let spoken = move || last.get().map_or_else(String::new, |last| words::phone().undo_last(name_of(last)));
    view! {
        <Show when=move || last.get().is_some()>
            <button type="button" class="button undo" on:click=tap aria-label=spoken title=spoken>
                <IconMark icon=Icon::Undo />{t!(shared.undo())}
            </button>
        </Show>
        <Sure open=asking title=t!(visit.undo_note_sure()) back=t!(shared.cancel()) deed=t!(shared.undo()) on_deed=move |()| take_back() />
    }
}

fn name_of(touched: Touched) -> &'static str {
    match touched {
        Touched::Answer(item) => words::domain().item(item),
        Touched::Note => words::phone().note_title(),
    }
}

fn place_of(touched: Touched) -> String {
    match touched {
        Touched::Answer(item) => question::id_of(item),
        Touched::Note => "note".to_owned(),
    }
}
