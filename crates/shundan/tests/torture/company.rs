//! The company that is tortured: a few customers and products, plenty of stock, a person of each role.

use std::sync::Arc;

use serde_json::json;

use crate::person::{PASSWORD, Person, Role};
use crate::server::Site;

/// How many products there are; few, so that callers meet at them.
pub const PRODUCTS: u64 = 5;
/// How many customers there are.
pub const CUSTOMERS: u64 = 4;
/// What lies there of each product at the beginning.
pub const STOCK: i64 = 1_000_000;

/// The people by role.
#[derive(Clone)]
pub struct People(Arc<Vec<Person>>);

impl People {
    pub fn of(&self, role: Role) -> &Person {
        &self.0[role as usize]
    }

    /// Everybody signs in.
    pub async fn sign_in(site: &Site) -> Self {
        let mut all = Vec::new();
        for role in Role::ALL {
            all.push(Person::sign_in(site, role).await);
        }
        People(Arc::new(all))
    }
}

/// Sets up the company and its users by the command line. No server is needed.
pub fn found(site: &Site) {
    site.well(&["company", "create", "acme", "--name", "Acme Ltd."], PASSWORD);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        site.well(&["user", "add", role.code(), "--name", role.code(), "--role", role.code()], PASSWORD);
    }
}

/// Enters what is sold to whom; the server runs.
pub async fn stock_up(site: &Site) -> People {
    let people = People::sign_in(site).await;
    let admin = people.of(Role::Admin);
    admin.well("/warehouses", &json!({"code": "W1", "name": "Main"})).await;
    for product in 0..PRODUCTS {
        let code = format!("P{product}");
        admin.well("/products", &json!({"code": code, "name": code, "unit": "pcs", "list_price": format!("{}.99", 5 + product)})).await;
    }
    for customer in 0..CUSTOMERS {
        let code = format!("C{customer}");
        let body = json!({
            "code": code, "name": code, "grade": "B", "channel": "phone", "settlement": "monthly", "tax_inclusive": true,
            "contacts": [{"name": "Lee", "phone": "13800138000", "primary": true}],
            "addresses": [{"receiver": "Lee", "province": "Shanghai", "street": "1 Main Street", "default": true}],
        });
        admin.well("/customers", &body).await;
    }
    let lines: Vec<_> = (0..PRODUCTS).map(|product| json!({"product_id": format!("P{product}"), "quantity": STOCK.to_string()})).collect();
    people.of(Role::Warehouse).well("/stock/receive", &json!({"warehouse_id": "W1", "reference": "first", "lines": lines})).await;
    people
}
