//! What every handler shares: the database, the keys, the clock. Clones share one office.
//!
//! Several offices may serve one PostgreSQL, so what is kept in memory is right whatever another does: entries read a
//! short while ago, by the hash of their bytes; the minute in which this office last looked whether a day has come; how
//! many passwords this machine hashes at once. Wrong guesses are counted in the database. The keys are a folder that
//! all share; the list of what was erased is each office's own, applied when it opens.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use protocol::sign_in::RefusalCode;
use tokio::sync::Mutex;

use crate::auth::cookies::Jar;
use crate::auth::password::Hasher;
use crate::auth::tries::Guess;
use crate::books::{Readings, found, recount};
use crate::erased_list::ErasedList;
use crate::error::ApiError;
use crate::imports;
use crate::office_keys::OfficeKeys;
use crate::store::{Db, Reader, StoreError, Tx};
use crate::surroundings::{Surroundings, random};
use crate::union::settings::{self, MadeFor};
use crate::waking;

/// How an office is opened.
pub struct Opening {
    /// The database.
    pub db: Db,
    /// The keys.
    pub keys: OfficeKeys,
    /// The clock and chance.
    pub surroundings: Arc<dyn Surroundings>,
    /// Whether browsers reach the office over TLS.
    pub tls: bool,
    /// Whether everything in it is fiction.
    pub made_for: MadeFor,
    /// The list of what was erased, beside the database.
    pub erased: ErasedList,
}

/// An open office.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    readings: Readings,
    keys: OfficeKeys,
    surroundings: Arc<dyn Surroundings>,
    jar: Jar,
    demo: bool,
    hasher: Hasher,
    erased: ErasedList,
    looked_minute: AtomicI64,
    looking: Mutex<()>,
    counting: Arc<Mutex<()>>,
}

impl Office {
    /// Opens an office: marks a new database, writes down the key that phones will be shown, and does what the time in
    /// between left to do ([`crate::waking`]).
    ///
    /// # Errors
    /// The database does not take it.
    pub async fn open(opening: Opening) -> Result<Self, ApiError> {
        let now_ms = opening.surroundings.now_ms();
        let epoch = random(opening.surroundings.as_ref());
        let published = opening.keys.published();
        let made_for = opening.made_for;
        opening
            .db
            .write(move |tx| {
                if settings::made_for(tx)?.is_none() {
                    settings::begin(tx, made_for, epoch, now_ms)?;
                }
                let public = STANDARD.decode(&published.public).map_err(ApiError::internal)?;
                settings::note_key(tx, &published.id, &public, now_ms)?;
                found::fill(tx)?;
                Ok::<_, ApiError>(())
            })
            .await?;
        let office = Self {
            inner: Arc::new(Inner {
                hasher: Hasher::new(random(opening.surroundings.as_ref()))?,
                db: opening.db,
                readings: Readings::default(),
                keys: opening.keys,
                surroundings: opening.surroundings,
                jar: Jar { secure: opening.tls },
                demo: made_for == MadeFor::Demo,
                erased: opening.erased,
                looked_minute: AtomicI64::new(i64::MIN),
                looking: Mutex::default(),
                counting: Arc::default(),
            }),
        };
        waking::wake(&office).await?;
        Ok(office)
    }

    /// Looks, once a minute, whether another day has come for the union, and lets its rules hold. Whoever asks meanwhile
    /// waits for the same look. No request fails by it: what goes wrong is in the log, and is tried again a minute later.
    pub async fn see_the_day(&self) {
        let minute = self.now_ms().div_euclid(60_000);
        let is_seen = || self.inner.looked_minute.load(Ordering::Relaxed) == minute;
        if is_seen() {
            return;
        }
        let _one_looks = self.inner.looking.lock().await;
        if is_seen() {
            return;
        }
        if let Err(cause) = self.turn_to_the_day().await {
            let cause: &dyn std::error::Error = &cause;
            tracing::error!(cause, "the rules of the day could not be looked up");
        }
        self.inner.looked_minute.store(minute, Ordering::Relaxed);
    }

    async fn turn_to_the_day(&self) -> Result<(), StoreError> {
        let now_ms = self.now_ms();
        let day = move |reader: &Reader<'_>| {
            let counted = recount::counted_day(reader)?;
            Ok::<_, StoreError>((counted, settings::today(reader, now_ms)?, recount::is_due(reader)?))
        };
        let (counted, today, is_due) = self.db().read(day).await?;
        if counted != Some(today) {
            let turn = move |tx: &Tx<'_>| {
                imports::forget_old(tx, now_ms)?;
                recount::turn_to(tx, today)
            };
            self.db().write(turn).await?;
        }
        // One that broke off goes on, too.
        if is_due || counted != Some(today) {
            self.count_anew().await;
        }
        Ok(())
    }

    /// Counts the households anew whose rule has become another: the first some are waited for, so that a small union's
    /// figures are at once by its new rule; the others follow by themselves, some in each write, while everybody works
    /// on. Where that breaks off, the next look at the day goes on.
    pub async fn count_anew(&self) {
        let Ok(one_counts) = Arc::clone(&self.inner.counting).try_lock_owned() else { return };
        if !self.count_some().await {
            return;
        }
        let office = self.clone();
        tokio::spawn(async move {
            while office.count_some().await {}
            drop(one_counts);
        });
    }

    /// Counts some; says whether there are more.
    async fn count_some(&self) -> bool {
        let now_ms = self.now_ms();
        let step = move |tx: &Tx<'_>| recount::step(tx, settings::today(tx, now_ms)?);
        self.db().write(step).await.unwrap_or_else(|cause: StoreError| {
            let cause: &dyn std::error::Error = &cause;
            tracing::error!(cause, "the households could not be counted anew");
            false
        })
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// What was read of the log a short while ago.
    #[must_use]
    pub fn readings(&self) -> &Readings {
        &self.inner.readings
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &OfficeKeys {
        &self.inner.keys
    }

    /// The time.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.inner.surroundings.now_ms()
    }

    /// Random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        random(self.inner.surroundings.as_ref())
    }

    /// The clock and chance.
    #[must_use]
    pub fn surroundings(&self) -> &dyn Surroundings {
        self.inner.surroundings.as_ref()
    }

    /// The list of what was erased.
    #[must_use]
    pub fn erased(&self) -> &ErasedList {
        &self.inner.erased
    }

    /// How cookies are set.
    #[must_use]
    pub fn jar(&self) -> Jar {
        self.inner.jar
    }

    /// Whether everything here is fiction.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.inner.demo
    }

    /// Hashes passwords, few at once.
    #[must_use]
    pub fn hasher(&self) -> &Hasher {
        &self.inner.hasher
    }

    /// Lets somebody guess at a code or a password, or says how long they have to wait.
    ///
    /// # Errors
    /// They have to wait; or what the database says.
    pub async fn admit(&self, guess: &Guess) -> Result<(), ApiError> {
        let (guess, now_ms) = (guess.clone(), self.now_ms());
        let admitted = self.db().write(move |tx| guess.admit(tx, now_ms)).await.map_err(ApiError::Store)?;
        admitted.map_err(|retry_after_ms| ApiError::Wait { code: RefusalCode::TooManyTries, retry_after_ms })
    }

    /// The guess that was let in was right.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forgive(&self, guess: Guess) -> Result<(), ApiError> {
        self.db().write(move |tx| guess.forgive(tx)).await.map_err(ApiError::Store)
    }
}
