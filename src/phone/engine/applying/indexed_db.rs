//! The same contract over IndexedDB itself, in a browser (`cargo xtask prove disk`); and that its reads find what those of
//! the maps find, which every other test of a plan goes by.

use super::contract::{cases_of_cards, found, found_cards, kept, laid, laid_cards, seen};
use crate::{
    engine::{
        applying::{to_cards, to_work},
        around::still::{Shelves, rows},
        rows::Rows,
        shelf,
    },
    store::{Care, Database, Read, Row, StoreError, Task, Write},
};
use sync::contract::disk::{CardsCase, WorkCase, work_cases};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Rows over a database that no other case has.
fn fresh(name: &str, case: usize, stores: &'static [&'static str]) -> Rows {
    Rows { database: Database::new(format!("lzd-{name}-{case}"), stores), ..rows() }
}

/// One transaction.
async fn write(rows: &Rows, stores: &'static [&'static str], writes: Vec<Write>) {
    let task = Task { stores, care: Care::Strict, reads: Vec::new() };
    rows.database.run::<_, StoreError>(task, move |_| Ok(((), writes.clone()))).await.unwrap();
}

/// All that lies there.
async fn there(rows: &Rows, stores: &'static [&'static str]) -> Shelves {
    let reads = stores.iter().map(|store| Read::All(store)).collect();
    let found = rows.database.read(stores, reads).await.unwrap();
    assert_eq!(found.len(), stores.len(), "each read is answered");
    let mut shelves = Shelves::default();
    for (store, found) in stores.iter().zip(found) {
        shelves.write(found.into_iter().map(|(key, row)| Write::Put(store, key, row)).collect());
    }
    shelves
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_contract_of_work() {
    for (case, WorkCase { name, before, writes, after }) in work_cases().into_iter().enumerate() {
        let rows = fresh("work", case, shelf::WORK);
        write(&rows, shelf::WORK, laid(&rows, &before)).await;
        let shelves = there(&rows, shelf::WORK).await;
        assert_eq!(found(&rows, &shelves), kept(&before), "{name}, before");
        write(&rows, shelf::WORK, to_work(&rows, &writes, &seen(&rows, &shelves)).unwrap()).await;
        assert_eq!(found(&rows, &there(&rows, shelf::WORK).await), kept(&after), "{name}");
    }
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_contract_of_cards() {
    for (case, CardsCase { name, before, writes, after }) in cases_of_cards().into_iter().enumerate() {
        let rows = fresh("cards", case, shelf::CARD_FILE);
        write(&rows, shelf::CARD_FILE, laid_cards(&rows, &before)).await;
        write(&rows, shelf::CARD_FILE, to_cards(&rows, &writes).unwrap()).await;
        assert_eq!(found_cards(&rows, &there(&rows, shelf::CARD_FILE).await), after, "{name}");
    }
}

#[wasm_bindgen_test]
async fn its_reads_find_what_the_maps_find() {
    let rows = fresh("reads", 0, shelf::WORK);
    let mut shelves = Shelves::default();
    let keys = ["", "2", "10", "a", "a/received", "b", "\u{8983}", "\u{10ffff}"];
    let put = |store: &'static str, key: &str| {
        Write::Put(store, key.to_owned(), Row::Bytes(key.as_bytes().to_vec()))
    };
    let writes: Vec<Write> =
        keys.iter().map(|key| put(shelf::OWN, key)).chain([put(shelf::SENT, "a")]).collect();
    shelves.write(writes.clone());
    write(&rows, shelf::WORK, writes).await;
    let gone = vec![Write::Delete(shelf::OWN, "b".into()), Write::Delete(shelf::OWN, "none".into())];
    shelves.write(gone.clone());
    write(&rows, shelf::WORK, gone).await;
    let one = |key: &str| Read::One(shelf::OWN, key.to_owned());
    let reads = vec![
        Read::All(shelf::OWN),
        Read::All(shelf::SENT),
        Read::All(shelf::DRAFTS),
        Read::Keys(shelf::OWN),
        one("a"),
        one("b"),
        one(""),
        Read::After(shelf::OWN, "10".into(), 2),
        Read::After(shelf::OWN, "\u{10ffff}".into(), 9),
        Read::Between(shelf::OWN, "2".into(), "a/received".into()),
        Read::Between(shelf::OWN, "x".into(), "y".into()),
    ];
    let found = rows.database.read(shelf::WORK, reads.clone()).await.unwrap();
    assert_eq!(found.len(), reads.len());
    for ((read, found), expected) in reads.iter().zip(found).zip(shelves.read(&reads)) {
        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{read:?}");
    }
}

#[wasm_bindgen_test]
async fn a_plan_that_says_no_writes_nothing() {
    let rows = fresh("no", 0, shelf::WORK);
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads: vec![Read::All(shelf::OWN)] };
    let no = rows.database.run::<(), StoreError>(task, |_| Err(StoreError::Blocked)).await;
    assert!(matches!(no, Err(StoreError::Blocked)), "{no:?}");
    let refused = vec![
        Write::Put(shelf::OWN, "a".into(), Row::Bytes(vec![1])),
        Write::Put(shelf::CARDS, "b".into(), Row::Bytes(vec![2])),
    ];
    let task = Task { stores: shelf::WORK, care: Care::Strict, reads: Vec::new() };
    let half = rows.database.run::<_, StoreError>(task, move |_| Ok(((), refused.clone()))).await;
    assert!(half.is_err(), "an object store that is not there");
    let left = there(&rows, shelf::WORK).await.all(shelf::OWN);
    assert!(left.is_empty(), "nor the half that could be written: {left:?}");
}
