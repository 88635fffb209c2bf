//! What about an order somebody should look at before approving it with others.

use crate::codes::{SalesCategory, codes};
use crate::rules::fact::Facts;
use crate::rules::value::ONE;

codes! {
    /// Something that makes an order risky.
    Risk in "risk" {
        /// A price below the book's, or typed without a book.
        PriceDeviates = "price_deviates",
        /// A discount above ten percent.
        LargeDiscount = "large_discount",
        /// The customer is known for less than thirty days.
        NewCustomer = "new_customer",
        /// It would use more than nine tenths of the credit limit.
        CreditTight = "credit_tight",
        /// In another currency than the books, or abroad.
        Foreign = "foreign",
        /// Required within two days.
        Urgent = "urgent",
        /// With special requirements.
        Special = "special",
        /// A margin below ten percent, a line below its cost or its floor price, or goods given away; only for who may know costs.
        LowMargin = "low_margin",
        /// Goods are missing.
        Short = "short",
    }
}

/// What is risky about an order (KPI-06 in its simplest form: yes or no, with the reason).
///
/// Source: APR-03, APR-04
pub fn risks(facts: &Facts<'_>) -> Vec<Risk> {
    let order = facts.order;
    let off = facts.lines.below_book.max(facts.lines.above_book).max(facts.lines.price_deviation) > 0 || facts.lines.manual_prices > 0;
    let order_discount = i128::from(order.discount_minor.minor()) * 10 > i128::from(order.goods_minor.minor());
    let new = facts.customer.is_some_and(|c| facts.now.micros() - c.created_at.micros() < 30 * 86_400_000_000);
    let tight = facts.account.is_some_and(|account| {
        let after = i128::from((account.exposure() + order.payable_minor).minor());
        account.limit().is_some_and(|limit| after * 10 > i128::from(limit.minor()) * 9)
    });
    let urgent = order.required_on.is_some_and(|on| facts.today.days_until(on) <= 2);
    let all = [
        (off, Risk::PriceDeviates),
        (facts.lines.max_discount > 10 * ONE || order_discount, Risk::LargeDiscount),
        (new, Risk::NewCustomer),
        (tight, Risk::CreditTight),
        (order.currency != facts.books || order.category == SalesCategory::Export, Risk::Foreign),
        (urgent, Risk::Urgent),
        (!order.special_requirements.is_empty(), Risk::Special),
        (
            facts.shows_costs && (facts.margin.is_some_and(|margin| margin.is_low()) || facts.below_floor.is_some_and(|count| count > 0)),
            Risk::LowMargin,
        ),
        (facts.lines.short > 0, Risk::Short),
    ];
    all.into_iter().filter_map(|(holds, risk)| holds.then_some(risk)).collect()
}
