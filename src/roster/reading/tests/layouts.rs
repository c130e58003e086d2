//! Rosters of offices that are not the mine's: other columns, other names, other habits.

use super::builders::{
    Encoding, Put, book, check, encode, found, line, read_with, rows, sheets, table, today,
};
use crate::{
    How, Refusal,
    field::Field,
    mapping::{Column, Mapping},
    propose,
    sheet::letters,
};

/// A forestry bureau: a header of two rows, families over merged rows, stations merged over many families, a telephone
/// beside each helper.
#[test]
fn a_forestry_bureau() {
    let rows = rows(
        "
        北山林业局困难职工档案登记台账
        户序号 | 林场 | 户主姓名 | 公民身份号码 | 困难类型 | 现住址 | 家庭成员情况 | | | 帮扶责任人 | | | | | | 手机 | 备注
         | | | | | | 姓名 | 与户主关系 | 工作单位或学校 | 单位领导 | 电话 | 工会干部 | 电话 | 基层领导 | 电话 | |
        1 | 东岭林场 | 赵　海 | 990000198011025736 | 深度困难职工 | 东岭三号楼 | 钱桂芝 | 妻子 | 无业 | 孙主任 | 13900000001 | 李干事 | 13900000002 | 周队长 | 13900000003 | 13800000001 |
         | | | | | | 赵小山 | 长子 | 北山中学初三 | | | | | | | |
         | | | | | | 赵老太 | 母亲 | | | | | | | | |
        2 | | 吴  江 | 99000019730904525X | 意外致困 | 东岭五号楼 | 吴兰 | 女 | 省林业大学大二 | 孙主任 | 13900000001 | 李干事 | 13900000002 | 周队长 | 13900000003 | 13800000002 | 工伤
        小计 | | 2户 | | | | | | | | | | | | | |
        3 | 西沟林场 | 郑山 | 990000196206164470 | 相对困难户 | 西沟工队 | | | | 孙主任 | 13900000001 | 李干事 | 13900000002 | 冯队长 | | 0458-3412345 |
        单位负责人： | | | | 制表人：某某 | | | | | | | | | | | |
        ",
    );
    let merged = [
        (0, 0, 0, 16),
        (1, 2, 0, 0),
        (1, 2, 1, 1),
        (1, 2, 2, 2),
        (1, 2, 3, 3),
        (1, 1, 6, 8),
        (1, 1, 9, 14),
        (3, 5, 0, 0),
        (3, 6, 1, 1),
        (3, 5, 2, 2),
        (3, 5, 3, 3),
        (3, 5, 9, 9),
    ];
    check(
        &book(&rows, &merged),
        "
        4 赵海, Male, 1980-11-02, 990000198011025736, 东岭林场/, 深度困难, 东岭三号楼, Worker 13800000001, Married 钱桂芝 无业, [赵小山  JuniorHigh3 北山中学初三], Leader=孙主任13900000001, UnionOfficer=李干事13900000002, LineManager=周队长13900000003
        7 吴江, Male, 1973-09-04, 99000019730904525X, 东岭林场/, 意外致困, 东岭五号楼, Worker 13800000002, [吴兰  University2 省林业大学大二], Leader=孙主任13900000001, UnionOfficer=李干事13900000002, LineManager=周队长13900000003
        9 郑山, Male, 1962-06-16, 990000196206164470, 西沟林场/, 相对困难, 西沟工队, Worker 04583412345, Leader=孙主任13900000001, UnionOfficer=李干事13900000002, LineManager=冯队长
        ",
        "",
    );
}

