//! Reading stock and its ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::{CompanyId, Instant, ProductId, Quantity, Stock, StockMovement, WarehouseId, fold};

use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What stock may be sorted by.
pub const SORTS: &[Sort] = &[Sort::text("product", "p.code")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("warehouse", "s.warehouse_id")];

/// What movements may be sorted by.
pub const MOVEMENT_SORTS: &[Sort] = &[Sort::int("at", "m.id")];

/// The columns that make every order of movements certain.
pub const MOVEMENT_TIES: &[Sort] = &[Sort::int("id", "m.id")];

/// Which stock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// In this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only where nothing is free any more.
    pub low: bool,
}

/// What lies in one warehouse of one product.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The counters.
    pub stock: Stock,
    /// The product's code.
    pub product_code: String,
    /// The product's name.
    pub product_name: String,
    /// The product's specification.
    pub spec: String,
    /// The product's unit.
    pub unit: String,
    /// The warehouse's code.
    pub warehouse_code: String,
    /// The warehouse's name.
    pub warehouse_name: String,
}

const COLUMNS: &str = "s.product_id, s.warehouse_id, s.on_hand_micro, s.reserved_micro, p.code, p.name, p.spec, p.unit, w.code, w.name";

const FROM: &str = "FROM products p CROSS JOIN stock s CROSS JOIN warehouses w WHERE p.company_id = ?1 AND s.company_id = p.company_id \
    AND s.product_id = p.id AND w.company_id = s.company_id AND w.id = s.warehouse_id";

/// A page of stock.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["p.search"], &fold(words));
    }
    select.and_if("p.id = ?", filter.product.map(ProductId::raw));
    select.and_if("s.warehouse_id = ?", filter.warehouse.map(WarehouseId::raw));
    if filter.low {
        select.and("s.on_hand_micro <= s.reserved_micro", []);
    }
    select.page(reader, page, |source| {
        Ok(Listed {
            stock: Stock {
                product_id: read(source, 0)?,
                warehouse_id: read(source, 1)?,
                on_hand_micro: read(source, 2)?,
                reserved_micro: read(source, 3)?,
            },
            product_code: read(source, 4)?,
            product_name: read(source, 5)?,
            spec: read(source, 6)?,
            unit: read(source, 7)?,
            warehouse_code: read(source, 8)?,
            warehouse_name: read(source, 9)?,
        })
    })
}

/// What lay in one warehouse of one product at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// As it is now.
    pub listed: Listed,
    /// On hand at the moment.
    pub on_hand: Quantity,
}

/// A page of stock as of a moment: what there is now less what came and went since, by the ledger. One statement more than [`list`], however many
/// rows there are.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-04
pub fn past(reader: &Reader<'_>, company: CompanyId, filter: &Filter, moment: Instant, page: &Page) -> Result<Found<Past>, Fault> {
    let found = list(reader, company, filter, page)?;
    let products: BTreeSet<i64> = found.rows.iter().map(|row| row.stock.product_id.raw()).collect();
    let mut since: BTreeMap<(ProductId, WarehouseId), Quantity> = BTreeMap::new();
    if !products.is_empty() {
        let ids: Vec<String> = products.iter().map(ToString::to_string).collect();
        let text = format!(
            "SELECT product_id, warehouse_id, CAST(sum(on_hand_delta_micro) AS BIGINT) FROM stock_movements \
             WHERE company_id = ?1 AND product_id IN ({}) AND at > ?2 AND on_hand_delta_micro <> 0 GROUP BY product_id, warehouse_id",
            ids.join(", ")
        );
        let params = [company.raw().into(), moment.micros().into()];
        since = reader.rows(&text, &params, |source| Ok(((read(source, 0)?, read(source, 1)?), read(source, 2)?)))?.into_iter().collect();
    }
    Ok(found.map(|listed| {
        let moved = since.get(&(listed.stock.product_id, listed.stock.warehouse_id)).copied().unwrap_or_default();
        Past { on_hand: listed.stock.on_hand_micro - moved, listed }
    }))
}

/// Which entries of the ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MovementFilter {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// In this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// An entry of the ledger and what it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The entry.
    pub movement: StockMovement,
    /// The product's code.
    pub product_code: String,
    /// The product's name.
    pub product_name: String,
    /// The product's unit.
    pub unit: String,
    /// The warehouse's code.
    pub warehouse_code: String,
    /// The warehouse's name.
    pub warehouse_name: String,
    /// Who did it.
    pub by_name: String,
    /// Number of the paper behind it, or empty.
    pub cause_number: String,
}

static MOVED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, p.code, p.name, p.unit, w.code, w.name, coalesce(u.name, ''), coalesce(CASE m.cause_kind \
         WHEN 'order' THEN (SELECT o.number FROM orders o WHERE o.company_id = m.company_id AND o.id = m.cause_id) \
         WHEN 'shipment' THEN (SELECT d.number FROM shipments d WHERE d.company_id = m.company_id AND d.id = m.cause_id) \
         WHEN 'exception' THEN (SELECT x.number FROM order_exceptions x WHERE x.company_id = m.company_id AND x.id = m.cause_id) \
         WHEN 'receipt' THEN (SELECT e.subject_number FROM events e WHERE e.company_id = m.company_id AND e.subject_id = m.cause_id \
         AND e.subject_kind = 'stock' ORDER BY e.position LIMIT 1) END, '')",
        columns::<StockMovement>("m")
    )
});

const MOVED_FROM: &str = "FROM stock_movements m JOIN products p ON p.company_id = m.company_id AND p.id = m.product_id \
    JOIN warehouses w ON w.company_id = m.company_id AND w.id = m.warehouse_id \
    LEFT JOIN users u ON u.company_id = m.company_id AND u.id = m.by WHERE m.company_id = ?1 AND m.on_hand_delta_micro <> 0";

/// A page of the ledger: what came and went. What was only promised is read with its order.
///
/// # Errors
/// Any fault of the database.
pub fn movements(reader: &Reader<'_>, company: CompanyId, filter: &MovementFilter, page: &Page) -> Result<Found<Moved>, Fault> {
    let mut select = Select::new(company, &MOVED, MOVED_FROM, MOVEMENT_TIES);
    if let Some(words) = &filter.q {
        select.search(&["p.search"], &fold(words));
    }
    select.and_if("m.product_id = ?", filter.product.map(ProductId::raw));
    select.and_if("m.warehouse_id = ?", filter.warehouse.map(WarehouseId::raw));
    let first = StockMovement::table().columns.len();
    select.page(reader, page, |source| {
        Ok(Moved {
            movement: StockMovement::read(source)?,
            product_code: read(source, first)?,
            product_name: read(source, first + 1)?,
            unit: read(source, first + 2)?,
            warehouse_code: read(source, first + 3)?,
            warehouse_name: read(source, first + 4)?,
            by_name: read(source, first + 5)?,
            cause_number: read(source, first + 6)?,
        })
    })
}
