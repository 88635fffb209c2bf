//! Quotas over HTTP: what they share out, to whom, and what orders take of them and give back.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::shop::{Shop, id, items, order_of, parcel, sets, shops, shows, with};

/// 150 of P001 from November to December, for everybody.
fn quota_of(code: &str, other: Value) -> Value {
    let usual = json!({
        "code": code, "name": "年末配额", "product_id": "P001", "valid_from": "2026-11-01", "valid_to": "2026-12-31", "quantity": "150",
    });
    with(usual, other)
}

impl Shop {
    /// A quota by the sales manager; its id.
    async fn quota(&self, code: &str, other: Value) -> String {
        id(&self.manager.post("/quotas", quota_of(code, other)).await.expect(201))
    }

    /// What is taken and what is left.
    async fn quota_taken(&self, quota: &str) -> (String, String) {
        let page = self.service.get(&format!("/quotas/{quota}")).await.expect(200);
        let figure = |name: &str| page[name]["value"].as_str().unwrap().to_owned();
        (figure("taken"), figure("left"))
    }
}

fn pair(taken: &str, left: &str) -> (String, String) {
    (taken.to_owned(), left.to_owned())
}

/// PRM-06
#[tokio::test(flavor = "multi_thread")]
async fn a_quota_is_added_changed_and_listed() {
    for shop in shops().await {
        let wrong =
            json!({"code": "Q 1", "name": "", "product_id": "P001", "valid_from": "2026-12-01", "valid_to": "2026-11-30", "quantity": "0"});
        let answer = shop.manager.post("/quotas", wrong.clone()).await;
        answer.expect(422);
        let pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/code", "/name", "/valid_to", "/quantity"]);
        let answer = shop.manager.post("/quotas", with(wrong, json!({"product_id": "P404"}))).await;
        assert_eq!(answer.pointers(), [("/product_id".to_owned(), "value.unknown".to_owned())]);
        let answer = shop.manager.post("/quotas", quota_of("Q1", json!({"quantity": {"value": "5", "unit": "箱"}, "grade": "Z"}))).await;
        assert_eq!(answer.pointers(), [("/grade".to_owned(), "value.unknown_choice".to_owned())]);
        for person in [&shop.rep, &shop.service] {
            assert_eq!(person.post("/quotas", quota_of("Q1", json!({}))).await.expect(403)["code"], "denied");
        }
        shop.warehouse.get("/quotas").await.expect(403);

        let one = shop.quota("Q1", json!({"grade": "B", "channel": "phone", "region": "上海市"})).await;
        let page = shop.rep.get("/quotas/Q1").await.expect(200);
        shows(
            &page,
            &json!({
                "id": one, "version": 1, "product": {"code": "P001"}, "grade": "B", "channel": "phone", "region": "上海市", "active": true,
                "quantity": sets("150"), "taken": sets("0"), "left": sets("150"), "takes": [],
            }),
        );
        let twice = shop.manager.post("/quotas", quota_of("Q1", json!({}))).await;
        assert_eq!(twice.pointers(), [("/code".to_owned(), "value.taken".to_owned())]);
        let path = format!("/quotas/{one}");
        let change = quota_of("Q1", json!({"name": "新名", "quantity": "120"}));
        shop.manager.put(&path, 1, change.clone()).await.expect(200);
        shop.manager.put(&path, 1, change.clone()).await.expect(412);
        assert_eq!(shop.manager.put(&path, 2, change).await.expect(200)["version"], 2);
        assert_eq!(shop.quota_taken(&one).await, pair("0", "120"));
        shop.add_product("P002", json!({})).await;
        shop.quota("Q2", json!({"product_id": "P002", "valid_to": "2026-11-10"})).await;

        let list = async |query: &str| items(&shop.service.get(&format!("/quotas?{query}")).await.expect(200));
        assert_eq!(list("").await.len(), 2);
        shows(&Value::Array(list("product=P001").await), &json!([{"code": "Q1", "name": "新名"}]));
        shows(&Value::Array(list("on=2026-11-05&sort=code&q=q2").await), &json!([{"code": "Q2"}]));
        assert_eq!(list("on=2026-11-21").await.len(), 1);
        shop.manager.post("/quotas/Q2/deactivate", json!({})).await.expect(200);
        assert_eq!(shop.manager.post("/quotas/Q2/deactivate", json!({})).await.expect(409)["code"], "quota.already_inactive");
        assert_eq!(list("active=false").await.len(), 1);
        shop.manager.post("/quotas/Q2/activate", json!({})).await.expect(200);
        assert!(shop.manager.get("/quotas?format=csv").await.text().contains("Q2"));
        let events = items(&shop.admin.get(&format!("/audit?subject=quota/{one}")).await.expect(200));
        assert_eq!(events.len(), 2, "{events:?}");
        shop.verify().await;
    }
}

