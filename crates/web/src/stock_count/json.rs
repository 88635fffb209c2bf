//! Stock counts as they are sent and shown.

use app::stock::SaidSpot;
use app::stock_count::enter::Entered;
use domain::{Act, Currency, Instant, StockCountLine, StockCountStatus, StockCountVerb, StockStatus, stock_count_actions};
use serde::{Deserialize, Serialize};
use store::query::stock_count::{Line, Listed};
use utoipa::ToSchema;

use crate::action::ActionJson;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::value::{Coded, MoneyJson, QuantityInput, QuantityJson, StockCountStatusCode, StockStatusCode};

/// A count in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StockCountRow {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// State.
    pub status: StockCountStatusCode,
    /// In which warehouse.
    pub warehouse: Coded,
    /// Whether who counts does not see what the books say.
    pub blind: bool,
    /// How many places it has.
    pub line_count: i64,
    /// How many of them are counted.
    pub counted: i64,
    /// How many of them differ from the books; hidden while a blind count is open.
    pub differ: Option<i64>,
    /// Anything else.
    pub note: String,
    /// Who opened it.
    pub created_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

fn hides(row: &Listed) -> bool {
    row.count.blind && row.count.status == StockCountStatus::Open
}

impl From<Listed> for StockCountRow {
    fn from(row: Listed) -> Self {
        let hidden = hides(&row);
        let one = row.count;
        StockCountRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number,
            status: one.status.into(),
            warehouse: Coded { id: one.warehouse_id.to_string(), code: row.warehouse.0, name: row.warehouse.1 },
            blind: one.blind,
            line_count: row.lines,
            counted: row.counted,
            differ: (!hidden).then_some(row.differ),
            note: one.note,
            created_by: row.by,
            created_at: one.created_at,
        }
    }
}

impl Tabular for StockCountRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "warehouse", cell: |row| Cell::from(&row.warehouse.code) },
        Column { name: "blind", cell: |row| row.blind.into() },
        Column { name: "lines", cell: |row| Cell::from(row.line_count) },
        Column { name: "counted", cell: |row| Cell::from(row.counted) },
        Column { name: "differ", cell: |row| row.differ.map_or(Cell::Empty, Cell::from) },
        Column { name: "created_by", cell: |row| Cell::from(&row.created_by) },
        Column { name: "created_at", cell: |row| row.created_at.into() },
        Column { name: "note", cell: |row| Cell::from(&row.note) },
    ];
}

/// One place of a count.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockCountLine)]
pub struct LineJson {
    /// Its number in the count.
    pub line_no: i64,
    /// Of what.
    pub product: Coded,
    /// Its unit.
    pub unit: String,
    /// Code of the bin, or empty.
    pub bin: String,
    /// Number of the lot or the piece, or empty.
    pub lot: String,
    /// In which status.
    pub status: StockStatusCode,
    /// What was counted.
    pub counted: Option<QuantityJson>,
    /// What the books said then; hidden while a blind count is open.
    pub book: Option<QuantityJson>,
    /// Counted more than the books said, or less with a minus; hidden with the books.
    pub difference: Option<QuantityJson>,
    /// What the difference is worth by the standard cost, for who may see costs.
    pub worth: Option<MoneyJson>,
    /// Who counted it, or empty.
    pub counted_by: String,
}

/// A count with its places.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockCount)]
pub struct StockCountJson {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: StockCountRow,
    /// Its places, by bin and product.
    pub lines: Vec<LineJson>,
    /// Why it was sent back or cancelled, or empty.
    pub reason: String,
    /// What may be done with it.
    pub actions: Vec<ActionJson>,
}

impl StockCountJson {
    /// A count for its page.
    pub(super) fn of(row: Listed, lines: Vec<Line>, books: Currency, by: &By) -> Self {
        let hidden = hides(&row);
        let costs = by.may(Act::SeeCost).is_ok();
        let rows: Vec<StockCountLine> = lines.iter().map(|line| line.line.clone()).collect();
        let actions = stock_count_actions(&row.count, &rows, by);
        let reasoned = |verb| matches!(verb, StockCountVerb::Return | StockCountVerb::Cancel);
        let json = |row: Line| {
            let line = row.line;
            let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
            let difference = line.difference().filter(|_| !hidden);
            let worth = difference.zip(row.unit_cost).filter(|_| costs);
            LineJson {
                line_no: line.line_no,
                product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
                unit: line.unit.clone(),
                bin: row.bin,
                lot: row.lot,
                status: line.status.into(),
                counted: line.counted_micro.map(quantity),
                book: line.book_micro.filter(|_| !hidden).map(quantity),
                difference: difference.map(quantity),
                worth: worth.map(|(quantity, cost)| MoneyJson::of(domain::worth(quantity, cost, books), books)),
                counted_by: row.by,
            }
        };
        StockCountJson {
            reason: row.count.reason.clone(),
            row: row.into(),
            lines: lines.into_iter().map(json).collect(),
            actions: actions
                .iter()
                .map(|action| ActionJson::of(action.verb, action.refusal.as_ref(), reasoned(action.verb), by.language))
                .collect(),
        }
    }
}

/// What is to be counted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StockCountInput {
    /// Id or code of the warehouse.
    pub warehouse_id: String,
    /// Code of a bin; empty: the whole warehouse.
    pub bin: String,
    /// Ids or codes of products; none: all.
    pub products: Vec<String>,
    /// Whether who counts does not see what the books say.
    pub blind: bool,
    /// Anything else.
    pub note: String,
}

/// What was counted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StockCountEntries {
    /// Place by place.
    pub lines: Vec<StockCountEntry>,
}

/// What was counted in one place.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StockCountEntry {
    /// Number of the line; 0: a place that the count does not have.
    pub line_no: i64,
    /// Id or code of the product, for a new place.
    pub product_id: String,
    /// Id or code of the bin, for a new place.
    pub bin: String,
    /// Number of the lot, for a new place.
    pub lot: String,
    /// Status, for a new place: `free` where left out.
    pub status: StockStatusCode,
    /// How much lies there, in the product's unit.
    pub counted: QuantityInput,
}

impl StockCountEntries {
    pub(super) fn read(self) -> Result<Vec<Entered>, Error> {
        let mut fields = Fields::new();
        let mut entry = |(place, line): (usize, StockCountEntry)| Entered {
            line_no: line.line_no,
            product: line.product_id,
            spot: SaidSpot {
                bin: line.bin,
                lot: line.lot,
                status: fields.code_or(&format!("/lines/{place}/status"), &line.status, StockStatus::Free),
            },
            counted: fields.quantity(&format!("/lines/{place}/counted"), &line.counted),
        };
        let entries = self.lines.into_iter().enumerate().map(&mut entry).collect();
        fields.done()?;
        Ok(entries)
    }
}
