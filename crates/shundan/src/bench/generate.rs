//! A large company, written straight into its tables: master data, orders in every state with dates over years, their papers, stock,
//! accounts, series and figures, as `shundan verify` wants them.
//!
//! Not made: an event for each order (so timelines are empty and the audit trail begins with the company), attachments, contacts and
//! addresses of customers; and papers only of the newest orders, which is said when it is made.

mod master;
mod order;
mod paper;

use std::sync::mpsc::sync_channel;

use app::company::create::{self, NewCompany};
use app::demo::Dice;
use app::user::create::NewUser;
use domain::{Codes, Company, CompanyId, CustomerAccount, Date, Instant, Language, Money, NumberPattern, Order, User};
use store::bulk::Bulk;
use store::query::order::VIEWS;
use store::rows::Series;
use store::{Fault, Place, Row};
use tokio::runtime::Handle;

use crate::outside;
use crate::place;
use crate::trouble::Trouble;
use master::Masters;
use paper::Chunk;

/// Code of the company that is made.
pub const CODE: &str = "bench";

/// Its first user; the password is [`PASSWORD`].
pub const USERNAME: &str = "bench";

/// No secret: the company holds nothing of anybody.
pub const PASSWORD: &str = "shundan-bench";

/// Orders that have papers, the newest; older ones are closed and show none.
const WITH_PAPERS: u64 = 1_000_000;

/// Days of business, at the most what ids reach back.
const DAYS: i64 = 1_000;

/// Orders handed over at once.
const CHUNK: u64 = 2_000;

/// What was made, and how long it took.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Orders.
    pub orders: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Seconds for the rows.
    pub load_seconds: f64,
    /// Seconds for the indexes.
    pub index_seconds: f64,
}

/// Makes a company of so many orders where there is no company yet; `told` hears how many orders are done.
///
/// # Errors
/// Where the place cannot be written.
pub async fn generate(place: Place, orders: u64, told: impl Fn(u64) + Send + 'static) -> Result<Made, Trouble> {
    let app = place::open(place.clone(), outside::clock()).await?;
    let (company, admin) = found(&app, &orders.to_string()).await?;
    drop(app);
    let handle = Handle::current();
    let made = tokio::task::spawn_blocking(move || load(&place, handle, &company, &admin, orders, &told)).await;
    Ok(made.unwrap_or_else(|why| Err(Fault::Broken(why.to_string())))?)
}

/// Founds the company of benchmarks, with its first user.
///
/// # Errors
/// Where the place cannot be written.
pub async fn found(app: &app::App, name: &str) -> Result<(Company, User), Trouble> {
    let password_hash = app::user::password::hash(PASSWORD, &outside::random());
    let name = format!("性能测试公司 {name}");
    let username = USERNAME.to_owned();
    let admin = NewUser {
        username,
        name: "测试".to_owned(),
        email: String::new(),
        language: Language::ZhCn,
        roles: Codes::parse("admin"),
        password_hash,
    };
    let (code, currency, time_zone) = (CODE.to_owned(), domain::Currency::CNY, "Asia/Shanghai".to_owned());
    let id = create::create(
        &app.store,
        NewCompany { code, name, currency, time_zone, rules: create::PRODUCT.to_owned(), warehouse: String::new(), admin },
    )
    .await?;
    let made = app.store.read(move |reader| {
        let admin = store::query::user::by_username(reader, id, USERNAME)?;
        reader.get::<Company>(id, id)?.zip(admin).ok_or_else(|| Fault::Broken("the company is gone".to_owned()))
    });
    Ok(made.await?)
}

/// Writes so many products and customers, with prices, into a company that has none.
///
/// # Errors
/// Where the place cannot be written.
pub async fn catalogue(place: Place, company: Company, admin: User, products: usize, customers: usize) -> Result<(), Trouble> {
    let handle = Handle::current();
    let made = tokio::task::spawn_blocking(move || {
        let mut bulk = Bulk::open(&place, company.id, handle)?;
        Masters::of(&company, &admin, products, customers, outside::now()).write(&mut bulk)?;
        bulk.finish(|_, _| {})
    });
    Ok(made.await.unwrap_or_else(|why| Err(Fault::Broken(why.to_string())))?)
}

fn load(place: &Place, handle: Handle, company: &Company, admin: &User, orders: u64, told: &dyn Fn(u64)) -> Result<Made, Fault> {
    let begun = std::time::Instant::now();
    let mut bulk = Bulk::open(place, company.id, handle)?;
    let now = outside::now();
    let start = Instant::start_of(now.date_in("UTC").unwrap_or_else(first_day).plus_days(-DAYS)).micros().max(FIRST);
    let masters = Masters::make(company, admin, orders, Instant::from_micros(start));
    masters.write(&mut bulk)?;
    let calendar = Calendar { start, step: (now.micros() - start) / i64::try_from(orders).unwrap_or(i64::MAX).max(1) };
    let mut figures = Figures::new(&masters);
    let mut rows = masters.rows();
    std::thread::scope(|scope| -> Result<(), Fault> {
        let (give, take) = sync_channel::<Chunk>(4);
        let (masters, calendar) = (&masters, &calendar);
        scope.spawn(move || {
            let mut making = order::Making::new(company, masters, calendar, orders);
            for first in (0..orders).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
                let mut chunk = Chunk::default();
                (first..(first + CHUNK).min(orders)).for_each(|place| making.one(place, &mut chunk));
                if give.send(chunk).is_err() {
                    return;
                }
            }
        });
        let mut done = 0;
        for chunk in take {
            figures.count(&chunk);
            rows += chunk.write(&mut bulk)?;
            done += chunk.orders.len() as u64;
            told(done);
        }
        Ok(())
    })?;
    rows += figures.write(&mut bulk, &masters, now)?;
    let load_seconds = begun.elapsed().as_secs_f64();
    bulk.finish(|_, _| {})?;
    Ok(Made { orders, rows, load_seconds, index_seconds: begun.elapsed().as_secs_f64() - load_seconds })
}

