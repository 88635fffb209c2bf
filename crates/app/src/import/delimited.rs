//! Reads csv files of any usual encoding and separator.

use std::borrow::Cow;

use domain::{ImportRejection, ImportRule};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::open::{File, Limits, unreadable};
use super::sheet::{Cell, Format, Place, Problem, Sheet};

/// The sheet of a csv file.
///
/// # Errors
/// `import.unreadable`, `import.too_many_rows`, `import.too_many_columns`, `import.too_many_cells`, `import.cell_too_long`.
pub(super) fn read(file: &File, limits: &Limits) -> Result<Sheet, Box<Problem>> {
    let content = decode(&file.bytes).ok_or_else(|| unreadable(file))?;
    let mut sheet = Sheet {
        file: file.name.clone(),
        name: String::new(),
        format: Format::Csv,
        rows: Vec::new(),
        origins: std::collections::HashMap::new(),
    };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(&content)).from_reader(content.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut cells = 0;
    // The text is UTF-8 and rows may differ in length, so there is nothing to fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        // Empty lines before it are skipped by the reader, but spreadsheets count them.
        let lines = record.position().map_or(1, |start| reader.position().line().saturating_sub(start.line()));
        let breaks = record.iter().map(|field| field.matches('\n').count()).sum::<usize>();
        let blank = usize::try_from(lines).unwrap_or(0).saturating_sub(breaks + 1);
        let rows = sheet.rows.len() + blank + 1;
        if rows > limits.rows {
            return Err(too_many_rows(&sheet, rows - 1, limits));
        }
        sheet.rows.resize_with(rows - 1, Vec::new);
        let mut row: Vec<Cell> = record.iter().map(Cell::text).collect();
        row.truncate(row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        cells += row.len();
        check_row(&sheet, &row, cells, limits)?;
        sheet.rows.push(row);
    }
    Ok(sheet)
}

pub(super) fn too_many_rows(sheet: &Sheet, row: usize, limits: &Limits) -> Box<Problem> {
    let max = i64::try_from(limits.rows).unwrap_or(i64::MAX);
    Box::new(Problem::new(Place::row(sheet, row), ImportRejection::TooManyRows { max }))
}

/// Holds the limits of a row that is about to be added.
pub(super) fn check_row(sheet: &Sheet, row: &[Cell], cells: usize, limits: &Limits) -> Result<(), Box<Problem>> {
    let at = sheet.rows.len();
    if row.len() > limits.columns {
        return Err(Box::new(Problem::new(Place::cell(sheet, at, row.len() - 1), ImportRule::TooManyColumns { max: limits.columns })));
    }
    if cells > limits.cells {
        return Err(Box::new(Problem::new(Place::row(sheet, at), ImportRule::TooManyCells { max: limits.cells })));
    }
    match row.iter().position(|cell| cell.written().len() > limits.characters) {
        Some(column) => Err(Box::new(Problem::new(Place::cell(sheet, at, column), ImportRule::CellTooLong { max: limits.characters }))),
        None => Ok(()),
    }
}

/// The text of a file: by its mark, else UTF-8 if it is that, else the Chinese encoding that reads better. `None` for what is no text.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (content, failed) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!failed && [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)).then_some(content);
    }
    if bytes.contains(&0) {
        return None;
    }
    let readings = [UTF_8, GB18030, BIG5].map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    let [utf8, simplified, traditional] = readings;
    if utf8.is_some() {
        return utf8;
    }
    match (simplified, traditional) {
        (Some(simplified), Some(traditional)) => Some(if score(&traditional) > score(&simplified) { traditional } else { simplified }),
        (simplified, traditional) => simplified.or(traditional),
    }
}

/// Characters that business tables are full of: whichever reading has more of them is the right one.
const USUAL: &str = "客户戶名称稱编編码碼号號订訂单單商品产產规規格型数數量价價金额額合计計总總日期地址电電话話联聯系络絡人\
的一不在有中国國大上海北京市省县縣区區路街公司限责責任业業贸貿易科技工厂廠销銷售货貨仓倉库庫存收发發票税稅率折扣运運费費备備注註\
状狀态態类類别別付款方式结結算月年天元件箱个個台套张張王李刘劉陈陳杨楊黄黃赵趙吴吳周江浙广廣东東南山西台湾灣北新竹高雄";

