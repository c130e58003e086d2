//! The kit's own test of the proxy: what each road does to a request. It needs no browser and nothing of the product.

mod site;

use kit::failure::{Failure, Outcome};
use kit::proxy::{Barrier, Exchange, FORBIDDEN, Files, PORTAL, Proxy, Road, TOO_LARGE};
use site::{File, Site};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;

fn proxy() -> Outcome<Proxy> {
    let script = File { headers: "content-type: text/javascript\r\n", body: b"var V = \"old\";".to_vec() };
    let site = Site::serve(vec![("/", File::page("one")), ("/sw.js", script)]);
    Proxy::before(&site.map_err(Failure::disk("127.0.0.1"))?.at(""))
}

/// What comes back, status line and body.
fn got(proxy: &Proxy, path: &str) -> Outcome<(String, String)> {
    asked(proxy, &format!("GET {path} HTTP/1.1\r\n\r\n"))
}

/// What comes back to a whole request.
fn asked(proxy: &Proxy, request: &str) -> Outcome<(String, String)> {
    let host = proxy.address().trim_start_matches("http://").to_owned();
    let asked = TcpStream::connect(&host).and_then(|mut stream| {
        stream.write_all(request.as_bytes())?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    });
    let text = asked.map_err(Failure::disk(host))?;
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
    Ok((head.lines().next().unwrap_or_default().to_owned(), body.to_owned()))
}

#[test]
fn each_road_does_what_it_says() -> Outcome {
    let proxy = proxy()?;
    let check = |road, status: &str, body: &str| -> Outcome {
        proxy.set_road(road);
        assert_eq!(got(&proxy, "/")?, (status.to_owned(), body.to_owned()), "{road:?}");
        Ok(())
    };
    check(Road::Open, "HTTP/1.1 200 OK", "one")?;
    check(Road::Cut, "", "")?;
    check(Road::AnswerLost, "", "")?;
    check(Road::BadGateway, "HTTP/1.1 502 Bad Gateway", "bad gateway")?;
    check(Road::Portal, "HTTP/1.1 200 OK", PORTAL)?;
    check(Road::Forbidden, "HTTP/1.1 403 Forbidden", FORBIDDEN)?;
    check(Road::HalfRequest, "", "")?;
    check(Road::Open, "HTTP/1.1 200 OK", "one")?;
    assert_eq!(proxy.passed().len(), 8);
    Ok(())
}

#[test]
fn half_an_answer_is_less_than_one() -> Outcome {
    let proxy = proxy()?;
    proxy.set_road(Road::HalfAnswer);
    let (_, body) = got(&proxy, "/sw.js")?;
    assert!("var V = \"old\";".starts_with(&body) && body.len() < 14, "{body}");
    Ok(())
}

#[test]
fn a_body_over_the_limit_is_too_large() -> Outcome {
    let proxy = proxy()?;
    proxy.set_road(Road::TooLarge(100));
    let put = "x".repeat(101);
    let refused = asked(&proxy, &format!("POST / HTTP/1.1\r\ncontent-length: {}\r\n\r\n{put}", put.len()))?;
    assert_eq!(refused, ("HTTP/1.1 413 Payload Too Large".to_owned(), TOO_LARGE.to_owned()));
    assert_eq!(got(&proxy, "/")?, ("HTTP/1.1 200 OK".to_owned(), "one".to_owned()));
    Ok(())
}

#[test]
fn one_in_twenty_is_torn() -> Outcome {
    let proxy = proxy()?;
    proxy.set_road(Road::Torn);
    let whole = ("HTTP/1.1 200 OK".to_owned(), "one".to_owned());
    let mut broken = 0;
    for _ in 0..200 {
        broken += usize::from(got(&proxy, "/")? != whole);
    }
    let torn = proxy.torn();
    assert!((1..40).contains(&torn.len()), "{torn:?}");
    assert_eq!(broken, torn.len());
    assert!(torn.iter().any(|torn| torn.there) && torn.iter().any(|torn| !torn.there), "{torn:?}");
    Ok(())
}

#[test]
fn a_slow_road_takes_its_time_until_it_is_another() -> Outcome {
    let proxy = proxy()?;
    proxy.set_road(Road::Slow);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| got(&proxy, "/"));
        proxy.wait_count("GET /", 1)?;
        assert!(!waiting.is_finished());
        proxy.set_road(Road::Open);
        let slow = waiting
            .join()
            .map_err(|_| Failure::Closed { method: "slow".into(), why: "it panicked".into() })?;
        assert_eq!(slow?.1, "one");
        Ok(())
    })
}

#[test]
fn what_is_held_up_goes_on() -> Outcome {
    let proxy = proxy()?;
    proxy.set_road(Road::Held);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| got(&proxy, "/"));
        proxy.set_road(Road::Open);
        let held = waiting
            .join()
            .map_err(|_| Failure::Closed { method: "held".into(), why: "it panicked".into() })?;
        assert_eq!(held?.1, "one");
        Ok(())
    })
}

#[test]
fn words_of_one_answer_are_exchanged() -> Outcome {
    let proxy = proxy()?;
    let exchange = Exchange { path: "/sw.js".into(), from: "\"old\"".into(), to: "\"another\"".into() };
    proxy.set_exchanges(vec![exchange]);
    assert_eq!(got(&proxy, "/sw.js?x=1")?.1, "var V = \"another\";");
    assert_eq!(got(&proxy, "/")?.1, "one");
    proxy.set_exchanges(Vec::new());
    assert_eq!(got(&proxy, "/sw.js")?.1, "var V = \"old\";");
    Ok(())
}

#[test]
fn files_are_handed_out_and_gone() -> Outcome {
    let proxy = proxy()?;
    let files = [("/sw.js".to_owned(), Some(b"another".to_vec())), ("/".to_owned(), None)];
    proxy.set_files(Files::from(files));
    assert_eq!(got(&proxy, "/sw.js?x=1")?, ("HTTP/1.1 200 OK".to_owned(), "another".to_owned()));
    assert_eq!(got(&proxy, "/")?, ("HTTP/1.1 404 Not Found".to_owned(), String::new()));
    proxy.set_road(Road::Cut);
    assert_eq!(got(&proxy, "/sw.js")?, (String::new(), String::new()), "no road, no file");
    proxy.set_road(Road::Open);
    proxy.set_files(Files::new());
    assert_eq!(got(&proxy, "/sw.js")?.1, "var V = \"old\";");
    Ok(())
}

#[test]
fn a_barrier_comes_down_on_one_path_after_so_many() -> Outcome {
    let proxy = proxy()?;
    proxy.set_barrier(Some(Barrier { path: "/sw".into(), after: 1, road: Road::BadGateway }));
    assert_eq!(got(&proxy, "/sw.js")?.1, "var V = \"old\";");
    assert_eq!(got(&proxy, "/sw.js")?.1, "bad gateway");
    assert_eq!(got(&proxy, "/")?.1, "one");
    proxy.wait_count("GET /sw", 2)?;
    assert_eq!((proxy.count("GET /sw"), proxy.count("GET /")), (2, 3));
    proxy.set_barrier(None);
    assert_eq!(got(&proxy, "/sw.js")?.1, "var V = \"old\";");
    Ok(())
}
