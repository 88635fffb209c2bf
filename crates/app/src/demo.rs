//! The demo company: a trader of paper and packaging with two months of orders behind it, in every state an order can be in.
//!
//! Everything is made by the real use cases, in the order of a moved clock, by the people whose work it is; so the demo holds what the rules
//! allow and nothing else. It is the same every time, but for the day it ends on.

mod agent;
mod basket;
mod clock;
mod contract;
mod dice;
mod grade;
mod inquiry;
mod master;
mod people;
mod places;
mod play;
mod promotion;
mod purchase;
mod quota;
mod quotation;
mod rebate;
mod story;
mod supply;
mod task;
mod timeline;
mod trouble;

use std::sync::Arc;

use domain::{CompanyId, Currency, Instant, Language};
use store::query::company as query;
use store::rows::Answer;
use store::{Failure, Fault};

use crate::company::create::{self, NewCompany};
use crate::{App, Replay};

pub use clock::MovableClock;
pub use dice::Dice;
pub use people::{Login, logins, portal_logins};

/// Code of the demo company.
pub const CODE: &str = "demo";

/// Name of the demo company.
pub const NAME: &str = "顺单演示有限公司";

/// Password of everybody in the demo; no secret.
pub const PASSWORD: &str = "shundan-demo";

/// Days of business before today.
const DAYS: i64 = 60;

/// What there is of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Absent,
    /// It was begun and never finished.
    Broken,
    /// All of it.
    Whole,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Customers.
    pub customers: usize,
    /// Products.
    pub products: usize,
    /// Orders.
    pub orders: usize,
}

/// Kept as the answer to this key when all is there.
const DONE: &str = "demo-filled";

/// Whether the demo is there.
///
/// # Errors
/// Any fault of the database.
pub async fn standing(app: &App) -> Result<Standing, Fault> {
    app.store
        .read(|reader| {
            let Some(company) = query::by_code(reader, CODE)? else { return Ok(Standing::Absent) };
            let users = store::query::user::by_username(reader, company.id, people::ADMIN)?;
            let Some(admin) = users else { return Ok(Standing::Broken) };
            let done = reader.get::<Answer>(company.id, format!("{}:{DONE}", admin.id))?;
            Ok(if done.is_some() { Standing::Whole } else { Standing::Broken })
        })
        .await
}

/// Makes the demo company as if it had worked for sixty days until now. `password_hash` is that of [`PASSWORD`]; `told` hears how far it is,
/// of how much. Afterwards the clock shows the time again.
///
/// # Errors
/// `invalid` where the company is there already, and any failure of the database.
pub async fn fill(app: &App, clock: &MovableClock, password_hash: &str, mut told: impl FnMut(usize, usize)) -> Result<Filled, Failure> {
    let now = clock.real();
    let made = make(app, clock, now, password_hash, &mut told).await;
    clock.release();
    made
}

async fn make(app: &App, clock: &MovableClock, now: Instant, hash: &str, told: &mut impl FnMut(usize, usize)) -> Result<Filled, Failure> {
    let calendar = timeline::Calendar::ending(now);
    clock.set(calendar.at(-DAYS - 2, 9, 0));
    let admin = people::first(hash);
    let (code, name) = (CODE.to_owned(), NAME.to_owned());
    let new = NewCompany {
        code,
        name,
        currency: Currency::CNY,
        time_zone: "Asia/Shanghai".to_owned(),
        rules: create::PRODUCT.to_owned(),
        warehouse: String::new(),
        admin,
    };
    let company: CompanyId = create::create(&app.store, new).await?;
    let staff = Arc::new(people::Staff::hire(app, company, hash).await?);

    let customers = master::customers();
    let products = master::products();
    master::keep(app, &staff, &customers, &products, calendar.day(-DAYS - 30)).await?;
    agent::write(app, &staff).await?;
    let bought = purchase::order(app, &staff).await?;
    quotation::write(app, &staff, false, &customers, &products).await?;
    let period = (calendar.day(-DAYS), calendar.day(45));
    let quotas = quota::write(app, &staff, period).await?;
    let plan = story::plan(&calendar, &customers, &products);
    let supplies = supply::plan(&calendar, &plan, &products);
    let orders = plan.len();
    let errands = task::plan(&calendar, &plan);
    task::profiles(app, &staff).await?;
    play::play(app, clock, &staff, plan, (supplies, errands), told).await?;
    clock.set(now);
    quotation::write(app, &staff, true, &customers, &products).await?;
    inquiry::write(app, &staff, now, &customers, &products).await?;
    contract::write(app, &staff, calendar.day(0), &customers, &products).await?;
    grade::write(app, &staff, &customers).await?;
    quota::fit(app, &staff, company, &quotas, period).await?;
    promotion::write(app, &staff, calendar.day(0)).await?;
    rebate::write(app, &staff, calendar.day(0)).await?;
    places::write(app, &staff, calendar.day(0)).await?;
    purchase::follow(app, &staff, &bought, calendar.day(-DAYS - 2), calendar.day(0)).await?;
    master::retire(app, &staff).await?;
    people::invite(app, &staff, hash).await?;

    let replay = Replay { key: DONE.to_owned(), request_hash: String::new() };
    app.command(staff.by(people::ADMIN), Some(replay), |_, _| Ok(true)).await?;
    Ok(Filled { customers: customers.len(), products: products.len(), orders })
}

/// What people of the demo read.
const LANGUAGE: Language = Language::ZhCn;
