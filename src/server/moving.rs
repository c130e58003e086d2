//! `liuzhidao move`: the database of a data folder into an empty PostgreSQL, with every rev, its chain and its epoch.
//!
//! Phones notice nothing: their queues and cursors go on. The folder keeps its file, and the office keys stay in it.

use crate::command::Trouble;
use crate::serve::enter;
use crate::settings::{Data, Move};
use crate::store::Place;
use crate::store::copying::copy_whole;
use crate::surroundings::Surroundings;

/// Moves; the answer says what was copied and what comes next.
///
/// # Errors
/// An office runs, there is no database, the target is not empty or cannot be reached.
pub fn run(asked: &Move, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    let data = Data { folder: asked.folder.clone() };
    let database = data.database();
    if !database.exists() {
        return Err(Trouble::say(format!(
            "There is no database at {}: name the data folder with --from.",
            database.display()
        )));
    }
    let place = Place::named(&asked.url)?;
    let _lock = enter(&data)?;
    let copied = copy_whole(&database, &place, surroundings.now_ms()).map_err(|cause| {
        Trouble::from_cause(format!("{} was not copied to {place}:", database.display()), cause)
    })?;
    let shown = database.display();
    Ok(format!(
        "{shown} is copied to {place}: {} rows in {} tables, up to rev {}; counts, epoch and chain are the same.\n\
         Start the office with `liuzhidao serve --database URL` and the same --data: the office keys are there.\n\
         Move the file aside, so that nobody starts an office on it again:\n  \
         mv {shown} {shown}.moved; rm -f {shown}-wal {shown}-shm",
        copied.rows, copied.tables, copied.rev
    ))
}
