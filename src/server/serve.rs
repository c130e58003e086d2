//! `liuzhidao serve`: opens the office, says where it listens, and closes it when told to.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::command::Trouble;
use crate::demo;
use crate::erased_list::ErasedList;
use crate::error::ApiError;
use crate::first_start;
use crate::keys_offer::{self, AtTerminal};
use crate::office::{Office, Opening};
use crate::office_keys::OfficeKeys;
use crate::private_file;
use crate::settings::{Data, Serve};
use crate::store::{Db, Place, Reader, StoreError, Tx};
use crate::surroundings::Surroundings;
use crate::tls::{self, TlsListener};
use crate::union::settings::{self, MadeFor};

/// How long requests that have begun may take once the office is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// The address is taken, a file is absent, the database is another's: each with what to do.
pub async fn run(asked: &Serve, surroundings: Arc<dyn Surroundings>) -> Result<(), Trouble> {
    let acceptor = match (&asked.tls_cert, &asked.tls_key) {
        (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
        _ => None,
    };
    refuse_demo_abroad(asked)?;
    let place = asked.database.place(&asked.data)?;
    let lock = match place {
        Place::File(_) => enter(&asked.data)?,
        Place::Postgres(_) => enter_together(&asked.data)?,
    };
    let office = open(asked, &place, Arc::clone(&surroundings)).await?;
    // A file has one office. On PostgreSQL there may be several; only the keys are made one after the other.
    let _lock = matches!(place, Place::File(_)).then_some(lock);
    warn_of_postgres(&place, &office).await?;
    if office.is_demo() && demo::fill(&office).await.map_err(trouble)? {
        say("the demonstration was filled with a fictional union");
    }
    let listener =
        TcpListener::bind(asked.listen).await.map_err(|cause| cannot_listen(asked.listen, cause))?;
    let address = listener.local_addr().map_err(|cause| cannot_listen(asked.listen, cause))?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    say(&format!("listening on {scheme}://{address}"));
    for line in first_start::greet(&office, &first_start::site(asked, address)).await.map_err(trouble)? {
        say(&line);
    }
    warn_of_plain_http(asked, address);
    let router = crate::router(office);
    let ended = match acceptor {
        Some(acceptor) => {
            let listener =
                TlsListener::start(listener, acceptor).map_err(|cause| cannot_listen(address, cause))?;
            let (stop, stopped) = oneshot::channel();
            let serving = axum::serve(listener, router).with_graceful_shutdown(once_told(stopped));
            until_told_to_stop(serving.into_future(), stop).await
        }
        None => {
            let (stop, stopped) = oneshot::channel();
            let serving = axum::serve(listener, router).with_graceful_shutdown(once_told(stopped));
            until_told_to_stop(serving.into_future(), stop).await
        }
    };
    ended.map_err(|cause| Trouble::from_cause("The office stopped:", cause))?;
    tracing::info!("closed");
    Ok(())
}

/// Serves until it is told to stop; then lets requests end that have begun, for a while.
async fn until_told_to_stop(
    serving: impl Future<Output = io::Result<()>>,
    stop: oneshot::Sender<()>,
) -> io::Result<()> {
    tokio::pin!(serving);
    tokio::select! {
        ended = &mut serving => return ended,
        () = told_to_stop() => {}
    }
    // The other end is gone only when serving has ended.
    let _gone = stop.send(());
    match tokio::time::timeout(GRACE, serving).await {
        Ok(ended) => ended,
        Err(_) => {
            tracing::warn!("a request did not end in time and was cut off; its phone will try again");
            Ok(())
        }
    }
}

async fn once_told(stopped: oneshot::Receiver<()>) {
    // A sender that is dropped says the same.
    drop(stopped.await);
}

/// Makes the data folder and locks it: two offices in one folder would each answer for the other.
///
/// # Errors
/// Another office runs there, or the folder cannot be made.
pub fn enter(data: &Data) -> Result<File, Trouble> {
    let shown = data.folder.display();
    let locked = private_file::make_folder(&data.folder).and_then(|()| private_file::lock(&data.lock()));
    match locked {
        Ok(Some(lock)) => Ok(lock),
        Ok(None) => Err(Trouble::say(format!(
            "An office is running in {shown} already: stop it first, or name another folder with --data."
        ))),
        Err(cause) => Err(Trouble::from_cause(
            format!(
                "The data folder {shown} cannot be made or entered; is the disk full, may you write there?"
            ),
            cause,
        )),
    }
}

/// Makes the data folder, and waits until no other office on the same PostgreSQL is opening in it.
///
/// # Errors
/// The folder cannot be made.
fn enter_together(data: &Data) -> Result<File, Trouble> {
    private_file::make_folder(&data.folder).and_then(|()| private_file::wait_for(&data.opening())).map_err(
        |cause| {
            let shown = data.folder.display();
            Trouble::from_cause(
                format!("The data folder {shown} cannot be made or entered; may you write there?"),
                cause,
            )
        },
    )
}

/// Opens the office in a data folder, making what a first start makes.
///
/// # Errors
/// The folder is another's, keys are absent, the disk is full.
pub async fn open(
    asked: &Serve,
    place: &Place,
    surroundings: Arc<dyn Surroundings>,
) -> Result<Office, Trouble> {
    let made_for = if asked.demo { MadeFor::Demo } else { MadeFor::Union };
    let db = Db::open(place, surroundings.now_ms())?;
    let (found, noted) = db
        .read(|reader: &Reader<'_>| {
            Ok::<_, StoreError>((settings::made_for(reader)?, settings::noted_keys(reader)?))
        })
        .await?;
    refuse_another(place, found, made_for)?;
    let keys = keys(asked, place, &db, &noted, surroundings.as_ref()).await?;
    let opening = Opening {
        db,
        keys,
        surroundings,
        tls: asked.is_tls(),
        made_for,
        erased: ErasedList::at(asked.data.erased()),
    };
    Office::open(opening).await.map_err(trouble)
}

