//! Which sheet a file is an edition of, by its name: what tells one month's file from the next is left out of it. Whether
//! two files hold the same households is not asked here.

use crate::text;

/// Endings of files that hold sheets.
const ENDINGS: [&str; 5] = [".xlsx", ".xls", ".csv", ".ods", ".et"];

/// Words that tell editions of one sheet apart.
const WORDS: [&str; 19] = [
    "上半年",
    "下半年",
    "年度",
    "终稿",
    "定稿",
    "初稿",
    "草稿",
    "最终版",
    "最终",
    "最新版",
    "最新",
    "正式版",
    "修改版",
    "修改",
    "修订",
    "更新",
    "副本",
    "copy",
    "final",
];

/// What a number of an edition counts. 2分会 is another sheet than 1分会.
const COUNTED: [&str; 11] = ["年", "月份", "月", "日", "号", "季度", "季", "版", "稿", "次", "批"];

/// A file's name without its day, its month and its version: by it the sheet of one month is the same as the next
/// month's.
#[must_use]
pub fn sheet_of(file_name: &str) -> String {
    let mut name = text::squeeze(file_name).to_lowercase();
    if let Some(ending) = ENDINGS.iter().find(|ending| name.ends_with(*ending)) {
        name.truncate(name.len() - ending.len());
    }
    let name = WORDS.iter().fold(name, |name, word| name.replace(word, ""));
    let mut kept = String::new();
    let mut rest = name.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|sign| is_number(sign) != is_number(first)).unwrap_or(rest.len());
        let (run, mut after) = rest.split_at(end);
        match is_number(first) && counts_editions(run, after) {
            true => {
                let counted = COUNTED.iter().find_map(|counted| after.strip_prefix(counted));
                after = counted.unwrap_or(after);
                let before = kept.trim_end_matches(['第', 'v', 'q']).len();
                kept.truncate(before);
            }
            false => kept.extend(run.chars().filter(|sign| sign.is_alphanumeric())),
        }
        rest = after;
    }
    kept
}

/// Whether a file is one that was written under a name with its day: what people add to that name does not change it.
#[must_use]
pub fn comes_of(file_name: &str, written: &str) -> bool {
    let [name, written] = [file_name, written].map(|name| text::squeeze(name).to_lowercase());
    !written.is_empty() && name.contains(&written)
}

fn is_number(sign: char) -> bool {
    sign.is_ascii_digit() || "〇零一二三四五六七八九十".contains(sign)
}

/// Whether a number says which edition it is: a whole day, a month, a version, or one that counts nothing.
fn counts_editions(run: &str, after: &str) -> bool {
    run.len() >= 4 && run.chars().all(|sign| sign.is_ascii_digit())
        || COUNTED.iter().any(|counted| after.starts_with(counted))
        || !after.chars().next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_edition_is_the_same_sheet() {
        for name in [
            "花名册.csv",
            "花名册 2026-01.xlsx",
            "花名册20261101.xlsx",
            "花名册1月.xlsx",
            "花名册 12月份.xlsx",
            "花名册（一月）.xlsx",
            "2026年11月花名册.xls",
            "二〇二六年十一月花名册.xlsx",
            "花名册第三季度.xlsx",
            "2026年第3季度花名册.xlsx",
            "2026年上半年花名册.xlsx",
            "花名册(1).xlsx",
            "花名册 (2).xlsx",
            "花名册（１）.xlsx",
            "花名册终稿.xlsx",
            "花名册-最终版2.xlsx",
            "花名册 - 副本 (3).xlsx",
            "花名册v2.xlsx",
            "花名册_第二稿.xlsx",
        ] {
            assert_eq!(sheet_of(name), "花名册", "{name}");
        }
    }

    #[test]
    fn a_file_written_out_is_known_by_its_name() {
        let written = "花名册 青峰矿工会 2026-10-31";
        for (name, expected) in [
            ("花名册 青峰矿工会 2026-10-31.xlsx", true),
            ("花名册青峰矿工会2026-10-31 (1).csv", true),
            ("王海改 花名册 青峰矿工会 2026-10-31 - 副本.xlsx", true),
            ("花名册 青峰矿工会 2026-11-30.xlsx", false),
            ("花名册 2026-10-31.xlsx", false),
        ] {
            assert_eq!(comes_of(name, written), expected, "{name}");
        }
        assert!(!comes_of("花名册.xlsx", ""));
    }

    #[test]
    fn two_units_sheets_are_two() {
        for (name, expected) in [
            ("1分会花名册2026年10月.csv", "1分会花名册"),
            ("2分会花名册2026年11月.csv", "2分会花名册"),
            ("一矿花名册（二月）.xlsx", "一矿花名册"),
            ("二矿花名册（二月）.xlsx", "二矿花名册"),
            ("ours-2026-01.csv", "ours"),
            ("theirs-2026-01.csv", "theirs"),
            ("", ""),
        ] {
            assert_eq!(sheet_of(name), expected, "{name}");
        }
    }
}
