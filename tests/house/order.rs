//! A file is read from the top: what others use comes first, how it is done after it. Held for the first alone: further
//! down a private function may stand beside the public one it serves.

use crate::code;
use crate::source::Source;

/// Files that opened with a private function when this rule came; none may join them.
const OPEN_PRIVATELY: [&str; 12] = [
    "src/desk/view/roster/take_in.rs",
    "src/desk/view/union/category.rs",
    "src/desk/view/union/person.rs",
    "src/desk/view/union/unit_form.rs",
    "src/phone/engine/spare.rs",
    "src/roster/export/fields.rs",
    "src/server/report/quarantine.rs",
    "src/sync/contract/epochs.rs",
    "src/sync/contract/erasing.rs",
    "src/sync/contract/merging.rs",
    "src/sync/contract/pages.rs",
    "src/sync/contract/waiting.rs",
];

/// Files that open with a private function although something follows that is not private.
fn open_privately(sources: &[Source]) -> Vec<String> {
    let rooms = sources.iter().filter(|source| source.path.starts_with("src/") && !source.is_test());
    rooms
        .filter_map(|source| {
            let mut items = source.code.lines().filter_map(item);
            let (is_public, name) = items.next()?;
            let others_follow = !is_public && items.any(|(is_public, _)| is_public);
            others_follow.then(|| format!("{}: `{name}`", source.path))
        })
        .collect()
}

/// The function or type of others that a line outside all blocks begins: whether others may use it, and its name. A private
/// type is none: it may stand where what follows speaks of it.
fn item(line: &str) -> Option<(bool, &str)> {
    let words = ["pub", "const", "async"];
    ["fn ", "struct ", "enum ", "trait "].into_iter().find_map(|kind| {
        let (before, after) = line.split_once(kind)?;
        let is_item = !before.starts_with(' ')
            && before.split_whitespace().all(|word| words.iter().any(|one| word.starts_with(one)));
        let is_public = before.starts_with("pub");
        (is_item && (is_public || kind == "fn ")).then(|| (is_public, code::leading_word(after)))
    })
}

#[test]
fn a_file_opens_with_what_others_use() {
    let offenders = open_privately(&crate::rust());
    let is_known = |offender: &&String| OPEN_PRIVATELY.iter().any(|path| offender.starts_with(path));
    let fresh = offenders.iter().filter(|offender| !is_known(offender)).cloned().collect();
    crate::holds("Public before private: a file does not open with a private function.", fresh);
    let gone = OPEN_PRIVATELY.iter().filter(|path| !offenders.iter().any(|one| one.starts_with(**path)));
    assert_eq!(gone.collect::<Vec<_>>(), [&""; 0], "no exceptions any more");
    let text = "//! a\nstruct A;\nimpl A {\n    fn a() {}\n}\nasync fn b() {}\npub(crate) fn c() {}\n";
    assert_eq!(open_privately(&crate::example("src/a/b.rs", text)), ["src/a/b.rs: `b`"]);
    let right = "//! a\nstruct A(fn(u8) -> u8);\npub enum B {}\nfn c() {}\npub fn d() {}\n";
    assert!(open_privately(&crate::example("src/a/b.rs", right)).is_empty());
    assert!(open_privately(&crate::example("src/a/b.rs", "//! a\nfn main() {}\n")).is_empty());
}
