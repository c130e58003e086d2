//! What the office says of a roster it was given: refusals, findings and what will happen, names of columns.
//!
//! The codes come from the room `roster`, which this room does not know; a test there reads this file and fails where a
//! code has no words here. A code of a newer office says so instead of nothing.

use super::area::words;

words! {
    /// Words about rosters.
    RosterWords {
        duplicate_of_row(row: u32): "和第 {row} 行是同一户", "The same household as row {row}";
        same_id_other_name(row: u32): "身份证号和第 {row} 行相同，姓名不同", "The ID number of row {row}, under another name";
        similar_to_row(row: u32): "和第 {row} 行像是同一户，请指定是不是", "May be the household of row {row}; please say";
        birth_differs(of_id: &str): "出生日期在今天之后，或者和身份证号不符（身份证号是 {of_id}）", "The birth date is in the future or not the ID number’s ({of_id})";
        total_differs(said: &str, counted: &str): "合计写的是 {said} 户，实际是 {counted} 户", "The total says {said} households; there are {counted}";
        id_kept(on_file: &str, said: &str): "身份证号不对，不改：{on_file} → {said}", "The ID number is wrong; the one on file stays: {on_file} → {said}";
        cell_emptied(was: &str): "原来写着“{was}”，这次没有写", "It said “{was}” before and is blank now";
        helper_left(left: &str, holds: &str): "帮扶人{left}已离岗，席位照旧，还是{holds}", "{left} has left; the seat stays as it is, with {holds}";
        helper_telephone(known: &str, said: &str): "帮扶人换了电话：{known} → {said}", "The helper’s telephone is another: {known} → {said}";
        sheet_not_read(name: &str): "工作表“{name}”看着也像花名册，这次没有读", "The sheet “{name}” looks like a roster too and was not read";
        row_and_column(row: u32, letters: &str, column: &str): "第 {row} 行 {letters} 列 {column}", "Row {row}, column {letters}, {column}";
        row_alone(row: u32): "第 {row} 行", "Row {row}";
        unknown_code(code: &str): "其他问题：{code}", "Something else: {code}";
    }
}

impl RosterWords {
    /// What was found. `of` is the earlier row, `cell` what stands there, `against` what it is held against.
    #[must_use]
    pub fn finding(self, code: &str, of: Option<u32>, cell: &str, against: &str) -> String {
        match (code, of) {
            ("duplicate_of_row", Some(row)) => self.duplicate_of_row(row),
            ("same_id_other_name", Some(row)) => self.same_id_other_name(row),
            ("similar_to_row", Some(row)) => self.similar_to_row(row),
            ("birth_in_future_or_differs_from_id", _) if !against.is_empty() => self.birth_differs(against),
            ("id_kept", _) if !against.is_empty() => self.id_kept(against, cell),
            ("total_differs", _) => self.total_differs(cell, against),
            ("sheet_not_read", _) => self.sheet_not_read(cell),
            ("helper_left", _) if !against.is_empty() => self.helper_left(cell, against),
            ("helper_telephone", _) if !against.is_empty() => self.helper_telephone(against, cell),
            ("cell_emptied", _) if !against.is_empty() => self.cell_emptied(against),
            _ => self
                .of_household(code)
                .or(self.of_family(code))
                .map_or(self.unknown_code(code), str::to_owned),
        }
    }