/// PRM-06: only orders that a quota covers take of it, of every one that does; what is beyond one refuses the order as a whole.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_takes_of_every_quota_that_covers_it() {
    for shop in shops().await {
        let all = shop.quota("ALL", json!({})).await;
        let east = shop.quota("EAST", json!({"region": "上海市", "grade": "B", "quantity": "20"})).await;
        let over = shop.quota("OVER", json!({"valid_to": "2026-11-20", "quantity": "1"})).await;
        let portal = shop.quota("PORTAL", json!({"channel": "portal", "quantity": "1"})).await;
        let address = json!([{"receiver": "李工", "province": "江苏省", "street": "中山路1号", "default": true}]);
        shop.add_customer("CUST002", json!({"addresses": address})).await;

        let order = shop.place(order_of(15)).await;
        let other = shop.place(with(order_of(30), json!({"customer_id": "CUST002"}))).await;
        assert_eq!((shop.quota_taken(&all).await, shop.quota_taken(&east).await), (pair("45", "105"), pair("15", "5")));
        assert_eq!((shop.quota_taken(&over).await.0, shop.quota_taken(&portal).await.0), ("0".to_owned(), "0".to_owned()));
        let page = shop.rep.get(&format!("/quotas/{all}")).await.expect(200);
        shows(
            &page["takes"],
            &json!([
                {"order": {"id": other}, "customer": {"name": "客户CUST002"}, "line_no": 1, "quantity": sets("30"), "status": "submitted"},
                {"order": {"id": order}, "customer": {"name": "客户CUST001"}, "line_no": 1, "quantity": sets("15"), "status": "submitted"},
            ]),
        );

        // The second line passes what is left; nothing is changed, of no quota.
        let lines = json!([{"product_id": "P001", "quantity": "3"}, {"product_id": "P001", "quantity": "4"}]);
        let wanted = with(order_of(1), json!({"lines": lines}));
        let checked = shop.rep.post("/orders/check", wanted.clone()).await.expect(200);
        shows(&checked["errors"], &json!([{"pointer": "/lines/1/quantity", "code": "quota.too_much"}]));
        let refused = shop.rep.post("/orders?submit=true", wanted.clone()).await;
        assert_eq!(refused.pointers(), [("/lines/1/quantity".to_owned(), "quota.too_much".to_owned())]);
        let told = refused.expect(422).to_string();
        assert!(told.contains("EAST") && told.contains("2 台"), "{told}");
        let draft = shop.draft(wanted).await;
        shop.rep.step(&draft, "submit", json!({})).await.expect(422);
        assert_eq!(shop.page(&draft).await["status"], "draft");
        assert_eq!((shop.quota_taken(&all).await, shop.quota_taken(&east).await), (pair("45", "105"), pair("15", "5")));

        // What is taken stays: not less than that, and for whom it is.
        let path = format!("/quotas/{east}");
        let less = quota_of("EAST", json!({"region": "江苏省", "grade": "B", "quantity": "14.5"}));
        let answer = shop.manager.put(&path, 1, less).await;
        assert_eq!(
            answer.pointers(),
            [("/quantity".to_owned(), "quota.below_taken".to_owned()), ("/region".to_owned(), "quota.in_use".to_owned())]
        );
        let enough = quota_of("EAST", json!({"region": "上海市", "grade": "B", "quantity": "22"}));
        shop.manager.put(&path, 1, enough).await.expect(200);
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        assert_eq!(shop.quota_taken(&east).await, pair("22", "0"));
        // Out of use it limits nobody, and gets back what it lent.
        shop.manager.post(&format!("{path}/deactivate"), json!({})).await.expect(200);
        shop.place(order_of(9)).await;
        shop.service.step(&draft, "void", json!({"reason": "客户取消"})).await.expect(200);
        assert_eq!((shop.quota_taken(&all).await.0, shop.quota_taken(&east).await), ("54".to_owned(), pair("15", "7")));
        shop.verify().await;
    }
}

