//! Dated exchange rates over HTTP, and what orders in a foreign currency keep of them.

use serde_json::{Value, json};

use crate::shop::{Shop, cny, id, items, order_of, shops, shows, ticked, with};

/// What one US dollar is worth from a day on.
async fn usd(shop: &Shop, rate: &str, valid_from: &str) {
    shop.finance.post("/exchange-rates", json!({"currency": "USD", "rate": rate, "valid_from": valid_from})).await.expect(201);
}

/// An order of a customer abroad: 10,940.00 USD, without tax.
fn abroad() -> Value {
    let line = json!({"product_id": "P001", "quantity": "100", "unit_price": {"amount": "109.40", "currency": "USD"}, "tax_rate": "0"});
    json!({"customer_id": "ABROAD", "required_on": "2026-12-15", "lines": [line]})
}

async fn open(shop: &Shop) {
    let credit = json!({"currency": "USD", "tax_inclusive": false, "category": "export", "credit_limit": "20000"});
    shop.add_customer("ABROAD", credit).await;
    shop.receive("P001", "1000").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_are_kept_by_finance_and_read_by_all() {
    for shop in shops().await {
        usd(&shop, "7.12", "2026-11-01").await;
        let rate = json!({"currency": "USD", "rate": "7.1234", "valid_from": "2026-11-20"});
        let answer = shop.finance.post("/exchange-rates", rate.clone()).await.expect(201);
        let place = format!("/exchange-rates/{}", id(&answer));
        let page = shop.rep.get(&place).await.expect(200);
        shows(&page, &json!({"currency": "USD", "books": "CNY", "rate": "7.1234", "valid_from": "2026-11-20"}));
        assert_eq!(shop.finance.post("/exchange-rates", rate.clone()).await.expect(409)["code"], "exchange_rate.same_day");
        shop.rep.post("/exchange-rates", rate.clone()).await.expect(403);
        shop.manager.put(&place, 1, rate.clone()).await.expect(403);
        shop.finance.put(&place, 1, with(rate.clone(), json!({"rate": "7.2"}))).await.expect(200);
        shop.finance.put(&place, 1, rate.clone()).await.expect(412);
        shop.finance.put(&place, 2, with(rate.clone(), json!({"valid_from": "2026-11-01"}))).await.expect(409);
        let wrong = async |body: Value| {
            let answer = shop.finance.post("/exchange-rates", body).await;
            answer.expect(422);
            answer.pointers()
        };
        let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        assert_eq!(wrong(json!({})).await, [pair("/currency", "value.required"), pair("/rate", "value.required")]);
        assert_eq!(
            wrong(json!({"currency": "us", "rate": "7,1", "valid_from": "soon"})).await,
            [pair("/currency", "currency.unknown"), pair("/rate", "number.not_a_number"), pair("/valid_from", "date.not_a_date")]
        );
        assert_eq!(
            wrong(json!({"currency": "CNY", "rate": "0"})).await,
            [pair("/currency", "exchange_rate.own_currency"), pair("/rate", "exchange_rate.not_positive")]
        );
        assert_eq!(wrong(json!({"currency": "EUR", "rate": "7.1234567891"})).await, [pair("/rate", "number.too_many_decimals")]);
        assert_eq!(wrong(json!({"currency": "EUR", "rate": "-1"})).await, [pair("/rate", "exchange_rate.not_positive")]);

        let listed = items(&shop.rep.get("/exchange-rates").await.expect(200));
        assert_eq!(listed.iter().map(|row| row["rate"].as_str().unwrap()).collect::<Vec<_>>(), ["7.2", "7.12"]);
        assert_eq!(items(&shop.rep.get("/exchange-rates?currency=EUR").await.expect(200)).len(), 0);
        assert_eq!(items(&shop.rep.get("/exchange-rates?from=2026-11-02&to=2026-11-30").await.expect(200)).len(), 1);
        shop.rep.get("/exchange-rates?currency=e").await.expect(422);
        let text = shop.manager.get("/exchange-rates?format=csv").await.text();
        assert!(text.contains("USD") && text.contains("7.12"), "{text}");
        shop.finance.delete(&place, 1).await.expect(412);
        shop.rep.delete(&place, 2).await.expect(403);
        shop.finance.delete(&place, 2).await.expect(204);
        shop.finance.get(&place).await.expect(404);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_order_takes_the_rate_of_its_date_and_keeps_it() {
    for shop in shops().await {
        open(&shop).await;
        // There is no rate: a draft may wait for it, a submission may not.
        let answer = shop.rep.post("/orders?submit=true", abroad()).await;
        assert_eq!(answer.expect(422)["errors"][0]["code"], "order.no_exchange_rate");
        assert_eq!(answer.pointers()[0].0, "/ordered_on");
        let waiting = shop.draft(abroad()).await;
        shows(&shop.page(&waiting).await, &json!({"exchange_rate": null, "books_payable": null}));
        shop.rep.step(&waiting, "submit", json!({})).await.expect(422);

        usd(&shop, "7.05", "2026-01-01").await;
        usd(&shop, "7.1234", "2026-11-20").await;
        // The draft takes the rate of its date when it is handed in.
        shop.rep.step(&waiting, "submit", json!({})).await.expect(200);
        shows(&shop.page(&waiting).await, &json!({"exchange_rate": "7.1234"}));
        let order = shop.place(abroad()).await;
        // 77,929.996 is rounded half away from zero.
        let money = json!({"currency": "USD", "exchange_rate": "7.1234", "books_payable": cny("77930.00")});
        shows(&shop.page(&order).await, &money);
        let checked = shop.rep.post("/orders/check", abroad()).await.expect(200);
        shows(&checked["totals"], &json!({"exchange_rate": "7.1234", "books_payable": cny("77930.00")}));
        let early = with(abroad(), json!({"ordered_on": "2026-11-19"}));
        shows(&shop.page(&shop.draft(early).await).await, &json!({"exchange_rate": "7.05", "books_payable": cny("77127.00")}));

        // Another rate does not change it; an order in renminbi has none.
        usd(&shop, "9", "2026-11-21").await;
        shows(&shop.page(&order).await, &money);
        let own = shop.draft(json!({"customer_id": "CUST001", "lines": [{"product_id": "P001", "quantity": "1"}]})).await;
        shows(&shop.page(&own).await, &json!({"exchange_rate": null, "books_payable": null}));
        let found = shop.page(&shop.place(abroad()).await).await;
        shows(&found, &json!({"exchange_rate": "9"}));
        let text = shop.manager.get("/orders?format=csv").await.text();
        assert!(text.contains("USD"), "{text}");
        shop.verify().await;
    }
}

/// Orders of more than 50,000.00 in the company's currency also go to finance; margins are asked for.
#[tokio::test(flavor = "multi_thread")]
async fn money_that_comes_at_another_rate_says_what_that_gained_or_lost() {
    for shop in shops().await {
        open(&shop).await;
        usd(&shop, "7.1234", "2026-11-20").await;
        let order = shop.effective(abroad()).await;
        let pay = |amount: &str, rate: Value| json!({"amount": amount, "method": "bank", "exchange_rate": rate});
        let wrong = async |rate: &str| {
            let answer = shop.finance.step(&order, "record-payment", pay("1", json!(rate))).await;
            answer.expect(422);
            answer.pointers()
        };
        assert_eq!(wrong("7,1").await, [("/exchange_rate".to_owned(), "number.not_a_number".to_owned())]);
        assert_eq!(wrong("0").await, [("/exchange_rate".to_owned(), "exchange_rate.not_positive".to_owned())]);
        shop.finance.step(&order, "record-payment", pay("3282", json!("7.1010"))).await.expect(200);
        shop.finance.step(&order, "record-payment", pay("7558", json!("7.1500"))).await.expect(200);
        shop.finance.step(&order, "record-payment", pay("100", Value::Null)).await.expect(200);
        let page = shop.page(&order).await;
        let difference = |amount: &str, rate: &str, books: &str| json!({"exchange_rate": rate, "books_amount": cny(books), "exchange_difference": cny(amount)});
        shows(&page["payments"][0], &difference("-73.52", "7.101", "23305.48"));
        shows(&page["payments"][1], &difference("201.04", "7.15", "54039.70"));
        shows(&page["payments"][2], &difference("0.00", "7.1234", "712.34"));
        shows(&page["exchange_difference"], &cny("127.52"));
        let listed = items(&shop.finance.get("/payments?sort=created_at").await.expect(200));
        shows(&listed[0], &difference("-73.52", "7.101", "23305.48"));
        shows(&shop.finance.get(&format!("/payments/{}", id(&listed[1]))).await.expect(200), &difference("201.04", "7.15", "54039.70"));
        // Money in the company's own currency has no rate.
        let home = shop.effective(order_of(1)).await;
        let answer = shop.finance.step(&home, "record-payment", pay("10", json!("7.1"))).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/exchange_rate".to_owned(), "exchange_rate.own_currency".to_owned())]);
        shop.finance.step(&home, "record-payment", pay("10", Value::Null)).await.expect(200);
        assert_eq!(shop.page(&home).await["payments"][0]["exchange_difference"], Value::Null);
        shop.verify().await;
    }
}

const RULES: &str = r#"
title = "外币"

[[approval]]
code = "manager"
stage = 1
roles = ["sales_manager"]

[[approval]]
code = "large"
stage = 2
roles = ["finance"]
when = "order.payable > 70000"

[[approval]]
code = "earns"
stage = 3
roles = ["customer_service"]
when = "order.cost_known && order.margin_percent < 30"

[[checklist]]
code = "customer"
[[checklist]]
code = "lines"
[[checklist]]
code = "price"
[[checklist]]
code = "delivery"
[[checklist]]
code = "terms"

[[gate]]
code = "credit"
on = ["submit"]
require = "credit.free >= order.payable"
message = "额度不足。"
override = ["finance"]
"#;

#[tokio::test(flavor = "multi_thread")]
async fn rules_compare_foreign_orders_in_the_companys_currency() {
    for shop in shops().await {
        open(&shop).await;
        shop.add_product("P002", json!({"list_price": "600", "standard_cost": "500"})).await;
        shop.receive("P002", "1000").await;
        usd(&shop, "7.1234", "2026-11-20").await;
        shop.rules(RULES).await;
        let roles = |page: &Value| -> Vec<String> {
            page["approvals"].as_array().unwrap().iter().map(|step| step["role"].as_str().unwrap().to_owned()).collect()
        };
        let of = |amount: &str| {
            let line = json!({"product_id": "P002", "quantity": "100", "unit_price": amount, "tax_rate": "0"});
            with(abroad(), json!({"lines": [line]}))
        };
        // 77,930.00 CNY; costs of 50,000.00 leave 27,930.00: 35.84 %.
        let large = shop.place(of("109.40")).await;
        shop.service.step(&large, "review", ticked()).await.expect(200);
        let page = shop.manager.get(&format!("/orders/{large}")).await.expect(200);
        assert_eq!(roles(&page), ["sales_manager", "finance"]);
        shows(&page["margin"], &json!({"known": true, "net": cny("77930.00"), "cost": cny("50000.00"), "percent": "35.83", "low": false}));
        shows(&page["lines"][0], &json!({"margin_percent": "35.83", "unit_cost": cny("500.00")}));
        // 69,809.32 CNY is not above the limit, and earns 28.37 %.
        let small = shop.place(of("98.00")).await;
        shop.service.step(&small, "review", ticked()).await.expect(200);
        assert_eq!(roles(&shop.manager.get(&format!("/orders/{small}")).await.expect(200)), ["sales_manager", "customer_service"]);
        // The credit limit is 20,000.00 USD, 142,468.00 CNY, and the account is in the customer's currency.
        let answer = shop.rep.post("/orders?submit=true", of("200.01")).await.expect(409);
        let missing = &answer["gates"][0]["missing"][0];
        shows(missing, &json!({"fact": "credit.free", "current": "¥142,468.00", "required": "≥ ¥142,475.12"}));
        shop.manager.step(&large, "approve", json!({})).await.expect(200);
        shop.finance.step(&large, "approve", json!({})).await.expect(200);
        let credit = shop.manager.get("/customers/ABROAD").await.expect(200)["credit"].clone();
        let dollars = |amount: &str| json!({"amount": amount, "currency": "USD"});
        shows(&credit, &json!({"used": dollars("10940.00"), "free": dollars("9060.00")}));
        let answer = shop.manager.step(&small, "approve", json!({})).await.expect(409);
        assert_eq!(answer["gates"][0]["code"], "order.over_credit_limit");
        shop.verify().await;
    }
}
