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
}
