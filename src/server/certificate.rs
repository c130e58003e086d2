//! `liuzhidao cert`: a private certificate authority and a certificate for this machine.
//!
//! A phone gets no service worker without https, and a mine's network has no public name. The
//! authority is made once and kept; a later call makes a new certificate under it, so that phones
//! that trust it need nothing new.

use std::fmt::Write as _;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PublicKeyData, SanType,
};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::command::Trouble;
use crate::office_keys::hex;
use crate::private_file;
use crate::settings::Cert;
use crate::surroundings::Surroundings;

/// The authority lasts ten years.
const AUTHORITY_DAYS: i64 = 3_650;

/// iPhones refuse certificates that last longer than 825 days.
const CERTIFICATE_DAYS: i64 = 820;

/// Makes what is missing and says what to do with it.
///
/// # Errors
/// A name is no name, or the folder cannot be written.
pub fn run(asked: &Cert, surroundings: &dyn Surroundings) -> Result<String, Trouble> {
    if let Some(name) = asked.names.iter().find(|name| !is_name(name)) {
        return Err(Trouble::say(format!(
            "{name:?} is no name of a machine: letters, digits and hyphens, with dots between; an address is --ip."
        )));
    }
    let folder = asked.data.tls();
    private_file::make_folder(&asked.data.folder)
        .and_then(|()| private_file::make_folder(&folder))
        .map_err(|cause| cannot_write(&folder, cause))?;
    let now = OffsetDateTime::from_unix_timestamp(surroundings.now_ms() / 1000)
        .map_err(|cause| Trouble::from_cause("The clock of this machine is wrong, set it:", cause))?;
    let (key, is_new) = authority_key(&folder.join("ca.key"))?;
    let authority = authority(&key, now);
    let in_hand = folder.join("ca.crt");
    if is_new || !in_hand.exists() {
        let certificate = authority.self_signed(&key).map_err(refused)?;
        write(&in_hand, certificate.pem().as_bytes())?;
    }
    let issuer = Issuer::new(authority, key);
    let server_key = KeyPair::generate().map_err(refused)?;
    let certificate = server_certificate(asked, now)?.signed_by(&server_key, &issuer).map_err(refused)?;
    write(&folder.join("server.key"), server_key.serialize_pem().as_bytes())?;
    write(&folder.join("server.crt"), certificate.pem().as_bytes())?;
    Ok(steps(asked, &folder, is_new))
}

/// Whether a browser could ask for it: parts of letters, digits and hyphens; the first may stand for any.
fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        let inner = part.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
        inner && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
    };
    let below = name.strip_prefix("*.").unwrap_or(name);
    below.len() <= 253 && below.split('.').all(part) && name.parse::<std::net::IpAddr>().is_err()
}

fn authority_key(path: &Path) -> Result<(KeyPair, bool), Trouble> {
    if path.exists() {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| Trouble::from_cause(format!("{} cannot be read:", path.display()), cause))?;
        let key = KeyPair::from_pem(&text).map_err(|cause| {
            Trouble::from_cause(format!("{} holds no key; move it aside:", path.display()), cause)
        })?;
        return Ok((key, false));
    }
    let key = KeyPair::generate().map_err(refused)?;
    write(path, key.serialize_pem().as_bytes())?;
    Ok((key, true))
}

/// The authority's own description: the same for the same key, so that it need not be read back.
fn authority(key: &KeyPair, now: OffsetDateTime) -> CertificateParams {
    let short = hex(Sha256::digest(key.der_bytes()).iter().take(4));
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, format!("Liuzhidao private CA {short}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = now - Duration::days(1);
    params.not_after = now + Duration::days(AUTHORITY_DAYS);
    params
}

fn server_certificate(asked: &Cert, now: OffsetDateTime) -> Result<CertificateParams, Trouble> {
    let mut params = CertificateParams::new(asked.names.clone()).map_err(refused)?;
    params.subject_alt_names.extend(asked.ips.iter().map(|ip| SanType::IpAddress(*ip)));
    let shown = asked.names.first().cloned().or_else(|| asked.ips.first().map(ToString::to_string));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, shown.unwrap_or_default());
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.not_before = now - Duration::days(1);
    params.not_after = now + Duration::days(CERTIFICATE_DAYS);
    Ok(params)
}

fn steps(asked: &Cert, folder: &Path, is_new: bool) -> String {
    let shown = folder.display();
    let mut said = String::new();
    let made =
        if is_new { "A private CA and a certificate" } else { "A new certificate under the private CA" };
    let mut names: Vec<String> = asked.names.clone();
    names.extend(asked.ips.iter().map(ToString::to_string));
    // Writing to a string does not fail.
    let _infallible = write!(
        said,
        "{made} for {names} are in {shown}, for {CERTIFICATE_DAYS} days; after that run this again.\n\
         Start the office with:\n  \
         liuzhidao serve --data {data} --listen 0.0.0.0:443 --tls-cert {shown}/server.crt --tls-key {shown}/server.key\n\n\
         Each phone must trust {shown}/ca.crt once. Send the file to the phone, then:\n\
         Android: Settings → Security → More security settings → Install from storage (Encryption & credentials) → \
         CA certificate → choose ca.crt.\n\
         iPhone: open ca.crt in Safari → Allow → Settings → Profile Downloaded → Install; then Settings → General → \
         About → Certificate Trust Settings → switch it on.\n\
         安卓：设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书 → 选 ca.crt。\n\
         苹果：用 Safari 打开 ca.crt → 允许 → 设置 → 已下载描述文件 → 安装；再到 设置 → 通用 → 关于本机 → 证书信任设置 → 打开。\n\n\
         Keep {shown}/ca.key to yourself: who has it can pretend to be any site to these phones.",
        names = names.join(", "),
        data = asked.data.folder.display(),
    );
    said
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    private_file::write(path, bytes).map_err(|cause| cannot_write(path, cause))
}

fn refused(cause: rcgen::Error) -> Trouble {
    Trouble::from_cause("The certificate could not be made:", cause)
}

fn cannot_write(path: &Path, cause: std::io::Error) -> Trouble {
    Trouble::from_cause(format!("{} cannot be written; may you write there?", path.display()), cause)
}
