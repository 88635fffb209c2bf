//! Signing what goes to webhooks, exactly as Standard Webhooks 1.0 says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Instant;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::state::Web;

/// What secrets begin with.
const PREFIX: &str = "whsec_";

/// A new secret of 256 random bits.
pub(crate) fn new_secret(web: &Web) -> String {
    format!("{PREFIX}{}", STANDARD.encode(web.random::<32>()))
}

/// HMAC-SHA256 in base64.
pub(super) fn hmac(key: &[u8], message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(message);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The signature of a message: `v1,` and the HMAC of `id.timestamp.body` under the bytes behind `whsec_`.
///
/// Source: Standard Webhooks 1.0, API-02
pub(super) fn signature(secret: &str, id: &str, timestamp: i64, body: &str) -> String {
    let encoded = secret.strip_prefix(PREFIX).unwrap_or(secret);
    let key = STANDARD.decode(encoded).unwrap_or_else(|_| encoded.as_bytes().to_vec());
    format!("v1,{}", hmac(&key, format!("{id}.{timestamp}.{body}").as_bytes()))
}

/// The headers of a message: a signature for each secret that holds now.
pub(super) fn headers(id: &str, now: Instant, body: &str, secrets: &[String]) -> Vec<(&'static str, String)> {
    let timestamp = now.micros() / 1_000_000;
    let signatures: Vec<String> = secrets.iter().map(|secret| signature(secret, id, timestamp, body)).collect();
    vec![("webhook-id", id.to_owned()), ("webhook-timestamp", timestamp.to_string()), ("webhook-signature", signatures.join(" "))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_has_its_signature() {
        let signed =
            signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn each_secret_signs() {
        let secrets = ["whsec_YQ==".to_owned(), "whsec_Yg==".to_owned()];
        let headers = headers("m1", Instant::from_micros(5_000_000), "{}", &secrets);
        let wanted = secrets.each_ref().map(|secret| signature(secret, "m1", 5, "{}")).join(" ");
        assert_eq!(headers[2], ("webhook-signature", wanted));
    }
}
