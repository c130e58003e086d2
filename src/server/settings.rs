//! What one types to start the office: commands, flags, environment. Each is documented in `--help`. A setting that
//! stays the same from run to run has a variable; what is said of one run alone has none (the test below says which).
//!
//! No secret is a flag: passphrases are asked for, or read from a file that is named.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};

use crate::store::{Place, StoreError, Url};

/// 六知道: the office of a union that visits households in hardship.
#[derive(Debug, Parser)]
#[command(name = "liuzhidao", version, about, arg_required_else_help = true)]
pub struct Settings {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the office until it is told to stop (Ctrl-C or SIGTERM).
    Serve(Serve),
    /// Writes the database, or the office keys, into one file; works while the office runs.
    Backup(Backup),
    /// Puts a backup back into an empty data folder and begins a new epoch.
    Restore(Restore),
    /// Copies the database of a data folder into an empty PostgreSQL, whole; the office must not run meanwhile.
    Move(Move),
    /// Makes a private certificate authority and a certificate for this machine.
    Cert(Cert),
    /// Says what a roster (.xlsx, .csv) says; writes nothing.
    Roster(Roster),
}

/// Where the office keeps what it has.
#[derive(Args, Clone, Debug)]
pub struct Data {
    /// The folder of the database, the office keys and the certificates.
    #[arg(long = "data", value_name = "DIR", env = "LIUZHIDAO_DATA", default_value = "data")]
    pub folder: PathBuf,
}

impl Data {
    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.join("office.db")
    }

    /// The folder of the office keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// The folder of the certificates.
    #[must_use]
    pub fn tls(&self) -> PathBuf {
        self.folder.join("tls")
    }

    /// The list of what was erased.
    #[must_use]
    pub fn erased(&self) -> PathBuf {
        self.folder.join("erased.txt")
    }

    /// The file that a running office holds locked.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.folder.join("office.lock")
    }

    /// The file that an office on PostgreSQL holds locked while it opens.
    #[must_use]
    pub fn opening(&self) -> PathBuf {
        self.folder.join("opening.lock")
    }
}

/// Which database, where it is not the file in the data folder.
#[derive(Args, Clone, Debug, Default)]
pub struct Database {
    /// PostgreSQL instead of the file in the data folder: postgres://USER:PASSWORD@HOST/NAME, or by unix socket
    /// postgres:///NAME?host=/run/postgresql. With &sslrootcert=FILE it is reached by TLS, else not. Who may list
    /// processes sees what is typed: put it into the environment. Several offices may serve one database, behind a
    /// proxy; each needs the same folder of office keys (data/keys).
    #[arg(long = "database", value_name = "URL", env = "LIUZHIDAO_DATABASE", hide_env_values = true)]
    pub url: Option<Url>,
}

impl Database {
    /// Where the database lies.
    ///
    /// # Errors
    /// What was typed is no address.
    pub fn place(&self, data: &Data) -> Result<Place, StoreError> {
        self.url.as_ref().map_or_else(|| Ok(Place::File(data.database())), Place::named)
    }
}

/// `serve`.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `serve`")]
    pub data: Data,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `serve`")]
    pub database: Database,
    /// The address to listen on; port 0 takes a free one and prints it.
    #[arg(long, value_name = "ADDR", env = "LIUZHIDAO_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Fills a new database with a fictional union and lets anybody sign in; on loopback only.
    #[arg(long, env = "LIUZHIDAO_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,
    /// The certificate chain (PEM). With --tls-key the office speaks https itself.
    #[arg(long, value_name = "FILE", env = "LIUZHIDAO_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM).
    #[arg(long, value_name = "FILE", env = "LIUZHIDAO_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// A proxy in front of the office speaks https to the browsers.
    #[arg(long, env = "LIUZHIDAO_BEHIND_PROXY", value_parser = BoolishValueParser::new(), conflicts_with = "tls_cert")]
    pub behind_proxy: bool,
    /// What goes to the log (stderr): error, warn, info, debug, or a filter such as `server=debug`.
    #[arg(long, value_name = "FILTER", env = "LIUZHIDAO_LOG", default_value = "info")]
    pub log: String,
}

impl Serve {
    /// Whether browsers reach the office over TLS.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.tls_cert.is_some() || self.behind_proxy
    }
}

