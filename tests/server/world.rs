//! An office in a folder of its own, with a clock that is set and chance that repeats; and a small
//! union in it: a root with two branches, and another root.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use domain::day::Day;
use domain::id::{PersonId, UnitId};
use protocol::desk::{Level, PersonChange};
use protocol::sign_in::{Grant, Role, SessionKind};
use server::auth::session::{Session, token_hash};
use server::erased_list::ErasedList;
use server::error::ApiError;
use server::office::{Office, Opening};
use server::office_keys::OfficeKeys;
use server::settings::{Data, Database};
use server::store::{Db, Place, Url};
use server::surroundings::Surroundings;
use server::union::settings::MadeFor;
use server::union::{persons, units};
use sha2::{Digest, Sha256};
use tracing_subscriber::filter::LevelFilter;

use crate::browser::Browser;

/// 2026-11-21 12:00 in China.
pub const NOON_MS: i64 = 1_795_233_600_000;

/// The day of [`NOON_MS`].
pub fn today() -> Day {
    Day::at(NOON_MS, 480)
}

/// Clock and chance of a test.
pub struct Set {
    now_ms: AtomicI64,
    drawn: AtomicU64,
}

impl Set {
    /// At noon.
    pub fn new() -> Arc<Self> {
        Arc::new(Self { now_ms: AtomicI64::new(NOON_MS), drawn: AtomicU64::new(0) })
    }

    /// Time passes.
    pub fn pass(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Surroundings for Set {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::SeqCst);
            let random = Sha256::digest(drawn.to_le_bytes());
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }
}

/// An id made from a number, so that a test can name it.
pub fn unit(number: u8) -> UnitId {
    UnitId::from_bytes([number; 16])
}

/// The root of the union.
pub const ROOT: u8 = 1;
/// Its first branch.
pub const NORTH: u8 = 2;
/// Its second branch.
pub const SOUTH: u8 = 3;
/// Another root.
pub const ABROAD: u8 = 4;

/// Whether this program tests over PostgreSQL: there are two of it, the other over SQLite.
pub const ON_POSTGRES: bool = matches!(env!("CARGO_CRATE_NAME").as_bytes(), b"server_on_postgres");

/// A database of today's schema that nobody is in, to be copied; or why there is none, for every test that asks.
static TODAYS: LazyLock<Result<String, String>> = LazyLock::new(|| {
    let address = kit::postgres::database(None).map_err(|failure| failure.to_string())?;
    drop(Db::open(&Place::named(&Url::from(address.as_str())).unwrap(), NOON_MS).unwrap());
    Ok(address)
});

/// The databases that stand for the file in a folder.
static ADDRESSES: LazyLock<Mutex<HashMap<PathBuf, String>>> = LazyLock::new(Mutex::default);

/// The database of a folder: its file, or the one that stands for it.
pub fn database(folder: &Path) -> Database {
    if ON_POSTGRES && address(folder).is_none() {
        let todays = TODAYS.as_ref().unwrap_or_else(|why| panic!("{why}"));
        // The lock is not held meanwhile: what fails here fails this test and no other.
        stands_for(folder, kit::postgres::database(Some(todays)).unwrap());
    }
    Database { url: address(folder).map(|address| Url::from(address.as_str())) }
}

/// Where the database of a folder lies.
pub fn place(folder: &Path) -> Place {
    database(folder).place(&Data { folder: folder.to_owned() }).unwrap()
}

/// The address of the database that stands for the file in a folder.
pub fn address(folder: &Path) -> Option<String> {
    ADDRESSES.lock().unwrap().get(folder).cloned()
}

/// Lets a database stand for the file in a folder.
pub fn stands_for(folder: &Path, address: String) {
    ADDRESSES.lock().unwrap().insert(folder.to_owned(), address);
}

/// Does what a command does: on a thread of its own, for the test's answers requests.
pub fn commanded<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|threads| threads.spawn(work).join().unwrap())
}

/// An empty folder of this test's own.
pub fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(test);
    ADDRESSES.lock().unwrap().remove(&folder);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// An open office.
pub struct World {
    pub data: Data,
    pub set: Arc<Set>,
    pub office: Office,
    pub router: Router,
}

impl World {
    /// A new office without a union in it.
    pub async fn empty(test: &str) -> Self {
        Self::open(Data { folder: folder(test) }, Set::new(), false).await
    }

