//! Cells that hold one of a few words: category, causes, sex, marriage, dwelling, sorts of events.

use crate::{
    synonyms::{CATEGORIES, CAUSES, DWELLINGS, EVENTS, MARITALS, SEXES},
    text,
};
use domain::{
    rules::Cause,
    value::{Dwelling, EventKind, Marital, Sex},
};

/// The union's own name of a category, from what a cell says. `None` where nobody knows it.
#[must_use]
pub fn category<'a>(written: &str, of_the_union: &'a [String]) -> Option<&'a str> {
    let key = text::key(written);
    by_name(&key, of_the_union).or_else(|| by_name(without_count(&key), of_the_union))
}

fn by_name<'a>(plain: &str, of_the_union: &'a [String]) -> Option<&'a str> {
    if plain.is_empty() {
        return None;
    }
    let named = |word: &str| of_the_union.iter().find(|name| text::key(name) == word).map(String::as_str);
    let in_groups = |word: &str| {
        let groups = CATEGORIES.iter().filter(|words| words.contains(&word));
        groups.flat_map(|words| words.iter()).find_map(|word| named(word))
    };
    // 困难职工家庭 and 困难 are the same to people; what is left is compared with the union's names cut likewise.
    let stem = |word: &str| {
        ["职工家庭", "职工", "家庭", "对象", "人员", "户"]
            .iter()
            .fold(word.to_owned(), |word, end| word.strip_suffix(end).map_or(word.clone(), str::to_owned))
    };
    let by_stem =
        || of_the_union.iter().find(|name| stem(&text::key(name)) == stem(plain)).map(String::as_str);
    named(plain).or_else(|| in_groups(plain)).or_else(|| in_groups(&stem(plain))).or_else(by_stem)
}

/// Without the number that people put before a choice: `1.特困户`, `一、特困户`.
fn without_count(key: &str) -> &str {
    let cut = key.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let rest =
        ["一", "二", "三", "四", "五", "六"].iter().find_map(|count| cut.strip_prefix(count)).unwrap_or(cut);
    // 一类困难 keeps its count.
    if rest.is_empty() || rest.starts_with(['类', '级', '档', '等', '本']) { cut } else { rest }
}

/// The causes that a cell names, each once with the words it is named by; none beside words that nobody knows.
#[must_use]
pub fn causes(written: &str) -> Vec<(String, Option<Cause>)> {
    if text::says_nothing(written) || text::says_none(written) {
        return Vec::new();
    }
    let whole = cause(written);
    let spaced = written.split_whitespace().collect::<Vec<_>>();
    let parts: Vec<&str> = match whole {
        Some(_) => vec![written],
        None if spaced.len() > 1 && spaced.iter().all(|part| cause(part).is_some()) => spaced,
        None => text::parts(written).collect(),
    };
    let mut named: Vec<(String, Option<Cause>)> = Vec::new();
    for part in parts.into_iter().filter(|part| !text::key(part).is_empty()) {
        let cause = cause(part).or_else(|| CAUSES.longest_inside(&text::key(part)));
        if cause.is_none() || named.iter().all(|(_, there)| *there != cause) {
            named.push((text::tidy(part), cause));
        }
    }
    named
}

fn cause(written: &str) -> Option<Cause> {
    let key = text::key(written);
    CAUSES.exactly(&key).or_else(|| CAUSES.exactly(without_count(&key)))
}

/// 性别.
#[must_use]
pub fn sex(written: &str) -> Option<Sex> {
    SEXES.exactly(&text::key(written))
}

