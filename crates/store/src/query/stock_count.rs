//! Reading stock counts.

use std::sync::LazyLock;

use domain::{CompanyId, StockCount, StockCountId, StockCountLine, StockCountStatus, UnitPrice, WarehouseId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "x.id"), Sort::text("number", "x.number")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number or note.
    pub q: Option<String>,
    /// In these states; none: in any.
    pub status: Vec<StockCountStatus>,
    /// In this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// A count and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The count.
    pub count: StockCount,
    /// Code and name of its warehouse.
    pub warehouse: (String, String),
    /// How many places it has.
    pub lines: i64,
    /// How many of them are counted.
    pub counted: i64,
    /// How many of them differ from the books.
    pub differ: i64,
    /// Who opened it.
    pub by: String,
}

/// A line with what it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The line.
    pub line: StockCountLine,
    /// Code of its bin, or empty.
    pub bin: String,
    /// Number of its lot, or empty.
    pub lot: String,
    /// Who counted it, or empty.
    pub by: String,
    /// What one unit costs.
    pub unit_cost: Option<UnitPrice>,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let lines = "FROM stock_count_lines l WHERE l.company_id = x.company_id AND l.count_id = x.id";
    format!(
        "{}, w.code, w.name, (SELECT count(*) {lines}), (SELECT count(*) {lines} AND l.counted_micro IS NOT NULL), \
         (SELECT count(*) {lines} AND l.counted_micro <> l.book_micro), coalesce(u.name, '')",
        columns::<StockCount>("x")
    )
});

const FROM: &str = "FROM stock_counts x JOIN warehouses w ON w.company_id = x.company_id AND w.id = x.warehouse_id \
    LEFT JOIN users u ON u.company_id = x.company_id AND u.id = x.created_by WHERE x.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let first = StockCount::table().columns.len();
    Ok(Listed {
        count: StockCount::read(source)?,
        warehouse: (read(source, first)?, read(source, first + 1)?),
        lines: read(source, first + 2)?,
        counted: read(source, first + 3)?,
        differ: read(source, first + 4)?,
        by: read(source, first + 5)?,
    })
}

/// A page of counts.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.number)", "lower(x.note)"], &words.to_lowercase());
    }
    select.and_in("x.status", filter.status.iter().map(|status| status.as_str()));
    select.and_if("x.warehouse_id = ?", filter.warehouse.map(WarehouseId::raw));
    select.page(reader, page, listed)
}

/// One count with its lines.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: StockCountId) -> Result<Option<(Listed, Vec<Line>)>, Fault> {
    let text = format!("SELECT {} {FROM} AND x.id = ?2", *COLUMNS);
    let params = [company.raw().into(), id.raw().into()];
    let Some(found) = reader.one(&text, &params, listed)? else { return Ok(None) };
    let text = format!(
        "SELECT {}, coalesce(b.code, ''), coalesce(g.code, ''), coalesce(u.name, ''), p.standard_cost_micro FROM stock_count_lines l \
         JOIN products p ON p.company_id = l.company_id AND p.id = l.product_id \
         LEFT JOIN bins b ON b.company_id = l.company_id AND b.id = l.bin_id LEFT JOIN lots g ON g.company_id = l.company_id AND g.id = l.lot_id \
         LEFT JOIN users u ON u.company_id = l.company_id AND u.id = l.counted_by \
         WHERE l.company_id = ?1 AND l.count_id = ?2 ORDER BY coalesce(b.code, ''), l.product_code, l.line_no",
        columns::<StockCountLine>("l")
    );
    let first = StockCountLine::table().columns.len();
    let lines = reader.rows(&text, &params, |source| {
        Ok(Line {
            line: StockCountLine::read(source)?,
            bin: read(source, first)?,
            lot: read(source, first + 1)?,
            by: read(source, first + 2)?,
            unit_cost: read(source, first + 3)?,
        })
    })?;
    Ok(Some((found, lines)))
}
