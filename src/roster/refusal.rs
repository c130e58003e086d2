//! Why a file is not read at all, and the limits behind it. A row that is wrong is a finding, never a refusal.

use core::fmt;
use serde::Serialize;

/// The most bytes a file may have. A household's row weighs 200–400 bytes packed, so 20 MB are some 50,000 households:
/// the largest union group in the country in one file. Beyond it lie photos pasted into the sheet.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;

/// The most bytes a workbook may inflate to. 10,000 rows of 30 columns are 18 MB of XML; ten times that is a sheet
/// formatted down to its last row, or a bomb.
pub const INFLATED_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// The most bytes that anything but the sheets themselves may inflate to: texts and styles are held in memory.
pub const SHARED_BYTES_MAX: u64 = 48 * 1024 * 1024;

/// The most rows with something in them.
pub const ROWS_MAX: usize = 60_000;

/// The most cells with something in them.
pub const CELLS_MAX: usize = 2_000_000;

/// The most bytes of text in all cells together.
pub const TEXT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The most signs that are kept of one cell: twice the longest text of a file.
pub const CELL_CHARS_MAX: usize = 4_000;

/// A column further right than this is decoration.
pub const COLUMNS_MAX: u16 = 400;

/// Why a file is not read. Each has its sentence, in both languages, at [`Refusal::said`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Nothing in it.
    Empty,
    /// Neither a workbook nor a table of text.
    NotASpreadsheet,
    /// A workbook that ends in the middle, or whose parts do not fit.
    Damaged,
    /// A workbook behind a password.
    Encrypted,
    /// The format before 2007.
    OldFormat,
    /// A workbook of another program or kind: .ods, .xlsb, .docx.
    OtherFormat,
    /// More bytes than [`FILE_BYTES_MAX`].
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// Packed small, but it inflates beyond [`INFLATED_BYTES_MAX`]: a bomb, or a sheet formatted down to its last row.
    InflatesTooMuch,
    /// More rows, cells or text than any roster has.
    TooManyRows,
    /// Text in an encoding that is none of UTF-8, UTF-16 and GB18030.
    UnknownEncoding,
    /// No row looks like the names of columns.
    NoHeader,
    /// Columns are recognised, but none holds the worker's name.
    NoNameColumn,
    /// The sheet that the mapping names is not in the file.
    NoSuchSheet,
}

impl Refusal {
    /// One of each, for the tests of words.
    pub const ALL: [Self; 13] = [
        Self::Empty,
        Self::NotASpreadsheet,
        Self::Damaged,
        Self::Encrypted,
        Self::OldFormat,
        Self::OtherFormat,
        Self::TooLarge { bytes: 0 },
        Self::InflatesTooMuch,
        Self::TooManyRows,
        Self::UnknownEncoding,
        Self::NoHeader,
        Self::NoNameColumn,
        Self::NoSuchSheet,
    ];

    /// The word in JSON and in the list of sentences.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotASpreadsheet => "not_a_spreadsheet",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::OldFormat => "old_format",
            Self::OtherFormat => "other_format",
            Self::TooLarge { .. } => "too_large",
            Self::InflatesTooMuch => "inflates_too_much",
            Self::TooManyRows => "too_many_rows",
            Self::UnknownEncoding => "unknown_encoding",
            Self::NoHeader => "no_header",
            Self::NoNameColumn => "no_name_column",
            Self::NoSuchSheet => "no_such_sheet",
        }
    }

    /// What to do about it, in Chinese and in English: what the command line says. The desk says the same from
    /// `src/ui/words/roster.rs`; a test holds the two together.
    #[must_use]
    pub const fn said(self) -> [&'static str; 2] {
        match self {
            Self::Empty => ["文件是空的。请选花名册文件。", "The file is empty. Choose the roster."],
            Self::NotASpreadsheet => [
                "这不是表格文件。请选 .xlsx 或 .csv 的花名册。",
                "This is no spreadsheet. Choose a roster in .xlsx or .csv.",
            ],
            Self::Damaged => [
                "文件损坏，读不完整。请用 Excel 或 WPS 打开，另存一份再导入。",
                "The file is damaged. Open it in Excel or WPS, save a copy and import that.",
            ],
            Self::Encrypted => [
                "文件加了密码。请用 Excel 或 WPS 打开，去掉密码，另存后再导入。",
                "The file is behind a password. Open it in Excel or WPS, remove the password, save and import again.",
            ],
            Self::OldFormat => [
                "这是 2003 版的 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
                "This is an .xls file of 2003. Open it in Excel or WPS, save it as .xlsx and import that.",
            ],
            Self::OtherFormat => [
                "这不是表格文件。请选 .xlsx 或 .csv；表格在 Word 等别的文件里的，请先复制到 Excel 或 WPS，另存为 .xlsx。",
                "This is no spreadsheet. Choose an .xlsx or a .csv; copy a table that is in another kind of file, as of Word, into Excel or WPS and save it as .xlsx.",
            ],
            Self::TooLarge { .. } => [
                "文件超过 20 MB。请删掉表里的图片，或按分会拆成几个文件再导入。",
                "The file is over 20 MB. Remove pictures from the sheet, or split it by branch, and import again.",
            ],
            Self::InflatesTooMuch => [
                "文件展开后过大，没有读。请只选中有内容的行，复制到新表，另存后再导入。",
                "The file unpacks to far too much and was not read. Copy only the filled rows into a new sheet, save it and import that.",
            ],
            Self::TooManyRows => [
                "表里的行数过多，不像一个工会的花名册。请按分会拆成几个文件再导入。",
                "There are more rows than a union’s roster has. Split it by branch and import each.",
            ],
            Self::UnknownEncoding => [
                "文件里的文字认不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
                "The text of this file cannot be read. Open it in Excel or WPS, save it as .xlsx and import that.",
            ],
            Self::NoHeader => [
                "没找到表头。请在第一户上面留一行列名，例如：姓名、身份证号、联系电话。",
                "No row with the names of the columns was found. Put one above the first household: name, ID number, telephone.",
            ],
            Self::NoNameColumn => [
                "没有“姓名”这一列。请在表头写上“姓名”，或者自己指定哪一列是姓名。",
                "No column holds the worker’s name. Name one so in the header, or choose it by hand.",
            ],
            Self::NoSuchSheet => [
                "文件里没有指定的那张工作表。请重新选工作表。",
                "The sheet that was chosen is not in this file. Choose another.",
            ],
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [_, english] = self.said();
        f.write_str(english)
    }
}

impl std::error::Error for Refusal {}
