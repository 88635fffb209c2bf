//! Sales orders over HTTP: entered, shown, checked, changed.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::send;
use crate::server::found;
use crate::shop::{cny, id, items, order_of, parcel, sets, shops, shows, ticked, with};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_found_by_its_id_and_by_its_number() {
    for shop in shops().await {
        let answer = shop.rep.post("/orders?submit=true", order_of(2)).await;
        let state = answer.expect(201);
        assert_eq!(answer.header("location"), format!("/api/v1/orders/{}", id(&state)));
        assert_eq!(answer.header("etag"), format!("\"{}\"", state["version"]));
        assert_eq!(state["number"], "SO2026000001", "without a gap, by the company's pattern and year");
        let by_number = shop.rep.get("/orders/SO2026000001").await;
        assert_eq!(by_number.header("etag"), answer.header("etag"));
        assert_eq!(by_number.expect(200), shop.rep.get(&format!("/orders/{}", id(&state))).await.expect(200));
        shop.service.step("SO2026000001", "review", ticked()).await.expect(200);
        assert_eq!(items(&shop.rep.get("/orders/SO2026000001/events").await.expect(200)).len(), 3);
        // Another company's orders do not exist.
        let other = found(&shop.server.app.store, "G2", "第二公司").await;
        assert_ne!(other, shop.server.company);
        let mut stranger = shop.server.stranger();
        stranger.try_sign_in("G2", "admin", crate::server::PASSWORD).await.expect(200);
        for path in [format!("/orders/{}", id(&state)), "/orders/SO2026000001".into(), format!("/orders/{}/events", id(&state))] {
            assert_eq!(stranger.get(&path).await.expect(404)["code"], "not-found", "{path}");
        }
        assert_eq!(stranger.get("/orders").await.expect(200)["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_look_like_ids_are_numbers() {
    for shop in shops().await {
        let company = shop.admin.get("/company").await.expect(200);
        for pattern in ["OR{yyyy}{0000000}", "{yyyy}{000000000}"] {
            let version = shop.admin.get("/company").await.expect(200)["version"].as_i64().unwrap();
            let mut change = company.clone();
            let _ = ["id", "version", "code"].map(|name| change.as_object_mut().unwrap().remove(name));
            change["order_pattern"] = json!(pattern);
            let answer = shop.admin.put("/company", version, change).await;
            if answer.status == 422 {
                continue;
            }
            answer.expect(200);
            let state = shop.rep.post("/orders?submit=true", order_of(1)).await.expect(201);
            let number = state["number"].as_str().unwrap();
            assert_eq!(number.len(), 13, "as long as an id");
            assert_eq!(shop.page(number).await["id"], state["id"], "{number}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_comes_from_the_customer() {
    for shop in shops().await {
        let id = shop.draft(order_of(3)).await;
        shows(
            &shop.page(&id).await,
            &json!({
                "version": 1, "number": "", "status": "draft", "contact_name": "王经理", "contact_phone": "13800138000",
                "receiver": "王经理", "delivery_address": "上海市人民路1号", "ordered_on": "2026-11-21", "required_on": "2026-12-15",
                "channel": "phone", "category": "direct", "settlement": "deposit_balance", "deposit_rate": "30", "tax_inclusive": true,
                "currency": "CNY", "warehouse": {"code": "W1"}, "entered_by": {"name": "sales_rep 先生"},
                "goods": cny("1500.00"), "payable": cny("1500.00"), "deposit": cny("450.00"), "line_count": 1,
                "lines": [{"line_no": 1, "unit_price": cny("500.00"), "price_source": "list", "book_price": cny("500.00"), "tax_rate": "13"}],
                "waiting_for": {"what": "submit", "who": "sales_rep"}, "follow_up": null, "payments": [], "invoices": [], "shipments": [],
            }),
        );
        shop.add_customer("DEAR", json!({"code": "DEAR"})).await;
        shop.admin.post("/prices", json!({"product_id": "P001", "customer_id": "DEAR", "unit_price": "480"})).await.expect(201);
        shop.admin
            .post("/prices", json!({"product_id": "P001", "customer_id": "DEAR", "min_quantity": "10", "unit_price": "450"}))
            .await
            .expect(201);
        let line = |quantity: &str, price: Value| json!({"product_id": "P001", "quantity": quantity, "unit_price": price});
        let lines = json!([line("9", Value::Null), line("10", Value::Null), line("10", json!("449.999999"))]);
        let id = shop.draft(with(order_of(1), json!({"customer_id": "DEAR", "lines": lines}))).await;
        let book =
            |price: &str, source: &str, book: &str| json!({"unit_price": cny(price), "price_source": source, "book_price": cny(book)});
        let expected =
            json!([book("480.00", "customer", "480.00"), book("450.00", "customer", "450.00"), book("449.999999", "manual", "450.00")]);
        shows(&shop.page(&id).await["lines"], &expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_of_an_order_is_named_at_its_field() {
    for shop in shops().await {
        let wrong = json!({
            "customer_id": "", "required_on": "2026-02-30", "channel": "pigeon", "deposit_rate": "ten", "freight": "1e5",
            "packing": "x".repeat(201), "lines": [{"product_id": "", "quantity": "", "unit_price": "abc", "discount_rate": "-"}],
        });
        let answer = shop.rep.post("/orders", wrong).await;
        answer.expect(422);
        let mut found: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        found.sort();
        let expected = [
            "/channel",
            "/customer_id",
            "/deposit_rate",
            "/freight",
            "/lines/0/discount_rate",
            "/lines/0/product_id",
            "/lines/0/quantity",
            "/lines/0/unit_price",
            "/packing",
            "/required_on",
        ];
        assert_eq!(found, expected);

        let unknown = json!({"customer_id": "NOBODY", "warehouse_id": "W9", "rep_id": "ghost", "lines": [{"product_id": "P001", "quantity": "1"}, {"product_id": "P9", "quantity": "1"}]});
        let answer = shop.rep.post("/orders", unknown).await;
        answer.expect(422);
        let mut found = answer.pointers();
        found.sort();
        let unknown = |pointer: &str| (pointer.to_owned(), "value.unknown".to_owned());
        assert_eq!(found, ["/customer_id", "/lines/1/product_id", "/rep_id", "/warehouse_id"].map(unknown));

        let answer = shop.rep.post("/orders", with(order_of(1), json!({"colour": "red"}))).await;
        answer.expect(422);
        assert_eq!(answer.pointers()[0].0, "/colour");
        let answer = shop.rep.post("/orders", with(order_of(1), json!({"lines": [{"product_id": 5}]}))).await;
        answer.expect(422);
        assert_eq!(answer.pointers()[0].0, "/lines/0/product_id");
        assert_eq!(shop.rep.get("/orders").await.expect(200)["items"], json!([]), "nothing of it stays");
    }
}

/// A unit or a currency that was sent is not ignored.
#[tokio::test(flavor = "multi_thread")]
async fn units_and_currencies_that_are_sent_must_fit() {
    for shop in shops().await {
        let usd = |amount: &str| json!({"amount": amount, "currency": "USD"});
        let line = json!({"product_id": "P001", "quantity": {"value": "5", "unit": "kg"}, "unit_price": usd("5")});
        let order = with(order_of(1), json!({"freight": usd("1.00"), "lines": [line]}));
        let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        let unit = pair("/lines/0/quantity", "value.wrong_unit");
        let answer = shop.rep.post("/orders", order).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), std::slice::from_ref(&unit));
        let line = json!({"product_id": "P001", "quantity": sets("5"), "unit_price": usd("5")});
        let answer = shop.rep.post("/orders", with(order_of(1), json!({"freight": usd("1.00"), "lines": [line]}))).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [pair("/freight", "value.wrong_currency"), pair("/lines/0/unit_price", "value.wrong_currency")]);

        shop.receive("P001", "5").await;
        let id = shop.effective(order_of(5)).await;
        let kilos = json!({"lines": [{"line_no": 1, "quantity": {"value": "2", "unit": "kg"}}]});
        let answer = shop.warehouse.step(&id, "ship", kilos.clone()).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), std::slice::from_ref(&unit));
        let state = shop.warehouse.step(&id, "ship", json!({"lines": [{"line_no": 1, "quantity": sets("2")}]})).await.expect(200);
        let answer = shop.finance.step(&id, "invoice", kilos).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [unit]);
        let counted = json!({"signer": "李", "lines": [{"line_no": 1, "accepted": {"value": "2", "unit": "kg"}}]});
        let note = state["made"]["id"].as_str().unwrap();
        let answer = shop.service.post(&format!("/shipments/{note}/deliver"), counted).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [pair("/lines/0/accepted", "value.wrong_unit")]);
        let answer = shop.finance.step(&id, "record-payment", json!({"amount": usd("5.00")})).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [pair("/amount", "value.wrong_currency")]);
        let answer = shop.finance.step(&id, "record-payment", json!({"amount": "5.001"})).await;
        answer.expect(422);
        assert_eq!(answer.pointers()[0].0, "/amount", "a fen is the smallest coin");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_changes_only_on_the_version_that_was_read() {
    for shop in shops().await {
        let id = shop.draft(order_of(1)).await;
        let place = format!("/orders/{id}");
        let bare = send(shop.rep.request(Method::PUT, &place).json(&order_of(2))).await;
        assert_eq!(bare.expect(428)["code"], "version-missing");
        let bad = send(shop.rep.request(Method::PUT, &place).header("if-match", "seven").json(&order_of(2))).await;
        bad.expect(400);
        let answer = shop.rep.put(&place, 1, order_of(2)).await;
        answer.expect(200);
        assert_eq!(answer.header("etag"), "\"2\"");
        assert_eq!(shop.rep.put(&place, 1, order_of(3)).await.expect(412)["code"], "stale");
        shows(&shop.page(&id).await, &json!({"version": 2, "payable": cny("1000.00")}));
        let events = items(&shop.rep.get(&format!("{place}/events")).await.expect(200));
        let changes = events[0]["changes"].as_array().unwrap();
        let quantity = changes.iter().find(|change| change["field"] == "lines/1/quantity").unwrap();
        shows(quantity, &json!({"before": "1 台", "after": "2 台"}));

        // Lines come and go.
        let line = |quantity: &str| json!({"product_id": "P001", "quantity": quantity});
        shop.rep.put(&place, 2, with(order_of(1), json!({"lines": [line("1"), line("2"), line("3")]}))).await.expect(200);
        shows(
            &shop.page(&id).await,
            &json!({"line_count": 3, "payable": cny("3000.00"), "lines": [{"line_no": 1}, {"line_no": 2}, {"line_no": 3}]}),
        );
        shop.rep.put(&place, 3, with(order_of(1), json!({"lines": [line("4")]}))).await.expect(200);
        shows(&shop.page(&id).await, &json!({"line_count": 1, "payable": cny("2000.00"), "lines": [{"quantity": sets("4")}]}));
        shop.rep.put(&place, 4, with(order_of(1), json!({"lines": []}))).await.expect(200);
        let answer = shop.rep.step(&id, "submit", json!({})).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/lines".to_owned(), "order.no_lines".to_owned())]);
        shop.verify().await;
    }
}

/// What the screen shows while an order is typed is what the order will be.
#[tokio::test(flavor = "multi_thread")]
async fn a_check_changes_nothing_and_foretells_the_order() {
    for shop in shops().await {
        shop.add_product("M1", json!({"list_price": "19.99", "tax_rate": "9", "lead_days": 4})).await;
        shop.receive("P001", "10").await;
        let lines = json!([
            {"product_id": "P001", "quantity": "7", "discount_rate": "2.5"},
            {"product_id": "M1", "quantity": "3.333"},
            {"product_id": "P001", "quantity": "1", "unit_price": "512.345678"},
        ]);
        let order = with(order_of(1), json!({"lines": lines, "freight": "35.50", "discount": "100.00"}));
        let events = |list: &Value| items(list).len();
        let auditor = shop.server.sign_in("auditor").await;
        let before = (events(&auditor.get("/audit").await.expect(200)), shop.stock("P001").await);
        let checked = shop.rep.post("/orders/check", order.clone()).await.expect(200);
        let after = (events(&auditor.get("/audit").await.expect(200)), shop.stock("P001").await);
        assert_eq!((before, &shop.rep.get("/orders").await.expect(200)["items"]), (after, &json!([])));
        assert_eq!(checked["errors"], json!([]));
        shows(
            &checked["lines"],
            &json!([
                {"line_no": 1, "available": sets("10"), "earliest": "2026-11-21"},
                {"line_no": 2, "available": sets("0"), "earliest": "2026-11-25"},
                {"line_no": 3, "price_source": {"kind": "manual", "book_price": cny("500.00")}},
            ]),
        );

        let page = shop.page(&shop.place(order).await).await;
        for name in ["goods", "freight", "discount", "net", "tax", "payable", "deposit"] {
            assert_eq!(checked["totals"][name], page[name], "{name}");
        }
        for (foretold, line) in checked["lines"].as_array().unwrap().iter().zip(page["lines"].as_array().unwrap()) {
            for name in ["unit_price", "tax_rate", "net", "tax", "gross"] {
                assert_eq!(foretold[name], line[name], "{name}");
            }
        }
        let mut pages = page["lines"].as_array().unwrap().iter().map(|line| minor(&line["gross"])).sum::<i64>();
        pages += 3550;
        assert_eq!(pages, minor(&page["payable"]), "what is printed adds up");
    }
}

fn minor(money: &Value) -> i64 {
    money["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_check_finds_is_what_submission_refuses() {
    for shop in shops().await {
        shop.add_product("DEAD", json!({})).await;
        shop.add_product("FREE", json!({"list_price": null})).await;
        let lines = json!([{"product_id": "DEAD", "quantity": "0"}, {"product_id": "FREE", "quantity": "1"}, {"product_id": "P001", "quantity": "1", "discount_rate": "101"}]);
        let order = with(order_of(1), json!({"required_on": "2026-11-01", "contact_phone": "123", "lines": lines}));
        let draft = shop.draft(with(order.clone(), json!({"lines": [lines[0], lines[1]]}))).await;
        shop.admin.post("/products/DEAD/deactivate", json!({})).await.expect(200);
        let checked = shop.rep.post("/orders/check", order.clone()).await.expect(200);
        let refused = shop.rep.post("/orders?submit=true", order).await;
        refused.expect(422);
        let pointers: Vec<Value> = refused.pointers().iter().map(|(pointer, code)| json!([pointer, code])).collect();
        let found: Vec<Value> =
            checked["errors"].as_array().unwrap().iter().map(|error| json!([error["pointer"], error["code"]])).collect();
        assert!(pointers.iter().all(|error| found.contains(error)), "submission: {pointers:?}\ncheck: {found:?}");
        let answer = shop.rep.step(&draft, "submit", json!({})).await;
        answer.expect(422);
        let found: Vec<String> = answer.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        let expected = [
            "/contact_phone value.not_a_phone",
            "/required_on order.required_before_ordered",
            "/lines/0/quantity value.not_positive",
            "/lines/0/product_id value.inactive",
            "/lines/1/unit_price line.no_price",
        ];
        assert_eq!(found, expected);
    }
}

/// The figures of PRC-04.
#[tokio::test(flavor = "multi_thread")]
async fn money_is_rounded_as_the_company_says() {
    for shop in shops().await {
        shop.add_customer("NET", json!({"tax_inclusive": false})).await;
        let line = json!({"product_id": "P001", "quantity": "1", "unit_price": "6.70", "tax_rate": "15"});
        let two = with(order_of(1), json!({"customer_id": "NET", "lines": [line, line]}));
        let totals = |checked: Value| checked["totals"].clone();
        let by_line = totals(shop.rep.post("/orders/check", two.clone()).await.expect(200));
        shows(&by_line, &json!({"net": cny("13.40"), "tax": cny("2.02"), "payable": cny("15.42")}));
        let before = shop.draft(two.clone()).await;

        let mut company = shop.admin.get("/company").await.expect(200);
        let version = company["version"].as_i64().unwrap();
        let _ = ["id", "version", "code"].map(|name| company.as_object_mut().unwrap().remove(name));
        shop.admin.put("/company", version, with(company, json!({"tax_rounding": "document"}))).await.expect(200);
        let by_document = totals(shop.rep.post("/orders/check", two.clone()).await.expect(200));
        shows(&by_document, &json!({"net": cny("13.40"), "tax": cny("2.01"), "payable": cny("15.41")}));
        shows(&shop.page(&shop.draft(two).await).await, &json!({"payable": cny("15.41"), "tax_rounding": "document"}));
        shows(&shop.page(&before).await, &json!({"payable": cny("15.42"), "tax_rounding": "line"}));

        let line = json!({"product_id": "P001", "quantity": "1", "unit_price": "192.00", "discount_rate": "74.246", "tax_rate": "0"});
        let page = shop.page(&shop.draft(with(order_of(1), json!({"customer_id": "NET", "lines": [line]}))).await).await;
        shows(&page, &json!({"payable": cny("49.44"), "lines": [{"discount_rate": "74.25", "gross": cny("49.44")}]}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_the_content_and_nothing_of_the_life() {
    for shop in shops().await {
        shop.add_product("T1", json!({"over_tolerance": "5", "list_price": "10"})).await;
        shop.receive("T1", "200").await;
        let order = with(order_of(1), json!({"external_number": "X-1", "lines": [{"product_id": "T1", "quantity": "100"}]}));
        let id = shop.effective(order).await;
        shop.warehouse.step(&id, "ship", parcel("105")).await.expect(200);
        assert_eq!(shop.page(&id).await["payable"], cny("1050.00"), "what was shipped within the tolerance is charged");
        let state = shop.service.step(&id, "copy", json!({})).await.expect(200);
        let copy = state["made"]["id"].as_str().unwrap();
        assert_ne!(copy, id);
        shows(
            &shop.page(copy).await,
            &json!({
                "number": "", "status": "draft", "external_number": "", "entered_by": {"name": "customer_service 先生"}, "payable": cny("1000.00"),
                "goods": cny("1000.00"), "required_on": null, "submitted_at": null, "shipments": [], "approvals": [],
                "lines": [{"quantity": sets("100"), "shipped": sets("0"), "reserved": sets("0"), "gross": cny("1000.00")}],
            }),
        );
        shop.service
            .put(&format!("/orders/{copy}"), 1, with(order_of(1), json!({"lines": [{"product_id": "T1", "quantity": "100"}]})))
            .await
            .expect(200);
        let copy = shop.service.step(&id, "copy", json!({})).await.expect(200)["made"]["id"].as_str().unwrap().to_owned();
        let answer = shop.service.step(&copy, "submit", json!({})).await;
        assert_eq!(answer.pointers(), [("/required_on".to_owned(), "value.required".to_owned())], "only the date is missing");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_of_ones_own_holds_from_the_next_order_until_it_is_taken_out() {
    for shop in shops().await {
        let goods = async || {
            let id = shop.draft(order_of(1)).await;
            shop.page(&id).await["lines"][0]["unit_price"].clone()
        };
        let usual = goods().await;
        let price = shop.admin.post("/prices", json!({"product_id": "P001", "customer_id": "CUST001", "unit_price": "480"})).await;
        price.expect(201);
        let own = goods().await;
        assert_ne!(own, usual, "who had no price of his own when he ordered before has one now");
        let place = price.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        shop.admin.delete(&place, 1).await.expect(204);
        assert_eq!(goods().await, usual);
    }
}