fn refuse_demo_abroad(asked: &Serve) -> Result<(), Trouble> {
    if asked.demo && !asked.listen.ip().is_loopback() {
        return Err(Trouble::say(format!(
            "--demo lets anybody sign in, so it listens on this machine only: use --listen 127.0.0.1:{}.",
            asked.listen.port()
        )));
    }
    Ok(())
}

fn refuse_another(place: &Place, found: Option<MadeFor>, made_for: MadeFor) -> Result<(), Trouble> {
    match (found, made_for) {
        (Some(MadeFor::Union), MadeFor::Demo) => Err(Trouble::say(format!(
            "{place} belongs to a real union: --demo does not touch it. Name another folder with --data."
        ))),
        (Some(MadeFor::Demo), MadeFor::Union) => Err(Trouble::say(format!(
            "{place} is a demonstration, all in it is fiction: start it with --demo, or name another folder with --data."
        ))),
        _ => Ok(()),
    }
}

async fn keys(
    asked: &Serve,
    place: &Place,
    db: &Db,
    noted: &[String],
    surroundings: &dyn Surroundings,
) -> Result<OfficeKeys, Trouble> {
    let folder = asked.data.keys();
    let found = OfficeKeys::load(&folder)?;
    let absent: Vec<&str> = noted
        .iter()
        .filter(|id| found.as_ref().is_none_or(|keys| !keys.ids().any(|there| there == id.as_str())))
        .map(String::as_str)
        .collect();
    if !absent.is_empty() {
        return Err(Trouble::say(format!(
            "The office keys {} are absent from {}: phones have sealed records to them. Put the folder back (offices \
             on one PostgreSQL share it: copy it from another), or move the database aside and restore it from a \
             backup with `liuzhidao restore FILE --keys FILE`.",
            absent.join(", "),
            folder.display()
        )));
    }
    if let Some(keys) = found {
        return Ok(keys);
    }
    let keys = OfficeKeys::make(surroundings);
    keys.save(&folder)?;
    if let Some(other) = publish_first(db, &keys, surroundings.now_ms()).await? {
        keys.withdraw(&folder)?;
        return Err(Trouble::say(format!(
            "Another office on {place} has just published the key {other}: copy its folder of keys to {}.",
            folder.display()
        )));
    }
    if asked.demo {
        return Ok(keys);
    }
    if io::stdin().is_terminal() {
        keys_offer::offer(&mut AtTerminal, &asked.data, place, surroundings);
    } else {
        tracing::warn!("new office keys were made: back them up with `liuzhidao backup --keys FILE`");
    }
    Ok(keys)
}

/// Notes the first key of a database; or says which other was noted first, by an office that started at the same time.
async fn publish_first(db: &Db, keys: &OfficeKeys, now_ms: i64) -> Result<Option<String>, Trouble> {
    let published = keys.published();
    let publish = move |tx: &Tx<'_>| {
        if let Some(other) = settings::noted_keys(tx)?.into_iter().next() {
            return Ok(Some(other));
        }
        let public = STANDARD.decode(&published.public).map_err(ApiError::internal)?;
        settings::note_key(tx, &published.id, &public, now_ms)?;
        Ok::<_, ApiError>(None)
    };
    db.write(publish).await.map_err(trouble)
}

fn warn_of_plain_http(asked: &Serve, address: SocketAddr) {
    if !asked.is_tls() && !address.ip().is_loopback() {
        tracing::warn!(
            "phones get no offline app over plain http: make a certificate with `liuzhidao cert`, or put a proxy \
             with https in front and say --behind-proxy"
        );
    }
}

async fn warn_of_postgres(place: &Place, office: &Office) -> Result<(), Trouble> {
    if place.is_open_to_listeners() {
        tracing::warn!(
            "what is said to {place} can be read on the way: add sslrootcert=FILE, or see that nobody listens"
        );
    }
    if matches!(place, Place::Postgres(_)) {
        let fsync = |reader: &Reader<'_>| {
            reader.first("SELECT current_setting('fsync')", &[], |row| row.get::<String>(0))
        };
        let found = office.db().read(fsync).await.map_err(|cause: StoreError| Trouble::from(cause))?;
        if found.as_deref() == Some("off") {
            tracing::warn!(
                "{place} does not wait for its disk (fsync = off): a power cut can take visits with it"
            );
        }
    }
    Ok(())
}

async fn told_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(cause) => {
                tracing::warn!(%cause, "SIGTERM cannot be waited for");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
    tracing::info!("closing");
}

fn cannot_listen(address: SocketAddr, cause: io::Error) -> Trouble {
    let advice = match cause.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there: stop it, or choose another port with --listen"
        }
        io::ErrorKind::PermissionDenied => {
            "ports below 1024 need the right to use them: see the systemd unit in README"
        }
        io::ErrorKind::AddrNotAvailable => "this machine has no such address: 0.0.0.0 means all it has",
        _ => "choose another address with --listen",
    };
    Trouble::from_cause(format!("{address} cannot be listened on; {advice}."), cause)
}

fn trouble(cause: ApiError) -> Trouble {
    match cause {
        ApiError::Store(cause) => Trouble::from(cause),
        ApiError::Internal(cause) => Trouble::from_cause("The office could not be opened:", cause),
        ApiError::Refused(code) | ApiError::Wait { code, .. } => {
            Trouble::say(format!("The office could not be opened: {code:?}."))
        }
    }
}

fn say(line: &str) {
    println!("{line}");
}
