//! A change order as it is sent.

use app::change::{ChangeSent, ItemSent};
use domain::{ChangeItem, ChangeKind, ChangeSide, MAX_ITEMS, Settlement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::order::charge::ChargeInputJson;
use crate::value::{ChangeKindCode, ChangeSideCode, MoneyInput, QuantityInput, SettlementCode};

/// One thing that is to change; which of the fields it takes depends on its kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ChangeItemInput)]
#[serde(deny_unknown_fields, default)]
pub struct ItemSentJson {
    /// What kind of change it is.
    pub kind: ChangeKindCode,
    /// Number of the line: `quantity`, `drop_line`, `swap_product`, `price`, `configuration`.
    pub line_no: Option<i64>,
    /// Id or code of the product: `add_line`, `swap_product`.
    pub product_id: Option<String>,
    /// How much: `quantity`, `add_line`; of `swap_product` as before where left out.
    pub quantity: Option<QuantityInput>,
    /// Price of one unit: `price`; of `add_line` and `swap_product` that of the book where left out.
    pub unit_price: Option<MoneyInput>,
    /// Percent off: `price`.
    pub discount_rate: Option<String>,
    /// Codes of what is chosen: `configuration`, `add_line`, `swap_product`.
    pub choices: Option<Vec<String>>,
    /// Note of the new line: `add_line`.
    pub note: Option<String>,
    /// The day: `required_on`, `promised_on`, `planned_ship_on`, `expected_on`.
    pub date: Option<String>,
    /// Where the goods go: `address`.
    pub delivery_address: Option<String>,
    /// Who takes them: `address`; as before where left out.
    pub receiver: Option<String>,
    /// Contact: `address`; as before where left out.
    pub contact_name: Option<String>,
    /// Phone of the contact: `address`; as before where left out.
    pub contact_phone: Option<String>,
    /// How they are packed: `packing`.
    pub packing: Option<String>,
    /// All charges and allowances there are to be: `charges`.
    pub charges: Option<Vec<ChargeInputJson>>,
    /// Freight: `charges`; as before where left out.
    pub freight: Option<MoneyInput>,
    /// How it is paid: `settlement`.
    pub settlement: Option<SettlementCode>,
    /// Percent in advance: `settlement`; as before where left out.
    pub deposit_rate: Option<String>,
}

/// A change order as it is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ChangeInput)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeSentJson {
    /// Who wants it: `customer` (usual) or `company`; what the company wants needs the customer's yes.
    pub side: ChangeSideCode,
    /// Why.
    pub reason: String,
    /// What is to change.
    pub changes: Vec<ItemSentJson>,
}

impl ChangeSentJson {
    /// What is said, read; `whole`: nothing may be missing yet.
    pub(super) fn read(self, whole: bool) -> Result<ChangeSent, Error> {
        let mut fields = Fields::new();
        let side = fields.code_or("/side", &self.side, ChangeSide::Customer);
        let reason = if whole { fields.required("/reason", &self.reason, 500) } else { fields.text("/reason", &self.reason, 500) };
        let mut units = Vec::new();
        let mut items = Vec::with_capacity(self.changes.len().min(MAX_ITEMS));
        for (place, item) in self.changes.iter().enumerate().take(MAX_ITEMS + 1) {
            if let Some(unit) = item.quantity.as_ref().and_then(QuantityInput::unit).filter(|unit| !unit.is_empty()) {
                units.push((place, unit.to_owned()));
            }
            items.push(item.read(&mut fields, &format!("/changes/{place}")));
        }
        fields.done()?;
        Ok(ChangeSent { side, reason, items, units })
    }
}

impl ItemSentJson {
    fn read(&self, fields: &mut Fields, prefix: &str) -> ItemSent {
        let at = |name: &str| format!("{prefix}/{name}");
        let kind = fields.code(&at("kind"), &self.kind);
        if self.kind.get().is_none() {
            // What it takes cannot be told without its kind; nobody sees this one, since the request is refused.
            return ItemSent::Plain(ChangeItem::DropLine { line_no: 0 });
        }
        match kind {
            ChangeKind::AddLine | ChangeKind::SwapProduct => self.read_product(fields, prefix, kind),
            ChangeKind::Charges => self.read_charges(fields, prefix),
            _ => ItemSent::Plain(self.read_plain(fields, prefix, kind)),
        }
    }

