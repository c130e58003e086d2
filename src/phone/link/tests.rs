//! What is an answer of the office, and what only looks like one.

use super::{LinkError, read};
use protocol::sign_in::{Refusal, RefusalCode};

fn check(status: u16, json: bool, text: &str, expected: Result<u32, LinkError>) {
    assert_eq!(read::<u32>(status, json, text), expected, "{status} {text}");
}

#[test]
fn only_the_office_is_believed() {
    let elsewhere = |status| Err(LinkError::NotTheOffice { status });
    let refused = |code| Err(LinkError::Refused(Refusal { code, retry_after_ms: None }));
    check(200, true, "7", Ok(7));
    check(200, false, "<html>请登录无线网</html>", elsewhere(200));
    check(200, true, "<html>", elsewhere(200));
    check(200, false, "7", elsewhere(200));
    check(401, true, r#"{"code":"sign_in_needed"}"#, refused(RefusalCode::SignInNeeded));
    check(401, false, "<html>", elsewhere(401));
    check(413, false, "<html>", Err(LinkError::TooLarge));
    check(413, true, r#"{"code":"too_large"}"#, Err(LinkError::TooLarge));
    check(500, true, r#"{"code":"office_failed"}"#, refused(RefusalCode::OfficeFailed));
    check(502, false, "Bad Gateway", elsewhere(502));
    check(500, true, r#"{"code":"a word of a newer office"}"#, elsewhere(500));
}
