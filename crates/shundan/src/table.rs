//! Tables for terminals: columns line up also where Chinese characters take two places.

use console::measure_text_width;

/// Heads and rows as lines, each column as wide as its widest cell; the last column is not filled up.
pub fn lines(heads: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let mut all = vec![heads.to_vec()];
    all.extend_from_slice(rows);
    let columns = all.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| all.iter().filter_map(|row| row.get(column)).map(|cell| measure_text_width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    all.iter().map(|row| line(row, &widths)).collect()
}

/// As `lines`, with every column but the first to the right, as figures stand.
pub fn figures(heads: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let mut all = vec![heads.to_vec()];
    all.extend_from_slice(rows);
    let columns = all.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| all.iter().filter_map(|row| row.get(column)).map(|cell| measure_text_width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let padded = |(column, cell): (usize, &String)| {
        let space = " ".repeat(widths[column] - measure_text_width(cell));
        if column == 0 { format!("{cell}{space}") } else { format!("{space}{cell}") }
    };
    all.iter().map(|row| row.iter().enumerate().map(padded).collect::<Vec<_>>().join("  ").trim_end().to_owned()).collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (cell, width) in row.iter().zip(widths) {
        text.push_str(cell);
        text.extend(std::iter::repeat_n(' ', width - measure_text_width(cell) + 2));
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_with_wide_characters() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let found = lines(&row(["角色", "user", "password"]), &[row(["销售代表", "xs", "1"]), row(["a", "finance", ""])]);
        assert_eq!(found, ["角色      user     password", "销售代表  xs       1", "a         finance"]);
    }

    #[test]
    fn figures_stand_to_the_right() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        assert_eq!(figures(&row(["项目", "每秒"]), &[row(["a", "9"]), row(["b", "12345"])]), ["项目   每秒", "a         9", "b     12345"]);
    }
}
