//! The list behind each count, and the search over everything in scope.

use domain::day::Day;
use domain::id::{HouseholdId, PersonId};
use domain::item::{Item, ItemState};
use protocol::office::{HouseholdList, HouseholdRow, Show};

use super::columns::{COLUMNS, IN_SUBTREE, MOST_DUE_FIRST, SEATS_EMPTY, due_is, item_conditions, read, rows};
use crate::args;
use crate::books::code::NUMBERS_ODD;
use crate::store::{Reader, StoreError, ToArg};
use crate::union::units::prefix_range;

/// How many rows a list gives where nobody says.
const TAKE_DEFAULT: u32 = 50;
/// The most rows a list gives.
const TAKE_MAX: u32 = 200;

/// What a list is asked.
pub struct Asked<'a> {
    /// Path of the top unit.
    pub top: &'a str,
    /// Which.
    pub show: Show,
    /// For whom this person answers today; none = whoever does.
    pub helper: Option<PersonId>,
    /// Words in name, pinyin initials, address or telephone.
    pub search: &'a str,
    /// The fingerprint of an ID number that is searched for; empty where none is.
    pub id_hash: &'a str,
    /// How many to skip.
    pub skip: u32,
    /// How many to give; 0 = the default.
    pub take: u32,
}

/// A page of households, without the helper's name: who is furthest past their day first.
///
/// # Errors
/// What the database says.
pub fn list(reader: &Reader<'_>, asked: &Asked<'_>, today: Day) -> Result<HouseholdList, StoreError> {
    let (from, to) = prefix_range(asked.top);
    let squeezed: String = asked.search.chars().filter(|sign| !sign.is_whitespace()).collect();
    let like = format!("%{}%", escape(&squeezed.to_lowercase()));
    let of_helper = if asked.helper.is_some() { OF_HELPER } else { "" };
    let condition = format!(
        "is_open = 1 AND {IN_SUBTREE} AND {} {of_helper} AND (?4 = '%%' OR lower(name) LIKE ?4 ESCAPE '!' OR pinyin LIKE ?4 ESCAPE '!'
            OR lower(replace(address, ' ', '')) LIKE ?4 ESCAPE '!' OR lower(telephones) LIKE ?4 ESCAPE '!'
            OR id_hash = ?5 OR id_number LIKE ?6)",
        shown(asked.show)
    );
    let today_number = today.number();
    let tail_like = id_tail(&squeezed).map(|tail| format!("%{tail}")).unwrap_or_default();
    let mut args = args![from, to, today_number, like, asked.id_hash, tail_like].to_vec();
    args.extend(asked.helper.as_ref().map(ToArg::to_arg));
    let total = reader.count(
        &format!("SELECT count(*) FROM household WHERE CAST(?3 AS BIGINT) = ?3 AND {condition}"),
        &args,
    )?;
    let first = if squeezed.is_empty() { "" } else { BEGINS_SO_FIRST };
    let take = if asked.take == 0 { TAKE_DEFAULT } else { asked.take.min(TAKE_MAX) };
    let lines = reader.all(
        &format!("SELECT {COLUMNS} FROM household WHERE CAST(?3 AS BIGINT) = ?3 AND {condition} ORDER BY {first}{MOST_DUE_FIRST} LIMIT {take} OFFSET {}", asked.skip),
        &args,
        read,
    )?;
    Ok(HouseholdList {
        total: u32::try_from(total).unwrap_or(u32::MAX),
        today,
        helper_name: String::new(),
        households: rows(reader, lines, today)?,
    })
}

/// Whose name has these initials and no others, then whose name or initials begin so, then the rest.
const BEGINS_SO_FIRST: &str = "CASE
    WHEN pinyin || ' ' LIKE substr(?4, 2, length(?4) - 2) || ' %' ESCAPE '!' THEN 0
    WHEN pinyin LIKE substr(?4, 2) ESCAPE '!' THEN 1
    WHEN lower(name) LIKE substr(?4, 2) ESCAPE '!' THEN 1 ELSE 2 END, ";

/// The last four signs of an ID number, as pages show them.
fn id_tail(sought: &str) -> Option<String> {
    let (digits, last) = sought.split_at_checked(3)?;
    let is_tail = digits.chars().all(|sign| sign.is_ascii_digit())
        && matches!(last.as_bytes(), [b'0'..=b'9' | b'x' | b'X']);
    is_tail.then(|| sought.to_ascii_uppercase())
}

/// Those for whom the person `?7` answers on the day `?3`.
const OF_HELPER: &str = "AND id IN (SELECT s.household FROM seat s WHERE s.person = ?7
    AND s.from_day <= ?3 AND (s.until_day IS NULL OR s.until_day >= ?3))";

/// One household as a row.
///
/// # Errors
/// What the database says.
pub fn row(
    reader: &Reader<'_>,
    household: HouseholdId,
    today: Day,
) -> Result<Option<HouseholdRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM household WHERE id = ?1");
    let lines = reader.all(&sql, args![household], read)?;
    Ok(rows(reader, lines, today)?.into_iter().next())
}

/// The SQL of what is shown.
fn shown(show: Show) -> String {
    match show {
        Show::All => "1 = 1".to_owned(),
        Show::Due(state) => due_is(state).to_owned(),
        Show::Needs => "needs_open > 0".to_owned(),
        Show::SeatsEmpty => SEATS_EMPTY.to_owned(),
        Show::NumbersOdd => format!("telephone_is = {NUMBERS_ODD}"),
        Show::Late => "due < ?3".to_owned(),
        Show::WithoutCategory => WITHOUT_CATEGORY.to_owned(),
        Show::Item(item, state) => item_is(item, state),
        Show::Lacking(item) => lacking(item),
    }
}

/// Nobody has said what sort of household it is.
pub(super) const WITHOUT_CATEGORY: &str = "category IS NULL";

/// Whatever keeps an item from being known.
fn lacking(item: Item) -> String {
    let [_, stale, unknown, rivals, declined, _] = item_conditions(item);
    format!("({})", [stale, unknown, rivals, declined].map(|one| format!("({one})")).join(" OR "))
}

fn item_is(item: Item, state: ItemState) -> String {
    let [known, stale, unknown, rivals, declined, not_applicable] = item_conditions(item);
    match state {
        ItemState::Known => known,
        ItemState::Stale => stale,
        ItemState::Unknown => unknown,
        ItemState::Rivals => rivals,
        ItemState::Declined => declined,
        ItemState::NotApplicable => not_applicable,
    }
}

fn escape(words: &str) -> String {
    words.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
