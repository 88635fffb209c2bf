//! Reading stock and its ledger.

pub mod sighting;
pub mod valuation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::{BinId, CompanyId, Date, Instant, LotId, ProductId, Quantity, Spot, Stock, StockMovement, WarehouseId, fold};

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

const COLUMNS: &str = "s.product_id, s.warehouse_id, s.on_hand_micro, s.reserved_micro, s.held_micro, s.placed_micro, p.code, p.name, p.spec, p.unit, w.code, w.name";

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
        select.and("s.on_hand_micro <= s.reserved_micro + s.held_micro", []);
    }
    select.page(reader, page, |source| {
        Ok(Listed {
            stock: Stock {
                product_id: read(source, 0)?,
                warehouse_id: read(source, 1)?,
                on_hand_micro: read(source, 2)?,
                reserved_micro: read(source, 3)?,
                held_micro: read(source, 4)?,
                placed_micro: read(source, 5)?,
            },
            product_code: read(source, 6)?,
            product_name: read(source, 7)?,
            spec: read(source, 8)?,
            unit: read(source, 9)?,
            warehouse_code: read(source, 10)?,
            warehouse_name: read(source, 11)?,
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

/// What lies in one place: a bin, a lot, a status, or none of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Lying {
    /// Of what.
    pub product_id: ProductId,
    /// In which warehouse.
    pub warehouse_id: WarehouseId,
    /// Its code.
    pub warehouse_code: String,
    /// Its name.
    pub warehouse_name: String,
    /// Where within it.
    pub spot: Spot,
    /// Code of the bin, or empty.
    pub bin: String,
    /// Number of the lot, or empty.
    pub lot: String,
    /// Last day of the lot.
    pub expires_on: Option<Date>,
    /// How much.
    pub on_hand: Quantity,
    /// Its product's unit.
    pub unit: String,
}

/// Which places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceFilter {
    /// Of this product.
    pub product: Option<ProductId>,
    /// In this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// In this bin.
    pub bin: Option<BinId>,
}

/// Everything that lies in the places asked for, at most `most`: by product, what expires first before all. One statement.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-01
pub fn places(reader: &Reader<'_>, company: CompanyId, filter: PlaceFilter, most: usize) -> Result<Vec<Lying>, Fault> {
    let mut params = vec![company.raw().into()];
    let mut only = |column: &str, id: Option<i64>| {
        id.map_or(String::new(), |id| {
            params.push(id.into());
            format!(" AND {column} = ?{}", params.len())
        })
    };
    let product = only("s.product_id", filter.product.map(ProductId::raw));
    let warehouse = only("s.warehouse_id", filter.warehouse.map(WarehouseId::raw));
    let bin = only("s.bin_id", filter.bin.map(BinId::raw));
    let plain = if filter.bin.is_some() {
        String::new()
    } else {
        format!(
            " UNION ALL SELECT s.product_id, s.warehouse_id, 0, 0, 'free', s.on_hand_micro - s.placed_micro FROM stock s \
             WHERE s.company_id = ?1 AND s.on_hand_micro > s.placed_micro{product}{warehouse}"
        )
    };
    let text = format!(
        "SELECT x.product_id, x.warehouse_id, w.code, w.name, x.bin_id, x.lot_id, x.status, coalesce(b.code, ''), coalesce(l.code, ''), l.expires_on, \
         x.on_hand_micro, p.unit \
         FROM (SELECT s.product_id, s.warehouse_id, s.bin_id, s.lot_id, s.status, s.on_hand_micro FROM stock_places s \
               WHERE s.company_id = ?1 AND s.on_hand_micro > 0{product}{warehouse}{bin}{plain}) x \
         JOIN products p ON p.company_id = ?1 AND p.id = x.product_id JOIN warehouses w ON w.company_id = ?1 AND w.id = x.warehouse_id \
         LEFT JOIN bins b ON b.company_id = ?1 AND b.id = x.bin_id LEFT JOIN lots l ON l.company_id = ?1 AND l.id = x.lot_id \
         ORDER BY p.code, w.code, coalesce(l.expires_on, '9999-12-31'), coalesce(b.code, ''), coalesce(l.code, ''), x.status LIMIT {most}"
    );
    reader.rows(&text, &params, |source| {
        Ok(Lying {
            product_id: read(source, 0)?,
            warehouse_id: read(source, 1)?,
            warehouse_code: read(source, 2)?,
            warehouse_name: read(source, 3)?,
            spot: Spot { bin_id: read(source, 4)?, lot_id: read(source, 5)?, status: read(source, 6)? },
            bin: read(source, 7)?,
            lot: read(source, 8)?,
            expires_on: read(source, 9)?,
            on_hand: read(source, 10)?,
            unit: read(source, 11)?,
        })
    })
}

/// What is on its way to a warehouse: sent, and not there yet.
///
/// # Errors
/// Any fault of the database.
pub fn in_transit(
    reader: &Reader<'_>,
    company: CompanyId,
    products: &[ProductId],
) -> Result<BTreeMap<(ProductId, WarehouseId), Quantity>, Fault> {
    let ids: Vec<i64> = products.iter().map(|id| id.raw()).collect();
    let Some((among, params)) = super::among::among(company.raw(), &ids) else { return Ok(BTreeMap::new()) };
    let text = format!(
        "SELECT l.product_id, t.to_id, CAST(sum(l.quantity_micro - l.received_micro - l.lost_micro) AS BIGINT) \
         FROM transfer_lines l JOIN transfers t ON t.company_id = l.company_id AND t.id = l.transfer_id AND t.status = 'sent' \
         WHERE l.company_id = ?1 AND l.received_micro + l.lost_micro < l.quantity_micro AND l.product_id {among} GROUP BY l.product_id, t.to_id"
    );
    Ok(reader.rows(&text, &params, |s| Ok(((read(s, 0)?, read(s, 1)?), read(s, 2)?)))?.into_iter().collect())
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
    /// Of this lot.
    pub lot: Option<LotId>,
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
    /// Code of the bin, or empty.
    pub bin: String,
    /// Number of the lot, or empty.
    pub lot: String,
}

static MOVED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{}, p.code, p.name, p.unit, w.code, w.name, coalesce(u.name, ''), coalesce(CASE m.cause_kind \
         WHEN 'order' THEN (SELECT o.number FROM orders o WHERE o.company_id = m.company_id AND o.id = m.cause_id) \
         WHEN 'shipment' THEN (SELECT d.number FROM shipments d WHERE d.company_id = m.company_id AND d.id = m.cause_id) \
         WHEN 'transfer' THEN (SELECT x.number FROM transfers x WHERE x.company_id = m.company_id AND x.id = m.cause_id) \
         WHEN 'stock_count' THEN (SELECT x.number FROM stock_counts x WHERE x.company_id = m.company_id AND x.id = m.cause_id) \
         WHEN 'exception' THEN (SELECT x.number FROM order_exceptions x WHERE x.company_id = m.company_id AND x.id = m.cause_id) \
         WHEN 'purchase_order' THEN (SELECT b.number FROM purchases b WHERE b.company_id = m.company_id AND b.id = m.cause_id) \
         WHEN 'receipt' THEN (SELECT e.subject_number FROM events e WHERE e.company_id = m.company_id AND e.subject_id = m.cause_id \
         AND e.subject_kind = 'stock' ORDER BY e.position LIMIT 1) END, ''), coalesce(b.code, ''), coalesce(g.code, '')",
        columns::<StockMovement>("m")
    )
});

const MOVED_FROM: &str = "FROM stock_movements m JOIN products p ON p.company_id = m.company_id AND p.id = m.product_id \
    JOIN warehouses w ON w.company_id = m.company_id AND w.id = m.warehouse_id \
    LEFT JOIN users u ON u.company_id = m.company_id AND u.id = m.by LEFT JOIN bins b ON b.company_id = m.company_id AND b.id = m.bin_id \
    LEFT JOIN lots g ON g.company_id = m.company_id AND g.id = m.lot_id WHERE m.company_id = ?1 AND m.on_hand_delta_micro <> 0";

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
    select.and_if("m.lot_id = ?", filter.lot.map(LotId::raw));
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
            bin: read(source, first + 7)?,
            lot: read(source, first + 8)?,
        })
    })
}
