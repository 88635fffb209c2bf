//! Whatever file is sent to be imported: it is read within its limits or refused with a reason, and nothing breaks. Longer with
//! `SHUNDAN_TORTURE_SECONDS`, other files with `SHUNDAN_TORTURE_SEED`.
#![allow(missing_docs, clippy::unwrap_used)]

use std::time::{Duration, Instant as Clock};

use app::import::{File, Limits, Mapping, Sheet, open};
use domain::Language;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

const LIMITS: Limits = Limits { bytes: 1 << 20, unpacked: 4 << 20, part: 1 << 20, rows: 300, columns: 30, cells: 4_000, characters: 500 };

/// A file is read within its limits, the same way every time, or is refused with a text in every language.
fn holds(name: &str, bytes: &[u8]) {
    let file = File { name: name.to_owned(), bytes: bytes.to_vec() };
    let began = Clock::now();
    let first = open(&file, &LIMITS);
    assert!(began.elapsed() < Duration::from_secs(10), "{name} takes {:?}", began.elapsed());
    match first {
        Ok(sheets) => {
            sheets.iter().for_each(within_limits);
            assert_eq!(open(&file, &LIMITS).ok().as_ref(), Some(&sheets));
        }
        Err(problem) => {
            for language in [Language::ZhCn, Language::ZhTw, Language::En] {
                let message = problem.message(language);
                assert!(!message.is_empty() && message != problem.code, "{}", problem.code);
            }
        }
    }
}

fn within_limits(sheet: &Sheet) {
    assert!(sheet.rows.len() <= LIMITS.rows, "{} rows", sheet.rows.len());
    assert!(sheet.rows.iter().map(Vec::len).sum::<usize>() <= LIMITS.cells);
    for row in &sheet.rows {
        assert!(row.len() <= LIMITS.columns && row.iter().all(|cell| cell.written().len() <= LIMITS.characters));
    }
}

/// Tables as programs of many kinds write them: separators, quotes, line ends, encodings; and broken ones.
fn tables() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        3 => "[a-zA-Z0-9 .-]{0,8}",
        2 => "[客户订单数量价格合计,;\\t|]{0,6}",
        1 => "\"([^\"]|\"\")*\"",
        1 => "[\"\\n\\r,;]{1,5}",
        1 => "\\PC{0,20}",
        1 => Just("x".repeat(600)),
    ];
    let row = proptest::collection::vec(cell, 0..6);
    let separator = prop_oneof![Just(","), Just(";"), Just("\t"), Just("|")];
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n\n")];
    let text = (proptest::collection::vec(row, 0..12), separator, end)
        .prop_map(|(rows, separator, end)| rows.iter().map(|row| row.join(separator)).collect::<Vec<_>>().join(end));
    (text, 0..8_u8, any::<(u16, u8)>()).prop_map(|(text, way, (at, byte))| written(&text, way, usize::from(at), byte))
}

fn written(text: &str, way: u8, at: usize, byte: u8) -> Vec<u8> {
    let utf16 = |low_first: bool| {
        let bytes = |unit: u16| if low_first { unit.to_le_bytes() } else { unit.to_be_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let mut bytes = match way {
        0 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        1 => utf16(true),
        2 => utf16(false),
        3 => encoding_rs::GB18030.encode(text).0.into_owned(),
        4 => encoding_rs::BIG5.encode(text).0.into_owned(),
        5 => utf16(true)[..text.len().min(7)].to_vec(),
        _ => text.as_bytes().to_vec(),
    };
    if way >= 6 && !bytes.is_empty() {
        let at = at % bytes.len();
        bytes[at] = byte;
    }
    bytes
}

/// A real workbook, with bytes changed, cut out or put in.
fn workbooks() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<u32>(), any::<u8>(), 0..4_u8);
    proptest::collection::vec(change, 0..6).prop_map(|changes| {
        let mut bytes = workbook();
        for (at, byte, way) in changes {
            let at = at as usize % bytes.len();
            match way {
                0 => bytes.truncate(at.max(4)),
                1 => bytes.insert(at, byte),
                _ => bytes[at] = byte,
            }
        }
        bytes
    })
}

