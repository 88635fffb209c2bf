//! Hashing and checking passwords: slow on purpose, so off the async threads and only a few at the same time.

use app::user::password;

use crate::error::Error;
use crate::state::Web;

/// The hash of a new password.
///
/// # Errors
/// 500 where the thread broke.
pub async fn hash(web: &Web, password: String) -> Result<String, Error> {
    let salt = web.random::<16>();
    off_thread(web, move || password::hash(&password, &salt)).await
}

/// Whether the password is the one that was hashed; without a hash it takes as long and is wrong.
///
/// # Errors
/// 500 where the thread broke.
pub async fn is_right(web: &Web, password: String, hash: Option<String>) -> Result<bool, Error> {
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
