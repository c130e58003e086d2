//! Writes a roster of many rows as an office would: 29 columns, families of up to three children in rows of their own.

use rust_xlsxwriter::{Format, Workbook};

const HEADER: [&str; 29] = [
    "序号",
    "困难类别",
    "姓名",
    "性别",
    "身份证号",
    "出生年月",
    "所属分会",
    "所属支会",
    "联系电话",
    "家庭住址",
    "婚姻状况",
    "配偶姓名",
    "配偶工作情况",
    "家庭人口",
    "本人月收入(元)",
    "家庭年收入(元)",
    "主要致困原因",
    "次要致困原因",
    "子女姓名",
    "子女出生年月",
    "就读学校",
    "学段",
    "年级",
    "单位领导",
    "工会干部",
    "基层领导",
    "帮扶人电话",
    "建档日期",
    "备注",
];

/// How many rows a sheet has at most.
const ROWS_OF_EXCEL: u32 = 1_048_576;

/// Writes so many rows into a file, its kind by its name; the first household is the nth of all there could be.
pub fn write_from(path: &str, rows: usize, first: usize) -> Result<(), Box<dyn std::error::Error>> {
    let all = sheet(if path.ends_with("empty.xlsx") { 10 } else { rows }, first);
    if path.ends_with(".csv") {
        let text: Vec<String> = all.iter().map(|row| row.join(",")).collect();
        std::fs::write(path, text.join("\r\n"))?;
        return Ok(());
    }
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    if path.ends_with("empty.xlsx") {
        let bold = Format::new().set_bold();
        for row in 20..ROWS_OF_EXCEL {
            sheet.write_blank(row, 0, &bold)?;
        }
    }
    for (row, cells) in (0..).zip(&all) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell)?;
        }
    }
    workbook.save(path)?;
    Ok(())
}

fn sheet(rows: usize, first: usize) -> Vec<Vec<String>> {
    let mut all = vec![vec!["某矿困难职工家庭花名册".to_owned()], Vec::new()];
    all.push(HEADER.map(str::to_owned).to_vec());
    let mut household = first;
    while all.len() < rows + 3 {
        for child in 0..=household % 3 {
            all.push(row(household, child));
        }
        household += 1;
    }
    all.truncate(rows + 3);
    all
}

fn row(nth: usize, child: usize) -> Vec<String> {
    let own = |text: String| if child == 0 { text } else { String::new() };
    let id = id_number(nth);
    let born = format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14]);
    let branch = nth % 40;
    let helper = |seat: usize| format!("{}{}", ["赵", "钱", "孙"][seat], sign(branch * 3 + seat));
    let phones: Vec<String> = (0..3).map(|seat| format!("159{:08}", branch * 3 + seat)).collect();
    [
        own((nth + 1).to_string()),
        own(["特困户", "困难", "准困难户", "边缘户", "大病"][nth % 5].to_owned()),
        own(format!("{}{}{}", sign(nth), sign(nth / 40), sign(nth / 1600))),
        own(if nth.is_multiple_of(2) { "女" } else { "男" }.to_owned()),
        own(id),
        own(born),
        own(format!("第{}分会", branch + 1)),
        own(format!("{}工段", ["采矿", "选矿", "运输", "机修"][nth % 4])),
        own(format!("138-{:04}-{:04}", nth / 10_000, nth % 10_000)),
        own(format!("矿山路{}栋{}单元{}室", nth % 90 + 1, nth % 4 + 1, nth % 600 + 1)),
        own("已婚".to_owned()),
        own(format!("配{}{}", sign(nth), sign(nth / 7))),
        own("退休".to_owned()),
        own("4".to_owned()),
        own((nth % 3000 + 500).to_string()),
        own((nth % 60_000 + 5000).to_string()),
        own("患重特大疾病".to_owned()),
        own("子女上学、意外事故".to_owned()),
        format!("子{}{}", sign(nth), sign(child)),
        format!("{}年{}月", 2006 + nth % 10, nth % 12 + 1),
        "矿区第二小学".to_owned(),
        "小学".to_owned(),
        format!("{}年级", nth % 6 + 1),
        own(helper(0)),
        own(helper(1)),
        own(helper(2)),
        own(phones.join("、")),
        own(format!("{}.{}.{}", 2015 + nth % 10, nth % 12 + 1, nth % 28 + 1)),
        String::new(),
    ]
    .to_vec()
}

fn sign(nth: usize) -> char {
    const SIGNS: &str = "建国德永志文秀玉桂春淑海福庆长小立金英华芳强军顺梅兰珍平明生贵琴霞伟杰龙凤荣敏江";
    SIGNS.chars().nth(nth % SIGNS.chars().count()).unwrap_or('王')
}

/// An ID number of a region that is none, with its check digit.
fn id_number(nth: usize) -> String {
    let (year, month, day) = (1955 + nth % 40, nth / 40 % 12 + 1, nth / 480 % 28 + 1);
    let stem = format!("990000{year:04}{month:02}{day:02}{:03}", (nth / 13_440 * 2 + nth % 2) % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        stem.chars().zip(weights).filter_map(|(sign, weight)| Some(sign.to_digit(10)? * weight)).sum();
    let last = usize::try_from(sum % 11).ok().and_then(|at| "10X98765432".chars().nth(at)).unwrap_or('0');
    format!("{stem}{last}")
}
