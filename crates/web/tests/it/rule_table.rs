//! What a company's rules say in tables over HTTP: clocks with conditions and tasks, calendars, roles, numbers.

use serde_json::{Value, json};

use crate::client::Client;
use crate::clock::monday;
use crate::server::servers;
use crate::shop::{Shop, items, order_of, parcel, shops, shows, ticked, with};

const HEAD: &str = "title = \"x\"\n[limits]\nlarge = 20000\n[[checklist]]\ncode = \"lines\"\n\
    [[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n[[proof]]\ncode = \"contact_made\"\n";

/// A clock of two hours from the review, with what is said about it.
fn clock(code: &str, said: &str) -> String {
    let name = "name = { zh-CN = \"催办大单\", zh-TW = \"催辦大單\", en = \"Large order\" }";
    format!(
        "[[clock]]\ncode = \"{code}\"\n{name}\nstarts = [\"OrderReviewed\"]\nstops = [\"OrderApproved\"]\nlimit = \"2h\"\nrole = \"sales_manager\"\n{said}\n"
    )
}

async fn review(shop: &Shop, order: &str) {
    shop.service.step(order, "review", json!({"checklist": ["lines"]})).await.expect(200);
}

async fn codes(shop: &Shop, order: &str) -> Vec<String> {
    let mut codes: Vec<String> = shop.clocks(order).await.iter().map(|clock| clock["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes
}

async fn tasks(shop: &Shop, order: &str) -> Vec<Value> {
    let all = items(&shop.manager.get("/tasks").await.expect(200));
    all.into_iter().filter(|task| task["order"]["id"] == order).collect()
}

async fn draft(admin: &Client, content: &str) -> String {
    admin.post("/blueprints", json!({"content": content, "why": "试行"})).await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn activate(admin: &Client, content: &str) -> crate::client::Answer {
    let number = draft(admin, content).await;
    admin.post_at(&format!("/blueprints/{number}/activate"), 1, json!({"why": "组织调整"})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_starts_only_for_orders_of_which_its_condition_holds() {
    for shop in monday().await {
        shop.add_customer("CUST9", json!({"grade": "A", "credit_limit": "50000"})).await;
        shop.add_customer("CUST8", json!({"credit_limit": "90000"})).await;
        let conditions = [
            ("a_order", "order.payable > limit.large"),
            ("b_lines", "lines.manual_prices > 0"),
            ("c_customer", "customer.grade == 'A'"),
            ("d_account", "credit.free < 60000"),
            ("e_proven", "proven.contact_made"),
            ("f_unknown", "order.promised_on > date('2026-01-01')"),
            ("g_never", "order.payable < 0"),
        ];
        let clocks: String = conditions.iter().map(|(code, when)| clock(code, &format!("when = \"{when}\""))).collect();
        shop.rules(&format!("{HEAD}{clocks}")).await;
        let small = shop.place(with(order_of(1), json!({"customer_id": "CUST8"}))).await;
        let typed =
            with(order_of(1), json!({"customer_id": "CUST9", "lines": [{"product_id": "P001", "quantity": "50", "unit_price": "490"}]}));
        let large = shop.place(typed).await;
        let proof = json!({"kind": "call_note", "proves": "contact_made", "statement": "客户已确认", "given_by": "王经理"});
        shop.service.post(&format!("/orders/{small}/evidence"), proof).await.expect(201);
        // Both are heard of in one batch.
        review(&shop, &small).await;
        review(&shop, &large).await;
        let unknown = "f_unknown".to_owned();
        assert_eq!(codes(&shop, &large).await, ["a_order", "b_lines", "c_customer", "d_account", &unknown]);
        assert_eq!(codes(&shop, &small).await, ["e_proven", &unknown], "of what is not known an order is meant");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_on_costs_alone_knows_the_lines() {
    for shop in monday().await {
        shop.cost("400").await;
        let clocks = clock("low", "when = \"order.margin_percent < 50\"") + &clock("high", "when = \"order.margin_percent >= 50\"");
        shop.rules(&format!("{HEAD}{clocks}")).await;
        let order = shop.place(order_of(1)).await;
        review(&shop, &order).await;
        assert_eq!(codes(&shop, &order).await, ["low"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_made_once_at_the_breach() {
    for shop in monday().await {
        let escalation = "escalation = [{ after = \"1h\", role = \"finance\" }]\nwarn_before = \"30m\"\ntask = \"expedite\"";
        shop.rules(&format!("{HEAD}{}", clock("large", escalation))).await;
        let order = shop.place(order_of(1)).await;
        let kept = shop.place(order_of(2)).await;
        review(&shop, &order).await;
        review(&shop, &kept).await;
        shop.wait(90).await;
        assert_eq!(tasks(&shop, &order).await.len(), 0, "a warning makes none");
        shop.manager.step(&kept, "approve", json!({})).await.expect(200);
        shop.server.clock.forward(30 * 60);
        // Two processes at once, then one after a restart, then the time once more.
        let (one, two) = (shop.another().await, shop.another().await);
        tokio::join!(web::tick(&one), web::tick(&two));
        shop.tick().await;
        shop.server.clock.forward(-3600);
        shop.tick().await;
        shop.server.clock.forward(3600);
        shop.tick().await;
        let made = tasks(&shop, &order).await;
        assert_eq!(made.len(), 1);
        shows(
            &made[0],
            &json!({"kind": {"code": "expedite"}, "cause": "clock", "status": "open", "role": {"code": "sales_manager"}, "priority": 1}),
        );
        let task = shop.manager.get(&format!("/tasks/{}", made[0]["id"].as_str().unwrap())).await.expect(200);
        shows(&task, &json!({"cause_code": "large", "detail": "催办大单", "row": {"order": {"id": order}}}));
        // Escalation makes no other.
        shop.wait(60).await;
        assert_eq!((tasks(&shop, &order).await.len(), tasks(&shop, &kept).await.len()), (1, 0));

        // Where nobody looked before it had escalated too, it is made all the same.
        let late = shop.place(order_of(3)).await;
        review(&shop, &late).await;
        shop.server.clock.forward(4 * 3600);
        shop.tick().await;
        shop.tick().await;
        assert_eq!(tasks(&shop, &late).await.len(), 1);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_name_what_the_company_has() {
    for server in servers().await {
        let shop = Shop::open(server).await;
        let wrong = format!("{HEAD}{}", clock("a", "calendar = \"nihgt\"\ntask = \"expedit\""));
        let checked = shop.admin.post("/blueprints/check", json!({"content": wrong})).await.expect(200);
        let expected = json!([
            {"line": 19, "column": 12, "path": "clock[1].calendar", "pointer": "/clock/0/calendar", "code": "blueprint.unknown_name"},
            {"line": 20, "column": 8, "pointer": "/clock/0/task", "message": "There is no “expedit”. Did you mean “expedite”?"},
        ]);
        shows(&checked["mistakes"], &expected);
        assert_eq!(activate(&shop.admin, &wrong).await.expect(422)["code"], "blueprint.has_mistakes");
        let night = json!({"code": "night", "name": {"zh-CN": "夜班", "zh-TW": "夜班", "en": "Night"}, "zone": "Asia/Shanghai", "sunday": ["22:00-24:00"]});
        shop.admin.post("/calendars", night).await.expect(201);
        let checked = shop.admin.post("/blueprints/check", json!({"content": wrong})).await.expect(200);
        assert_eq!(checked["mistakes"][0]["message"], "There is no “nihgt”. Did you mean “night”?");
        let right = wrong.replace("nihgt", "night").replace("expedit\"", "expedite\"\nwhen = \"order.payable > limit.large\"");
        let checked = shop.admin.post("/blueprints/check", json!({"content": right})).await.expect(200);
        assert_eq!((&checked["mistakes"], &checked["sentences"]["/clock/0/when"]), (&json!([]), &json!("Payable > 20,000")));
        activate(&shop.admin, &right).await.expect(200);

        let words = shop.admin.get("/blueprints/vocabulary").await.expect(200);
        let has = |part: &str, code: &str| words[part].as_array().unwrap().iter().find(|one| one["code"] == code).cloned();
        assert_eq!(has("calendars", "night").unwrap()["name"], "Night");
        assert_eq!(has("clock_events", "OrderSubmitted").unwrap()["name"], "Order submitted");
        assert_eq!((has("clock_events", "TaskCreated"), has("clock_events", "ClockWarned")), (None, None));
        for (part, code) in [
            ("events", "TaskCreated"),
            ("task_kinds", "expedite"),
            ("templates", "event"),
            ("channels", "in_app"),
            ("anchors", "promised_on"),
        ] {
            assert!(has(part, code).is_some(), "{part} {code}");
        }
        assert_eq!(has("numbered", "invoice").unwrap()["standard"], "INV{yyyy}{000000}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_product_brings_is_written_out_and_taken_back() {
    for server in servers().await {
        let shop = Shop::open(server).await;
        let patch = |content: &str, patches: Value| {
            let (admin, body) = (shop.admin.clone(), json!({"content": content, "patches": patches}));
            async move { admin.post("/blueprints/patch", body).await }
        };
        let out = patch(HEAD, json!([{"do": "write_out", "path": "/clock"}])).await.expect(200);
        assert_eq!((&out["mistakes"], &out["document"]["clock"][0]["limit"]), (&json!([]), &json!("2h")));
        let content = out["content"].as_str().unwrap();
        patch(content, json!([{"do": "write_out", "path": "/clock"}])).await.expect(422);
        let back = patch(content, json!([{"do": "set", "path": "/clock", "value": null}])).await.expect(200);
        assert_eq!(back["content"], HEAD);
    }
}

const ROLES: &str = "[[role]]\ncode = \"director\"\nname = { zh-CN = \"总监\", zh-TW = \"總監\", en = \"Director\" }\npermissions = [\"order.view\", \"order.approve\"]\n\
    [[role]]\ncode = \"auditor\"\nname = { zh-CN = \"审计\", zh-TW = \"稽核\", en = \"Auditor\" }\npermissions = [\"order.view\", \"audit.view\", \"customer.view\"]\n\
    [[approval]]\ncode = \"director\"\nstage = 2\nroles = [\"director\"]\n";

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_made_and_changed_when_the_rules_come_into_force() {
    for shop in shops().await {
        let content = format!("{HEAD}{ROLES}");
        let checked = shop.admin.post("/blueprints/check", json!({"content": content})).await.expect(200);
        let preview = json!([
            {"code": "director", "name": "Director", "made": true, "gained": [{"code": "order.approve"}, {"code": "order.view", "name": "View orders"}], "lost": []},
            {"code": "auditor", "name": "Auditor", "made": false, "gained": []},
        ]);
        shows(&checked["roles"], &preview);
        assert!(checked["roles"][1]["lost"].as_array().unwrap().iter().any(|lost| lost["code"] == "stock.view"));
        shop.admin.get("/roles/director").await.expect(404);

        // Who may edit rules but no roles cannot give permissions by them.
        let editor = json!({"code": "editor", "name": {"zh-CN": "规则员", "zh-TW": "規則員", "en": "Editor"}, "permissions": ["blueprint.view", "blueprint.edit"]});
        shop.admin.post("/roles", editor).await.expect(201);
        shop.server.add_user("ed", "editor").await;
        let editor = shop.server.sign_in("ed").await;
        let refused = activate(&editor, &content).await.expect(403);
        assert!(refused["detail"].as_str().unwrap_or_default().contains("role") || refused.to_string().contains("role"), "{refused}");
        shop.admin.get("/roles/director").await.expect(404);
        activate(&editor, HEAD).await.expect(200);

        activate(&shop.admin, &content).await.expect(200);
        let director = shop.admin.get("/roles/director").await.expect(200);
        shows(&director, &json!({"name": {"zh-CN": "总监"}, "permissions": ["order.approve", "order.view"]}));
        let auditor = shop.admin.get("/roles/auditor").await.expect(200);
        assert_eq!(auditor["permissions"], json!(["audit.view", "customer.view", "order.view"]));
        let events = items(&shop.admin.get("/audit?kind=RoleCreated,RoleEdited").await.expect(200));
        let told: Vec<_> = events.iter().map(|event| (event["kind"].clone(), event["reason"].clone())).collect();
        assert_eq!(told[..2], [(json!("RoleEdited"), json!("组织调整")), (json!("RoleCreated"), json!("组织调整"))]);

        // The role works at once, and there is nothing left to change.
        shop.server.add_user("boss", "director").await;
        let boss = shop.server.sign_in("boss").await;
        let order = shop.place(order_of(1)).await;
        review(&shop, &order).await;
        shop.manager.step(&order, "approve", json!({})).await.expect(200);
        assert_eq!(boss.step(&order, "approve", json!({})).await.expect(200)["status"], "effective");
        let checked = shop.admin.post("/blueprints/check", json!({"content": content})).await.expect(200);
        assert_eq!(checked["roles"], json!([]));

        // The administrator keeps what the role has here, which is more than what it came with.
        let admin = shop.admin.get("/roles/admin").await.expect(200);
        let mut permissions: Vec<String> =
            admin["permissions"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        permissions.retain(|code| code != "audit.view");
        let less = format!("{HEAD}[[role]]\ncode = \"admin\"\nname = \"管理员\"\npermissions = {}\n", json!(permissions));
        let checked = shop.admin.post("/blueprints/check", json!({"content": less})).await.expect(200);
        shows(&checked["mistakes"], &json!([{"pointer": "/role/0/permissions", "code": "blueprint.admin_loses"}]));
        activate(&shop.admin, &less).await.expect(422);
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_numbered_as_the_rules_say_and_never_alike() {
    for shop in shops().await {
        shop.receive("P001", "50").await;
        let before = shop.effective(order_of(3)).await;
        let shipped = shop.warehouse.step(&before, "ship", parcel("1")).await.expect(200);
        assert_eq!(shipped["made"]["number"], "DN2026000001");

        let wrong = "[numbering]\ninvoice = \"INV\"\n";
        let checked = shop.admin.post("/blueprints/check", json!({"content": format!("{HEAD}{wrong}")})).await.expect(200);
        shows(&checked["mistakes"], &json!([{"pointer": "/numbering/invoice", "code": "number_pattern.malformed"}]));
        let numbers = "[numbering]\norder = \"A{yy}{0000}\"\nshipment = \"F{yyyy}{mm}{000}\"\ninvoice = \"I{000}\"\npayment = \"P{yy}{mm}-{000}\"\ntask = \"T{00}\"\n";
        activate(&shop.admin, &format!("{HEAD}{numbers}")).await.expect(200);
        let company = shop.admin.get("/company").await.expect(200);
        shows(&company, &json!({"order_pattern": "A{yy}{0000}", "shipment_pattern": "F{yyyy}{mm}{000}", "task_pattern": "T{00}"}));

        let made = |answer: Value| answer["made"]["number"].as_str().unwrap().to_owned();
        let ship = made(shop.warehouse.step(&before, "ship", parcel("1")).await.expect(200));
        assert_eq!(ship, "F202611001");
        let paid = shop.finance.step(&before, "record-payment", json!({"amount": "100", "method": "bank"})).await.expect(200);
        assert_eq!(made(paid), "P2611-001");
        let billed = shop.finance.step(&before, "invoice", json!({"kind": "deposit"})).await;
        let billed =
            if billed.status == 200 { billed.expect(200) } else { shop.finance.step(&before, "invoice", json!({})).await.expect(200) };
        assert_eq!(made(billed), "I001");
        let task = shop.manager.post("/tasks", json!({"kind": "expedite", "title": "催办"})).await.expect(201);
        assert_eq!(task["number"], "T01");

        // Back to numbers by year with as many digits: those that were given by month are passed by.
        activate(&shop.admin, &format!("{HEAD}[numbering]\nshipment = \"F{{yyyy}}{{00}}{{0}}\"\n")).await.expect(422);
        let year = "[numbering]\nshipment = \"F202611{000}\"\n";
        activate(&shop.admin, &format!("{HEAD}{year}")).await.expect(200);
        let ship = made(shop.warehouse.step(&before, "ship", parcel("1")).await.expect(200));
        assert_eq!(ship, "F202611002", "F202611001 is taken");
        // What a version does not name stays as it was.
        assert_eq!(shop.admin.get("/company").await.expect(200)["invoice_pattern"], "I{000}");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_take_patterns_too() {
    for shop in shops().await {
        let mut company = shop.admin.get("/company").await.expect(200);
        company["invoice_pattern"] = json!("X{yyyy}{0000}");
        company["task_pattern"] = json!("T");
        let version = company["version"].as_i64().unwrap();
        let answer = shop.admin.put("/company", version, company.clone()).await;
        assert_eq!(answer.pointers(), [("/task_pattern".to_owned(), "number_pattern.malformed".to_owned())]);
        company.as_object_mut().unwrap().remove("task_pattern");
        shop.admin.put("/company", version, company).await.expect(200);
        shows(
            &shop.admin.get("/company").await.expect(200),
            &json!({"invoice_pattern": "X{yyyy}{0000}", "task_pattern": "TK{yyyy}{000000}"}),
        );
        let order = shop.reviewed(order_of(1)).await;
        shop.service.step(&order, "review", ticked()).await.expect(409);
    }
}
