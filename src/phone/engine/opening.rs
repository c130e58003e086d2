//! Opens databases: finds or makes the data key, finds or makes the device, notices what was lost.

use super::{Around, Person, Trouble, rows::Rows, shelf};
use crate::{
    store::{Care, Database, Read, Row, Task, Write},
    vault::{Vault, wrapping},
};
use domain::{
    entry::{Entry, Reading},
    id::{DeviceId, PersonId},
};
use protocol::sign_in::OfficeKey;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};
use sync::replica::Counter;
use web_sys::CryptoKey;

/// A person's two databases, open.
#[derive(Clone)]
pub struct Opened {
    /// Whose.
    pub person: PersonId,
    /// Their own work.
    pub work: Rows,
    /// What came from the office.
    pub cards: Rows,
    /// The own entries that were read: what was saved never changes, and each is opened and read once.
    pub own: RefCell<OwnEntries>,
}

/// Own entries by their keys, with their acts.
pub type OwnEntries = BTreeMap<String, Arc<Entry<Reading>>>;

/// What opening a person's databases found.
pub struct Opening {
    /// The databases.
    pub opened: Opened,
    /// Which device this is.
    pub counter: Counter,
    /// The browser had thrown the storage away.
    pub lost: bool,
}

/// Opens the handset's own database.
///
/// # Errors
/// [`Trouble`] of store or vault.
pub async fn phone(around: &Rc<dyn Around>) -> Result<Rows, Trouble> {
    let database = Database::new(shelf::PHONE_NAME.to_owned(), shelf::PHONE);
    let vault = Rc::new(vault(around, &database).await?);
    Ok(Rows { database, vault, around: Rc::clone(around) })
}

/// Opens a person's databases; `device` is used only where there is none yet.
///
/// # Errors
/// [`Trouble`] of store or vault.
pub async fn person(around: &Rc<dyn Around>, person: PersonId, device: DeviceId) -> Result<Opening, Trouble> {
    let work = Database::new(shelf::work_name(person), shelf::WORK);
    let cards = Database::new(shelf::cards_name(person), shelf::CARD_FILE);
    let vault = Rc::new(vault(around, &work).await?);
    let rows = |database| Rows { database, vault: Rc::clone(&vault), around: Rc::clone(around) };
    let opened = Opened { person, work: rows(work), cards: rows(cards), own: RefCell::default() };
    let sentinel = around.sentinel(person.to_string()).await;
    let (counter, made) = counter(&opened.work, device, before(sentinel.as_deref())).await?;
    remember(around, person, &counter, sentinel).await;
    Ok(Opening { lost: made && counter.devices.len() > 1, opened, counter })
}

/// Brings the sentinel up to date: every device of this person here, the present one last.
pub async fn remember(around: &Rc<dyn Around>, person: PersonId, counter: &Counter, kept: Option<String>) {
    let devices: Vec<String> = counter.devices.iter().map(DeviceId::to_string).collect();
    let word = devices.join(",");
    if kept.as_deref() != Some(word.as_str()) {
        around.set_sentinel(person.to_string(), word).await;
    }
}

/// Writes down whose databases these are and to which key they seal.
///
/// # Errors
/// [`Trouble`] of store or vault.
pub async fn sign(work: &Rows, person: &Person, key: &OfficeKey) -> Result<(), Trouble> {
    let writes = vec![work.put(shelf::META, shelf::PERSON, person)?, work.put(shelf::META, shelf::KEY, key)?];
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads: Vec::new() };
    work.database.run(task, move |_| Ok(((), writes.clone()))).await
}

/// The devices a sentinel remembers.
fn before(sentinel: Option<&str>) -> Vec<DeviceId> {
    sentinel.into_iter().flat_map(|word| word.split(',')).filter_map(DeviceId::parse).collect()
}

