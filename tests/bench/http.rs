//! One kept-open HTTP/1.1 connection, as plain as can be: what is measured is the office, not a client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// The result of a step; a bench that cannot go on says why and ends.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Why a step could not be done.
pub fn trouble(why: String) -> Box<dyn std::error::Error + Send + Sync> {
    why.into()
}

/// A connection with its cookies.
pub struct Http {
    stream: BufReader<TcpStream>,
    cookies: Vec<String>,
}

/// An answer.
pub struct Answer {
    /// 200 …
    pub status: u16,
    /// The body, which the office sends with its length.
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads the body, where the office said yes.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Outcome<T> {
        if self.status != 200 {
            let words = String::from_utf8_lossy(&self.body).into_owned();
            return Err(trouble(format!("the office answered {}: {words}", self.status)));
        }
        Ok(serde_json::from_slice(&self.body)?)
    }
}

impl Http {
    /// Connects to `http://host:port`.
    pub fn connect(address: &str) -> Outcome<Self> {
        let place = address.strip_prefix("http://").unwrap_or(address);
        let stream = TcpStream::connect(place).map_err(|cause| trouble(format!("{place}: {cause}")))?;
        stream.set_nodelay(true).map_err(|cause| trouble(cause.to_string()))?;
        Ok(Self { stream: BufReader::new(stream), cookies: Vec::new() })
    }

    /// Asks, and keeps the cookies that come back.
    pub fn ask(&mut self, method: &str, path: &str, body: &[u8]) -> Outcome<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nx-liuzhidao: 1\r\nContent-Type: application/json\r\n\
             Cookie: {}\r\nContent-Length: {}\r\n\r\n",
            self.cookies.join("; "),
            body.len()
        );
        let failed = |cause: std::io::Error| trouble(format!("{method} {path}: {cause}"));
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.stream.get_mut().write_all(&request).map_err(failed)?;
        let mut line = String::new();
        self.stream.read_line(&mut line).map_err(failed)?;
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).map_err(failed)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().unwrap_or(0),
                "set-cookie" => {
                    self.cookies.extend(value.split(';').next().map(|pair| pair.trim().to_owned()))
                }
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer).map_err(failed)?;
        Ok(Answer { status, body: answer })
    }
}
