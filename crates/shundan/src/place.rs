//! Where the data is, and opening it.

use std::path::{Path, PathBuf};

use app::App;
use store::query::company::{self, Named};
use store::{Clock, FILE, Place, Store};

use crate::args::{Global, OfCompany};
use crate::outside;
use crate::trouble::Trouble;

/// What was asked for, or the usual data directory; `name` is that of its last part.
pub fn of(global: &Global, name: &str) -> Place {
    match (&global.database, &global.data) {
        (Some(url), _) => Place::Postgres(url.clone()),
        (None, Some(folder)) => Place::Directory(folder.clone()),
        (None, None) => Place::Directory(outside::data_folder(name)),
    }
}

/// A place as it is shown: a URL without its password.
pub fn shown(place: &Place) -> String {
    match place {
        Place::Directory(folder) => folder.display().to_string(),
        Place::Postgres(url) => without_password(url),
    }
}

/// `postgres://user:secret@host/db` without the secret.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "postgres".to_owned() };
    let Some((who, where_to)) = rest.rsplit_once('@') else { return url.to_owned() };
    let user = who.split_once(':').map_or(who, |(user, _)| user);
    format!("{scheme}://{user}@{where_to}")
}

/// Opens a place, making it where it is not there yet.
pub async fn open(place: Place, clock: Clock) -> Result<App, Trouble> {
    if let Place::Postgres(url) = &place
        && !(url.starts_with("postgres://") || url.starts_with("postgresql://"))
    {
        return Err(Trouble::of("trouble.database_url"));
    }
    Ok(App::new(Store::open(place, clock).await?))
}

/// Opens the data of these options, which must be there already.
pub async fn open_existing(global: &Global) -> Result<App, Trouble> {
    let place = of(global, "shundan");
    if let Place::Directory(folder) = &place {
        must_be_there(folder)?;
    }
    open(place, outside::clock()).await
}

/// Refuses a directory without a database, rather than make an empty one there.
pub fn must_be_there(folder: &Path) -> Result<(), Trouble> {
    if folder.join(FILE).exists() { Ok(()) } else { Err(Trouble::with("trouble.no_data", [("path", &folder.display())])) }
}

/// The file of an embedded database.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// The company of these options; without one the only company there is.
pub async fn company(app: &App, of: &OfCompany) -> Result<Named, Trouble> {
    let all = app.store.read(|reader| company::first(reader, 1000)).await?;
    let codes = all.iter().map(|company| company.code.as_str()).collect::<Vec<_>>().join(", ");
    match (&of.company, all.len()) {
        (_, 0) => Err(Trouble::of("trouble.no_company")),
        (None, 1) => Ok(all.into_iter().next().expect("there is one")),
        (None, _) => Err(Trouble::with("trouble.which_company", [("codes", &codes)])),
        (Some(code), _) => {
            let code = code.clone();
            let unknown = Trouble::with("trouble.unknown_company", [("code", &code), ("codes", &codes)]);
            app.store.read(move |reader| company::by_code(reader, &code)).await?.ok_or(unknown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let check = |url: &str, expected: &str| assert_eq!(without_password(url), expected);
        check("postgres://shundan:se:cr@et@db:5432/books", "postgres://shundan@db:5432/books");
        check("postgres://db/books", "postgres://db/books");
        check("host=db password=x", "postgres");
    }
}
