//! A purchase order as it is sent, what its supplier confirms, and what comes in.

use app::purchase::{PurchaseInput, PurchaseLineInput, PurchaseNeed};
use domain::{PurchaseArrival, PurchaseTerms, SupplierConfirmation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::value::{MoneyInput, QuantityInput};

/// The content of a purchase order; `…_id` takes an id or a code.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PurchaseInput)]
pub struct PurchaseInputJson {
    /// To whom.
    pub supplier_id: String,
    /// Where the goods come in; the company's first warehouse.
    pub warehouse_id: Option<String>,
    /// Percent more than ordered that is taken; as the supplier's file says.
    pub over_tolerance: Option<String>,
    /// Percent less than ordered that completes a line; as the supplier's file says.
    pub under_tolerance: Option<String>,
    /// Anything else.
    pub notes: Option<String>,
    /// What is ordered.
    pub lines: Vec<PurchaseLineInputJson>,
}

/// One line of a purchase order as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PurchaseLineInput)]
pub struct PurchaseLineInputJson {
    /// What.
    pub product_id: String,
    /// How much.
    pub quantity: QuantityInput,
    /// Price of one base unit without tax, surcharge included; as the supplier states.
    pub unit_price: Option<MoneyInput>,
    /// The day on which it is to arrive; as soon as the supplier states.
    pub asked_on: Option<String>,
    /// Whether it is rushed, with the supplier's rush days and surcharge.
    pub rush: bool,
    /// The sales order it is for, by id or number; for stock where left out.
    pub order_id: Option<String>,
    /// Number of that order's line.
    pub order_line: Option<i64>,
    /// Note.
    pub note: Option<String>,
}

impl PurchaseInputJson {
    /// What is said, read.
    pub(super) fn read(&self) -> Result<PurchaseInput, Error> {
        let mut fields = Fields::new();
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let terms = PurchaseTerms {
            over_tolerance: fields.optional_rate("/over_tolerance", self.over_tolerance.as_deref()),
            under_tolerance: fields.optional_rate("/under_tolerance", self.under_tolerance.as_deref()),
            notes: fields.text("/notes", &said(&self.notes), 2000),
        };
        let supplier = fields.required("/supplier_id", &self.supplier_id, 200);
        let warehouse = fields.text("/warehouse_id", &said(&self.warehouse_id), 200);
        let lines = self.lines.iter().enumerate().map(|(place, line)| line.read(&mut fields, &format!("/lines/{place}"))).collect();
        fields.done()?;
        Ok(PurchaseInput { supplier, warehouse, terms, lines })
    }
}

impl PurchaseLineInputJson {
    fn read(&self, fields: &mut Fields, prefix: &str) -> PurchaseLineInput {
        let at = |name: &str| format!("{prefix}/{name}");
        let price = self.unit_price.as_ref().filter(|price| !price.amount().is_empty());
        let order = self.order_id.as_deref().map(str::trim).filter(|order| !order.is_empty());
        let need = order.map_or(PurchaseNeed::Stock, |order| PurchaseNeed::Order {
            order: order.to_owned(),
            line_no: self.order_line.unwrap_or_default(),
        });
        PurchaseLineInput {
            product: fields.required(&at("product_id"), &self.product_id, 200),
            quantity: fields.quantity(&at("quantity"), &self.quantity),
            unit: self.quantity.unit().unwrap_or_default().to_owned(),
            unit_price: price.map(|price| fields.exact(&at("unit_price"), price)),
            asked_on: fields.optional_date(&at("asked_on"), self.asked_on.as_deref().filter(|day| !day.is_empty())),
            rush: self.rush,
            need,
            note: fields.text(&at("note"), self.note.as_deref().unwrap_or_default(), 500),
        }
    }
}

/// What the supplier says about when it delivers.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = SupplierConfirmation)]
pub struct ConfirmationJson {
    /// Its number.
    pub supplier_ref: Option<String>,
    /// Days of lines; those that are left out come as they were expected.
    pub lines: Vec<ConfirmedLineJson>,
}

/// When the supplier delivers a line.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ConfirmedLine)]
pub struct ConfirmedLineJson {
    /// Number of the line.
    pub line_no: i64,
    /// The day on which it arrives.
    pub confirmed_on: String,
}

impl ConfirmationJson {
    /// What is said, read.
    pub(super) fn read(&self) -> Result<SupplierConfirmation, Error> {
        let mut fields = Fields::new();
        let supplier_ref = fields.text("/supplier_ref", self.supplier_ref.as_deref().unwrap_or_default(), 100);
        let day = |(place, line): (usize, &ConfirmedLineJson)| {
            (line.line_no, fields.date(&format!("/lines/{place}/confirmed_on"), &line.confirmed_on))
        };
        let lines = self.lines.iter().enumerate().map(day).collect();
        fields.done()?;
        Ok(SupplierConfirmation { supplier_ref, lines })
    }
}

/// Goods of a purchase order that came in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PurchaseArrival)]
pub struct ArrivalJson {
    /// The day; today.
    pub received_on: Option<String>,
    /// Number of the paper that came with the goods.
    pub reference: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// What came.
    pub lines: Vec<ArrivedLineJson>,
}

/// So much of a line came in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ArrivedLine)]
pub struct ArrivedLineJson {
    /// Number of the line.
    pub line_no: i64,
    /// How much, in the base unit of its product.
    pub quantity: QuantityInput,
}

impl ArrivalJson {
    /// What is said, read.
    pub(super) fn read(&self) -> Result<PurchaseArrival, Error> {
        let mut fields = Fields::new();
        let received_on = fields.optional_date("/received_on", self.received_on.as_deref().filter(|day| !day.is_empty()));
        let reference = fields.text("/reference", self.reference.as_deref().unwrap_or_default(), 60);
        let note = fields.text("/note", self.note.as_deref().unwrap_or_default(), 200);
        let line =
            |(place, line): (usize, &ArrivedLineJson)| (line.line_no, fields.quantity(&format!("/lines/{place}/quantity"), &line.quantity));
        let lines = self.lines.iter().enumerate().map(line).collect();
        fields.done()?;
        Ok(PurchaseArrival { received_on, reference, note, lines })
    }
}
