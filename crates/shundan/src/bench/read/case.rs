//! The cases: every view, filter, sort and figure that the screens of orders offer.

use domain::{Order, OrderId};
use store::query::list::{Page, Sort};
use store::query::order::{self, Filter, SORTS};
use store::query::{customer, dashboard, paper, product};
use store::{Fault, Param, Reader};

use super::ground::Ground;

/// What a case does, with the number of the call; it answers how many rows came.
type Read = fn(&Reader<'_>, &Ground, usize) -> Result<usize, Fault>;

/// Something that screens read.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name in the report.
    pub name: &'static str,
    /// Reads once.
    pub read: Read,
}

/// Rows of a page, as the screens ask for.
const LIMIT: i64 = 50;

fn sort(name: &str) -> (Sort, bool) {
    let (name, descending) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
    (*SORTS.iter().find(|sort| sort.name == name).unwrap_or(&SORTS[0]), descending)
}

fn list(reader: &Reader<'_>, ground: &Ground, filter: &Filter, by: &str) -> Result<usize, Fault> {
    let (sort, descending) = sort(by);
    Ok(order::list(reader, ground.company, filter, &Page { sort, descending, after: None, limit: LIMIT })?.rows.len())
}

/// A page that begins behind some order.
fn deep(reader: &Reader<'_>, ground: &Ground, filter: &Filter, by: &str, behind: &Order) -> Result<usize, Fault> {
    let (sort, descending) = sort(by);
    let id = Param::Int(behind.id.raw());
    let after = match sort.name {
        "number" => vec![Param::from(behind.number.as_str()), id],
        "payable" => vec![Param::Int(behind.payable_minor.minor()), id],
        "required_on" => vec![Param::from(behind.required_on.map_or("9999-12-31".to_owned(), |day| day.to_string())), id],
        _ => vec![id],
    };
    Ok(order::list(reader, ground.company, filter, &Page { sort, descending, after: Some(after), limit: LIMIT })?.rows.len())
}

fn view(name: &'static str) -> Filter {
    Filter { view: Some(name), ..Filter::default() }
}

fn status(codes: &[&str]) -> Filter {
    Filter { status: codes.iter().map(|code| (*code).to_owned()).collect(), ..Filter::default() }
}

fn words(q: &str) -> Filter {
    Filter { q: Some(q.to_owned()), ..Filter::default() }
}

fn of_customer(ground: &Ground, call: usize) -> Filter {
    Filter { customer: Some(ground.customer(call).id), ..Filter::default() }
}

fn mine(ground: &Ground) -> Filter {
    Filter { mine: Some(ground.rep), ..Filter::default() }
}

fn late(ground: &Ground) -> Filter {
    Filter { late_on: Some(ground.today), ..Filter::default() }
}

/// The views of work that waits, as "my work" and the dashboard show them.
const WAITING: [&str; 10] =
    ["to_review", "to_approve", "short", "to_ship", "to_deliver", "to_bill", "to_collect", "to_follow_up", "to_close", "draft"];

fn my_work(reader: &Reader<'_>, ground: &Ground, _: usize) -> Result<usize, Fault> {
    let mut rows = order::counts(reader, ground.company)?.len();
    for name in WAITING {
        let page = Page { sort: SORTS[0], descending: false, after: None, limit: 30 };
        rows += order::list(reader, ground.company, &view(name), &page)?.rows.len();
    }
    Ok(rows)
}

fn page(reader: &Reader<'_>, ground: &Ground, id: OrderId) -> Result<usize, Fault> {
    let page = order::page(reader, ground.company, id)?;
    let events = order::timeline(reader, ground.company, id, None, 100)?;
    Ok(page.map_or(0, |page| page.lines.len()) + events.len())
}

macro_rules! cases {
    ($($name:literal => $read:expr;)+) => {
        vec![$(Case { name: $name, read: $read }),+]
    };
}

/// Every case, in the order of the report.
pub fn all() -> Vec<Case> {
    let mut all = views();
    all.extend(sorts());
    all.extend(filters());
    all.extend(searches());
    all.extend(figures());
    all
}

