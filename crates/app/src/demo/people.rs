//! The people of the demo: at least one of each role.

use std::collections::BTreeMap;

use domain::{Actor, Codes, CompanyId, Language, Role, User, default_roles, permissions_of, text};
use store::Failure;
use store::rows::UsersByActive;

use super::{LANGUAGE, PASSWORD};
use crate::App;
use crate::company::create::founder;
use crate::portal_user;
use crate::portal_user::create::NewPortalUser;
use crate::user::create::{NewUser, create};

/// The administrator, who was there first.
pub const ADMIN: &str = "admin";

/// Username, name, role; of each role the first is the one whose login is shown.
const PEOPLE: &[(&str, &str, &str)] = &[
    (ADMIN, "顾安", "admin"),
    ("sales", "李娜", "sales_rep"),
    ("wangqiang", "王强", "sales_rep"),
    ("chenchen", "陈晨", "sales_rep"),
    ("manager", "周敏", "sales_manager"),
    ("service", "赵倩", "customer_service"),
    ("sunli", "孙丽", "customer_service"),
    ("finance", "吴芳", "finance"),
    ("warehouse", "郑浩", "warehouse"),
    ("aftersales", "冯雪", "after_sales"),
    ("auditor", "何清", "auditor"),
    ("liuwei", "刘伟", "after_sales"),
    ("majun", "马军", "after_sales"),
];

/// A login to try the demo with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// Typed at sign-in.
    pub username: &'static str,
    /// Typed at sign-in.
    pub password: &'static str,
    /// Who they are.
    pub name: &'static str,
    /// What they do, in the language asked for.
    pub role_name: String,
}

/// One login of each role.
pub fn logins(language: Language) -> Vec<Login> {
    let roles = default_roles();
    let first_of = |role: &Role| PEOPLE.iter().find(|(_, _, code)| *code == role.code);
    let login = |role: &Role| {
        let (username, name, _) = first_of(role)?;
        Some(Login { username, password: PASSWORD, name, role_name: role.name(language).to_owned() })
    };
    roles.iter().filter_map(login).collect()
}

/// The customers whose purchasers may sign in at the portal, and the purchasers: username, name. The second is an agent's.
const GUESTS: [(&str, &str, &str); 2] = [("C1001", "mingyin", "刘建国"), (super::agent::AGENT, "jinhe", "黄丽华")];

/// The logins at the portal.
pub fn portal_logins(language: Language) -> Vec<Login> {
    let role = |customer: &str| {
        let code = if customer == super::agent::AGENT { "permission_group.agent" } else { "permission_group.portal_user" };
        text(language, code, &[])
    };
    let login = |(customer, username, name): (&str, &'static str, &'static str)| Login {
        username,
        password: PASSWORD,
        name,
        role_name: role(customer),
    };
    GUESTS.into_iter().map(login).collect()
}

/// Lets the purchasers in at the portal.
pub async fn invite(app: &App, staff: &Staff, hash: &str) -> Result<(), Failure> {
    for (customer, username, name) in GUESTS {
        let new = NewPortalUser {
            customer: customer.to_owned(),
            username: username.to_owned(),
            name: name.to_owned(),
            email: format!("{username}@example.com"),
            language: Some(LANGUAGE),
            password_hash: hash.to_owned(),
            must_change: false,
        };
        app.command(staff.by("sales"), None, move |work, by| portal_user::create::create(work, by, &new)).await?;
    }
    Ok(())
}

fn user(person: &(&str, &str, &str), hash: &str) -> NewUser {
    let (username, name, role) = *person;
    let roles = Codes::parse(role);
    NewUser {
        username: username.to_owned(),
        name: name.to_owned(),
        email: format!("{username}@example.com"),
        language: LANGUAGE,
        roles,
        password_hash: hash.to_owned(),
    }
}

/// The administrator the company is founded with.
pub fn first(hash: &str) -> NewUser {
    user(&PEOPLE[0], hash)
}

/// Everybody, ready to act.
pub struct Staff {
    company: CompanyId,
    actors: BTreeMap<String, Actor>,
}

impl Staff {
    /// Makes the users of the company.
    pub async fn hire(app: &App, company: CompanyId, hash: &str) -> Result<Self, Failure> {
        let by = founder(company);
        for person in &PEOPLE[1..] {
            let new = user(person, hash);
            app.command(&by, None, move |work, by| create(work, by, &new)).await?;
        }
        let users = app.store.write(company, |work| {
            let users = work.of::<UsersByActive>(true)?;
            Ok(users.iter().map(|user| (**user).clone()).collect::<Vec<User>>())
        });
        let users = users.await?;
        Ok(Staff { company, actors: users.iter().map(|user| (user.username.clone(), actor(company, user))).collect() })
    }

    /// Where they work.
    pub fn company(&self) -> CompanyId {
        self.company
    }

    /// Somebody by username.
    ///
    /// # Panics
    /// Where nobody has it.
    pub fn by(&self, username: &str) -> &Actor {
        &self.actors[username]
    }
}

fn actor(company_id: CompanyId, user: &User) -> Actor {
    let roles = default_roles();
    let theirs = roles.iter().filter(|role| user.roles.contains(&role.code));
    // A stable address for each, as in an office.
    let address = format!("192.168.10.{}", 20 + PEOPLE.iter().position(|person| person.0 == user.username).unwrap_or_default());
    Actor {
        user_id: user.id,
        name: user.name.clone(),
        roles: user.roles.clone(),
        permissions: permissions_of(theirs),
        language: user.language,
        channel: "web".to_owned(),
        address,
        company_id,
        customer_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_login() {
        assert_eq!(logins(Language::ZhCn).len(), default_roles().len());
        assert_eq!(logins(Language::En)[0].role_name, "Administrator");
    }
}
