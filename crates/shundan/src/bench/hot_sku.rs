//! `shundan bench hot-sku`: everybody wants the same product. Reservations a second, and none beyond the stock.

use std::sync::Arc;

use app::App;
use app::order::{LineInput, OrderInput, create};
use domain::{Date, Quantity, Stock};

use super::callers::{self, Caller};
use super::ground::Ground;
use super::masters::{self, Masters};
use super::place_order::close;
use super::report::Report;
use crate::args::{BenchWrite, Global};
use crate::progress;
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, global: &Global, typed: &BenchWrite) -> Result<(), Trouble> {
    let typed = BenchWrite { products: 10, ..typed.clone() };
    let ground = Ground::new(global).await?;
    let done = measure(say, &ground, &typed).await;
    ground.remove().await;
    done?.print(say, typed.json);
    Ok(())
}

/// Kinds of orders measured: so many lines, all of the same product, one product for each kind.
const KINDS: [(&str, usize); 2] = [("one line an order", 1), ("ten lines an order", 10)];

async fn measure(say: Say, ground: &Ground, typed: &BenchWrite) -> Result<Report, Trouble> {
    let count = typed.count.unwrap_or(100_000);
    // A quarter of what is wanted is not there.
    let pieces = count - count / 4;
    let mut report = Report::new("hot-sku", ground);
    report.set("callers", typed.callers);
    report.set("pieces wanted", count);
    report.set("pieces in stock", pieces);
    let app = App::new(ground.open().await?);
    let masters = masters::make(&app.store, typed, Some(i64::try_from(pieces).unwrap_or(i64::MAX))).await?;
    for (product, (what, lines)) in (0..).zip(KINDS) {
        let bar = progress::bar(&say.plain("bench.process"));
        let load = Arc::new(Load { masters: masters.clone(), product, lines });
        report.add(what, callers::run(typed.callers, count, &bar, |_| Wanting { app: app.clone(), load: load.clone() }).await?);
        report.note(&format!("reserved, {what}"), reserved(&app, &masters, product).await?);
    }
    let company = masters.company;
    let findings = app.store.read(move |reader| store::verify::verify(reader, company)).await?.findings.len();
    report.note("findings of verify", findings);
    close(app).await;
    Ok(report)
}

async fn reserved(app: &App, masters: &Masters, product: u64) -> Result<i64, Trouble> {
    let (company, product) = (masters.company, masters.product(product));
    let stock = app.store.read(move |reader| reader.all::<Stock>(company, "AND product_id = ?2", &[product.raw().into()])).await?;
    Ok(stock.iter().map(|stock| stock.reserved_micro.micro() / 1_000_000).sum())
}

struct Load {
    masters: Masters,
    product: u64,
    lines: usize,
}

struct Wanting {
    app: App,
    load: Arc<Load>,
}

impl Caller for Wanting {
    fn size(&self) -> u64 {
        self.load.lines as u64
    }

    async fn act(&mut self) -> Result<u64, Trouble> {
        let masters = &self.load.masters;
        let line = LineInput {
            product: masters.product(self.load.product).to_string(),
            quantity: Quantity::from_micro(1_000_000),
            ..LineInput::default()
        };
        let input = OrderInput {
            customer: masters.customer(0).to_string(),
            required_on: Date::parse("2099-12-31").ok(),
            lines: vec![line; self.load.lines],
            ..OrderInput::default()
        };
        self.app.command(&masters.rep, None, move |work, by| create::create(work, by, &input, true)).await?;
        Ok(self.size())
    }
}
