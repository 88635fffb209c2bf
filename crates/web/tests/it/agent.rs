//! Agents: their terms, what orders keep of them, what they earn, and acting for end customers at the portal (PTY-06).

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::portal::product;
use crate::server::PASSWORD;
use crate::shop::{Shop, cny, id, items, order_of, parcel, shops, shows, with};

/// The agent AG with `rate` percent, and the end customers E1 and E2 of it.
pub async fn agency(shop: &Shop, rate: &str, basis: &str) {
    for code in ["AG", "E1", "E2"] {
        shop.add_customer(code, json!({})).await;
    }
    shop.manager.post("/agents", terms("AG", rate, basis)).await.expect(201);
    for code in ["E1", "E2"] {
        shop.manager.post("/agents/AG/assign", json!({"customer_id": code})).await.expect(200);
    }
    shop.receive("P001", "100").await;
}

fn terms(customer: &str, rate: &str, basis: &str) -> Value {
    json!({"customer_id": customer, "commission_rate": rate, "basis": basis, "notes": "华东"})
}

fn order_for(code: &str, pieces: i64) -> Value {
    with(order_of(pieces), json!({"customer_id": code}))
}

/// An order of E1 for so many pieces at 500.00, shipped and billed.
async fn billed(shop: &Shop, pieces: i64) -> String {
    let order = shop.effective(order_for("E1", pieces)).await;
    shop.warehouse.step(&order, "ship", parcel(&pieces.to_string())).await.expect(200);
    shop.finance.step(&order, "invoice", json!({})).await.expect(200);
    order
}

async fn kept(shop: &Shop, order: &str) -> Value {
    shop.finance.get(&format!("/orders/{order}/agent")).await.expect(200)["kept"].clone()
}

async fn statement(shop: &Shop) -> Vec<Value> {
    items(&shop.finance.get("/agents/AG/commissions").await.expect(200))
}

