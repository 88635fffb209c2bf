//! Change orders over HTTP: what is previewed is what then happens, and every no leaves the order as it is.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::shop::{Shop, cny, id, items, order_of, parcel, sets, shops, shows};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nthe customer agrees";

fn change(items: Value) -> Value {
    json!({"reason": "客户来函", "changes": items})
}

fn quantity(line_no: i64, to: &str) -> Value {
    json!({"kind": "quantity", "line_no": line_no, "quantity": to})
}

impl Client {
    async fn change(&self, change: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/changes/{change}/{verb}"), body).await
    }
}

impl Shop {
    /// A change of an order by the representative; its id.
    async fn changed(&self, order: &str, items: Value) -> String {
        id(&self.rep.post(&format!("/orders/{order}/changes"), change(items)).await.expect(201))
    }

    async fn submitted(&self, order: &str, items: Value) -> String {
        let change = self.changed(order, items).await;
        self.rep.change(&change, "submit", json!({})).await.expect(200);
        change
    }

    async fn change_page(&self, change: &str) -> Value {
        self.rep.get(&format!("/changes/{change}")).await.expect(200)
    }

    /// A proof about an order with a file; its id.
    pub(crate) async fn proof(&self, order: &str, kind: &str, proves: &str) -> String {
        let form = Form::new().part("file", Part::bytes(PNG).file_name("同意.png")).text("order_id", order.to_owned());
        let file = id(&send(self.rep.request(Method::POST, "/attachments").multipart(form)).await.expect(201));
        let proof = json!({"kind": kind, "proves": proves, "statement": "同意变更", "given_by": "王经理", "attachment_id": file});
        id(&self.rep.post(&format!("/orders/{order}/evidence"), proof).await.expect(201))
    }
}

/// What a version of an order says, read from the order's own page.
fn version_of(page: &Value) -> Value {
    let mut version = json!({});
    for name in [
        "receiver",
        "contact_name",
        "contact_phone",
        "delivery_address",
        "packing",
        "settlement",
        "deposit_rate",
        "required_on",
        "promised_on",
        "planned_ship_on",
        "expected_on",
        "goods",
        "freight",
        "discount",
        "charges",
        "net",
        "tax",
        "payable",
        "deposit",
    ] {
        version[name] = page[name].clone();
    }
    let line = |line: &Value| {
        let mut of = json!({});
        for name in [
            "line_no",
            "product",
            "spec",
            "quantity",
            "unit_price",
            "sold",
            "choices",
            "discount_rate",
            "tax_rate",
            "net",
            "tax",
            "gross",
            "reserved",
            "shipped",
            "billed",
            "note",
        ] {
            of[name] = line[name].clone();
        }
        of
    };
    version["lines"] = page["lines"].as_array().unwrap().iter().map(line).collect();
    version
}

