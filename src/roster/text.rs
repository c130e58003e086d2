//! Text as people type it into cells, made plain: half-width, without stray blanks. Knows no column.

/// The half-width form of a full-width sign, and the sign one means where several look alike.
#[must_use]
pub fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '【' | '〔' => '(',
        '】' | '〕' => ')',
        '—' | '–' | '―' | '‐' | '‑' | '−' => '-',
        '•' | '・' | '‧' | '∙' | '●' => '·',
        _ => sign,
    }
}

/// The half-width form of a full-width digit, letter or stroke: an ID number or a telephone as everybody else writes it.
#[must_use]
pub fn half_width_digit(sign: char) -> char {
    let is_wide = matches!(sign, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '＋');
    if is_wide { half_width(sign) } else { sign }
}

/// Signs that show nothing: they come along when people copy from web pages and chats.
const fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Half-width, without any blank.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|sign| !is_unseen(*sign))
        .map(half_width)
        .filter(|sign| !sign.is_whitespace() && !sign.is_control())
        .collect()
}

/// Trimmed, digits and letters half-width, every run of blanks and line ends one blank.
#[must_use]
pub fn tidy(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|sign| !is_unseen(*sign))
        .map(|sign| match sign {
            // Marks of Chinese prose stay as they are.
            '，' | '；' | '：' | '！' | '？' | '（' | '）' | '—' => sign,
            _ => half_width(sign),
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key to look words up by: squeezed, lower case, without what stands in brackets and without marks.
#[must_use]
pub fn key(text: &str) -> String {
    let mut depth = 0_u32;
    let mut key = String::new();
    for sign in squeeze(text).chars() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if sign.is_alphanumeric() => key.extend(sign.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// Whether it is a Chinese character.
#[must_use]
pub const fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether a cell says in words that there is nothing of it (as against a cell left empty).
#[must_use]
pub fn says_none(text: &str) -> bool {
    matches!(
        squeeze(text).as_str(),
        "无" | "没有" | "暂无" | "无子女" | "未育" | "无电话" | "无重大情况" | "none"
    )
}

/// Whether a cell holds nothing but a stroke or a word for not knowing.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    let plain = squeeze(text);
    plain.chars().all(|sign| !sign.is_alphanumeric())
        || matches!(plain.as_str(), "不详" | "未知" | "不清楚" | "不明" | "待查" | "n/a" | "N/A" | "未填")
}

/// Splits a list in a cell: 、 , ; / and line ends; parts that are blank are left out.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', '/', '／', '\\', '|', '｜', '\n', '\r', '+', '＋'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The number a Chinese numeral up to 99 says: 三 = 3, 十二 = 12.
#[must_use]
pub fn numeral(text: &str) -> Option<u8> {
    let digit = |sign: char| "〇一二三四五六七八九".chars().position(|one| one == sign);
    let signs: Vec<char> = text.chars().map(|sign| if sign == '零' { '〇' } else { sign }).collect();
    let value = match signs.as_slice() {
        ['十'] => 10,
        ['十', ones] => 10 + digit(*ones)?,
        [tens, '十'] => digit(*tens)? * 10,
        [tens, '十', ones] => digit(*tens)? * 10 + digit(*ones)?,
        ['两'] => 2,
        [ones] => digit(*ones)?,
        _ => return None,
    };
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: (&str, &str, &str)) {
        assert_eq!(
            (squeeze(input).as_str(), tidy(input).as_str(), key(input).as_str()),
            expected,
            "{input:?}"
        );
    }

    #[test]
    fn text_becomes_plain() {
        check("谭　超", ("谭超", "谭 超", "谭超"));
        check(" 家庭年收入（元） ", ("家庭年收入(元)", "家庭年收入（元）", "家庭年收入"));
        check("１５０１\u{200b}５２", ("150152", "150152", "150152"));
        check("*姓\n名：", ("*姓名:", "*姓 名：", "姓名"));
        check("Tel. No.", ("Tel.No.", "Tel. No.", "telno"));
    }

    #[test]
    fn numerals_are_read() {
        for (input, expected) in [
            ("三", Some(3)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("三十一", Some(31)),
            ("年", None),
        ] {
            assert_eq!(numeral(input), expected, "{input}");
        }
    }
}
