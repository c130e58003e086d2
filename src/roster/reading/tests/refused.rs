//! Files that are not read at all.

use std::io::Write;

use zip::{ZipWriter, write::SimpleFileOptions};

use super::builders::{book, read_with, rows, sheets};
use crate::{
    Refusal,
    refusal::{FILE_BYTES_MAX, INFLATED_BYTES_MAX},
    workbook::{OLE, ZIP},
};

#[track_caller]
fn check(bytes: &[u8], expected: Refusal) {
    assert_eq!(read_with(bytes, None).map(|reading| reading.households.len()), Err(expected));
}

fn ole(stream: &str) -> Vec<u8> {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [OLE, &[0; 1024], &name, &[0; 512]].concat()
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_roster_is_refused() {
    check(b"", Refusal::Empty);
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0", Refusal::NotASpreadsheet);
    check(b"%PDF-1.7\n\x01\x02\x03\x04", Refusal::NotASpreadsheet);
    check(&ole("EncryptedPackage"), Refusal::Encrypted);
    check(&ole("Workbook"), Refusal::OldFormat);
    check(&ole("WordDocument"), Refusal::OtherFormat);
    check(&vec![b'a'; FILE_BYTES_MAX + 1], Refusal::TooLarge { bytes: FILE_BYTES_MAX + 1 });
    check(&[ZIP, &[7; 200]].concat(), Refusal::Damaged);
    check(&packed(&[("word/document.xml", b"<a/>")]), Refusal::OtherFormat);
    check(&packed(&[("content.xml", b"<a/>")]), Refusal::OtherFormat);
    let book = book(&rows("姓名|电话|住址\n张山|1|山下"), &[]);
    check(&book[..book.len() / 2], Refusal::Damaged);
    check(&[0xff; 400], Refusal::UnknownEncoding);
}

#[test]
fn a_sheet_without_a_header_or_a_name_is_refused() {
    check("今天天气很好\n明天也是\n".as_bytes(), Refusal::NoHeader);
    check("张山,13800000000,山下\n李水,13800000001,水边\n".as_bytes(), Refusal::NoHeader);
    check("序号,联系电话,家庭住址,性别\n1,13800000000,山下,男\n".as_bytes(), Refusal::NoNameColumn);
    check("\n\n \n".as_bytes(), Refusal::Empty);
    check(&sheets(&[("空", &[], &[])]), Refusal::Empty);
}

#[test]
fn a_workbook_that_inflates_too_much_is_refused() {
    let book = book(&rows("姓名|电话|住址\n张山|1|山下"), &[]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut part, &mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    let zeros = vec![b' '; usize::try_from(INFLATED_BYTES_MAX).unwrap() + 1];
    parts.push(("xl/worksheets/sheet9.xml".to_owned(), zeros));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut bomb = packed(&parts);
    assert!(bomb.len() < FILE_BYTES_MAX / 10, "a bomb is small");
    check(&bomb, Refusal::InflatesTooMuch);
    // The same that lies about its size: the declared sizes are in the last of the headers.
    let declared = u32::try_from(INFLATED_BYTES_MAX + 1).unwrap().to_le_bytes();
    let places: Vec<usize> =
        bomb.windows(4).enumerate().filter(|(_, four)| *four == declared).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let refused = read_with(&bomb, None).map(|reading| reading.households.len());
    assert!(matches!(refused, Err(Refusal::InflatesTooMuch | Refusal::Damaged)), "{refused:?}");
}

/// Formatted down to the last row Excel has: quick, and small in memory, for rows are streamed.
#[test]
fn a_million_empty_rows_are_passed_over() {
    let book = book(&rows("姓名|电话|住址\n张山|13800000000|山下"), &[]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        if part.name().unwrap().contains("worksheets/sheet1") {
            let empty: String = (3..1_048_576)
                .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"0\"/></row>"))
                .collect();
            text = text.replace("</sheetData>", &format!("{empty}</sheetData>"));
        }
        parts.push((part.name().unwrap().into_owned(), text.into_bytes()));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let reading = read_with(&packed(&parts), None).unwrap();
    assert_eq!(reading.households.len(), 1);
    assert!(reading.findings.is_empty());
}
