//! A road between the browser and the office that can be spoilt: cut, held up, answered by a stranger, or with words
//! of an answer exchanged. The office behind it stays the real one; what travels is not understood here.
//!
//! One request per connection, and whole answers only: enough for a browser, too slow for a measurement.

mod answers;
mod request;

use crate::deadline::Deadline;
use crate::failure::{Failure, Outcome};
use answers::{answer, exchanged, handed_out};
use request::Request;
use std::io::{self, Read, Write};
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
    /// A gateway takes no body of more bytes than this: 413, with a page of its own.
    TooLarge(usize),
    /// Half of the request reaches the office, and the connection is closed.
    HalfRequest,
    /// The office answers, or hands out a file, and its head and half of its body come back.
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

/// What a gateway says of a body that is too large for it.
pub const TOO_LARGE: &str = "<html><head><title>413 Request Entity Too Large</title></head></html>";

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
    torn: Vec<Torn>,
    chance: u64,
}

/// An exchange that was torn.
#[derive(Debug, Clone)]
pub struct Torn {
    /// `METHOD PATH`.
    pub request: String,
    /// On its way to the office; else the answer on its way back.
    pub there: bool,
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

    /// The exchanges that were torn, by chance or in halves, in order.
    pub fn torn(&self) -> Vec<Torn> {
        self.inner.state().torn.clone()
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
            Road::TooLarge(most) if request.body.len() > most => {
                answer(&mut stream, "413 Payload Too Large", "text/html", TOO_LARGE)
            }
            Road::HalfRequest => {
                self.tear(&request, true);
                self.ask_half(&request, request.body.len() / 2)
            }
            Road::HalfAnswer => {
                self.tear(&request, false);
                let file = file.as_ref().map(|file| handed_out(request.plain_path(), file.as_deref()));
                let whole = file.map_or_else(|| self.ask(&request, false), Ok)?;
                stream.write_all(half(&whole))
            }
            Road::Slow => self.slowly(&mut stream, &request),
            Road::Torn => self.torn(&mut stream, &request),
            Road::AnswerLost => self.ask(&request, false).map(drop),
            Road::Open | Road::TooLarge(_) if file.is_some() => {
                let file = file.as_ref().and_then(Option::as_deref);
                stream.write_all(&handed_out(request.plain_path(), file))
            }
            Road::Open | Road::TooLarge(_) if exchanges.is_empty() => {
                stream.write_all(&self.ask(&request, false)?)
            }
            Road::Open | Road::TooLarge(_) => {
                stream.write_all(&exchanged(&self.ask(&request, true)?, &exchanges))
            }
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

    /// Notes that this exchange is torn on its way there, or back.
    fn tear(&self, request: &Request, there: bool) {
        let request = format!("{} {}", request.method, request.path);
        self.state().torn.push(Torn { request, there });
    }

    fn torn(&self, stream: &mut TcpStream, request: &Request) -> io::Result<()> {
        let (tears, at) = {
            let mut state = self.state();
            (state.next().is_multiple_of(TORN_ONE_IN), state.next())
        };
        let place = |length: usize| usize::try_from(at).unwrap_or(usize::MAX) % length.max(1);
        let there = at.is_multiple_of(2);
        if tears {
            self.tear(request, there);
        }
        if tears && there {
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

/// The head of an answer and half of its body. What broke off in its head Chromium takes for an empty answer, over http.
fn half(whole: &[u8]) -> &[u8] {
    let head = whole.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4);
    whole.get(..head + whole.len().saturating_sub(head) / 2).unwrap_or_default()
}
