//! `shundan demo`: a company to try everything with, in a data directory of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use app::App;
use app::demo::{CODE, MovableClock, PASSWORD, Standing, fill, logins, portal_logins, standing};
use app::mail_settings::edit::edit;
use domain::Language;
use domain::notify::{MAIL, MailSecurity, MailSettings};
use store::query::company;
use store::{FILE, Place};
use tokio::net::TcpListener;
use web::DemoLogin;
use web::mail_sink::{self, Inbox};

use crate::args::{Demo, Global};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{operator, outside, place, progress, serve, table};

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
    catch_letters(say, &app, address).await?;
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

/// Where letters of the demo go and are shown, where these ports are free.
const LETTERS: (u16, u16) = (1025, 8025);

/// From where the demo writes.
const FROM: &str = "shundan@example.com";

/// Takes the letters that the demo sends and shows them on a page of their own, unless an administrator has set another mail server.
async fn catch_letters(say: Say, app: &App, site: SocketAddr) -> Result<(), Trouble> {
    let Some(company) = app.store.read(|reader| company::by_code(reader, CODE)).await? else { return Ok(()) };
    let id = company.id;
    let before = app.store.read(move |reader| reader.get::<MailSettings>(id, MAIL)).await?;
    let own = |mail: &MailSettings| mail.from_address == FROM && mail.host == "127.0.0.1" && mail.username.is_empty();
    if before.as_ref().is_some_and(|mail| !own(mail)) {
        return Ok(());
    }
    let (letters, page) = (listen_near(LETTERS.0).await?, listen_near(LETTERS.1).await?);
    let system = |why: std::io::Error| Trouble::with("trouble.system", [("why", &why)]);
    let (port, shown) = (letters.local_addr().map_err(system)?.port(), page.local_addr().map_err(system)?);
    let inbox = Inbox::default();
    tokio::spawn(mail_sink::serve(letters, inbox.clone()));
    tokio::spawn(mail_sink::show(page, inbox));
    let wanted = MailSettings {
        active: true,
        host: "127.0.0.1".to_owned(),
        port: port.into(),
        security: MailSecurity::None,
        from_address: FROM.to_owned(),
        from_name: company.name.clone(),
        site_url: format!("http://{site}"),
        ..MailSettings::unset()
    };
    let version = before.map(|mail| mail.version);
    app.command(&operator::actor(id, say.0), None, move |work, by| {
        edit(work, by, version.or(Some(MailSettings::unset().version)), &wanted, None)
    })
    .await?;
    println!("{}", say.text("demo.letters", &[("page", &format!("http://{shown}"))]));
    Ok(())
}

/// A port of this machine: this one, or where it is taken, any.
async fn listen_near(port: u16) -> Result<TcpListener, Trouble> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Ok(listener) => Ok(listener),
        Err(_) => serve::listen("127.0.0.1:0").await,
    }
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
    let rows: Vec<Vec<String>> = logins(say.0).into_iter().chain(portal_logins(say.0)).map(row).collect();
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
