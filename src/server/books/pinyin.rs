//! A name in pinyin: its initials and its whole sound, in all readings (覃 = q, t), made once at the office and sent
//! along; and the order in which a register has its names.

use pinyin::{ToPinyin, ToPinyinMulti};

/// The most combinations kept: a name of four characters with two readings each.
const COMBINATIONS_MAX: usize = 16;

/// Surnames that are read otherwise than the sign mostly is.
const SURNAMES: [(char, &str); 16] = [
    ('单', "shan"),
    ('曾', "zeng"),
    ('覃', "qin"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('任', "ren"),
    ('查', "zha"),
    ('区', "ou"),
    ('朴', "piao"),
    ('盖', "ge"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('缪', "miao"),
    ('冼', "xian"),
    ('员', "yun"),
    ('逄', "pang"),
];

/// The initials of a name: `王秀英` → `["wxy"]`; `覃春勇` → `["qcy", "tcy"]`. Letters and digits stand
/// for themselves, other signs for nothing.
#[must_use]
pub fn initials(name: &str) -> Vec<String> {
    combined(name, |sound| sound.chars().take(1).collect())
}

/// The whole sound of a name: `覃春勇` → `["qinchunyong", "tanchunyong"]`.
#[must_use]
pub fn sounds(name: &str) -> Vec<String> {
    combined(name, str::to_owned)
}

/// What names are put in order by: sign by sign as they are read, those read alike by how they are written.
#[must_use]
pub fn order(name: &str) -> (Vec<String>, String) {
    let mut signs = name.chars().filter(|sign| !sign.is_whitespace());
    let first = signs.next().map(|sign| surname(sign).map_or_else(|| mostly(sign), str::to_owned));
    (first.into_iter().chain(signs.map(mostly)).collect(), name.to_owned())
}

/// How a sign is read as a surname, where that is otherwise.
fn surname(sign: char) -> Option<&'static str> {
    SURNAMES.iter().find(|(surname, _)| *surname == sign).map(|(_, sound)| *sound)
}

/// How a sign is mostly read.
fn mostly(sign: char) -> String {
    sign.to_pinyin().map_or_else(|| sign.to_lowercase().collect(), |sound| sound.plain().to_owned())
}

/// Every way to read a name, with a part of each sign's sound.
fn combined(name: &str, part: impl Fn(&str) -> String) -> Vec<String> {
    let mut all = vec![String::new()];
    for sign in name.chars() {
        let mut parts: Vec<String> = sounds_of(sign).iter().map(|sound| part(sound)).collect();
        // In the order of the alphabet; but a surname's reading is never among those that are cut.
        parts.sort_unstable();
        parts.dedup();
        let is_first = all.first().is_some_and(String::is_empty);
        if let Some(own) = surname(sign).filter(|_| is_first).map(&part) {
            parts.retain(|part| *part != own);
            parts.insert(0, own);
        }
        if parts.is_empty() {
            continue;
        }
        all = all.iter().flat_map(|start| parts.iter().map(move |part| format!("{start}{part}"))).collect();
        all.truncate(COMBINATIONS_MAX);
    }
    all.retain(|sound| !sound.is_empty());
    all
}

fn sounds_of(sign: char) -> Vec<String> {
    match sign.to_pinyin_multi() {
        Some(readings) => readings.into_iter().map(|reading| reading.plain().to_owned()).collect(),
        None => {
            sign.to_lowercase().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_string()).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    //! Names in all readings, and in their order.

    use super::{COMBINATIONS_MAX, initials, order, sounds};

    fn check(name: &str, expected: &[&str]) {
        let found = initials(name);
        for one in expected {
            assert!(found.iter().any(|initials| initials == one), "{name}: {found:?} lacks {one}");
        }
    }

    #[test]
    fn every_reading_is_found() {
        check("王秀英", &["wxy"]);
        check("覃春勇", &["qcy", "tcy"]);
        check("单文军", &["dwj", "swj"]);
        check("曾玉", &["cy", "zy"]);
        check("谭　超", &["tc"]);
        check("", &[]);
    }

    #[test]
    fn a_name_is_found_by_its_whole_sound() {
        assert_eq!(sounds("覃玉"), ["qinyu", "tanyu", "yanyu"]);
        assert!(sounds("单文军").contains(&"shanwenjun".to_owned()));
        assert_eq!(sounds("Li 2"), ["li2"]);
    }

    #[test]
    fn a_surname_s_reading_is_not_cut() {
        for sign in ['单', '和', '参'] {
            assert!(sounds(&sign.to_string()).len() > 2, "{sign}");
        }
        let found = sounds("单和参");
        assert!(found.len() == COMBINATIONS_MAX && found.contains(&"shanheshen".to_owned()), "{found:?}");
        assert_eq!(initials("单和参").first().map(String::as_str), Some("shc"));
    }

    #[test]
    fn names_stand_as_a_register_has_them() {
        let mut names = [
            "赵江",
            "覃国栋",
            "单玉琴",
            "曾玉",
            "安娜",
            "谭超",
            "李四",
            "李　三",
            "Bob",
            "钱一",
            "西安",
            "先",
        ];
        names.sort_by_key(|name| order(name));
        let expected = [
            "安娜",
            "Bob",
            "李　三",
            "李四",
            "钱一",
            "覃国栋",
            "单玉琴",
            "谭超",
            "西安",
            "先",
            "曾玉",
            "赵江",
        ];
        assert_eq!(names, expected);
    }
}
