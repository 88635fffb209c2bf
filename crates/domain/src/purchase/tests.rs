use super::*;
use crate::actor::Actor;
use crate::id::{ProductId, PurchaseReceiptId};
use crate::quotation::Moment;
use crate::refusal::Refusal;
use crate::sample;
use crate::unit_price::UnitPrice;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn at(today: &str) -> Moment {
    Moment { now: Instant::from_micros(0), today: day(today) }
}

fn buyer() -> Actor {
    sample::actor(1, "sales_manager")
}

fn keeper() -> Actor {
    sample::actor(2, "warehouse")
}

/// An order over these quantities, sent on 2026-11-02 and to arrive on 2026-11-12, with 10 % more and 5 % less taken.
#[expect(clippy::vec_box, reason = "the moves take lines behind a pointer, as a unit of work holds them")]
fn sent(quantities: &[i64]) -> (Purchase, Vec<Box<PurchaseLine>>) {
    let purchase = Purchase {
        id: PurchaseId::from_raw(1),
        version: Version::FIRST,
        number: "CG2026000001".into(),
        status: PurchaseStatus::Sent,
        supplier_id: SupplierId::from_raw(2),
        supplier_code: "G1".into(),
        supplier_name: "供应商".into(),
        supplier_ref: String::new(),
        warehouse_id: WarehouseId::from_raw(3),
        currency: Currency::CNY,
        over_tolerance: Rate::from_bp(1_000),
        under_tolerance: Rate::from_bp(500),
        notes: String::new(),
        line_count: 0,
        total_minor: Money::ZERO,
        created_by: UserId::from_raw(1),
        created_at: Instant::from_micros(0),
        sent_by: None,
        sent_at: None,
        ordered_on: Some(day("2026-11-02")),
        confirmed_by: None,
        confirmed_at: None,
        receipt_count: 0,
        received_at: None,
        ended_by: None,
        ended_at: None,
        end_reason: String::new(),
    };
    let line = |(line_no, quantity): (i64, &i64)| {
        Box::new(PurchaseLine {
            purchase_id: purchase.id,
            line_no,
            warehouse_id: purchase.warehouse_id,
            product_id: ProductId::from_raw(line_no),
            product_code: format!("P{line_no}"),
            name: String::new(),
            spec: String::new(),
            unit: "台".into(),
            supplier_code: String::new(),
            quantity_micro: Quantity::units(*quantity),
            unit_price_micro: UnitPrice::ZERO,
            amount_minor: Money::ZERO,
            rush: false,
            asked_on: day("2026-11-12"),
            confirmed_on: None,
            received_micro: Quantity::ZERO,
            open_micro: Quantity::units(*quantity),
            cause: PurchaseCause::Stock,
            cause_id: 0,
            cause_line: 0,
            cause_number: String::new(),
            note: String::new(),
        })
    };
    let lines = (1..).zip(quantities).map(line).collect();
    (purchase, lines)
}

fn arrival(lines: &[(i64, i64)]) -> PurchaseArrival {
    let lines = lines.iter().map(|(no, micro)| (*no, Quantity::from_micro(*micro * 1000))).collect();
    PurchaseArrival { received_on: None, reference: String::new(), note: String::new(), lines }
}

fn take(purchase: &mut Purchase, lines: &mut [Box<PurchaseLine>], said: &[(i64, i64)]) -> Result<Vec<PurchaseReceipt>, Refusal> {
    purchase.receive(lines, &arrival(said), || PurchaseReceiptId::from_raw(9), &keeper(), at("2026-11-14")).map(|(receipts, _)| receipts)
}

/// PUR-01
#[test]
fn every_verb_stands_in_the_table_once() {
    for verb in PurchaseVerb::ALL {
        assert_eq!(PURCHASE_MOVES.iter().filter(|row| row.verb == *verb).count(), 1, "{verb}");
    }
}

