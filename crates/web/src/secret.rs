//! Secrets on the wire: cookies and bearer tokens name their company and carry 256 random bits; only the SHA-256 of them is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::CompanyId;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::state::Web;

/// What bearer tokens begin with, so that a leaked one is recognised.
const PREFIX: &str = "shundan_";

/// A new secret of a company: `<company>.<random>`.
pub fn cookie(web: &Web, company: CompanyId) -> String {
    format!("{company}.{}", URL_SAFE_NO_PAD.encode(web.random::<32>()))
}

/// A new bearer token of a company: `shundan_<company>.<random>`.
pub fn bearer(web: &Web, company: CompanyId) -> String {
    format!("{PREFIX}{}", cookie(web, company))
}

/// A new token against forged requests.
pub fn csrf(web: &Web) -> String {
    URL_SAFE_NO_PAD.encode(web.random::<24>())
}

/// Whose the secret of a cookie is.
pub fn company_of(secret: &str) -> Option<CompanyId> {
    secret.split_once('.')?.0.parse().ok()
}

/// Whose the secret of a bearer token is.
pub fn company_of_bearer(secret: &str) -> Option<CompanyId> {
    company_of(secret.strip_prefix(PREFIX)?)
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> String {
    sha256(secret.as_bytes())
}

/// The SHA-256 of bytes in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
