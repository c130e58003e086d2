//! Which child, which event of the office is meant by one that a file names without an id.

/// One way to recognise: those that could be meant, and what makes two the same.
pub struct Pass<'a, I, T> {
    /// Those that could be meant.
    pub among: &'a [(I, T)],
    /// Whether it is the same.
    pub is_same: fn(&T, &T) -> bool,
}

/// The id of each that a file names, in its order: recognised by the first pass that can, else a fresh one. None is
/// given twice.
pub fn identify<I: Copy + Eq, T>(
    says: &[T],
    passes: &[Pass<'_, I, T>],
    mut fresh: impl FnMut() -> I,
) -> Vec<I> {
    let mut found: Vec<Option<I>> = vec![None; says.len()];
    for pass in passes {
        for (nth, one) in says.iter().enumerate() {
            let is_free = |id: &I| !found.contains(&Some(*id));
            let same = pass.among.iter().find(|(id, other)| is_free(id) && (pass.is_same)(one, other));
            let id = same.map(|(id, _)| *id);
            if let Some(place @ None) = found.get_mut(nth) {
                *place = id;
            }
        }
    }
    found.into_iter().map(|id| id.unwrap_or_else(&mut fresh)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_first_pass_that_can_and_none_twice() {
        let same: fn(&&str, &&str) -> bool = |one, other| one == other;
        let first: fn(&&str, &&str) -> bool = |one, other| one.chars().next() == other.chars().next();
        let before = [(1, "ab"), (2, "cd")];
        for (says, expected) in [
            (vec!["cd", "ab"], vec![2, 1]),
            (vec!["ab", "ab"], vec![1, 9]),
            (vec!["ax", "ab"], vec![9, 1]),
            (vec!["ax", "cd", "zz"], vec![1, 2, 9]),
        ] {
            let passes = [Pass { among: &before, is_same: same }, Pass { among: &before, is_same: first }];
            assert_eq!(identify(&says, &passes, || 9), expected, "{says:?}");
        }
    }
}
