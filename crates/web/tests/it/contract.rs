//! Contracts over HTTP: put in force by somebody else, what orders are checked against, and called off of exactly.

use futures_util::future::join_all;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::shop::{Shop, cny, id, items, parcel, sets, shops, shows, ticked, with};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nsigned and sealed";

/// A contract of CUST001 over so many P001 at 480.00.
fn contract_of(quantity: Value) -> Value {
    let line = json!({"product_id": "P001", "unit_price": "480", "quantity": quantity});
    json!({
        "customer_id": "CUST001", "title": "2026 年度供货合同", "customer_ref": "KH-2026-7", "valid_from": "2026-11-01", "valid_to": "2027-10-31",
        "settlement": "deposit_balance", "deposit_rate": "30", "credit_days": 30, "lead_days": 10, "terms": "质保一年", "lines": [line],
    })
}

fn under(contract: &str, quantity: &str) -> Value {
    let line = json!({"product_id": "P001", "quantity": quantity});
    json!({"customer_id": "CUST001", "required_on": "2026-12-15", "contract_id": contract, "lines": [line]})
}

impl Client {
    async fn contract(&self, contract: &str, verb: &str, body: Value) -> Answer {
        self.post(&format!("/contracts/{contract}/{verb}"), body).await
    }
}

impl Shop {
    /// A contract that is in force; its id.
    async fn in_force(&self, contract: Value) -> String {
        let one = id(&self.rep.post("/contracts", contract).await.expect(201));
        self.manager.contract(&one, "enforce", json!({})).await.expect(200);
        one
    }

    async fn contract(&self, contract: &str) -> Value {
        self.rep.get(&format!("/contracts/{contract}")).await.expect(200)
    }

    /// What is called off and what remains of the first line.
    async fn called(&self, contract: &str) -> (String, String) {
        let page = self.contract(contract).await;
        let line = &page["lines"][0];
        (line["called"]["value"].as_str().unwrap().to_owned(), line["remaining"]["value"].as_str().unwrap().to_owned())
    }

    async fn is_called(&self, contract: &str, called: &str, remaining: &str) {
        assert_eq!(self.called(contract).await, (called.to_owned(), remaining.to_owned()));
    }
}

/// QUO-02
#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_put_in_force_by_somebody_else_and_kept_signed() {
    for shop in shops().await {
        let wrong = with(contract_of(json!("0")), json!({"valid_to": "2026-10-01", "credit_days": 30, "title": "x"}));
        let answer = shop.rep.post("/contracts", wrong).await;
        answer.expect(422);
        let pointers: Vec<String> = answer.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/valid_to", "/lines/0/quantity"]);
        let twice = with(
            contract_of(json!(null)),
            json!({"lines": [{"product_id": "P001", "unit_price": "1"}, {"product_id": "P001", "unit_price": "2"}]}),
        );
        assert_eq!(
            shop.rep.post("/contracts", twice).await.pointers(),
            [("/lines/1/product_id".to_owned(), "contract.same_product".to_owned())]
        );
        let unknown = with(contract_of(json!("5")), json!({"customer_id": "NOBODY", "binding": ["weather"]}));
        assert_eq!(shop.rep.post("/contracts", unknown).await.pointers()[0].0, "/binding/0");
        assert_eq!(shop.finance.post("/contracts", contract_of(json!("5"))).await.expect(403)["code"], "denied");

        let made = shop.rep.post("/contracts", contract_of(json!("100"))).await.expect(201);
        shows(&made, &json!({"number": "HT2026000001", "status": "draft", "version": 1}));
        let one = id(&made);
        shop.rep.put(&format!("/contracts/{one}"), 1, contract_of(json!("60"))).await.expect(200);
        shop.rep.put(&format!("/contracts/{one}"), 1, contract_of(json!("50"))).await.expect(412);
        // Neither an order nor its author puts it in force.
        assert_eq!(
            shop.rep.post("/orders?submit=true", under(&one, "1")).await.pointers()[0],
            ("/contract_id".into(), "contract.not_yet_in_force".into())
        );
        assert_eq!(shop.rep.contract(&one, "enforce", json!({})).await.expect(403)["code"], "denied");
        let own = id(&shop.manager.post("/contracts", contract_of(json!("5"))).await.expect(201));
        assert_eq!(shop.manager.contract(&own, "enforce", json!({})).await.expect(403)["code"], "contract.own");
        shop.manager.contract(&own, "withdraw", json!({"reason": "重复"})).await.expect(200);
        shows(&shop.manager.contract(&one, "enforce", json!({})).await.expect(200), &json!({"status": "in_force"}));
        assert_eq!(shop.rep.put(&format!("/contracts/{one}"), 3, contract_of(json!("50"))).await.expect(409)["code"], "contract.not_draft");

        // The signed file is kept by its hash, and is nobody else's.
        let form = Form::new().part("file", Part::bytes(PNG).file_name("合同.png")).text("kind", "contract");
        let file = send(shop.rep.request(Method::POST, "/attachments").multipart(form)).await.expect(201);
        shop.rep.contract(&one, "attach", json!({"attachment_id": id(&file)})).await.expect(200);
        let other = id(&shop.rep.post("/contracts", contract_of(json!("5"))).await.expect(201));
        let taken = shop.rep.contract(&other, "attach", json!({"attachment_id": id(&file)})).await;
        assert_eq!(taken.pointers(), [("/attachment_id".to_owned(), "evidence.file_elsewhere".to_owned())]);
        let page = shop.contract("HT2026000001").await;
        shows(
            &page,
            &json!({
                "id": one, "status": "in_force", "customer": {"code": "CUST001"}, "file": {"filename": "合同.png", "sha256": file["sha256"]},
                "enforced_by": {"name": page["enforced_by"]["name"]}, "remaining_lines": 1,
                "lines": [{"unit_price": cny("480.00"), "quantity": sets("60"), "called": sets("0"), "remaining": sets("60"), "called_percent": 0}],
            }),
        );
        shop.finance.get(&format!("/attachments/{}/content", id(&file))).await.expect(200);
        let listed = items(&shop.finance.get("/contracts?status=in_force&customer=CUST001&remaining=true").await.expect(200));
        shows(&Value::Array(listed), &json!([{"number": "HT2026000001", "signed": true, "days_left": 344}]));
        assert_eq!(items(&shop.rep.get("/contracts?status=expired").await.expect(200)).len(), 0);
        shop.verify().await;
        let shop = shop.on("2027-11-01T01:00:00Z").await;
        assert_eq!(items(&shop.rep.get("/contracts?status=expired").await.expect(200)).len(), 1);
        shows(&shop.contract(&one).await, &json!({"status": "expired", "days_left": -1}));
    }
}

