//! One PostgreSQL for a program of tests: in a folder of its own, over a unix socket, as a user that is not root; and as
//! many databases in it as tests want. It ends with the program, however that ends. Nothing in it outlives the tests, so
//! it never waits for the disk and nothing is tidied up behind them; but with `DURABLE=1` (`cargo xtask prove kills`), or
//! asked to, it waits as at a union, and can be killed itself. The power cannot be cut here: that what was waited for is
//! on the disk is PostgreSQL's word.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::failure::{Failure, Outcome};

/// Starts it, says so, and when nobody is there any more ends it and clears away. It sorts as Chinese is sorted, where it
/// can: no test may depend on that.
const GUARD: &str = r#"
trap '' INT TERM HUP
cd "$FOLDER" || exit 1
make() { "$BIN/initdb" -D data -U postgres -A trust -E UTF8 --no-locale --no-sync "$@" >>log 2>&1; }
{ make --locale-provider=icu --icu-locale=zh || make; } &&
"$BIN/pg_ctl" -D data -l log -w -t 120 -o "-k '$FOLDER' -c listen_addresses= -c fsync=$FSYNC -c full_page_writes=$FSYNC \
-c autovacuum=off -c max_connections=300 -c shared_buffers=96MB -c max_wal_size=512MB" start >/dev/null && echo ready
read -r _
"$BIN/pg_ctl" -D data -m immediate stop >/dev/null 2>&1
rm -rf "$FOLDER"
"#;

/// The cluster.
struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    /// Its end is the cluster's.
    _guard: ChildStdin,
}

static CLUSTER: Mutex<Option<Cluster>> = Mutex::new(None);
static DATABASES: AtomicUsize = AtomicUsize::new(0);
static WAITS: AtomicBool = AtomicBool::new(false);

/// The address of a new database, empty, or a copy of another in which nobody is.
pub fn database(like: Option<&str>) -> Outcome<String> {
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let template = like.map_or("template0", name_of);
    psql("postgres", format!("CREATE DATABASE {name} TEMPLATE {template}").as_bytes())?;
    with_cluster(|cluster| Ok(format!("postgres:///{name}?host={}&user=postgres", cluster.folder.display())))
}