    /// A new office with the small union in it.
    pub async fn new(test: &str) -> Self {
        let world = Self::empty(test).await;
        world.build().await;
        world
    }

    /// The office of a folder; its keys are made where they are absent.
    pub async fn open(data: Data, set: Arc<Set>, tls: bool) -> Self {
        // What the office logs stands beside what a failed test says. Only the first test of a run sets it.
        let _set = tracing_subscriber::fmt().with_test_writer().with_max_level(LevelFilter::WARN).try_init();
        let db = Db::open(&place(&data.folder), set.now_ms()).unwrap();
        let keys = match OfficeKeys::load(&data.keys()).unwrap() {
            Some(keys) => keys,
            None => {
                let keys = OfficeKeys::make(set.as_ref());
                keys.save(&data.keys()).unwrap();
                keys
            }
        };
        let surroundings: Arc<dyn Surroundings> = set.clone();
        let erased = ErasedList::at(data.erased());
        let opening = Opening { db, keys, surroundings, tls, made_for: MadeFor::Union, erased };
        let office = Office::open(opening).await.unwrap();
        let router = server::router(office.clone());
        Self { data, set, office, router }
    }

    async fn build(&self) {
        let build = |tx: &server::store::Tx<'_>| {
            units::insert::<ApiError>(tx, unit(ROOT), None, Level::Union, "青峰矿工会", NOON_MS)?;
            units::insert::<ApiError>(tx, unit(NORTH), Some(unit(ROOT)), Level::Branch, "北山林场", NOON_MS)?;
            units::insert::<ApiError>(tx, unit(SOUTH), Some(unit(ROOT)), Level::Branch, "南山矿", NOON_MS)?;
            units::insert::<ApiError>(tx, unit(ABROAD), None, Level::Union, "别的工会", NOON_MS)?;
            Ok::<_, ApiError>(())
        };
        self.office.db().write(build).await.unwrap();
        // Somebody has to be able to administer it, whatever a test does.
        self.person("管理员甲", ROOT, &[(Role::Admin, ROOT)]).await;
    }

    /// A person who belongs to a unit and may do this there.
    pub async fn person(&self, name: &str, belongs: u8, grants: &[(Role, u8)]) -> PersonId {
        let id = PersonId::new(NOON_MS, self.office.random());
        let change = PersonChange {
            name: name.to_owned(),
            sign_in_name: String::new(),
            unit: unit(belongs),
            telephone: "19900001234".to_owned(),
            grants: grants.iter().map(|(role, at)| Grant { role: *role, unit: unit(*at) }).collect(),
        };
        self.office.db().write(move |tx| persons::put::<ApiError>(tx, id, &change, NOON_MS)).await.unwrap();
        id
    }

    /// A browser in which somebody is signed in, without the cost of a password.
    pub async fn signed_in(&self, person: PersonId, kind: SessionKind) -> Browser {
        let token = server::office_keys::hex(&self.office.random::<32>());
        let session = Session::begin(token_hash(&token), person, kind, None, self.set.now_ms());
        self.office.db().write(move |tx| session.insert(tx)).await.unwrap();
        let mut browser = Browser::new(&self.router);
        browser.keep("session", &token, "/api");
        browser
    }

    /// Gives a person a password, as an invitation would.
    pub async fn give_password(&self, person: PersonId, password: &str) {
        let hash = self.office.hasher().hash(password.to_owned(), self.office.random()).await.unwrap();
        self.office.db().write(move |tx| persons::set_password(tx, person, &hash)).await.unwrap();
    }

    /// A desk at which a new person of this role sits.
    pub async fn desk(&self, name: &str, role: Role, at: u8) -> Browser {
        let person = self.person(name, at, &[(role, at)]).await;
        self.signed_in(person, SessionKind::Desk).await
    }

    /// Every byte of the database.
    pub fn all_that_is_kept(&self) -> Vec<u8> {
        if let Some(address) = address(&self.data.folder) {
            return kit::postgres::dump(&address).unwrap();
        }
        let mut bytes = std::fs::read(self.data.database()).unwrap();
        bytes.extend(std::fs::read(self.data.folder.join("office.db-wal")).unwrap_or_default());
        bytes
    }

    /// A browser that knows nothing.
    pub fn stranger(&self) -> Browser {
        Browser::new(&self.router)
    }
}
