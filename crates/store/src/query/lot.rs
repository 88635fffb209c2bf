//! Reading lots, and following them: from whom they came and to whom they went.

use std::sync::LazyLock;

use domain::{CompanyId, Date, Instant, Lot, LotId, MovementKind, ProductId, Quantity, fold};

use crate::cell::Source;
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Reader, columns, read};
use crate::row::Row;

/// What the list may be sorted by; the first is the usual one.
pub const SORTS: &[Sort] =
    &[Sort::int("created_at", "x.id"), Sort::text("code", "x.code"), Sort::text("expires_on", "coalesce(x.expires_on, '9999-12-31')")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Which lots.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words in its number, the supplier's number, or the product.
    pub q: Option<String>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// Whose last day is this one or before.
    pub until: Option<Date>,
    /// Only what is on hand.
    pub on_hand: bool,
}

/// A lot, its product and what there is of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The lot.
    pub lot: Lot,
    /// Code, name and unit of its product.
    pub product: (String, String, String),
    /// On hand in all warehouses.
    pub on_hand: Quantity,
}

const ON_HAND: &str = "coalesce((SELECT CAST(sum(s.on_hand_micro) AS BIGINT) FROM stock_places s \
    WHERE s.company_id = x.company_id AND s.lot_id = x.id AND s.lot_id <> 0), 0)";

static COLUMNS: LazyLock<String> = LazyLock::new(|| format!("{}, p.code, p.name, p.unit, {ON_HAND}", columns::<Lot>("x")));

const FROM: &str = "FROM lots x JOIN products p ON p.company_id = x.company_id AND p.id = x.product_id WHERE x.company_id = ?1";

fn listed(source: &dyn Source) -> Result<Listed, Fault> {
    let first = Lot::table().columns.len();
    let product = (read(source, first)?, read(source, first + 1)?, read(source, first + 2)?);
    Ok(Listed { lot: Lot::read(source)?, product, on_hand: read(source, first + 3)? })
}

/// A page of lots.
///
/// # Errors
/// Any fault of the database.
pub fn list(reader: &Reader<'_>, company: CompanyId, filter: &Filter, page: &Page) -> Result<Found<Listed>, Fault> {
    let mut select = Select::new(company, &COLUMNS, FROM, TIES);
    if let Some(words) = &filter.q {
        select.search(&["lower(x.code)", "lower(x.origin)", "p.search"], &fold(words));
    }
    select.and_if("x.product_id = ?", filter.product.map(ProductId::raw));
    if let Some(day) = filter.until {
        select.and("x.expires_on <= ?", [day.to_string().into()]);
    }
    if filter.on_hand {
        select.and(
            "EXISTS (SELECT 1 FROM stock_places s WHERE s.company_id = x.company_id AND s.lot_id = x.id AND s.lot_id <> 0 AND s.on_hand_micro > 0)",
            [],
        );
    }
    select.page(reader, page, listed)
}

/// One lot.
///
/// # Errors
/// Any fault of the database.
pub fn one(reader: &Reader<'_>, company: CompanyId, id: LotId) -> Result<Option<Listed>, Fault> {
    let text = format!("SELECT {} {FROM} AND x.id = ?2", *COLUMNS);
    reader.one(&text, &[company.raw().into(), id.raw().into()], listed)
}

/// One step on the way of goods, backward or forward.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The lot it speaks of.
    pub lot_id: LotId,
    /// Its number.
    pub lot: String,
    /// Code and name of its product.
    pub product: (String, String),
    /// Its product's unit.
    pub unit: String,
    /// How many steps of making it is away: negative for what went into it, positive for what was made of it.
    pub depth: i64,
    /// Why goods moved.
    pub kind: MovementKind,
    /// In or out (negative).
    pub quantity: Quantity,
    /// The first time.
    pub at: Instant,
    /// In which warehouse.
    pub warehouse: String,
    /// Kind of the paper: `receipt`, `shipment`, `purchase_order`, `transfer`, …
    pub cause_kind: String,
    /// Its id.
    pub cause_id: i64,
    /// Its number, or the reference that came with the goods.
    pub cause_number: String,
    /// The order that was shipped, where one was.
    pub order: Option<(i64, String)>,
    /// The customer who got it, where one did.
    pub customer: Option<(i64, String)>,
}

