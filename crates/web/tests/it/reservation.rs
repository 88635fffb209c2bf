//! Reservations as records: several warehouses, expiry, release, priority, giving goods to another order; races for the last pieces (INV-02).

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::shop::{Shop, id, items, order_of, shops, shows};

impl Shop {
    async fn house(&self, code: &str, pieces: &str) {
        self.admin.post("/warehouses", json!({"code": code, "name": format!("{code} 仓")})).await.expect(201);
        if pieces != "0" {
            let lines = json!([{"product_id": "P001", "quantity": pieces}]);
            self.warehouse.post("/stock/receive", json!({"warehouse_id": code, "reference": "RK", "lines": lines})).await.expect(200);
        }
    }

    /// W1 also sends from these.
    async fn help_out(&self, others: &[&str]) {
        let mut found = self.admin.get("/warehouses/W1").await.expect(200);
        let version = found["version"].as_i64().unwrap();
        let asked = json!({"code": "W1", "name": found["name"].take(), "also_from": others});
        self.admin.put("/warehouses/W1", version, asked).await.expect(200);
    }

    async fn reserved(&self, order: &str) -> Vec<(String, String)> {
        let places = self.rep.get(&format!("/orders/{order}/reservations")).await.expect(200);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let of = |place: &Value| (text(&place["warehouse"]["code"]), text(&place["lines"][0]["reserved"]["value"]));
        places.as_array().unwrap().iter().map(of).filter(|(_, quantity)| quantity != "0").collect()
    }

