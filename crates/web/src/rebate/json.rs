//! A rebate agreement as it is sent and shown.

use app::rebate::RebateInput;
use domain::{
    Accrual, Company, Currency, Date, Language, Money, Order, OrderId, ProductId, Quantity, Rate, Rebate, RebateAction, RebateBasis,
    RebateInvoice, RebateRejection, RebateStatus, RebateTier, RebateVerb, Turnover, UnitPrice, name_of, rebate_actions, turnover,
};
use serde::{Deserialize, Serialize};
use store::query::rebate::{Counted, Listed};
use utoipa::ToSchema;

use crate::by::By;
use crate::error::Error;
use crate::export::{Cell, Column, Tabular};
use crate::fields::Fields;
use crate::value::{Coded, MoneyInput, MoneyJson, RebateBasisCode, RebateStatusCode, RebateVerbCode};

/// Everything its page shows.
pub(super) struct RebatePage {
    pub(super) row: Listed,
    pub(super) products: Vec<(ProductId, String, String)>,
    pub(super) counted: Vec<Counted>,
    pub(super) open: Vec<Order>,
    pub(super) credited: Vec<(OrderId, String)>,
}

/// Whether what counts is still reckoned; else its settlement says it, or nothing ever counted.
pub(super) fn is_reckoned(rebate: &Rebate) -> bool {
    matches!(rebate.status, RebateStatus::Draft | RebateStatus::Approved | RebateStatus::Proposed)
}

/// What an agreement has come to by what counts in it.
fn accrued(rebate: &Rebate, counted: &[Counted]) -> Result<Accrual, RebateRejection> {
    let invoices: Vec<RebateInvoice> = if is_reckoned(rebate) {
        counted.iter().filter(|one| one.rebate == rebate.id).cloned().map(Counted::into_invoice).collect()
    } else {
        rebate.settlement.invoices.clone()
    };
    rebate.accrue(turnover(&invoices))
}

/// A rebate agreement in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RebateRow {
    /// Its id.
    pub id: String,
    /// Raised by every change.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// State.
    pub status: RebateStatusCode,
    /// With whom.
    pub customer: Coded,
    /// First day of issue of the invoices that count.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// What it is reckoned from.
    pub basis: RebateBasisCode,
    /// Currency of the invoices that count.
    pub currency: String,
    /// Net amount that counts.
    pub turnover: MoneyJson,
    /// Quantity that counts, in base units.
    pub quantity: String,
    /// Tiers there are.
    pub tier_count: i64,
    /// The tier that is reached, from 1; 0: none.
    pub tier: i64,
    /// What it has come to, or was settled with; `null` where it is more than money can be.
    pub rebate: Option<MoneyJson>,
}

impl Tabular for RebateRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column { name: "number", cell: |row| Cell::from(&row.number) },
        Column { name: "customer_code", cell: |row| Cell::from(&row.customer.code) },
        Column { name: "customer", cell: |row| Cell::from(&row.customer.name) },
        Column { name: "status", cell: |row| Cell::from(&row.status.0) },
        Column { name: "valid_from", cell: |row| Cell::from(&row.valid_from) },
        Column { name: "valid_to", cell: |row| Cell::from(&row.valid_to) },
        Column { name: "basis", cell: |row| Cell::from(&row.basis.0) },
        Column { name: "currency", cell: |row| Cell::from(&row.currency) },
        Column { name: "turnover", cell: |row| Cell::from(&row.turnover.amount) },
        Column { name: "quantity", cell: |row| Cell::from(&row.quantity) },
        Column { name: "tier", cell: |row| Cell::from(row.tier) },
        Column { name: "rebate", cell: |row| Cell::from(&row.rebate.as_ref().map_or(String::new(), |rebate| rebate.amount.clone())) },
    ];
}