/// A plant: its own words and order, a line of its own above each branch, children side by side, all helpers and their
/// telephones in one cell, columns nobody else has.
#[test]
fn a_steel_plant() {
    let rows = rows(
        "
        填报日期：2026.9
        联系方式|住址|员工姓名|男女|生日|证件号码|困难程度|困难主要原因|爱人姓名|爱人所在单位|婚否|子女1姓名|子女1就读学校|子女1年级|子女2姓名|子女2就读学校|子女2年级|包保责任人|食堂卡号|认定时间
        一、炼铁厂（2户）
        13800000011（本人）13800000012（妻）|厂前街1号|马驰|男|80.11.2|990000198011025736|特困|1.患重特大疾病；子女上学|牛芳|钢城超市|是|马小一|厂子弟小学|五年级|马小二|市二中|高一|杨光13900000011、柳青13900000012、苗壮13900000013|0012|2021年3月
        13800000013|厂前街2号|牛牧|女|1973.9|99000019730904525X|困难边缘|下岗||||无|||||||0013|20190501
        二、炼钢厂
        1380000001|厂后街3号|杨柳|男|1962/6/16|9.90000E+17|低保|没饭吃|白云||离异|杨花、杨絮||||||杨光、柳青|0014|去年
        合计|3户
        ",
    );
    check(
        &encode(&table(&rows, ';'), Encoding::Utf8Bom),
        "
        4 马驰, Male, 1980-11-02, 990000198011025736, 炼铁厂/, 特困户, SevereIllness, Schooling, 厂前街1号, Worker 13800000011, Spouse 13800000012, Married 牛芳 钢城超市, [马小一  Primary5 厂子弟小学], [马小二  SeniorHigh1 市二中], Leader=杨光13900000011, UnionOfficer=柳青13900000012, LineManager=苗壮13900000013
        5 牛牧, Female, 1973-09, 99000019730904525X, 炼铁厂/, 困难边缘户, LaidOff, 厂前街2号, Worker 13800000013
        7 杨柳, Male, 1962-06-16, 炼钢厂/, -, 厂后街3号, Worker 1380000001, Divorced 白云, [杨花   ], [杨絮   ], Leader=杨光, UnionOfficer=柳青
        ",
        "
        2S column_unknown
        5R fewer_than_three_helpers
        5D sex_differs_from_id 女
        7G category_unknown 低保
        7H cause_unknown 没饭吃
        7T date_unreadable 去年
        7R fewer_than_three_helpers 杨光、柳青
        7F id_precision_lost 9.90000E+17
        7A phone_length 1380000001
        7I spouse_not_married 白云
        ",
    );
    let reading = read_with(&encode(&table(&rows, ';'), Encoding::Gb18030), None).unwrap();
    let kept: Vec<_> = reading.households.iter().map(|household| household.kept(&reading.mapping)).collect();
    assert_eq!(kept[0], [("食堂卡号".to_owned(), "0012".to_owned())]);
    assert_eq!(reading.units.iter().map(|unit| unit.households).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(reading.households[1].children, Some(Vec::new()), "无 says that there are none");
}

/// A row for every person; the relation tells the worker from the others.
#[test]
fn a_row_for_every_person() {
    let rows = rows(
        "
        户号\t姓名\t与户主关系\t身份证号\t出生年月\t工作单位或学校\t电话\t困难类别\t单位\t致困原因
        1\t关山\t本人\t990000198011025736\t1980-11-02\t\t13800000021\t困难\t选矿厂\t因病
        \t何月\t配偶\t\t1982.5\t务农\t\t\t\t
        \t关小月\t女儿\t\t2015.3.2\t矿区小学四年级\t\t\t\t
        2\t江河\t户主\t99000019730904525X\t1973-09-04\t\t无\t准困难\t机修厂\t车祸
        \t江源\t儿子\t\t2006-01\t毕业\t\t\t\t
        "
        .replace('\t', "|")
        .as_str(),
    );
    check(
        &encode(&table(&rows, '\t'), Encoding::Utf16),
        "
        2 关山, Male, 1980-11-02, 990000198011025736, 选矿厂/, 困难户, SevereIllness, Worker 13800000021, Married 何月 务农, [关小月 2015-03-02 Primary4 矿区小学四年级]
        5 江河, Male, 1973-09-04, 99000019730904525X, 机修厂/, 准困难户, Accident, [江源 2006-01 Left ]
        ",
        "",
    );
}

/// The household repeated on each child's row; branches named once, as merged cells are once they are a .csv; the header
/// printed again on the second page; one household twice.
#[test]
fn a_household_repeated_on_each_row() {
    let rows = rows(
        "
        分会|姓名|手机|家庭住址|孩子姓名|学校|年级
        一车间|林木|13800000031|林区1号|林一|一小|2
        |林木|13800000031|林区1号|林二|一小|4年级
        |森森|13800000032|林区2号||
        分会|姓名|手机|家庭住址|孩子姓名|学校|年级
        |林木|13800000031|林区1号|林一|一小|2
        二车间|杨树|13800000033|林区3号|||
        |柳树||林区4号|||
        |||13800000034||||
        ",
    );
    check(
        &encode(&table(&rows, ','), Encoding::Gb18030),
        "
        2 林木, 一车间/, -, 林区1号, Worker 13800000031, [林一  2 一小], [林二  4 一小]
        4 森森, 一车间/, -, 林区2号, Worker 13800000032
        6 林木, 一车间/, -, 林区1号, Worker 13800000031, [林一  2 一小]
        7 杨树, 二车间/, -, 林区3号, Worker 13800000033
        8 柳树, 二车间/, -, 林区4号
        ",
        "
        6 similar_to_row of 2 林木
        9 row_not_understood 13800000034
        ",
    );
}

/// Birth date and sex against the ID number: a month agrees with all its days, nothing else does.
#[test]
fn the_id_number_is_held_against_the_other_columns() {
    let with = |born: &str, sex: &str| {
        let rows = rows(&format!("姓名|性别|出生年月|身份证号\n张山|{sex}|{born}|990000198011025736"));
        let reading = read_with(&encode(&table(&rows, ','), Encoding::Utf8), None).unwrap();
        let codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code.word()).collect();
        let name = reading.households[0].name.clone().unwrap();
        format!("{} {:?} {}", name.born.unwrap(), name.sex.unwrap(), codes.join(" ")).trim().to_owned()
    };
    assert_eq!(with("1980-11-02", "男"), "1980-11-02 Male");
    assert_eq!(with("1980年11月", "男"), "1980-11 Male");
    assert_eq!(with("1980", ""), "1980 Male");
    assert_eq!(with("", "男"), "1980-11-02 Male");
    assert_eq!(with("1980-11-03", "男"), "1980-11-03 Male birth_in_future_or_differs_from_id");
    assert_eq!(with("1980-10-02", "男"), "1980-10-02 Male birth_in_future_or_differs_from_id");
    assert_eq!(with("1980年10月", "男"), "1980-10 Male birth_in_future_or_differs_from_id");
    assert_eq!(with("2062-11-02", "男"), "1980-11-02 Male birth_in_future_or_differs_from_id");
    assert_eq!(with("昨天", "女"), "1980-11-02 Female date_unreadable sex_differs_from_id");
}

