//! Two files of one household beside each other, and what stands once they are one. Pure.

/// One thing the files tell: this one, the other, and both together. Where words differ of one day, several stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// What each of the two tells.
    pub files: [Vec<String>; 2],
    /// What stands once they are one.
    pub after: Vec<String>,
}

impl Told {
    /// Whether what a file tells stays as history only.
    pub fn loses(&self, at: usize) -> bool {
        self.files.get(at).is_some_and(|told| told.iter().any(|one| !self.after.contains(one)))
    }

    /// Whether both tell the same.
    pub fn is_one(&self) -> bool {
        let [one, other] = &self.files;
        one == other
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    #[test]
    fn what_does_not_stand_is_history() {
        type Words = &'static [&'static str];
        let cases: [([Words; 2], Words, [bool; 2]); 5] = [
            ([&["红旗小区"], &["向阳街"]], &["向阳街"], [true, false]),
            ([&["红旗小区"], &["红旗小区"]], &["红旗小区"], [false, false]),
            ([&[], &["向阳街"]], &["向阳街"], [false, false]),
            ([&["红旗小区"], &["向阳街"]], &["向阳街", "红旗小区"], [false, false]),
            ([&["红旗小区", "老工房"], &["向阳街"]], &["向阳街"], [true, false]),
        ];
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        for (files, after, loses) in cases {
            let told = Told { files: files.map(owned), after: owned(after) };
            assert_eq!([told.loses(0), told.loses(1)], loses, "{told:?}");
        }
    }
}