/// PRM-06: every way to end without effect, or with less, gives back.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_order_does_not_take_is_given_back() {
    for shop in shops().await {
        shop.receive("P001", "200").await;
        let one = shop.quota("Q1", json!({"quantity": "100"})).await;
        let monthly = |pieces: i64| with(order_of(pieces), json!({"settlement": "monthly", "deposit_rate": "0"}));
        let draft = shop.draft(monthly(40)).await;
        assert_eq!(shop.quota_taken(&one).await, pair("0", "100"));
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        assert_eq!(shop.quota_taken(&one).await, pair("40", "60"));
        shop.service.step(&draft, "return", json!({"reason": "数量再确认"})).await.expect(200);
        assert_eq!(shop.quota_taken(&one).await, pair("0", "100"));
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        assert_eq!(shop.quota_taken(&one).await, pair("40", "60"));
        shop.service.step(&draft, "void", json!({"reason": "客户取消"})).await.expect(200);
        let rejected = shop.reviewed(monthly(30)).await;
        assert_eq!(shop.quota_taken(&one).await, pair("30", "70"));
        shop.manager.step(&rejected, "reject", json!({"reason": "价格不合"})).await.expect(200);
        let cancelled = shop.effective(monthly(30)).await;
        assert_eq!(shop.quota_taken(&one).await, pair("30", "70"));
        shop.service.step(&cancelled, "cancel", json!({"reason": "客户取消"})).await.expect(200);
        assert_eq!(shop.quota_taken(&one).await, pair("0", "100"));
        let short = shop.effective(monthly(20)).await;
        shop.warehouse.step(&short, "ship", parcel("12")).await.expect(200);
        shop.service.step(&short, "close-short", json!({"reason": "客户只要 12 台"})).await.expect(200);
        assert_eq!(shop.quota_taken(&one).await, pair("12", "88"));

        // A change takes or gives the difference, as of the day of submission (CHG-01).
        let order = shop.effective(monthly(50)).await;
        assert_eq!(shop.quota_taken(&one).await, pair("62", "38"));
        let change = |quantity: &str| json!({"reason": "客户来函", "changes": [{"kind": "quantity", "line_no": 1, "quantity": quantity}]});
        let path = format!("/orders/{order}/changes");
        for (pieces, taken, left) in [("45", "57", "43"), ("88", "100", "0")] {
            let made = id(&shop.rep.post(&path, change(pieces)).await.expect(201));
            shop.rep.post(&format!("/changes/{made}/submit"), json!({})).await.expect(200);
            for person in [&shop.manager, &shop.finance] {
                if shop.rep.get(&format!("/changes/{made}")).await.expect(200)["status"] == "submitted" {
                    person.post(&format!("/changes/{made}/approve"), json!({})).await.expect(200);
                }
            }
            if shop.rep.get(&format!("/changes/{made}")).await.expect(200)["status"] == "answering" {
                let evidence = shop.proof(&order, "scan", "change_accepted").await;
                let answer = json!({"accepted": true, "evidence_id": evidence});
                shop.rep.post(&format!("/changes/{made}/answer"), answer).await.expect(200);
            }
            assert_eq!(shop.quota_taken(&one).await, pair(taken, left));
        }
        for path in [path.clone(), format!("{path}/preview")] {
            assert_eq!(shop.rep.post(&path, change("89")).await.pointers(), [("/changes".to_owned(), "quota.too_much".to_owned())]);
        }
        assert_eq!(shop.quota_taken(&one).await, pair("100", "0"));
        shop.verify().await;
    }
}

/// PRM-06: a quota never gives more than there is, and all of it, however many order at once.
#[tokio::test(flavor = "multi_thread")]
async fn of_200_orders_at_once_for_150_exactly_150_are_accepted() {
    for shop in shops().await {
        let one = shop.quota("Q1", json!({})).await;
        let drafts = join_all((0..200).map(|_| shop.draft(order_of(1)))).await;
        let answers = join_all(drafts.iter().map(|draft| shop.rep.step(draft, "submit", json!({})))).await;
        let accepted = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(accepted, 150);
        for refused in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(refused.pointers(), [("/lines/0/quantity".to_owned(), "quota.too_much".to_owned())]);
        }
        assert_eq!(shop.quota_taken(&one).await, pair("150", "0"));
        // The next of it goes to whoever comes once somebody gives back.
        let place = |status: bool| answers.iter().position(|answer| (answer.status == 200) == status).unwrap();
        shop.service.step(&drafts[place(true)], "void", json!({"reason": "客户取消"})).await.expect(200);
        shop.rep.step(&drafts[place(false)], "submit", json!({})).await.expect(200);
        assert_eq!(shop.quota_taken(&one).await, pair("150", "0"));
        shop.verify().await;
    }
}

/// PRM-06, PRM-03
#[tokio::test(flavor = "multi_thread")]
async fn a_promise_minds_the_quotas_of_who_asks() {
    for shop in shops().await {
        shop.receive("P001", "50").await;
        let line = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": {"value": "12", "unit": "台"}, "split": true});
        let look = async |other: Value| {
            let body = with(json!({"lines": [line]}), other);
            shop.rep.post("/promise/look", body).await.expect(200)["lines"][0]["promise"].clone()
        };
        shop.quota("GRADE", json!({"grade": "B", "quantity": "10"})).await;
        shop.quota("PORTAL", json!({"channel": "portal", "quantity": "5"})).await;
        shows(&look(json!({})).await, &json!({"met": true, "open": sets("0")}));
        let bound = json!({"met": false, "open": sets("2"), "open_binding": {"constraint": "quota", "code": "GRADE"}});
        shows(&look(json!({"customer_id": "CUST001"})).await, &bound);
        let bound = json!({"open": sets("7"), "open_binding": {"constraint": "quota", "code": "PORTAL"}});
        shows(&look(json!({"customer_id": "CUST001", "channel": "portal"})).await, &bound);
        // Each line sees what those before it take of the quota.
        let both = json!({"lines": [line, line], "customer_id": "CUST001"});
        let lines = shop.rep.post("/promise/look", both).await.expect(200)["lines"].clone();
        assert_eq!(lines[1]["promise"]["open"], sets("12"));
        let unknown = shop.rep.post("/promise/look", json!({"lines": [line], "customer_id": "C404"})).await;
        assert_eq!(unknown.pointers(), [("/customer_id".to_owned(), "value.unknown".to_owned())]);
        shop.verify().await;
    }
}
