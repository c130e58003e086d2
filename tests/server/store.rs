//! The database's own promises: what is answered is on the disk, a failed write undoes only itself.

use server::args;
use server::store::{Db, Place, Reader, StoreError, Tx};

use crate::world::{NOON_MS, ON_POSTGRES, folder, place};

fn open(test: &str) -> Db {
    Db::open(&place(&folder(test)), NOON_MS).unwrap()
}

fn put(tx: &Tx<'_>, number: i64) -> Result<(), StoreError> {
    tx.execute("INSERT INTO revision (rev, chain) VALUES (?1, ?2)", args![number, [0_u8; 8]])?;
    Ok(())
}

async fn there(db: &Db) -> Vec<i64> {
    let read = |reader: &Reader<'_>| {
        reader.all("SELECT rev FROM revision ORDER BY rev", &[], |row| row.get::<i64>(0))
    };
    db.read(read).await.map_err(|cause: StoreError| cause).unwrap()
}

#[tokio::test]
async fn writes_at_once_are_all_kept_but_those_that_fail() {
    let db = open("store_group");
    let writes: Vec<_> = (0..200_i64)
        .map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(move |tx| {
                    put(tx, number)?;
                    if number % 7 == 3 { put(tx, number) } else { Ok(()) }
                })
                .await
            })
        })
        .collect();
    let mut failed = Vec::new();
    for (number, write) in (0_i64..).zip(writes) {
        if let Err(cause) = write.await.unwrap() {
            assert!(matches!(cause, StoreError::Constraint(_)), "{cause:?}");
            failed.push(number);
        }
    }
    let expected: Vec<i64> = (0..200).filter(|number| number % 7 != 3).collect();
    assert_eq!(there(&db).await, expected);
    assert_eq!(failed.len(), 200 - expected.len());
}

#[tokio::test]
async fn a_write_that_panics_undoes_only_itself() {
    let db = open("store_panic");
    let panicking = db.write(|tx| {
        put(tx, 1)?;
        if tx.count("SELECT count(*) FROM revision", &[])? == 1 {
            panic!("a mistake of ours, in the middle of a write");
        }
        Ok::<_, StoreError>(())
    });
    assert!(matches!(panicking.await, Err(StoreError::Panicked)));
    db.write(|tx| put(tx, 2)).await.unwrap();
    assert_eq!(there(&db).await, [2]);
}

/// A line that points nowhere is found out at the commit and not before: whatever was answered earlier was a lie.
#[tokio::test]
async fn what_could_not_be_committed_is_not_answered_as_done() {
    let db = open("store_commit");
    let table = "CREATE TABLE chain_of (one BIGINT PRIMARY KEY,
        other BIGINT NOT NULL REFERENCES chain_of (one) DEFERRABLE INITIALLY DEFERRED)";
    db.write(|tx| tx.execute(table, &[])).await.unwrap();
    let astray = |tx: &Tx<'_>| {
        put(tx, 1)?;
        tx.execute("INSERT INTO chain_of (one, other) VALUES (1, 2)", &[])
    };
    for _ in 0..10 {
        let answered = db.write(astray).await;
        assert!(matches!(answered, Err(StoreError::Constraint(_))), "{answered:?}");
        assert_eq!(there(&db).await, [] as [i64; 0]);
    }
    db.write(|tx| put(tx, 2)).await.unwrap();
    assert_eq!(there(&db).await, [2]);
}

#[tokio::test]
async fn a_reader_cannot_write_and_sees_one_snapshot() {
    let db = open("store_reader");
    db.write(|tx| put(tx, 1)).await.unwrap();
    let writing = db.read(|reader| reader.count("INSERT INTO revision (rev, chain) VALUES (9, 'x')", &[]));
    assert!(writing.await.is_err());
    assert_eq!(there(&db).await, [1]);
}