/// QUO-02
#[tokio::test(flavor = "multi_thread")]
async fn an_order_checks_itself_against_its_contract() {
    for shop in shops().await {
        shop.add_product("P002", json!({"name": "B产品"})).await;
        shop.add_customer("CUST002", json!({})).await;
        let strict = with(contract_of(json!(null)), json!({"binding": ["price"], "settlement": "monthly"}));
        let one = shop.in_force(strict).await;
        // The only contract in force is proposed, not taken.
        let plain = json!({"customer_id": "CUST001", "required_on": "2026-12-15", "lines": [{"product_id": "P001", "quantity": "10"}]});
        let checked = shop.rep.post("/orders/check", plain.clone()).await.expect(200);
        shows(&checked, &json!({"contract": null, "proposed_contract": {"id": one}, "lines": [{"unit_price": cny("500.00")}]}));
        // Under it: its prices and terms, and the rule that gave them.
        let checked = shop.rep.post("/orders/check", under(&one, "10")).await.expect(200);
        shows(&checked, &json!({"proposed_contract": null, "contract": {"number": "HT2026000001", "differences": []}, "errors": []}));
        shows(
            &checked["lines"],
            &json!([{"unit_price": cny("480.00"), "price_source": {"kind": "contract", "rule": "Contract HT2026000001, line 1"}}]),
        );
        let foreign = with(under(&one, "10"), json!({"customer_id": "CUST002"}));
        assert_eq!(
            shop.rep.post("/orders?submit=true", foreign).await.pointers()[0],
            ("/contract_id".into(), "contract.other_customer".into())
        );
        let nowhere = with(under("HT1999000001", "10"), json!({}));
        assert_eq!(shop.rep.post("/orders", nowhere).await.pointers(), [("/contract_id".to_owned(), "value.unknown".to_owned())]);

        // Where it binds, the order is refused; elsewhere it needs a reason. Both sides are shown.
        let away = json!([{"product_id": "P001", "quantity": "10", "unit_price": "470", "price_reason": "x"}, {"product_id": "P002", "quantity": "1"}]);
        let away = with(under(&one, "10"), json!({"settlement": "cash", "deposit_rate": "0", "required_on": "2026-11-25", "lines": away}));
        let draft = shop.draft(away).await;
        let answer = shop.rep.step(&draft, "submit", json!({})).await;
        answer.expect(422);
        assert_eq!(
            answer.pointers(),
            [
                ("/lines/0/unit_price".to_owned(), "contract.binding".to_owned()),
                ("/contract_reason".to_owned(), "contract.no_reason".to_owned())
            ]
        );
        let page = shop.page(&draft).await;
        shows(
            &page["contract"]["differences"],
            &json!([
                {"term": "settlement", "agreed": "Monthly", "ordered": "Cash", "line_no": null, "binding": false},
                {"term": "deposit", "agreed": "30%", "ordered": "0%"},
                {"term": "lead_time", "agreed": "2026-12-01", "ordered": "2026-11-25"},
                {"term": "price", "line_no": 1, "agreed": "480.00 / 台", "ordered": "470.00 / 台", "binding": true},
                {"term": "product", "line_no": 2, "agreed": "", "ordered": "P002 B产品"},
            ]),
        );
        let submit = page["actions"].as_array().unwrap().iter().find(|action| action["verb"] == "submit").cloned().unwrap();
        assert_eq!(submit["allowed"], false);
        let lines = json!([{"product_id": "P001", "quantity": "10"}, {"product_id": "P002", "quantity": "1"}]);
        let reasoned = json!({
            "customer_id": "CUST001", "required_on": "2026-11-25", "settlement": "cash", "deposit_rate": "0", "contract_reason": "客户加急并现款",
            "lines": lines,
        });
        // The contract is kept where an edit does not speak of it.
        shop.rep.put(&format!("/orders/{draft}"), 1, reasoned).await.expect(200);
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        let page = shop.page(&draft).await;
        shows(
            &page,
            &json!({"contract": {"id": one, "reason": "客户加急并现款"}, "lines": [{"price_source": "contract", "contract_line": 1}, {"contract_line": null}]}),
        );
        let behind = shop.contract(&one).await;
        shows(&behind["lines"], &json!([{"quantity": null, "called": null, "calls": [{"order": {"id": draft}, "line_no": 1}]}]));
        assert_eq!(behind["other_orders"].as_array().unwrap().len(), 1);
        // A copy stays under it and is checked again.
        let copy = shop.rep.step(&draft, "copy", json!({})).await.json();
        let copy = copy["made"]["id"].as_str().or(copy["id"].as_str()).unwrap().to_owned();
        shows(&shop.page(&copy).await, &json!({"contract": {"id": one, "reason": ""}, "lines": [{"price_source": "contract"}, {}]}));
        // An order is taken out of it by an empty contract.
        shop.rep.put(&format!("/orders/{copy}"), 1, with(plain, json!({"contract_id": ""}))).await.expect(200);
        shows(&shop.page(&copy).await, &json!({"contract": null, "lines": [{"unit_price": cny("500.00"), "price_source": "list"}]}));
        shop.verify().await;
    }
}

