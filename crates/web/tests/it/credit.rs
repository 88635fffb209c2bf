//! Credit over HTTP: the limit at approval and at shipping, what finance blocks and releases, terms that make an order fit, and no way around.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::shop::{Shop, cny, id, order_of, parcel, shops, shows, ticked, with};

/// A customer that may owe so much; its orders are of P001 at 500.00.
async fn limited(shop: &Shop, code: &str, limit: &str) {
    shop.add_customer(code, json!({"credit_limit": limit, "terms_days": 10, "grace_days": 5})).await;
}

fn order_for(code: &str, pieces: i64) -> Value {
    with(order_of(pieces), json!({"customer_id": code}))
}

async fn credit(shop: &Shop, code: &str) -> Value {
    shop.finance.get(&format!("/customers/{code}/credit")).await.expect(200)
}

async fn used(shop: &Shop, code: &str) -> String {
    credit(shop, code).await["account"]["used"]["amount"].as_str().unwrap().to_owned()
}

fn gates(refused: &Value) -> Vec<String> {
    refused["gates"].as_array().unwrap().iter().map(|gate| gate["code"].as_str().unwrap().to_owned()).collect()
}

fn facts(refused: &Value) -> Vec<(String, String, String)> {
    let text = |fact: &Value, name: &str| fact[name].as_str().unwrap_or_default().to_owned();
    let facts = refused["gates"].as_array().unwrap().iter().flat_map(|gate| gate["missing"].as_array().unwrap());
    facts.map(|fact| (text(fact, "fact"), text(fact, "current"), text(fact, "required"))).collect()
}

fn fact(name: &str, current: &str, required: &str) -> (String, String, String) {
    (name.into(), current.into(), required.into())
}

async fn release(who: &Client, code: &str, amount: &str, order: Option<&str>, until: &str) -> crate::client::Answer {
    let body = json!({"amount": amount, "order_id": order, "expires_at": until, "reason": "月底回款"});
    who.post(&format!("/customers/{code}/release-credit"), body).await
}

