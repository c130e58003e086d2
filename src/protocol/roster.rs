//! What a desk and the office say about rosters (花名册): a file is brought once, looked at as often as a person changes
//! their mind about it, and taken in as it was last shown.
//!
//! What is found in a file travels as words (`finding`, `effect`, `field`): their sentences are `ui::words::roster`.

mod look;
mod withdrawal;

pub use look::{
    CategoryWord, PlannedRow, RosterDated, RosterRepeat, TextChange, ValueChange, WordRead, WordSort,
};
pub use withdrawal::{RosterWithdrawal, StayingHelper};

use domain::{
    day::Day,
    id::{HouseholdId, ImportId, PersonId, UnitId},
};
use serde::{Deserialize, Serialize};

/// The answer to `POST /api/roster/files?name=…`, whose body is the file itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterFile {
    /// Names the file from now on, for a day; the same bytes have the same name.
    pub file: String,
}

/// `POST /api/roster/preview`, and `POST /api/roster/imports`, which takes in what was last shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RosterAsked {
    /// Which file.
    pub file: String,
    /// The import to be: the desk makes the id once, so a repeat is harmless.
    pub import: ImportId,
    /// The unit that the file is of.
    pub unit: UnitId,
    /// The day as of which the roster holds; none = the day that it says of itself, else today.
    #[serde(default)]
    pub day: Option<Day>,
    /// What a person said of the columns; none = what the office remembers, or finds.
    #[serde(default)]
    pub mapping: Option<RosterMapping>,
    /// Which household a row is.
    #[serde(default)]
    pub households: Vec<RowAnswer>,
    /// Which person a helper is.
    #[serde(default)]
    pub persons: Vec<PersonAnswer>,
    /// The stamp of the [`RosterPlan`] that was shown; empty in a preview.
    #[serde(default)]
    pub seen: String,
}

/// Which column of which sheet holds what.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RosterMapping {
    /// The sheet; none for a .csv, or to have it chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The last row of the header; none to have it found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// How many rows the header has: 1 or 2.
    pub header_rows: u32,
    /// Whether a person pointed at the header: then nothing else is one.
    #[serde(default)]
    pub header_told: bool,
    /// Every column that holds something.
    pub columns: Vec<RosterColumn>,
    /// Texts that a person took for a category.
    #[serde(default)]
    pub categories: Vec<CategoryWord>,
}

/// One column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterColumn {
    /// Its place, counted from 0.
    pub at: u16,
    /// Its letters in Excel.
    pub letters: String,
    /// Its name in the header.
    pub header: String,
    /// What it holds; none = kept as it is.
    #[serde(default)]
    pub field: Option<String>,
    /// Whether it is written again when the roster is exported.
    pub exported: bool,
}

/// What a person said of a row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowAnswer {
    /// The row's place in the file's households, as [`RowQuestion::at`].
    pub at: u32,
    /// The household that it is; none = one that the office does not know.
    pub is: Option<HouseholdId>,
}

/// A helper as a file names one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct HelperName {
    /// 分会.
    pub branch: String,
    /// The name.
    pub name: String,
    /// The telephone; empty where none is given.
    pub telephone: String,
}

/// What a person said of a helper: who they are; neither = somebody of their own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PersonAnswer {
    /// Whom the file names.
    pub helper: HelperName,
    /// A person of the office.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Another of the file.
    #[serde(default)]
    pub same_as: Option<HelperName>,
}

/// The answer to a preview.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RosterPreview {
    /// The names of the file's sheets; one without a name for a .csv.
    pub sheets: Vec<String>,
    /// Which column holds what.
    pub mapping: RosterMapping,
    /// The file that the columns were told for, where they are remembered; empty where they are not.
    #[serde(default)]
    pub as_in: String,
    /// The first rows as they lie there: number and cells.
    pub rows: Vec<ShownRow>,
    /// Why the file is not read, as a word.
    #[serde(default)]
    pub refused: Option<String>,
    /// What taking it in would do.
    #[serde(default)]
    pub plan: Option<RosterPlan>,
}

/// A row as it lies in a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownRow {
    /// Its number, as people count.
    pub row: u32,
    /// Its cells from the first column on.
    pub cells: Vec<String>,
}

/// How much taking a file in does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RosterCounts {
    /// Rows of households, repeats too.
    #[serde(default)]
    pub rows: u32,
    /// Of these, repeats of earlier rows.
    #[serde(default)]
    pub repeats: u32,
    /// How many rows of the sheet all of them take, those of their children too.
    #[serde(default)]
    pub sheet_rows: u32,
    /// Households in the file, each counted once.
    pub households: u32,
    /// Of these, new to the office.
    pub new: u32,
    /// Known, and the file says something anew.
    pub changed: u32,
    /// Known, and the file says nothing anew.
    pub unchanged: u32,
    /// Rows that do not go in, repeats among them.
    pub held_back: u32,
    /// Children of the households that go in.
    pub children: u32,
    /// Helpers named.
    pub helpers: u32,
    /// Units to be made.
    pub units: u32,
    /// People to be made.
    pub persons: u32,
}

