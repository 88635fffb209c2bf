//! Forecasts against figures reckoned by hand, and what always holds.

use proptest::prelude::*;

use super::*;
use crate::{Date, Quantity};

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn ahead(method: Method, values: &[f64], season: usize, horizon: usize) -> Vec<f64> {
    fit(method, values, season, horizon).ahead
}

#[test]
fn periods_without_demand_count_and_the_one_that_is_not_over_does_not() {
    let sold = [("2026-11-09", 2), ("2026-10-14", 5), ("2026-10-12", 1), ("2026-10-18", 3), ("2026-11-16", 9)]
        .map(|(on, units)| (day(on), Quantity::units(units)));
    let weeks = Series::of(Period::Week, sold, day("2026-11-18")).unwrap();
    assert_eq!(weeks.first, day("2026-10-12"));
    assert_eq!(weeks.values(), [9.0, 0.0, 0.0, 0.0, 2.0]);
    assert_eq!(weeks.day(5), day("2026-11-16"));
    let months = Series::of(Period::Month, sold, day("2027-01-31")).unwrap();
    assert_eq!(months.values(), [9.0, 11.0, 0.0]);
    assert_eq!(months.day(3), day("2027-01-01"));
    assert_eq!(Series::of(Period::Month, sold, day("2026-10-31")), None);
    assert_eq!(Period::Month.later(day("2026-01-31"), -1), day("2025-12-01"));
    // A sum below zero is no demand.
    let returned =
        [(day("2026-10-12"), Quantity::units(2)), (day("2026-10-20"), Quantity::units(-4)), (day("2026-10-27"), Quantity::units(1))];
    assert_eq!(Series::of(Period::Week, returned, day("2026-11-02")).unwrap().values(), [2.0, 0.0, 1.0]);
}

#[test]
fn classes_are_cut_at_132_and_049() {
    let class = |values: &[f64]| Profile::of(values).unwrap().class;
    assert_eq!(class(&[10.0, 11.0, 9.0, 10.0]), Class::Smooth);
    assert_eq!(class(&[1.0, 30.0, 2.0, 9.0]), Class::Erratic);
    assert_eq!(class(&[5.0, 0.0, 0.0, 5.0, 0.0, 6.0]), Class::Intermittent);
    assert_eq!(class(&[1.0, 0.0, 0.0, 30.0, 0.0, 2.0]), Class::Lumpy);
    let lumpy = Profile::of(&[1.0, 0.0, 3.0, 0.0]).unwrap();
    near(lumpy.adi, 2.0);
    // Sizes 1 and 3: mean 2, variance 1, so 1/4.
    near(lumpy.cv2, 0.25);
    assert_eq!(Profile::of(&[0.0, 0.0]), None);
}

