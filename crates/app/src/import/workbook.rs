//! Reads workbooks (xlsx) cell by cell, so that a small file cannot unpack into a large memory.

use std::io::{Cursor, Read, copy, sink};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::{Date, ImportRejection, ImportRule};

use super::delimited::{check_row, too_many_rows};
use super::open::{File, Limits, mebibytes, unreadable};
use super::sheet::{Cell, Format, Place, Problem, Sheet};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Every visible sheet of a workbook that has something in it.
///
/// # Errors
/// `import.unreadable`, `import.workbook_locked`, `import.unpacks_too_large` and the limits of sheets.
pub(super) fn read(file: &File, limits: &Limits) -> Result<Vec<Sheet>, Box<Problem>> {
    check_unpacked(file, limits)?;
    // The library panics on some broken workbooks (a cell in row 99999999999); to its caller such a file is unreadable like any other.
    std::panic::catch_unwind(|| read_sheets(file, limits)).unwrap_or_else(|_| Err(unreadable(file)))
}

fn read_sheets(file: &File, limits: &Limits) -> Result<Vec<Sheet>, Box<Problem>> {
    let whole = || Place::file(&file.name);
    let mut workbook: Workbook<'_> = match Xlsx::new(Cursor::new(file.bytes.as_slice())) {
        Ok(workbook) => workbook,
        Err(XlsxError::Password) => return Err(Box::new(Problem::new(whole(), ImportRule::Locked))),
        Err(_) => return Err(unreadable(file)),
    };
    let visible = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in names {
        let sheet =
            Sheet { file: file.name.clone(), name, format: Format::Xlsx, rows: Vec::new(), origins: std::collections::HashMap::new() };
        let sheet = read_sheet(&mut workbook, sheet, &mut cells, limits)?;
        if !sheet.rows.is_empty() {
            sheets.push(sheet);
        }
    }
    if sheets.is_empty() { Err(Box::new(Problem::new(whole(), ImportRejection::Empty))) } else { Ok(sheets) }
}

/// Unpacks every part once into nothing: what a zip file says of its sizes need not be true.
fn check_unpacked(file: &File, limits: &Limits) -> Result<(), Box<Problem>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes.as_slice())).map_err(|_| unreadable(file))?;
    let mut left = limits.unpacked;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| unreadable(file))?;
        let is_sheet = part.name().is_ok_and(|name| name.contains("/worksheets/"));
        let allowed = if is_sheet { left } else { left.min(limits.part) };
        let size = copy(&mut part.take(allowed + 1), &mut sink()).map_err(|_| unreadable(file))?;
        if size > allowed {
            let rule = ImportRule::UnpacksTooLarge { limit: mebibytes(limits.unpacked) };
            return Err(Box::new(Problem::new(Place::file(&file.name), rule)));
        }
        left -= size;
    }
    Ok(())
}

fn read_sheet(workbook: &mut Workbook<'_>, mut sheet: Sheet, cells: &mut usize, limits: &Limits) -> Result<Sheet, Box<Problem>> {
    let name = sheet.name.clone();
    let broken = |sheet: &Sheet| Box::new(Problem::new(Place { row: 0, ..Place::row(sheet, 0) }, ImportRule::SheetUnreadable));
    let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { return Err(broken(&sheet)) };
    loop {
        let Ok(next) = reader.next_cell() else { return Err(broken(&sheet)) };
        let Some(next) = next else { break };
        let (row, column) = (next.get_position().0 as usize, next.get_position().1 as usize);
        let cell = cell(next.get_value());
        if cell.is_empty() {
            continue;
        }
        if row >= limits.rows {
            return Err(too_many_rows(&sheet, row, limits));
        }
        if column >= limits.columns {
            return Err(Box::new(Problem::new(Place::cell(&sheet, row, column), ImportRule::TooManyColumns { max: limits.columns })));
        }
        if sheet.rows.len() <= row {
            sheet.rows.resize_with(row + 1, Vec::new);
        }
        let cells_before = sheet.rows[row].len();
        if cells_before <= column {
            *cells += column + 1 - cells_before;
            sheet.rows[row].resize_with(column + 1, Cell::default);
        }
        sheet.rows[row][column] = cell;
        if *cells > limits.cells {
            return Err(Box::new(Problem::new(Place::row(&sheet, row), ImportRule::TooManyCells { max: limits.cells })));
        }
    }
    let mut checked = Sheet { rows: Vec::with_capacity(sheet.rows.len()), ..sheet.clone_empty() };
    for row in sheet.rows {
        check_row(&checked, &row, 0, limits)?;
        checked.rows.push(row);
    }
    Ok(checked)
}

