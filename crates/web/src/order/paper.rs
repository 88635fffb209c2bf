//! The papers of an order: approvals, delivery notes, invoices, payments, follow-ups, files.

use std::collections::BTreeMap;

use domain::{
    Approval, Attachment, Conversion, Currency, FollowUp, Invoice, InvoiceLine, Language, Payment, Shipment, ShipmentLine, UserId,
    Warehouse,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::charge::ChargeJson;
use crate::value::{
    AttachmentKindCode, CodeOf, Coded, DecisionCode, FollowUpStatusCode, InvoiceKindCode, InvoiceStatusCode, MoneyJson, Named, Numbered,
    PaymentMethodCode, QuantityJson, ShipmentStatusCode,
};

/// Names of users.
pub type Names = BTreeMap<UserId, String>;

fn named(id: UserId, names: &Names) -> Named {
    Named { id: id.to_string(), name: names.get(&id).cloned().unwrap_or_default() }
}

/// A step of approval.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Approval)]
pub struct ApprovalJson {
    /// Round; raised by each review.
    pub round: i64,
    /// Step, from 1.
    pub step: i64,
    /// Stage; signatures of one stage are given side by side.
    pub stage: i64,
    /// The rule that asks for it.
    pub rule: String,
    /// Name of the rule.
    pub rule_name: String,
    /// Roles any of which decides, with commas between.
    pub role: String,
    /// Names of the roles.
    pub role_name: String,
    /// In whose place, where somebody stood in.
    pub stands_in_for: Option<Named>,
    /// What was decided.
    pub decision: Option<DecisionCode>,
    /// By whom.
    pub by: Option<Named>,
    /// When.
    pub at: Option<String>,
    /// What the approver wrote.
    pub note: String,
}

impl ApprovalJson {
    /// A step for people.
    pub fn of(step: &Approval, rules: &domain::Blueprint, names: &Names, language: Language) -> Self {
        let rule = rules.approvals.iter().find(|rule| rule.code == step.rule).map(|rule| rule.name.of(language).to_owned());
        ApprovalJson {
            round: step.round,
            step: step.step,
            role: step.role.clone(),
            stage: step.stage,
            rule_name: rule.unwrap_or_default(),
            rule: step.rule.clone(),
            role_name: domain::roles_detail(&step.role).shown(language),
            stands_in_for: step.decided_for.map(|id| named(id, names)),
            decision: step.decision.map(CodeOf::from),
            by: step.decided_by.map(|id| named(id, names)),
            at: step.decided_at.map(|at| at.to_string()),
            note: step.note.clone(),
        }
    }
}

/// A file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OrderAttachment)]
pub struct AttachmentJson {
    /// Its id.
    pub id: String,
    /// Its name.
    pub filename: String,
    /// Its media type.
    pub mime: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its SHA-256.
    pub sha256: String,
    /// What it is.
    pub kind: AttachmentKindCode,
    /// Kind of what it belongs to.
    pub subject_kind: String,
    /// When it was added.
    pub created_at: String,
    /// By whom.
    pub by: Named,
}

impl AttachmentJson {
    /// A file for people.
    pub fn of(file: &Attachment, names: &Names) -> Self {
        AttachmentJson {
            id: file.id.to_string(),
            filename: file.filename.clone(),
            mime: file.mime.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            kind: file.kind.into(),
            subject_kind: file.subject_kind.clone(),
            created_at: file.created_at.to_string(),
            by: named(file.created_by, names),
        }
    }
}

/// A line of a delivery note.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ShipmentLine)]
pub struct ShipmentLineJson {
    /// Number of the line.
    pub line_no: i64,
    /// Number of the order's line.
    pub order_line_no: i64,
    /// What.
    pub product: Coded,
    /// Its name.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// Shipped.
    pub quantity: QuantityJson,
    /// Accepted by the customer.
    pub accepted: QuantityJson,
    /// Refused by the customer.
    pub refused: QuantityJson,
}

/// A delivery note.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Shipment)]
pub struct ShipmentJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// How far it is.
    pub status: ShipmentStatusCode,
    /// Of which order.
    pub order: Numbered,
    /// To whom.
    pub customer: Named,
    /// From where.
    pub warehouse: Option<Coded>,
    /// Day of shipping.
    pub shipped_on: String,
    /// Carrier.
    pub carrier: String,
    /// Tracking number.
    pub tracking: String,
    /// Note for the way.
    pub note: String,
    /// Day it was signed for.
    pub delivered_on: Option<String>,
    /// Who signed.
    pub signer: String,
    /// What was written down at delivery.
    pub delivery_note: String,
    /// Who made it.
    pub by: Named,
    /// When it was made.
    pub created_at: String,
    /// Its lines.
    pub lines: Vec<ShipmentLineJson>,
    /// Its files.
    pub attachments: Vec<AttachmentJson>,
}

