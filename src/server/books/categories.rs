//! The union's categories (类别) in SQL, and the two sets that are shipped.

use domain::day::Day;
use domain::id::CategoryId;
use domain::item::Six;
use domain::rules::{Category, Rule};

use crate::args;
use crate::store::{Reader, StoreError, Tx};

/// The mines' six; visited the more often the harder the hardship.
pub const MINES_SIX: &[(&str, u16)] = &[
    ("特困户", 30),
    ("困难户", 60),
    ("准困难户", 90),
    ("困难边缘户", 120),
    ("大病职工", 30),
    ("帮扶助学", 90),
];

/// The national three.
pub const NATIONAL_THREE: &[(&str, u16)] = &[("深度困难", 30), ("相对困难", 60), ("意外致困", 60)];

/// All categories, in their order.
///
/// # Errors
/// What the database says.
pub fn all(reader: &Reader<'_>) -> Result<Vec<Category>, StoreError> {
    reader.all("SELECT id, name, position, rules, closed FROM category ORDER BY position, id", &[], |row| {
        let rules: String = row.get(3)?;
        Ok(Category {
            id: row.get(0)?,
            name: row.get(1)?,
            position: row.get(2)?,
            rules: serde_json::from_str(&rules).map_err(|_| StoreError::Unreadable { column: 3 })?,
            closed: row.get(4)?,
        })
    })
}

/// Those that take in households.
///
/// # Errors
/// What the database says.
pub fn open(reader: &Reader<'_>) -> Result<Vec<Category>, StoreError> {
    Ok(all(reader)?.into_iter().filter(|category| !category.closed).collect())
}

/// Writes a category. Households whose rule changes by it are to be counted anew: [`super::recount`].
///
/// # Errors
/// What the database says.
pub fn put(tx: &Tx<'_>, category: &Category) -> Result<(), StoreError> {
    // Rules are numbers and days: this cannot fail.
    let rules = serde_json::to_string(&category.rules).unwrap_or_default();
    tx.execute(
        "INSERT INTO category (id, name, position, rules, closed) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position,
            rules = excluded.rules, closed = excluded.closed",
        args![category.id, category.name, category.position, rules, category.closed],
    )?;
    Ok(())
}

/// Takes all categories away: only where nothing bears one.
///
/// # Errors
/// What the database says.
pub fn clear(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM category", &[])?;
    Ok(())
}

/// A shipped set as categories that hold from the beginning; `id` makes the id of the n-th.
#[must_use]
pub fn shipped(set: &[(&str, u16)], mut id: impl FnMut(usize) -> CategoryId) -> Vec<Category> {
    let valid_days =
        Six { name: 730, address: 730, telephone: 365, spouse: 365, schooling: 365, events: 180 };
    let category = |(at, (name, every)): (usize, &(&str, u16))| Category {
        id: id(at),
        name: (*name).to_owned(),
        position: u16::try_from(at).unwrap_or(u16::MAX),
        rules: vec![Rule { from: Day::from_number(-25_567), visit_every_days: *every, valid_days }],
        closed: false,
    };
    set.iter().enumerate().map(category).collect()
}
