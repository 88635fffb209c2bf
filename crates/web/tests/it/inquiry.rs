//! Inquiry memos over HTTP: raw words and a checklist, what is vague named, an answer promised by a time, and gates that wait for the memo.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::clock::monday;
use crate::shop::{Shop, id, items, shops, shows, with};

const RULES: &str = r#"
title = "备忘录"
[[approval]]
code = "manager"
stage = 1
roles = ["sales_manager"]
[[checklist]]
code = "lines"
[[inquiry]]
code = "product"
text = { zh-CN = "产品", zh-TW = "產品", en = "Product" }
required = true
[[inquiry]]
code = "quantity"
text = { zh-CN = "数量", zh-TW = "數量", en = "Quantity" }
kind = "quantity"
required = true
[[inquiry]]
code = "day"
text = { zh-CN = "交期", zh-TW = "交期", en = "Day" }
kind = "date"
required = true
[[inquiry]]
code = "drawing"
text = { zh-CN = "图纸", zh-TW = "圖面", en = "Drawing" }
kind = "drawing"
[[inquiry]]
code = "guarantee"
text = { zh-CN = "担保人", zh-TW = "擔保人", en = "Guarantor" }
required = true
when = "customer.code != '' && order.channel == 'visit'"
[[gate]]
code = "memo"
on = ["submit"]
require = "order.has_inquiry && inquiry.open_items == 0 && inquiry.vague_items == 0"
message = "先澄清客户信息备忘录。"
"#;

impl Client {
    async fn ask(&self, inquiry: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/inquiries/{inquiry}/{verb}"), body).await
    }
}

impl Shop {
    async fn memo_rules(&self) {
        let draft = self.admin.post("/blueprints", json!({"content": RULES, "why": "备忘录"})).await.expect(201);
        self.admin.post_at(&format!("/blueprints/{}/activate", id(&draft)), 1, json!({"why": "备忘录"})).await.expect(200);
    }

    async fn taken(&self, inquiry: Value) -> String {
        id(&self.rep.post("/inquiries", inquiry).await.expect(201))
    }

    async fn inquiry(&self, inquiry: &str) -> Value {
        self.rep.get(&format!("/inquiries/{inquiry}")).await.expect(200)
    }

    /// How the items of an inquiry stand: `day:vague`.
    async fn marks(&self, inquiry: &str) -> Vec<String> {
        let page = self.inquiry(inquiry).await;
        let mark = |item: &Value| format!("{}:{}", item["code"].as_str().unwrap(), item["mark"].as_str().unwrap());
        page["items"].as_array().unwrap().iter().map(mark).collect()
    }

    /// Keeps a drawing of an inquiry; its id.
    async fn drawing(&self, inquiry: &str) -> String {
        let form = Form::new()
            .part("file", Part::bytes(b"%PDF-1.4\n%%EOF\n".to_vec()).file_name("图纸.pdf"))
            .text("kind", "drawing")
            .text("inquiry_id", inquiry.to_owned());
        id(&send(self.rep.request(Method::POST, "/attachments").multipart(form)).await.expect(201))
    }
}

fn said() -> Value {
    json!({"customer_id": "CUST001", "channel": "phone", "said": "要P001大概10个，定制颜色，尽快"})
}

fn clear() -> Value {
    let items = json!([
        {"code": "product", "value": "P001"}, {"code": "quantity", "value": "10个"},
        {"code": "day", "value": "下周三"}, {"code": "drawing", "value": "图号 DWG-2231"},
    ]);
    with(said(), json!({"items": items}))
}