impl ShipmentJson {
    /// A delivery note for people.
    pub fn of(note: &Shipment, lines: &[ShipmentLine], warehouse: Option<&Warehouse>, files: &[Attachment], names: &Names) -> Self {
        let line = |line: &ShipmentLine| ShipmentLineJson {
            line_no: line.line_no,
            order_line_no: line.order_line_no,
            product: Coded { id: line.product_id.to_string(), code: line.product_code.clone(), name: line.name.clone() },
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity: QuantityJson::of(line.quantity_micro, &line.unit),
            accepted: QuantityJson::of(line.accepted_micro, &line.unit),
            refused: QuantityJson::of(line.refused_micro, &line.unit),
        };
        ShipmentJson {
            id: note.id.to_string(),
            version: note.version.raw(),
            number: note.number.clone(),
            status: note.status.into(),
            order: Numbered { id: note.order_id.to_string(), number: note.order_number.clone() },
            customer: Named { id: note.customer_id.to_string(), name: note.customer_name.clone() },
            warehouse: warehouse.map(|w| Coded { id: w.id.to_string(), code: w.code.clone(), name: w.name.clone() }),
            shipped_on: note.shipped_on.to_string(),
            carrier: note.carrier.clone(),
            tracking: note.tracking.clone(),
            note: note.note.clone(),
            delivered_on: note.delivered_on.map(|d| d.to_string()),
            signer: note.signer.clone(),
            delivery_note: note.closed_note.clone(),
            by: named(note.created_by, names),
            created_at: note.created_at.to_string(),
            lines: lines.iter().map(line).collect(),
            attachments: files.iter().filter(|f| f.subject_id == note.id.raw()).map(|f| AttachmentJson::of(f, names)).collect(),
        }
    }
}

/// A line of an invoice.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InvoiceLine)]
pub struct InvoiceLineJson {
    /// Number of the line.
    pub line_no: i64,
    /// Number of the order's line.
    pub order_line_no: i64,
    /// What.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub quantity: QuantityJson,
    /// Tax in percent.
    pub tax_rate: String,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// With tax.
    pub gross: MoneyJson,
}

/// An invoice.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Invoice)]
pub struct InvoiceJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// How far it is paid.
    pub status: InvoiceStatusCode,
    /// Kind.
    pub kind: InvoiceKindCode,
    /// Of which order.
    pub order: Numbered,
    /// To whom.
    pub customer: Named,
    /// Day of issue.
    pub issued_on: String,
    /// Last day to pay.
    pub due_on: String,
    /// Without tax.
    pub net: MoneyJson,
    /// Tax.
    pub tax: MoneyJson,
    /// What is to be paid.
    pub gross: MoneyJson,
    /// Freight in it.
    pub freight: MoneyJson,
    /// Share of the order discount in it.
    pub discount: MoneyJson,
    /// Charges and allowances in it.
    pub charges: Vec<ChargeJson>,
    /// What was paid.
    pub paid: MoneyJson,
    /// What is open.
    pub open: MoneyJson,
    /// Why it is void, or empty.
    pub void_reason: String,
    /// When it was made.
    pub created_at: String,
    /// Its lines.
    pub lines: Vec<InvoiceLineJson>,
}

impl InvoiceJson {
    /// An invoice for people.
    pub fn of(invoice: &Invoice, lines: &[InvoiceLine], currency: Currency, language: Language) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        let line = |line: &InvoiceLine| InvoiceLineJson {
            line_no: line.line_no,
            order_line_no: line.order_line_no,
            name: line.name.clone(),
            spec: line.spec.clone(),
            unit: line.unit.clone(),
            quantity: QuantityJson::of(line.quantity_micro, &line.unit),
            tax_rate: line.tax_rate.decimal(),
            net: money(line.net_minor),
            tax: money(line.tax_minor),
            gross: money(line.gross_minor),
        };
        InvoiceJson {
            id: invoice.id.to_string(),
            version: invoice.version.raw(),
            number: invoice.number.clone(),
            status: invoice.status.into(),
            kind: invoice.kind.into(),
            order: Numbered { id: invoice.order_id.to_string(), number: invoice.order_number.clone() },
            customer: Named { id: invoice.customer_id.to_string(), name: invoice.customer_name.clone() },
            issued_on: invoice.issued_on.to_string(),
            due_on: invoice.due_on.to_string(),
            net: money(invoice.net_minor),
            tax: money(invoice.tax_minor),
            gross: money(invoice.gross_minor),
            freight: money(invoice.freight_minor),
            discount: money(invoice.discount_minor),
            charges: ChargeJson::all(&invoice.charges, currency, language),
            paid: money(invoice.paid_minor),
            open: money(invoice.open()),
            void_reason: invoice.void_reason.clone(),
            created_at: invoice.created_at.to_string(),
            lines: lines.iter().map(line).collect(),
        }
    }
}

