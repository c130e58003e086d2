//! The columns of a roster as a person sees and changes them. Pure.

use protocol::roster::{
    CategoryWord, RosterColumn, RosterMapping, RosterPlan, RosterPreview, ShownRow, WordRead, WordSort,
};
use ui::words::{Language, roster::RosterWords};

/// What a column can hold, in groups as people look for it.
pub const GROUPS: [&[&str]; 6] = [
    &["name", "sex", "id_number", "born", "work_number", "category", "registered", "branch", "group"],
    &["telephone", "address", "dwelling", "cause", "further_cause", "events"],
    &["marital", "spouse_name", "spouse_work", "spouse_health", "spouse_telephone"],
    &["child_name", "child_born", "child_school", "child_stage", "child_grade", "child_cost"],
    &["member_name", "member_relation", "member_born", "member_work", "member_health"],
    &[
        "leader",
        "leader_telephone",
        "union_officer",
        "union_officer_telephone",
        "line_manager",
        "line_manager_telephone",
        "helpers",
        "helper_telephones",
    ],
];

/// Kept as it is, as a person said.
pub const KEPT: &str = "kept";

/// Only tells rows apart.
pub const SERIAL: &str = "serial";

/// So many cells of a column are shown.
const SAMPLES: usize = 3;

/// What stands in a column below the header, as far as the first rows show it.
pub fn samples(rows: &[ShownRow], header_row: Option<u32>, at: u16) -> Vec<String> {
    let below = rows.iter().filter(|row| header_row.is_none_or(|header| row.row > header));
    let cell = |row: &ShownRow| row.cells.get(usize::from(at)).filter(|cell| !cell.is_empty()).cloned();
    below.filter_map(cell).take(SAMPLES).collect()
}

/// How many columns are kept as they are because nobody knows them.
pub fn unknown(mapping: &RosterMapping) -> usize {
    mapping.columns.iter().filter(|column| column.field.is_none()).count()
}

/// Another row is the header: its columns are looked for anew, and what was said of columns of the same name holds.
/// Where no row looked like a header, the row's own cells are the columns, and those that are named as we name them are
/// known.
pub fn with_header(mapping: &RosterMapping, preview: &RosterPreview, row: u32) -> RosterMapping {
    let no_header = preview.plan.is_none() && preview.mapping.columns.is_empty();
    let cells = preview.rows.iter().find(|shown| shown.row == row).map(|shown| shown.cells.as_slice());
    let columns = if no_header { of_cells(cells.unwrap_or_default()) } else { mapping.columns.clone() };
    RosterMapping { header_row: Some(row), header_rows: 1, header_told: true, columns, ..mapping.clone() }
}

fn of_cells(cells: &[String]) -> Vec<RosterColumn> {
    let chinese = RosterWords(Language::Chinese);
    let field = |header: &str| {
        let known = GROUPS.iter().flat_map(|group| group.iter()).find(|field| chinese.field(field) == header);
        known.map(|field| (*field).to_owned())
    };
    let column = |(at, header): (u16, &String)| RosterColumn {
        at,
        letters: letters(at),
        header: header.clone(),
        field: field(header),
        exported: true,
    };
    (0..).zip(cells).filter(|(_, header)| !header.is_empty()).map(column).collect()
}

/// Another sheet is meant: its header is looked for anew.
pub fn with_sheet(mapping: &RosterMapping, sheet: &str) -> RosterMapping {
    let sheet = Some(sheet.to_owned());
    RosterMapping { sheet, header_row: None, header_rows: 1, header_told: false, ..mapping.clone() }
}

/// What a text was said to name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named {
    /// This category.
    Category(String),
    /// None.
    No,
    /// Nothing was said.
    NotSaid,
}

/// A text names this category.
pub fn name_category(mapping: &mut RosterMapping, written: &str, is: Named) {
    mapping.categories.retain(|word| word.written != written);
    let is = match is {
        Named::NotSaid => return,
        Named::Category(name) => Some(name),
        Named::No => None,
    };
    mapping.categories.push(CategoryWord { written: written.to_owned(), is });
}

/// Texts that name no category of the union, or of which a person said which they name; each with how many cells say it.
pub fn categories_asked(words: &[WordRead]) -> Vec<(String, u32)> {
    let is_asked = |word: &&WordRead| word.sort == WordSort::Category && (word.told || word.is.is_none());
    let mut asked: Vec<(String, u32)> =
        words.iter().filter(is_asked).map(|word| (word.written.clone(), word.cells)).collect();
    asked.sort();
    asked
}

/// How many of them nobody said anything of.
pub fn categories_open(mapping: &RosterMapping, words: &[WordRead]) -> usize {
    let is_said = |written: &String| mapping.categories.iter().any(|word| word.written == *written);
    categories_asked(words).iter().filter(|(written, _)| !is_said(written)).count()
}

