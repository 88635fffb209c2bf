//! Documents over HTTP: made, kept as they were, found by their hash; templates of the company's own; the letterhead.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::server::server_with;
use crate::shop::{Shop, items, order_of, parcel, shops, shows};

async fn make(client: &Client, of: &str, kind: &str, language: &str) -> crate::client::Answer {
    client.post(&format!("{of}/documents"), json!({"kind": kind, "language": language})).await
}

fn allowed(list: &Value) -> Vec<String> {
    let kinds = list["kinds"].as_array().unwrap();
    kinds.iter().filter(|kind| kind["allowed"] == true).map(|kind| kind["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_confirmation_is_made_kept_and_given_as_it_was() {
    for shop in shops().await {
        let order = shop.effective(order_of(3)).await;
        let of = format!("/orders/{order}");
        let made = make(&shop.rep, &of, "order_confirmation", "zh-CN").await.expect(201);
        let page = shop.page(&order).await;
        let expected = json!({"kind": "order_confirmation", "kind_name": "Order confirmation", "language": "zh-CN", "subject": "order",
            "subject_number": page["number"], "sequence": 1, "template_no": 0, "archival": true, "pages": 1});
        shows(&made, &expected);
        let path = format!("/documents/{}/content", made["id"].as_str().unwrap());
        let content = send(shop.rep.request(Method::GET, &path)).await;
        assert_eq!(content.header("content-type"), "application/pdf");
        assert!(content.header("content-disposition").starts_with("inline"));
        assert_eq!(store::query::evidence::sha256(&content.bytes), made["sha256"].as_str().unwrap());
        // The same on the same day is the same document; in another language it is another.
        let again = make(&shop.rep, &of, "order_confirmation", "zh-CN").await.expect(201);
        assert_eq!((&again["id"], &again["sha256"]), (&made["id"], &made["sha256"]));
        let english = make(&shop.rep, &of, "order_confirmation", "en").await.expect(201);
        shows(&english, &json!({"sequence": 2, "language": "en"}));
        let list = shop.rep.get(&format!("{of}/documents")).await.expect(200);
        shows(&list["items"], &json!([{"language": "en"}, {"language": "zh-CN", "by": {"name": "sales_rep 先生"}}]));
        let events = shop.rep.get(&format!("{of}/events")).await.expect(200);
        assert_eq!(items(&events).iter().filter(|event| event["kind"] == "DocumentMade").count(), 2);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_is_not_ready_for_is_refused_and_said_before() {
    for shop in shops().await {
        let order = shop.place(order_of(1)).await;
        let of = format!("/orders/{order}");
        let list = shop.rep.get(&format!("{of}/documents")).await.expect(200);
        assert!(allowed(&list).starts_with(&["order_form".to_owned()]), "{list}");
        let refused = make(&shop.rep, &of, "order_confirmation", "zh-CN").await.expect(409);
        assert_eq!(refused["code"], "document.not_effective");
        assert_eq!(make(&shop.rep, &of, "invoice", "en").await.pointers(), [("/kind".to_owned(), "document.other_subject".to_owned())]);
        make(&shop.rep, &of, "order_form", "zh-TW").await.expect(201);
        let auditor = shop.server.sign_in("auditor").await;
        assert_eq!(make(&auditor, &of, "order_form", "en").await.expect(403)["code"], "denied");
        assert_eq!(items(&auditor.get(&format!("{of}/documents")).await.expect(200)).len(), 1, "who may look, may look");
        shop.rep.get("/documents/0000000000000").await.expect(404);
    }
}

async fn shipped_and_billed(shop: &Shop) -> (String, String, String) {
    shop.receive("P001", "10").await;
    shop.add_customer("CUST002", json!({})).await;
    let order = shop.effective(crate::shop::with(order_of(3), json!({"customer_id": "CUST002"}))).await;
    shop.warehouse.step(&order, "ship", parcel("3")).await.expect(200);
    shop.finance.step(&order, "invoice", json!({})).await.expect(200);
    let page = shop.page(&order).await;
    let first = |papers: &str| page[papers][0]["id"].as_str().unwrap().to_owned();
    (order, first("shipments"), first("invoices"))
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_an_order_and_a_customers_account_are_documents_too() {
    for shop in shops().await {
        let (order, shipment, invoice) = shipped_and_billed(&shop).await;
        let of = format!("/shipments/{shipment}");
        shows(&make(&shop.warehouse, &of, "delivery_note", "zh-CN").await.expect(201), &json!({"subject": "shipment", "pages": 1}));
        make(&shop.rep, &of, "shipping_advice", "en").await.expect(201);
        make(&shop.finance, &format!("/invoices/{invoice}"), "invoice", "zh-TW").await.expect(201);
        for kind in ["balance_notice", "production_order"] {
            make(&shop.rep, &format!("/orders/{order}"), kind, "zh-CN").await.expect(201);
        }
        let list = shop.rep.get(&format!("/orders/{order}/documents")).await.expect(200);
        assert_eq!(items(&list).len(), 5, "with those of its delivery notes and invoices");
        let customer = shop.page(&order).await["customer"]["code"].as_str().unwrap().to_owned();
        let statement = json!({"kind": "statement", "language": "zh-CN", "from": "2026-11-01", "to": "2026-11-30"});
        let made = shop.finance.post(&format!("/customers/{customer}/documents"), statement).await.expect(201);
        shows(&made, &json!({"subject": "customer", "order_id": null, "subject_number": customer}));
        let backwards = json!({"kind": "statement", "from": "2026-11-30", "to": "2026-11-01"});
        let refused = shop.finance.post(&format!("/customers/{customer}/documents"), backwards).await;
        assert_eq!(refused.pointers(), [("/to".to_owned(), "document.period_backwards".to_owned())]);
        assert_eq!(items(&shop.finance.get(&format!("/customers/{customer}/documents")).await.expect(200)).len(), 1);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_byte_of_a_document_is_told() {
    for shop in shops().await {
        let order = shop.effective(order_of(1)).await;
        let made = make(&shop.rep, &format!("/orders/{order}"), "order_confirmation", "zh-CN").await.expect(201);
        let sha256 = made["sha256"].as_str().unwrap().to_owned();
        // Past the use cases, as somebody with access to the database would.
        let (store, company) = (&shop.server.app.store, shop.server.company);
        let change = move |work: &mut store::UnitOfWork| {
            let mut blob = work.get::<store::rows::Blob>(sha256.clone())?;
            blob.bytes[100] ^= 1;
            work.save(&mut blob);
            Ok(())
        };
        store.write(company, change).await.unwrap();
        let report = store.read(move |reader| store::verify::verify(reader, company)).await.unwrap();
        let found: Vec<_> = report.findings.iter().map(|finding| finding.check).collect();
        assert_eq!((found, report.documents), (vec!["documents"], 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_has_templates_of_its_own_with_every_version() {
    for shop in shops().await {
        let admin = &shop.admin;
        let path = "/document-templates/order_form/zh-CN";
        let first = admin.get(path).await.expect(200);
        shows(&first, &json!({"own": false, "version": 0, "versions": []}));
        assert!(items(&json!({"items": first["fields"]})).iter().any(|field| field["path"] == "totals.payable" && field["example"] != ""));
        let broken = admin.put(path, 0, json!({"body": "#import \"layout.typ\": *\n#nothing"})).await.expect(422);
        shows(&broken["errors"], &json!([{"pointer": "/body", "code": "document.broken_template"}]));
        assert!(broken["errors"][0]["message"].as_str().unwrap().contains("line 2, column 2"), "{broken}");
        let own = "#import \"layout.typ\": *\n#show: paper\n自有模板 #data.number #data.totals.payable";
        shows(&admin.put(path, 0, json!({"body": own, "note": "第一版"})).await.expect(200), &json!({"version": 1}));
        admin.put(path, 0, json!({"body": "x"})).await.expect(412);
        assert_eq!(admin.put(path, 1, json!({"body": own})).await.expect(422)["errors"][0]["code"], "document.template_unchanged");
        let order = shop.place(order_of(1)).await;
        let made = make(&shop.rep, &format!("/orders/{order}"), "order_form", "zh-CN").await.expect(201);
        assert_eq!(made["template_no"], 1);
        admin.post(&format!("{path}/reset"), json!({})).await.expect(204);
        let last = admin.get(path).await.expect(200);
        shows(&last, &json!({"own": false, "version": 2, "versions": [{"no": 2, "built_in": true}, {"no": 1, "note": "第一版"}]}));
        assert_eq!(admin.get(&format!("{path}/versions/1")).await.expect(200)["body"], own);
        assert_eq!(shop.rep.get(path).await.expect(403)["code"], "denied");
        admin.get("/document-templates/letter/zh-CN").await.expect(404);
        assert_eq!(admin.get("/document-templates").await.expect(200)["items"].as_array().unwrap().len(), 33);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_looked_at_before_it_is_saved() {
    let shop = shops().await.remove(0);
    let admin = &shop.admin;
    let asked = |other: Value| crate::shop::with(json!({"kind": "order_confirmation", "language": "zh-CN"}), other);
    let sample = admin.post("/document-templates/preview", asked(json!({"lines": 60}))).await.expect(200);
    assert!(sample["count"].as_i64().unwrap() >= 2 && sample["mistakes"] == json!([]));
    assert!(sample["pages"][0].as_str().unwrap().starts_with("<svg"));
    let wrong =
        admin.post("/document-templates/preview", asked(json!({"body": "#import \"layout.typ\": *\n\n#data.colour"}))).await.expect(200);
    shows(&wrong, &json!({"count": 0, "mistakes": [{"line": 3, "column": 7, "stops": true}]}));
    let order = shop.place(order_of(1)).await;
    let real = admin.post("/document-templates/preview", asked(json!({"subject": order}))).await.expect(200);
    assert_eq!(real["count"], 1, "a draft can be looked at, though it cannot be confirmed yet");
    admin.post("/document-templates/preview", asked(json!({"subject": "SO404"}))).await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letterhead_stands_on_every_document() {
    const DOT: &[u8] = &[
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f,
        0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xfc, 0xcf, 0xc0, 0x50, 0x0f, 0, 4, 0x85, 1, 0x80, 0x84,
        0xa9, 0x8c, 0x21, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ];
    let shop = shops().await.remove(0);
    let admin = &shop.admin;
    shows(&admin.get("/letterhead").await.expect(200), &json!({"version": 0, "address": "", "has_logo": false}));
    let wrong = admin.put("/letterhead", 0, json!({"credit_code": "123"})).await;
    assert_eq!(wrong.pointers(), [("/credit_code".to_owned(), "credit_code.length".to_owned())]);
    let form = Form::new().part("file", Part::bytes(DOT).file_name("logo.png"));
    let logo = send(admin.request(Method::POST, "/attachments").multipart(form)).await.expect(201)["id"].clone();
    let head = json!({"name": "标准贸易有限公司", "address": "杭州市文一西路 969 号", "logo_id": logo});
    admin.put("/letterhead", 0, head).await.expect(200);
    shows(&admin.get("/letterhead").await.expect(200), &json!({"version": 1, "has_logo": true}));
    let order = shop.place(order_of(1)).await;
    make(&shop.rep, &format!("/orders/{order}"), "order_form", "zh-CN").await.expect(201);
    admin.put("/letterhead", 1, json!({"address": "杭州", "logo_id": ""})).await.expect(200);
    shows(&admin.get("/letterhead").await.expect(200), &json!({"version": 2, "has_logo": false}));
    assert_eq!(shop.rep.get("/letterhead").await.expect(403)["code"], "denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_chinese_fonts_says_what_to_install() {
    let shop = Shop::open(server_with(|options| options.fonts = Vec::new()).await).await;
    let order = shop.place(order_of(1)).await;
    let refused = make(&shop.rep, &format!("/orders/{order}"), "order_form", "zh-CN").await.expect(409);
    assert_eq!(refused["code"], "document.no_chinese_font");
    assert!(refused["detail"].as_str().unwrap().contains("fonts-noto-cjk"));
    let admin = &shop.admin;
    shows(&admin.get("/document-templates").await.expect(200), &json!({"has_fonts": false}));
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_found_by_number_customer_kind_and_day() {
    for shop in shops().await {
        let order = shop.effective(order_of(3)).await;
        let number = shop.page(&order).await["number"].as_str().unwrap().to_owned();
        let of = format!("/orders/{order}");
        make(&shop.rep, &of, "order_confirmation", "zh-CN").await.expect(201);
        make(&shop.rep, &of, "order_form", "en").await.expect(201);
        let other = shop.place(order_of(1)).await;
        make(&shop.rep, &format!("/orders/{other}"), "order_form", "zh-CN").await.expect(201);
        let found = async |query: &str| shop.rep.get(&format!("/documents{query}")).await.expect(200);
        let kinds = |list: &Value| items(list).iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        // Newest first, each with its customer.
        let all = found("").await;
        assert_eq!(kinds(&all), ["order_form", "order_form", "order_confirmation"]);
        shows(&items(&all)[2], &json!({"subject_number": number, "customer": {"code": "CUST001"}, "by": {"name": "sales_rep 先生"}}));
        assert_eq!(kinds(&found(&format!("?q={number}")).await), ["order_form", "order_confirmation"]);
        assert_eq!(kinds(&found("?q=cust001&kind=order_confirmation").await), ["order_confirmation"]);
        assert_eq!(kinds(&found("?language=en").await), ["order_form"]);
        assert_eq!(kinds(&found("?customer=CUST001&from=2026-11-21&to=2026-11-21").await).len(), 3);
        assert_eq!(kinds(&found("?from=2026-11-22").await).len(), 0);
        let wrong = shop.rep.get("/documents?kind=poem&from=soon&customer=NOBODY").await;
        assert_eq!(wrong.pointers().len(), 2, "{:?}", wrong.pointers());
        let csv = send(shop.admin.request(Method::GET, "/documents?format=csv")).await;
        csv.expect(200);
        assert_eq!(csv.text().lines().count(), 4);
        // Who sees no orders sees none of their documents.
        let list = shop.warehouse.get("/documents").await;
        let seen = if list.status == 403 { Vec::new() } else { items(&list.expect(200)) };
        assert_eq!(seen.is_empty(), shop.warehouse.get("/orders").await.status == 403);
    }
}
