//! Warehouses.

use app::warehouse::{WarehouseInput, edit};
use domain::{Version, WarehouseId};

use crate::{changed, fields, worlds};

#[tokio::test(flavor = "multi_thread")]
async fn the_oldest_active_warehouse_is_the_usual_one() {
    for world in worlds().await {
        let usual = async || {
            let code = world.run("admin", |work, _| Ok(app::warehouse::default(work)?.map(|warehouse| warehouse.code.clone())));
            code.await.unwrap()
        };
        assert_eq!(usual().await, None);
        let (first, _) = (world.warehouse("W2").await, world.warehouse("W1").await);
        assert_eq!(usual().await.as_deref(), Some("W2"));
        let id: WarehouseId = first.id.parse().unwrap();
        let closed =
            WarehouseInput { code: "W2".into(), name: "W2 仓".into(), address: String::new(), active: false, also_from: Vec::new() };
        let version = Some(Version::FIRST);
        let saved = world.run("warehouse", move |work, by| edit::edit(work, by, id, version, &closed)).await.unwrap();
        assert_eq!((saved.version, changed(&world.last().await)), (2, vec!["active".to_owned()]));
        assert_eq!(usual().await.as_deref(), Some("W1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_taken_once() {
    for world in worlds().await {
        world.warehouse("W1").await;
        let input = WarehouseInput { code: "W1".into(), name: String::new(), address: String::new(), active: true, also_from: Vec::new() };
        let refusal = world.run("admin", move |work, by| app::warehouse::create::create(work, by, &input)).await.unwrap_err();
        assert_eq!(fields(&refusal), [("/name", "value.required"), ("/code", "value.taken")]);
    }
}
