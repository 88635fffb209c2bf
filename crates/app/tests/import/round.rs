//! What the product exports, it finds unchanged when it gets it back.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use app::export::{FileKind, List, to_file};
use app::import::{Arrival, Ask, File, Mapping, Ran, guess, ready};
use domain::{Actor, Language};

use crate::{World, counts, file, founder, mapping, worlds, written};

/// A list as a file.
async fn exported(world: &World, list: List, kind: FileKind, language: Language) -> File {
    let mut out = tempfile::tempfile().unwrap();
    let by = Actor { language, ..founder() };
    to_file(&world.app, &by, list, kind, out.try_clone().unwrap()).await.unwrap();
    let mut bytes = Vec::new();
    out.seek(SeekFrom::Start(0)).unwrap();
    out.read_to_end(&mut bytes).unwrap();
    let ending = if kind == FileKind::Csv { "csv" } else { "xlsx" };
    File { name: format!("{}.{ending}", list.as_str()), bytes }
}

const LISTS: [List; 6] = [List::Customers, List::Products, List::Prices, List::ExchangeRates, List::Stock, List::Orders];

/// Some of everything, with texts that are hard to carry.
async fn seed(world: &World) {
    let customers = "客户编码,客户名称,简称,统一社会信用代码,客户等级,结算方式,账期（天）,定金比例（%）,信用额度,含税价,归属销售,联系人,联系电话,详细地址,省,备注\r\n\
        C001,明华印务有限公司,明华,91330100799655058B,A级,月结,30,30,\"100,000.00\",是,zhang,李四,+86 13800000000,印刷路 1 号,浙江省,\"'=1+1 是公式\"\r\n\
        C002,\"新雅, \"\"包装\"\"\",,,B,cash,,,,否,,,,,,''@引号\r\n";
    let Ran::Done(_, report) = world.import(vec![written("customers.csv", customers)], Ask::default()).await else { panic!("not done") };
    assert_eq!((report.mapping.as_str(), counts(&report, "customers")), ("shundan-customers", (2, 0, 0, 0)));
    let products = "商品编码,商品名称,规格型号,单位,税率（%）,标准价,允许超发（%）,条码,辅助单位,批次/序列号,保质期（天）,产品出厂标准\nP001,80克双胶纸,787mm,吨,13,6200.00,5,6901234567892,,,,\nP002,Chai,,箱,13,18,,,托＝40 #96385074；卷=1000/3 !,按批次,540,Q/SD 12\n";
    assert!(matches!(world.import(vec![written("products.csv", products)], Ask::default()).await, Ran::Done(..)));
    let prices = "商品编码,客户编码,客户等级,订单类型,渠道,起订量,单价,币种,生效日期,失效日期\nP001,C001,,,,20,6180.123456,,2026-01-01,2027-12-31\n\
        P001,,,,,50.5,6100,,2026-01-01,\nP001,,A级,,,50.5,6090,,2026-01-01,\nP001,,,direct,web_shop,50.5,6095,CNY,2026-01-01,\nP001,,,,,50.5,860,USD,2026-01-01,\n";
    let Ran::Done(_, report) = world.import(vec![written("prices.csv", prices)], Ask::default()).await else { panic!("not done") };
    assert_eq!(counts(&report, "prices"), (5, 0, 0, 0));
    let rates = "币种,汇率,生效日期\nUSD,7.1234,2026-01-01\nJPY,0.048123456,2026-01-01\n";
    assert!(matches!(world.import(vec![written("rates.csv", rates)], Ask::default()).await, Ran::Done(..)));
    let orders = "外部单号,客户编码,要求交货日期,运费,整单折扣,备注,商品编码,数量,单位,单价,折扣率（%）,行备注\n\
        A-1,C001,2026-12-01,300,100.5,-急件,P001,20.4,,,2.5,=SUM(A1)\nA-1,,,,,,P002,3,托,700.333333,,\nA-2,C002,2026-12-02,,,,P001,1,吨,6200,,\n";
    let Ran::Done(_, report) = world.import(vec![written("orders.csv", orders)], Ask::default()).await else { panic!("not done") };
    assert_eq!((counts(&report, "orders"), counts(&report, "order_lines")), ((2, 0, 0, 0), (3, 0, 0, 0)));
    let stock = "商品编码,仓库编码,现存量\nP002,MAIN,12.5\n";
    assert!(matches!(world.import(vec![written("stock.csv", stock)], Ask::default()).await, Ran::Done(..)));
}

