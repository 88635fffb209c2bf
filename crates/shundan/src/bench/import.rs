//! `shundan bench import`: files of products, customers and orders through the real import, from their bytes to the commit.

use std::sync::Arc;
use std::time::Instant;

use app::App;
use app::company::create::founder;
use app::import::{Arrival, Ask, File, Ran, from_files};
use app::warehouse::WarehouseInput;
use domain::{Actor, UserId};
use rust_xlsxwriter::Workbook;

use super::callers::Measured;
use super::generate::found;
use super::ground::Ground;
use super::report::{Report, cpu};
use crate::args::{BenchImport, Global};
use crate::progress;
use crate::texts::Say;
use crate::trouble::Trouble;

/// Rows of a file as they are typed in a spreadsheet; a number is a number there.
type Table = Vec<Vec<String>>;

pub async fn run(say: Say, global: &Global, typed: &BenchImport) -> Result<(), Trouble> {
    let ground = Ground::new(global).await?;
    let measured = measure(say, &ground, typed).await;
    ground.remove().await;
    measured?.print(say, typed.json);
    Ok(())
}

async fn measure(say: Say, ground: &Ground, typed: &BenchImport) -> Result<Report, Trouble> {
    let app = App::new(ground.open().await?);
    let by = ready(&app).await?;
    let mut report = Report::new("import", ground);
    report.set("rows", typed.rows);
    let rows = typed.rows;
    let bar = progress::bar(&say.plain("bench.importing"));
    bar.set_length(7);
    for (kind, made) in [("products", products as fn(char, u64) -> Table), ("customers", customers)] {
        for (ending, first) in [("csv", 'A'), ("xlsx", 'B')] {
            bar.inc(1);
            let file = file(kind, ending, &made(first, rows / 2))?;
            report.add(format!("{kind}, {ending}"), import(&app, &by, file, None, rows / 2).await?);
        }
    }
    for (ending, first, arrival) in [("csv", 'A', None), ("xlsx", 'B', None), ("csv", 'C', Some(Arrival::History))] {
        bar.inc(1);
        let file = file("orders", ending, &orders(first, rows))?;
        let what = if arrival.is_some() { "orders with lines as history" } else { "orders with lines" };
        report.add(format!("{what}, {ending}"), import(&app, &by, file, arrival, rows).await?);
    }
    bar.finish_and_clear();
    Ok(report)
}

/// A company with a warehouse, and somebody who may import.
async fn ready(app: &App) -> Result<Actor, Trouble> {
    let (company, admin) = found(app, "import").await?;
    let by = Actor { user_id: UserId::from_raw(admin.id.raw()), ..founder(company.id) };
    let house =
        WarehouseInput { code: "W1".to_owned(), name: "总仓".to_owned(), address: String::new(), active: true, also_from: Vec::new() };
    app.command(&by, None, move |work, by| app::warehouse::create::create(work, by, &house)).await?;
    Ok(by)
}

async fn import(app: &App, by: &Actor, file: File, arrival: Option<Arrival>, rows: u64) -> Result<Measured, Trouble> {
    let (begun, used) = (Instant::now(), cpu());
    let ask = Ask { arrival, ..Ask::default() };
    match from_files(app, by, vec![file], ask, Arc::new(|_, _, _| {})).await? {
        Ran::Done(..) => Ok(Measured { count: rows, took: begun.elapsed(), cpu: cpu().saturating_sub(used), latencies: Vec::new() }),
        other => Err(Trouble::with("trouble.system", [("why", &format!("{other:?}").chars().take(800).collect::<String>())])),
    }
}

fn file(kind: &str, ending: &str, table: &Table) -> Result<File, Trouble> {
    let bytes = if ending == "csv" {
        table.iter().map(|row| row.join(",") + "\n").collect::<String>().into_bytes()
    } else {
        workbook(table).map_err(|why| Trouble::with("trouble.system", [("why", &why)]))?
    };
    Ok(File { name: format!("{kind}.{ending}"), bytes })
}

fn workbook(table: &Table) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, row) in (0..).zip(table) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(place, column, number)?,
                Err(_) => sheet.write_string(place, column, cell)?,
            };
        }
    }
    book.save_to_buffer()
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    std::iter::once(head.iter().map(|name| (*name).to_owned()).collect()).chain(rows).collect()
}

fn products(first: char, rows: u64) -> Table {
    let row = |place: u64| {
        let (code, name) = (format!("{first}P{place:06}"), format!("铜版纸 {place} 号"));
        vec![code, name, "纸张".to_owned(), "157g 787×1092".to_owned(), "令".to_owned(), "13".to_owned(), format!("{}.5", 10 + place % 900)]
    };
    table(&["商品编码", "商品名称", "商品分类", "规格型号", "单位", "税率（%）", "标准价"], (0..rows).map(row))
}

fn customers(first: char, rows: u64) -> Table {
    let row = |place: u64| {
        let (code, name) = (format!("{first}C{place:06}"), format!("上海明华印务第{place}有限公司"));
        let phone = format!("138-{place:08}");
        vec![code, name, "明华".to_owned(), "B".to_owned(), "王经理".to_owned(), phone]
    };
    table(&["客户编码", "客户名称", "简称", "客户等级", "联系人", "联系电话"], (0..rows).map(row))
}

/// Orders of three lines, a row for each line.
fn orders(first: char, rows: u64) -> Table {
    let head = ["外部单号", "客户编码", "下单日期", "要求交货日期", "备注", "商品编码", "数量", "单价"];
    let row = |place: u64| {
        let order = place / 3;
        let customer = format!("AC{:06}", order * 7 % (rows / 2).clamp(1, 5_000));
        let product = format!("AP{:06}", place * 13 % (rows / 2).clamp(1, 20_000));
        let (number, day) = (format!("{first}-{order:08}"), 1 + order % 28);
        let (ordered, required) = (format!("2026-09-{day:02}"), format!("2026-10-{day:02}"));
        vec![
            number,
            customer,
            ordered,
            required,
            "尽快发货".to_owned(),
            product,
            (1 + place % 40).to_string(),
            format!("{}.25", 5 + place % 300),
        ]
    };
    table(&head, (0..rows).map(row))
}
