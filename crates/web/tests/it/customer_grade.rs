//! Grades of customers by the company's rule, and by hand with the approval of somebody else, over HTTP (PTY-02).

use serde_json::{Value, json};

use crate::client::Client;
use crate::import::upload;
use crate::shop::{Shop, cny, order_of, parcel, shops, shows, with};

const RULES: &str =
    "title = \"x\"\n[[checklist]]\ncode = \"lines\"\n[[approval]]\ncode = \"manager\"\nstage = 1\nroles = [\"sales_manager\"]\n";
const GRADES: &str = "[[grade]]\ngrade = \"A\"\nturnover = 1000\nlate_percent = 20\n[[grade]]\ngrade = \"B\"\nturnover = 500\ndays_late = 30\n\
    [[grade]]\ngrade = \"C\"\n";

async fn row(who: &Client, code: &str) -> Value {
    who.get(&format!("/customers/{code}/grade")).await.expect(200)
}

async fn codes(who: &Client, query: &str) -> Vec<String> {
    let found = who.get(&format!("/customers/grades?{query}")).await.expect(200);
    found["items"].as_array().unwrap().iter().map(|one| one["customer"]["code"].as_str().unwrap().to_owned()).collect()
}

async fn grade(shop: &Shop, code: &str) -> Value {
    shop.rep.get(&format!("/customers/{code}")).await.expect(200)["grade"].clone()
}

