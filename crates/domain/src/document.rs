//! Documents: what is made from an order and its papers, printed or sent, and kept as it was (CNF-01, INT-11, QUO-01).

use crate::codes::codes;
use crate::date::Date;
use crate::id::{CustomerId, DocumentId, OrderId, UserId};
use crate::instant::Instant;
use crate::language::Language;
use crate::order::{Order, OrderLine, OrderStatus};
use crate::quotation::{Quotation, QuotationStatus};
use crate::refusal::rejections;

rejections! {
    /// Why a document is not made.
    DocumentRejection {
        /// This kind is made of something else: an invoice sheet of an invoice.
        OtherSubject => Invalid "document.other_subject",
        NoLines => Conflict "document.no_lines",
        /// A quotation goes out once it is approved.
        NotApproved => Conflict "document.not_approved",
        /// It speaks of an order that both sides count on, and this one is not in force.
        NotEffective => Conflict "document.not_effective",
        /// The order came to nothing.
        OrderEnded => Conflict "document.order_ended",
        NothingInAdvance => Conflict "document.nothing_in_advance",
        NothingOpen => Conflict "document.nothing_open",
        NothingToPick => Conflict "document.nothing_to_pick",
        PeriodBackwards => Invalid "document.period_backwards",
        PeriodTooLong { days: i64 } => Invalid "document.period_too_long",
        /// No font with Chinese characters is installed on the server.
        NoChineseFont => Conflict "document.no_chinese_font",
        /// The company's own template does not work.
        BrokenTemplate { line: i64, column: i64, what: String } => Conflict "document.broken_template",
        TooLarge => Conflict "document.too_large",
        Busy => Conflict "document.busy",
        TemplateTooLong { max_kib: i64 } => Invalid "document.template_too_long",
        TemplateEmpty => Invalid "document.template_empty",
        TemplateUnchanged => Conflict "document.template_unchanged",
        WrongPicture => Invalid "document.wrong_picture",
    }
}

codes! {
    /// What a document is.
    DocumentKind in "document.kind" {
        /// 报价单.
        Quotation = "quotation",
        /// 标准订单: every field of the order (INT-11).
        OrderForm = "order_form",
        /// 销售订单确认书, to be signed and sent back (CNF-01).
        OrderConfirmation = "order_confirmation",
        /// 预付款通知书 (CRD-03).
        DepositRequest = "deposit_request",
        /// 生产指令单: what the order says to those who make the goods.
        ProductionOrder = "production_order",
        /// 拣货单.
        PickList = "pick_list",
        /// 销售发货单 (SHP-02).
        DeliveryNote = "delivery_note",
        /// 发货告知书 (SHP-02).
        ShippingAdvice = "shipping_advice",
        /// 余款催收通知书 (BIL-04).
        BalanceNotice = "balance_notice",
        /// 结算单, what is billed; not the tax invoice itself.
        Invoice = "invoice",
        /// 对账单 (BIL-05).
        Statement = "statement",
    }
}

codes! {
    /// What a document is made of.
    DocumentSubject in "document.subject" {
        Order = "order",
        Quotation = "quotation",
        Shipment = "shipment",
        Invoice = "invoice",
        Customer = "customer",
    }
}

/// The longest template, in bytes.
pub const TEMPLATE_MAX: usize = 128 * 1024;

/// The longest period of a statement.
pub const STATEMENT_MAX_DAYS: i64 = 1_100;

impl DocumentKind {
    /// What it is made of.
    pub const fn subject(self) -> DocumentSubject {
        match self {
            Self::Quotation => DocumentSubject::Quotation,
            Self::OrderForm
            | Self::OrderConfirmation
            | Self::DepositRequest
            | Self::ProductionOrder
            | Self::PickList
            | Self::BalanceNotice => DocumentSubject::Order,
            Self::DeliveryNote | Self::ShippingAdvice => DocumentSubject::Shipment,
            Self::Invoice => DocumentSubject::Invoice,
            Self::Statement => DocumentSubject::Customer,
        }
    }

    /// Whether this can be made of an order as it is.
    ///
    /// # Errors
    /// `other_subject` for kinds that are made of something else, `no_lines`; else what the order lacks for it.
    ///
    /// Source: CNF-01, CRD-03, BIL-04
    pub fn check_order(self, order: &Order, lines: &[OrderLine]) -> Result<(), DocumentRejection> {
        if self.subject() != DocumentSubject::Order {
            return Err(DocumentRejection::OtherSubject);
        }
        if lines.is_empty() {
            return Err(DocumentRejection::NoLines);
        }
        let ended = matches!(order.status, OrderStatus::Rejected | OrderStatus::Void | OrderStatus::Cancelled);
        let in_force = matches!(order.status, OrderStatus::Effective | OrderStatus::Closed);
        match self {
            Self::OrderForm => Ok(()),
            Self::DepositRequest if ended => Err(DocumentRejection::OrderEnded),
            Self::DepositRequest if order.prepayment().is_none_or(|asked| !asked.open.is_positive()) => {
                Err(DocumentRejection::NothingInAdvance)
            }
            Self::DepositRequest => Ok(()),
            // It is what makes the order take effect where the customer signs.
            Self::OrderConfirmation if matches!(order.status, OrderStatus::Approved | OrderStatus::AwaitingSignature) => Ok(()),
            _ if !in_force => Err(DocumentRejection::NotEffective),
            Self::BalanceNotice if !order.open().is_positive() => Err(DocumentRejection::NothingOpen),
            Self::PickList if lines.iter().all(|line| !line.open_to_ship().is_positive()) => Err(DocumentRejection::NothingToPick),
            _ => Ok(()),
        }
    }
}