impl RebateRow {
    /// An agreement for people.
    pub(super) fn of(row: &Listed, counted: &[Counted]) -> Self {
        let (one, customer) = (&row.rebate, &row.customer);
        let accrual = accrued(one, counted);
        let reached = accrual.as_ref().map(|accrual| (accrual.turnover, accrual.tier)).unwrap_or_default();
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        RebateRow {
            id: one.id.to_string(),
            version: one.version.raw(),
            number: one.number.clone(),
            status: one.status.into(),
            customer: Coded { id: one.customer_id.to_string(), code: customer.0.clone(), name: customer.1.clone() },
            valid_from: one.valid_from.to_string(),
            valid_to: one.valid_to.to_string(),
            basis: one.basis.into(),
            currency: one.currency.as_str().to_owned(),
            turnover: MoneyJson::of(reached.0.amount, one.currency),
            quantity: reached.0.quantity.decimal(),
            tier_count: count(one.tiers.len()),
            tier: count(reached.1),
            rebate: accrual.ok().map(|accrual| MoneyJson::of(accrual.rebate, one.currency)),
        }
    }
}

/// Something that may be done with an agreement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RebateAction)]
pub struct ActionJson {
    /// The verb: POST to it under the agreement (`edit`: PUT it).
    pub verb: RebateVerbCode,
    /// Its name.
    pub name: String,
    /// Whether it may be done now by who asks.
    pub allowed: bool,
    /// Whether a reason must be given.
    pub needs_reason: bool,
    /// Why it may not be done.
    pub code: Option<String>,
    /// The same for people.
    pub message: Option<String>,
    /// Gates that are shut; an agreement has none.
    pub gates: Vec<crate::error::ProblemGate>,
}

impl ActionJson {
    fn of(action: &RebateAction, language: Language) -> Self {
        ActionJson {
            verb: action.verb.into(),
            name: name_of(language, action.verb),
            allowed: action.refusal.is_none(),
            needs_reason: matches!(action.verb, RebateVerb::Withdraw | RebateVerb::End | RebateVerb::Return),
            code: action.refusal.as_ref().map(|refusal| refusal.code.to_owned()),
            message: action.refusal.as_ref().map(|refusal| refusal.message(language)),
            gates: Vec::new(),
        }
    }
}

/// From where on what is given.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RebateTier)]
pub struct TierJson {
    /// From this net amount or this quantity on.
    pub from: String,
    /// Share of the net amount in percent, for an agreement on the amount.
    pub percent: Option<String>,
    /// For each base unit, for one on the quantity.
    pub per_unit: Option<MoneyJson>,
}

/// An invoice that counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RebateInvoice)]
pub struct InvoiceJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Day of issue, while it is reckoned.
    pub issued_on: Option<String>,
    /// Net amount of the lines that count.
    pub amount: MoneyJson,
    /// Quantity of the lines that count, in base units.
    pub quantity: String,
}

/// An order that may be credited, or is to be or was.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RebateOrder)]
pub struct OrderJson {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it has open, or was credited.
    pub amount: Option<MoneyJson>,
    /// Number of the payment on account, once it is credited.
    pub payment: Option<String>,
}

/// What is missing to the next tier.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RebateMissing)]
pub struct MissingJson {
    /// Net amount, for an agreement on the amount.
    pub amount: Option<MoneyJson>,
    /// Quantity, for one on the quantity.
    pub quantity: Option<String>,
}

/// How an agreement is to be settled or was.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RebateSettlement)]
pub struct SettlementJson {
    /// The rebate that was proposed.
    pub amount: MoneyJson,
    /// Orders in their turn, with what they were credited.
    pub orders: Vec<OrderJson>,
    /// Whether the customer is paid what the orders do not take.
    pub pay_rest: bool,
    /// What the customer was paid.
    pub paid: MoneyJson,
    /// By which remittance.
    pub reference: String,
    /// When it was approved.
    pub settled_at: Option<String>,
}

