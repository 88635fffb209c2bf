//! Products and their list price.

use app::product::{ListPrice, ProductInput, edit};
use domain::{Date, ProductId, UnitPrice, Version};
use store::query::list::Page;
use store::query::product::{self, Filter, SORTS};

use crate::{COMPANY, World, changed, fields, product_input, worlds};

fn price(text: &str) -> ListPrice {
    ListPrice::Set(UnitPrice::parse(text).unwrap())
}

fn today() -> Date {
    Date::parse("2026-11-21").unwrap()
}

async fn list_price(world: &World, id: ProductId) -> Option<String> {
    let found = world.read(move |reader| product::one(reader, COMPANY, id, today())).await.unwrap();
    found.list_price.map(UnitPrice::decimal)
}

async fn edited(world: &World, roles: &str, id: ProductId, version: i64, input: ProductInput) -> Result<i64, domain::Refusal> {
    let version = Some(Version::from_raw(version));
    world.run(roles, move |work, by| edit::edit(work, by, id, version, &input)).await.map(|saved| saved.version)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_product_comes_with_its_list_price_and_a_padded_barcode() {
    for world in worlds().await {
        let input = ProductInput { barcode: "6901234567892".into(), list_price: price("500"), ..product_input("P001", "A产品") };
        let id: ProductId = world.product(input).await.unwrap().id.parse().unwrap();
        assert_eq!(list_price(&world, id).await.as_deref(), Some("500.00"));
        let found = world.read(move |reader| product::one(reader, COMPANY, id, today())).await.unwrap();
        assert_eq!(found.product.barcode, "06901234567892");
        assert_eq!(world.last().await.kind, "PriceCreated");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_and_barcodes_are_unique_and_checked() {
    for world in worlds().await {
        world.product(ProductInput { barcode: "6901234567892".into(), ..product_input("P001", "A") }).await.unwrap();
        let again = ProductInput { barcode: "06901234567892".into(), list_price: price("-1"), ..product_input("P001", "B") };
        let refusal = world.product(again).await.unwrap_err();
        assert_eq!(fields(&refusal), [("/code", "value.taken"), ("/barcode", "value.taken"), ("/list_price", "value.negative")]);
        let typo = ProductInput { barcode: "6901234567890".into(), unit: String::new(), ..product_input("P002", "B") };
        assert_eq!(fields(&world.product(typo).await.unwrap_err()), [("/unit", "value.required"), ("/barcode", "gtin.check_digit")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_price_is_kept_changed_and_cleared_with_the_product() {
    for world in worlds().await {
        let input = ProductInput { list_price: price("500"), ..product_input("P001", "A") };
        let id: ProductId = world.product(input.clone()).await.unwrap().id.parse().unwrap();
        let keep = ProductInput { list_price: ListPrice::Keep, name: "A产品".into(), ..input.clone() };
        assert_eq!(edited(&world, "admin", id, 1, keep.clone()).await, Ok(2));
        assert_eq!(changed(&world.last().await), ["name"]);
        let dearer = ProductInput { list_price: price("520.5"), ..keep.clone() };
        assert_eq!(edited(&world, "admin", id, 2, dearer.clone()).await, Ok(3));
        let event = world.last().await;
        assert_eq!((event.kind.as_str(), changed(&event)), ("PriceEdited", vec!["unit_price".to_owned()]));
        assert_eq!(edited(&world, "admin", id, 3, dearer).await, Ok(3), "the same again changes nothing");
        assert_eq!(list_price(&world, id).await.as_deref(), Some("520.50"));
        let none = ProductInput { list_price: ListPrice::Clear, ..keep };
        assert_eq!(edited(&world, "admin", id, 3, none).await, Ok(4));
        assert_eq!(list_price(&world, id).await, None);
        assert_eq!(world.last().await.kind, "PriceDeleted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_edit_products_may_not() {
    for world in worlds().await {
        let input = product_input("P001", "A");
        let id: ProductId = world.product(input.clone()).await.unwrap().id.parse().unwrap();
        assert_eq!(edited(&world, "sales_rep", id, 1, input.clone()).await.unwrap_err().code, "denied");
        assert_eq!(edited(&world, "admin", id, 2, input).await.unwrap_err().code, "stale");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_references_are_answered_in_their_order() {
    for world in worlds().await {
        let a = world.product(product_input("P001", "A")).await.unwrap();
        let b = world.product(product_input("6901234567892", "B")).await.unwrap();
        let references = vec!["P001".to_owned(), a.id.clone(), "none".into(), "6901234567892".into(), b.id.clone()];
        let found = world.run("admin", move |work, _| {
            let found = app::product::by_id_or_code(work, &references)?;
            Ok(found.into_iter().map(|product| product.map(|product| product.id.to_string())).collect::<Vec<_>>())
        });
        let (a, b) = (Some(a.id), Some(b.id));
        assert_eq!(found.await.unwrap(), [a.clone(), a, None, b.clone(), b]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_prices_and_is_searched_by_barcode_too() {
    for world in worlds().await {
        let input = ProductInput { barcode: "6901234567892".into(), list_price: price("5"), ..product_input("P2", "螺丝") };
        world.product(input).await.unwrap();
        world.product(product_input("P1", "螺母")).await.unwrap();
        let list = async |q: &str| {
            let filter = Filter { q: Some(q.into()), ..Filter::default() };
            let page = Page { sort: SORTS[0], descending: false, after: None, limit: 50 };
            let found = world.read(move |reader| product::list(reader, COMPANY, &filter, today(), &page)).await;
            found.rows.into_iter().map(|row| (row.product.code, row.list_price.map(UnitPrice::decimal))).collect::<Vec<_>>()
        };
        let (first, second) = (("P1".to_owned(), None), ("P2".to_owned(), Some("5.00".to_owned())));
        assert_eq!(list("luo").await, [first, second.clone()]);
        assert_eq!(list("69012345").await, [second]);
    }
}
