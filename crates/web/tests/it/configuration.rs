//! Configurable products over HTTP (CAT-02): the car of the blueprint.

use serde_json::{Value, json};

use crate::shop::{cny, id, shops, shows};

fn car() -> Value {
    let choice = |code: &str, name: &str, price: &str| json!({"code": code, "name": name, "price": price});
    let group = |code: &str, name: &str, min: i64, max: i64, choices: Value| json!({"code": code, "name": name, "min": min, "max": max, "choices": choices});
    json!({"name": "X 型轿车", "unit": "辆", "list_price": "189800", "kind": "made_to_order", "options": {
        "groups": [
            group("roof", "车顶", 0, 1, json!([choice("panorama", "全景天窗", "6000")])),
            group("seat", "座椅", 0, 1, json!([choice("leather", "真皮座椅", "4500")])),
            group("wheel", "轮毂", 0, 1, json!([choice("w20", "20 英寸轮毂", "5200")])),
            group("outside", "外观", 0, 2, json!([choice("tow", "拖车钩", "2600"), choice("sport", "运动保险杠", "3200")])),
        ],
        "rules": [{"choice": "w20", "kind": "requires", "other": "leather"}, {"choice": "tow", "kind": "excludes", "other": "sport"}],
        "freeze_days": 10,
    }})
}