    fn line_no(&self, fields: &mut Fields, prefix: &str) -> i64 {
        fields.whole(&format!("{prefix}/line_no"), self.line_no.unwrap_or_default(), 1, 1_000_000)
    }

    fn read_product(&self, fields: &mut Fields, prefix: &str, kind: ChangeKind) -> ItemSent {
        let at = |name: &str| format!("{prefix}/{name}");
        let product = fields.required(&at("product_id"), self.product_id.as_deref().unwrap_or_default(), 200);
        let unit_price =
            self.unit_price.as_ref().filter(|price| !price.amount().is_empty()).map(|price| fields.exact(&at("unit_price"), price));
        let choices = self.choices.clone().unwrap_or_default();
        if kind == ChangeKind::AddLine {
            let quantity = fields.quantity(&at("quantity"), &self.quantity.clone().unwrap_or_default());
            let note = fields.text(&at("note"), self.note.as_deref().unwrap_or_default(), 500);
            return ItemSent::AddLine { product, quantity, unit_price, note, choices };
        }
        let quantity = self.quantity.as_ref().filter(|quantity| !quantity.value().is_empty());
        let quantity = quantity.map(|quantity| fields.quantity(&at("quantity"), quantity));
        ItemSent::SwapProduct { line_no: self.line_no(fields, prefix), product, quantity, unit_price, choices }
    }

    fn read_charges(&self, fields: &mut Fields, prefix: &str) -> ItemSent {
        let mut currencies = Vec::new();
        let said = self.charges.iter().flatten().enumerate().take(domain::MAX_CHARGES + 1);
        let charges = said.map(|(place, charge)| charge.read(fields, &format!("{prefix}/charges/{place}"), &mut currencies)).collect();
        let freight = self.freight.as_ref().filter(|freight| !freight.amount().is_empty());
        let freight = freight.map(|freight| fields.exact(&format!("{prefix}/freight"), freight));
        ItemSent::Charges { charges, freight }
    }

    fn read_plain(&self, fields: &mut Fields, prefix: &str, kind: ChangeKind) -> ChangeItem {
        let at = |name: &str| format!("{prefix}/{name}");
        let date = |fields: &mut Fields| fields.date(&at("date"), self.date.as_deref().unwrap_or_default());
        match kind {
            ChangeKind::DropLine => ChangeItem::DropLine { line_no: self.line_no(fields, prefix) },
            ChangeKind::Price => {
                let price = self.unit_price.as_ref().filter(|price| !price.amount().is_empty());
                ChangeItem::Price {
                    line_no: self.line_no(fields, prefix),
                    unit_price: price.map(|price| fields.exact(&at("unit_price"), price)),
                    discount_rate: fields.optional_rate(&at("discount_rate"), self.discount_rate.as_deref()),
                }
            }
            ChangeKind::Configuration => {
                ChangeItem::Configuration { line_no: self.line_no(fields, prefix), choices: self.choices.clone().unwrap_or_default() }
            }
            ChangeKind::RequiredOn => ChangeItem::RequiredOn { date: date(fields) },
            ChangeKind::PromisedOn => ChangeItem::PromisedOn { date: date(fields) },
            ChangeKind::PlannedShipOn => ChangeItem::PlannedShipOn { date: date(fields) },
            ChangeKind::ExpectedOn => ChangeItem::ExpectedOn { date: date(fields) },
            ChangeKind::Address => ChangeItem::Address {
                delivery_address: self.delivery_address.clone().unwrap_or_default(),
                receiver: self.receiver.clone(),
                contact_name: self.contact_name.clone(),
                contact_phone: self.contact_phone.clone(),
            },
            ChangeKind::Packing => ChangeItem::Packing { packing: self.packing.clone().unwrap_or_default() },
            ChangeKind::Settlement => ChangeItem::Settlement {
                settlement: match &self.settlement {
                    Some(settlement) => fields.code(&at("settlement"), settlement),
                    None => fields.code::<Settlement>(&at("settlement"), &SettlementCode::default()),
                },
                deposit_rate: fields.optional_rate(&at("deposit_rate"), self.deposit_rate.as_deref()),
            },
            ChangeKind::Quantity | ChangeKind::AddLine | ChangeKind::SwapProduct | ChangeKind::Charges => ChangeItem::Quantity {
                line_no: self.line_no(fields, prefix),
                quantity: fields.quantity(&at("quantity"), &self.quantity.clone().unwrap_or_default()),
            },
        }
    }
}
