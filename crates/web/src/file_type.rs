//! What a file is, by its content and its name, which must agree; and how its name is written in headers.

/// The media type of a file whose content is what its name says; `None` for anything else.
pub(crate) fn told(filename: &str, bytes: &[u8]) -> Option<&'static str> {
    let ending = filename.rsplit_once('.')?.1.to_ascii_lowercase();
    let (mime, right) = match ending.as_str() {
        "png" => ("image/png", bytes.starts_with(b"\x89PNG\r\n\x1a\n")),
        "jpg" | "jpeg" => ("image/jpeg", bytes.starts_with(b"\xff\xd8\xff")),
        "webp" => ("image/webp", bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")),
        "pdf" => ("application/pdf", bytes.starts_with(b"%PDF-")),
        "xlsx" => (crate::export::XLSX, is_workbook(bytes)),
        "csv" => ("text/csv", is_text(bytes)),
        "txt" => ("text/plain", is_text(bytes)),
        "eml" => ("message/rfc822", is_text(bytes) && is_message(bytes)),
        _ => return None,
    };
    right.then_some(mime)
}

/// A zip archive with the parts of a workbook in it.
fn is_workbook(bytes: &[u8]) -> bool {
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    bytes.starts_with(b"PK\x03\x04") && has(b"[Content_Types].xml") && has(b"xl/")
}

/// No control characters but those of lines; in UTF-8 or any encoding that has ASCII in it.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r'))
}

/// An Internet message says who it is from before its first empty line.
fn is_message(bytes: &[u8]) -> bool {
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.take_while(|line| !line.is_empty()).any(|line| line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"from:")))
}

/// A name without folders and control characters, of a length that file systems take.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim().trim_start_matches('.');
    let length = plain.chars().count();
    plain.chars().skip(length.saturating_sub(120)).collect()
}

/// A `Content-Disposition` (RFC 6266) with the name in ASCII for old programs, and as it is for others.
pub(crate) fn disposition(kind: &str, filename: &str) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || "._- ".contains(c);
    let ascii: String = filename.chars().map(|c| if fine(c) { c } else { '_' }).collect();
    let encoded = filename.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    });
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_name_must_agree() {
        let check = |name: &str, bytes: &[u8], expected: Option<&str>| assert_eq!(told(name, bytes), expected, "{name}");
        check("a.png", b"\x89PNG\r\n\x1a\n....", Some("image/png"));
        check("a.PNG", b"\x89PNG\r\n\x1a\n....", Some("image/png"));
        check("a.jpg", b"\x89PNG\r\n\x1a\n....", None);
        check("a.pdf", b"%PDF-1.7", Some("application/pdf"));
        check("a.exe", b"MZ", None);
        check("a.html", b"<script>", None);
        check("a.csv", "编号,数量\n".as_bytes(), Some("text/csv"));
        check("a.txt", b"\0\0", None);
        check("a.xlsx", b"PK\x03\x04nothing", None);
        check("a.eml", b"Date: now\r\nFrom: buyer@example.com\r\n\r\nHello", Some("message/rfc822"));
        check("a.eml", b"Hello\n\nFrom: buyer@example.com", None);
        check("a.svg", b"<svg/>", None);
        check("png", b"\x89PNG\r\n\x1a\n", None);
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(plain_name("C:\\photos\\签收单.jpg"), "签收单.jpg");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\r\nb.png"), "ab.png");
        assert_eq!(plain_name(".."), "");
        assert_eq!(disposition("inline", "签 \"1\".jpg"), "inline; filename=\"_ _1_.jpg\"; filename*=UTF-8''%E7%AD%BE%20%221%22.jpg");
    }
}