/// All that a database holds, as pg_dump writes it.
pub fn dump(address: &str) -> Outcome<Vec<u8>> {
    let mut command = program("pg_dump", name_of(address))?;
    let output = command.output().map_err(|error| failed("pg_dump", error.to_string()))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(failed("pg_dump", String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

/// Puts what [`dump`] gave into a new database; its address.
pub fn load(dump: &[u8]) -> Outcome<String> {
    let address = database(None)?;
    psql(name_of(&address), dump)?;
    Ok(address)
}

/// Ends every line to a database, as a restart of PostgreSQL does.
pub fn cut(address: &str) -> Outcome {
    let name = name_of(address);
    let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    psql("postgres", sql.as_bytes())
}

/// Lets it wait for its disk; to be asked for before the first database.
pub fn wait_for_the_disk() {
    WAITS.store(true, Ordering::Relaxed);
}

/// Whether it waits for its disk.
#[must_use]
pub fn is_durable() -> bool {
    WAITS.load(Ordering::Relaxed) || std::env::var("DURABLE").is_ok_and(|word| word == "1")
}

/// Kills it in the middle of whatever it does, and starts it again: what was committed it finds in its log. Every database
/// of the program goes through that.
pub fn crash() -> Outcome {
    with_cluster(|cluster| {
        let mut command = Command::new(cluster.programs.join("pg_ctl"));
        command.args(["-D", "data", "-l", "log", "-m", "immediate", "-w", "-t", "120", "restart"]);
        command.current_dir(&cluster.folder).stdin(Stdio::null()).stdout(Stdio::null());
        as_its_user(&mut command)?;
        let ended = command.stderr(Stdio::null()).status();
        let ended = ended.map_err(|error| failed("pg_ctl", error.to_string()))?;
        if ended.success() { Ok(()) } else { Err(failed("pg_ctl", ended.to_string())) }
    })
}

fn name_of(address: &str) -> &str {
    let named = address.strip_prefix("postgres:///").unwrap_or(address);
    named.split('?').next().unwrap_or(named)
}

fn psql(database: &str, sql: &[u8]) -> Outcome {
    let mut command = program("psql", database)?;
    command.args(["-q", "-v", "ON_ERROR_STOP=1"]).stdin(Stdio::piped());
    let broken = |error: std::io::Error| failed("psql", error.to_string());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(broken)?;
    let handed = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(sql));
    let output = child.wait_with_output().map_err(broken)?;
    handed.map_err(broken)?;
    if output.status.success() {
        Ok(())
    } else {
        Err(failed("psql", String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}

/// A client program at a database of the cluster.
fn program(name: &str, database: &str) -> Outcome<Command> {
    with_cluster(|cluster| {
        let mut command = Command::new(cluster.programs.join(name));
        command.args(
            ["-X", "-U", "postgres", "-d", database, "-h"]
                .iter()
                .filter(|word| name == "psql" || **word != "-X"),
        );
        command.arg(&cluster.folder);
        Ok(command)
    })
}

fn with_cluster<T>(work: impl FnOnce(&Cluster) -> Outcome<T>) -> Outcome<T> {
    let mut cluster: MutexGuard<'_, Option<Cluster>> = CLUSTER.lock().unwrap_or_else(PoisonError::into_inner);
    if cluster.is_none() {
        *cluster = Some(start()?);
    }
    match cluster.as_ref() {
        Some(cluster) => work(cluster),
        None => Err(failed("postgres", "it is not there".to_owned())),
    }
}

fn start() -> Outcome<Cluster> {
    let programs = programs().ok_or_else(|| {
        failed(
            "postgres",
            "it is not installed: sudo apt-get install -y postgresql (or: cargo xtask test)".to_owned(),
        )
    })?;
    // A socket's name may not be long: not in the build's own folder.
    let folder = std::env::temp_dir().join(format!("liuzhidao-pg-{}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Failure::disk(&folder))?;
    }
    fs::create_dir(&folder).map_err(Failure::disk(&folder))?;
    let mut command = Command::new("sh");
    command.args(["-c", GUARD]).env("BIN", &programs).env("FOLDER", &folder);
    command.env("FSYNC", if is_durable() { "on" } else { "off" });
    if let Some((user, group)) = as_its_user(&mut command)? {
        chown(&folder, Some(user), Some(group)).map_err(Failure::disk(&folder))?;
    }
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| failed("sh", error.to_string()))?;
    let (Some(guard), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed("sh", "it cannot be spoken to".to_owned()));
    };
    let ready = BufReader::new(out).lines().next();
    if !matches!(ready, Some(Ok(word)) if word == "ready") {
        let log = fs::read_to_string(folder.join("log")).unwrap_or_else(|error| error.to_string());
        return Err(failed("postgres", log));
    }
    Ok(Cluster { programs, folder, _guard: guard })
}

/// Lets a command run as whom PostgreSQL runs as; none where that is whoever runs the tests.
fn as_its_user(command: &mut Command) -> Outcome<Option<(u32, u32)>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let (user, group) = unprivileged().ok_or_else(|| failed("postgres", "no user but root".to_owned()))?;
    command.uid(user).gid(group);
    Ok(Some((user, group)))
}

/// Where PostgreSQL's programs lie: Debian keeps them beside the path, by version.
fn programs() -> Option<PathBuf> {
    let of_debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = of_debian.map(|version| version.path().join("bin")).collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.reverse();
    found.extend(std::env::split_paths(&path));
    found
        .into_iter()
        .find(|folder| ["initdb", "pg_ctl", "psql", "pg_dump"].iter().all(|name| folder.join(name).is_file()))
}

/// PostgreSQL refuses to run as root: its own user, else nobody.
fn unprivileged() -> Option<(u32, u32)> {
    let users = fs::read_to_string(Path::new("/etc/passwd")).ok()?;
    let ids = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut words = line.split(':').skip(2);
        Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody"))
}

fn failed(program: &str, why: String) -> Failure {
    Failure::Launch { program: program.to_owned(), why }
}
