//! Charges and allowances of an order over HTTP (PRC-03), and one figure in every view (PRC-04).

use app::export::{FileKind, List};
use serde_json::{Value, json};

use crate::shop::{Shop, cny, id, order_of, shops, shows, with};

/// Ten sets at 500.00 tax included, with insurance, a percentage off, and rush work that has its own tax.
fn order() -> Value {
    let charges = json!([
        {"kind": "insurance", "amount": "120.00", "tax_rate": "6"},
        {"kind": "other", "text": "会员优惠", "allowance": true, "percent": "5"},
        {"kind": "rush", "text": "加急生产", "amount": cny("80.00")},
    ]);
    with(order_of(10), json!({"freight": "35.00", "charges": charges}))
}

impl Shop {
    async fn charges_of(&self, order: &str) -> Value {
        self.page(order).await["charges"].clone()
    }
}

/// PRC-03.
#[tokio::test(flavor = "multi_thread")]
async fn charges_stand_beside_freight_with_their_own_tax() {
    for shop in shops().await {
        let checked = shop.rep.post("/orders/check", order()).await.expect(200);
        let draft = shop.draft(order()).await;
        let page = shop.page(&draft).await;
        // 5,000.00 − 250.00 + 120.00 + 80.00 + 35.00; inside: 13 % of 4,865.00 is 559.69, 6 % of 120.00 is 6.79.
        shows(
            &page,
            &json!({
                "goods": cny("5000.00"), "freight": cny("35.00"), "tax": cny("566.48"), "net": cny("4418.52"), "payable": cny("4985.00"),
                "charges": [
                    {"kind": "insurance", "name": "Insurance", "amount": cny("120.00"), "percent": null, "tax_rate": "6", "tax": cny("6.79")},
                    {"kind": "other", "name": "会员优惠", "allowance": true, "percent": "5", "amount": cny("250.00"), "gross": cny("-250.00"), "tax_rate": "13"},
                    {"kind": "rush", "kind_name": "Rush", "name": "加急生产", "amount": cny("80.00"), "own_tax_rate": null},
                ],
            }),
        );
        for name in ["goods", "freight", "discount", "charges", "net", "tax", "payable", "deposit"] {
            assert_eq!(checked["totals"][name], page[name], "{name}");
        }
        // A copy has them too; an edit takes them away and says so.
        let copy = id(&shop.rep.post(&format!("/orders/{draft}/copy"), json!({})).await.expect(200));
        assert_eq!(shop.charges_of(&copy).await, page["charges"]);
        shop.rep.put(&format!("/orders/{copy}"), 1, order_of(10)).await.expect(200);
        assert_eq!(shop.charges_of(&copy).await, json!([]));
        let timeline = shop.rep.get(&format!("/orders/{copy}/events")).await.expect(200);
        assert!(timeline.to_string().contains("会员优惠"), "{timeline}");
        shop.verify().await;
    }
}

/// PRC-03: what cannot be is told at its field and leaves nothing.
#[tokio::test(flavor = "multi_thread")]
async fn charges_that_cannot_be_are_named_at_their_field() {
    for shop in shops().await {
        let refused = async |charges: Value| {
            let answer = shop.rep.post("/orders", with(order_of(1), json!({"charges": charges}))).await;
            answer.expect(422);
            answer.pointers()
        };
        let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        assert_eq!(refused(json!([{"kind": "tip", "amount": "1"}])).await[0].0, "/charges/0/kind");
        assert_eq!(refused(json!([{"kind": "freight"}])).await, [pair("/charges/0/amount", "value.required")]);
        let both = refused(json!([{"kind": "rush", "amount": "1", "percent": "1"}])).await;
        assert_eq!(both, [pair("/charges/0/percent", "order.amount_and_percent")]);
        assert_eq!(refused(json!([{"kind": "other", "amount": "1"}])).await, [pair("/charges/0/text", "value.required")]);
        assert_eq!(refused(json!([{"kind": "rush", "amount": "-1"}])).await, [pair("/charges/0/amount", "value.negative")]);
        assert_eq!(refused(json!([{"kind": "rush", "amount": "1.001"}])).await[0].0, "/charges/0/amount");
        let usd = json!({"amount": "1", "currency": "USD"});
        assert_eq!(refused(json!([{"kind": "rush", "amount": usd}])).await, [pair("/charges/0/amount", "value.wrong_currency")]);
        let above = refused(json!([{"kind": "surcharge", "allowance": true, "amount": "500.01"}])).await;
        assert_eq!(above, [pair("/charges", "order.allowances_above_goods")]);
        assert_eq!(shop.rep.get("/orders").await.expect(200)["items"], json!([]), "nothing of it stays");
    }
}