/// QUO-04
#[tokio::test(flavor = "multi_thread")]
async fn a_frame_is_called_off_exactly_and_given_back() {
    for shop in shops().await {
        shop.receive("P001", "200").await;
        let one = shop.in_force(contract_of(json!("100"))).await;
        // Drafts take nothing; each way to end without effect gives back.
        let draft = shop.draft(under(&one, "40")).await;
        shop.is_called(&one, "0", "100").await;
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        shop.is_called(&one, "40", "60").await;
        shows(
            &shop.page(&draft).await,
            &json!({"lines": [{"called": sets("40")}], "contract": {"remaining": [{"remaining": sets("100")}]}}),
        );
        shop.service.step(&draft, "return", json!({"reason": "数量再确认"})).await.expect(200);
        shop.is_called(&one, "0", "100").await;
        shop.rep.step(&draft, "submit", json!({})).await.expect(200);
        shop.service.step(&draft, "void", json!({"reason": "客户取消"})).await.expect(200);
        shop.is_called(&one, "0", "100").await;
        let rejected = shop.reviewed(under(&one, "30")).await;
        shop.is_called(&one, "30", "70").await;
        shop.manager.step(&rejected, "reject", json!({"reason": "价格不合"})).await.expect(200);
        shop.is_called(&one, "0", "100").await;
        let lines = json!([{"product_id": "P001", "quantity": "25"}, {"product_id": "P001", "quantity": "5"}]);
        let monthly = json!({"settlement": "monthly", "deposit_rate": "0", "contract_reason": "本次月结"});
        let cancelled = shop.effective(with(with(under(&one, "1"), monthly.clone()), json!({"lines": lines}))).await;
        shop.is_called(&one, "30", "70").await;
        shop.service.step(&cancelled, "cancel", json!({"reason": "客户取消"})).await.expect(200);
        shop.is_called(&one, "0", "100").await;

        // What is refused at the door is given back; what is closed keeps what was shipped.
        let order = shop.effective(with(under(&one, "50"), monthly.clone())).await;
        let shipped = shop.warehouse.step(&order, "ship", parcel("50")).await.expect(200);
        let note = shipped["made"]["id"].as_str().unwrap().to_owned();
        let counted = json!([{"line_no": 1, "accepted": "46", "refused": "4"}]);
        let delivery = json!({"signer": "王经理", "note": "4 台外箱破损", "lines": counted});
        shop.warehouse.post(&format!("/shipments/{note}/deliver"), delivery).await.expect(200);
        shop.is_called(&one, "46", "54").await;
        // What is closed short is given back too (CHG-05).
        let short = shop.effective(with(under(&one, "20"), monthly.clone())).await;
        shop.warehouse.step(&short, "ship", parcel("12")).await.expect(200);
        shop.is_called(&one, "66", "34").await;
        shop.service.step(&short, "close-short", json!({"reason": "客户只要 12 台"})).await.expect(200);
        shop.is_called(&one, "58", "42").await;
        shop.verify().await;

        // More than what remains is told at the line, exactly.
        let answer = shop.rep.post("/orders?submit=true", under(&one, "42.000001")).await;
        assert_eq!(answer.pointers(), [("/lines/0/quantity".to_owned(), "contract.too_much".to_owned())]);
        let checked = shop.rep.post("/orders/check", under(&one, "60")).await.expect(200);
        assert_eq!(checked["errors"][0]["pointer"], "/lines/0/quantity");
        let rest = shop.place(under(&one, "32")).await;
        shop.is_called(&one, "90", "10").await;

        // Ending with a remainder asks, with what remains.
        assert_eq!(shop.rep.contract(&one, "end", json!({"reason": "停产"})).await.expect(403)["code"], "denied");
        let asked = shop.manager.contract(&one, "end", json!({"reason": "停产"})).await.expect(409);
        assert_eq!(asked["code"], "contract.remains");
        assert!(asked["detail"].as_str().unwrap().contains("10 台"), "{asked}");
        assert_eq!(
            shop.manager.contract(&one, "end", json!({"give_up_remaining": true})).await.expect(422)["errors"][0]["pointer"],
            "/reason"
        );
        shop.manager.contract(&one, "end", json!({"reason": "停产", "give_up_remaining": true})).await.expect(200);
        shows(&shop.contract(&one).await, &json!({"status": "ended", "end_reason": "停产", "remaining_lines": 0}));
        // Nothing more is called off; what was is given back all the same.
        assert_eq!(shop.rep.post("/orders?submit=true", under(&one, "1")).await.pointers()[0].1, "contract.not_yet_in_force");
        shop.service.step(&rest, "void", json!({"reason": "随合同终止"})).await.expect(200);
        shop.is_called(&one, "58", "42").await;
        shop.verify().await;
    }
}

