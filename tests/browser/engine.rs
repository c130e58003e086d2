//! What the built wasm asks of an engine, against the floor that `public/boot.js` states: no more, and no less.

use kit::failure::{Failure, Outcome};
use kit::place;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Features the compiler names that are no feature of an engine's of their own: parts of those beside them.
const PARTS: [(&str, &str); 2] =
    [("bulk-memory-opt", "bulk-memory"), ("call-indirect-overlong", "reference-types")];

/// What the compiler wrote, and what is served where that still says it.
fn modules() -> Outcome<Vec<PathBuf>> {
    let compiled =
        ["phone", "desk"].map(|app| place::target().join(format!("wasm32-unknown-unknown/web/{app}.wasm")));
    let assets = place::target().join("site/assets");
    let served = fs::read_dir(&assets).map_err(Failure::disk(&assets))?.filter_map(Result::ok);
    let served =
        served.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "wasm"));
    Ok(compiled.into_iter().chain(served).collect())
}

/// The features a module says it uses; none where it no longer says.
fn features(module: &[u8]) -> Option<BTreeSet<String>> {
    let mut rest = module.get(8..)?;
    while let Some((kind, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let (mut section, after) = rest.split_at_checked(length)?;
        rest = after;
        if *kind == 0 && text(&mut section)? == "target_features" {
            let count = number(&mut section)?;
            let mut found = BTreeSet::new();
            for _ in 0..count {
                let (sign, after) = section.split_first()?;
                section = after;
                let name = text(&mut section)?;
                if *sign == b'+' {
                    found.insert(name);
                }
            }
            return Some(found);
        }
    }
    None
}

fn text(bytes: &mut &[u8]) -> Option<String> {
    let length = number(bytes)?;
    let (text, after) = bytes.split_at_checked(length)?;
    *bytes = after;
    String::from_utf8(text.to_vec()).ok()
}

/// A number in groups of seven bits, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_u64;
    for shift in (0..35).step_by(7) {
        let (byte, after) = bytes.split_first()?;
        *bytes = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(value).ok();
        }
    }
    None
}

#[test]
fn the_wasm_asks_for_no_more_than_the_floor() -> Outcome {
    let floor: BTreeSet<String> =
        crate::floor::stated()?.iter().filter_map(|id| Some(id.strip_prefix("wasm-")?.to_owned())).collect();
    let mut told = 0;
    for path in modules()? {
        let module = fs::read(&path).map_err(Failure::disk(&path))?;
        let Some(used) = features(&module) else { continue };
        told += 1;
        let whole = |name: String| {
            PARTS.iter().find(|(part, _)| *part == name).map_or(name, |(_, whole)| (*whole).to_owned())
        };
        let used: BTreeSet<String> = used.into_iter().map(whole).collect();
        assert_eq!(used, floor, "{}", path.display());
    }
    assert!(told >= 2, "only {told} modules say which features they use");
    Ok(())
}

#[test]
fn features_are_read_from_the_section() {
    let section = b"\x0ftarget_features\x02+\x08sign-ext-\x05never";
    let module =
        [b"\0asm\x01\0\0\0\x01\x01\x60\0".as_slice(), &[u8::try_from(section.len()).unwrap_or(0)], section]
            .concat();
    assert_eq!(features(&module), Some(BTreeSet::from(["sign-ext".to_owned()])));
    assert_eq!(features(b"\0asm\x01\0\0\0"), None);
    assert_eq!(features(b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\x7f"), None);
}