/// PUR-01, INV-04
#[test]
fn a_line_takes_no_more_than_its_tolerance_and_is_complete_a_little_earlier() {
    let check = |steps: &[i64], fits: bool, open: i64, status: PurchaseStatus| {
        let (mut purchase, mut lines) = sent(&[100]);
        let last = steps.iter().map(|milli| take(&mut purchase, &mut lines, &[(1, *milli)]).is_ok()).last();
        assert_eq!(last, Some(fits), "{steps:?}");
        assert_eq!((lines[0].open_micro, purchase.status), (Quantity::units(open), status), "{steps:?}");
    };
    check(&[40_000], true, 60, PurchaseStatus::PartlyReceived);
    check(&[40_000, 55_000], true, 0, PurchaseStatus::Received);
    check(&[40_000, 54_000], true, 6, PurchaseStatus::PartlyReceived);
    check(&[110_000], true, 0, PurchaseStatus::Received);
    check(&[110_001], false, 100, PurchaseStatus::Sent);
    check(&[90_000, 20_000], true, 0, PurchaseStatus::Received);
    check(&[90_000, 20_001], false, 10, PurchaseStatus::PartlyReceived);
    check(&[0], false, 100, PurchaseStatus::Sent);
    // Complete is complete.
    check(&[95_000, 1_000], false, 0, PurchaseStatus::Received);
}

/// PUR-01
#[test]
fn an_order_is_received_with_its_last_line_and_measures_its_lead_time() {
    let (mut purchase, mut lines) = sent(&[10, 20]);
    let receipts = take(&mut purchase, &mut lines, &[(2, 20_000)]).unwrap();
    assert_eq!((receipts[0].lead_days, receipts[0].line_no), (12, 2));
    assert_eq!(purchase.status, PurchaseStatus::PartlyReceived);
    let wrong = take(&mut purchase, &mut lines, &[(2, 1_000), (3, 1_000), (1, 1_000), (1, 1_000)]).unwrap_err();
    let errors: Vec<(String, &str)> = wrong.fields.iter().map(|error| (error.pointer.clone(), error.code)).collect();
    assert_eq!(
        errors,
        [("/lines/0/line_no", "purchase.line_done"), ("/lines/1/line_no", "value.unknown"), ("/lines/3/line_no", "value.repeated")]
            .map(|(pointer, code)| (pointer.to_owned(), code))
    );
    take(&mut purchase, &mut lines, &[(1, 10_000)]).unwrap();
    assert_eq!((purchase.status, purchase.receipt_count), (PurchaseStatus::Received, 2));
}

/// PUR-01
#[test]
fn what_the_supplier_confirms_is_when_it_is_expected() {
    let (mut purchase, mut lines) = sent(&[10, 20]);
    let said = SupplierConfirmation { supplier_ref: "AB-7".into(), lines: vec![(2, day("2026-11-20"))] };
    purchase.confirm(&mut lines, &said, &buyer(), at("2026-11-03")).unwrap();
    let days: Vec<&str> = lines.iter().map(|line| line.confirmed_on.as_ref().unwrap().as_str()).collect();
    assert_eq!((days, purchase.status), (vec!["2026-11-12", "2026-11-20"], PurchaseStatus::Confirmed));
    let before = SupplierConfirmation { supplier_ref: String::new(), lines: vec![(1, day("2026-11-01"))] };
    let refused = purchase.confirm(&mut lines, &before, &buyer(), at("2026-11-03")).unwrap_err();
    assert_eq!(refused.fields[0].pointer, "/lines/0/confirmed_on");
}

/// PUR-01
#[test]
fn a_lead_time_has_its_mean_and_deviation() {
    let check = |days: &[i64], mean: Option<&str>, deviation: Option<&str>| {
        let times = LeadTimes {
            count: i64::try_from(days.len()).unwrap(),
            days: days.iter().sum(),
            squares: days.iter().map(|day| day * day).sum(),
        };
        let shown = |centi: Option<i64>| centi.map(LeadTimes::shown);
        assert_eq!((shown(times.mean_centi()).as_deref(), shown(times.deviation_centi()).as_deref()), (mean, deviation), "{days:?}");
    };
    check(&[], None, None);
    check(&[7], Some("7.00"), None);
    check(&[7, 7, 7], Some("7.00"), Some("0.00"));
    check(&[2, 4, 4, 4, 5, 5, 7, 9], Some("5.00"), Some("2.13"));
    check(&[1, 2, 2], Some("1.67"), Some("0.57"));
}
