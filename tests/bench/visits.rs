//! Visits where nothing changed, as a helper's phone makes and seals them: what the benches send.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::answer::Answer;
use domain::day::Day;
use domain::entry::{Act, Entry, SCHEMA};
use domain::id::{DeviceId, EntryId};
use domain::item::Item;
use domain::slot::{Slot, Values};
use domain::value::Whose;
use domain::visit::Visit;
use kit::office::Office;
use protocol::changes::{Card, ChangesPage};
use protocol::deposit::Head;
use protocol::record::{EntryHash, Record, seal};
use protocol::sign_in::{DemoSignIn, Me, Role, SessionKind};

use crate::households;
use crate::http::{Http, Outcome, trouble};

/// The first helper of a demo office, signed in over a connection of their own, with what they know.
pub struct Helper {
    /// The connection.
    pub http: Http,
    /// What the office told them at the sign-in.
    pub me: Me,
    /// Their households.
    pub cards: Vec<Card>,
    /// Where the office stood then.
    pub head: Head,
}

/// One visit, as it was written and as it travels.
pub struct Made {
    /// The entry's plain bytes.
    pub plain: Vec<u8>,
    /// The sealed record.
    pub record: Record,
}

impl Helper {
    /// Signs the helper in, on this device if one is named, and fetches all they may see.
    pub fn of(office: &Office, device: Option<DeviceId>) -> Outcome<Self> {
        let mut http = Http::connect(office.address())?;
        let person = households::offered(&mut http, Role::Helper)?.person;
        let ask = DemoSignIn { person, kind: SessionKind::Phone, device };
        let me: Me = http.ask("POST", "/api/demo/sign-in", &serde_json::to_vec(&ask)?)?.read()?;
        let (cards, head) = fetch(&mut http)?;
        Ok(Self { http, me, cards, head })
    }

    /// The visit of this number, to one household after the other. Another `series` makes other ids.
    pub fn visit(&self, device: DeviceId, seq: u64, series: u8) -> Outcome<Made> {
        let place = usize::try_from(seq).unwrap_or(0) % self.cards.len().max(1);
        let card = self.cards.get(place).ok_or_else(|| trouble("the helper has no household".to_owned()))?;
        let today = Day::at(self.me.server_time_ms, self.me.utc_offset_minutes);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&seq.to_be_bytes());
        random[8] = series;
        let entry = Entry {
            id: EntryId::new(self.me.server_time_ms, random),
            device,
            seq,
            kind: "visit".to_owned(),
            schema: SCHEMA,
            household: card.household,
            author: self.me.person,
            wall_ms: self.me.server_time_ms,
            clock_offset_ms: Some(0),
            nonce: format!("{seq:032x}"),
            payload: Act::Visit(unchanged(card, today)).payload(),
        };
        let plain = serde_json::to_vec(&entry)?;
        let mut seal_random = [7; 32];
        seal_random[..8].copy_from_slice(&seq.to_be_bytes());
        seal_random[8] = series;
        let bytes = seal(&plain, self.key()?, seal_random).map_err(|cause| trouble(cause.to_string()))?;
        let entry_hash = EntryHash::of(&plain);
        let sealed_to = self.me.key.id.clone();
        Ok(Made { plain, record: Record { device, seq, id: entry.id, entry_hash, sealed_to, bytes } })
    }

    fn key(&self) -> Outcome<[u8; 32]> {
        let bytes = STANDARD.decode(&self.me.key.public).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| trouble("the office's key is not a key".to_owned()))
    }
}

/// All cards of the helper, page by page, and the head the phone was shown.
fn fetch(http: &mut Http) -> Outcome<(Vec<Card>, Head)> {
    let (mut all, mut path) = (Vec::new(), "/api/changes".to_owned());
    loop {
        let page: ChangesPage = http.ask("GET", &path, b"")?.read()?;
        let cursor = page.cursor;
        path = format!("/api/changes?epoch={}&rev={}&chain={}", cursor.epoch, cursor.rev, cursor.chain);
        all.extend(page.cards);
        if page.left == 0 {
            return Ok((all, page.head));
        }
    }
}

/// A visit where nothing changed: every value that stands is confirmed.
fn unchanged(card: &Card, today: Day) -> Visit {
    let confirmed = |item: Item| -> Values {
        let of_item = card.standings.iter().filter(|(slot, _)| slot.item() == item);
        of_item.filter_map(|(slot, standing)| standing.one().map(|one| (*slot, one.value.clone()))).collect()
    };
    let asked = Item::ALL.into_iter().filter(|item| card.standings.contains_key(&Slot::of_item(*item)));
    Visit {
        met: Some(Whose::Worker),
        answers: asked.map(|item| (item, Answer::Unchanged { confirmed: confirmed(item) })).collect(),
        ..Visit::attempt(today)
    }
}
