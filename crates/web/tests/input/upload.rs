//! Files as browsers send them, and as nobody should.

use std::io::Write;

use zip::write::SimpleFileOptions;

use crate::dice::Dice;
use crate::nasty;
use crate::sent::Content;
use crate::world::World;

const BOUNDARY: &str = "b0undary";

/// Files for an import or an attachment.
pub async fn content(world: &World, noun: &str, dice: &mut Dice) -> Content {
    let mut body = Vec::new();
    if noun == "imports" {
        for _ in 0..=dice.below(2) {
            let (name, bytes) = table(world, dice).await;
            part(&mut body, "files", Some(&name), &bytes);
        }
        if dice.chance(30) {
            part(&mut body, "as", None, dice.pick(&["draft", "history", "", "x"]).as_bytes());
        }
        if dice.chance(30) {
            part(&mut body, "mapping", None, dice.pick(&["northwind", "{}", "a\nb", "[", "auto"]).as_bytes());
        }
    } else {
        let (name, bytes): (&str, &[u8]) = *dice.pick(&[
            ("a.pdf", b"%PDF-1.7\n%%EOF" as &[u8]),
            ("a.png", b"\x89PNG\r\n\x1a\n0000"),
            ("空.txt", b"text"),
            ("../../x.html", b"<html><script>alert(1)</script>"),
            ("empty.pdf", b""),
        ]);
        part(&mut body, "file", Some(name), bytes);
        if dice.chance(50) {
            part(&mut body, "order_id", None, crate::valid::id(world, "orders", dice).as_bytes());
        }
        if dice.chance(50) {
            part(&mut body, "kind", None, dice.pick(&["contract", "other", "pod", "x"]).as_bytes());
        }
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    Content::Bytes(format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

fn part(body: &mut Vec<u8>, name: &str, file: Option<&str>, bytes: &[u8]) {
    let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
    body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n");
}

/// A file to import: our own list, a small table, or something that only looks like one.
async fn table(world: &World, dice: &mut Dice) -> (String, Vec<u8>) {
    match dice.below(9) {
        0 => ("products.xlsx".into(), world.ask("boss", "GET", "/api/v1/products?format=xlsx", None).await.bytes),
        1 => {
            let mut bytes = world.ask("boss", "GET", "/api/v1/customers?format=xlsx", None).await.bytes;
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                bytes[at] = u8::try_from(dice.below(256)).unwrap();
            }
            ("customers.xlsx".into(), bytes)
        }
        2 => ("bomb.xlsx".into(), bomb()),
        3 => ("empty.csv".into(), Vec::new()),
        4 => ("old.xls".into(), b"\xd0\xcf\x11\xe0rest".to_vec()),
        5 => ("zip.xlsx".into(), b"PK\x03\x04".to_vec()),
        _ => {
            let mut rows = String::from("商品编码,商品名称,单位,标准价\n");
            for row in 0..dice.below(4) {
                let cell = if dice.chance(30) { nasty::text(dice).replace(['"', '\n'], "") } else { "5.5".into() };
                rows.push_str(&format!("Q{},\"纸 {row}\",吨,\"{cell}\"\n", dice.below(40)));
            }
            ("products.csv".into(), rows.into_bytes())
        }
    }
}

/// A workbook of some kilobytes that unpacks into more than any machine wants.
fn bomb() -> Vec<u8> {
    static BOMB: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    let pack = || {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        let zeros = vec![b' '; 1 << 20];
        for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
            zip.start_file(name, packed).unwrap();
            for _ in 0..80 {
                zip.write_all(&zeros).unwrap();
            }
        }
        zip.finish().unwrap().into_inner()
    };
    BOMB.get_or_init(pack).clone()
}

/// Breaks the form.
pub fn spoil(kind: &mut String, bytes: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(7) {
        0 => bytes.truncate(dice.below(bytes.len())),
        1 => *kind = "multipart/form-data; boundary=other".into(),
        2 => *kind = "multipart/form-data".into(),
        3 => bytes.clear(),
        4 => {
            let at = dice.below(bytes.len().min(150));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u8::try_from(dice.below(256)).unwrap();
            }
        }
        5 => *bytes = [b"--b0undary\r\n\r\n\r\n".as_slice(), bytes].concat(),
        _ => *bytes = bytes.repeat(2),
    }
}
