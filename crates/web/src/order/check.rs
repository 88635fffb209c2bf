//! What an order would come to, while it is typed.

use app::order::check as use_case;
use axum::Json;
use axum::extract::State;
use domain::{Currency, Date, Language, shown_percent};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::charge::ChargeJson;
use super::goods::{ChosenJson, SoldJson};
use super::input::OrderInputJson;
use crate::body::Body;
use crate::by::By;
use crate::contract::order::{OrderContractJson, ProposedJson, rule};
use crate::customer::{self, CreditJson};
use crate::error::{Error, Problem, ProblemField};
use crate::fields::Fields;
use crate::params::Params;
use crate::state::Web;
use crate::value::{Coded, MoneyJson, PriceSourceCode, QuantityJson};

/// Where a price came from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PriceSourceJson {
    /// List price, the customer's own, entered, or none.
    pub kind: PriceSourceCode,
    /// What the price book says.
    pub book_price: Option<MoneyJson>,
    /// The rule of the book that says it, for people.
    pub rule: Option<String>,
    /// What the customer paid before; `null`: nothing to compare with.
    pub last_price: Option<MoneyJson>,
    /// Day of the order in which it did.
    pub last_price_on: Option<String>,
    /// How far a typed price is off the book, in percent; `null`: not typed, or the book has none.
    pub book_deviation: Option<String>,
    /// The same of the last price.
    pub last_deviation: Option<String>,
}

/// A line as it would be.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CheckedLine)]
pub struct CheckedLineJson {
    /// Place of the line in the input, from 1.
    pub line_no: i64,
    /// What.
    pub product: Coded,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// How much, in that unit.
    pub quantity: QuantityJson,
    /// Price of one unit.
    pub unit_price: MoneyJson,
    /// As it is said and printed, where that is in a further unit; `null`: in the base unit.
    pub sold: Option<SoldJson>,
    /// What is chosen of a configurable product, as far as it is known.
    pub choices: Vec<ChosenJson>,
    /// What the book says of one unit without any choice; `null`: nothing is chosen, or the book says nothing.
    pub base_price: Option<MoneyJson>,
    /// Where it came from.
    pub price_source: PriceSourceJson,
    /// Tax in percent.
    pub tax_rate: String,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
    /// Free in the order's warehouse.
    pub available: QuantityJson,
    /// What may be offered in its place where there is not enough of it, best first.
    pub substitutes: Vec<SubstituteJson>,
    /// When the whole quantity can be there: today, or after the product's lead time; none where it has none.
    pub earliest: Option<String>,
}

/// A product that may be offered in the place of another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Substitute)]
pub struct SubstituteJson {
    /// What.
    pub product: Coded,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// Free in the order's warehouse.
    pub available: QuantityJson,
}

impl SubstituteJson {
    fn of((product, available): &(domain::Product, domain::Quantity)) -> Self {
        SubstituteJson {
            product: Coded { id: product.id.to_string(), code: product.code.clone(), name: product.name.clone() },
            spec: product.spec.clone(),
            unit: product.unit.clone(),
            available: QuantityJson::of(*available, &product.unit),
        }
    }
}

/// Totals as they would be.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderTotals)]
pub struct TotalsJson {
    /// Sum of the lines.
    pub goods: MoneyJson,
    /// Freight.
    pub freight: MoneyJson,
    /// Discount.
    pub discount: MoneyJson,
    /// Further charges and allowances, with what they come to.
    pub charges: Vec<ChargeJson>,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// What the customer would pay.
    pub payable: MoneyJson,
    /// What would be asked for in advance.
    pub deposit: MoneyJson,
    /// What the order's currency is worth in the company's; `null` where it is the company's own, or not known.
    pub exchange_rate: Option<String>,
    /// Payable in the company's currency; `null` as the rate.
    pub books_payable: Option<MoneyJson>,
}

/// What is checked.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct CheckParams {
    /// Id of the draft that is edited, whose quotation holds prices.
    pub order: Option<String>,
}

/// An order as it would be.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CheckedOrder)]
pub struct CheckedJson {
    /// Its lines, as far as their products are known.
    pub lines: Vec<CheckedLineJson>,
    /// Its totals, where the customer is known.
    pub totals: Option<TotalsJson>,
    /// What the customer owes already.
    pub credit: Option<CreditJson>,
    /// The contract it would be placed under, and where it departs from that.
    pub contract: Option<OrderContractJson>,
    /// Where none is named: the only contract in force with the customer.
    pub proposed_contract: Option<ProposedJson>,
    /// Everything that stands in the way of submission.
    pub errors: Vec<ProblemField>,
}

/// Prices, totals, availability, credit and everything that stands in the way of submission; changes nothing.
#[utoipa::path(post, path = "/orders/check", tag = "orders", operation_id = "check_order", params(CheckParams), request_body = OrderInputJson,
    responses((status = 200, body = CheckedJson), (status = "default", body = Problem)))]
