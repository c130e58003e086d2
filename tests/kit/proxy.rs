//! A road between the browser and the office that can be spoilt: cut, held up, answered by a stranger, or with words
//! of an answer exchanged. The office behind it stays the real one; what travels is not understood here.
//!
//! One request per connection, and whole answers only: enough for a browser, too slow for a measurement.

mod answers;

use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use answers::{exchanged, handed_out};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

pub use answers::{Exchange, Files};

/// How long [`Proxy::wait_count`] takes before it gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Road {
    /// It reaches the office, and the answer comes back.
    #[default]
    Open,
    /// The connection is closed at once.
    Cut,
    /// It waits until the road is another one.
    Held,
    /// It reaches the office, but the answer is lost.
    AnswerLost,
    /// A gateway answers that the office is not there.
    BadGateway,
    /// A captive portal answers everything with its own page, as if all were well.
    Portal,
    /// Somebody forbids it: 403, in the office's own form.
    Forbidden,
    /// Half of the request reaches the office, and the connection is closed.
    HalfRequest,
    /// The office answers, and half of that comes back.
    HalfAnswer,
    /// A radio link: each request waits two seconds; it goes, and its answer comes, at 20 kB a second.
    Slow,
    /// One in twenty is cut at a byte of chance, of the request or of the answer.
    Torn,
}

/// One in so many is torn.
const TORN_ONE_IN: u64 = 20;

/// How long a request waits on the slow road.
const SLOW: Duration = Duration::from_secs(2);

/// How much comes at a time on the slow road, ten times a second.
const SLOW_BYTES: usize = 2_000;
const SLOW_STEP: Duration = Duration::from_millis(100);

/// The page of the captive portal.
pub const PORTAL: &str =
    "<!doctype html><title>Wi-Fi</title><p>请先登录无线网络 Please sign in to this network";

/// What somebody says who forbids it.
pub const FORBIDDEN: &str = r#"{"code":"not_allowed"}"#;

/// A running proxy. Dropped, it takes no further connection.
pub struct Proxy {
    address: String,
    inner: Arc<Inner>,
}

struct Inner {
    office: String,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    road: Road,
    barrier: Option<Barrier>,
    came_to_barrier: usize,
    ended: bool,
    exchanges: Vec<Exchange>,
    files: Files,
    passed: Vec<String>,
    torn: usize,
    chance: u64,
}

/// A part of the road that is another one, after so many requests have passed there.
#[derive(Debug, Clone)]
pub struct Barrier {
    /// How the paths begin that lead there.
    pub path: String,
    /// How many get through before it comes down.
    pub after: usize,
    /// What happens to the others.
    pub road: Road,
}

struct Request {
    method: String,
    path: String,
    head: Vec<String>,
    body: Vec<u8>,
}

impl Proxy {
    /// Opens a port of its own before an office at `http://HOST:PORT`.
    pub fn before(office: &str) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(Failure::disk("127.0.0.1:0"))?;
        let here = listener.local_addr().map_err(Failure::disk("127.0.0.1:0"))?;
        let host = office.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let inner = Arc::new(Inner { office: host, state: Mutex::default(), changed: Condvar::new() });
        let listening = Arc::clone(&inner);
        thread::spawn(move || listening.listen(&listener));
        Ok(Self { address: format!("http://{here}"), inner })
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// From now on the road is like this; what was held up goes on along it.
    pub fn set_road(&self, road: Road) {
        self.inner.state().road = road;
        self.inner.changed.notify_all();
    }

    /// From now on this part of the road is another one, or none is; what was held up goes on.
    pub fn set_barrier(&self, barrier: Option<Barrier>) {
        let mut state = self.inner.state();
        state.barrier = barrier;
        state.came_to_barrier = 0;
        drop(state);
        self.inner.changed.notify_all();
    }

    /// From now on these words of answers are exchanged, and no others.
    pub fn set_exchanges(&self, exchanges: Vec<Exchange>) {
        self.inner.state().exchanges = exchanges;
    }

    /// From now on these files are handed out by the proxy, and no others.
    pub fn set_files(&self, files: Files) {
        self.inner.state().files = files;
    }

    /// How many exchanges were torn.
    pub fn torn(&self) -> usize {
        self.inner.state().torn
    }

    /// `METHOD PATH` of every request that came, in order.
    pub fn passed(&self) -> Vec<String> {
        self.inner.state().passed.clone()
    }

    /// How many requests came that begin so: `METHOD PATH`.
    pub fn count(&self, request: &str) -> usize {
        self.inner.state().count(request)
    }

