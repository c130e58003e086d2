//! A password that is being chosen: typed twice, alike, and as long as the office takes it.

use leptos::{prelude::*, text_prop::TextProp};
use protocol::sign_in::{PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS};
use ui::{
    fields::text::{TextField, TextKind},
    t,
};

/// What was typed, and whether the form was tried.
#[derive(Clone, Copy, Default)]
pub struct NewPassword {
    first: RwSignal<String>,
    again: RwSignal<String>,
    tried: RwSignal<bool>,
}

impl NewPassword {
    /// The password, once nothing is wrong with it; else the fields say from now on what is.
    pub fn chosen(self) -> Option<String> {
        self.tried.set(true);
        (self.is_long_enough() && !self.differs()).then(|| self.first.get_untracked())
    }

    fn is_long_enough(self) -> bool {
        let length = self.first.with(|password| password.chars().count());
        (PASSWORD_MIN_CHARS..=PASSWORD_MAX_CHARS).contains(&length)
    }

    fn differs(self) -> bool {
        self.first.get() != self.again.get()
    }
}

/// Its two fields.
#[component]
pub fn NewPasswordFields(
    /// What is typed.
    password: NewPassword,
    /// What the first is called.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let NewPassword { first, again, tried } = password;
    let wrong = Signal::derive(move || {
        (tried.get() && !password.is_long_enough()).then(|| t!(shared.password_rule())().to_owned())
    });
    let differs = Signal::derive(move || {
        (tried.get() && password.differs()).then(|| t!(shared.password_differs())().to_owned())
    });
    view! {
        <TextField label value=first on_input=move |text| first.set(text)
            kind=TextKind::NewPassword longest=PASSWORD_MAX_CHARS hint=t!(shared.password_rule()) wrong />
        <TextField label=t!(shared.password_again()) value=again on_input=move |text| again.set(text)
            kind=TextKind::NewPassword longest=PASSWORD_MAX_CHARS wrong=differs />
    }
}