/// The whole way of a lot in one statement: what went into it and where that came from, what was made of it, and every customer who got any of it.
/// Papers are summed: one row for each paper and lot.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-07
pub fn trace(reader: &Reader<'_>, company: CompanyId, id: LotId) -> Result<Vec<Step>, Fault> {
    let text = "WITH RECURSIVE back (lot_id, depth) AS (
            SELECT CAST(?2 AS BIGINT), CAST(0 AS BIGINT)
            UNION SELECT u.source_lot_id, b.depth - 1 FROM back b JOIN lot_sources u ON u.company_id = ?1 AND u.lot_id = b.lot_id WHERE b.depth > -20),
        forth (lot_id, depth) AS (
            SELECT CAST(?2 AS BIGINT), CAST(0 AS BIGINT)
            UNION SELECT u.lot_id, f.depth + 1 FROM forth f JOIN lot_sources u ON u.company_id = ?1 AND u.source_lot_id = f.lot_id WHERE f.depth < 20),
        ways (lot_id, depth) AS (SELECT lot_id, depth FROM back UNION SELECT lot_id, depth FROM forth)
        SELECT w.lot_id, g.code, p.code, p.name, p.unit, w.depth, m.kind, m.quantity, m.at, h.name, m.cause_kind, m.cause_id,
            coalesce(CASE m.cause_kind WHEN 'shipment' THEN d.number WHEN 'transfer' THEN t.number WHEN 'stock_count' THEN c.number
                WHEN 'receipt' THEN (SELECT e.subject_number FROM events e WHERE e.company_id = ?1 AND e.subject_id = m.cause_id AND e.subject_kind = 'stock' ORDER BY e.position LIMIT 1)
                END, m.note), d.order_id, d.order_number, d.customer_id, d.customer_name
        FROM ways w
        JOIN lots g ON g.company_id = ?1 AND g.id = w.lot_id
        JOIN products p ON p.company_id = ?1 AND p.id = g.product_id
        JOIN (SELECT x.lot_id, x.warehouse_id, x.kind, x.cause_kind, x.cause_id, CAST(sum(x.on_hand_delta_micro) AS BIGINT) AS quantity, min(x.at) AS at, min(x.note) AS note
              FROM stock_movements x WHERE x.company_id = ?1 AND x.lot_id <> 0 AND x.lot_id IN (SELECT lot_id FROM ways) AND x.kind <> 'move' AND x.on_hand_delta_micro <> 0
              GROUP BY x.lot_id, x.warehouse_id, x.kind, x.cause_kind, x.cause_id) m ON m.lot_id = w.lot_id
        JOIN warehouses h ON h.company_id = ?1 AND h.id = m.warehouse_id
        LEFT JOIN shipments d ON m.cause_kind = 'shipment' AND d.company_id = ?1 AND d.id = m.cause_id
        LEFT JOIN transfers t ON m.cause_kind = 'transfer' AND t.company_id = ?1 AND t.id = m.cause_id
        LEFT JOIN stock_counts c ON m.cause_kind = 'stock_count' AND c.company_id = ?1 AND c.id = m.cause_id
        ORDER BY w.depth, m.at, w.lot_id, m.cause_id LIMIT 2000";
    reader.rows(text, &[company.raw().into(), id.raw().into()], |source| {
        let order: Option<i64> = read(source, 13)?;
        let customer: Option<i64> = read(source, 15)?;
        Ok(Step {
            lot_id: read(source, 0)?,
            lot: read(source, 1)?,
            product: (read(source, 2)?, read(source, 3)?),
            unit: read(source, 4)?,
            depth: read(source, 5)?,
            kind: read(source, 6)?,
            quantity: read(source, 7)?,
            at: read(source, 8)?,
            warehouse: read(source, 9)?,
            cause_kind: read(source, 10)?,
            cause_id: read(source, 11)?,
            cause_number: read(source, 12)?,
            order: order.map(|id| Ok::<_, Fault>((id, read(source, 14)?))).transpose()?,
            customer: customer.map(|id| Ok::<_, Fault>((id, read(source, 16)?))).transpose()?,
        })
    })
}