impl Sheet {
    fn clone_empty(&self) -> Sheet {
        Sheet {
            file: self.file.clone(),
            name: self.name.clone(),
            format: self.format,
            rows: Vec::new(),
            origins: std::collections::HashMap::new(),
        }
    }
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number.to_string().into()),
        DataRef::Float(number) => Cell::Number(decimal(*number).into()),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(truth) => Cell::Bool(*truth),
        DataRef::DateTime(moment) => date(moment).map_or_else(|| Cell::Number(decimal(moment.as_f64()).into()), Cell::Date),
        DataRef::DateTimeIso(text) => match text.get(..10).map(Date::parse) {
            Some(Ok(date)) => Cell::Date(date),
            _ => Cell::text(text),
        },
        DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(error) => Cell::Error(error.to_string().into()),
    }
}

fn date(moment: &ExcelDateTime) -> Option<Date> {
    if !moment.is_datetime() || moment.as_f64() < 1.0 {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::of(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// A number as workbooks show it: the shortest decimal of at most 15 significant digits.
pub(super) fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return String::from("#NUM!");
    }
    let scientific = format!("{number:.14e}");
    let rounded: f64 = scientific.parse().unwrap_or(number);
    let text = rounded.to_string();
    if text == "-0" { String::from("0") } else { text }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn numbers_are_what_the_workbook_shows() {
        let check = |number: f64, text: &str| assert_eq!(decimal(number), text);
        check("957.57749999999999".parse().unwrap(), "957.5775");
        check(0.1 + 0.2, "0.3");
        check(50_800.0, "50800");
        check(-0.05, "-0.05");
        check(1e-7, "0.0000001");
        check(6_901_234_567_892.0, "6901234567892");
        check(-0.0, "0");
        check(f64::NAN, "#NUM!");
    }

    fn written() -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("订单").unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 21).unwrap();
        sheet.write_string(0, 0, "日期").unwrap();
        sheet.write_with_format(2, 0, &day, &rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write_number(2, 1, 0.15).unwrap();
        sheet.write_boolean(2, 2, true).unwrap();
        sheet.write_string(2, 4, " 明华 ").unwrap();
        book.add_worksheet().set_name("空").unwrap();
        book.save_to_buffer().unwrap()
    }

    fn file(bytes: Vec<u8>) -> File {
        File { name: "a.xlsx".into(), bytes }
    }

    #[test]
    fn reads_typed_cells_at_their_places() {
        let sheets = read(&file(written()), &Limits::default()).unwrap();
        assert_eq!(sheets.len(), 1);
        let sheet = &sheets[0];
        assert_eq!((sheet.name.as_str(), sheet.rows.len()), ("订单", 3));
        assert!(sheet.is_blank(1));
        assert_eq!(sheet.cell(2, 0), &Cell::Date(Date::parse("2026-11-21").unwrap()));
        assert_eq!(sheet.cell(2, 1), &Cell::Number("0.15".into()));
        assert_eq!(sheet.cell(2, 2), &Cell::Bool(true));
        assert!(sheet.cell(2, 3).is_empty());
        assert_eq!(sheet.cell(2, 4).written(), "明华");
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file("xl/sharedStrings.xml", packed).unwrap();
        archive.write_all(&vec![b' '; 3 << 20]).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 20_000);
        let limits = Limits { unpacked: 2 << 20, ..Limits::default() };
        assert_eq!(read(&file(bytes.clone()), &limits).unwrap_err().code, "import.unpacks_too_large");
        assert_eq!(read(&file(bytes), &Limits::default()).unwrap_err().code, "import.unreadable");
    }

    #[test]
    fn a_cell_far_out_takes_no_memory() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "a").unwrap();
        sheet.write_string(1_000_000, 16_000, "b").unwrap();
        let problem = read(&file(book.save_to_buffer().unwrap()), &Limits::default()).unwrap_err();
        assert_eq!((problem.code, problem.place.row), ("import.too_many_rows", 1_000_001));
    }
}