/// A payment.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Payment)]
pub struct PaymentJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// Its number.
    pub number: String,
    /// For which order.
    pub order: Numbered,
    /// From whom.
    pub customer: Named,
    /// How much.
    pub amount: MoneyJson,
    /// Of it, given to invoices.
    pub allocated: MoneyJson,
    /// How.
    pub method: PaymentMethodCode,
    /// When.
    pub paid_on: String,
    /// What one unit of its currency was worth in the company's on that day; not there where it is the company's own.
    pub exchange_rate: Option<String>,
    /// What it came to in the company's currency, at that rate.
    pub books_amount: Option<MoneyJson>,
    /// How much more (gain) or less (loss) that is than at the order's rate.
    pub exchange_difference: Option<MoneyJson>,
    /// Bank reference.
    pub reference: String,
    /// Note.
    pub note: String,
    /// Whether it was taken back.
    pub reversed: bool,
    /// Why, or empty.
    pub reverse_reason: String,
    /// When it was recorded.
    pub created_at: String,
}

impl PaymentJson {
    /// A payment for people.
    pub fn of(payment: &Payment, currency: Currency, agreed: Option<Conversion>, books: Currency) -> Self {
        let money = |amount| MoneyJson::of(amount, currency);
        let in_books = payment.exchange_rate_nano.and_then(|rate| rate.convert(payment.amount_minor, currency, books));
        let difference = payment.exchange_difference(agreed, currency, books);
        PaymentJson {
            id: payment.id.to_string(),
            version: payment.version.raw(),
            number: payment.number.clone(),
            order: Numbered { id: payment.order_id.to_string(), number: payment.order_number.clone() },
            customer: Named { id: payment.customer_id.to_string(), name: payment.customer_name.clone() },
            amount: money(payment.amount_minor),
            allocated: money(payment.allocated_minor),
            method: payment.method.into(),
            paid_on: payment.paid_on.to_string(),
            exchange_rate: payment.exchange_rate_nano.map(|rate| rate.decimal()),
            books_amount: in_books.map(|amount| MoneyJson::of(amount, books)),
            exchange_difference: difference.map(|amount| MoneyJson::of(amount, books)),
            reference: payment.reference.clone(),
            note: payment.note.clone(),
            reversed: payment.reversed,
            reverse_reason: payment.reverse_reason.clone(),
            created_at: payment.created_at.to_string(),
        }
    }
}

/// A follow-up.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FollowUp)]
pub struct FollowUpJson {
    /// Its id.
    pub id: String,
    /// For `If-Match`.
    pub version: i64,
    /// After which order.
    pub order: Numbered,
    /// With whom.
    pub customer: Named,
    /// Last day to ask.
    pub due_on: String,
    /// How it ended.
    pub state: FollowUpStatusCode,
    /// From 1 (bad) to 5 (good).
    pub score: Option<i64>,
    /// What the customer said, or why it was waived.
    pub comment: String,
    /// Who asked.
    pub by: Option<Named>,
    /// When.
    pub at: Option<String>,
}

impl FollowUpJson {
    /// A follow-up for people.
    pub fn of(asked: &FollowUp, names: &Names) -> Self {
        FollowUpJson {
            id: asked.id.to_string(),
            version: asked.version.raw(),
            order: Numbered { id: asked.order_id.to_string(), number: asked.order_number.clone() },
            customer: Named { id: asked.customer_id.to_string(), name: asked.customer_name.clone() },
            due_on: asked.due_on.to_string(),
            state: asked.status.into(),
            score: asked.score,
            comment: asked.comment.clone(),
            by: asked.done_by.map(|id| named(id, names)),
            at: asked.done_at.map(|at| at.to_string()),
        }
    }
}
