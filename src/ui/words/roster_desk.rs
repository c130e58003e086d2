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
        names_unit(unit: &str, now: &str): "标题或文件名写着“{unit}”，现在是按{now}的花名册看的。", "Its title or name says “{unit}”; it is looked at as the roster of {now}.";
        has_other_units(now: &str): "表里有{now}以外的住户，按{now}的花名册看，那些行不导入。", "It has households beyond {now}; as the roster of {now} those rows are left out.";
        is_of(unit: &str): "是{unit}的", "It is {unit}’s";
        which_day: "花名册是哪天的", "Holds as of";
        which_day_why: "这天以后走访了解到的，不会被花名册改掉", "What visits learned after that day stays";
        day_in_row(text: &str, row: u32): "表里第 {row} 行写着“{text}”，先按这天。", "Row {row} says “{text}”: that day is proposed. ";
        day_in_file_name(text: &str): "文件名“{text}”里有日期，先按这天。", "The file’s name “{text}” has a date: it is proposed. ";
        day_in_sheet_name(text: &str): "工作表名“{text}”里有日期，先按这天。", "The sheet’s name “{text}” has a date: it is proposed. ";
        day_not_in_file: "表里没写日期，先按今天，不是今天的请改。", "The file names no day: today is proposed; change it if it is another. ";
        drop_here: "把花名册拖到这里，或者", "Drop the roster here, or";
        choose_file: "选文件", "choose the file";
        other_file: "换一个文件", "Another file";
        accepted: ".xlsx 或 .csv，不超过 20 MB", ".xlsx or .csv, up to 20 MB";
        sending(per_cent: u32): "正在送到工会的服务器 {per_cent}%", "Sending to the office {per_cent}%";
        reading: "正在读表，行数多的要等几秒", "Reading; a long sheet takes some seconds";
        reading_again: "正在重新读", "Reading again";
        not_sent: "文件没送到，什么都没有改，文件还在您的电脑上。看看网络，再送一次。", "The file did not arrive and nothing was changed; it is still on your computer. Check the network and send it again.";
        not_read: "没有读成。看看网络，再读一次。", "It was not read. Check the network and read it again.";
        maybe_taken_in: "没收到回音：要么全部导入了，要么一户也没有导入。再点一次导入就知道，不会导两遍。", "No answer came: all of it was imported, or nothing. Press import again to know; it goes in only once.";
        send_again: "再送一次", "Send again";
        read_again: "再读一次", "Read again";
        refused_title: "这个文件没有读", "The file was not read";
        // The look
        changed_meanwhile: "预览以后有变动，已经重新读过。请再看一遍，再导入。", "Something changed since; the file was read again. Look once more, then import.";
        count_new: "新建档", "New files";
        count_changed: "有变动", "Changed";
        count_unchanged: "没有变化", "Unchanged";
        count_held_back: "不导入的行", "Rows left out";
        sum_households(households: u32, rows: u32): "表里 {households} 户，占 {rows} 行", "Households in the file: {households}, on {rows} rows";
        sum_nothing: "列名下面没有住户：请填上住户，存好，再导入一次", "There is no household below the names of the columns: fill some in, save, and import again";
        sum_all_in: "都能导入", "all can go in";
        sum_some_in(goes_in: u32, held: u32): "能导入 {goes_in} 户，先不导入 {held} 户", "{goes_in} can go in, {held} held back";
        sum_repeats(repeats: u32): "另有 {repeats} 处重复，不用再导", "{repeats} repeats besides, nothing to be done";
        sum_children(children: u32): "子女 {children} 人", "children: {children}";
        due(new: u32, due: u32): "新建的 {new} 户里，有 {due} 户按建档日期早该走访了。导入后算“到期无走访记录”，覆盖率会降下来，走访过一次才算到位。", "Of {new} new households {due} are past their first visit by the day their file began. They will count as due and never visited, and coverage falls until each is visited.";
        emptied(rows: usize): "有 {rows} 行把原来写着的格子清空了，席位、电话也算。清空不会删掉什么，现有的都保留；要空出席位、删掉电话，请在这一户的档案里改。", "In {rows} rows cells were emptied, those of seats and telephones too. That removes nothing: what is on file stays. To free a seat or remove a telephone, change the household’s own file.";
        repeats: "重复的和相像的，两行对着看", "Repeats and rows alike, side by side";
        repeats_alike: "两行每一格都一样", "The rows are alike in every cell";
        sheet_row(sheet: &str, row: u32): "{sheet} 第 {row} 行", "{sheet}, row {row}";
        categories_title: "表里的类别，本工会没有", "Categories that the union does not have";
        categories_why: "每种写法算哪一类？认一次就记住。不认也能导入：已有类别的不变，其余的先没有类别。", "Which category is each? Said once, it is remembered. Unsaid, households that have a category keep it, the others go in without.";
        categories_unsaid: "现在认一次就记住；不认，导入以后要一户一户补。", "Said now, it is remembered; unsaid, each household has to be given one afterwards.";
        category_is(written: &str): "“{written}”算哪一类", "Which category “{written}” is";
        category_not_said: "还没认", "Not said";
        category_none: "不算哪一类", "None of them";
        read_as(count: usize): "读作别的写法（{count} 处）", "Read as something else ({count})";
        read_as_why: "表里的写法和系统的叫法不同，是这样认的。列认错了，在下面改。", "These are written otherwise than they are called here. Correct columns below.";
        without_telephone: "没写电话的帮扶人", "Helper without telephone";
        is_read_as: "读作", "read as";
        cause: "致困原因", "Cause";
        unit: "单位", "Unit";
        name: "姓名", "Name";
        whose: "谁家", "Whose";
        stays(count: usize): "表里不一样、但不会改掉的（{count} 户）", "Said otherwise in the file, and not changed ({count})";
        stays_why: "走访了解得更晚，或者这一格上次就是这样写的。照现在的留着。", "A visit learned it later, or the cell is as it was last time. What stands stays.";
        file_says: "表里：", "file:";
        said_since: "花名册那天以后改过，照现在的留着", "Said after the roster’s day: it stays";
        becomes_rivals: "同一天两种说法，两种都留着，等您在待办里定", "Two of one day: both stay until you decide";
        makes_units(count: usize): "同时新建 {count} 个单位", "Units made with them: {count}";
        makes_persons(count: usize): "同时新建 {count} 个帮扶人", "Helpers made with them: {count}";
        no_telephone: "没有电话", "no telephone";
        nothing_said_anew: "和上次一样，没有要导入的。", "The same as last time: nothing to import.";
        nothing_can_go_in: "没有能导入的。", "Nothing of it can go in.";
        nothing_changes(stays: usize): "没有要改的：表里不一样的 {stays} 户，照现在的留着。", "Nothing to change: {stays} said otherwise in the file stay as they are.";
        // What needs a person
        rows_title: "是不是同一户", "Households that may be one";
        rows_why: "像已经建档的住户，或者像表里前面一行。没认的行先不导入，不会悄悄建重。", "They are like a household on file, or like an earlier row. A row that nobody says anything of is held back.";
        in_row(row: u32): "表里第 {row} 行", "Row {row} of the file";
        on_file: "已建档", "On file";
        is_this: "是这一户", "This one";
        is_new: "不是，是新的一户", "No, a new household";
        is_new_of_many: "都不是，是新的一户", "None of them, a new household";
        open_file: "看档案", "See its file";
        persons_title: "是不是同一个帮扶人", "Helpers who may be one person";
        persons_why: "同一个人只建一个账号，电话换成表里的。您没认的，导入时当两个人，各看各的住户；没写电话的，或者席位上已有同名的人，先不安排。", "One person gets one account, and the telephone of the file. Unsaid, they go in as two, each with their own households; who has no telephone, or whose namesake holds the seat, waits.";
        helper_in_file(number: usize): "表里（{number}）", "In the file ({number})";
        in_file_alone: "表里的人", "In the file";
        helper_known: "已有的人", "Already there";
        side_by_side(rows: &str): "表里第 {rows} 行把两个人写在同一户，多半真是两个人（比如父子）。", "Row {rows} of the file has both in one household: most likely they are two (father and son).";
        same_person_sure(name: &str): "确定两个{name}是同一个人？", "Are both {name} one person?";
        same_person_follows: "导入后只有一个账号：一个人占两个席位，那几户还缺一个责任人，两人的住户他都能看。导入前再点一次就取消；导入以后只能逐户换人，或者撤回整次导入。", "They get one account: one person then sits in two seats, those households lack a third, and the one sees the households of both. Until it is imported a second tap takes this back; afterwards only household by household, or by taking the whole import back.";
        same_person: "是同一个人", "The same person";
        same_as(number: usize): "和（{number}）是同一个人", "The same as ({number})";
        row_waits: "还没认：这一行先不导入", "Not said: this row is held back";
        person_waits: "还没认：没写电话的先不安排", "Not said: who has no telephone waits";
        persons_are_two: "还没认：当不同的人", "Not said: taken as different people";
        person_not_said: "还没认", "Not said";
        not_same: "不是同一个人", "Not the same";
        own_person: "另外一个人", "Somebody else";
        // Findings
        findings(count: usize): "表里的问题（{count}）", "Findings ({count})";
        findings_why: "不改也能导入，每一条都写着会怎么处理。", "It can go in as it is; each says what will happen.";
        no_findings: "没有发现问题", "Nothing was found";
        all_findings(count: usize): "全部 {count} 处", "All {count}";
        count_of(what: &str, count: usize): "{what} {count} 处", "{what} {count}";
        count_of_held(what: &str, count: usize, rows: u32): "{what} {count} 处（{rows} 行）", "{what} {count} ({rows} rows)";
        in_rows_held(what: &str): "{what}（在先不导入的行里）", "{what} (in rows held back)";
        places(count: usize): "{count} 处", "{count}";
        save_list: "下载问题清单", "Save the list";
        save_list_csv: "问题清单 CSV", "The list as CSV";
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
        change_of(was: &str): "改动，原来：{was}", "A change; it was: {was}";
        all_changes(count: usize): "全部 {count} 户", "All {count}";
        change_goes_in: "按表里的改", "Goes in";
        missing(count: usize): "这份表里没有的已建档住户（{count} 户）", "On file, but not in this roster ({count})";
        missing_why: "上次的花名册里有，这次没有。不会动它们；调去别的单位的，请在那一户的页面上调整。", "They stood in an earlier roster. Nothing happens to them; one that went to another unit is moved on its own page.";
        // Columns
        columns(count: usize): "每列是什么（{count} 列）", "What the columns hold ({count})";
        columns_as_in(file: &str): "先照“{file}”那份表的对应。", "As in the roster “{file}”.";
        columns_remembered: "按上次的对应", "as last time";
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
        take_in_telephones(count: u32): "更新 {count} 个帮扶人的电话", "Change the telephones of {count} helpers";
        take_in_columns: "记住列的设置", "Remember the columns";
        taking_in: "正在导入", "Importing";
        persons_wait(count: usize): "{count} 处帮扶人没认，先当不同的人", "{count} about helpers unsaid: taken as different people";
        categories_wait(count: usize): "{count} 种类别没认，先没有类别", "{count} categories unsaid: those households go in without";
        waits_for_you(count: usize): "还有 {count} 行等您认", "{count} rows wait for your word";
        unanswered_title: "还有没认的，照样导入吗", "Some questions are open: import all the same?";
        answer_first: "先去认", "Answer first";
        take_in_unanswered: "照样导入", "Import all the same";
        done_title(count: u32): "导入了 {count} 户", "Imported {count} households";
        done_title_telephones(count: u32): "更新了 {count} 个帮扶人的电话", "The telephones of {count} helpers are changed";
        done_title_otherwise: "记下了，住户没有改动", "Kept; no household is changed";
        done_new(count: u32): "新建 {count} 户", "{count} new";
        done_changed(count: u32): "改动 {count} 户", "{count} changed";
        nothing_new: "没有新内容", "Nothing new";
        done_units(count: u32): "单位 {count} 个", "{count} units";
        done_telephones(count: u32): "帮扶人电话 {count} 个", "{count} telephones of helpers";
        done_persons(count: u32): "帮扶人 {count} 个", "{count} helpers";
        next_steps: "接下来", "What is next";
        next_invite: "邀请帮扶人", "Invite the helpers";
        next_invite_why: "他们用手机接受邀请，才能看到自己负责的住户", "They see their households once they have joined on their phones";
        next_category(count: u32): "没有类别的 {count} 户，补上类别", "{count} households without a category";
        next_category_why: "类别决定多久走访一次", "The category says how often they are visited";
        next_held_back(count: u32): "先没导入的 {count} 户，改好表再导一次", "{count} households held back: repair the file and import it again";
        next_held_back_why: "导过的不会重复", "What went in is not doubled";
        next_households: "看导入的住户", "See the households";
        another: "再导一个文件", "Import another file";
        // Out again
        out: "导出花名册", "Export the roster";
        out_why: "现在的内容，列和导入时一样。改好还能再导回来。", "What stands now, in the columns it came in. It can be changed and imported again.";
        out_id_numbers: "文件里有身份证号和全部住户，请只给该看的人。谁在什么时候导出的，都有记录。", "The file holds ID numbers and every household: give it only to those who may see it. Who exported it and when is on record.";
        out_xlsx: "导出 Excel", "As Excel";
        out_csv_why: "用 Excel 打开请选“导出 Excel”：CSV 用 Excel 打开再保存，身份证号会被改坏。", "For Excel choose Excel: a CSV that Excel opens and saves loses digits of ID numbers.";
        out_csv: "导出 CSV", "As CSV";
        // Earlier ones
        earlier: "导入过的", "Imported before";
        no_earlier: "还没有导入过。", "Nothing was imported yet.";
        taken_by(who: &str, when: &str): "{who} {when} 导入", "{who}, {when}";
        of_above: "上级单位的花名册", "the roster of a unit above";
        as_of(day: &str): "截至 {day}", "as of {day}";
        withdraw: "撤回", "Take back";
        withdraw_this(file: &str): "撤回 {file}", "Take back {file}";
        withdraw_title: "撤回这次导入", "Take this import back";
        withdraw_why: "改动过的恢复原样；带来的单位和人，没人用的也一起撤。", "What it changed is as before; units and people it brought go where nobody uses them.";
        withdraw_households(households: u32): "撤下住户 {households} 户。", "Households that go: {households}.";
        withdraw_waits(visits: u32, needs: u32): "撤下的住户已有走访 {visits} 次、没答复的诉求 {needs} 条。撤回以后先搁着，同一户再建档时接上。", "Visits already recorded of them: {visits}; needs without an answer: {needs}. They wait until the household is on file again.";
        withdraw_untold(untold: u32): "其中有 {untold} 条答复还没转告家里。撤回以后帮扶人手机上看不到，最好先打电话转告。", "Answers that the families were not told yet: {untold}. Once it is taken back no helper sees them; best tell them by telephone first.";
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
            b"similar_to_row" => self.0.pick(
                "和前面一行像是同一户，请指定是不是",
                "May be the household of an earlier row; please say",
            ),
            b"birth_in_future_or_differs_from_id" => self.0.pick(
                "出生日期和身份证号不符，或在今天之后",
                "The birth date is not the ID number’s, or in the future",
            ),
            b"total_differs" => self.0.pick("合计的户数和实际不符", "The total is not what was counted"),
            b"sheet_not_read" => self.0.pick("有一张工作表没有读", "A sheet was not read"),
            _ => return None,
        })
    }

    /// How the households of a file add up, in one sentence: those that go in and those held back; repeats are none.
    #[must_use]
    pub fn sum(self, (goes_in, held, repeats): (u32, u32, u32), sheet_rows: u32, children: u32) -> String {
        let all = self.sum_households(goes_in + held, sheet_rows);
        let sum = if held == 0 { self.sum_all_in().to_owned() } else { self.sum_some_in(goes_in, held) };
        let repeats = (repeats > 0).then(|| self.sum_repeats(repeats));
        let parts: Vec<String> =
            [all, sum].into_iter().chain(repeats).chain([self.sum_children(children)]).collect();
        let (comma, end) = (self.0.pick("；", "; "), self.0.pick("。", "."));
        format!("{}{end}", parts.join(comma))
    }

    /// Why there is nothing to take in: what the file says otherwise stays as it stands, or nothing of it can go in, or it
    /// says what the last one said.
    #[must_use]
    pub fn nothing_to_do(self, stays: usize, known: u32) -> String {
        match (stays, known) {
            (0, 0) => self.nothing_can_go_in().to_owned(),
            (0, _) => self.nothing_said_anew().to_owned(),
            (stays, _) => self.nothing_changes(stays),
        }
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
