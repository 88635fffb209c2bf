//! Exceptions of orders over HTTP, answered with redo or give up; and questions that let an order rest (CHG-05).

use serde_json::{Value, json};

use crate::shop::{Shop, cny, id, items, order_of, parcel, sets, shops, shows};

impl Shop {
    /// Ten P001 of CUST001, shipped and signed for but so many; the order's id, and its exception's.
    async fn refused(&self, refused: i64) -> (String, String) {
        let order = self.effective(order_of(10)).await;
        self.warehouse.step(&order, "ship", parcel("10")).await.expect(200);
        self.sign_for(&order, refused).await;
        let exception = self.exception(&order).await;
        (order, id(&exception))
    }

    async fn sign_for(&self, order: &str, refused: i64) {
        let page = self.page(order).await;
        let note = page["shipments"].as_array().unwrap().iter().find(|note| note["status"] == "shipped").unwrap().clone();
        let count = json!([{"line_no": 1, "accepted": (10 - refused).to_string(), "refused": refused.to_string()}]);
        let body = json!({"signer": "李", "note": "外箱破损", "lines": count});
        self.warehouse.post(&format!("/shipments/{}/deliver", id(&note)), body).await.expect(200);
    }

    /// The newest exception of an order.
    async fn exception(&self, order: &str) -> Value {
        items(&self.rep.get(&format!("/exceptions?order={order}")).await.expect(200))[0].clone()
    }

    async fn answer(&self, exception: &str, verb: &str, goods: &str) -> crate::client::Answer {
        self.service.post(&format!("/exceptions/{exception}/{verb}"), json!({"reason": "与客户商定", "goods": goods})).await
    }
}

fn gates(answer: &Value) -> Vec<String> {
    answer["gates"].as_array().unwrap().iter().map(|gate| gate["code"].as_str().unwrap().to_owned()).collect()
}

/// CHG-05, SHP-07, BIL-01: what was refused is not billed, and given up it is closed short.
#[tokio::test(flavor = "multi_thread")]
async fn refused_goods_are_not_billed_and_wait_for_an_answer() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let (order, exception) = shop.refused(3).await;
        let page = shop.page(&order).await;
        shows(
            &page,
            &json!({"open_exceptions": 1, "waiting_for": {"what": "exception", "who": "customer_service"}, "payable": cny("5000.00"),
            "tracks": {"fulfilment": {"state": "part_delivered"}, "service": {"state": "none"}}}),
        );
        let row = shop.exception(&order).await;
        shows(
            &row,
            &json!({"kind": "goods_refused", "status": "open", "cause": "外箱破损", "by_system": true, "takes_back": true, "answer": null,
            "number": format!("{}-E1", page["number"].as_str().unwrap()), "lines": [{"line_no": 1, "quantity": sets("3")}]}),
        );
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        let page = shop.page(&order).await;
        shows(&page["invoices"][0], &json!({"gross": cny("3500.00"), "lines": [{"quantity": sets("7")}]}));
        assert_eq!(shop.finance.step(&order, "invoice", json!({})).await.expect(409)["code"], "order.nothing_to_invoice");
        assert!(gates(&shop.service.step(&order, "close", json!({})).await.expect(409)).contains(&"order.exception_open".to_owned()));
        assert!(
            gates(&shop.service.step(&order, "cancel", json!({"reason": "x"})).await.expect(409))
                .contains(&"order.exception_open".to_owned())
        );
        assert_eq!(shop.rep.get("/exceptions/counts").await.expect(200), json!({"open": 1}));
        assert_eq!(items(&shop.rep.get("/orders?view=exceptions").await.expect(200)).len(), 1);
        shop.verify().await;

        shop.answer(&exception, "give-up", "good").await.expect(200);
        let page = shop.page(&order).await;
        shows(
            &page,
            &json!({"open_exceptions": 0, "payable": cny("3500.00"), "billed": cny("3500.00"),
            "tracks": {"fulfilment": {"state": "delivered"}, "service": {"state": "follow_up_due"}}}),
        );
        shows(
            &page["lines"][0],
            &json!({"quantity": sets("10"), "shipped": sets("7"), "closed_short": sets("3"), "closed_reason": "与客户商定"}),
        );
        assert_eq!(shop.stock("P001").await, ("13".to_owned(), "0".to_owned()));
        let moved = items(&shop.warehouse.get("/stock/movements").await.expect(200));
        shows(
            &moved[0],
            &json!({"kind": "return", "on_hand_delta": sets("3"), "cause": {"kind": "exception", "number": shop.exception(&order).await["number"]}}),
        );
        shows(&shop.exception(&order).await, &json!({"status": "given_up", "answer": {"goods": "good", "reason": "与客户商定"}}));
        shop.finance.step(&order, "record-payment", json!({"amount": "3500.00"})).await.expect(200);
        shop.after.step(&order, "follow-up", json!({"score": 5, "comment": ""})).await.expect(200);
        shop.service.step(&order, "close", json!({})).await.expect(200);
        assert_eq!(shop.answer(&exception, "redo", "good").await.expect(409)["code"], "exception.answered");
        shop.verify().await;
    }
}

