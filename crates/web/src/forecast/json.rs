//! Forecasts as they are answered.

use std::collections::BTreeMap;

use domain::forecast::{
    Forecast, Method, Period, Profile, Rolling, Scale, Score, Series, Supply, Target, backtest, expected_quantity, forecast, stock_target,
};
use domain::{Date, Product, Quantity, Rate};
use serde::Serialize;
use store::query::forecast::Demand;
use store::query::replenish::horizon;
use utoipa::ToSchema;

use super::{real, share};
use crate::value::{Coded, ForecastBasisCode, ForecastClassCode, ForecastMethodCode, ForecastPeriodCode, ForecastWhyCode, QuantityJson};

/// z of the bounds: four of five periods lie between them, if errors are about normal.
const BOUNDS: f64 = 1.281_551_565_5;

/// Periods ahead that accuracy is measured at.
const AHEAD: usize = 4;

/// What was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Length of a period.
    pub period: Period,
    /// Today at the company.
    pub today: Date,
    /// How often nothing may be missing.
    pub service_level: Rate,
    /// Days from ordering to having it.
    pub lead_days: i64,
    /// Standard deviation of these days.
    pub lead_deviation_days: i64,
}

impl Asked {
    fn supply(&self) -> Supply {
        let (lead_days, lead_deviation_days) = (real(self.lead_days), real(self.lead_deviation_days));
        Supply { lead_days, lead_deviation_days, service_level: share(self.service_level) }
    }
}

/// Demand of a period of the past.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PastDemand)]
pub struct PastDemandJson {
    /// Its first day.
    pub starts_on: String,
    /// Ordered for it.
    pub ordered: QuantityJson,
    /// Of that, shipped by now.
    pub shipped: QuantityJson,
}

/// Demand that is expected of a period to come.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ExpectedDemand)]
pub struct ExpectedDemandJson {
    /// Its first day. The first is the period of today, which is not over.
    pub starts_on: String,
    /// Expected.
    pub expected: QuantityJson,
    /// In four of five periods no less, if errors are about normal.
    pub low: QuantityJson,
    /// In four of five periods no more.
    pub high: QuantityJson,
}

/// How a demand is told apart.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DemandProfile)]
pub struct ProfileJson {
    /// Its class.
    pub class: ForecastClassCode,
    /// Periods for each period with demand.
    pub adi: f64,
    /// Squared coefficient of variation of the sizes of demand.
    pub cv2: f64,
}

/// How far a method was off in the past, by rolling origin.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ForecastAccuracy)]
pub struct AccuracyJson {
    /// The method; `null`: that which the rules chose each time.
    pub method: Option<ForecastMethodCode>,
    /// Forecasts compared.
    pub points: u64,
    /// Mean absolute error over that of the naive forecast of one period within what was known; `null` where there is none.
    pub mase: Option<f64>,
    /// Absolute errors over demand.
    pub wape: Option<f64>,
    /// Forecast less demand over demand.
    pub bias: Option<f64>,
}

/// What should be there, and how it was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockTarget)]
pub struct TargetJson {
    /// In percent.
    pub service_level: String,
    /// Days from ordering to having it.
    pub lead_days: i64,
    /// Standard deviation of these days.
    pub lead_deviation_days: i64,
    /// How the safety stock was found.
    pub basis: ForecastBasisCode,
    /// Standard deviations for the service level.
    pub z: f64,
    /// Expected demand over the lead time, whole units, rounded up.
    pub lead_demand: QuantityJson,
    /// On top of it.
    pub safety_stock: QuantityJson,
    /// Both together.
    pub reorder_point: QuantityJson,
}

impl TargetJson {
    pub(super) fn of(target: &Target, asked: &Asked, unit: &str) -> Self {
        let quantity = |quantity| QuantityJson::of(quantity, unit);
        TargetJson {
            service_level: asked.service_level.decimal(),
            lead_days: asked.lead_days,
            lead_deviation_days: asked.lead_deviation_days,
            basis: target.basis.into(),
            z: round(target.z),
            lead_demand: quantity(target.lead_demand),
            safety_stock: quantity(target.safety_stock),
            reorder_point: quantity(target.reorder_point),
        }
    }
}

