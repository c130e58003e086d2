//! Hands out the two built apps, which are embedded in the binary: the phone's shell at `/` and for
//! its own pages, the desk's at `/desk` and below, and the files both are made of.
//!
//! Nothing here is about a person; nothing here is built. What `cargo xtask` did not build is not there.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use protocol::sign_in::RefusalCode;
use rust_embed::{Embed, EmbeddedFile};

use crate::error::ApiError;
use crate::office_keys::hex;

#[derive(Embed)]
#[folder = "../../target/site"]
struct Site;

/// What a shell may load: itself, and nothing from anywhere else.
const CONTENT_SECURITY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// What a shell may use of the device: nothing.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()";

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers whatever no row of the access table answers.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::from(RefusalCode::NotFound).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = match find(path) {
        Some((name, file)) => hand_out(&name, file, &headers),
        None => absent(path),
    };
    for (name, value) in security() {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The file of a path: itself, or the shell whose page it is.
fn find(path: &str) -> Option<(String, EmbeddedFile)> {
    let name = path.trim_start_matches('/');
    let is_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let name = match name {
        file if is_file => file,
        "desk" => "desk/index.html",
        page if page.starts_with("desk/") => "desk/index.html",
        _ => "index.html",
    };
    // The twins are for Accept-Encoding, not to be asked for.
    let is_twin = [".br", ".gz"].iter().any(|ending| name.ends_with(ending));
    let file = Site::get(name).filter(|_| !is_twin)?;
    Some((name.to_owned(), file))
}

fn hand_out(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let (file, encoding) = smallest(name, file, headers);
    let tag = format!("\"{}\"", hex(file.metadata.sha256_hash().iter().take(16)));
    let is_held = headers
        .get(IF_NONE_MATCH)
        .and_then(|held| held.to_str().ok())
        .is_some_and(|held| held.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if is_held {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data.into_owned()).into_response()
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    out.insert(CACHE_CONTROL, if name.starts_with("assets/") { FOREVER } else { ASK_EACH_TIME });
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Ok(tag) = HeaderValue::try_from(tag) {
        out.insert(ETAG, tag);
    }
    response
}

/// The brotli or gzip twin, where the browser takes it and there is one.
fn smallest(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> (EmbeddedFile, Option<&'static str>) {
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if takes(headers, encoding)
            && let Some(twin) = Site::get(&format!("{name}.{ending}"))
        {
            return (twin, Some(encoding));
        }
    }
    (file, None)
}

fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            let is_it = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
            let is_refused = parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            is_it && !is_refused
        })
}

fn absent(path: &str) -> Response {
    let is_page = !path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if is_page {
        // Only in a binary built before the apps were.
        let words = "The apps are not built into this binary: run `cargo xtask build`, then build it again.\n\
                     这个程序里没有网页：请先运行 cargo xtask build，再重新编译。\n";
        let mut response = (StatusCode::NOT_FOUND, words).into_response();
        response.headers_mut().insert(CACHE_CONTROL, ASK_EACH_TIME);
        return response;
    }
    StatusCode::NOT_FOUND.into_response()
}

/// The type of a file by its ending. `application/wasm` bare, for any parameter stops streaming.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn security() -> [(HeaderName, HeaderValue); 6] {
    [
        ("content-security-policy", CONTENT_SECURITY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("permissions-policy", PERMISSIONS),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ]
    .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
}