/// CHG-05: with redo the goods are open again, and free ones reserved at once; damaged ones are not put on hand.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_redone_is_delivered_again() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let (order, exception) = shop.refused(3).await;
        shop.answer(&exception, "redo", "damaged").await.expect(200);
        let page = shop.page(&order).await;
        shows(
            &page,
            &json!({"payable": cny("5000.00"), "tracks": {"supply": {"state": "ready"}, "fulfilment": {"state": "part_delivered"}}}),
        );
        shows(
            &page["lines"][0],
            &json!({"open": sets("3"), "reserved": sets("3"), "shipped": sets("7"), "refused": sets("0"), "closed_short": sets("0")}),
        );
        assert_eq!(shop.stock("P001").await, ("10".to_owned(), "3".to_owned()));
        shop.warehouse.step(&order, "ship", parcel("3")).await.expect(200);
        let note =
            shop.page(&order).await["shipments"].as_array().unwrap().iter().find(|note| note["status"] == "shipped").unwrap().clone();
        shop.warehouse.post(&format!("/shipments/{}/deliver", id(&note)), json!({"signer": "李"})).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"billed": cny("5000.00"), "tracks": {"fulfilment": {"state": "delivered"}}}));
        shop.verify().await;
    }
}

/// CHG-05, BIL-01: an invoice made before the goods were refused is voided first.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_billed_above_what_stays_is_voided_first() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        shop.warehouse.step(&order, "ship", parcel("10")).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shop.sign_for(&order, 4).await;
        let exception = id(&shop.exception(&order).await);
        let before = shop.page(&order).await;
        for verb in ["redo", "give-up"] {
            assert_eq!(shop.answer(&exception, verb, "good").await.expect(409)["code"], "exception.billed", "{verb}");
        }
        assert_eq!(shop.page(&order).await, before);
        let invoice = before["invoices"][0].clone();
        shop.finance.post(&format!("/invoices/{}/void", id(&invoice)), json!({"reason": "拒收"})).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shop.answer(&exception, "give-up", "lost").await.expect(200);
        shows(&shop.page(&order).await, &json!({"billed": cny("3000.00"), "payable": cny("3000.00")}));
        assert_eq!(shop.stock("P001").await, ("10".to_owned(), "0".to_owned()));
        shop.verify().await;
    }
}

