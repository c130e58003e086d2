//! Causes that two sorts of columns say: the main one and further ones. A column that names none keeps what stands of it.
//!
//! DESIGN §4: a later roster observes only cells that say something else than before. 主要致困原因 alone speaks of the main
//! cause, so the further ones stay; a column that is called 致困原因, alone, says them all.

use domain::rules::Cause;

use super::row::One;
use crate::{field::Field, household::Household, mapping::Mapping, reader::CAUSES_MAX, text, words};

impl One<'_> {
    /// The causes once the row is taken in: what its columns say, and what stands of a column that names none.
    pub(super) fn causes(&self, before: Option<&Household>) -> Vec<Cause> {
        let (main, further) = self.stands.causes.split_at(self.stands.causes.len().min(1));
        let is_silent = |field| is_silent(self.row, self.mapping, field);
        let says_no_further = is_silent(Field::FurtherCause) || says_main_alone(self.mapping);
        // What the other column said before is that one's to take back.
        let kept = |stands: &[Cause], other| {
            let others = before.map(|before| named(before, self.mapping, other)).unwrap_or_default();
            stands.iter().copied().filter(|cause| !others.contains(cause)).collect()
        };
        let (first, last): (Vec<Cause>, Vec<Cause>) = match (is_silent(Field::Cause), says_no_further) {
            (true, false) => (kept(main, Field::FurtherCause), Vec::new()),
            (false, true) => (Vec::new(), kept(further, Field::Cause)),
            _ => Default::default(),
        };
        let mut causes: Vec<Cause> = Vec::new();
        for cause in first.iter().chain(&self.row.causes).chain(&last) {
            if !causes.contains(cause) {
                causes.push(*cause);
            }
        }
        causes.truncate(CAUSES_MAX);
        causes
    }

    /// What a sort of columns said before and still stands, where the row leaves any of it out; else nothing.
    pub(super) fn causes_left_out(&self, field: Field, before: &Household) -> Vec<Cause> {
        // One sort of columns alone says them all.
        let of_main = if self.mapping.has(Field::FurtherCause) { 1 } else { usize::MAX };
        let (main, further) = before.causes.split_at(before.causes.len().min(of_main));
        let (said, other) = match field {
            Field::FurtherCause => (further, Field::Cause),
            // Where the column was blank already, what stood first before was another's.
            _ if self.stands.causes.first() == main.first() => (main, Field::FurtherCause),
            _ => return Vec::new(),
        };
        let others = named(before, self.mapping, other);
        let said: Vec<Cause> = said.iter().copied().filter(|cause| !others.contains(cause)).collect();
        if said.iter().all(|cause| self.row.causes.contains(cause)) { Vec::new() } else { said }
    }
}

/// The causes that the columns of a sort name.
fn named(household: &Household, mapping: &Mapping, field: Field) -> Vec<Cause> {
    let of = |at: u16| words::causes(&household.cell(at));
    mapping.columns_of(field).flat_map(of).filter_map(|(_, cause)| cause).collect()
}

/// Whether its columns speak of the main cause, and none of further ones.
fn says_main_alone(mapping: &Mapping) -> bool {
    let mut headers = mapping.columns.iter().filter(|column| column.field == Some(Field::Cause));
    let is_main = |header: &str| ["主", "main"].iter().any(|word| header.to_lowercase().contains(word));
    !mapping.has(Field::FurtherCause) && headers.all(|column| is_main(&column.header))
}

/// Whether the row has such columns, and they neither name a cause nor say that there is none.
fn is_silent(row: &Household, mapping: &Mapping, field: Field) -> bool {
    let says_none = mapping.columns_of(field).any(|at| text::says_none(&row.cell(at)));
    mapping.has(field) && !says_none && named(row, mapping, field).is_empty()
}