/// INT-02: each item is filled, missing or vague, with the words and why; drawings are files or numbers; what is clear again is not for ever.
#[tokio::test(flavor = "multi_thread")]
async fn an_inquiry_names_what_is_missing_and_vague_until_it_is_clear() {
    for shop in shops().await {
        shop.memo_rules().await;
        let nobody = shop.rep.post("/inquiries", json!({"said": "要货"})).await;
        assert_eq!(nobody.pointers(), [("/customer_name".to_owned(), "value.required".to_owned())]);
        shop.warehouse.post("/inquiries", said()).await.expect(403);
        let one = shop.taken(said()).await;
        let page = shop.inquiry(&one).await;
        shows(&page, &json!({"number": "XJ2026000001", "status": "open", "missing": 1, "vague": 3, "customer": {"code": "CUST001"}}));
        assert_eq!(shop.marks(&one).await, ["product:missing", "quantity:vague", "day:vague", "drawing:vague"]);
        let words: Vec<&str> = page["vague_words"].as_array().unwrap().iter().map(|word| word["said"].as_str().unwrap()).collect();
        assert_eq!(words, ["大概", "定制", "尽快"]);
        let refused = shop.rep.ask(&one, "clarify", json!({})).await;
        refused.expect(422);
        let codes: Vec<String> = refused.pointers().into_iter().map(|(at, code)| format!("{at} {code}")).collect();
        assert_eq!(
            codes,
            [
                "/items/0/value inquiry.item_missing",
                "/items/1/value inquiry.item_vague",
                "/items/2/value inquiry.item_vague",
                "/items/3/value inquiry.item_vague"
            ]
        );
        // While it is typed it is checked without effect.
        let checked = shop.rep.post("/inquiries/check", clear()).await.expect(200);
        assert_eq!((&checked["missing"], &checked["vague"]), (&json!(0), &json!(0)));
        // 2026-11-21 is a Saturday.
        assert_eq!(checked["items"][2]["meaning"], "2026-11-25");
        let unknown = with(said(), json!({"items": [{"code": "colour", "value": "红"}]}));
        let answer = shop.rep.put(&format!("/inquiries/{one}"), 1, unknown).await;
        assert_eq!(answer.pointers(), [("/items/0/code".to_owned(), "inquiry.unknown_item".to_owned())]);

        // A drawing as a file of this inquiry.
        let file = shop.drawing(&one).await;
        let mut drawn = clear();
        drawn["items"][3] = json!({"code": "drawing", "value": "", "attachment_id": file});
        let other = shop.taken(said()).await;
        let answer = shop.rep.put(&format!("/inquiries/{other}"), 1, drawn.clone()).await;
        assert_eq!(answer.pointers(), [("/items/3/attachment_id".to_owned(), "value.unknown".to_owned())]);
        shop.rep.put(&format!("/inquiries/{one}"), 1, drawn.clone()).await.expect(200);
        shop.rep.put(&format!("/inquiries/{one}"), 1, drawn.clone()).await.expect(412);
        shows(&shop.inquiry(&one).await, &json!({"missing": 0, "vague": 0, "attachments": [{"kind": "drawing", "filename": "图纸.pdf"}]}));
        assert_eq!(shop.rep.ask(&one, "clarify", json!({})).await.expect(200)["status"], "clarified");
        assert_eq!(shop.rep.ask(&one, "clarify", json!({})).await.expect(409)["code"], "inquiry.not_open");
        // What is open again is open; of who visits, more is asked.
        shop.rep.put(&format!("/inquiries/{one}"), 3, with(drawn, json!({"channel": "visit"}))).await.expect(200);
        shows(&shop.inquiry(&one).await, &json!({"status": "open", "missing": 1}));

        let listed = async |filter: &str| items(&shop.rep.get(&format!("/inquiries?{filter}")).await.expect(200)).len();
        assert_eq!((listed("unclear=true").await, listed("status=clarified").await, listed("q=定制").await), (2, 0, 2));
        assert_eq!((listed("mine=true").await, listed("customer=CUST001").await, listed("answer_due=true").await), (2, 2, 0));
        assert_eq!(shop.rep.ask(&other, "drop", json!({})).await.pointers()[0].0, "/reason");
        shop.rep.ask(&other, "drop", json!({"reason": "客户不要了"})).await.expect(200);
        assert_eq!(shop.rep.ask(&other, "order", json!({})).await.expect(409)["code"], "inquiry.dropped");
        assert_eq!(listed("unclear=true").await, 1);
        shop.verify().await;
    }
}