/// CHG-05, CHG-04: a cancelled delivery comes back whole; given up, nothing is left of the order, and it is cancelled.
#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_delivery_is_redone_or_the_order_given_up() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        shop.warehouse.step(&order, "ship", parcel("10")).await.expect(200);
        let note = id(&shop.page(&order).await["shipments"][0]);
        let body = json!({"kind": "delivery_cancelled", "cause": "车辆事故", "shipment_id": note});
        let path = format!("/orders/{order}/exceptions");
        shop.warehouse.post(&path, body.clone()).await.expect(200);
        assert_eq!(shop.warehouse.post(&path, body.clone()).await.expect(409)["code"], "exception.not_on_the_road");
        let signed = shop.warehouse.post(&format!("/shipments/{note}/deliver"), json!({"signer": "李"})).await;
        assert_eq!(signed.expect(409)["code"], "shipment.turned_back");
        let page = shop.page(&order).await;
        shows(
            &page,
            &json!({"open_exceptions": 1, "shipments": [{"status": "cancelled"}], "tracks": {"fulfilment": {"state": "shipped"}}}),
        );
        assert_eq!(shop.finance.step(&order, "invoice", json!({})).await.expect(409)["code"], "order.nothing_to_invoice");
        let exception = id(&shop.exception(&order).await);
        shop.answer(&exception, "redo", "good").await.expect(200);
        shows(&shop.page(&order).await, &json!({"tracks": {"supply": {"state": "ready"}, "fulfilment": {"state": "none"}}}));
        assert_eq!(shop.stock("P001").await, ("20".to_owned(), "10".to_owned()));

        shop.warehouse.step(&order, "ship", parcel("10")).await.expect(200);
        let note = id(shop.page(&order).await["shipments"].as_array().unwrap().iter().find(|note| note["status"] == "shipped").unwrap());
        shop.warehouse.post(&path, json!({"kind": "delivery_cancelled", "cause": "客户停业", "shipment_id": note})).await.expect(200);
        let exception = id(&shop.exception(&order).await);
        let state = shop.answer(&exception, "give-up", "good").await.expect(200);
        shows(&state, &json!({"status": "cancelled"}));
        assert_eq!(shop.stock("P001").await, ("20".to_owned(), "0".to_owned()));
        let credit = shop.rep.get("/customers/CUST001").await.expect(200)["credit"].clone();
        assert_eq!(credit["open_orders"], cny("0.00"));
        shop.verify().await;
    }
}

/// CHG-05: two answers at once: one is taken, the other refused; and nothing counts twice.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_answers_at_once_one_is_refused() {
    for shop in shops().await {
        shop.receive("P001", "200").await;
        for turn in 0..6 {
            let (order, exception) = shop.refused(2).await;
            let before = shop.stock("P001").await.0;
            let (redone, given_up) = tokio::join!(shop.answer(&exception, "redo", "good"), shop.answer(&exception, "give-up", "good"));
            let (taken, refused) = if redone.status.is_success() { (&redone, &given_up) } else { (&given_up, &redone) };
            taken.expect(200);
            refused.expect(409);
            assert!(["exception.answered", "stale"].contains(&refused.code().as_str()), "turn {turn}: {}", refused.text());
            let on_hand: i64 = shop.stock("P001").await.0.parse().unwrap();
            assert_eq!(on_hand, before.parse::<i64>().unwrap() + 2, "turn {turn}");
            let closed = if redone.status.is_success() { "0" } else { "2" };
            shows(&shop.page(&order).await["lines"][0], &json!({"shipped": sets("8"), "closed_short": sets(closed)}));
        }
        shop.verify().await;
    }
}