/// A row without a name is a household of its own, a child of the one above, or, under merged cells, more of that one.
#[test]
fn rows_without_a_name_belong_somewhere() {
    let rows = rows(
        "
        分会|姓名|类别|手机|家庭住址|孩子姓名|年级
        一车间|林木|特困|13800000031|林区1号|林一|2
        一车间||特困|||林二|4
        一车间||特困|13800000032|||
        一车间||大病|13800000033|林区2号|林三|
        二车间|森森|困难|13800000034|林区3号||
        二车间||困难|13800000035|林区4号||
        ",
    );
    let merged = [(5, 6, 1, 1)];
    check(
        &book(&rows, &merged),
        "
        2 林木, 一车间/, 特困户, 林区1号, Worker 13800000031, Worker 13800000032, [林一  2 ], [林二  4 ]
        5 , 一车间/, 大病职工, 林区2号, Worker 13800000033, [林三   ]
        6 森森, 二车间/, 困难户, 林区3号, Worker 13800000034, Worker 13800000035
        ",
        "5B name_missing",
    );
}

#[test]
fn a_mapping_is_edited_and_remembered() {
    let first = rows("姓名|别号|联系电话|家庭住址\n张山|甲|13800000041|山下");
    let bytes = encode(&table(&first, ','), Encoding::Utf8);
    let reading = read_with(&bytes, None).unwrap();
    assert_eq!(reading.findings.iter().map(found).collect::<Vec<_>>(), ["1B column_unknown"]);
    let mut mapping = reading.mapping;
    // As it comes back from the desk.
    mapping.columns[1].field = Some(Field::WorkNumber);
    let mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    let reading = read_with(&bytes, Some(&mapping)).unwrap();
    assert_eq!(reading.households[0].name.as_ref().unwrap().work_number, "甲");
    assert_eq!(reading.mapping, mapping);
    // Next year's file has its columns elsewhere, a title more, and one column more.
    let next = rows("台账\n家庭住址|联系电话|别号|姓名|性别\n山下|13800000041|甲|张山|男");
    let reading = read_with(&encode(&table(&next, ','), Encoding::Utf8), Some(&mapping)).unwrap();
    assert_eq!(reading.households[0].name.as_ref().unwrap().work_number, "甲");
    assert_eq!(reading.mapping.column_of(Field::Name), Some(3));
    assert!(reading.mapping.has(Field::Sex) && reading.findings.is_empty());
}

