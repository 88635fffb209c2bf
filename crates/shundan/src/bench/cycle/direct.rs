//! The steps as use cases, in this process.

use app::App;
use app::order::{OrderState, approve, close, create, follow_up, invoice, record_payment, review, ship};
use app::shipment::deliver;
use domain::{Actor, Codes, InvoiceKind, OrderId, Part, PaymentMethod, Quantity, ShipmentId, UnitPrice};
use store::{Outcome, UnitOfWork};

use super::{Going, LINES, Run, Way};
use crate::bench::order;
use crate::trouble::Trouble;

/// Calls the use cases.
pub struct Direct {
    pub app: App,
}

impl Direct {
    async fn run<F>(&self, by: &Actor, act: F) -> Result<OrderState, Trouble>
    where
        F: Fn(&mut UnitOfWork, &Actor) -> Outcome<OrderState> + Send + 'static,
    {
        Ok(self.app.command(by, None, act).await?)
    }
}

impl Way for Direct {
    async fn step(&mut self, step: usize, run: &mut Run, going: &mut Going) -> Result<(), Trouble> {
        let masters = run.masters.clone();
        let other = &masters.other;
        let id: OrderId = going.order.parse().unwrap_or(OrderId::NONE);
        let state = match step {
            0 => {
                let input = order::order(&mut run.dice, &masters, LINES, run.wanted);
                going.lines = (1..).zip(&input.lines).map(|(line_no, line)| (line_no, line.quantity.micro())).collect();
                self.run(&masters.rep, move |work, by| create::create(work, by, &input, true)).await?
            }
            1 => {
                let ticks = Codes::parse(&domain::STANDARD_CHECKLIST.join(","));
                self.run(other, move |work, by| review::review(work, by, id, None, &ticks)).await?
            }
            2 => self.run(other, move |work, by| approve::approve(work, by, id, None, "")).await?,
            3 => {
                let part = |(line_no, micro): &(i64, i64)| Part { line_no: *line_no, quantity: Quantity::from_micro(*micro) };
                let said = ship::Ship {
                    warehouse_id: None,
                    shipped_on: None,
                    carrier: "顺丰".to_owned(),
                    tracking: "SF1".to_owned(),
                    note: String::new(),
                    parts: going.lines.iter().map(part).collect(),
                    lots: Vec::new(),
                };
                self.run(other, move |work, by| ship::ship(work, by, id, None, &said)).await?
            }
            4 => {
                let note: ShipmentId = going.shipment.parse().unwrap_or(ShipmentId::NONE);
                let said = deliver::Delivery {
                    delivered_on: None,
                    signer: "李四".to_owned(),
                    note: String::new(),
                    counted: None,
                    attachments: Vec::new(),
                };
                self.run(other, move |work, by| deliver::deliver(work, by, note, None, &said)).await?
            }
            5 => {
                let bill = invoice::Bill { kind: InvoiceKind::Special, issued_on: None, due_on: None, parts: None };
                self.run(other, move |work, by| invoice::invoice(work, by, id, None, &bill)).await?
            }
            6 => {
                let receipt = record_payment::Receipt {
                    amount: UnitPrice::from_micro(going.payable),
                    currency: None,
                    method: PaymentMethod::Bank,
                    paid_on: None,
                    exchange_rate: None,
                    reference: "B1".to_owned(),
                    note: String::new(),
                };
                self.run(other, move |work, by| record_payment::record_payment(work, by, id, None, &receipt)).await?
            }
            7 => self.run(other, move |work, by| follow_up::follow_up(work, by, id, None, 5, "")).await?,
            _ => self.run(other, move |work, by| close::close(work, by, id, None)).await?,
        };
        if step == 0 {
            going.order = state.id.to_string();
            // The currency of the benchmark has two digits.
            going.payable = state.payable_minor * 10_000;
        }
        if step == 3 {
            going.shipment = state.made.map(|made| made.id).unwrap_or_default();
        }
        Ok(())
    }
}