/// Whether a quotation can be printed: once it is approved, until it is lost, taken back or superseded.
///
/// # Errors
/// `no_lines`, `not_approved`.
///
/// Source: QUO-01
pub fn check_quotation(quotation: &Quotation) -> Result<(), DocumentRejection> {
    if quotation.line_count == 0 {
        return Err(DocumentRejection::NoLines);
    }
    match quotation.status {
        QuotationStatus::Approved | QuotationStatus::Sent | QuotationStatus::Won => Ok(()),
        _ => Err(DocumentRejection::NotApproved),
    }
}

/// Whether a statement may cover these days, both included.
///
/// # Errors
/// `period_backwards`, `period_too_long`.
pub fn check_period(from: Date, to: Date) -> Result<(), DocumentRejection> {
    match from.days_until(to) {
        days if days < 0 => Err(DocumentRejection::PeriodBackwards),
        days if days > STATEMENT_MAX_DAYS => Err(DocumentRejection::PeriodTooLong { days: STATEMENT_MAX_DAYS }),
        _ => Ok(()),
    }
}

/// A document that was made; its content is found by hash and never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Key.
    pub id: DocumentId,
    /// Order it belongs to.
    pub order_id: Option<OrderId>,
    /// Customer it is for.
    pub customer_id: Option<CustomerId>,
    /// What it is made of.
    pub subject_kind: DocumentSubject,
    /// Id of that.
    pub subject_id: i64,
    /// Number of that, as it was.
    pub subject_number: String,
    /// What it is.
    pub kind: DocumentKind,
    /// In which language.
    pub language: Language,
    /// How many of this kind were made of the same before, plus one.
    pub sequence: i64,
    /// Version of the company's own template; 0: the one that comes with the product.
    pub template_no: i64,
    /// Whether it is PDF/A.
    pub archival: bool,
    /// Pages.
    pub pages: i64,
    /// Bytes.
    pub size: i64,
    /// Hex SHA-256 of its content.
    pub sha256: String,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Instant,
}

impl Document {
    /// Whether it is one for this customer, and not for the company's own people.
    pub fn is_seen_by(&self, customer: CustomerId) -> bool {
        let is_inside = matches!(self.kind, DocumentKind::ProductionOrder | DocumentKind::PickList);
        self.customer_id == Some(customer) && !is_inside
    }

    /// The name of its file: `SO2026000123-order_confirmation-1.pdf`.
    pub fn filename(&self) -> String {
        let number = if self.subject_number.is_empty() { self.id.to_string() } else { self.subject_number.clone() };
        format!("{number}-{}-{}.pdf", self.kind, self.sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Settlement;
    use crate::money::Money;

    #[test]
    fn each_kind_asks_for_what_it_speaks_of() {
        let (draft, rows) = crate::sample::draft(&[("2", "50.00")]);
        let lines: Vec<OrderLine> = rows.into_iter().map(|line| *line).collect();
        let mut effective = draft.clone();
        effective.status = OrderStatus::Effective;
        let check = |kind: DocumentKind, order: &Order, expected: Result<(), DocumentRejection>| {
            assert_eq!(kind.check_order(order, &lines), expected, "{kind}");
        };
        check(DocumentKind::OrderForm, &draft, Ok(()));
        check(DocumentKind::Quotation, &draft, Err(DocumentRejection::OtherSubject));
        check(DocumentKind::OrderConfirmation, &draft, Err(DocumentRejection::NotEffective));
        check(DocumentKind::OrderConfirmation, &effective, Ok(()));
        let approved = Order { status: OrderStatus::Approved, ..draft.clone() };
        check(DocumentKind::OrderConfirmation, &approved, Ok(()));
        check(DocumentKind::DeliveryNote, &approved, Err(DocumentRejection::OtherSubject));
        check(DocumentKind::ProductionOrder, &approved, Err(DocumentRejection::NotEffective));
        check(DocumentKind::ProductionOrder, &draft, Err(DocumentRejection::NotEffective));
        check(DocumentKind::Invoice, &effective, Err(DocumentRejection::OtherSubject));
        check(DocumentKind::Statement, &effective, Err(DocumentRejection::OtherSubject));
        check(DocumentKind::BalanceNotice, &effective, Ok(()));
        effective.paid_minor = effective.payable_minor;
        check(DocumentKind::BalanceNotice, &effective, Err(DocumentRejection::NothingOpen));
        check(DocumentKind::DepositRequest, &effective, Err(DocumentRejection::NothingInAdvance));
        effective.paid_minor = Money::ZERO;
        effective.settlement = Settlement::PaymentFirst;
        check(DocumentKind::DepositRequest, &effective, Ok(()));
        effective.status = OrderStatus::Cancelled;
        check(DocumentKind::DepositRequest, &effective, Err(DocumentRejection::OrderEnded));
        assert_eq!(DocumentKind::OrderForm.check_order(&effective, &[]), Err(DocumentRejection::NoLines));
    }

    #[test]
    fn a_statement_covers_days_in_order() {
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(check_period(day("2026-01-01"), day("2026-01-31")), Ok(()));
        assert_eq!(check_period(day("2026-02-01"), day("2026-01-31")), Err(DocumentRejection::PeriodBackwards));
        assert!(check_period(day("2020-02-01"), day("2026-01-31")).is_err());
    }
}
