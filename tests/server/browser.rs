//! A browser as far as the office sees one: it keeps cookies by path, and sends the required header.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tower::ServiceExt as _;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body, which has to be one.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// The word of a refusal; empty where it is none.
    pub fn code(&self) -> String {
        let json: Json = serde_json::from_str(&self.text).unwrap_or_default();
        json["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The body of a success.
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        self.json()
    }

    /// A refusal with this status and word.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.code().as_str()), (status, code), "{}", self.text);
    }

    /// The whole `Set-Cookie` line of a cookie whose name begins so.
    pub fn set_cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        lines.map(str::to_owned).find(|line| line.starts_with(name))
    }
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// Name → (value, path).
    cookies: BTreeMap<String, (String, String)>,
    /// Whether it says that it unpacks what is packed; no test here does unpack.
    pub unpacks: bool,
}

impl Browser {
    /// With no cookies.
    pub fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookies: BTreeMap::new(), unpacks: false }
    }

    /// Keeps a cookie.
    pub fn keep(&mut self, name: &str, value: &str, path: &str) {
        self.cookies.insert(name.to_owned(), (value.to_owned(), path.to_owned()));
    }

    /// Loses a cookie.
    pub fn lose(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    /// The value of a cookie whose name begins so.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let named = self.cookies.iter().find(|(kept, _)| kept.starts_with(name));
        named.map(|(_, (value, _))| value.as_str())
    }

    /// The same browser before another office.
    pub fn at(&self, router: &Router) -> Self {
        Self { router: router.clone(), cookies: self.cookies.clone(), unpacks: self.unpacks }
    }

    /// Asks.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, None, true).await
    }

    /// Tells.
    pub async fn post(&mut self, path: &str, body: &impl Serialize) -> Answer {
        self.ask("POST", path, Some(serde_json::to_string(body).unwrap()), true).await
    }

    /// Replaces.
    pub async fn put(&mut self, path: &str, body: &impl Serialize) -> Answer {
        self.ask("PUT", path, Some(serde_json::to_string(body).unwrap()), true).await
    }

    /// Brings a file.
    pub async fn bring(&mut self, path: &str, bytes: Vec<u8>) -> Answer {
        self.send("POST", path, Body::from(bytes), true).await
    }

    /// Sends a request as it is said, with or without the required header.
    pub async fn ask(&mut self, method: &str, path: &str, body: Option<String>, with_header: bool) -> Answer {
        self.send(method, path, body.map_or(Body::empty(), Body::from), with_header).await
    }

    async fn send(&mut self, method: &str, path: &str, body: Body, with_header: bool) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        let at = path.split('?').next().unwrap_or_default();
        let sent: Vec<String> = self
            .cookies
            .iter()
            .filter(|(_, (_, below))| at == below || at.starts_with(&format!("{below}/")))
            .map(|(name, (value, _))| format!("{name}={value}"))
            .collect();
        if !sent.is_empty() {
            request = request.header("cookie", sent.join("; "));
        }
        if with_header {
            request = request.header("x-liuzhidao", "1");
        }
        if self.unpacks {
            request = request.header("accept-encoding", "gzip, deflate, br");
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        };
        self.keep_what_is_set(&answer);
        answer
    }

    fn keep_what_is_set(&mut self, answer: &Answer) {
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let mut parts = line.split("; ");
            let (name, value) = parts.next().unwrap().split_once('=').unwrap();
            let attribute = |wanted: &str| {
                line.split("; ").find_map(|part| part.strip_prefix(wanted)).unwrap_or_default().to_owned()
            };
            if attribute("Max-Age=") == "0" {
                self.lose(name);
            } else {
                self.keep(name, value, &attribute("Path="));
            }
        }
    }
}
