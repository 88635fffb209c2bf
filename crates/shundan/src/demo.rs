//! `shundan demo`: a company to try everything with, in a data directory of its own.

use std::sync::Arc;
use std::time::Instant;

use app::App;
use app::demo::{CODE, MovableClock, PASSWORD, Standing, fill, logins, standing};
use domain::Language;
use store::query::company;
use store::{FILE, Place};
use web::DemoLogin;

use crate::args::{Demo, Global};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{outside, place, progress, serve, table};

pub async fn run(say: Say, global: &Global, typed: Demo) -> Result<(), Trouble> {
    // The address first: whoever holds it may be the server of the very data that a reset would delete.
    let listener = if typed.no_serve { None } else { Some(serve::listen(&typed.address.of()).await?) };
    let place = place::of(global, "shundan-demo");
    if typed.reset {
        reset(&place).await?;
    }
    let app = filled(say, place).await?;
    let Some(listener) = listener else { return Ok(()) };
    println!();
    let address = serve::announce(say, &app, &listener)?;
    if !address.ip().is_loopback() {
        eprintln!("{}", say.plain("demo.network"));
    }
    print_logins(say);
    println!("{}", say.plain("serve.stop"));
    let options = web::Options { demo: Some(shown), ..web::Options::new(Arc::new(outside::fill)) };
    serve::until_stopped(say, listener, app, options).await
}

/// The demo, made where it is not there, and made anew where making it was cut off.
async fn filled(say: Say, place: Place) -> Result<App, Trouble> {
    let clock = MovableClock::new(outside::clock());
    let mut app = place::open(place.clone(), clock.clock()).await?;
    match standing(&app).await? {
        Standing::Whole => {
            println!("{}", say.plain("demo.kept"));
            return Ok(app);
        }
        Standing::Broken => {
            drop(app);
            reset(&place).await?;
            app = place::open(place, clock.clock()).await?;
        }
        Standing::Absent => {}
    }
    let begun = Instant::now();
    let bar = progress::bar(&say.plain("demo.filling"));
    let hash = app::user::password::hash(PASSWORD, &outside::random());
    let made = fill(&app, &clock, &hash, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    let made = made.await?;
    bar.finish_and_clear();
    let places = [
        ("customers", made.customers.to_string()),
        ("products", made.products.to_string()),
        ("orders", made.orders.to_string()),
        ("seconds", format!("{:.1}", begun.elapsed().as_secs_f64())),
    ];
    let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
    println!("{}", say.text("demo.filled", &places));
    Ok(app)
}

/// Deletes the data of the demo, but never that of another company.
async fn reset(place: &Place) -> Result<(), Trouble> {
    let Place::Directory(folder) = place else { return Err(Trouble::of("trouble.demo_reset_postgres")) };
    let file = place::file(folder);
    if !file.exists() {
        return Ok(());
    }
    let app = place::open(place.clone(), outside::clock()).await?;
    let companies = app.store.read(|reader| company::first(reader, 100)).await?;
    drop(app);
    let others: Vec<&str> = companies.iter().map(|company| company.code.as_str()).filter(|code| *code != CODE).collect();
    if !others.is_empty() {
        return Err(Trouble::with("trouble.demo_not_alone", [("path", &folder.display()), ("codes", &others.join(", "))]));
    }
    for ending in ["", "-wal", "-shm"] {
        let path = folder.join(format!("{FILE}{ending}"));
        match std::fs::remove_file(&path) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => return Err(Trouble::file(&path, &why)),
            _ => {}
        }
    }
    Ok(())
}

fn print_logins(say: Say) {
    println!("\n{}", say.text("demo.company", &[("code", CODE)]));
    let heads = ["demo.role", "demo.name", "demo.username", "demo.password"].map(|key| say.plain(key));
    let row = |login: app::demo::Login| vec![login.role_name, login.name.to_owned(), login.username.to_owned(), login.password.to_owned()];
    let rows: Vec<Vec<String>> = logins(say.0).into_iter().map(row).collect();
    table::lines(&heads, &rows).iter().for_each(|line| println!("  {line}"));
    println!();
}

fn shown(language: Language) -> Vec<DemoLogin> {
    let shown = |login: app::demo::Login| DemoLogin {
        username: login.username.to_owned(),
        password: login.password.to_owned(),
        name: login.name.to_owned(),
        role_name: login.role_name,
    };
    logins(language).into_iter().map(shown).collect()
}
