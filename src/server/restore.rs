//! `liuzhidao restore`: a backup into an empty data folder, or what pg_restore put back, under a new epoch.
//!
//! The new epoch makes every phone offer again what it sent in the last 90 days, so that what came
//! after the backup comes back. Invitations end: one that was used since would work a second time.

use std::fs;
use std::path::Path;

use protocol::deposit::Short;

use crate::args;
use crate::backup::passphrase;
use crate::command::Trouble;
use crate::keys_backup;
use crate::office_keys::OfficeKeys;
use crate::private_file;
use crate::serve::enter;
use crate::settings::Restore;
use crate::store::db::{self, Alone};
use crate::store::{Place, StoreError, Tx};
use crate::surroundings::{Surroundings, random};
use crate::union::settings;

/// Restores; the answer says what was done and what comes next.
///
/// # Errors
/// There is a database already, the backup is none, keys are absent, the disk is full.
pub fn run(asked: &Restore, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    match (asked.database.place(&asked.data)?, &asked.file) {
        (place @ Place::Postgres(_), _) => after_their_restore(asked, &place, surroundings),
        (Place::File(_), Some(file)) => into_a_folder(asked, file, surroundings),
        (Place::File(_), None) => {
            Err(Trouble::say("Name the backup of the database: liuzhidao restore FILE."))
        }
    }
}

/// PostgreSQL put the rows back; what makes it a restore is done here.
fn after_their_restore(
    asked: &Restore,
    place: &Place,
    surroundings: &dyn Surroundings,
) -> Result<String, Trouble> {
    let mut database = Alone::open(place, surroundings.now_ms())?;
    if database.read(settings::made_for)?.is_none() {
        return Err(Trouble::say(format!("{place} is empty: put its backup back with pg_restore first.")));
    }
    let keys = keys_at_hand(asked)?;
    let absent = begin_in(&mut database, asked, keys.as_ref(), surroundings)?;
    if !absent.is_empty() && !asked.without_keys {
        return Err(refuse_without(&absent));
    }
    keep_keys(asked, keys.as_ref())?;
    Ok(done(&place.to_string(), &absent))
}

fn into_a_folder(asked: &Restore, file: &Path, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    let data = &asked.data;
    refuse_to_overwrite(&data.database())?;
    db::examine(file)
        .map_err(|cause| Trouble::from_cause(format!("{} is no whole backup:", file.display()), cause))?;
    let _lock = enter(data)?;
    let partial = data.folder.join("office.db.partial");
    remove_leftovers(&partial).map_err(|cause| cannot_write(&partial, cause))?;
    fs::copy(file, &partial).map_err(|cause| cannot_write(&partial, cause))?;
    let keys = keys_at_hand(asked)?;
    let place = Place::File(partial.clone());
    let absent =
        begin_in(&mut Alone::open(&place, surroundings.now_ms())?, asked, keys.as_ref(), surroundings)?;
    if !absent.is_empty() && !asked.without_keys {
        remove_leftovers(&partial).map_err(|cause| cannot_write(&partial, cause))?;
        return Err(refuse_without(&absent));
    }
    keep_keys(asked, keys.as_ref())?;
    settle(&partial, &data.database()).map_err(|cause| cannot_write(&data.database(), cause))?;
    Ok(done(&data.database().display().to_string(), &absent))
}

/// Begins a new epoch, where the keys are there or are given up; says which are absent.
fn begin_in(
    database: &mut Alone,
    asked: &Restore,
    keys: Option<&OfficeKeys>,
    surroundings: &dyn Surroundings,
) -> Result<Vec<String>, StoreError> {
    let epoch = Short::from_bytes(random(surroundings));
    database.write(|tx| {
        let absent = absent_keys(tx, keys)?;
        if absent.is_empty() || asked.without_keys {
            begin_again(tx, &absent, epoch, surroundings.now_ms())?;
        }
        Ok(absent)
    })
}