/// INT-02: an order is made with what free-text intake reads; the gate refuses with the items named, and lets pass once they are known.
#[tokio::test(flavor = "multi_thread")]
async fn a_gate_waits_for_the_memo_and_names_its_items() {
    for shop in shops().await {
        shop.memo_rules().await;
        let line = json!({"product_id": "P001", "quantity": "10"});
        let typed = shop.draft(json!({"customer_id": "CUST001", "required_on": "2026-11-25", "lines": [line]})).await;
        let refused = shop.rep.step(&typed, "submit", json!({})).await;
        let gate = &refused.expect(409)["gates"][0];
        assert_eq!((&gate["code"], &gate["missing"][0]["fact"]), (&json!("memo"), &json!("order.has_inquiry")));

        let one = shop.taken(with(said(), json!({"said": "要产品P001 10个，定制颜色，尽快"}))).await;
        let made = shop.rep.ask(&one, "order", json!({})).await.expect(200);
        let order = made["order_id"].as_str().unwrap().to_owned();
        shows(&shop.page(&order).await, &json!({"status": "draft", "inquiry": {"number": "XJ2026000001"}, "channel": "phone"}));
        assert_eq!(shop.rep.ask(&one, "order", json!({})).await.expect(409)["code"], "inquiry.has_order");
        let version = shop.page(&order).await["version"].as_i64().unwrap();
        let whole = json!({"customer_id": "CUST001", "required_on": "2026-11-25", "lines": [{"product_id": "P001", "quantity": "10"}]});
        shop.rep.put(&format!("/orders/{order}"), version, whole).await.expect(200);
        let refused = shop.rep.step(&order, "submit", json!({})).await.expect(409);
        let labels: Vec<&str> =
            refused["gates"][0]["missing"].as_array().unwrap().iter().map(|fact| fact["label"].as_str().unwrap()).collect();
        assert_eq!(labels, ["Missing items of the inquiry (Product, Quantity)", "Vague items of the inquiry (Day, Drawing)"]);
        let shown = shop.page(&order).await;
        let submit = shown["actions"].as_array().unwrap().iter().find(|action| action["verb"] == "submit").unwrap().clone();
        assert_eq!((&submit["allowed"], &submit["gates"][0]["code"]), (&json!(false), &json!("memo")));

        shop.rep.put(&format!("/inquiries/{one}"), 2, clear()).await.expect(200);
        shop.rep.step(&order, "submit", json!({})).await.expect(200);
        shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);

        // A draft that was typed may name its memo afterwards, of its own customer only.
        let two = shop.taken(clear()).await;
        shop.add_customer("CUST009", json!({"name": "别家"})).await;
        let others = shop.taken(with(clear(), json!({"customer_id": "CUST009"}))).await;
        let answer = shop.rep.ask(&others, "order", json!({"order_id": typed})).await;
        assert_eq!(answer.pointers(), [("/order_id".to_owned(), "inquiry.not_its_order".to_owned())]);
        shop.rep.ask(&two, "order", json!({"order_id": typed})).await.expect(200);
        shop.rep.step(&typed, "submit", json!({})).await.expect(200);
        shop.verify().await;
    }
}