fn order(choices: &[&str]) -> Value {
    let line = json!({"product_id": "CAR-X", "quantity": "1", "choices": choices});
    json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [line]})
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_makes_the_price_in_pieces() {
    for shop in shops().await {
        shop.add_product("CAR-X", car()).await;
        let draft = shop.draft(order(&["w20", "leather", "panorama"])).await;
        let page = shop.page(&draft).await;
        let pieces = json!([
            {"group": "车顶", "code": "panorama", "name": "全景天窗", "price": cny("6000.00")},
            {"code": "leather", "price": cny("4500.00")}, {"code": "w20", "price": cny("5200.00")},
        ]);
        shows(
            &page,
            &json!({"payable": cny("205500.00"), "lines": [{"base_price": cny("189800.00"), "choices": pieces, "unit_price": cny("205500.00"), "price_source": "list"}]}),
        );
        let without = shop.draft(order(&["leather", "panorama"])).await;
        assert_eq!(shop.page(&without).await["payable"], cny("200300.00"));
        // A typed price is compared with the book's and what was chosen.
        let typed = json!({"customer_id": "CUST001", "lines": [{"product_id": "CAR-X", "quantity": "1", "choices": ["panorama"], "unit_price": "195800"}]});
        let told = shop.rep.post("/orders/check", typed).await.expect(200);
        shows(&told["lines"], &json!([{"price_source": {"kind": "list"}}]));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forbidden_is_refused_with_the_reason_and_the_nearest() {
    for shop in shops().await {
        shop.add_product("CAR-X", car()).await;
        let refused = async |choices: &[&str]| {
            let answer = shop.rep.post("/orders", order(choices)).await;
            let body = answer.expect(422);
            (
                body["errors"][0]["pointer"].clone(),
                body["errors"][0]["code"].clone(),
                body["errors"][0]["message"].as_str().unwrap().to_owned(),
            )
        };
        let (pointer, code, message) = refused(&["w20"]).await;
        assert_eq!((pointer, code), (json!("/lines/0/choices"), json!("option.requires")));
        assert_eq!(message, "20 英寸轮毂 is sold only with 真皮座椅. Nearest allowed: + 真皮座椅");
        let (_, code, message) = refused(&["sport", "tow"]).await;
        assert_eq!(code, "option.excludes");
        assert!(message.ends_with("− 拖车钩"), "{message}");
        assert_eq!(refused(&["gold"]).await.1, "option.unknown");
        let looked = shop.rep.post("/products/CAR-X/configure", json!({"choices": ["w20"]})).await.expect(200);
        shows(
            &looked,
            &json!({"allowed": false, "effect": cny("5200.00"), "errors": [{"code": "option.requires"}], "add": ["leather"], "remove": []}),
        );
        let plain = json!({"customer_id": "CUST001", "lines": [{"product_id": "P001", "quantity": "1", "choices": ["w20"]}]});
        assert_eq!(shop.rep.post("/orders", plain).await.pointers(), [("/lines/0/choices".to_owned(), "option.none".to_owned())]);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_changes_until_the_factory_freezes_it() {
    for shop in shops().await {
        shop.add_product("CAR-X", car()).await;
        let ordered = shop.effective(order(&["panorama", "leather", "w20"])).await;
        let change = |choices: &[&str]| json!({"reason": "客户不要轮毂了", "changes": [{"kind": "configuration", "line_no": 1, "choices": choices}]});
        let at = format!("/orders/{ordered}/changes");
        let previewed = shop.rep.post(&format!("{at}/preview"), change(&["panorama", "leather"])).await.expect(200);
        shows(&previewed, &json!({"asks_customer": true, "after": {"payable": cny("200300.00")}}));
        let told = shop.rep.post(&format!("{at}/preview"), change(&["panorama", "w20"])).await;
        assert_eq!(told.pointers(), [("/changes/0/choices".to_owned(), "option.requires".to_owned())]);
        let made = id(&shop.rep.post(&at, change(&["panorama", "leather"])).await.expect(201));
        shop.rep.post(&format!("/changes/{made}/submit"), json!({})).await.expect(200);
        let mut state = shop.manager.post(&format!("/changes/{made}/approve"), json!({})).await.expect(200);
        if state["status"] == "submitted" {
            state = shop.finance.post(&format!("/changes/{made}/approve"), json!({})).await.expect(200);
        }
        assert_eq!(state["status"], "answering");
        let yes = json!({"accepted": true, "evidence_id": shop.proof(&ordered, "scan", "change_accepted").await});
        shop.rep.post(&format!("/changes/{made}/answer"), yes).await.expect(200);
        let page = shop.page(&ordered).await;
        assert_eq!(page["payable"], previewed["after"]["payable"]);
        assert_eq!(page["lines"][0]["choices"], previewed["after"]["lines"][0]["choices"]);
        shop.verify().await;
        // Promised for December 15th, frozen ten days before.
        let shop = shop.on("2026-12-06T01:00:00Z").await;
        let late = shop.rep.post(&format!("{at}/preview"), change(&["panorama"])).await;
        assert_eq!(late.pointers(), [("/changes/0/choices".to_owned(), "change.frozen".to_owned())]);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_withdrawn_since_the_draft_is_refused_at_its_field() {
    for shop in shops().await {
        shop.add_product("CAR-X", car()).await;
        let draft = shop.draft(order(&["panorama", "leather"])).await;
        let product = shop.admin.get("/products/CAR-X").await.expect(200);
        let path = format!("/products/{}", product["id"].as_str().unwrap());
        let mut less = crate::shop::with(car(), json!({"code": "CAR-X"}));
        less["options"]["groups"].as_array_mut().unwrap().remove(0);
        shop.admin.put(&path, product["version"].as_i64().unwrap(), less).await.expect(200);
        let before = shop.page(&draft).await;
        let refused = shop.rep.step(&draft, "submit", json!({})).await;
        assert_eq!(refused.pointers(), [("/lines/0/choices".to_owned(), "option.withdrawn".to_owned())]);
        assert_eq!(refused.expect(422)["errors"][0]["message"], "全景天窗 is not offered any more. Choose again.");
        assert_eq!(shop.page(&draft).await, before, "refused: nothing has changed");
        // Offered again, it goes on; where a rule has changed since, that rule is told.
        let version = shop.admin.get("/products/CAR-X").await.expect(200)["version"].as_i64().unwrap();
        let mut more = crate::shop::with(car(), json!({"code": "CAR-X"}));
        more["options"]["rules"].as_array_mut().unwrap().push(json!({"choice": "panorama", "kind": "requires", "other": "sport"}));
        shop.admin.put(&path, version, more).await.expect(200);
        let refused = shop.rep.step(&draft, "submit", json!({})).await;
        assert_eq!(refused.pointers(), [("/lines/0/choices".to_owned(), "option.requires".to_owned())]);
        shop.admin.put(&path, version + 1, crate::shop::with(car(), json!({"code": "CAR-X"}))).await.expect(200);
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        shop.verify().await;
    }
}
