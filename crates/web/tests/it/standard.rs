//! The `standard` company of the blueprints, as a story over HTTP: from a phone call to a closed order, forbidden steps included.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, send};
use crate::server::servers;
use crate::shop::{Shop, at, cny, id, items, order_of, parcel, sets, shows, ticked, with};

/// The standard order form, every field filled in.
fn form() -> Value {
    json!({
        "customer_id": "CUST001", "contact_name": "王经理", "contact_phone": "13800138000",
        "delivery_address": "上海市浦东新区人民路1号", "receiver": "李仓管",
        "ordered_on": "2023-10-08", "required_on": "2023-10-15", "planned_ship_on": "2023-10-14", "expected_on": "2023-10-16",
        "channel": "phone", "category": "direct", "settlement": "deposit_balance", "deposit_rate": "30", "tax_inclusive": true,
        "rep_id": "sales_rep", "warehouse_id": "W1", "external_number": "", "customer_po": "PO-77",
        "packing": "防潮包装", "transport": "公路运输", "freight": cny("800.00"), "discount": "0.00",
        "notes": "分两批亦可", "special_requirements": "加贴序列号",
        "lines": [{"product_id": "P001", "quantity": sets("100"), "unit_price": cny("500.00"), "discount_rate": "0", "tax_rate": "13", "note": "首单"}],
    })
}

fn gates(answer: &Answer) -> Vec<String> {
    answer.json()["gates"].as_array().unwrap().iter().map(|gate| gate["code"].as_str().unwrap().to_owned()).collect()
}

fn no_reason() -> Value {
    json!({"reason": " "})
}