/// The counter, and whether it had to be made.
async fn counter(work: &Rows, device: DeviceId, before: Vec<DeviceId>) -> Result<(Counter, bool), Trouble> {
    let reads = vec![Read::One(shelf::META, shelf::COUNTER.to_owned())];
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads };
    let rows = work.clone();
    let plan = move |found: Vec<_>| {
        // One that does not open is lost like one that is absent: the office hears of both devices.
        if let Ok(Some(counter)) = rows.only::<Counter>(shelf::META, found.first()) {
            return Ok(((counter, false), Vec::new()));
        }
        // The id of a lost database is never used again: its series may have gone further.
        let device = if before.contains(&device) { fresh(&*rows.around) } else { device };
        let devices = before.iter().copied().chain([device]).collect();
        let counter = Counter { device, devices, made: 0 };
        let write = rows.put(shelf::META, shelf::COUNTER, &counter)?;
        Ok(((counter, true), vec![write]))
    };
    work.database.run(task, plan).await
}

/// A new device id.
pub fn fresh(around: &dyn Around) -> DeviceId {
    let mut random = [0; 10];
    around.random(&mut random);
    DeviceId::new(around.now_ms(), random)
}

/// The vault of a database: its data key unwrapped, or made at the first opening.
async fn vault(around: &Rc<dyn Around>, database: &Database) -> Result<Vault, Trouble> {
    let reads = || {
        let meta = |key: &str| Read::One(shelf::META, key.to_owned());
        vec![meta(shelf::WRAPPING), meta(shelf::WRAPPED)]
    };
    let found = database.read(&[shelf::META], reads()).await?;
    if let Some((key, wrapped)) = kept(&found) {
        return Ok(Vault::new(wrapping::unwrap(&key, &wrapped).await?));
    }
    let (mut data_key, mut iv) = ([0; 32], [0; wrapping::IV_BYTES]);
    around.random(&mut data_key);
    around.random(&mut iv);
    let key = wrapping::make().await?;
    let wrapped = wrapping::wrap(&key, &data_key, iv).await?;
    let task = Task { stores: &[shelf::META], care: Care::Strict, reads: reads() };
    let (own_key, own_wrapped) = (key.clone(), wrapped.clone());
    let plan = move |found: Vec<_>| {
        // Another tab may have been first; then its key is the one.
        if let Some(theirs) = kept(&found) {
            return Ok::<_, Trouble>((theirs, Vec::new()));
        }
        let writes = vec![
            Write::Put(shelf::META, shelf::WRAPPING.to_owned(), Row::Key(own_key.clone())),
            Write::Put(shelf::META, shelf::WRAPPED.to_owned(), Row::Bytes(own_wrapped.clone())),
        ];
        Ok(((own_key.clone(), own_wrapped.clone()), writes))
    };
    let (key, wrapped) = database.run(task, plan).await?;
    Ok(Vault::new(wrapping::unwrap(&key, &wrapped).await?))
}

fn kept(found: &[crate::store::Found]) -> Option<(CryptoKey, Vec<u8>)> {
    let row = |at: usize| found.get(at)?.first().map(|(_, row)| row);
    match (row(0)?, row(1)?) {
        (Row::Key(key), Row::Bytes(wrapped)) => Some((key.clone(), wrapped.clone())),
        _ => None,
    }
}

impl Opened {
    /// Whose databases these are, as written down at the last sign-in.
    ///
    /// # Errors
    /// [`Trouble`] of store or vault; [`Trouble::NobodySignedIn`] where nobody ever signed in here.
    pub async fn whose(&self) -> Result<Person, Trouble> {
        let found = self
            .work
            .database
            .read(shelf::WORK, vec![Read::One(shelf::META, shelf::PERSON.to_owned())])
            .await?;
        self.work.only(shelf::META, found.first())?.ok_or(Trouble::NobodySignedIn)
    }
}

/// The office's key as bytes.
///
/// # Errors
/// [`Trouble::NoKey`] where it is not one.
pub fn key_bytes(key: &OfficeKey) -> Result<[u8; 32], Trouble> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let bytes = STANDARD.decode(&key.public).map_err(|_| Trouble::NoKey)?;
    bytes.try_into().map_err(|_| Trouble::NoKey)
}
