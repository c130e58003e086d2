//! `POST /api/deposit`: records to the office, one receipt each back.
//!
//! Content never gets a refusal; a record that the office cannot project still gets its receipt.

use crate::{
    record::{EntryHash, Record, from_hex, write_hex},
    sign_in::OfficeKey,
};
use core::fmt;
use domain::{
    file::Status,
    id::{DeviceId, EntryId},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The most records in one deposit.
pub const RECORDS_MAX: usize = 100;

/// The most bytes in one deposit's body; a single larger record is set aside on the phone.
pub const BODY_BYTES_MAX: usize = 512 * 1024;

/// Eight bytes written as 16 hex digits: an epoch, or the short form of a chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Short([u8; 8]);

impl Short {
    /// Takes the 8 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The first 8 of 32 bytes.
    #[must_use]
    pub const fn of(bytes: &[u8; 32]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = *bytes;
        Self([a, b, c, d, e, f, g, h])
    }

    /// The 8 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }

    /// Reads 16 hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl fmt::Debug for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl Serialize for Short {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Short {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("16 hex digits"))
    }
}

/// Where the office stands: which life it is in, how far, and a proof of its past (DESIGN §4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Head {
    /// Which life: 8 random bytes, new after each setting back.
    pub epoch: Short,
    /// How far: counts everything the office stored.
    pub rev: u64,
    /// First 8 bytes of `chain(rev)`.
    pub chain: Short,
}

/// What a phone brings.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Deposit {
    /// The database it speaks for.
    pub device: DeviceId,
    /// Every database this phone ever was for this person, this one too.
    pub devices: Vec<DeviceId>,
    /// The highest seq ever made in `device`: so that loss is noticed.
    pub made: u64,
    /// The highest head the phone was ever shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Head>,
    /// At most [`RECORDS_MAX`]; none is a greeting that shows the head.
    pub records: Vec<Record>,
}

/// The office's word on one record: it is stored, and this became of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// Which entry.
    pub id: EntryId,
    /// The hash that its record says; the phone lets go of nothing else.
    pub entry_hash: EntryHash,
    /// What became of it.
    #[serde(flatten)]
    pub status: Status,
    /// When, in the office's counting.
    pub rev: u64,
}

/// `POST /api/rescued`, answered: a phone's queue came as a file to the desk. One receipt a record, in its order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rescued {
    /// The receipts.
    pub receipts: Vec<Receipt>,
}

/// The file that the rescue page saves: a phone's queue, sealed as it lay there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct QueueFile {
    /// Its format: 1.
    #[serde(rename = "liuzhidao_queue")]
    pub format: u8,
    /// What lay in it, in deposits that the office takes.
    pub deposits: Vec<Deposit>,
}

impl QueueFile {
    /// Reads the file's text; none where it is no queue that this version knows, or not as it was saved.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let Written { format, sum, deposits } = serde_json::from_slice(text.as_bytes()).ok()?;
        let whole = sum.is_none_or(|sum| sum == EntryHash::of(deposits.get().as_bytes()));
        let deposits = serde_json::from_slice(deposits.get().as_bytes()).ok()?;
        (format == QUEUE_FORMAT && whole).then_some(Self { format, deposits })
    }
}

/// The format of the file that this version reads.
const QUEUE_FORMAT: u8 = 1;

/// The file's text, its parts apart.
#[derive(Deserialize)]
struct Written<'a> {
    #[serde(rename = "liuzhidao_queue")]
    format: u8,
    /// sha256 of the text of `deposits`; absent from files of the first days.
    #[serde(default)]
    sum: Option<EntryHash>,
    #[serde(borrow)]
    deposits: &'a serde_json::value::RawValue,
}

/// What a phone takes home.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DepositAnswer {
    /// One per record, in the order sent.
    pub receipts: Vec<Receipt>,
    /// Where the office stands now.
    pub head: Head,
    /// The office's clock.
    pub server_time_ms: i64,
    /// The highest seq the office holds of `device`: higher than the phone's own means that the
    /// phone was set back and must open a new device.
    pub held: u64,
    /// The key to seal to from now on.
    pub key: OfficeKey,
}

#[cfg(test)]
mod tests {
    use super::QueueFile;

    #[test]
    fn only_a_whole_queue_is_read() {
        let whole = r#"{"liuzhidao_queue":1,"deposits":[{"device":"00000000-0000-7000-8000-000000000001",
            "devices":["00000000-0000-7000-8000-000000000001"],"made":3,"records":[]}]}"#;
        let sum = "0".repeat(64);
        let summed = whole.replace(":1,\"dep", &format!(":1,\"sum\":\"{sum}\",\"dep"));
        let true_sum = super::EntryHash::of(&whole.as_bytes()[32..whole.len() - 1]).to_string();
        for (text, expected) in [
            (whole, Some(1)),
            (&summed.replace(&sum, &true_sum), Some(1)),
            (&summed, None),
            (&summed.replace(&sum, &true_sum).replace("\"made\":3", "\"made\":2"), None),
            (&whole[..whole.len() - 9], None),
            (&whole.replace(":1,\"dep", ":2,\"dep"), None),
            ("{\"deposits\":[]}", None),
            ("花名册", None),
            ("", None),
        ] {
            assert_eq!(QueueFile::read(text).map(|file| file.deposits.len()), expected, "{text}");
        }
    }
}
