//! The person at the machine: whoever can read the data directory may set up companies and users, and is named in the audit trail.

use app::App;
use domain::{Act, Actor, CompanyId, Language, Role, User, permissions_of};
use store::query::company::Named;

use crate::outside;
use crate::trouble::Trouble;

/// The operator, acting in a company by the command line; named with the account on the machine.
pub fn actor(company_id: CompanyId, language: Language) -> Actor {
    let founder = app::company::create::founder(company_id);
    Actor { name: format!("{} {}", founder.name, outside::operator()), language, ..founder }
}

/// Who acts, and their username: the user that was named with what they may do, or the first administrator with the operator's own
/// permissions, since papers must be somebody's.
///
/// # Errors
/// No such user; nobody who may edit users.
pub async fn in_name_of(app: &App, company: &Named, username: Option<&str>, language: Language) -> Result<(Actor, String), Trouble> {
    let id = company.id;
    let read = app.store.read(move |reader| Ok((reader.all::<User>(id, "", &[])?, reader.all::<Role>(id, "", &[])?)));
    let (mut users, roles) = read.await?;
    users.sort_by_key(|user| user.id);
    let theirs = |user: &User| permissions_of(roles.iter().filter(|role| user.roles.contains(&role.code)));
    let operator = actor(id, language);
    let (user, permissions) = match username {
        Some(username) => {
            let user = users.iter().find(|user| user.username == username && user.active);
            let unknown = || Trouble::with("trouble.unknown_user", [("company", &company.code), ("username", &username)]);
            let user = user.ok_or_else(unknown)?;
            (user, theirs(user))
        }
        None => {
            let admin = users.iter().find(|user| user.active && theirs(user).contains(Act::EditUser.as_str()));
            (admin.ok_or_else(|| Trouble::of("trouble.no_admin"))?, operator.permissions.clone())
        }
    };
    let by = Actor { user_id: user.id, name: user.name.clone(), roles: user.roles.clone(), permissions, ..operator };
    Ok((by, user.username.clone()))
}