/// 2024-01-02, a day after the first time that ids can show.
const FIRST: i64 = 1_704_153_600_000_000;

fn first_day() -> Date {
    Date::of(2024, 1, 2).expect("it is in the calendar")
}

/// When orders are made: evenly from the start until now.
pub(super) struct Calendar {
    start: i64,
    step: i64,
}

impl Calendar {
    fn at(&self, place: u64) -> Instant {
        Instant::from_micros(self.start + self.step * i64::try_from(place).unwrap_or_default())
    }
}

/// What is counted while orders go by.
struct Figures {
    tallies: Vec<(&'static str, i64, i64)>,
    accounts: Vec<CustomerAccount>,
    reserved: Vec<i64>,
    series: Vec<(String, i64)>,
    pattern: NumberPattern,
}

impl Figures {
    fn new(masters: &Masters) -> Self {
        Figures {
            tallies: VIEWS.iter().map(|view| (view.tally, 0, 0)).collect(),
            accounts: masters.customers.iter().map(|customer| CustomerAccount::new(customer.id, None)).collect(),
            reserved: vec![0; masters.products.len()],
            series: Vec::new(),
            pattern: masters.pattern.clone(),
        }
    }

    fn count(&mut self, chunk: &Chunk) {
        for (order, (customer, counter)) in chunk.orders.iter().zip(&chunk.of) {
            for (view, tally) in VIEWS.iter().zip(&mut self.tallies) {
                if (view.holds)(order) {
                    tally.1 += 1;
                    tally.2 += order.payable_minor.minor();
                }
            }
            let account = &mut self.accounts[*customer];
            if order.status == domain::OrderStatus::Effective {
                account.open_orders_minor += order.payable_minor - order.billed_minor;
                account.open_invoices_minor += order.billed_minor - order.paid_minor;
            }
            if !order.number.is_empty() {
                self.series_of(order, *counter);
            }
        }
        for (product, reserved) in &chunk.reserved {
            self.reserved[*product] += reserved;
        }
    }

    fn series_of(&mut self, order: &Order, counter: i64) {
        let name = self.pattern.series("order", order.ordered_on);
        match self.series.iter_mut().find(|series| series.0 == name) {
            Some(series) => series.1 = series.1.max(counter),
            None => self.series.push((name, counter)),
        }
    }

    fn write(self, bulk: &mut Bulk, masters: &Masters, now: Instant) -> Result<u64, Fault> {
        let series: Vec<Series> = self.series.into_iter().map(|(name, last)| Series { name, last }).collect();
        bulk.add(&series)?;
        bulk.add(&self.accounts)?;
        bulk.tallies(&self.tallies)?;
        Ok(masters.stock(bulk, &self.reserved, now)? + (series.len() + self.accounts.len() + self.tallies.len()) as u64)
    }
}

/// Rows of a table on their way, counted.
fn add<R: Row>(bulk: &mut Bulk, rows: &[R]) -> Result<u64, Fault> {
    bulk.add(rows)?;
    Ok(rows.len() as u64)
}

/// How the company that stands in a place came to be.
pub enum Standing {
    /// There is no company.
    Empty,
    /// It was made here, with so many orders.
    Made(CompanyId, u64),
}

/// What stands in a place.
///
/// # Errors
/// `trouble.bench_real` where another company is there: a benchmark never writes beside one.
pub async fn standing(app: &app::App, shown: &str) -> Result<Standing, Trouble> {
    let companies = app.store.read(|reader| store::query::company::first(reader, 100)).await?;
    match companies.as_slice() {
        [] => Ok(Standing::Empty),
        [one] if one.code == CODE => {
            let id = one.id;
            let counts = app.store.read(move |reader| store::query::order::counts(reader, id)).await?;
            let all = counts.iter().find(|count| count.0 == "all").map_or(0, |count| count.1);
            Ok(Standing::Made(id, u64::try_from(all).unwrap_or_default()))
        }
        others => {
            let codes = others.iter().map(|company| company.code.as_str()).collect::<Vec<_>>().join(", ");
            Err(Trouble::with("trouble.bench_real", [("path", &shown), ("codes", &codes)]))
        }
    }
}

/// Chance that is the same for the same company.
fn dice(seed: u64) -> Dice {
    Dice::new(seed)
}

/// Money of so many cents.
fn cents(minor: i64) -> Money {
    Money::from_minor(minor)
}
