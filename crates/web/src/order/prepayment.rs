//! What is asked for in advance, as it stands on the request that is printed (CRD-03).

use domain::{Order, Prepayment, capital};
use serde::Serialize;
use utoipa::ToSchema;

use crate::value::MoneyJson;

/// A request for money in advance.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Prepayment)]
pub struct PrepaymentJson {
    /// Its share of what the customer pays, in percent.
    pub share: String,
    /// What is asked for.
    pub asked: MoneyJson,
    /// The same in capital characters, as Chinese documents write it; of renminbi only.
    pub asked_capital: Option<String>,
    /// Of it, what has arrived.
    pub received: MoneyJson,
    /// Of it, what has not.
    pub open: MoneyJson,
    /// By when; `null`: before the goods leave.
    pub due_on: Option<String>,
}

impl PrepaymentJson {
    /// Of an order that asks for something in advance.
    pub fn of(order: &Order) -> Option<Self> {
        let Prepayment { share, asked, received, open, due_on } = order.prepayment()?;
        let money = |amount| MoneyJson::of(amount, order.currency);
        Some(PrepaymentJson {
            share: share.decimal(),
            asked: money(asked),
            asked_capital: capital(asked, order.currency),
            received: money(received),
            open: money(open),
            due_on: due_on.map(|date| date.to_string()),
        })
    }
}