/// QUO-04
#[tokio::test(flavor = "multi_thread")]
async fn orders_at_the_same_time_call_off_no_more_than_is_agreed() {
    for shop in shops().await {
        let one = shop.in_force(contract_of(json!("50"))).await;
        // Sixty drafts of one to five pieces, 180 in all, for 50.
        let drafts = join_all((0..60_i64).map(|no| shop.draft(under(&one, &(no % 5 + 1).to_string())))).await;
        let answers = join_all(drafts.iter().map(|draft| shop.rep.step(draft, "submit", json!({})))).await;
        let mut taken = 0;
        for (answer, no) in answers.iter().zip(0_i64..) {
            if answer.status == 200 {
                taken += no % 5 + 1;
            } else {
                let told = answer.json();
                let code = told["errors"][0]["code"].as_str().or(told["code"].as_str()).unwrap_or_default();
                assert!(["contract.too_much", "contract.above_remaining"].contains(&code), "{told}");
            }
        }
        // What is left is less than the smallest that was refused: nothing was given away, and nothing twice.
        let (called, remaining) = shop.called(&one).await;
        assert_eq!((called, remaining), (taken.to_string(), (50 - taken).to_string()));
        let refused = answers.iter().zip(0_i64..).filter(|(answer, _)| answer.status != 200).map(|(_, no)| no % 5 + 1).min().unwrap();
        assert!(refused > 50 - taken, "{refused} was refused, {} remains", 50 - taken);
        // Some give back while others take: the sum stays exact.
        let open: Vec<&String> = drafts.iter().zip(&answers).filter(|(_, answer)| answer.status == 200).map(|(draft, _)| draft).collect();
        let back = join_all(open.iter().take(8).map(|order| shop.service.step(order, "void", json!({"reason": "取消"}))));
        let again = join_all(
            drafts
                .iter()
                .zip(&answers)
                .filter(|(_, answer)| answer.status != 200)
                .map(|(draft, _)| shop.rep.step(draft, "submit", json!({}))),
        );
        let (back, _) = tokio::join!(back, again);
        assert!(back.iter().all(|answer| answer.status == 200));
        let (called, remaining) = shop.called(&one).await;
        let (called, remaining): (i64, i64) = (called.parse().unwrap(), remaining.parse().unwrap());
        assert!(called <= 50 && called + remaining == 50);
        shop.verify().await;
    }
}

