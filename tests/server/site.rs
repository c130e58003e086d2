//! How the built apps are handed out: never by the API's paths, always with the headers that keep
//! strangers out. Whether they are built is `xtask`'s.

use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt as _;

use crate::world::World;

#[tokio::test]
async fn every_page_and_file_keeps_strangers_out() {
    let world = World::new("site_headers").await;
    for path in
        ["/", "/desk", "/desk/households", "/join", "/sw.js", "/assets/absent-0123.js", "/index.html.br"]
    {
        let answer = world.stranger().get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn what_is_absent_is_absent_and_nothing_is_written_by_a_page() {
    let world = World::new("site_absent").await;
    let mut browser = world.stranger();
    assert_eq!(browser.get("/assets/absent-0123.js").await.status, 404);
    assert_eq!(browser.get("/index.html.br").await.status, 404);
    assert_eq!(browser.get("/../Cargo.toml").await.status, 404);
    assert_eq!(browser.post("/", &()).await.status, 405);
}

/// Any other type, or a parameter behind it, and a browser does not compile while it loads, or not at all.
#[tokio::test]
async fn every_wasm_is_handed_out_as_wasm_packed_or_not() {
    let folder = kit::place::target().join("site/assets");
    let files = std::fs::read_dir(&folder).into_iter().flatten().map(|file| file.unwrap().file_name());
    let files: Vec<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    let modules: Vec<&String> = files.iter().filter(|name| name.ends_with(".wasm")).collect();
    assert_eq!(modules.len(), 2, "the apps are not built: `cargo xtask build` first; {files:?}");
    let world = World::new("site_wasm").await;
    for module in modules {
        for (taken, twin) in [("identity", ""), ("gzip", ".gz"), ("gzip, deflate, br", ".br")] {
            let request = Request::get(format!("/assets/{module}")).header("accept-encoding", taken);
            let answer = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let header =
                |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            let packed = !twin.is_empty() && files.contains(&format!("{module}{twin}"));
            let encoding = packed.then(|| taken.rsplit(' ').next().unwrap_or_default().to_owned());
            assert_eq!(answer.status(), 200, "{module}, {taken}");
            assert_eq!(header("content-type").as_deref(), Some("application/wasm"), "{module}, {taken}");
            assert_eq!(header("content-encoding"), encoding, "{module}, {taken}");
        }
    }
}