/// PRC-03: the last invoice takes what is left; allowances go with the goods, charges come at the end.
#[tokio::test(flavor = "multi_thread")]
async fn invoices_carry_charges_to_the_cent() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let order = shop.effective(order()).await;
        let ship = |quantity: &str| json!({"carrier": "顺丰", "lines": [{"line_no": 1, "quantity": quantity}]});
        shop.warehouse.step(&order, "ship", ship("3")).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shop.warehouse.step(&order, "ship", ship("7")).await.expect(200);
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        let page = shop.page(&order).await;
        let mut invoices = page["invoices"].as_array().unwrap().clone();
        invoices.sort_by_key(|invoice| invoice["number"].as_str().unwrap().to_owned());
        shows(
            &invoices[0],
            &json!({"gross": cny("1425.00"), "charges": [{"name": "会员优惠", "amount": cny("75.00"), "gross": cny("-75.00")}]}),
        );
        shows(
            &invoices[1],
            &json!({"gross": cny("3560.00"), "freight": cny("35.00"), "charges": [
                {"kind": "insurance", "amount": cny("120.00")}, {"name": "会员优惠", "amount": cny("175.00")}, {"kind": "rush", "amount": cny("80.00")},
            ]}),
        );
        assert_eq!(page["billed"], page["payable"]);
        shop.verify().await;
    }
}

/// PRC-03, CHG-01: what is previewed is what then happens.
#[tokio::test(flavor = "multi_thread")]
async fn charges_change_by_a_change_order() {
    for shop in shops().await {
        shop.receive("P001", "10").await;
        let order = shop.effective(order()).await;
        let change = |charges: Value| json!({"reason": "改为到付", "changes": [{"kind": "charges", "charges": charges, "freight": "0"}]});
        let at = format!("/orders/{order}/changes");
        let wanted = json!([{"kind": "packing", "text": "木箱", "amount": "60"}]);
        let previewed = shop.rep.post(&format!("{at}/preview"), change(wanted.clone())).await.expect(200);
        shows(
            &previewed,
            &json!({"asks_customer": true, "before": {"payable": cny("4985.00")}, "after": {"payable": cny("5060.00"), "freight": cny("0.00")}}),
        );
        let wrong = shop.rep.post(&format!("{at}/preview"), change(json!([{"kind": "rush", "amount": "-1"}]))).await;
        assert_eq!(wrong.pointers(), [("/changes/0/charges/0/amount".to_owned(), "value.negative".to_owned())]);
        let off = change(json!([{"kind": "rush", "allowance": true, "amount": "5000.01"}]));
        let wrong = shop.rep.post(&format!("{at}/preview"), off).await;
        assert_eq!(wrong.pointers(), [("/changes".to_owned(), "order.allowances_above_goods".to_owned())]);

        let made = id(&shop.rep.post(&at, change(wanted)).await.expect(201));
        shop.rep.post(&format!("/changes/{made}/submit"), json!({})).await.expect(200);
        let mut state = shop.manager.post(&format!("/changes/{made}/approve"), json!({})).await.expect(200);
        if state["status"] == "submitted" {
            state = shop.finance.post(&format!("/changes/{made}/approve"), json!({})).await.expect(200);
        }
        assert_eq!(state["status"], "answering");
        let yes = json!({"accepted": true, "evidence_id": shop.proof(&order, "scan", "change_accepted").await});
        shop.rep.post(&format!("/changes/{made}/answer"), yes).await.expect(200);
        let page = shop.page(&order).await;
        for name in ["goods", "freight", "discount", "charges", "net", "tax", "payable", "deposit"] {
            assert_eq!(previewed["after"][name], page[name], "{name}");
        }
        shop.verify().await;
    }
}

