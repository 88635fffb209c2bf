//! Finds the columns a mapping speaks of in the sheets that are there.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Detail, ImportRejection, ImportRule};

use super::field::{Noun, nearest};
use super::mapping::{Mapping, Rule, Source, TableRule};
use super::sheet::{Place, Problem, Sheet};
use super::value::{Style, plain};

/// A source and one of the sheets its rows come from.
#[derive(Clone, Debug)]
pub struct Bound {
    /// What the rows are.
    pub noun: Noun,
    /// Place of the sheet among those that were opened.
    pub sheet: usize,
    /// Row of the column names, counted from 0.
    pub header: usize,
    /// The column that joins orders and lines.
    pub key: Option<usize>,
    /// Of rows with the same code, the first is taken.
    pub first_of_doubles: bool,
    /// What each field is made of, by place of the field.
    pub fields: Vec<Option<BoundRule>>,
}

/// A rule with its columns found.
#[derive(Clone, Debug)]
pub struct BoundRule {
    /// Columns, counted from 0; empty where the value is always the same.
    pub columns: Vec<usize>,
    /// The rule.
    pub rule: Rule,
    /// How it is written.
    pub style: Style,
    /// Words behind numbers.
    pub words: Option<Arc<HashMap<String, String>>>,
}

/// Rows at the beginning of a sheet that may hold the column names.
const HEADER_ROWS: usize = 20;