/// CHG-05: short picks, failed production and papers are recorded by hand; what does not fit says where.
#[tokio::test(flavor = "multi_thread")]
async fn exceptions_are_recorded_by_hand() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        shop.warehouse.step(&order, "ship", parcel("4")).await.expect(200);
        let path = format!("/orders/{order}/exceptions");
        let before = shop.page(&order).await;
        let wrong = async |body: Value, pointer: &str, code: &str| {
            let answer = shop.warehouse.post(&path, body).await;
            answer.expect(422);
            assert!(answer.pointers().contains(&(pointer.to_owned(), code.to_owned())), "{}", answer.text());
        };
        let short = |quantity: &str| json!({"kind": "short_pick", "cause": "货架少货", "lines": [{"line_no": 1, "quantity": quantity}]});
        wrong(short("7"), "/lines/0/quantity", "exception.above_concerned").await;
        wrong(json!({"kind": "short_pick", "cause": "x"}), "/lines", "value.required").await;
        wrong(json!({"kind": "short_pick", "cause": " ", "lines": [{"line_no": 1, "quantity": "1"}]}), "/cause", "value.required").await;
        wrong(json!({"kind": "short_pick", "cause": "x", "lines": [{"line_no": 9, "quantity": "1"}]}), "/lines/0/line_no", "line.unknown")
            .await;
        wrong(json!({"kind": "delivery_cancelled", "cause": "x"}), "/shipment_id", "value.required").await;
        wrong(
            json!({"kind": "goods_refused", "cause": "x", "lines": [{"line_no": 1, "quantity": "1"}]}),
            "/lines/0/quantity",
            "exception.above_concerned",
        )
        .await;
        assert_eq!(shop.finance.post(&path, short("2")).await.expect(403)["code"], "denied");
        assert_eq!(shop.page(&order).await, before);

        shop.warehouse.post(&path, short("2")).await.expect(200);
        let exception = id(&shop.exception(&order).await);
        let goods = shop.answer(&exception, "give-up", "good").await;
        assert_eq!(goods.pointers(), [("/goods".to_owned(), "exception.no_goods".to_owned())]);
        assert_eq!(
            shop.warehouse.post(&format!("/exceptions/{exception}/redo"), json!({"reason": "x"})).await.expect(403)["code"],
            "denied"
        );
        let no_reason = shop.answer(&exception, "give-up", "none").await;
        no_reason.expect(200);
        shows(&shop.page(&order).await["lines"][0], &json!({"closed_short": sets("2"), "open": sets("4"), "reserved": sets("4")}));
        assert_eq!(shop.stock("P001").await, ("16".to_owned(), "4".to_owned()));

        for kind in ["production_failed", "document_returned"] {
            let lines = if kind == "document_returned" { json!([]) } else { json!([{"line_no": 1, "quantity": "4"}]) };
            shop.after.post(&path, json!({"kind": kind, "cause": "见附件", "lines": lines})).await.expect(200);
            let exception = shop.exception(&order).await;
            let unsaid = shop.service.post(&format!("/exceptions/{}/redo", id(&exception)), json!({"reason": " "})).await;
            assert_eq!(unsaid.pointers()[0], ("/reason".to_owned(), "value.required".to_owned()));
            shop.answer(&id(&exception), "redo", "none").await.expect(200);
            shows(&shop.exception(&order).await, &json!({"kind": kind, "status": "redone"}));
        }
        assert_eq!(items(&shop.rep.get("/exceptions?kind=short_pick,document_returned").await.expect(200)).len(), 2);
        assert_eq!(items(&shop.rep.get("/exceptions?status=open").await.expect(200)).len(), 0);
        assert!(shop.rep.get("/exceptions?kind=moon").await.status.is_client_error());
        shop.verify().await;
    }
}

/// CHG-05: the representative is told of an exception, and its clock runs until it is answered.
#[tokio::test(flavor = "multi_thread")]
async fn an_exception_has_a_clock() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let (order, exception) = shop.refused(1).await;
        shop.tick().await;
        let clock = async |state: &str| {
            let clocks = shop.rep.get(&format!("/orders/{order}/clocks")).await.expect(200);
            clocks.as_array().unwrap().iter().any(|clock| clock["code"] == "order.exception" && clock["state"] == state)
        };
        assert!(clock("running").await);
        shop.answer(&exception, "redo", "good").await.expect(200);
        shop.tick().await;
        assert!(clock("stopped").await);
    }
}