fn because(reason: &str) -> Value {
    json!({"reason": reason})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_taken_from_a_phone_call_to_closed() {
    for server in servers().await {
        at(&server, "2023-10-08T01:00:00Z");
        let shop = Shop::open(server).await;
        // Somebody who holds every duty still may not check their own order.
        shop.server.add_user("clerk", "sales_rep,customer_service,sales_manager,finance").await;
        shop.receive("P001", "60").await;
        let order = enters(&shop).await;
        is_submitted_with_a_number(&shop, &order).await;
        is_checked_by_somebody_else(&shop, &order).await;
        goes_back_with_a_question_and_keeps_its_number(&shop, &order).await;
        is_approved_by_two(&shop, &order).await;
        pays_the_deposit(&shop, &order).await;
        ships_what_is_there(&shop, &order).await;
        let shop = shop.on("2023-10-14T01:00:00Z").await;
        ships_the_rest(&shop, &order).await;
        let shop = shop.on("2023-10-16T02:00:00Z").await;
        is_signed_for(&shop, &order).await;
        does_not_close_while_money_is_open(&shop, &order).await;
        pays_the_balance(&shop, &order).await;
        let shop = shop.on("2023-10-19T02:00:00Z").await;
        is_content_in_the_end(&shop, &order).await;
        closes_and_may_be_opened_with_a_reason(&shop, &order).await;
        everything_is_on_record(&shop, &order).await;
        shop.verify().await;
    }
}

/// The clerk enters the form; a vague date is no date, and a draft may be changed.
async fn enters(shop: &Shop) -> String {
    let clerk = shop.server.sign_in("clerk").await;
    let answer = clerk.post("/orders", with(form(), json!({"required_on": "尽快"}))).await;
    answer.expect(422);
    assert_eq!(answer.pointers()[0].0, "/required_on");
    let draft = clerk.post("/orders", with(form(), json!({"packing": "", "contact_phone": "无"}))).await.expect(201);
    let place = format!("/orders/{}", id(&draft));
    let answer = clerk.step(&id(&draft), "submit", json!({})).await;
    answer.expect(422);
    assert_eq!(answer.pointers()[0].0, "/contact_phone", "what is missing is said before anybody else sees the order");
    clerk.put(&place, 1, form()).await.expect(200);
    let page = clerk.get(&place).await.expect(200);
    shows(&page, &json!({"number": "", "status": "draft", "version": 2, "packing": "防潮包装", "entered_by": {"name": "clerk 先生"}}));
    id(&draft)
}

async fn is_submitted_with_a_number(shop: &Shop, order: &str) {
    let clerk = shop.server.sign_in("clerk").await;
    let state = clerk.step(order, "submit", json!({})).await.expect(200);
    shows(
        &state,
        &json!({"number": "SO2023000001", "status": "submitted", "payable": cny("50800.00"), "tracks": {"supply": {"state": "part_reserved", "tone": "risk"}}}),
    );
    let page = clerk.get("/orders/SO2023000001").await.expect(200);
    shows(
        &page,
        &json!({
            "id": order, "number": "SO2023000001", "status": "submitted", "held": false,
            "customer": {"code": "CUST001", "grade": "B"}, "contact_name": "王经理", "contact_phone": "13800138000",
            "delivery_address": "上海市浦东新区人民路1号", "receiver": "李仓管",
            "ordered_on": "2023-10-08", "required_on": "2023-10-15", "planned_ship_on": "2023-10-14", "expected_on": "2023-10-16",
            "delivered_on": null, "channel": "phone", "category": "direct", "settlement": "deposit_balance", "deposit_rate": "30",
            "tax_inclusive": true, "rep": {"name": "sales_rep 先生"}, "warehouse": {"code": "W1"}, "customer_po": "PO-77",
        }),
    );
    shows(
        &page,
        &json!({
            "packing": "防潮包装", "transport": "公路运输", "notes": "分两批亦可", "special_requirements": "加贴序列号",
            "goods": cny("50000.00"), "freight": cny("800.00"), "discount": cny("0.00"),
            "net": cny("44955.75"), "tax": cny("5844.25"), "payable": cny("50800.00"), "deposit": cny("15240.00"),
            "open": cny("50800.00"), "payable_capital": "人民币伍万零捌佰元整",
            "lines": [{
                "product": {"code": "P001", "name": "A产品"}, "spec": "L-500×300", "unit": "台", "quantity": sets("100"),
                "unit_price": cny("500.00"), "price_source": "list", "tax_rate": "13", "note": "首单",
                "net": cny("44247.79"), "tax": cny("5752.21"), "gross": cny("50000.00"), "reserved": sets("60"), "available": sets("0"),
            }],
            "waiting_for": {"track": "commercial", "what": "review", "who": "customer_service"},
        }),
    );
    // The second pair of eyes has two hours.
    web::tick(&shop.server.app).await;
    let work = shop.service.get("/my-work").await.expect(200);
    shows(&work, &json!({"items": [{"kind": "review", "verb": "review", "due_at": "2023-10-08T03:00:00Z", "order": {"id": order}}]}));
}

async fn is_checked_by_somebody_else(shop: &Shop, order: &str) {
    let clerk = shop.server.sign_in("clerk").await;
    assert_eq!(clerk.step(order, "review", ticked()).await.expect(403)["code"], "order.same_person");
    let answer = shop.service.step(order, "review", json!({"checklist": ["customer", "lines", "price", "delivery"]})).await;
    answer.expect(422);
    assert_eq!(answer.pointers(), [("/checklist".to_owned(), "order.checklist_open".to_owned())]);
    assert_eq!(shop.manager.step(order, "approve", json!({})).await.expect(409)["code"], "order.not_reviewed", "no step is skipped");
    let state = shop.service.step(order, "review", ticked()).await.expect(200);
    assert_eq!(state["status"], "reviewed");
    let put = clerk.put(&format!("/orders/{order}"), state["version"].as_i64().unwrap(), form()).await;
    assert_eq!(put.expect(409)["code"], "order.not_draft", "nothing is edited after submission");
}

/// Finance has a question after the manager's yes: the order goes back, is changed, and begins a new round under its old number.
async fn goes_back_with_a_question_and_keeps_its_number(shop: &Shop, order: &str) {
    shop.manager.step(order, "approve", json!({"note": "同意"})).await.expect(200);
    assert_eq!(shop.finance.step(order, "return", no_reason()).await.pointers()[0].0, "/reason");
    let state = shop.finance.step(order, "return", because("运输方式？")).await.expect(200);
    shows(&state, &json!({"status": "draft", "number": "SO2023000001", "tracks": {"supply": {"state": "none"}}}));
    assert_eq!(shop.stock("P001").await, ("60".into(), "0".into()), "a returned order reserves nothing");
    let clerk = shop.server.sign_in("clerk").await;
    let changed = with(form(), json!({"transport": "铁路运输"}));
    clerk.put(&format!("/orders/{order}"), state["version"].as_i64().unwrap(), changed).await.expect(200);
    let state = clerk.step(order, "submit", json!({})).await.expect(200);
    assert_eq!(state["number"], "SO2023000001", "a number never changes");
    shop.service.step(order, "review", ticked()).await.expect(200);
    let approvals = shop.page(order).await["approvals"].clone();
    shows(
        &approvals,
        &json!([
            {"round": 1, "step": 1, "role": "sales_manager", "decision": "approved", "by": {"name": "sales_manager 先生"}, "note": "同意"},
            {"round": 1, "step": 2, "role": "finance", "decision": "returned", "by": {"name": "finance 先生"}, "note": "运输方式？"},
            {"round": 2, "step": 1, "role": "sales_manager", "decision": null, "by": null},
            {"round": 2, "step": 2, "role": "finance", "decision": null, "by": null},
        ]),
    );
}

/// 50,800.00 is above 50,000.00: the manager, then finance; the first of two makes nothing effective.
async fn is_approved_by_two(shop: &Shop, order: &str) {
    let clerk = shop.server.sign_in("clerk").await;
    assert_eq!(clerk.step(order, "approve", json!({})).await.expect(403)["code"], "order.own_order");
    assert_eq!(shop.finance.step(order, "approve", json!({})).await.expect(403)["code"], "order.not_your_step");
    let first = shop.manager.step(order, "approve", json!({})).await.expect(200);
    assert_eq!(first["status"], "reviewed");
    shows(&shop.page(order).await, &json!({"effective_at": null, "waiting_for": {"what": "approve", "who": "finance"}}));
    assert_eq!(shop.warehouse.step(order, "ship", parcel("60")).await.expect(409)["code"], "order.not_effective");
    assert_eq!(shop.manager.step(order, "approve", json!({})).await.expect(403)["code"], "order.approved_before");
    let second = shop.finance.step(order, "approve", json!({"note": "资信良好"})).await.expect(200);
    assert_eq!(second["status"], "effective");
    shows(&shop.page(order).await, &json!({"effective_at": "2023-10-08T01:00:00Z", "waiting_for": {"track": "supply", "what": "stock"}}));
}

async fn pays_the_deposit(shop: &Shop, order: &str) {
    let deposit = json!({"amount": cny("15240.00"), "method": "bank", "reference": "BK-1"});
    let state = shop.finance.step(order, "record-payment", deposit).await.expect(200);
    shows(&state, &json!({"paid": cny("15240.00"), "made": {"kind": "payment", "number": "PAY2023000001"}}));
    shows(&shop.page(order).await, &json!({"open": cny("35560.00"), "payments": [{"amount": cny("15240.00"), "allocated": cny("0.00")}]}));
}

/// 60 of 100 are there: 100 is refused at its field, and the customer takes a split delivery.
async fn ships_what_is_there(shop: &Shop, order: &str) {
    let answer = shop.warehouse.step(order, "ship", parcel("100")).await;
    let refused = answer.expect(422);
    assert_eq!(answer.pointers(), [("/lines/0/quantity".to_owned(), "line.not_in_stock".to_owned())]);
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("60 台"), "{refused}");
    assert_eq!(shop.stock("P001").await, ("60".into(), "60".into()));
    let state = shop.warehouse.step(order, "ship", parcel("60")).await.expect(200);
    shows(
        &state,
        &json!({"made": {"kind": "shipment", "number": "DN2023000001"}, "tracks": {"fulfilment": {"state": "part_shipped"}, "supply": {"state": "part_reserved"}}}),
    );
    assert_eq!(shop.stock("P001").await, ("0".into(), "0".into()));
    assert_eq!(shop.service.step(order, "reserve", json!({})).await.expect(409)["code"], "order.nothing_to_reserve");
    // What was shipped is billed; the deposit pays part of it at once.
    let state = shop.finance.step(order, "invoice", json!({"kind": "special"})).await.expect(200);
    shows(
        &state,
        &json!({"billed": cny("30000.00"), "made": {"number": "INV2023000001"}, "tracks": {"finance": {"state": "part_billed"}}}),
    );
    let first = &shop.page(order).await["invoices"][0];
    shows(
        first,
        &json!({"gross": cny("30000.00"), "paid": cny("15240.00"), "open": cny("14760.00"), "status": "part_paid", "due_on": "2023-11-07"}),
    );
}

