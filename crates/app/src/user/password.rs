//! Hashing passwords: argon2id with 19 MiB, two passes, one lane (the least that OWASP names). Slow on purpose: never on an async thread.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are in their ranges");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password in PHC form; the salt is random.
pub fn hash(password: &str, salt: &[u8; 16]) -> String {
    let hash = hasher().hash_password_with_salt(password.as_bytes(), salt);
    hash.expect("the salt is long enough").to_string()
}

/// Whether the password is the one that was hashed.
pub fn is_right(password: &str, hash: &str) -> bool {
    PasswordVerifier::<str>::verify_password(&hasher(), password.as_bytes(), hash).is_ok()
}

/// A hash that no password has, so that looking for an unknown user takes as long as for a known one.
pub fn of_nobody() -> &'static str {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| hash("nobody has this password", &[7; 16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_is_right() {
        let hash = hash("correct horse battery", &[1; 16]);
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_right("correct horse battery", &hash));
        assert!(!is_right("correct horse batterz", &hash));
        assert!(!is_right("", of_nobody()) && !is_right("x", "no hash"));
    }
}