/// Each kind of change: what was previewed is, field by field, what the order's page then says.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_previewed_is_what_then_happens() {
    for shop in shops().await {
        shop.add_product("P002", json!({"name": "B产品", "list_price": "80"})).await;
        shop.receive("P001", "500").await;
        shop.receive("P002", "40").await;
        let address =
            json!({"kind": "address", "delivery_address": "苏州市工业园区 8 号", "receiver": "赵", "contact_phone": "13900139000"});
        let kinds = [
            json!([quantity(1, "35")]),
            json!([quantity(1, "4")]),
            json!([{"kind": "add_line", "product_id": "P002", "quantity": "5", "note": "加急"}]),
            json!([{"kind": "add_line", "product_id": "P002", "quantity": "5"}, {"kind": "drop_line", "line_no": 1}]),
            json!([{"kind": "swap_product", "line_no": 1, "product_id": "P002", "quantity": "12"}]),
            json!([{"kind": "required_on", "date": "2026-12-05"}]),
            json!([{"kind": "planned_ship_on", "date": "2026-12-03"}, {"kind": "expected_on", "date": "2026-12-04"}]),
            json!([address]),
            json!([{"kind": "packing", "packing": "木箱"}]),
            json!([{"kind": "promised_on", "date": "2026-12-20"}]),
            json!([{"kind": "settlement", "settlement": "payment_first", "deposit_rate": "100"}]),
            json!([{"kind": "price", "line_no": 1, "unit_price": "470", "discount_rate": "2"}]),
        ];
        for items in kinds {
            let order = shop.effective(order_of(10)).await;
            let before = version_of(&shop.page(&order).await);
            let sent = change(items.clone());
            let previewed = shop.rep.post(&format!("/orders/{order}/changes/preview"), sent.clone()).await.expect(200);
            assert_eq!(previewed["before"], before, "{items}");
            assert_eq!(version_of(&shop.page(&order).await), before, "looking changes nothing");
            let made = id(&shop.rep.post(&format!("/orders/{order}/changes"), sent).await.expect(201));
            shop.rep.change(&made, "submit", json!({})).await.expect(200);
            let mut state = shop.manager.change(&made, "approve", json!({})).await.expect(200);
            if previewed["asks_customer"] == true {
                assert_eq!(state["status"], "answering", "{items}");
                let evidence = shop.proof(&order, "scan", "change_accepted").await;
                state = shop.rep.change(&made, "answer", json!({"accepted": true, "evidence_id": evidence})).await.expect(200);
            }
            assert_eq!(state["status"], "applied", "{items}");
            let page = shop.page(&order).await;
            assert_eq!(previewed["after"], version_of(&page), "{items}");
            assert_eq!(page["version"], state["order_version"]);
            let told = shop.change_page(&made).await;
            assert_eq!((&told["effect"]["before"], &told["effect"]["after"]), (&before, &previewed["after"]), "both versions are kept");
            assert_eq!(told["revision"], 2);
        }
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_no_leaves_the_order_as_it_is() {
    for shop in shops().await {
        shop.receive("P001", "100").await;
        let order = shop.effective(order_of(10)).await;
        let before = version_of(&shop.page(&order).await);
        let stock = shop.stock("P001").await;

        let made = shop.submitted(&order, json!([quantity(1, "20")])).await;
        assert_eq!(shop.rep.change(&made, "approve", json!({})).await.expect(403)["code"], "denied");
        assert_eq!(shop.finance.change(&made, "approve", json!({})).await.expect(403)["code"], "change.not_your_step");
        assert_eq!(shop.manager.change(&made, "reject", json!({})).await.expect(422)["errors"][0]["pointer"], "/reason");
        shop.manager.change(&made, "reject", json!({"reason": "不划算"})).await.expect(200);
        assert_eq!(shop.manager.change(&made, "approve", json!({})).await.expect(409)["code"], "change.not_submitted");

        let made = shop.submitted(&order, json!([quantity(1, "20")])).await;
        shop.rep.change(&made, "withdraw", json!({"reason": "客户又不要了"})).await.expect(200);

        let made = shop.submitted(&order, json!([{"kind": "promised_on", "date": "2026-12-24"}])).await;
        shop.manager.change(&made, "approve", json!({})).await.expect(200);
        let refused = shop.rep.change(&made, "answer", json!({"accepted": true})).await.expect(422);
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/evidence_id"), &json!("value.required")));
        let oral = json!({"kind": "oral", "proves": "change_accepted", "statement": "电话里说好", "given_by": "王经理"});
        let oral = id(&shop.rep.post(&format!("/orders/{order}/evidence"), oral).await.expect(201));
        let refused = shop.rep.change(&made, "answer", json!({"accepted": true, "evidence_id": oral})).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], "change.not_the_answer", "what was only said proves nothing");
        let state = shop.rep.change(&made, "answer", json!({"accepted": false, "note": "太晚了"})).await.expect(200);
        assert_eq!(state["status"], "refused");

        // The manager's own change, and an order above every limit of credit.
        let own = id(&shop.manager.post(&format!("/orders/{order}/changes"), change(json!([quantity(1, "20")]))).await.expect(201));
        shop.manager.change(&own, "submit", json!({})).await.expect(200);
        assert_eq!(shop.manager.change(&own, "approve", json!({})).await.expect(403)["code"], "change.own_change");
        shop.manager.change(&own, "withdraw", json!({"reason": "x"})).await.expect(200);

        assert_eq!(version_of(&shop.page(&order).await), before);
        assert_eq!(shop.stock("P001").await, stock);
        let list = shop.rep.get(&format!("/changes?order={order}")).await.expect(200);
        let states: Vec<_> = items(&list).iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect();
        assert_eq!(states, ["withdrawn", "refused", "withdrawn", "rejected"]);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_crosses_a_limit_opens_approval_again() {
    for shop in shops().await {
        shop.receive("P001", "300").await;
        let order = shop.effective(order_of(100)).await;
        let approvals = |effect: &Value| -> Vec<String> {
            effect["steps"].as_array().unwrap().iter().map(|step| step["rule"].as_str().unwrap().to_owned()).collect()
        };
        let made = shop.submitted(&order, json!([quantity(1, "130")])).await;
        let page = shop.change_page(&made).await;
        assert_eq!(approvals(&page["effect"]).len(), 2, "above 50,000.00 finance signs too");
        assert_eq!(shop.finance.change(&made, "approve", json!({})).await.expect(403)["code"], "change.not_your_step");
        shows(&shop.manager.change(&made, "approve", json!({})).await.expect(200), &json!({"status": "submitted", "order_version": null}));
        assert_eq!(shop.manager.change(&made, "approve", json!({})).await.expect(403)["code"], "change.approved_before");
        let waiting = shop.finance.get("/my-work").await.expect(200);
        shows(&waiting["changes"], &json!([{"number": "BG2026000001", "payable_after": cny("65000.00")}]));
        assert_eq!(shop.manager.get("/my-work").await.expect(200)["changes"], json!([]));
        shows(&shop.finance.change(&made, "approve", json!({})).await.expect(200), &json!({"status": "applied"}));
        // The limit is crossed already: the manager alone signs the next one.
        let made = shop.submitted(&order, json!([quantity(1, "140")])).await;
        assert_eq!(approvals(&shop.change_page(&made).await["effect"]), ["change"]);
        shop.manager.change(&made, "approve", json!({})).await.expect(200);
        let page = shop.page(&order).await;
        shows(
            &page,
            &json!({"number": "SO2026000001", "payable": cny("70000.00"), "lines": [{"quantity": sets("140"), "reserved": sets("140")}]}),
        );
        assert_eq!(shop.stock("P001").await, ("300".into(), "140".into()));
        assert_eq!(shop.change_page(&made).await["revision"], 3);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moved_meanwhile_is_looked_at_again() {
    for shop in shops().await {
        shop.receive("P001", "12").await;
        let order = shop.effective(order_of(10)).await;
        let made = shop.submitted(&order, json!([quantity(1, "12")])).await;
        // It stays while the change is open, and the order is neither closed nor cancelled.
        let refused = shop.service.step(&order, "ship", parcel("3")).await.expect(409);
        assert_eq!(refused["gates"][0]["code"], "order.ship.change_open");
        assert_eq!(shop.service.step(&order, "cancel", json!({"reason": "x"})).await.expect(409)["gates"][0]["code"], "order.change_open");
        let actions = shop.service.get(&format!("/orders/{order}")).await.expect(200)["actions"].clone();
        let ship = actions.as_array().unwrap().iter().find(|action| action["verb"] == "ship").cloned().unwrap();
        shows(&ship, &json!({"allowed": false, "gates": [{"code": "order.ship.change_open"}]}));
        // Another order takes the two that were free.
        shop.effective(order_of(2)).await;
        shows(&shop.change_page(&made).await, &json!({"moved": true, "effect": {"stock": [{"reserves": sets("2"), "short": sets("0")}]}}));
        assert_eq!(shop.manager.change(&made, "approve", json!({})).await.expect(409)["code"], "change.moved");
        shop.rep.change(&made, "submit", json!({})).await.expect(200);
        assert_eq!(shop.rep.change(&made, "submit", json!({})).await.expect(409)["code"], "change.not_moved");
        // There is not enough now: whoever makes or buys it agrees, and then the customer.
        let refused = shop.manager.change(&made, "approve", json!({})).await.expect(409);
        assert_eq!(refused["gates"][0]["code"], "change.supply_agreed");
        shop.proof(&order, "scan", "production_date").await;
        shows(&shop.manager.change(&made, "approve", json!({})).await.expect(200), &json!({"status": "answering"}));
        let evidence = shop.proof(&order, "signed_confirmation", "change_accepted").await;
        shop.rep.change(&made, "answer", json!({"accepted": true, "evidence_id": evidence})).await.expect(200);
        shows(&shop.page(&order).await["lines"], &json!([{"quantity": sets("12"), "reserved": sets("10")}]));
        let second = shop.submitted(&order, json!([quantity(1, "11")])).await;
        let third = shop.changed(&order, json!([quantity(1, "10")])).await;
        assert_eq!(shop.rep.change(&third, "submit", json!({})).await.expect(409)["code"], "change.another_open");
        shop.manager.change(&second, "approve", json!({})).await.expect(200);
        shop.service.step(&order, "ship", parcel("3")).await.expect(200);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_its_item() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        shop.service.step(&order, "ship", parcel("4")).await.expect(200);
        let check = async |items: Value, pointer: &str, code: &str| {
            let answer = shop.rep.post(&format!("/orders/{order}/changes"), change(items)).await;
            answer.expect(422);
            assert_eq!(answer.pointers(), [(pointer.to_owned(), code.to_owned())]);
        };
        check(json!([]), "/changes", "value.required").await;
        check(json!([{}]), "/changes/0/kind", "value.required").await;
        check(json!([{"kind": "colour"}]), "/changes/0/kind", "value.unknown_choice").await;
        check(json!([quantity(1, "3")]), "/changes/0/quantity", "change.below_shipped").await;
        check(json!([quantity(2, "3")]), "/changes/0/line_no", "line.unknown").await;
        check(
            json!([{"kind": "quantity", "line_no": 1, "quantity": {"value": "12", "unit": "kg"}}]),
            "/changes/0/quantity",
            "value.wrong_unit",
        )
        .await;
        check(json!([{"kind": "drop_line", "line_no": 1}]), "/changes/0/line_no", "change.line_moved").await;
        check(json!([{"kind": "add_line", "product_id": "P404", "quantity": "1"}]), "/changes/0/product_id", "value.unknown").await;
        check(json!([{"kind": "add_line", "product_id": "P001"}]), "/changes/0/quantity", "value.required").await;
        check(json!([{"kind": "promised_on", "date": "2026-11-20"}]), "/changes/0/date", "date.before").await;
        let draft = shop.draft(order_of(1)).await;
        let refused = shop.rep.post(&format!("/orders/{draft}/changes"), change(json!([quantity(1, "2")]))).await.expect(409);
        assert_eq!(refused["code"], "order.not_effective");
        let mut nameless = change(json!([quantity(1, "12")]));
        nameless["reason"] = json!(" ");
        assert_eq!(shop.rep.post(&format!("/orders/{order}/changes"), nameless).await.expect(422)["errors"][0]["pointer"], "/reason");
        let auditor = shop.server.sign_in("auditor").await;
        assert_eq!(
            auditor.post(&format!("/orders/{order}/changes"), change(json!([quantity(1, "12")]))).await.expect(403)["code"],
            "denied"
        );
        assert_eq!(items(&auditor.get("/changes").await.expect(200)).len(), 0, "nothing of it stays");

        let made = shop.changed(&order, json!([quantity(1, "12")])).await;
        let page = shop.change_page(&made).await;
        shows(
            &page,
            &json!({"status": "draft", "effect": {"after": {"payable": cny("6000.00")}}, "changes": [{"kind": "quantity", "quantity": "12"}]}),
        );
        let edited = shop.rep.put(&format!("/changes/{made}"), 1, change(json!([quantity(1, "13")]))).await;
        edited.expect(200);
        shop.rep.get("/changes/BG2026000001").await.expect(200);
        shop.rep.get("/changes/BG404").await.expect(404);
        let csv = shop.manager.get("/changes?format=csv").await;
        assert_eq!(csv.status, 200);
        shop.verify().await;
    }
}

/// A change and a shipment at the same time: one of them is refused, and the books stay right.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_racing_a_shipment_leaves_the_books_right() {
    for shop in shops().await {
        shop.receive("P001", "1000").await;
        for _ in 0..12 {
            let order = shop.effective(order_of(10)).await;
            let made = shop.changed(&order, json!([quantity(1, "6")])).await;
            let (submitted, shipped) =
                tokio::join!(shop.rep.change(&made, "submit", json!({})), shop.service.step(&order, "ship", parcel("8")));
            // Less than has left is no change any more; what is to change does not leave.
            assert!(submitted.status == 200 || shipped.status == 200);
            assert!(submitted.status != 200 || shipped.status != 200, "{} {}", submitted.status, shipped.status);
            if submitted.status == 200 {
                let (approved, shipped) =
                    tokio::join!(shop.manager.change(&made, "approve", json!({})), shop.service.step(&order, "ship", parcel("6")));
                approved.expect(200);
                assert!(shipped.status == 200 || shipped.status == 409, "{}", shipped.status);
            }
            let line = shop.page(&order).await["lines"][0].clone();
            let number = |name: &str| line[name]["value"].as_str().unwrap().parse::<i64>().unwrap();
            assert!(number("shipped") + number("reserved") <= number("quantity"), "{line}");
        }
        shop.verify().await;
    }
}

/// What a change races with: whichever comes first, the other is taken on top of it or refused, and the books stay right.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_races_with_every_step_that_moves_the_order() {
    for shop in shops().await {
        shop.receive("P001", "1000").await;
        for (rival, body) in [
            ("ship", parcel("2")),
            ("cancel", json!({"reason": "客户不要了"})),
            ("close-short", json!({"reason": "停产"})),
            ("hold", json!({"reason": "等客户"})),
        ] {
            for _ in 0..3 {
                let order = shop.effective(order_of(10)).await;
                let (made, other) =
                    (shop.changed(&order, json!([quantity(1, "6")])).await, shop.changed(&order, json!([quantity(1, "12")])).await);
                let (first, second, step) = tokio::join!(
                    shop.rep.change(&made, "submit", json!({})),
                    shop.rep.change(&other, "submit", json!({})),
                    shop.service.step(&order, rival, body.clone())
                );
                assert!([&first, &second, &step].iter().any(|answer| answer.status == 200), "{rival}");
                assert!([&first, &second, &step].iter().all(|answer| [200, 409].contains(&answer.status.as_u16())), "{rival}");
                let open = if first.status == 200 { &made } else { &other };
                let (applied, step) =
                    tokio::join!(shop.manager.change(open, "approve", json!({})), shop.service.step(&order, rival, body.clone()));
                assert!([&applied, &step].iter().all(|answer| [200, 409].contains(&answer.status.as_u16())), "{rival} {}", applied.text());
                let page = shop.page(&order).await;
                let number = |name: &str| page["lines"][0][name]["value"].as_str().unwrap().parse::<i64>().unwrap();
                assert!(number("shipped") + number("reserved") <= number("quantity"), "{rival} {page}");
                if page["status"] == "cancelled" || rival == "close-short" && step.status == 200 {
                    assert_eq!(number("reserved"), 0, "{rival}");
                }
            }
        }
        shop.verify().await;
    }
}
