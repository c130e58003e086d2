//! What a phone must know of the union: name, time zone, categories, units it may name, the notice.

use domain::id::UnitId;
use protocol::changes::{Notice, UnionCard, UnitName};
use sha2::{Digest, Sha256};

use super::{settings, units};
use crate::books::categories;
use crate::books::names::NameBook;
use crate::office_keys::hex;
use crate::store::{Reader, StoreError};

/// The version of the notice (告知书) below; a change of its words takes the next number.
const NOTICE_VERSION: u32 = 1;

/// The notice that is read out before anything is noted down.
const NOTICE_WORDS: &str = "我们是工会的帮扶责任人。为了了解您家的困难、及时帮上忙，我们要记下六件事：\
姓名、住址、电话、配偶情况、子女上学情况、家里的大事。这些只用于工会帮扶，只有本单位工会负责帮扶的人能看到，\
谁看过都有记录；存放在工会自己的服务器上，不给别人，不再需要时就删除。\
每一项您都可以不说，不说也不影响已经享受的帮扶；您随时可以查看、更正，也可以要求删除。\
涉及未满十四岁的孩子，由您作为监护人来决定。您同意我们记下来吗？";

/// The stamp of the card for somebody who works under these paths: another one whenever the card is.
///
/// It is made of what stands for the card's parts, not of the card, so that asking costs one row.
///
/// # Errors
/// What the database says.
pub fn stamp(reader: &Reader<'_>, paths: &[String]) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    // The epoch too: after a restore the count comes by the same numbers again.
    let found = reader.first("SELECT union_rev, epoch FROM meta WHERE one = 1", &[], |row| {
        Ok::<_, StoreError>((row.get::<u64>(0)?, row.get::<[u8; 8]>(1)?))
    })?;
    if let Some((union_rev, epoch)) = found {
        hasher.update(union_rev.to_be_bytes());
        hasher.update(epoch);
    }
    // What this program itself puts in: the notice, and whatever a later version adds.
    for part in [env!("CARGO_PKG_VERSION"), NOTICE_WORDS].into_iter().chain(paths.iter().map(String::as_str))
    {
        hasher.update(part);
        hasher.update([0]);
    }
    Ok(hex(hasher.finalize().get(..8).unwrap_or_default()))
}

/// The card for somebody who works under these paths.
///
/// # Errors
/// What the database says.
pub fn card(reader: &Reader<'_>, paths: &[String]) -> Result<UnionCard, StoreError> {
    let settings = settings::get(reader)?;
    let mut names = NameBook::new(reader);
    let mut below: Vec<UnitName> = Vec::new();
    for path in paths {
        for unit in units::under(reader, path)? {
            let id: UnitId = unit.row.id;
            if !below.iter().any(|there| there.id == id) {
                below.push(UnitName { id, name: names.unit(id)? });
            }
        }
    }
    Ok(UnionCard {
        stamp: stamp(reader, paths)?,
        name: settings.name,
        utc_offset_minutes: settings.utc_offset_minutes,
        categories: categories::all(reader)?,
        units: below,
        notice: Notice { version: NOTICE_VERSION, words: NOTICE_WORDS.to_owned() },
    })
}
