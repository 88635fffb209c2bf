//! The amounts of one order.

use domain::{Currency, Language};
use serde::Serialize;
use store::query::order::Page;
use utoipa::ToSchema;

use super::charge::ChargeJson;
use super::prepayment::PrepaymentJson;
use crate::value::MoneyJson;

/// What an order comes to, in its currency where nothing else is said.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs)]
pub struct OrderAmounts {
    pub goods: MoneyJson,
    pub freight: MoneyJson,
    pub discount: MoneyJson,
    /// Further charges and allowances.
    pub charges: Vec<ChargeJson>,
    /// Ids of promotions that are not wanted.
    pub declined_promotions: Vec<String>,
    pub net: MoneyJson,
    pub tax: MoneyJson,
    /// What the customer pays.
    pub payable: MoneyJson,
    /// Payable in the company's currency at the order's rate; `null` as the rate.
    pub books_payable: Option<MoneyJson>,
    /// What is asked for in advance.
    pub deposit: MoneyJson,
    /// Of it, what has come.
    pub deposit_received: MoneyJson,
    /// Of it, what has not come yet.
    pub deposit_due: MoneyJson,
    /// The request for money in advance; `null`: nothing is asked for.
    pub prepayment: Option<PrepaymentJson>,
    pub billed: MoneyJson,
    pub paid: MoneyJson,
    /// What is not paid yet.
    pub open: MoneyJson,
    /// What was paid above what is owed, and is to be paid back.
    pub refund_due: MoneyJson,
    /// Payable in capital characters, as Chinese documents write it.
    pub payable_capital: Option<String>,
}

impl OrderAmounts {
    /// Of the order of a page.
    pub(super) fn of(page: &Page, language: Language) -> Self {
        let order = &page.order;
        let money = |amount: domain::Money| MoneyJson::of(amount, order.currency);
        OrderAmounts {
            goods: money(order.goods_minor),
            freight: money(order.freight_minor),
            discount: money(order.discount_minor),
            charges: ChargeJson::all(&order.charges, order.currency, language),
            declined_promotions: order.promotions_declined.iter().map(ToString::to_string).collect(),
            net: money(order.net_minor),
            tax: money(order.tax_minor),
            payable: money(order.payable_minor),
            books_payable: books_payable(order, page.books),
            deposit: money(order.deposit_minor),
            deposit_received: money(order.deposit_received()),
            deposit_due: money(order.deposit_due()),
            prepayment: PrepaymentJson::of(order),
            billed: money(order.billed_minor),
            paid: money(order.paid_minor),
            open: money(order.open()),
            refund_due: money(order.refund_due()),
            payable_capital: domain::capital(order.payable_minor, order.currency),
        }
    }
}

/// Payable in the company's currency, for an order in another one.
pub(crate) fn books_payable(order: &domain::Order, books: Currency) -> Option<MoneyJson> {
    let foreign = order.currency != books;
    order.in_books(order.payable_minor, books).filter(|_| foreign).map(|amount| MoneyJson::of(amount, books))
}