    async fn supply(&self, order: &str) -> String {
        self.page(order).await["tracks"]["supply"]["state"].as_str().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_takes_from_several_warehouses_by_the_rule() {
    for shop in shops().await {
        shop.receive("P001", "4").await;
        shop.house("W2", "3").await;
        shop.house("W3", "9").await;
        // Nothing helps out yet.
        let alone = shop.place(order_of(5)).await;
        assert_eq!(shop.reserved(&alone).await, [("W1".into(), "4".into())]);
        shop.service.step(&alone, "void", json!({"reason": "重复"})).await.expect(200);
        shop.help_out(&["W2", "W3"]).await;
        let order = shop.effective(order_of(10)).await;
        let pieces = |all: &[(&str, &str)]| all.iter().map(|(w, q)| ((*w).to_owned(), (*q).to_owned())).collect::<Vec<_>>();
        assert_eq!(shop.reserved(&order).await, pieces(&[("W1", "4"), ("W2", "3"), ("W3", "3")]));
        shop.verify().await;

        // Shipped from W3: what is reserved there goes, the rest stays.
        let parcel = |warehouse: &str, pieces: &str| json!({"warehouse_id": warehouse, "lines": [{"line_no": 1, "quantity": pieces}]});
        let ship = format!("/orders/{order}/ship");
        shop.warehouse.post(&ship, parcel("W3", "3")).await.expect(200);
        assert_eq!(shop.reserved(&order).await, pieces(&[("W1", "4"), ("W2", "3")]));
        // More than is reserved there comes from what is free there, and what it needs no more elsewhere is free: W2 before the own.
        shop.warehouse.post(&ship, parcel("W3", "2")).await.expect(200);
        assert_eq!(shop.reserved(&order).await, pieces(&[("W1", "4"), ("W2", "1")]));
        let refused = shop.warehouse.post(&ship, parcel("W2", "4")).await.pointers();
        assert_eq!(refused, [("/lines/0/quantity".to_owned(), "line.not_in_stock".to_owned())]);
        let page = shop.page(&order).await;
        assert_eq!(page["shipments"].as_array().unwrap().len(), 2);
        shop.verify().await;
        assert_eq!(shop.warehouse.post(&ship, parcel("W1", "5")).await.pointers().len(), 1);
        shop.warehouse.post(&ship, parcel("W1", "4")).await.expect(200);
        shop.warehouse.post(&ship, parcel("W2", "1")).await.expect(200);
        assert_eq!(shop.reserved(&order).await, []);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_helpers_are_told_at_their_place() {
    for shop in shops().await {
        shop.house("W2", "0").await;
        let version = shop.admin.get("/warehouses/W1").await.expect(200)["version"].as_i64().unwrap();
        for (others, expected) in
            [(json!(["W2", "W9"]), "/also_from/1"), (json!(["W1"]), "/also_from/0"), (json!(["W2", "W2"]), "/also_from/1")]
        {
            let refused = shop.admin.put("/warehouses/W1", version, json!({"code": "W1", "name": "主仓", "also_from": others})).await;
            assert_eq!(refused.pointers()[0].0, expected);
        }
    }
}

/// Rules of a shop that takes only what it has: an order that is short is not taken.
const ALL_THERE: &str = "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n\
    [[gate]]\ncode = \"sold_out\"\non = [\"submit\"]\nrequire = \"lines.short == 0\"\nmessage = \"Sold out\"\n";

/// Fifty pieces in each of three warehouses that help each other out, or all in one.
async fn stocked(shop: &Shop, spread: bool) {
    if !spread {
        return shop.receive("P001", "150").await;
    }
    shop.receive("P001", "50").await;
    shop.house("W2", "50").await;
    shop.house("W3", "50").await;
    shop.help_out(&["W2", "W3"]).await;
}

/// INV-02: two hundred orders for one piece each, a hundred and fifty pieces: in one warehouse, then spread over three.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_race_for_a_hundred_and_fifty() {
    for spread in [false, true] {
        for shop in shops().await {
            stocked(&shop, spread).await;
            let race = (0..200).map(|_| shop.rep.post("/orders?submit=true", order_of(1)));
            let placed: Vec<String> = join_all(race).await.into_iter().map(|answer| id(&answer.expect(201))).collect();
            let found = shop.service.get("/products/P001/reservations").await.expect(200);
            let counted = |what: &str| found[what].as_array().unwrap().len();
            assert_eq!((placed.len(), counted("reservations"), counted("waiting")), (200, 150, 50));
            for place in found["warehouses"].as_array().unwrap() {
                assert_eq!(place["available"]["value"], "0");
            }
            shop.verify().await;
        }
    }
}

/// The same where the company takes only orders it has the goods for: exactly 150 are accepted.
#[tokio::test(flavor = "multi_thread")]
async fn where_only_what_is_there_is_sold_a_hundred_and_fifty_are_accepted() {
    for spread in [false, true] {
        for shop in shops().await {
            shop.rules(ALL_THERE).await;
            stocked(&shop, spread).await;
            let race = (0..200).map(|_| shop.rep.post("/orders?submit=true", order_of(1)));
            let answers = join_all(race).await;
            let accepted = answers.iter().filter(|answer| answer.status == 201).count();
            for refused in answers.iter().filter(|answer| answer.status != 201) {
                shows(&refused.expect(409), &json!({"type": "gate-refused", "gates": [{"code": "sold_out"}]}));
            }
            assert_eq!(accepted, 150);
            assert_eq!(items(&shop.rep.get("/orders?limit=200").await.expect(200)).len(), 150);
            shop.verify().await;
        }
    }
}

/// Two lines of five of a product of which there are five: all of it is refused, and nothing stays.
#[tokio::test(flavor = "multi_thread")]
async fn two_lines_that_together_want_more_than_there_is_are_refused_as_a_whole() {
    for shop in shops().await {
        shop.rules(ALL_THERE).await;
        shop.receive("P001", "5").await;
        let line = json!({"product_id": "P001", "quantity": "5"});
        let two = json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [line, line]});
        shows(&shop.rep.post("/orders?submit=true", two).await.expect(409), &json!({"gates": [{"code": "sold_out"}]}));
        assert_eq!(shop.stock("P001").await, ("5".into(), "0".into()));
        assert_eq!(items(&shop.rep.get("/orders").await.expect(200)).len(), 0);
        shop.place(order_of(5)).await;
        assert_eq!(shop.stock("P001").await, ("5".into(), "5".into()));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reserved_for_an_order_that_waits_runs_out() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let mut company = shop.admin.get("/company").await.expect(200);
        let version = company["version"].as_i64().unwrap();
        company["reserve_hours"] = json!(8761);
        let refused = shop.admin.put("/company", version, company.clone()).await;
        assert_eq!(refused.pointers(), [("/reserve_hours".to_owned(), "value.out_of_range".to_owned())]);
        company["reserve_hours"] = json!(2);
        shop.admin.put("/company", version, company).await.expect(200);

        let (waits, firm) = (shop.place(order_of(4)).await, shop.effective(order_of(5)).await);
        let at = |found: &Value, place: usize| found[place]["lines"][0]["expires_at"].clone();
        let found = shop.rep.get(&format!("/orders/{waits}/reservations")).await.expect(200);
        assert!(at(&found, 0).is_string(), "{found}");
        assert_eq!(at(&shop.rep.get(&format!("/orders/{firm}/reservations")).await.expect(200), 0), Value::Null);
        shop.server.clock.forward(2 * 3600 - 1);
        web::tick(&shop.server.app).await;
        assert_eq!(shop.stock("P001").await, ("10".into(), "9".into()));
        shop.server.clock.forward(1);
        tokio::join!(web::tick(&shop.server.app), web::tick(&shop.server.app));
        assert_eq!(shop.stock("P001").await, ("10".into(), "5".into()));
        assert_eq!((shop.supply(&waits).await.as_str(), shop.supply(&firm).await.as_str()), ("short", "ready"));
        let told = shop.page(&waits).await;
        let events = shop.rep.get(&format!("/orders/{waits}/events")).await.expect(200);
        assert_eq!(items(&events).iter().filter(|one| one["kind"] == "ReservationsExpired").count(), 1, "{told}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_go_to_who_needs_them_more() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let (first, second) = (shop.effective(order_of(8)).await, shop.effective(order_of(6)).await);
        let third = shop.effective(order_of(3)).await;
        let found = shop.service.get("/products/P001/reservations").await.expect(200);
        let missing = |found: &Value| {
            let of = |one: &Value| {
                (one["line"]["order"]["id"].as_str().unwrap().to_owned(), one["missing"]["value"].as_str().unwrap().to_owned())
            };
            found["waiting"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(missing(&found), [(second.clone(), "4".into()), (third.clone(), "3".into())]);

        let give = |quantity: &str, to: &str| {
            json!({"from_order_id": first, "from_line_no": 1, "warehouse_id": "W1", "to_order_id": to, "to_line_no": 1, "quantity": quantity,
                "reason": "医院急用"})
        };
        for (body, code) in [
            (give("9", &second), "reservation.more_than_reserved"),
            (give("5", &second), "reservation.more_than_needed"),
            (give("1", &first), "reservation.same_line"),
        ] {
            assert_eq!(shop.service.post("/reservations/reassign", body).await.expect(409)["code"], code);
        }
        let refused = shop.service.post("/reservations/reassign", give("0", &second)).await;
        assert_eq!(refused.pointers(), [("/quantity".to_owned(), "value.not_positive".to_owned())]);
        let mut silent = give("1", &second);
        silent["reason"] = json!(" ");
        assert_eq!(shop.service.post("/reservations/reassign", silent).await.pointers()[0].0, "/reason");
        shop.rep.post("/reservations/reassign", give("1", &second)).await.expect(403);
        assert_eq!(shop.reserved(&first).await, [("W1".into(), "8".into())]);

        shop.service.post("/reservations/reassign", give("4", &second)).await.expect(200);
        assert_eq!((shop.supply(&first).await.as_str(), shop.supply(&second).await.as_str()), ("part_reserved", "ready"));
        shop.verify().await;

        // Released for delivery, nobody takes it away.
        shop.warehouse.post(&format!("/orders/{first}/release-goods"), json!({})).await.expect(200);
        assert_eq!(
            shop.warehouse.post(&format!("/orders/{first}/release-goods"), json!({})).await.expect(409)["code"],
            "reservation.nothing"
        );
        assert_eq!(shop.service.post("/reservations/reassign", give("1", &third)).await.expect(409)["code"], "reservation.hard");
        shop.warehouse.post(&format!("/orders/{first}/hold-back-goods"), json!({})).await.expect(200);
        shop.service.post("/reservations/reassign", give("1", &third)).await.expect(200);

        // The more urgent order is served first when goods come.
        let urgent = |priority: i64| json!({"priority": priority, "reason": "停产风险"});
        assert_eq!(shop.service.post(&format!("/orders/{third}/prioritize"), urgent(10)).await.pointers()[0].0, "/priority");
        shop.service.post(&format!("/orders/{third}/prioritize"), urgent(9)).await.expect(200);
        assert_eq!(shop.service.post("/products/P001/distribute", json!({})).await.expect(409)["code"], "reservation.nothing");
        shop.receive("P001", "4").await;
        shows(
            &shop.service.post("/products/P001/distribute", json!({})).await.expect(200),
            &json!({"orders": ["SO2026000003", "SO2026000001"]}),
        );
        assert_eq!(shop.reserved(&third).await, [("W1".into(), "3".into())]);
        assert_eq!(shop.reserved(&first).await, [("W1".into(), "5".into())]);
        shop.verify().await;
    }
}
