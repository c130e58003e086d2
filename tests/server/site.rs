//! How the built apps are handed out: never by the API's paths, always with the headers that keep
//! strangers out. Whether they are built is `xtask`'s.

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