fn views() -> Vec<Case> {
    cases! {
        "view all" => |r, g, _| list(r, g, &view("all"), "-created_at");
        "view mine" => |r, g, _| list(r, g, &mine(g), "-created_at");
        "view draft" => |r, g, _| list(r, g, &view("draft"), "-created_at");
        "view to_review" => |r, g, _| list(r, g, &view("to_review"), "-created_at");
        "view to_approve" => |r, g, _| list(r, g, &view("to_approve"), "-created_at");
        "view effective" => |r, g, _| list(r, g, &view("effective"), "-created_at");
        "view short" => |r, g, _| list(r, g, &view("short"), "-created_at");
        "view to_ship" => |r, g, _| list(r, g, &view("to_ship"), "-created_at");
        "view to_deliver" => |r, g, _| list(r, g, &view("to_deliver"), "-created_at");
        "view to_bill" => |r, g, _| list(r, g, &view("to_bill"), "-created_at");
        "view to_collect" => |r, g, _| list(r, g, &view("to_collect"), "-created_at");
        "view to_follow_up" => |r, g, _| list(r, g, &view("to_follow_up"), "-created_at");
        "view to_close" => |r, g, _| list(r, g, &view("to_close"), "-created_at");
        "view held" => |r, g, _| list(r, g, &view("held"), "-created_at");
        "view late" => |r, g, _| list(r, g, &late(g), "-created_at");
        "view closed" => |r, g, _| list(r, g, &view("closed"), "-created_at");
    }
}

fn sorts() -> Vec<Case> {
    cases! {
        "all, number up" => |r, g, _| list(r, g, &view("all"), "number");
        "all, number down" => |r, g, _| list(r, g, &view("all"), "-number");
        "all, payable up" => |r, g, _| list(r, g, &view("all"), "payable");
        "all, payable down" => |r, g, _| list(r, g, &view("all"), "-payable");
        "all, required up" => |r, g, _| list(r, g, &view("all"), "required_on");
        "all, required down" => |r, g, _| list(r, g, &view("all"), "-required_on");
        "all, oldest first" => |r, g, _| list(r, g, &view("all"), "created_at");
        "to_ship, number up" => |r, g, _| list(r, g, &view("to_ship"), "number");
        "to_ship, payable down" => |r, g, _| list(r, g, &view("to_ship"), "-payable");
        "to_ship, required up" => |r, g, _| list(r, g, &view("to_ship"), "required_on");
        "effective, payable down" => |r, g, _| list(r, g, &view("effective"), "-payable");
        "draft, required up" => |r, g, _| list(r, g, &view("draft"), "required_on");
        "held, payable down" => |r, g, _| list(r, g, &view("held"), "-payable");
        "late, required up" => |r, g, _| list(r, g, &late(g), "required_on");
        "mine, payable down" => |r, g, _| list(r, g, &mine(g), "-payable");
        "closed, number down" => |r, g, _| list(r, g, &view("closed"), "-number");
        "closed, payable down" => |r, g, _| list(r, g, &view("closed"), "-payable");
        "closed, required down" => |r, g, _| list(r, g, &view("closed"), "-required_on");
        "all, deep" => |r, g, i| deep(r, g, &view("all"), "-created_at", g.order(i));
        "all, number down, deep" => |r, g, i| deep(r, g, &view("all"), "-number", g.numbered(i));
        "all, payable down, deep" => |r, g, i| deep(r, g, &view("all"), "-payable", g.order(i));
        "all, required up, deep" => |r, g, i| deep(r, g, &view("all"), "required_on", g.order(i));
        "closed, deep" => |r, g, i| deep(r, g, &view("closed"), "-created_at", g.order(i));
        "closed, payable down, deep" => |r, g, i| deep(r, g, &view("closed"), "-payable", g.order(i));
    }
}