/// `backup`.
#[derive(Args, Clone, Debug)]
pub struct Backup {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `backup`")]
    pub data: Data,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `backup`")]
    pub database: Database,
    /// The file to write; it must not exist. A PostgreSQL is backed up by its own pg_dump; here only its keys, --keys.
    pub file: PathBuf,
    /// Writes the office keys instead of the database, sealed under a passphrase.
    #[arg(long)]
    pub keys: bool,
    /// With --keys: reads the passphrase from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE", env = "LIUZHIDAO_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `restore`.
#[derive(Args, Clone, Debug)]
pub struct Restore {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `restore`")]
    pub data: Data,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `restore`")]
    pub database: Database,
    /// The backup of the database. Of a PostgreSQL there is none here: after its own pg_restore this command begins the
    /// new epoch in it.
    #[arg(required_unless_present = "url", conflicts_with = "url")]
    pub file: Option<PathBuf>,
    /// The backup of the office keys.
    #[arg(long, value_name = "FILE", env = "LIUZHIDAO_KEYS_BACKUP")]
    pub keys: Option<PathBuf>,
    /// Restores although office keys are absent: what phones sealed to them can then never be opened.
    #[arg(long)]
    pub without_keys: bool,
    /// With --keys: reads the passphrase from the first line of this file instead of asking.
    #[arg(long, value_name = "FILE", env = "LIUZHIDAO_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `move`.
#[derive(Args, Clone, Debug)]
pub struct Move {
    /// The data folder whose database is copied; it stays as it is.
    #[arg(long = "from", value_name = "DIR", env = "LIUZHIDAO_DATA", default_value = "data")]
    pub folder: PathBuf,
    /// The empty PostgreSQL: postgres://USER:PASSWORD@HOST/NAME.
    #[arg(long = "to", value_name = "URL", env = "LIUZHIDAO_DATABASE", hide_env_values = true)]
    pub url: Url,
}

/// `cert`.
#[derive(Args, Clone, Debug)]
pub struct Cert {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its text would replace the help of `cert`")]
    pub data: Data,
    /// A name under which phones reach the office; may be given several times, or several between commas.
    #[arg(
        long = "name",
        value_name = "NAME",
        env = "LIUZHIDAO_CERT_NAMES",
        value_delimiter = ',',
        required_unless_present = "ips"
    )]
    pub names: Vec<String>,
    /// An address under which phones reach the office; may be given several times, or several between commas.
    #[arg(long = "ip", value_name = "IP", env = "LIUZHIDAO_CERT_IPS", value_delimiter = ',')]
    pub ips: Vec<IpAddr>,
}

/// `roster`.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = crate::roster_command::findings())]
pub struct Roster {
    /// The roster.
    pub file: PathBuf,
    /// Prints all of it as JSON: counts, units, helpers, what is held back, columns, findings.
    #[arg(long)]
    pub json: bool,
    /// A category of the union; may be given several times. Without any: the two sets that are shipped.
    #[arg(long = "category", value_name = "NAME")]
    pub categories: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        Settings::command().debug_assert();
    }

    /// What is said of one run alone: left in an environment it would do what nobody asked for.
    const ONCE: [(&str, &str, &str); 4] = [
        ("backup", "keys", "it says which of the two backups this one is"),
        ("restore", "without_keys", "it gives up records for good: said anew each time"),
        ("roster", "json", "it says how this answer is printed"),
        ("roster", "categories", "it looks at a file, not at an office with settings"),
    ];

    /// A secret that may be named in the environment; `--help` would print what it is.
    const SECRET: &str = "url";

    #[test]
    fn every_setting_is_documented_in_help_with_its_variable() {
        let mut settings = Settings::command();
        settings.build();
        let mut once = Vec::new();
        for command in settings.get_subcommands_mut().filter(|command| command.get_name() != "help") {
            let name = command.get_name().to_owned();
            let help = command.render_long_help().to_string();
            let is_setting = |flag: &&clap::Arg| !flag.is_positional() && flag.get_id() != "help";
            for flag in command.get_arguments().filter(is_setting) {
                let id = flag.get_id().as_str();
                let (long, variable) = (flag.get_long().unwrap(), flag.get_env());
                assert!(help.contains(&format!("--{long}")), "{name}: --{long} is not in its help");
                assert!(flag.get_help().is_some(), "{name}: --{long} says nothing of itself");
                assert_eq!(flag.is_hide_env_values_set(), id == SECRET, "{name} --{long}");
                match variable.and_then(|variable| variable.to_str()) {
                    Some(variable) => {
                        assert!(variable.starts_with("LIUZHIDAO_"), "{name} --{long}: {variable}");
                        let shown = format!("[env: {variable}");
                        assert!(help.contains(&shown), "{name}: {variable} is not in its help");
                    }
                    None => once.push((name.clone(), id.to_owned())),
                }
            }
        }
        let told = ONCE.map(|(command, id, _)| (command.to_owned(), id.to_owned()));
        assert_eq!(once, told, "these have no variable; a reason for each stands in ONCE");
        assert!(ONCE.iter().all(|(command, ..)| *command != "serve"), "every setting of the office has one");
    }

    #[test]
    fn the_office_listens_on_this_machine_alone_unless_told() {
        let settings = Settings::try_parse_from(["liuzhidao", "serve"]).unwrap();
        let Command::Serve(serve) = settings.command else {
            panic!("not serve");
        };
        assert!(serve.listen.ip().is_loopback());
        assert!(!serve.is_tls());
    }
}
