//! Just enough of Rust's grammar for the rules: what is code and what is comment or string, where a block ends,
//! which part is tests. Keeps every line where it was.
//!
//! A scan, not a parser: it knows nothing of types or macros.

/// The text with comments and the contents of strings and characters blanked.
pub fn blanked(text: &str) -> String {
    blank(text, |_| true)
}

/// The text with only the comments blanked.
pub fn uncommented(text: &str) -> String {
    blank(text, |opening| opening == '/')
}

fn blank(text: &str, wanted: impl Fn(char) -> bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let end = quiet_end(&letters, at);
        if end > at {
            let hide = wanted(letters[at]);
            out.extend(
                letters[at..end].iter().map(|&letter| if hide && letter != '\n' { ' ' } else { letter }),
            );
            at = end;
        } else {
            out.push(letters[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment, string or character that opens at a place ends; the place itself if none does.
fn quiet_end(letters: &[char], at: usize) -> usize {
    let next = letters.get(at + 1).copied();
    let in_word = at > 0 && is_word(letters[at - 1]);
    match letters[at] {
        '/' if next == Some('/') => find(letters, at, |rest| rest.starts_with(&['\n'])),
        '/' if next == Some('*') => comment_end(letters, at),
        '"' => string_end(letters, at + 1),
        'r' if !in_word => raw_end(letters, at, at + 1),
        'b' | 'c' if !in_word && next == Some('r') => raw_end(letters, at, at + 2),
        '\'' if next == Some('\\') => find(letters, at + 3, |rest| rest.starts_with(&['\''])) + 1,
        '\'' if letters.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

fn find(letters: &[char], from: usize, found: impl Fn(&[char]) -> bool) -> usize {
    (from..letters.len()).find(|&place| found(&letters[place..])).unwrap_or(letters.len().saturating_sub(1))
}

fn comment_end(letters: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut place = at;
    while place < letters.len() {
        match letters.get(place..place + 2) {
            Some(['/', '*']) => (depth, place) = (depth + 1, place + 2),
            Some(['*', '/']) => (depth, place) = (depth - 1, place + 2),
            _ => place += 1,
        }
        if depth == 0 {
            return place;
        }
    }
    letters.len()
}

fn string_end(letters: &[char], from: usize) -> usize {
    let mut place = from;
    while let Some(letter) = letters.get(place) {
        match letter {
            '\\' => place += 2,
            '"' => return place + 1,
            _ => place += 1,
        }
    }
    letters.len()
}

/// `r"…"`, `r#"…"#`; a raw identifier `r#fn` is code.
fn raw_end(letters: &[char], at: usize, from: usize) -> usize {
    let hashes = letters[from..].iter().take_while(|&&letter| letter == '#').count();
    let open = from + hashes;
    if letters.get(open) != Some(&'"') {
        return at;
    }
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    (find(letters, open + 1, |rest| rest.starts_with(&close)) + close.len()).min(letters.len())
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The blanked code with every `#[cfg(test)]` item blanked too, and how many lines those were.
pub fn without_tests(code: &str) -> (String, usize) {
    const MARK: &str = "#[cfg(test)]";
    let mut code = code.to_owned();
    let mut lines = 0;
    while let Some(start) = code.find(MARK) {
        let end = item_end(&code, start + MARK.len());
        let item = &code[start..end];
        lines += item.lines().count();
        let blank: String = item.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blank);
    }
    (code, lines)
}

/// Where the item that opens at a place ends: at its `;`, or after its block.
pub fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0_i32;
    for (place, letter) in code[from..].char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ';' if depth == 0 => return from + place + 1,
            '{' if depth == 0 => return block_end(code, from + place),
            _ => {}
        }
    }
    code.len()
}

/// Where the block that opens at a place ends.
fn block_end(code: &str, from: usize) -> usize {
    let mut depth = 0_i32;
    for (place, letter) in code[from..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return from + place + 1;
        }
    }
    code.len()
}

/// The number of the line a place is on, from 1.
pub fn line(code: &str, place: usize) -> usize {
    code[..place].matches('\n').count() + 1
}

/// Every place where a word stands by itself.
pub fn places_of(code: &str, word: &str) -> Vec<usize> {
    let whole = |&(place, _): &(usize, &str)| {
        let before = code[..place].chars().next_back();
        let after = code[place + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    code.match_indices(word).filter(whole).map(|(place, _)| place).collect()
}

/// The identifier a text opens with.
pub fn leading_word(text: &str) -> &str {
    let end = text.find(|letter| !is_word(letter)).unwrap_or(text.len());
    &text[..end]
}

#[test]
fn comments_and_strings_are_not_code() {
    for (text, expected) in [
        ("a // b\nc", "a     \nc"),
        ("a /* b /* c */ d */ e", "a                   e"),
        (r#"f("x { \" y") }"#, "f(          ) }"),
        (r##"f(r#"x " { "#) }"##, "f(           ) }"),
        ("let c = '{'; let d = '\\''; fn e<'a>() {}", "let c =    ; let d =     ; fn e<'a>() {}"),
        ("r#fn br\"{\" + x", "r#fn       + x"),
        ("var\"{\"", "var   "),
    ] {
        assert_eq!(blanked(text), expected, "{text}");
    }
}

#[test]
fn test_items_are_blanked_and_counted() {
    let code = "a\n#[cfg(test)]\nmod tests {\n  fn x() { }\n}\nb\n#[cfg(test)]\nmod more;\nc";
    let (rest, lines) = without_tests(code);
    assert_eq!(rest.split_whitespace().collect::<String>(), "abc");
    assert_eq!((lines, rest.lines().count()), (6, 9));
}
