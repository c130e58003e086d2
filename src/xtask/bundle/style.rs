//! The style sheets, joined in a fixed order and stripped of what a browser does not need.
//!
//! Strips comments and white space only: no rule is rewritten, merged or dropped.

use crate::tree;
use crate::trouble::Trouble;

/// These first, in this order; the others follow by name.
const FIRST: [&str; 3] = ["tokens.css", "base.css", "parts.css"];

/// White space beside these means nothing.
const BREAKS: [char; 7] = ['{', '}', ';', ',', ' ', '\n', '\t'];

/// `style.css` for both apps, and `desk.css` for the desk alone if there is one.
pub fn sheets() -> Result<Vec<(String, String)>, Trouble> {
    let folder = tree::root().join("style");
    let mut paths: Vec<String> =
        tree::files(&folder)?.into_iter().filter(|path| path.ends_with(".css")).collect();
    paths.sort_by_key(|path| {
        (FIRST.iter().position(|first| first == path).unwrap_or(FIRST.len()), path.clone())
    });
    let mut sheets = vec![("style.css".to_owned(), String::new())];
    for path in paths {
        let text = String::from_utf8_lossy(&tree::read(&folder.join(&path))?).into_owned();
        if path == "desk.css" {
            sheets.push((path, strip(&text)));
        } else if let Some((_, joined)) = sheets.first_mut() {
            joined.push_str(&strip(&text));
        }
    }
    Ok(sheets)
}

/// Strips comments and white space outside strings. A space beside a combinator, a sign or a colon may mean something: kept.
fn strip(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            // A comment is no space, but it parts two words: kept, empty, where it does.
            let beside_space =
                out.is_empty() || out.ends_with(BREAKS) || rest.is_empty() || rest.starts_with(BREAKS);
            if !beside_space {
                out.push_str("/**/");
            }
        } else if letter == '"' || letter == '\'' {
            let (string, after) = rest.split_at(string_bytes(rest, letter));
            out.push_str(string);
            rest = after;
        } else {
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            push(&mut out, letter);
        }
    }
    out.trim_end().to_owned()
}

fn push(out: &mut String, letter: char) {
    match letter {
        letter if letter.is_whitespace() => space(out),
        '{' | '}' | ';' | ',' => {
            if out.ends_with(' ') {
                out.pop();
            }
            if letter == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(letter);
        }
        letter => out.push(letter),
    }
}

/// One space, where one can mean anything.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(BREAKS) {
        out.push(' ');
    }
}

/// The length of the string a text opens with, quotes included.
fn string_bytes(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn only_what_means_nothing_is_stripped() {
        let cases = [
            ("a {\n  color: red;\n  margin: 0 1px;\n}\n", "a{color: red;margin: 0 1px}"),
            ("/* note */ a , b > c { x: y }", "a,b > c{x: y}"),
            ("a :hover {}", "a :hover{}"),
            ("a { content: \"/* kept;  */ }\" }", "a{content: \"/* kept;  */ }\"}"),
            ("a { content: '\\'  '; }", "a{content: '\\'  '}"),
            ("a { width: calc(1px + 2px) }", "a{width: calc(1px + 2px)}"),
            (
                "@media (min-width: 1px) and (color) { a { x: y; } }",
                "@media (min-width: 1px) and (color){a{x: y}}",
            ),
            ("a/* one */.b{} c/* two */ d{}", "a/**/.b{}c d{}"),
        ];
        for (css, expected) in cases {
            assert_eq!(strip(css), expected, "{css}");
        }
    }
}
