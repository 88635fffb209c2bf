//! The standard order form (INT-11): one order on a sheet, labels with their values above and below a table of lines. Read as if it were a table
//! with a row for each line, so that everything else need not know of it; every value still knows the cell it stands in.

use std::collections::HashMap;

use domain::Language;

use super::sheet::{Cell, Sheet};
use super::value::plain;
use crate::export::List;

/// Rows above the lines at the most.
const MAX_HEAD: usize = 60;

/// A value beside its label.
struct Labelled {
    label: String,
    cell: Cell,
    at: (usize, usize),
}

/// The sheet as a table, if it is laid out as an order form.
pub fn flattened(sheet: &Sheet) -> Option<Sheet> {
    let known = Known::new();
    let header = (1..sheet.rows.len().min(MAX_HEAD)).find(|row| known.is_header(&sheet.rows[*row]))?;
    let mut heads = Vec::new();
    (0..header).for_each(|row| known.labelled(sheet, row, &mut heads));
    // A table with a title above it is no form.
    if heads.len() < 2 {
        return None;
    }
    let is_line = |row: &usize| {
        known.line.iter().take(2).any(|names| column(sheet, header, names).is_some_and(|at| !sheet.cell(*row, at).is_empty()))
    };
    let lines: Vec<usize> = (header + 1..sheet.rows.len()).take_while(is_line).collect();
    let below = lines.last().map_or(header + 1, |last| last + 1);
    (below..sheet.rows.len()).for_each(|row| known.labelled(sheet, row, &mut heads));

    let mut flat =
        Sheet { file: sheet.file.clone(), name: sheet.name.clone(), format: sheet.format, rows: Vec::new(), origins: HashMap::new() };
    let names = heads.iter().map(|head| Cell::text(&head.label));
    flat.rows.push(names.chain(sheet.rows[header].iter().cloned()).collect());
    for line in lines {
        let row = flat.rows.len();
        for (place, head) in heads.iter().enumerate() {
            flat.origins.insert((row, place), head.at);
        }
        for place in 0..sheet.rows[header].len() {
            flat.origins.insert((row, heads.len() + place), (line, place));
        }
        let cells = heads.iter().map(|head| head.cell.clone());
        flat.rows.push(cells.chain((0..sheet.rows[header].len()).map(|place| sheet.cell(line, place).clone())).collect());
    }
    Some(flat)
}

fn column(sheet: &Sheet, header: usize, names: &[String]) -> Option<usize> {
    sheet.rows[header].iter().position(|cell| names.contains(&plain(cell.written())))
}

/// The labels of the form in every language.
struct Known {
    /// Labels of the head.
    head: Vec<String>,
    /// Headers of the lines: product, quantity, and the rest.
    line: Vec<Vec<String>>,
}

impl Known {
    fn new() -> Self {
        let names = |key: &str| {
            Language::ALL.iter().map(|language| plain(&domain::text(*language, &format!("export.{key}"), &[]))).collect::<Vec<_>>()
        };
        let columns = List::Orders.columns();
        let first = columns.iter().position(|key| *key == "line_no").unwrap_or(columns.len());
        let head = columns[..first].iter().flat_map(|key| names(key)).collect();
        Known { head, line: ["product_code", "quantity"].into_iter().map(names).collect() }
    }

    /// Whether the row names the columns of the lines.
    fn is_header(&self, row: &[Cell]) -> bool {
        self.line.iter().all(|names| row.iter().any(|cell| names.contains(&plain(cell.written()))))
    }

    fn is_label(&self, text: &str) -> bool {
        self.head.contains(&plain(text))
    }

    /// The labels of a row with their values: in the next cell that has something, or in the same one behind a colon.
    fn labelled(&self, sheet: &Sheet, row: usize, found: &mut Vec<Labelled>) {
        let cells = &sheet.rows[row];
        for (place, cell) in cells.iter().enumerate() {
            let text = cell.written();
            if let Some((label, value)) =
                text.split_once([':', '：']).filter(|(label, value)| self.is_label(label) && !value.trim().is_empty())
            {
                found.push(Labelled { label: label.trim().to_owned(), cell: Cell::text(value), at: (row, place) });
            } else if self.is_label(text) {
                let next = (place + 1..cells.len()).find(|at| !cells[*at].is_empty());
                if let Some(at) = next.filter(|at| !self.is_label(cells[*at].written())) {
                    found.push(Labelled { label: text.to_owned(), cell: cells[at].clone(), at: (row, at) });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Format, Place};
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let rows = rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect();
        Sheet { file: "a.xlsx".into(), name: "订单".into(), format: Format::Xlsx, rows, origins: HashMap::new() }
    }

    #[test]
    fn a_form_becomes_a_table_whose_cells_keep_their_places() {
        let form = sheet(&[
            &["销售订单"],
            &["外部单号：", "A-7", "", "下单日期", "2026-11-21"],
            &["客户编码", "C001", "", "要求交货日期：2026-12-01"],
            &[],
            &["", "商品编码", "数量", "单价"],
            &["", "P001", "3", "6200"],
            &["", "P002", "1", ""],
            &["", "", "", "合计"],
            &["运费", "300", "备注", ""],
        ]);
        let flat = flattened(&form).unwrap();
        let written: Vec<Vec<&str>> = flat.rows.iter().map(|row| row.iter().map(Cell::written).collect()).collect();
        assert_eq!(written[0], ["外部单号：", "下单日期", "客户编码", "要求交货日期", "运费", "", "商品编码", "数量", "单价"]);
        assert_eq!(written[1], ["A-7", "2026-11-21", "C001", "2026-12-01", "300", "", "P001", "3", "6200"]);
        assert_eq!(written.len(), 3);
        let check = |row: usize, column: usize, place: &str| {
            assert_eq!(Place::cell(&flat, row, column).to_string(), format!("a.xlsx [订单] {place}"))
        };
        check(1, 0, "B2");
        check(2, 2, "B3");
        check(2, 4, "B9");
        check(2, 7, "C7");
        assert_eq!(Place::row(&flat, 2).row, 7);
    }

    #[test]
    fn a_table_is_no_form() {
        assert_eq!(flattened(&sheet(&[&["订单"], &["外部单号", "客户编码", "商品编码", "数量"], &["A", "C", "P", "1"]])), None);
        assert_eq!(flattened(&sheet(&[&["外部单号", "客户编码", "商品编码", "数量"]])), None);
    }
}
