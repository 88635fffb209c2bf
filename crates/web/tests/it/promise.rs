//! Promising over HTTP (PRM-01, PRM-03, PRM-05, PRM-07).

use serde_json::{Value, json};

use crate::shop::{Shop, order_of, shops, with};

fn line(quantity: &str, other: Value) -> Value {
    json!({"lines": [with(json!({"product_id": "P001", "warehouse_id": "W1", "quantity": quantity}), other)]})
}

/// `day:quantity` of each part, then what is open and what binds.
fn shown(promise: &Value) -> String {
    let parts = promise["lines"].as_array().unwrap().iter();
    let mut all: Vec<String> = parts
        .map(|part| {
            let bound = part["binding"]["constraint"].as_str().map_or_else(String::new, |constraint| format!(" {constraint}"));
            format!("{}:{}{bound}", &part["promised_on"].as_str().unwrap()[5..], part["quantity"]["value"].as_str().unwrap())
        })
        .collect();
    if let Some(constraint) = promise["open_binding"]["constraint"].as_str() {
        all.push(format!("open {} {constraint}", promise["open"]["value"].as_str().unwrap()));
    }
    all.join(", ")
}

async fn look(shop: &Shop, body: Value) -> Value {
    shop.rep.post("/promise/look", body).await.expect(200)["lines"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_says_who_takes_what() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let order = shop.effective(with(order_of(12), json!({"required_on": "2026-12-15"}))).await;
        let got = shop.rep.get("/promise/timeline?product=P001").await.expect(200);
        assert_eq!((&got["warehouse"]["code"], &got["today"], &got["lead_days"]), (&json!("W1"), &json!("2026-11-21"), &json!(0)));
        let days = got["days"].as_array().unwrap();
        assert_eq!(days.len(), 2, "{days:?}");
        let figure = |day: usize, name: &str| days[day][name]["value"].as_str().unwrap().to_owned();
        assert_eq!(["supply", "demand", "balance", "available"].map(|name| figure(0, name)), ["10", "0", "10", "0"]);
        assert_eq!(["supply", "demand", "reserved", "balance", "available"].map(|name| figure(1, name)), ["0", "12", "10", "-2", "0"]);
        assert_eq!(days[0]["supplies"][0]["source"], json!({"kind": "stock", "document": null}));
        let takers = days[1]["demands"].as_array().unwrap();
        assert_eq!((takers.len(), &days[1]["demand_count"]), (2, &json!(2)));
        assert_eq!((&takers[0]["taker"]["kind"], &takers[0]["quantity"]["value"]), (&json!("reserved"), &json!("10")));
        assert_eq!((&takers[1]["taker"]["kind"], &takers[1]["quantity"]["value"]), (&json!("order"), &json!("2")));
        assert_eq!((&takers[0]["taker"]["order"]["id"], &takers[0]["taker"]["line_no"]), (&json!(order), &json!(1)));
        assert_eq!(takers[0]["taker"]["customer"]["name"], "客户CUST001");
        // What lies there is kept for the order; nothing more is known to come.
        assert_eq!(shown(&got["next"]), "open 1 stock");
        assert_eq!(got["next"]["open_binding"]["kept_for"]["order"]["id"], json!(order));
        assert_eq!(got["warehouses"][0]["available"]["value"], "0");
        let refused = shop.rep.get("/promise/timeline").await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/product".to_owned(), "value.required".to_owned())]);
        let refused = shop.rep.get("/promise/timeline?product=P9").await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/product".to_owned(), "value.unknown".to_owned())]);
        shop.rep.get("/promise/timeline?product=P001&warehouse=W9").await.expect(422);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_says_when_why_and_what_else_and_changes_nothing() {
    for shop in shops().await {
        shop.add_product("P002", json!({"name": "替代品", "lead_days": 5})).await;
        shop.admin.post("/warehouses", json!({"code": "W2", "name": "东仓"})).await.expect(201);
        let page = shop.admin.get("/products/P001").await.expect(200);
        let (mut input, substitute) = (json!({}), shop.admin.get("/products/P002").await.expect(200)["id"].clone());
        for name in ["code", "name", "spec", "unit"] {
            input[name] = page[name].clone();
        }
        input["substitutes"] = json!([substitute]);
        input["lead_days"] = json!(20);
        shop.admin.put("/products/P001", page["version"].as_i64().unwrap(), input).await.expect(200);
        shop.receive("P001", "10").await;
        let lines = json!([{"product_id": "P001", "quantity": "30"}]);
        shop.warehouse.post("/stock/receive", json!({"warehouse_id": "W2", "reference": "RK", "lines": lines})).await.expect(200);
        let before = shop.stock("P001").await;

        assert_eq!(shown(&look(&shop, line("10", json!({}))).await["promise"]), "11-21:10");
        assert_eq!(shown(&look(&shop, line("10", json!({"wanted_on": "2026-11-25"}))).await["promise"]), "11-25:10");
        let got = look(&shop, line("25", json!({"wanted_on": "2026-11-27", "alternatives": true}))).await;
        assert_eq!(shown(&got["promise"]), "12-11:25 lead_time");
        assert_eq!(got["promise"]["need"], json!({"ready_by": "2026-11-27", "short": {"value": "15", "unit": "台"}, "days_short": 0}));
        let ways: Vec<String> = got["alternatives"]
            .as_array()
            .unwrap()
            .iter()
            .map(|way| {
                format!(
                    "{} {} {} {}",
                    way["kind"].as_str().unwrap(),
                    way["warehouse"]["code"].as_str().unwrap(),
                    way["reason"].as_str().unwrap(),
                    shown(&way["promise"])
                )
            })
            .collect();
        let expected = [
            "warehouse W2 earlier 11-27:25",
            "substitute W1 earlier 11-27:25",
            "substitute W2 earlier 11-27:25",
            "split W1 more_on_time 11-27:10, 12-11:15 lead_time",
            "asked W1 none 12-11:25 lead_time",
        ];
        assert_eq!(ways, expected);
        let split = line("25", json!({"wanted_on": "2026-11-27", "split": true}));
        assert_eq!(shown(&look(&shop, split).await["promise"]), "11-27:10, 12-11:15 lead_time");
        let split = line("25", json!({"wanted_on": "2026-11-27", "split": true, "most_parts": 1}));
        assert_eq!(shown(&look(&shop, split).await["promise"]), "12-11:25 lead_time");

        // Each line sees what those before it take.
        let one = json!({"product_id": "P001", "warehouse_id": "W1", "quantity": {"value": "6", "unit": "台"}});
        let both = shop.rep.post("/promise/look", json!({"lines": [one, one]})).await.expect(200);
        assert_eq!(
            (shown(&both["lines"][0]["promise"]), shown(&both["lines"][1]["promise"])),
            ("11-21:6".into(), "12-11:6 lead_time".into())
        );
        assert_eq!(shop.stock("P001").await, before);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_named_at_their_fields() {
    for shop in shops().await {
        let bad = json!({"lines": [
            {"product_id": "P9", "warehouse_id": "W9", "quantity": "0", "wanted_on": "2026-11-20"},
            {"product_id": "", "warehouse_id": "W1", "quantity": "viel", "wanted_on": "bald", "split": true, "most_parts": 0},
            {"product_id": "P001", "warehouse_id": "W1", "quantity": {"value": "1", "unit": "t"}},
        ]});
        let refused = shop.rep.post("/promise/look", bad).await;
        refused.expect(422);
        let found: Vec<String> = refused.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        let expected = [
            "/lines/0/quantity value.not_positive",
            "/lines/0/wanted_on date.before",
            "/lines/1/quantity number.not_a_number",
            "/lines/1/wanted_on date.not_a_date",
            "/lines/1/most_parts value.out_of_range",
            "/lines/1/product_id value.required",
            "/lines/0/product_id value.unknown",
            "/lines/0/warehouse_id value.unknown",
            "/lines/2/quantity value.wrong_unit",
        ];
        assert_eq!(found, expected);
        let refused = shop.rep.post("/promise/look", json!({"lines": []})).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/lines".to_owned(), "value.required".to_owned())]);
    }
}

/// Who may see stock but no orders sees that something is reserved, not for whom.
#[tokio::test(flavor = "multi_thread")]
async fn only_who_sees_stock_or_takes_orders_may_look() {
    for shop in shops().await {
        let names = json!({"zh-CN": "访客", "zh-TW": "訪客", "en": "Guest"});
        let role = |code: &str, permission: &str| json!({"code": code, "name": names, "permissions": [permission]});
        shop.admin.post("/roles", role("guest", "product.view")).await.expect(201);
        shop.admin.post("/roles", role("keeper", "stock.view")).await.expect(201);
        for name in ["guest", "keeper"] {
            shop.server.add_user(name, name).await;
        }
        shop.receive("P001", "10").await;
        shop.place(order_of(4)).await;
        let guest = shop.server.sign_in("guest").await;
        guest.post("/promise/look", line("1", json!({}))).await.expect(403);
        guest.get("/promise/timeline?product=P001").await.expect(403);
        let keeper = shop.server.sign_in("keeper").await;
        let got = keeper.get("/promise/timeline?product=P001").await.expect(200);
        let taker = &got["days"][1]["demands"][0]["taker"];
        assert_eq!(*taker, json!({"kind": "reserved", "order": null, "line_no": null, "customer": null}));
        keeper.post("/promise/look", line("1", json!({}))).await.expect(200);
        shop.server.stranger().get("/promise/timeline?product=P001").await.expect(401);
    }
}

/// PRM-04: who is hit when supply falls away, and what each strategy would make of it; nothing is applied.
#[tokio::test(flavor = "multi_thread")]
async fn open_lines_are_promised_again_as_a_proposal() {
    for shop in shops().await {
        shop.add_customer("CUSTA", json!({"grade": "A"})).await;
        shop.manager.post("/suppliers", crate::supplier::supplier_of("G1")).await.expect(201);
        let dated = |customer: &str, pieces: i64, day: &str| with(order_of(pieces), json!({"customer_id": customer, "required_on": day}));
        let first = shop.effective(dated("CUST001", 8, "2026-12-01")).await;
        let second = shop.effective(dated("CUSTA", 6, "2026-12-05")).await;
        let lines = json!([{"product_id": "P001", "quantity": "10", "asked_on": "2026-11-28"}]);
        let purchase = shop.manager.post("/purchases", json!({"supplier_id": "G1", "lines": lines})).await.expect(201);
        shop.manager.post(&format!("/purchases/{}/send", crate::shop::id(&purchase)), json!({})).await.expect(200);
        shop.tick().await;
        let grade = |code: &str, strategy: &str| json!({"code": code, "grades": [code], "strategy": strategy, "order": ["ordered"]});
        let ask = async |segments: Value| shop.service.post("/promise/propose", json!({"product_id": "P001", "segments": segments})).await;
        let shown = |got: &Value| -> Vec<String> {
            let parts = |parts: &Value| {
                let part = |part: &Value| format!("{}:{}", &part["on"].as_str().unwrap()[5..], part["quantity"]["value"].as_str().unwrap());
                parts.as_array().unwrap().iter().map(part).collect::<Vec<_>>().join(" ")
            };
            let one = |one: &Value| {
                let who = if one["order"]["id"] == json!(first) { "first" } else { "second" };
                let exception = if one["exception"] == true { " !" } else { "" };
                format!(
                    "{who} {} {} [{}] [{}]{exception}",
                    one["strategy"].as_str().unwrap(),
                    one["shift"].as_str().unwrap(),
                    parts(&one["before"]),
                    parts(&one["after"])
                )
            };
            got["proposals"].as_array().unwrap().iter().map(one).collect()
        };
        // Ten are to come for fourteen: the first has eight of them, the second two.
        let got = ask(json!([grade("B", "gain"), grade("A", "gain")])).await.expect(200);
        assert_eq!(shown(&got), Vec::<String>::new());
        assert_eq!((&got["lines"], &got["worse"], &got["better"], &got["exceptions"]), (&json!(2), &json!(0), &json!(0), &json!(0)));
        let got = ask(json!([grade("A", "win"), grade("B", "redistribute")])).await.expect(200);
        assert_eq!(shown(&got), ["first redistribute worse [12-01:8] [12-01:4]", "second win better [12-05:2] [12-05:6]"]);
        let got = ask(json!([grade("A", "lose")])).await.expect(200);
        assert_eq!(shown(&got), ["second lose worse [12-05:2] []"]);
        assert_eq!(shop.page(&second).await["promised_on"], "2026-12-05");

        let refused = ask(json!([{"code": "", "strategy": "cheat", "grades": ["Z"]}, {"code": "x"}, {"code": "x", "strategy": "win", "needed_from": "bald"}])).await;
        refused.expect(422);
        let found: Vec<String> = refused.pointers().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
        let expected = [
            "/segments/0/code value.required",
            "/segments/0/grades/0 value.unknown_choice",
            "/segments/0/strategy value.unknown_choice",
            "/segments/1/strategy value.required",
            "/segments/2/code value.repeated",
            "/segments/2/needed_from date.not_a_date",
        ];
        assert_eq!(found, expected);
        ask(json!([])).await.expect(422);
        shop.verify().await;
    }
}
