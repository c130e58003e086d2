//! What is not as it should be in a sheet: a code, where it stands, and what will happen. The sentences are said in
//! `src/ui/words/roster.rs`, in both languages; here only codes and their arguments travel.

use serde::{Deserialize, Serialize};

/// What will happen with what was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The household does not go in.
    HeldBack,
    /// The row repeats an earlier one, which says it all: nothing is lost, nothing is to be done.
    Repeat,
    /// The household goes in without this cell; the cell's text is kept beside it.
    WithoutCell,
    /// It goes in as it is written.
    AsWritten,
    /// The ID number's own date or sex goes in instead.
    FromId,
    /// It is kept with the household as it is, and exported again.
    Kept,
    /// What the household has stays.
    Stays,
    /// The file of a new household begins on the roster's day.
    RostersDay,
    /// The text goes in as far as there is room.
    Cut,
    /// Nothing of it is read.
    NotRead,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::HeldBack,
        Self::Repeat,
        Self::WithoutCell,
        Self::AsWritten,
        Self::FromId,
        Self::Kept,
        Self::Stays,
        Self::RostersDay,
        Self::Cut,
        Self::NotRead,
    ];
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal $effect:ident;)*) => {
        /// What was found.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Code {
            $($(#[doc = $doc])* #[serde(rename = $word)] $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word in JSON and in the list of sentences.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it means, for the help of the command line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim(),)* }
            }

            /// What will happen.
            #[must_use]
            pub const fn effect(self) -> Effect {
                match self { $(Self::$name => Effect::$effect,)* }
            }
        }
    };
}