/// A long answer comes in pieces, and what is asked in its middle is answered all the same.
#[tokio::test]
async fn rows_are_handed_out_one_after_the_other_whatever_is_asked_meanwhile() {
    let db = open("store_rows");
    db.write(|tx| (0..2_000).try_for_each(|number| put(tx, number))).await.unwrap();
    let sql = "SELECT rev FROM revision ORDER BY rev";
    let asked = db.read(move |reader: &Reader<'_>| {
        let (mut all, mut within) = (Vec::new(), Vec::new());
        reader.each(sql, &[], |row| {
            all.push(row.get::<i64>(0)?);
            if all.len() % 700 == 0 {
                let whole = reader.all(sql, &[], |row| row.get::<i64>(0))?;
                within.extend(whole.last().copied());
                within.extend(reader.first(sql, &[], |row| row.get::<i64>(0))?);
            }
            Ok::<_, StoreError>(())
        })?;
        let broken = reader.each(sql, &[], |row| match row.get::<i64>(0)? {
            900 => Err(StoreError::Panicked),
            _ => Ok(()),
        });
        assert!(matches!(broken, Err(StoreError::Panicked)));
        Ok::<_, StoreError>((all, within, reader.count("SELECT count(*) FROM revision", &[])?))
    });
    let (all, within, count) = asked.await.unwrap();
    assert_eq!(all, (0..2_000).collect::<Vec<_>>());
    assert_eq!((within, count), (vec![1_999, 0, 1_999, 0], 2_000));
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let place = place(&folder("store_newer"));
    let db = Db::open(&place, NOON_MS).unwrap();
    let newer = "INSERT INTO migration (number, name, applied_ms) VALUES (999, 'later', 0)";
    db.write(move |tx| tx.execute(newer, &[])).await.unwrap();
    assert!(matches!(Db::open(&place, NOON_MS), Err(StoreError::TooNew { found: 999, .. })));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let path = folder("store_foreign").join("office.db");
    std::fs::write(&path, "六知道".repeat(1_000)).unwrap();
    assert!(matches!(Db::open(&Place::File(path), NOON_MS), Err(StoreError::Damaged(_))));
}

/// Lets the file grow no further than it is, or than so many pages.
async fn pages_max(db: &Db, pages: i64) {
    let limit = format!("PRAGMA max_page_count = {pages}");
    db.write(move |tx| tx.count(&limit, &[])).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_half_kept() {
    if ON_POSTGRES {
        // Its disk is not ours to fill.
        return;
    }
    let db = open("store_full");
    db.write(|tx| put(tx, 1)).await.unwrap();
    let pages = db.write(|tx| tx.count("PRAGMA page_count", &[])).await.unwrap();
    pages_max(&db, pages).await;
    let large = db.write(|tx| {
        put(tx, 2)?;
        let body = vec![7_u8; 1 << 20];
        tx.execute("UPDATE revision SET chain = ?1 WHERE rev = 2", args![body])?;
        Ok::<_, StoreError>(())
    });
    let small: Vec<_> = (10..20_i64)
        .map(|number| {
            tokio::spawn({
                let db = db.clone();
                async move { db.write(move |tx| put(tx, number)).await }
            })
        })
        .collect();
    assert!(matches!(large.await, Err(StoreError::DiskFull)));
    let mut kept = vec![1];
    for (number, write) in (10..).zip(small) {
        match write.await.unwrap() {
            Ok(()) => kept.push(number),
            Err(cause) => assert!(matches!(cause, StoreError::DiskFull), "{cause:?}"),
        }
    }
    assert_eq!(there(&db).await, kept, "what was answered is there, and nothing else");
    pages_max(&db, pages + 1_000).await;
    db.write(|tx| put(tx, 3)).await.unwrap();
    assert!(there(&db).await.contains(&3), "once there is room again it goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_requests_of_an_office_all_at_once_are_all_answered() {
    for round in 0..5 {
        // A new office each time: its first requests come all at once.
        let db = open("store_opening");
        let writes = (0..20_i64).map(|number| {
            let db = db.clone();
            tokio::spawn(async move { db.write(move |tx| put(tx, number)).await.map(|()| 0) })
        });
        let reads = (0..40).map(|_| {
            let db = db.clone();
            tokio::spawn(
                async move { db.read(|reader| reader.count("SELECT count(*) FROM unit", &[])).await },
            )
        });
        for (number, one) in writes.chain(reads).collect::<Vec<_>>().into_iter().enumerate() {
            let answer: Result<i64, StoreError> = one.await.unwrap();
            assert!(answer.is_ok(), "round {round}, {number}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_read_that_breaks_its_snapshot_says_why_and_harms_nobody_else() {
    let db = open("store_broken");
    for _ in 0..10 {
        let broken = db.read(|reader: &Reader<'_>| {
            reader.count("ROLLBACK", &[])?;
            Err::<i64, _>(StoreError::Unreadable { column: 7 })
        });
        assert!(matches!(broken.await, Err(StoreError::Unreadable { column: 7 })));
    }
    assert_eq!(there(&db).await, [] as [i64; 0]);
}
