//! The six things to know (六知道), and in what state each is.

use serde::{Deserialize, Serialize};

/// One of the six: 知姓名、住址、电话、配偶情况、子女上学情况、家庭发生重大情况.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// 姓名 (名).
    Name,
    /// 住址 (址).
    Address,
    /// 电话 (话).
    Telephone,
    /// 配偶情况 (偶).
    Spouse,
    /// 子女上学情况 (学).
    Schooling,
    /// 家庭重大情况 (事).
    Events,
}

impl Item {
    /// The six, in the order in which they are asked and shown.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Address, Self::Telephone, Self::Spouse, Self::Schooling, Self::Events];

    /// The word in SQL, JSON and UI keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Telephone => "telephone",
            Self::Spouse => "spouse",
            Self::Schooling => "schooling",
            Self::Events => "events",
        }
    }
}

/// One value per item, in the order of [`Item::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Six<T> {
    /// 姓名.
    pub name: T,
    /// 住址.
    pub address: T,
    /// 电话.
    pub telephone: T,
    /// 配偶情况.
    pub spouse: T,
    /// 子女上学情况.
    pub schooling: T,
    /// 家庭重大情况.
    pub events: T,
}

impl<T> Six<T> {
    /// Makes six values, one per item.
    pub fn from_fn(mut make: impl FnMut(Item) -> T) -> Self {
        Self {
            name: make(Item::Name),
            address: make(Item::Address),
            telephone: make(Item::Telephone),
            spouse: make(Item::Spouse),
            schooling: make(Item::Schooling),
            events: make(Item::Events),
        }
    }

    /// The value of one item.
    pub const fn get(&self, item: Item) -> &T {
        match item {
            Item::Name => &self.name,
            Item::Address => &self.address,
            Item::Telephone => &self.telephone,
            Item::Spouse => &self.spouse,
            Item::Schooling => &self.schooling,
            Item::Events => &self.events,
        }
    }

    /// The value of one item, to change it.
    pub const fn get_mut(&mut self, item: Item) -> &mut T {
        match item {
            Item::Name => &mut self.name,
            Item::Address => &mut self.address,
            Item::Telephone => &mut self.telephone,
            Item::Spouse => &mut self.spouse,
            Item::Schooling => &mut self.schooling,
            Item::Events => &mut self.events,
        }
    }

    /// The six with their items.
    pub fn iter(&self) -> impl Iterator<Item = (Item, &T)> {
        Item::ALL.into_iter().map(|item| (item, self.get(item)))
    }
}

/// How an item stands on a given day (DESIGN §6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// One value stands, observed within its validity.
    Known,
    /// One value stands, but it was observed too long ago.
    Stale,
    /// Nothing stands.
    Unknown,
    /// Several values stand; somebody must decide.
    Rivals,
    /// The family did not want to say, and nothing valid stands.
    Declined,
    /// There is nothing to know (no spouse), observed within validity.
    NotApplicable,
}
