//! In words which browser on which system this is, of what the browser says of itself.
//!
//! Of a system there is the name alone: browsers no longer tell its version, they send a fixed one.

use super::said;
use ui::words::{self, me::MeWords};

/// A name, in the language of the screen where there are two.
#[derive(Clone, Copy)]
enum Name {
    Said(fn(MeWords) -> &'static str),
    Same(&'static str),
}
use Name::{Said, Same};

/// The mark of each browser; those that also bear another's mark come before it.
const BROWSERS: [(&str, Name); 24] = [
    ("wxwork", Said(MeWords::wecom)),
    ("MicroMessenger", Said(MeWords::wechat)),
    ("DingTalk", Said(MeWords::dingtalk)),
    ("HuaweiBrowser", Said(MeWords::huawei)),
    ("ArkWeb", Said(MeWords::huawei)),
    ("MiuiBrowser", Said(MeWords::xiaomi)),
    ("HeyTapBrowser", Said(MeWords::oppo)),
    ("VivoBrowser", Said(MeWords::vivo)),
    ("SamsungBrowser", Said(MeWords::samsung)),
    ("UCBrowser", Said(MeWords::uc)),
    ("QQBrowser", Said(MeWords::qq)),
    ("Quark", Said(MeWords::quark)),
    ("baiduboxapp", Said(MeWords::baidu)),
    ("EdgiOS", Same("Edge")),
    ("EdgA", Same("Edge")),
    ("Edg", Same("Edge")),
    ("OPR", Same("Opera")),
    ("FxiOS", Same("Firefox")),
    ("Firefox", Same("Firefox")),
    ("CriOS", Same("Chrome")),
    ("HeadlessChrome", Same("Chrome")),
    ("Chrome", Same("Chrome")),
    // What Safari calls its own version.
    ("Version", Same("Safari")),
    ("Safari", Same("Safari")),
];

const SYSTEMS: [(&str, Name); 9] = [
    ("HarmonyOS", Said(MeWords::harmony)),
    ("OpenHarmony", Said(MeWords::harmony)),
    ("Android", Said(MeWords::android)),
    ("iPhone", Same("iPhone")),
    ("iPad", Same("iPad")),
    ("Windows", Same("Windows")),
    ("Mac OS X", Same("macOS")),
    ("CrOS", Same("ChromeOS")),
    ("Linux", Same("Linux")),
];

/// `安卓 · Chrome 120`.
pub fn in_words(user_agent: &str) -> String {
    let words = words::me();
    let said = |name: Name| match name {
        Said(word) => word(words),
        Same(name) => name,
    };
    let system = SYSTEMS.iter().find(|(mark, _)| user_agent.contains(mark));
    let browser = BROWSERS.iter().find_map(|(mark, name)| Some((said(*name), version(user_agent, mark)?)));
    let (name, version) = browser.unwrap_or((words.unknown(), ""));
    said::joined([
        system.map_or(words.unknown(), |(_, name)| said(*name)).to_owned(),
        format!("{name} {version}").trim_end().to_owned(),
    ])
}

/// The first number behind a mark and a stroke; `None` where the mark is not there.
fn version<'a>(user_agent: &'a str, mark: &str) -> Option<&'a str> {
    let (_, after) = user_agent.split_once(&format!("{mark}/"))?;
    after.split(|letter: char| !letter.is_ascii_digit()).next()
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[track_caller]
    fn check(user_agent: &str, said: &str) {
        assert_eq!(in_words(user_agent).replace('\u{a0}', " "), said);
    }

    #[test]
    fn browsers_are_named_as_people_name_them() {
        const ANDROID: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)";
        const IPHONE: &str =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        check(&format!("{ANDROID} Chrome/120.0.0.0 Mobile Safari/537.36"), "安卓 · Chrome 120");
        check(
            &format!("{ANDROID} Chrome/99.0.4844.88 Mobile HuaweiBrowser/15.0.4.312 Safari/537.36"),
            "安卓 · 华为浏览器 15",
        );
        check(
            &format!("{ANDROID} Version/4.0 Chrome/100.0 MQQBrowser/14.1 Mobile Safari/537.36"),
            "安卓 · QQ 浏览器 14",
        );
        check(&format!("{ANDROID} Chrome/120.0.0.0 Mobile Safari/537.36 EdgA/120.0"), "安卓 · Edge 120");
        check(&format!("{IPHONE} Version/16.4 Mobile/15E148 Safari/604.1"), "iPhone · Safari 16");
        check(&format!("{IPHONE} CriOS/118.0 Mobile/15E148 Safari/604.1"), "iPhone · Chrome 118");
        check(&format!("{IPHONE} Mobile/15E148 MicroMessenger/8.0.42 wxwork/4.1.10"), "iPhone · 企业微信 4");
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
            "Linux · Firefox 115",
        );
        check("lynx", "其他 · 其他");
    }
}