fn filters() -> Vec<Case> {
    cases! {
        "customer" => |r, g, i| list(r, g, &of_customer(g, i), "-created_at");
        "customer, closed" => |r, g, i| list(r, g, &Filter { status: vec!["closed".into()], ..of_customer(g, i) }, "-created_at");
        "customer, effective" => |r, g, i| list(r, g, &Filter { view: Some("effective"), ..of_customer(g, i) }, "-created_at");
        "customer, payable down" => |r, g, i| list(r, g, &of_customer(g, i), "-payable");
        "two states" => |r, g, _| list(r, g, &status(&["submitted", "reviewed"]), "-created_at");
        "closed and cancelled" => |r, g, _| list(r, g, &status(&["closed", "cancelled"]), "-created_at");
        "void" => |r, g, _| list(r, g, &status(&["void"]), "-created_at");
        "finance part_paid" => |r, g, _| list(r, g, &Filter { finance: vec!["part_paid".into()], ..Filter::default() }, "-created_at");
        "fulfilment shipped" => |r, g, _| list(r, g, &Filter { fulfilment: vec!["shipped".into()], ..Filter::default() }, "-created_at");
        "supply short" => |r, g, _| list(r, g, &Filter { supply: vec!["short".into()], ..Filter::default() }, "-created_at");
        "rep" => |r, g, _| list(r, g, &Filter { rep: Some(g.rep), ..Filter::default() }, "-created_at");
        "held only" => |r, g, _| list(r, g, &Filter { held: Some(true), ..Filter::default() }, "-created_at");
        "required this week" => |r, g, _| list(r, g, &Filter { required_from: Some(g.today), required_to: Some(g.today.plus_days(7)), ..Filter::default() }, "-created_at");
        "required a month of last year" => |r, g, _| list(r, g, &Filter { required_from: Some(g.today.plus_days(-430)), required_to: Some(g.today.plus_days(-400)), ..Filter::default() }, "-created_at");
        "ordered last week" => |r, g, _| list(r, g, &Filter { ordered_from: Some(g.today.plus_days(-7)), ..Filter::default() }, "-created_at");
        "ordered on a day of last year" => |r, g, i| list(r, g, &Filter { ordered_from: Some(g.order(i).ordered_on), ordered_to: Some(g.order(i).ordered_on), ..Filter::default() }, "-created_at");
        "ordered a month of last year" => |r, g, _| list(r, g, &Filter { ordered_from: Some(g.today.plus_days(-430)), ordered_to: Some(g.today.plus_days(-400)), ..Filter::default() }, "-created_at");
        "customer list" => |r, g, _| Ok(customer::list(r, g.company, &customer::Filter::default(), &first(customer::SORTS[0]))?.rows.len());
        "customer list, part of a name" => |r, g, _| Ok(customer::list(r, g.company, &customer::Filter { q: Some("明华".into()), ..Default::default() }, &first(customer::SORTS[0]))?.rows.len());
        "product list" => |r, g, _| Ok(product::list(r, g.company, &product::Filter::default(), g.today, &first(product::SORTS[0]))?.rows.len());
        "invoice list" => |r, g, _| Ok(paper::invoices(r, g.company, &paper::Filter::default(), &last(paper::INVOICE_SORTS[0]))?.rows.len());
        "open invoices by due date" => |r, g, _| Ok(paper::invoices(r, g.company, &paper::Filter { status: vec!["open".into()], ..Default::default() }, &first(paper::INVOICE_SORTS[3]))?.rows.len());
        "payment list" => |r, g, _| Ok(paper::payments(r, g.company, &paper::Filter::default(), &last(paper::PAYMENT_SORTS[0]))?.rows.len());
        "delivery note list" => |r, g, _| Ok(paper::shipments(r, g.company, &paper::Filter::default(), &last(paper::SHIPMENT_SORTS[0]))?.rows.len());
        "follow-ups due" => |r, g, _| Ok(paper::follow_ups(r, g.company, &paper::Filter { status: vec!["due".into()], ..Default::default() }, &first(paper::FOLLOW_UP_SORTS[1]))?.rows.len());
    }
}

fn first(sort: Sort) -> Page {
    Page { sort, descending: false, after: None, limit: LIMIT }
}