/// Binds every source of a mapping.
///
/// # Errors
/// `import.source_missing`, `import.column_missing` with the name that was probably meant, `import.table_missing`.
pub fn bind(mapping: &Mapping, sheets: &[Sheet]) -> Result<Vec<Bound>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut words = HashMap::new();
    for (name, table) in &mapping.tables {
        match words_of(table, sheets) {
            Some(found) => {
                words.insert(name.as_str(), Arc::new(found));
            }
            None => {
                problems.push(Problem::new(Place::default(), ImportRule::TableMissing { table: name.clone(), file: table.file.clone() }))
            }
        }
    }
    let mut all = Vec::new();
    for source in &mapping.sources {
        let named = |sheet: &&Sheet| matches(&source.file, &sheet.file) && matches(&source.sheet, &sheet.name);
        let candidates = sheets.iter().enumerate().filter(|(_, sheet)| named(sheet));
        let (mut found, mut near) = (Vec::new(), Vec::new());
        for (at, sheet) in candidates {
            match bind_sheet(source, at, sheet, &words) {
                Ok(bound) => found.push(bound),
                Err(missing) => near.push(missing),
            }
        }
        if found.is_empty() && !source.optional {
            near.sort_by_key(Vec::len);
            let nothing = || {
                let noun = Detail::Code("import.noun", source.noun.as_str());
                vec![Problem::new(Place::default(), ImportRule::SourceMissing { noun, file: source.file.clone() })]
            };
            problems.extend(near.into_iter().find(|missing| !missing.is_empty()).unwrap_or_else(nothing));
        }
        all.append(&mut found);
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// How many fields a source finds in a sheet, `None` where it lacks what it needs.
pub fn fit(source: &Source, sheet: &Sheet) -> Option<usize> {
    if !matches(&source.file, &sheet.file) || !matches(&source.sheet, &sheet.name) {
        return None;
    }
    let bound = bind_sheet(source, 0, sheet, &HashMap::new()).ok()?;
    Some(bound.fields.iter().flatten().filter(|rule| !rule.columns.is_empty()).count())
}

fn bind_sheet(
    source: &Source,
    at: usize,
    sheet: &Sheet,
    words: &HashMap<&str, Arc<HashMap<String, String>>>,
) -> Result<Bound, Vec<Problem>> {
    let header = source.header_row.map_or_else(|| header_row(source, sheet), |row| row - 1);
    let columns = columns_of(sheet, header);
    if source.unless.iter().any(|name| columns.contains_key(&plain(name))) {
        return Err(Vec::new());
    }
    let mut problems = Vec::new();
    let mut missing = |name: &str| {
        let known =
            sheet.rows.get(header).map_or(&[][..], Vec::as_slice).iter().map(super::sheet::Cell::written).filter(|name| !name.is_empty());
        let column = name.to_owned();
        let place = Place::row(sheet, header);
        let problem = match nearest(name, known) {
            Some(meant) => Problem::new(place, ImportRule::ColumnMeant { column, meant: meant.to_owned() }),
            None => Problem::new(place, ImportRejection::ColumnMissing { column }),
        };
        problems.push(problem.found(name, ""));
    };
    let find = |names: &[String]| names.iter().find_map(|name| columns.get(&plain(name)).copied());
    let key = find(&source.key);
    if key.is_none() && !source.key.is_empty() {
        missing(&source.key[0]);
    }
    let mut fields = vec![None; source.noun.fields().len()];
    for (place, rule) in &source.fields {
        let found: Vec<usize> = if rule.join.is_empty() {
            find(&rule.columns).into_iter().collect()
        } else {
            rule.join.iter().filter_map(|name| columns.get(&plain(name)).copied()).collect()
        };
        if found.is_empty() && rule.value.is_none() {
            if source.noun.fields()[*place].required {
                missing(rule.named().next().unwrap_or_default());
            }
            continue;
        }
        let words = rule.table.as_deref().and_then(|table| words.get(table).cloned());
        fields[*place] = Some(BoundRule { columns: found, rule: rule.clone(), style: rule.style(&source.style), words });
    }
    if problems.is_empty() {
        Ok(Bound { noun: source.noun, sheet: at, header, key, first_of_doubles: source.first_of_doubles, fields })
    } else {
        Err(problems)
    }
}

/// The row among the first that holds most of the names the source speaks of.
fn header_row(source: &Source, sheet: &Sheet) -> usize {
    let named: Vec<&str> = source.fields.values().flat_map(Rule::named).chain(source.key.iter().map(String::as_str)).collect();
    let known: std::collections::HashSet<String> = named.into_iter().map(plain).collect();
    let hits = |row: &usize| sheet.rows[*row].iter().filter(|cell| known.contains(&plain(cell.written()))).count();
    let rows = 0..sheet.rows.len().min(HEADER_ROWS);
    // Of equals, the first.
    rows.rev().max_by_key(hits).unwrap_or(0)
}

fn columns_of(sheet: &Sheet, header: usize) -> HashMap<String, usize> {
    let mut columns = HashMap::new();
    for (at, cell) in sheet.rows.get(header).map_or(&[][..], Vec::as_slice).iter().enumerate() {
        columns.entry(plain(cell.written())).or_insert(at);
    }
    columns.remove("");
    columns
}

fn words_of(table: &TableRule, sheets: &[Sheet]) -> Option<HashMap<String, String>> {
    let named = |sheet: &&Sheet| matches(&table.file, &sheet.file) && matches(&table.sheet, &sheet.name);
    for sheet in sheets.iter().filter(named) {
        let columns = columns_of(sheet, 0);
        let value: Option<Vec<usize>> = table.value.iter().map(|name| columns.get(&plain(name)).copied()).collect();
        let (Some(key), Some(value)) = (columns.get(&plain(&table.key)), value) else { continue };
        let word =
            |row: usize| value.iter().map(|column| sheet.cell(row, *column).written()).collect::<Vec<_>>().join(" ").trim().to_owned();
        return Some((1..sheet.rows.len()).map(|row| (sheet.cell(row, *key).written().to_owned(), word(row))).collect());
    }
    None
}

/// Whether a name fits a pattern in which `*` stands for anything; an empty pattern fits all. Capitals do not count.
pub fn matches(pattern: &str, name: &str) -> bool {
    if pattern.is_empty() {
        return true;
    }
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let parts: Vec<&str> = pattern.split('*').collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return pattern == name;
    }
    let Some(mut rest) = name.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    for part in &parts[1..parts.len() - 1] {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Cell, Format};
    use super::*;

    fn sheet(file: &str, rows: &[&[&str]]) -> Sheet {
        let rows = rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect();
        Sheet { file: file.into(), name: String::new(), format: Format::Csv, rows, origins: HashMap::new() }
    }

    const STOCK: &str = r#"
        name = "s"
        [[source]]
        noun = "stock"
        file = "stock*.csv"
        [source.fields]
        product = ["商品编码", "Product code"]
        on_hand = "On hand"
        warehouse = { value = "MAIN" }
    "#;

    #[test]
    fn names_fit_patterns() {
        let check = |pattern: &str, name: &str, fits: bool| assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        check("", "anything", true);
        check("orders*.csv", "Orders 2026.CSV", true);
        check("orders*.csv", "order_details.csv", false);
        check("*", "", true);
        check("a*b*c", "aXbYc", true);
        check("a*b*c", "acb", false);
        check("orders.csv", "orders.csv", true);
    }

    #[test]
    fn columns_are_found_below_titles() {
        let mapping = Mapping::from_toml(STOCK).unwrap();
        let sheets = [sheet("stock 1.csv", &[&["库存表"], &[], &["x", "*商品编码", " on  hand "], &["", "P1", "5"]])];
        let bound = bind(&mapping, &sheets).unwrap();
        assert_eq!((bound.len(), bound[0].header), (1, 2));
        let columns: Vec<Option<Vec<usize>>> = bound[0].fields.iter().map(|rule| rule.as_ref().map(|rule| rule.columns.clone())).collect();
        assert_eq!(columns, [Some(vec![1]), Some(vec![]), Some(vec![2])]);
    }

    #[test]
    fn what_is_missing_is_named_with_what_was_meant() {
        let mapping = Mapping::from_toml(STOCK).unwrap();
        let check = |sheets: &[Sheet], code: &str, place: &str| {
            let problems = bind(&mapping, sheets).unwrap_err();
            assert_eq!((problems.len(), problems[0].code, problems[0].place.to_string().as_str()), (1, code, place));
        };
        check(&[sheet("other.csv", &[&["Product code", "On hand"]])], "import.source_missing", "");
        check(&[sheet("stock.csv", &[&["Product code", "On hands"]])], "import.column_meant", "stock.csv 1");
        check(&[sheet("stock.csv", &[&["Product code", "Volume"]])], "import.column_missing", "stock.csv 1");
    }
}
