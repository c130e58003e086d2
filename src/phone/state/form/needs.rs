//! What the family asks for, while it is being written down, and which replies they were told.
//!
//! Pure. What sort of need it is says the helper, never a preset.

use super::Form;
use domain::{
    day::Day,
    file::NeedLine,
    id::NeedId,
    value::Rest,
    visit::{Need, NeedKind},
};
use serde::{Deserialize, Serialize};

/// A need being written.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NeedForm {
    /// Its id.
    pub id: NeedId,
    /// What sort, once it is said.
    #[serde(default)]
    pub kind: Option<NeedKind>,
    /// In the family's words.
    #[serde(default)]
    pub words: String,
    /// By when an answer was promised.
    #[serde(default)]
    pub promised_until: Option<Day>,
    /// Fields of a newer app.
    #[serde(default)]
    pub rest: Rest,
}

impl NeedForm {
    /// A need nothing is said of yet.
    pub fn new(id: NeedId) -> Self {
        Self { id, kind: None, words: String::new(), promised_until: None, rest: Rest::default() }
    }

    /// A recorded need.
    pub fn of(need: &Need) -> Self {
        let Need { id, kind, words, promised_until, rest } = need.clone();
        Self { id, kind: Some(kind), words, promised_until, rest }
    }

    /// The need as it would be recorded now.
    pub fn need(&self) -> Need {
        let Self { id, kind, words, promised_until, rest } = self.clone();
        let kind = kind.unwrap_or(NeedKind::Other);
        Need { id, kind, words: words.trim().to_owned(), promised_until, rest }
    }
}

impl Form {
    /// The replies to bring: not told to the family before this visit.
    pub fn replies_to_tell(&self) -> impl Iterator<Item = &NeedLine> {
        self.card
            .needs
            .iter()
            .filter(|line| line.reply.is_some() && (line.told.is_none() || self.is_told(line)))
    }

    /// Whether the family was told this reply at this visit.
    pub fn is_told(&self, line: &NeedLine) -> bool {
        match line.reply_entry {
            Some(reply) => self.told_replies.contains(&reply),
            // A card of before names no reply.
            None => self.told.contains(&line.need.id),
        }
    }

    /// Notes that the family was told a reply, or takes it back.
    pub fn tell(&mut self, line: &NeedLine, told: bool) {
        let need = line.need.id;
        self.told.retain(|one| *one != need);
        self.told.extend(told.then_some(need));
        self.told_replies.retain(|one| Some(*one) != line.reply_entry);
        self.told_replies.extend(line.reply_entry.filter(|_| told));
    }
}
