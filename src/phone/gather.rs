//! Sets and maps put together one by one, and short lists in order. `collect` sorts first, and a sort brings its code for
//! every type it is used on: kilobytes of the first load.

use std::collections::{BTreeMap, BTreeSet};

/// A set of these.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// A map of these; of two under one key the later.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// A short list by this key, the greatest first; equal ones stay as they came. Each is moved to its place: of hundreds it
/// would be slow.
pub fn falling<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    for item in std::mem::take(items) {
        let place = items.iter().position(|one| key(one) < key(&item)).unwrap_or(items.len());
        items.insert(place, item);
    }
}

#[cfg(test)]
mod tests {
    use super::falling;

    #[test]
    fn the_greatest_comes_first_and_equals_stay_as_they_came() {
        for (given, expected) in
            [("", ""), ("a1", "a1"), ("a1 b2 c3", "c3 b2 a1"), ("a3 b1 c3 d2 e3", "a3 c3 e3 d2 b1")]
        {
            let mut words: Vec<&str> = given.split_whitespace().collect();
            falling(&mut words, |word| word.get(1..).map(str::to_owned));
            assert_eq!(words.join(" "), expected);
        }
    }
}