/// QUO-02, QUO-04, CHG-01
#[tokio::test(flavor = "multi_thread")]
async fn a_change_order_is_checked_against_the_contract_too() {
    for shop in shops().await {
        shop.receive("P001", "100").await;
        shop.add_product("P002", json!({"name": "B产品"})).await;
        let one = shop.in_force(with(contract_of(json!("20")), json!({"binding": ["price"]}))).await;
        let order = id(&shop.rep.post("/orders?submit=true", under(&one, "10")).await.expect(201));
        shop.service.step(&order, "review", ticked()).await.expect(200);
        let state = shop.manager.step(&order, "approve", json!({})).await.expect(200);
        if state["status"] == "reviewed" {
            shop.finance.step(&order, "approve", json!({})).await.expect(200);
        }
        let preview = async |items: Value| {
            shop.rep.post(&format!("/orders/{order}/changes/preview"), json!({"reason": "客户来函", "changes": items})).await
        };
        let binding = preview(json!([{"kind": "price", "line_no": 1, "unit_price": "470"}])).await;
        assert_eq!(binding.pointers(), [("/changes".to_owned(), "contract.binding".to_owned())]);
        let too_much = preview(json!([{"kind": "quantity", "line_no": 1, "quantity": "21"}])).await;
        assert_eq!(too_much.pointers(), [("/changes".to_owned(), "contract.too_much".to_owned())]);
        let away = preview(json!([{"kind": "add_line", "product_id": "P002", "quantity": "1"}])).await.expect(200);
        shows(&away["contract"], &json!([{"term": "product", "line_no": 2, "binding": false}]));
        // More of the same takes the agreed price, and is called off with the change.
        let items =
            json!([{"kind": "quantity", "line_no": 1, "quantity": "18"}, {"kind": "add_line", "product_id": "P001", "quantity": "2"}]);
        let sent = json!({"reason": "客户来函", "changes": items});
        let change = id(&shop.rep.post(&format!("/orders/{order}/changes"), sent).await.expect(201));
        shop.rep.post(&format!("/changes/{change}/submit"), json!({})).await.expect(200);
        shop.is_called(&one, "10", "10").await;
        shop.manager.post(&format!("/changes/{change}/approve"), json!({})).await.expect(200);
        let page = shop.rep.get(&format!("/changes/{change}")).await.expect(200);
        if page["status"] == "submitted" {
            shop.finance.post(&format!("/changes/{change}/approve"), json!({})).await.expect(200);
        }
        shop.is_called(&one, "20", "0").await;
        shows(
            &shop.page(&order).await["lines"],
            &json!([{"called": sets("18")}, {"called": sets("2"), "unit_price": cny("480.00"), "price_source": "contract"}]),
        );
        shop.verify().await;
    }
}

/// Orders that depart from their contract are also approved by finance.
const DEPARTING: &str = "title = \"合同\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n[[approval]]\ncode = \"departs\"\nstage = 2\nroles = [\"finance\"]\nwhen = \"order.has_contract && order.departs_from_contract\"\n";

/// QUO-02, APR-03
#[tokio::test(flavor = "multi_thread")]
async fn rules_decide_by_whether_an_order_departs_from_its_contract() {
    for shop in shops().await {
        let rules = id(&shop.admin.post("/blueprints", json!({"content": DEPARTING, "why": "合同"})).await.expect(201));
        shop.admin.post_at(&format!("/blueprints/{rules}/activate"), 1, json!({"why": "合同"})).await.expect(200);
        let one = shop.in_force(contract_of(json!(null))).await;
        let approved = async |order: Value| {
            let order = shop.place(order).await;
            shop.service.step(&order, "review", json!({})).await.expect(200);
            shop.manager.step(&order, "approve", json!({})).await.expect(200)["status"].clone()
        };
        // A reason that is not needed is not kept.
        assert_eq!(approved(with(under(&one, "1"), json!({"contract_reason": "无"}))).await, "effective");
        let away = with(under(&one, "1"), json!({"settlement": "monthly", "contract_reason": "本次月结"}));
        assert_eq!(approved(away).await, "reviewed");
        shop.verify().await;
    }
}
