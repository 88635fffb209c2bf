//! Phones and e-mails of customers' people: in whole for who needs them, masked for everybody else, and never written over by a mask (PTY-05).

use serde_json::{Value, json};

use crate::client::Client;
use crate::shop::{Shop, order_of, shops, with};

const PHONE: &str = "13911112222";
const DESK: &str = "88886666";
const MAIL: &str = "lihua@example.com";

/// K1 with a person, a receiver and an order that names both.
async fn known(shop: &Shop) -> String {
    let contacts = json!([{"name": "李华", "phone": PHONE, "email": MAIL, "primary": true}, {"name": "前台", "phone": DESK}]);
    let addresses = json!([{"receiver": "李华", "phone": PHONE, "province": "上海市", "street": "人民路1号", "default": true}]);
    shop.add_customer("K1", json!({"contacts": contacts, "addresses": addresses})).await;
    let moved = json!({"contact_name": "李华", "contact_phone": PHONE, "receiver": "李华", "notes": format!("到货前打 {PHONE}")});
    shop.place(with(with(order_of(2), json!({"customer_id": "K1"})), moved)).await
}

/// The file of K1 as it is sent back.
async fn file(who: &Client) -> (i64, Value) {
    let file = who.get("/customers/K1").await.expect(200);
    let mut body = json!({"tax_inclusive": true, "notes": "改了备注"});
    for member in ["code", "name", "grade", "channel", "settlement", "contacts", "addresses"] {
        body[member] = file[member].clone();
    }
    (file["version"].as_i64().unwrap(), body)
}

/// PTY-05: who looks without need sees enough to recognize and not enough to call, in answers and files alike.
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_need_phones_and_e_mails_sees_them_masked() {
    for shop in shops().await {
        let order = known(&shop).await;
        let (version, mut body) = file(&shop.manager).await;
        body["contacts"][1]["phone"] = json!("88887777");
        shop.manager.put("/customers/K1", version, body).await.expect(200);
        let auditor = shop.server.sign_in("auditor").await;
        let contacts = auditor.get("/customers/K1").await.expect(200)["contacts"].clone();
        assert_eq!((&contacts[0]["phone"], &contacts[0]["email"]), (&json!("139****2222"), &json!("l***@example.com")));
        assert_eq!((&contacts[1]["phone"], &contacts[1]["name"]), (&json!("88****77"), &json!("前台")));
        assert_eq!(auditor.get("/customers/K1").await.expect(200)["addresses"][0]["phone"], "139****2222");
        let page = auditor.get(&format!("/orders/{order}")).await.expect(200);
        assert_eq!((&page["contact_phone"], &page["notes"]), (&json!("139****2222"), &json!("到货前打 139****2222")));
        assert_eq!(page["payable"], shop.page(&order).await["payable"], "figures stay");
        for path in [
            "/customers?format=csv".to_owned(),
            "/orders?format=csv".to_owned(),
            "/audit?format=csv".to_owned(),
            "/audit?limit=200".to_owned(),
            "/customers".to_owned(),
            "/orders".to_owned(),
            format!("/orders/{order}/events"),
            "/search?q=K1".to_owned(),
        ] {
            let told = auditor.get(&path).await.text();
            for word in [PHONE, DESK, "88887777", MAIL] {
                assert!(!told.contains(word), "{path} tells {word}: {told}");
            }
        }
        for who in [&shop.admin, &shop.rep, &shop.service, &shop.manager, &shop.finance, &shop.warehouse, &shop.after] {
            assert_eq!(who.get("/customers/K1").await.expect(200)["contacts"][0]["phone"], PHONE, "their work needs it");
        }
        assert!(shop.rep.get("/customers?format=csv").await.text().contains(PHONE));
    }
}

/// PTY-05: a mask that is sent back is refused at its place, whoever sends it.
#[tokio::test(flavor = "multi_thread")]
async fn a_mask_never_overwrites_what_it_hides() {
    for shop in shops().await {
        let order = known(&shop).await;
        let role = shop.admin.get("/roles/sales_rep").await.expect(200);
        let kept = |code: &&Value| **code != json!("personal_data.see");
        let left: Vec<&Value> = role["permissions"].as_array().unwrap().iter().filter(kept).collect();
        let change = json!({"name": role["name"], "permissions": left});
        shop.admin.put("/roles/sales_rep", role["version"].as_i64().unwrap(), change).await.expect(200);

        let (version, masked) = file(&shop.rep).await;
        let refused = shop.rep.put("/customers/K1", version, masked.clone()).await;
        refused.expect(422);
        let places: Vec<String> = refused.pointers().into_iter().map(|(place, code)| format!("{place} {code}")).collect();
        assert_eq!(
            places,
            [
                "/addresses/0/phone value.masked",
                "/contacts/0/email value.masked",
                "/contacts/0/phone value.masked",
                "/contacts/1/phone value.masked"
            ]
        );
        shop.manager.put("/customers/K1", version, masked).await.expect(422);
        let note = json!({"customer_id": "K1", "contact_name": "李华", "said": "打 139****2222", "channel": "phone"});
        assert_eq!(shop.rep.post("/inquiries", note).await.pointers(), [("/said".to_owned(), "value.masked".to_owned())]);
        let (now, whole) = file(&shop.manager).await;
        assert_eq!((now, &whole["contacts"][0]["phone"], &whole["addresses"][0]["phone"]), (version, &json!(PHONE), &json!(PHONE)));
        assert_eq!(shop.manager.get(&format!("/orders/{order}")).await.expect(200)["contact_phone"], PHONE);
        shop.verify().await;
    }
}

/// PTY-05: a document that was made has the phone on it, and is for who may see that.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_read_by_who_may_see_what_is_on_it() {
    for shop in shops().await {
        let order = known(&shop).await;
        let of = format!("/orders/{order}/documents");
        let made = shop.rep.post(&of, json!({"kind": "order_form", "language": "en"})).await.expect(201);
        let content = format!("/documents/{}/content", made["id"].as_str().unwrap());
        shop.rep.get(&content).await;
        let auditor = shop.server.sign_in("auditor").await;
        assert_eq!(auditor.get(&content).await.expect(403)["code"], "denied");
        assert_eq!(auditor.get(&of).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }
}