#[test]
fn simple_methods_as_reckoned_by_hand() {
    let values = [4.0, 6.0, 5.0, 9.0];
    assert_eq!(ahead(Method::Naive, &values, 2, 2), [9.0, 9.0]);
    assert_eq!(ahead(Method::SeasonalNaive, &values, 2, 3), [5.0, 9.0, 5.0]);
    assert_eq!(ahead(Method::SeasonalNaive, &values, 12, 1), [9.0]);
    assert_eq!(ahead(Method::MovingAverage, &values, 12, 2), [6.0, 6.0]);
    assert_eq!(ahead(Method::MovingAverage, &[90.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 12, 1), [3.5]);
    // Fewer than 1/α periods: their mean, whatever α of the grid below 1/4; the first of the grid is taken where all err alike.
    near(ahead(Method::Ses, &[4.0, 6.0], 12, 1)[0], 5.0);
    assert_eq!(fit(Method::Naive, &values, 12, 1).one_step, [4.0, 4.0, 6.0, 5.0]);
}

#[test]
fn croston_sba_and_tsb_as_reckoned_by_hand() {
    // Sizes 6, 3, 6; intervals 2, 3. Means: size 5, interval 2.5.
    let values = [6.0, 0.0, 3.0, 0.0, 0.0, 6.0];
    near(ahead(Method::Croston, &values, 52, 1)[0], 2.0);
    near(ahead(Method::Sba, &values, 52, 1)[0], 2.0 * 0.95);
    // Three of six periods with demand, of 5 each.
    near(ahead(Method::Tsb, &values, 52, 1)[0], 2.5);
    // The interval is not looked at while nothing is asked for; the probability is.
    let dead: Vec<f64> = values.into_iter().chain([0.0; 40]).collect();
    near(ahead(Method::Croston, &dead, 52, 1)[0], 2.0);
    assert!(ahead(Method::Tsb, &dead, 52, 1)[0] < 0.5);
    // The eleventh size weighs a tenth: ten of 1, then 2.
    let sizes: Vec<f64> = [1.0; 10].into_iter().chain([2.0]).collect();
    near(ahead(Method::Croston, &sizes, 52, 1)[0], 1.1);
}

#[test]
fn season_and_trend_are_carried_on() {
    let season = [10.0, 20.0, 30.0, 40.0];
    let values: Vec<f64> = season.iter().copied().cycle().take(16).collect();
    for (step, value) in ahead(Method::HoltWinters, &values, 4, 8).into_iter().enumerate() {
        near(value, season[step % 4]);
    }
    let (method, why) = choose(&values, 4);
    assert_eq!((method, why), (Method::HoltWinters, Why::Seasonal));
    let rising: Vec<f64> = (0..40).map(|at| 100.0 + 3.0 * f64::from(at)).collect();
    let ahead = ahead(Method::DampedTrend, &rising, 52, 3);
    assert!(ahead[0] > 217.0 && ahead[2] > ahead[0], "{ahead:?}");
}

#[test]
fn methods_are_chosen_by_rules_that_can_be_told() {
    let steady: Vec<f64> = (0..30).map(|at| 100.0 + f64::from(at % 3)).collect();
    assert_eq!(choose(&steady, 52), (Method::DampedTrend, Why::Smooth));
    let erratic: Vec<f64> = (0..30).map(|at| if at % 5 == 0 { 90.0 } else { 3.0 }).collect();
    assert_eq!(choose(&erratic, 52), (Method::Ses, Why::Erratic));
    let seldom: Vec<f64> = (0..30).map(|at| if at % 3 == 0 { 4.0 } else { 0.0 }).collect();
    assert_eq!(choose(&seldom, 52), (Method::Sba, Why::Intermittent));
    let dead: Vec<f64> = seldom.iter().copied().chain([0.0; 12]).collect();
    assert_eq!(choose(&dead, 52), (Method::Tsb, Why::Fading));
    assert_eq!(choose(&[1.0, 2.0, 3.0, 4.0, 5.0], 12), (Method::MovingAverage, Why::Short));
    assert_eq!(forecast(&[], 12, 2).fitted.ahead, [0.0, 0.0]);
}

#[test]
fn the_naive_forecast_on_its_own_scale_scores_one() {
    let values = [3.0, 5.0, 2.0, 8.0, 8.0, 1.0];
    let mut score = Score::default();
    for at in 1..values.len() {
        score.add(values[at - 1], values[at], scale(&values, Scale::Naive));
    }
    near(score.mase().unwrap(), 1.0);
    // |2| + |3| + |6| + 0 + |7| = 18 over 24; too low by 2 + 6 − 3 − 7 = −2, so the naive forecast is above by 2.
    near(score.wape().unwrap(), 18.0 / 24.0);
    near(score.bias().unwrap(), 2.0 / 24.0);
    assert_eq!(scale(&[4.0, 4.0, 4.0], Scale::Naive), None);
    near(scale(&[1.0, 5.0, 2.0, 9.0], Scale::Seasonal(2)).unwrap(), 2.5);
    assert_eq!(Score::default().mase(), None);
}

#[test]
fn a_backtest_reads_only_what_was_known() {
    let rolling = Rolling { season: 12, origins: 2, horizon: 1, scale: Scale::Naive };
    // Known 2, 4, 3 (scale 1.5): expects 3, came 6. Known 2, 4, 3, 6 (scale 2): expects 6, came 5.
    let score = backtest(&[2.0, 4.0, 3.0, 6.0, 5.0], Some(Method::Naive), rolling);
    assert_eq!(score.points, 2);
    near(score.mase().unwrap(), f64::midpoint(3.0 / 1.5, 1.0 / 2.0));
    near(score.wape().unwrap(), 4.0 / 11.0);
    near(score.bias().unwrap(), -2.0 / 11.0);
    let far = backtest(&[2.0, 4.0, 3.0, 6.0, 5.0], Some(Method::Naive), Rolling { horizon: 5, ..rolling });
    assert_eq!(far.points, 3);
    assert_eq!(backtest(&[1.0, 2.0], None, rolling), Score::default());
}

#[test]
fn quantiles_of_the_normal_distribution() {
    for (p, z) in [
        (0.5, 0.0),
        (0.8, 0.841_621_233_6),
        (0.9, 1.281_551_565_5),
        (0.95, 1.644_853_627),
        (0.975, 1.959_963_984_5),
        (0.99, 2.326_347_874),
        (0.999, 3.090_232_306_2),
        (0.01, -2.326_347_874),
    ] {
        assert!((inverse_normal(p) - z).abs() < 1e-8, "{p}: {}", inverse_normal(p));
    }
    assert!(inverse_normal(1.0).is_infinite() && inverse_normal(0.0).is_infinite());
}

fn supply(lead_days: f64, lead_deviation_days: f64, service_level: f64) -> Supply {
    Supply { lead_days, lead_deviation_days, service_level }
}

#[test]
fn safety_stock_of_regular_demand_is_the_formula() {
    let mut forecast = forecast(&[100.0; 20], 52, 4);
    forecast.deviation = 20.0;
    // L 2 weeks, σ_L half a week: 1.644854·√(2·400 + 100²·0.25) = 1.644854·57.4456 = 94.49.
    let target = stock_target(&[100.0; 20], &forecast, Period::Week, supply(14.0, 3.5, 0.95));
    assert_eq!((target.basis, target.lead_demand), (Basis::Normal, Quantity::units(200)));
    assert_eq!((target.safety_stock, target.reorder_point), (Quantity::units(95), Quantity::units(295)));
    // Half a period of the lead time counts half, and what is behind the horizon goes on.
    assert_eq!(stock_target(&[100.0; 20], &forecast, Period::Week, supply(10.5, 0.0, 0.5)).reorder_point, Quantity::units(150));
    assert_eq!(stock_target(&[100.0; 20], &forecast, Period::Week, supply(70.0, 0.0, 0.5)).reorder_point, Quantity::units(1000));
}

#[test]
fn safety_stock_of_intermittent_demand_is_a_quantile() {
    let mut values = vec![0.0; 40];
    for at in [0, 7, 8, 15, 22, 30, 38] {
        values[at] = 4.0;
    }
    let forecast = forecast(&values, 52, 2);
    assert_eq!(forecast.fitted.method, Method::Sba);
    // Of 39 pairs of weeks one asked for 8, twelve for 4 and the others for none.
    let at = |level: f64| stock_target(&values, &forecast, Period::Week, supply(14.0, 0.0, level));
    assert_eq!((at(0.95).basis, at(0.95).reorder_point), (Basis::Quantile, Quantity::units(4)));
    assert_eq!(at(0.99).reorder_point, Quantity::units(8));
    // The past has fewer than twice the lead time.
    assert_eq!(stock_target(&values, &forecast, Period::Week, supply(175.0, 0.0, 0.95)).basis, Basis::Normal);
}

#[test]
fn what_is_ordered_fills_up_by_minimum_and_multiple() {
    let of = |position: i64, minimum: i64, multiple: i64| {
        let ordering = Ordering { minimum: Quantity::units(minimum), multiple: Quantity::units(multiple) };
        order_quantity(Quantity::units(position), Quantity::units(50), Quantity::units(30), ordering)
    };
    assert_eq!(of(51, 100, 12), Quantity::ZERO);
    assert_eq!(of(50, 0, 0), Quantity::units(30));
    assert_eq!(of(20, 0, 0), Quantity::units(60));
    assert_eq!(of(20, 0, 12), Quantity::units(60));
    assert_eq!(of(19, 0, 12), Quantity::units(72));
    assert_eq!(of(20, 100, 12), Quantity::units(108));
    assert_eq!(of(-10, 0, 0), Quantity::units(90));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn of_a_constant_series_the_constant_is_expected(value in 1_u32..10_000, length in 2_usize..60) {
        let value = f64::from(value);
        let values = vec![value; length];
        for method in Method::ALL {
            let wanted = if *method == Method::Sba { 0.95 * value } else { value };
            for found in ahead(*method, &values, 12, 3) {
                prop_assert!((found - wanted).abs() < 1e-6 * value, "{method:?} {found} {wanted}");
            }
        }
    }

    #[test]
    fn forecasts_stay_within_bounds_and_reorder_points_below_theirs(
        values in prop::collection::vec(prop_oneof![Just(0_u32), 0_u32..500], 1..80),
        lead in 1_u32..120, deviation in 0_u32..30, level in 51_u32..1000,
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let most = values.iter().copied().fold(0.0, f64::max);
        for method in Method::ALL {
            for found in ahead(*method, &values, 12, 5) {
                prop_assert!((0.0..=2.0 * most).contains(&found));
            }
        }
        let forecast = forecast(&values, 12, 5);
        let supply = supply(f64::from(lead), f64::from(deviation), (f64::from(level) / 1000.0).max(0.51));
        let target = stock_target(&values, &forecast, Period::Month, supply);
        prop_assert!(target.reorder_point >= target.lead_demand);
        prop_assert_eq!(target.reorder_point, target.lead_demand + target.safety_stock);
        let (days, beside) = bound(supply.service_level, supply.lead_deviation_days, Period::Month);
        let periods = f64::from(u32::try_from(days).unwrap()) * supply.lead_days / Period::Month.days() + f64::from(u32::try_from(beside).unwrap());
        prop_assert!(target.reorder_point <= Quantity::units((most * periods).ceil() as i64 + 2));
    }

    #[test]
    fn a_surer_service_never_needs_less(values in prop::collection::vec(0_u32..50, 6..60), lead in 1_u32..60) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let forecast = forecast(&values, 12, 3);
        let at = |level: f64| stock_target(&values, &forecast, Period::Week, supply(f64::from(lead), 0.0, level)).reorder_point;
        prop_assert!(at(0.8) <= at(0.95) && at(0.95) <= at(0.99));
    }

    #[test]
    fn an_order_fills_up_and_is_a_multiple(position in -100_i64..100, reorder in 0_i64..100, cover in 0_i64..100, minimum in 0_i64..50, multiple in 0_i64..20) {
        let ordering = Ordering { minimum: Quantity::units(minimum), multiple: Quantity::units(multiple) };
        let [position, reorder, cover] = [position, reorder, cover].map(Quantity::units);
        let ordered = order_quantity(position, reorder, cover, ordering);
        if position > reorder {
            prop_assert!(ordered.is_zero());
        } else {
            prop_assert!(ordered >= ordering.minimum && position + ordered >= reorder + cover);
            prop_assert!(multiple == 0 || ordered.micro() % ordering.multiple.micro() == 0);
        }
    }
}
