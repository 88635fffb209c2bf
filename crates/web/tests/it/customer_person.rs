//! Personal data of the people of customers: consents, what is kept, and its erasure, over HTTP (PTY-05).

use serde_json::{Value, json};

use crate::shop::{Shop, cny, order_of, shops, shows, ticked, with};

const NAME: &str = "李华";
const PHONE: &str = "13911112222";
const MAIL: &str = "lihua@example.com";

/// K1 with 李华 and 王一; an order that 李华 is asked about, and a login of the portal.
async fn known(shop: &Shop) -> String {
    let contacts = json!([{"name": NAME, "phone": PHONE, "email": MAIL, "primary": true}, {"name": "王一", "phone": "13800138001"}]);
    let addresses = json!([{"receiver": NAME, "phone": PHONE, "province": "上海市", "street": "人民路1号", "default": true}]);
    shop.add_customer("K1", json!({"contacts": contacts, "addresses": addresses})).await;
    let file = shop.manager.get("/customers/K1").await.expect(200);
    let moved = json!([{"name": NAME, "phone": PHONE, "email": MAIL, "position": "采购"}, {"name": "王一", "phone": "13800138001", "primary": true}]);
    let mut body =
        json!({"code": "K1", "name": file["name"], "contacts": moved, "addresses": addresses, "channel": "phone", "settlement": "monthly"});
    body["tax_inclusive"] = json!(true);
    shop.manager.put("/customers/K1", file["version"].as_i64().unwrap(), body).await.expect(200);
    let login = json!({"customer_id": "K1", "username": "lihua", "name": NAME, "email": MAIL, "password": "spring-rain-2026"});
    shop.rep.post("/portal-users", login).await.expect(201);
    let asked =
        json!({"customer_id": "K1", "contact_name": NAME, "contact_phone": PHONE, "receiver": NAME, "delivery_address": "人民路1号"});
    shop.place(with(order_of(2), asked)).await
}

/// Everything that answers say of the customer.
async fn all(shop: &Shop, order: &str) -> String {
    let mut told = String::new();
    for path in
        ["/customers/K1", "/customers/K1/consents", &format!("/orders/{order}"), "/portal-users", "/audit?limit=200", "/search?q=lihua"]
    {
        told.push_str(&shop.admin.get(path).await.text());
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn consents_are_recorded_with_their_proof_and_withdrawn() {
    for shop in shops().await {
        known(&shop).await;
        let consent = json!({"person": NAME, "purpose": "marketing", "given_on": "2026-11-20", "evidence": "微信聊天截图，存客户档案"});
        shop.warehouse.post("/customers/K1/consents", consent.clone()).await.expect(403);
        let wrong =
            shop.rep.post("/customers/K1/consents", json!({"person": NAME, "purpose": "marketing", "given_on": "2027-01-01"})).await;
        wrong.expect(422);
        let pointers: Vec<String> = wrong.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/evidence", "/given_on"]);
        let saved = shop.rep.post("/customers/K1/consents", consent).await.expect(201);
        let place = format!("/customers/K1/consents/{}/withdraw", saved["id"].as_str().unwrap());
        let wrong = shop.rep.post(&place, json!({"on": "2026-11-19", "note": ""})).await;
        wrong.expect(422);
        assert_eq!(wrong.pointers().len(), 2);
        shop.rep.post(&place, json!({"on": "2026-11-21", "note": "来电"})).await.expect(200);
        assert_eq!(
            shop.rep.post(&place, json!({"on": "2026-11-21", "note": "来电"})).await.expect(409)["code"],
            "person.already_withdrawn"
        );
        let listed = shop.rep.get("/customers/K1/consents").await.expect(200);
        shows(&listed[0], &json!({"person": NAME, "purpose": "marketing", "withdrawn_on": "2026-11-21", "withdrawn_note": "来电"}));
        shop.rep
            .post(
                &format!("/customers/CUST001/consents/{}/withdraw", saved["id"].as_str().unwrap()),
                json!({"on": "2026-11-21", "note": "x"}),
            )
            .await
            .expect(404);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_told_everything_and_erased_with_the_orders_kept() {
    for shop in shops().await {
        let order = known(&shop).await;
        let consent = json!({"person": NAME, "purpose": "contact", "given_on": "2026-11-20", "evidence": format!("{NAME}签字")});
        shop.rep.post("/customers/K1/consents", consent).await.expect(201);
        let query = format!("name={}", "%E6%9D%8E%E5%8D%8E");
        shop.rep.get(&format!("/customers/K1/person?{query}")).await.expect(403);
        let told = shop.manager.get(&format!("/customers/K1/person?{query}")).await.expect(200);
        shows(&told["contacts"][0], &json!({"name": NAME, "phone": PHONE, "email": MAIL}));
        for part in ["addresses", "consents", "portal_users", "orders", "events"] {
            assert!(!told[part].as_array().unwrap().is_empty(), "{part}: {told}");
        }
        let read = shop.manager.get(&format!("/customers/K1/person?{query}&format=html")).await.text();
        assert!(read.starts_with("<!doctype html>") && read.contains(PHONE), "{read}");

        // An order that is not at its end still needs the person.
        let erase = |reason: &str| json!({"name": NAME, "reason": reason});
        let preview = shop.manager.get(&format!("/customers/K1/person/erasure?{query}")).await.expect(200);
        assert!(preview["refusal"].as_str().unwrap().contains('1'), "{preview}");
        assert_eq!(shop.manager.post("/customers/K1/person/erase", erase("本人要求")).await.expect(409)["code"], "person.open_papers");
        shop.service.step(&order, "void", json!({"reason": "客户不要了"})).await.expect(200);
        let preview = shop.manager.get(&format!("/customers/K1/person/erasure?{query}")).await.expect(200);
        assert_eq!((&preview["refusal"], &preview["erased"][0]), (&Value::Null, &json!({"kind": "contacts", "count": 1})));
        shop.rep.post("/customers/K1/person/erase", erase("本人要求")).await.expect(403);
        shop.manager.post("/customers/K1/person/erase", erase(" ")).await.expect(422);
        let unknown = shop.manager.post("/customers/K1/person/erase", json!({"name": "无此人", "reason": "x"})).await;
        unknown.expect(422);
        assert_eq!(unknown.pointers(), [("/name".to_owned(), "person.unknown".to_owned())]);
        let payable = shop.page(&order).await["payable"].clone();
        shop.verify().await;
        shop.manager.post("/customers/K1/person/erase", erase("本人要求")).await.expect(200);

        let left = all(&shop, &order).await;
        for word in [NAME, PHONE, MAIL, "lihua"] {
            assert!(!left.contains(word), "{word} is still told: {left}");
        }
        let page = shop.page(&order).await;
        assert_eq!((&page["payable"], &page["contact_name"]), (&payable, &json!("***")));
        assert_eq!(payable, cny("1000.00"));
        let people = shop.rep.get("/customers/K1").await.expect(200)["contacts"].clone();
        shows(&people[0], &json!({"name": "王一", "primary": true}));
        assert_eq!(shop.rep.get(&format!("/customers/similar?phone={PHONE}")).await.expect(200), json!([]), "no index finds the phone");
        assert!(shop.admin.get("/audit?limit=5").await.text().contains("PersonErased"));
        // The chain of events can still be followed, and another change of it is still found.
        shop.verify().await;
        let again = shop.manager.post("/customers/K1/person/erase", erase("本人要求")).await;
        again.expect(422);
        let _ = ticked();
    }
}