    /// Waits until so many requests came that begin so.
    pub fn wait_count(&self, request: &str, count: usize) -> Outcome {
        let deadline = Deadline::after(PATIENCE);
        let mut state = self.inner.state();
        while state.count(request) < count {
            if deadline.passed() {
                return Err(Failure::Unmet {
                    wanted: format!("{count} × {request}"),
                    why: format!("only {} came", state.count(request)),
                    after: deadline.patience(),
                    seen: Box::default(),
                });
            }
            let waited = self.inner.changed.wait_timeout(state, deadline.left());
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }
}

impl State {
    /// A number of chance: splitmix64, the same in every run.
    fn next(&mut self) -> u64 {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.chance;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn count(&self, request: &str) -> usize {
        self.passed.iter().filter(|passed| passed.starts_with(request)).count()
    }

    /// The road of a request to this path that came to the barrier as the `turn`th, if it leads there.
    fn road_to(&self, path: &str, turn: usize) -> Road {
        match &self.barrier {
            Some(barrier) if path.starts_with(&barrier.path) && turn > barrier.after => barrier.road,
            _ => self.road,
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.inner.state().ended = true;
        self.set_road(Road::Cut);
        // Wakes the listener, which then sees that it is over; where none wakes, none listens.
        let _woken = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

impl Inner {
    fn listen(self: Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming().map_while(Result::ok) {
            if self.state().ended {
                return;
            }
            let serving = Arc::clone(&self);
            // A browser that hangs up in the middle is what this is for.
            thread::spawn(move || serving.serve(stream).ok());
        }
    }

    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let Some(request) = Request::read(&stream)? else { return Ok(()) };
        let (road, exchanges) = self.road_of(&request);
        let file = self.state().files.get(request.plain_path()).cloned();
        match road {
            Road::Cut | Road::Held => Ok(()),
            Road::BadGateway => answer(&mut stream, "502 Bad Gateway", "text/plain", "bad gateway"),
            Road::Portal => answer(&mut stream, "200 OK", "text/html; charset=utf-8", PORTAL),
            Road::Forbidden => answer(&mut stream, "403 Forbidden", "application/json", FORBIDDEN),
            Road::HalfRequest => self.ask_half(&request, request.body.len() / 2),
            Road::HalfAnswer => {
                let whole = self.ask(&request, false)?;
                stream.write_all(whole.get(..whole.len() / 2).unwrap_or_default())
            }
            Road::Slow => self.slowly(&mut stream, &request),
            Road::Torn => self.torn(&mut stream, &request),
            Road::AnswerLost => self.ask(&request, false).map(drop),
            Road::Open if file.is_some() => {
                let file = file.as_ref().and_then(Option::as_deref);
                stream.write_all(&handed_out(request.plain_path(), file))
            }
            Road::Open if exchanges.is_empty() => stream.write_all(&self.ask(&request, false)?),
            Road::Open => stream.write_all(&exchanged(&self.ask(&request, true)?, &exchanges)),
        }
    }

    /// The road of a request, once it is one to travel.
    fn road_of(&self, request: &Request) -> (Road, Vec<Exchange>) {
        let mut state = self.state();
        state.passed.push(format!("{} {}", request.method, request.path));
        let path = request.plain_path();
        let leads_there = state.barrier.as_ref().is_some_and(|barrier| path.starts_with(&barrier.path));
        state.came_to_barrier += usize::from(leads_there);
        let turn = state.came_to_barrier;
        self.changed.notify_all();
        while state.road_to(path, turn) == Road::Held {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let exchanges = state.exchanges.iter().filter(|exchange| exchange.path == path).cloned().collect();
        (state.road_to(path, turn), exchanges)
    }

    /// Puts the request to the office and gives its whole answer.
    fn ask(&self, request: &Request, plain: bool) -> io::Result<Vec<u8>> {
        let mut office = TcpStream::connect(&self.office)?;
        let dropped: &[&str] = if plain {
            &["connection:", "accept-encoding:", "if-none-match:", "if-modified-since:"]
        } else {
            &["connection:"]
        };
        office.write_all(request.head_for(dropped).as_bytes())?;
        office.write_all(&request.body)?;
        let mut answer = Vec::new();
        office.read_to_end(&mut answer)?;
        Ok(answer)
    }

    /// So many bytes of the request's body reach the office.
    fn ask_half(&self, request: &Request, bytes: usize) -> io::Result<()> {
        let mut office = TcpStream::connect(&self.office)?;
        office.write_all(request.head_for(&["connection:"]).as_bytes())?;
        office.write_all(request.body.get(..bytes).unwrap_or(&request.body))?;
        office.shutdown(Shutdown::Write)?;
        // Whatever it says to that is heard by nobody.
        office.read_to_end(&mut Vec::new()).map(drop)
    }

    fn slowly(&self, stream: &mut TcpStream, request: &Request) -> io::Result<()> {
        self.pass(SLOW + SLOW_STEP * u32::try_from(request.body.len() / SLOW_BYTES).unwrap_or(0));
        for some in self.ask(request, false)?.chunks(SLOW_BYTES) {
            stream.write_all(some)?;
            self.pass(SLOW_STEP);
        }
        Ok(())
    }

    /// So much time passes, or the road is another one: a slow road is a matter of time.
    fn pass(&self, time: Duration) {
        let end = Deadline::after(time);
        let mut state = self.state();
        while !end.passed() && state.road == Road::Slow {
            let waited = self.changed.wait_timeout(state, end.left());
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn torn(&self, stream: &mut TcpStream, request: &Request) -> io::Result<()> {
        let (tears, at) = {
            let mut state = self.state();
            let tears = state.next().is_multiple_of(TORN_ONE_IN);
            state.torn += usize::from(tears);
            (tears, state.next())
        };
        let place = |length: usize| usize::try_from(at).unwrap_or(usize::MAX) % length.max(1);
        if tears && at.is_multiple_of(2) {
            return self.ask_half(request, place(request.body.len()));
        }
        let whole = self.ask(request, false)?;
        let end = if tears { place(whole.len()) } else { whole.len() };
        stream.write_all(whole.get(..end).unwrap_or_default())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Request {
    /// Its path without what is asked beside it.
    fn plain_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// Its first lines as the office gets them, without some.
    fn head_for(&self, dropped: &[&str]) -> String {
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
    fn read(stream: &TcpStream) -> io::Result<Option<Self>> {
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

fn answer(stream: &mut TcpStream, status: &str, kind: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
