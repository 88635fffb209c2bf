//! The steps as requests, one after another.

use serde_json::{Value, json};

use super::{Going, LINES, Run, Way};
use crate::bench::client::Client;
use crate::bench::order;
use crate::trouble::Trouble;

/// Asks a server: as who enters, and as everybody else.
pub struct OverHttp {
    pub clients: [Client; 2],
}

impl Way for OverHttp {
    async fn step(&mut self, step: usize, run: &mut Run, going: &mut Going) -> Result<(), Trouble> {
        let [rep, other] = &mut self.clients;
        let order = &going.order;
        match step {
            0 => {
                let input = order::order(&mut run.dice, &run.masters, LINES, run.wanted);
                going.lines = (1..).zip(&input.lines).map(|(line_no, line)| (line_no, line.quantity.micro())).collect();
                let state = read(rep.post("/orders?submit=true", &order::json(&input)).await?);
                going.order = text(&state["id"]);
                going.amount = state["payable"]["amount"].clone();
            }
            1 => {
                let ticks = json!({ "checklist": domain::STANDARD_CHECKLIST }).to_string();
                other.post(&format!("/orders/{order}/review"), &ticks).await?;
            }
            2 => drop(other.post(&format!("/orders/{order}/approve"), "{}").await?),
            3 => {
                let part = |(line_no, micro): &(i64, i64)| json!({"line_no": line_no, "quantity": (micro / 1_000_000).to_string()});
                let lines: Vec<Value> = going.lines.iter().map(part).collect();
                let body = json!({"carrier": "顺丰", "tracking": "SF1", "lines": lines}).to_string();
                let state = read(other.post(&format!("/orders/{order}/ship"), &body).await?);
                going.shipment = text(&state["made"]["id"]);
            }
            4 => drop(other.post(&format!("/shipments/{}/deliver", going.shipment), "{\"signer\":\"李四\"}").await?),
            5 => drop(other.post(&format!("/orders/{order}/invoice"), "{\"kind\":\"special\"}").await?),
            6 => {
                let body = json!({"amount": going.amount, "method": "bank", "reference": "B1"}).to_string();
                other.post(&format!("/orders/{order}/record-payment"), &body).await?;
            }
            7 => drop(other.post(&format!("/orders/{order}/follow-up"), "{\"score\":5}").await?),
            _ => drop(other.post(&format!("/orders/{order}/close"), "{}").await?),
        }
        Ok(())
    }
}

fn read(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
