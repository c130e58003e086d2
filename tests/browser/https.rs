//! A union's own certificate: made by `liuzhidao cert`, served with, trusted by who trusts its authority and by nobody
//! else; then a phone in the mine's network has a service worker, and a visit goes through.

use crate::phone::Phone;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::office::Office;
use kit::page::emulate::Size;
use kit::place;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName};
use sha2::{Digest as _, Sha256};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const NAME: &str = "liuzhidao.shimen.lan";
/// How the key of an elliptic curve P-256 begins in a certificate, and how long it is.
const KEY_BEGINS: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];
const KEY_BYTES: usize = 91;

#[test]
fn a_phone_in_the_mines_network_trusts_its_union() -> Outcome {
    let data = place::folder("office")?;
    let folder = data.display().to_string();
    let (status, said) = Office::run(&["cert", "--data", &folder, "--name", NAME, "--ip", "127.0.0.1"])?;
    assert!(status.success(), "{said}");
    let file = |name: &str| data.join("tls").join(name);
    let (certificate, key) =
        (file("server.crt").display().to_string(), file("server.key").display().to_string());
    let office = Office::start(&data, &["--demo", "--tls-cert", &certificate, "--tls-key", &key])?;
    let port = office.address().rsplit(':').next().unwrap_or_default().to_owned();
    assert_eq!(office.address(), format!("https://127.0.0.1:{port}"));

    // Who trusts the authority, and it alone, reaches the office by its name and its address, and by no other name.
    let authority = certificate_in(&file("ca.crt"))?;
    for name in [NAME, "127.0.0.1"] {
        let answer = asked(&authority, name, &port)?;
        assert!(answer.starts_with("HTTP/1.1 200"), "{name}: {answer}");
    }
    let refused = asked(&authority, "another.shimen.lan", &port);
    assert!(refused.is_err(), "{refused:?}");

    // The browser knows the certificate by its key only: nothing else that is wrong with it would be forgiven.
    let pin = key_hash(&certificate_in(&file("server.crt"))?)?;
    let trust = format!("--ignore-certificate-errors-spki-list={pin}");
    let resolve = format!("--host-resolver-rules=MAP {NAME} 127.0.0.1");
    let browser = Browser::launch_with(&place::folder("phone")?, Size::PHONE, &[&trust, &resolve])?;
    let phone = Phone::of(browser.page()?, &format!("https://{NAME}:{port}"));
    phone.demo()?;
    assert_eq!(phone.page.install_errors()?, [] as [String; 0]);
    let cookies = phone.page.call(
        "Network.getCookies",
        serde_json::json!({ "urls": [format!("{}/api/deposit", phone.site())] }),
    )?;
    let cookies = cookies["cookies"].as_array().cloned().unwrap_or_default();
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    assert!(
        cookies.iter().all(|cookie| cookie["secure"] == true && cookie["httpOnly"] == true),
        "{cookies:?}"
    );
    phone.page.set_offline(true)?;
    phone.page.reload()?;
    phone.at_list()?;
    phone.attempt(0)?;
    phone.tab("待发")?;
    assert_eq!(phone.waiting()?, 1);
    phone.page.set_offline(false)?;
    phone.come_to_the_front()?;
    phone.page.wait_css("[data-state=received]")?;
    drop(browser);

    // A browser that was told of nothing is stopped at its own warning.
    let browser = Browser::launch_with(&place::folder("stranger")?, Size::PHONE, &[&resolve])?;
    let stopped = browser.page()?.goto(&format!("https://{NAME}:{port}/"));
    assert!(stopped.is_err(), "an unknown authority was trusted");
    Ok(())
}

/// What the office answers who trusts only this authority and calls it by this name.
fn asked(authority: &CertificateDer<'static>, name: &str, port: &str) -> Outcome<String> {
    let failed = |why: String| Failure::Navigation { url: format!("https://{name}:{port}/"), why };
    let mut roots = RootCertStore::empty();
    roots.add(authority.clone()).map_err(|error| failed(error.to_string()))?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let called = ServerName::try_from(name.to_owned()).map_err(|error| failed(error.to_string()))?;
    let connection =
        ClientConnection::new(Arc::new(config), called).map_err(|error| failed(error.to_string()))?;
    let socket =
        TcpStream::connect(format!("127.0.0.1:{port}")).map_err(|error| failed(error.to_string()))?;
    let mut stream = StreamOwned::new(connection, socket);
    let mut answer = Vec::new();
    write!(stream, "GET / HTTP/1.1\r\nhost: {name}:{port}\r\nconnection: close\r\n\r\n")
        .and_then(|()| stream.read_to_end(&mut answer))
        .map_err(|error| failed(error.to_string()))?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn certificate_in(path: &Path) -> Outcome<CertificateDer<'static>> {
    CertificateDer::from_pem_file(path).map_err(|error| Failure::Disk {
        path: path.to_owned(),
        source: std::io::Error::other(error.to_string()),
    })
}

/// The hash of a certificate's key, as the browser asks for it.
fn key_hash(certificate: &CertificateDer<'_>) -> Outcome<String> {
    let begins = certificate.windows(KEY_BEGINS.len()).position(|bytes| bytes == KEY_BEGINS);
    let key = begins.and_then(|begins| certificate.get(begins..begins + KEY_BYTES));
    let why =
        || Failure::Command { method: "cert".into(), why: "its key is of another kind than P-256".into() };
    Ok(STANDARD.encode(Sha256::digest(key.ok_or_else(why)?)))
}
