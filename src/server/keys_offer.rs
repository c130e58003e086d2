//! At the first start the office keys were made a moment ago: whoever sits there can back them up now.
//!
//! What is typed is not shown, so it is asked for twice: a slip would seal the keys for good.

use zeroize::Zeroizing;

use crate::backup;
use crate::command::Trouble;
use crate::keys_backup::PASSPHRASE_MIN_CHARS;
use crate::settings::Data;
use crate::store::Place;
use crate::surroundings::Surroundings;

/// Who sits there.
pub trait Asked {
    /// Tells them a line.
    fn tell(&mut self, line: &str);

    /// Asks them for a passphrase without showing it.
    ///
    /// # Errors
    /// There is nobody to ask.
    fn ask(&mut self, prompt: &str) -> Result<Zeroizing<String>, Trouble>;
}

/// Whoever sits at the terminal of this program.
pub struct AtTerminal;

impl Asked for AtTerminal {
    fn tell(&mut self, line: &str) {
        println!("{line}");
    }

    fn ask(&mut self, prompt: &str) -> Result<Zeroizing<String>, Trouble> {
        backup::passphrase(None, prompt)
    }
}

/// Offers the backup, and makes it into the data folder where a passphrase is given. The office starts whatever comes of
/// it: the keys can be backed up later.
pub fn offer(asked: &mut dyn Asked, data: &Data, place: &Place, surroundings: &dyn Surroundings) {
    asked.tell(
        "New office keys were made. Without them, records that phones hold could never be opened again.",
    );
    let made = passphrase(asked).and_then(|passphrase| {
        passphrase.map(|passphrase| back_up(data, place, &passphrase, surroundings)).transpose()
    });
    let later = "Later, then: liuzhidao backup --keys FILE";
    match made {
        Ok(Some(words)) => asked.tell(&words),
        Ok(None) => asked.tell(later),
        Err(trouble) => asked.tell(&format!("{trouble}\n{later}")),
    }
}

/// Asks until the same was typed twice, or nothing.
fn passphrase(asked: &mut dyn Asked) -> Result<Option<Zeroizing<String>>, Trouble> {
    loop {
        let first = asked.ask("Passphrase for their backup (empty: later): ")?;
        if first.is_empty() {
            return Ok(None);
        }
        if first.chars().count() < PASSPHRASE_MIN_CHARS {
            asked.tell(&format!("It needs at least {PASSPHRASE_MIN_CHARS} characters."));
        } else if asked.ask("Once more: ")? == first {
            return Ok(Some(first));
        } else {
            asked.tell("The two differ: try again.");
        }
    }
}

fn back_up(
    data: &Data,
    place: &Place,
    passphrase: &str,
    surroundings: &dyn Surroundings,
) -> Result<String, Trouble> {
    let file = data.folder.join("office-keys.backup");
    // A thread of its own: this one answers requests, and may not wait for the database.
    std::thread::scope(|threads| {
        let work = || backup::back_up_keys(data, place, &file, passphrase, surroundings);
        threads.spawn(work).join().unwrap_or_else(|_| Err(Trouble::say("The backup of the keys broke off.")))
    })
}
