//! Rebate agreements over HTTP, from the draft to the money on the customer's orders (PRC-06).

use futures_util::future::join;
use serde_json::{Value, json};

use crate::shop::{Shop, cny, id, items, order_of, parcel, shops, shows, with};

fn november() -> Value {
    json!({
        "number": "FL-1", "customer_id": "E1", "valid_from": "2026-11-01", "valid_to": "2026-11-30", "basis": "amount", "whole": true,
        "tiers": [{"from": "1000", "percent": "1"}, {"from": "2000", "percent": "2"}],
    })
}

fn pointers(answer: &crate::client::Answer) -> Vec<String> {
    let mut pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
    pointers.sort();
    pointers
}

impl Shop {
    /// An agreement that runs; its address.
    async fn rebate(&self, other: Value) -> String {
        let at = format!("/rebates/{}", id(&self.rep.post("/rebates", with(november(), other)).await.expect(201)));
        self.manager.post(&format!("{at}/approve"), json!({})).await.expect(200);
        at
    }

    /// An order of E1 for so many pieces at 500.00, shipped and billed; the ids of order and invoice.
    async fn billed_for(&self, pieces: i64, bill: Value) -> (String, String) {
        self.billed_to("E1", pieces, bill).await
    }

    async fn billed_to(&self, customer: &str, pieces: i64, bill: Value) -> (String, String) {
        let order = self.effective(with(order_of(pieces), json!({"customer_id": customer}))).await;
        self.warehouse.step(&order, "ship", parcel(&pieces.to_string())).await.expect(200);
        let state = self.finance.step(&order, "invoice", bill).await.expect(200);
        (order, state["made"]["id"].as_str().unwrap().to_owned())
    }

    /// What it has come to: what counts, the tier and the rebate.
    async fn accrued(&self, at: &str) -> (String, i64, String) {
        let page = self.finance.get(at).await.expect(200);
        let text = |value: &Value| value["amount"].as_str().unwrap().to_owned();
        (text(&page["turnover"]), page["tier"].as_i64().unwrap(), text(&page["rebate"]))
    }
}

async fn ready() -> Vec<Shop> {
    let all = shops().await;
    for shop in &all {
        shop.add_customer("E1", json!({})).await;
        shop.receive("P001", "100").await;
    }
    all
}

/// PRC-06: written by one, approved by another; what is wrong is told at its field.
#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_is_approved_by_somebody_else() {
    for shop in ready().await {
        let tiers = json!([{"from": "10", "percent": "1"}, {"from": "10", "percent": "101"}]);
        let wrong = json!({"customer_id": "X9", "valid_to": "2026-10-01", "products": ["P404"], "tiers": tiers});
        let answer = shop.rep.post("/rebates", with(november(), wrong)).await;
        answer.expect(422);
        assert_eq!(pointers(&answer), ["/customer_id", "/products/0", "/tiers/1/from", "/tiers/1/percent", "/valid_to"]);
        assert!(answer.pointers().contains(&("/tiers/1/from".to_owned(), "rebate.not_ascending".to_owned())));
        let per_unit = json!({"basis": "quantity", "tiers": [{"from": "0", "percent": "1"}]});
        assert_eq!(pointers(&shop.rep.post("/rebates", with(november(), per_unit)).await), ["/tiers/0/per_unit"]);
        shop.warehouse.post("/rebates", november()).await.expect(403);

        let at = format!("/rebates/{}", id(&shop.rep.post("/rebates", november()).await.expect(201)));
        assert_eq!(shop.rep.post("/rebates", november()).await.pointers(), [("/number".to_owned(), "value.taken".to_owned())]);
        shop.rep.post(&format!("{at}/approve"), json!({})).await.expect(403);
        shop.manager.put(&at, 1, with(november(), json!({"whole": false}))).await.expect(200);
        assert_eq!(shop.manager.post(&format!("{at}/approve"), json!({})).await.expect(403)["code"], "rebate.own");
        shop.rep.put(&at, 2, november()).await.expect(200);
        shop.manager.post(&format!("{at}/approve"), json!({})).await.expect(200);
        assert_eq!(shop.rep.put(&at, 4, november()).await.expect(409)["code"], "rebate.wrong_state");
        let told = shop.admin.get("/audit?limit=50").await.text();
        assert!(told.contains("RebateEdited") && told.contains("RebateApproved"), "{told}");

        let other = json!({"number": "FL-2", "valid_from": "2026-12-01", "valid_to": "2026-12-31"});
        let next = shop.rebate(other).await;
        shop.manager.post(&format!("{next}/end"), json!({"reason": ""})).await.expect(422);
        shop.manager.post(&format!("{next}/end"), json!({"reason": "不再合作"})).await.expect(200);
        shows(&shop.rep.get(&next).await.expect(200), &json!({"status": "withdrawn", "end_reason": "不再合作"}));
        let draft = id(&shop.rep.post("/rebates", with(november(), json!({"number": "FL-3"}))).await.expect(201));
        shop.rep.post(&format!("/rebates/{draft}/withdraw"), json!({"reason": "写错"})).await.expect(200);
        let listed = items(&shop.rep.get("/rebates?status=withdrawn&customer=E1").await.expect(200));
        assert_eq!(listed.len(), 2);
        assert!(shop.rep.get("/rebates?format=csv").await.text().contains("FL-3"));
        shop.verify().await;
    }
}

