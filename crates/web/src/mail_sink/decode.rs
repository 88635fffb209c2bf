//! Making letters readable again: folded headers, encoded words and base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A header with its folds taken out; empty where there is none.
pub(super) fn header(raw: &str, name: &str) -> String {
    let mut found: Option<String> = None;
    for line in raw.lines().take_while(|line| !line.is_empty()) {
        match &mut found {
            Some(value) if line.starts_with([' ', '\t']) => value.push_str(line),
            Some(_) => break,
            None => {
                let pair = line.split_once(':').filter(|(known, _)| known.eq_ignore_ascii_case(name));
                found = pair.map(|(_, value)| value.trim().to_owned());
            }
        }
    }
    found.unwrap_or_default()
}

/// Text with its encoded words (RFC 2047, base64) made readable.
pub(super) fn words(text: &str) -> String {
    let mut readable = String::new();
    let mut rest = text;
    let mut after_word = false;
    while let Some((before, word)) = rest.split_once("=?") {
        let mut parts = word.splitn(4, '?');
        let (charset, kind, coded, tail) = (parts.next(), parts.next(), parts.next(), parts.next());
        let decoded = coded.filter(|_| kind.is_some_and(|kind| kind.eq_ignore_ascii_case("b"))).and_then(base64);
        let (Some(_), Some(decoded), Some(tail)) = (charset, decoded, tail.and_then(|tail| tail.strip_prefix('='))) else { break };
        // Blanks between two encoded words are not part of the text.
        if !(after_word && before.trim().is_empty()) {
            readable.push_str(before);
        }
        readable.push_str(&decoded);
        (rest, after_word) = (tail, true);
    }
    readable + rest
}

/// The text of a letter.
pub(super) fn body(raw: &str) -> String {
    let body = raw.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    if !header(raw, "content-transfer-encoding").eq_ignore_ascii_case("base64") {
        return body.to_owned();
    }
    let coded: String = body.split_whitespace().collect();
    base64(&coded).unwrap_or(coded).replace("\r\n", "\n")
}

fn base64(coded: &str) -> Option<String> {
    STANDARD.decode(coded).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_readable() {
        let raw = "Subject: =?utf-8?b?5L2g?=\r\n =?utf-8?b?5aW9?= SO1\r\nMessage-ID: <1@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n5L2g\r\n5aW9\r\n";
        assert_eq!(words(&header(raw, "subject")), "你好 SO1");
        assert_eq!((header(raw, "message-id"), header(raw, "nothing")), ("<1@x>".to_owned(), String::new()));
        assert_eq!(body(raw), "你好");
        assert_eq!(words("plain =? text"), "plain =? text");
    }
}
