//! `shundan company`: setting companies up.

use app::company::create::{self, NewCompany};
use app::user::create::NewUser;
use domain::Codes;
use store::query::company;

use crate::args::{Company, Global, NewCompany as Typed};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{outside, password, place, table};

pub async fn run(say: Say, global: &Global, command: Company) -> Result<(), Trouble> {
    match command {
        Company::Create(typed) => create(say, global, typed).await,
        Company::List => list(say, global).await,
    }
}

async fn create(say: Say, global: &Global, typed: Typed) -> Result<(), Trouble> {
    let app = place::open(place::of(global, "shundan"), outside::clock()).await?;
    let password = password::get(say, &typed.admin, typed.generate_password)?;
    let admin = NewUser {
        username: typed.admin.trim().to_owned(),
        name: typed.admin_name.clone().unwrap_or_else(|| typed.admin.clone()),
        email: String::new(),
        language: say.0,
        roles: Codes::parse("admin"),
        password_hash: password.hash.clone(),
    };
    let name = typed.name.trim().to_owned();
    let new = NewCompany {
        code: typed.code.clone(),
        name,
        currency: typed.currency,
        time_zone: typed.time_zone.clone(),
        rules: typed.rules.clone(),
        warehouse: say.plain("company.warehouse"),
        admin,
    };
    create::create(&app.store, new).await?;
    let data = match (&global.database, &global.data) {
        (Some(_), _) => " --database …".to_owned(),
        (None, Some(folder)) => format!(" --data {}", folder.display()),
        (None, None) => String::new(),
    };
    let places = [("name", typed.name.as_str()), ("code", &typed.code), ("username", &typed.admin), ("data", &data)];
    println!("{}", say.text("company.created", &places));
    password.show(say);
    Ok(())
}

async fn list(say: Say, global: &Global) -> Result<(), Trouble> {
    let app = place::open_existing(global).await?;
    let all = app.store.read(|reader| company::first(reader, 10_000)).await?;
    if all.is_empty() {
        println!("{}", say.plain("company.none"));
        return Ok(());
    }
    let rows: Vec<Vec<String>> = all.into_iter().map(|company| vec![company.code, company.name]).collect();
    let heads = [say.plain("company.code"), say.plain("company.name")];
    table::lines(&heads, &rows).iter().for_each(|line| println!("{line}"));
    Ok(())
}
