//! Names of people: blanks inside them, remarks behind them, several in a cell, telephones along with them.

use crate::{telephone, text};

/// A name as it is kept, and what stood in brackets behind it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Name {
    /// The name.
    pub text: String,
    /// What stood in brackets.
    pub remark: String,
    /// Whether it looks like no name: digits, or too long.
    pub is_odd: bool,
}

/// Reads a cell with one name. Blanks between Chinese signs go; between letters one stays.
#[must_use]
pub fn read(written: &str) -> Name {
    if text::says_nothing(written) {
        return Name::default();
    }
    let mut name = String::new();
    let mut remark = String::new();
    let mut depth = 0_u32;
    for sign in text::tidy(written).chars().map(text::half_width) {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => remark.push(sign),
            '.' | '·' if name.chars().last().is_some_and(text::is_han) => name.push('·'),
            _ => name.push(sign),
        }
    }
    let text = join(&name);
    let count = text.chars().count();
    let is_odd =
        count > 40 || text.chars().any(|sign| sign.is_ascii_digit()) || (count < 2 && !text.is_empty());
    Name { text, remark, is_odd }
}

/// What is said of children, and is in nobody's name.
const TOLD_OF_CHILDREN: [&str; 26] = [
    "在读", "就读", "上学", "读书", "读大", "读高", "读初", "读小", "大学", "大专", "中学", "小学", "高中",
    "初中", "幼儿", "毕业", "已婚", "未婚", "结婚", "出嫁", "打工", "务工", "工作", "待业", "无业", "参军",
];

/// What a child is to the worker, where it stands for a name.
const CHILDREN: [&str; 16] = [
    "儿子", "女儿", "长子", "次子", "三子", "长女", "次女", "三女", "独子", "独女", "大儿", "小儿", "二儿",
    "一儿", "一子", "一女",
];

/// Whether a cell for names of children tells of them instead: `儿子在读大学，女儿已婚`, `一儿一女`. What stands in brackets
/// behind a name is no matter.
#[must_use]
pub fn is_told(written: &str) -> bool {
    let is_name = |part: &str| {
        let name = read(part).text;
        let tells = TOLD_OF_CHILDREN.iter().any(|word| name.contains(word));
        let is_nobody = CHILDREN.iter().any(|word| {
            name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || CHILDREN.contains(&rest))
        });
        !tells && !is_nobody
    };
    text::parts(written).any(|part| !is_name(part))
}

/// Takes out blanks that do not stand between two letters of an alphabet, and marks at the ends.
fn join(name: &str) -> String {
    let name = name.trim_matches(|sign: char| !sign.is_alphanumeric());
    let signs: Vec<char> = name.chars().collect();
    let near = |at: usize| signs.get(at).is_some_and(|sign| sign.is_alphanumeric() && !text::is_han(*sign));
    let stays = |at: usize, sign: char| !sign.is_whitespace() || (at > 0 && near(at - 1) && near(at + 1));
    signs.iter().enumerate().filter(|(at, sign)| stays(*at, **sign)).map(|(_, sign)| *sign).collect()
}

/// Reads a cell with names and perhaps telephones: `张三13912345678、李四`.
#[must_use]
pub fn several(written: &str) -> Vec<(String, Option<String>)> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for part in text::parts(written) {
        let plain: String = part.chars().map(text::half_width).collect();
        let words: String =
            plain.chars().map(|sign| if sign.is_ascii_digit() { ' ' } else { sign }).collect();
        let number =
            telephone::numbers(&plain).into_iter().map(|(number, _)| number).find(|number| number.len() > 5);
        // Blanks part names only where every part is one: 张 三 is one name, 张三 李四 are two.
        let blanks: Vec<&str> = words.split_whitespace().collect();
        let is_list = blanks.len() > 1 && blanks.iter().all(|name| name.chars().count() >= 2);
        let names: Vec<String> = if is_list {
            blanks.iter().map(|name| read(name).text).collect()
        } else {
            vec![read(words.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != ')')).text]
        };
        let mut names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        match (names.pop(), number) {
            (Some(last), number) => {
                found.extend(names.into_iter().map(|name| (name, None)));
                found.push((last, number));
            }
            // A telephone after a separator belongs to the name before it.
            (None, Some(number)) => {
                if let Some(before) = found.iter_mut().find(|(_, telephone)| telephone.is_none()) {
                    before.1 = Some(number);
                }
            }
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(read(input).text, expected, "{input:?}");
    }

    #[test]
    fn names_lose_their_blanks() {
        check("谭　超", "谭超");
        check("夏  凤", "夏凤");
        check(" 欧阳\n建国 ", "欧阳建国");
        check("张三（户主）", "张三");
        check("买买提.艾力", "买买提·艾力");
        check("买买提•艾力", "买买提·艾力");
        check("Anna  Maria Li", "Anna Maria Li");
        check("-", "");
        check("张三*", "张三");
        assert_eq!(read("张三(已故)").remark, "已故");
        assert!(read("张3").is_odd && read("王").is_odd && !read("谭　超").is_odd);
    }

    #[test]
    fn what_is_told_of_children_is_no_name() {
        for (input, expected) in [
            ("儿子在读大学，女儿已婚", true),
            ("一儿一女", true),
            ("儿子、女儿", true),
            ("长子张小山 市一中高中", true),
            ("张小山（大学在读）、张小水", false),
            ("张学文", false),
            ("李子女", false),
            ("张小山、张小水", false),
            ("", false),
        ] {
            assert_eq!(is_told(input), expected, "{input:?}");
        }
    }

    fn check_several(input: &str, expected: &[(&str, &str)]) {
        let found = several(input);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(name, number)| (name.as_str(), number.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(found, expected, "{input:?}");
    }

    #[test]
    fn names_and_telephones_in_a_cell() {
        check_several("张三、李四、王五", &[("张三", ""), ("李四", ""), ("王五", "")]);
        check_several("张三 李四", &[("张三", ""), ("李四", "")]);
        check_several("张 三", &[("张三", "")]);
        check_several("张三13912345678", &[("张三", "13912345678")]);
        check_several(
            "张三（13912345678）、李四 138-1234-5678",
            &[("张三", "13912345678"), ("李四", "13812345678")],
        );
        check_several(
            "张三\n13912345678\n李四\n13812345678",
            &[("张三", "13912345678"), ("李四", "13812345678")],
        );
        check_several("", &[]);
    }
}
