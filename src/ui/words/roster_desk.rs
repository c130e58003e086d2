//! Words of the desk's page on which a roster is taken in: choosing a file, looking at what it would do, taking it in and
//! back. What the office finds in a file is said in `roster`.

use super::area::words;

words! {
    /// Words of the page of rosters.
    RosterDeskWords {
        title: "花名册", "Roster";
        intro: "Excel 花名册导进来，住户、单位、帮扶人一次建好。先看后导，导错了可以撤回。", "Import the Excel roster: households, units and helpers at once. You look first, and can take it back.";
        first_step: "有 Excel 花名册，直接导入", "Import the Excel roster";
        first_step_why: "住户、单位、帮扶人一次建好，不用一户一户填", "Households, units and helpers at once, nothing typed twice";
        // Choosing
        which_unit: "哪个单位的花名册", "Whose roster";
        which_day: "花名册是哪天的", "Holds as of";
        which_day_why: "这天以后走访了解到的，不会被花名册改掉", "What visits learned after that day stays";
        drop_here: "把花名册拖到这里，或者", "Drop the roster here, or";
        choose_file: "选文件", "choose the file";
        other_file: "换一个文件", "Another file";
        accepted: ".xlsx 或 .csv，不超过 20 MB", ".xlsx or .csv, up to 20 MB";
        sending(per_cent: u32): "正在送到工会的服务器 {per_cent}%", "Sending to the office {per_cent}%";
        reading: "正在读表，行数多的要等几秒", "Reading; a long sheet takes some seconds";
        reading_again: "正在重新读", "Reading again";
        not_sent: "文件没送到，还在您的电脑上。看看网络，再送一次。", "The file did not arrive; it is still on your computer. Check the network and send it again.";
        not_read: "没有读成。看看网络，再读一次。", "It was not read. Check the network and read it again.";
        maybe_taken_in: "没收到回音，可能已经导入。再点一次导入就行，不会导两遍。", "No answer came; it may have been imported. Press import again: it goes in only once.";
        send_again: "再送一次", "Send again";
        read_again: "再读一次", "Read again";
        refused_title: "这个文件没有读", "The file was not read";
        // The look
        changed_meanwhile: "预览以后有变动，已经重新读过。请再看一遍，再导入。", "Something changed since; the file was read again. Look once more, then import.";
        header_not(asked: u32, read: u32): "第 {asked} 行不像表头，还是按第 {read} 行读的。", "Row {asked} does not look like a header; row {read} was read as one.";
        in_file(households: u32, children: u32): "表里共 {households} 户，要导入的有子女 {children} 人", "{households} households in the file; children of those that go in: {children}";
        count_new: "新建档", "New files";
        count_changed: "有变动", "Changed";
        count_unchanged: "没有变化", "Unchanged";
        count_held_back: "先不导入", "Held back";
        makes_units(count: usize): "同时新建 {count} 个单位", "Units made with them: {count}";
        makes_persons(count: usize): "同时新建 {count} 个帮扶人", "Helpers made with them: {count}";
        no_telephone: "没有电话", "no telephone";
        nothing_to_do: "和上次一样，没有要导入的。", "The same as last time: nothing to import.";
        // What needs a person
        rows_title: "是不是已经建档的住户", "Households that may be on file";
        rows_why: "没认的行先不导入，不会悄悄建重。", "A row that nobody says anything of is held back.";
        in_row(row: u32): "表里第 {row} 行", "Row {row} of the file";
        on_file: "已建档", "On file";
        is_this: "是这一户", "This one";
        is_new: "不是，是新的一户", "No, a new household";
        is_new_of_many: "都不是，是新的一户", "None of them, a new household";
        open_file: "看档案", "See its file";
        persons_title: "是不是同一个帮扶人", "Helpers who may be one person";
        persons_why: "同一个人只建一个账号。不说就当两个人，各看各的住户。", "One person gets one account. Unless you say so they are two, each with their own households.";
        helper_in_file(number: usize): "表里（{number}）", "In the file ({number})";
        in_file_alone: "表里的人", "In the file";
        helper_known: "已有的人", "Already there";
        same_person: "是同一个人", "The same person";
        same_as(number: usize): "和（{number}）是同一个人", "The same as ({number})";
        not_same: "不是同一个人", "Not the same";
        own_person: "另外一个人", "Somebody else";
        // Findings
        findings(count: usize): "表里的问题（{count}）", "Findings ({count})";
        findings_why: "不改也能导入，每一条都写着会怎么处理。", "It can go in as it is; each says what will happen.";
        no_findings: "没有发现问题", "Nothing was found";
        all_findings(count: usize): "全部 {count}", "All {count}";
        count_of(what: &str, count: usize): "{what} {count}", "{what} {count}";
        places(count: usize): "{count} 处", "{count}";
        save_list: "下载问题清单", "Save the list";
        list_name: "花名册问题清单", "Roster findings";
        sheet: "工作表", "Sheet";
        row: "行", "Row";
        column: "列", "Column";
        header: "列名", "Name of column";
        cell: "表里写的", "What stands there";
        what: "问题", "What";
        then: "怎么处理", "What happens";
        place: "位置", "Where";
        more(count: usize): "还有 {count} 条", "{count} more";
        show_more(count: usize): "再显示 {count} 条", "Show {count} more";
        changes(count: u32): "已建档的有变动（{count} 户）", "Changed households ({count})";
        changes_first(count: usize): "只列出前 {count} 户", "The first {count} only";
        register: "建档的内容", "The register";
        seats: "帮扶人", "Helpers";
        missing(count: usize): "这份表里没有的已建档住户（{count} 户）", "On file, but not in this roster ({count})";
        missing_why: "上次的花名册里有，这次没有。不会动它们，不在了的请您另外办。", "They stood in an earlier roster. Nothing happens to them; see to those who are gone yourself.";
        // Columns
        columns(count: usize): "每列是什么（{count} 列）", "What the columns hold ({count})";
        columns_unknown(count: usize): "{count} 列不认识", "{count} not known";
        columns_why: "认错了就在这里改，改完马上重新读。改法会记住，下次不用再改。", "Correct what is wrong; it is read again at once, and remembered for next time.";
        which_sheet: "工作表", "Sheet";
        all_sheets: "全部", "All";
        header_in: "表头在", "The header is";
        row_number(row: u32): "第 {row} 行", "Row {row}";
        sample: "前几户", "First cells";
        holds: "是什么", "Holds";
        exported: "导出时带上", "Exported";
        column_holds(letters: &str, header: &str): "{letters} 列 {header} 是什么", "What column {letters}, {header}, holds";
        column_exported(letters: &str, header: &str): "导出时带上 {letters} 列 {header}", "Export column {letters}, {header}";
        keep_as_is: "原样保留", "Keep as it is";
        group_worker: "住户", "The worker";
        group_home: "电话、住址、困难", "Telephone, address, causes";
        group_spouse: "配偶", "Spouse";
        group_children: "子女", "Children";
        group_members: "家庭成员", "Family members";
        group_helpers: "帮扶人", "Helpers";
        group_other: "其他", "Other";
        point_at_header: "哪一行是列名？点一下那一行。", "Which row names the columns? Choose it.";
        is_header(row: u32): "第 {row} 行是列名", "Row {row} names the columns";
        choose_name: "再指定哪一列是姓名。", "Then choose the column of the name.";
        // Taking in
        take_in(count: u32): "导入 {count} 户", "Import {count} households";
        take_in_columns: "记住列的设置", "Remember the columns";
        taking_in: "正在导入", "Importing";
        waits_for_you(count: usize): "还有 {count} 行等您认", "{count} rows wait for your word";
        done_title(count: u32): "导入了 {count} 户", "Imported {count} households";
        done_new(count: u32): "新建 {count} 户", "{count} new";
        done_changed(count: u32): "改动 {count} 户", "{count} changed";
        nothing_new: "没有新内容", "Nothing new";
        done_units(count: u32): "单位 {count} 个", "{count} units";
        done_persons(count: u32): "帮扶人 {count} 个", "{count} helpers";
        next_steps: "接下来", "What is next";
        next_invite: "邀请帮扶人", "Invite the helpers";
        next_invite_why: "他们用手机接受邀请，才能看到自己负责的住户", "They see their households once they have joined on their phones";
        next_category(count: u32): "没有类别的 {count} 户，补上类别", "{count} households without a category";
        next_category_why: "类别决定多久走访一次", "The category says how often they are visited";
        next_held_back(count: u32): "先没导入的 {count} 行，改好表再导一次", "{count} rows held back: repair the file and import it again";
        next_held_back_why: "导过的不会重复", "What went in is not doubled";
        next_households: "看导入的住户", "See the households";
        another: "再导一个文件", "Import another file";
        // Out again
        out: "导出花名册", "Export the roster";
        out_why: "现在的内容，列和导入时一样。改好还能再导回来。", "What stands now, in the columns it came in. It can be changed and imported again.";
        out_xlsx: "导出 Excel", "As Excel";
        out_csv: "导出 CSV", "As CSV";
        // Earlier ones
        earlier: "导入过的", "Imported before";
        no_earlier: "还没有导入过。", "Nothing was imported yet.";
        taken_by(who: &str, when: &str): "{who} {when} 导入", "{who}, {when}";
        as_of(day: &str): "截至 {day}", "as of {day}";
        withdraw: "撤回", "Take back";
        withdraw_this(file: &str): "撤回 {file}", "Take back {file}";
        withdraw_title: "撤回这次导入", "Take this import back";
        withdraw_why: "改动过的恢复原样；带来的单位和人，没人用的也一起撤。", "What it changed is as before; units and people it brought go where nobody uses them.";
        withdraw_households(households: u32): "撤下住户 {households} 户。", "Households that go: {households}.";
        withdraw_waits(visits: u32, needs: u32): "撤下的住户已有走访 {visits} 次、没答复的诉求 {needs} 条。撤回以后先搁着，同一户再建档时接上。", "Visits already recorded of them: {visits}; needs without an answer: {needs}. They wait until the household is on file again.";
        withdraw_recorded(count: usize): "有走访或诉求的住户（{count} 户）", "Households with visits or needs ({count})";
        withdraw_stay(count: usize): "留下的帮扶人（{count} 人）", "Helpers who stay ({count})";
        stay_invited: "已邀请，还没来", "invited, has not come";
        stay_came: "已在用", "is here already";
        withdrawn(when: &str): "{when} 已撤回", "Taken back {when}";
        was_withdrawn: "已撤回", "Taken back";
    }
}