/// PRC-03, QUO-01: a quotation offers them, and its order has them.
#[tokio::test(flavor = "multi_thread")]
async fn a_quotation_hands_its_charges_to_its_order() {
    for shop in shops().await {
        let line = json!({"product_id": "P001", "quantity": "10"});
        let charges = json!([{"kind": "insurance", "amount": "120.00", "tax_rate": "6"}]);
        let offer = json!({"customer_id": "CUST001", "valid_until": "2026-12-10", "charges": charges, "lines": [line]});
        let one = id(&shop.rep.post("/quotations", offer).await.expect(201));
        let at = |verb: &str| format!("/quotations/{one}/{verb}");
        shows(
            &shop.rep.get(&format!("/quotations/{one}")).await.expect(200),
            &json!({"payable": cny("5120.00"), "charges": [{"kind": "insurance"}]}),
        );
        shop.rep.post(&at("submit"), json!({})).await.expect(200);
        shop.manager.post(&at("approve"), json!({})).await.expect(200);
        shop.rep.post(&at("send"), json!({})).await.expect(200);
        let made = shop.rep.post(&at("order"), json!({})).await.expect(200);
        let order = made["order_id"].as_str().unwrap_or_default().to_owned();
        shows(&shop.page(&order).await, &json!({"payable": cny("5120.00"), "charges": [{"amount": cny("120.00"), "tax_rate": "6"}]}));
        shop.verify().await;
    }
}