async fn ships_the_rest(shop: &Shop, order: &str) {
    shop.receive("P001", "40").await;
    let state = shop.service.step(order, "reserve", json!({})).await.expect(200);
    assert_eq!(state["tracks"]["supply"]["state"], "ready");
    assert_eq!(shop.stock("P001").await, ("40".into(), "40".into()));
    let answer = shop.warehouse.step(order, "ship", parcel("41")).await;
    answer.expect(422);
    assert_eq!(answer.pointers(), [("/lines/0/quantity".to_owned(), "line.above_shippable".to_owned())]);
    let state = shop.warehouse.step(order, "ship", parcel("40")).await.expect(200);
    shows(&state, &json!({"made": {"number": "DN2023000002"}, "tracks": {"fulfilment": {"state": "shipped"}}}));
    // The last invoice takes freight and what is left, so that all come to payable.
    let state = shop.finance.step(order, "invoice", json!({})).await.expect(200);
    shows(&state, &json!({"billed": cny("50800.00"), "tracks": {"finance": {"state": "part_paid"}}}));
    let page = shop.page(order).await;
    shows(
        &page["invoices"][1],
        &json!({"number": "INV2023000002", "gross": cny("20800.00"), "freight": cny("800.00"), "open": cny("20800.00")}),
    );
    let sum = |field: &str| -> i64 {
        let minor = |invoice: &Value| invoice[field]["amount"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        page["invoices"].as_array().unwrap().iter().map(minor).sum()
    };
    assert_eq!((sum("net"), sum("tax"), sum("gross")), (4_495_575, 584_425, 5_080_000));
}

async fn is_signed_for(shop: &Shop, order: &str) {
    let notes = shop.page(order).await["shipments"].clone();
    let photo = Part::bytes(b"\x89PNG\r\n\x1a\nsigned".to_vec()).file_name("回单.png");
    let form = Form::new().part("file", photo).text("kind", "proof_of_delivery");
    let proof = id(&send(shop.service.request(Method::POST, "/attachments").multipart(form)).await.expect(201));
    for (note, last) in [(&notes[0], false), (&notes[1], true)] {
        let place = format!("/shipments/{}/deliver", id(note));
        let answer = shop.service.post(&place, json!({"signer": ""})).await;
        assert_eq!(answer.pointers()[0].0, "/signer");
        let signed = json!({"signer": "李仓管", "delivered_on": "2023-10-16", "attachment_ids": if last { vec![&proof] } else { vec![] }});
        let state = shop.service.post(&place, signed.clone()).await.expect(200);
        assert_eq!(shop.service.post(&place, signed).await.expect(409)["code"], "shipment.already_delivered");
        let fulfilment = if last { "delivered" } else { "part_delivered" };
        assert_eq!(state["tracks"]["fulfilment"]["state"], fulfilment);
    }
    let page = shop.page(order).await;
    shows(&page["shipments"][1]["attachments"], &json!([{"id": proof, "filename": "回单.png", "kind": "proof_of_delivery"}]));
    shows(
        &page,
        &json!({"delivered_on": "2023-10-16", "follow_up": {"due_on": "2023-10-19", "state": "due"}, "waiting_for": {"what": "collect"}}),
    );
}

/// The reason says what is missing, in the language of who asks.
async fn does_not_close_while_money_is_open(shop: &Shop, order: &str) {
    for language in ["zh-CN", "zh-TW", "en"] {
        let answer = shop.service.clone().with("accept-language", language).step(order, "close", json!({})).await;
        let problem = answer.expect(409);
        assert_eq!(
            (problem["type"].as_str(), gates(&answer)),
            (Some("gate-refused"), vec!["order.close.settled".to_owned(), "order.close.satisfied".to_owned()])
        );
        let gate = &problem["gates"][0];
        assert!(gate["message"].as_str().unwrap().contains("35,560.00"), "{gate}");
        let fact = &gate["missing"][0];
        assert_eq!(fact["fact"], "paid");
        assert!(
            fact["current"].as_str().unwrap().contains("15,240.00") && fact["required"].as_str().unwrap().contains("50,800.00"),
            "{fact}"
        );
    }
    let actions = shop.service.get(&format!("/orders/{order}")).await.expect(200)["actions"].clone();
    let close = actions.as_array().unwrap().iter().find(|action| action["verb"] == "close").cloned().unwrap();
    shows(
        &close,
        &json!({"allowed": false, "code": "gate-refused", "gates": [{"code": "order.close.settled"}, {"code": "order.close.satisfied"}]}),
    );
}

async fn pays_the_balance(shop: &Shop, order: &str) {
    let pay = |amount: &str| json!({"amount": amount, "method": "bank", "paid_on": "2023-10-16", "reference": "BK-2"});
    let answer = shop.finance.step(order, "record-payment", pay("35560.01")).await;
    assert!(answer.expect(422)["errors"][0]["message"].as_str().unwrap().contains("35,560.00"));
    assert_eq!(answer.pointers(), [("/amount".to_owned(), "payment.above_open".to_owned())]);
    shop.finance.step(order, "record-payment", pay("14760.00")).await.expect(200);
    let state = shop.finance.step(order, "record-payment", pay("20800.00")).await.expect(200);
    shows(&state, &json!({"paid": cny("50800.00"), "tracks": {"finance": {"state": "settled", "tone": "done"}}}));
    let page = shop.page(order).await;
    shows(&page["invoices"], &json!([{"status": "paid", "open": cny("0.00")}, {"status": "paid", "open": cny("0.00")}]));
    assert_eq!(shop.finance.step(order, "record-payment", pay("0.01")).await.expect(409)["code"], "order.nothing_to_pay");
}

/// Two pieces are damaged: the order does not close on a dissatisfied customer.
async fn is_content_in_the_end(shop: &Shop, order: &str) {
    let state = shop.after.step(order, "follow-up", json!({"score": 2, "comment": "两台破损"})).await.expect(200);
    shows(&state, &json!({"tracks": {"service": {"state": "dissatisfied", "tone": "late"}}}));
    let answer = shop.service.step(order, "close", json!({})).await;
    answer.expect(409);
    assert_eq!(gates(&answer), ["order.close.satisfied"]);
    shop.after.step(order, "follow-up", json!({"score": 5, "comment": "已换货，满意"})).await.expect(200);
    shows(&shop.page(order).await, &json!({"follow_up": {"state": "satisfied", "score": 5}, "waiting_for": {"what": "close"}}));
}

async fn closes_and_may_be_opened_with_a_reason(shop: &Shop, order: &str) {
    let state = shop.service.step(order, "close", json!({})).await.expect(200);
    assert_eq!(state["status"], "closed");
    assert_eq!(shop.warehouse.step(order, "ship", parcel("1")).await.expect(409)["code"], "order.not_effective");
    assert_eq!(shop.service.step(order, "reopen", because("补发")).await.expect(403)["code"], "denied");
    assert_eq!(shop.manager.step(order, "reopen", no_reason()).await.pointers()[0].0, "/reason");
    shop.manager.step(order, "reopen", because("发票抬头有误")).await.expect(200);
    shop.service.step(order, "close", json!({})).await.expect(200);
    shows(
        &shop.page(order).await,
        &json!({"status": "closed", "closed_at": "2023-10-19T02:00:00Z", "waiting_for": null, "number": "SO2023000001"}),
    );
}

/// Who did what, when and why: nothing is missing, nothing is there twice.
async fn everything_is_on_record(shop: &Shop, order: &str) {
    let mut events = items(&shop.rep.get(&format!("/orders/{order}/events?limit=200")).await.expect(200));
    events.reverse();
    // Clocks warn in between, by themselves; what they do is told in `clock.rs`.
    events.retain(|event| !event["kind"].as_str().unwrap().starts_with("Clock"));
    let told: Vec<String> =
        events.iter().map(|e| format!("{} {}", e["kind"].as_str().unwrap(), e["by"].as_str().unwrap().replace(" 先生", ""))).collect();
    let expected = [
        "OrderCreated clerk",
        "OrderEdited clerk",
        "OrderSubmitted clerk",
        "OrderReviewed customer_service",
        "OrderStepApproved sales_manager",
        "OrderReturned finance",
        "OrderEdited clerk",
        "OrderSubmitted clerk",
        "OrderReviewed customer_service",
        "OrderStepApproved sales_manager",
        "OrderApproved finance",
        "OrderTookEffect finance",
        "PaymentRecorded finance",
        "OrderShipped warehouse",
        "OrderInvoiced finance",
        "OrderReserved customer_service",
        "OrderReady customer_service",
        "OrderShipped warehouse",
        "OrderInvoiced finance",
        "ShipmentDelivered customer_service",
        "ShipmentDelivered customer_service",
        "FollowUpCreated customer_service",
        "PaymentRecorded finance",
        "PaymentRecorded finance",
        "FollowUpCompleted after_sales",
        "FollowUpCompleted after_sales",
        "OrderClosed customer_service",
        "OrderReopened sales_manager",
        "OrderClosed customer_service",
    ];
    assert_eq!(told, expected);
    assert!(events.iter().all(|event| event["source"] == json!({"channel": "web", "address": "127.0.0.1"})), "{events:?}");
    shows(&events[5], &json!({"reason": "运输方式？", "at": "2023-10-08T01:00:00Z"}));
    shows(&events[6]["changes"], &json!([{"field": "transport", "before": "公路运输", "after": "铁路运输"}]));
    assert_eq!(events[27]["reason"], "发票抬头有误");
    let positions: Vec<i64> = events.iter().map(|event| event["position"].as_i64().unwrap()).collect();
    assert!(positions.windows(2).all(|pair| pair[0] < pair[1]));
    let auditor = shop.server.sign_in("auditor").await;
    let mut audit = items(&auditor.get(&format!("/audit?subject=order/{order}&limit=200")).await.expect(200));
    audit.reverse();
    audit.retain(|event| !event["kind"].as_str().unwrap().starts_with("Clock"));
    assert_eq!(audit.iter().map(|event| &event["kind"]).collect::<Vec<_>>(), events.iter().map(|event| &event["kind"]).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn up_to_fifty_thousand_is_the_managers_alone_and_a_cent_more_is_not() {
    for server in servers().await {
        let shop = Shop::open(server).await;
        let order = shop.reviewed(order_of(100)).await;
        shows(&shop.page(&order).await, &json!({"payable": cny("50000.00"), "approvals": [{"role": "sales_manager"}]}));
        assert_eq!(shop.finance.step(&order, "approve", json!({})).await.expect(403)["code"], "order.not_your_step");
        assert_eq!(shop.manager.step(&order, "approve", json!({})).await.expect(200)["status"], "effective");

        let order = shop.reviewed(with(order_of(100), json!({"freight": "0.01"}))).await;
        shows(
            &shop.page(&order).await,
            &json!({"payable": cny("50000.01"), "approvals": [{"role": "sales_manager"}, {"role": "finance"}]}),
        );
        assert_eq!(shop.manager.step(&order, "approve", json!({})).await.expect(200)["status"], "reviewed");
        shop.verify().await;
    }
}

/// The mall of s0: tax is inside, and money may come before, between and after every step of the goods.
#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_pays_whenever_it_suits() {
    for server in servers().await {
        let shop = Shop::open(server).await;
        shop.add_product("M1", json!({"list_price": "59.90"})).await;
        shop.add_product("M2", json!({"list_price": "19.90"})).await;
        shop.receive("M1", "10").await;
        shop.receive("M2", "10").await;
        let lines = json!([{"product_id": "M1", "quantity": "1"}, {"product_id": "M2", "quantity": "2"}]);
        let order = with(order_of(1), json!({"freight": "8.00", "channel": "web_shop", "external_number": "M-1", "lines": lines}));
        let id = shop.place(order).await;
        shows(&shop.page(&id).await, &json!({"goods": cny("99.70"), "payable": cny("107.70"), "tax": cny("12.39"), "net": cny("95.31")}));
        let pay = |amount: &'static str| shop.finance.step(&id, "record-payment", json!({"amount": amount, "method": "alipay"}));
        pay("20.00").await.expect(200);
        shop.service.step(&id, "review", ticked()).await.expect(200);
        pay("20.00").await.expect(200);
        shop.manager.step(&id, "approve", json!({})).await.expect(200);
        shop.warehouse
            .step(&id, "ship", json!({"lines": [{"line_no": 1, "quantity": "1"}, {"line_no": 2, "quantity": "2"}]}))
            .await
            .expect(200);
        pay("20.00").await.expect(200);
        let note = shop.page(&id).await["shipments"][0]["id"].as_str().unwrap().to_owned();
        shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "本人"})).await.expect(200);
        pay("20.00").await.expect(200);
        shop.finance.step(&id, "invoice", json!({"kind": "electronic"})).await.expect(200);
        let state = pay("27.70").await.expect(200);
        assert_eq!(state["tracks"]["finance"]["state"], "settled");
        shop.after.step(&id, "waive-follow-up", because("小额订单")).await.expect(200);
        assert_eq!(shop.service.step(&id, "close", json!({})).await.expect(200)["status"], "closed");
        shop.verify().await;
    }
}
