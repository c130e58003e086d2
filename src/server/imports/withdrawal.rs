//! What taking a file back would do, told before a person confirms it: which households go, what was recorded of them
//! meanwhile, and who stays. Writes nothing.

use std::collections::{BTreeSet, HashMap};

use domain::id::{HouseholdId, ImportId};
use protocol::roster::{NamedHousehold, RosterWithdrawal, StayingHelper};

use super::shown::named;
use super::taken::entries_of;
use crate::args;
use crate::books::names::NameBook;
use crate::store::{Reader, StoreError};

/// What taking it back would do.
///
/// # Errors
/// What the database says.
pub fn withdrawal(reader: &Reader<'_>, import: ImportId) -> Result<RosterWithdrawal, StoreError> {
    let mut names = NameBook::new(reader);
    let mut found = RosterWithdrawal { staying: staying(reader, import, &mut names)?, ..Default::default() };
    let visits = recorded(reader, import, Recorded::Visits)?;
    let needs = recorded(reader, import, Recorded::OpenNeeds)?;
    let untold = recorded(reader, import, Recorded::UntoldReplies)?;
    for household in going(reader, import)? {
        let of = |counts: &HashMap<HouseholdId, u32>| counts.get(&household).copied().unwrap_or(0);
        found.households += 1;
        found.visits += of(&visits);
        found.needs += of(&needs);
        found.untold += of(&untold);
        if of(&visits) + of(&needs) + of(&untold) > 0 && found.recorded.len() < RosterWithdrawal::NAMED_MAX {
            let one: NamedHousehold = named(reader, household, &mut names)?;
            found.recorded.push(one);
        }
    }
    Ok(found)
}

/// The households that nothing but this file keeps open, in its order.
fn going(reader: &Reader<'_>, import: ImportId) -> Result<Vec<HouseholdId>, StoreError> {
    let own: BTreeSet<_> = entries_of(reader, import)?.into_iter().map(|(entry, _)| entry).collect();
    let others = reader.all(
        "SELECT h.id, e.id FROM roster_row s LEFT JOIN shared m ON m.household = s.household
         JOIN household h ON h.id = COALESCE(m.shared, s.household)
         LEFT JOIN shared n ON n.shared = h.id
         LEFT JOIN entry e ON e.household = COALESCE(n.household, h.id)
           AND e.kind IN ('register', 'import') AND e.status = 'projected'
         WHERE s.roster = ?1 AND h.is_open = 1 ORDER BY s.place",
        args![import],
        |row| Ok::<_, StoreError>((row.get::<HouseholdId>(0)?, row.get(1)?)),
    )?;
    let is_others = |entry: &Option<_>| entry.is_some_and(|entry| !own.contains(&entry));
    let staying: BTreeSet<HouseholdId> =
        others.iter().filter(|(_, entry)| is_others(entry)).map(|(id, _)| *id).collect();
    let mut seen = BTreeSet::new();
    let all = others.into_iter().map(|(id, _)| id);
    Ok(all.filter(|id| !staying.contains(id) && seen.insert(*id)).collect())
}

/// How many visits, needs that wait, or answers of which nobody told the family, each household has that the file named.
fn recorded(
    reader: &Reader<'_>,
    import: ImportId,
    of: Recorded,
) -> Result<HashMap<HouseholdId, u32>, StoreError> {
    let table = match of {
        Recorded::Visits => "visit",
        Recorded::OpenNeeds => "(SELECT household FROM need WHERE is_open = 1)",
        Recorded::UntoldReplies => "(SELECT household FROM need WHERE is_open = 0 AND is_told = 0)",
    };
    let sql = format!(
        "SELECT f.household, count(*) FROM {table} f
         WHERE f.household IN (SELECT COALESCE(m.shared, s.household) FROM roster_row s
                               LEFT JOIN shared m ON m.household = s.household WHERE s.roster = ?1)
         GROUP BY f.household"
    );
    let rows = reader.all(&sql, args![import], |row| Ok::<_, StoreError>((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

/// What may be recorded of a household.
#[derive(Clone, Copy)]
enum Recorded {
    Visits,
    OpenNeeds,
    UntoldReplies,
}

/// People whom the file brought and who were invited or came since.
fn staying(
    reader: &Reader<'_>,
    import: ImportId,
    names: &mut NameBook<'_, '_>,
) -> Result<Vec<StayingHelper>, StoreError> {
    let rows = reader.all(
        "SELECT p.name, p.unit, p.password IS NOT NULL FROM person p
         WHERE p.id IN (SELECT person FROM roster_person WHERE roster = ?1 AND is_made = 1)
           AND (p.password IS NOT NULL OR EXISTS (SELECT 1 FROM invitation WHERE invitation.person = p.id)
                OR EXISTS (SELECT 1 FROM entry WHERE entry.author = p.id))
         ORDER BY p.name, p.id",
        args![import],
        |row| Ok::<_, StoreError>((row.get::<String>(0)?, row.get(1)?, row.get::<bool>(2)?)),
    )?;
    let helper = |(name, unit, came)| Ok(StayingHelper { name, unit: names.unit(unit)?, came });
    rows.into_iter().map(helper).collect()
}