/// INT-02, QUO-01: a quotation is made of it, and the order that is made of that names the inquiry; who has no file gets neither.
#[tokio::test(flavor = "multi_thread")]
async fn an_inquiry_becomes_a_quotation_and_that_an_order_that_names_it() {
    for shop in shops().await {
        let stranger = json!({"customer_name": "新客户王总", "contact_phone": "13800001111", "said": "要P001"});
        let new = shop.taken(stranger).await;
        let refused = shop.rep.ask(&new, "quote", json!({})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/customer_id".to_owned(), "inquiry.no_customer".to_owned())]);
        let one = shop.taken(with(said(), json!({"said": "要产品P001 10个，下周三"}))).await;
        let state = shop.rep.ask(&one, "quote", json!({})).await.expect(200);
        assert_eq!(state["status"], "quoted");
        let quotation = state["quotation_id"].as_str().unwrap().to_owned();
        let offer = json!({"customer_id": "CUST001", "valid_until": "2026-12-10", "lines": [{"product_id": "P001", "quantity": "10"}]});
        shop.rep.put(&format!("/quotations/{quotation}"), 1, offer).await.expect(200);
        shop.rep.post(&format!("/quotations/{quotation}/submit"), json!({})).await.expect(200);
        shop.manager.post(&format!("/quotations/{quotation}/approve"), json!({})).await.expect(200);
        shop.rep.post(&format!("/quotations/{quotation}/send"), json!({})).await.expect(200);
        let ordered = shop.rep.post(&format!("/quotations/{quotation}/order"), json!({})).await.expect(200);
        let order = ordered["order_id"].as_str().unwrap();
        shows(&shop.page(order).await, &json!({"inquiry": {"number": "XJ2026000002"}}));
        shows(&shop.inquiry(&one).await, &json!({"status": "ordered", "order": {"id": order}, "quotation": {"id": quotation}}));
        shop.verify().await;
    }
}

/// INT-06: a promised answer has a clock that warns before, escalates after, and ends with the answer; it is seen in the list and in my work.
#[tokio::test(flavor = "multi_thread")]
async fn a_promised_answer_is_watched_until_it_is_given() {
    for shop in monday().await {
        let late = with(said(), json!({"answer_by": "2026-11-23T00:00:00Z"}));
        assert_eq!(shop.rep.post("/inquiries", late).await.pointers(), [("/answer_by".to_owned(), "inquiry.in_the_past".to_owned())]);
        let one = shop.taken(with(said(), json!({"answer_by": "2026-11-23T03:00:00Z"}))).await;
        let page = shop.inquiry(&one).await;
        shows(&page, &json!({"answer_by": "2026-11-23T03:00:00Z", "clock": {"code": "inquiry.answer", "state": "running"}}));
        let list = items(&shop.rep.get("/inquiries?answer_due=true").await.expect(200));
        shows(&list[0], &json!({"clock": {"due_at": "2026-11-23T03:00:00Z", "warn_at": "2026-11-23T02:30:00Z"}}));
        shows(&shop.rep.get("/my-work").await.expect(200)["inquiries"], &json!([{"number": "XJ2026000001"}]));
        assert_eq!(shop.service.get("/my-work").await.expect(200)["inquiries"], json!([]));

        shop.wait(91).await;
        let warned = told(&shop, &shop.service, "ClockWarned").await;
        shows(&warned, &json!({"kind": "ClockWarned", "subject_kind": "inquiry", "path": format!("/inquiries/{one}")}));
        shop.wait(30).await;
        assert_eq!(shop.inquiry(&one).await["clock"]["state"], "breached");
        // Late: whoever may answer sees it.
        shows(&shop.service.get("/my-work").await.expect(200)["inquiries"], &json!([{"number": "XJ2026000001"}]));
        shop.wait(60).await;
        told(&shop, &shop.manager, "ClockEscalated").await;

        // A new promise takes its place; the answer ends it, with who gave it and when.
        shop.rep.ask(&one, "promise", json!({"answer_by": "2026-11-23T08:00:00Z", "note": "问工厂"})).await.expect(200);
        assert_eq!(shop.inquiry(&one).await["clock"]["state"], "running");
        assert_eq!(shop.rep.ask(&one, "answer", json!({"answer": " "})).await.pointers()[0].0, "/answer");
        shop.service.ask(&one, "answer", json!({"answer": "可以做，下周三交"})).await.expect(200);
        let page = shop.inquiry(&one).await;
        shows(&page, &json!({"clock": null, "answer": "可以做，下周三交"}));
        assert!(page["answered_by"]["name"].as_str().is_some() && page["answered_at"].as_str().is_some());
        assert_eq!(items(&shop.rep.get("/inquiries?answer_due=true").await.expect(200)).len(), 0);
        shop.wait(20).await;
        let history = shop.auditor_events(&one).await;
        for kind in ["InquiryCreated", "InquiryPromised", "InquiryAnswered", "ClockBreached"] {
            assert!(history.iter().any(|known| known == kind), "{kind}: {history:?}");
        }
        shop.verify().await;
    }
}

/// What somebody is told of such an event. The server's own ticker may be at it, so it is looked for until it is there.
async fn told(shop: &Shop, who: &Client, kind: &str) -> Value {
    for _ in 0..50 {
        let list = items(&who.get("/notifications").await.expect(200));
        if let Some(found) = list.into_iter().find(|one| one["kind"] == kind) {
            return found;
        }
        shop.tick().await;
    }
    panic!("nobody was told of {kind}")
}

impl Shop {
    /// Kinds of what happened to an inquiry.
    async fn auditor_events(&self, inquiry: &str) -> Vec<String> {
        let list = self.admin.get(&format!("/audit?subject=inquiry/{inquiry}&limit=100")).await.expect(200);
        items(&list).iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
    }
}
