//! The rows of delivery notes, invoices and payments.

use std::collections::BTreeSet;

use domain::{Invoice, InvoiceId, InvoiceLine, Order, Payment, PaymentId, Shipment, ShipmentId, ShipmentLine, Warehouse};
use store::Fault;
use store::query::import as query;
use store::rows::{InvoiceLines, ShipmentLines};

use super::rows::{Lists, by_id, code, code_group, in_order, money, quantity, rate};
use super::{ById, Cell};

impl Lists<'_> {
    pub(super) fn shipments(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let ids: Vec<ShipmentId> = keys.iter().map(|(id, _)| ShipmentId::from_raw(*id)).collect();
        let shipments = in_order(keys, by_id!(self, Shipment, ids.iter().copied()));
        let lines = query::of::<ShipmentLines>(self.reader, self.company, &ids)?;
        let warehouses = by_id!(self, Warehouse, shipments.iter().map(|shipment| shipment.warehouse_id));
        let mut rows = Vec::new();
        for shipment in &shipments {
            let head = [
                Cell::from(&shipment.number),
                Cell::from(&shipment.order_number),
                code!(shipment.status),
                Cell::from(&shipment.customer_name),
                Cell::from(warehouses.get(&shipment.warehouse_id.raw()).map(|warehouse| warehouse.code.as_str())),
                shipment.shipped_on.into(),
                Cell::from(&shipment.carrier),
                Cell::from(&shipment.tracking),
                shipment.delivered_on.into(),
                Cell::from(&shipment.signer),
                Cell::from(&shipment.note),
            ];
            let line_cells = |line: &ShipmentLine| {
                [
                    line.line_no.into(),
                    Cell::from(&line.product_code),
                    Cell::from(&line.name),
                    Cell::from(&line.spec),
                    Cell::from(&line.unit),
                    quantity(line.quantity_micro),
                    quantity(line.accepted_micro),
                    quantity(line.refused_micro),
                ]
            };
            let own = lines.iter().filter(|line| line.shipment_id == shipment.id);
            rows.extend(own.map(|line| head.iter().cloned().chain(line_cells(line)).collect()));
        }
        Ok(rows)
    }

    pub(super) fn invoices(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let ids: Vec<InvoiceId> = keys.iter().map(|(id, _)| InvoiceId::from_raw(*id)).collect();
        let invoices = in_order(keys, by_id!(self, Invoice, ids.iter().copied()));
        let lines = query::of::<InvoiceLines>(self.reader, self.company, &ids)?;
        let orders = by_id!(self, Order, invoices.iter().map(|invoice| invoice.order_id));
        let mut rows = Vec::new();
        for invoice in &invoices {
            let Some(currency) = orders.get(&invoice.order_id.raw()).map(|order| order.currency) else { continue };
            let head = [
                Cell::from(&invoice.number),
                Cell::from(&invoice.order_number),
                code!(invoice.status),
                code!(invoice.kind),
                Cell::from(&invoice.customer_name),
                invoice.issued_on.into(),
                invoice.due_on.into(),
                money(invoice.net_minor, currency),
                money(invoice.tax_minor, currency),
                money(invoice.gross_minor, currency),
                money(invoice.paid_minor, currency),
                money(invoice.open(), currency),
            ];
            let line_cells = |line: &InvoiceLine| {
                [
                    line.line_no.into(),
                    Cell::from(&line.name),
                    Cell::from(&line.spec),
                    Cell::from(&line.unit),
                    quantity(line.quantity_micro),
                    rate(line.tax_rate),
                    money(line.net_minor, currency),
                    money(line.tax_minor, currency),
                    money(line.gross_minor, currency),
                ]
            };
            let own = lines.iter().filter(|line| line.invoice_id == invoice.id);
            rows.extend(own.map(|line| head.iter().cloned().chain(line_cells(line)).collect()));
        }
        Ok(rows)
    }

    pub(super) fn payments(&self, keys: &[(i64, i64)]) -> Result<Vec<Vec<Cell>>, Fault> {
        let payments = in_order(keys, by_id!(self, Payment, keys.iter().map(|(id, _)| PaymentId::from_raw(*id))));
        let orders = by_id!(self, Order, payments.iter().map(|payment| payment.order_id));
        let mut rows = Vec::with_capacity(payments.len());
        for payment in &payments {
            let Some(currency) = orders.get(&payment.order_id.raw()).map(|order| order.currency) else { continue };
            rows.push(vec![
                Cell::from(&payment.number),
                Cell::from(&payment.order_number),
                Cell::from(&payment.customer_name),
                money(payment.amount_minor, currency),
                money(payment.allocated_minor, currency),
                code!(payment.method),
                payment.paid_on.into(),
                Cell::from(&payment.reference),
                Cell::from(&payment.note),
                payment.reversed.into(),
            ]);
        }
        Ok(rows)
    }
}