/// PRC-06: what is invoiced in the period accrues; it is settled once, by somebody else, and nothing it rests on changes after.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_invoiced_accrues_and_is_credited_once() {
    for shop in ready().await {
        let at = shop.rebate(json!({})).await;
        assert_eq!(shop.accrued(&at).await, ("0.00".to_owned(), 0, "0.00".to_owned()));
        let (first, invoice) = shop.billed_for(4, json!({})).await;
        assert_eq!(shop.accrued(&at).await, ("1769.91".to_owned(), 1, "17.70".to_owned()));
        shows(&shop.rep.get(&at).await.expect(200), &json!({"missing": {"amount": cny("230.09")}}));
        shop.billed_for(1, json!({})).await;
        assert_eq!(shop.accrued(&at).await, ("2212.39".to_owned(), 2, "44.25".to_owned()));
        let propose = json!({"orders": [first]});
        assert_eq!(shop.rep.post(&format!("{at}/propose"), propose.clone()).await.expect(409)["code"], "rebate.running");

        let shop = shop.on("2026-12-01T02:00:00Z").await;
        shop.billed_for(2, json!({})).await;
        // What is dated back counts until the settlement is reckoned.
        shop.billed_for(1, json!({"issued_on": "2026-11-30"})).await;
        assert_eq!(shop.accrued(&at).await, ("2654.87".to_owned(), 2, "53.10".to_owned()));
        let nobody = shop.rep.post(&format!("{at}/propose"), json!({})).await;
        assert_eq!((nobody.status.as_u16(), pointers(&nobody)), (422, vec!["/orders".to_owned()]));
        let stranger = shop.effective(order_of(1)).await;
        let twice = shop.rep.post(&format!("{at}/propose"), json!({"orders": [first, first, stranger]})).await;
        assert_eq!((twice.status.as_u16(), pointers(&twice)), (422, vec!["/orders/1".to_owned(), "/orders/2".to_owned()]));
        shop.rep.post(&format!("{at}/propose"), propose).await.expect(200);
        let order = shop.effective(with(order_of(1), json!({"customer_id": "E1"}))).await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        let late = shop.finance.step(&order, "invoice", json!({"issued_on": "2026-11-30"})).await;
        assert_eq!(late.pointers(), [("/issued_on".to_owned(), "invoice.rebate_closed".to_owned())]);

        shop.rep.post(&format!("{at}/settle"), json!({})).await.expect(403);
        shop.finance.post(&format!("{at}/settle"), json!({})).await.expect(200);
        assert_eq!(shop.finance.post(&format!("{at}/settle"), json!({})).await.expect(409)["code"], "rebate.wrong_state");
        let page = shop.finance.get(&at).await.expect(200);
        shows(&page, &json!({"status": "settled", "rebate": cny("53.10"), "settlement": {"amount": cny("53.10"), "paid": cny("0.00")}}));
        assert_eq!(page["settlement"]["orders"][0]["amount"], cny("53.10"));
        assert_eq!(page["invoices"].as_array().unwrap().len(), 3);
        shows(&shop.page(&first).await, &json!({"paid": cny("53.10"), "open": cny("1946.90")}));

        // It stands: neither its payment nor what it rests on is taken back.
        let payments = items(&shop.finance.get("/payments").await.expect(200));
        let payment = payments.iter().find(|payment| payment["method"] == "rebate").unwrap();
        let reverse = format!("/payments/{}/reverse", payment["id"].as_str().unwrap());
        assert_eq!(shop.finance.post(&reverse, json!({"reason": "错"})).await.expect(409)["code"], "payment.of_rebate");
        let void = format!("/invoices/{invoice}/void");
        assert_eq!(shop.finance.post(&void, json!({"reason": "错"})).await.expect(409)["code"], "invoice.rebated");
        let by_hand = shop.finance.step(&first, "record-payment", json!({"amount": "1", "method": "rebate"})).await;
        assert_eq!(by_hand.pointers(), [("/method".to_owned(), "payment.rebate_by_hand".to_owned())]);
        shop.finance.step(&first, "record-payment", json!({"amount": "1946.90"})).await.expect(200);
        shop.verify().await;

        // Past the use cases, as somebody with access to the database would.
        let (store, company) = (&shop.server.app.store, shop.server.company);
        let of: domain::RebateId = at.trim_start_matches("/rebates/").parse().unwrap();
        let more = move |work: &mut store::UnitOfWork| {
            let mut rebate = work.get::<domain::Rebate>(of)?;
            let settlement = domain::RebateSettlement { amount: domain::Money::from_minor(9_999), ..(*rebate.settlement).clone() };
            rebate.settlement = domain::Kept::of(settlement);
            work.save(&mut rebate);
            Ok(())
        };
        store.write(company, more).await.unwrap();
        let report = store.read(move |reader| store::verify::verify(reader, company)).await.unwrap();
        let found: Vec<_> = report.findings.iter().map(|finding| finding.what.as_str()).collect();
        assert_eq!(found, ["rebate agreement FL-1: credited 9999, payments 5310"]);
    }
}

