use super::*;
use crate::calendar::{Calendar, HourSpan, WorkCalendar};
use crate::id::ProductId;
use crate::names::Names;
use crate::quantity::Quantity;
use crate::unit_price::UnitPrice;

fn supplied() -> SupplierProduct {
    SupplierProduct {
        supplier_id: SupplierId::from_raw(1),
        product_id: ProductId::from_raw(2),
        supplier_code: String::new(),
        unit_price_micro: UnitPrice::from_micro(10_000_000),
        minimum_micro: Quantity::ZERO,
        multiple_micro: Quantity::ZERO,
        lead_days: None,
        rush_lead_days: Some(2),
        rush_rate: Rate::ZERO,
        rush_amount_micro: UnitPrice::ZERO,
        preferred: false,
    }
}

/// PUR-01
#[test]
fn what_is_ordered_covers_the_need_in_whole_lots() {
    let check = |needed: i64, minimum: i64, multiple: i64, ordered: i64| {
        let one = SupplierProduct { minimum_micro: Quantity::units(minimum), multiple_micro: Quantity::units(multiple), ..supplied() };
        assert_eq!(one.order_quantity(Quantity::units(needed)), Quantity::units(ordered), "{needed} {minimum} {multiple}");
    };
    check(7, 0, 0, 7);
    check(7, 10, 0, 10);
    check(7, 0, 5, 10);
    check(10, 0, 5, 10);
    check(11, 12, 5, 15);
    check(21, 12, 5, 25);
    check(0, 0, 5, 0);
}

/// PUR-01
#[test]
fn a_rush_order_costs_its_surcharge_exactly() {
    let check = |price: i64, rate: i64, amount: i64, rushed: i64| {
        let one = SupplierProduct {
            unit_price_micro: UnitPrice::from_micro(price),
            rush_rate: Rate::from_bp(rate),
            rush_amount_micro: UnitPrice::from_micro(amount),
            ..supplied()
        };
        assert_eq!(one.price(true), Some(UnitPrice::from_micro(rushed)));
        assert_eq!(one.price(false), Some(UnitPrice::from_micro(price)));
    };
    check(10_000_000, 1_500, 0, 11_500_000);
    check(10_000_000, 0, 250_000, 10_250_000);
    check(33, 5_000, 0, 50);
    check(10_000_000, 0, 0, 10_000_000);
    let dear = SupplierProduct { unit_price_micro: UnitPrice::MAX, rush_rate: Rate::WHOLE, ..supplied() };
    assert_eq!(dear.price(true), None);
}

/// PUR-01
#[test]
fn goods_arrive_on_a_day_of_the_calendar() {
    let mut hours = WorkCalendar::workdays("Asia/Shanghai", &[HourSpan::parse("09:00-18:00").unwrap()]);
    hours.holidays.insert(Date::of(2026, 11, 30).unwrap());
    let names = Names { zh_cn: "收货".into(), zh_tw: "收貨".into(), en: "Receipt".into() };
    let calendar = Calendar::new("receipt", names, &hours);
    // 2026-11-21 is a Saturday; the Monday after next is a holiday.
    let check = |days: i64, with: Option<&Calendar>, arrives: &str| {
        let day = Date::of(2026, 11, 21).unwrap();
        assert_eq!(Supplier::arrival(day, days, with).as_str(), arrives, "{days}");
    };
    check(0, None, "2026-11-21");
    check(0, Some(&calendar), "2026-11-23");
    check(3, Some(&calendar), "2026-11-24");
    check(7, Some(&calendar), "2026-12-01");
    check(8, None, "2026-11-29");
}
