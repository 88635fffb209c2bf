//! A quota as it is sent and shown.

use app::quota::QuotaInput;
use domain::{Code, Instant, Selector};
use serde::{Deserialize, Serialize};
use store::query::quota::{Listed, Taken};
use utoipa::ToSchema;

use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::value::{ChannelCode, CodeOf, Coded, GradeCode, Named, Numbered, OrderStatusCode, QuantityInput, QuantityJson};

/// A quota in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuotaRow {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What is shared out.
    pub product: Coded,
    /// For customers of this grade; `null`: of any.
    pub grade: Option<GradeCode>,
    /// For orders from this channel; `null`: from any.
    pub channel: Option<ChannelCode>,
    /// For customers whose main address is in this province or state; empty: anywhere.
    pub region: String,
    /// First day of submission that it is for, in the company's time zone.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// How much there is.
    pub quantity: QuantityJson,
    /// Taken by orders.
    pub taken: QuantityJson,
    /// What may still be taken.
    pub left: QuantityJson,
    /// Whether orders take of it.
    pub active: bool,
    /// When it was entered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

impl Tabular for QuotaRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "code", cell: |row| Cell::from(&row.code) },
        Column { name: "name", cell: |row| Cell::from(&row.name) },
        Column { name: "product_code", cell: |row| Cell::from(&row.product.code) },
        Column { name: "product_name", cell: |row| Cell::from(&row.product.name) },
        Column { name: "grade", cell: |row| Cell::from(row.grade.as_ref().map_or("", |code| &code.0)) },
        Column { name: "channel", cell: |row| Cell::from(row.channel.as_ref().map_or("", |code| &code.0)) },
        Column { name: "region", cell: |row| Cell::from(&row.region) },
        Column { name: "valid_from", cell: |row| Cell::from(&row.valid_from) },
        Column { name: "valid_to", cell: |row| Cell::from(&row.valid_to) },
        Column { name: "quantity", cell: |row| Cell::Number(row.quantity.value.clone()) },
        Column { name: "taken", cell: |row| Cell::Number(row.taken.value.clone()) },
        Column { name: "left", cell: |row| Cell::Number(row.left.value.clone()) },
        Column { name: "unit", cell: |row| Cell::from(&row.quantity.unit) },
        Column { name: "active", cell: |row| row.active.into() },
    ];
}

impl QuotaRow {
    pub(super) fn of(listed: &Listed) -> Self {
        let one = &listed.quota;
        let quantity = |quantity| QuantityJson::of(quantity, &listed.unit);
        QuotaRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            code: one.code.clone(),
            name: one.name.clone(),
            product: Coded { id: one.product_id.to_string(), code: listed.product_code.clone(), name: listed.product_name.clone() },
            grade: one.grade.value().map(Into::into),
            channel: one.channel.value().map(Into::into),
            region: one.region.clone(),
            valid_from: one.valid_from.to_string(),
            valid_to: one.valid_to.to_string(),
            quantity: quantity(one.limit_micro),
            taken: quantity(listed.taken),
            left: quantity((one.limit_micro - listed.taken).or_zero()),
            active: one.active,
            created_at: one.created_at,
        }
    }
}

/// What a line of an order took of a quota.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuotaTakeRow {
    /// The order.
    pub order: Numbered,
    /// Its state.
    pub status: OrderStatusCode,
    /// Whose order it is.
    pub customer: Named,
    /// Number of the line.
    pub line_no: i64,
    /// How much.
    pub quantity: QuantityJson,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub taken_at: Instant,
}

/// A quota with what orders took of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Quota)]
pub struct QuotaJson {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: QuotaRow,
    /// What orders took, the newest first, 500 at the most; none for who may not see orders.
    pub takes: Vec<QuotaTakeRow>,
}

impl QuotaJson {
    pub(super) fn of(listed: &Listed, takes: &[Taken]) -> Self {
        let take = |take: &Taken| QuotaTakeRow {
            order: Numbered { id: take.order_id.to_string(), number: take.number.clone() },
            status: take.status.into(),
            customer: Named { id: take.customer.0.to_string(), name: take.customer.1.clone() },
            line_no: take.line_no,
            quantity: QuantityJson::of(take.quantity, &listed.unit),
            taken_at: take.at,
        };
        QuotaJson { row: QuotaRow::of(listed), takes: takes.iter().map(take).collect() }
    }
}

/// A quota, as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuotaInput)]
pub struct QuotaInputJson {
    /// Code, unique in the company; letters, digits and `-._/#`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Id or code of the product.
    pub product_id: String,
    /// For customers of this grade; `null`: of any.
    pub grade: Option<GradeCode>,
    /// For orders from this channel; `null`: from any.
    pub channel: Option<ChannelCode>,
    /// For customers whose main address is in this province or state; empty: anywhere.
    pub region: String,
    /// First day of submission that it is for, in the company's time zone.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// How much there is.
    pub quantity: QuantityInput,
}

pub(crate) fn selector<C: Code>(fields: &mut Fields, pointer: &str, code: Option<&CodeOf<C>>) -> Selector<C> {
    Selector::of(code.filter(|code| !code.0.is_empty()).map(|code| fields.code(pointer, code)))
}

impl QuotaInputJson {
    /// What is said, read.
    pub(super) fn read(self) -> Result<QuotaInput, Error> {
        let mut fields = Fields::new();
        let input = QuotaInput {
            product: fields.required("/product_id", &self.product_id, 200),
            grade: selector(&mut fields, "/grade", self.grade.as_ref()),
            channel: selector(&mut fields, "/channel", self.channel.as_ref()),
            valid_from: fields.date("/valid_from", &self.valid_from),
            valid_to: fields.date("/valid_to", &self.valid_to),
            quantity: fields.quantity("/quantity", &self.quantity),
            unit: self.quantity.unit().unwrap_or_default().to_owned(),
            code: self.code,
            name: self.name,
            region: self.region,
        };
        fields.done()?;
        Ok(input)
    }
}