/// A rebate agreement: period, tiers, what counts, what it has come to, how it is settled.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rebate)]
pub struct RebateJson {
    /// What the list shows of it.
    #[serde(flatten)]
    pub row: RebateRow,
    /// Lines of these products count; none: all.
    pub products: Vec<Coded>,
    /// Tiers, ascending.
    pub tiers: Vec<TierJson>,
    /// Whether the tier that is reached counts for the whole; else each for what is between it and the next.
    pub whole: bool,
    /// What is missing to the next tier; `null` where the last is reached.
    pub missing: Option<MissingJson>,
    /// Invoices that count, by their day.
    pub invoices: Vec<InvoiceJson>,
    /// Orders that could be credited now, the oldest first; at most 100.
    pub open_orders: Vec<OrderJson>,
    /// The settlement that is proposed or approved.
    pub settlement: Option<SettlementJson>,
    /// Why it was ended early or withdrawn, or empty.
    pub end_reason: String,
    /// Why the last proposal was sent back, or empty.
    pub return_reason: String,
    /// What may be done with it.
    pub actions: Vec<ActionJson>,
}

impl RebateJson {
    /// An agreement for its page.
    pub(super) fn of(page: &RebatePage, today: Date, by: &By) -> Self {
        let one = &page.row.rebate;
        let products = page.products.iter().map(|(id, code, name)| Coded { id: id.to_string(), code: code.clone(), name: name.clone() });
        let missing = accrued(one, &page.counted).ok().and_then(|accrual| accrual.missing);
        RebateJson {
            row: RebateRow::of(&page.row, &page.counted),
            products: products.collect(),
            tiers: one.tiers.iter().map(|tier| tier_json(one, tier)).collect(),
            whole: one.whole,
            missing: missing.map(|missing| missing_json(one, missing)),
            invoices: invoices(page),
            open_orders: page.open.iter().map(|order| open_json(order, one.currency)).collect(),
            settlement: one.status.is_closed().then(|| settlement(page)),
            end_reason: one.end_reason.clone(),
            return_reason: one.return_reason.clone(),
            actions: rebate_actions(one, today, by).iter().map(|action| ActionJson::of(action, by.language)).collect(),
        }
    }
}

fn tier_json(one: &Rebate, tier: &RebateTier) -> TierJson {
    match one.basis {
        RebateBasis::Amount => {
            TierJson { from: tier.from_amount.decimal(one.currency), percent: Some(tier.percent.decimal()), per_unit: None }
        }
        RebateBasis::Quantity => {
            let per_unit = Some(MoneyJson::price(tier.per_unit, one.currency));
            TierJson { from: tier.from_quantity.decimal(), percent: None, per_unit }
        }
    }
}

fn missing_json(one: &Rebate, missing: Turnover) -> MissingJson {
    match one.basis {
        RebateBasis::Amount => MissingJson { amount: Some(MoneyJson::of(missing.amount, one.currency)), quantity: None },
        RebateBasis::Quantity => MissingJson { amount: None, quantity: Some(missing.quantity.decimal()) },
    }
}

fn invoices(page: &RebatePage) -> Vec<InvoiceJson> {
    let one = &page.row.rebate;
    let show = |invoice: &RebateInvoice, issued_on: Option<Date>| InvoiceJson {
        id: invoice.invoice_id.to_string(),
        number: invoice.number.clone(),
        issued_on: issued_on.map(|day| day.to_string()),
        amount: MoneyJson::of(invoice.amount, one.currency),
        quantity: invoice.quantity.decimal(),
    };
    if is_reckoned(one) {
        page.counted.iter().map(|counted| show(&counted.clone().into_invoice(), Some(counted.issued_on))).collect()
    } else {
        one.settlement.invoices.iter().map(|invoice| show(invoice, None)).collect()
    }
}

fn open_json(order: &Order, currency: Currency) -> OrderJson {
    let amount = Some(MoneyJson::of(order.open(), currency));
    OrderJson { id: order.id.to_string(), number: order.number.clone(), amount, payment: None }
}