/// Changes a customer's terms, as the administrator would.
async fn change(shop: &Shop, code: &str, terms: Value) {
    let mut file = shop.admin.get(&format!("/customers/{code}")).await.expect(200);
    let version = file["version"].as_i64().unwrap();
    for name in ["id", "version", "active", "created_at", "credit", "owner", "blocked", "verified", "verification"] {
        file.as_object_mut().unwrap().remove(name);
    }
    shop.admin.put(&format!("/customers/{code}"), version, with(file, terms)).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_moves_what_is_owed_exactly() {
    for shop in shops().await {
        limited(&shop, "LIM", "5000").await;
        shop.receive("P001", "20").await;
        let order = shop.reviewed(order_for("LIM", 4)).await;
        assert_eq!(used(&shop, "LIM").await, "0.00", "what is not approved does not count");
        shop.finance.step(&order, "record-payment", json!({"amount": "300"})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "-300.00", "a deposit lowers it");
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "1700.00");
        shop.warehouse.step(&order, "ship", parcel("2")).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "1700.00", "shipping moves nothing");
        let bill = shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        let panel = credit(&shop, "LIM").await;
        let parts =
            json!({"open_orders": cny("1000.00"), "open_invoices": cny("700.00"), "unallocated": cny("0.00"), "used": cny("1700.00")});
        shows(&panel["account"], &parts);
        let payment = shop.finance.step(&order, "record-payment", json!({"amount": "200"})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "1500.00");
        let reverse = format!("/payments/{}/reverse", payment["made"]["id"].as_str().unwrap());
        shop.finance.post(&reverse, json!({"reason": "退票"})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "1700.00");
        let void = format!("/invoices/{}/void", bill["made"]["id"].as_str().unwrap());
        shop.finance.post(&void, json!({"reason": "抬头错"})).await.expect(200);
        shows(
            &credit(&shop, "LIM").await["account"],
            &json!({"open_orders": cny("2000.00"), "unallocated": cny("300.00"), "used": cny("1700.00")}),
        );
        let other = shop.effective(order_for("LIM", 2)).await;
        assert_eq!(used(&shop, "LIM").await, "2700.00");
        shop.service.step(&other, "hold", json!({"reason": "等"})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "2700.00", "held orders count");
        shop.service.step(&other, "cancel", json!({"reason": "不要了"})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "1700.00");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_leave_only_while_the_credit_holds() {
    for shop in shops().await {
        limited(&shop, "LIM", "2000").await;
        shop.receive("P001", "20").await;
        let order = shop.effective(order_for("LIM", 4)).await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        change(&shop, "LIM", json!({"credit_limit": "1999.99"})).await;
        let refused = shop.warehouse.step(&order, "ship", parcel("1")).await.expect(409);
        assert_eq!(gates(&refused), ["order.ship.credit"]);
        assert_eq!(facts(&refused), [fact("credit_used", "¥2,000.00", "¥1,999.99")]);
        assert_eq!(refused["gates"][0]["override_by"], json!(["finance"]));
        let page = shop.warehouse.get(&format!("/orders/{order}")).await.expect(200);
        let action = page["actions"].as_array().unwrap().iter().find(|action| action["verb"] == "ship").unwrap().clone();
        shows(&action, &json!({"allowed": false, "gates": [{"code": "order.ship.credit"}]}));
        let seen = shop.page(&order).await["actions"].as_array().unwrap().iter().find(|action| action["verb"] == "ship").unwrap().clone();
        shows(&seen, &json!({"allowed": false, "code": "denied", "gates": [{"code": "order.ship.credit"}]}));
        assert_eq!(shop.stock("P001").await, ("19".into(), "3".into()), "nothing has left");
        // Finance releases a cent for this order.
        release(&shop.finance, "LIM", "0.01", Some(&order), "2026-11-30T00:00:00Z").await.expect(200);
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overdue_invoice_stops_shipping_after_the_days_of_grace() {
    for shop in shops().await {
        limited(&shop, "LIM", "9000").await;
        shop.receive("P001", "20").await;
        let order = shop.effective(order_for("LIM", 4)).await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        // Due on 2026-12-01; five days of grace.
        let shop = shop.on("2026-12-06T10:00:00Z").await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        shows(
            &credit(&shop, "LIM").await["overdue"],
            &json!({"count": 1, "amount": cny("500.00"), "since": "2026-12-01", "days": 5, "stops_shipping": false}),
        );
        let shop = shop.on("2026-12-07T10:00:00Z").await;
        let refused = shop.warehouse.step(&order, "ship", parcel("1")).await.expect(409);
        assert_eq!(gates(&refused), ["order.ship.credit"]);
        assert_eq!(facts(&refused), [fact("overdue_since", "2026-12-01", "2026-12-02")]);
        assert_eq!(credit(&shop, "LIM").await["overdue"]["stops_shipping"], true);
        // More grace, or the money: either lets the goods go.
        change(&shop, "LIM", json!({"grace_days": 6})).await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        change(&shop, "LIM", json!({"grace_days": 0})).await;
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(409);
        shop.finance.step(&order, "record-payment", json!({"amount": "500"})).await.expect(200);
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        assert_eq!(credit(&shop, "LIM").await["overdue"], Value::Null);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_customer_buys_nothing() {
    for shop in shops().await {
        limited(&shop, "LIM", "9000").await;
        shop.receive("P001", "20").await;
        let (draft, reviewed, effective) =
            (shop.draft(order_for("LIM", 1)).await, shop.reviewed(order_for("LIM", 1)).await, shop.effective(order_for("LIM", 1)).await);
        let block = "/customers/LIM/block";
        assert_eq!(shop.manager.post(block, json!({"reason": "拖欠"})).await.expect(403)["code"], "denied");
        assert_eq!(shop.finance.post(block, json!({})).await.expect(422)["errors"][0]["pointer"], "/reason");
        shop.finance.post(block, json!({"reason": "拖欠货款"})).await.expect(200);
        assert_eq!(shop.finance.post(block, json!({"reason": "x"})).await.expect(409)["code"], "credit.already_blocked");
        for (who, order, verb, body) in [
            (&shop.rep, &draft, "submit", json!({})),
            (&shop.manager, &reviewed, "approve", json!({})),
            (&shop.warehouse, &effective, "ship", parcel("1")),
        ] {
            let refused = who.step(order, verb, body).await.expect(409);
            assert_eq!(gates(&refused), ["customer.blocked"], "{verb}");
            assert!(refused["detail"].as_str().unwrap().contains("拖欠货款"), "{refused}");
            let page = who.get(&format!("/orders/{order}")).await.expect(200);
            let action = page["actions"].as_array().unwrap().iter().find(|action| action["verb"] == verb).unwrap().clone();
            shows(&action, &json!({"allowed": false, "gates": [{"code": "customer.blocked"}]}));
        }
        assert_eq!(gates(&shop.rep.post("/orders?submit=true", order_for("LIM", 1)).await.expect(409)), ["customer.blocked"]);
        shows(&credit(&shop, "LIM").await, &json!({"block": {"reason": "拖欠货款", "by": {"name": "finance 先生"}}, "may_block": true}));
        // Holding and resuming, or a copy, is no way around.
        shop.service.step(&effective, "hold", json!({"reason": "x"})).await.expect(200);
        shop.service.step(&effective, "resume", json!({})).await.expect(200);
        shop.warehouse.step(&effective, "ship", parcel("1")).await.expect(409);
        let copy = shop.rep.step(&effective, "copy", json!({})).await.expect(200)["made"]["id"].as_str().unwrap().to_owned();
        shop.rep.put(&format!("/orders/{copy}"), 1, order_for("LIM", 1)).await.expect(200);
        assert_eq!(gates(&shop.rep.step(&copy, "submit", json!({})).await.expect(409)), ["customer.blocked"]);
        // Money is still taken.
        shop.finance.step(&effective, "record-payment", json!({"amount": "1"})).await.expect(200);
        shop.finance.post("/customers/LIM/unblock", json!({"reason": "已付清"})).await.expect(200);
        assert_eq!(shop.finance.post("/customers/LIM/unblock", json!({"reason": "x"})).await.expect(409)["code"], "credit.not_blocked");
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        shop.manager.step(&reviewed, "approve", json!({})).await.expect(200);
        shop.warehouse.step(&effective, "ship", parcel("1")).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_for_whom_it_was_given_until_it_runs_out() {
    for shop in shops().await {
        limited(&shop, "LIM", "1000").await;
        shop.receive("P001", "20").await;
        let (first, second) = (shop.reviewed(order_for("LIM", 3)).await, shop.reviewed(order_for("LIM", 3)).await);
        let tomorrow = "2026-11-22T08:00:00Z";
        assert_eq!(release(&shop.manager, "LIM", "500", None, tomorrow).await.expect(403)["code"], "denied");
        assert_eq!(release(&shop.admin, "LIM", "500", None, tomorrow).await.expect(403)["code"], "denied");
        let by_day = |day: &str| json!({"amount": "1", "expires_on": day, "reason": "x"});
        let answer = shop.finance.post("/customers/LIM/release-credit", by_day("2026-11-20")).await;
        answer.expect(422);
        assert_eq!(answer.pointers()[0].0, "/expires_on");
        for (amount, order, until, pointer) in [
            ("0", None, tomorrow, "/amount"),
            ("500", Some("SO404"), tomorrow, "/order_id"),
            ("500", None, "2026-11-21T08:00:00Z", "/expires_at"),
            ("500", None, "tomorrow", "/expires_at"),
            ("500", None, "2028-11-21T08:00:00Z", "/expires_at"),
        ] {
            let answer = release(&shop.finance, "LIM", amount, order, until).await;
            answer.expect(422);
            assert_eq!(answer.pointers()[0].0, pointer);
        }
        let made = release(&shop.finance, "LIM", "500", Some(&first), tomorrow).await.expect(200);
        shows(&credit(&shop, "LIM").await["account"], &json!({"limit": cny("1000.00"), "released": cny("500.00")}));
        let refused = shop.manager.step(&second, "approve", json!({})).await.expect(409);
        assert_eq!(gates(&refused), ["order.over_credit_limit"], "what was released for another order does not count");
        shop.manager.step(&first, "approve", json!({})).await.expect(200);
        shop.warehouse.step(&first, "ship", parcel("1")).await.expect(200);
        let shop = shop.on("2026-11-22T08:00:00Z").await;
        let refused = shop.warehouse.step(&first, "ship", parcel("1")).await.expect(409);
        assert_eq!(facts(&refused), [fact("credit_used", "¥1,500.00", "¥1,000.00")], "it has run out, whoever has taken it back");
        // By the ticker, once.
        for _ in 0..200 {
            if credit(&shop, "LIM").await["releases"][0]["ended_at"] != Value::Null {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        let panel = credit(&shop, "LIM").await;
        shows(
            &panel,
            &json!({"account": {"released": cny("0.00")}, "releases": [{"open": false, "ended_by": null, "order": {"id": first}}]}),
        );
        let auditor = shop.server.sign_in("auditor").await;
        let ended = auditor.get("/audit?kind=CreditReleaseEnded").await.expect(200);
        assert_eq!(ended["items"].as_array().unwrap().len(), 1);
        let end = format!("/credit-releases/{}/end", id(&made));
        assert_eq!(shop.finance.post(&end, json!({"reason": "x"})).await.expect(409)["code"], "credit.release_ended");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_releases_for_an_order_of_his_own() {
    for shop in shops().await {
        limited(&shop, "LIM", "400").await;
        shop.server.add_user("both", "sales_rep,finance").await;
        let both = shop.server.sign_in("both").await;
        let own = id(&both.post("/orders?submit=true", order_for("LIM", 1)).await.expect(201));
        let until = "2026-11-30T00:00:00Z";
        assert_eq!(release(&both, "LIM", "100", Some(&own), until).await.expect(403)["code"], "credit.own_order");
        let others = shop.place(order_of(1)).await;
        let answer = release(&both, "LIM", "100", Some(&others), until).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/order_id".to_owned(), "credit.anothers_order".to_owned())]);
        let unlimited = release(&both, "CUST001", "100", None, until).await;
        assert_eq!(unlimited.expect(409)["code"], "credit.no_limit");
        let made = release(&shop.finance, "LIM", "100", Some(&own), until).await.expect(200);
        let end = format!("/credit-releases/{}/end", id(&made));
        assert_eq!(shop.finance.post(&end, json!({})).await.expect(422)["errors"][0]["pointer"], "/reason");
        shop.finance.post(&end, json!({"reason": "客户已付"})).await.expect(200);
        shows(
            &credit(&shop, "LIM").await,
            &json!({"account": {"released": cny("0.00")}, "releases": [{"open": false, "ended_by": {"name": "finance 先生"}}]}),
        );
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_does_not_fit_is_sent_back_with_terms_that_do() {
    for shop in shops().await {
        limited(&shop, "LIM", "1000").await;
        shop.receive("P001", "20").await;
        let order = shop.reviewed(order_for("LIM", 3)).await;
        let refused = shop.manager.step(&order, "approve", json!({})).await.expect(409);
        assert_eq!(gates(&refused), ["order.over_credit_limit"]);
        let path = format!("/orders/{order}/credit-proposal");
        let proposal = shop.manager.get(&path).await.expect(200);
        shows(
            &proposal,
            &json!({"missing": cny("500.00"), "deposit_rate": "34", "deposit": cny("510.00"), "to_receive": cny("510.00"), "free": cny("1000.00"),
                "current_deposit_rate": "0", "possible": true, "applicable": true}),
        );
        assert_eq!(shop.warehouse.get(&path).await.expect(200)["applicable"], false, "not by who may not return it");
        let apply = |rate: &str| json!({"deposit_rate": rate, "reason": "额度不足，先收定金"});
        let propose = format!("/orders/{order}/propose-terms");
        assert_eq!(shop.rep.post(&propose, apply("34")).await.expect(403)["code"], "denied");
        for rate in ["0", "101", ""] {
            assert_eq!(shop.manager.post(&propose, apply(rate)).await.expect(422)["errors"][0]["pointer"], "/deposit_rate", "{rate}");
        }
        assert_eq!(shop.manager.post(&propose, json!({"deposit_rate": "34"})).await.expect(422)["errors"][0]["pointer"], "/reason");
        assert_eq!(shop.manager.post(&propose, apply("34")).await.expect(200)["status"], "draft");
        let terms = json!({"settlement": "deposit_balance", "deposit_rate": "34", "deposit": cny("510.00"), "deposit_due": cny("510.00"), "deposit_received": cny("0.00")});
        shows(&shop.page(&order).await, &terms);
        // Reviewed again, it fits once the deposit is in.
        shop.rep.step(&order, "submit", json!({})).await.expect(200);
        shop.service.step(&order, "review", ticked()).await.expect(200);
        assert_eq!(gates(&shop.manager.step(&order, "approve", json!({})).await.expect(409)), ["order.over_credit_limit"]);
        let waiting = json!({"missing": cny("500.00"), "deposit_rate": "34", "to_receive": cny("510.00"), "applicable": false});
        shows(&shop.manager.get(&path).await.expect(200), &waiting);
        shop.finance.step(&order, "record-payment", json!({"amount": "400"})).await.expect(200);
        shows(
            &shop.manager.get(&path).await.expect(200),
            &json!({"missing": cny("100.00"), "deposit_rate": "34", "received": cny("400.00"), "to_receive": cny("110.00")}),
        );
        shop.finance.step(&order, "record-payment", json!({"amount": "110"})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"deposit_due": cny("0.00"), "deposit_received": cny("510.00")}));
        assert_eq!(shop.manager.get(&path).await.expect(200)["missing"], cny("0.00"));
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "990.00");
        shop.warehouse.step(&order, "ship", parcel("3")).await.expect(200);
        shop.manager.get(&path).await.expect(409);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_way_around_the_limit() {
    for shop in shops().await {
        limited(&shop, "LIM", "1000").await;
        shop.receive("P001", "50").await;
        // An order is closed, the room it leaves is taken, and it is opened again over a limit that was lowered.
        let closed = shop.effective(order_for("LIM", 2)).await;
        shop.warehouse.step(&closed, "ship", parcel("2")).await.expect(200);
        let note = shop.page(&closed).await["shipments"][0]["id"].as_str().unwrap().to_owned();
        shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "李"})).await.expect(200);
        shop.finance.step(&closed, "invoice", json!({})).await.expect(200);
        let payment = shop.finance.step(&closed, "record-payment", json!({"amount": "1000"})).await.expect(200);
        shop.after.step(&closed, "follow-up", json!({"score": 5})).await.expect(200);
        shop.service.step(&closed, "close", json!({})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "0.00");
        let next = shop.effective(order_for("LIM", 2)).await;
        shop.manager.step(&closed, "reopen", json!({"reason": "补单"})).await.expect(200);
        // Now the payment of the first is taken back: what is owed passes the limit, as it must be counted, and no goods leave.
        let reverse = format!("/payments/{}/reverse", payment["made"]["id"].as_str().unwrap());
        shop.finance.post(&reverse, json!({"reason": "退票"})).await.expect(200);
        assert_eq!(used(&shop, "LIM").await, "2000.00");
        assert_eq!(gates(&shop.warehouse.step(&next, "ship", parcel("1")).await.expect(409)), ["order.ship.credit"]);
        // Cancelled and made again: the same figures, the same answer.
        shop.service.step(&next, "cancel", json!({"reason": "重开"})).await.expect(200);
        let copy = shop.rep.step(&next, "copy", json!({})).await.expect(200)["made"]["id"].as_str().unwrap().to_owned();
        shop.rep.put(&format!("/orders/{copy}"), 1, order_for("LIM", 2)).await.expect(200);
        shop.rep.step(&copy, "submit", json!({})).await.expect(200);
        shop.service.step(&copy, "review", ticked()).await.expect(200);
        shop.service.step(&copy, "hold", json!({"reason": "x"})).await.expect(200);
        shop.service.step(&copy, "resume", json!({})).await.expect(200);
        assert_eq!(gates(&shop.manager.step(&copy, "approve", json!({})).await.expect(409)), ["order.over_credit_limit"]);
        shop.service.step(&copy, "void", json!({"reason": "x"})).await.expect(200);
        let again = shop.reviewed(order_for("LIM", 1)).await;
        assert_eq!(gates(&shop.manager.step(&again, "approve", json!({})).await.expect(409)), ["order.over_credit_limit"]);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_order_is_not_opened_over_the_limit() {
    for shop in shops().await {
        limited(&shop, "LIM", "1000").await;
        shop.receive("P001", "50").await;
        let closed = shop.effective(order_for("LIM", 1)).await;
        shop.warehouse.step(&closed, "ship", parcel("1")).await.expect(200);
        let note = shop.page(&closed).await["shipments"][0]["id"].as_str().unwrap().to_owned();
        shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "李"})).await.expect(200);
        shop.finance.step(&closed, "invoice", json!({})).await.expect(200);
        shop.finance.step(&closed, "record-payment", json!({"amount": "500"})).await.expect(200);
        shop.after.step(&closed, "follow-up", json!({"score": 5})).await.expect(200);
        shop.service.step(&closed, "close", json!({})).await.expect(200);
        shop.effective(order_for("LIM", 2)).await;
        change(&shop, "LIM", json!({"credit_limit": "999"})).await;
        let refused = shop.manager.step(&closed, "reopen", json!({"reason": "x"})).await.expect(409);
        assert_eq!(gates(&refused), ["order.over_credit_limit"]);
        release(&shop.finance, "LIM", "1", None, "2026-11-30T00:00:00Z").await.expect(200);
        shop.manager.step(&closed, "reopen", json!({"reason": "x"})).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_approved_together_stay_within_limit_and_release() {
    for shop in shops().await {
        limited(&shop, "LIM", "1000").await;
        release(&shop.finance, "LIM", "500", None, "2026-11-30T00:00:00Z").await.expect(200);
        let mut orders = Vec::new();
        for _ in 0..6 {
            orders.push(shop.reviewed(order_for("LIM", 1)).await);
        }
        let answers = futures_util::future::join_all(orders.iter().map(|order| shop.manager.step(order, "approve", json!({})))).await;
        let approved = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(approved, 3, "1,000.00 and 500.00 are three orders of 500.00");
        for refused in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(gates(&refused.expect(409)), ["order.over_credit_limit"]);
        }
        assert_eq!(used(&shop, "LIM").await, "1500.00");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_imported_counts_and_does_not_leave_over_the_limit() {
    for server in crate::server::servers().await {
        let shop = Shop::enter(server).await;
        shop.admin.post("/warehouses", json!({"code": "W8", "name": "东仓"})).await.expect(201);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/tests/data/northwind");
        let mut form = Form::new().text("mapping", "northwind");
        for name in ["customers.csv", "products.csv", "categories.csv", "shippers.csv", "orders.csv", "order_details.csv"] {
            form = form.part("files", Part::bytes(std::fs::read(folder.join(name)).unwrap()).file_name(name));
        }
        let import = send(shop.admin.request(Method::POST, "/imports").multipart(form)).await.expect(201);
        let path = format!("/imports/{}", id(&import));
        shop.admin.post(&format!("{path}/run"), json!({})).await.expect(200);
        while shop.admin.get(&path).await.expect(200)["state"] == "running" {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        // Of the past, and so effective; its goods are still here.
        let waiting = shop.admin.get("/orders?view=short&limit=1").await.expect(200);
        let order = id(&waiting["items"][0]);
        let page = shop.page(&order).await;
        let code = page["customer"]["code"].as_str().unwrap().to_owned();
        let owed = used(&shop, &code).await;
        assert!(!owed.starts_with('-') && owed != "0.00", "{owed}");
        change(&shop, &code, json!({"credit_limit": "0.01"})).await;
        let line = &page["lines"][0];
        let all = json!({"lines": [{"line_no": line["line_no"], "quantity": line["shippable"]["value"]}]});
        assert_eq!(gates(&shop.warehouse.step(&order, "ship", all).await.expect(409)), ["ship.payment_first", "order.ship.credit"]);
        shop.verify().await;
    }
}