fn score(text: &str) -> usize {
    text.chars().take(20_000).filter(|letter| !letter.is_ascii() && USUAL.contains(*letter)).count()
}

/// The separator that the first lines agree on best.
fn separator(content: &str) -> u8 {
    let best = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|separator| {
        let counts = counts(content, *separator);
        let first = counts.first().copied().unwrap_or(0);
        let agreeing = counts.iter().filter(|count| **count == first).count();
        // The comma wins a draw, since it comes last of those that are equal only in reversed order.
        (if first == 0 { 0 } else { agreeing }, first, *separator == b',')
    });
    best.unwrap_or(b',')
}

/// How often a separator stands outside quotes in each of the first lines.
fn counts(content: &str, separator: u8) -> Vec<usize> {
    let mut counts = vec![0];
    let mut quoted = false;
    for byte in content.bytes().take(64 << 10) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && counts.len() == 20 => break,
            b'\n' if !quoted => counts.push(0),
            _ if byte == separator && !quoted => {
                if let Some(count) = counts.last_mut() {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    if counts.len() > 1 && counts.last() == Some(&0) {
        counts.pop();
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(bytes: &[u8]) -> Sheet {
        read(&File { name: "a.csv".into(), bytes: bytes.to_vec() }, &Limits::default()).unwrap()
    }

    fn written(sheet: &Sheet) -> Vec<Vec<String>> {
        sheet.rows.iter().map(|row| row.iter().map(|cell| cell.written().to_owned()).collect()).collect()
    }

    #[test]
    fn reads_every_usual_encoding() {
        let simplified = "客户编码,名称\nC001,上海明华印务有限公司\n";
        let traditional = "客戶編號,名稱\nC001,臺北市新雅包裝有限公司\n";
        let check = |bytes: &[u8], expected: &str| {
            let lines: Vec<String> = written(&sheet(bytes)).iter().map(|row| row.join(",")).collect();
            assert_eq!(lines.join("\n") + "\n", expected);
        };
        check(simplified.as_bytes(), simplified);
        check(format!("\u{feff}{simplified}").as_bytes(), simplified);
        check(&GB18030.encode(simplified).0, simplified);
        check(&BIG5.encode(traditional).0, traditional);
        let utf16: Vec<u8> = format!("\u{feff}{simplified}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, simplified);
    }

    #[test]
    fn finds_the_separator() {
        let check = |text: &str| assert_eq!(written(&sheet(text.as_bytes()))[1], ["1,5", "b"], "{text}");
        check("a;b\n1,5;b\n");
        check("a\tb\n1,5\tb\n");
        check("a,b\n\"1,5\",b\n");
        check("a|b\n1,5|b");
        assert_eq!(written(&sheet(b"only\nx\n")), [["only"], ["x"]]);
    }

    #[test]
    fn rows_are_numbered_as_in_a_spreadsheet() {
        let sheet = sheet(b"a,b\n\n\"two\nlines\",x\n\n,last\n");
        assert_eq!(sheet.rows.len(), 5);
        assert_eq!(sheet.cell(2, 0).written(), "two\nlines");
        assert_eq!(sheet.cell(4, 1).written(), "last");
        assert!(sheet.is_blank(1) && sheet.is_blank(3) && sheet.cell(4, 0).is_empty());
    }

    #[test]
    fn limits_are_named() {
        let limits = Limits { rows: 2, columns: 3, cells: 5, characters: 4, ..Limits::default() };
        let check = |text: &str, code: &str, place: &str| {
            let problem = read(&File { name: "a.csv".into(), bytes: text.into() }, &limits).unwrap_err();
            assert_eq!((problem.code, problem.place.to_string().as_str()), (code, place), "{text}");
        };
        check("a\nb\nc\n", "import.too_many_rows", "a.csv 3");
        check("a,b,c,d\n", "import.too_many_columns", "a.csv D1");
        check("a,b,c\nd,e,f\n", "import.too_many_cells", "a.csv 2");
        check("a,toolong\n", "import.cell_too_long", "a.csv B1");
        check("\0\x01\x02", "import.unreadable", "a.csv");
    }
}
