//! What will be asked for: a product's demand by day, week or month, its class, a forecast by a method with a name and a reason, its measured
//! accuracy, and the stock that follows from it.
//!
//! Forecasts are estimates and reckoned in `f64`; what is ordered from them is a [`Quantity`](crate::Quantity), rounded up once, at the end.
//!
//! Source: INV-06

mod backtest;
mod choice;
mod class;
mod intermittent;
mod method;
mod metric;
mod normal;
mod replenish;
mod series;
mod smoothing;

pub use backtest::{Rolling, backtest};
pub use choice::{Forecast, Why, choose, forecast};
pub use class::{ADI_CUT, CV2_CUT, Class, Profile};
pub use method::{Fitted, Method, fit};
pub use metric::{Scale, Score, scale};
pub use normal::inverse_normal;
pub use replenish::{Basis, Ordering, Supply, Target, bound, expected_quantity, order_quantity, stock_target};
pub use series::{Period, Series};

#[cfg(test)]
mod tests;
