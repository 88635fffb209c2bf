//! Promotions over HTTP, from the draft to what orders have of them.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::portal::product;
use crate::shop::{Shop, cny, id, order_of, shops, shows, with};

fn tenth() -> Value {
    json!({
        "code": "WINTER", "names": {"zh-CN": "冬季促销", "zh-TW": "冬季促銷", "en": "Winter sale"},
        "valid_from": "2026-11-01", "valid_to": "2026-12-31", "effect": "line_percent", "percent": "10", "min_quantity": "5",
    })
}

impl Shop {
    /// A promotion in force; its id.
    async fn promotion(&self, other: Value) -> String {
        let id = id(&self.rep.post("/promotions", with(tenth(), other)).await.expect(201));
        self.manager.post(&format!("/promotions/{id}/activate"), json!({})).await.expect(200);
        id
    }

    async fn used(&self, promotion: &str) -> Value {
        self.rep.get(&format!("/promotions/{promotion}")).await.expect(200)["used"].clone()
    }
}

/// PRC-06: written by one, put in force by another, ended with a reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_is_put_in_force_by_somebody_else() {
    for shop in shops().await {
        let wrong = with(tenth(), json!({"percent": "0", "valid_to": "2026-10-01", "products": ["P404"], "limit_total": -1}));
        let answer = shop.rep.post("/promotions", wrong).await;
        answer.expect(422);
        let mut pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        pointers.sort();
        assert_eq!(pointers, ["/limit_total", "/percent", "/products/0", "/valid_to"]);
        let one = id(&shop.rep.post("/promotions", tenth()).await.expect(201));
        let again = shop.rep.post("/promotions", tenth()).await;
        again.expect(422);
        assert_eq!(again.pointers(), [("/code".to_owned(), "value.taken".to_owned())]);
        let at = format!("/promotions/{one}");
        shop.rep.post(&format!("{at}/activate"), json!({})).await.expect(403);
        shop.rep.put(&at, 1, with(tenth(), json!({"percent": "12"}))).await.expect(200);
        let own = id(&shop.manager.post("/promotions", with(tenth(), json!({"code": "OWN"}))).await.expect(201));
        let refused = shop.manager.post(&format!("/promotions/{own}/activate"), json!({})).await;
        assert_eq!(refused.expect(403)["code"], "promotion.own");
        shop.manager.post(&format!("{at}/activate"), json!({})).await.expect(200);
        assert_eq!(shop.rep.put(&at, 3, tenth()).await.expect(409)["code"], "promotion.not_draft");
        shows(&shop.rep.get(&at).await.expect(200), &json!({"status": "active", "percent": "12", "used": 0, "name": "Winter sale"}));
        shop.manager.post(&format!("{at}/end"), json!({"reason": ""})).await.expect(422);
        shop.manager.post(&format!("{at}/end"), json!({"reason": "库存已清"})).await.expect(200);
        let listed = shop.rep.get("/promotions?status=ended").await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let file = shop.rep.get("/promotions?format=csv").await;
        assert!(String::from_utf8_lossy(&file.bytes).contains("WINTER"));
        shop.verify().await;
    }
}

/// PRC-06, PRC-04: one figure on check, page and list; what the client says of it counts for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_gets_what_is_promised_and_keeps_it() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let promotion = shop.promotion(json!({})).await;
        assert_eq!(shop.rep.post("/orders/check", order_of(4)).await.expect(200)["totals"]["charges"], json!([]));
        let forged = json!({"charges": [{"kind": "promotion", "allowance": true, "amount": "4999"}]});
        let checked = shop.rep.post("/orders/check", with(order_of(10), forged.clone())).await.expect(200);
        let order = shop.place(with(order_of(10), forged)).await;
        let page = shop.page(&order).await;
        let charge = json!({"kind": "promotion", "name": "Winter sale", "amount": cny("500.00"), "promotion": {"id": promotion, "code": "WINTER", "lines": [1]}});
        shows(&page, &json!({"goods": cny("5000.00"), "payable": cny("4500.00"), "charges": [charge]}));
        assert_eq!(checked["totals"]["charges"], page["charges"]);
        assert_eq!(checked["totals"]["payable"], page["payable"]);
        assert_eq!(shop.rep.get("/orders").await.expect(200)["items"][0]["payable"], page["payable"]);
        assert_eq!(shop.used(&promotion).await, 1);
        // It ends: what is submitted keeps it, a draft is told.
        let draft = shop.draft(order_of(6)).await;
        shop.manager.post(&format!("/promotions/{promotion}/end"), json!({"reason": "提前结束"})).await.expect(200);
        let refused = shop.rep.step(&draft, "submit", json!({})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/charges".to_owned(), "promotion.changed".to_owned())]);
        shop.rep.put(&format!("/orders/{draft}"), 1, order_of(6)).await.expect(200);
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        assert_eq!(shop.page(&draft).await["payable"], cny("3000.00"));
        shop.service.step(&order, "review", crate::shop::ticked()).await.expect(200);
        assert_eq!(shop.page(&order).await["payable"], cny("4500.00"));
        // A step back gives it back.
        shop.manager.step(&order, "return", json!({"reason": "改数量"})).await.expect(200);
        assert_eq!(shop.used(&promotion).await, 0);
        shop.verify().await;
    }
}

