//! The customer file.

use app::customer::{CustomerInput, activate, deactivate, edit};
use domain::{Currency, CustomerAccount, CustomerContact, CustomerId, Event, Money, Version};
use store::query::customer::{self, Filter, SORTS};
use store::query::list::Page;

use crate::{COMPANY, World, changed, customer_input, fields, worlds};

fn contact(name: &str, phone: &str) -> CustomerContact {
    let (customer_id, position) = (CustomerId::NONE, 0);
    CustomerContact { customer_id, position, name: name.into(), job: String::new(), phone: phone.into(), email: String::new(), main: false }
}

async fn file(world: &World, id: CustomerId) -> customer::File {
    world.read(move |reader| customer::one(reader, COMPANY, id)).await.unwrap()
}

async fn edited(world: &World, id: CustomerId, version: i64, input: CustomerInput) -> Result<i64, domain::Refusal> {
    let version = Some(Version::from_raw(version));
    world.run("sales_manager", move |work, by| edit::edit(work, by, id, version, &input)).await.map(|saved| saved.version)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_customer_has_people_addresses_and_an_account() {
    for world in worlds().await {
        let input = CustomerInput {
            credit_code: " 91330100799655058b ".into(),
            credit_limit: Some(Money::from_minor(10_000_000)),
            owner: Some("zhang".into()),
            contacts: vec![contact("李华", "13800138000"), contact("王芳", "")],
            ..customer_input("CUST001", "明华印务有限公司")
        };
        let saved = world.customer(input).await.unwrap();
        let file = file(&world, saved.id.parse().unwrap()).await;
        assert_eq!(file.customer.credit_code, "91330100799655058B");
        assert_eq!(file.owner_name.as_deref(), Some("张三"));
        assert_eq!(file.account.limit_minor, Money::from_minor(10_000_000));
        let people: Vec<_> = file.contacts.iter().map(|contact| (contact.position, contact.name.as_str())).collect();
        assert_eq!(people, [(1, "李华"), (2, "王芳")]);
        let event = world.last().await;
        assert_eq!((event.kind.as_str(), event.subject_number.as_str()), ("CustomerCreated", "CUST001"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_told_at_its_field() {
    for world in worlds().await {
        world.customer(customer_input("CUST001", "甲")).await.unwrap();
        let input = CustomerInput {
            credit_code: "91330100799655085B".into(),
            credit_limit: Some(Money::from_minor(-1)),
            owner: Some("nobody".into()),
            contacts: vec![contact("李华", "123")],
            ..customer_input("CUST001", "")
        };
        let refusal = world.customer(input).await.unwrap_err();
        let expected = [
            ("/owner_id", "value.unknown"),
            ("/name", "value.required"),
            ("/credit_code", "credit_code.check_digit"),
            ("/contacts/0/phone", "value.not_a_phone"),
            ("/credit_limit", "value.negative"),
            ("/code", "value.taken"),
        ];
        assert_eq!(fields(&refusal), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_writes_lists_as_wholes_and_tells_each_field_that_changed() {
    for world in worlds().await {
        let before = CustomerInput {
            contacts: vec![contact("李华", "13800138000"), contact("王芳", ""), contact("赵六", "")],
            ..customer_input("C1", "甲")
        };
        let id: CustomerId = world.customer(before.clone()).await.unwrap().id.parse().unwrap();
        let after = CustomerInput {
            name: "甲公司".into(),
            credit_limit: Some(Money::from_minor(500_000)),
            owner: Some("zhang".into()),
            contacts: vec![contact("李华", "13900139000"), contact("王芳", "")],
            ..before
        };
        assert_eq!(edited(&world, id, 1, after.clone()).await, Ok(2));
        let event = world.last().await;
        assert_eq!(changed(&event), ["name", "owner_id", "credit_limit", "contacts/1/phone", "contacts/3"]);
        assert_eq!(event.facts()["changes"][3]["before"], "13800138000");
        let file = file(&world, id).await;
        assert_eq!((file.contacts.len(), file.account.limit_minor), (2, Money::from_minor(500_000)));

        assert_eq!(edited(&world, id, 2, after.clone()).await, Ok(2), "the same again changes nothing");
        let no_limit = CustomerInput { credit_limit: None, ..after };
        assert_eq!(edited(&world, id, 2, no_limit).await, Ok(3));
        let account = world.read(move |reader| reader.get::<CustomerAccount>(COMPANY, id)).await.unwrap();
        assert_eq!(account.limit(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_decided_on_an_older_version_is_refused() {
    for world in worlds().await {
        let input = customer_input("C1", "甲");
        let id: CustomerId = world.customer(input.clone()).await.unwrap().id.parse().unwrap();
        let renamed = CustomerInput { name: "乙".into(), ..input.clone() };
        assert_eq!(edited(&world, id, 1, renamed).await, Ok(2));
        assert_eq!(edited(&world, id, 1, input).await.unwrap_err().code, "stale");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_currency_stays_while_amounts_are_counted_in_it() {
    for world in worlds().await {
        let input = customer_input("C1", "甲");
        let id: CustomerId = world.customer(input.clone()).await.unwrap().id.parse().unwrap();
        world.run("admin", move |work, _| work.count::<CustomerAccount>(id, &[0, 100, 0, 0], false)).await.unwrap();
        let dollars = CustomerInput { currency: Currency::parse("USD").unwrap(), ..input };
        let refusal = edited(&world, id, 1, dollars).await.unwrap_err();
        assert_eq!(fields(&refusal), [("/currency", "customer.currency_in_use")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_switched_off_once_and_on_again() {
    for world in worlds().await {
        let id: CustomerId = world.customer(customer_input("C1", "甲")).await.unwrap().id.parse().unwrap();
        world.run("admin", move |work, by| deactivate::deactivate(work, by, id, None)).await.unwrap();
        let again = world.run("admin", move |work, by| deactivate::deactivate(work, by, id, None)).await;
        assert_eq!(again.unwrap_err().code, "customer.already_inactive");
        let saved = world.run("admin", move |work, by| activate::activate(work, by, id, Some(Version::from_raw(2)))).await.unwrap();
        assert_eq!(saved.version, 3);
        let denied = world.run("warehouse", move |work, by| activate::activate(work, by, id, None)).await;
        assert_eq!(denied.unwrap_err().code, "denied");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_found_by_code_or_id_even_where_its_code_looks_like_an_id() {
    for world in worlds().await {
        let saved = world.customer(customer_input("6901234567892", "甲")).await.unwrap();
        let id: CustomerId = saved.id.parse().unwrap();
        for reference in [saved.id.clone(), " 6901234567892 ".into()] {
            let by_work = reference.clone();
            let found =
                world.run("admin", move |work, _| Ok(app::customer::by_id_or_code(work, &by_work)?.map(|customer| customer.id))).await;
            assert_eq!(found.unwrap(), Some(id));
            assert_eq!(world.read(move |reader| customer::id_of(reader, COMPANY, &reference)).await, Some(id));
        }
        let none = world.run("admin", |work, _| Ok(app::customer::by_id_or_code(work, "0000000000001")?.is_none())).await;
        assert!(none.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_filtered_sorted_searched_and_paged() {
    for world in worlds().await {
        for (code, name) in [("C2", "明华印务"), ("C1", "新雅包装"), ("C3", "100%纯棉"), ("C10", "明日科技")] {
            world.customer(customer_input(code, name)).await.unwrap();
        }
        let list = async |q: &str, sort: usize, descending: bool, limit: i64| {
            let filter = Filter { q: Some(q.into()), ..Filter::default() };
            let page = Page { sort: SORTS[sort], descending, after: None, limit };
            world.read(move |reader| customer::list(reader, COMPANY, &filter, &page)).await
        };
        let codes = |found: &[customer::File]| found.iter().map(|file| file.customer.code.clone()).collect::<Vec<_>>();
        assert_eq!(codes(&list("", 0, false, 50).await.rows), ["C1", "C10", "C2", "C3"]);
        assert_eq!(codes(&list("", 2, true, 50).await.rows), ["C10", "C3", "C1", "C2"]);
        for q in ["明华", "MingHua", "mhyw", "ｍｈ", "C2"] {
            assert_eq!(codes(&list(q, 0, false, 50).await.rows), ["C2"], "{q}");
        }
        assert_eq!(codes(&list("0%", 0, false, 50).await.rows), ["C3"], "a wildcard is taken as it is");
        assert_eq!(codes(&list("明", 1, true, 50).await.rows), ["C10", "C2"]);
        let first = list("", 0, false, 3).await;
        assert_eq!(codes(&first.rows), ["C1", "C10", "C2"]);
        let page = Page { sort: SORTS[0], descending: false, after: first.next, limit: 3 };
        let second = world.read(move |reader| customer::list(reader, COMPANY, &Filter::default(), &page)).await;
        assert_eq!((codes(&second.rows), second.next), (vec!["C3".to_owned()], None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_field_shows_codes_that_begin_so_before_names() {
    for world in worlds().await {
        for (code, name) in [("A1", "C1 系列代理"), ("C1", "新雅包装"), ("C12", "明日科技")] {
            world.customer(customer_input(code, name)).await.unwrap();
        }
        let found = world.read(|reader| customer::search(reader, COMPANY, "c1", 8)).await;
        let codes: Vec<_> = found.iter().map(|customer| customer.code.as_str()).collect();
        assert_eq!(codes, ["C1", "C12", "A1"]);
        assert_eq!(world.read(|reader| customer::search(reader, COMPANY, "c1", 1)).await.len(), 1);
        assert_eq!(world.read(|reader| customer::search(reader, COMPANY, " ", 8)).await.len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_take_the_same_code_at_once_one_is_told_so() {
    for world in worlds().await {
        let both = tokio::join!(world.customer(customer_input("C1", "甲")), world.customer(customer_input("C1", "乙")));
        let mut codes = [
            both.0.map(|_| "made").unwrap_or_else(|refusal| refusal.fields[0].code),
            both.1.map(|_| "made").unwrap_or_else(|r| r.fields[0].code),
        ];
        codes.sort_unstable();
        assert_eq!(codes, ["made", "value.taken"]);
        let events: Vec<Event> = world.read(|reader| store::query::event::behind(reader, COMPANY, 0, 10)).await;
        assert_eq!(events.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_servers_that_take_the_same_code_at_once_one_says_so() {
    for world in worlds().await {
        // Both are in this process, so that only their clocks keep their ids apart.
        let later = domain::Instant::from_micros(crate::NOW.micros() + 60_000_000);
        let store = store::Store::open(world.app.store.place().clone(), std::sync::Arc::new(move || later)).await.unwrap();
        let other = World { app: app::App::new(store), _keep: None };
        for round in 0..10 {
            let code = format!("C{round}");
            let both = tokio::join!(world.customer(customer_input(&code, "甲")), other.customer(customer_input(&code, "乙")));
            let refusals: Vec<_> = [both.0, both.1].into_iter().filter_map(Result::err).collect();
            assert_eq!(refusals.iter().map(fields).collect::<Vec<_>>(), [[("/code", "value.taken")]], "round {round}");
        }
    }
}