/// The forecast of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProductForecast)]
pub struct ForecastJson {
    /// Of what.
    pub product: Coded,
    /// Length of a period.
    pub period: ForecastPeriodCode,
    /// Periods of the past from the first with demand, at most 104 weeks, 36 months or 180 days; those that are over.
    pub history: Vec<PastDemandJson>,
    /// What is expected.
    pub ahead: Vec<ExpectedDemandJson>,
    /// How the demand is told apart; `null` where nothing was ever asked for.
    pub profile: Option<ProfileJson>,
    /// The method.
    pub method: ForecastMethodCode,
    /// Why this method.
    pub why: ForecastWhyCode,
    /// Its parameters by name.
    pub parameters: BTreeMap<&'static str, f64>,
    /// The choice, then the naive and the seasonal naive forecast, on the same periods.
    pub accuracy: Vec<AccuracyJson>,
    /// Periods at the end of the history that were forecast for it.
    pub origins: u64,
    /// How many periods ahead of each.
    pub measured_ahead: u64,
    /// What should be there.
    pub target: TargetJson,
    /// Free in all warehouses now.
    pub available: QuantityJson,
}

/// To four decimals.
fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

impl ForecastJson {
    pub(super) fn of(product: &Product, demand: &[Demand], available: Quantity, asked: Asked) -> Self {
        let quantity = |quantity| QuantityJson::of(quantity, &product.unit);
        let series = Series::of(asked.period, demand.iter().map(|one| (one.on, one.ordered)), asked.today);
        let values = series.as_ref().map(Series::values).unwrap_or_default();
        let season = asked.period.season();
        let forecast = forecast(&values, season, horizon(asked.period, asked.lead_days).max(8));
        let target = stock_target(&values, &forecast, asked.period, asked.supply());
        let origins = (values.len() / 3).min(26);
        ForecastJson {
            product: Coded { id: product.id.to_string(), code: product.code.clone(), name: product.name.clone() },
            period: asked.period.into(),
            history: history(series.as_ref(), demand, &product.unit),
            ahead: ahead(&forecast, &asked, &product.unit),
            profile: forecast.profile.map(|Profile { adi, cv2, class }| ProfileJson {
                class: class.into(),
                adi: round(adi),
                cv2: round(cv2),
            }),
            method: forecast.fitted.method.into(),
            why: forecast.why.into(),
            parameters: forecast.fitted.parameters.iter().copied().collect(),
            accuracy: accuracy(&values, season, origins),
            origins: origins as u64,
            measured_ahead: AHEAD as u64,
            target: TargetJson::of(&target, &asked, &product.unit),
            available: quantity(available),
        }
    }
}

fn history(series: Option<&Series>, demand: &[Demand], unit: &str) -> Vec<PastDemandJson> {
    let Some(series) = series else { return Vec::new() };
    let mut shipped: BTreeMap<Date, Quantity> = BTreeMap::new();
    for one in demand {
        *shipped.entry(series.period.start(one.on)).or_default() += one.shipped;
    }
    let period = |(place, ordered): (usize, &Quantity)| {
        let starts_on = series.day(place);
        let shipped = shipped.get(&starts_on).copied().unwrap_or_default();
        PastDemandJson {
            starts_on: starts_on.to_string(),
            ordered: QuantityJson::of(*ordered, unit),
            shipped: QuantityJson::of(shipped, unit),
        }
    };
    series.demand.iter().enumerate().map(period).collect()
}

fn ahead(forecast: &Forecast, asked: &Asked, unit: &str) -> Vec<ExpectedDemandJson> {
    let quantity = |value| QuantityJson::of(expected_quantity(value), unit);
    let mut day = asked.period.start(asked.today);
    let mut periods = Vec::new();
    for (step, expected) in forecast.fitted.ahead.iter().enumerate() {
        let (low, high) = forecast.interval(step, BOUNDS).unwrap_or((*expected, *expected));
        periods.push(ExpectedDemandJson {
            starts_on: day.to_string(),
            expected: quantity(*expected),
            low: quantity(low),
            high: quantity(high),
        });
        day = asked.period.later(day, 1);
    }
    periods
}

fn accuracy(values: &[f64], season: usize, origins: usize) -> Vec<AccuracyJson> {
    let rolling = Rolling { season, origins, horizon: AHEAD, scale: Scale::Naive };
    let of = |method: Option<Method>| {
        let score: Score = if origins == 0 { Score::default() } else { backtest(values, method, rolling) };
        AccuracyJson {
            method: method.map(Into::into),
            points: score.points,
            mase: score.mase().map(round),
            wape: score.wape().map(round),
            bias: score.bias().map(round),
        }
    };
    [None, Some(Method::Naive), Some(Method::SeasonalNaive)].map(of).into()
}
