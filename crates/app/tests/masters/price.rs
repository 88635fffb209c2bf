//! The price book.

use app::price::{Book, PriceInput, create, delete, edit};
use app::saved::Saved;
use domain::{Buyer, Currency, CustomerId, Date, PriceSource, ProductId, Quantity, Refusal, Selector, UnitPrice, Version};
use store::query::list::Page;
use store::query::price::{self, Filter, SORTS};

use crate::{COMPANY, World, changed, customer_input, fields, product_input, worlds};

fn input(customer: Option<&str>, min_quantity: &str, unit_price: &str) -> PriceInput {
    PriceInput {
        product: "P001".into(),
        customer: customer.map(str::to_owned),
        grade: Selector::Any,
        category: Selector::Any,
        channel: Selector::Any,
        currency: None,
        min_quantity: Quantity::parse(min_quantity).unwrap(),
        unit: None,
        unit_price: UnitPrice::parse(unit_price).unwrap(),
        valid_from: None,
        valid_to: None,
    }
}

async fn created(world: &World, input: PriceInput) -> Result<Saved, Refusal> {
    world.run("sales_manager", move |work, by| create::create(work, by, &input)).await
}

async fn book(world: &World) -> (ProductId, CustomerId) {
    let product = world.product(product_input("P001", "A产品")).await.unwrap();
    let customer = world.customer(customer_input("CUST001", "明华印务")).await.unwrap();
    for (customer, min_quantity, unit_price) in [(None, "0", "500"), (None, "100", "480"), (Some("CUST001"), "0", "490")] {
        created(world, input(customer, min_quantity, unit_price)).await.unwrap();
    }
    (product.id.parse().unwrap(), customer.id.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_price_is_found_with_the_rule_that_gave_it() {
    for world in worlds().await {
        let (product, customer) = book(&world).await;
        let found = async |customer: CustomerId, quantity: i64, day: &str| {
            let day = Date::parse(day).unwrap();
            let found = world.run("admin", move |work, _| {
                let found = Book::of(work, Buyer { customer, ..Buyer::anybody(Currency::CNY) })?.find(
                    work,
                    product,
                    Quantity::units(quantity),
                    day,
                )?;
                Ok(found.map(|found| (found.unit_price.decimal(), found.rule.source == PriceSource::Customer)))
            });
            found.await.unwrap()
        };
        assert_eq!(found(CustomerId::NONE, 1, "2026-11-21").await, Some(("500.00".into(), false)));
        assert_eq!(found(CustomerId::NONE, 100, "2026-11-21").await, Some(("480.00".into(), false)));
        assert_eq!(found(customer, 100, "2026-11-21").await, Some(("490.00".into(), true)));
        assert_eq!(found(customer, 1, "2026-11-20").await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_in_the_book_once() {
    for world in worlds().await {
        book(&world).await;
        assert_eq!(created(&world, input(None, "100", "470")).await.unwrap_err().code, "price.same_step");
        created(&world, PriceInput { valid_from: Some(Date::parse("2027-01-01").unwrap()), ..input(None, "100", "470") }).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_entry_is_told_at_its_field() {
    for world in worlds().await {
        book(&world).await;
        let unknown = PriceInput { product: "P9".into(), ..input(Some("C9"), "0", "1") };
        assert_eq!(
            fields(&created(&world, unknown).await.unwrap_err()),
            [("/product_id", "value.unknown"), ("/customer_id", "value.unknown")]
        );
        let wrong = PriceInput { valid_to: Some(Date::parse("2026-11-20").unwrap()), ..input(None, "0", "-1") };
        assert_eq!(fields(&created(&world, wrong).await.unwrap_err()), [("/unit_price", "value.negative"), ("/valid_to", "date.before")]);
        let unit = PriceInput { unit: Some("t".into()), ..input(None, "0", "1") };
        assert_eq!(fields(&created(&world, unit).await.unwrap_err()), [("/min_quantity", "value.wrong_unit")]);
        let denied = world.run("sales_rep", |work, by| create::create(work, by, &input(None, "7", "1"))).await;
        assert_eq!(denied.unwrap_err().code, "denied");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_changed_and_taken_out_under_its_version() {
    for world in worlds().await {
        book(&world).await;
        let saved = created(&world, input(None, "1000", "450")).await.unwrap();
        let id: domain::PriceId = saved.id.parse().unwrap();
        let first = Some(Version::FIRST);
        let cheaper = input(Some("CUST001"), "1000", "440");
        let edited = world.run("admin", move |work, by| edit::edit(work, by, id, first, &cheaper)).await.unwrap();
        assert_eq!(edited.version, 2);
        assert_eq!(changed(&world.last().await), ["customer", "unit_price"]);
        let stale = world.run("admin", move |work, by| delete::delete(work, by, id, first)).await;
        assert_eq!(stale.unwrap_err().code, "stale");
        world.run("admin", move |work, by| delete::delete(work, by, id, Some(Version::from_raw(2)))).await.unwrap();
        let gone = world.run("admin", move |work, by| delete::delete(work, by, id, None)).await;
        assert_eq!(gone.unwrap_err().code, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_book_is_listed_by_product_then_customer_then_quantity() {
    for world in worlds().await {
        let (product, customer) = book(&world).await;
        let list = async |filter: Filter, limit: i64| {
            let page = Page { sort: SORTS[0], descending: false, after: None, limit };
            world.read(move |reader| price::list(reader, COMPANY, &filter, &page)).await
        };
        let prices = |found: &[price::Listed]| found.iter().map(|row| row.price.unit_price_micro.decimal()).collect::<Vec<_>>();
        let all = list(Filter { product: Some(product), ..Filter::default() }, 50).await;
        assert_eq!(prices(&all.rows), ["500.00", "480.00", "490.00"]);
        assert_eq!(all.rows[2].customer, Some(("CUST001".into(), "明华印务".into())));
        let of_one = list(Filter { customer: Some(customer), ..Filter::default() }, 50).await;
        assert_eq!(prices(&of_one.rows), ["490.00"]);
        let of_all = list(Filter { customer: Some(CustomerId::NONE), q: Some("acp".into()), ..Filter::default() }, 1).await;
        assert_eq!(prices(&of_all.rows), ["500.00"]);
        let page = Page { sort: SORTS[0], descending: false, after: of_all.next, limit: 1 };
        let rest = world.read(move |reader| price::list(reader, COMPANY, &Filter::default(), &page)).await;
        assert_eq!(prices(&rest.rows), ["480.00"]);
    }
}
