//! `shundan user`: people, passwords and roles, for whoever runs the machine; also the way back in when a password is lost.

use app::App;
use app::user::create::NewUser;
use app::user::edit::UserEdit;
use app::user::{activate, create, edit, set_password};
use domain::{Actor, Codes, Role, User, UserId};
use store::Reader;
use store::query::company::Named;
use store::query::list::Page;
use store::query::user as query;

use crate::args::{Global, NewUser as Typed, OfCompany, OneUser, Roles, SetPassword, User as Command};
use crate::texts::Say;
use crate::trouble::Trouble;
use crate::{operator, password, place, table};

/// The company and who acts in it.
struct At {
    app: App,
    company: Named,
    by: Actor,
}

async fn at(say: Say, global: &Global, of: &OfCompany) -> Result<At, Trouble> {
    let app = place::open_existing(global).await?;
    let company = place::company(&app, of).await?;
    let by = operator::actor(company.id, say.0);
    Ok(At { app, company, by })
}

impl At {
    async fn read<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Reader<'_>, domain::CompanyId) -> Result<T, store::Fault> + Send + 'static,
    ) -> Result<T, Trouble> {
        let company = self.company.id;
        Ok(self.app.store.read(move |reader| act(reader, company)).await?)
    }

    async fn user(&self, username: &str) -> Result<User, Trouble> {
        let name = username.to_owned();
        let found = self.read(move |reader, company| query::by_username(reader, company, &name)).await?;
        found.ok_or_else(|| Trouble::with("trouble.unknown_user", [("company", &self.company.code), ("username", &username)]))
    }

    async fn roles(&self) -> Result<Vec<Role>, Trouble> {
        let mut roles = self.read(|reader, company| reader.all::<Role>(company, "", &[])).await?;
        roles.sort_by(|a, b| (!a.built_in, &a.code).cmp(&(!b.built_in, &b.code)));
        Ok(roles)
    }

    /// The codes of roles that were typed, all known.
    async fn codes(&self, typed: &[String]) -> Result<Codes, Trouble> {
        let known = self.roles().await?;
        let is_known = |code: &str| known.iter().any(|role| role.code == code);
        let unknown: Vec<&str> = typed.iter().map(String::as_str).filter(|code| !is_known(code)).collect();
        if unknown.is_empty() {
            return Ok(typed.iter().map(String::as_str).collect());
        }
        let known: Vec<&str> = known.iter().map(|role| role.code.as_str()).collect();
        Err(Trouble::with("trouble.unknown_roles", [("roles", &unknown.join(", ")), ("known", &known.join(", "))]))
    }
}

pub async fn run(say: Say, global: &Global, command: Command) -> Result<(), Trouble> {
    match command {
        Command::Add(typed) => add(say, global, typed).await,
        Command::List(of) => list(say, global, &of).await,
        Command::SetPassword(typed) => replace_password(say, global, typed).await,
        Command::Roles(typed) => roles(say, global, typed).await,
        Command::Deactivate(typed) => turn(say, global, typed, false).await,
        Command::Activate(typed) => turn(say, global, typed, true).await,
    }
}

async fn add(say: Say, global: &Global, typed: Typed) -> Result<(), Trouble> {
    let at = at(say, global, &typed.of).await?;
    let roles = at.codes(&typed.roles).await?;
    let password = password::get(say, &typed.username, typed.generate_password)?;
    let new = NewUser {
        username: typed.username.trim().to_owned(),
        name: typed.name.trim().to_owned(),
        email: String::new(),
        language: typed.user_language.unwrap_or(say.0),
        roles: roles.clone(),
        password_hash: password.hash.clone(),
    };
    at.app.command(&at.by, None, move |work, by| create::create(work, by, &new)).await?;
    println!("{}", say.text("user.added", &[("username", &typed.username), ("name", &typed.name), ("roles", roles.as_str())]));
    password.show(say);
    Ok(())
}

async fn list(say: Say, global: &Global, of: &OfCompany) -> Result<(), Trouble> {
    let at = at(say, global, of).await?;
    let page = Page { sort: query::SORTS[0], descending: false, after: None, limit: 10_000 };
    let found = at.read(move |reader, company| query::list(reader, company, &query::Filter::default(), &page)).await?;
    let company = at.read(store::query::company::one).await?;
    let zone = company.map(|company| company.time_zone).unwrap_or_default();
    let yes_no = |yes: bool| say.plain(if yes { "user.yes" } else { "user.no" });
    let row = |seen: query::Seen| {
        let last = seen.last_seen_at.and_then(|at| at.shown_in(&zone)).unwrap_or_else(|| say.plain("user.never"));
        let user = seen.user;
        vec![user.username, user.name, user.roles.as_str().to_owned(), user.language.as_str().to_owned(), yes_no(user.active), last]
    };
    let rows: Vec<Vec<String>> = found.rows.into_iter().map(row).collect();
    let heads = ["user.username", "user.name", "user.roles", "user.language", "user.active", "user.seen"].map(|key| say.plain(key));
    table::lines(&heads, &rows).iter().for_each(|line| println!("{line}"));
    Ok(())
}

async fn replace_password(say: Say, global: &Global, typed: SetPassword) -> Result<(), Trouble> {
    let at = at(say, global, &typed.of).await?;
    let user = at.user(&typed.username).await?;
    let password = password::get(say, &typed.username, typed.generate_password)?;
    let hash = password.hash.clone();
    at.app.command(&at.by, None, move |work, by| set_password::set_password(work, by, user.id, &hash)).await?;
    println!("{}", say.text("user.password_set", &[("username", &typed.username)]));
    password.show(say);
    Ok(())
}

async fn roles(say: Say, global: &Global, typed: Roles) -> Result<(), Trouble> {
    let at = at(say, global, &typed.of).await?;
    let Some(username) = &typed.username else { return all_roles(say, &at).await };
    let user = at.user(username).await?;
    if typed.set.is_empty() {
        println!("{}", say.text("user.roles_set", &[("username", username), ("roles", user.roles.as_str())]));
        return Ok(());
    }
    let roles = at.codes(&typed.set).await?;
    let change =
        UserEdit { id: user.id, version: Some(user.version), name: user.name, email: None, language: user.language, roles: roles.clone() };
    at.app.command(&at.by, None, move |work, by| edit::edit(work, by, &change)).await?;
    println!("{}", say.text("user.roles_set", &[("username", username), ("roles", roles.as_str())]));
    Ok(())
}

async fn all_roles(say: Say, at: &At) -> Result<(), Trouble> {
    let roles = at.roles().await?;
    let rows: Vec<Vec<String>> =
        roles.iter().map(|role| vec![role.code.clone(), role.name(say.0).to_owned(), role.permissions.len().to_string()]).collect();
    let heads = ["user.role", "user.name", "user.permissions"].map(|key| say.plain(key));
    table::lines(&heads, &rows).iter().for_each(|line| println!("{line}"));
    Ok(())
}

async fn turn(say: Say, global: &Global, typed: OneUser, on: bool) -> Result<(), Trouble> {
    let at = at(say, global, &typed.of).await?;
    let id: UserId = at.user(&typed.username).await?.id;
    let done = if on {
        at.app.command(&at.by, None, move |work, by| activate::activate(work, by, id)).await
    } else {
        at.app.command(&at.by, None, move |work, by| activate::deactivate(work, by, id)).await
    };
    done?;
    let key = if on { "user.activated" } else { "user.deactivated" };
    println!("{}", say.text(key, &[("username", &typed.username)]));
    Ok(())
}
