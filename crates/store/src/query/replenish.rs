//! What must be ordered again: products whose free stock, less what is owed, is no more than their reorder point.

use domain::forecast::{
    Forecast, Ordering, Period, Series, Supply, Target, bound, expected_quantity, forecast, order_quantity, stock_target,
};
use domain::{CompanyId, Date, ProductId, Quantity, fold};

use super::forecast::{Demand, WANTED_ON, demand};
use crate::fault::Fault;
use crate::query::list::{Found, Page, Select, Sort};
use crate::read::{Param, Reader, read};

/// What the list may be sorted by: the days that what is there lasts, at the mean demand of the history.
pub const SORTS: &[Sort] = &[Sort::int("cover_days", "x.cover_days")];

/// The columns that make every order certain.
pub const TIES: &[Sort] = &[Sort::int("id", "x.id")];

/// Products looked at at once, at the least.
const BATCH: i64 = 200;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Words in name, pinyin, initials, code, specification or barcode of the product.
    pub q: Option<String>,
    /// Of this product.
    pub product: Option<ProductId>,
    /// Today at the company.
    pub today: Date,
    /// Length of a period of the history.
    pub period: Period,
    /// How often nothing may be missing until a delivery comes, above 0.5 and below 1.
    pub service_level: f64,
    /// Days from ordering to having it, of products that do not say.
    pub lead_days: i64,
    /// Standard deviation of these days.
    pub lead_deviation_days: i64,
    /// Days that an order should last for.
    pub cover_days: i64,
}

impl Ask {
    /// The first day of the history: 104 weeks, 36 months or 180 days before today.
    pub fn from(&self) -> Date {
        history_from(self.period, self.today)
    }
}

/// The first day of the history of a forecast made today: 104 weeks, 36 months or 180 days before.
pub fn history_from(period: Period, today: Date) -> Date {
    period.later(
        today,
        match period {
            Period::Day => -180,
            Period::Week => -104,
            Period::Month => -36,
        },
    )
}

/// A product that may have to be ordered.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its id.
    pub id: ProductId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its specification.
    pub spec: String,
    /// Its unit.
    pub unit: String,
    /// Days from ordering to having it; as the asker says where the product does not.
    pub lead_days: i64,
    /// Free in all warehouses.
    pub available: Quantity,
    /// Of effective orders, wanted within the lead time (or before) and not yet reserved.
    pub short: Quantity,
    /// Days that what is there lasts, at the mean demand of the history; below zero where more is owed than there is.
    pub cover_days: i64,
}

impl Candidate {
    /// What there is when everything owed is taken off. What is on its way is added here once there are papers that say so.
    pub fn position(&self) -> Quantity {
        self.available - self.short
    }
}

/// A product to be ordered, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The product.
    pub candidate: Candidate,
    /// Its forecast.
    pub forecast: Forecast,
    /// What should be there.
    pub target: Target,
    /// What to order.
    pub quantity: Quantity,
}

/// Columns of a candidate, from a sum of demand `d`, of what is owed `w`, and of stock `s`.
const COLUMNS: &str = "x.id, x.code, x.name, x.spec, x.unit, x.lead_days, x.available_micro, x.short_micro, x.cover_days";

/// The candidates: active products that were asked for in the history.
fn from(ask: &Ask) -> String {
    let days = ask.from().days_until(ask.today).max(1);
    let (today, from, lead) = (ask.today, ask.from(), ask.lead_days);
    let lead_days = format!("CASE WHEN p.lead_days > 0 THEN p.lead_days ELSE {lead} END");
    // A month has every week that begins in it or the month before, so that a week asks for no more than two months with the most.
    format!(
        "FROM (SELECT y.*, (y.available_micro - y.short_micro) / (y.total_micro / {days} + 1) AS cover_days FROM \
         (SELECT p.company_id, p.id, p.code, p.name, p.spec, p.unit, p.search, {lead_days} AS lead_days, d.most_micro, d.total_micro, d.short_micro, \
            coalesce((SELECT CAST(sum(s.on_hand_micro - s.reserved_micro) AS BIGINT) FROM stock s WHERE s.company_id = p.company_id AND s.product_id = p.id), 0) AS available_micro \
          FROM (SELECT company_id, product_id, max(month_micro) AS most_micro, CAST(sum(month_micro) AS BIGINT) AS total_micro, \
                CAST(sum(short_micro) AS BIGINT) AS short_micro FROM \
             (SELECT l.company_id, l.product_id, \
                CAST(sum(CASE WHEN {WANTED_ON} < '{today}' THEN l.quantity_micro ELSE 0 END) AS BIGINT) AS month_micro, \
                CAST(sum(CASE WHEN o.status = 'effective' AND {WANTED_ON} <= '{soon}' AND l.quantity_micro > l.shipped_micro + l.reserved_micro + l.closed_micro \
                    THEN l.quantity_micro - l.shipped_micro - l.reserved_micro - l.closed_micro ELSE 0 END) AS BIGINT) AS short_micro \
              FROM orders o CROSS JOIN order_lines l WHERE o.company_id = ?1 AND o.ordered_on >= '{from}' AND o.status IN ('effective', 'closed') \
                AND l.company_id = o.company_id AND l.order_id = o.id GROUP BY l.company_id, l.product_id, substr({WANTED_ON}, 1, 7)) m \
           GROUP BY company_id, product_id) d \
          JOIN products p ON p.company_id = d.company_id AND p.id = d.product_id AND p.active = 1) y) x WHERE x.company_id = ?1",
        soon = ask.today.plus_days(ask.lead_days),
    )
}