/// PRC-06: declined with one word, and taken again.
#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_may_be_declined() {
    for shop in shops().await {
        let promotion = shop.promotion(json!({})).await;
        let declined = json!({"declined_promotions": [promotion]});
        let checked = shop.rep.post("/orders/check", with(order_of(10), declined.clone())).await.expect(200);
        assert_eq!(checked["totals"]["payable"], cny("5000.00"));
        let draft = shop.draft(with(order_of(10), declined)).await;
        shows(&shop.page(&draft).await, &json!({"payable": cny("5000.00"), "declined_promotions": [promotion]}));
        shop.rep.put(&format!("/orders/{draft}"), 1, order_of(8)).await.expect(200);
        assert_eq!(shop.page(&draft).await["payable"], cny("4000.00"), "as before where it is left out");
        shop.rep.put(&format!("/orders/{draft}"), 2, with(order_of(8), json!({"declined_promotions": []}))).await.expect(200);
        assert_eq!(shop.page(&draft).await["payable"], cny("3600.00"));
        shop.verify().await;
    }
}

/// PRC-06: limits hold when many order at once; what is cancelled is given back.
#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_when_many_order_at_once() {
    for shop in shops().await {
        let promotion = shop.promotion(json!({"limit_total": 3, "limit_customer": 3})).await;
        let drafts = join_all((0..8).map(|_| shop.draft(order_of(10)))).await;
        let answers = join_all(drafts.iter().map(|draft| shop.rep.step(draft, "submit", json!({})))).await;
        let done = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 3, "{answers:?}");
        assert_eq!(shop.used(&promotion).await, 3);
        let first = answers.iter().position(|answer| answer.status == 200).unwrap();
        shop.service.step(&drafts[first], "void", json!({"reason": "客户取消"})).await.expect(200);
        assert_eq!(shop.used(&promotion).await, 2);
        let next = answers.iter().position(|answer| answer.status != 200).unwrap();
        shop.rep.step(&drafts[next], "submit", json!({})).await.expect(200);
        assert_eq!(shop.used(&promotion).await, 3);
        shop.verify().await;
    }
}

/// PRC-06, CHG-01: a change that no longer meets the condition loses what it gave.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_order_looks_at_the_condition_again() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let promotion = shop.promotion(json!({})).await;
        let order = shop.effective(order_of(10)).await;
        let change = |quantity: &str| json!({"reason": "客户减量", "changes": [{"kind": "quantity", "line_no": 1, "quantity": quantity}]});
        let at = format!("/orders/{order}/changes/preview");
        let fewer = shop.rep.post(&at, change("6")).await.expect(200);
        assert!(fewer.to_string().contains("2700.00"), "{fewer}");
        let too_few = shop.rep.post(&at, change("4")).await.expect(200);
        assert!(too_few.to_string().contains("2000.00"), "{too_few}");
        assert_eq!(shop.used(&promotion).await, 1);
        shop.verify().await;
    }
}

/// PRC-06: at the portal it is given like everywhere; the cart, the order and the paper show one figure. A counter that is wrong is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_gets_it_at_the_portal() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let promotion = shop.promotion(json!({"limit_customer": 5, "channel": "portal"})).await;
        assert_eq!(shop.rep.post("/orders/check", order_of(10)).await.expect(200)["totals"]["charges"], json!([]), "another channel");
        let guest = shop.guest("CUST001", "anna").await;
        let cart = json!({"product_id": product(&guest).await, "quantity": "10"});
        shows(&guest.post("/portal/cart", cart).await.expect(200), &json!({"payable": cny("4500.00")}));
        let made = guest.post("/portal/orders", json!({"required_on": "2026-12-15"})).await.expect(201);
        shows(&made, &json!({"payable": cny("4500.00")}));
        let order = id(&made);
        shows(&shop.page(&order).await, &json!({"channel": "portal", "charges": [{"kind": "promotion", "amount": cny("500.00")}]}));
        let asked = json!({"kind": "order_form", "language": "zh-CN", "subject": order,
            "body": "#import \"layout.typ\": *\n#assert.eq(data.totals.charges.at(0).name, \"冬季促销\")\n#assert.eq(data.totals.payable.replace(\",\", \"\").replace(\"¥\", \"\"), \"4500.00\")\nx"});
        shows(&shop.admin.post("/document-templates/preview", asked).await.expect(200), &json!({"mistakes": []}));
        assert_eq!(shop.used(&promotion).await, 1);
        shop.verify().await;

        let (store, company) = (&shop.server.app.store, shop.server.company);
        let of: domain::PromotionId = promotion.parse().unwrap();
        let more = move |work: &mut store::UnitOfWork| {
            work.count::<domain::PromotionUse>((of, domain::CustomerId::NONE), &[0, 1], false)?;
            Ok(())
        };
        store.write(company, more).await.unwrap();
        let report = store.read(move |reader| store::verify::verify(reader, company)).await.unwrap();
        let told = "promotion WINTER: counted 2, by customer 1, orders 1";
        assert_eq!(report.findings.iter().map(|one| (one.check, one.what.as_str())).collect::<Vec<_>>(), [("promotions", told)]);
    }
}
