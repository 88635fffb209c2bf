//! A quotation as it is sent.

use app::quotation::QuotationSent;
use domain::{QuotationReason, QuotationTerms};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Error;
use crate::fields::Fields;
use crate::order::charge::ChargeInputJson;
use crate::order::input::{LineInputJson, OrderInputJson};
use crate::value::{CategoryCode, ChannelCode, MoneyInput, QuotationReasonCode, SettlementCode};

/// The content of a quotation; what is left out comes from the customer, as for an order. `…_id` takes an id or a code.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = QuotationInput)]
pub struct QuotationInputJson {
    /// To whom.
    pub customer_id: String,
    /// Contact at the customer.
    pub contact_name: Option<String>,
    /// Phone of the contact.
    pub contact_phone: Option<String>,
    /// Where the goods would go.
    pub delivery_address: Option<String>,
    /// Who would take them.
    pub receiver: Option<String>,
    /// Its day, by which prices are looked up; today.
    pub quoted_on: Option<String>,
    /// Last day on which it may be taken; thirty days later.
    pub valid_until: Option<String>,
    /// Days from order to delivery; 0: nothing is promised.
    pub lead_days: Option<i64>,
    /// Delivery terms, in words.
    pub delivery_terms: Option<String>,
    /// Further terms, in words.
    pub terms: Option<String>,
    /// Where the inquiry came from.
    pub channel: Option<ChannelCode>,
    /// Kind of sale.
    pub category: Option<CategoryCode>,
    /// How it would be paid.
    pub settlement: Option<SettlementCode>,
    /// Percent paid in advance.
    pub deposit_rate: Option<String>,
    /// Whether prices contain tax.
    pub tax_inclusive: Option<bool>,
    /// Sales representative.
    pub rep_id: Option<String>,
    /// Where it would ship from.
    pub warehouse_id: Option<String>,
    /// Packing.
    pub packing: Option<String>,
    /// Freight.
    pub freight: Option<MoneyInput>,
    /// Discount on the whole.
    pub discount: Option<MoneyInput>,
    /// Further charges and allowances.
    pub charges: Vec<ChargeInputJson>,
    /// Notes, not for the customer.
    pub notes: Option<String>,
    /// What is offered.
    pub lines: Vec<LineInputJson>,
}

impl QuotationInputJson {
    /// What is said, read.
    pub(super) fn read(self) -> Result<QuotationSent, Error> {
        let mut fields = Fields::new();
        let terms = QuotationTerms {
            valid_until: fields.optional_date("/valid_until", self.valid_until.as_deref()),
            lead_days: fields.whole("/lead_days", self.lead_days.unwrap_or_default(), 0, 3650),
            delivery_terms: fields.text("/delivery_terms", self.delivery_terms.as_deref().unwrap_or_default(), 1000),
            terms: fields.text("/terms", self.terms.as_deref().unwrap_or_default(), 4000),
        };
        let quoted_on = fields.optional_date("/quoted_on", self.quoted_on.as_deref());
        let order = OrderInputJson {
            customer_id: self.customer_id,
            contact_name: self.contact_name,
            contact_phone: self.contact_phone,
            delivery_address: self.delivery_address,
            receiver: self.receiver,
            channel: self.channel,
            category: self.category,
            settlement: self.settlement,
            deposit_rate: self.deposit_rate,
            tax_inclusive: self.tax_inclusive,
            rep_id: self.rep_id,
            warehouse_id: self.warehouse_id,
            packing: self.packing,
            freight: self.freight,
            discount: self.discount,
            charges: self.charges,
            notes: self.notes,
            lines: self.lines,
            ..OrderInputJson::default()
        };
        let mut order = order.read(&mut fields, "");
        order.ordered_on = quoted_on;
        fields.done()?;
        Ok(QuotationSent { order, terms })
    }
}

/// That the customer takes it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = QuotationWon)]
#[serde(deny_unknown_fields, default)]
pub struct WonJson {
    /// What decided it, where that is known.
    pub reason: Option<QuotationReasonCode>,
    /// In words.
    pub note: String,
}

impl WonJson {
    pub(super) fn read(&self) -> Result<(Option<QuotationReason>, String), Error> {
        let mut fields = Fields::new();
        let reason = self.reason.as_ref().filter(|code| !code.0.is_empty()).map(|code| fields.code("/reason", code));
        let note = fields.text("/note", &self.note, 500);
        fields.done()?;
        Ok((reason, note))
    }
}

/// That the customer does not take it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = QuotationLost)]
#[serde(deny_unknown_fields, default)]
pub struct LostJson {
    /// Why.
    pub reason: QuotationReasonCode,
    /// In words; needed where the reason is `other`.
    pub note: String,
}

impl LostJson {
    pub(super) fn read(&self) -> Result<(QuotationReason, String), Error> {
        let mut fields = Fields::new();
        let reason = fields.code("/reason", &self.reason);
        let note = fields.text("/note", &self.note, 500);
        fields.done()?;
        Ok((reason, note))
    }
}
