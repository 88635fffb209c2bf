//! Stock and its ledger.

use app::stock::adjust::{Count, adjust};
use app::stock::receive::{Receipt, ReceiptLine, Received, receive};
use app::stock::{Movement, available, post};
use domain::{MovementKind, ProductId, Quantity, Refusal, Stock, WarehouseId};
use store::query::list::Page;
use store::query::stock::{self, Filter, MOVEMENT_SORTS, MovementFilter, SORTS};

use crate::{COMPANY, World, fields, product_input, worlds};

fn line(product: &str, quantity: i64) -> ReceiptLine {
    ReceiptLine::of(product, Quantity::units(quantity))
}

async fn received(world: &World, lines: Vec<ReceiptLine>) -> Result<Received, Refusal> {
    let receipt = Receipt { warehouse: "W1".into(), reference: "RK-001".into(), note: String::new(), lines };
    world.run("warehouse", move |work, by| receive(work, by, &receipt)).await
}

async fn place(world: &World) -> (ProductId, WarehouseId) {
    let product = world.product(product_input("P001", "A产品")).await.unwrap();
    world.product(product_input("P002", "B产品")).await.unwrap();
    let house = world.warehouse("W1").await;
    (product.id.parse().unwrap(), house.id.parse().unwrap())
}

fn reservation(product_id: ProductId, warehouse_id: WarehouseId, units: i64) -> Movement<'static> {
    Movement {
        product_id,
        warehouse_id,
        kind: MovementKind::Reserve,
        on_hand_delta: Quantity::ZERO,
        reserved_delta: Quantity::units(units),
        spot: domain::Spot::PLAIN,
        unit_cost: None,
        cause_kind: "order",
        cause_id: 1,
        note: "",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_many_lines_is_counted_and_written_into_the_ledger() {
    for world in worlds().await {
        let (product, house) = place(&world).await;
        let got = received(&world, vec![line("P001", 60), line("P002", 5), line("P001", 40)]).await.unwrap();
        assert_eq!((got.lines, got.reference.as_str()), (3, "RK-001"));
        let stock = world.read(move |reader| reader.get::<Stock>(COMPANY, (product, house))).await.unwrap();
        assert_eq!(stock.on_hand_micro, Quantity::units(100));
        let page = Page { sort: MOVEMENT_SORTS[0], descending: true, after: None, limit: 2 };
        let filter = MovementFilter { q: Some("acp".into()), product: Some(product), warehouse: None, lot: None };
        let moved = world.read(move |reader| stock::movements(reader, COMPANY, &filter, &page)).await;
        let deltas: Vec<_> = moved.rows.iter().map(|row| (row.movement.on_hand_delta_micro.decimal(), row.cause_number.as_str())).collect();
        assert_eq!(deltas, [("40".to_owned(), "RK-001"), ("60".to_owned(), "RK-001")]);
        assert_eq!((moved.rows[0].by_name.as_str(), moved.next), ("张三", None));
        assert_eq!(world.last().await.kind, "StockReceived");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_with_one_wrong_line_takes_nothing_in() {
    for world in worlds().await {
        let (product, house) = place(&world).await;
        let wrong_unit = ReceiptLine { unit: Some("t".into()), ..line("P002", 1) };
        let refusal = received(&world, vec![line("P001", 60), line("P9", 0), wrong_unit]).await.unwrap_err();
        let expected = [
            ("/lines/1/quantity", "value.not_positive"),
            ("/lines/1/product_id", "value.unknown"),
            ("/lines/2/quantity", "value.wrong_unit"),
        ];
        assert_eq!(fields(&refusal), expected);
        assert_eq!(fields(&received(&world, Vec::new()).await.unwrap_err()), [("/lines", "value.required")]);
        assert_eq!(world.read(move |reader| reader.get::<Stock>(COMPANY, (product, house))).await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_there_is_is_never_reserved() {
    for world in worlds().await {
        let (product, house) = place(&world).await;
        let try_reserve = async |units| {
            let posted = world.run("admin", move |work, by| {
                let movement = reservation(product, house, units);
                Ok((post(work, by, &movement)?, available(work, product, house)?.decimal()))
            });
            posted.await.unwrap()
        };
        assert_eq!(try_reserve(1).await, (false, "0".into()), "nothing has ever been there");
        received(&world, vec![line("P001", 10)]).await.unwrap();
        assert_eq!(try_reserve(7).await, (true, "3".into()));
        assert_eq!(try_reserve(4).await, (false, "3".into()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_corrects_the_books_but_not_below_what_is_reserved() {
    for world in worlds().await {
        let (product, house) = place(&world).await;
        received(&world, vec![line("P001", 10)]).await.unwrap();
        world.run("admin", move |work, by| post(work, by, &reservation(product, house, 4))).await.unwrap();
        let count = async |counted: i64, reason: &str| {
            let count = Count {
                warehouse: "W1".into(),
                product: "P001".into(),
                spot: app::stock::SaidSpot::default(),
                counted: Quantity::units(counted),
                unit: None,
                reason: reason.into(),
            };
            world.run("warehouse", move |work, by| adjust(work, by, &count)).await
        };
        let after = count(8, "盘亏").await.unwrap();
        assert_eq!((after.on_hand_micro, after.reserved_micro), (8_000_000, 4_000_000));
        let event = world.last().await;
        assert_eq!((event.kind.as_str(), event.reason.as_str()), ("StockAdjusted", "盘亏"));
        let refusal = count(3, "盘亏").await.unwrap_err();
        assert_eq!(refusal.code, "stock.below_reserved");
        assert!(refusal.details.iter().any(|(name, value)| *name == "reserved" && value.shown(domain::Language::En) == "4 台"));
        assert_eq!(count(8, "盘点").await.unwrap_err().code, "stock.unchanged");
        assert_eq!(fields(&count(9, " ").await.unwrap_err()), [("/reason", "value.required")]);
        let sum = world.read(|reader| {
            let text = "SELECT CAST(sum(on_hand_delta_micro) AS BIGINT) FROM stock_movements WHERE company_id = ?1";
            reader.int(text, &[COMPANY.raw().into()])
        });
        assert_eq!(sum.await, 8_000_000, "the ledger is what the counters say");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_listed_by_product_and_warehouse() {
    for world in worlds().await {
        let (product, house) = place(&world).await;
        world.warehouse("W2").await;
        received(&world, vec![line("P002", 5), line("P001", 10)]).await.unwrap();
        world.run("admin", move |work, by| post(work, by, &reservation(product, house, 10))).await.unwrap();
        let list = async |filter: Filter| {
            let page = Page { sort: SORTS[0], descending: false, after: None, limit: 50 };
            let found = world.read(move |reader| stock::list(reader, COMPANY, &filter, &page)).await;
            found.rows.into_iter().map(|row| (row.product_code, row.stock.available().decimal())).collect::<Vec<_>>()
        };
        assert_eq!(list(Filter::default()).await, [("P001".to_owned(), "0".to_owned()), ("P002".into(), "5".into())]);
        assert_eq!(list(Filter { low: true, warehouse: Some(house), ..Filter::default() }).await, [("P001".to_owned(), "0".to_owned())]);
        assert_eq!(list(Filter { q: Some("bcp".into()), ..Filter::default() }).await, [("P002".to_owned(), "5".to_owned())]);
        let there = world.read(move |reader| store::query::product::availability(reader, COMPANY, product)).await;
        let there: Vec<_> = there.iter().map(|(house, stock)| (house.code.as_str(), stock.on_hand_micro)).collect();
        assert_eq!(there, [("W1", Quantity::units(10)), ("W2", Quantity::ZERO)]);
    }
}