    /// Findings about the worker, the unit and the sheet.
    const fn of_household(self, code: &str) -> Option<&'static str> {
        Some(match code.as_bytes() {
            b"known_under_other_name" => self.0.pick(
                "本工会已有这个身份证号的住户，姓名不同，请核对",
                "The union has a household of this ID number under another name; please check",
            ),
            b"perhaps_known" => self.0.pick("像是已经建档的住户，请指定是不是", "May be a household on file; please say"),
            b"known_elsewhere" => {
                self.0.pick("别的单位已有这个身份证号的住户，请问上级工会", "Another unit has a household of this ID number; ask the union")
            }
            b"matched_twice" => self.0.pick("文件里另一行也是这一户", "Another row of the file is this household"),
            b"other_branch" => self.0.pick("不是这个单位的住户", "Not a household of this unit"),
            b"unit_closed" => self.0.pick("所属单位已撤销，不再接收住户", "Its unit is closed and takes no households in"),
            b"helper_left" => self.0.pick("帮扶人已离岗，席位不按表里的安排", "The helper has left; the seat is not given to them"),
            b"helper_unclear" => self.0.pick(
                "有同名的帮扶人，说不清是哪一位，先不动这个席位，请在上面认一下",
                "It is not clear which helper of this name it is; the seat waits until you say who",
            ),
            b"helper_telephone" => self.0.pick("帮扶人换了电话", "A helper’s telephone is another"),
            b"child_missing" => self.0.pick("上次的花名册里有这个孩子，这次没有", "The last roster had this child, this one has not"),
            b"cell_emptied" => self.0.pick("原来写了，这次没有写", "Filled in before, blank now"),
            b"name_missing" => self.0.pick("没有姓名", "There is no name"),
            b"name_odd" => self.0.pick("姓名不像人名", "This does not look like a name"),
            b"category_unknown" => self.0.pick("本工会没有这个类别", "The union has no such category"),
            b"category_missing" => self.0.pick("没有填类别", "There is no category"),
            b"branch_missing" => self.0.pick("没有填所属分会", "There is no branch"),
            b"id_check_digit" => self.0.pick("身份证号校验位不对", "The ID number’s check digit is wrong"),
            b"id_kept" => self.0.pick("身份证号不对，不改原来的号", "The ID number is wrong; the one on file stays"),
            b"id_length" => self.0.pick("身份证号位数不对", "The ID number has the wrong length"),
            b"id_date" => self.0.pick("身份证号里的出生日期不存在", "The date in the ID number does not exist"),
            b"id_precision_lost" => self.0.pick(
                "身份证号存成了数字，后几位已经丢了。请在 Excel 里把这一列设成文本，重新填写",
                "The ID number was stored as a number and lost its last digits. Make the column text in Excel and type it again",
            ),
            b"birth_in_future_or_differs_from_id" => self.0.pick("出生日期在今天之后", "The birth date is in the future"),
            b"sex_differs_from_id" => self.0.pick("性别和身份证号不符", "The sex is not the ID number’s"),
            b"sex_unknown" => self.0.pick("性别看不懂", "The sex cannot be read"),
            b"too_long" => self.0.pick("字数超过上限", "The text is too long"),
            b"cell_failed" => self.0.pick("公式出错", "The formula failed"),
            b"signs_lost" => self.0.pick("有的字在保存时丢了", "Some characters were lost when the file was saved"),
            b"row_not_understood" => self.0.pick("这一行看不懂", "This row cannot be made out"),
            b"members_unread" => self.0.pick(
                "没有“与户主关系”这一列，家庭成员没有读",
                "No column says how members are related: they were not read",
            ),
            b"column_unknown" => self.0.pick("不认识这一列", "This column is not known"),
            _ => return None,
        })
    }

    /// Findings about the rest of the family and its helpers.
    const fn of_family(self, code: &str) -> Option<&'static str> {
        Some(match code.as_bytes() {
            b"date_unreadable" => self.0.pick("日期看不懂", "The date cannot be read"),
            b"registered_after" => {
                self.0.pick("建档日期在花名册的日期之后", "Registered after the roster’s day")
            }
            b"date_in_future" => self.0.pick("日期在今天之后", "The date is in the future"),
            b"phone_length" => self.0.pick("电话位数不对", "The telephone has the wrong length"),
            b"phone_unreadable" => self.0.pick("电话里没有号码", "There is no number here"),
            b"marital_unknown" => self.0.pick("婚姻状况看不懂", "The marriage cannot be read"),
            b"spouse_not_married" => {
                self.0.pick("婚姻状况不是已婚，却填了配偶", "There is a spouse, but no marriage")
            }
            b"cause_unknown" => self.0.pick("不在十种致困原因里", "Not one of the ten causes"),
            b"causes_too_many" => self.0.pick("致困原因超过四个", "More than four causes"),
            b"dwelling_unknown" => self.0.pick("住房类型看不懂", "The kind of dwelling cannot be read"),
            b"child_without_name" => {
                self.0.pick("有子女的内容，没有子女姓名", "Something of children without their names")
            }
            b"child_cells_unmatched" => self.0.pick(
                "一格里有几个子女，分不清这一格说的是谁",
                "Several children; it is not clear whose this is",
            ),
            b"stage_unknown" => self.0.pick("学段看不懂", "The stage of schooling cannot be read"),
            b"grade_unreadable" => self.0.pick("年级看不懂", "The grade cannot be read"),
            b"amount_unreadable" => self.0.pick("金额看不懂", "The amount cannot be read"),
            b"fewer_than_three_helpers" => self.0.pick("帮扶责任人不到三个", "Fewer than three helpers"),
            b"helper_twice" => self.0.pick("同一个人占了两个帮扶位置", "One person in two seats"),
            b"seat_several" => self.0.pick(
                "一个帮扶位置填了几个人，第一个人算数",
                "Several names for one seat; the first holds it",
            ),
            b"helper_phones_unmatched" => {
                self.0.pick("帮扶人电话的个数和人数对不上", "It is not clear which telephone is whose")
            }
            b"helper_phones_several" => self.0.pick(
                "一个帮扶人填了几个电话，第一个算数",
                "Several telephones of one helper; the first counts",
            ),
            b"helper_phone_length" => {
                self.0.pick("帮扶人电话位数不对", "A helper’s telephone has the wrong length")
            }
            _ => return None,
        })
    }

    /// What will happen with what was found.
    #[must_use]
    pub const fn effect(self, effect: &str) -> &'static str {
        match effect.as_bytes() {
            b"held_back" => self.0.pick("这一户先不导入", "The household is held back"),
            b"repeat" => {
                self.0.pick("这一行是重复的，不用再导", "The row is a repeat; nothing is to be done")
            }
            b"without_cell" => {
                self.0.pick("这一格不导入，原文留着", "Goes in without this cell; its text is kept")
            }
            b"as_written" => self.0.pick("照原样导入", "Goes in as written"),
            b"from_id" => self.0.pick("按身份证号导入", "The ID number’s goes in"),
            b"kept" => self.0.pick("原样跟着这一户保存", "Kept with the household as it is"),
            b"rosters_day" => self.0.pick(
                "按花名册的日期建档，原文留着",
                "The file begins on the roster’s day; the text is kept",
            ),
            b"stays" => self.0.pick("现有的保留", "What is on file stays"),
            b"cut" => self.0.pick("超出的部分不导入", "What is too much does not go in"),
            b"not_read" => self.0.pick("没有读", "Not read"),
            _ => self.0.pick("请核对。", "Please check."),
        }
    }

    /// Why helpers are shown for confirmation.
    #[must_use]
    pub const fn doubt(self, doubt: &str) -> &'static str {
        match doubt.as_bytes() {
            b"other_telephone" => self.0.pick(
                "同一分会，同名，电话不同：是一个人吗？",
                "One branch, one name, different telephones: one person?",
            ),
            b"no_telephone" => self.0.pick(
                "同一分会，同名，有一处没有写电话：是一个人吗？",
                "One branch, one name, one of them without a telephone: one person?",
            ),
            b"other_branch" => {
                self.0.pick("不同分会有同名的人：是一个人吗？", "One name in different branches: one person?")
            }
            b"same_telephone" => self.0.pick(
                "不同分会，同名，电话也相同，多半是一个人：是吗？",
                "One name and one telephone in different branches, probably one person: is it?",
            ),
            b"other_name" => self.0.pick(
                "同一分会，电话相同，姓名不同：是一个人吗？",
                "One branch, one telephone, different names: one person?",
            ),
            _ => self.0.pick("请核对。", "Please check."),
        }
    }

    /// Why a file was not read, and what to do.
    #[must_use]
    pub const fn refusal(self, code: &str) -> &'static str {
        match code.as_bytes() {
            b"empty" => self.0.pick("文件是空的。请选花名册文件。", "The file is empty. Choose the roster."),
            b"not_a_spreadsheet" => self.0.pick("这不是表格文件。请选 .xlsx 或 .csv 的花名册。", "This is no spreadsheet. Choose a roster in .xlsx or .csv."),
            b"damaged" => self.0.pick("文件损坏，读不完整。请用 Excel 或 WPS 打开，另存一份再导入。", "The file is damaged. Open it in Excel or WPS, save a copy and import that."),
            b"encrypted" => self.0.pick("文件加了密码。请用 Excel 或 WPS 打开，去掉密码，另存后再导入。", "The file is behind a password. Open it in Excel or WPS, remove the password, save and import again."),
            b"old_format" => self.0.pick("这是 2003 版的 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。", "This is an .xls file of 2003. Open it in Excel or WPS, save it as .xlsx and import that."),
            b"other_format" => self.0.pick("这不是表格文件。请选 .xlsx 或 .csv；表格在 Word 等别的文件里的，请先复制到 Excel 或 WPS，另存为 .xlsx。", "This is no spreadsheet. Choose an .xlsx or a .csv; copy a table that is in another kind of file, as of Word, into Excel or WPS and save it as .xlsx."),
            b"too_large" => self.0.pick("文件超过 20 MB。请删掉表里的图片，或按分会拆成几个文件再导入。", "The file is over 20 MB. Remove pictures from the sheet, or split it by branch, and import again."),
            b"inflates_too_much" => self.0.pick("文件展开后过大，没有读。请只选中有内容的行，复制到新表，另存后再导入。", "The file unpacks to far too much and was not read. Copy only the filled rows into a new sheet, save it and import that."),
            b"too_many_rows" => self.0.pick("表里的行数过多，不像一个工会的花名册。请按分会拆成几个文件再导入。", "There are more rows than a union’s roster has. Split it by branch and import each."),
            b"unknown_encoding" => self.0.pick("文件里的文字认不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。", "The text of this file cannot be read. Open it in Excel or WPS, save it as .xlsx and import that."),
            b"no_header" => self.0.pick("没找到表头。请在第一户上面留一行列名，例如：姓名、身份证号、联系电话。", "No row with the names of the columns was found. Put one above the first household: name, ID number, telephone."),
            b"no_name_column" => self.0.pick("没有“姓名”这一列。请在表头写上“姓名”，或者自己指定哪一列是姓名。", "No column holds the worker’s name. Name one so in the header, or choose it by hand."),
            b"no_such_sheet" => self.0.pick("文件里没有指定的那张工作表。请重新选工作表。", "The sheet that was chosen is not in this file. Choose another."),
            _ => self.0.pick("这个文件读不了。请用 Excel 或 WPS 另存为 .xlsx 再导入。", "This file cannot be read. Save it as .xlsx in Excel or WPS and import again."),
        }
    }

    /// What a column holds; to choose from.
    #[must_use]
    pub const fn field(self, field: &str) -> &'static str {
        match field.as_bytes() {
            b"serial" => self.0.pick("序号", "Number"),
            b"category" => self.0.pick("困难类别", "Category"),
            b"name" => self.0.pick("姓名", "Name"),
            b"sex" => self.0.pick("性别", "Sex"),
            b"id_number" => self.0.pick("身份证号", "ID number"),
            b"born" => self.0.pick("出生日期", "Born"),
            b"work_number" => self.0.pick("工号", "Work number"),
            b"branch" => self.0.pick("所属分会", "Branch"),
            b"group" => self.0.pick("所属支会", "Group"),
            b"telephone" => self.0.pick("联系电话", "Telephone"),
            b"address" => self.0.pick("家庭住址", "Address"),
            b"dwelling" => self.0.pick("住房类型", "Dwelling"),
            b"marital" => self.0.pick("婚姻状况", "Marriage"),
            b"spouse_name" => self.0.pick("配偶姓名", "Spouse’s name"),
            b"spouse_work" => self.0.pick("配偶工作情况", "Spouse’s work"),
            b"spouse_health" => self.0.pick("配偶健康状况", "Spouse’s health"),
            b"spouse_telephone" => self.0.pick("配偶电话", "Spouse’s telephone"),
            b"cause" => self.0.pick("主要致困原因", "Main cause"),
            b"further_cause" => self.0.pick("次要致困原因", "Further causes"),
            b"child_name" => self.0.pick("子女姓名", "Child’s name"),
            b"child_born" => self.0.pick("子女出生年月", "Child’s birth"),
            b"child_school" => self.0.pick("就读学校", "School"),
            b"child_stage" => self.0.pick("学段", "Stage of schooling"),
            b"child_grade" => self.0.pick("年级", "Grade"),
            b"child_cost" => self.0.pick("一年费用", "Cost a year"),
            b"member_name" => self.0.pick("家庭成员姓名", "Family member’s name"),
            b"member_relation" => self.0.pick("与户主关系", "Relation"),
            b"member_born" => self.0.pick("家庭成员出生年月", "Family member’s birth"),
            b"member_work" => self.0.pick("家庭成员单位或学校", "Family member’s work or school"),
            b"member_health" => self.0.pick("家庭成员健康状况", "Family member’s health"),
            b"events" => self.0.pick("家庭重大情况", "Family events"),
            b"leader" => self.0.pick("单位领导", "Unit leader"),
            b"union_officer" => self.0.pick("工会干部", "Union officer"),
            b"line_manager" => self.0.pick("基层领导", "Line manager"),
            b"leader_telephone" => self.0.pick("单位领导电话", "Leader’s telephone"),
            b"union_officer_telephone" => self.0.pick("工会干部电话", "Union officer’s telephone"),
            b"line_manager_telephone" => self.0.pick("基层领导电话", "Line manager’s telephone"),
            b"helpers" => self.0.pick("帮扶责任人", "Helpers"),
            b"helper_telephones" => self.0.pick("帮扶人电话", "Helpers’ telephones"),
            b"registered" => self.0.pick("建档日期", "Registered on"),
            b"kept" => self.0.pick("原样保存", "Kept as it is"),
            _ => self.0.pick("不认识，原样保存", "Not known; kept as it is"),
        }
    }
}
