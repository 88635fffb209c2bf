//! Orders are taken in exactly once: idempotency keys, numbers of the channel, batches.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::shop::{id, items, order_of, parcel, sets, shops, shows, with};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_under_one_key_is_one_order() {
    for shop in shops().await {
        let first = shop.rep.post_once("k1", "/orders?submit=true", order_of(1)).await;
        let state = first.expect(201);
        shop.service.step(&id(&state), "hold", json!({"reason": "等客户"})).await.expect(200);
        let again = shop.rep.post_once("k1", "/orders?submit=true", order_of(1)).await;
        assert_eq!(
            (again.expect(201), again.header("etag"), again.header("location")),
            (state.clone(), first.header("etag"), first.header("location")),
            "the first answer, though the order has moved on"
        );
        assert_eq!(shop.rep.post_once("k1", "/orders?submit=true", order_of(2)).await.expect(422)["code"], "key-reused");
        assert_eq!(
            shop.rep.post_once("k1", "/orders", order_of(1)).await.expect(422)["code"],
            "key-reused",
            "another address is another request"
        );
        assert_eq!(items(&shop.rep.get("/orders").await.expect(200)).len(), 1);
        // Keys belong to who sends them.
        shop.manager.post_once("k1", "/orders?submit=true", order_of(1)).await.expect(201);
        assert_eq!(items(&shop.rep.get("/orders").await.expect(200)).len(), 2);
        let long = "k".repeat(201);
        shop.rep.post_once(&long, "/orders", order_of(1)).await.expect(400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_sent_many_times_at_once_makes_one_order() {
    for shop in shops().await {
        let answers = join_all((0..12).map(|_| shop.rep.post_once("race", "/orders?submit=true", order_of(1)))).await;
        let made: Vec<Value> = answers.iter().filter(|answer| answer.status == 201).map(|answer| answer.json()).collect();
        assert!(!made.is_empty() && made.iter().all(|state| *state == made[0]));
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(refused.expect(409)["code"], "running");
        }
        assert_eq!(items(&shop.rep.get("/orders").await.expect(200)).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_race_for_the_last_piece_one_gets_it() {
    for shop in shops().await {
        shop.receive("P001", "1").await;
        let (first, second) =
            tokio::join!(shop.rep.post("/orders?submit=true", order_of(1)), shop.rep.post("/orders?submit=true", order_of(1)));
        let orders = [first.expect(201), second.expect(201)];
        let mut supply: Vec<String> = Vec::new();
        for order in &orders {
            supply.push(shop.page(&id(order)).await["tracks"]["supply"]["state"].as_str().unwrap().to_owned());
        }
        supply.sort_unstable();
        assert_eq!(supply, ["reserved", "short"]);
        assert_eq!(shop.stock("P001").await, ("1".into(), "1".into()));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_under_one_key_is_taken_once() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let order = shop.effective(order_of(10)).await;
        let ship = format!("/orders/{order}/ship");
        let first = shop.warehouse.post_once("s1", &ship, parcel("4")).await.expect(200);
        assert_eq!(shop.warehouse.post_once("s1", &ship, parcel("4")).await.expect(200), first);
        assert_eq!(shop.stock("P001").await, ("6".into(), "6".into()), "4 have left, not 8");
        let pay = format!("/orders/{order}/record-payment");
        let first = shop.finance.post_once("p1", &pay, json!({"amount": "100.00"})).await.expect(200);
        assert_eq!(shop.finance.post_once("p1", &pay, json!({"amount": "100.00"})).await.expect(200), first);
        assert_eq!(shop.page(&order).await["payments"].as_array().unwrap().len(), 1);
        // What was refused is not kept: the same key may be used when it is possible.
        let approve = format!("/orders/{}/approve", shop.place(order_of(1)).await);
        shop.manager.post_once("a1", &approve, json!({})).await.expect(409);
        shop.service.post(&approve.replace("approve", "review"), crate::shop::ticked()).await.expect(200);
        assert_eq!(shop.manager.post_once("a1", &approve, json!({})).await.expect(200)["status"], "effective");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_a_channel_comes_once_for_ever() {
    for shop in shops().await {
        let order = |channel: &str, number: &str| with(order_of(1), json!({"channel": channel, "external_number": number}));
        let first = shop.draft(order("web_shop", "W-1")).await;
        let taken = [("/external_number".to_owned(), "value.taken".to_owned())];
        assert_eq!(shop.rep.post("/orders", order("web_shop", "W-1")).await.pointers(), taken);
        shop.draft(order("marketplace", "W-1")).await;
        shop.service.step(&first, "void", json!({"reason": "误下单"})).await.expect(200);
        assert_eq!(shop.rep.post("/orders?submit=true", order("web_shop", "W-1")).await.pointers(), taken, "a void order keeps its number");
        let other = shop.draft(order("web_shop", "W-2")).await;
        assert_eq!(shop.rep.put(&format!("/orders/{other}"), 1, order("web_shop", "W-1")).await.pointers(), taken);
        shop.rep.put(&format!("/orders/{other}"), 1, order("web_shop", "W-2")).await.expect(200);

        let answers = join_all((0..10).map(|_| shop.rep.post("/orders?submit=true", order("portal", "P-1")))).await;
        let made = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(made, 1);
        assert!(answers.iter().filter(|answer| answer.status != 201).all(|answer| answer.pointers() == taken));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_answers_for_each_order_in_its_place() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let orders = json!([
            order_of(1),
            with(order_of(1), json!({"customer_id": "NOBODY"})),
            with(order_of(2), json!({"external_number": "B-1"})),
            with(order_of(1), json!({"lines": [{"product_id": "P001", "quantity": "many"}]})),
            with(order_of(2), json!({"external_number": "B-1"})),
            with(order_of(1), json!({"required_on": null})),
            order_of(3),
        ]);
        let batch = json!({"orders": orders, "submit": true});
        let first = shop.rep.post_once("b1", "/orders/batch", batch.clone()).await.expect(200);
        shows(
            &first["results"],
            &json!([
                {"ok": {"status": "submitted", "payable": {"amount": "500.00"}}},
                {"error": {"status": 422, "code": "invalid", "errors": [{"pointer": "/customer_id", "code": "value.unknown"}]}},
                {"ok": {"payable": {"amount": "1000.00"}}},
                {"error": {"errors": [{"pointer": "/lines/0/quantity"}]}},
                {"error": {"errors": [{"pointer": "/external_number", "code": "value.taken"}]}},
                {"error": {"errors": [{"pointer": "/required_on", "code": "value.required"}]}},
                {"ok": {"payable": {"amount": "1500.00"}}},
            ]),
        );
        assert_eq!(shop.rep.post_once("b1", "/orders/batch", batch).await.expect(200), first);
        assert_eq!(items(&shop.rep.get("/orders").await.expect(200)).len(), 3);
        assert_eq!(shop.stock("P001").await.1, "6");
        let numbers: Vec<String> = [0, 2, 6].map(|i| first["results"][i]["ok"]["number"].as_str().unwrap().to_owned()).to_vec();
        let mut sorted = numbers.clone();
        sorted.sort();
        assert_eq!(sorted, ["SO2026000001", "SO2026000002", "SO2026000003"], "what was refused leaves no gap");
        let lines = shop.page(&numbers[1]).await["lines"].clone();
        shows(&lines, &json!([{"reserved": sets("2")}]));
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_has_limits() {
    for shop in shops().await {
        let small = json!({"customer_id": "CUST001"});
        let batch = |count: usize| json!({"orders": vec![small.clone(); count]});
        let answer = shop.rep.post("/orders/batch", batch(1001)).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/orders".to_owned(), "value.too_many".to_owned())]);
        let answer = shop.rep.post("/orders/batch", batch(1000)).await.expect(200);
        let results = answer["results"].as_array().unwrap();
        assert!(results.len() == 1000 && results.iter().all(|result| result["ok"]["status"] == "draft"));
        assert_eq!(shop.rep.get("/orders/counts").await.expect(200)["draft"], 1000);
        assert_eq!(shop.rep.post("/orders/batch", json!({"orders": []})).await.expect(200)["results"], json!([]));
        assert_eq!(shop.finance.post("/orders/batch", batch(1)).await.expect(403)["code"], "denied");
        shop.verify().await;
    }
}
