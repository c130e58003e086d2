//! The kit's own test of scanning a profile: a control word put in clear into each place where a browser keeps
//! things is found there, and a word nobody wrote is not.

mod site;

use kit::browser::Browser;
use kit::failure::{Failure, Outcome};
use kit::page::emulate::Size;
use kit::place;
use kit::profile_scan::{Scan, scan};
use serde_json::json;
use site::{File, Site};
use std::fs;
use std::path::Path;

/// Puts words into the storage of the page: fields `small`, `packed`, `large`, `many`, `cache`, `local`, `fetch`; absent ones are left out.
const WRITER: &str = include_str!("scanning/writer.html");

const SMALL: &str = "王秀兰小";
const LARGE: &str = "李建国大";
const MANY: &str = "赵铁柱多";
const CACHE: &str = "孙桂英缓存";
const LOCAL: &str = "周本地";
const PACKED: &str = "钱压缩正文";
const NEVER: &str = "从未写过";

enum End {
    Killed,
    Closed,
}

fn written(name: &str, words: &serde_json::Value, arguments: &[&str], end: &End) -> Outcome<Scan> {
    let profile = place::folder(name)?;
    let packed = include_bytes!("scanning/packed.br").to_vec();
    let headers = "content-type: text/plain\r\ncontent-encoding: br\r\ncache-control: max-age=86400\r\n";
    let files = vec![("/", File::page(WRITER)), ("/packed", File { headers, body: packed })];
    let site = Site::serve(files).map_err(Failure::disk("127.0.0.1"))?;
    let browser = Browser::launch_with(&profile, Size::PHONE, arguments)?;
    let page = browser.page()?;
    page.goto(&site.at("/"))?;
    page.eval(&format!("write({words})"))?;
    match end {
        End::Killed => browser.kill9(),
        End::Closed => browser.close()?,
    }
    looked_at(&profile)
}

fn looked_at(profile: &Path) -> Outcome<Scan> {
    let scan = scan(profile, &[SMALL, LARGE, MANY, CACHE, LOCAL, PACKED, NEVER])?;
    assert!(scan.found(NEVER, "").is_empty());
    Ok(scan)
}

fn check(scan: &Scan, word: &str, part: &str, how: &str) {
    let hits = scan.found(word, part);
    assert!(hits.iter().any(|hit| hit.how.contains(how)), "“{word}” is not in {part} ({how}):\n{scan}");
}

#[test]
fn a_word_in_clear_is_found_in_all_four_places() -> Outcome {
    let words = json!({ "small": SMALL, "packed": PACKED, "large": LARGE, "cache": CACHE, "local": LOCAL });
    let scan = written("four", &words, &[], &End::Closed)?;
    check(&scan, SMALL, "indexeddb.leveldb", "UTF-16LE");
    check(&scan, LARGE, "indexeddb.blob", "UTF-16LE, in IndexedDB value, snappy");
    check(&scan, CACHE, "CacheStorage", "UTF-8");
    check(&scan, LOCAL, "Local Storage", "UTF-16LE");
    check(&scan, PACKED, "indexeddb.leveldb", "UTF-16LE, in LevelDB log value › IndexedDB value, snappy");
    // The large record is written so that the word does not lie there as it is: only unpacking finds it.
    assert!(scan.found(LARGE, "indexeddb.blob").iter().all(|hit| hit.how.contains("snappy")));
    assert!(scan.coverage.unread.is_empty(), "{:?}", scan.coverage.unread);
    Ok(())
}

#[test]
fn a_word_is_found_after_a_kill_too() -> Outcome {
    let scan =
        written("killed", &json!({ "small": SMALL, "large": LARGE, "cache": CACHE }), &[], &End::Killed)?;
    check(&scan, SMALL, "indexeddb.leveldb", "in LevelDB log value");
    check(&scan, LARGE, "indexeddb.blob", "snappy");
    check(&scan, CACHE, "CacheStorage", "UTF-8");
    Ok(())
}

#[test]
fn a_word_among_many_records_is_found_in_a_table() -> Outcome {
    let scan = written("many", &json!({ "many": MANY }), &[], &End::Closed)?;
    check(&scan, MANY, ".ldb", "UTF-16LE, in LevelDB table value");
    // Strings in keys are written the other way round.
    check(&scan, MANY, ".ldb", "UTF-16BE, in LevelDB table key");
    assert!(scan.coverage.unpacked.contains_key("LevelDB table block"));
    Ok(())
}

#[test]
fn damaged_files_are_named_and_the_rest_is_read() -> Outcome {
    let profile = place::folder("damaged")?;
    let table = profile.join("000005.ldb");
    let write = |bytes: &[u8]| fs::write(&table, bytes).map_err(Failure::disk(&table));
    // A table whose footer points beyond its end, cut off and turned over in every place.
    let mut whole = vec![0x80; 40];
    whole.extend_from_slice(&0xdb47_7524_8b80_fb57_u64.to_le_bytes());
    write(&whole)?;
    assert_eq!(looked_at(&profile)?.coverage.unread.len(), 1);
    let mut entry = 0xfcfb_6d1b_a772_5c30_u64.to_le_bytes().to_vec();
    entry.extend_from_slice(&[0xff; 40]);
    for bytes in
        [whole, entry, [b"SQLite format 3\0".as_slice(), &[0xff, 0x11, 0x02, 0xff, 0x28, 0xb5]].concat()]
    {
        for place in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[place] ^= 0xff;
            write(&turned)?;
            looked_at(&profile)?;
            write(&bytes[..place])?;
            looked_at(&profile)?;
        }
    }
    let log = profile.join("000007.log");
    fs::write(&log, [[0xff; 7].as_slice(), "王秀兰小".as_bytes()].concat()).map_err(Failure::disk(&log))?;
    check(&looked_at(&profile)?, SMALL, "000007.log", "UTF-8, in LevelDB log record");
    Ok(())
}

#[test]
fn a_body_packed_for_the_network_is_found() -> Outcome {
    let scan = written("packed", &json!({ "fetch": "/packed" }), &[], &End::Closed)?;
    check(&scan, PACKED, "Cache_Data", "UTF-8, in brotli");
    Ok(())
}

#[test]
fn the_other_engine_of_indexed_db_is_read_too() -> Outcome {
    let other = "--enable-features=IdbSqliteBackingStore,IdbSqliteOnDiskRollout";
    for end in [End::Killed, End::Closed] {
        let scan =
            written("sqlite", &json!({ "small": SMALL, "large": LARGE, "many": MANY }), &[other], &end)?;
        check(&scan, SMALL, "IndexedDB", "UTF-16LE");
        check(&scan, LARGE, "IndexedDB", "in SQLite value › zstd");
        check(&scan, MANY, "IndexedDB", "in SQLite value");
    }
    Ok(())
}