fn last(sort: Sort) -> Page {
    Page { descending: true, ..first(sort) }
}

fn searches() -> Vec<Case> {
    cases! {
        "search number" => |r, g, i| list(r, g, &words(&g.numbered(i).number), "-created_at");
        "search begin of number" => |r, g, i| list(r, g, &words(&g.numbered(i).number[..8]), "-created_at");
        "search a year's numbers" => |r, g, _| list(r, g, &words("SO2025"), "-created_at");
        "search external number" => |r, g, i| list(r, g, &words(external(g, i)), "-created_at");
        "search part of a name" => |r, g, _| list(r, g, &words("明华"), "-created_at");
        "search a whole name" => |r, g, i| list(r, g, &words(&g.customer(i).name), "-created_at");
        "search pinyin" => |r, g, _| list(r, g, &words("minghua"), "-created_at");
        "search initials" => |r, g, _| list(r, g, &words("mhyw"), "-created_at");
        "search customer code" => |r, g, i| list(r, g, &words(&g.customer(i).code), "-created_at");
        "search nothing there" => |r, g, _| list(r, g, &words("不存在的客户"), "-created_at");
        "search name, payable down" => |r, g, _| list(r, g, &words("明华"), "-payable");
        "search name in to_ship" => |r, g, _| list(r, g, &Filter { view: Some("to_ship"), ..words("明华") }, "-created_at");
        "search customers" => |r, g, _| Ok(customer::search(r, g.company, "明华", 8)?.len());
        "search products" => |r, g, _| Ok(product::search(r, g.company, "铜版纸", 8)?.len());
    }
}

fn external(ground: &Ground, call: usize) -> &str {
    let orders = ground.samples.iter().cycle().skip(call % ground.samples.len()).take(ground.samples.len());
    orders.map(|order| order.external_number.as_str()).find(|number| !number.is_empty()).unwrap_or("PO-1")
}

fn figures() -> Vec<Case> {
    cases! {
        "order page" => |r, g, i| page(r, g, g.order(i).id);
        "order by number" => |r, g, i| Ok(usize::from(order::id_of(r, g.company, &g.numbered(i).number)?.is_some()));
        "counts of views" => |r, g, _| Ok(order::counts(r, g.company)?.len());
        "count late" => |r, g, _| Ok(usize::try_from(dashboard::late(r, g.company, g.today)?).unwrap_or(0));
        "count mine" => |r, g, _| Ok(usize::try_from(dashboard::mine(r, g.company, g.rep)?).unwrap_or(0));
        "my work" => my_work;
        "oldest of each work" => |r, g, _| { for name in WAITING { dashboard::oldest(r, g.company, name)?; } Ok(WAITING.len()) };
        "received in 30 days" => |r, g, _| Ok(dashboard::received(r, g.company, g.today.plus_days(-29))?.len());
        "top customers of 90 days" => |r, g, _| Ok(dashboard::top_customers(r, g.company, g.today.plus_days(-89), 8)?.len());
        "overdue invoices" => |r, g, _| Ok(usize::try_from(dashboard::overdue(r, g.company, g.today)?.0).unwrap_or(0));
        "sum of a view" => |r, g, _| sum(r, g, &view("to_ship"));
        "sum of mine" => |r, g, _| sum(r, g, &mine(g));
        "sum of a customer" => |r, g, i| sum(r, g, &of_customer(g, i));
        "sum of two states" => |r, g, _| sum(r, g, &status(&["submitted", "reviewed"]));
        "sum of a name" => |r, g, _| sum(r, g, &words("明华"));
        "sum of closed a month" => |r, g, _| sum(r, g, &Filter { ordered_from: Some(g.today.plus_days(-430)), ordered_to: Some(g.today.plus_days(-400)), ..status(&["closed"]) });
    }
}

fn sum(reader: &Reader<'_>, ground: &Ground, filter: &Filter) -> Result<usize, Fault> {
    Ok(usize::try_from(order::summary(reader, ground.company, filter)?.count).unwrap_or(0))
}
