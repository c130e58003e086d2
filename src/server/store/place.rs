//! Where the database lies: in a file of the data folder, or in a PostgreSQL that is named.
//!
//! Nothing here prints a password: what is shown is host, port, name and user.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::StoreError;
use super::error::Cause;

/// What was typed for a database. It may hold a password, so it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(String);

impl From<&str> for Url {
    fn from(typed: &str) -> Self {
        Self(typed.to_owned())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Url(not shown)")
    }
}

/// Where the database lies.
#[derive(Clone)]
pub enum Place {
    /// SQLite, in this file.
    File(PathBuf),
    /// PostgreSQL.
    Postgres(Box<Server>),
}

/// A PostgreSQL and how it is reached.
#[derive(Clone)]
pub struct Server {
    pub(super) config: Config,
    pub(super) tls: Option<Arc<ClientConfig>>,
}

impl From<&Path> for Place {
    fn from(file: &Path) -> Self {
        Self::File(file.to_owned())
    }
}

impl Place {
    /// The place that was named.
    ///
    /// # Errors
    /// No such address, or its certificate cannot be read; what was typed is not repeated.
    pub fn named(url: &Url) -> Result<Self, StoreError> {
        let (address, authority) = without_authority(&url.0);
        let is_postgres = address.starts_with("postgres://") || address.starts_with("postgresql://");
        let mut config: Config = address.parse().map_err(|cause| unsuitable(Some(Cause::of(cause))))?;
        if !is_postgres {
            return Err(unsuitable(None));
        }
        let tls = authority.map(|file| trusting(Path::new(&file))).transpose()?.map(Arc::new);
        match (&tls, config.get_ssl_mode()) {
            (Some(_), _) => config.ssl_mode(SslMode::Require),
            (None, SslMode::Require) => {
                return Err(StoreError::Unsuitable(
                    "to reach the database by TLS, name the file of its authority: …&sslrootcert=FILE"
                        .to_owned(),
                ));
            }
            (None, _) => config.ssl_mode(SslMode::Disable),
        };
        config.application_name("liuzhidao");
        config.connect_timeout(std::time::Duration::from_secs(10));
        config.tcp_user_timeout(std::time::Duration::from_secs(30));
        Ok(Self::Postgres(Box::new(Server { config, tls })))
    }

    /// Whether what is said to the database can be read on the way: no TLS, and not on this machine.
    #[must_use]
    pub fn is_open_to_listeners(&self) -> bool {
        let Self::Postgres(server) = self else { return false };
        let is_here = |host: &Host| match host {
            Host::Tcp(name) => {
                name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
            }
            Host::Unix(_) => true,
        };
        server.tls.is_none() && !server.config.get_hosts().iter().all(is_here)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Postgres(server) => {
                let hosts = server.config.get_hosts().iter().map(|host| match host {
                    Host::Tcp(name) => name.clone(),
                    Host::Unix(path) => path.display().to_string(),
                });
                let hosts = hosts.collect::<Vec<_>>().join(",");
                write!(f, "PostgreSQL {} on {hosts}", server.config.get_dbname().unwrap_or("?"))
            }
        }
    }
}

/// The address without `sslrootcert=FILE`, and that file.
fn without_authority(url: &str) -> (String, Option<String>) {
    let Some((before, asked)) = url.split_once('?') else { return (url.to_owned(), None) };
    let mut authority = None;
    let mut others = Vec::new();
    for one in asked.split('&') {
        match one.strip_prefix("sslrootcert=") {
            Some(file) => authority = Some(file.to_owned()),
            // Names of libpq for what an authority means here anyway.
            None if matches!(one, "sslmode=verify-full" | "sslmode=verify-ca") => {
                others.push("sslmode=require")
            }
            None => others.push(one),
        }
    }
    (format!("{before}?{}", others.join("&")), authority)
}

/// TLS that trusts one authority and checks the name.
fn trusting(file: &Path) -> Result<ClientConfig, StoreError> {
    let unreadable = |_| StoreError::Unsuitable(format!("{} holds no certificates (PEM)", file.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
        let certificate = certificate.map_err(unreadable)?;
        roots.add(certificate).map_err(|cause| StoreError::Sql(Cause::of(cause)))?;
    }
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth())
        .map_err(|cause| StoreError::Sql(Cause::of(cause)))
}

fn unsuitable(cause: Option<Cause>) -> StoreError {
    let why = cause.map(|cause| format!(" ({cause})")).unwrap_or_default();
    StoreError::Unsuitable(format!(
        "the address of the database reads like postgres://USER:PASSWORD@HOST/NAME{why}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(url: &str) -> Result<String, String> {
        Place::named(&Url::from(url)).map(|place| place.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_place_is_shown_without_its_password() {
        let url = "postgres://office:s3cret@db.lan:5433/liuzhidao";
        assert_eq!(named(url), Ok("PostgreSQL liuzhidao on db.lan".to_owned()));
        assert_eq!(format!("{:?}", Url::from(url)), "Url(not shown)");
        let socket = "postgres:///liuzhidao?host=/run/postgresql";
        assert_eq!(named(socket), Ok("PostgreSQL liuzhidao on /run/postgresql".to_owned()));
    }

    #[test]
    fn what_is_no_address_is_refused_and_not_repeated() {
        for wrong in ["mysql://office:s3cret@db/x", "office:s3cret", "postgres://office:s3cret@db:x/y", ""] {
            let said = named(wrong).unwrap_err();
            assert!(said.contains("postgres://USER") && !said.contains("s3cret"), "{said}");
        }
    }

    #[test]
    fn without_an_authority_there_is_no_tls() {
        let said = named("postgres://u@db/x?sslmode=verify-full").unwrap_err();
        assert!(said.contains("sslrootcert"), "{said}");
        let said = named("postgres://u@db/x?sslrootcert=/nowhere.pem").unwrap_err();
        assert!(said.contains("/nowhere.pem"), "{said}");
    }

    #[test]
    fn whoever_could_listen_is_noticed() {
        let is_open = |url: &str| Place::named(&Url::from(url)).unwrap().is_open_to_listeners();
        assert!(is_open("postgres://u@10.0.0.5/x"));
        assert!(!is_open("postgres://u@127.0.0.1/x") && !is_open("postgres:///x?host=/run/postgresql"));
    }
}
