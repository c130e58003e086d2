//! A few fixed files over HTTP on this machine, for the kit's own tests, which need a page but no product.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// A running listener; it lives as long as the test's process.
pub struct Site {
    origin: String,
}

/// One file: headers beyond the length, and the body.
pub struct File {
    /// Header lines.
    pub headers: &'static str,
    /// What is sent.
    pub body: Vec<u8>,
}

impl File {
    /// A page.
    pub fn page(body: &str) -> Self {
        Self { headers: "content-type: text/html; charset=utf-8\r\n", body: body.into() }
    }
}

impl Site {
    /// Serves these files.
    pub fn serve(files: Vec<(&'static str, File)>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let files = Arc::new(files.into_iter().collect::<HashMap<_, _>>());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let files = Arc::clone(&files);
                // A browser that hangs up in the middle is no business of the site's.
                thread::spawn(move || answer(stream, &files).ok());
            }
        });
        Ok(Self { origin })
    }

    /// The address of a file.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn answer(mut stream: TcpStream, files: &HashMap<&'static str, File>) -> std::io::Result<()> {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let absent = File { headers: "", body: Vec::new() };
    let (status, file) = match files.get(path) {
        Some(file) => ("200 OK", file),
        None => ("404 Not Found", &absent),
    };
    let length = file.body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{}content-length: {length}\r\nconnection: close\r\n\r\n",
        file.headers
    )?;
    stream.write_all(&file.body)
}
