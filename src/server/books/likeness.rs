//! In what two households are alike, as somebody looks who is about to open a file. Pure.
//!
//! It never says that two are the same: a person looks, and decides.

use std::collections::BTreeSet;

use domain::slot::{Slot, Value, Values};
use pinyin::ToPinyinMulti;
use protocol::office::Likeness;

/// A longer word finds nobody, and no index of PostgreSQL takes it.
const WORD_BYTES_MAX: usize = 1_000;

/// The fewest digits of a number that two households do not share by chance.
const DIGITS_MIN: usize = 6;
/// The fewest signs of an address without a house number.
const PLACE_MIN: usize = 4;

/// What of a household is held against others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    id_hash: Option<String>,
    name: String,
    numbers: Vec<String>,
    place: Place,
}

/// An address without its punctuation: `红旗小区48栋3单元302` and `红旗小区 48-3-302 室` are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    words: String,
    numbers: Vec<String>,
}

impl Traits {
    /// Those of these texts; `telephones` holds numbers with blanks between them.
    #[must_use]
    pub fn new(name: &str, telephones: &str, address: &str) -> Self {
        let numbers = telephones.split([' ', ',', '、']).map(number);
        Self {
            id_hash: None,
            name: squeezed(name),
            numbers: numbers.filter(|number| number.len() >= DIGITS_MIN).collect(),
            place: Place::of(address),
        }
    }

    /// Those of what somebody states.
    #[must_use]
    pub fn stated(values: &Values) -> Self {
        let name = match values.get(&Slot::Name) {
            Some(Value::Name(name)) => name.text.as_str(),
            _ => "",
        };
        let address = match values.get(&Slot::Address) {
            Some(Value::Address(address)) => address.text.as_str(),
            _ => "",
        };
        let telephones: Vec<&str> = match values.get(&Slot::Telephone) {
            Some(Value::Telephone(value)) => value.numbers.iter().map(|one| one.number.as_str()).collect(),
            _ => Vec::new(),
        };
        Self::new(name, &telephones.join("、"), address)
    }

    /// The same with the fingerprint of an ID number.
    #[must_use]
    pub fn with_id(self, id_hash: Option<String>) -> Self {
        Self { id_hash, ..self }
    }

    /// Whether there is nothing to hold against others.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.id_hash.is_none() && self.name.is_empty() && self.numbers.is_empty() && self.place.is_vague()
    }

    /// The words under which a household is kept, and those like it are looked for: two that are alike share one, but
    /// for the ID number, which has an index of its own.
    #[must_use]
    pub fn words(&self) -> BTreeSet<String> {
        let name = (!self.name.is_empty()).then(|| format!("name {}", self.name));
        let numbers = self.numbers.iter().map(|number| format!("number {number}"));
        let place = (!self.place.is_vague())
            .then(|| format!("place {} {}", self.place.words, self.place.numbers.join(" ")));
        let sounds = sounds(&self.name).into_iter().map(|sound| format!("sound {sound}"));
        let words = name.into_iter().chain(numbers).chain(place).chain(sounds);
        words.filter(|word| word.len() <= WORD_BYTES_MAX).collect()
    }

    /// The fingerprint of the ID number.
    #[must_use]
    pub fn id_hash(&self) -> Option<&str> {
        self.id_hash.as_deref()
    }

    /// In what these are alike, the strongest first.
    #[must_use]
    pub fn alike(&self, other: &Self) -> Vec<Likeness> {
        let same_name = !self.name.is_empty() && self.name == other.name;
        let found = [
            (Likeness::IdNumber, self.id_hash.is_some() && self.id_hash == other.id_hash),
            (Likeness::Telephone, self.numbers.iter().any(|number| other.numbers.contains(number))),
            (Likeness::Name, same_name),
            (Likeness::Sound, !same_name && sound_alike(&self.name, &other.name)),
            (Likeness::Address, !self.place.is_vague() && self.place == other.place),
        ];
        found.into_iter().filter(|(_, is_so)| *is_so).map(|(likeness, _)| likeness).collect()
    }
}

impl Place {
    fn of(address: &str) -> Self {
        let address: String = address.chars().map(half_width).collect();
        let numbers = address.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty());
        let words = address.split(|sign: char| sign.is_ascii_digit()).next().unwrap_or_default();
        Self { words: squeezed(words), numbers: numbers.map(str::to_owned).collect() }
    }

    /// Too little to tell two homes apart.
    fn is_vague(&self) -> bool {
        self.words.is_empty() || (self.numbers.is_empty() && self.words.chars().count() < PLACE_MIN)
    }
}

/// Letters, signs and digits alone, in half width, small.
fn squeezed(text: &str) -> String {
    text.chars().map(half_width).filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn half_width(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    }
}

