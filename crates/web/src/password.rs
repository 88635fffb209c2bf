//! Hashing and checking passwords: slow on purpose, so off the async threads and only a few at the same time.

use app::user::password;

use domain::FieldRule;

use crate::error::Error;
use crate::fields::Fields;
use crate::state::Web;

/// Characters of a password at the most: more is no password, but work for us.
const MAX: usize = 200;

/// Says what is wrong with a new password of this user.
pub fn check(fields: &mut Fields, pointer: &str, username: &str, password: &str) {
    if password.chars().count() > MAX {
        fields.wrong(pointer, FieldRule::TooLong { max: i64::try_from(MAX).unwrap_or(i64::MAX) });
    }
    fields.all(domain::check_password(username, password, pointer));
}

/// The hash of a new password.
///
/// # Errors
/// 500 where the thread broke.
pub async fn hash(web: &Web, password: String) -> Result<String, Error> {
    let salt = web.random::<16>();
    off_thread(web, move || password::hash(&password, &salt)).await
}

/// Whether the password is the one that was hashed; without a hash, and for what is too long to be a password, it takes as long and is wrong.
///
/// # Errors
/// 500 where the thread broke.
pub async fn is_right(web: &Web, password: String, hash: Option<String>) -> Result<bool, Error> {
    let (password, hash) = if password.len() <= MAX * 4 { (password, hash) } else { (String::new(), None) };
    off_thread(web, move || match hash {
        Some(hash) => password::is_right(&password, &hash),
        None => {
            password::is_right(&password, password::of_nobody());
            false
        }
    })
    .await
}

async fn off_thread<T: Send + 'static>(web: &Web, act: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _place = web.hashing.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(act).await.map_err(Error::internal)
}