/// CHG-05: a question lets an effective order rest until it is answered or taken back; the refusal names it.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_rests_while_a_question_is_open() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        let asked = |question: &str| json!({"question": question});
        let wrong = shop.rep.step(&order, "ask", asked(" ")).await;
        assert_eq!(wrong.pointers(), [("/question".to_owned(), "value.required".to_owned())]);
        shop.rep.step(&order, "ask", asked("颜色是白还是灰？")).await.expect(200);
        shows(&shop.page(&order).await, &json!({"held": true, "held_question_no": 1, "waiting_for": {"what": "question"}}));
        for (who, verb, body) in
            [(&shop.warehouse, "ship", parcel("1")), (&shop.finance, "invoice", json!({})), (&shop.service, "resume", json!({}))]
        {
            let answer = who.step(&order, verb, body).await;
            assert_eq!(answer.expect(409)["code"], "order.question_open", "{verb}");
            assert!(answer.text().contains("颜色是白还是灰"), "{verb}");
        }
        assert_eq!(items(&shop.rep.get("/orders?view=held").await.expect(200)).len(), 1);

        // A second one: the order rests until both are settled.
        shop.service.step(&order, "ask", asked("送货到几楼？")).await.expect(200);
        shop.rep.step(&order, "answer", json!({"no": 1, "answer": "灰色"})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"held": true, "held_question_no": 2, "hold_reason": "送货到几楼？"}));
        shop.service.step(&order, "withdraw-question", json!({"no": 2, "reason": "已电话确认"})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"held": false, "held_question_no": 0, "hold_reason": ""}));
        let late = shop.rep.step(&order, "answer", json!({"no": 2, "answer": "三楼"})).await;
        assert_eq!(late.expect(409)["code"], "order.question_settled");
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);

        // Held by hand: the question takes the hold over when it is resumed.
        shop.service.step(&order, "hold", json!({"reason": "等通知"})).await.expect(200);
        shop.rep.step(&order, "ask", asked("还要吗？")).await.expect(200);
        assert_eq!(shop.warehouse.step(&order, "ship", parcel("1")).await.expect(409)["code"], "order.held");
        shop.service.step(&order, "resume", json!({})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"held": true, "held_question_no": 3}));
        shop.rep.step(&order, "answer", json!({"no": 3, "answer": "要"})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"held": false}));
        shop.verify().await;
    }
}

/// CHG-05, INT-07: the customer answers at the portal what it is asked, and sees nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn the_customer_answers_at_the_portal() {
    for shop in shops().await {
        shop.receive("P001", "20").await;
        let order = shop.effective(order_of(10)).await;
        let guest = shop.guest("CUST001", "anna").await;
        shop.service.step(&order, "ask", json!({"question": "内部：利润够吗？"})).await.expect(200);
        shop.service.step(&order, "ask", json!({"question": "送货到几楼？", "for_customer": true})).await.expect(200);
        let path = format!("/portal/orders/{order}");
        shows(&guest.get(&path).await.expect(200)["questions"], &json!([{"no": 2, "question": "送货到几楼？", "answer": ""}]));
        let answer = |no: i64| json!({"no": no, "answer": "三楼"});
        assert_eq!(guest.post(&format!("{path}/answer"), answer(1)).await.expect(404)["code"], "not-found");
        guest.post(&format!("{path}/answer"), answer(2)).await.expect(200);
        assert_eq!(guest.post(&format!("{path}/answer"), answer(2)).await.expect(404)["code"], "not-found");
        shop.add_customer("CUST002", json!({})).await;
        let other = shop.guest("CUST002", "bert").await;
        assert_eq!(other.post(&format!("{path}/answer"), answer(2)).await.expect(404)["code"], "not-found");
        let page = shop.page(&order).await;
        shows(
            &page["rules"]["questions"][1],
            &json!({"answer": "三楼", "for_customer": true, "answered_by": {"name": "anna 小姐 · 客户CUST001"}}),
        );
        shows(&page, &json!({"held": true, "held_question_no": 1}));
        shop.service.step(&order, "answer", json!({"no": 1, "answer": "够"})).await.expect(200);
        shows(&shop.page(&order).await, &json!({"held": false}));
        shop.verify().await;
    }
}