codes! {
    /// The office has a household of this ID number under another name.
    KnownUnderOtherName "known_under_other_name" HeldBack;
    /// The office has a household of this name that may be the same.
    PerhapsKnown "perhaps_known" HeldBack;
    /// Another unit of the union has a household of this ID number.
    KnownElsewhere "known_elsewhere" HeldBack;
    /// Another row of the file is the same household of the office.
    MatchedTwice "matched_twice" HeldBack;
    /// Its branch is not the one that the file is taken in for.
    OtherBranch "other_branch" HeldBack;
    /// The last file had a child that this one has not; the child stays.
    ChildMissing "child_missing" Stays;
    /// The last file said something in this cell, and this one is blank.
    CellEmptied "cell_emptied" Stays;
    /// Its unit takes nothing in any more.
    UnitClosed "unit_closed" HeldBack;
    /// A helper of the household left the union's work: the seat stays as it is.
    HelperLeft "helper_left" WithoutCell;
    /// A helper without a telephone may be one of several, and nobody said who.
    HelperUnclear "helper_unclear" WithoutCell;
    /// A helper whom a person said to be somebody of the office has another telephone here.
    HelperTelephone "helper_telephone" AsWritten;
    /// No name stands in the row.
    NameMissing "name_missing" HeldBack;
    /// The same household stands in an earlier row.
    DuplicateOfRow "duplicate_of_row" Repeat;
    /// An earlier row has the same ID number and another name.
    SameIdOtherName "same_id_other_name" HeldBack;
    /// An earlier row has the same name and birth date, telephone or branch, or nearly its name, but is not the same
    /// household for certain: for a person to say.
    SimilarToRow "similar_to_row" HeldBack;
    /// A name with digits, of one sign, or too long.
    NameOdd "name_odd" AsWritten;
    /// No category of the union has this name.
    CategoryUnknown "category_unknown" WithoutCell;
    /// No category stands in the row.
    CategoryMissing "category_missing" WithoutCell;
    /// No unit stands in the row.
    BranchMissing "branch_missing" AsWritten;
    /// The ID number's last sign does not follow from the others.
    IdCheckDigit "id_check_digit" AsWritten;
    /// The ID number has neither 18 nor 15 signs.
    IdLength "id_length" AsWritten;
    /// The date inside the ID number is none.
    IdDate "id_date" AsWritten;
    /// The sheet lost the ID number's last digits.
    IdPrecisionLost "id_precision_lost" WithoutCell;
    /// The ID number is wrong, and the office has a right one: that one stays.
    IdKept "id_kept" WithoutCell;
    /// The birth date lies after today, or is not the ID number's.
    BirthInFutureOrDiffersFromId "birth_in_future_or_differs_from_id" AsWritten;
    /// The sex is not the ID number's.
    SexDiffersFromId "sex_differs_from_id" AsWritten;
    /// Neither 男 nor 女.
    SexUnknown "sex_unknown" WithoutCell;
    /// It cannot be read as a date.
    DateUnreadable "date_unreadable" WithoutCell;
    /// A date after today.
    DateInFuture "date_in_future" WithoutCell;
    /// 建档日期 lies after the roster's day.
    RegisteredAfter "registered_after" RostersDay;
    /// No telephone has so many digits.
    PhoneLength "phone_length" AsWritten;
    /// There is something, but no number.
    PhoneUnreadable "phone_unreadable" WithoutCell;
    /// No such word for marriage.
    MaritalUnknown "marital_unknown" WithoutCell;
    /// A spouse is named, but the marriage says there is none.
    SpouseNotMarried "spouse_not_married" AsWritten;
    /// No such cause.
    CauseUnknown "cause_unknown" WithoutCell;
    /// More than four causes; the first four count.
    CausesTooMany "causes_too_many" Cut;
    /// No such kind of dwelling.
    DwellingUnknown "dwelling_unknown" WithoutCell;
    /// Something is said of a child without a name.
    ChildWithoutName "child_without_name" WithoutCell;
    /// Several children in a cell, and another cell that does not say of which.
    ChildCellsUnmatched "child_cells_unmatched" WithoutCell;
    /// No such stage of schooling.
    StageUnknown "stage_unknown" WithoutCell;
    /// No such grade.
    GradeUnreadable "grade_unreadable" WithoutCell;
    /// It cannot be read as an amount.
    AmountUnreadable "amount_unreadable" WithoutCell;
    /// Fewer than three helpers answer for the household.
    FewerThanThreeHelpers "fewer_than_three_helpers" AsWritten;
    /// One person holds two seats of a household.
    HelperTwice "helper_twice" AsWritten;
    /// Several names for one seat; the first holds it.
    SeatSeveral "seat_several" Cut;
    /// It cannot be said which telephone is whose.
    HelperPhonesUnmatched "helper_phones_unmatched" WithoutCell;
    /// No telephone has so many digits; a helper's.
    HelperPhoneLength "helper_phone_length" AsWritten;
    /// Several telephones of one helper; the first is theirs.
    HelperPhonesSeveral "helper_phones_several" Cut;
    /// A text longer than can be kept.
    TooLong "too_long" Cut;
    /// A formula that failed.
    CellFailed "cell_failed" WithoutCell;
    /// Signs were lost when the file was saved.
    SignsLost "signs_lost" AsWritten;
    /// A row that is no household, no sum and no signature.
    RowNotUnderstood "row_not_understood" NotRead;
    /// A column nobody knows.
    ColumnUnknown "column_unknown" Kept;
    /// A column that a person said to hold members of the family, where none says what they are to the worker.
    MembersUnread "members_unread" NotRead;
    /// Another sheet that looks like a roster.
    SheetNotRead "sheet_not_read" NotRead;
    /// A sum says another number of households than there are.
    TotalDiffers "total_differs" AsWritten;
}

/// Something found, at its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The sheet, where several were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row, as people count.
    pub row: u32,
    /// The column's name in the header; empty where it is the whole row.
    #[serde(default)]
    pub column: String,
    /// The column's letters in Excel.
    #[serde(default)]
    pub letters: String,
    /// What was found.
    #[serde(rename = "finding")]
    pub code: Code,
    /// The earlier row that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The earlier row's sheet, where it is another.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of_sheet: String,
    /// What stands there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// What it is held against: the ID number's date, the number counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub against: String,
    /// What will happen.
    pub effect: Effect,
}

impl Finding {
    /// About a row.
    #[must_use]
    pub const fn of_row(row: u32, code: Code) -> Self {
        Self {
            sheet: String::new(),
            row,
            column: String::new(),
            letters: String::new(),
            code,
            of: None,
            of_sheet: String::new(),
            cell: String::new(),
            against: String::new(),
            effect: code.effect(),
        }
    }

    /// The order in which they are shown.
    #[must_use]
    pub fn order(&self) -> (u32, &'static str, &str) {
        (self.row, self.code.word(), &self.letters)
    }
}
