//! Why an order refuses.

use crate::currency::Currency;
use crate::date::Date;
use crate::money::Money;
use crate::order::OrderStatus;
use crate::quantity::Quantity;
use crate::refusal::{Detail, rejections};

rejections! {
    /// Why an order refuses a step.
    OrderRejection {
        NotDraft { status: OrderStatus } => Conflict "order.not_draft",
        NotSubmitted { status: OrderStatus } => Conflict "order.not_submitted",
        /// Neither submitted nor reviewed.
        NotUnderReview { status: OrderStatus } => Conflict "order.not_under_review",
        NotReviewed { status: OrderStatus } => Conflict "order.not_reviewed",
        NotApproved { status: OrderStatus } => Conflict "order.not_approved",
        /// A confirmation is sent of an order that is approved and not closed.
        NotToConfirm { status: OrderStatus } => Conflict "order.not_to_confirm",
        NotAwaitingSignature { status: OrderStatus } => Conflict "order.not_awaiting_signature",
        /// No confirmation is with the customer.
        NoConfirmation => Conflict "order.no_confirmation",
        AlreadySigned => Conflict "order.already_signed",
        /// Once effective, an order is cancelled, not voided.
        NotVoidable { status: OrderStatus } => Conflict "order.not_voidable",
        NotOpen { status: OrderStatus } => Conflict "order.not_open",
        NotEffective { status: OrderStatus } => Conflict "order.not_effective",
        NotClosed { status: OrderStatus } => Conflict "order.not_closed",
        /// Money is taken from submission until the order ends.
        NotPayable { status: OrderStatus } => Conflict "order.not_payable",
        Held { reason: String } => Conflict "order.held",
        /// It rests until a question is answered or taken back (CHG-05).
        QuestionOpen { question: String } => Conflict "order.question_open",
        /// The question is answered or taken back already.
        QuestionSettled => Conflict "order.question_settled",
        AlreadyHeld => Conflict "order.already_held",
        NotHeld => Conflict "order.not_held",
        /// Who entered an order does not review it (APR-01).
        SamePerson => Denied "order.same_person",
        /// Who entered an order does not approve it (APR-03).
        OwnOrder => Denied "order.own_order",
        /// Nobody approves an order twice (APR-03).
        ApprovedBefore => Denied "order.approved_before",
        /// The next step is another role's (APR-03).
        NotYourStep { role: Detail } => Denied "order.not_your_step",
        NoStepOpen => Conflict "order.no_step_open",
        NothingToReserve => Conflict "order.nothing_to_reserve",
        NothingToShip => Conflict "order.nothing_to_ship",
        NothingToDeliver => Conflict "order.nothing_to_deliver",
        NothingToInvoice => Conflict "order.nothing_to_invoice",
        /// Money is paid back of orders that are effective or cancelled.
        NotRefundable { status: OrderStatus } => Conflict "order.not_refundable",
        NothingToRefund => Conflict "order.nothing_to_refund",
        NothingToPay => Conflict "order.nothing_to_pay",
        /// Every line is complete: nothing can be closed short (CHG-05).
        NothingOpen => Conflict "order.nothing_open",
        /// An order of which nothing is supplied is cancelled, not closed short.
        NothingLeft => Conflict "order.nothing_left",
        BelowDiscount { discount: (Money, Currency) } => Conflict "order.below_discount",
        BelowBilled { payable: (Money, Currency), billed: (Money, Currency) } => Conflict "order.below_billed",
        /// A follow-up begins with full delivery.
        NoFollowUp => Conflict "order.no_follow_up",
        FollowUpDone => Conflict "order.follow_up_done",
    }
}

rejections! {
    /// What is wrong with the content of an order (APR-02).
    OrderRule {
        NoLines => Invalid "order.no_lines",
        DiscountAboveGoods { goods: (Money, Currency) } => Invalid "order.discount_above_goods",
        /// A charge is an amount, or a share of the goods.
        AmountAndPercent => Invalid "order.amount_and_percent",
        /// Allowances that take more off than goods, freight and charges come to.
        AllowancesAboveGoods { goods: (Money, Currency) } => Invalid "order.allowances_above_goods",
        AmountTooLarge => Invalid "order.amount_too_large",
        Arithmetic { expected: (Money, Currency) } => Invalid "order.arithmetic",
        PaidAbovePayable { paid: (Money, Currency) } => Invalid "order.paid_above_payable",
        /// Money that was taken stays with who paid it.
        PaidByAnother { paid: (Money, Currency) } => Invalid "order.paid_by_another",
        /// Items of the checklist that are not ticked (APR-01).
        ChecklistOpen { count: i64 } => Invalid "order.checklist_open",
        /// Not at this point of the checklist.
        ChecklistUnknown => Invalid "order.checklist_unknown",
        /// There is no rate of its currency for its date (PRC-07).
        NoExchangeRate { currency: String, date: Date } => Invalid "order.no_exchange_rate",
        RequiredBeforeOrdered { ordered_on: Date } => Invalid "order.required_before_ordered",
        UnknownLine { line_no: i64 } => Invalid "line.unknown",
        RepeatedLine { line_no: i64 } => Invalid "line.repeated",
        NoPrice => Invalid "line.no_price",
        /// The price is typed away from the book or the last one, and nobody says why (PRC-02).
        NoPriceReason { percent: String } => Invalid "line.no_price_reason",
        /// Free goods, and nobody says why (PRC-03).
        NoFreeReason => Invalid "line.no_free_reason",
        /// Above what is ordered and its tolerance.
        AboveShippable { most: (Quantity, String) } => Invalid "line.above_shippable",
        /// More than the order has reserved and the warehouse has free.
        NotInStock { free: (Quantity, String) } => Invalid "line.not_in_stock",
        /// So much of this lot may not leave: it is not free, or it is over.
        LotNotThere { lot: String, free: (Quantity, String) } => Invalid "line.lot_not_there",
        /// The line is complete: nothing of it can be closed short.
        NothingOpen { line_no: i64 } => Invalid "line.nothing_open",
        AboveUnbilled { most: (Quantity, String) } => Invalid "line.above_unbilled",
        /// Accepted and refused must come to what was shipped.
        NotAllCounted { shipped: (Quantity, String) } => Invalid "line.not_all_counted",
        /// More than was paid above what is owed.
        AboveRefundDue { due: (Money, Currency) } => Invalid "payment.above_refund_due",
        /// Cancelling costs no more than the rules say.
        AboveCost { most: (Money, Currency) } => Invalid "order.above_cost",
        AboveOpen { open: (Money, Currency) } => Invalid "payment.above_open",
    }
}
