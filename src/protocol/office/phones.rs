//! What phones made and what of it arrived: how loss is noticed.

use domain::id::{DeviceId, PersonId};
use serde::{Deserialize, Serialize};

/// A row of `GET /api/phones?unit=…&open=1`: one person's phone, with every device it ever was.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PhoneRow {
    /// The first of its devices: its name at the office.
    pub phone: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// By name.
    pub name: String,
    /// Their telephone; may be empty.
    pub telephone: String,
    /// Their unit's full name.
    pub unit_name: String,
    /// What it was, the present one last. More than one: its storage was lost in between.
    pub devices: Vec<DeviceRow>,
}

impl PhoneRow {
    /// Something of it is missing that nobody at the desk has been told of.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.devices.iter().any(|device| device.made > device.arrived + device.noted)
    }
}

/// What one device made, and what of it arrived.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeviceRow {
    /// Which.
    pub id: DeviceId,
    /// How many records it made, at least.
    pub made: u64,
    /// How many of them arrived.
    pub arrived: u64,
    /// How many are known to be missing.
    pub noted: u64,
    /// When it last reached the office.
    pub seen_ms: i64,
}

impl DeviceRow {
    /// How many did not arrive.
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.made.saturating_sub(self.arrived)
    }
}