/// The parts of a workbook with other content, packed well: what only broke the packing would never reach the reader of sheets.
fn parts() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof!["[0-9.eE+-]{0,30}", "[A-Z]{0,4}[0-9]{0,8}", "\\PC{0,10}", Just("99999999999999999999".to_owned())];
    (value.clone(), value.clone(), "[bdenstriSl]{0,9}", value).prop_map(|(place, number, kind, style)| {
        let clean = |text: &str| text.replace(['<', '&', '"'], "");
        let (place, number, style) = (clean(&place), clean(&number), clean(&style));
        let cell = format!("<c r=\"{place}\" t=\"{kind}\" s=\"{style}\"><v>{number}</v></c>");
        repacked(&format!("<row r=\"{place}\">{cell}</row><row>{cell}</row>"))
    })
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("订单").unwrap();
    for row in 0..4 {
        sheet.write_string(row, 0, format!("商品{row}")).unwrap();
        sheet.write_number(row, 1, f64::from(row) * 1.25).unwrap();
        sheet.write_boolean(row, 2, row % 2 == 0).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The workbook with other rows in its sheet.
fn repacked(rows: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.contains("/worksheets/") {
            let text = String::from_utf8(content).unwrap();
            let (before, _) = text.split_once("<sheetData>").unwrap();
            let (_, behind) = text.split_once("</sheetData>").unwrap();
            content = format!("{before}<sheetData>{rows}</sheetData>{behind}").into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A mapping of any text is read or refused with reasons, and what is read is written as itself.
fn mapping_holds(text: &str) {
    match Mapping::from_text(text) {
        Ok(mapping) => assert_eq!(Mapping::from_json(&mapping.to_json()).ok().map(|again| again.to_json()), Some(mapping.to_json())),
        Err(problems) => assert!(!problems.is_empty()),
    }
}

fn mappings() -> impl Strategy<Value = String> {
    let noun = "(products|customers|orders|stock|moon)";
    let field = "(code|name|unit|list_price) = (\"[A-Z]\"|\\{ column = \"A\", decimal = \"[.,x]\" \\}|\\[\"A\", \"B\"\\]|1|\\{\\})\n";
    let good = (noun, proptest::collection::vec(field, 0..5))
        .prop_map(|(noun, fields)| format!("name = \"m\"\n[[source]]\nnoun = \"{noun}\"\n[source.fields]\n{}", fields.concat()));
    prop_oneof![2 => good, 1 => "\\PC{0,60}", 1 => "[\\[\\]{}=\",a-z\\n]{0,60}"]
}

#[test]
fn a_cell_at_an_impossible_place_makes_a_workbook_unreadable() {
    let file = File { name: "a.xlsx".into(), bytes: repacked("<row r=\"1\"><c r=\"A99999999999\"><v>1</v></c></row>") };
    assert_eq!(open(&file, &LIMITS).unwrap_err().code, "import.unreadable");
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.trim().parse().unwrap())
}

#[test]
fn files_of_any_bytes_are_read_or_refused() {
    let until = number("SHUNDAN_TORTURE_SECONDS").map(|seconds| Clock::now() + Duration::from_secs(seconds));
    let seed = number("SHUNDAN_TORTURE_SEED").unwrap_or(3);
    let mut runs = 0;
    loop {
        let runner = |cases: u32| {
            TestRunner::new(Config { cases, rng_seed: RngSeed::Fixed(seed + runs), failure_persistence: None, ..Config::default() })
        };
        let file = |name: &'static str| {
            move |bytes: Vec<u8>| {
                holds(name, &bytes);
                Ok(())
            }
        };
        runner(400).run(&tables(), file("a.csv")).unwrap();
        runner(200).run(&proptest::collection::vec(any::<u8>(), 0..200), file("a.csv")).unwrap();
        runner(100).run(&workbooks(), file("a.xlsx")).unwrap();
        runner(100).run(&parts(), file("a.xlsx")).unwrap();
        runner(200)
            .run(&mappings(), |text| {
                mapping_holds(&text);
                Ok(())
            })
            .unwrap();
        runs += 1;
        if until.is_none_or(|until| Clock::now() > until) {
            break;
        }
    }
    println!("torture files: {} tables, {} workbooks and {} mappings from seed {seed}", runs * 600, runs * 200, runs * 200);
}