pub(super) async fn check(
    State(web): State<Web>,
    by: By,
    Params(params): Params<CheckParams>,
    body: Body<OrderInputJson>,
) -> Result<Json<CheckedJson>, Error> {
    let mut fields = Fields::new();
    let mut sent = body.input;
    // A line that is still being typed has no quantity yet; it is priced as one.
    sent.lines
        .iter_mut()
        .filter(|line| line.quantity.value().is_empty())
        .for_each(|line| line.quantity = crate::value::QuantityInput::Plain("1".into()));
    let input = sent.read(&mut fields, "");
    let draft = fields.optional_id::<domain::OrderId>("/order", params.order.as_deref());
    let unread = fields.take_errors();
    let actor = by.actor.clone();
    let checked = web.app.store.write(by.company_id, move |work| use_case::check(work, &actor, &input, draft)).await?;
    let company = customer::company(&web, &by).await?;
    let (today, books) = (company.date_of(web.now()), company.currency);
    let currency = checked.order.as_ref().map_or(Currency::CNY, |order| order.currency);
    let mut errors: Vec<ProblemField> = unread.iter().map(|error| ProblemField::of(error, by.language)).collect();
    errors.extend(checked.errors.iter().map(|error| ProblemField::of(error, by.language)));
    Ok(Json(CheckedJson {
        lines: lines(&checked, currency, today, by.language),
        totals: checked.order.as_ref().map(|order| totals(order, currency, books, by.language)),
        credit: checked.account.as_ref().map(|account| CreditJson::of(account, currency)),
        contract: contract(&checked, by.language),
        proposed_contract: checked.proposed.as_ref().map(ProposedJson::of),
        errors,
    }))
}

fn contract(checked: &use_case::Checked, language: Language) -> Option<OrderContractJson> {
    let (agreed, order) = (checked.contract.as_ref()?, checked.order.as_ref()?);
    Some(OrderContractJson::of(agreed, order, &checked.differences, language))
}

type Facts<'a> = ((&'a domain::OrderLine, &'a domain::Quantity), (&'a i64, &'a Vec<(domain::Product, domain::Quantity)>));

fn lines(checked: &use_case::Checked, currency: Currency, today: Date, language: Language) -> Vec<CheckedLineJson> {
    let facts = checked.lines.iter().zip(&checked.available).zip(checked.lead_days.iter().zip(&checked.substitutes));
    let line = |((line, available), (lead, offered)): Facts<'_>| CheckedLineJson {
        substitutes: offered.iter().map(SubstituteJson::of).collect(),
        line_no: line.line_no,
        product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity: QuantityJson::of(line.quantity_micro, &line.unit),
        unit_price: MoneyJson::price(line.unit_price_micro, currency),
        sold: line.sold.as_ref().map(|sold| SoldJson::of(sold, currency)),
        choices: ChosenJson::all(&line.configuration, currency),
        base_price: line.configuration.base.map(|price| MoneyJson::price(price, currency)),
        price_source: PriceSourceJson {
            kind: line.price_source.into(),
            book_price: line.book_price_micro.map(|p| MoneyJson::price(p, currency)),
            rule: rule(line, checked.contract.as_ref(), language).or_else(|| line.shown_rule(language)),
            last_price: line.last_price_micro.map(|p| MoneyJson::price(p, currency)),
            last_price_on: line.last_price_on.map(|day| day.to_string()),
            book_deviation: line.deviation().from_book.map(shown_percent),
            last_deviation: line.deviation().from_last.map(shown_percent),
        },
        tax_rate: line.tax_rate.decimal(),
        net: MoneyJson::of(line.net_minor, currency),
        tax: MoneyJson::of(line.tax_minor, currency),
        gross: MoneyJson::of(line.gross_minor, currency),
        available: QuantityJson::of(*available, &line.unit),
        earliest: if *available >= line.quantity_micro {
            Some(today.to_string())
        } else {
            (*lead > 0).then(|| today.plus_days(*lead).to_string())
        },
    };
    facts.map(line).collect()
}

fn totals(order: &domain::Order, currency: Currency, books: Currency, language: Language) -> TotalsJson {
    let money = |amount| MoneyJson::of(amount, currency);
    TotalsJson {
        goods: money(order.goods_minor),
        freight: money(order.freight_minor),
        discount: money(order.discount_minor),
        charges: ChargeJson::all(&order.charges, currency, language),
        net: money(order.net_minor),
        tax: money(order.tax_minor),
        payable: money(order.payable_minor),
        deposit: money(order.deposit_minor),
        exchange_rate: order.exchange_rate_nano.map(domain::Conversion::decimal),
        books_payable: super::amounts::books_payable(order, books),
    }
}
