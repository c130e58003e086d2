//! `liuzhidao backup`: the database in one consistent file while the office runs, or the keys.

use std::path::Path;

use zeroize::Zeroizing;

use crate::command::Trouble;
use crate::keys_backup;
use crate::office_keys::OfficeKeys;
use crate::private_file;
use crate::settings::{Backup, Data};
use crate::store::Place;
use crate::store::db::{self, Alone};
use crate::surroundings::Surroundings;
use crate::union::settings;

/// Makes the backup that was asked for; the answer says what it holds and what it leaves out.
///
/// # Errors
/// There is nothing to back up, the file exists, the disk is full.
pub fn run(asked: &Backup, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    if asked.file.exists() {
        return Err(Trouble::say(format!(
            "{} exists already: name a new file, an old backup is never overwritten.",
            asked.file.display()
        )));
    }
    let place = asked.database.place(&asked.data)?;
    if asked.keys {
        let passphrase = passphrase_for_sealing(asked.passphrase_file.as_deref())?;
        return back_up_keys(&asked.data, &place, &asked.file, &passphrase, surroundings);
    }
    match &place {
        Place::File(_) => back_up_database(&asked.data, &asked.file, surroundings),
        Place::Postgres(_) => Err(Trouble::say(format!(
            "{place} is backed up by PostgreSQL itself, while the office runs:\n  \
             pg_dump --format=custom --file={} NAME\n\
             and put back into an empty database, no office running:\n  \
             pg_restore --dbname=NAME {0} && liuzhidao restore --database URL\n\
             The office keys are not in it: liuzhidao backup --keys FILE.",
            asked.file.display()
        ))),
    }
}

fn back_up_database(data: &Data, file: &Path, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    let database = data.database();
    if !database.exists() {
        return Err(Trouble::say(format!(
            "There is no database at {}: name the data folder with --data.",
            database.display()
        )));
    }
    // The name is taken first, private from the start; the copy then fills it.
    private_file::write(file, &[]).map_err(|cause| cannot_write(file, cause))?;
    db::copy_consistently(&database, file)
        .and_then(|()| db::examine(file))
        .inspect_err(|_| drop(std::fs::remove_file(file)))?;
    private_file::sync(file).map_err(|cause| cannot_write(file, cause))?;
    let now_ms = surroundings.now_ms();
    Alone::open(&Place::File(database), now_ms)?.write(|tx| settings::note_backup(tx, now_ms))?;
    Ok(format!(
        "{} holds the whole database.\n\
         It leaves out:\n\
         - the office keys ({}): back them up with `liuzhidao backup --keys FILE`; without them the records \
         that phones still hold can never be opened;\n\
         - the list of what was erased ({}): copy it along, for it holds ids alone; a restore without it brings \
         back what was erased since;\n\
         - the certificates ({}): make them anew with `liuzhidao cert`.\n\
         Move the file to another machine.",
        file.display(),
        data.keys().display(),
        data.erased().display(),
        data.tls().display(),
    ))
}

/// Seals the keys into a file, and notes it in the database where there is one.
///
/// # Errors
/// There are no keys, the passphrase is too short, the disk is full.
pub fn back_up_keys(
    data: &Data,
    place: &Place,
    file: &Path,
    passphrase: &str,
    surroundings: &dyn Surroundings,
) -> Result<String, Trouble> {
    let keys = OfficeKeys::load(&data.keys())?.ok_or_else(|| {
        Trouble::say(format!(
            "There are no office keys in {}: start the office once, or name the data folder with --data.",
            data.keys().display()
        ))
    })?;
    let sealed = keys_backup::seal(&keys, passphrase, surroundings)
        .map_err(|cause| Trouble::from_cause("The keys were not backed up:", cause))?;
    private_file::write_new(file, &sealed).map_err(|cause| cannot_write(file, cause))?;
    let now_ms = surroundings.now_ms();
    if !matches!(place, Place::File(path) if !path.exists()) {
        Alone::open(place, now_ms)?.write(|tx| settings::note_keys_backup(tx, now_ms))?;
    }
    Ok(format!(
        "{} holds the office keys under your passphrase. It leaves out the database: `liuzhidao backup FILE`.\n\
         Keep it on another machine than the backups of the database, and the passphrase on paper.",
        file.display()
    ))
}

/// Asks twice for a new passphrase, or reads it from a file.
///
/// # Errors
/// There is nobody to ask, or the two differ.
pub fn passphrase_for_sealing(file: Option<&Path>) -> Result<Zeroizing<String>, Trouble> {
    if file.is_some() {
        return passphrase(file, "");
    }
    let first = passphrase(None, "Passphrase for the backup of the keys (at least 12 characters): ")?;
    let again = passphrase(None, "Once more: ")?;
    if first == again {
        Ok(first)
    } else {
        Err(Trouble::say("The two passphrases differ: nothing was written, try again."))
    }
}

/// Asks for a passphrase without showing it, or reads it from the first line of a file.
///
/// # Errors
/// There is nobody to ask, or the file cannot be read.
pub fn passphrase(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, Trouble> {
    match file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|cause| Trouble::from_cause(format!("{} cannot be read:", path.display()), cause))?;
            let text = Zeroizing::new(text);
            Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
        }
        None => rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|cause| {
            Trouble::from_cause("No passphrase could be asked for; use --passphrase-file:", cause)
        }),
    }
}

fn cannot_write(file: &Path, cause: std::io::Error) -> Trouble {
    Trouble::from_cause(
        format!("{} cannot be written; is the disk full, may you write there?", file.display()),
        cause,
    )
}