/// 婚姻状况.
#[must_use]
pub fn marital(written: &str) -> Option<Marital> {
    let key = text::key(written);
    MARITALS.exactly(&key).or_else(|| {
        // 丧偶未再婚, 离异后再婚: the narrower words first; a single sign is too little.
        let long =
            |words: &[&'static str]| words.iter().any(|word| word.chars().count() > 1 && key.contains(word));
        MARITALS.lines().find(|(_, words)| long(words)).map(|(marital, _)| marital)
    })
}

/// 住房类型.
#[must_use]
pub fn dwelling(written: &str) -> Option<Dwelling> {
    DWELLINGS.inside(&text::key(written))
}

/// What sort of event a text tells of.
#[must_use]
pub fn event_kind(written: &str) -> EventKind {
    EVENTS.inside(&text::squeeze(written)).unwrap_or(EventKind::Other)
}

/// The two sets of categories that are shipped: the mines' six and the national three.
#[must_use]
pub fn shipped_categories() -> Vec<String> {
    ["特困户", "困难户", "准困难户", "困难边缘户", "大病职工", "帮扶助学", "深度困难", "相对困难", "意外致困"]
        .map(str::to_owned)
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_by_any_of_their_names() {
        let union = shipped_categories();
        for (input, expected) in [
            ("特困户", "特困户"),
            ("特 困 户", "特困户"),
            ("特困", "特困户"),
            ("1.特困户", "特困户"),
            ("特困户（低保）", "特困户"),
            ("困难", "困难户"),
            ("困难职工家庭", "困难户"),
            ("准困难", "准困难户"),
            ("边缘户", "困难边缘户"),
            ("大病", "大病职工"),
            ("助学", "帮扶助学"),
            ("深度困难职工", "深度困难"),
            ("意外致困户", "意外致困"),
            ("低保户", "-"),
            ("一类", "-"),
            ("", "-"),
        ] {
            assert_eq!(category(input, &union).unwrap_or("-"), expected, "{input:?}");
        }
        let own = ["一类困难职工".to_owned(), "低保户".to_owned()];
        assert_eq!(category("一类困难", &own), Some("一类困难职工"));
        assert_eq!(category("低保", &own), Some("低保户"));
        assert_eq!(category("特困", &own), None);
    }

    fn check_causes(input: &str, known: &[Cause], unknown: &[&str]) {
        let named = causes(input);
        let of: Vec<Cause> = named.iter().filter_map(|(_, cause)| *cause).collect();
        let others = named.iter().filter(|(_, cause)| cause.is_none()).map(|(word, _)| word.as_str());
        assert_eq!((of.as_slice(), others.collect::<Vec<_>>()), (known, unknown.to_vec()), "{input:?}");
    }

    #[test]
    fn causes_by_any_of_their_names() {
        check_causes("患重特大疾病", &[Cause::SevereIllness], &[]);
        check_causes("子女上学、意外事故", &[Cause::Schooling, Cause::Accident], &[]);
        check_causes("6.大病；8工伤", &[Cause::SevereIllness, Cause::Accident], &[]);
        check_causes("因病 因学", &[Cause::SevereIllness, Cause::Schooling], &[]);
        check_causes("下岗失业,下岗", &[Cause::LaidOff], &[]);
        check_causes("配偶患尿毒症", &[Cause::SevereIllness], &[]);
        check_causes("有劳动能力未就业", &[Cause::Unemployed], &[]);
        check_causes("无", &[], &[]);
        check_causes("某某", &[], &["某某"]);
    }

    #[test]
    fn other_words() {
        assert_eq!([sex("男"), sex(" 女性 "), sex("?")], [Some(Sex::Male), Some(Sex::Female), None]);
        for (input, expected) in [
            ("已婚", Some(Marital::Married)),
            ("离异", Some(Marital::Divorced)),
            ("离婚未再婚", Some(Marital::Divorced)),
            ("丧偶", Some(Marital::Widowed)),
            ("未婚", Some(Marital::Single)),
            ("初婚有配偶", Some(Marital::Married)),
            ("保密", None),
        ] {
            assert_eq!(marital(input), expected, "{input:?}");
        }
        assert_eq!(dwelling("自购商品房"), Some(Dwelling::Owned));
        assert_eq!(dwelling("租住公房"), Some(Dwelling::Public));
        assert_eq!(event_kind("2024年妻子做手术"), EventKind::Illness);
    }
}
