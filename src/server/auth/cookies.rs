//! The two cookies as they are written and read. What they hold is made elsewhere.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::id::DeviceId;

/// The session's cookie; it opens the whole API.
pub const SESSION: &str = "session";

/// How the deposit's cookies begin; they may only add records. Each device of a browser has its own, so that of two
/// people on one phone neither sends under the other's name.
pub const DEPOSIT: &str = "deposit";

/// How the two cookies are set.
#[derive(Clone, Copy, Debug)]
pub struct Jar {
    /// Whether browsers reach the office over TLS. WebKit drops `Secure` cookies on plain localhost,
    /// so this is true exactly when they do.
    pub secure: bool,
}

impl Jar {
    /// Sets the session's cookie.
    #[must_use]
    pub fn session(self, token: &str, age_ms: i64) -> Option<HeaderValue> {
        self.set(SESSION, token, "/api", age_ms)
    }

    /// Takes the session's cookie away.
    #[must_use]
    pub fn no_session(self) -> Option<HeaderValue> {
        self.set(SESSION, "", "/api", 0)
    }

    /// Sets the deposit's cookie of a device.
    #[must_use]
    pub fn deposit(self, device: DeviceId, value: &str, age_ms: i64) -> Option<HeaderValue> {
        self.set(&format!("{DEPOSIT}-{device}"), value, "/api/deposit", age_ms)
    }

    fn set(self, name: &str, value: &str, path: &str, age_ms: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let age_s = age_ms / 1000;
        let text = format!("{name}={value}; Path={path}; Max-Age={age_s}; HttpOnly; SameSite=Strict{secure}");
        // The values are hex, digits and dots: this cannot fail.
        HeaderValue::try_from(text).ok()
    }
}

/// The value of a cookie that came with a request.
#[must_use]
pub fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    all(headers).find_map(|(found, value)| (found == name).then_some(value))
}

/// The values of the deposit's cookies that came with a request.
pub fn deposits(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    all(headers).filter_map(|(found, value)| found.strip_prefix(DEPOSIT)?.starts_with('-').then_some(value))
}

fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}