fn keep_keys(asked: &Restore, keys: Option<&OfficeKeys>) -> Result<(), Trouble> {
    if let Some(keys) = keys {
        keys.save(&asked.data.keys())?;
    }
    Ok(())
}

fn refuse_to_overwrite(database: &Path) -> Result<(), Trouble> {
    if !database.exists() {
        return Ok(());
    }
    let shown = database.display();
    Err(Trouble::say(format!(
        "There is a database at {shown}, and it is not overwritten. Stop the office and move it aside:\n  \
         mv {shown} {shown}.old; rm -f {shown}-wal {shown}-shm"
    )))
}

/// The keys in the data folder together with those of the backup that was named.
fn keys_at_hand(asked: &Restore) -> Result<Option<OfficeKeys>, Trouble> {
    let there = OfficeKeys::load(&asked.data.keys())?;
    let Some(file) = &asked.keys else {
        return Ok(there);
    };
    let sealed = fs::read(file)
        .map_err(|cause| Trouble::from_cause(format!("{} cannot be read:", file.display()), cause))?;
    let passphrase = passphrase(asked.passphrase_file.as_deref(), "Passphrase of the backup of the keys: ")?;
    let mut restored = keys_backup::open(&sealed, &passphrase)
        .map_err(|cause| Trouble::from_cause(format!("{} could not be opened:", file.display()), cause))?;
    if let Some(there) = there {
        restored.take_in(there);
    }
    Ok(Some(restored))
}

fn absent_keys(tx: &Tx<'_>, keys: Option<&OfficeKeys>) -> Result<Vec<String>, StoreError> {
    let mut noted = settings::noted_keys(tx)?;
    noted.retain(|id| keys.is_none_or(|keys| !keys.ids().any(|there| there == id)));
    Ok(noted)
}

fn begin_again(tx: &Tx<'_>, absent: &[String], epoch: Short, now_ms: i64) -> Result<(), StoreError> {
    crate::books::begin_epoch(tx, epoch, now_ms)?;
    tx.execute("DELETE FROM invitation", args![])?;
    for id in absent {
        settings::forget_key(tx, id)?;
    }
    Ok(())
}

fn settle(partial: &Path, database: &Path) -> std::io::Result<()> {
    refuse_unfinished(partial)?;
    private_file::sync(partial)?;
    fs::rename(partial, database)?;
    remove_leftovers(partial)?;
    private_file::sync_folder_of(database)
}

/// The database engine empties its journal into the file when it closes it, unless the disk is full.
fn refuse_unfinished(partial: &Path) -> std::io::Result<()> {
    let mut journal = partial.as_os_str().to_owned();
    journal.push("-wal");
    match fs::metadata(&journal) {
        Ok(there) if there.len() > 0 => Err(std::io::Error::other("the copy was not finished")),
        _ => Ok(()),
    }
}

/// The unfinished copy and what the database engine laid beside it.
fn remove_leftovers(partial: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = partial.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
    }
    Ok(())
}

fn refuse_without(absent: &[String]) -> Trouble {
    Trouble::say(format!(
        "The office keys {} are absent: records that phones sealed to them could never be opened.\n\
         Give the backup of the keys with --keys FILE; or, if it is lost for good, --without-keys.",
        absent.join(", ")
    ))
}

fn done(restored: &str, absent: &[String]) -> String {
    let keys = if absent.is_empty() {
        "All office keys are there."
    } else {
        "Office keys are absent: records sealed to them will be kept, but not opened."
    };
    format!(
        "{restored} is restored under a new epoch; phones will offer again what they sent in the last 90 days. {keys}\n\
         What was done at a desk after the backup is lost. Open invitations have ended: make new ones.\n\
         Start the office with `liuzhidao serve`."
    )
}

fn cannot_write(path: &Path, cause: std::io::Error) -> Trouble {
    Trouble::from_cause(
        format!("{} cannot be written; is the disk full, may you write there?", path.display()),
        cause,
    )
}
