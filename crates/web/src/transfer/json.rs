//! Transfers as they are sent and shown.

use app::transfer::{TransferInput, TransferInputLine};
use domain::{Instant, LotId, Part, TransferStatus, TransferVerb, transfer_actions};
use serde::{Deserialize, Serialize};
use store::query::transfer::{Line, Listed};
use utoipa::ToSchema;

use crate::action::ActionJson;
use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::value::{Coded, QuantityInput, QuantityJson, TransferStatusCode};

/// A transfer in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TransferRow {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// State.
    pub status: TransferStatusCode,
    /// The warehouse it leaves.
    pub from: Coded,
    /// The warehouse it goes to.
    pub to: Coded,
    /// Day it is expected to arrive.
    pub expected_on: Option<String>,
    /// How many lines it has.
    pub line_count: i64,
    /// Anything else.
    pub note: String,
    /// Who drew it up.
    pub created_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it left.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Instant>,
}

impl From<Listed> for TransferRow {
    fn from(row: Listed) -> Self {
        let one = row.transfer;
        TransferRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number,
            status: one.status.into(),
            from: Coded { id: one.from_id.to_string(), code: row.from.0, name: row.from.1 },
            to: Coded { id: one.to_id.to_string(), code: row.to.0, name: row.to.1 },
            expected_on: one.expected_on.map(|day| day.to_string()),
            line_count: row.lines,
            note: one.note,
            created_by: row.by,
            created_at: one.created_at,
            sent_at: one.sent_at,
        }
    }
}

impl Tabular for TransferRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "from", cell: |row| Cell::from(&row.from.code) },
        Column { name: "to", cell: |row| Cell::from(&row.to.code) },
        Column { name: "expected_on", cell: |row| row.expected_on.as_ref().map_or(Cell::Empty, Cell::from) },
        Column { name: "lines", cell: |row| Cell::from(row.line_count) },
        Column { name: "created_by", cell: |row| Cell::from(&row.created_by) },
        Column { name: "created_at", cell: |row| row.created_at.into() },
        Column { name: "note", cell: |row| Cell::from(&row.note) },
    ];
}

/// One product of a transfer; once it is sent, one lot of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TransferLine)]
pub struct LineJson {
    /// Its number in the transfer.
    pub line_no: i64,
    /// Of what.
    pub product: Coded,
    /// Number of the lot, or empty.
    pub lot: String,
    /// Its id, where there is one.
    pub lot_id: Option<String>,
    /// How much; once it is sent, what was sent.
    pub quantity: QuantityJson,
    /// What arrived.
    pub received: QuantityJson,
    /// What was written off.
    pub lost: QuantityJson,
    /// What is on its way.
    pub open: QuantityJson,
    /// What is free in the warehouse it leaves, while it is a draft.
    pub free: Option<QuantityJson>,
}

/// A transfer with its goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Transfer)]
pub struct TransferJson {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: TransferRow,
    /// Its goods.
    pub lines: Vec<LineJson>,
    /// Why it was closed or cancelled, or empty.
    pub end_reason: String,
    /// What may be done with it.
    pub actions: Vec<ActionJson>,
}

impl TransferJson {
    /// A transfer for its page.
    pub(super) fn of(row: Listed, lines: Vec<Line>, by: &By) -> Self {
        let actions = transfer_actions(&row.transfer, by);
        let reasoned = |verb| matches!(verb, TransferVerb::Close | TransferVerb::Cancel);
        let draft = row.transfer.status == TransferStatus::Draft;
        let sent = row.transfer.status == TransferStatus::Sent;
        let line = |Line { line, lot, free }: Line| {
            let quantity = |quantity| QuantityJson::of(quantity, &line.unit);
            LineJson {
                line_no: line.line_no,
                product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
                lot,
                lot_id: (line.lot_id != LotId::NONE).then(|| line.lot_id.to_string()),
                quantity: quantity(line.quantity_micro),
                received: quantity(line.received_micro),
                lost: quantity(line.lost_micro),
                open: quantity(if sent { line.open() } else { domain::Quantity::ZERO }),
                free: draft.then(|| quantity(free)),
            }
        };
        TransferJson {
            end_reason: row.transfer.end_reason.clone(),
            row: row.into(),
            lines: lines.into_iter().map(line).collect(),
            actions: actions
                .iter()
                .map(|action| ActionJson::of(action.verb, action.refusal.as_ref(), reasoned(action.verb), by.language))
                .collect(),
        }
    }
}

/// A transfer, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TransferInputJson {
    /// Id or code of the warehouse it leaves.
    pub from_id: String,
    /// Id or code of the warehouse it goes to.
    pub to_id: String,
    /// Day it is expected to arrive, or empty.
    pub expected_on: Option<String>,
    /// Anything else.
    pub note: String,
    /// What is to be sent.
    pub lines: Vec<TransferLineInput>,
}

/// One product of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TransferLineInput {
    /// Id or code of the product.
    pub product_id: String,
    /// How much, in its unit.
    pub quantity: QuantityInput,
    /// Number of the lot; empty: what expires first.
    pub lot: String,
}

impl TransferInputJson {
    pub(super) fn read(self) -> Result<TransferInput, Error> {
        let mut fields = Fields::new();
        let mut line = |(place, line): (usize, TransferLineInput)| TransferInputLine {
            product: fields.required(&format!("/lines/{place}/product_id"), &line.product_id, 100),
            quantity: fields.quantity(&format!("/lines/{place}/quantity"), &line.quantity),
            unit: line.quantity.unit().map(str::to_owned),
            lot: line.lot,
        };
        let lines = self.lines.into_iter().enumerate().map(&mut line).collect();
        let input = TransferInput {
            from: fields.required("/from_id", &self.from_id, 100),
            to: fields.required("/to_id", &self.to_id, 100),
            expected_on: fields.optional_date("/expected_on", self.expected_on.as_deref()),
            note: self.note,
            lines,
        };
        fields.done()?;
        Ok(input)
    }
}

/// What arrived of a transfer.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TransferArrivalInput {
    /// Id or code of the bin it is put into, or empty.
    pub bin: String,
    /// How much of which line.
    pub lines: Vec<TransferArrivalLine>,
}

/// What arrived of a line.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TransferArrivalLine {
    /// Number of the line.
    pub line_no: i64,
    /// How much, in its unit.
    pub quantity: QuantityInput,
}

impl TransferArrivalInput {
    pub(super) fn read(self) -> Result<(Vec<Part>, String), Error> {
        let mut fields = Fields::new();
        let mut part = |(place, line): (usize, TransferArrivalLine)| Part {
            line_no: line.line_no,
            quantity: fields.quantity(&format!("/lines/{place}/quantity"), &line.quantity),
        };
        let parts = self.lines.into_iter().enumerate().map(&mut part).collect();
        fields.done()?;
        Ok((parts, self.bin))
    }
}
