//! A request as it came to a proxy, read whole before anything is done with it.

use std::io::{self, BufRead, BufReader, Read};
use std::net::TcpStream;

/// A request.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    head: Vec<String>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// Its path without what is asked beside it.
    pub(super) fn plain_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// Its first lines as the office gets them, without some.
    pub(super) fn head_for(&self, dropped: &[&str]) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        for line in &self.head {
            let lower = line.to_ascii_lowercase();
            if !dropped.iter().any(|name| lower.starts_with(name)) {
                head.push_str(line);
                head.push_str("\r\n");
            }
        }
        head.push_str("connection: close\r\n\r\n");
        head
    }

    /// Nothing where the browser opened a connection and asked for nothing.
    pub(super) fn read(stream: &TcpStream) -> io::Result<Option<Self>> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let mut words = first.split_whitespace();
        let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
        let (method, path) = (method.to_owned(), path.to_owned());
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            head.push(line.trim_end().to_owned());
        }
        let length = head.iter().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<u64>().ok())?
        });
        let mut body = Vec::new();
        reader.take(length.unwrap_or(0)).read_to_end(&mut body)?;
        Ok(Some(Self { method, path, head, body }))
    }
}