/// What taking a file in would do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RosterPlan {
    /// Given back in [`RosterAsked::seen`]: what goes in is what was shown, or nothing.
    pub stamp: String,
    /// The day as of which the roster holds.
    pub day: Day,
    /// The day that the file says of itself.
    #[serde(default)]
    pub dated: Option<RosterDated>,
    /// How much.
    pub counts: RosterCounts,
    /// New households that nobody visited and whose visit was due before today, by the day their file began.
    #[serde(default)]
    pub due: u32,
    /// Every row of a household, in the order of the file.
    #[serde(default)]
    pub rows: Vec<PlannedRow>,
    /// Rows that stand beside an earlier one, each with that.
    #[serde(default)]
    pub repeats: Vec<RosterRepeat>,
    /// Words that were taken for others, the most frequent first.
    #[serde(default)]
    pub words: Vec<WordRead>,
    /// The union's categories, to choose from.
    #[serde(default)]
    pub categories: Vec<String>,
    /// The units to be made, with their full names.
    pub units: Vec<String>,
    /// The people to be made.
    pub persons: Vec<HelperName>,
    /// What is not as it should be, at its row.
    pub findings: Vec<RosterFinding>,
    /// Rows that a person must recognise; until then they are held back.
    pub rows_asked: Vec<RowQuestion>,
    /// Helpers who may be one person; until somebody says so they are not.
    pub persons_asked: Vec<PersonQuestion>,
    /// Households of an earlier file that this one lacks; nothing happens to them.
    pub missing: Vec<NamedHousehold>,
    /// What changes of households that the office knows.
    pub changes: Vec<RowChange>,
    /// What the file says otherwise and does not change.
    #[serde(default)]
    pub stays: Vec<RowChange>,
}

/// Something found, at its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterFinding {
    /// The sheet, where several were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// The column's name; empty where it is the whole row.
    #[serde(default)]
    pub column: String,
    /// The column's letters.
    #[serde(default)]
    pub letters: String,
    /// What was found, as a word.
    pub finding: String,
    /// The earlier row that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// Whose row it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Of which unit, as the file names it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// What stands there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// What it is held against.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub against: String,
    /// What will happen, as a word.
    pub effect: String,
}

/// A row that may be a household of the office.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RowQuestion {
    /// The row's place in the file's households.
    pub at: u32,
    /// Its sheet, where several were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Its number.
    pub row: u32,
    /// What the row says of itself.
    pub says: NamedHousehold,
    /// Those that it may be.
    pub may_be: Vec<NamedHousehold>,
}

/// A household in one line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NamedHousehold {
    /// Which; none where it is only a row.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// The worker's name.
    pub name: String,
    /// The unit, with the names above it.
    pub unit: String,
    /// The address.
    pub address: String,
    /// The telephones.
    pub telephones: String,
}

/// Helpers of a file, and people of the office, who may be one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PersonQuestion {
    /// Why it is asked: `other_telephone`, `no_telephone`, `other_branch`, `other_name`.
    pub doubt: String,
    /// Who in the file.
    pub helpers: Vec<HelperName>,
    /// Who at the office.
    pub persons: Vec<KnownHelper>,
    /// Rows in which two of them stand side by side: the sheet itself says that they are two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub side_by_side: Vec<u32>,
}

/// A person of the office in one line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KnownHelper {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The telephone.
    pub telephone: String,
}

/// What a row says otherwise of a household.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RowChange {
    /// The row.
    pub row: u32,
    /// Which household.
    pub household: HouseholdId,
    /// The worker's name.
    pub name: String,
    /// What: codes of items, `register`, `seats`.
    pub what: Vec<String>,
    /// What stands and what the row says, of the six.
    #[serde(default)]
    pub values: Vec<ValueChange>,
    /// The same beside the six.
    #[serde(default)]
    pub texts: Vec<TextChange>,
}

/// `POST /api/roster/exports`: answered with the file itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterOut {
    /// The unit whose households are written.
    pub unit: UnitId,
    /// As what.
    pub format: RosterFormat,
}

/// `POST /api/roster/lists`: a list of the desk's own making; answered with the file itself, every cell a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RosterList {
    /// Its name, without an ending.
    pub name: String,
    /// As what.
    pub format: RosterFormat,
    /// What its columns are called.
    pub columns: Vec<String>,
    /// Cell by cell.
    pub rows: Vec<Vec<String>>,
}

/// What a roster is written as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterFormat {
    /// A workbook.
    Xlsx,
    /// A text table in UTF-8 with a byte order mark.
    Csv,
}

/// A file that was taken in, as `POST /api/roster/imports` answers and `GET /api/roster/imports?unit=…` lists them,
/// the latest first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RosterTaken {
    /// Which import.
    pub import: ImportId,
    /// The unit it was taken in for.
    pub unit: UnitId,
    /// The day as of which the roster holds.
    pub day: Day,
    /// When it was taken in.
    pub taken_ms: i64,
    /// By whom.
    pub taken_by: String,
    /// The file's name.
    pub file_name: String,
    /// How much it did.
    pub counts: RosterCounts,
    /// When it was taken back, if it was.
    #[serde(default)]
    pub withdrawn_ms: Option<i64>,
}
