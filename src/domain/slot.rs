//! A slot is one place where a value can stand: an item of a household, one child, one event, or
//! a list ("these and no more").

use crate::{
    id::{ChildId, EventId},
    item::Item,
    schooling,
    value::{AddressValue, ChildValue, Ended, EventValue, NameValue, SpouseValue, TelephoneValue},
};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::collections::BTreeMap;

/// Where a value stands. Written `name`, `address`, `telephone`, `spouse`, `schooling` (the list of
/// children), `child:<id>`, `events` (the list of events), `event:<id>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Slot {
    /// 姓名.
    Name,
    /// 住址.
    Address,
    /// 电话.
    Telephone,
    /// 配偶情况.
    Spouse,
    /// The list of children: these and no more.
    Schooling,
    /// One child.
    Child(ChildId),
    /// The list of events: these and no more.
    Events,
    /// One event.
    Event(EventId),
}

impl Slot {
    /// The item this slot belongs to.
    #[must_use]
    pub const fn item(self) -> Item {
        match self {
            Self::Name => Item::Name,
            Self::Address => Item::Address,
            Self::Telephone => Item::Telephone,
            Self::Spouse => Item::Spouse,
            Self::Schooling | Self::Child(_) => Item::Schooling,
            Self::Events | Self::Event(_) => Item::Events,
        }
    }

    /// The slot that speaks for a whole item (for schooling and events: the list).
    #[must_use]
    pub const fn of_item(item: Item) -> Self {
        match item {
            Item::Name => Self::Name,
            Item::Address => Self::Address,
            Item::Telephone => Self::Telephone,
            Item::Spouse => Self::Spouse,
            Item::Schooling => Self::Schooling,
            Item::Events => Self::Events,
        }
    }

    /// Reads the written form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "name" => Self::Name,
            "address" => Self::Address,
            "telephone" => Self::Telephone,
            "spouse" => Self::Spouse,
            "schooling" => Self::Schooling,
            "events" => Self::Events,
            _ => match text.split_once(':')? {
                ("child", id) => Self::Child(ChildId::parse(id)?),
                ("event", id) => Self::Event(EventId::parse(id)?),
                _ => return None,
            },
        })
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Child(id) => write!(f, "child:{id}"),
            Self::Event(id) => write!(f, "event:{id}"),
            list_or_item => f.write_str(list_or_item.item().code()),
        }
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a slot"))
    }
}

/// A value that can stand in a slot.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// In [`Slot::Name`].
    Name(NameValue),
    /// In [`Slot::Address`].
    Address(AddressValue),
    /// In [`Slot::Telephone`].
    Telephone(TelephoneValue),
    /// In [`Slot::Spouse`].
    Spouse(SpouseValue),
    /// In [`Slot::Child`].
    Child(ChildValue),
    /// In [`Slot::Event`].
    Event(EventValue),
    /// In [`Slot::Schooling`]: these children and no more, ascending.
    Children(Vec<ChildId>),
    /// In [`Slot::Events`]: these events and no more, ascending.
    EventList(Vec<EventId>),
    /// In [`Slot::Child`] or [`Slot::Event`]: it no longer belongs to the household.
    Ended(Ended),
}

impl Value {
    /// Whether this value may stand in that slot.
    #[must_use]
    pub const fn fits(&self, slot: Slot) -> bool {
        matches!(
            (self, slot),
            (Self::Name(_), Slot::Name)
                | (Self::Address(_), Slot::Address)
                | (Self::Telephone(_), Slot::Telephone)
                | (Self::Spouse(_), Slot::Spouse)
                | (Self::Child(_) | Self::Ended(_), Slot::Child(_))
                | (Self::Event(_) | Self::Ended(_), Slot::Event(_))
                | (Self::Children(_), Slot::Schooling)
                | (Self::EventList(_), Slot::Events)
        )
    }

    /// Whether two values are one and the same, however they are written.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        // Mostly a confirmation repeats a value as it was: spare it the normal form.
        self == other || self.normalised() == other.normalised()
    }

    /// The normal form in which two ways of writing the same thing are equal: no blanks at the
    /// ends or inside names and numbers, digits half-width, lists sorted, classes of school counted from the first of primary.
    #[must_use]
    pub fn normalised(&self) -> String {
        let mut value = self.clone();
        match &mut value {
            Self::Children(ids) => ids.sort_unstable(),
            Self::EventList(ids) => ids.sort_unstable(),
            Self::Telephone(value) => value.numbers.sort_by_cached_key(|telephone| plain(&telephone)),
            Self::Child(ChildValue { stage: Some(stage), grade: Some(grade), .. }) => {
                *grade = schooling::counted(*stage, *grade);
            }
            _ => {}
        }
        plain(&value)
    }
}

/// Values by slot, as an answer carries them.
pub type Values = BTreeMap<Slot, Value>;

/// The normal form of what a value is made of.
pub(crate) fn plain(value: &impl Serialize) -> String {
    let mut text = String::new();
    // By way of its text, as everything is read and written (see `verbatim`).
    let json = serde_json::to_vec(value).and_then(|bytes| serde_json::from_slice(&bytes));
    write_plain(&json.unwrap_or_default(), &mut text);
    text
}

/// Writes JSON with every string squeezed and object keys sorted.
fn write_plain(json: &serde_json::Value, out: &mut String) {
    use serde_json::Value as Json;
    match json {
        Json::String(text) => {
            // Marks around each text, so that no words can look like another field.
            out.push('\u{2}');
            out.extend(text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).map(half_width));
            out.push('\u{3}');
        }
        Json::Array(parts) => {
            out.push('[');
            for part in parts {
                write_plain(part, out);
                out.push(',');
            }
            out.push(']');
        }
        Json::Object(fields) => {
            out.push('{');
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| key.as_str());
            for (key, field) in sorted {
                out.push_str(key);
                out.push(':');
                write_plain(field, out);
                out.push(',');
            }
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

/// The half-width form of a full-width ASCII character (U+FF01–FF5E); others as they are.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