/// PRC-06: an invoice that is voided after the proposal sends it back; what the orders do not take is paid by a remittance that is named.
#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_that_no_longer_fits_is_sent_back() {
    for shop in ready().await {
        let at = shop.rebate(json!({"tiers": [{"from": "0", "percent": "50"}]})).await;
        let (first, _) = shop.billed_for(1, json!({})).await;
        let (_, second) = shop.billed_for(4, json!({})).await;
        assert_eq!(shop.accrued(&at).await, ("2212.39".to_owned(), 1, "1106.20".to_owned()));
        shop.manager.post(&format!("{at}/end"), json!({"reason": "改签"})).await.expect(200);
        let shop = shop.on("2026-11-22T02:00:00Z").await;
        let propose = |body: Value| {
            let (who, path) = (shop.rep.clone(), format!("{at}/propose"));
            async move { who.post(&path, body).await }
        };
        propose(json!({"orders": [first]})).await.expect(200);
        // The order has 500.00 open.
        let short = shop.finance.post(&format!("{at}/settle"), json!({})).await.expect(409);
        assert_eq!(short["code"], "rebate.no_room");
        assert!(short["detail"].as_str().unwrap().contains("606.20"), "{short}");
        shop.finance.post(&format!("{at}/return"), json!({"reason": "订单不够"})).await.expect(200);
        shows(&shop.rep.get(&at).await.expect(200), &json!({"status": "approved", "return_reason": "订单不够", "settlement": null}));
        propose(json!({"orders": [first], "pay_rest": true})).await.expect(200);
        shop.finance.post(&format!("/invoices/{second}/void"), json!({"reason": "开错"})).await.expect(200);
        let changed = shop.finance.post(&format!("{at}/settle"), json!({"reference": "HK-1"})).await.expect(409);
        assert_eq!(changed["code"], "rebate.changed");
        shop.finance.post(&format!("{at}/return"), json!({"reason": "发票作废"})).await.expect(200);
        assert_eq!(shop.accrued(&at).await, ("442.48".to_owned(), 1, "221.24".to_owned()));
        shop.finance.step(&first, "record-payment", json!({"amount": "400"})).await.expect(200);
        propose(json!({"orders": [first], "pay_rest": true})).await.expect(200);
        let unsaid = shop.finance.post(&format!("{at}/settle"), json!({})).await;
        assert_eq!(unsaid.pointers(), [("/reference".to_owned(), "rebate.no_reference".to_owned())]);
        shop.finance.post(&format!("{at}/settle"), json!({"reference": "HK-1"})).await.expect(200);
        let settlement = json!({"amount": cny("221.24"), "paid": cny("121.24"), "reference": "HK-1", "pay_rest": true});
        shows(&shop.rep.get(&at).await.expect(200), &json!({"status": "settled", "settlement": settlement}));
        shows(&shop.page(&first).await, &json!({"open": cny("0.00")}));
        shop.verify().await;
    }
}

