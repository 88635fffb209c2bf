//! A company that sells: a customer, a product, a warehouse, and one person of each role who is signed in.

use domain::Instant;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::server::{Server, servers};

/// A server with master data and its people.
pub struct Shop {
    pub server: Server,
    pub admin: Client,
    pub rep: Client,
    pub service: Client,
    pub manager: Client,
    pub finance: Client,
    pub warehouse: Client,
    pub after: Client,
}

/// A shop on each engine, at 2026-11-21 16:00 in Shanghai.
pub async fn shops() -> Vec<Shop> {
    let mut all = Vec::new();
    for server in servers().await {
        all.push(Shop::open(server).await);
    }
    all
}

impl Shop {
    /// Opens a shop on a server: customer CUST001, product P001 at 500.00 tax included, warehouse W1.
    pub async fn open(server: Server) -> Shop {
        let shop = Shop::enter(server).await;
        shop.admin.post("/warehouses", json!({"code": "W1", "name": "主仓"})).await.expect(201);
        shop.add_product("P001", json!({"name": "A产品", "spec": "L-500×300", "list_price": "500"})).await;
        shop.add_customer("CUST001", json!({"settlement": "deposit_balance", "deposit_rate": "30", "terms_days": 30})).await;
        shop
    }

    /// Everybody signs in.
    pub async fn enter(server: Server) -> Shop {
        let names = ["admin", "sales_rep", "customer_service", "sales_manager", "finance", "warehouse", "after_sales"];
        let people = join_all(names.map(|name| server.sign_in(name))).await;
        let [admin, rep, service, manager, finance, warehouse, after] = <[Client; 7]>::try_from(people).ok().unwrap();
        Shop { server, admin, rep, service, manager, finance, warehouse, after }
    }

    /// Another day: the clock goes to this instant, and everybody signs in again.
    pub async fn on(self, instant: &str) -> Shop {
        at(&self.server, instant);
        Shop::enter(self.server).await
    }

    /// A customer that pays by month, with what differs.
    pub async fn add_customer(&self, code: &str, other: Value) {
        let usual = json!({
            "code": code, "name": format!("客户{code}"), "grade": "B", "channel": "phone", "settlement": "monthly", "tax_inclusive": true,
            "duplicate_reason": "名称由编号组成",
            "contacts": [{"name": "王经理", "phone": "13800138000", "primary": true}],
            "addresses": [{"receiver": "王经理", "province": "上海市", "street": "人民路1号", "default": true}],
        });
        self.admin.post("/customers", with(usual, other)).await.expect(201);
    }

    /// A product of 13 % VAT, with what differs.
    pub async fn add_product(&self, code: &str, other: Value) {
        let usual = json!({"code": code, "name": code, "unit": "台", "list_price": "500"});
        self.admin.post("/products", with(usual, other)).await.expect(201);
    }

    /// Goods come in at W1.
    pub async fn receive(&self, product: &str, quantity: &str) {
        let lines = json!([{"product_id": product, "quantity": quantity}]);
        self.warehouse.post("/stock/receive", json!({"warehouse_id": "W1", "reference": "RK", "lines": lines})).await.expect(200);
    }

    /// On hand and reserved at W1.
    pub async fn stock(&self, product: &str) -> (String, String) {
        let there = self.warehouse.get(&format!("/products/{product}/availability")).await.expect(200);
        let row = there.as_array().unwrap().iter().find(|row| row["warehouse"]["code"] == "W1").cloned().unwrap_or_default();
        let figure = |name: &str| row[name]["value"].as_str().unwrap_or("0").to_owned();
        (figure("on_hand"), figure("reserved"))
    }

    /// The representative enters an order; the draft's id.
    pub async fn draft(&self, order: Value) -> String {
        id(&self.rep.post("/orders", order).await.expect(201))
    }

    /// The representative places an order; its id.
    pub async fn place(&self, order: Value) -> String {
        id(&self.rep.post("/orders?submit=true", order).await.expect(201))
    }

    /// An order that customer service has reviewed.
    pub async fn reviewed(&self, order: Value) -> String {
        let id = self.place(order).await;
        self.service.step(&id, "review", ticked()).await.expect(200);
        id
    }

    /// An order that is approved by everybody who must.
    pub async fn effective(&self, order: Value) -> String {
        let id = self.reviewed(order).await;
        let state = self.manager.step(&id, "approve", json!({})).await.expect(200);
        if state["status"] == "reviewed" {
            self.finance.step(&id, "approve", json!({})).await.expect(200);
        }
        id
    }

    /// The page of an order.
    pub async fn page(&self, id: &str) -> Value {
        self.rep.get(&format!("/orders/{id}")).await.expect(200)
    }

    /// Everything stored fits together, as `shundan verify` sees it.
    pub async fn verify(&self) {
        let company = self.server.company;
        let report = self.server.app.store.read(move |reader| store::verify::verify(reader, company)).await.unwrap();
        assert_eq!(report.findings, []);
        assert!(report.events > 0);
    }
}

/// Sets the clock of a server; back only before anybody signs in.
pub fn at(server: &Server, instant: &str) {
    let seconds = (Instant::parse(instant).unwrap().micros() - server.clock.now().micros()) / 1_000_000;
    server.clock.forward(seconds);
}

impl Client {
    /// A step of an order.
    pub async fn step(&self, id: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/orders/{id}/{verb}"), body).await
    }
}

/// An order of CUST001 for so many P001 at 500.00, required in 2026.
pub fn order_of(pieces: i64) -> Value {
    json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [{"product_id": "P001", "quantity": pieces.to_string()}]})
}

/// Every item of the review's checklist.
pub fn ticked() -> Value {
    json!({"checklist": domain::STANDARD_CHECKLIST})
}

/// A shipment of so much of line 1.
pub fn parcel(quantity: &str) -> Value {
    json!({"carrier": "顺丰", "tracking": "SF1", "lines": [{"line_no": 1, "quantity": quantity}]})
}

/// An object with other values in some of its places.
pub fn with(mut value: Value, other: Value) -> Value {
    for (name, other) in other.as_object().unwrap() {
        value[name] = other.clone();
    }
    value
}

/// The id in an answer.
#[track_caller]
pub fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

/// The items of a list.
#[track_caller]
pub fn items(list: &Value) -> Vec<Value> {
    list["items"].as_array().unwrap().clone()
}

/// Asserts that `value` has everything `expected` says; what it does not say may be anything.
#[track_caller]
pub fn shows(value: &Value, expected: &Value) {
    let mut wrong = Vec::new();
    compare("", value, expected, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn compare(path: &str, value: &Value, expected: &Value, wrong: &mut Vec<String>) {
    match (value, expected) {
        (Value::Object(have), Value::Object(want)) => {
            for (name, want) in want {
                compare(&format!("{path}/{name}"), have.get(name).unwrap_or(&Value::String("(missing)".into())), want, wrong);
            }
        }
        (Value::Array(have), Value::Array(want)) if have.len() == want.len() => {
            for (place, (have, want)) in have.iter().zip(want).enumerate() {
                compare(&format!("{path}/{place}"), have, want, wrong);
            }
        }
        _ if value == expected => {}
        _ => wrong.push(format!("{path}: {value}, expected {expected}")),
    }
}

/// Amounts in CNY.
pub fn cny(amount: &str) -> Value {
    json!({"amount": amount, "currency": "CNY"})
}

/// Quantities in 台.
pub fn sets(value: &str) -> Value {
    json!({"value": value, "unit": "台"})
}
