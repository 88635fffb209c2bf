//! `shundan bench`: how fast the product is on this machine. Every figure is taken on data of its own, which is removed afterwards;
//! only what `read` makes is kept, since it takes long to make.

mod callers;
mod client;
mod cycle;
mod dice;
mod floor;
mod generate;
mod ground;
mod hot_sku;
mod import;
mod intake;
mod masters;
mod order;
mod place_order;
mod promise;
mod read;
mod report;
mod rule_set;
mod rules;
mod server;

pub use ground::sibling;

use crate::args::{Bench, Global};
use crate::texts::Say;
use crate::trouble::Trouble;

pub async fn run(say: Say, global: &Global, command: Bench) -> Result<(), Trouble> {
    match command {
        Bench::PlaceOrder(typed) => place_order::run(say, global, &typed).await,
        Bench::Cycle(typed) => cycle::run(say, global, &typed).await,
        Bench::HotSku(typed) => hot_sku::run(say, global, &typed).await,
        Bench::Read(typed) => read::run(say, global, &typed).await,
        Bench::Rules(typed) => rules::run(say, global, &typed).await,
        Bench::Import(typed) => import::run(say, global, &typed).await,
        Bench::Intake(typed) => intake::run(say, global, &typed).await,
        Bench::Promise(typed) => promise::run(say, &typed),
        Bench::Floor(typed) => floor::run(say, global, &typed).await,
    }
}
