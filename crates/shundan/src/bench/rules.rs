//! `shundan bench rules`: what asking the rules about an order of ten lines takes, without database and network.

use std::hint::black_box;
use std::time::Instant as Moment;

use app::App;
use app::order::create;
use domain::{Blueprint, Company, Customer, CustomerAccount, FactSource, Facts, GATED, Order, OrderId, OrderLine, Verb};
use serde_json::json;
use store::rows::OrderLines;

use super::dice::Dice;
use super::ground::Ground;
use super::masters;
use super::order;
use super::place_order::{LINES, close};
use super::report::{Report, rounded};
use crate::args::{BenchRules, BenchWrite, Global, RuleSet};
use crate::table;
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, global: &Global, typed: &BenchRules) -> Result<(), Trouble> {
    let ground = Ground::new(global).await?;
    let made = Asked::make(&ground).await;
    ground.remove().await;
    let asked = made?;
    let mut report = Report::of("rules", "-");
    report.set("lines", LINES);
    report.set("rounds", typed.rounds);
    report.set("orders a round", typed.count);
    let mut rows = Vec::new();
    for set in RuleSet::ALL {
        let rules = Blueprint::read(&set.text(), None).map_err(|mistakes| {
            Trouble::with(
                "trouble.system",
                [("why", &mistakes.first().map_or_else(String::new, |m| m.message(say.0)) as &dyn std::fmt::Display)],
            )
        })?;
        for (what, ask) in WAYS {
            let times = timed(typed, || ask(&asked, &rules));
            rows.push(Row { rules: set, what, gates: rules.gates.len(), approvals: rules.approvals.len(), best: times.0, median: times.1 });
        }
    }
    print(say, &report, typed, &rows);
    Ok(())
}

struct Row {
    rules: RuleSet,
    what: &'static str,
    gates: usize,
    approvals: usize,
    /// Nanoseconds an order.
    best: f64,
    median: f64,
}

type Way = fn(&Asked, &Blueprint) -> usize;

/// What is measured: the gates that placing an order asks, the gates of every step, the matrix.
const WAYS: [(&str, Way); 3] = [
    ("submit", |asked, rules| asked.gates(rules, Verb::Submit)),
    ("gates", |asked, rules| GATED.iter().map(|verb| asked.gates(rules, *verb)).sum()),
    ("matrix", Asked::matrix),
];

/// An order that rules are asked about.
struct Asked {
    company: Company,
    order: Order,
    lines: Vec<OrderLine>,
    customer: Customer,
    account: CustomerAccount,
}

impl Asked {
    /// Places an order and reads it back, so that it is as the product makes it.
    async fn make(ground: &Ground) -> Result<Self, Trouble> {
        let typed = BenchWrite {
            callers: 1,
            count: None,
            preload: 0,
            products: 50,
            customers: 5,
            via: Vec::new(),
            rules: Some(RuleSet::None),
            seed: 1,
            no_floor: true,
            json: false,
        };
        let app = App::new(ground.open().await?);
        let masters = masters::make(&app.store, &typed, None).await?;
        let input = order::order(&mut Dice::new(1, 1), &masters, LINES, masters::today().plus_days(7));
        let made = app.command(&masters.rep, None, move |work, by| create::create(work, by, &input, true)).await?;
        let company = masters.company;
        let id: OrderId = made.id;
        let found = app.store.read(move |reader| {
            let order = reader.get::<Order>(company, id)?;
            let lines = store::query::import::of::<OrderLines>(reader, company, &[id])?;
            let customer = order.as_ref().map(|order| order.customer_id);
            let customer = customer
                .map(|id| Ok::<_, store::Fault>((reader.get::<Customer>(company, id)?, reader.get::<CustomerAccount>(company, id)?)));
            Ok((reader.get::<Company>(company, company)?, order, lines, customer.transpose()?))
        });
        let (company, order, lines, buyer) = found.await?;
        close(app).await;
        let (customer, account) = buyer.unwrap_or_default();
        match (company, order, customer, account) {
            (Some(company), Some(order), Some(customer), Some(account)) => Ok(Self { company, order, lines, customer, account }),
            _ => Err(Trouble::with("bench.refused", [("count", &1)])),
        }
    }

    /// The facts, as the product gathers them: only what the rules name.
    fn facts(&self, sources: &[FactSource]) -> Facts<'_> {
        let now = self.order.created_at;
        let lines: Vec<&OrderLine> = self.lines.iter().collect();
        let mut facts = Facts::of(&self.order, self.company.date_of(now), now, self.company.currency);
        facts.take(sources, &lines);
        facts.customer = Some(&self.customer);
        facts.account = Some(&self.account);
        facts
    }

    /// How many gates of a step are shut.
    fn gates(&self, rules: &Blueprint, verb: Verb) -> usize {
        if !rules.has_gates_on(verb) {
            return 0;
        }
        rules.shut(verb, &self.facts(rules.gate_sources(verb))).len()
    }

    /// How many signatures are asked for.
    fn matrix(&self, rules: &Blueprint) -> usize {
        rules.wanted_steps(&self.facts(rules.approval_sources())).len()
    }
}

/// Nanoseconds an order: the best round and the median one.
fn timed(typed: &BenchRules, ask: impl Fn() -> usize) -> (f64, f64) {
    let mut rounds: Vec<f64> = (0..typed.rounds)
        .map(|_| {
            let began = Moment::now();
            for _ in 0..typed.count {
                black_box(ask());
            }
            began.elapsed().as_secs_f64() * 1e9 / f64::from(typed.count)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    (rounds[0], rounds[rounds.len() / 2])
}

fn print(say: Say, report: &Report, typed: &BenchRules, rows: &[Row]) {
    if typed.json {
        let figures: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({
                    "rules": row.rules.as_str(), "what": row.what, "gates": row.gates, "approvals": row.approvals,
                    "best_ns": rounded(row.best, 1), "median_ns": rounded(row.median, 1),
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&report.json_with(figures)).unwrap_or_default());
        return;
    }
    report.print_head();
    let heads = ["bench.rules", "bench.what", "bench.gates", "bench.approvals", "bench.best_ns", "bench.median_ns"];
    let cells = |row: &Row| {
        let what = say.plain(&format!("bench.asked.{}", row.what));
        let ns = |time: f64| format!("{time:.0}");
        vec![row.rules.as_str().to_owned(), what, row.gates.to_string(), row.approvals.to_string(), ns(row.best), ns(row.median)]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    table::figures(&heads.map(|key| say.plain(key)), &rows).iter().for_each(|line| println!("{line}"));
}