async fn northwind(world: &World) {
    let files = ["customers", "products", "categories", "shippers", "orders", "order_details"]
        .map(|name| file(&format!("northwind/{name}.csv")))
        .into();
    assert!(matches!(world.import(files, Ask { mapping: mapping("northwind"), ..Ask::default() }).await, Ran::Done(..)));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_comes_back_unchanged_in_every_form_and_language() {
    for world in worlds().await {
        seed(&world).await;
        for (kind, language) in [
            (FileKind::Csv, Language::ZhCn),
            (FileKind::Xlsx, Language::ZhTw),
            (FileKind::Csv, Language::En),
            (FileKind::Xlsx, Language::En),
        ] {
            for list in LISTS {
                let file = exported(&world, list, kind, language).await;
                let name = file.name.clone();
                let ran = world.import(vec![file], Ask { dry_run: true, ..Ask::default() }).await;
                let Ran::Checked(report) = ran else { panic!("{name} {language}: {ran:?}") };
                assert_eq!(report.mapping, format!("shundan-{}", list.as_str()));
                assert!(report.is_clean(), "{name} {language}: {:#?}", &report.errors[..report.errors.len().min(3)]);
                assert!(!report.has_news(), "{name} {language}: {:?}", report.counts);
                assert!(report.counts.values().all(|tally| tally.same > 0), "{name}");
            }
        }
        // All of them at once are told apart, also when there are many rows.
        northwind(&world).await;
        let mut files = Vec::new();
        for list in LISTS {
            files.push(exported(&world, list, FileKind::Csv, Language::ZhCn).await);
        }
        let Ran::Checked(report) = world.import(files, Ask { dry_run: true, ..Ask::default() }).await else { panic!("not checked") };
        assert!(report.is_clean() && !report.has_news() && report.counts.len() == 7, "{:?} {:?}", report.counts, report.errors.first());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_rates_are_told_at_their_cells() {
    for world in worlds().await {
        seed(&world).await;
        let rates = "币种,汇率,生效日期\nCNY,1,2026-01-01\nUS,7.1,2026-01-01\nEUR,0,2026-01-01\nGBP,x,2026-01-01\nUSD,7.2,2026-01-01\nUSD,7.3,2026-01-01\n";
        let Ran::Refused(report) = world.import(vec![written("rates.csv", rates)], Ask::default()).await else { panic!("not refused") };
        let found: Vec<(u32, &str)> = report.errors.iter().map(|error| (error.row, error.code.as_str())).collect();
        let codes: Vec<&str> = found.iter().map(|(_, code)| *code).collect();
        assert_eq!(
            codes,
            ["exchange_rate.own_currency", "currency.unknown", "exchange_rate.not_positive", "number.not_a_number", "import.duplicate"],
            "{found:?}"
        );
        let rates = "币种,汇率,生效日期\nUSD,7.2,2026-01-01\nUSD,7.3,2026-02-01\n";
        let Ran::Done(_, report) = world.import(vec![written("rates.csv", rates)], Ask::default()).await else { panic!("not done") };
        assert_eq!(counts(&report, "exchange_rates"), (1, 1, 0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_cell_is_the_only_change() {
    for world in worlds().await {
        seed(&world).await;
        let mut file = exported(&world, List::Products, FileKind::Csv, Language::En).await;
        file.bytes = String::from_utf8(file.bytes).unwrap().replace("80克双胶纸", "100克双胶纸").into_bytes();
        let Ran::Done(_, report) = world.import(vec![file], Ask::default()).await else { panic!("not done") };
        assert_eq!(counts(&report, "products"), (0, 1, 1, 0));
        assert_eq!(world.int("SELECT count(*) FROM events WHERE company_id = ?1 AND kind = 'ProductEdited'").await, 1);
        // An order that is there is never changed.
        let mut file = exported(&world, List::Orders, FileKind::Csv, Language::En).await;
        file.bytes = String::from_utf8(file.bytes).unwrap().replace("'=SUM(A1)", "other").into_bytes();
        let Ran::Refused(report) = world.import(vec![file], Ask::default()).await else { panic!("not refused") };
        assert_eq!((report.error_count, report.errors[0].code.as_str()), (1, "import.order_differs"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn submitted_orders_are_numbered_and_reserve_what_is_there() {
    for world in worlds().await {
        seed(&world).await;
        let stock = "商品编码,仓库编码,现存量\nP001,MAIN,10\n";
        assert!(matches!(world.import(vec![written("stock.csv", stock)], Ask::default()).await, Ran::Done(..)));
        let orders = "订单编号,客户编码,要求交货日期,收货地址,商品编码,数量,单价\nB-1,C001,2026-12-01,印刷路 1 号,P001,8,6200\nB-2,C001,2026-12-01,印刷路 1 号,P001,8,6200\n";
        let ask = || Ask { arrival: Some(Arrival::Submitted), ..Ask::default() };
        let Ran::Done(_, report) = world.import(vec![written("orders.csv", orders)], ask()).await else { panic!("not done") };
        assert_eq!(counts(&report, "orders"), (2, 0, 0, 0));
        assert_eq!(
            world.int("SELECT count(*) FROM orders WHERE company_id = ?1 AND status = 'submitted' AND number LIKE 'SO2026%'").await,
            2
        );
        assert_eq!(world.int("SELECT CAST(sum(reserved_micro) AS BIGINT) FROM stock WHERE company_id = ?1").await, 10_000_000);
        // What submission asks for is asked for here, at the cell.
        let bad = orders.replace("B-1,C001,2026-12-01", "B-3,C001,尽快").replace("B-2,C001,2026-12-01", "B-4,C002,");
        let Ran::Refused(report) = world.import(vec![written("orders.csv", &bad)], ask()).await else { panic!("not refused") };
        let found: Vec<(u32, &str, &str)> = report.errors.iter().map(|e| (e.row, e.column.as_str(), e.code.as_str())).collect();
        assert!(found.contains(&(2, "C", "import.date_is_vague")) && found.contains(&(3, "C", "value.required")), "{found:?}");
    }
}

#[test]
fn a_workbook_of_many_sheets_is_guessed() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for list in [List::Customers, List::Orders] {
        let sheet = book.add_worksheet().set_name(list.title(Language::ZhCn)).unwrap();
        for (place, header) in (0..).zip(list.headers(Language::ZhCn)) {
            sheet.write_string(0, place, header).unwrap();
        }
        sheet.write_string(1, 0, "x").unwrap();
    }
    let mut bytes = Cursor::new(Vec::new());
    book.save_to_writer(&mut bytes).unwrap();
    let sheets = app::import::open(&File { name: "a.xlsx".into(), bytes: bytes.into_inner() }, &app::import::Limits::default()).unwrap();
    let nouns = |mapping: &Mapping| mapping.sources.iter().map(|source| source.noun.as_str()).collect::<Vec<_>>();
    let mapping = guess(ready(), &sheets).unwrap();
    assert_eq!((mapping.name.as_str(), nouns(&mapping)), ("shundan", vec!["customers", "orders", "order_lines"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_import_leaves_nothing_and_says_so() {
    for world in worlds().await {
        let by = founder();
        let files = vec![written("products.csv", "商品编码,商品名称,单位\nP001,纸,吨\n")];
        let id = app::import::upload(&world.app, &by, files, None, None).await.unwrap();
        world.app.command(&by, None, move |work, by| app::import::begin(work, by, id)).await.unwrap();
        // The process is killed here; a server that starts later (on a shared database, long after) finds the row.
        world.later();
        assert_eq!(app::import::interrupted(&world.app).await.unwrap(), 1);
        assert_eq!(world.int("SELECT count(*) FROM products WHERE company_id = ?1").await, 0);
        assert_eq!(world.int("SELECT count(*) FROM imports WHERE company_id = ?1 AND state = 'failed'").await, 1);
        // It can be run again, and an old process that still lives comes too late.
        assert!(app::import::finish(&world.app, &by, id, Arc::new(|_, _, _| {})).await.is_err());
        assert_eq!(world.int("SELECT count(*) FROM products WHERE company_id = ?1").await, 0);
        world.app.command(&by, None, move |work, by| app::import::begin(work, by, id)).await.unwrap();
        let ran = app::import::finish(&world.app, &by, id, Arc::new(|_, _, _| {})).await.unwrap();
        assert!(matches!(ran, Ran::Done(..)));
        assert_eq!(world.int("SELECT count(*) FROM products WHERE company_id = ?1").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_standard_order_form_is_read_as_people_fill_it_in() {
    for world in worlds().await {
        seed(&world).await;
        let form = "销售订单,,,,\n外部单号：,F-1,,下单日期,2026-11-21\n客户编码,C001,,要求交货日期,2026-12-05\n收货地址：印刷路 1 号,,,结算方式,月结\n,,,,\n\
            商品编码,数量,单价,折扣率（%）,行备注\nP001,2,6200,10,\nP002,3,,,加急\n,,,合计,\n运费,100,,备注,含包装\n";
        let Ran::Done(_, report) = world.import(vec![written("form.csv", form)], Ask::default()).await else { panic!("not done") };
        assert_eq!((counts(&report, "orders"), counts(&report, "order_lines")), ((1, 0, 0, 0), (2, 0, 0, 0)));
        let sums = report.sums["CNY"];
        assert_eq!((sums.goods_minor, sums.freight_minor), (1_121_400, 10_000), "2 × 6,200.00 × 90 % + 3 × 18.00 and 100.00");
        // What is wrong is named at the cell it stands in.
        let wrong = form.replace("F-1", "F-2").replace("2026-12-05", "月底").replace("P002,3", "P009,3");
        let Ran::Refused(report) = world.import(vec![written("form.csv", &wrong)], Ask::default()).await else { panic!("not refused") };
        let found: Vec<(u32, &str, &str)> = report.errors.iter().map(|e| (e.row, e.column.as_str(), e.code.as_str())).collect();
        assert_eq!(found, [(3, "E", "import.date_is_vague"), (8, "A", "value.unknown")]);
    }
}
