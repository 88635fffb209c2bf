//! The catalogue and the cart, whose goods are held for a while (INT-07, INT-12).

use app::cart::put::put;
use domain::{ProductId, Quantity};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::portal::product;
use crate::shop::{cny, items, order_of, sets, shops, shows};

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_has_the_customers_own_prices() {
    for shop in shops().await {
        shop.add_customer("CUST002", json!({})).await;
        shop.add_product("P002", json!({"name": "复印纸", "spec": "A4", "list_price": "20"})).await;
        shop.add_product("P003", json!({"name": "旧款", "list_price": "9"})).await;
        shop.add_product("P004", json!({"name": "询价件", "list_price": null})).await;
        let old = shop.admin.get("/products/P003").await.expect(200);
        shop.admin.post(&format!("/products/{}/deactivate", old["id"].as_str().unwrap()), json!({})).await.expect(200);
        for (min, price) in [("0", "450"), ("10", "430")] {
            let own = json!({"product_id": "P001", "customer_id": "CUST001", "min_quantity": min, "unit_price": price, "valid_from": "2026-01-01"});
            shop.admin.post("/prices", own).await.expect(201);
        }
        shop.receive("P001", "8").await;
        let (a, b) = (shop.guest("CUST001", "anna").await, shop.guest("CUST002", "bert").await);
        let seen = items(&a.get("/portal/products").await.expect(200));
        let codes: Vec<&str> = seen.iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["P001", "P002", "P004"]);
        shows(
            &seen[0],
            &json!({
                "price": cny("450.00"), "stock": {"code": "few", "free": sets("8")}, "in_cart": sets("0"),
                "steps": [{"price": cny("450.00")}, {"from": sets("10"), "price": cny("430.00")}],
            }),
        );
        assert_eq!((&seen[1]["stock"]["code"], &seen[2]["price"]), (&json!("to_order"), &Value::Null));
        assert_eq!(items(&b.get("/portal/products").await.expect(200))[0]["price"], cny("500.00"));
        assert_eq!(items(&a.get("/portal/products?q=fyz").await.expect(200))[0]["code"], "P002", "by initials");
        assert!(!a.get("/portal/products").await.text().contains("standard_cost"));
        let first = a.get("/portal/products?limit=2").await.expect(200);
        let rest = a.get(&format!("/portal/products?limit=2&cursor={}", first["next"].as_str().unwrap())).await.expect(200);
        assert_eq!(items(&rest).len(), 1);
        let refused = a.post("/portal/cart", json!({"product_id": seen[2]["id"], "quantity": "1"})).await;
        assert_eq!(refused.expect(409)["code"], "portal.no_price");
        a.post("/portal/cart", json!({"product_id": old["id"], "quantity": "1"})).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_usually_orders_comes_first() {
    for shop in shops().await {
        shop.add_product("P002", json!({"list_price": "20"})).await;
        shop.receive("P001", "90").await;
        shop.place(order_of(1)).await;
        shop.server.clock.forward(10 * 86_400);
        let shop = crate::shop::Shop::enter(shop.server).await;
        shop.place(order_of(1)).await;
        let guest = shop.guest("CUST001", "anna").await;
        let usual = guest.get("/portal/usual-products").await.expect(200);
        shows(
            &usual["items"],
            &json!([{"product": {"code": "P001"}, "orders": 2, "last_on": "2026-12-01", "due_on": "2026-12-11", "due": false}]),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_holds_its_goods_until_the_time_is_up() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let (a, b) = (shop.guest("CUST001", "anna").await, shop.guest("CUST001", "berta").await);
        let id = product(&a).await;
        let put = |quantity: &str| json!({"product_id": id, "quantity": quantity});
        let cart = a.post("/portal/cart", put("6")).await.expect(200);
        shows(
            &cart,
            &json!({
                "short": false, "payable": cny("3000.00"), "held_until": "2026-11-21T08:30:00Z",
                "lines": [{"quantity": sets("6"), "held": sets("6"), "earliest": "2026-11-21"}],
            }),
        );
        assert_eq!(shop.stock("P001").await, ("10".into(), "6".into()));
        shop.server.clock.forward(600);
        let cart = b.post("/portal/cart", put("7")).await.expect(200);
        shows(&cart, &json!({"short": true, "lines": [{"quantity": sets("7"), "held": sets("4")}]}));
        assert_eq!(shop.stock("P001").await, ("10".into(), "10".into()));
        shop.verify().await;

        shop.server.clock.forward(1200);
        web::tick(&shop.server.app).await;
        let cart = a.get("/portal/cart").await.expect(200);
        shows(&cart, &json!({"held_until": null, "lines": [{"quantity": sets("6"), "held": sets("0"), "held_until": null}]}));
        assert_eq!(shop.stock("P001").await, ("10".into(), "4".into()));
        web::tick(&shop.server.app).await;
        assert_eq!(shop.stock("P001").await, ("10".into(), "4".into()), "given free once");

        let cart = b.post("/portal/cart/hold", json!({})).await.expect(200);
        shows(&cart, &json!({"short": false, "held_until": "2026-11-21T09:00:00Z", "lines": [{"held": sets("7")}]}));
        b.post("/portal/cart", put("2")).await.expect(200);
        b.post("/portal/cart", put("0")).await.expect(200);
        assert_eq!(shop.stock("P001").await, ("10".into(), "0".into()));
        assert_eq!(b.post("/portal/cart/hold", json!({})).await.expect(409)["code"], "portal.cart_empty");
        let answer = a.post("/portal/cart", put("-1")).await;
        answer.expect(422);
        assert_eq!(answer.pointers()[0].0, "/quantity");
        shop.verify().await;
    }
}

/// INT-07: how long is the company's to say; who holds nothing sells what is there when it is ordered.
#[tokio::test(flavor = "multi_thread")]
async fn the_company_says_how_long_a_cart_holds() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let a = shop.guest("CUST001", "anna").await;
        let id = product(&a).await;
        let put = |quantity: &str| json!({"product_id": id, "quantity": quantity});
        let mut company = shop.admin.get("/company").await.expect(200);
        assert_eq!(company["cart_hold_minutes"], 30);
        company["cart_hold_minutes"] = json!(4321);
        let refused = shop.admin.put("/company", 1, company.clone()).await;
        assert_eq!(refused.pointers(), [("/cart_hold_minutes".to_owned(), "value.out_of_range".to_owned())]);
        company["cart_hold_minutes"] = json!(90);
        shop.admin.put("/company", 1, company.clone()).await.expect(200);
        let cart = a.post("/portal/cart", put("6")).await.expect(200);
        shows(&cart, &json!({"hold_minutes": 90, "held_until": "2026-11-21T09:30:00Z", "lines": [{"held": sets("6")}]}));
        company["cart_hold_minutes"] = json!(0);
        shop.admin.put("/company", 2, company).await.expect(200);
        let cart = a.post("/portal/cart", put("7")).await.expect(200);
        shows(&cart, &json!({"hold_minutes": 0, "held_until": null, "lines": [{"quantity": sets("7"), "held": sets("0")}]}));
        assert_eq!(shop.stock("P001").await, ("10".into(), "0".into()));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn carts_that_race_hold_exactly_what_there_is() {
    for shop in shops().await {
        shop.receive("P001", "150").await;
        let mut people = Vec::new();
        for i in 0..200 {
            people.push(shop.invite("CUST001", &format!("racer{i}")).await);
        }
        let id: ProductId = shop.admin.get("/products/P001").await.expect(200)["id"].as_str().unwrap().parse().unwrap();
        let one = Quantity::parse("1").unwrap();
        let race = people.iter().map(|actor| shop.server.app.command(actor, None, move |work, by| put(work, by, id, one)));
        let held: i64 = join_all(race).await.into_iter().map(|put| put.unwrap().held_micro / 1_000_000).sum();
        assert_eq!(held, 150);
        assert_eq!(shop.stock("P001").await, ("150".into(), "150".into()));
        shop.verify().await;

        shop.server.clock.forward(1800);
        tokio::join!(web::tick(&shop.server.app), web::tick(&shop.server.app));
        assert_eq!(shop.stock("P001").await, ("150".into(), "0".into()));
        shop.verify().await;
    }
}
