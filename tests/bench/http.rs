//! One kept-open HTTP/1.1 connection, as plain as can be: what is measured is the office, not a client.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Instant;

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
    /// How many bytes stood before the body.
    pub head_bytes: usize,
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
        let (mut length, mut head_bytes) = (0, line.len());
        loop {
            line.clear();
            head_bytes += self.stream.read_line(&mut line).map_err(failed)?;
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
        Ok(Answer { status, head_bytes, body: answer })
    }

    /// Asks so often, and gives each time's milliseconds, ascending.
    pub fn time(&mut self, path: &str, times: usize) -> Outcome<Vec<f64>> {
        let mut taken = Vec::with_capacity(times);
        for _ in 0..times {
            let begun = Instant::now();
            let answer = self.ask("GET", path, b"")?;
            taken.push(begun.elapsed().as_secs_f64() * 1_000.0);
            if answer.status != 200 {
                return Err(trouble(format!("{path}: the office answered {}", answer.status)));
            }
        }
        taken.sort_by(f64::total_cmp);
        Ok(taken)
    }
}

/// A percentile of what [`Http::time`] gave, the nearest one that was measured.
pub fn percentile(ascending: &[f64], percent: usize) -> f64 {
    let place = (ascending.len().saturating_sub(1) * percent).div_ceil(100);
    ascending.get(place).copied().unwrap_or(f64::NAN)
}
