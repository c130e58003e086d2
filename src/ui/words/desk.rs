//! Words only the desk says. The desk's engineer adds here.

use super::area::words;

words! {
    /// Words of the desk.
    DeskWords {
        coverage_title: "覆盖", "Coverage";
        import_roster: "导入花名册", "Import a roster";
        export_excel: "导出 Excel", "Export to Excel";
        print: "打印", "Print";
        alerts: "急报", "Alerts";
        needs_open: "诉求未答复", "Needs unanswered";
        overdue: "已到期未访", "Overdue";
        never_visited: "从未走访", "Never visited";
        branches: "各分会", "Branches";
        column_household: "户主", "Household";
        column_category: "类别", "Category";
        column_unit: "所属", "Unit";
        column_six: "六知道", "The six";
        column_last_visit: "上次走访", "Last visit";
        column_helpers: "帮扶人", "Helpers";
    }
}
