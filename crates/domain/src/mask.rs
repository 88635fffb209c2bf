//! Phones and e-mails of people, as they are shown to who has no need of them (PTY-05).
//!
//! A masked value tells enough to recognize a number one knows, and not enough to reach anybody. What is masked never comes back as a value:
//! [`is_masked`] finds it in what is sent.

use serde_json::Value;

/// Stands for what is not shown of a phone.
const HIDDEN: &str = "****";

/// Stands for what is not shown of an e-mail, and of a text that is neither.
const GONE: &str = "***";

/// What phones look like inside of texts: `d` is a digit, `m` the second digit of a mobile, `-` a hyphen or a space, everything else itself.
const SHAPES: [&str; 9] = [
    "1mddddddddd",
    "1md-dddd-dddd",
    "861mddddddddd",
    "0dd-dddddddd",
    "0ddd-dddddddd",
    "0ddd-ddddddd",
    "09dddddddd",
    "09dd-ddd-ddd",
    "09dd-dddddd",
];

/// A phone, masked: `13812345678` is `138****5678`. Of short numbers less is left.
pub fn masked_phone(phone: &str) -> String {
    let phone = phone.trim();
    let signs: Vec<char> = phone.chars().collect();
    if !phone.chars().any(|sign| sign.is_ascii_digit()) || is_masked(phone) {
        return phone.to_owned();
    }
    let (begin, end) = match signs.len() {
        11.. => (3, 4),
        7..=10 => (2, 2),
        _ => return HIDDEN.to_owned(),
    };
    let part = |signs: &[char]| signs.iter().collect::<String>();
    format!("{}{HIDDEN}{}", part(&signs[..begin]), part(&signs[signs.len() - end..]))
}

/// An e-mail, masked: `zhang@example.com` is `z***@example.com`.
pub fn masked_email(email: &str) -> String {
    let email = email.trim();
    match email.split_once('@') {
        None if email.is_empty() => String::new(),
        None => GONE.to_owned(),
        Some((name, host)) => format!("{}{GONE}@{host}", name.chars().take(1).collect::<String>()),
    }
}

/// A text with every phone and e-mail in it masked. A text of nothing but digits is a figure and stays.
pub fn masked_text(text: &str) -> String {
    if text.chars().all(|sign| sign.is_ascii_digit()) {
        return text.to_owned();
    }
    masked_phones(&masked_emails(text))
}

fn masked_phones(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let begins = at == 0 || !(is_of_a_word(signs[at - 1]) || signs[at - 1] == '.' && at > 1 && signs[at - 2].is_ascii_digit());
        let found = SHAPES.iter().filter(|_| begins).filter_map(|shape| fits(&signs[at..], shape)).max();
        match found {
            Some(length) => {
                left.push_str(&masked_phone(&signs[at..at + length].iter().collect::<String>()));
                at += length;
            }
            None => {
                left.push(signs[at]);
                at += 1;
            }
        }
    }
    left
}

/// How long the phone of this shape is that stands here.
fn fits(signs: &[char], shape: &str) -> Option<usize> {
    let length = shape.len();
    let one = |(sign, wanted): (&char, u8)| match wanted {
        b'd' => sign.is_ascii_digit(),
        b'm' => ('3'..='9').contains(sign),
        b'-' => matches!(sign, '-' | ' '),
        other => *sign == char::from(other),
    };
    let ends = match (signs.get(length), signs.get(length + 1)) {
        (Some('.'), Some(next)) => !next.is_ascii_digit(),
        (Some(next), _) => !is_of_a_word(*next),
        (None, _) => true,
    };
    (signs.len() >= length && ends && signs.iter().zip(shape.bytes()).all(one)).then_some(length)
}

fn is_of_a_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '*'
}

fn masked_emails(text: &str) -> String {
    let of_name = |sign: char| sign.is_ascii_alphanumeric() || "._%+-*".contains(sign);
    let of_host = |sign: char| sign.is_ascii_alphanumeric() || ".-".contains(sign);
    let (mut left, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('@') {
        let name = rest[..at].rfind(|sign| !of_name(sign)).map_or(0, |last| last + rest[last..].chars().next().map_or(1, char::len_utf8));
        let behind = &rest[at + 1..];
        let host = behind.find(|sign| !of_host(sign)).unwrap_or(behind.len());
        if name < at && behind[..host].contains('.') {
            left.push_str(&rest[..name]);
            left.push_str(&masked_email(&rest[name..at + 1 + host]));
            rest = &behind[host..];
        } else {
            left.push_str(&rest[..=at]);
            rest = behind;
        }
    }
    left.push_str(rest);
    left
}

/// Whether there is something in a text that was masked.
pub fn is_masked(text: &str) -> bool {
    let phone = |(at, _): (usize, &str)| {
        let next = text[at + HIDDEN.len()..].chars().next();
        text[..at].ends_with(|sign: char| sign.is_ascii_digit()) && next.is_some_and(|next| next.is_ascii_digit())
    };
    text.trim() == HIDDEN || text.match_indices(HIDDEN).any(phone) || text.contains("***@")
}

/// What a member of an answer, or a column of a list, says by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Phone,
    Email,
    /// Name and phone of a contact that came or went.
    Person,
    Other,
}

fn says(name: &str) -> Says {
    if name.strip_prefix("contacts/").is_some_and(|row| !row.contains('/')) {
        return Says::Person;
    }
    let name = name.rsplit('/').next().unwrap_or(name);
    match name.rsplit('_').next() {
        Some("phone" | "mobile") => Says::Phone,
        Some("email") => Says::Email,
        _ => Says::Other,
    }
}

