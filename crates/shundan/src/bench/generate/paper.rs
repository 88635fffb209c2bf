//! What belongs to an order: approvals, delivery note, invoice, payment, follow-up.

use domain::{
    Allocation, Approval, Decision, FollowUp, FollowUpId, FollowUpStatus, Invoice, InvoiceId, InvoiceKind, InvoiceLine, InvoiceStatus,
    Money, Order, OrderLine, Payment, PaymentId, PaymentMethod, Quantity, Reservation, Shipment, ShipmentId, ShipmentLine, ShipmentStatus,
    Version,
};
use store::Fault;
use store::bulk::Bulk;

use super::add;
use super::order::{Making, Stage};

/// Some orders with everything that belongs to them.
#[derive(Default)]
pub(super) struct Chunk {
    pub orders: Vec<Order>,
    /// Place of the customer, and the counter of the number, of each order.
    pub of: Vec<(usize, i64)>,
    /// Place of a product, and how much of it is reserved.
    pub reserved: Vec<(usize, i64)>,
    pub lines: Vec<OrderLine>,
    pub reservations: Vec<Reservation>,
    pub approvals: Vec<Approval>,
    pub shipments: Vec<Shipment>,
    pub shipment_lines: Vec<ShipmentLine>,
    pub invoices: Vec<Invoice>,
    pub invoice_lines: Vec<InvoiceLine>,
    pub payments: Vec<Payment>,
    pub allocations: Vec<Allocation>,
    pub follow_ups: Vec<FollowUp>,
}

impl Chunk {
    /// Writes it, parents first, and says how many rows it was.
    pub fn write(&self, bulk: &mut Bulk) -> Result<u64, Fault> {
        let mut rows = add(bulk, &self.orders)? + add(bulk, &self.lines)? + add(bulk, &self.reservations)? + add(bulk, &self.approvals)?;
        rows += add(bulk, &self.shipments)? + add(bulk, &self.shipment_lines)?;
        rows += add(bulk, &self.invoices)? + add(bulk, &self.invoice_lines)?;
        Ok(rows + add(bulk, &self.payments)? + add(bulk, &self.allocations)? + add(bulk, &self.follow_ups)?)
    }
}

type Lines = [(usize, OrderLine)];

/// Makes the papers that an order of this stage has.
pub(super) fn papers(making: &mut Making<'_>, stage: Stage, order: &mut Order, lines: &mut Lines, chunk: &mut Chunk) {
    if stage == Stage::Reviewed || stage >= Stage::Short {
        chunk.approvals.push(Approval {
            order_id: order.id,
            round: 1,
            step: 1,
            stage: 1,
            rule: "manager".to_owned(),
            role: "sales_manager".to_owned(),
            decision: (stage >= Stage::Short).then_some(Decision::Approved),
            decided_by: (stage >= Stage::Short).then_some(making.masters.admin),
            decided_for: None,
            decided_at: order.effective_at,
            note: String::new(),
        });
    }
    if stage >= Stage::PartShipped {
        ship(making, stage, order, lines, chunk);
    }
    if stage >= Stage::Delivered {
        chunk.follow_ups.push(follow_up(making, stage, order));
    }
    if stage >= Stage::Billed {
        let invoice = bill(making, order, lines, chunk);
        if stage >= Stage::PartPaid {
            pay(making, order, invoice, chunk);
        }
    }
}

fn ship(making: &mut Making<'_>, stage: Stage, order: &Order, lines: &Lines, chunk: &mut Chunk) {
    let delivered = stage >= Stage::Delivered;
    let id = ShipmentId::from_raw(making.ids.next(order.created_at));
    chunk.shipments.push(Shipment {
        id,
        version: Version::FIRST,
        number: format!("SH-{}-1", order.number),
        order_id: order.id,
        order_number: order.number.clone(),
        customer_id: order.customer_id,
        customer_name: order.customer_name.clone(),
        warehouse_id: order.warehouse_id,
        status: if delivered { ShipmentStatus::Delivered } else { ShipmentStatus::Shipped },
        shipped_on: order.ordered_on.plus_days(3),
        carrier: "顺丰".to_owned(),
        tracking: format!("SF{:012}", making.dice.between(0, 999_999_999_999)),
        note: String::new(),
        delivered_on: order.delivered_on,
        signer: if delivered { "王经理".to_owned() } else { String::new() },
        created_by: making.masters.admin,
        created_at: order.created_at.plus_seconds(3 * 86_400),
        closed_note: String::new(),
    });
    let shipped = lines.iter().filter(|(_, line)| line.shipped_micro.is_positive());
    chunk.shipment_lines.extend(shipped.zip(1..).map(|((_, line), line_no)| ShipmentLine {
        shipment_id: id,
        line_no,
        order_line_no: line.line_no,
        product_id: line.product_id,
        product_code: line.product_code.clone(),
        name: line.name.clone(),
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity_micro: line.shipped_micro,
        accepted_micro: if delivered { line.shipped_micro } else { Quantity::ZERO },
        refused_micro: Quantity::ZERO,
    }));
}

