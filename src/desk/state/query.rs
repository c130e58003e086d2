//! The part of an address behind `?`, written and read. Pure.

/// Reads `unit=…&search=…` into decoded pairs; what cannot be decoded is left out.
pub fn read(query: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decode(key)?, decode(value)?))
    };
    query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()).filter_map(pair).collect()
}

/// Writes pairs with a leading `?`, without those that are empty.
pub fn write(pairs: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (key, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(key);
        out.push('=');
        encode(value, &mut out);
    }
    out
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(core::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_is_written_is_read() {
        for value in ["覃斌", "a b&c=d", "100%", "schooling.unknown"] {
            let written = write(&[("search", value.to_owned()), ("show", String::new())]);
            assert_eq!(read(&written), [("search".to_owned(), value.to_owned())], "{written}");
        }
        assert_eq!(read("?a=%"), []);
        assert_eq!(write(&[]), "");
    }
}
