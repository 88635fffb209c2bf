//! The company's rules over HTTP: drafts, mistakes, replay, activation; gates with overrides; the matrix; batches and questions.

use serde_json::{Value, json};

use crate::server::servers;
use crate::shop::{Shop, cny, id, items, order_of, parcel, shops, shows, ticked, with};

impl Shop {
    /// Rules of the company's own come into force.
    pub async fn rules(&self, content: &str) {
        let draft = self.admin.post("/blueprints", json!({"content": content, "why": "试行"})).await.expect(201);
        let number = draft["id"].as_str().unwrap().to_owned();
        let shown = self.admin.get(&format!("/blueprints/{number}")).await.expect(200);
        assert_eq!(shown["text"]["mistakes"], json!([]), "{shown}");
        self.admin.post_at(&format!("/blueprints/{number}/activate"), 1, json!({"why": "试行"})).await.expect(200);
    }

    /// The action of an order's page.
    pub async fn action(&self, order: &str, verb: &str) -> Value {
        let page = self.warehouse.get(&format!("/orders/{order}")).await.expect(200);
        page["actions"].as_array().unwrap().iter().find(|action| action["verb"] == verb).unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_raised_replayed_and_activated_while_the_server_runs() {
    for shop in shops().await {
        let small = shop.reviewed(order_of(100)).await;
        let middle = shop.reviewed(order_of(140)).await;
        let large = shop.reviewed(order_of(200)).await;
        let waiting = shop.draft(order_of(150)).await;

        let draft = shop.admin.post("/blueprints", json!({"from": 0, "why": "提高限额"})).await.expect(201);
        assert_eq!(draft["id"], "1");
        let shown = shop.admin.get("/blueprints/1").await.expect(200);
        shows(
            &shown,
            &json!({"state": "draft", "about": {"title": "Standard trade"}, "text": {"document": {"limits": {"approval": 50000}}}}),
        );
        assert_eq!(shown["text"]["sentences"]["/approval/1/when"], "Payable > 50,000 or In a foreign currency");
        let raise = json!({"content": shown["text"]["content"], "patches": [{"do": "set", "path": "/limits/approval", "value": 80000}]});
        let raised = shop.admin.post("/blueprints/patch", raise).await.expect(200);
        assert_eq!(raised["sentences"]["/approval/1/when"], "Payable > 80,000 or In a foreign currency");
        let before = shown["text"]["content"].as_str().unwrap();
        assert_eq!(raised["content"], before.replace("approval = 50000", "approval = 80000"), "nothing else changed");
        shop.manager.put("/blueprints/1", 1, json!({"content": raised["content"]})).await.expect(403);
        shop.admin.put("/blueprints/1", 1, json!({"content": raised["content"]})).await.expect(200);

        let replay = shop.admin.get("/blueprints/1/replay?limit=500").await.expect(200);
        shows(&replay, &json!({"looked_at": 3, "differing": 1, "approvals": [{"name": "Finance", "more": 0, "fewer": 1}], "gates": []}));
        let only = &items(&replay)[0];
        shows(only, &json!({"id": middle, "before": ["Sales manager", "Finance"], "after": ["Sales manager"], "payable": cny("70000.00")}));

        shop.admin.post_at("/blueprints/1/activate", 2, json!({"why": " "})).await.expect(422);
        shop.admin.post_at("/blueprints/1/activate", 1, json!({"why": "董事会决定"})).await.expect(412);
        shop.admin.post_at("/blueprints/1/activate", 2, json!({"why": "董事会决定"})).await.expect(200);
        let versions = shop.admin.get("/blueprints").await.expect(200);
        shows(
            &versions,
            &json!({"in_force": 1, "items": [{"number": 1, "state": "active", "why": "董事会决定"}, {"number": 0, "state": "retired"}]}),
        );

        // Those there keep theirs, also the draft; the next follows the new ones.
        let roles = |page: &Value| page["approvals"].as_array().unwrap().iter().map(|step| step["role"].clone()).collect::<Vec<_>>();
        assert_eq!(roles(&shop.page(&middle).await), ["sales_manager", "finance"]);
        shop.rep.step(&waiting, "submit", json!({})).await.expect(200);
        shop.service.step(&waiting, "review", ticked()).await.expect(200);
        assert_eq!(roles(&shop.page(&waiting).await), ["sales_manager", "finance"]);
        let next = shop.reviewed(order_of(140)).await;
        let page = shop.page(&next).await;
        assert_eq!((roles(&page), &page["rules"]["blueprint_no"]), (vec![json!("sales_manager")], &json!(1)));
        assert_eq!(roles(&shop.page(&large).await), ["sales_manager", "finance"]);
        assert_eq!(roles(&shop.page(&small).await), ["sales_manager"]);
        let copy = shop.rep.step(&middle, "copy", json!({})).await.expect(200)["made"]["id"].as_str().unwrap().to_owned();
        assert_eq!(shop.page(&copy).await["rules"]["blueprint_no"], 1);

        // What was in force is not changed any more; the same again is nothing new.
        let answer = shop.admin.put("/blueprints/1", 3, json!({"content": "title = \"x\""})).await;
        assert_eq!(answer.expect(409)["code"], "blueprint.not_draft");
        shop.admin.post("/blueprints", json!({"from": 1})).await.expect(201);
        let again = shop.admin.post_at("/blueprints/2/activate", 1, json!({"why": "再来"})).await;
        assert_eq!(again.expect(409)["code"], "blueprint.nothing_new");
        shop.admin.delete("/blueprints/2", 1).await.expect(204);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_at_their_place_and_keep_a_draft_from_being_activated() {
    for server in servers().await {
        let shop = Shop::open(server).await;
        let text = "title = \"x\"\n[[gate]]\ncode = \"g\"\non = [\"ship\"]\nrequire = \"order.payble > 0\"\nmessage = \"no\"\noverride = [\"finanse\"]\n";
        let checked = shop.admin.post("/blueprints/check", json!({"content": text})).await.expect(200);
        shows(
            &checked["mistakes"],
            &json!([
                {"line": 5, "column": 12, "path": "gate[1].require", "code": "blueprint.unknown_fact_near"},
                {"line": 7, "column": 13, "path": "gate[1].override", "message": "There is no “finanse”. Did you mean “finance”?"},
            ]),
        );
        let chinese = shop.admin.clone().without("accept-language").with("accept-language", "zh-CN");
        let told = chinese.post("/blueprints/check", json!({"content": text})).await.expect(200);
        assert_eq!(told["mistakes"][0]["message"], "没有“order.payble”这个数据项，是否应为“order.payable”？");
        let number = shop.admin.post("/blueprints", json!({"content": text})).await.expect(201)["id"].as_str().unwrap().to_owned();
        let answer = shop.admin.post_at(&format!("/blueprints/{number}/activate"), 1, json!({"why": "x"})).await;
        assert_eq!(answer.expect(422)["code"], "blueprint.has_mistakes");
        shop.admin.get(&format!("/blueprints/{number}/replay")).await.expect(422);
        shop.admin.get("/blueprints/99").await.expect(404);
        shop.admin.post("/blueprints", json!({})).await.expect(422);
        shop.admin.post("/blueprints", json!({"ready": "moon"})).await.expect(422);
        shop.rep.get("/blueprints").await.expect(403);
        let ready = shop.admin.get("/blueprints/ready").await.expect(200);
        let names: Vec<&str> = ready.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["standard", "mall", "dispatch", "export", "wood", "car"]);
        let words = shop.admin.get("/blueprints/vocabulary").await.expect(200);
        assert!(words["facts"].as_array().unwrap().iter().any(|fact| fact["name"] == "order.payable" && fact["label"] == "Payable"));
    }
}

/// A gate with an override: money first, or the manager's word and the money within a day.
const MONEY_FIRST: &str = "title = \"x\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n[[checklist]]\ncode = \"lines\"\n\
    [[gate]]\ncode = \"ship.deposit\"\non = [\"ship\"]\nwhen = \"order.settlement == 'deposit_balance'\"\nrequire = \"order.paid >= order.deposit\"\n\
    message = { zh-CN = \"定金未到账\", zh-TW = \"定金未到帳\", en = \"The deposit is not in\" }\noverride = [\"sales_manager\"]\nbackfill = \"24h\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_is_overridden_once_with_a_reason_and_what_is_missing_is_owed() {
    for shop in shops().await {
        shop.rules(MONEY_FIRST).await;
        shop.receive("P001", "10").await;
        let order = shop.place(order_of(4)).await;
        shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200);
        shop.manager.step(&order, "approve", json!({})).await.expect(200);

        // The page says beforehand what the step says.
        let action = shop.action(&order, "ship").await;
        let gate = json!({"code": "ship.deposit", "message": "The deposit is not in", "override_by": ["sales_manager"],
            "missing": [{"fact": "order.paid", "label": "Paid", "current": "¥0.00", "required": "≥ ¥600.00"}]});
        shows(&action, &json!({"allowed": false, "code": "gate-refused", "gates": [gate]}));
        let refused = shop.warehouse.step(&order, "ship", parcel("2")).await.expect(409);
        shows(&refused, &json!({"type": "gate-refused", "gates": [gate]}));

        let over = |who: &crate::client::Client, body: Value| {
            let (who, order) = (who.clone(), order.clone());
            async move { who.step(&order, "override-gate", body).await }
        };
        let asked = json!({"gate": "ship.deposit", "reason": "老客户，明天付款"});
        assert_eq!(over(&shop.warehouse, asked.clone()).await.expect(403)["code"], "denied");
        assert_eq!(over(&shop.finance, asked.clone()).await.expect(403)["code"], "override.not_yours");
        assert_eq!(over(&shop.manager, json!({"gate": "ship.deposit"})).await.pointers()[0].0, "/reason");
        assert_eq!(over(&shop.manager, with(asked.clone(), json!({"gate": "moon"}))).await.pointers()[0].0, "/gate");
        let late = with(asked.clone(), json!({"backfill_by": "2027-01-01T00:00:00Z"}));
        assert_eq!(over(&shop.manager, late).await.pointers()[0], ("/backfill_by".into(), "override.backfill_too_late".into()));
        over(&shop.manager, asked.clone()).await.expect(200);
        assert_eq!(over(&shop.manager, asked.clone()).await.expect(409)["code"], "override.already");
        assert_eq!(shop.action(&order, "ship").await["allowed"], true);

        // It holds once; the next shipment meets the gate again.
        shop.warehouse.step(&order, "ship", parcel("2")).await.expect(200);
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(409);
        let page = shop.page(&order).await;
        shows(
            &page["rules"]["overrides"],
            &json!([{"gate": "ship.deposit", "reason": "老客户，明天付款", "owed": "open", "said": "The deposit is not in"}]),
        );
        let bring = format!("/overrides/{}/backfill", id(&page["rules"]["overrides"][0]));
        let version = page["rules"]["overrides"][0]["version"].as_i64().unwrap();
        shop.service.post_at(&bring, version, json!({"note": "到账"})).await.expect(409);

        // A day later it is late, and stays so when it is brought.
        shop.server.clock.forward(25 * 3600);
        let shop = Shop::enter(shop.server).await;
        assert_eq!(items(&shop.admin.get("/overrides?owed=late").await.expect(200)).len(), 1);
        shop.finance.step(&order, "record-payment", json!({"amount": "600", "method": "bank"})).await.expect(200);
        shop.service.post_at(&bring, version, json!({"note": " "})).await.expect(422);
        shop.service.post_at(&bring, version, json!({"note": "定金 600 元到账"})).await.expect(200);
        shop.service.post_at(&bring, version + 1, json!({"note": "再补"})).await.expect(409);
        let kept = shop.admin.get("/overrides/kept").await.expect(200);
        shows(&kept["gates"], &json!([{"gate": "ship.deposit", "overridden": 1, "in_time": 0, "too_late": 1, "late": 0, "open": 0}]));
        shop.warehouse.step(&order, "ship", parcel("1")).await.expect(200);
        shop.verify().await;
    }
}

/// Two of three directors side by side with the manager, and nobody for small orders.
const DIRECTORS: &str = "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n\
    [[approval]]\ncode = \"manager\"\nname = \"经理\"\nstage = 1\nroles = [\"sales_manager\"]\nwhen = \"order.payable > 1000\"\n\
    [[approval]]\ncode = \"board\"\nname = \"会签\"\nstage = 1\nroles = [\"finance\", \"director\"]\nneed = 2\nwhen = \"order.payable > 2000\"\n";

#[tokio::test(flavor = "multi_thread")]
async fn signatures_side_by_side_and_n_of_m_are_each_given_by_another_person() {
    for shop in shops().await {
        let names = json!({"code": "director", "name": {"zh-CN": "总监", "zh-TW": "總監", "en": "Director"}, "permissions": ["order.view", "order.approve"]});
        shop.admin.post("/roles", names).await.expect(201);
        shop.server.add_user("d1", "director").await;
        shop.server.add_user("d2", "director,sales_manager").await;
        shop.rules(DIRECTORS).await;
        let review = |order: String| {
            let shop = &shop;
            async move { shop.service.step(&order, "review", json!({"checklist": ["lines"]})).await.expect(200) }
        };
        // Nobody is asked about a small order: the review makes it effective.
        let small = shop.place(order_of(2)).await;
        assert_eq!(review(small.clone()).await["status"], "effective");

        let large = shop.place(order_of(5)).await;
        assert_eq!(review(large.clone()).await["status"], "reviewed");
        let page = shop.page(&large).await;
        shows(
            &page["approvals"],
            &json!([{"stage": 1, "role": "sales_manager", "rule_name": "经理"}, {"stage": 1, "role": "finance,director"}, {"stage": 1, "role": "finance,director"}]),
        );
        let (d1, d2) = (shop.server.sign_in("d1").await, shop.server.sign_in("d2").await);
        let approve = |who: &crate::client::Client| {
            let (who, order) = (who.clone(), large.clone());
            async move { who.step(&order, "approve", json!({})).await }
        };
        assert_eq!(approve(&d1).await.expect(200)["status"], "reviewed", "the board may sign before the manager");
        assert_eq!(approve(&d1).await.expect(403)["code"], "order.approved_before");
        assert_eq!(approve(&shop.service).await.expect(403)["code"], "denied");
        assert_eq!(approve(&d2).await.expect(200)["status"], "reviewed", "as the manager");
        assert_eq!(approve(&shop.manager).await.expect(403)["code"], "order.not_your_step", "that signature is given");
        assert_eq!(approve(&shop.finance).await.expect(200)["status"], "effective");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_approved_without_the_risky_ones() {
    for shop in shops().await {
        shop.receive("P001", "1000").await;
        shop.server.clock.forward(40 * 86_400);
        let shop = Shop::enter(shop.server).await;
        let due = |pieces| with(order_of(pieces), json!({"required_on": "2027-02-15"}));
        let plain = shop.reviewed(due(2)).await;
        let typed = with(due(3), json!({"lines": [{"product_id": "P001", "quantity": "3", "unit_price": "400"}]}));
        let cheap = shop.reviewed(typed).await;
        let unknown = "0000000000000".to_owned();
        let body = json!({"orders": [{"id": plain}, {"id": cheap}, {"id": unknown}]});
        let answer = shop.manager.post("/orders/approve-batch", body).await.expect(200);
        shows(&answer, &json!({"approved": 1, "held_out": 1}));
        assert_eq!(answer["results"][0]["approved"]["status"], "effective");
        shows(&answer["results"][1]["held_out"], &json!([{"code": "price_deviates", "name": "A price differs from the price book"}]));
        assert_eq!(answer["results"][2]["error"]["status"], 404);
        let looked = json!({"orders": [{"id": cheap, "looked_at": true}]});
        shows(&shop.manager.post("/orders/approve-batch", looked).await.expect(200), &json!({"approved": 1, "held_out": 0}));
        shop.manager.post("/orders/approve-batch", json!({"orders": []})).await.expect(422);
        shop.service.post("/orders/approve-batch", json!({"orders": [{"id": plain}]})).await.expect(403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_go_back_with_the_order_and_are_answered() {
    for shop in shops().await {
        let order = shop.reviewed(order_of(2)).await;
        let asked = json!({"questions": [{"field": "required_on", "question": "能否改为 12 月 20 日？"}, {"field": "lines/1/quantity", "question": "数量对吗？"}]});
        shop.manager.step(&order, "return", json!({"questions": [{"question": " "}]})).await.expect(422);
        shop.manager.step(&order, "return", json!({})).await.expect(422);
        assert_eq!(shop.manager.step(&order, "return", asked).await.expect(200)["status"], "draft");
        let page = shop.page(&order).await;
        shows(
            &page["rules"]["questions"],
            &json!([{"no": 1, "label": "Required date", "answer": ""}, {"no": 2, "label": "#1 Quantity", "answer": ""}]),
        );
        shop.rep.step(&order, "answer", json!({"no": 1, "answer": "可以"})).await.expect(200);
        shop.rep.step(&order, "answer", json!({"no": 9, "answer": "可以"})).await.expect(404);
        shop.rep.step(&order, "answer", json!({"no": 2, "answer": ""})).await.expect(422);
        shows(&shop.page(&order).await["rules"]["questions"][0], &json!({"answer": "可以", "answered_by": {"name": "sales_rep 先生"}}));
        shop.verify().await;
    }
}