/// A page of what must be ordered, the most urgent first. Two statements for each batch of products that may have to be, mostly one batch a page,
/// however many rows there are.
///
/// # Errors
/// Any fault of the database.
///
/// Source: INV-06, PUR-01
pub fn list(reader: &Reader<'_>, company: CompanyId, ask: &Ask, page: &Page) -> Result<Found<Proposed>, Fault> {
    let wanted = usize::try_from(page.limit).unwrap_or(0);
    let mut batch = Page { limit: page.limit.max(BATCH), ..page.clone() };
    let mut rows = Vec::new();
    loop {
        let candidates = candidates(reader, company, ask, &batch)?;
        let more = candidates.len() > usize::try_from(batch.limit).unwrap_or(0);
        let ids: Vec<ProductId> = candidates.iter().map(|(_, candidate)| candidate.id).collect();
        let mut history = demand(reader, company, &ids, ask.from())?;
        batch.after = candidates.last().map(|(place, _)| place.clone());
        rows.extend(candidates.into_iter().filter_map(|(place, candidate)| {
            let history = history.remove(&candidate.id).unwrap_or_default();
            propose(candidate, &history, ask).map(|proposed| (place, proposed))
        }));
        if !more || rows.len() > wanted {
            return Ok(Found::merged(vec![rows], page));
        }
    }
}

/// Products that have no more than any reorder point of theirs could be.
fn candidates(reader: &Reader<'_>, company: CompanyId, ask: &Ask, page: &Page) -> Result<Vec<(Vec<Param>, Candidate)>, Fault> {
    let mut select = Select::new(company, COLUMNS, &from(ask), TIES);
    if let Some(words) = &ask.q {
        select.search(&["x.search"], &fold(words));
    }
    select.and_if("x.id = ?", ask.product.map(ProductId::raw));
    let (days, beside) = bound(ask.service_level, deviation(ask), ask.period);
    let (numerator, denominator) = match ask.period {
        Period::Day => (days, 1),
        Period::Week => (days, 7),
        Period::Month => (days, 30),
    };
    let periods = format!("(x.lead_days * {numerator} / {denominator} + {})", beside + 1);
    select.and(&format!("(x.available_micro - x.short_micro - 2000000) / {periods} <= 2 * x.most_micro"), []);
    select.rows(reader, page, |source| {
        Ok(Candidate {
            id: read(source, 0)?,
            code: read(source, 1)?,
            name: read(source, 2)?,
            spec: read(source, 3)?,
            unit: read(source, 4)?,
            lead_days: read(source, 5)?,
            available: read(source, 6)?,
            short: read(source, 7)?,
            cover_days: read(source, 8)?,
        })
    })
}

/// Periods that a forecast over these days needs.
pub fn horizon(period: Period, days: i64) -> usize {
    let days = f64::from(i32::try_from(days).unwrap_or(i32::MAX));
    let mut periods = 1;
    while f64::from(periods) * period.days() < days && periods < 1000 {
        periods += 1;
    }
    usize::try_from(periods).unwrap_or(1)
}

fn deviation(ask: &Ask) -> f64 {
    f64::from(i32::try_from(ask.lead_deviation_days).unwrap_or(i32::MAX))
}

/// What is ordered of a product, where it must be.
fn propose(candidate: Candidate, history: &[Demand], ask: &Ask) -> Option<Proposed> {
    let days = history.iter().map(|one| (one.on, one.ordered));
    let values = Series::of(ask.period, days, ask.today).map(|series| series.values()).unwrap_or_default();
    let forecast = forecast(&values, ask.period.season(), horizon(ask.period, candidate.lead_days + ask.cover_days));
    let supply = Supply {
        lead_days: f64::from(i32::try_from(candidate.lead_days).unwrap_or(i32::MAX)),
        lead_deviation_days: deviation(ask),
        service_level: ask.service_level,
    };
    let target = stock_target(&values, &forecast, ask.period, supply);
    if candidate.position() > target.reorder_point {
        return None;
    }
    let cover = cover(&forecast, candidate.lead_days, ask);
    let quantity =
        order_quantity(candidate.position(), target.reorder_point, cover, Ordering { multiple: Quantity::ONE, ..Ordering::default() });
    quantity.is_positive().then_some(Proposed { candidate, forecast, target, quantity })
}

/// What is expected in the days an order should last for, after the lead time.
fn cover(forecast: &Forecast, lead_days: i64, ask: &Ask) -> Quantity {
    let ahead = &forecast.fitted.ahead;
    let first = horizon(ask.period, lead_days).min(ahead.len()).saturating_sub(1);
    let later = &ahead[first..];
    let mean = later.iter().sum::<f64>() / f64::from(u32::try_from(later.len().max(1)).unwrap_or(1));
    expected_quantity(mean * f64::from(i32::try_from(ask.cover_days).unwrap_or(0)) / ask.period.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forecast_is_as_long_as_the_days_it_is_for() {
        assert_eq!([0, 7, 8, 30].map(|days| horizon(Period::Week, days)), [1, 1, 2, 5]);
        assert_eq!(horizon(Period::Month, 31), 2);
        let today = Date::parse("2026-11-21").expect("a date");
        assert_eq!(history_from(Period::Week, today).as_str(), "2024-11-18");
    }
}