/// Names of columns nobody could guess: a person says what they are, and the roster is read.
#[test]
fn a_roster_that_is_refused_is_read_once_its_columns_are_named() {
    let rows = rows("台账\n甲|乙|丙|丁\n张山|13800000042|山下|红\n李水|13800000043|水边|绿");
    let bytes = encode(&table(&rows, ','), Encoding::Utf8);
    assert_eq!(read_with(&bytes, None), Err(Refusal::NoHeader));
    let categories = Vec::new();
    let proposal = propose(&bytes, &How { today: today(), categories: &categories, mapping: None }).unwrap();
    assert!(proposal.mapping.columns.is_empty());
    assert_eq!(proposal.rows[1].cells, ["甲", "乙", "丙", "丁"]);
    let column = |(at, header, field): (u16, &str, Option<Field>)| Column {
        at,
        letters: letters(at),
        header: header.to_owned(),
        field,
        exported: true,
    };
    let told =
        [(0, "甲", Some(Field::Name)), (1, "乙", Some(Field::Telephone)), (2, "丙", None), (3, "丁", None)];
    let mapping = Mapping {
        header_row: Some(2),
        header_rows: 1,
        columns: told.map(column).to_vec(),
        ..Mapping::default()
    };
    let reading = read_with(&bytes, Some(&mapping)).unwrap();
    let told: Vec<String> = reading.households.iter().map(line).collect();
    assert_eq!(told, ["3 张山, /, -, Worker 13800000042", "4 李水, /, -, Worker 13800000043"]);
    assert_eq!(
        reading.households[0].kept(&reading.mapping),
        [("丙".to_owned(), "山下".to_owned()), ("丁".to_owned(), "红".to_owned())]
    );
}

#[test]
fn a_column_without_a_name_is_kept_by_its_letters() {
    let rows = rows("姓名|电话||住址\n张山|13800000044|红本|山下");
    let reading = read_with(&encode(&table(&rows, ','), Encoding::Utf8), None).unwrap();
    assert_eq!(reading.households[0].kept(&reading.mapping), [("C".to_owned(), "红本".to_owned())]);
    assert_eq!(reading.findings.iter().map(found).collect::<Vec<_>>(), ["1C column_unknown"]);
}

#[test]
fn the_sheet_that_is_a_roster_is_read_and_others_are_said() {
    let roster = rows("姓名|电话|住址\n张山|13800000051|山下\n李水|13800000052|水边");
    let other = rows("姓名|电话|住址\n王土|13800000053|土坡");
    let notes = rows("一、本表按户填写");
    let bytes = sheets(&[("说明", &notes, &[]), ("去年", &other, &[]), ("今年", &roster, &[])]);
    let reading = read_with(&bytes, None).unwrap();
    assert_eq!(reading.households.len(), 2);
    assert_eq!(reading.findings.iter().map(found).collect::<Vec<_>>(), ["1 sheet_not_read 去年"]);
    let mut mapping = reading.mapping;
    mapping.sheet = Some("去年".to_owned());
    assert_eq!(read_with(&bytes, Some(&mapping)).unwrap().households[0].name_text(), "王土");
}

#[test]
fn a_total_that_differs_is_said() {
    let with = |total: &str| {
        let rows =
            rows(&format!("姓名|电话|住址\n张山|13800000045|山下\n李水|13800000046|水边\n合计|{total}"));
        let reading = read_with(&encode(&table(&rows, ','), Encoding::Utf8), None).unwrap();
        reading
            .findings
            .iter()
            .map(|finding| format!("{} {}", found(finding), finding.against))
            .collect::<Vec<_>>()
    };
    assert_eq!(with("2户"), Vec::<String>::new());
    assert_eq!(with("共3户"), ["4 total_differs 3 2"]);
}

/// A sheet for each branch, named after it; a list of last year beside them.
#[test]
fn a_sheet_for_each_branch() {
    let one = rows("困难职工\n姓名|电话|住址\n张山|13800000071|山下\n李水|13800000072|水边\n合计|2户");
    let two = rows("困难职工\n姓名|电话|住址\n王土|13800000073|土坡\n张山|13800000071|山下");
    let last_year = rows("困难职工\n姓名|电话|住址\n王土|13800000073|土坡");
    let bytes = sheets(&[("动力厂", &one, &[]), ("采矿场", &two, &[]), ("2025年", &last_year, &[])]);
    let expected = ["3 张山, 动力厂/", "4 李水, 动力厂/", "3 王土, 采矿场/", "4 张山, 采矿场/"];
    let reading = read_with(&bytes, None).unwrap();
    let told: Vec<String> = reading.households.iter().map(line).collect();
    assert!(told.iter().zip(expected).all(|(told, expected)| told.starts_with(expected)), "{told:#?}");
    let findings: Vec<String> = reading.findings.iter().map(found).collect();
    assert_eq!(findings, ["2 sheet_not_read 2025年", "4 similar_to_row of 3 张山"]);
    let last = reading.findings.last().unwrap();
    assert_eq!([last.sheet.as_str(), last.of_sheet.as_str()], ["采矿场", "动力厂"]);
    assert_eq!(read_with(&bytes, Some(&reading.mapping)).unwrap(), reading);
}