fn settlement(page: &RebatePage) -> SettlementJson {
    let one = &page.row.rebate;
    let kept = &one.settlement;
    let order = |id: &OrderId| {
        let credit = kept.credits.iter().find(|credit| credit.order_id == *id);
        let number = page.credited.iter().find(|(order, _)| order == id).map(|(_, number)| number.clone());
        OrderJson {
            id: id.to_string(),
            number: number.unwrap_or_default(),
            amount: credit.map(|credit| MoneyJson::of(credit.amount, one.currency)),
            payment: credit.map(|credit| credit.payment.clone()),
        }
    };
    SettlementJson {
        amount: MoneyJson::of(kept.amount, one.currency),
        orders: kept.orders.iter().map(order).collect(),
        pay_rest: kept.pay_rest,
        paid: MoneyJson::of(kept.paid, one.currency),
        reference: kept.reference.clone(),
        settled_at: one.settled_at.map(|at| at.to_string()),
    }
}

/// To whom a rebate goes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RebateTo)]
pub struct RebateToJson {
    /// Ids of orders that are credited, in this turn.
    pub orders: Vec<String>,
    /// Whether the customer is paid what they do not take.
    pub pay_rest: bool,
}

/// What is said of a settlement that is approved.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RebateSettleInput {
    /// By which remittance the customer is paid what the orders do not take.
    pub reference: String,
}

/// From where on what is given.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RebateTierInput)]
pub struct TierInputJson {
    /// From this net amount or this quantity on.
    pub from: String,
    /// Share of the net amount in percent, for `amount`.
    pub percent: Option<String>,
    /// For each base unit, for `quantity`.
    pub per_unit: Option<MoneyInput>,
}

/// A rebate agreement as it is to be.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RebateInput)]
pub struct RebateInputJson {
    /// Its number, of which there is one.
    pub number: String,
    /// Id or code of the customer.
    pub customer_id: String,
    /// First day of issue of the invoices that count.
    pub valid_from: String,
    /// Last day.
    pub valid_to: String,
    /// What it is reckoned from.
    pub basis: RebateBasisCode,
    /// Currency of the invoices that count; the company's.
    pub currency: Option<String>,
    /// Ids or codes of products that count; none: all.
    pub products: Vec<String>,
    /// Tiers, ascending.
    pub tiers: Vec<TierInputJson>,
    /// Whether the tier that is reached counts for the whole.
    pub whole: bool,
}

impl RebateInputJson {
    /// What is said, read.
    pub(super) fn read(self, company: &Company) -> Result<RebateInput, Error> {
        let mut fields = Fields::new();
        let currency = self.currency.as_deref().filter(|code| !code.is_empty());
        let currency = currency.map(|code| fields.take("/currency", Currency::parse(code), company.currency));
        let books = currency.unwrap_or(company.currency);
        let basis = fields.code("/basis", &self.basis);
        let tiers = self.tiers.iter().enumerate().map(|(place, tier)| tier.read(&mut fields, place, basis, books)).collect();
        let input = RebateInput {
            number: fields.required("/number", &self.number, 40),
            customer: self.customer_id,
            valid_from: fields.date("/valid_from", &self.valid_from),
            valid_to: fields.date("/valid_to", &self.valid_to),
            basis,
            currency,
            products: self.products,
            tiers,
            whole: self.whole,
        };
        fields.done()?;
        Ok(input)
    }
}

impl TierInputJson {
    fn read(&self, fields: &mut Fields, place: usize, basis: RebateBasis, currency: Currency) -> RebateTier {
        let from = format!("/tiers/{place}/from");
        let start = if self.from.trim().is_empty() { "0" } else { self.from.trim() };
        match basis {
            RebateBasis::Amount => {
                let percent = self.percent.as_deref().map(str::trim).filter(|text| !text.is_empty());
                RebateTier {
                    from_amount: fields.take(&from, Money::parse(start, currency), Money::ZERO),
                    percent: fields.optional_rate(&format!("/tiers/{place}/percent"), percent).unwrap_or(Rate::ZERO),
                    ..RebateTier::default()
                }
            }
            RebateBasis::Quantity => {
                let per_unit = fields.optional_price(&format!("/tiers/{place}/per_unit"), self.per_unit.as_ref(), currency);
                RebateTier {
                    from_quantity: fields.take(&from, Quantity::parse(start), Quantity::ZERO),
                    per_unit: per_unit.unwrap_or(UnitPrice::ZERO),
                    ..RebateTier::default()
                }
            }
        }
    }
}
