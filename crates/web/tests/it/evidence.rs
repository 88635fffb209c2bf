//! Evidence over HTTP: recorded, shown, withdrawn, never changed unnoticed.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::shop::{Shop, items, order_of, shops, shows};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nsigned by the customer";

async fn upload(client: &Client, order: &str) -> String {
    let form = Form::new().part("file", Part::bytes(PNG).file_name("回签单.png")).text("order_id", order.to_owned());
    let kept = send(client.request(Method::POST, "/attachments").multipart(form)).await.expect(201);
    kept["id"].as_str().unwrap().to_owned()
}

async fn add(client: &Client, order: &str, body: Value) -> Answer {
    client.post(&format!("/orders/{order}/evidence"), body).await
}

async fn listed(shop: &Shop, order: &str) -> Value {
    shop.rep.get(&format!("/orders/{order}/evidence")).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_is_recorded_with_who_gave_it_and_its_hash() {
    for shop in shops().await {
        let order = shop.place(order_of(1)).await;
        let before = shop.page(&order).await["version"].as_i64().unwrap();
        // Nobody signs for somebody else, nor at another time.
        let signed = json!({"kind": "signed_statement", "proves": "technical_confirmation", "statement": "配方未变，可以生产。", "given_by": "别人", "given_at": "2020-01-01T00:00:00Z"});
        add(&shop.service, &order, signed).await.expect(201);
        let file = upload(&shop.service, &order).await;
        let scan = json!({"kind": "signed_confirmation", "proves": "signed_confirmation", "given_by": "王经理", "given_at": "2026-11-20T01:02:03Z", "attachment_id": file});
        add(&shop.service, &order, scan).await.expect(201);
        let said = json!({"kind": "oral", "proves": "materials", "statement": "仓库说料齐", "given_by": "老张"});
        add(&shop.rep, &order, said).await.expect(201);
        let noted = json!({"kind": "call_note", "proves": "contact_made", "statement": "客户同意周五收货", "given_by": "王经理"});
        add(&shop.rep, &order, noted).await.expect(201);
        let list = listed(&shop, &order).await;
        shows(
            &list,
            &json!({"may_add": true, "may_withdraw": false, "items": [
                {"kind": "signed_statement", "kind_name": "Signed statement", "proves_name": "Technical confirmation", "given_by": "customer_service 先生", "given_at": "2026-11-21T08:00:00Z", "file": null, "counts": true, "withdrawn": null},
                {"kind": "signed_confirmation", "given_by": "王经理", "given_at": "2026-11-20T01:02:03Z", "file": {"filename": "回签单.png", "mime": "image/png"}, "by": {"name": "customer_service 先生"}, "counts": true},
                {"kind": "oral", "counts": false},
                {"kind": "call_note", "counts": true},
            ]}),
        );
        let proof = &items(&list)[1];
        assert_eq!(proof["sha256"].as_str().unwrap().len(), 64);
        let path = format!("/evidence/{}/verify", proof["id"].as_str().unwrap());
        let whole = json!({"unchanged": true, "text_unchanged": true, "file_unchanged": true, "sha256": proof["sha256"]});
        shows(&shop.warehouse.get(&path).await.expect(200), &whole);
        assert_eq!(shop.page(&order).await["version"], before + 4, "who decides on the evidence sees that it changed");
        let events = shop.rep.get(&format!("/orders/{order}/events")).await.expect(200);
        let told = items(&events).iter().filter(|event| event["kind"] == "EvidenceAdded").count();
        assert_eq!(told, 4, "in the timeline of the order");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lacks_its_file_or_statement_is_refused_at_its_field() {
    for shop in shops().await {
        let (order, other) = (shop.place(order_of(1)).await, shop.place(order_of(1)).await);
        let elsewhere = upload(&shop.rep, &other).await;
        let good = json!({"kind": "scan", "proves": "materials", "given_by": "王"});
        let check = async |change: Value, pointer: &str, code: &str| {
            let answer = add(&shop.rep, &order, crate::shop::with(good.clone(), change)).await;
            answer.expect(422);
            assert_eq!(answer.pointers(), [(pointer.to_owned(), code.to_owned())]);
        };
        check(json!({}), "/attachment_id", "evidence.file_missing").await;
        check(json!({"attachment_id": "0000000000000"}), "/attachment_id", "value.unknown").await;
        check(json!({"attachment_id": "x"}), "/attachment_id", "value.unknown").await;
        check(json!({"attachment_id": elsewhere}), "/attachment_id", "evidence.file_elsewhere").await;
        check(json!({"kind": "call_note"}), "/statement", "value.required").await;
        check(json!({"kind": "call_note", "statement": "x", "proves": "a b"}), "/proves", "value.not_a_code").await;
        check(json!({"kind": "oral", "statement": "x", "given_at": "2099-01-01T00:00:00Z"}), "/given_at", "evidence.in_the_future").await;
        check(json!({"kind": "oral", "statement": "x", "given_by": ""}), "/given_by", "value.required").await;
        check(json!({"kind": "rumour"}), "/kind", "value.unknown_choice").await;
        assert_eq!(listed(&shop, &order).await["items"], json!([]), "nothing of it stays");
        let auditor = shop.server.sign_in("auditor").await;
        let said = json!({"kind": "oral", "proves": "materials", "statement": "x", "given_by": "y"});
        assert_eq!(add(&auditor, &order, said).await.expect(403)["code"], "denied");
        shop.rep.get("/orders/SO404/evidence").await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_proof_stays_and_counts_no_more() {
    for shop in shops().await {
        let order = shop.place(order_of(1)).await;
        let said = json!({"kind": "signed_statement", "proves": "materials", "statement": "料齐"});
        let made = add(&shop.rep, &order, said).await.expect(201);
        let path = format!("/evidence/{}/withdraw", made["id"].as_str().unwrap());
        assert_eq!(shop.rep.post(&path, json!({"reason": "写错"})).await.expect(403)["code"], "denied");
        assert_eq!(shop.manager.post(&path, json!({})).await.expect(422)["errors"][0]["pointer"], "/reason");
        shop.manager.post(&path, json!({"reason": "料不齐"})).await.expect(200);
        assert_eq!(shop.manager.post(&path, json!({"reason": "料不齐"})).await.expect(409)["code"], "evidence.already_withdrawn");
        let left = json!([{"counts": false, "withdrawn": {"reason": "料不齐", "by": {"name": "sales_manager 先生"}}}]);
        shows(&listed(&shop, &order).await["items"], &left);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_tampered_with_is_told() {
    for shop in shops().await {
        let order = shop.place(order_of(1)).await;
        let file = upload(&shop.rep, &order).await;
        let receipt = json!({"kind": "bank_receipt", "proves": "deposit_in", "given_by": "工行", "attachment_id": file});
        let made = add(&shop.rep, &order, receipt).await.expect(201);
        let id: domain::EvidenceId = made["id"].as_str().unwrap().parse().unwrap();
        // Past the use cases, as somebody with access to the database would.
        let (store, company) = (&shop.server.app.store, shop.server.company);
        let change = move |work: &mut store::UnitOfWork| {
            let mut proof = work.get::<domain::Evidence>(id)?;
            proof.given_by = "建行".into();
            work.save(&mut proof);
            let mut blob = work.get::<store::rows::Blob>(proof.file_sha256.clone())?;
            blob.bytes.push(0);
            work.save(&mut blob);
            Ok(())
        };
        store.write(company, change).await.unwrap();
        let answer = shop.rep.get(&format!("/evidence/{id}/verify")).await.expect(200);
        shows(&answer, &json!({"unchanged": false, "text_unchanged": false, "file_unchanged": false}));
        let report = store.read(move |reader| store::verify::verify(reader, company)).await.unwrap();
        let found: Vec<_> = report.findings.iter().map(|finding| finding.check).collect();
        assert_eq!((found, report.evidence), (vec!["evidence", "evidence"], 1));
    }
}