/// The sum of a field of money in minor units.
fn sum(lines: &[Value], field: &str) -> i64 {
    lines.iter().map(|line| line[field]["amount"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap()).sum()
}

#[track_caller]
fn refused(answer: &Answer, pointer: &str, code: &str) {
    answer.expect(422);
    assert_eq!(answer.pointers(), [(pointer.to_owned(), code.to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_a_customer_with_terms_and_nobody_is_its_own() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        shop.add_customer("AG2", json!({})).await;
        shop.rep.post("/agents", terms("AG2", "3", "paid")).await.expect(403);
        shop.warehouse.get("/agents").await.expect(403);
        refused(&shop.manager.post("/agents", terms("NOBODY", "3", "paid")).await, "/customer_id", "value.unknown");
        refused(&shop.manager.post("/agents", terms("AG2", "100.01", "paid")).await, "/commission_rate", "value.not_a_share");
        refused(&shop.manager.post("/agents", terms("AG2", "3", "sometimes")).await, "/basis", "value.unknown_choice");
        refused(&shop.manager.post("/agents", terms("AG", "3", "paid")).await, "/customer_id", "agent.already");
        refused(&shop.manager.post("/agents", terms("E1", "3", "paid")).await, "/customer_id", "agent.is_end_customer");
        shop.admin.post("/agents", terms("AG2", "3", "paid")).await.expect(201);
        let assign = |agent: &str, customer: &str| {
            let path = format!("/agents/{agent}/assign");
            let body = json!({"customer_id": customer});
            let who = shop.finance.clone();
            async move { who.post(&path, body).await }
        };
        refused(&assign("AG", "AG").await, "/customer_id", "agent.itself");
        refused(&assign("AG", "AG2").await, "/customer_id", "agent.is_agent");
        refused(&assign("AG2", "E1").await, "/customer_id", "agent.other_agent");
        refused(&assign("AG", "NOBODY").await, "/customer_id", "value.unknown");
        assign("AG", "E1").await.expect(200);
        assign("CUST001", "E1").await.expect(404);
        let other = shop.finance.post("/agents/AG2/release", json!({"customer_id": "E1"})).await;
        refused(&other, "/customer_id", "agent.not_its_customer");

        let page = shop.rep.get("/agents/AG").await.expect(200);
        shows(
            &page,
            &json!({"commission_rate": "5", "basis": "invoiced", "active": true, "customer_count": 2, "month": "2026-11", "totals": []}),
        );
        let codes: Vec<&str> = page["customers"].as_array().unwrap().iter().map(|one| one["customer"]["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["E1", "E2"]);
        let listed = items(&shop.finance.get("/agents?q=ag&active=true").await.expect(200));
        assert_eq!(listed.iter().map(|row| row["customers"].as_i64().unwrap()).collect::<Vec<_>>(), [2, 0]);
        shop.finance.get("/agents?month=2026-13").await.expect(422);
        let agency = shop.rep.get("/customers/E1/agency").await.expect(200);
        shows(&agency, &json!({"through": {"agent": {"code": "AG"}, "commission_rate": "5"}, "own": null}));
        shows(&shop.rep.get("/customers/AG/agency").await.expect(200), &json!({"through": null, "customers": 2}));
        shop.warehouse.get("/customers/E1/agency").await.expect(403);

        let change = json!({"commission_rate": "6.5", "basis": "paid", "notes": "", "active": false});
        shop.manager.put("/agents/AG", 7, change.clone()).await.expect(412);
        shop.manager.put("/agents/AG", 1, change).await.expect(200);
        refused(&assign("AG2", "NOBODY").await, "/customer_id", "value.unknown");
        assert_eq!(assign("AG", "CUST001").await.expect(409)["code"], "agent.inactive");
        let told = shop.admin.get("/audit?limit=50").await.text();
        for kind in ["AgentCreated", "AgentEdited", "AgentCustomerAssigned"] {
            assert!(told.contains(kind), "{kind}: {told}");
        }
        assert!(told.contains("\"before\":\"5\"") || told.contains("6.5"), "before and after: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_the_terms_of_the_day_it_was_submitted() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        let first = shop.place(order_for("E1", 4)).await;
        let draft = shop.draft(order_for("E1", 1)).await;
        let own = shop.place(order_for("AG", 1)).await;
        let plain = shop.place(order_of(1)).await;
        shows(&kept(&shop, &first).await, &json!({"agent": {"code": "AG"}, "commission_rate": "5", "basis": "invoiced"}));
        for none in [&draft, &own, &plain] {
            assert_eq!(kept(&shop, none).await, Value::Null);
        }
        shop.warehouse.get(&format!("/orders/{first}/agent")).await.expect(403);

        let change = json!({"commission_rate": "8", "basis": "paid", "active": true});
        shop.manager.put("/agents/AG", 1, change).await.expect(200);
        shows(&kept(&shop, &first).await, &json!({"commission_rate": "5", "basis": "invoiced"}));
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        shows(&kept(&shop, &draft).await, &json!({"commission_rate": "8", "basis": "paid"}));
        // Handed in again it takes the terms of now; without an agent it keeps none.
        shop.manager.step(&first, "return", json!({"reason": "改期"})).await.expect(200);
        shop.rep.step(&first, "submit", json!({})).await.expect(200);
        shows(&kept(&shop, &first).await, &json!({"commission_rate": "8", "basis": "paid"}));
        shop.manager.post("/agents/AG/release", json!({"customer_id": "E1"})).await.expect(200);
        shows(&kept(&shop, &first).await, &json!({"commission_rate": "8"}));
        shop.manager.step(&first, "return", json!({"reason": "改期"})).await.expect(200);
        shop.rep.step(&first, "submit", json!({})).await.expect(200);
        assert_eq!(kept(&shop, &first).await, Value::Null);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_counts_invoices_without_tax_and_none_that_is_void() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        billed(&shop, 4).await;
        billed(&shop, 1).await;
        let plain = shop.effective(order_of(1)).await;
        shop.warehouse.step(&plain, "ship", parcel("1")).await.expect(200);
        shop.finance.step(&plain, "invoice", json!({})).await.expect(200);

        let lines = statement(&shop).await;
        // 2,000.00 with 13 % tax are 1,769.91 without; 5 % of it are 88.4955.
        assert_eq!((&lines[0]["net"], &lines[0]["commission"]), (&cny("1769.91"), &cny("88.50")));
        assert_eq!((&lines[1]["net"], &lines[1]["commission"]), (&cny("442.48"), &cny("22.12")));
        assert_eq!(lines.len(), 2, "{lines:?}");
        shows(&lines[0], &json!({"customer": {"name": "客户E1"}, "basis": "invoiced", "commission_rate": "5", "payment": null}));
        let page = shop.finance.get("/agents/AG").await.expect(200);
        shows(&page, &json!({"totals": [{"net": cny("2212.39"), "commission": cny("110.62"), "lines": 2}]}));
        assert_eq!(items(&shop.finance.get("/agents").await.expect(200))[0]["commission"], json!([cny("110.62")]));
        assert_eq!(items(&shop.finance.get("/agents/AG/commissions?month=2026-10").await.expect(200)), Vec::<Value>::new());
        let one = shop.finance.get("/agents/AG/commissions?limit=1").await.expect(200);
        let rest = format!("/agents/AG/commissions?limit=1&cursor={}", one["next"].as_str().unwrap());
        assert_eq!(items(&shop.finance.get(&rest).await.expect(200))[0], lines[1]);
        let file = shop.finance.get("/agents/AG/commissions?format=csv").await.text();
        assert!(file.contains("88.50") && file.contains("客户E1"), "{file}");
        assert!(shop.finance.get("/agents?format=csv").await.text().contains("110.62"));

        let void = lines[0]["invoice"]["id"].as_str().unwrap();
        shop.finance.post(&format!("/invoices/{void}/void"), json!({"reason": "开错"})).await.expect(200);
        assert_eq!(sum(&statement(&shop).await, "commission"), 2_212);
        shop.warehouse.get("/agents/AG/commissions").await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_payments_count_the_parts_sum_up_to_the_whole() {
    for shop in shops().await {
        agency(&shop, "3.33", "paid").await;
        let order = billed(&shop, 4).await;
        assert_eq!(statement(&shop).await, Vec::<Value>::new(), "nothing is paid yet");
        for amount in ["0.01", "333.33", "700", "66.66"] {
            shop.finance.step(&order, "record-payment", json!({"amount": amount})).await.expect(200);
        }
        let lines = statement(&shop).await;
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line["payment"]["number"].is_string() && line["basis"] == "paid"), "{lines:?}");
        // 1,100.00 of 2,000.00: 55 % of 1,769.91 and of 58.938003.
        assert_eq!((sum(&lines, "net"), sum(&lines, "commission")), (97_345, 3_242));
        shop.finance.step(&order, "record-payment", json!({"amount": "900"})).await.expect(200);
        let lines = statement(&shop).await;
        assert_eq!((sum(&lines, "net"), sum(&lines, "commission")), (176_991, 5_894));
        let page = shop.finance.get("/agents/AG").await.expect(200);
        shows(&page, &json!({"totals": [{"net": cny("1769.91"), "commission": cny("58.94"), "lines": 5}]}));
        // Money that is taken back earns nothing.
        let last = lines.iter().find(|line| line["net"] == cny("796.46")).unwrap_or_else(|| panic!("{lines:?}"));
        let payment = last["payment"]["id"].as_str().unwrap();
        shop.finance.post(&format!("/payments/{payment}/reverse"), json!({"reason": "退票"})).await.expect(200);
        assert_eq!(sum(&statement(&shop).await, "commission"), 3_242);
        shop.verify().await;
    }
}

/// Acts for a customer at the portal.
async fn act_for(guest: &Client, customer: &Value) -> Answer {
    guest.post("/portal/session/customer", json!({"customer_id": customer})).await
}

async fn file_id(shop: &Shop, code: &str) -> Value {
    shop.rep.get(&format!("/customers/{code}")).await.expect(200)["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_an_agent_orders_for_an_end_customer() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        let price = json!({"product_id": "P001", "customer_id": "E1", "price": "480", "valid_from": "2026-01-01"});
        shop.manager.post("/prices", price).await;
        let (agent, theirs) = (shop.guest("AG", "anna").await, shop.guest("E1", "emil").await);
        let session = agent.get("/portal/session").await.expect(200);
        shows(&session, &json!({"customer": {"code": "AG"}, "own": {"code": "AG"}, "acting_ended": false}));
        let names: Vec<&str> = session["acts_for"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(names, ["E1", "E2"]);
        let before = shop.place(order_for("E1", 2)).await;
        agent.get(&format!("/portal/orders/{before}")).await.expect(404);

        let end = file_id(&shop, "E1").await;
        shows(&act_for(&agent, &end).await.expect(200), &json!({"customer": {"code": "E1"}, "own": {"code": "AG"}}));
        agent.get(&format!("/portal/orders/{before}")).await.expect(200);
        agent.post("/portal/cart", json!({"product_id": product(&agent).await, "quantity": "3"})).await.expect(200);
        let own = file_id(&shop, "AG").await;
        assert_eq!(act_for(&agent, &own).await.expect(409)["code"], "portal.cart_first");
        // The same person in another browser acts for the agent, whose cart this is not.
        let mut beside = shop.server.stranger();
        beside.try_portal("anna", PASSWORD).await.expect(200);
        beside.post("/portal/orders", json!({"required_on": "2026-12-15"})).await.expect(409);
        let into = json!({"product_id": product(&beside).await, "quantity": "9"});
        assert_eq!(beside.post("/portal/cart", into).await.expect(409)["code"], "portal.cart_first");
        assert_eq!(beside.get("/portal/cart").await.expect(409)["code"], "portal.cart_first");
        let made = id(&agent.post("/portal/orders", json!({"required_on": "2026-12-15"})).await.expect(201));
        shows(&shop.page(&made).await, &json!({"customer": {"code": "E1"}, "channel": "portal", "entered_by": {"name": "anna 小姐"}}));
        shows(&kept(&shop, &made).await, &json!({"agent": {"code": "AG"}, "commission_rate": "5"}));
        let timeline = shop.rep.get(&format!("/orders/{made}/events")).await.text();
        assert!(timeline.contains("anna 小姐 · 客户AG"), "who placed it is known by name and agent: {timeline}");
        // The end customer sees its order, and nothing of what is earned by it.
        let seen = theirs.get(&format!("/portal/orders/{made}")).await;
        seen.expect(200);
        for inside in ["commission", "客户AG", "agent"] {
            assert!(!seen.text().contains(inside), "{inside}: {}", seen.text());
        }
        act_for(&agent, &own).await.expect(200);
        assert_eq!(items(&agent.get("/portal/orders").await.expect(200)), Vec::<Value>::new());
        agent.get(&format!("/portal/orders/{made}")).await.expect(404);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_acts_for_a_customer_that_does_not_order_through_the_own_one() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        shop.add_customer("AG2", json!({})).await;
        shop.manager.post("/agents", terms("AG2", "3", "paid")).await.expect(201);
        let (plain, other, agent) = (shop.guest("CUST001", "paul").await, shop.guest("AG2", "otto").await, shop.guest("AG", "anna").await);
        let end = file_id(&shop, "E1").await;
        let foreign = file_id(&shop, "CUST001").await;
        for (guest, customer) in [(&plain, &end), (&other, &end), (&agent, &foreign), (&agent, &json!("x")), (&agent, &json!(""))] {
            refused(&act_for(guest, customer).await, "/customer_id", "portal.not_yours");
        }
        assert_eq!(plain.get("/portal/session").await.expect(200)["acts_for"], json!([]));
        shop.stranger_cannot_act(&end).await;
        shows(&act_for(&plain, &foreign).await.expect(200), &json!({"customer": {"code": "CUST001"}}));

        // Acting for one shows nothing of another, nor of the agent itself.
        let (one, two) = (shop.place(order_for("E1", 1)).await, shop.place(order_for("E2", 1)).await);
        let (own, strange) = (shop.place(order_for("AG", 1)).await, shop.place(order_of(1)).await);
        act_for(&agent, &end).await.expect(200);
        let seen: Vec<Value> = items(&agent.get("/portal/orders").await.expect(200)).iter().map(|row| row["id"].clone()).collect();
        assert_eq!(seen, [json!(one)]);
        for hidden in [&two, &own, &strange] {
            agent.get(&format!("/portal/orders/{hidden}")).await.expect(404);
            agent.post(&format!("/portal/orders/{hidden}/cancel"), json!({"reason": "x"})).await.expect(404);
        }
    }
}

impl Shop {
    /// Whoever is not signed in at the portal chooses nobody.
    async fn stranger_cannot_act(&self, customer: &Value) {
        for who in [self.server.stranger(), self.admin.clone()] {
            act_for(&who, customer).await.expect(401);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_taken_away_ends_what_is_done_in_its_name() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        let agent = shop.guest("AG", "anna").await;
        let (end, own) = (file_id(&shop, "E1").await, file_id(&shop, "AG").await);
        let order = shop.place(order_for("E1", 1)).await;
        act_for(&agent, &end).await.expect(200);
        agent.post("/portal/cart", json!({"product_id": product(&agent).await, "quantity": "3"})).await.expect(200);
        assert_eq!(shop.stock("P001").await.1, "4");
        shop.manager.post("/agents/AG/release", json!({"customer_id": "E1"})).await.expect(200);
        for path in ["/portal/orders", "/portal/cart", "/portal/products", "/portal/account", &format!("/portal/orders/{order}")] {
            assert_eq!(agent.get(path).await.expect(409)["code"], "portal.acting_ended", "{path}");
        }
        assert_eq!(agent.post("/portal/orders", json!({"required_on": "2026-12-15"})).await.expect(409)["code"], "portal.acting_ended");
        shows(&agent.get("/portal/session").await.expect(200), &json!({"customer": {"code": "AG"}, "acting_ended": true}));
        refused(&act_for(&agent, &end).await, "/customer_id", "portal.not_yours");
        shows(&act_for(&agent, &own).await.expect(200), &json!({"customer": {"code": "AG"}, "acting_ended": false}));
        assert_eq!(agent.get("/portal/cart").await.expect(200)["lines"], json!([]));
        assert_eq!(shop.stock("P001").await.1, "1", "what was held for it is free again");

        let other = file_id(&shop, "E2").await;
        act_for(&agent, &other).await.expect(200);
        shop.manager.put("/agents/AG", 1, json!({"commission_rate": "5", "basis": "invoiced", "active": false})).await.expect(200);
        assert_eq!(agent.get("/portal/orders").await.expect(409)["code"], "portal.acting_ended");
        let session = act_for(&agent, &own).await.expect(200);
        assert_eq!(session["acts_for"], json!([]));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_files_carry_agents_and_their_customers_over() {
    for shop in shops().await {
        agency(&shop, "5", "invoiced").await;
        for code in ["AG2", "E3", "K"] {
            shop.add_customer(code, json!({})).await;
        }
        billed(&shop, 4).await;
        let body = json!({"reason": "同一家公司"});
        let crossed = shop.manager.post("/customers/AG/merge/E1", body.clone()).await.expect(409);
        assert_eq!(crossed["code"], "agent.merge");
        assert!(shop.manager.get("/customers/E1/merge/AG").await.expect(200)["refusal"].is_string());

        // The agent's file becomes another one: its terms, end customers, orders and people go over.
        let agent = shop.guest("AG", "anna").await;
        shop.manager.post("/customers/AG2/merge/AG", body.clone()).await.expect(200);
        let page = shop.finance.get("/agents/AG2").await.expect(200);
        shows(&page, &json!({"commission_rate": "5", "customer_count": 2, "totals": [{"commission": cny("88.50")}]}));
        let end = file_id(&shop, "E1").await;
        shows(&act_for(&agent, &end).await.expect(200), &json!({"customer": {"code": "E1"}, "own": {"code": "AG2"}}));
        // The end customer's file becomes another one.
        shop.manager.post("/customers/E3/merge/E1", body.clone()).await.expect(200);
        let page = shop.finance.get("/agents/AG2").await.expect(200);
        let codes: Vec<&str> = page["customers"].as_array().unwrap().iter().map(|one| one["customer"]["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["E2", "E3"]);
        shows(&kept(&shop, &shop.place(order_for("E3", 1)).await).await, &json!({"agent": {"code": "AG2"}}));
        shop.manager.post("/customers/E3/merge/K", body).await.expect(200);
        shows(&shop.rep.get("/customers/E3/agency").await.expect(200), &json!({"through": {"agent": {"code": "AG2"}}}));
        shop.verify().await;
    }
}