/// The same, where a household goes in without a category for it.
pub fn categories_waiting(mapping: &RosterMapping, plan: &RosterPlan) -> usize {
    let is_without = plan.findings.iter().any(|finding| {
        (finding.finding.as_str(), finding.effect.as_str()) == ("category_unknown", "without_cell")
    });
    if is_without { categories_open(mapping, &plan.words) } else { 0 }
}

/// Columns whose name is not what we call what they hold: header and field.
pub fn renamed(mapping: &RosterMapping) -> Vec<(String, String)> {
    let chinese = RosterWords(Language::Chinese);
    let of = |column: &RosterColumn| {
        let field = column.field.clone().filter(|field| !matches!(field.as_str(), KEPT | SERIAL))?;
        (chinese.field(&field) != column.header).then(|| (column.header.clone(), field))
    };
    mapping.columns.iter().filter_map(of).collect()
}

/// A column holds something else. What one column alone can hold is taken from the others.
pub fn set_field(mapping: &mut RosterMapping, at: u16, field: Option<&str>) {
    for column in &mut mapping.columns {
        if column.at == at {
            column.field = field.map(str::to_owned);
        } else if field == Some("name") && column.field.as_deref() == field {
            column.field = Some(KEPT.to_owned());
        }
    }
}

/// The columns as they were read, ticked as a person has ticked them meanwhile.
pub fn with_ticks_of(read: &RosterMapping, told: &RosterMapping) -> RosterMapping {
    let mut mapping = read.clone();
    for column in &mut mapping.columns {
        let same = |one: &&RosterColumn| one.at == column.at && one.header == column.header;
        if let Some(told) = told.columns.iter().find(same) {
            column.exported = told.exported;
        }
    }
    mapping
}

/// The letters that Excel shows above a column.
fn letters(at: u16) -> String {
    let mut left = u32::from(at) + 1;
    let mut letters = String::new();
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0) + b'A';
        letters.insert(0, char::from(letter));
        left = (left - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::{Named, letters, name_category, samples, set_field, with_header};
    use protocol::roster::{RosterColumn, RosterMapping, RosterPreview, ShownRow};

    fn row(row: u32, cells: &[&str]) -> ShownRow {
        ShownRow { row, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    #[test]
    fn letters_are_those_of_excel() {
        for (at, expected) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(at), expected);
        }
    }

    #[test]
    fn samples_stand_below_the_header() {
        let rows = [
            row(1, &["花名册"]),
            row(2, &["姓名", "住址"]),
            row(3, &["张山", ""]),
            row(4, &["李水", "甲路"]),
            row(5, &["王土", "甲路"]),
        ];
        assert_eq!(samples(&rows, Some(2), 0), ["张山", "李水", "王土"]);
        assert_eq!(samples(&rows, Some(2), 1), ["甲路", "甲路"]);
    }

    #[test]
    fn a_row_pointed_at_names_the_columns() {
        let preview = RosterPreview {
            sheets: vec![String::new()],
            mapping: RosterMapping::default(),
            as_in: String::new(),
            rows: vec![row(2, &["姓名", "", "住哪儿"])],
            refused: Some("no_header".into()),
            plan: None,
        };
        let mapping = with_header(&RosterMapping::default(), &preview, 2);
        let fields: Vec<(String, Option<&str>)> =
            mapping.columns.iter().map(|one| (one.letters.clone(), one.field.as_deref())).collect();
        assert_eq!(fields, [("A".to_owned(), Some("name")), ("C".to_owned(), None)]);
        assert_eq!((mapping.header_row, mapping.header_told), (Some(2), true));
    }

    #[test]
    fn a_text_names_one_category_until_it_is_taken_back() {
        let mut mapping = RosterMapping::default();
        let told = |mapping: &RosterMapping| {
            mapping.categories.iter().map(|word| word.is.clone()).collect::<Vec<_>>()
        };
        name_category(&mut mapping, "低保户", Named::Category("困难户".into()));
        assert_eq!(told(&mapping), [Some("困难户".to_owned())]);
        name_category(&mut mapping, "低保户", Named::No);
        assert_eq!(told(&mapping), [None]);
        name_category(&mut mapping, "低保户", Named::NotSaid);
        assert_eq!(told(&mapping), []);
    }

    #[test]
    fn one_column_alone_holds_the_name() {
        let column = |at: u16, field: Option<&str>| RosterColumn {
            at,
            letters: letters(at),
            header: format!("列{at}"),
            field: field.map(str::to_owned),
            exported: true,
        };
        let mut mapping = RosterMapping {
            columns: vec![column(0, Some("name")), column(1, None)],
            ..RosterMapping::default()
        };
        set_field(&mut mapping, 1, Some("name"));
        let fields: Vec<Option<&str>> = mapping.columns.iter().map(|one| one.field.as_deref()).collect();
        assert_eq!(fields, [Some("kept"), Some("name")]);
    }
}
