//! The same over HTTP: a few screens, as a browser asks for them.

use std::time::Instant;

use app::App;
use app::company::create::founder;
use domain::Actor;

use super::Measured;
use super::ground::Ground;
use crate::bench::client::Client;
use crate::bench::generate::USERNAME;
use crate::bench::masters::token;
use crate::bench::report::cpu;
use crate::bench::server::Server;
use crate::trouble::Trouble;

/// The screens, in the order of the report.
pub const NAMES: [&str; 8] = [
    "http list",
    "http list, to_ship by required date",
    "http list of a customer",
    "http search in the list",
    "http order page",
    "http counts of views",
    "http my work",
    "http dashboard",
];

/// Calls of each, and of those that are not counted.
const CALLS: usize = 100;
const WARM: usize = 5;

fn path(name: &str, ground: &Ground, call: usize) -> String {
    match name {
        "http list" => "/orders?limit=50".to_owned(),
        "http list, to_ship by required date" => "/orders?view=to_ship&sort=required_on&limit=50".to_owned(),
        "http list of a customer" => format!("/orders?customer={}&limit=50", ground.customer(call).code),
        "http search in the list" => "/orders?q=minghua&limit=50".to_owned(),
        "http order page" => format!("/orders/{}", ground.order(call).id),
        "http counts of views" => "/orders/counts".to_owned(),
        "http my work" => "/my-work".to_owned(),
        _ => "/dashboard".to_owned(),
    }
}

/// Measures all of them.
pub async fn all(app: &App, ground: &Ground, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(&'static str, Measured)>, Trouble> {
    let company = ground.company;
    let user = app.store.read(move |reader| store::query::user::by_username(reader, company, USERNAME)).await?;
    let by = Actor { user_id: user.map(|user| user.id).unwrap_or_default(), ..founder(company) };
    let token = token(&app.store, &by, "bench read").await?;
    let server = Server::start(app).await?;
    let mut client = Client::new(server.address, &token).await?;
    let mut all = Vec::new();
    for name in NAMES.into_iter().filter(|name| wanted(name)) {
        let mut latencies = Vec::new();
        let (mut begun, mut used) = (Instant::now(), cpu());
        for call in 0..WARM + CALLS {
            if call == WARM {
                (begun, used) = (Instant::now(), cpu());
            }
            let began = Instant::now();
            client.get(&path(name, ground, call)).await?;
            if call >= WARM {
                latencies.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            if call > WARM && begun.elapsed().as_secs() > 3 {
                break;
            }
        }
        latencies.sort_unstable();
        let count = latencies.len() as u64;
        all.push((name, Measured { count, took: begun.elapsed(), cpu: cpu().saturating_sub(used), latencies }));
    }
    drop(client);
    server.stop().await;
    Ok(all)
}
