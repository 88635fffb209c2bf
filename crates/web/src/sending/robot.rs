//! The robots of group chats: each takes a text in its own form, and tells of failures in its answer's body.

use app::notify::send::Failed;
use domain::Instant;
use domain::notify::{Robot, RobotProvider};
use serde_json::{Value, json};

use super::http::{Answer, Caller};
use super::sign::hmac;

/// Letters of a text: no robot takes more than 2,048 bytes in every case.
const LETTERS: usize = 600;

/// Sends a text to the group; what was answered.
///
/// # Errors
/// What the other side, or the way to it, said.
pub(crate) async fn send(caller: &Caller, robot: &Robot, text: &str, now: Instant) -> Result<String, Failed> {
    let text: String = text.chars().take(LETTERS).collect();
    let (url, body) = request(robot, &text, now);
    let answer = caller.post(&url, &[], body.to_string()).await?;
    if taken(robot.provider, &answer) { Ok(answer.shown()) } else { Err(Failed::because(answer.shown())) }
}

/// Address and body, signed as each provider documents it.
fn request(robot: &Robot, text: &str, now: Instant) -> (String, Value) {
    let signs = !robot.secret.is_empty();
    let url = robot.url.clone();
    match robot.provider {
        RobotProvider::Dingtalk => {
            let body = json!({"msgtype": "text", "text": {"content": text}});
            if !signs {
                return (url, body);
            }
            let timestamp = now.micros() / 1000;
            let sign = hmac(robot.secret.as_bytes(), format!("{timestamp}\n{}", robot.secret).as_bytes());
            let joint = if url.contains('?') { '&' } else { '?' };
            (format!("{url}{joint}timestamp={timestamp}&sign={}", in_query(&sign)), body)
        }
        RobotProvider::Feishu => {
            let mut body = json!({"msg_type": "text", "content": {"text": text}});
            if signs {
                let timestamp = now.micros() / 1_000_000;
                body["timestamp"] = timestamp.to_string().into();
                body["sign"] = hmac(format!("{timestamp}\n{}", robot.secret).as_bytes(), b"").into();
            }
            (url, body)
        }
        RobotProvider::Wecom => (url, json!({"msgtype": "text", "text": {"content": text}})),
        RobotProvider::Generic => (url, json!({"text": text})),
    }
}

/// Base64 as it stands in a query.
fn in_query(base64: &str) -> String {
    base64.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// Whether an answer says that the text was taken: an error in a body with status 200 is one.
fn taken(provider: RobotProvider, answer: &Answer) -> bool {
    let body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    let zero = |name: &str| body[name].as_i64() == Some(0);
    (200..300).contains(&answer.status)
        && match provider {
            RobotProvider::Dingtalk | RobotProvider::Wecom => zero("errcode"),
            RobotProvider::Feishu => zero("code") || zero("StatusCode"),
            RobotProvider::Generic => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robot(provider: RobotProvider, secret: &str) -> Robot {
        Robot {
            id: domain::RobotId::from_raw(1),
            version: domain::Version::FIRST,
            name: "群".into(),
            provider,
            url: "https://x/robot?token=1".into(),
            secret: secret.into(),
            kinds: domain::Codes::default(),
            language: domain::Language::ZhCn,
            active: true,
            created_at: Instant::from_micros(0),
        }
    }

    #[test]
    fn each_takes_its_own_form() {
        let now = Instant::from_micros(1_600_000_000_123_000);
        let (url, body) = request(&robot(RobotProvider::Dingtalk, "SEC"), "你好", now);
        let sign = in_query(&hmac(b"SEC", b"1600000000123\nSEC"));
        assert_eq!(url, format!("https://x/robot?token=1&timestamp=1600000000123&sign={sign}"));
        assert_eq!(body["text"]["content"], "你好");
        let (_, body) = request(&robot(RobotProvider::Feishu, "SEC"), "你好", now);
        assert_eq!((&body["timestamp"], &body["sign"]), (&json!("1600000000"), &json!(hmac(b"1600000000\nSEC", b""))));
        let (url, body) = request(&robot(RobotProvider::Wecom, ""), "你好", now);
        assert_eq!((url.as_str(), &body["msgtype"]), ("https://x/robot?token=1", &json!("text")));
        assert_eq!(request(&robot(RobotProvider::Generic, ""), "hi", now).1, json!({"text": "hi"}));
    }

    #[test]
    fn an_error_in_a_good_answer_is_one() {
        let answer = |status, text: &str| Answer { status, text: text.into() };
        assert!(taken(RobotProvider::Dingtalk, &answer(200, r#"{"errcode":0,"errmsg":"ok"}"#)));
        assert!(!taken(RobotProvider::Dingtalk, &answer(200, r#"{"errcode":310000,"errmsg":"sign not match"}"#)));
        assert!(!taken(RobotProvider::Wecom, &answer(200, "")));
        assert!(taken(RobotProvider::Feishu, &answer(200, r#"{"StatusCode":0,"code":0}"#)));
        assert!(!taken(RobotProvider::Feishu, &answer(200, r#"{"code":19021,"msg":"sign match fail"}"#)));
        assert!(taken(RobotProvider::Generic, &answer(204, "")) && !taken(RobotProvider::Generic, &answer(500, "")));
    }
}
