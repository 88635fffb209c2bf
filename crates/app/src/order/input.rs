//! What a person or a program says of an order: the standard order form (INT-11). What is left out comes from the customer.

use domain::{
    Channel, Charge, ChargeKind, Currency, Date, FieldError, FieldRule, InquiryId, Money, PromotionId, Quantity, Rate, SalesCategory,
    Settlement, UnitPrice,
};

/// The content of an order. References are ids or codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderInput {
    /// Who buys.
    pub customer: String,
    /// Contact at the customer; the customer's main contact where left out.
    pub contact_name: Option<String>,
    /// Phone of the contact.
    pub contact_phone: Option<String>,
    /// Who takes the goods.
    pub receiver: Option<String>,
    /// Where the goods go; the customer's main address where left out.
    pub delivery_address: Option<String>,
    /// Order date; today where left out.
    pub ordered_on: Option<Date>,
    /// When the customer wants the goods.
    pub required_on: Option<Date>,
    /// When they are to be shipped.
    pub planned_ship_on: Option<Date>,
    /// When they are to arrive.
    pub expected_on: Option<Date>,
    /// Where the order came from.
    pub channel: Option<Channel>,
    /// Which kind of sale.
    pub category: Option<SalesCategory>,
    /// How it is paid.
    pub settlement: Option<Settlement>,
    /// Share paid in advance.
    pub deposit_rate: Option<Rate>,
    /// Whether prices contain tax.
    pub tax_inclusive: Option<bool>,
    /// Sales representative.
    pub rep: Option<String>,
    /// Where it ships from.
    pub warehouse: Option<String>,
    /// Number in the channel it came from; unique for ever in that channel.
    pub external_number: String,
    /// The customer's own order number.
    pub customer_po: String,
    /// Packing requirements.
    pub packing: String,
    /// Mode of transport.
    pub transport: String,
    /// Freight, exact; the currency is the customer's.
    pub freight: UnitPrice,
    /// Discount on the order, exact.
    pub discount: UnitPrice,
    /// Further charges and allowances.
    pub charges: Vec<ChargeInput>,
    /// Currencies that were sent beside amounts, with the pointers to them; each must be the customer's.
    pub currencies: Vec<(String, String)>,
    /// Notes.
    pub notes: String,
    /// Special requirements.
    pub special_requirements: String,
    /// The contract it is placed under, by id or number; as before where left out, none where empty.
    pub contract: Option<String>,
    /// Why it departs from its contract; as before where left out.
    pub contract_reason: Option<String>,
    /// Where it was made from: an import, a batch.
    pub source: String,
    /// The inquiry it is made from (INT-02); what is edited keeps its own.
    pub inquiry_id: Option<InquiryId>,
    /// Promotions that are not wanted; as before where left out.
    pub declined_promotions: Option<Vec<PromotionId>>,
    /// What is ordered.
    pub lines: Vec<LineInput>,
}

/// A charge or an allowance of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct ChargeInput {
    /// What it is for.
    pub kind: ChargeKind,
    /// What it says beside that.
    pub text: String,
    /// Whether it is taken off.
    pub allowance: bool,
    /// What it comes to, exact.
    pub amount: UnitPrice,
    /// Its share of the goods, in the place of an amount.
    pub percent: Option<Rate>,
    /// Its tax; that of most of the goods where left out.
    pub tax_rate: Option<Rate>,
}

impl ChargeInput {
    /// What was said of a charge of an order that is there already.
    pub(crate) fn of(charge: &Charge, currency: Currency) -> Self {
        let amount = charge.said().amount.minor() * 10_i64.pow(6 - currency.minor_digits());
        Self {
            kind: charge.kind,
            text: charge.text.clone(),
            allowance: charge.allowance,
            amount: UnitPrice::from_micro(amount),
            percent: charge.percent,
            tax_rate: charge.own_tax_rate,
        }
    }

    /// The charge, in the minor units of a currency.
    ///
    /// # Errors
    /// At `amount` under `pointer`, where it has more digits than the currency.
    pub(crate) fn charge(&self, currency: Currency, pointer: &str) -> Result<Charge, FieldError> {
        let amount = if self.percent.is_some() { Money::ZERO } else { money(self.amount, currency, &format!("{pointer}/amount"))? };
        Ok(Charge {
            text: self.text.trim().to_owned(),
            allowance: self.allowance,
            percent: self.percent,
            own_tax_rate: self.tax_rate,
            ..Charge::of(self.kind, amount)
        })
    }
}

/// One line of an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineInput {
    /// What, by id or code.
    pub product: String,
    /// How much.
    pub quantity: Quantity,
    /// In which unit of the product; empty: its base unit.
    pub unit: String,
    /// Codes of what is chosen of a configurable product.
    pub choices: Vec<String>,
    /// Price of one such unit; the book's where left out.
    pub unit_price: Option<UnitPrice>,
    /// Why the price is another one than the book's or the last.
    pub price_reason: String,
    /// Discount of the line.
    pub discount_rate: Rate,
    /// Tax; the product's where left out.
    pub tax_rate: Option<Rate>,
    /// When this line is wanted, where it differs.
    pub required_on: Option<Date>,
    /// Note.
    pub note: String,
}

/// An exact amount in the minor units of a currency.
///
/// # Errors
/// At `pointer`, where it has more digits than the currency.
pub fn money(amount: UnitPrice, currency: Currency, pointer: &str) -> Result<Money, FieldError> {
    let step = 10_i64.pow(6 - currency.minor_digits());
    if amount.micro() % step != 0 {
        return Err(FieldError::new(pointer, FieldRule::Malformed));
    }
    Ok(Money::from_minor(amount.micro() / step))
}