/// K1 has bought for 1000.00, billed and not paid, at ten days; K2 has bought nothing.
async fn bought(shop: &Shop) {
    shop.add_customer("K1", json!({"grade": "C", "terms_days": 10})).await;
    shop.add_customer("K2", json!({"grade": "C"})).await;
    shop.receive("P001", "50").await;
    let order = shop.effective(with(order_of(2), json!({"customer_id": "K1"}))).await;
    shop.warehouse.step(&order, "ship", parcel("2")).await.expect(200);
    shop.finance.step(&order, "invoice", json!({})).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn grades_are_worked_out_by_the_rule_with_the_reasons_and_taken_over_on_demand() {
    for shop in shops().await {
        bought(&shop).await;
        shop.rules(RULES).await;
        assert_eq!(shop.manager.post("/customers/grades/recompute", json!({})).await.expect(409)["code"], "grade.no_rule");
        shop.rules(&format!("{RULES}{GRADES}")).await;
        shop.rep.post("/customers/grades/recompute", json!({})).await.expect(403);
        let told = shop.manager.post("/customers/grades/recompute", json!({})).await.expect(200);
        assert_eq!(told, json!({"count": 3, "differ": 2}), "CUST001 has B and bought nothing");
        shows(
            &row(&shop.rep, "K1").await,
            &json!({"grade": "C", "rule_grade": "A", "source": "entered", "turnover": cny("1000.00"), "due_invoices": 0}),
        );
        assert_eq!(grade(&shop, "K1").await, "C", "nothing changed yet");
        assert_eq!(codes(&shop.rep, "differs=true&sort=-turnover").await, ["K1", "CUST001"]);
        assert_eq!(codes(&shop.rep, "differs=true&rule_grade=A").await, ["K1"]);
        assert_eq!(codes(&shop.rep, "differs=false").await, ["K2"]);
        shop.rep.get("/customers/grades?rule_grade=Z").await.expect(422);
        let file = shop.manager.get("/customers/grades?format=csv").await.text();
        assert!(file.contains("K1") && file.contains("1000.00"), "{file}");

        // Six weeks later the invoice is three weeks late.
        let shop = shop.on("2026-12-22T04:00:00Z").await;
        shop.finance.post("/customers/K1/grade/recompute", json!({})).await.expect(200);
        let late = row(&shop.rep, "K1").await;
        shows(
            &late,
            &json!({"rule_grade": "B", "due_invoices": 1, "late_invoices": 1, "late_percent": "100", "days_late": "21", "since": "2026-11-21"}),
        );
        let reasons: Vec<Value> = late["reasons"].as_array().unwrap().clone();
        shows(&reasons[0], &json!({"grade": "A", "condition": "turnover", "limit": "1000", "found": "1000", "holds": true}));
        shows(&reasons[1], &json!({"grade": "A", "condition": "late_percent", "limit": "20", "found": "100", "holds": false}));
        shows(&reasons[3], &json!({"grade": "B", "condition": "days_late", "limit": "30", "found": "21", "holds": true}));
        shop.rep.post("/customers/K1/grade/apply", json!({})).await.expect(403);
        shop.manager.post("/customers/K1/grade/apply", json!({})).await.expect(200);
        shows(&row(&shop.rep, "K1").await, &json!({"grade": "B", "source": "rule", "set_by": {"name": "sales_manager 先生"}}));
        let told = shop.admin.get("/audit?limit=20").await.text();
        assert!(told.contains("CustomerGraded") && told.contains("21"), "{told}");

        // Other rules are in force: what was worked out before is not taken over.
        shop.rules(&format!("{RULES}{}", GRADES.replace("turnover = 1000", "turnover = 900"))).await;
        assert_eq!(row(&shop.rep, "CUST001").await["outdated"], true);
        let refused = shop.manager.post("/customers/CUST001/grade/apply", json!({})).await.expect(409);
        assert_eq!(refused["code"], "grade.rules_changed");
        shop.manager.post("/customers/grades/recompute", json!({})).await.expect(200);
        assert_eq!(shop.manager.post("/customers/grades/apply", json!({})).await.expect(200)["count"], 1);
        assert_eq!(grade(&shop, "CUST001").await, "C");
        assert!(codes(&shop.rep, "differs=true").await.is_empty());
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_by_hand_holds_only_when_somebody_else_has_approved_it() {
    for shop in shops().await {
        shop.add_customer("K1", json!({"grade": "C"})).await;
        let wrong = shop.rep.post("/customers/K1/grade/propose", json!({"grade": "C", "reason": " "})).await;
        wrong.expect(422);
        let wrong: Vec<String> = wrong.pointers().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(wrong, ["/reason", "/grade"]);
        shop.manager.post("/customers/K1/grade/propose", json!({"grade": "A", "reason": "年框客户"})).await.expect(200);
        assert_eq!(grade(&shop, "K1").await, "C", "the old one holds");
        let again = shop.rep.post("/customers/K1/grade/propose", json!({"grade": "B", "reason": "x"})).await.expect(409);
        assert_eq!(again["code"], "grade.already_proposed");
        shows(&row(&shop.rep, "K1").await["proposal"], &json!({"grade": "A", "reason": "年框客户", "by": {"name": "sales_manager 先生"}}));
        // It waits for those who may, but not for who proposed it.
        let waits = |who: &Client| {
            let who = who.clone();
            async move { who.get("/my-work").await.expect(200)["grades"].as_array().unwrap().len() }
        };
        assert_eq!((waits(&shop.finance).await, waits(&shop.manager).await, waits(&shop.rep).await), (1, 0, 0));
        assert_eq!(codes(&shop.rep, "proposed=true").await, ["K1"]);
        shop.rep.post("/customers/K1/grade/approve", json!({})).await.expect(403);
        assert_eq!(shop.manager.post("/customers/K1/grade/approve", json!({})).await.expect(403)["code"], "grade.same_person");
        shop.finance.post("/customers/K1/grade/approve", json!({"note": "同意"})).await.expect(200);
        shows(&row(&shop.rep, "K1").await, &json!({"grade": "A", "source": "hand", "reason": "年框客户", "proposal": null}));
        assert_eq!(shop.finance.post("/customers/K1/grade/approve", json!({})).await.expect(409)["code"], "grade.not_proposed");

        // Refused by another, and taken back by who proposed it: the grade stays.
        shop.rep.post("/customers/K1/grade/propose", json!({"grade": "B", "reason": "x"})).await.expect(200);
        shop.service.post("/customers/K1/grade/refuse", json!({"reason": "不同意"})).await.expect(403);
        shop.finance.post("/customers/K1/grade/refuse", json!({"reason": ""})).await.expect(422);
        shop.finance.post("/customers/K1/grade/refuse", json!({"reason": "回款慢"})).await.expect(200);
        shop.rep.post("/customers/K1/grade/propose", json!({"grade": "B", "reason": "x"})).await.expect(200);
        shop.rep.post("/customers/K1/grade/refuse", json!({"reason": "撤回"})).await.expect(200);
        assert_eq!(grade(&shop, "K1").await, "A");
        // The rule does not take over what was set by hand, unless it is named.
        shop.rules(&format!("{RULES}{GRADES}")).await;
        shop.manager.post("/customers/grades/recompute", json!({})).await.expect(200);
        shop.manager.post("/customers/grades/apply", json!({})).await.expect(200);
        assert_eq!(grade(&shop, "K1").await, "A");
        let id = row(&shop.rep, "K1").await["customer"]["id"].clone();
        assert_eq!(shop.manager.post("/customers/grades/apply", json!({"customers": [id]})).await.expect(200)["count"], 1);
        assert_eq!(grade(&shop, "K1").await, "C");
        shop.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_way_changes_a_grade() {
    for shop in shops().await {
        let file = |grade: &str| json!({"code": "K1", "name": "明华印务", "grade": grade, "credit_limit": "0"});
        let refused = shop.rep.post("/customers", file("A")).await;
        refused.expect(422);
        assert_eq!(refused.pointers(), [("/grade".to_owned(), "grade.needs_approval".to_owned())]);
        shop.rep.post("/customers", file("C")).await.expect(201);
        for who in [&shop.rep, &shop.manager, &shop.admin] {
            let refused = who.put("/customers/K1", 1, file("A")).await;
            refused.expect(422);
            assert_eq!(refused.pointers(), [("/grade".to_owned(), "grade.by_approval".to_owned())]);
        }
        shop.manager.post("/customers", json!({"code": "K2", "name": "远大机械", "grade": "B"})).await.expect(201);
        // From a file neither, said at its cell; the grade of a new customer comes in with who may decide grades.
        let sheet = |line: &str| vec![("customers.csv", format!("客户编码,客户名称,客户等级\n{line}\n").into_bytes())];
        let told = upload(&shop.admin, &sheet("K1,明华印务,A"), &[]).await.expect(201);
        shows(&told["errors"][0], &json!({"row": 2, "code": "grade.by_approval"}));
        let told = upload(&shop.rep, &sheet("K9,新来的纸业公司,A"), &[]).await.expect(201);
        shows(&told["errors"][0], &json!({"row": 2, "code": "grade.needs_approval"}));
        let told = upload(&shop.admin, &sheet("K9,新来的纸业公司,A"), &[]).await.expect(201);
        assert_eq!(told["errors"], json!([]));
        // Left out it stays as it is.
        shop.rep.put("/customers/K2", 1, json!({"code": "K2", "name": "远大机械", "notes": "x"})).await.expect(200);
        assert_eq!(grade(&shop, "K2").await, "B");
        shop.verify().await;
    }
}
