//! `liuzhidao restore`: a backup into an empty data folder, under a new epoch.
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
use crate::settings::{Data, Restore};
use crate::store::db::{self, Alone};
use crate::store::{StoreError, Tx};
use crate::surroundings::{Surroundings, random};
use crate::union::settings;

/// Restores; the answer says what was done and what comes next.
///
/// # Errors
/// There is a database already, the backup is none, keys are absent, the disk is full.
pub fn run(asked: &Restore, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    let data = &asked.data;
    refuse_to_overwrite(&data.database())?;
    db::examine(&asked.file).map_err(|cause| {
        Trouble::from_cause(format!("{} is no whole backup:", asked.file.display()), cause)
    })?;
    let _lock = enter(data)?;
    let partial = data.folder.join("office.db.partial");
    remove_leftovers(&partial).map_err(|cause| cannot_write(&partial, cause))?;
    fs::copy(&asked.file, &partial).map_err(|cause| cannot_write(&partial, cause))?;
    let keys = keys_at_hand(asked)?;
    let now_ms = surroundings.now_ms();
    let epoch = Short::from_bytes(random(surroundings));
    let absent = Alone::open(&partial, now_ms)?.write(|tx| {
        let absent = absent_keys(tx, keys.as_ref())?;
        if absent.is_empty() || asked.without_keys {
            begin_again(tx, &absent, epoch, now_ms)?;
        }
        Ok::<_, StoreError>(absent)
    })?;
    if !absent.is_empty() && !asked.without_keys {
        remove_leftovers(&partial).map_err(|cause| cannot_write(&partial, cause))?;
        return Err(refuse_without(&absent));
    }
    if let Some(keys) = &keys {
        keys.save(&data.keys())?;
    }
    settle(&partial, &data.database()).map_err(|cause| cannot_write(&data.database(), cause))?;
    Ok(done(data, &absent))
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

fn done(data: &Data, absent: &[String]) -> String {
    let keys = if absent.is_empty() {
        "All office keys are there."
    } else {
        "Office keys are absent: records sealed to them will be kept, but not opened."
    };
    format!(
        "{} is restored under a new epoch; phones will offer again what they sent in the last 90 days. {keys}\n\
         What was done at a desk after the backup is lost. Open invitations have ended: make new ones.\n\
         Start the office with `liuzhidao serve`.",
        data.database().display()
    )
}

fn cannot_write(path: &Path, cause: std::io::Error) -> Trouble {
    Trouble::from_cause(
        format!("{} cannot be written; is the disk full, may you write there?", path.display()),
        cause,
    )
}