fn follow_up(making: &mut Making<'_>, stage: Stage, order: &Order) -> FollowUp {
    let done = stage >= Stage::Content;
    FollowUp {
        id: FollowUpId::from_raw(making.ids.next(order.created_at)),
        version: Version::FIRST,
        order_id: order.id,
        order_number: order.number.clone(),
        customer_id: order.customer_id,
        customer_name: order.customer_name.clone(),
        due_on: order.ordered_on.plus_days(8),
        status: if done { FollowUpStatus::Satisfied } else { FollowUpStatus::Due },
        score: done.then_some(5),
        comment: String::new(),
        done_by: done.then_some(making.masters.admin),
        done_at: done.then(|| order.created_at.plus_seconds(9 * 86_400)),
    }
}

fn bill(making: &mut Making<'_>, order: &Order, lines: &Lines, chunk: &mut Chunk) -> InvoiceId {
    let id = InvoiceId::from_raw(making.ids.next(order.created_at));
    let status = match (order.paid_minor.minor(), order.paid_minor >= order.payable_minor) {
        (_, true) => InvoiceStatus::Paid,
        (0, _) => InvoiceStatus::Open,
        _ => InvoiceStatus::PartPaid,
    };
    chunk.invoices.push(Invoice {
        id,
        version: Version::FIRST,
        number: format!("INV-{}-1", order.number),
        order_id: order.id,
        order_number: order.number.clone(),
        customer_id: order.customer_id,
        customer_name: order.customer_name.clone(),
        kind: InvoiceKind::Electronic,
        status,
        issued_on: order.ordered_on.plus_days(6),
        due_on: order.ordered_on.plus_days(36),
        net_minor: order.net_minor,
        tax_minor: order.tax_minor,
        gross_minor: order.payable_minor,
        freight_minor: order.freight_minor,
        discount_minor: Money::ZERO,
        charges: domain::Kept::default(),
        paid_minor: order.paid_minor,
        created_by: making.masters.admin,
        created_at: order.created_at.plus_seconds(6 * 86_400),
        void_reason: String::new(),
    });
    chunk.invoice_lines.extend(lines.iter().map(|(_, line)| InvoiceLine {
        invoice_id: id,
        line_no: line.line_no,
        order_line_no: line.line_no,
        name: line.name.clone(),
        spec: line.spec.clone(),
        unit: line.unit.clone(),
        quantity_micro: line.quantity_micro,
        tax_rate: line.tax_rate,
        net_minor: line.net_minor,
        tax_minor: line.tax_minor,
        gross_minor: line.gross_minor,
    }));
    id
}

fn pay(making: &mut Making<'_>, order: &Order, invoice_id: InvoiceId, chunk: &mut Chunk) {
    let id = PaymentId::from_raw(making.ids.next(order.created_at));
    chunk.payments.push(Payment {
        id,
        version: Version::FIRST,
        number: format!("RC-{}-1", order.number),
        order_id: order.id,
        order_number: order.number.clone(),
        customer_id: order.customer_id,
        customer_name: order.customer_name.clone(),
        amount_minor: order.paid_minor,
        allocated_minor: order.paid_minor,
        method: PaymentMethod::Bank,
        paid_on: order.ordered_on.plus_days(20),
        exchange_rate_nano: None,
        reference: String::new(),
        note: String::new(),
        reversed: false,
        reverse_reason: String::new(),
        created_by: making.masters.admin,
        created_at: order.created_at.plus_seconds(20 * 86_400),
    });
    chunk.allocations.push(Allocation { payment_id: id, invoice_id, order_id: order.id, amount_minor: order.paid_minor });
}