/// PRC-06: lines of its products count, by quantity, each tier for what is above it; where nothing is reached it ends with nothing.
#[tokio::test(flavor = "multi_thread")]
async fn tiers_count_what_they_are_for() {
    for shop in ready().await {
        shop.add_product("P002", json!({})).await;
        shop.receive("P002", "10").await;
        let tiers = json!([{"from": "2", "per_unit": "1.5"}, {"from": "4", "per_unit": "2.25"}]);
        let by_unit = json!({"number": "FL-Q", "basis": "quantity", "whole": false, "products": ["P001"], "tiers": tiers});
        let quantity = shop.rebate(by_unit).await;
        let other = shop.rebate(json!({"number": "FL-O", "products": ["P002"]})).await;
        shop.billed_for(7, json!({})).await;
        let page = shop.rep.get(&quantity).await.expect(200);
        // Two at 1.50 and three at 2.25.
        shows(&page, &json!({"quantity": "7", "tier": 2, "rebate": cny("9.75"), "missing": null, "products": [{"code": "P001"}]}));
        assert_eq!(shop.accrued(&other).await, ("0.00".to_owned(), 0, "0.00".to_owned()));
        let listed = items(&shop.rep.get("/rebates?status=approved").await.expect(200));
        assert_eq!(listed.iter().map(|row| row["rebate"].clone()).collect::<Vec<_>>(), [cny("0.00"), cny("9.75")]);

        let shop = shop.on("2026-12-02T02:00:00Z").await;
        shop.rep.post(&format!("{other}/propose"), json!({})).await.expect(200);
        shop.finance.post(&format!("{other}/settle"), json!({})).await.expect(200);
        shows(&shop.rep.get(&other).await.expect(200), &json!({"status": "settled", "rebate": cny("0.00"), "settlement": {"orders": []}}));

        // The agreements follow a merge.
        shop.add_customer("E2", json!({})).await;
        shop.manager.post("/customers/E2/merge/E1", json!({"reason": "同一家"})).await.expect(200);
        shows(&shop.rep.get(&quantity).await.expect(200), &json!({"customer": {"code": "E2"}, "rebate": cny("9.75")}));
        shop.verify().await;
    }
}

/// PRC-06: a settlement races with the void of an invoice it rests on: one of them is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_settlement_races_with_a_void() {
    for shop in ready().await {
        let mut rows = Vec::new();
        for customer in ["F1", "F2", "F3", "F4"] {
            shop.add_customer(customer, json!({})).await;
            let tiers = json!([{"from": "0", "percent": "10"}]);
            let at = shop.rebate(json!({"number": customer, "customer_id": customer, "tiers": tiers})).await;
            let (order, invoice) = shop.billed_to(customer, 1, json!({})).await;
            rows.push((at, order, invoice));
        }
        let shop = shop.on("2026-12-01T02:00:00Z").await;
        for (at, order, _) in &rows {
            shop.rep.post(&format!("{at}/propose"), json!({"orders": [order]})).await.expect(200);
        }
        for (at, order, invoice) in &rows {
            let (settle, void) = (format!("{at}/settle"), format!("/invoices/{invoice}/void"));
            let settled = shop.finance.post(&settle, json!({}));
            let voided = shop.finance.post(&void, json!({"reason": "开错"}));
            let (settled, voided) = join(settled, voided).await;
            assert!((settled.status == 200) != (voided.status == 200), "{} {}", settled.status, voided.status);
            let paid = shop.page(order).await["paid"].clone();
            assert_eq!(paid == cny("0.00"), settled.status != 200, "{paid}");
        }
        shop.verify().await;
    }
}