/// The digits of a number without the country's: `+86 199-0000-1234` is `19900001234`.
fn number(text: &str) -> String {
    let digits: String = squeezed(text).chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("86") {
        Some(own) if own.len() == 11 => own.to_owned(),
        _ => digits,
    }
}

/// Whether two names can be read the same, sign by sign.
fn sound_alike(one: &str, other: &str) -> bool {
    let same = |(one, other): (char, char)| {
        one == other || readings(one).iter().any(|reading| readings(other).contains(reading))
    };
    one.chars().count() == other.chars().count() && one.chars().count() > 1 && {
        one.chars().zip(other.chars()).all(same)
    }
}

/// The most ways to read one name that are kept: a name of three signs has seldom more than four.
const SOUNDS_MAX: usize = 64;

/// Every way to read a name; of a sign that is not read, the sign itself.
fn sounds(name: &str) -> Vec<String> {
    let signs: Vec<char> = name.chars().collect();
    if signs.len() < 2 {
        return Vec::new();
    }
    let mut sounds = vec![String::new()];
    for sign in signs {
        let mut ways: BTreeSet<String> = readings(sign).into_iter().map(str::to_owned).collect();
        if ways.is_empty() {
            ways.insert(sign.to_string());
        }
        let longer = |sound: &String| ways.iter().map(|way| format!("{sound} {way}")).collect::<Vec<_>>();
        sounds = sounds.iter().flat_map(longer).take(SOUNDS_MAX).collect();
    }
    sounds
}

fn readings(sign: char) -> Vec<&'static str> {
    sign.to_pinyin_multi().map_or_else(Vec::new, |all| all.into_iter().map(|one| one.plain()).collect())
}

#[cfg(test)]
mod tests {
    use super::Traits;
    use protocol::office::Likeness::{self, Address, IdNumber, Name, Sound, Telephone};

    #[track_caller]
    fn check(one: [&str; 3], other: [&str; 3], expected: &[Likeness]) {
        let [one, other] =
            [one, other].map(|[name, telephones, address]| Traits::new(name, telephones, address));
        assert_eq!(one.alike(&other), expected, "{one:?} {other:?}");
        assert_eq!(other.alike(&one), expected, "the other way round");
        let shares_a_word = !one.words().is_disjoint(&other.words());
        assert_eq!(shares_a_word, !expected.is_empty(), "{:?} {:?}", one.words(), other.words());
    }

    #[test]
    fn names() {
        check(["王秀英", "", ""], ["王　秀英", "", ""], &[Name]);
        check(["王秀英", "", ""], ["王秀瑛", "", ""], &[Sound]);
        check(["覃春勇", "", ""], ["秦春勇", "", ""], &[Sound]);
        check(["王秀英", "", ""], ["王秀芳", "", ""], &[]);
        check(["王秀英", "", ""], ["王秀", "", ""], &[]);
        check(["", "", ""], ["", "", ""], &[]);
        check(["英", "", ""], ["瑛", "", ""], &[]);
    }

    #[test]
    fn telephones() {
        check(["", "19900001234", ""], ["", "0773-2100000 19900001234", ""], &[Telephone]);
        check(["", "+86 199", ""], ["", "199", ""], &[]);
        check(["", "86-199-0000-1234", ""], ["", "19900001234", ""], &[Telephone]);
        check(["", "１９９００００１２３４", ""], ["", "19900001234", ""], &[Telephone]);
        check(["", "6021", ""], ["", "6021", ""], &[]);
    }

    #[test]
    fn addresses() {
        check(["", "", "红旗小区48栋3单元302"], ["", "", "红旗小区 48-3-302 室"], &[Address]);
        check(["", "", "红旗小区48栋"], ["", "", "红旗小区49栋"], &[]);
        check(["", "", "矿区"], ["", "", "矿区"], &[]);
        check(["", "", "红旗村东头"], ["", "", "红旗村 东头"], &[Address]);
        check(["", "", "302"], ["", "", "302"], &[]);
    }

    #[test]
    fn one_id_number_is_one_person_whatever_the_name() {
        let with = |name: &str, id: Option<&str>| Traits::new(name, "", "").with_id(id.map(str::to_owned));
        let cases = [
            (Some("a"), Some("a"), vec![IdNumber]),
            (Some("a"), Some("b"), vec![]),
            (None, Some("a"), vec![]),
            (None, None, vec![]),
        ];
        for (one, other, expected) in cases {
            assert_eq!(with("王秀英", one).alike(&with("李建国", other)), expected, "{one:?} {other:?}");
        }
        assert!(!with("", Some("a")).is_empty() && with("", None).is_empty());
    }

    #[test]
    fn the_strongest_comes_first() {
        check(
            ["王秀英", "19900001234", "红旗小区48栋"],
            ["王秀英", "19900001234", "红旗小区48号"],
            &[Telephone, Name, Address],
        );
    }
}
