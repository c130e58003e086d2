//! What a proxy says otherwise than the office does: words of an answer, whole files, or an answer of its own.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::TcpStream;

/// Words of one answer that are exchanged.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The path of the answer.
    pub path: String,
    /// What stands there.
    pub from: String,
    /// What arrives instead.
    pub to: String,
}

/// Files that the proxy hands out itself; those without bytes are gone.
pub type Files = BTreeMap<String, Option<Vec<u8>>>;

/// The whole answer for a file.
pub(super) fn handed_out(path: &str, file: Option<&[u8]>) -> Vec<u8> {
    let Some(bytes) = file else {
        return b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    };
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        _ => "text/html; charset=utf-8",
    };
    let length = bytes.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\ncache-control: no-cache\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), bytes].concat()
}

/// The answer with its words exchanged and its length put right; one that is no text is left alone.
pub(super) fn exchanged(answer: &[u8], exchanges: &[Exchange]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(answer) else { return answer.to_vec() };
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return answer.to_vec() };
    let body =
        exchanges.iter().fold(body.to_owned(), |body, Exchange { from, to, .. }| body.replace(from, to));
    let own = ["content-length:", "etag:", "last-modified:"];
    let kept =
        head.lines().filter(|line| !own.iter().any(|name| line.to_ascii_lowercase().starts_with(name)));
    let head = kept.collect::<Vec<_>>().join("\r\n");
    format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Answers in the office's place.
pub(super) fn answer(stream: &mut TcpStream, status: &str, kind: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