#[test]
fn numbers_typed_as_numbers_are_read() {
    let mut rows = rows("姓名|身份证号|电话|出生年月|年级|孩子姓名\n张山|||||小山\n李水||||||\n周田||||||");
    rows[1][1] = Put::Number(990_000_198_011_025_736.0);
    rows[1][2] = Put::Number(13_800_000_061.0);
    rows[1][3] = Put::Number(29_527.0);
    rows[1][4] = Put::Number(3.0);
    rows[2][1] = Put::Text("990000197010251235".into());
    rows[2][3] = Put::Number(1970.1);
    // Typed as text it lost nothing; in a text table nobody can tell.
    rows[3][1] = Put::Text("990000198011025000".into());
    check(
        &book(&rows, &[]),
        "
        2 张山, 1980-11-02, /, -, Worker 13800000061, [小山  3 ]
        3 李水, Male, 1970-10, 990000197010251235, /, -
        4 周田, 990000198011025000, /, -
        ",
        "
        2B id_precision_lost 990000198011025792
        4B id_check_digit 990000198011025000
        ",
    );
    let reading = read_with(&encode(&table(&rows, ','), Encoding::Utf8), None).unwrap();
    let last = reading.findings.last().map(|one| (one.row, one.code.word()));
    assert_eq!(last, Some((4, "id_precision_lost")));
}

/// Whose telephone it is, by its header alone: never the household's where somebody else is named.
#[test]
fn a_telephone_is_whose_its_header_names() {
    for (header, expected) in [
        ("领导电话", "LeaderTelephone"),
        ("单位领导联系电话", "LeaderTelephone"),
        ("帮扶领导手机号", "LeaderTelephone"),
        ("矿领导电话", "LeaderTelephone"),
        ("工会干部电话", "UnionOfficerTelephone"),
        ("帮扶工会干部电话", "UnionOfficerTelephone"),
        ("工会主席手机号码", "UnionOfficerTelephone"),
        ("基层责任人电话", "LineManagerTelephone"),
        ("车间主任联系方式", "LineManagerTelephone"),
        ("帮扶人电话", "HelperTelephones"),
        ("帮扶人员手机", "HelperTelephones"),
        ("爱人电话", "SpouseTelephone"),
        ("孩子电话", "Kept"),
        ("负责人电话", "-"),
        ("单位负责人联系电话", "-"),
        ("工会办公室电话", "-"),
        ("班主任电话", "-"),
        ("父亲手机号", "-"),
        ("邻居电话", "-"),
        ("职工所在班组组长电话", "-"),
        ("某某电话", "-"),
        ("联系电话1", "Telephone"),
        ("常用手机号", "Telephone"),
        ("家里电话", "Telephone"),
        ("本人手机号码", "Telephone"),
        ("现联系电话", "Telephone"),
        ("手机（微信同号）", "Telephone"),
        ("Mobile phone", "Telephone"),
    ] {
        let text = format!("姓名|住址|性别|{header}\n张山|山下|男|13800000044");
        let reading = read_with(&encode(&table(&rows(&text), ','), Encoding::Utf8), None).unwrap();
        let field = reading.mapping.columns[3].field.map(|field| format!("{field:?}"));
        assert_eq!(field.as_deref().unwrap_or("-"), expected, "{header}");
    }
    // Under a heading over several columns it is still whose it names; a seat's name, too.
    let text =
        "|||帮扶人||\n姓名|住址|性别|帮扶领导|领导电话|车间主任姓名\n张山|山下|男|王海|13900000001|赵江";
    let reading = read_with(&encode(&table(&rows(text), ','), Encoding::Utf8), None).unwrap();
    let fields: Vec<_> = reading.mapping.columns.iter().skip(3).filter_map(|column| column.field).collect();
    assert_eq!(fields, [Field::Leader, Field::LeaderTelephone, Field::LineManager]);
}
