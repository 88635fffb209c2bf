//! Reading transfers between warehouses.

use std::sync::LazyLock;

use domain::{CompanyId, Quantity, Transfer, TransferId, TransferLine, TransferStatus, WarehouseId};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] = &[Sort::int("created_at", "x.id"), Sort::text("number", "x.number")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which transfers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in number or note.
    pub q: Option<String>,
    /// In these states; none: in any.
    pub status: Vec<TransferStatus>,
    /// From or to this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// A transfer and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The transfer.
    pub transfer: Transfer,
    /// Code and name of the warehouse it leaves.
    pub from: (String, String),
    /// Code and name of the warehouse it goes to.
    pub to: (String, String),
    /// How many lines it has.
    pub lines: i64,
    /// Who drew it up.
    pub by: String,
}

/// A line and the number of its lot.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The line.
    pub line: TransferLine,
    /// Number of its lot, or empty.
    pub lot: String,
    /// What is free of the product in the warehouse it leaves.
    pub free: Quantity,
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, f.code, f.name, t.code, t.name, (SELECT count(*) FROM transfer_lines l WHERE l.company_id = x.company_id AND l.transfer_id = x.id), \
         coalesce(u.name, '')",
        columns::<Transfer>("x")
    )
});

const FROM: &str = "FROM transfers x JOIN warehouses f ON f.company_id = x.company_id AND f.id = x.from_id \
    JOIN warehouses t ON t.company_id = x.company_id AND t.id = x.to_id \
    LEFT JOIN users u ON u.company_id = x.company_id AND u.id = x.created_by WHERE x.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let first = Transfer::table().columns.len();
    Ok(Listed {
        transfer: Transfer::read(source)?,
        from: (read(source, first)?, read(source, first + 1)?),
        to: (read(source, first + 2)?, read(source, first + 3)?),
        lines: read(source, first + 4)?,
        by: read(source, first + 5)?,
    })
}

/// A page of transfers.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.number)", "lower(x.note)"], &words.to_lowercase());
    }
    select.and_in("x.status", filter.status.iter().map(|status| status.as_str()));
    if let Some(warehouse) = filter.warehouse {
        select.and("(x.from_id = ? OR x.to_id = ?)", [warehouse.raw().into(), warehouse.raw().into()]);
    }
    select.page(reader, page, listed)
}

/// One transfer with its lines.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: TransferId) -> Result<Option<(Listed, Vec<Line>)>, Fault> {
    let text = format!("SELECT {} {FROM} AND x.id = ?2", *COLUMNS);
    let params = [company.raw().into(), id.raw().into()];
    let Some(found) = reader.one(&text, &params, listed)? else { return Ok(None) };
    let text = format!(
        "SELECT {}, coalesce(g.code, ''), coalesce(s.on_hand_micro - s.held_micro - s.reserved_micro, 0) FROM transfer_lines l \
         JOIN transfers x ON x.company_id = l.company_id AND x.id = l.transfer_id \
         LEFT JOIN lots g ON g.company_id = l.company_id AND g.id = l.lot_id \
         LEFT JOIN stock s ON s.company_id = l.company_id AND s.product_id = l.product_id AND s.warehouse_id = x.from_id \
         WHERE l.company_id = ?1 AND l.transfer_id = ?2 ORDER BY l.line_no",
        columns::<TransferLine>("l")
    );
    let first = TransferLine::table().columns.len();
    let lines = reader.rows(&text, &params, |source| {
        Ok(Line { line: TransferLine::read(source)?, lot: read(source, first)?, free: read(source, first + 1)? })
    })?;
    Ok(Some((found, lines)))
}