/// The value of a member or a column of this name, masked.
pub fn masked_as(name: &str, text: &str) -> String {
    match says(name) {
        Says::Phone => masked_phone(text),
        Says::Email => masked_email(text),
        Says::Person => masked_words(text),
        Says::Other => masked_text(text),
    }
}

/// A text of a few words, those with the digits of a phone masked.
fn masked_words(text: &str) -> String {
    let is_phone = |word: &str| word.chars().filter(char::is_ascii_digit).count() >= 5;
    let one = |word: &str| if is_phone(word) { masked_phone(word) } else { word.to_owned() };
    masked_emails(&masked_phones(text)).split(' ').map(one).collect::<Vec<_>>().join(" ")
}

/// Masks every phone and e-mail in an answer, by the names of its members and in texts.
pub fn mask(value: &mut Value) {
    mask_as("", value);
}

fn mask_as(name: &str, value: &mut Value) {
    match value {
        Value::String(text) => *text = masked_as(name, text),
        Value::Array(items) => items.iter_mut().for_each(|item| mask_as(name, item)),
        Value::Object(members) => {
            // A change tells in a member of its own what the others are of.
            let field = members.get("field").and_then(Value::as_str).unwrap_or_default().to_owned();
            for (member, value) in members {
                let of = if says(&field) != Says::Other && matches!(member.as_str(), "before" | "after") {
                    field.as_str()
                } else {
                    member.as_str()
                };
                let inherits = says(of) == Says::Other && says(name) != Says::Other && matches!(member.as_str(), "value" | "text");
                mask_as(if inherits { name } else { of }, value);
            }
        }
        _ => {}
    }
}

/// Where in what was sent something masked stands, as JSON pointers: in phones and e-mails, and in `every` text where who sends it sees no others.
pub fn masked_places(value: &Value, every: bool) -> Vec<String> {
    let mut found = Vec::new();
    places("", "", value, every, &mut found);
    found
}

fn places(name: &str, pointer: &str, value: &Value, every: bool, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let of_person = says(name) != Says::Other;
            if (every || of_person) && !name.contains("password") && is_masked(text) {
                found.push(pointer.to_owned());
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| places(name, &format!("{pointer}/{place}"), item, every, found));
        }
        Value::Object(members) => {
            let escaped = |member: &str| member.replace('~', "~0").replace('/', "~1");
            members.iter().for_each(|(member, value)| places(member, &format!("{pointer}/{}", escaped(member)), value, every, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// PTY-05
    #[test]
    fn a_masked_value_reaches_nobody() {
        let phone = |phone: &str, masked: &str| assert_eq!(masked_phone(phone), masked, "{phone}");
        phone("13812345678", "138****5678");
        phone("+86 138 1234 5678", "+86****5678");
        phone("0571-88886666", "057****6666");
        phone("8888666", "88****66");
        phone("12345", "****");
        phone("", "");
        phone("***", "***");
        let email = |email: &str, masked: &str| assert_eq!(masked_email(email), masked, "{email}");
        email("zhang@example.com", "z***@example.com");
        email("zhang", "***");
        email("", "");
    }

    /// PTY-05
    #[test]
    fn phones_and_e_mails_go_out_of_texts_and_figures_stay() {
        let check = |text: &str, masked: &str| assert_eq!(masked_text(text), masked, "{text}");
        check("王一 13812345678，晚上打", "王一 138****5678，晚上打");
        check("王一13812345678", "王一138****5678");
        check("请打 138-1234-5678 或 0571-88886666", "请打 138****5678 或 057****6666");
        check("发到 zhang.san@mail.example.com。", "发到 z***@mail.example.com。");
        check("邮箱：a@b.cn,c@d.cn", "邮箱：a***@b.cn,c***@d.cn");
        check("0912-345-678", "091****-678");
        for stays in [
            "13812345678",
            "13812345678.00",
            "1.13812345678",
            "SO-20261123-0001",
            "6901234567892",
            "91330100799655058B",
            "6222021202041234567",
            "a@b",
            "2026-11-23",
            "@",
            "王@",
        ] {
            check(stays, stays);
        }
    }

    /// PTY-05
    #[test]
    fn answers_are_masked_by_the_names_of_their_members() {
        let mut answer = json!({
            "contacts": [{"name": "王一", "phone": "88886666", "email": "w@x.com"}],
            "contact_phone": {"value": "13812345678", "confidence": 90},
            "changes": [{"field": "contacts/1/phone", "before": "8888666", "after": "13812345678"}],
            "more": [{"field": "contacts/2", "before": null, "after": "王一 88886666"}],
            "quantity": "13812345678", "emails": true,
        });
        mask(&mut answer);
        let masked = json!({
            "contacts": [{"name": "王一", "phone": "88****66", "email": "w***@x.com"}],
            "contact_phone": {"value": "138****5678", "confidence": 90},
            "changes": [{"field": "contacts/1/phone", "before": "88****66", "after": "138****5678"}],
            "more": [{"field": "contacts/2", "before": null, "after": "王一 88****66"}],
            "quantity": "13812345678", "emails": true,
        });
        assert_eq!(answer, masked);
        assert_eq!(masked_places(&answer, false), ["/contacts/0/email", "/contacts/0/phone"]);
        let notes = json!({"notes": "打 138****5678", "password": "1****1", "phone": "13812345678"});
        assert_eq!(masked_places(&notes, true), ["/notes"]);
        assert!(masked_places(&notes, false).is_empty());
    }
}