/// PRC-04: list, page, check, csv, change preview and the figures themselves; 2 lines of 6.70 at 15 % by line, and 192.00 less 74.246 %.
#[tokio::test(flavor = "multi_thread")]
async fn every_view_shows_the_same_figure() {
    for shop in shops().await {
        shop.add_product("PEN", json!({"list_price": "6.70", "tax_rate": "15"})).await;
        shop.add_product("ART", json!({"list_price": "192.00", "tax_rate": "0"})).await;
        let pens = json!({"customer_id": "CUST001", "tax_inclusive": false, "required_on": "2026-12-15",
            "lines": [{"product_id": "PEN", "quantity": "1"}, {"product_id": "PEN", "quantity": "1"}]});
        let art = with(pens.clone(), json!({"lines": [{"product_id": "ART", "quantity": "1", "discount_rate": "74.246"}]}));
        let all = with(
            pens.clone(),
            json!({"freight": "8.00", "discount": "3.33",
            "lines": [{"product_id": "PEN", "quantity": "3"}, {"product_id": "P001", "quantity": "2", "discount_rate": "12.5"}, {"product_id": "ART", "quantity": "1"}],
            "charges": [{"kind": "insurance", "percent": "1.5", "tax_rate": "6"}, {"kind": "other", "text": "老客户", "allowance": true, "amount": "20"}]}),
        );
        for (order, payable) in [(&pens, Some("15.42")), (&art, Some("49.44")), (&all, None)] {
            let checked = shop.rep.post("/orders/check", order.clone()).await.expect(200);
            let id = shop.draft(order.clone()).await;
            let page = shop.page(&id).await;
            if let Some(payable) = payable {
                assert_eq!(page["payable"], cny(payable));
            }
            for name in ["goods", "freight", "discount", "charges", "net", "tax", "payable"] {
                assert_eq!(checked["totals"][name], page[name], "{name}");
            }
            let list = shop.rep.get("/orders").await.expect(200);
            let row = list["items"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
            assert_eq!(row["payable"], page["payable"]);
            let figure = |name: &str| page[name]["amount"].as_str().unwrap().to_owned();
            // Files: the list as it is seen, and the whole export.
            let csv = shop.rep.get("/orders?format=csv").await.text();
            let cells = |line: &str, figure: &str| line.split(',').any(|cell| cell.trim_matches('"') == figure);
            assert!(csv.lines().any(|line| cells(line, &figure("payable"))), "{csv}");
            let book = shop.rep.get("/orders?format=xlsx").await;
            assert!(in_workbook(&book.bytes).contains(&figure("payable")), "{}", figure("payable"));
            let whole = exported(&shop).await;
            let of_order = whole.lines().find(|line| line.contains(&id)).unwrap_or_else(|| panic!("{whole}"));
            for name in ["goods", "freight", "discount", "net", "tax", "payable"] {
                assert!(cells(of_order, &figure(name)), "{name} {} in {of_order}", figure(name));
            }
            // What is printed.
            let written =
                |name: &str| format!("#assert.eq(data.totals.{name}.replace(\"¥\", \"\").replace(\",\", \"\"), \"{}\")\n", figure(name));
            let charges = page["charges"].as_array().unwrap().iter().map(|charge| charge["gross"]["amount"].as_str().unwrap());
            let charge = |(place, gross)| format!("#assert.eq(data.totals.charges.at({place}).gross.replace(\"¥\", \"\"), \"{gross}\")\n");
            let body: String = ["goods", "freight", "discount", "net", "tax", "payable"]
                .map(written)
                .into_iter()
                .chain(charges.enumerate().map(charge))
                .collect();
            let body = format!("#import \"layout.typ\": *\n{body}x");
            let asked = json!({"kind": "order_form", "language": "zh-CN", "subject": id, "body": body});
            shows(&shop.admin.post("/document-templates/preview", asked).await.expect(200), &json!({"mistakes": []}));
            let parts: i64 = minor(&page["net"]) + minor(&page["tax"]);
            assert_eq!(parts, minor(&page["payable"]));
        }
        shop.verify().await;
    }
}

/// Every figure of a workbook, with two decimals.
fn in_workbook(bytes: &[u8]) -> Vec<String> {
    use calamine::{Data, Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let figure = |cell: &Data| match cell {
        Data::Float(figure) => format!("{figure:.2}"),
        Data::Int(figure) => format!("{figure}.00"),
        other => other.to_string(),
    };
    sheet.rows().flatten().map(figure).collect()
}

/// The whole export of orders.
async fn exported(shop: &Shop) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    app::export::to_file(&shop.server.app, &shop.server.operator(), List::Orders, FileKind::Csv, file.reopen().unwrap()).await.unwrap();
    std::fs::read_to_string(file.path()).unwrap()
}

/// PRC-03: free goods are a typed price of zero; they need their cause, are told apart, and count in stock.
#[tokio::test(flavor = "multi_thread")]
async fn free_goods_need_their_cause_and_count_in_stock() {
    for shop in shops().await {
        shop.add_product("CAP", json!({"name": "帽子", "unit": "顶", "list_price": "20"})).await;
        shop.receive("CAP", "5").await;
        shop.receive("P001", "1").await;
        let given = |reason: &str| {
            let free = json!({"product_id": "CAP", "quantity": "2", "unit_price": "0", "price_reason": reason});
            with(order_of(1), json!({"lines": [{"product_id": "P001", "quantity": "1"}, free]}))
        };
        let answer = shop.rep.post("/orders?submit=true", given("")).await;
        answer.expect(422);
        assert_eq!(answer.pointers(), [("/lines/1/price_reason".to_owned(), "line.no_free_reason".to_owned())]);
        let checked = shop.rep.post("/orders/check", given("")).await.expect(200);
        shows(
            &checked,
            &json!({"errors": [{"code": "line.no_free_reason"}], "lines": [{}, {"price_source": {"kind": "free", "book_price": cny("20.00")}}]}),
        );

        let order = shop.effective(given("新品试用")).await;
        shows(
            &shop.page(&order).await,
            &json!({"payable": cny("500.00"), "lines": [{"price_source": "list"}, {
                "price_source": "free", "price_reason": "新品试用", "gross": cny("0.00"), "book_deviation": "-100.00", "reserved": {"value": "2"},
            }]}),
        );
        assert_eq!(shop.stock("CAP").await, ("5".to_owned(), "2".to_owned()));
        let parcel = json!({"carrier": "顺丰", "lines": [{"line_no": 1, "quantity": "1"}, {"line_no": 2, "quantity": "2"}]});
        shop.warehouse.step(&order, "ship", parcel).await.expect(200);
        assert_eq!(shop.stock("CAP").await, ("3".to_owned(), "0".to_owned()));
        shop.finance.step(&order, "invoice", json!({})).await.expect(200);
        shows(
            &shop.page(&order).await,
            &json!({"billed": cny("500.00"), "invoices": [{"gross": cny("500.00"), "lines": [{}, {"gross": cny("0.00")}]}]}),
        );
        // What is printed says so.
        let body = "#import \"layout.typ\": *\n#assert.eq(data.lines.at(1).name, \"帽子 (赠品)\")\n#assert.eq(data.lines.at(0).name, \"A产品\")\nx";
        let asked = json!({"kind": "order_form", "language": "zh-CN", "subject": order, "body": body});
        shows(&shop.admin.post("/document-templates/preview", asked).await.expect(200), &json!({"mistakes": []}));
        shop.verify().await;
    }
}

fn minor(money: &Value) -> i64 {
    money["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}