impl RosterDeskWords {
    /// What a group of findings is called, where its lines say a number or a name.
    #[must_use]
    pub const fn finding_group(self, code: &str) -> Option<&'static str> {
        Some(match code.as_bytes() {
            b"duplicate_of_row" => self.0.pick("和前面一行是同一户", "The same household as an earlier row"),
            b"same_id_other_name" => self
                .0
                .pick("身份证号和前面一行相同，姓名不同", "An earlier row’s ID number, under another name"),
            b"similar_to_row" => self
                .0
                .pick("和前面一行像是同一户，请核对", "May be the household of an earlier row; please check"),
            b"birth_in_future_or_differs_from_id" => self.0.pick(
                "出生日期和身份证号不符，或在今天之后",
                "The birth date is not the ID number’s, or in the future",
            ),
            b"total_differs" => self.0.pick("合计的户数和实际不符", "The total is not what was counted"),
            b"sheet_not_read" => self.0.pick("有一张工作表没有读", "A sheet was not read"),
            _ => return None,
        })
    }

    /// What a group of fields is called, by its place in the list to choose from.
    #[must_use]
    pub const fn field_group(self, nth: usize) -> &'static str {
        match nth {
            0 => self.group_worker(),
            1 => self.group_home(),
            2 => self.group_spouse(),
            3 => self.group_children(),
            4 => self.group_members(),
            _ => self.group_helpers(),
        }
    }
}
