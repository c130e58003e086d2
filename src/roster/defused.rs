//! Cells of a text table that a program would run when it opens it: written with a mark in front, read without it.

/// The mark: what follows it is text.
const MARK: char = '\'';

/// With a mark in front, where a program would run the cell; and where the mark would be taken off again.
#[must_use]
pub fn defused(cell: &str) -> String {
    if is_marked_or_formula(cell) { format!("{MARK}{cell}") } else { cell.to_owned() }
}

/// The cell that [`defused`] wrote so; any other as it is.
#[must_use]
pub fn restored(cell: String) -> String {
    match cell.strip_prefix(MARK).filter(|rest| is_marked_or_formula(rest)) {
        Some(rest) => rest.to_owned(),
        None => cell,
    }
}

/// Whether a program would run it.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    let is_number = text.parse::<f64>().is_ok();
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && !is_number
}

fn is_marked_or_formula(text: &str) -> bool {
    is_formula(text.trim_start_matches(MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_is_defused_and_read_as_it_was() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+8613800000001", "+8613800000001"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-说明", "'-说明"),
            ("＝1＋1", "'＝1＋1"),
            ("-5", "-5"),
            ("'-说明", "''-说明"),
            ("'说明'", "'说明'"),
            ("'13800000001", "'13800000001"),
            ("", ""),
        ] {
            assert_eq!(defused(cell), expected, "{cell}");
            assert_eq!(restored(defused(cell)), cell);
        }
    }
}
