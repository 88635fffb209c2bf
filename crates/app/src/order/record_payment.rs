//! Money that came for an order.

use domain::{
    Act, Actor, Company, Conversion, Date, ExchangeRateRejection, Numbered, Order, OrderId, PaymentInput, PaymentMethod, PaymentRejection,
    Refusal, UnitPrice, Verb, Version,
};
use store::rows::OrderLines;
use store::{Outcome, UnitOfWork};

use super::{OrderState, draft, gate, input, load, settle};
use crate::{exchange_rate, number};

/// Money that came.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// Received, exact; the currency is the order's.
    pub amount: UnitPrice,
    /// The currency that was sent beside the amount, if any.
    pub currency: Option<String>,
    /// How it came.
    pub method: PaymentMethod,
    /// Day it came; today where left out.
    pub paid_on: Option<Date>,
    /// What the order's currency was worth in the company's; the rate of that day where left out.
    pub exchange_rate: Option<Conversion>,
    /// Bank reference.
    pub reference: String,
    /// Note.
    pub note: String,
}

/// Records a payment and gives it to the open invoices, the oldest first.
///
/// # Errors
/// `NotPayable`, `NothingToPay`; `stale`; `invalid` for an amount above what is open.
///
/// Source: BIL-02, BIL-03
pub fn record_payment(work: &mut UnitOfWork, by: &Actor, id: OrderId, version: Option<Version>, said: &Receipt) -> Outcome<OrderState> {
    by.may(Act::RecordPayment)?;
    work.want_of::<OrderLines>([id]);
    work.want::<Company>([work.company()]);
    let mut order = load::order(work, id, version)?;
    let company = work.get::<Company>(work.company())?;
    let today = draft::today(work, &company);
    order.check_payment()?;
    let paid_on = said.paid_on.unwrap_or(today);
    if order.currency != company.currency {
        exchange_rate::want(work, order.currency, paid_on);
    }
    if said.method == PaymentMethod::Rebate {
        return Err(Refusal::field("/method", PaymentRejection::RebateByHand).into());
    }
    let lines = work.of::<OrderLines>(id)?;
    gate::pass(work, &order, &lines, Verb::RecordPayment)?;
    let amount = input::money(said.amount, order.currency, "/amount").map_err(|error| Refusal::invalid(vec![error]))?;
    own_currency(&order, said)?;
    let exchange_rate = rate(work, &order, &company, paid_on, said.exchange_rate)?;
    let number = number::draw(work, Numbered::Payment, &company, today)?;
    let (id, method, reference, note) = (work.id(), said.method, said.reference.as_str(), said.note.as_str());
    let input = PaymentInput { id, number: &number, amount, method, paid_on, exchange_rate, reference, note };

    let (payment, settled) = order.record_payment(&input, by, work.now(), today)?;

    load::count(work, &order, settled.account, false)?;
    let made = work.add(payment);
    work.record(by, settled.event);
    settle::settle(work, &mut order)?;
    work.save(&mut order);
    Ok(OrderState::of(&order).with("payment", made.id, &made.number))
}

/// Money is in the order's currency.
///
/// # Errors
/// `invalid` where another was sent.
pub(super) fn own_currency(order: &Order, said: &Receipt) -> Result<(), Refusal> {
    if said.currency.as_deref().is_some_and(|sent| sent != order.currency.as_str()) {
        let rule = domain::FieldRule::WrongCurrency { currency: order.currency.as_str().to_owned() };
        return Err(Refusal::field("/amount", rule));
    }
    Ok(())
}

/// What the order's currency was worth on the day: as it was said, else by the company's rates.
pub(super) fn rate(
    work: &mut UnitOfWork,
    order: &Order,
    company: &Company,
    on: Date,
    said: Option<Conversion>,
) -> Outcome<Option<Conversion>> {
    let refused = |why: ExchangeRateRejection| -> store::Stop { Refusal::field("/exchange_rate", why).into() };
    match (order.currency == company.currency, said) {
        (true, Some(_)) => Err(refused(ExchangeRateRejection::OwnCurrency { currency: company.currency.as_str().to_owned() })),
        (false, Some(said)) if said.nano() <= 0 => Err(refused(ExchangeRateRejection::NotPositive)),
        (false, None) => exchange_rate::on(work, order.currency, on),
        (_, said) => Ok(said),
    }
}
